package gotrue

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ErrUnavailable is in the chain of every error that is not about the request itself: the server
// was not reached, was too slow, failed (5xx), was overloaded (409 conflict, 429) or its response
// could not be read. Retry later.
var ErrUnavailable = errors.New("auth server unavailable")

// ErrOneMoreConfirmation means that a change of address needs the confirmation of the other address too.
var ErrOneMoreConfirmation = errors.New("the other address must confirm too")

// Error codes that callers check; the server has more.
const (
	CodeInvalidCredentials   = "invalid_credentials"
	CodeEmailNotConfirmed    = "email_not_confirmed"
	CodeUserBanned           = "user_banned"
	CodeUserAlreadyExists    = "user_already_exists"
	CodeEmailExists          = "email_exists"
	CodeWeakPassword         = "weak_password"
	CodeSamePassword         = "same_password"
	CodeSignupDisabled       = "signup_disabled"
	CodeValidationFailed     = "validation_failed"
	CodeRefreshTokenNotFound = "refresh_token_not_found"
	CodeRefreshTokenUsed     = "refresh_token_already_used"
	CodeSessionNotFound      = "session_not_found"
	CodeUserNotFound         = "user_not_found"
	CodeBadJWT               = "bad_jwt"
	CodeNotAdmin             = "not_admin"
	CodeOTPExpired           = "otp_expired"
	CodeOverRequestRate      = "over_request_rate_limit"
	CodeOverEmailSendRate    = "over_email_send_rate_limit"
	CodeUnexpectedFailure    = "unexpected_failure"
)

// Error is a response that is not a success, or a missing response.
type Error struct {
	Status              int    // 0: no response
	Code                string // one of the Code constants or another code of the server; empty when it sent none
	Message             string // for logs, not for users
	WeakPasswordReasons []string
	RetryAfter          time.Duration // 0: not in the response
	cause               error
}

// CodeOf returns the code of the *Error in err's chain, or "".
func CodeOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

func (e *Error) Error() string {
	if e.Status == 0 {
		return fmt.Sprintf("auth server unreachable: %v", e.cause)
	}
	message := address.ReplaceAllString(e.Message, "***") // this text is logged
	return fmt.Sprintf("auth server returned %d %s: %s", e.Status, cmp.Or(e.Code, http.StatusText(e.Status)), message)
}

// address matches email addresses, which some error messages quote: `Email address "ann@example.com" is invalid`.
var address = regexp.MustCompile(`[^\s"'<>]+@[^\s"'<>]+`)

// Unwrap returns the network's or the decoder's error.
func (e *Error) Unwrap() error { return e.cause }

// Is makes errors.Is(err, ErrUnavailable) report whether a retry may succeed.
func (e *Error) Is(target error) bool {
	if target != ErrUnavailable {
		return false
	}
	return e.Status < 300 || e.Status >= 500 ||
		e.Status == http.StatusTooManyRequests || e.Status == http.StatusConflict
}

// mayRetry reports whether a call that may be sent twice should be repeated. A response that
// could not be read would be the same again.
func mayRetry(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && errors.Is(e, ErrUnavailable) && (e.Status == 0 || e.Status >= 300)
}

// unreachable returns the cancellation of the caller, or an *Error for a server that was not reached.
func unreachable(parent context.Context, err error) error {
	if parent.Err() != nil && errors.Is(parent.Err(), context.Canceled) {
		return fmt.Errorf("call auth server: %w", parent.Err())
	}
	return &Error{cause: err}
}

func malformed(status int, cause error) error {
	return &Error{Status: status, Message: "unreadable response: " + cause.Error(), cause: cause}
}

// sqlstate matches a Postgres SQLSTATE, which may stand in the place of the code.
var sqlstate = regexp.MustCompile(`^(?:[0-9][0-9A-Z]{4}|[A-Z][0-9A-Z]{4})$`)

// retryIn matches the wait time, which the server sends only in its message.
var retryIn = regexp.MustCompile(`after (\d+) seconds?`)

// readError reads every known error shape of new and old servers and of gateways before them: {code,message}, {code:int,error_code,msg}, {code:SQLSTATE,message}, {error,error_description},
// {message} and plain text.
func readError(res *http.Response, body []byte) error {
	var wire struct {
		Code         any    `json:"code"`
		ErrorCode    string `json:"error_code"`
		Message      string `json:"message"`
		Msg          string `json:"msg"`
		OAuthError   string `json:"error"`
		OAuthText    string `json:"error_description"`
		WeakPassword struct {
			Reasons []string `json:"reasons"`
		} `json:"weak_password"`
	}
	e := &Error{Status: res.StatusCode}
	if err := json.Unmarshal(body, &wire); err != nil {
		// Some fields may have been read even so; for HTML there are none.
		e.Message = strings.ToValidUTF8(strings.TrimSpace(string(body[:min(len(body), 200)])), "")
	}
	word, _ := wire.Code.(string)
	if sqlstate.MatchString(word) {
		word = CodeUnexpectedFailure
	}
	e.Code = cmp.Or(wire.ErrorCode, word, res.Header.Get("X-Sb-Error-Code"), wire.OAuthError)
	e.Message = cmp.Or(wire.Message, wire.Msg, wire.OAuthText, e.Message)
	e.WeakPasswordReasons = wire.WeakPassword.Reasons
	if s, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && s >= 0 {
		e.RetryAfter = time.Duration(s) * time.Second
	} else if m := retryIn.FindStringSubmatch(e.Message); m != nil && res.StatusCode == http.StatusTooManyRequests {
		s, _ := strconv.Atoi(m[1])
		e.RetryAfter = time.Duration(s) * time.Second
	}
	return e
}
