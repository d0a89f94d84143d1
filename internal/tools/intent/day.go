package intent

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ultimatecoach/api/internal/tools/calendar"
)

var ago = regexp.MustCompile(`(?:([0-9]+) days? ago|vor ([0-9]+) tagen?|il y a ([0-9]+) jours?|hace ([0-9]+) dias?|ha ([0-9]+) dias?)\b`)

// longAgo is a number of weeks or months before today.
var longAgo = regexp.MustCompile(
	`\b(?:([0-9]+|a|an) (weeks?|months?) ago|vor ([0-9]+) (wochen?|monate?n?)|il y a ([0-9]+) (semaines?|mois)|hace ([0-9]+) (semanas?|mes(?:es)?)|` +
		`ha ([0-9]+) (semanas?|mes(?:es)?))\b`,
)

// days reads which days a message is about.
func (p *parser) days() {
	t := numbersAsDigits(p.text)
	if m := ago.FindStringSubmatch(t); m != nil {
		n, _ := strconv.Atoi(strings.Join(m[1:], "")) // the pattern has digits
		p.on(-min(n, 3650))
		return
	}
	if m := longAgo.FindStringSubmatch(t); m != nil {
		n, unit := max(1, int(number(m[1]+m[3]+m[5]+m[7]+m[9]))), m[2]+m[4]+m[6]+m[8]+m[10]
		days := lexicons["span"].values[unit]
		p.on(-min(n*int(number(days)), 3650))
		return
	}
	if p.span(t) {
		return
	}
	if value, ok := find("day", t); ok {
		n, _ := strconv.Atoi(value) // the table has numbers
		p.on(n)
		return
	}
	if name := lexicons["weekday"].all.FindString(t); name != "" {
		p.u.From = p.lastWeekday(name)
		p.u.To = p.u.From
	}
}

// earliestDay sets the earliest of the days that are named: "today the same as yesterday" copies yesterday.
func (p *parser) earliestDay() {
	for _, phrase := range lexicons["day"].all.FindAllString(p.text, 4) {
		n, _ := strconv.Atoi(lexicons["day"].values[phrase]) // the table has numbers
		if day := p.in.Today.AddDate(0, 0, n); p.u.From.Equal(p.in.Today) && day.Before(p.u.From) {
			p.on(n)
		}
	}
}

func (p *parser) on(offset int) {
	p.u.From = p.in.Today.AddDate(0, 0, offset)
	p.u.To = p.u.From
}

// nearWords is how many words may stand between "last" and "weeks".
const nearWords = 3

// span reads several days: "last two weeks", "this month", "semana pasada".
func (p *parser) span(t string) bool {
	words := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(" ,;:!?", r) })
	for i, word := range words {
		length, ok := lexicons["span"].values[strings.TrimSuffix(strings.TrimSuffix(strings.Trim(word, "."), "'s"), "-ci")]
		if !ok {
			continue
		}
		near := words[max(0, i-nearWords):min(len(words), i+2)]
		inTable := func(kind string) bool {
			return slices.ContainsFunc(near, func(w string) bool { _, ok := lexicons[kind].values[w]; return ok })
		}
		days, count := int(number(length)), 0
		for _, w := range near {
			if n, err := strconv.Atoi(w); err == nil && n > 0 && n < 400 {
				count = n
			}
		}
		switch {
		case days == 1 && count == 0 && !(inTable("last") && len(word) > 3 && word != "jour"): // "which day last week"
			continue
		case days == 1 && count == 0: // "the last days"
			p.u.From, p.u.To = p.in.Today.AddDate(0, 0, -6), p.in.Today
		case inTable("over") && count > 0 && days > 0 && !inTable("last"): // "average over 7 days"
			p.u.From, p.u.To = p.in.Today.AddDate(0, 0, 1-days*count), p.in.Today
		case inTable("last") && (count > 0 || days == 14 || inTable("rolling")):
			p.u.From, p.u.To = p.in.Today.AddDate(0, 0, 1-days*max(count, 1)), p.in.Today
		case inTable("last"):
			p.before(days)
		case days > 1 && (inTable("this") || has("stat", t)): // "total of the week"
			p.current(days)
		default:
			continue
		}
		return true
	}
	return false
}

// before sets the week or month before the current one.
func (p *parser) before(days int) {
	p.current(days)
	p.u.To = p.u.From.AddDate(0, 0, -1)
	if days == 7 {
		p.u.From = p.u.From.AddDate(0, 0, -7)
	} else {
		p.u.From = p.u.From.AddDate(0, -1, 0)
	}
}

// current sets the week or month of today, until today.
func (p *parser) current(days int) {
	p.u.To = p.in.Today
	if days == 7 {
		p.u.From = calendar.Monday(p.in.Today)
		return
	}
	p.u.From = calendar.FirstOfMonth(p.in.Today)
}
