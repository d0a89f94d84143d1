// Package problem is what a client may read of an error: RFC 9457 documents of one shape, from one table of causes.
package problem

import (
	"fmt"
	"net/http"
	"time"
)

// Field says what is wrong with one field, parameter or header of a request.
type Field struct {
	// Field is a dotted path into the body, or a name; empty means the body as a whole.
	Field string `json:"field"`
	// Code is stable snake_case.
	Code string `json:"code"`
	// Message is for people, without the field's name: "must be at most 300".
	Message string `json:"message"`
}

// Problem is an error that a handler wants the client to read. It renders as
// {type, status, code, detail, request_id, errors?, prefill?}.
type Problem struct {
	Cause  Type
	Detail string
	Errors []Field
	// Prefill is what need not be typed again, in the shape that the contract gives it for this cause; nil sends none.
	Prefill any
	// RetryAfter is sent as whole seconds, rounded up; 0 sends none.
	RetryAfter time.Duration
	// Err is for our log only.
	Err error
}

// Error is for the log; clients read Detail.
func (p *Problem) Error() string {
	if p.Err != nil {
		return fmt.Sprintf("%s: %v", p.Cause.Code, p.Err)
	}
	return p.Cause.Code + ": " + p.Detail
}

// Unwrap gives the cause that clients never see.
func (p *Problem) Unwrap() error { return p.Err }

// New makes a problem with the cause's own sentence.
func New(c Type) *Problem { return &Problem{Cause: c, Detail: c.Detail} }

// Wrap keeps the reason for the log.
func (p *Problem) Wrap(err error) *Problem {
	p.Err = err
	return p
}

// WithRetryAfter tells the client how long to wait.
func (p *Problem) WithRetryAfter(wait time.Duration) *Problem {
	p.RetryAfter = wait
	return p
}

// With names fields.
func (p *Problem) With(fields ...Field) *Problem {
	p.Errors = append(p.Errors, fields...)
	return p
}

// Prefilling tells the client what the person need not type again.
func (p *Problem) Prefilling(known any) *Problem {
	p.Prefill = known
	return p
}

// Invalid is a request that is not what the contract says (400).
func Invalid(fields ...Field) *Problem { return New(ValidationFailed).With(fields...) }

// Unprocessable is a request that fits the contract and breaks a rule that the contract cannot say (422).
func Unprocessable(fields ...Field) *Problem { return New(RuleBroken).With(fields...) }

// document is the wire form.
type document struct {
	Type      string  `json:"type"`
	Status    int     `json:"status"`
	Code      string  `json:"code"`
	Detail    string  `json:"detail"`
	RequestID string  `json:"request_id"`
	Errors    []Field `json:"errors,omitempty"`
	Prefill   any     `json:"prefill,omitempty"`
}

// Document is the problem as clients read it, for a JSON encoder.
func (p *Problem) Document(requestID string) any {
	return document{kinds[p.Cause.Status], p.Cause.Status, p.Cause.Code, p.Detail, requestID, p.Errors, p.Prefill}
}

// kinds are the words of `type`, one per status.
var kinds = map[int]string{
	http.StatusBadRequest:            "ValidationError",
	http.StatusUnauthorized:          "AuthenticationError",
	http.StatusForbidden:             "PermissionError",
	http.StatusNotFound:              "NotFoundError",
	http.StatusMethodNotAllowed:      "MethodNotAllowedError",
	http.StatusRequestTimeout:        "RequestTimeoutError",
	http.StatusConflict:              "ConflictError",
	http.StatusPreconditionFailed:    "PreconditionFailedError",
	http.StatusRequestEntityTooLarge: "PayloadTooLargeError",
	http.StatusUnsupportedMediaType:  "UnsupportedMediaTypeError",
	http.StatusUnprocessableEntity:   "UnprocessableError",
	http.StatusTooManyRequests:       "RateLimitError",
	http.StatusInternalServerError:   "InternalError",
	http.StatusServiceUnavailable:    "UnavailableError",
}
