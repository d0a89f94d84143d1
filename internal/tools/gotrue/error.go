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

// ErrUnavailable is in the chain of every error that says nothing about the request: the server
// was not reached, was too slow, broke (5xx), was out of breath (409 conflict, 429) or answered
// in no language we know. Ask again later.
var ErrUnavailable = errors.New("auth server unavailable")

// ErrOneMoreConfirmation says that a change of address waits for the link sent to the other address.
var ErrOneMoreConfirmation = errors.New("the other address has to confirm too")

// Codes by which callers tell refusals apart; the server has more.
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

// Error is an answer that was not a success, or the lack of an answer.
type Error struct {
	Status              int    // 0: no answer at all
	Code                string // one of the Code constants or another word of the server's; empty when it gave none
	Message             string // for us, not for the user
	WeakPasswordReasons []string
	RetryAfter          time.Duration // 0: the server did not say
	cause               error
}

// CodeOf is the code of the *Error in err's chain, or "".
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
	message := address.ReplaceAllString(e.Message, "***") // this text goes to the log
	return fmt.Sprintf("auth server answered %d %s: %s", e.Status, cmp.Or(e.Code, http.StatusText(e.Status)), message)
}

// address is what some refusals quote: `Email address "ann@example.com" is invalid`.
var address = regexp.MustCompile(`[^\s"'<>]+@[^\s"'<>]+`)

// Unwrap gives the network's or the decoder's own error.
func (e *Error) Unwrap() error { return e.cause }

// Is makes errors.Is(err, ErrUnavailable) tell "later" from "no".
func (e *Error) Is(target error) bool {
	if target != ErrUnavailable {
		return false
	}
	return e.Status < 300 || e.Status >= 500 ||
		e.Status == http.StatusTooManyRequests || e.Status == http.StatusConflict
}

// worthAnotherTry is for calls that may be sent twice. An answer we could not read has been
// given, and would be given again.
func worthAnotherTry(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && errors.Is(e, ErrUnavailable) && (e.Status == 0 || e.Status >= 300)
}

// unreachable tells a caller who left from a server that is not there.
func unreachable(parent context.Context, err error) error {
	if parent.Err() != nil && errors.Is(parent.Err(), context.Canceled) {
		return fmt.Errorf("ask auth server: %w", parent.Err())
	}
	return &Error{cause: err}
}

func malformed(status int, cause error) error {
	return &Error{Status: status, Message: "unreadable answer: " + cause.Error(), cause: cause}
}

// sqlstate is how a raw Postgres error looks where a code should be.
var sqlstate = regexp.MustCompile(`^(?:[0-9][0-9A-Z]{4}|[A-Z][0-9A-Z]{4})$`)

// retryIn finds the wait that the server only puts into its sentence.
var retryIn = regexp.MustCompile(`after (\d+) seconds?`)

// readError understands every shape the server, an old one and the gateways before it are known
// to use: {code,message}, {code:int,error_code,msg}, {code:SQLSTATE,message}, {error,error_description},
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
		// Field by field some of it may have been read; of a page of HTML nothing was.
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
