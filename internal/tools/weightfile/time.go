package weightfile

import (
	"slices"
	"strings"
	"time"
)

// DateOrder says whether the day or the month is first in dates such as 03/04/2026.
type DateOrder string

// The orders. The zero value is unknown.
const (
	DayFirst   DateOrder = "day_first"
	MonthFirst DateOrder = "month_first"
)

// withOffset are the ways in which files write instants.
var withOffset = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00",
}

// Days and clocks are the parts of times without an offset. A numeral for the month is second in all of these days.
var (
	days = []string{
		"2006-1-2", "2006/1/2", "2.1.2006", "Jan 2 2006", "January 2 2006", "2 Jan 2006", "2 January 2006",
	}
	daysOf = map[DateOrder][]string{DayFirst: {"2/1/2006", "2-1-2006"}, MonthFirst: {"1/2/2006", "1-2-2006"}}
	clocks = []string{" 15:04:05", " 15:04", " 3:04:05 PM", " 3:04 PM", "T15:04:05", "T15:04"}
)

// parseTime returns the instant that a text names. A day without a time is noon.
func parseTime(text string, o Options) (time.Time, bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, ", ", " "))
	for _, layout := range withOffset {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	for _, day := range slices.Concat(days, daysOf[o.DateOrder]) {
		for _, clock := range clocks {
			if at, err := time.ParseInLocation(day+clock, text, o.Zone); err == nil {
				return at, true
			}
		}
		if at, err := time.ParseInLocation(day, text, o.Zone); err == nil {
			return at.Add(12 * time.Hour), true
		}
	}
	return time.Time{}, false
}
