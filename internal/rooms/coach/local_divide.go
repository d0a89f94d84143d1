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

// lastIsTheFood are dishes that are named by what stands before them: a "tuna mayo sandwich" is one food.
var lastIsTheFood = strings.Fields(`
	sandwich sandwiches sarnie butty wrap toastie bagel roll baguette burger pizza salad soup stew curry pie bake smoothie pasta omelette
	salat suppe auflauf pfanne brot brotchen semmel`)

// joiners make one food of the names around them: "salade de tomates".
var joiners = strings.Fields("de du des del da do dos das d a au aux al la of in im von vom")

// divide replaces items that are not known as a whole but are a row of names ("hähnchen reis brokkoli") by their foods.
func (r *localReply) divide(found []foundFood) ([]foundFood, error) {
	rows := make([][]string, len(found))
	var runs []string
	for i, f := range found {
		rows[i] = rowOf(f)
		runs = append(runs, runsOf(rows[i])...)
	}
	if len(runs) == 0 {
		return found, nil
	}
	names, err := r.namesAmong(runs)
	if err != nil {
		return nil, err
	}
	var items []intent.Item
	for i, f := range found {
		rows[i] = fewestNames(rows[i], names)
		// Two nouns in English are one food: "coconut chips".
		if len(rows[i]) < 2 || len(rows[i]) < 3 && r.u.Language == "en" {
			rows[i] = nil
		}
		items = append(items, partsOf(f.item, rows[i])...)
	}
	parts, err := r.findWhole(items)
	if err != nil {
		return nil, err
	}
	var all []foundFood
	for i, f := range found {
		if rows[i] == nil {
			all = append(all, f)
			continue
		}
		all = append(all, slices.CompactFunc(slices.Clone(parts[:len(rows[i])]), isSameFood)...)
		parts = parts[len(rows[i]):]
	}
	return all, nil
}

// rowOf returns the words of an item that may be a row of names; nil for others.
func rowOf(f foundFood) []string {
	words := strings.Fields(foodOf(f.item.Rest))
	switch {
	case f.food != nil || f.dish != nil || f.item.Kcal > 0:
		return nil
	case len(words) < 2 || len(words) > maxDivided || slices.ContainsFunc(words, joinsNames):
		return nil
	case slices.Contains(namedByContents, words[0]) || slices.Contains(lastIsTheFood, words[len(words)-1]):
		return nil
	}
	return words
}

// partsOf returns the items of a row of names. The amount is that of the first.
func partsOf(row intent.Item, names []string) []intent.Item {
	items := make([]intent.Item, len(names))
	for i, name := range names {
		items[i] = intent.Item{Rest: name, Accompaniment: i > 0, Meal: row.Meal}
	}
	if unit, _, _ := nutrition.CutUnit(row.Rest); len(items) > 0 {
		items[0].Amount, items[0].Rest = row.Amount, strings.TrimSpace(unit+" "+items[0].Rest)
	}
	return items
}

// isSameFood returns whether two names are of one food: "mamão papaia".
func isSameFood(a, b foundFood) bool {
	return a.food != nil && b.food != nil && a.food.Hit.ID == b.food.Hit.ID
}

func joinsNames(word string) bool {
	return slices.Contains(joiners, word) || strings.Contains(word, "'")
}

// runsOf returns the runs of words.
func runsOf(words []string) (runs []string) {
	for first := range words {
		for last := first + 1; last <= len(words); last++ {
			runs = append(runs, strings.Join(words[first:last], " "))
		}
	}
	return runs
}

// namesAmong returns which texts are exactly the name of a food or of a dish, with one round trip.
func (r *localReply) namesAmong(texts []string) (map[string]bool, error) {
	matched, err := r.h.rooms.Nutrition.MatchFoods(r.ctx, texts)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for i, m := range matched {
		names[texts[i]] = dishIn(r.u.Language, texts[i]) != nil ||
			slices.ContainsFunc(m.Foods, func(f nutrition.MatchedFood) bool { return f.Match >= nutrition.MatchExact })
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
