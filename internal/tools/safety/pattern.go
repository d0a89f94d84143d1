package safety

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// pattern is a sequence of elements that must follow each other within one sentence.
type pattern []element

// element is one place of a pattern.
type element struct {
	gap      int                               // up to so many other words may stand before it
	optional bool                              // may be missing
	begin    bool                              // the beginning of a clause fits, without a word
	end      bool                              // the end of a clause fits, without a word
	choices  [][]string                        // words or phrases, one of which must stand here
	numbers  []func(value, floor float64) bool // or a number of one of these kinds
	firsts   []int                             // first words of the choices in the vocabulary; empty: cannot be checked early
}

// classes are the named lists of words of one language.
type classes map[string][][]string

// numbers are the kinds of numbers that a pattern may ask for.
var numbers = map[string]func(value, floor float64) bool{
	"#n":     func(float64, float64) bool { return true },
	"#low":   func(v, floor float64) bool { return v >= 50 && v < floor },                  // kcal a day under the floor
	"#child": func(v, _ float64) bool { return v >= 8 && v < 18 && v == float64(int(v)) },  // an age under 18
	"#grade": func(v, _ float64) bool { return v >= 4 && v <= 12 && v == float64(int(v)) }, // a class at school
	"#thin":  func(v, _ float64) bool { return v >= 25 && v <= 48 },                        // kg of a light adult
	"#days":  func(v, _ float64) bool { return v >= 2 && v <= 90 },                         // more than a day
	"#hours": func(v, _ float64) bool { return v >= 36 && v <= 500 },                       // a fast longer than a day and a half
	"#many":  func(v, _ float64) bool { return v >= 8 },                                    // more pills than a dose
	"#sugar": func(v, _ float64) bool { return v >= 20 && v <= 54 || v >= 1 && v < 3 },     // dangerous blood sugar, mg/dl or mmol/l
}

// parsePattern reads a pattern of a table:
//
//	want|wanna to? die   words that follow each other; | separates alternatives, ? may be missing
//	took ~3 pills        up to three other words in between
//	laxative*            any ending; *pillen: any beginning
//	be_here              a phrase
//	@drug                a list of the table
//	#low                 a number, see numbers
//	^ $                  the beginning and the end of a clause
func parsePattern(source string, lists classes) (pattern, error) {
	var p pattern
	gap := 0
	for _, field := range strings.Fields(source) {
		e := element{gap: gap}
		gap = 0
		if field[0] == '~' {
			n, err := strconv.Atoi(field[1:])
			if err != nil || n < 1 || n > 10 {
				return nil, fmt.Errorf("gap %q", field)
			}
			gap = n
			continue
		}
		field, e.optional = strings.CutSuffix(field, "?")
		for choice := range strings.SplitSeq(field, "|") {
			if err := e.add(choice, lists); err != nil {
				return nil, fmt.Errorf("%w in %q", err, field)
			}
		}
		p = append(p, e)
	}
	if len(p) == 0 || gap > 0 {
		return nil, fmt.Errorf("pattern %q is empty or ends with a gap", source)
	}
	return p, nil
}

// add adds an alternative to the element.
func (e *element) add(choice string, lists classes) error {
	switch {
	case choice == "":
		return errors.New("empty alternative")
	case choice == "^":
		e.begin = true
	case choice == "$":
		e.end = true
	case choice[0] == '#':
		kind, ok := numbers[choice]
		if !ok {
			return fmt.Errorf("kind of number %q", choice)
		}
		e.numbers = append(e.numbers, kind)
	case choice[0] == '@':
		list := lists[choice[1:]]
		if list == nil {
			return fmt.Errorf("list %q", choice)
		}
		e.choices = append(e.choices, list...)
	default:
		words := phrase(choice)
		if slices.ContainsFunc(words, func(w string) bool { return strings.Trim(w, "*") == "" }) {
			return fmt.Errorf("no word in %q", choice)
		}
		e.choices = append(e.choices, words)
	}
	return nil
}

// vocabulary numbers the words that the tables look for, so that a text is checked against most rules without comparing strings.
type vocabulary map[string]int

// index fills the numbers of a pattern's required words.
func (v vocabulary) index(p pattern) {
	for i := range p {
		p[i].firsts = v.required(&p[i])
	}
}

// required returns the numbers of the words one of which a text must have for the element to fit, or nil when that cannot be
// said: the element may be missing, or fits an ending, a number or the edge of a clause.
func (v vocabulary) required(e *element) []int {
	if e.optional || e.begin || e.end || len(e.numbers) > 0 {
		return nil
	}
	var firsts []int
	for _, choice := range e.choices {
		first := choice[0]
		if strings.ContainsRune(first, '*') {
			return nil
		}
		if _, ok := v[first]; !ok {
			v[first] = len(v)
		}
		firsts = append(firsts, v[first])
	}
	return firsts
}

// phrase splits "be_here" into folded words, and keeps the marks of any beginning and any ending.
func phrase(source string) []string {
	var out []string
	for part := range strings.SplitSeq(source, "_") {
		prefix, suffix := strings.HasPrefix(part, "*"), strings.HasSuffix(part, "*")
		var folded string
		for _, w := range foldWords(strings.Trim(part, "*")) {
			folded += w.text
		}
		if prefix {
			folded = "*" + folded
		}
		if suffix {
			folded += "*"
		}
		out = append(out, folded)
	}
	return out
}

// matchWord reports whether a word of a text fits a word of a pattern.
func matchWord(want, got string) bool {
	if want == got {
		return true
	}
	n := len(want)
	switch {
	case n < 2:
		return false
	case want[0] == '*' && want[n-1] == '*':
		return strings.Contains(got, want[1:n-1])
	case want[n-1] == '*':
		return strings.HasPrefix(got, want[:n-1])
	case want[0] == '*':
		return strings.HasSuffix(got, want[1:])
	}
	return false
}

// text is a text with what the patterns ask about it.
type text struct {
	words []word
	floor float64 // kcal a day that is the least allowed
	has   []bool  // by number in the vocabulary
	steps int     // comparisons so far: a test counts them
}

func newText(s string, floor float64) *text {
	t := &text{words: foldWords(s), floor: floor, has: make([]bool, len(searched))}
	t.index()
	return t
}

// index notes which of the words that the tables look for are in the text.
func (t *text) index() {
	for _, w := range t.words {
		if n, ok := searched[w.text]; ok {
			t.has[n] = true
		}
	}
}

// possible reports whether the text has the words that the pattern cannot do without. It is a fast check before find.
func (t *text) possible(p pattern) bool {
	for i := range p {
		if firsts := p[i].firsts; firsts != nil && !slices.ContainsFunc(firsts, func(n int) bool { return t.has[n] }) {
			return false
		}
	}
	return true
}

// ends appends the positions behind e when it begins at i. wordsFit is false where a sentence ends before i: then only the
// edges of a clause fit.
func (t *text) ends(e element, i int, wordsFit bool, out []int) []int {
	t.steps++
	if e.begin && i < len(t.words) && t.words[i].before != noPause ||
		e.end && (i == len(t.words) || t.words[i].before != noPause) {
		out = appendNew(out, i)
	}
	if !wordsFit || i == len(t.words) {
		return out
	}
	for _, fits := range e.numbers {
		if t.words[i].digits && fits(t.words[i].number, t.floor) {
			out = appendNew(out, i+1)
		}
	}
	for _, choice := range e.choices {
		if t.phraseAt(choice, i) {
			out = appendNew(out, i+len(choice))
		}
	}
	return out
}

func (t *text) phraseAt(choice []string, i int) bool {
	if i+len(choice) > len(t.words) {
		return false
	}
	for k, want := range choice {
		if k > 0 && t.words[i+k].before == fullStop {
			return false
		}
		if !matchWord(want, t.words[i+k].text) {
			return false
		}
	}
	return true
}

// matchAt returns the position behind the shortest match of p that begins at start, or -1. A gap holds no word of not, and
// nothing crosses the end of a sentence. The positions are kept as a set, so the time is linear in the length of the pattern.
func (t *text) matchAt(p pattern, start int, not [][]string) int {
	positions, next := []int{start}, []int{}
	for k, e := range p {
		next = next[:0]
		for _, from := range positions {
			if e.optional {
				next = appendNew(next, from)
			}
			for i := from; i <= from+e.gap && i <= len(t.words); i++ {
				if i > from && t.anyAt(not, i-1) {
					break
				}
				sentenceEnds := i > start && i < len(t.words) && t.words[i].before == fullStop
				next = t.ends(e, i, !sentenceEnds, next)
				if k == 0 || sentenceEnds {
					break
				}
			}
		}
		if len(next) == 0 {
			return -1
		}
		positions, next = next, positions
	}
	return slices.Min(positions)
}

func appendNew(list []int, v int) []int {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// anyAt reports whether one of the phrases begins at i.
func (t *text) anyAt(phrases [][]string, i int) bool {
	return slices.ContainsFunc(phrases, func(choice []string) bool { return t.phraseAt(choice, i) })
}

// find calls yield with the begin and the end of each match, until yield returns false.
func (t *text) find(p pattern, from, to int, not [][]string, yield func(begin, end int) bool) {
	for start := from; start < to; start++ {
		if end := t.matchAt(p, start, not); end >= 0 && end <= to && !yield(start, end) {
			return
		}
	}
}

// contains reports whether the words from begin to end hold a match.
func (t *text) contains(p pattern, begin, end int) bool {
	if !t.possible(p) {
		return false
	}
	found := false
	t.find(p, begin, end, nil, func(int, int) bool { found = true; return false })
	return found
}

// containsAny reports whether the words from begin to end hold a match of one of the patterns.
func (t *text) containsAny(patterns []pattern, begin, end int) bool {
	return slices.ContainsFunc(patterns, func(p pattern) bool { return t.contains(p, begin, end) })
}

// sentence returns the begin and the end of the sentence around a match. Spans longer than a sentence of a person are cut.
func (t *text) sentence(begin, end int) (int, int) {
	const reach = 40
	lowest, highest := max(0, begin-reach), min(len(t.words), end+reach)
	for begin > lowest && t.words[begin].before != fullStop {
		begin--
	}
	for end < highest && t.words[end].before != fullStop {
		end++
	}
	return begin, end
}
