package safety

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
)

//go:embed rules/*.tsv
var ruleFiles embed.FS

// Languages are those that the tables, the responses and the language check know.
var Languages = []string{"en", "de", "fr", "es", "pt"}

// rule is a line of a table in rules/.
type rule struct {
	kind, topic string
	id          string // file and line, for logs and tests
	all         []pattern
	unless      []pattern
	// keepsNegation is true where a negation is part of the meaning ("I don't want to live") and does not cancel the match.
	keepsNegation bool
}

// table holds the rules of one language.
type table struct {
	language string
	rules    []rule
	replies  []rule     // about the text of a model
	not      [][]string // negations
	subject  [][]string // pronouns where looking back for a negation stops
	reported []pattern  // somebody else speaks: "my friend said"
	fiction  []pattern  // a school paper, a novel, a song
}

// tables are the rules, and searched the words that they look for.
var tables, searched = loadTables()

func loadTables() ([]table, vocabulary) {
	loaded := make([]table, 0, len(Languages))
	for _, language := range Languages {
		file := path.Join("rules", language+".tsv")
		source, err := ruleFiles.ReadFile(file)
		if err != nil {
			panic(err)
		}
		t, err := parseTable(language, string(source))
		if err != nil {
			panic(fmt.Errorf("%s: %w", file, err))
		}
		loaded = append(loaded, t)
	}
	words := vocabulary{}
	for i := range loaded {
		loaded[i].eachPattern(words.index)
	}
	return loaded, words
}

// eachPattern calls do with every pattern of the table.
func (tb *table) eachPattern(do func(pattern)) {
	for _, list := range [][]pattern{tb.reported, tb.fiction} {
		for _, p := range list {
			do(p)
		}
	}
	for _, list := range [][]rule{tb.rules, tb.replies} {
		for _, r := range list {
			for _, p := range slices.Concat(r.all, r.unless) {
				do(p)
			}
		}
	}
}

// parseTable reads the columns kind, topic, words and unless. Lines that begin with # are comments.
//
// In words, " & " joins patterns that must all be in the text; the first one is the one that a negation cancels, and ! in
// front of it says that none does. In unless, " ; " separates patterns that cancel the match when one is in its sentence.
func parseTable(language, source string) (table, error) {
	t := table{language: language}
	lists := classes{}
	for n, line := range strings.Split(source, "\n") {
		if n == 0 || line == "" || line[0] == '#' {
			continue
		}
		cells := append(strings.Split(line, "\t"), "", "", "")
		kind, topic, words, unless := cells[0], cells[1], cells[2], cells[3]
		if kind == "list" {
			for field := range strings.FieldsSeq(words) {
				if name, ok := strings.CutPrefix(field, "@"); ok {
					lists[topic] = append(lists[topic], lists[name]...)
				} else if words := phrase(field); slices.Contains(words, "") {
					return t, fmt.Errorf("line %d: no word in %q", n+1, field)
				} else {
					lists[topic] = append(lists[topic], words)
				}
			}
			continue
		}
		r := rule{kind: kind, topic: topic, id: fmt.Sprintf("%s:%d", language, n+1)}
		words, r.keepsNegation = strings.CutPrefix(words, "!")
		var err error
		if r.all, err = parsePatterns(words, " & ", lists); err != nil {
			return t, fmt.Errorf("line %d: %w", n+1, err)
		}
		if r.unless, err = parsePatterns(unless, " ; ", lists); err != nil {
			return t, fmt.Errorf("line %d: %w", n+1, err)
		}
		switch {
		case kind == "reported" && topic == "speech":
			t.reported = append(t.reported, r.all...)
		case kind == "reported" && topic == "fiction":
			t.fiction = append(t.fiction, r.all...)
		case len(r.all) == 0 || !validTopic(kind, topic):
			return t, fmt.Errorf("line %d: kind %q, topic %q", n+1, kind, topic)
		case kind == "reply":
			t.replies = append(t.replies, r)
		default:
			t.rules = append(t.rules, r)
		}
	}
	t.not, t.subject = lists["not"], lists["subject"]
	return t, nil
}

func parsePatterns(source, separator string, lists classes) ([]pattern, error) {
	var all []pattern
	for part := range strings.SplitSeq(source, separator) {
		if strings.TrimSpace(part) == "" {
			continue
		}
		p, err := parsePattern(part, lists)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// match reports whether the rule holds for the text.
func (r *rule) match(tb *table, t *text) bool {
	for _, p := range r.all {
		if !t.possible(p) {
			return false
		}
	}
	for _, p := range r.all[1:] {
		if !t.contains(p, 0, len(t.words)) {
			return false
		}
	}
	not := tb.not
	if r.keepsNegation {
		not = nil
	}
	matched := false
	t.find(r.all[0], 0, len(t.words), not, func(begin, end int) bool {
		matched = (r.keepsNegation || !tb.negated(t, begin)) && !isReported(t, r, begin, end) && !r.excluded(t, begin, end)
		return !matched
	})
	return matched
}

// negated reports whether a negation stands in the two words before i, in the same clause and behind the subject.
func (tb *table) negated(t *text, i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if t.words[j+1].before != noPause || t.anyAt(tb.subject, j) {
			return false
		}
		if t.anyAt(tb.not, j) {
			return true
		}
	}
	return false
}

// isReported reports whether the words are somebody else's, said in any of the languages: a rule may match a neighbouring
// language. What is about danger to life counts even beside a school paper.
func isReported(t *text, r *rule, begin, end int) bool {
	if r.kind == "reply" {
		return false
	}
	urgent := r.kind == string(SelfHarm) || r.topic == topicEmergency
	from, to := t.sentence(begin, end)
	for i := range tables {
		if t.containsAny(tables[i].reported, from, begin) || !urgent && t.containsAny(tables[i].fiction, from, to) {
			return true
		}
	}
	return false
}

func (r *rule) excluded(t *text, begin, end int) bool {
	from, to := t.sentence(begin, end)
	return t.containsAny(r.unless, from, to)
}
