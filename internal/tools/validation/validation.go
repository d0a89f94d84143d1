// Package validation is for rules that a request's schema cannot say: it collects everything that breaks one, field by field, so that
// a client learns all of it at once.
package validation

import (
	"strings"
	"time"

	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// Codes that every room may use.
var (
	Blank          = problem.DefineField("blank", "must not be blank", "It has no visible character.")
	UnknownZone    = problem.DefineField("unknown_timezone", "is not a zone of the IANA database", "The time zone is not in the IANA database.")
	DateOutOfRange = problem.DefineField("date_out_of_range", "is out of range", "The date or time is further away than the service keeps.")
	ReversedRange  = problem.DefineField("reversed_range", "must not be before from", "`to` is before `from`.")
	RangeTooLong   = problem.DefineField("range_too_long", "must be within 366 days of from", "There are more days between `from` and `to` than one response holds.")
)

// Errors are the fields that break a rule; the zero value is ready.
type Errors []problem.Field

// Add refuses a field with the code's own message.
func (e *Errors) Add(field string, code problem.FieldCode) { *e = append(*e, code.At(field)) }

// AddIf is Add where the condition holds.
func (e *Errors) AddIf(condition bool, field string, code problem.FieldCode) {
	if condition {
		e.Add(field, code)
	}
}

// AddMessage refuses a field with a message of its own.
func (e *Errors) AddMessage(field string, code problem.FieldCode, format string, args ...any) {
	*e = append(*e, code.WithMessage(field, format, args...))
}

// Err is a 422 that names the fields, or nil when there are none.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return problem.Unprocessable(e...)
}

// Text returns a name or label without the spaces around it. A blank one is refused.
func (e *Errors) Text(field, value string) string {
	value = strings.TrimSpace(value)
	e.AddIf(value == "", field, Blank)
	return value
}

// OptionalText is Text for what may be left out.
func (e *Errors) OptionalText(field string, value *string) *string {
	if value == nil {
		return nil
	}
	return new(e.Text(field, *value))
}

// Zone refuses what the IANA database does not know.
func (e *Errors) Zone(field string, name *string) {
	if name != nil {
		_, err := zone.Load(*name)
		e.AddIf(err != nil, field, UnknownZone)
	}
}

// Years that may be asked for: those with four digits that every calendar library agrees on.
const (
	firstYear = 1900
	lastYear  = 2199
)

// Day refuses a day outside these years.
func (e *Errors) Day(field string, day time.Time) {
	if y := day.Year(); y < firstYear || y > lastYear {
		e.AddMessage(field, DateOutOfRange, "must be from %d to %d", firstYear, lastYear)
	}
}

// MaxDays is how many days one response has at most: a leap year.
const MaxDays = 366

// Range wants both ends of a range within these years and in order; either may be nil.
func (e *Errors) Range(from, to *time.Time) {
	if from != nil {
		e.Day("from", *from)
	}
	if to != nil {
		e.Day("to", *to)
	}
	e.AddIf(from != nil && to != nil && to.Before(*from), "to", ReversedRange)
}

// Days is Range for a response with an entry for each day, of which there are at most MaxDays.
func (e *Errors) Days(from, to time.Time) {
	e.Range(&from, &to)
	e.AddIf(to.Sub(from) >= MaxDays*24*time.Hour, "to", RangeTooLong)
}

// Entries are from this century, and planned at most a year ahead: what lies outside is a typing error.
var firstMoment = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

const planAhead = 366 * 24 * time.Hour

// Moment refuses the time of an entry that lies outside; nil is fine.
func (e *Errors) Moment(field string, at *time.Time, now time.Time) {
	if at != nil && (at.Before(firstMoment) || !at.Before(now.Add(planAhead))) {
		e.AddMessage(field, DateOutOfRange, "must be from the year 2000 to a year ahead")
	}
}

// TargetDay holds a day that entries are copied to to the bounds of their moments.
func (e *Errors) TargetDay(field string, day, now time.Time) {
	noon := day.Add(12 * time.Hour)
	e.Moment(field, &noon, now)
}
