package coach

import (
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// localName returns what a food is called in the language of the message: a name of the lexicon, or else the one that is stored.
func (r *localReply) localName(id *uuid.UUID, stored string) string {
	if id != nil {
		if name := foods.Names()[r.u.Language][*id]; name != "" {
			return shownName(name)
		}
	}
	return shownName(stored)
}

// nameOf returns what a reply calls a food: in another language than English the person's own words where they name the food, else the
// lexicon's name, else that of the catalogue.
func (r *localReply) nameOf(f foundFood) string {
	switch {
	case f.dish != nil:
		return shownName(f.dish.name)
	case f.item.Kcal > 0:
		return shownName(capital(r.typed(f.words)))
	case r.u.Language != "en" && f.food.Match >= nutrition.MatchExact && r.isTyped(f.words):
		return shownName(r.typed(f.words))
	}
	return r.localName(&f.food.Hit.ID, f.food.Hit.Name)
}

// candidateNames returns what the foods of a question are called. Those that share a name have the catalogue's.
func (r *localReply) candidateNames(candidates []nutrition.MatchedFood) []string {
	names, times := make([]string, len(candidates)), map[string]int{}
	for i, c := range candidates {
		names[i] = r.localName(&c.Hit.ID, c.Hit.Name)
		times[names[i]]++
	}
	for i, c := range candidates {
		if times[names[i]] > 1 {
			names[i] = shownName(c.Hit.Name)
		}
	}
	return names
}

// typed returns words in the form of package intent as the person typed them, with capitals and accents.
func (r *localReply) typed(words string) string {
	if as, ok := typedIn(r.t.Text, words); ok {
		return as
	}
	return words
}

func (r *localReply) isTyped(words string) bool {
	_, ok := typedIn(r.t.Text, words)
	return ok
}

// typedIn returns the words of a text that are some words in the form of package intent.
func typedIn(text, words string) (as string, ok bool) {
	typed, n := strings.Fields(text), len(strings.Fields(words))
	for i := 0; n > 0 && i+n <= len(typed); i++ {
		run := strings.Trim(strings.Join(typed[i:i+n], " "), ".,;:!?()\"")
		if intent.Words(run) == words {
			return run, true
		}
		if i := strings.IndexAny(run, "'’"); i >= 0 { // "d'œufs"
			if _, size := utf8.DecodeRuneInString(run[i:]); intent.Words(run[i+size:]) == words {
				return run[i+size:], true
			}
		}
	}
	return "", false
}
