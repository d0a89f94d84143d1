package coach

import (
	"slices"
	"strings"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// askedFood is a question about one food of a meal.
type askedFood struct {
	Draft draftedMeal `json:"draft"`
	// Item is the index of the food in question.
	Item int `json:"item"`
	// Known is true when the question is about the amount.
	Known      bool     `json:"known,omitempty"`
	Candidates []string `json:"candidates,omitempty"`
	// Shown is what the question called the candidates.
	Shown []string `json:"shown,omitempty"`
}

// resume handles a message that is the answer to the question of the reply before. handled is false when it is not one.
func (r *localReply) resume() (handled bool, err error) {
	switch {
	case r.isOtherMealOrDay():
		return true, r.correct()
	case r.before.Asked != nil:
		return r.resumeFood(*r.before.Asked)
	case r.before.AskedFor != nil:
		return r.resumeRequest(*r.before.AskedFor)
	}
	return false, nil
}

// isOtherMealOrDay reports whether the message only says of what was proposed when it was eaten: "that was yesterday".
func (r *localReply) isOtherMealOrDay() bool {
	return r.u.Intent == intent.Unknown && (r.u.Meal != "" || !r.u.From.IsZero()) && len(r.before.Proposed) > 0
}

// answersOnly are intents of messages that may answer a question; others are messages of their own.
var answersOnly = []intent.Intent{intent.Choose, intent.Yes, intent.Unknown, intent.Log, intent.Correct, intent.Quick}

func (r *localReply) resumeFood(asked askedFood) (handled bool, err error) {
	if r.u.Intent == intent.No || r.u.Intent == intent.TakeBack {
		return true, r.tell("none", nil)
	}
	if !slices.Contains(answersOnly, r.u.Intent) || asked.Item >= len(asked.Draft.Items) {
		return false, nil
	}
	item := &asked.Draft.Items[asked.Item]
	switch kcal := r.kcalFor(asked); {
	case !asked.Known && kcal > 0:
		item.Kcal = kcal
	case asked.Known:
		if !r.answerAmount(item, asked.Candidates[0]) {
			return false, nil
		}
	default:
		name := r.chosen(asked)
		if name == "" {
			return false, nil
		}
		item.Rest, item.Joined = unitWordsOf(item.Rest, name), ""
	}
	return true, r.proposeMeal(asked.Draft)
}

// leastKcal is the smallest bare number that is energy rather than the number of a choice.
const leastKcal = 10

// kcalFor returns the energy that the message gives for the food that was asked about: "350 kcal", or a number that is none of the choices;
// 0 when it gives none.
func (r *localReply) kcalFor(asked askedFood) float64 {
	kcal := r.u.Kcal
	if items := r.u.Items; kcal == 0 && len(items) == 1 && items[0].Rest == "" {
		kcal = items[0].Amount
	}
	if r.u.Choice > len(asked.Candidates) {
		kcal = float64(r.u.Choice)
	}
	if kcal > maxQuickKcal || kcal < leastKcal {
		return 0
	}
	return kcal
}

// answerAmount takes the amount of the message for an item. It returns false when the message has none.
func (r *localReply) answerAmount(item *intent.Item, name string) bool {
	amount, unit := float64(r.u.Choice), ""
	if len(r.u.Items) == 1 && r.u.Items[0].Amount > 0 {
		amount, unit = r.u.Items[0].Amount, r.u.Items[0].Rest
	}
	if amount == 0 {
		return false
	}
	item.Amount, item.Rest, item.Joined = amount, strings.TrimSpace(unit+" "+name), ""
	return true
}

// chosen returns the candidate that the message means: by its number, by "yes" when there is one, or by words that it has and the others
// lack.
func (r *localReply) chosen(asked askedFood) string {
	candidates := asked.Candidates
	if n := r.u.Choice; n > 0 && n <= len(candidates) {
		return candidates[n-1]
	}
	if r.u.Intent == intent.Yes && len(candidates) > 0 {
		return candidates[0]
	}
	best, score, tie := "", 0, false
	for i, name := range candidates {
		n := sharedWords(r.t.Text, name)
		if i < len(asked.Shown) {
			n = max(n, sharedWords(r.t.Text, asked.Shown[i]))
		}
		switch {
		case n > score:
			best, score, tie = name, n, false
		case n == score:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

// sharedWords counts the words of a text that a name has; beginnings of at least four letters count ("boil", "boiled").
func sharedWords(text, name string) (n int) {
	words := strings.FieldsFunc(strings.ToLower(name), notInWord)
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), notInWord) {
		if slices.ContainsFunc(words, func(w string) bool {
			return w == word || len(word) > 3 && strings.HasPrefix(w, word) || len(w) > 3 && strings.HasPrefix(word, w)
		}) {
			n++
		}
	}
	return n
}

func notInWord(r rune) bool { return strings.ContainsRune(" ,.;:()!?/'’\"\n\t", r) }

// unitWordsOf returns the unit that a text begins with, before the name of a food: "slices of toast" and "Bread" are "slices of Bread".
func unitWordsOf(rest, name string) string {
	if unit, _, ok := nutrition.CutUnit(rest); ok {
		return unit + " " + name
	}
	return name
}

// resumeRequest completes what the message before lacked.
func (r *localReply) resumeRequest(open intent.Utterance) (handled bool, err error) {
	if !slices.Contains(append([]intent.Intent{open.Intent}, answersOnly...), r.u.Intent) {
		return false, nil
	}
	now := r.u
	switch open.Intent {
	case intent.Activity, intent.EnergyEstimate:
		if now.Minutes == 0 && now.DistanceKm == 0 && now.Phrase == "" {
			now.Phrase = strings.Trim(strings.TrimSpace(r.t.Text), ".!")
		}
		if now.Minutes > 0 || now.DistanceKm > 0 {
			open.Minutes, open.DistanceKm = now.Minutes, now.DistanceKm
		} else {
			open.Phrase, open.Activity = now.Phrase, now.Activity
		}
	case intent.Quick:
		if open.Kcal = max(now.Kcal, float64(now.Choice)); open.Kcal == 0 {
			return false, nil
		}
	case intent.Weight:
		if open.WeightKg = max(now.WeightKg, float64(now.Choice)); open.WeightKg == 0 {
			return false, nil
		}
	default:
		return false, nil
	}
	r.u = open
	return true, answers[open.Intent](r)
}

// choose handles a number that answers no question.
func (r *localReply) choose() error {
	if len(r.before.Proposed) > 0 {
		r.u.Items = []intent.Item{{Amount: float64(r.u.Choice)}}
		return r.correct()
	}
	return r.admit()
}

// agree handles "yes". Only the person confirms proposals.
func (r *localReply) agree() error {
	if r.proposedBefore() {
		return r.tell("confirm_yourself", nil)
	}
	return r.admit()
}

// proposedBefore is true when the reply before proposed something.
func (r *localReply) proposedBefore() bool { return r.before.DidPropose }

// correct changes what the reply before proposed: new proposals replace the open ones.
func (r *localReply) correct() error {
	meals := slices.Clone(r.before.Proposed)
	if isLogged, err := r.isLogged(); err != nil {
		return err
	} else if isLogged {
		return r.takeBack()
	}
	if len(meals) == 0 {
		if len(r.u.Items) == 0 && len(r.u.Without) > 0 { // "remove the eggs"
			return r.takeBack()
		}
		if len(r.u.Items) > 0 && r.u.Items[0].Rest != "" {
			return r.logFoods()
		}
		return r.tell("nothing_to_change", values{"log": r.w.example("log")})
	}
	m := &meals[len(meals)-1]
	m.Items = correctItems(m.Items, r.u)
	if len(m.Items) == 0 {
		return r.decline()
	}
	if r.u.Meal != "" {
		m.Meal = api.MealType(r.u.Meal)
	}
	if !r.u.From.IsZero() {
		m.Day = r.u.From.Format(time.DateOnly)
	}
	r.replacing = true
	return r.proposeMeals(meals)
}

// correctItems returns items with the corrections of a message: other amounts, other foods, and without those that it excludes.
func correctItems(items []intent.Item, u intent.Utterance) []intent.Item {
	items = slices.Clone(items)
	if u.Kcal > 0 && len(items) > 0 && u.Kcal <= maxQuickKcal {
		items[itemOfKcal(items, u)].Kcal = u.Kcal
		return items
	}
	replaced := false
	for _, wrong := range u.Without {
		i := slices.IndexFunc(items, func(i intent.Item) bool { return sharedWords(wrong, i.Rest) > 0 })
		switch {
		case i < 0:
		case len(u.Items) > 0 && !replaced:
			items[i] = corrected(items[i], u.Items[0])
			replaced = true
		default:
			items = slices.Delete(items, i, i+1)
		}
	}
	if replaced {
		return items
	}
	for _, right := range u.Items {
		i := len(items) - 1
		if right.Rest != "" {
			i = slices.IndexFunc(items, func(i intent.Item) bool { return sharedWords(right.Rest, i.Rest) > 0 })
		}
		switch {
		case i >= 0:
			items[i] = corrected(items[i], right)
		case len(items) == 1:
			items[0] = corrected(items[0], right)
		default:
			items = append(items, right)
		}
	}
	return items
}

// itemOfKcal returns the index of the item whose energy a message corrects: the one that it names, else what was estimated, else the last.
func itemOfKcal(items []intent.Item, u intent.Utterance) int {
	if len(u.Items) > 0 {
		if i := slices.IndexFunc(items, func(i intent.Item) bool { return sharedWords(u.Items[0].Rest, i.Rest) > 0 }); i >= 0 {
			return i
		}
	}
	if i := slices.IndexFunc(items, func(i intent.Item) bool { return dishOf(u.Language, i) != nil }); i >= 0 {
		return i
	}
	return len(items) - 1
}

// corrected returns an item with another amount, another food, or both. A new food without an amount keeps the amount.
func corrected(was, right intent.Item) intent.Item {
	is := was
	is.Joined, is.Kcal = "", 0
	if right.Amount > 0 {
		is.Amount = right.Amount
	}
	unit, _, hasUnit := nutrition.CutUnit(right.Rest)
	switch {
	case right.Rest == "":
	case hasUnit && strings.TrimSpace(right.Rest) == unit: // "no, 200 g"
		_, food, had := nutrition.CutUnit(was.Rest)
		if !had {
			food = was.Rest
		}
		is.Rest = unit + " " + food
	case right.Amount == 0 && was.Amount > 0:
		is.Rest = unitWordsOf(was.Rest, right.Rest)
	default:
		is.Rest = right.Rest
	}
	return is
}
