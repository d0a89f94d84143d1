package coach

import (
	"slices"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/intent"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

// dashboard returns what the dashboard shows of a day.
func (r *localReply) dashboard(day time.Time) (api.DashboardDay, error) {
	response, err := r.h.rooms.Dashboard.GetDay(r.ctx, api.GetDayRequestObject{Date: day.Format(time.DateOnly)})
	ok, err := okOr[api.GetDay200JSONResponse](response, err)
	if err == nil {
		r.cite(daySource(day))
	}
	return api.DashboardDay(ok), err
}

// wanted returns the nutrients that the message asks for, or those that have targets.
func (r *localReply) wanted() (ids []nutrient.ID) {
	for _, key := range append([]string{r.u.Nutrient}, r.u.AlsoNutrients...) {
		if id, ok := nutrient.ByKey(key); ok {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return mainNutrients
	}
	return ids
}

// remaining says what is left of the targets of a day.
func (r *localReply) remaining() error {
	day, err := r.dashboard(r.day())
	if err != nil {
		return err
	}
	ids := r.wanted()
	if !slices.Contains(mainNutrients, ids[0]) {
		return r.remainingMicronutrient(&day, ids[0])
	}
	if day.Remaining == nil || day.Targets == nil {
		if err := r.tellMissingTargets(); err != nil {
			return err
		}
		return r.tellTotals(&day, ids)
	}
	if err := r.tellLeft(day.Date.Time, *day.Remaining, ids); err != nil {
		return err
	}
	eaten, target := day.Nutrition.Totals.Values, targetValues(day.Targets)
	return r.tell("eaten_of_target", values{"eaten": r.w.amounts(&eaten, ids...), "target": r.w.amounts(&target, ids...)})
}

// tellLeft says what is left, and what is past its target.
func (r *localReply) tellLeft(day time.Time, rest api.Remaining, ids []nutrient.ID) error {
	left, over := leftAndOver(rest)
	if text := r.w.amounts(&left, ids...); text != "" {
		id := "remaining_day"
		if day.Equal(r.today()) {
			id = "remaining_today"
		}
		if err := r.tell(id, values{"day": r.w.day(day), "left": text}); err != nil {
			return err
		}
	}
	if text := r.w.amounts(&over, ids...); text != "" {
		return r.tell("target_passed", values{"over": text})
	}
	if !left.Knows(ids...) && len(ids) == 1 {
		return r.tell("target_reached", nil)
	}
	return nil
}

// leftAndOver returns what is left, and what is past its target, as positive amounts. What is exactly reached is in neither.
func leftAndOver(rest api.Remaining) (left, over nutrient.Values) {
	for id, n := range map[nutrient.ID]float64{
		nutrient.Calories: rest.Calories, nutrient.Protein: rest.ProteinG, nutrient.Carbs: rest.CarbsG, nutrient.Fat: rest.FatG,
	} {
		switch {
		case n > 0:
			left.Set(id, n)
		case n < 0:
			over.Set(id, -n)
		}
	}
	return left, over
}

func targetValues(t *api.DayTargets) nutrient.Values {
	return nutrient.Of(map[nutrient.ID]float64{
		nutrient.Calories: float64(t.Calories), nutrient.Protein: float64(t.ProteinG),
		nutrient.Carbs: float64(t.CarbsG), nutrient.Fat: float64(t.FatG),
	})
}

// remainingMicronutrient says how much of another nutrient was eaten, and its reference where there is one.
func (r *localReply) remainingMicronutrient(day *api.DashboardDay, id nutrient.ID) error {
	eaten, known := day.Nutrition.Totals.Get(id)
	if !known && day.Nutrition.Logged {
		return r.tell("unknown_in_foods", nil)
	}
	amount := values{"eaten": r.w.amount(id, eaten)}
	for _, m := range day.Micronutrients.Data {
		if m.Nutrient == nutrient.Table[id].Key {
			amount["target"] = r.w.amount(id, m.Reference)
			if err := r.tell("eaten_of_reference", amount); err != nil {
				return err
			}
			return r.tellCoverage(day.Nutrition.Totals, id)
		}
	}
	if err := r.tell("eaten_without_target", amount); err != nil {
		return err
	}
	return r.tellCoverage(day.Nutrition.Totals, id)
}

// tellCoverage says so when some foods do not state a nutrient.
func (r *localReply) tellCoverage(totals api.Totals, id nutrient.ID) error {
	if share, known := totals.Coverage.Get(id); known && share < 1 {
		return r.tell("partly_known", nil)
	}
	return nil
}

// tellMissingTargets says which fields of the profile are missing for targets.
func (r *localReply) tellMissingTargets() error {
	r.cite(profileSource())
	p := r.t.Person.Profile
	var missing []string
	for _, f := range []struct {
		name    string
		missing bool
	}{
		{"birth_date", p.BirthDate == nil}, {"biological_sex", p.BiologicalSex == nil}, {"height_cm", p.HeightCm == nil},
		{"current_weight_kg", p.CurrentWeightKg == nil}, {"activity_level", p.ActivityLevel == nil}, {"primary_goal", p.PrimaryGoal == nil},
	} {
		if f.missing {
			missing = append(missing, r.w.text("missing_"+f.name, nil))
		}
	}
	return r.tell("targets_missing", values{"fields": r.w.list("and", missing)})
}

// dayTotal says what was eaten on a day or in one of its meals.
func (r *localReply) dayTotal() error {
	if r.u.Record != "" {
		return r.tellRecord()
	}
	if r.isRange() {
		return r.rangeSummary()
	}
	if r.u.Meal != "" {
		return r.mealTotal()
	}
	day, err := r.dashboard(r.day())
	if err != nil {
		return err
	}
	return r.tellTotals(&day, r.wanted())
}

// tellTotals says what was eaten on a day.
func (r *localReply) tellTotals(day *api.DashboardDay, ids []nutrient.ID) error {
	if !day.Nutrition.Logged {
		return r.tellNothingLogged(day.Date.Time)
	}
	return r.tellAmounts("day_total", values{"day": r.w.day(day.Date.Time)}, day.Nutrition.Totals, ids)
}

func (r *localReply) tellNothingLogged(day time.Time) error {
	if day.Equal(r.today()) {
		return r.tell("nothing_today", nil)
	}
	return r.tell("nothing_day", values{"day": r.w.onDay(day)})
}

// tellAmounts says amounts in a sentence, or that they are not known.
func (r *localReply) tellAmounts(id string, v values, totals api.Totals, ids []nutrient.ID) error {
	amounts := r.w.amounts(&totals.Values, ids...)
	if amounts == "" {
		return r.tell("unknown_in_foods", nil)
	}
	v["amounts"] = amounts
	if err := r.tell(id, v); err != nil {
		return err
	}
	if len(ids) == 1 {
		return r.tellCoverage(totals, ids[0])
	}
	return nil
}

func (r *localReply) mealTotal() error {
	day := r.day()
	response, err := r.h.rooms.Nutrition.GetNutritionDay(r.ctx, api.GetNutritionDayRequestObject{Date: day.Format(time.DateOnly)})
	found, err := okOr[api.GetNutritionDay200JSONResponse](response, err)
	if err != nil {
		return err
	}
	r.cite(daySource(day))
	by := found.ByMealType
	totals := map[string]*api.Totals{
		string(api.MealTypeBreakfast): by.Breakfast, string(api.MealTypeLunch): by.Lunch, string(api.MealTypeDinner): by.Dinner,
		string(api.MealTypeSnack): by.Snack, string(api.MealTypeOther): by.Other,
	}[r.u.Meal]
	if totals == nil {
		return r.tell("no_such_meal", values{"day": r.w.onDay(day)})
	}
	for _, m := range found.Meals {
		if string(m.MealType) == r.u.Meal {
			r.cite(mealSource(m))
		}
	}
	return r.tellAmounts("meal_total", values{"day": r.w.day(day), "meal": r.w.meal(api.MealType(r.u.Meal))}, *totals, r.wanted())
}

// Days that are summed up when the message names none: a week, and for the most and the least a month.
const (
	summaryDays  = 7
	extremesDays = 30
)

// rangeSummary says the average, the sum, the most or the least of several days.
func (r *localReply) rangeSummary() error {
	switch {
	case r.u.Record != "":
		return r.tellRecord()
	case !r.u.From.IsZero() && r.u.From.Equal(r.u.To): // one of two compared days
		return r.dayTotal()
	}
	extreme := r.u.Stat == intent.Max || r.u.Stat == intent.Min
	days := summaryDays
	if extreme {
		days = extremesDays
	}
	from, to := r.span(days)
	response, err := r.h.rooms.Nutrition.ListNutritionDays(r.ctx, api.ListNutritionDaysRequestObject{
		Params: api.ListNutritionDaysParams{From: dateOf(from), To: dateOf(to)},
	})
	found, err := okOr[api.ListNutritionDays200JSONResponse](response, err)
	if err != nil {
		return err
	}
	logged := slices.DeleteFunc(found.Data, func(d api.RangeDay) bool { return !d.Logged })
	if len(logged) == 0 {
		return r.tell("nothing_range", values{"range": r.w.days(from, to)})
	}
	if extreme {
		return r.tellExtreme(logged, from, to)
	}
	return r.tellSum(logged, from, to)
}

// tellSum says the average or the sum of days.
func (r *localReply) tellSum(logged []api.RangeDay, from, to time.Time) error {
	var sum nutrient.Sum
	for _, d := range logged {
		sum.Add(d.Totals.Values)
		r.cite(daySource(d.Date.Time))
	}
	id, totals := "range_average", sum.Average(len(logged))
	if r.u.Stat == intent.Total {
		id, totals = "range_total", sum.Totals()
	}
	ids := r.wanted()
	amounts := r.w.amounts(&totals.Values, ids...)
	if amounts == "" {
		return r.tell("unknown_in_foods", nil)
	}
	if err := r.tell(id, values{"range": r.w.days(from, to), "amount": amounts, "count": len(logged)}); err != nil {
		return err
	}
	if len(ids) == 1 && slices.ContainsFunc(logged, func(d api.RangeDay) bool {
		share, known := d.Totals.Coverage.Get(ids[0])
		return !known || share < 1
	}) {
		return r.tell("partly_known", nil)
	}
	return nil
}

// tellExtreme names the day with the most or the least of a nutrient; of energy when the message names none.
func (r *localReply) tellExtreme(logged []api.RangeDay, from, to time.Time) error {
	id := r.wanted()[0]
	var best *api.RangeDay
	for i := range logged {
		n, known := logged[i].Totals.Get(id)
		if !known {
			continue
		}
		if best == nil || r.u.Stat == intent.Max && n > best.Totals.Amount(id) || r.u.Stat == intent.Min && n < best.Totals.Amount(id) {
			best = &logged[i]
		}
	}
	if best == nil {
		return r.tell("unknown_in_foods", nil)
	}
	r.cite(daySource(best.Date.Time))
	return r.tell("range_"+string(r.u.Stat), values{
		"range": r.w.days(from, to), "amount": r.w.amount(id, best.Totals.Amount(id)), "day": r.w.onDay(best.Date.Time),
	})
}

// mealsShown is how many meals a reply lists.
const mealsShown = 20

// listMeals lists what was eaten.
func (r *localReply) listMeals() error {
	from, to := r.span(1)
	p := api.ListMealsParams{From: new(dateOf(from)), To: new(dateOf(to)), Limit: new(mealsShown)}
	if r.u.Meal != "" {
		p.MealType = new(api.MealType(r.u.Meal))
	}
	response, err := r.h.rooms.Nutrition.ListMeals(r.ctx, api.ListMealsRequestObject{Params: p})
	found, err := okOr[api.ListMeals200JSONResponse](response, err)
	if err != nil {
		return err
	}
	meals := found.Data
	if len(meals) == 0 {
		return r.tellNoMeals(from, to)
	}
	slices.Reverse(meals) // the earliest first
	for i, m := range meals {
		if to.After(from) && (i == 0 || !m.LocalDate.Equal(meals[i-1].LocalDate.Time)) {
			if err := r.tellText("\n", r.w.day(m.LocalDate.Time)); err != nil {
				return err
			}
		}
		if err := r.tellMeal(m); err != nil {
			return err
		}
	}
	if found.NextCursor != nil {
		return r.tellLine("meals_more", nil)
	}
	if from.Equal(to) && len(meals) > 1 && r.u.Meal == "" {
		day, err := r.dashboard(from)
		if err != nil {
			return err
		}
		totals := day.Nutrition.Totals.Values
		return r.tellLine("meals_total", values{"amounts": r.w.amounts(&totals, mainNutrients...)})
	}
	return nil
}

func (r *localReply) tellNoMeals(from, to time.Time) error {
	switch {
	case to.After(from):
		return r.tell("nothing_range", values{"range": r.w.days(from, to)})
	case r.u.Meal != "":
		return r.tell("no_such_meal", values{"day": r.w.onDay(from)})
	}
	return r.tellNothingLogged(from)
}

func (r *localReply) tellMeal(m api.Meal) error {
	r.cite(mealSource(m))
	items := r.namesIn(m)
	for i, item := range m.Items {
		items[i] = r.w.itemOf(items[i], item.Grams)
	}
	return r.tellLine("meals_line", values{
		"meal": capital(r.w.meal(m.MealType)), "items": r.w.list("and", items), "calories": r.w.kcal(m.Totals.Amount(nutrient.Calories)),
	})
}

// namesIn returns what the items of a meal are called.
func (r *localReply) namesIn(m api.Meal) []string {
	names := make([]string, len(m.Items))
	for i, item := range m.Items {
		names[i] = r.localName(item.FoodID, item.Name)
	}
	return names
}

// itemOf returns a food with its weight where it is known.
func (w *writer) itemOf(name string, grams *float64) string {
	if grams == nil {
		return shownName(name)
	}
	return w.text("item_of_amount", values{"food": shownName(name), "amount": w.grams(*grams)})
}

// targets says the targets of the person, and how they come about.
func (r *localReply) targets() error {
	r.cite(profileSource())
	t := r.t.Person.Targets
	if t == nil {
		return r.tellMissingTargets()
	}
	amounts := targetValues(&api.DayTargets{Calories: t.Calories, ProteinG: t.ProteinG, CarbsG: t.CarbsG, FatG: t.FatG})
	if err := r.tell("targets", values{"amounts": r.w.amounts(&amounts, mainNutrients...)}); err != nil {
		return err
	}
	for _, reason := range t.Explanation {
		if err := r.tellReason(t, reason); err != nil {
			return err
		}
	}
	return nil
}

// tellReason says one step of the computation of targets. Its own message is in English alone.
func (r *localReply) tellReason(t *api.Targets, reason api.Reason) error {
	v := values{"minimum": r.w.kcal(safety.MinCalories)}
	if t.BMR != nil && t.TDEE != nil {
		v["bmr"], v["tdee"] = r.w.kcal(float64(*t.BMR)), r.w.kcal(float64(*t.TDEE))
	}
	if goal := r.t.Person.Profile.PrimaryGoal; goal != nil {
		v["goal"] = r.w.text("goal_"+*goal, nil)
	}
	return r.tell("reason_"+reason.Code, v)
}
