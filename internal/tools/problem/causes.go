package problem

import "net/http"

// Cause is one line of the catalogue that partners read.
type Cause struct {
	Status int
	// Code is stable across releases.
	Code string
	// Detail is the sentence a client gets unless the handler has a better one.
	Detail string
	// Fix is what the docs advise, retrying included.
	Fix string
}

// The causes, in the order of their statuses.
var (
	ValidationFailed = Cause{http.StatusBadRequest, "validation_failed", "The request does not match the contract; see errors.", "Mend the fields that `errors` names. Do not retry unchanged."}
	MalformedJSON    = Cause{http.StatusBadRequest, "malformed_json", "The body is not valid JSON.", "Send one JSON value in UTF-8, without duplicate names or lone surrogates. Do not retry unchanged."}
	InvalidCursor    = Cause{http.StatusBadRequest, "invalid_cursor", "This cursor was not made by this list.", "Start again without a cursor, and send `next_cursor` back as it came."}

	MissingToken       = Cause{http.StatusUnauthorized, "missing_token", "Sign in to use this operation.", "Send the cookies (`credentials: include`) or `Authorization: Bearer`."}
	InvalidToken       = Cause{http.StatusUnauthorized, "invalid_token", "The access token is not valid here.", "Sign in again; check which project and audience the token was made for."}
	ExpiredToken       = Cause{http.StatusUnauthorized, "expired_token", "The access token has expired. Refresh the session and try again.", "Refresh once (`POST /api/v1/auth/refresh`), then repeat the request."}
	TokenTooLarge      = Cause{http.StatusUnauthorized, "token_too_large", "The access token is larger than 8 kB.", "Keep user metadata small; sign in again to get a smaller token."}
	SessionEnded       = Cause{http.StatusUnauthorized, "session_ended", "This session has ended. Sign in again.", "Sign in again. The session was signed out, here or elsewhere, or the account is gone."}
	InvalidCredentials = Cause{http.StatusUnauthorized, "invalid_credentials", "The e-mail address or the password is wrong.", "Ask the person again. The answer does not tell which of the two is wrong."}
	MissingRefresh     = Cause{http.StatusUnauthorized, "missing_refresh_token", "There is no refresh cookie.", "Send the cookies (`credentials: include`); else sign in."}
	InvalidRefresh     = Cause{http.StatusUnauthorized, "invalid_refresh_token", "The refresh token is not valid any more. Sign in again.", "Sign in again. Both cookies were cleared."}

	CrossOriginRefused = Cause{http.StatusForbidden, "cross_origin_refused", "Writes from this origin are not allowed.", "Call from a site listed in `CORS_ORIGINS`, or use a bearer token from a server."}
	EmailNotConfirmed  = Cause{http.StatusForbidden, "email_not_confirmed", "Confirm the e-mail address first; a mail with a link was sent.", "Ask the person to open the mail, or send it again (`POST /api/v1/auth/verify/resend`)."}
	SignupClosed       = Cause{http.StatusForbidden, "signup_closed", "New accounts cannot be made at the moment.", "Nothing to do from a client."}
	MailTokenInvalid   = Cause{http.StatusForbidden, "mail_token_invalid", "This link or code has expired or was used already.", "Ask for another mail."}

	RouteNotFound    = Cause{http.StatusNotFound, "route_not_found", "There is nothing at this path.", "Check the path against the reference; there is no trailing slash."}
	SessionNotFound  = Cause{http.StatusNotFound, "session_not_found", "There is no such session.", "Read the list again."}
	MealNotFound     = Cause{http.StatusNotFound, "meal_not_found", "There is no such meal.", "Read the list again. A deleted meal comes back with `POST /api/v1/nutrition/meals/{id}/restore` for 30 days."}
	MealItemNotFound = Cause{http.StatusNotFound, "meal_item_not_found", "There is no such item in this meal.", "Read the meal again."}
	FoodNotFound     = Cause{http.StatusNotFound, "food_not_found", "There is no such food.", "Search again; the food may have been deleted."}
	ServingNotFound  = Cause{http.StatusNotFound, "serving_not_found", "There is no such serving.", "Read the food again."}
	BarcodeNotFound  = Cause{http.StatusNotFound, "barcode_not_found", "No food has this barcode. Add it as a food of your own.", "Offer the person to add it (`POST /api/v1/nutrition/foods/custom`) with the `barcode` in `prefill`."}
	NotFound         = Cause{http.StatusNotFound, "not_found", "It does not exist.", "Read the list again."}

	MethodNotAllowed = Cause{http.StatusMethodNotAllowed, "method_not_allowed", "This path does not answer this method.", "Use one of the methods in the `Allow` header."}

	BodyTooSlow = Cause{http.StatusRequestTimeout, "body_too_slow", "The body did not arrive in time.", "Send it again when the line is better. Nothing was done."}

	EmailTaken = Cause{http.StatusConflict, "email_taken", "There is already an account with this e-mail address.", "Sign in, or ask for a mail to set a new password."}
	Conflict   = Cause{http.StatusConflict, "conflict", "It clashes with something that exists already.", "Read what is there, then decide."}

	IdempotencyInProgress = Cause{http.StatusConflict, "idempotency_in_progress", "A request with this Idempotency-Key is still being worked on.", "Wait for `Retry-After` seconds, then send the same request with the same key."}

	PreconditionFailed = Cause{http.StatusPreconditionFailed, "precondition_failed", "It has changed since you read it. Read it again and repeat your change.", "Read it again, merge, and write with the new `ETag`."}

	BodyTooLarge         = Cause{http.StatusRequestEntityTooLarge, "body_too_large", "The body is larger than 1 MiB.", "Send less at once."}
	UnsupportedMediaType = Cause{http.StatusUnsupportedMediaType, "unsupported_media_type", "Send the body as application/json.", "Set `Content-Type: application/json`."}

	RuleBroken = Cause{http.StatusUnprocessableEntity, "rule_broken", "The request breaks a rule; see errors.", "Mend the fields that `errors` names. Do not retry unchanged."}

	IdempotencyMismatch = Cause{http.StatusUnprocessableEntity, "idempotency_mismatch", "This Idempotency-Key was used for another request.", "Take a new key for a new request; send a retry exactly as the first try."}

	RateLimited          = Cause{http.StatusTooManyRequests, "rate_limited", "Too many requests.", "Wait for `Retry-After` seconds, then go on."}
	TooManyFailures      = Cause{http.StatusTooManyRequests, "too_many_failed_logins", "Too many failed sign-ins for this account from here.", "Wait for `Retry-After` seconds. The account is not locked for its owner elsewhere."}
	IdentityProviderBusy = Cause{http.StatusTooManyRequests, "identity_provider_busy", "Too many sign-in requests at once.", "Wait for `Retry-After` seconds, then go on."}

	InternalError = Cause{http.StatusInternalServerError, "internal_error", "Something went wrong on our side. Quote the request id when you ask for help.", "Retry once after a few seconds; then ask for help with the `request_id`."}

	DatabaseUnavailable = Cause{http.StatusServiceUnavailable, "database_unavailable", "The service is briefly unavailable. Try again in a moment.", "Wait for `Retry-After` seconds, then retry. If the line broke at the very end of a write, it may have happened: with `If-Match` it cannot happen twice."}
	Overloaded          = Cause{http.StatusServiceUnavailable, "overloaded", "The service is briefly unavailable. Try again in a moment.", "Wait for `Retry-After` seconds, then retry. A signup may have happened and a mail code may be used up all the same."}
	AuthUnavailable     = Cause{http.StatusServiceUnavailable, "auth_unavailable", "Signing in is briefly unavailable. Try again in a moment.", "Wait for `Retry-After` seconds, then retry. Who is signed in keeps working."}
	ShuttingDown        = Cause{http.StatusServiceUnavailable, "shutting_down", "This server is shutting down.", "Retry; another server answers."}
	TimedOut            = Cause{http.StatusServiceUnavailable, "timed_out", "The request took too long and was given up.", "Wait for `Retry-After` seconds, then retry; a write with `If-Match` cannot happen twice."}
)

// Catalogue is every cause, as the docs list it.
var Catalogue = []Cause{
	ValidationFailed, MalformedJSON, InvalidCursor,
	MissingToken, InvalidToken, ExpiredToken, TokenTooLarge, SessionEnded, InvalidCredentials, MissingRefresh, InvalidRefresh,
	CrossOriginRefused, EmailNotConfirmed, SignupClosed, MailTokenInvalid,
	RouteNotFound, SessionNotFound, MealNotFound, MealItemNotFound, FoodNotFound, ServingNotFound, BarcodeNotFound, NotFound,
	MethodNotAllowed,
	BodyTooSlow,
	EmailTaken, Conflict, IdempotencyInProgress,
	PreconditionFailed,
	BodyTooLarge, UnsupportedMediaType,
	RuleBroken, IdempotencyMismatch,
	RateLimited, TooManyFailures, IdentityProviderBusy,
	InternalError,
	DatabaseUnavailable, Overloaded, AuthUnavailable, ShuttingDown, TimedOut,
}
