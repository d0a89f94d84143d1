// Package problem defines the errors that clients read: RFC 9457 documents of one shape, from one table of types.
package problem

import (
	"fmt"
	"net/http"
	"time"

	"github.com/ultimatecoach/api/db"
)

// Field is the error of one field, parameter or header of a request.
type Field struct {
	// Field is a dotted path into the body, or the name of a parameter or header. Empty means the whole body.
	Field string `json:"field"`
	// Code is stable snake_case.
	Code string `json:"code"`
	// Message is a sentence for people without the field's name: "must be at most 300".
	Message string `json:"message"`
}

// Problem is an error that the client may read. Its JSON form is
// {type, status, code, detail, request_id, errors?, prefill?}.
type Problem struct {
	Type   Type
	Detail string
	Errors []Field
	// Prefill holds values that the person need not type again, in the shape that the contract gives for this type. nil sends none.
	Prefill any
	// RetryAfter is sent as whole seconds, rounded up; 0 sends none.
	RetryAfter time.Duration
	// Err is written to the log only.
	Err error
}

// Error is for the log; clients read Detail.
func (p *Problem) Error() string {
	if p.Err != nil {
		return fmt.Sprintf("%s: %v", p.Type.Code, p.Err)
	}
	return p.Type.Code + ": " + p.Detail
}

// Unwrap returns the underlying error, which clients never see.
func (p *Problem) Unwrap() error { return p.Err }

// New returns a problem with the type's own sentence.
func New(t Type) *Problem { return &Problem{Type: t, Detail: t.Detail} }

// Wrap stores the underlying error for the log.
func (p *Problem) Wrap(err error) *Problem {
	p.Err = err
	return p
}

// WithRetryAfter sets how long the client should wait.
func (p *Problem) WithRetryAfter(wait time.Duration) *Problem {
	p.RetryAfter = wait
	return p
}

// With adds field errors.
func (p *Problem) With(fields ...Field) *Problem {
	p.Errors = append(p.Errors, fields...)
	return p
}

// Prefilling sets Prefill.
func (p *Problem) Prefilling(values any) *Problem {
	p.Prefill = values
	return p
}

// IfNoRows returns the problem of that type when the error says that a query found no row, and the error itself when not.
func IfNoRows(err error, t Type) error {
	if db.IsNoRows(err) {
		return New(t)
	}
	return err
}

// Invalid returns a 400: the request does not match the contract.
func Invalid(fields ...Field) *Problem { return New(ValidationFailed).With(fields...) }

// Unprocessable returns a 422: the request matches the contract and breaks a rule that the contract cannot express.
func Unprocessable(fields ...Field) *Problem { return New(RuleBroken).With(fields...) }

// document is the JSON form.
type document struct {
	Type      string  `json:"type"`
	Status    int     `json:"status"`
	Code      string  `json:"code"`
	Detail    string  `json:"detail"`
	RequestID string  `json:"request_id"`
	Errors    []Field `json:"errors,omitempty"`
	Prefill   any     `json:"prefill,omitempty"`
}

// Document returns the JSON form, for an encoder.
func (p *Problem) Document(requestID string) any {
	return document{typeNames[p.Type.Status], p.Type.Status, p.Type.Code, p.Detail, requestID, p.Errors, p.Prefill}
}

// typeNames are the values of `type`, one per status.
var typeNames = map[int]string{
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
