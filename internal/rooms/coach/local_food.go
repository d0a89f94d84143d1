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
	"github.com/ultimatecoach/api/internal/tools/text"
)

// foundFood is what an item of a message means. food is nil when nothing, or nothing certain, was found.
type foundFood struct {
	item       intent.Item
	words      string // those of the food alone
	food       *nutrition.MatchedFood
	candidates []nutrition.MatchedFood
	grams      float64 // 0 is unknown
	servingID  *uuid.UUID
	// dish is set when the catalogue lacks the food; food is then what it is like.
	dish *dish
	// choices are names of foods to ask about, where the words mean several.
	choices []string
	count   float64
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
	if found, err = r.divide(found); err != nil {
		return nil, err
	}
	if err = r.compare(found); err != nil {
		return nil, err
	}
	withCereal(found)
	return found, nil
}

// findWhole returns what items mean, with one round trip. Where two items together are the name of one food ("mac and cheese"), they are
// one.
func (r *localReply) findWhole(items []intent.Item) ([]foundFood, error) {
	texts := make([]string, 0, textsPerItem*len(items))
	for _, item := range items {
		meant := item
		meant.Rest = inEnglish(r.u.Language, item.Rest)
		if w, _ := wholeOf(item); w != nil {
			meant.Rest = w.name
		}
		texts = append(texts, meant.Text(), item.Joined, r.singular(meant.Text()), plainly(meant.Text()))
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
		var next *intent.Item
		if items[i].Joined != "" && i+1 < len(items) {
			next = &items[i+1]
		}
		f, joined := r.meaning(items[i], next, m)
		if joined {
			i++
		}
		found = append(found, f)
	}
	return found, nil
}

// meaning returns what an item means, from what was found for its texts. joined is true when it is one food together with the next item.
func (r *localReply) meaning(item intent.Item, next *intent.Item, m []nutrition.MatchedText) (f foundFood, joined bool) {
	if item.Kcal > 0 {
		return foundFood{item: item, words: foodOf(item.Rest)}, false
	}
	if next != nil {
		both := item
		both.Rest, both.Joined = strings.TrimPrefix(item.Joined, strings.TrimSuffix(item.Text(), item.Rest)), ""
		if f := decide(item, m[1]); f.food != nil && f.food.Match >= needed(item, *next) {
			f.item = both
			return f, true
		}
		if d := dishOf(r.u.Language, both); d != nil {
			return foundFood{item: both, words: d.name, dish: d}, true
		}
	}
	if w, isSure := wholeOf(item); w != nil {
		return w.of(item, isSure, m[0]), false
	}
	f = decide(item, m[0])
	if single := decide(item, m[2]); f.food == nil && single.food != nil {
		f = single
	}
	several, choices := severalFoods(r.u.Language, item.Rest)
	if several {
		f.food, f.confidence, f.choices = nil, unsure, choices
	}
	if d := dishOf(r.u.Language, item); d != nil && (f.food == nil || !d.isFood(f.food)) {
		return foundFood{item: item, words: d.name, dish: d}, false
	}
	if cooked := decide(item, m[3]); f.food == nil && !several && cooked.food != nil && cooked.food.Match >= nutrition.MatchExact {
		f = cooked
		f.confidence = min(f.confidence, sureBegins)
	}
	return f, false
}

// foodOf returns the words of a food without the unit before it.
func foodOf(words string) string {
	_, food, _ := nutrition.CutUnit(words)
	return food
}

// compare looks up the foods that dishes are like, and those that a word may mean, with one round trip.
func (r *localReply) compare(found []foundFood) error {
	var texts []string
	for _, f := range found {
		if f.dish != nil {
			like := f.item
			like.Rest = unitWordsOf(f.item.Rest, f.dish.like)
			texts = append(texts, like.Text())
		}
		texts = append(texts, f.choices...)
	}
	if len(texts) == 0 {
		return nil
	}
	matched, err := r.h.rooms.Nutrition.MatchFoods(r.ctx, texts)
	if err != nil {
		return err
	}
	for i := range found {
		f := &found[i]
		if f.dish != nil {
			*f = f.dish.estimate(f.item, matched[0])
			matched = matched[1:]
			continue
		}
		if len(f.choices) > 0 {
			f.candidates = nil
		}
		for _, m := range matched[:len(f.choices)] {
			f.candidates = append(f.candidates, m.Foods[:min(1, len(m.Foods))]...)
		}
		matched = matched[len(f.choices):]
	}
	return nil
}

// cereals are eaten with more milk than is in coffee.
var cereals = regexp.MustCompile(`(?i)^cereals|^wheat biscuits|muesli|granola`)

// withCereal gives what comes with cereals its usual amount.
func withCereal(found []foundFood) {
	for i := 1; i < len(found); i++ {
		f, before := &found[i], found[i-1].food
		if f.food == nil || f.dish != nil || before == nil || f.item.Amount > 0 || !f.item.Accompaniment ||
			!cereals.MatchString(before.Hit.Name) {
			continue
		}
		if grams := f.usual("cereal"); grams > 0 {
			f.grams, f.servingID, f.estimated = grams, nil, true
		}
	}
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

// What the table of false friends has for a word that means several foods, so that the coach asks (a tortilla is an omelette or a flat
// bread), behind it the foods to offer; and for a word that must keep its plural, because its singular means something else.
const (
	meansSeveral = "?"
	keepsPlural  = "="
)

// inEnglish returns the words of an item with the English name of its food, when that alone would be taken for another food: "prunes" in
// French are plums.
func inEnglish(language, words string) string {
	unit, food, _ := nutrition.CutUnit(words)
	english := falseFriends[language][strings.ToLower(food)]
	if english == "" || english == keepsPlural || strings.HasPrefix(english, meansSeveral) {
		return words
	}
	return strings.TrimSpace(unit + " " + english)
}

// severalFoods returns whether a word means several foods in a language, and which it may mean.
func severalFoods(language, words string) (several bool, choices []string) {
	english := falseFriends[language][strings.ToLower(foodOf(words))]
	if !strings.HasPrefix(english, meansSeveral) {
		return false, nil
	}
	return true, strings.Split(english, "|")[1:]
}

// textsPerItem is how many texts are searched for each item: its own, that together with the next one, its singular, and the food alone.
const textsPerItem = 4

// singular returns a text without the endings of plurals, because the lexicon has most names of several words in the singular alone
// ("yaourts grecs"). The search itself knows the plurals of English.
func (r *localReply) singular(text string) string {
	if r.u.Language == "en" || r.u.Language == "" {
		return ""
	}
	words := strings.Fields(text)
	for i, w := range words {
		if falseFriends[r.u.Language][w] != keepsPlural {
			words[i] = withoutPlural(w)
		}
	}
	if one := strings.Join(words, " "); one != text {
		return one
	}
	return ""
}

func withoutPlural(word string) string {
	if len(word) <= 3 {
		return word
	}
	return strings.TrimSuffix(strings.TrimSuffix(word, "s"), "x")
}

func withoutPlurals(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = withoutPlural(w)
	}
	return strings.Join(words, " ")
}

//go:embed local_manners.txt
var mannerTable string

// manners are ways to cook and to cut, and other words that do not change what 100 g of a food have; one is a line of the table.
var manners = regexp.MustCompile(`\b(?:` + strings.ReplaceAll(strings.TrimSpace(mannerTable), "\n", "|") + `)\b`)

// plainly returns a text without the words of how the food was prepared; "" when it has none.
func plainly(text string) string {
	plain := strings.Join(strings.Fields(manners.ReplaceAllString(text, " ")), " ")
	if plain == text {
		return ""
	}
	return plain
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
		if !doubled && (len(a[i]) < 6 || !text.OneLetterApart([]rune(a[i]), []rune(b[i]))) {
			return false
		}
	}
	return true
}

// onceEach returns a word without its doubled letters.
func onceEach(word string) string { return string(slices.Compact([]rune(word))) }

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
	_, _, hasUnit := nutrition.CutUnit(f.item.Rest)
	p := hit.Portion
	if hasUnit && unit == pieceUnit && f.usual("slice") > 0 {
		unit, p = "slice", nil // a piece of pizza is not a whole one
	}
	if size := sizes[unit]; size > 0 && hit.Portion == nil { // no serving of the food has sizes
		count, unit = count*size, pieceUnit
	}
	usual := f.usual(unit)
	if unit == withUnit && usual == 0 {
		usual = f.usual(noUnit)
	}
	switch {
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
	case unit == pieceUnit && !hasUnit && f.usual(noUnit) > 0: // "a kefir"
		f.grams, f.estimated = f.usual(noUnit)*count, true
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
	// ofWords is true for patterns of what the person says, false for those of the food's name.
	ofWords bool
	unit    string
	grams   float64
}

// ofWordsPrefix begins a pattern of the words of the person: "caña" is a small beer.
const ofWordsPrefix = "said:"

// usualAmounts are weights of what people call a glass, a bowl or a portion, by the name of the food. The first that fits counts.
var usualAmounts = func() (list []usualAmount) {
	lines := strings.Split(strings.TrimSpace(portionTable), "\n")
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		grams, err := strconv.ParseFloat(cells[2], 64)
		if err != nil {
			panic(err) // the table is part of the program
		}
		pattern, ofWords := strings.CutPrefix(cells[0], ofWordsPrefix)
		list = append(list, usualAmount{regexp.MustCompile(`(?i)(` + pattern + `)`), ofWords, cells[1], grams})
	}
	return list
}()

// usual returns the usual grams of one unit of the food; 0 when the table has none.
func (f *foundFood) usual(unit string) float64 {
	said := foodOf(f.item.Rest)
	for _, u := range usualAmounts {
		text := f.food.Hit.Name
		if u.ofWords {
			text = said
		}
		if u.unit == unit && u.pattern.MatchString(text) {
			return u.grams
		}
	}
	return 0
}

// known returns whether the food and its amount are certain enough to be proposed.
func (f *foundFood) known() bool {
	return f.item.Kcal > 0 || f.food != nil && f.confidence >= minConfidence
}

// mealItem returns the item as it is logged. The name is that of an item whose energy the person said.
func (f *foundFood) mealItem(name string) (item api.MealItemCreate, err error) {
	switch {
	case f.item.Kcal > 0:
		return item, item.FromQuickItem(api.QuickItem{Name: name, Calories: f.item.Kcal})
	case f.dish != nil:
		return item, item.FromQuickItem(f.quickItem())
	case f.servingID != nil:
		return item, item.FromItemByServing(api.ItemByServing{FoodID: f.food.Hit.ID, ServingID: *f.servingID, Count: f.count})
	}
	return item, item.FromItemByGrams(api.ItemByGrams{FoodID: f.food.Hit.ID, Grams: f.grams})
}
