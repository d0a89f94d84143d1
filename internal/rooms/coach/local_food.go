package coach

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// foundFood is what an item of a message means. food is nil when nothing, or nothing certain, was found.
type foundFood struct {
	item       intent.Item
	words      string // those of the food alone
	food       *nutrition.MatchedFood
	candidates []nutrition.MatchedFood
	grams      float64 // 0 is unknown
	servingID  *uuid.UUID
	count      float64
	// estimated is true when the amount is the usual one, because the message says none or none that the food has.
	estimated  bool
	confidence float64
}

// How sure a kind of match or amount is. Below minConfidence the coach asks.
const (
	sureExact     = 0.95
	sureBegins    = 0.8
	sureCorrected = 0.65
	sureUsual     = 0.7 // of an amount from the table of usual portions
	unsure        = 0.4
)

// findFoods returns what the items of a message mean, in their order. What is not known as a whole is divided into foods that follow each
// other without a separator ("tartines beurre confiture").
func (r *localReply) findFoods(items []intent.Item) ([]foundFood, error) {
	found, err := r.findWhole(items)
	if err != nil {
		return nil, err
	}
	var all []foundFood
	for _, f := range found {
		parts, err := r.divide(f)
		if err != nil {
			return nil, err
		}
		all = append(all, parts...)
	}
	return all, nil
}

// findWhole returns what items mean, with one round trip. Where two items together are the name of one food ("mac and cheese"), they are
// one.
func (r *localReply) findWhole(items []intent.Item) ([]foundFood, error) {
	texts := make([]string, 0, textsPerItem*len(items))
	for _, item := range items {
		meant := item
		meant.Rest = inEnglish(r.u.Language, item.Rest)
		texts = append(texts, meant.Text(), item.Joined, r.singular(meant.Text()))
	}
	if len(texts) == 0 {
		return nil, nil
	}
	matched, err := r.h.rooms.Nutrition.MatchFoods(r.ctx, texts)
	if err != nil {
		return nil, err
	}
	var found []foundFood
	for i := 0; i < len(items); i++ {
		m := matched[textsPerItem*i:]
		f := decide(items[i], m[0])
		if single := decide(items[i], m[2]); f.food == nil && single.food != nil {
			f = single
		}
		if items[i].Joined != "" && i+1 < len(items) {
			if joined := decide(items[i], m[1]); joined.food != nil && joined.food.Match >= needed(items[i], items[i+1]) {
				f = joined
				i++
			}
		}
		if isAmbiguous(r.u.Language, f.item.Rest) {
			f.food, f.confidence = nil, unsure
		}
		found = append(found, f)
	}
	return found, nil
}

// needed returns how well two items must match to be one food: "2 slices of bread with cheese" are no cheese bread, but "un café con leche"
// has a name of its own.
func needed(item, next intent.Item) nutrition.Match {
	if next.Accompaniment && item.Amount > 0 {
		return nutrition.MatchMeant
	}
	return nutrition.MatchExact
}

//go:embed local_false_friends.tsv
var falseFriendTable string

// falseFriends are names of foods, by language, that are names of other foods in English or in another language.
var falseFriends = func() map[string]map[string]string {
	friends := map[string]map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(falseFriendTable), "\n")[1:] {
		cells := strings.Split(line, "\t")
		if friends[cells[0]] == nil {
			friends[cells[0]] = map[string]string{}
		}
		friends[cells[0]][cells[1]] = cells[2]
	}
	return friends
}()

// inEnglish returns the words of an item with the English name of its food, when that alone would be taken for another food: "prunes" in
// French are plums.
func inEnglish(language, words string) string {
	unit, food, _ := nutrition.CutUnit(words)
	if english := falseFriends[language][strings.ToLower(food)]; english != "" && english != severalFoods {
		return strings.TrimSpace(unit + " " + english)
	}
	return words
}

// severalFoods stands for the English name of what means several foods, so that the coach asks: a tortilla is an omelette or a flat bread.
const severalFoods = "?"

// isAmbiguous returns whether a word means several foods in a language.
func isAmbiguous(language, words string) bool {
	_, food, _ := nutrition.CutUnit(words)
	return falseFriends[language][strings.ToLower(food)] == severalFoods
}

// textsPerItem is how many texts are searched for each item: its own, that together with the next one, and its singular.
const textsPerItem = 3

// singular returns a text without the endings of plurals, because the lexicon has most names of several words in the singular alone
// ("yaourts grecs"). The search itself knows the plurals of English.
func (r *localReply) singular(text string) string {
	if r.u.Language == "en" || r.u.Language == "" {
		return ""
	}
	words := strings.Fields(text)
	for i, w := range words {
		if len(w) > 3 && w != "frites" { // not "fried"
			words[i] = strings.TrimSuffix(strings.TrimSuffix(w, "s"), "x")
		}
	}
	if one := strings.Join(words, " "); one != text {
		return one
	}
	return ""
}

// decide returns what one item means.
func decide(item intent.Item, m nutrition.MatchedText) foundFood {
	f := foundFood{item: item, words: m.Words}
	for i := range m.Foods {
		if f.food == nil || m.Foods[i].Match > f.food.Match {
			f.food = &m.Foods[i]
		}
	}
	f.candidates = m.Foods[:min(len(m.Foods), maxCandidates)]
	if f.food == nil {
		return f
	}
	f.confidence = sureOf(f.food, m.Words)
	if f.confidence < minConfidence {
		f.food = nil
		return f
	}
	f.measure(m)
	return f
}

// maxCandidates is how many foods a question offers.
const maxCandidates = 4

func sureOf(food *nutrition.MatchedFood, words string) float64 {
	switch food.Match {
	case nutrition.MatchMeant, nutrition.MatchExact:
		return sureExact
	case nutrition.MatchBegins:
		return sureBegins
	case nutrition.MatchCorrected:
		if isTypingError(words, food.Searched) {
			return sureCorrected
		}
	}
	return unsure
}

// isTypingError returns whether two texts differ by a doubled letter, or by at most one letter in each long word, so that nothing else can
// be meant.
func isTypingError(typed, corrected string) bool {
	a, b := strings.Fields(strings.ToLower(typed)), strings.Fields(corrected)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		doubled := onceEach(strings.TrimSuffix(a[i], "s")) == onceEach(strings.TrimSuffix(b[i], "s"))
		if !doubled && (len(a[i]) < 5 || !oneLetterApart([]rune(a[i]), []rune(b[i]))) {
			return false
		}
	}
	return true
}

// onceEach returns a word without its doubled letters.
func onceEach(word string) string { return string(slices.Compact([]rune(word))) }

// oneLetterApart returns whether one letter was left out, added or replaced.
func oneLetterApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	rest := a[i:]
	if len(a) == len(b) && len(rest) > 0 {
		rest = rest[1:]
	}
	return i < len(b) && slices.Equal(rest, b[i+1:])
}

// measure finds the weight of an item: by a serving of the food, by the table of usual portions, or by the food's usual serving.
func (f *foundFood) measure(m nutrition.MatchedText) {
	hit := f.food.Hit
	count := m.Amount
	unit := m.Unit
	if count == 0 {
		count, unit = 1, noUnit
		if f.item.Accompaniment {
			unit = withUnit
		}
	}
	if _, _, hasUnit := nutrition.CutUnit(f.item.Rest); hasUnit && unit == pieceUnit && usualPortion(hit.Name, "slice") > 0 {
		unit = "slice" // a piece of pizza is not a whole one
	}
	if size := sizes[unit]; size > 0 && hit.Portion == nil { // no serving of the food has sizes
		count, unit = count*size, pieceUnit
	}
	usual := usualPortion(hit.Name, unit)
	if unit == withUnit && usual == 0 {
		usual = usualPortion(hit.Name, noUnit)
	}
	switch p := hit.Portion; {
	case usual > 0 && (unit == pieceUnit || unit == "bar"): // 12 almonds are not 12 cups of them, and a baguette is not a slice of it
		f.grams, f.estimated = usual*count, true
	case usual > 0 && slices.Contains(vessels, unit) && (p == nil || !strings.Contains(p.Label, unit)):
		f.grams, f.estimated = usual*count, true
	case p != nil && p.ServingID != nil && p.Count != nil && m.Amount > 0:
		f.grams, f.servingID, f.count = p.Grams, p.ServingID, *p.Count
	case p != nil && m.Amount > 0:
		f.grams = p.Grams
	case usual > 0:
		f.grams, f.estimated = usual*count, true
	case (unit == noUnit || unit == withUnit || unit == "serving" || unit == pieceUnit) && hit.DefaultServing != nil:
		s := hit.DefaultServing
		f.grams, f.servingID, f.count, f.estimated = s.Grams*count, &s.ID, count, true
	default:
		f.confidence = unsure
		return
	}
	if f.estimated {
		f.confidence = min(f.confidence, sureUsual)
	}
	if f.grams > maxGramsOfItem {
		f.confidence = unsure
	}
}

// vessels are units that hold more or less by what is in them; a serving of the food counts only if it has the same name.
var vessels = []string{"glass", "mug", "bowl", "plate", "handful", "bottle", "can", "bag", "jar"}

// sizes are how much larger than a piece one of a size is, for foods without servings of that size.
var sizes = map[string]float64{"small": 0.75, "medium": 1, "large": 1.3, "extra large": 1.6}

// pieceUnit is a piece, or a number without a unit.
const pieceUnit = "piece"

// maxGramsOfItem is more than anybody eats of one food at once; a message with more has a number that was not understood.
const maxGramsOfItem = 5000

// Units of the table of portions for what a message does not say: nothing at all, and for what comes with another food.
const (
	noUnit   = "none"
	withUnit = "with"
)

//go:embed local_portions.tsv
var portionTable string

type usualAmount struct {
	pattern *regexp.Regexp
	unit    string
	grams   float64
}

// usualAmounts are weights of what people call a glass, a bowl or a portion, by the name of the food. The first that fits counts.
var usualAmounts = func() (list []usualAmount) {
	lines := strings.Split(strings.TrimSpace(portionTable), "\n")
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		grams, err := strconv.ParseFloat(cells[2], 64)
		if err != nil {
			panic(err) // the table is part of the program
		}
		list = append(list, usualAmount{regexp.MustCompile(`(?i)(` + cells[0] + `)`), cells[1], grams})
	}
	return list
}()

// usualPortion returns grams; 0 when the table has none.
func usualPortion(name, unit string) float64 {
	for _, u := range usualAmounts {
		if u.unit == unit && u.pattern.MatchString(name) {
			return u.grams
		}
	}
	return 0
}

// mealItem returns the item as it is logged.
func (f *foundFood) mealItem() (item api.MealItemCreate, err error) {
	if f.servingID != nil {
		return item, item.FromItemByServing(api.ItemByServing{FoodID: f.food.Hit.ID, ServingID: *f.servingID, Count: f.count})
	}
	return item, item.FromItemByGrams(api.ItemByGrams{FoodID: f.food.Hit.ID, Grams: f.grams})
}
