package safety

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
)

// Numbers are what a reply may say about the person's energy and macronutrients: the numbers of the conversation, of the facts about the
// person and of what tools returned. It is not safe for concurrent use.
type Numbers struct {
	known []amount
}

// amount is a number of a nutrient; of any when the nutrient is empty.
type amount struct {
	nutrient string
	value    float64
}

// The nutrients whose amounts are checked.
const (
	energy  = "energy"
	protein = "protein"
	carbs   = "carbs"
	fat     = "fat"
)

// AddText adds each number of a message.
func (n *Numbers) AddText(text string) {
	for _, w := range foldWords(text) {
		if w.digits {
			n.known = append(n.known, amount{value: w.number})
		}
	}
}

// AddData adds the numbers of each line that is a JSON object, as a fence of package llm has one. A list has also the sum and the mean of its
// entries: a model may compute them.
func (n *Numbers) AddData(text string) {
	for line := range strings.Lines(text) {
		var data any
		if strings.HasPrefix(line, "{") && json.Unmarshal([]byte(line), &data) == nil {
			n.add(data, "", "", map[string][]amount{})
		}
	}
}

// add adds the numbers of a JSON value of a nutrient, and to seen by their path within an entry of a list.
func (n *Numbers) add(data any, nutrient, path string, seen map[string][]amount) {
	switch v := data.(type) {
	case float64:
		a := amount{nutrient, v}
		n.known = append(n.known, a)
		seen[path] = append(seen[path], a)
	case string:
		n.known = append(n.known, amountsOf(foldWords(v))...)
	case map[string]any:
		for key, value := range v {
			of := nutrient
			if named := nutrientOfKey(key); named != "" {
				of = named
			}
			n.add(value, of, path+"."+key, seen)
		}
	case []any:
		entries := map[string][]amount{}
		for _, entry := range v {
			n.add(entry, nutrient, "", entries)
		}
		for _, list := range entries {
			n.addSums(list)
		}
	}
}

func (n *Numbers) addSums(list []amount) {
	if len(list) < 2 || list[0].nutrient == "" {
		return
	}
	sum := 0.0
	for _, a := range list {
		sum += a.value
	}
	n.known = append(n.known, amount{list[0].nutrient, sum}, amount{list[0].nutrient, sum / float64(len(list))})
}

// nutrientOfKey returns the nutrient that a member of the contract is about, or "".
func nutrientOfKey(key string) string {
	switch {
	case strings.HasPrefix(key, "calories"), strings.Contains(key, "kcal"):
		return energy
	case strings.HasPrefix(key, "protein"):
		return protein
	case strings.HasPrefix(key, "carbs"):
		return carbs
	case key == "fat_g":
		return fat
	}
	return ""
}

// maxCombined is how many amounts of a nutrient may be added to and subtracted from each other. Of more, nearly every number is a difference.
const maxCombined = 40

// has reports whether an amount is known: as it is, rounded, or as the sum or the difference of two.
func (n *Numbers) has(a amount) bool {
	const rounded, one = 0.04, 1 // "about 1,500" for 1450; grams without decimals
	var same []float64
	for _, k := range n.known {
		if k.nutrient != "" && k.nutrient != a.nutrient {
			continue
		}
		if math.Abs(k.value-a.value) <= max(one, rounded*math.Abs(k.value)) {
			return true
		}
		if k.nutrient != "" && !slices.Contains(same, k.value) {
			same = append(same, k.value)
		}
	}
	if len(same) > maxCombined {
		return true
	}
	for i, x := range same {
		for _, y := range same[:i] {
			if math.Abs(x+y-a.value) <= one || math.Abs(math.Abs(x-y)-a.value) <= one {
				return true
			}
		}
	}
	return false
}

// The words of units and nutrients in all languages; a * stands for any ending.
var (
	energyWords = []string{"kcal", "kcals", "calorie", "calories", "cal", "kalorien", "kilokalorien", "calorias", "kilocalorias"}
	gramWords   = []string{"g", "gr", "gram", "grams", "gramm", "gramme", "grammes", "gramo", "gramos", "grama", "gramas"}
	macroWords  = map[string][]string{
		protein: {"protein*", "eiweiss*"},
		carbs:   {"carb*", "kohlenhydrat*", "glucides", "hidratos"},
		fat:     {"fat", "fats", "fett", "lipides", "graisse*", "grasa*", "gordura*"},
	}
	filling = []string{"of", "about", "around", "von", "etwa", "rund", "ca", "de", "d", "environ", "unos", "unas", "cerca", "uns", "umas"}
	joining = []string{"and", "so", "but", "while", "und", "aber", "also", "et", "mais", "donc", "y", "pero", "e", "mas", "entao"}
)

// macroOf returns the macronutrient of a word, or "".
func macroOf(word string) string {
	for nutrient, words := range macroWords {
		for _, w := range words {
			prefix, any := strings.CutSuffix(w, "*")
			if word == w || any && strings.HasPrefix(word, prefix) {
				return nutrient
			}
		}
	}
	return ""
}

// recordTopic is the topic of the tables' rules for statements about the person's records.
const recordTopic = "record"

// amountsOf returns the amounts of energy and macronutrients in a text: "1,850 kcal", "84 g of protein", "Protein: 84 g".
func amountsOf(words []word) (all []amount) {
	for i, w := range words {
		if !w.digits || i+1 == len(words) || words[i+1].before != noPause {
			continue
		}
		switch unit := words[i+1].text; {
		case slices.Contains(energyWords, unit):
			all = append(all, amount{energy, w.number})
		case slices.Contains(gramWords, unit):
			if nutrient := macroAt(words, i); nutrient != "" {
				all = append(all, amount{nutrient, w.number})
			}
		}
	}
	return all
}

// macroAt returns the macronutrient of the grams at i, which is named behind them or else before.
func macroAt(words []word, i int) string {
	for j := i + 2; j < min(i+5, len(words)) && words[j].before == noPause && !words[j].digits; j++ {
		if nutrient := macroOf(words[j].text); nutrient != "" {
			return nutrient
		}
	}
	if i > 0 {
		return macroOf(words[i-1].text)
	}
	return ""
}

// inventsNumber reports whether a sentence states an amount about the person that nothing has. Only statements about what the person ate,
// burned, has left or aims at are read: general knowledge ("1 g of protein has 4 kcal") and suggestions need no record.
func (s *Stream) inventsNumber(t *text, tables []*table) bool {
	if s.in.Numbers == nil || len(amountsOf(t.words)) == 0 {
		return false
	}
	stated := false
	for _, clause := range t.clauses() {
		amounts := amountsOf(clause.words)
		about := slices.ContainsFunc(tables, func(tb *table) bool { return tb.replyMatches(recordTopic, clause) })
		stated = about || stated && len(amounts) > 0 && isBare(clause.words)
		if stated && slices.ContainsFunc(amounts, func(a amount) bool { return !s.in.Numbers.has(a) }) {
			return true
		}
	}
	return false
}

// isBare reports whether a clause is nothing but an amount, so that it belongs to the statement before: "1,850 kcal, and 84 g of protein".
func isBare(clause []word) bool {
	return !slices.ContainsFunc(clause, func(w word) bool {
		return !w.digits && macroOf(w.text) == "" && !slices.Contains(slices.Concat(energyWords, gramWords, joining, filling), w.text)
	})
}

// clauses returns the parts of a sentence between commas, brackets and joining words.
func (t *text) clauses() (all []*text) {
	start := 0
	for i := 1; i <= len(t.words); i++ {
		if i == len(t.words) || t.words[i].before != noPause || slices.Contains(joining, t.words[i].text) {
			all = append(all, t.part(start, i))
			start = i
		}
	}
	return all
}

// part returns the words from start to end as a text.
func (t *text) part(start, end int) *text {
	p := &text{words: t.words[start:end], floor: t.floor, has: make([]bool, len(searched))}
	p.index()
	return p
}
