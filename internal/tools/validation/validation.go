// Package validation checks rules that a request's schema cannot express. It collects the errors of all fields, so that a
// client learns all of them at once.
package validation

import (
	"time"

	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/text"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// Field codes that every room may use.
var (
	Blank       = problem.DefineField("blank", "must not be blank", "It has no visible character.")
	UnknownZone = problem.DefineField(
		"unknown_timezone",
		"is not a zone of the IANA database",
		"The time zone is not in the IANA database.",
	)
	DateOutOfRange = problem.DefineField(
		"date_out_of_range",
		"is out of range",
		"The date or time is further away than the service keeps.",
	)
	ReversedRange   = problem.DefineField("reversed_range", "must not be before from", "`to` is before `from`.")
	EndsBeforeStart = problem.DefineField(
		"ends_before_start",
		"makes it end before it starts",
		"It ends before it starts, or at the same time.",
	)
	NeedsExternalID = problem.DefineField(
		"needs_external_id",
		"needs external_id",
		"A version is the version of a record, which `external_id` names.",
	)
	RangeTooLong = problem.DefineField(
		"range_too_long",
		"must be within 366 days of from",
		"There are more days between `from` and `to` than one response holds.",
	)
)

// Errors collects the fields that break a rule. The zero value is ready to use.
type Errors []problem.Field

// Add adds an error with the code's own message.
func (e *Errors) Add(field string, code problem.FieldCode) { *e = append(*e, code.At(field)) }

// AddIf calls Add when the condition is true.
func (e *Errors) AddIf(condition bool, field string, code problem.FieldCode) {
	if condition {
		e.Add(field, code)
	}
}

// AddMessage adds an error with its own message.
func (e *Errors) AddMessage(field string, code problem.FieldCode, format string, args ...any) {
	*e = append(*e, code.WithMessage(field, format, args...))
}

// Err returns a 422 problem that names the fields, or nil when there are no errors.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return problem.Unprocessable(e...)
}

// Text returns a name or label as text.Clean does. One without a visible character is an error.
func (e *Errors) Text(field, value string) string {
	value = text.Clean(value)
	e.AddIf(value == "", field, Blank)
	return value
}

// OptionalText is Text for an optional field.
func (e *Errors) OptionalText(field string, value *string) *string {
	if value == nil {
		return nil
	}
	return new(e.Text(field, *value))
}

// Zone adds an error when the IANA database does not have the zone. nil is accepted.
func (e *Errors) Zone(field string, name *string) {
	if name != nil {
		_, err := zone.Load(*name)
		e.AddIf(err != nil, field, UnknownZone)
	}
}

// Years that a request may name: every calendar library agrees on them.
const (
	firstYear = 1900
	lastYear  = 2199
)

// Day adds an error when the day is outside these years.
func (e *Errors) Day(field string, day time.Time) {
	if y := day.Year(); y < firstYear || y > lastYear {
		e.AddMessage(field, DateOutOfRange, "must be from %d to %d", firstYear, lastYear)
	}
}

// DayOrToday returns the day that a request names; nil stands for "today" in the user's time zone.
func DayOrToday(field, day string) (*time.Time, error) {
	if day == "today" {
		return nil, nil
	}
	parsed, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, problem.Unprocessable(problem.WrongFormat.WithMessage(field, "is not a day of the calendar"))
	}
	var fields Errors
	fields.Day(field, parsed)
	return &parsed, fields.Err()
}

// MaxDays is how many days one response may hold: a leap year.
const MaxDays = 366

// Range checks that both ends of a range are within these years and in order. Either may be nil.
func (e *Errors) Range(from, to *time.Time) {
	if from != nil {
		e.Day("from", *from)
	}
	if to != nil {
		e.Day("to", *to)
	}
	e.AddIf(from != nil && to != nil && to.Before(*from), "to", ReversedRange)
}

// Days is Range for a response with one entry per day: at most MaxDays.
func (e *Errors) Days(from, to time.Time) {
	e.Range(&from, &to)
	e.AddIf(to.Sub(from) >= MaxDays*24*time.Hour, "to", RangeTooLong)
}

// Entries outside this time span are typing errors.
var firstMoment = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

const planAhead = 366 * 24 * time.Hour

// Moments returns the first time that an entry may have, and the first after the last.
func Moments(now time.Time) (earliest, end time.Time) { return firstMoment, now.Add(planAhead) }

// Moment checks the time of an entry: from the year 2000 to a year ahead. nil is accepted.
func (e *Errors) Moment(field string, at *time.Time, now time.Time) {
	earliest, end := Moments(now)
	if at != nil && (at.Before(earliest) || !at.Before(end)) {
		e.AddMessage(field, DateOutOfRange, "must be from the year 2000 to a year ahead")
	}
}

// TargetDay checks a day that entries are copied to, by the same limits as Moment.
func (e *Errors) TargetDay(field string, day, now time.Time) {
	noon := day.Add(12 * time.Hour)
	e.Moment(field, &noon, now)
}
