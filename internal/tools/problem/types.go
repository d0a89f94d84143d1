package problem

import (
	"cmp"
	"net/http"
	"slices"
)

// Type is one row of the error table in the docs.
type Type struct {
	Status int
	// Code is stable across releases.
	Code string
	// Detail is the default sentence for clients.
	Detail string
	// Fix is the advice in the docs: what to change, and whether to retry.
	Fix string
}

// types is filled while packages are initialised, and only read after that.
var types []Type

// Define creates a type and adds it to the list of all types. Call it for package variables: a room defines the types that
// only it uses. It panics when the code exists.
func Define(status int, code, detail, fix string) Type {
	c := Type{status, code, detail, fix}
	if _, exists := TypeOf(code); exists {
		panic("problem: the code " + code + " is defined twice")
	}
	types = append(types, c)
	return c
}

// Types returns the types of all linked packages, sorted by status and then by code.
func Types() []Type {
	return slices.SortedFunc(slices.Values(types), func(a, b Type) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), cmp.Compare(a.Code, b.Code))
	})
}

// TypeOf returns the type with that code.
func TypeOf(code string) (Type, bool) {
	i := slices.IndexFunc(types, func(c Type) bool { return c.Code == code })
	if i < 0 {
		return Type{}, false
	}
	return types[i], true
}

// Types that the server or more than one room uses.
var (
	ValidationFailed = Define(
		http.StatusBadRequest,
		"validation_failed",
		"The request does not match the contract; see errors.",
		"Correct the fields that `errors` names. Do not retry unchanged.",
	)
	MalformedJSON = Define(
		http.StatusBadRequest,
		"malformed_json",
		"The body is not valid JSON.",
		"Send one JSON value in UTF-8, without duplicate names or lone surrogates. Do not retry unchanged.",
	)
	InvalidCursor = Define(
		http.StatusBadRequest,
		"invalid_cursor",
		"This cursor was not made by this list.",
		"Start again without a cursor, and send `next_cursor` back unchanged.",
	)

	MissingToken = Define(
		http.StatusUnauthorized,
		"missing_token",
		"Sign in to use this operation.",
		"Send the cookies (`credentials: include`) or `Authorization: Bearer`.",
	)
	InvalidToken = Define(
		http.StatusUnauthorized,
		"invalid_token",
		"The access token is not valid here.",
		"Sign in again; check which project and audience the token was made for.",
	)
	ExpiredToken = Define(
		http.StatusUnauthorized,
		"expired_token",
		"The access token has expired. Refresh the session and try again.",
		"Refresh once (`POST /api/v1/auth/refresh`), then repeat the request.",
	)
	TokenTooLarge = Define(
		http.StatusUnauthorized,
		"token_too_large",
		"The access token is larger than 8 kB.",
		"Keep user metadata small; sign in again to get a smaller token.",
	)
	SessionEnded = Define(
		http.StatusUnauthorized,
		"session_ended",
		"This session has ended. Sign in again.",
		"Sign in again. The session was signed out, here or elsewhere, or the account was deleted.",
	)
	InvalidCredentials = Define(
		http.StatusUnauthorized,
		"invalid_credentials",
		"The e-mail address or the password is wrong.",
		"Ask the person again. The response does not say which of the two is wrong.",
	)
	AmbiguousCookies = Define(
		http.StatusUnauthorized,
		"ambiguous_cookies",
		"The request has several cookies of the same name. Delete the cookies of this site and sign in again.",
		"Delete the cookies `access_token` and `refresh_token` of all paths and domains of the site, then sign in again. Another host of the same domain may have set one.",
	)

	CrossOriginRefused = Define(
		http.StatusForbidden,
		"cross_origin_refused",
		"Writes from this origin are not allowed.",
		"Call from an origin in `CORS_ORIGINS`, or use a bearer token.",
	)
	SessionTooLarge = Define(
		http.StatusForbidden,
		"session_too_large",
		"The metadata of this account makes the session too large for a browser cookie.",
		"Make `user_metadata` smaller (under 1 kB): sign in at Supabase Auth with a bearer token and `PUT /user`. Then sign in here again. Bearer tokens may have 8 kB.",
	)

	RouteNotFound = Define(
		http.StatusNotFound,
		"route_not_found",
		"There is nothing at this path.",
		"Check the path against the reference; there is no trailing slash.",
	)
	NotFound = Define(http.StatusNotFound, "not_found", "It does not exist.", "Read the list again.")

	MethodNotAllowed = Define(
		http.StatusMethodNotAllowed,
		"method_not_allowed",
		"This path does not support this method.",
		"Use one of the methods in the `Allow` header.",
	)

	BodyTooSlow = Define(
		http.StatusRequestTimeout,
		"body_too_slow",
		"The body did not arrive in time.",
		"Send it again on a better connection. Nothing was written.",
	)

	Conflict = Define(http.StatusConflict, "conflict", "It conflicts with something that exists already.", "Read what exists, then decide.")

	IdempotencyInProgress = Define(
		http.StatusConflict,
		"idempotency_in_progress",
		"A request with this Idempotency-Key is still running.",
		"Wait for `Retry-After` seconds, then send the same request with the same key.",
	)
	WrongUser = Define(
		http.StatusConflict,
		"wrong_user",
		"Somebody else is signed in now. Nothing was written.",
		"Reload the page: the header `X-User-Id` says who is signed in. Repeat the write only for that user.",
	)

	PreconditionFailed = Define(
		http.StatusPreconditionFailed,
		"precondition_failed",
		"It has changed since you read it. Read it again and repeat your change.",
		"Read it again, merge, and write with the new `ETag`.",
	)

	BodyTooLarge = Define(
		http.StatusRequestEntityTooLarge,
		"body_too_large",
		"The body is larger than this operation takes.",
		"Send less at once; `detail` names the limit in bytes.",
	)
	UnsupportedMediaType = Define(
		http.StatusUnsupportedMediaType,
		"unsupported_media_type",
		"Send the body as application/json.",
		"Set `Content-Type: application/json`.",
	)

	RuleBroken = Define(
		http.StatusUnprocessableEntity,
		"rule_broken",
		"The request breaks a rule; see errors.",
		"Correct the fields that `errors` names. Do not retry unchanged.",
	)

	IdempotencyMismatch = Define(
		http.StatusUnprocessableEntity,
		"idempotency_mismatch",
		"This Idempotency-Key was used for another request.",
		"Use a new key for a new request; send a retry exactly like the first attempt.",
	)

	RateLimited = Define(
		http.StatusTooManyRequests,
		"rate_limited",
		"Too many requests.",
		"Wait for `Retry-After` seconds, then go on.",
	)
	IdentityProviderBusy = Define(
		http.StatusTooManyRequests,
		"identity_provider_busy",
		"Too many sign-in requests at once.",
		"Wait for `Retry-After` seconds, then go on.",
	)

	InternalError = Define(
		http.StatusInternalServerError,
		"internal_error",
		"Something went wrong on our side. Quote the request id when you ask for help.",
		"Retry once after a few seconds; then ask for help with the `request_id`.",
	)

	DatabaseUnavailable = Define(
		http.StatusServiceUnavailable,
		"database_unavailable",
		"The service is briefly unavailable. Try again in a moment.",
		"Wait for `Retry-After` seconds, then retry. If the connection was lost during the commit of a write, it may have happened: with `If-Match` or `Idempotency-Key` it cannot happen twice.",
	)
	Overloaded = Define(
		http.StatusServiceUnavailable,
		"overloaded",
		"The service is briefly unavailable. Try again in a moment.",
		"Wait for `Retry-After` seconds, then retry. A sign-up may have happened, and a mail code may have been used.",
	)
	AuthUnavailable = Define(
		http.StatusServiceUnavailable,
		"auth_unavailable",
		"Signing in is briefly unavailable. Try again in a moment.",
		"Wait for `Retry-After` seconds, then retry. Signed-in users can go on working.",
	)
	ShuttingDown = Define(
		http.StatusServiceUnavailable,
		"shutting_down",
		"This server is shutting down.",
		"Retry; another server takes the request.",
	)
	TimedOut = Define(
		http.StatusServiceUnavailable,
		"timed_out",
		"The request took too long and was stopped.",
		"Wait for `Retry-After` seconds, then retry; a write with `If-Match` cannot happen twice.",
	)
)
