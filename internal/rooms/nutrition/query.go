package nutrition

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxQueryAmount is the largest amount that a query may name, in any unit; a larger number is a word like others.
const maxQueryAmount = 10_000

// amountInQuery is how much of a food a query names: "2 large eggs", "100g rice", "glass of milk".
type amountInQuery struct {
	value float64
	unit  string // a key of queryUnits
}

// reading is one way to understand a query: the words to search for, and what the other words mean.
type reading struct {
	words  string
	amount *amountInQuery
	// leftOut are words that say nothing about a food, such as "homemade".
	leftOut []string
}

// token is a word of a query.
type token struct {
	text  string // as it was typed
	plain string // in lower case, without accents and punctuation around it
}

// attachedUnit is a number with its unit, without a space: "100g", "2x", "1.5l".
var attachedUnit = regexp.MustCompile(`^(\d+(?:[.,]\d+)?|\d+/\d+|\d*[¼½¾⅓⅔⅛])(\p{L}+)$`)

// readQuery returns the readings of a query, from the one with all words to the one with only the words of a food. Numbers and
// measures that can be nothing else ("100 g", "2 cups of") are in no reading. A query without an amount has one reading.
func readQuery(q string) []reading {
	tokens := tokenize(q)
	p := queryParser{tokens: tokens, role: make([]role, len(tokens))}
	p.findAmount()
	p.findAdjectives()
	p.findLeadingMeasure()
	return p.readings(q)
}

// Readings returns the words of each reading of a query, in the form that private.search_foods takes.
func Readings(q string) []string {
	var words []string
	for _, r := range readQuery(q) {
		words = append(words, r.words)
	}
	return words
}

func tokenize(q string) []token {
	var tokens []token
	for _, text := range strings.Fields(q) {
		text = strings.Trim(text, ",;:()!?\"")
		if text == "" || text == "." || text == "-" {
			continue
		}
		// "un demi-litre" is half a litre, "lait demi-écrémé" a kind of milk.
		if rest, ok := strings.CutPrefix(text, "demi-"); ok && len(tokens) == 1 && slices.Contains(articles, tokens[0].plain) {
			tokens, text = append(tokens, token{"demi", "demi"}), rest
		}
		tokens = append(tokens, token{text, plainWord(text)})
	}
	return tokens
}

// plainWord returns a word in lower case without accents and without a full stop at its end, to look it up in a table.
func plainWord(s string) string {
	s = strings.NewReplacer("ß", "ss", "’", "'").Replace(strings.ToLower(strings.TrimSuffix(s, ".")))
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if r < 0x300 || r > 0x36f { // combining accents
			b.WriteRune(r)
		}
	}
	return b.String()
}

// role is what a token is in the query.
type role int

const (
	isFood      role = iota
	isCertain        // belongs to an amount for certain: "100 g", "2 cups"
	isNumber         // a number alone, which may be a part of a name: "7 up"
	isSize           // a size or measure that may be a part of a name: "large egg", "glass noodles"
	isAdjective      // says nothing about a food, but may be a part of a name: "organic milk"
	isFiller         // "of" between a measure and a food
)

type queryParser struct {
	tokens []token
	role   []role
	value  float64 // 0 without an amount
	unit   string
}

// findAmount finds the first number with a unit, or a number alone at the beginning or the end of the query.
func (p *queryParser) findAmount() {
	for i := range p.tokens {
		value, unit, n := p.number(i)
		if n == 0 || value <= 0 || value > maxQueryAmount {
			continue
		}
		end := i + n
		_, sizeEnd := p.size(end)
		if unit == "" {
			unit, end = p.measure(p.skipFullness(sizeEnd), true)
		}
		if unit != "" {
			end = p.skipFullness(end)
			part, more := p.andFraction(end)
			value, end = value+part, end+more
		}
		hasFood := i > 0 || end < len(p.tokens)
		switch {
		case unit != "" && hasFood:
			p.mark(i, end, isCertain)
			p.markFiller(end)
		case hasFood && unit == "" && (i == 0 || i+n == len(p.tokens) || sizeEnd == len(p.tokens)):
			unit = "piece"
			p.mark(i, i+n, isNumber)
			if size, from, to := p.sizeOfPieces(i, i+n); size != "" {
				unit = size
				p.mark(from, to, isSize)
			}
			p.markFiller(i + n)
		default:
			continue
		}
		p.value, p.unit = value, unit
		return
	}
}

// sizeOfPieces returns the size after a number and where it is: next to the number ("2 large eggs") or, when the number is the first
// word, at the end ("2 huevos grandes").
func (p *queryParser) sizeOfPieces(number, end int) (size string, from, to int) {
	last := len(p.tokens) - 1
	if size, to := p.size(end); size != "" && (number > 0 || to <= last) {
		return size, end, to
	}
	if number == 0 && last > end {
		return sizeOf[p.tokens[last].plain], last, last + 1
	}
	return "", end, end
}

// skipFullness returns the index after "heaped" or "level".
func (p *queryParser) skipFullness(i int) int {
	if i < len(p.tokens) && fullness[p.tokens[i].plain] {
		return i + 1
	}
	return i
}

// andFraction returns the fraction at token i that belongs to the number before it, and how many tokens it takes: "and a half", "y medio".
func (p *queryParser) andFraction(i int) (value float64, n int) {
	if i+1 >= len(p.tokens) || !slices.Contains(ands, p.tokens[i].plain) {
		return 0, 0
	}
	n = 1
	if i+2 < len(p.tokens) && slices.Contains(articles, p.tokens[i+1].plain) {
		n++
	}
	value, ok := numberWords[p.tokens[i+n].plain]
	if !ok {
		value, ok = parseNumber(p.tokens[i+n].text)
	}
	if !ok || value >= 1 {
		return 0, 0
	}
	return value, n + 1
}

// number returns the number at token i, the unit that is attached to it, and how many tokens it takes; 0 when there is none.
func (p *queryParser) number(i int) (value float64, unit string, n int) {
	if v, n := p.numberWord(i); n > 0 {
		return v, "", n
	}
	text := strings.ToLower(p.tokens[i].text)
	if v, ok := parseNumber(strings.TrimPrefix(text, "x")); ok {
		n = 1
		if i+1 < len(p.tokens) && v == float64(int(v)) && strings.ContainsAny(p.tokens[i+1].text, "/¼½¾⅓⅔⅛") { // 1 1/2
			if part, ok := parseNumber(p.tokens[i+1].text); ok && part < 1 {
				v, n = v+part, 2
			}
		}
		part, more := p.andFraction(i + n)
		v, n = v+part, n+more
		if i+n < len(p.tokens) && (p.tokens[i+n].plain == "x" || p.tokens[i+n].plain == "×") {
			n++
		}
		return v, "", n
	}
	if m := attachedUnit.FindStringSubmatch(text); m != nil {
		v, ok := parseNumber(m[1])
		name, isUnit := unitOf[plainWord(m[2])]
		switch {
		case ok && m[2] == "x":
			return v, "", 1
		case ok && isUnit:
			return v, name, 1
		}
	}
	return 0, "", 0
}

// numberWord returns the number that token i names in words, and how many tokens it takes.
func (p *queryParser) numberWord(i int) (value float64, n int) {
	word := p.tokens[i].plain
	v, ok := numberWords[word]
	// "a" and "an" are numbers only at the beginning; "half a cup" has one number.
	if !ok || slices.Contains(onlyLeading, word) && (i > 0 || len(p.tokens) == 1) {
		return 0, 0
	}
	n = 1
	if slices.Contains(articles, word) && i+1 < len(p.tokens) { // "a dozen", "a half", "a couple"
		if w, ok := numberWords[p.tokens[i+1].plain]; ok && !slices.Contains(articles, p.tokens[i+1].plain) {
			v, n = w, 2
		}
	}
	if v < 1 && p.isFiller(i+n) { // "un quart de litre", "quarter of a melon"
		next := p.tokens[i+n+1].plain
		if _, isUnit := unitOf[next]; isUnit || slices.Contains(articles, next) {
			n++
		}
	}
	if i+n < len(p.tokens) && (v < 1 || v == 12) && slices.Contains(articles, p.tokens[i+n].plain) {
		n++
	}
	if v < 1 && i+n < len(p.tokens) && numberWords[p.tokens[i+n].plain] == 12 { // "half a dozen"
		return v * 12, n + 1
	}
	part, more := p.andFraction(i + n)
	return v + part, n + more
}

var fractions = map[string]float64{"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1.0 / 3, "⅔": 2.0 / 3, "⅛": 0.125}

// parseNumber reads 2, 1.5, 1,5, 3/4 and 1½. 80/20 is no number but a kind of beef.
func parseNumber(s string) (float64, bool) {
	for sign, part := range fractions {
		if whole, ok := strings.CutSuffix(s, sign); ok {
			if whole == "" {
				return part, true
			}
			v, err := strconv.Atoi(whole)
			return float64(v) + part, err == nil
		}
	}
	if above, below, ok := strings.Cut(s, "/"); ok {
		a, errA := strconv.Atoi(above)
		b, errB := strconv.Atoi(below)
		return float64(a) / float64(max(b, 1)), errA == nil && errB == nil && a > 0 && a < b && b <= 16
	}
	if s == "" || s[0] < '0' || s[0] > '9' || len(s) > 8 {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	return v, err == nil
}

// size returns the size at token i and the index after it.
func (p *queryParser) size(i int) (string, int) {
	for n := 2; n > 0; n-- {
		if i+n <= len(p.tokens) {
			if name, ok := sizeOf[p.join(i, i+n)]; ok {
				return name, i + n
			}
		}
	}
	return "", i
}

// measure returns the unit at token i and the index after it; "" and i when there is none. Units that need a number, and
// abbreviations of two letters, are units only after a number or before "of".
func (p *queryParser) measure(i int, afterNumber bool) (string, int) {
	for n := 4; n > 0; n-- {
		if i+n > len(p.tokens) {
			continue
		}
		words := p.join(i, i+n)
		name, ok := unitOf[words]
		if ok && (afterNumber || !queryUnits[name].needsNumber && len(words) > 2 || p.isFiller(i+n)) {
			return name, i + n
		}
	}
	return "", i
}

// isFiller reports whether token i is "of", in any language, and more words follow.
func (p *queryParser) isFiller(i int) bool {
	return i+1 < len(p.tokens) && slices.Contains(fillers, p.tokens[i].plain)
}

// markFiller marks an "of" at token i. The French d' is cut off the word instead.
func (p *queryParser) markFiller(i int) {
	if p.isFiller(i) {
		p.role[i] = isFiller
	} else if i < len(p.tokens) {
		t := &p.tokens[i]
		for _, prefix := range []string{"d'", "d’", "D'", "D’"} {
			if rest, ok := strings.CutPrefix(t.text, prefix); ok && rest != "" {
				t.text, t.plain = rest, plainWord(rest)
			}
		}
	}
}

func (p *queryParser) join(from, to int) string {
	words := make([]string, 0, to-from)
	for _, t := range p.tokens[from:to] {
		words = append(words, t.plain)
	}
	return strings.Join(words, " ")
}

func (p *queryParser) mark(from, to int, r role) {
	for i := from; i < to; i++ {
		p.role[i] = r
	}
}

// findLeadingMeasure finds a measure or size without a number: "glass of milk", "bowl of oatmeal", "large egg", "bread slice".
func (p *queryParser) findLeadingMeasure() {
	if p.value != 0 {
		return
	}
	first := slices.Index(p.role, isFood)
	last := len(p.role) - 1
	for last >= 0 && p.role[last] != isFood {
		last--
	}
	if first < 0 || first == last {
		return
	}
	if unit, end := p.measure(first, false); unit != "" && end <= last {
		p.value, p.unit = 1, unit
		if p.isFiller(end) {
			p.mark(first, end, isCertain)
		} else {
			p.mark(first, end, isSize)
		}
		p.markFiller(end)
		return
	}
	if size, end := p.size(first); size != "" && end <= last {
		p.value, p.unit = 1, size
		p.mark(first, end, isSize)
		return
	}
	if name := sizeOf[p.tokens[last].plain]; name != "" {
		p.value, p.unit = 1, name
		p.role[last] = isSize
	} else if unit, ok := unitOf[p.tokens[last].plain]; ok && !queryUnits[unit].needsNumber {
		p.value, p.unit = 1, unit
		p.role[last] = isSize
	}
}

// findAdjectives marks words that say nothing about a food, unless nothing else is left.
func (p *queryParser) findAdjectives() {
	left := 0
	for _, r := range p.role {
		if r == isFood {
			left++
		}
	}
	for i := 0; i < len(p.tokens); i++ {
		for n := 2; n > 0; n-- {
			if i+n <= len(p.tokens) && left > n && p.role[i] == isFood && p.role[i+n-1] == isFood && emptyAdjectives[p.join(i, i+n)] {
				p.mark(i, i+n, isAdjective)
				left -= n
				break
			}
		}
	}
}

// readings returns the words of all roles but isCertain, then without the number, then only those of the food.
func (p *queryParser) readings(q string) []reading {
	if !slices.ContainsFunc(p.role, func(r role) bool { return r != isFood }) {
		return []reading{{words: q}}
	}
	var amount *amountInQuery
	if p.value != 0 {
		amount = &amountInQuery{p.value, p.unit}
	}
	var readings []reading
	for _, kept := range [][]role{{isFood, isNumber, isSize, isAdjective}, {isFood, isSize, isAdjective}, {isFood}} {
		r := reading{words: p.words(kept)}
		if r.words == "" || len(readings) > 0 && r.words == readings[len(readings)-1].words {
			continue
		}
		for i, t := range p.tokens {
			if p.role[i] == isAdjective && !slices.Contains(kept, isAdjective) {
				r.leftOut = append(r.leftOut, t.text)
			}
		}
		// The amount is understood as such when its words are not searched for.
		if !slices.ContainsFunc(p.role, func(r role) bool { return (r == isNumber || r == isSize) && slices.Contains(kept, r) }) {
			r.amount = amount
		} else if slices.Contains(p.role, isNumber) && !slices.Contains(kept, isNumber) {
			r.amount = amount
		}
		readings = append(readings, r)
	}
	if len(readings) == 0 {
		return []reading{{words: q}}
	}
	return readings
}

// words returns the tokens with the given roles. A number is joined to the next word, so that "7 up" also finds "7-up" and "7up".
func (p *queryParser) words(kept []role) string {
	var b strings.Builder
	for i, t := range p.tokens {
		if !slices.Contains(kept, p.role[i]) {
			continue
		}
		b.WriteString(t.text)
		if p.role[i] == isNumber && i+1 < len(p.tokens) && p.role[i+1] != isNumber && slices.Contains(kept, p.role[i+1]) {
			b.WriteString("-")
		} else {
			b.WriteString(" ")
		}
	}
	return strings.TrimRight(b.String(), " -")
}
