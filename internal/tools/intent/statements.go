package intent

import (
	"cmp"
	"regexp"
	"slices"
)

// clause divides statements.
var clause = regexp.MustCompile(`\s*[,;]\s*|\.\s+|\s+(?:` + alternatives("clause") + `)\s+`)

// statement is a part of a message.
type statement struct {
	text string
	u    Utterance
	// alone is true for what is a statement of its own beside foods: an activity, a weight, a negation, energy.
	alone bool
}

// several reads a message that says several things: "ran 5 km, then ate a banana". It returns false for others. What was not eaten counts
// only when nothing else is said.
func (p *parser) several() bool {
	parts := p.parts()
	if len(parts) < 2 || !slices.ContainsFunc(parts, func(s statement) bool { return s.alone }) {
		return false
	}
	var all []Utterance
	for _, s := range parts {
		if s.u.Intent == None || s.u.Intent == Unknown {
			continue
		}
		if len(all) > 0 && s.u.From.IsZero() {
			s.u.From, s.u.To = all[len(all)-1].From, all[len(all)-1].To
		}
		all = append(all, s.u)
	}
	if len(all) == 0 {
		return false
	}
	p.u = all[0]
	p.u.Also = all[1:]
	return true
}

// parts returns the statements of a message. Foods beside each other are one, and a duration belongs to the activity before.
func (p *parser) parts() (parts []statement) {
	last := 0
	cuts := append(clause.FindAllStringIndex(p.text, maxItems), []int{len(p.text), len(p.text)})
	for i, cut := range cuts {
		s := p.statement(p.text[last:cut[0]])
		separator := ""
		if i > 0 {
			separator = p.text[cuts[i-1][0]:cuts[i-1][1]]
		}
		last = cut[1]
		switch n := len(parts) - 1; {
		case n >= 0 && dependent.MatchString(s.text),
			n >= 0 && !s.alone && !parts[n].alone,
			n >= 0 && parts[n].u.Intent == Activity && isMeasure(s.u):
			parts[n] = p.statement(parts[n].text + separator + s.text)
		default:
			parts = append(parts, s)
		}
	}
	return parts
}

// dependent begins a part that says nothing without the one before: "I wonder, whether to eat".
var dependent = regexp.MustCompile(`^(?:ob|dass|whether|if|falls) `)

// isMeasure returns whether a statement is nothing but a duration or a distance.
func isMeasure(u Utterance) bool {
	return u.Activity == "" && u.Phrase == "" && u.Minutes+u.DistanceKm > 0
}

// statement reads a part of the message.
func (p *parser) statement(text string) statement {
	part := parser{in: p.in, text: text, u: Utterance{Language: p.u.Language}}
	part.clock()
	part.days()
	part.one()
	u := part.u
	alone := u.Intent == Activity && u.Activity != "" || u.Intent == Weight || u.Intent == None ||
		u.Intent == Quick && cmp.Or(u.Phrase, u.Meal) != ""
	return statement{text, u, alone}
}
