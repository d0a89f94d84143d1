package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Code is the kind of a failure. It is an error itself: errors.Is(err, llm.ErrCut).
type Code string

// Error returns the code.
func (c Code) Error() string { return string(c) }

// Kinds of failures.
const (
	ErrRateLimited    Code = "provider_rate_limited"     // Error.ResetAt says when to try again, if the provider did
	ErrOverloaded     Code = "provider_overloaded"       // the provider has too much to do
	ErrFailed         Code = "provider_failed"           // the provider returned a 5xx or was not reached
	ErrTimeout        Code = "provider_timeout"          // no output, or none for too long
	ErrCut            Code = "provider_cut"              // the reply broke off
	ErrMalformed      Code = "provider_malformed"        // the response is not in the expected form
	ErrOutputTooLarge Code = "provider_output_too_large" // the reply is longer than any limit allows
	ErrUnavailable    Code = "provider_unavailable"      // no request was sent, because the last ones have failed
	ErrUnauthorized   Code = "provider_unauthorized"     // the key was refused, or the account has no credit
	ErrBadRequest     Code = "provider_bad_request"      // the request is wrong: a setting, or a fault of ours
	ErrContextTooLong Code = "context_too_long"          // the request does not fit into the model's context window
	ErrRefused        Code = "provider_refused"          // the provider refuses to process such content
)

// policies say what follows from a failure, before any output was received.
var policies = map[Code]struct {
	retry  bool // the same request may succeed a moment later
	outage bool // the circuit breaker counts it
	next   bool // another provider may succeed
}{
	ErrRateLimited:    {retry: true, next: true},
	ErrOverloaded:     {retry: true, outage: true, next: true},
	ErrFailed:         {retry: true, outage: true, next: true},
	ErrTimeout:        {retry: true, outage: true, next: true},
	ErrCut:            {retry: true, outage: true, next: true},
	ErrMalformed:      {retry: true, outage: true, next: true},
	ErrOutputTooLarge: {outage: true, next: true},
	ErrUnavailable:    {next: true},
	ErrUnauthorized:   {next: true},
	ErrBadRequest:     {next: true},
	ErrContextTooLong: {next: true}, // the next model may have a larger window
	ErrRefused:        {},           // asking elsewhere would go round the refusal
}

// Error is a failure of a provider.
type Error struct {
	Code      Code
	Provider  string
	Status    int       // of HTTP; 0 when there was no response, or it was 200
	Message   string    // for logs, not for users: the provider's words, shortened and without our key
	RequestID string    // of the provider, for its support
	ResetAt   time.Time // when a rate limit ends; zero when unknown

	wait  time.Duration // how long the provider asks us to wait; 0 when it does not say
	retry *bool         // the provider says whether a retry is useful; nil when it does not say
	cause error
}

// Error is for logs.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "provider %s: %s", e.Provider, e.Code)
	if e.Status != 0 {
		fmt.Fprintf(&b, ": status %d", e.Status)
	}
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

// Unwrap returns the code and the cause.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.Code}
	}
	return []error{e.Code, e.cause}
}

// retryable reports whether the same request may succeed a moment later.
func retryable(err error) bool {
	e, ok := errors.AsType[*Error](err)
	if ok && e.retry != nil {
		return *e.retry
	}
	return ok && policies[e.Code].retry
}

// isOutage reports whether the circuit breaker counts the error.
func isOutage(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && policies[e.Code].outage
}

// nextMayHelp reports whether another provider may succeed.
func nextMayHelp(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && policies[e.Code].next
}

// maxMessage in bytes is enough for every message that says what was wrong.
const maxMessage = 500

// timeout returns the failure of a limit of ours. The provider had its time, so the same request is not sent again.
func (c *Client) timeout(format string, args ...any) *Error {
	e := c.failure(ErrTimeout, format, args...)
	e.retry = new(false)
	return e
}

func (c *Client) failure(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Provider: c.config.Name, Message: c.shorten(fmt.Sprintf(format, args...))}
}

// shorten shortens a message and hides our key, which some providers quote.
func (c *Client) shorten(message string) string {
	if key := c.config.Key.Reveal(); key != "" {
		message = strings.ReplaceAll(message, key, "***")
	}
	if len(message) > maxMessage {
		message = message[:maxMessage] + "…"
	}
	return strings.ToValidUTF8(message, "")
}

// errorField is what a provider writes about a failure.
type errorField struct{ kind, code, message string }

// readErrorField reads the value of the field "error": an object, or a string (Ollama). The code may be a number (OpenRouter).
func readErrorField(raw json.RawMessage) errorField {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return errorField{message: text}
	}
	var object struct {
		Type    string          `json:"type"`
		Code    json.RawMessage `json:"code"`
		Message string          `json:"message"`
	}
	if err := json.Unmarshal(raw, &object); err != nil {
		return errorField{message: string(raw)}
	}
	code := strings.Trim(string(object.Code), `"`)
	if code == "null" {
		code = ""
	}
	return errorField{kind: object.Type, code: code, message: object.Message}
}

// codeOfWord maps what providers write as the type or the code of an error.
var codeOfWord = map[string]Code{
	"rate_limit_error": ErrRateLimited, "rate_limit_exceeded": ErrRateLimited, "too_many_requests": ErrRateLimited,
	"overloaded_error": ErrOverloaded, "overloaded": ErrOverloaded, "server_overloaded": ErrOverloaded,
	"api_error": ErrFailed, "server_error": ErrFailed, "internal_server_error": ErrFailed, "internal_error": ErrFailed,
	"timeout_error": ErrTimeout, "timeout": ErrTimeout,
	"authentication_error": ErrUnauthorized, "permission_error": ErrUnauthorized, "invalid_api_key": ErrUnauthorized,
	"insufficient_quota": ErrUnauthorized, "billing_error": ErrUnauthorized, "billing_not_active": ErrUnauthorized,
	"invalid_request_error": ErrBadRequest, "not_found_error": ErrBadRequest, "model_not_found": ErrBadRequest,
	"context_length_exceeded": ErrContextTooLong, "request_too_large": ErrContextTooLong,
	"content_filter": ErrRefused, "content_policy_violation": ErrRefused, "moderation_error": ErrRefused,
}

// contextTooLongPhrases has parts of the sentences of servers that have no code for it: Anthropic, vLLM, llama.cpp, OpenRouter.
var contextTooLongPhrases = []string{"context length", "context window", "context size", "context limit", "prompt is too long"}

// classify returns the code of a failure. A status of 0 means an error within a response that began with 200.
func classify(status int, c errorField) Code {
	if n, err := strconv.Atoi(c.code); err == nil && status == 0 {
		status = n
	}
	if code, ok := codeOfWord[c.code]; ok {
		return code
	}
	message := strings.ToLower(c.message)
	if status < 500 && status != http.StatusTooManyRequests && status != http.StatusUnauthorized {
		for _, part := range contextTooLongPhrases {
			if strings.Contains(message, part) {
				return ErrContextTooLong
			}
		}
	}
	if status == http.StatusForbidden && strings.Contains(message, "moderation") {
		return ErrRefused
	}
	if code, ok := codeOfWord[c.kind]; ok && (status == 0 || status == http.StatusBadRequest) { // any other status says more
		return code
	}
	return codeOfStatus(status)
}

func codeOfStatus(status int) Code {
	switch {
	case status == http.StatusTooManyRequests:
		return ErrRateLimited
	case status == http.StatusServiceUnavailable, status == 529: // 529 is Anthropic's own
		return ErrOverloaded
	case status == http.StatusRequestTimeout, status == http.StatusGatewayTimeout:
		return ErrTimeout
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusPaymentRequired:
		return ErrUnauthorized
	case status == http.StatusRequestEntityTooLarge:
		return ErrContextTooLong
	case status == http.StatusConflict, status >= 500, status == 0:
		return ErrFailed
	default:
		return ErrBadRequest
	}
}

// streamError returns the error that a provider wrote into a response that began with 200.
func (c *Client) streamError(raw json.RawMessage) *Error {
	field := readErrorField(raw)
	return c.failure(classify(0, field), "%s", describe(field))
}

// responseError returns the error of a response whose status is not 200.
func (c *Client) responseError(response *http.Response, body []byte, now time.Time) *Error {
	var object struct {
		Error  json.RawMessage `json:"error"`
		Detail json.RawMessage `json:"detail"` // of servers built on FastAPI
	}
	field := errorField{message: string(bytes.TrimSpace(body))}
	if json.Unmarshal(body, &object) == nil {
		switch {
		case isSet(object.Error):
			field = readErrorField(object.Error)
		case isSet(object.Detail):
			field = readErrorField(object.Detail)
		}
	}
	e := c.failure(classify(response.StatusCode, field), "%s", describe(field))
	e.Status = response.StatusCode
	e.RequestID = requestID(response.Header)
	e.wait = waitOf(response.Header, now)
	if e.Code == ErrRateLimited && e.wait > 0 {
		e.ResetAt = now.Add(e.wait).UTC()
	}
	if retry, err := strconv.ParseBool(response.Header.Get("x-should-retry")); err == nil {
		e.retry = &retry
	}
	return e
}

// isSet reports whether a JSON field is present and not null.
func isSet(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

func describe(c errorField) string {
	var parts []string
	for _, part := range []string{c.kind, c.code, c.message} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ": ")
}

// failureAttr describes a failure for the log, without the provider's words, which may quote what people wrote.
func failureAttr(err error) slog.Attr {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return slog.String("error", err.Error())
	}
	return slog.Group("failure", "provider", e.Provider, "code", string(e.Code), "status", e.Status, "request_id", e.RequestID)
}

func requestID(h http.Header) string {
	for _, name := range []string{"request-id", "x-request-id"} {
		if id := h.Get(name); id != "" && len(id) <= 128 {
			return id
		}
	}
	return ""
}
