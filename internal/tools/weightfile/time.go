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

// Days and clocks are the parts of times without an offset. In none of these days it is open which number is the month.
var (
	days   = []string{"2006-1-2", "2006/1/2", "2.1.2006", "Jan 2 2006", "January 2 2006", "2 Jan 2006", "2 January 2006"}
	daysOf = map[DateOrder][]string{DayFirst: {"2/1/2006", "2-1-2006"}, MonthFirst: {"1/2/2006", "1-2-2006"}}
	clocks = []string{" 15:04:05", " 15:04", " 3:04:05 PM", " 3:04 PM"}
)

// parseTime returns the instant that a text names. A day without a time is noon.
func parseTime(text string, o Options) (time.Time, bool) {
	text = strings.TrimSpace(text)
	for _, layout := range withOffset {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	day, clock := splitTime(text)
	for _, layout := range slices.Concat(days, daysOf[o.DateOrder]) {
		at, err := time.ParseInLocation(layout, day, o.Zone)
		if err != nil {
			continue
		}
		if clock == "" {
			return at.Add(12 * time.Hour), true
		}
		for _, c := range clocks {
			if at, err := time.ParseInLocation(layout+c, day+" "+clock, o.Zone); err == nil {
				return at, true
			}
		}
	}
	return time.Time{}, false
}

// splitTime returns the day and the clock of a text such as "2026-01-05T07:01", "5.1.2026 7:01" or "Jan 5, 2026 7:01 AM".
func splitTime(text string) (day, clock string) {
	const date = len(time.DateOnly)
	if len(text) > date && text[date] == 'T' {
		return text[:date], text[date+1:]
	}
	words := strings.Fields(strings.ReplaceAll(text, ",", " "))
	ofDay := min(1, len(words))
	if len(words) >= 3 && (isLetter(words[0][0]) || isLetter(words[1][0])) { // with the name of a month
		ofDay = 3
	}
	return strings.Join(words[:ofDay], " "), strings.Join(words[ofDay:], " ")
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
