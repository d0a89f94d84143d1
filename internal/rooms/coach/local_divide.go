package coach

import (
	"slices"
	"strings"

	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// maxDivided is how many words are divided into foods.
const maxDivided = 6

// namedByContents are dishes that are named by what is on or in them: a "pizza salami" is one food.
var namedByContents = strings.Fields(`
	pizza sandwich sandwiches bocadillo bocata sandes sanduiche wrap burger hamburger taco tacos quiche tarte torta
	suppe soupe sopa glace helado sorvete joghurt yaourt yogur iogurte smoothie omelette`)

// joiners make one food of the names around them: "salade de tomates".
var joiners = strings.Fields("de du des del da do dos das d a au aux al la of in im von vom")

// divide returns the foods of an item that is not known as a whole but is a row of names ("hähnchen reis brokkoli"); otherwise the item.
func (r *localReply) divide(f foundFood) ([]foundFood, error) {
	unit, food, _ := nutrition.CutUnit(f.item.Rest)
	words := strings.Fields(food)
	if f.food != nil || len(words) < 2 || len(words) > maxDivided || slices.ContainsFunc(words, joinsNames) ||
		slices.Contains(namedByContents, words[0]) {
		return []foundFood{f}, nil
	}
	names, err := r.namesIn(words)
	if err != nil {
		return nil, err
	}
	parts := fewestNames(words, names)
	// Two nouns in English are one food: "coconut chips".
	if len(parts) < 2 || len(parts) < 3 && r.u.Language == "en" {
		return []foundFood{f}, nil
	}
	items := make([]intent.Item, len(parts))
	for i, part := range parts {
		items[i] = intent.Item{Rest: part, Accompaniment: i > 0, Meal: f.item.Meal}
	}
	items[0].Amount, items[0].Rest = f.item.Amount, strings.TrimSpace(unit+" "+items[0].Rest)
	return r.findWhole(items)
}

func joinsNames(word string) bool {
	return slices.Contains(joiners, word) || strings.Contains(word, "'")
}

// namesIn returns the runs of words that are exactly the name of a food.
func (r *localReply) namesIn(words []string) (map[string]bool, error) {
	var texts []string
	for first := range words {
		for last := first + 1; last <= len(words); last++ {
			texts = append(texts, strings.Join(words[first:last], " "))
		}
	}
	matched, err := r.h.rooms.Nutrition.MatchFoods(r.ctx, texts)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for i, m := range matched {
		for _, food := range m.Foods {
			names[texts[i]] = names[texts[i]] || food.Match >= nutrition.MatchExact
		}
	}
	return names, nil
}

// fewestNames divides words into as few names as possible; nil when they are not all names.
func fewestNames(words []string, names map[string]bool) []string {
	best := make([][]string, len(words)+1) // of the words before
	best[0] = []string{}
	for end := 1; end <= len(words); end++ {
		for start := range end {
			name := strings.Join(words[start:end], " ")
			if best[start] != nil && names[name] && (best[end] == nil || len(best[start])+1 < len(best[end])) {
				best[end] = append(append([]string{}, best[start]...), name)
			}
		}
	}
	return best[len(words)]
}
