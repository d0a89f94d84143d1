package intent

import (
	"regexp"
	"strconv"
	"time"
)

var (
	monthName = alternatives("month")
	// dayOfMonth is a day with the name of its month: "12 November", "november 12th", "3. November", "12 de noviembre".
	dayOfMonth = regexp.MustCompile(
		`\b([0-9]{1,2})(?:st|nd|rd|th|er|o|\.)?(?: of| de)? (` + monthName + `)\b|` +
			`\b(` + monthName + `) (?:the )?([0-9]{1,2})(?:st|nd|rd|th)?(?:[ ?!.,]|$)`,
	)
	// dayAndMonth is a date in digits, the day first: "am 12.11.", "le 12/11".
	dayAndMonth = regexp.MustCompile(`\b(?:am|vom|seit dem|le|du|depuis le|el|del|dia|do dia) ([0-9]{1,2})[./]([0-9]{1,2})\b`)
	aMonth      = regexp.MustCompile(`\b(?:` + alternatives("before_month") + `)(` + monthName + `)\b`)
	since       = regexp.MustCompile(`\b(?:` + alternatives("since") + `)\b`)
	weekend     = regexp.MustCompile(`\b(?:` + alternatives("weekend") + `)\b`)
	aYear       = regexp.MustCompile(`\b(?:` + alternatives("year") + `)\b`)
	fromDayTo   = regexp.MustCompile(
		`\b(` + alternatives("weekday") + `) (?:to|till|until|through|bis|a|au|hasta(?: el)?|ate|-) (` + alternatives("weekday") + `)\b|` +
			`\b(?:between|zwischen|entre) (?:el |le |la |a )?(` + alternatives("weekday") + `) (?:and|und|et|y|e) (?:el |le |la |a )?(` +
			alternatives("weekday") + `)\b`,
	)
)

// period reads the days of a question that days does not read: months, dates, weekends, and until today ("since Monday").
func (p *parser) period() {
	p.namedPeriod()
	if p.u.To.After(p.in.Today) || since.MatchString(p.text) && !p.u.From.IsZero() {
		p.u.To = p.in.Today
	}
}

func (p *parser) namedPeriod() {
	t, today := numbersAsDigits(p.text), p.in.Today
	if m := dayAndMonth.FindStringSubmatch(p.text); m != nil {
		p.date(int(number(m[1])), int(number(m[2])))
	} else if m := dayOfMonth.FindStringSubmatch(t); m != nil {
		p.date(int(number(m[1]+m[4])), int(number(lexicons["month"].values[m[2]+m[3]])))
	} else if m := aMonth.FindStringSubmatch(t); m != nil {
		p.date(1, int(number(lexicons["month"].values[m[1]])))
		p.u.To = p.u.From.AddDate(0, 1, -1)
	} else if m := fromDayTo.FindStringSubmatch(t); m != nil {
		first, last := m[1]+m[3], m[2]+m[4]
		p.u.To = p.lastWeekday(last)
		p.u.From = p.u.To.AddDate(0, 0, -(weekdayOf(last)-weekdayOf(first)+7)%7)
	} else if weekend.MatchString(t) {
		p.u.From = today.AddDate(0, 0, -(int(today.Weekday())+1)%7)
		isSaturday := p.u.From.Equal(today)
		if isSaturday && !has("this", t) || has("last", t) && today.Sub(p.u.From) <= 24*time.Hour {
			p.u.From = p.u.From.AddDate(0, 0, -7)
		}
		p.u.To = p.u.From.AddDate(0, 0, 1)
	} else if aYear.MatchString(t) {
		p.u.From, p.u.To = time.Date(today.Year(), 1, 1, 0, 0, 0, 0, today.Location()), today
	}
}

// date sets the last such day; one in the future is that of the year before.
func (p *parser) date(day, month int) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return
	}
	today := p.in.Today
	d := time.Date(today.Year(), time.Month(month), day, 0, 0, 0, 0, today.Location())
	if d.After(today) {
		d = d.AddDate(-1, 0, 0)
	}
	p.u.From, p.u.To = d, d
}

func weekdayOf(name string) int {
	n, _ := strconv.Atoi(lexicons["weekday"].values[name]) // the table has numbers
	return n
}

// lastWeekday returns the last day of that name before today.
func (p *parser) lastWeekday(name string) time.Time {
	back := (int(p.in.Today.Weekday()) - weekdayOf(name) + 7) % 7
	if back == 0 {
		back = 7
	}
	return p.in.Today.AddDate(0, 0, -back)
}
