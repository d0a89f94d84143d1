package intent

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

//go:embed words.tsv
var wordTable string

//go:embed rules.tsv
var ruleTable string

// lexicon finds the phrases of one kind in a plain text, the longer before the shorter.
type lexicon struct {
	values map[string]string
	all    *regexp.Regexp
}

// lexicons are the tables of words by kind; those of all languages together, because a message may mix them.
var lexicons = func() map[string]*lexicon {
	kinds := map[string]*lexicon{}
	phrases := map[string][]string{}
	lines := strings.Split(strings.TrimSpace(wordTable), "\n")
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		kind, value := cells[0], cells[1]
		if kinds[kind] == nil {
			kinds[kind] = &lexicon{values: map[string]string{}}
		}
		for phrase := range strings.SplitSeq(strings.Join(cells[2:], "|"), "|") {
			if _, known := kinds[kind].values[phrase]; !known && phrase != "" && phrase != "-" {
				kinds[kind].values[phrase] = value
				phrases[kind] = append(phrases[kind], regexp.QuoteMeta(phrase))
			}
		}
	}
	for kind, list := range phrases {
		slices.SortFunc(list, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
		kinds[kind].all = regexp.MustCompile(`\b(?:` + strings.Join(list, "|") + `)(?:\b|$)`)
	}
	return kinds
}()

// find returns the value of the first phrase of a kind; ok is false when there is none.
func find(kind, t string) (value string, ok bool) {
	l := lexicons[kind]
	phrase := l.all.FindString(t)
	return l.values[phrase], phrase != ""
}

// has returns whether a text has a phrase of a kind.
func has(kind, t string) bool { return lexicons[kind].all.MatchString(t) }

// alternatives returns the phrases of a kind as an expression.
func alternatives(kind string) string {
	s := lexicons[kind].all.String()
	return strings.TrimSuffix(strings.TrimPrefix(s, `\b`), `(?:\b|$)`)
}

// rule is a pattern that decides on an intent.
type rule struct {
	intent  Intent
	pattern *regexp.Regexp
}

// kindOfWords stands in a pattern for the phrases of one kind of the table of words.
var kindOfWords = regexp.MustCompile(`\{[a-z_]{2,}\}`)

// rules are tried in the order of the table.
var rules = func() (list []rule) {
	lines := strings.Split(strings.TrimSpace(ruleTable), "\n")
	for _, line := range lines[1:] {
		name, pattern, _ := strings.Cut(line, "\t")
		pattern = kindOfWords.ReplaceAllStringFunc(pattern, func(s string) string { return "(?:" + alternatives(s[1:len(s)-1]) + ")" })
		list = append(list, rule{Intent(name), regexp.MustCompile(pattern)})
	}
	return list
}()

// matching returns the first rule of one of the intents that a text matches.
func matching(t string, only func(Intent) bool) *rule {
	for i := range rules {
		if only(rules[i].intent) && rules[i].pattern.MatchString(t) {
			return &rules[i]
		}
	}
	return nil
}

var signs = strings.NewReplacer(
	"ß",
	"ss",
	"œ",
	"oe",
	"Œ",
	"oe",
	"æ",
	"ae",
	"’",
	"'",
	"‘",
	"'",
	"´",
	"'",
	"`",
	"'",
	"“",
	"",
	"”",
	"",
	"„",
	"",
	"\"",
	"",
	"«",
	"",
	"»",
	"",
	"½",
	" 1/2",
	"¼",
	" 1/4",
	"¾",
	" 3/4",
	"⅓",
	" 1/3",
	"⅔",
	" 2/3",
	"×",
	"x",
	"–",
	"-",
	"—",
	"-",
	"¿",
	"",
	"¡",
	"",
	"maïs", // without its accent it is "but"
	"mais doux",
)

// Words returns a text in the form of Item.Rest: in lower case, without accents, with numbers as digits.
func Words(s string) string { return numbersAsDigits(plain(s)) }

// plain returns a text in lower case, without accents and with single spaces; lines end in semicolons.
func plain(s string) string {
	s = signs.Replace(strings.ReplaceAll(strings.ToLower(s), "\n", " ; "))
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 0x300 && r <= 0x36f: // combining accents
		case r < 0x20 || r == 0x7f:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
