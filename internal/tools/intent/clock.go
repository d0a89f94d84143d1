package intent

import (
	"regexp"
	"strconv"
	"strings"
)

// clockTime is a time of the day: "at 8", "um 13 Uhr", "à 8h30", "a las 7 de la tarde".
var clockTime = regexp.MustCompile(
	`\b(at|um|gegen|a las?|as|a|vers|around|ab)? ?([0-9]{1,2})(?:[:.h]([0-5][0-9]))? ?(am|pm|a\.m\.|p\.m\.|uhr|h|hs|o'clock|heures?|horas?)?` +
		`( (?:` + alternatives(
		"half_day",
	) + `))?(?:[ ,.:;]|$)`,
)

// surelyClock are words before a number that make it a time without "o'clock".
var surelyClock = map[string]bool{"at": true, "um": true, "a las": true, "a la": true, "as": true}

// notClock is what follows a number that is an amount.
var notClock = regexp.MustCompile(`^ ?(?:kg|g|gr|ml|cl|l|km|k|%|x|min|kcal|cal|lbs?|[0-9]*[.,][0-9])`)

// nearlyClock are words before a number at the end that make it a time when another number is the amount: "10 almonds around 4".
var nearlyClock = map[string]bool{"around": true, "gegen": true, "vers": true}

// clock reads the time of the day, and removes it from the text.
func (p *parser) clock() {
	for _, m := range clockTime.FindAllStringSubmatchIndex(p.text, maxItems) {
		if p.clockAt(m) {
			return
		}
	}
}

// clockAt reads a match of clockTime. It returns false when that is no time.
func (p *parser) clockAt(m []int) bool {
	t := p.text
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return t[m[2*i]:m[2*i+1]]
	}
	hour, _ := strconv.Atoi(group(2))   // the pattern has digits
	minute, _ := strconv.Atoi(group(3)) // or nothing
	word, suffix, half := group(1), group(4), group(5)
	after := m[2*2+1]
	for _, i := range []int{3, 4, 5} {
		after = max(after, m[2*i+1])
	}
	bare := group(3) == "" && suffix == "" && half == ""
	switch {
	case hour > 24, bare && !surelyClock[word] && !isLast(t, m[0], after, word), notClock.MatchString(t[after:]):
		return false
	case word == "" && suffix != "uhr" && suffix != "am" && suffix != "pm" && (group(3) == "" || m[0] > 0): // "8h" is a duration
		return false
	}
	if half != "" {
		p.halfDay = lexicons["half_day"].values[half[1:]]
		if p.halfDay != "breakfast" && hour < 12 {
			hour += 12
		}
	}
	if (suffix == "pm" || suffix == "p.m.") && hour < 12 {
		hour += 12
	}
	p.u.Clock = new(hour%24*60 + minute)
	p.text = t[:m[0]] + " " + t[after:]
	p.text = spaces.ReplaceAllString(p.text, " ")
	return true
}

// isLast returns whether a number behind one of the nearly certain words ends a text that has a number before.
func isLast(t string, start, end int, word string) bool {
	return nearlyClock[word] && digits.MatchString(t[:start]) && strings.TrimSpace(t[end:]) == ""
}

var spaces = regexp.MustCompile(` +`)
