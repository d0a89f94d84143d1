package activityfile

import "fmt"

// Code says why a file is refused.
type Code string

// The codes of [Error].
const (
	TooLarge    Code = "file_too_large"    // more than MaxBytes, before or after unpacking
	UnknownType Code = "file_type_unknown" // neither FIT nor GPX nor TCX
	Damaged     Code = "file_damaged"      // cut, wrong checksum, or broken in the middle
	Unreadable  Code = "file_unreadable"   // a construct that is never needed and not read, as a document type or UTF-16
	NoActivity  Code = "file_no_activity"  // a valid file without a recording: settings, a course, a route without times
	TimeUnknown Code = "file_time_unknown" // the clock of the device was never set, or is years wrong
	TooComplex  Code = "file_too_complex"  // more messages, points or chained files than any device writes
)

// Error says why a file cannot be read.
type Error struct {
	Code Code
	// Detail is a full sentence for the person who sent the file.
	Detail string
	// Recoverable is what can be read of a damaged file. It is zero when nothing can, and for other codes.
	Recoverable Damage
	// Err is the cause, for the log.
	Err error
}

// Error is for the log.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s %v", e.Code, e.Detail, e.Err)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Detail)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
