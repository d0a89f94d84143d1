package coach

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/intent"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// draftedMeal is a meal as the message says it. It is kept with the reply, so that the next message can change it.
type draftedMeal struct {
	Meal  api.MealType  `json:"meal"`
	Day   string        `json:"day"`
	Items []intent.Item `json:"items"`
}

// usualHours are when a meal is usually eaten, for those that are logged later.
var usualHours = map[api.MealType]time.Duration{
	api.MealTypeBreakfast: 8 * time.Hour, api.MealTypeLunch: 12*time.Hour + 30*time.Minute, api.MealTypeSnack: 16 * time.Hour,
	api.MealTypeDinner: 19 * time.Hour, api.MealTypeOther: 12 * time.Hour,
}

// mealAt returns the meal that people usually eat at a time of the day.
func mealAt(now time.Time) api.MealType {
	switch minute := now.Hour()*60 + now.Minute(); {
	case minute >= 4*60 && minute < 10*60+30:
		return api.MealTypeBreakfast
	case minute >= 11*60+30 && minute < 14*60+30:
		return api.MealTypeLunch
	case minute >= 17*60+30 && minute < 22*60:
		return api.MealTypeDinner
	}
	return api.MealTypeSnack
}

// mealType returns the meal that is named, or the one of the time of the day.
func (r *localReply) mealType(named string) api.MealType {
	switch {
	case named != "":
		return api.MealType(named)
	case r.u.Clock != nil:
		return mealAt(r.clockOf(r.day(), 0))
	case !r.day().Equal(r.today()):
		return api.MealTypeOther
	}
	return mealAt(r.t.Person.Now)
}

// logFoods proposes the foods of the message, one meal at a time.
func (r *localReply) logFoods() error {
	if len(r.u.Items) == 0 {
		return r.ask("ask_what", nil)
	}
	if r.u.Bare {
		found, err := r.findFoods(r.u.Items)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(found, func(f foundFood) bool { return f.food != nil || f.dish != nil }) {
			return r.admit()
		}
	}
	var meals []draftedMeal
	for _, item := range r.u.Items {
		kind := r.mealType(cmp.Or(item.Meal, r.u.Meal))
		i := slices.IndexFunc(meals, func(m draftedMeal) bool { return m.Meal == kind })
		if i < 0 {
			i = len(meals)
			meals = append(meals, draftedMeal{Meal: kind, Day: r.day().Format(time.DateOnly)})
		}
		meals[i].Items = append(meals[i].Items, item)
	}
	return r.proposeMeals(meals)
}

func (r *localReply) proposeMeals(meals []draftedMeal) error {
	for _, m := range meals {
		if err := r.proposeMeal(m); err != nil {
			return err
		}
	}
	return nil
}

// proposeMeal proposes a meal, or asks about the first of its foods that is not certain. The others are kept for the next message.
func (r *localReply) proposeMeal(m draftedMeal) error {
	found, err := r.findFoods(m.Items)
	if err != nil {
		return err
	}
	s := suggestion{Confidence: 1}
	var items []api.MealItemCreate
	var names []string
	for i, f := range found {
		if !f.known() {
			r.keep(m, found, i)
			return r.askAbout(f)
		}
		name := r.nameOf(f)
		item, err := f.mealItem(name)
		if err != nil {
			return fmt.Errorf("write an item: %w", err)
		}
		items, names = append(items, item), append(names, name)
		if f.item.Kcal > 0 {
			s.Estimated = true
			continue
		}
		s.Confidence, s.Estimated = min(s.Confidence, f.confidence), s.Estimated || f.estimated
		r.cite(foodSource(f.food.Hit.ID, f.food.Hit.Name))
	}
	done, err := r.proposeItems(m, items, names, s)
	if !done || err != nil {
		return err
	}
	r.after.Proposed = append(r.after.Proposed, m)
	return r.explainDishes(found)
}

// explainDishes says which foods were estimated, and that the numbers can be corrected.
func (r *localReply) explainDishes(found []foundFood) error {
	estimated := false
	for _, f := range found {
		if f.dish == nil || f.item.Kcal > 0 {
			continue
		}
		estimated = true
		if err := r.explain(f); err != nil {
			return err
		}
	}
	if !estimated {
		return nil
	}
	return r.tell("correct_kcal", values{"example": r.w.example("kcal")})
}

// explain says what the energy of a dish was estimated from.
func (r *localReply) explain(f foundFood) error {
	return r.tell("estimated_like", values{
		"food": r.w.quoted(f.dish.name), "like": r.localName(&f.food.Hit.ID, f.food.Hit.Name),
		"grams": r.w.grams(f.grams), "calories": r.w.kcal(f.quickItem().Calories),
	})
}

// keep stores a meal with a food that is asked about.
func (r *localReply) keep(m draftedMeal, found []foundFood, i int) {
	// Items that were joined to one are one in the draft, too.
	m.Items = make([]intent.Item, len(found))
	for n, f := range found {
		m.Items[n] = f.item
	}
	a := askedFood{Draft: m, Item: i, Known: found[i].food != nil}
	if found[i].food == nil {
		for _, c := range found[i].candidates {
			a.Candidates = append(a.Candidates, c.Hit.Name)
		}
		a.Shown = r.candidateNames(found[i].candidates)
	} else {
		a.Candidates = []string{found[i].food.Hit.Name}
	}
	r.after.Asked = &a
}

// askAbout asks which food or how much of it is meant.
func (r *localReply) askAbout(f foundFood) error {
	phrase := r.w.quoted(r.typed(cmp.Or(f.words, f.item.Rest)))
	switch {
	case f.food != nil:
		return r.tell("ask_amount", values{"food": r.nameOf(f)})
	case len(f.candidates) == 0:
		return r.tell("ask_food_unknown", values{"phrase": phrase})
	}
	names := r.candidateNames(f.candidates)
	for i, name := range names {
		names[i] = fmt.Sprintf("%d) %s", i+1, name)
	}
	return r.tell("ask_food", values{"phrase": phrase, "list": r.w.list("or", names)})
}

// proposeItems proposes a meal of some items, and says what it is, with the names that the reply gives them. done is false when it was
// refused.
func (r *localReply) proposeItems(m draftedMeal, items []api.MealItemCreate, names []string, s suggestion) (done bool, err error) {
	day, err := time.Parse(time.DateOnly, m.Day)
	if err != nil {
		return false, fmt.Errorf("read a day: %w", err)
	}
	meal := api.MealCreate{
		MealType: m.Meal, Items: items, EatenAt: new(r.mealMoment(day, m.Meal)), Timezone: &r.t.Person.ZoneName,
	}
	if err := s.Draft.FromMealDraft(api.MealDraft{Meal: meal}); err != nil {
		return false, fmt.Errorf("write a draft: %w", err)
	}
	p, err := r.propose(s)
	if p == nil || err != nil {
		return false, err
	}
	shown := make([]string, len(p.Preview.Items))
	for i, item := range p.Preview.Items {
		shown[i] = r.w.itemOf(names[i], item.Grams)
	}
	var kcal float64
	if p.Preview.Calories != nil {
		kcal = *p.Preview.Calories
	}
	err = r.tell("propose", values{
		"items": r.w.list("and", shown), "calories": r.w.kcal(kcal), "meal": r.w.text("for_"+string(m.Meal), nil), "day": r.w.onDay(day),
	})
	if err == nil && s.Estimated {
		err = r.tell("propose_estimate", nil)
	}
	return true, err
}

// mealMoment returns when a meal was eaten: at the time that the message names, or as momentOf says.
func (r *localReply) mealMoment(day time.Time, meal api.MealType) time.Time {
	if r.u.Clock != nil {
		if at := r.clockOf(day, usualHours[meal]); !at.After(r.t.Person.Now) {
			return at
		}
	}
	return r.momentOf(day, usualHours[meal], r.u.Meal != "")
}

// clockOf returns the time that the message names. A time of the morning is one of the evening when that is nearer to the usual hour: "at 8"
// of a dinner. The usual hour 0 keeps it.
func (r *localReply) clockOf(day time.Time, usual time.Duration) time.Time {
	minutes := *r.u.Clock
	if minutes < 12*60 && usual.Minutes() > float64(minutes+6*60) {
		minutes += 12 * 60
	}
	return time.Date(day.Year(), day.Month(), day.Day(), minutes/60, minutes%60, 0, 0, r.t.Person.Zone)
}

// momentOf returns when something of a day was: now, or the usual hour of another day, or of a meal that is named after it was eaten.
func (r *localReply) momentOf(day time.Time, hour time.Duration, named bool) time.Time {
	usual := time.Date(day.Year(), day.Month(), day.Day(), int(hour.Hours()), int(hour.Minutes())%60, 0, 0, r.t.Person.Zone)
	now := r.t.Person.Now
	if day.Equal(r.today()) && (!named || now.Before(usual)) {
		return now
	}
	return usual
}

// propose makes a proposal and emits it. It returns nil after it has said why it cannot be logged.
func (r *localReply) propose(s suggestion) (*api.Proposal, error) {
	if r.replacing && !r.after.DidPropose {
		s.Replaces = r.before.Reply
	}
	p, err := r.h.propose(r.ctx, r.t, s, r.emit)
	if refused, ok := errors.AsType[*problem.Problem](err); ok {
		if text := r.unsafeAnswer(refused); text != "" {
			return nil, r.tellText(" ", text)
		}
		reason := refused.Detail
		if len(refused.Errors) > 0 {
			reason = refused.Errors[0].Message
		}
		return nil, r.tell("refused", values{"reason": shownName(reason)})
	}
	if err != nil {
		return nil, err
	}
	r.after.DidPropose = true
	return &p, nil
}

// maxQuickKcal is the most energy that an item may have; the contract has the same number.
const maxQuickKcal = 20_000

// logQuick proposes energy without a food.
func (r *localReply) logQuick() error {
	if r.u.Kcal <= 0 || r.u.Kcal > maxQuickKcal {
		return r.ask("ask_kcal", nil)
	}
	m := draftedMeal{Meal: r.mealType(r.u.Meal), Day: r.day().Format(time.DateOnly)}
	return r.proposeQuick(m, cmp.Or(r.typed(r.u.Phrase), capital(r.w.meal(m.Meal))), r.u.Kcal, false)
}

func (r *localReply) proposeQuick(m draftedMeal, name string, kcal float64, estimated bool) error {
	var item api.MealItemCreate
	if err := item.FromQuickItem(api.QuickItem{Name: shownName(name), Calories: kcal}); err != nil {
		return fmt.Errorf("write an item: %w", err)
	}
	_, err := r.proposeItems(m, []api.MealItemCreate{item}, []string{name}, suggestion{Confidence: sureExact, Estimated: estimated})
	return err
}

// logActivity proposes an activity.
func (r *localReply) logActivity() error {
	a, err := r.findActivity()
	if a == nil || err != nil {
		return err
	}
	activity, err := a.draft(r)
	if err != nil {
		return err
	}
	s := suggestion{Confidence: sureExact, Estimated: r.u.Minutes == 0}
	if err := s.Draft.FromActivityDraft(api.ActivityDraft{Activity: activity}); err != nil {
		return fmt.Errorf("write a draft: %w", err)
	}
	p, err := r.propose(s)
	if p == nil || err != nil {
		return err
	}
	amount := a.shown(r.w)
	if p.Preview.Calories != nil {
		amount += ", " + r.w.amount(nutrient.Calories, *p.Preview.Calories)
	}
	return r.tell("propose_activity", values{"activity": a.words, "amount": amount, "day": r.w.onDay(r.day())})
}

// logWeight proposes a weight.
func (r *localReply) logWeight() error {
	if r.u.WeightKg <= 0 {
		return r.ask("ask_weight", nil)
	}
	kg := roundTo(r.u.WeightKg, 2)
	at := r.momentOf(r.day(), usualHours[api.MealTypeBreakfast], false)
	s := suggestion{Confidence: sureExact}
	m := api.MeasurementCreate{WeightKg: &kg, MeasuredAt: &at, Timezone: &r.t.Person.ZoneName}
	if err := s.Draft.FromMeasurementDraft(api.MeasurementDraft{Measurement: m}); err != nil {
		return fmt.Errorf("write a draft: %w", err)
	}
	p, err := r.propose(s)
	if p == nil || err != nil {
		return err
	}
	return r.tell("propose_weight", values{"weight": r.w.kilograms(kg, 2), "day": r.w.onDay(r.day())})
}

// copyMeal proposes what was eaten in a meal of another day, yesterday when the message names none, once more today.
func (r *localReply) copyMeal() error {
	from := r.u.From
	if from.IsZero() || from.Equal(r.today()) {
		from = r.today().AddDate(0, 0, -1)
	}
	p := api.ListMealsParams{From: new(dateOf(from)), To: new(dateOf(from)), Limit: new(mealsShown)}
	if r.u.Meal != "" {
		p.MealType = new(api.MealType(r.u.Meal))
	}
	response, err := r.h.rooms.Nutrition.ListMeals(r.ctx, api.ListMealsRequestObject{Params: p})
	found, err := okOr[api.ListMeals200JSONResponse](response, err)
	if err != nil {
		return err
	}
	if len(found.Data) == 0 {
		return r.tell("nothing_to_copy", nil)
	}
	for _, m := range slices.Backward(found.Data) {
		items, err := itemsAgain(m)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			continue
		}
		r.cite(mealSource(m))
		today := draftedMeal{Meal: m.MealType, Day: r.today().Format(time.DateOnly)}
		if _, err := r.proposeItems(today, items, r.namesIn(m), suggestion{Confidence: sureExact}); err != nil {
			return err
		}
	}
	return nil
}

// itemsAgain returns the items of a meal in the form in which they are logged.
func itemsAgain(m api.Meal) ([]api.MealItemCreate, error) {
	items := make([]api.MealItemCreate, len(m.Items))
	for i, item := range m.Items {
		var err error
		switch {
		case item.FoodID != nil && item.ServingID != nil && item.Count != nil:
			err = items[i].FromItemByServing(api.ItemByServing{FoodID: *item.FoodID, ServingID: *item.ServingID, Count: *item.Count})
		case item.FoodID != nil && item.Grams != nil:
			err = items[i].FromItemByGrams(api.ItemByGrams{FoodID: *item.FoodID, Grams: *item.Grams})
		default:
			quick := api.QuickItem{Name: item.Name, Calories: item.Nutrients.Amount(nutrient.Calories)}
			quick.ProteinG, quick.CarbsG = amount(&item.Nutrients, nutrient.Protein), amount(&item.Nutrients, nutrient.Carbs)
			quick.FatG = amount(&item.Nutrients, nutrient.Fat)
			err = items[i].FromQuickItem(quick)
		}
		if err != nil {
			return nil, fmt.Errorf("write an item: %w", err)
		}
	}
	return items, nil
}
