package nutrition

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
)

// Match is how well a found food fits a text. Larger is better.
type Match int

// The matches.
const (
	// MatchOther foods have the words somewhere, or in an alias, or have only some of them.
	MatchOther Match = iota
	// MatchCorrected foods begin with the words after a misspelled one was corrected.
	MatchCorrected
	// MatchBegins foods have a name that begins with the words.
	MatchBegins
	// MatchExact foods have exactly the name.
	MatchExact
	// MatchMeant foods are what the lexicon of another language means.
	MatchMeant
)

// MatchedFood is a food that may be what a text means.
type MatchedFood struct {
	Hit   api.FoodHit
	Match Match
	// Searched are the words that were searched for, when they are not those of the text.
	Searched string
	// Servings are all servings of the food, the default one first.
	Servings []api.FoodServing
}

// MatchedText is what was found for one text.
type MatchedText struct {
	// Words are those of the food alone: "eggs" of "2 large eggs".
	Words string
	// Amount and Unit are what the text says of the amount; Unit is a name such as "piece", "g", "cup". Amount is 0 when it says nothing.
	Amount float64
	Unit   string
	// Foods are the best first. Their portions are those of the amount.
	Foods []MatchedFood
}

// matchesPerText is how many foods are found for each text.
const matchesPerText = 8

// classOfScore divides scores of the search; see private.food_score.
const classOfScore = 1_000_000_000

// MatchFoods searches for several texts ("2 large eggs") in one round trip, with how sure it is. SearchFoods is for one, while somebody types.
func (h *Handlers) MatchFoods(ctx context.Context, texts []string) ([]MatchedText, error) {
	found := make([]MatchedText, len(texts))
	readings := make([][]reading, len(texts))
	words := make([][]string, len(texts))
	for i, text := range texts {
		readings[i] = readQuery(text)
		for _, r := range readings[i] {
			words[i] = append(words[i], r.words)
		}
		barest := readings[i][len(readings[i])-1]
		found[i].Words = barest.words
		if barest.amount != nil {
			found[i].Amount, found[i].Unit = barest.amount.value, barest.amount.unit
		}
	}
	encoded, err := json.Marshal(words)
	if err != nil {
		return nil, fmt.Errorf("write the readings: %w", err)
	}
	p := queries.MatchFoodsParams{UserID: db.IdentityFrom(ctx).UserID, Texts: encoded, MaxRows: matchesPerText}
	rows, err := h.db.MatchFoods(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		i := row.TextNumber - 1
		found[i].Foods = append(found[i].Foods, matchedFood(row, readings[i]))
	}
	return found, nil
}

func matchedFood(row queries.MatchFoodsRow, readings []reading) MatchedFood {
	r := readings[min(max(1, int(row.Reading)), len(readings))-1]
	f := MatchedFood{Hit: hitOf(row.FoodList), Searched: row.Searched, Match: matchOf(row, r.words), Servings: row.Servings}
	if r.amount != nil {
		f.Hit.Portion = portionOf(r.amount, row.Servings)
	}
	return f
}

func matchOf(row queries.MatchFoodsRow, words string) Match {
	switch class := row.Score / classOfScore; {
	case len(row.Ignored) > 0 || class > 1:
		return MatchOther
	case row.Searched != "" && !row.IsCorrected && letters(row.Searched) != letters(words): // only the beginning of a name
		return MatchOther
	case row.IsCorrected:
		return MatchCorrected
	case row.Score < 0:
		return MatchMeant
	case class == 0:
		return MatchExact
	}
	return MatchBegins
}

// letters returns a text without what separates its words.
func letters(text string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(plainWord(text))
}

// CutUnit returns the unit that a text begins with, in its words, and the food behind it: "slices of" and "toast". ok is false when the
// text begins with no unit.
func CutUnit(text string) (unit, food string, ok bool) {
	p := queryParser{tokens: tokenize(text)}
	if len(p.tokens) == 0 {
		return "", text, false
	}
	name, end := p.measure(0, true)
	if name == "" {
		return "", text, false
	}
	if p.isFiller(end) {
		end++
	}
	words := make([]string, len(p.tokens))
	for i, t := range p.tokens {
		words[i] = t.text
	}
	return strings.Join(words[:end], " "), strings.Join(words[end:], " "), true
}
