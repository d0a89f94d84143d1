package coach

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	api "github.com/ultimatecoach/api/gen/server"
)

const (
	// maxFactLength in characters is the contract's. What is longer is a story, or an attempt to give the coach instructions.
	maxFactLength = 200
	// maxFacts is how many facts of one message are kept.
	maxFacts = 5
)

// fact is something that a person states about themselves, in their words.
type fact struct {
	Kind    api.MemoryKind
	Content string
}

// factsIn returns the facts that a message states, at most maxFacts. Questions, quotations, what is said of somebody else, and what tells
// the coach to do something are none.
func factsIn(message string) (facts []fact) {
	for _, s := range sentences(norm.NFC.String(message)) {
		for _, f := range s.facts() {
			if len(facts) < maxFacts && !slices.Contains(facts, f) {
				facts = append(facts, f)
			}
		}
	}
	return facts
}

// sentence is a part of a message, as it was written and folded.
type sentence struct {
	text     string
	folded   string
	origin   []int // where in text each byte of folded comes from; one more for the end
	question bool
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?…]+(?:\s+|$)|[;\n\r]+`)
	quotation   = regexp.MustCompile("[\"“”„«»`<>{}\\[\\]|\\\\]|https?:|www\\.")
)

// sentences splits a message. Those with quotations, markup or addresses are left out: they are not the person's own words.
func sentences(message string) (all []sentence) {
	at := 0
	add := func(end int, mark string) {
		part := message[at:end]
		if strings.TrimSpace(part) == "" || quotation.MatchString(part) {
			return
		}
		s := sentence{text: part, question: strings.Contains(mark, "?")}
		s.folded, s.origin = fold(part)
		all = append(all, s)
	}
	for _, end := range sentenceEnd.FindAllStringIndex(message, -1) {
		add(end[0], message[end[0]:end[1]])
		at = end[1]
	}
	add(len(message), "")
	return all
}

// foldedLetters are letters that are written with others when they cannot be typed.
var foldedLetters = map[rune]string{
	'ß':      "ss",
	'œ':      "oe",
	'æ':      "ae",
	'’':      "'",
	'‘':      "'",
	'´':      "'",
	'\t':     " ",
	'\u00a0': " ",
	'\u202f': " ",
	'¿':      "",
	'¡':      "",
}

// fold returns the text in lower case without accents, and where each of its bytes comes from.
func fold(text string) (folded string, origin []int) {
	var b strings.Builder
	for at, r := range text {
		r = unicode.ToLower(r)
		form, special := foldedLetters[r]
		if !special {
			base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
			form = string(base)
		}
		b.WriteString(form)
		for range len(form) {
			origin = append(origin, at)
		}
	}
	return b.String(), append(origin, len(text))
}

// Where a clause begins, and what may stand before what it says. Words of all five languages, folded.
var (
	clauseStart = regexp.MustCompile(
		`^\s*|[,:(]\s*|\s+[-–—]\s+|\s(?:and|but|because|since|as|so|also|und|aber|denn|weil|et|mais|car|parce que|y|pero|porque|e|mas|pois)\s+`,
	)
	opener = regexp.MustCompile(
		`^(?:(?:hi|hey|hello|ok(?:ay)?|well|oh|btw|by the way|fyi|also|note|please|remember|keep in mind|don'?t forget|note that|sorry|just so you know|coach|and|but|so|that|yes|actually|unfortunately|` +
			`hallo|ubrigens|achtung|bitte|merk dir|denk dran|denk daran|vergiss nicht|dass|leider|und|aber|ja|nein|also|` +
			`salut|bonjour|au fait|attention|n'oublie pas que|souviens-toi que|retiens que|note que|note bien que|malheureusement|et|mais|oui|non|` +
			`hola|por cierto|ojo|recuerda que|no olvides que|ten en cuenta que|apunta que|lamentablemente|y|pero|` +
			`ola|oi|alias|a proposito|lembra que|lembre que|lembre-se (?:de )?que|nao (?:te )?esqueca(?:s)? (?:de )?que|anota que|infelizmente|e|mas|sim)\b[\s,:!]*)+`,
	)
	// What follows behind a fact in the same sentence and is no part of it: a question or a request.
	tail = regexp.MustCompile(
		`(?:\s*[,–—]\s*|\s+-\s+|\s+)(?:(?:so|and|but|then|und|aber|also|et|mais|donc|alors|y|pero|entonces|e|mas|entao)\s+)?(?:what|how|can (?:i|you)|could|should|would|which|when should|is (?:it|there|that)|are there|do (?:i|you)|please|thanks?|danke|merci|gracias|obrigad[oa]|` +
			`was (?:kann|soll|darf|esse|hilft|ist|konnte)|wie|welche[rsnm]?|kann ich|soll ich|sollte ich|darf ich|gibt es|bitte|` +
			`que (?:puis|dois|faire|manger)|quoi|comment|est-ce|puis-je|dois-je|peux-tu|quel(?:le)?s?|qu'est-ce|` +
			`que puedo|que debo|que hago|como puedo|puedo|debo|puedes|cual|` +
			`o que|como posso|posso|devo|pode[s]?|qual)\b.*$`,
	)
	clauseEnd = regexp.MustCompile(
		`[\s,;:(–—-]+$|\s(?:and|but|because|since|as|so|also|und|aber|denn|weil|et|mais|car|y|pero|porque|e|mas|pois)$`,
	)
	// What speaks of the coach. Such a sentence may be an instruction, which is never kept.
	instruction = regexp.MustCompile(
		`\b(?:coach|assistant\w*|assistent\w*|asistente|chatbot|bot|system|systeme|sistema|prompts?|instructions?|anweisung\w*|instruc\w+|` +
			`ignore|ignorier\w*|ignorez|ignora\w*|(?:always|must) (?:say|answer|reply|recommend|tell|respond)|admin\w*|developer|password|passwort|contrasena|senha)\b`,
	)
)

// facts returns what the sentence states: from each clause that a rule knows to the next one, without what follows as a question.
func (s sentence) facts() (facts []fact) {
	var rule *factRule
	begin := 0
	finish := func(end int) {
		if rule == nil {
			return
		}
		if f, ok := s.fact(rule, begin, end); ok {
			facts = append(facts, f)
		}
	}
	for _, clause := range clauseStart.FindAllStringIndex(s.folded, -1) {
		separator, from := clause[0], clause[1]
		next := ruleFor(s.folded[from:])
		if next == nil {
			from += len(opener.FindString(s.folded[from:]))
			next = ruleFor(s.folded[from:])
		}
		if next != nil && (rule == nil || from != begin) { // behind the openers it may have been found already
			finish(separator)
			rule, begin = next, from
		}
	}
	finish(len(s.folded))
	return facts
}

// ruleFor returns the first rule that a clause fits, or nil.
func ruleFor(clause string) *factRule {
	for i := range factRules {
		if factRules[i].pattern.MatchString(clause) {
			return &factRules[i]
		}
	}
	return nil
}

// fact returns the fact between two places, if it is one.
func (s sentence) fact(rule *factRule, start, end int) (fact, bool) {
	folded := s.folded[start:end]
	matched := rule.pattern.FindStringIndex(folded)
	if matched == nil {
		return fact{}, false
	}
	asked := false
	if cut := tail.FindStringIndex(folded[matched[1]:]); cut != nil {
		folded, asked = folded[:matched[1]+cut[0]], true
	}
	for {
		cut := clauseEnd.FindStringIndex(folded)
		if cut == nil || cut[0] < matched[1] {
			break
		}
		folded = folded[:cut[0]]
	}
	if s.question && !asked && end == len(s.folded) {
		return fact{}, false
	}
	if instruction.MatchString(folded) || rule.you.MatchString(folded) || rule.except != nil && rule.except.MatchString(folded) {
		return fact{}, false
	}
	content := strings.Join(strings.Fields(s.text[s.origin[start]:s.origin[start+len(folded)]]), " ")
	if n := utf8.RuneCountInString(content); n == 0 || n > maxFactLength {
		return fact{}, false
	}
	return fact{rule.kind, content}, true
}

// factRule is a row of memory_facts.tsv.
type factRule struct {
	kind            api.MemoryKind
	language        string
	pattern, except *regexp.Regexp
	you             *regexp.Regexp // what speaks to the coach in this language
	example         string
}

//go:embed memory_facts.tsv
var factTable string

var factRules = mustParseFacts(factTable)

// mustParseFacts reads the table, which is part of the program.
func mustParseFacts(table string) (rules []factRule) {
	lists := map[string]string{} // by language and name
	fill := func(language, pattern string) *regexp.Regexp {
		return regexp.MustCompile(listName.ReplaceAllStringFunc(pattern, func(name string) string {
			words, ok := lists[language+name]
			if !ok {
				panic(fmt.Sprintf("memory_facts.tsv: %s has no list %s", language, name))
			}
			return "(?:" + words + ")"
		}))
	}
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		columns := append(strings.Split(line, "\t"), "", "")[:5]
		kind, language, pattern, except, example := columns[0], columns[1], columns[2], columns[3], columns[4]
		if kind == "=" {
			lists[language+"{"+pattern+"}"] = except
			continue
		}
		rule := factRule{kind: api.MemoryKind(kind), language: language, example: example}
		rule.pattern = fill(language, `^(?:`+pattern+`)`)
		rule.you = fill(language, `\b{you}\b`)
		if except != "" {
			rule.except = fill(language, except)
		}
		rules = append(rules, rule)
	}
	return rules
}

var listName = regexp.MustCompile(`\{[a-z_]+\}`)
