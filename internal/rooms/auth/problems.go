package auth

import (
	"net/http"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// Problems of this room.
var (
	missingRefresh = problem.Define(
		http.StatusUnauthorized,
		"missing_refresh_token",
		"There is no refresh cookie.",
		"Send the cookies (`credentials: include`); else sign in.",
	)
	invalidRefresh = problem.Define(
		http.StatusUnauthorized,
		"invalid_refresh_token",
		"The refresh token is not valid any more. Sign in again.",
		"Sign in again. Both cookies were cleared.",
	)
	emailNotConfirmed = problem.Define(
		http.StatusForbidden,
		"email_not_confirmed",
		"Confirm the e-mail address first; a mail with a link was sent.",
		"Ask the person to open the mail, or send it again (`POST /api/v1/auth/verify/resend`).",
	)
	signupClosed = problem.Define(
		http.StatusForbidden,
		"signup_closed",
		"New accounts cannot be made at the moment.",
		"Nothing to do from a client.",
	)
	mailTokenInvalid = problem.Define(
		http.StatusForbidden,
		"mail_token_invalid",
		"This link or code has expired or was used already.",
		"Ask for another mail.",
	)
	sessionNotFound = problem.Define(http.StatusNotFound, "session_not_found", "There is no such session.", "Read the list again.")
	sessionReplaced = problem.Define(
		http.StatusConflict,
		"session_replaced",
		"This browser has signed in again since. No cookie was changed.",
		"Reload the page; `GET /api/v1/auth/session` says who is signed in.",
	)
	emailTaken = problem.Define(
		http.StatusConflict,
		"email_taken",
		"There is already an account with this e-mail address.",
		"Sign in, or ask for a mail to set a new password.",
	)
	tooManyFailures = problem.Define(
		http.StatusTooManyRequests,
		"too_many_failed_logins",
		"Too many failed sign-ins for this account from here.",
		"Wait for `Retry-After` seconds. The account is not locked for its owner elsewhere.",
	)
)

// Field errors of this room.
var (
	emailRefused = problem.DefineField(
		"email_refused",
		"is not an address we can write to",
		"Supabase Auth does not take the address.",
	)
	wrongPassword     = problem.DefineField("wrong_password", "is not your password", "It is not the present password.")
	mailTokenRequired = problem.DefineField(
		"mail_token_required",
		"must be given alone, or else email and token together",
		"The request has neither the token of a mail's link nor an address with the code of a mail.",
	)
	passwordTooLong = problem.DefineField(
		"password_too_long",
		"must have at most 72 bytes in UTF-8",
		"The password has more than 72 bytes in UTF-8.",
	)
	weakPassword = problem.DefineField(
		"weak_password",
		"is too easy to guess; make it longer or more varied",
		"The project's rules for passwords refuse it.",
	)
	samePassword  = problem.DefineField("same_password", "is the password you have already", "The new password is the present one.")
	unfitPassword = problem.DefineField("password_refused", "cannot be used as a password", "Supabase Auth does not take the password.")
)
