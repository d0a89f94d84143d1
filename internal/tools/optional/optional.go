// Package optional reads and makes values that may be absent.
package optional

import (
	"time"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
)

// Value returns the value of a member of a merge patch, or nil when the member is null or absent.
func Value[T any](member nullable.Nullable[T]) *T {
	if value, err := member.Get(); err == nil {
		return &value
	}
	return nil
}

// Or returns the value, or otherwise when it is nil.
func Or[T any](value *T, otherwise T) T {
	if value == nil {
		return otherwise
	}
	return *value
}

// OrZero returns the value, or the zero of its type when it is nil.
func OrZero[T any](value *T) (zero T) { return Or(value, zero) }

// Date returns the day as a time at midnight UTC, or nil.
func Date(day *openapi_types.Date) *time.Time {
	if day == nil {
		return nil
	}
	return &day.Time
}

// NonEmpty returns the text, or nil when it is empty.
func NonEmpty(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
