package coach

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

const (
	// suggestionsShown is how many foods a reply suggests, out of suggestionsRead.
	suggestionsShown = 3
	suggestionsRead  = 30
	// leastSuggested is what is left of the day's energy that is still worth a suggestion.
	leastSuggested = 50
	// largestSnack is the most energy of a snack when the person names no limit.
	largestSnack = 300
	// usefulProtein is how much protein a suggestion has while the day still lacks it.
	usefulProtein = 10
)

// bounds are limits of nutrients of a portion.
type bounds struct {
	least, most map[nutrient.ID]float64
}

// suggestFood names foods that fit the limits of the message and what is left of the day.
func (r *localReply) suggestFood() error {
	day, err := r.dashboard(r.today())
	if err != nil {
		return err
	}
	b := bounds{byNutrient(r.u.Min), byNutrient(r.u.Max)}
	asked := len(b.least)+len(b.most) > 0
	if day.Remaining != nil && !asked {
		if day.Remaining.Calories < leastSuggested {
			return r.tell("suggest_full", nil)
		}
		b.most[nutrient.Calories] = day.Remaining.Calories
		b.least[nutrient.Protein] = min(usefulProtein, max(0, day.Remaining.ProteinG))
	}
	if limit, ok := b.most[nutrient.Calories]; r.u.Meal == string(api.MealTypeSnack) && (!ok || !asked && limit > largestSnack) {
		b.most[nutrient.Calories] = largestSnack
	}
	rows, err := r.h.db.SuggestFoods(r.ctx, b.params(r))
	if err != nil {
		return err
	}
	rows = different(rows)
	if len(rows) == 0 {
		return r.tell("suggest_none", nil)
	}
	if err := r.tellSuggestionsFor(day.Remaining != nil && !asked, day.Remaining); err != nil {
		return err
	}
	for _, row := range rows {
		if err := r.tellSuggestion(row, b); err != nil {
			return err
		}
	}
	return nil
}

// byNutrient returns amounts by nutrient; never nil.
func byNutrient(byKey map[string]float64) map[nutrient.ID]float64 {
	out := map[nutrient.ID]float64{}
	for key, n := range byKey {
		if id, ok := nutrient.ByKey(key); ok {
			out[id] = n
		}
	}
	return out
}

func (b bounds) params(r *localReply) queries.SuggestFoodsParams {
	p := queries.SuggestFoodsParams{
		UserID: r.t.UserID, MaxRows: suggestionsRead, Avoided: r.avoided(),
		LeastOf: []int32{}, Least: []float64{}, MostOf: []int32{}, Most: []float64{},
	}
	for id, n := range b.least {
		p.LeastOf, p.Least = append(p.LeastOf, int32(id)+1), append(p.Least, n) // lists begin at 1 in SQL
	}
	for id, n := range b.most {
		p.MostOf, p.Most = append(p.MostOf, int32(id)+1), append(p.Most, n)
	}
	return p
}

// different keeps the first food of each kind, which is the first word of its name, so that not all suggestions are cheese.
func different(rows []queries.SuggestFoodsRow) []queries.SuggestFoodsRow {
	seen := map[string]bool{}
	var kept []queries.SuggestFoodsRow
	for _, row := range rows {
		kind, _, _ := strings.Cut(strings.ToLower(row.FoodList.Name), " ")
		kind = strings.TrimRight(kind, ",s")
		if !seen[kind] && len(kept) < suggestionsShown {
			kept = append(kept, row)
		}
		seen[kind] = true
	}
	return kept
}

func (r *localReply) tellSuggestionsFor(rest bool, remaining *api.Remaining) error {
	if !rest {
		return r.tell("suggest_bounds", nil)
	}
	left, _ := leftAndOver(*remaining)
	return r.tell("suggest_rest", values{"left": r.w.amounts(&left, mainNutrients...)})
}

func (r *localReply) tellSuggestion(row queries.SuggestFoodsRow, b bounds) error {
	f := row.FoodList
	r.cite(foodSource(f.ID, f.Name))
	id := "suggest_food"
	if row.WasLogged {
		id = "suggest_own"
	}
	ids := []nutrient.ID{nutrient.Calories, nutrient.Protein}
	for _, other := range limitedNutrients(b) {
		if other != nutrient.Calories && other != nutrient.Protein {
			ids = append(ids, other)
		}
	}
	return r.tellLine(id, values{
		"food": capital(r.localName(&f.ID, f.Name)), "portion": r.w.portion(1, *f.ServingLabel, *f.ServingGrams),
		"amounts": r.w.amounts(&f.ServingNutrients, ids...),
	})
}

// limitedNutrients returns the nutrients that have limits, in the order of the table.
func limitedNutrients(b bounds) (ids []nutrient.ID) {
	for id := range nutrient.Count {
		_, low := b.least[id]
		_, high := b.most[id]
		if low || high {
			ids = append(ids, id)
		}
	}
	return ids
}

// labelInGrams is a label that says nothing but the weight.
var labelInGrams = regexp.MustCompile(`^[\d.,]+ ?g$`)

// portion returns a number of servings with their weight. Labels are in the language of the food.
func (w *writer) portion(count float64, label string, grams float64) string {
	if labelInGrams.MatchString(label) {
		return w.grams(grams)
	}
	if count != 1 {
		label = w.number(count, 2) + " × " + label
	}
	return w.text("item_of_amount", values{"food": shownName(label), "amount": w.grams(grams)})
}

//go:embed local_avoid.tsv
var avoidTable string

// avoidedNames has, for words of allergies, diets and dislikes in five languages, patterns of the names of foods that contain it.
var avoidedNames = func() map[string]string {
	names := map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(avoidTable), "\n") {
		words, pattern, _ := strings.Cut(line, "\t")
		for word := range strings.SplitSeq(words, "|") {
			names[word] = pattern
		}
	}
	return names
}()

// avoided returns patterns of the names of foods that the person does not eat.
func (r *localReply) avoided() []string {
	p := r.t.Person.Profile
	patterns := []string{}
	if diet, ok := avoidedNames[p.DietaryPreference]; ok {
		patterns = append(patterns, diet)
	}
	for _, text := range slices.Concat(p.FoodAllergies, p.FoodsToAvoid) {
		if strings.TrimSpace(text) != "" {
			patterns = append(patterns, avoidPattern(text))
		}
	}
	return patterns
}

// avoidPattern returns the pattern for what somebody avoids: that of the table for each of its words, and the words themselves.
func avoidPattern(text string) string {
	var patterns []string
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		word = strings.Trim(word, ".,;()")
		if pattern, ok := avoidedNames[word]; ok {
			patterns = append(patterns, pattern)
		}
	}
	return strings.Join(append(patterns, namePattern(text)), "|")
}

// namePattern returns a pattern of names that have the words of a text, in singular or plural.
func namePattern(text string) string {
	words := strings.Fields(strings.ToLower(text))
	for i, word := range words {
		word = strings.Trim(word, ".,;()")
		if len(word) > 3 {
			word = strings.TrimSuffix(word, "s")
		}
		words[i] = regexp.QuoteMeta(word)
	}
	return `\m` + strings.Join(words, `(e?s)?\M.*\m`) + `(e?s)?\M`
}

// foodFacts says what a food has.
func (r *localReply) foodFacts() error {
	found, err := r.findFoods(r.u.Items)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return r.ask("ask_food_unknown", values{"phrase": r.w.quoted(r.t.Text)})
	}
	for _, f := range found {
		if f.food == nil {
			if err := r.askAbout(f); err != nil {
				return err
			}
			continue
		}
		if err := r.tellFacts(f); err != nil {
			return err
		}
	}
	return nil
}

// advise replies to whether something should be eaten: no food is good or bad by itself, so it says what the food has and what is left.
func (r *localReply) advise() error {
	if err := r.tell("advice", nil); err != nil {
		return err
	}
	found, err := r.findFoods(r.u.Items)
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.food != nil && f.confidence >= minConfidence {
			if err := r.tellFacts(f); err != nil {
				return err
			}
		}
	}
	return r.tellRest()
}

// skipMeal replies to a plan to leave out a meal or to fast. It says what is left of today, so that the person can decide.
func (r *localReply) skipMeal() error {
	if err := r.tell("skip", nil); err != nil {
		return err
	}
	day, err := r.dashboard(r.today())
	if err != nil {
		return err
	}
	if day.Remaining == nil {
		return r.tellTotals(&day, mainNutrients)
	}
	return r.tellLeft(day.Date.Time, *day.Remaining, mainNutrients)
}

// tellRest says what is left of today, of energy when the message names no nutrient; nothing without targets.
func (r *localReply) tellRest() error {
	r.u.Nutrient = cmp.Or(r.u.Nutrient, nutrient.Table[nutrient.Calories].Key)
	day, err := r.dashboard(r.today())
	if err != nil || day.Remaining == nil {
		return err
	}
	return r.tellLeft(day.Date.Time, *day.Remaining, r.wanted())
}

func (r *localReply) tellFacts(f foundFood) error {
	r.cite(foodSource(f.food.Hit.ID, f.food.Hit.Name))
	per100 := f.food.Hit.Per100G
	name, factor := capital(r.nameOf(f)), 1.0
	if f.dish != nil {
		factor = f.dish.factor
	}
	amounts := per100.Times(f.grams*factor/100, 3)
	ids := r.wanted()
	if len(ids) == 1 && ids[0] != nutrient.Calories {
		ids = append(ids, nutrient.Calories)
	}
	if !amounts.Knows(ids[0]) {
		return r.tell("food_not_known", values{"food": name})
	}
	err := r.tellLine("food_facts", values{"food": name, "portion": r.w.grams(f.grams), "amounts": r.w.amounts(&amounts, ids...)})
	if f.dish == nil || err != nil {
		return err
	}
	return r.explain(f)
}
