// Package dashboard returns everything of a local day in one response, read in one round trip: what a home screen needs.
package dashboard

import (
	"context"
	"log/slog"
	"math"
	"time"

	"github.com/go-json-experiment/json" // reads in a third of the time of version 1
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/targets"
	"github.com/ultimatecoach/api/internal/tools/validation"
	"github.com/ultimatecoach/api/internal/tools/weighttrend"
)

const (
	// weekDays are the days of the mean of micronutrients.
	weekDays = 7
	// maxDays is how many days a list has. The contract has the same number.
	maxDays = 92
)

// Handlers implements the operations of this room.
type Handlers struct {
	db  *db.DB
	now func() time.Time
}

// New returns the handlers.
func New(d room.Deps) *Handlers { return &Handlers{d.DB, d.Now} }

// Demonstrate marks the day before the last one as complete.
func (h *Handlers) Demonstrate(ctx context.Context, d room.Demo) error {
	return h.db.SetDayCompletion(ctx, queries.SetDayCompletionParams{
		UserID: db.IdentityFrom(ctx).UserID, Day: d.Day.AddDate(0, 0, -1), Complete: true,
	})
}

// GetDay returns everything of a day.
func (h *Handlers) GetDay(ctx context.Context, r api.GetDayRequestObject) (api.GetDayResponseObject, error) {
	day, err := validation.DayOrToday("date", r.Date)
	if err != nil {
		return nil, err
	}
	row, err := h.db.GetDashboard(ctx, queries.GetDashboardParams{
		UserID: db.IdentityFrom(ctx).UserID, Day: day, WeightDaysBefore: weighttrend.MemoryDays, Now: h.now(),
	})
	if db.IsNoRows(err) {
		return nil, problem.New(problem.NotFound) // the account was deleted during the request
	}
	if err != nil {
		return nil, err
	}
	response, err := dayOf(row, targets.ProfileAt(row.Profile, h.now()))
	if err != nil {
		return nil, err
	}
	return api.GetDay200JSONResponse(response), nil
}

// ListDays returns the sums of every day of a range.
func (h *Handlers) ListDays(ctx context.Context, r api.ListDaysRequestObject) (api.ListDaysResponseObject, error) {
	from, to := r.Params.From.Time, r.Params.To.Time
	var fields validation.Errors
	fields.Range(&from, &to)
	if to.Sub(from) >= maxDays*24*time.Hour {
		fields.AddMessage("to", validation.RangeTooLong, "must be within %d days of from", maxDays)
	}
	if err := fields.Err(); err != nil {
		return nil, err
	}
	rows, err := h.db.ListDashboardDays(ctx, queries.ListDashboardDaysParams{
		UserID: db.IdentityFrom(ctx).UserID, FromDay: from, ToDay: to, WeightDaysBefore: weighttrend.MemoryDays,
	})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, problem.New(problem.NotFound) // the account was deleted during the request
	}
	p := targets.ProfileAt(rows[0].Profile, h.now())
	response := api.DashboardDays{Data: []api.DaySummary{}, Targets: targetsOf(p), Exercise: exerciseOf(p)}
	last := rows[len(rows)-1]
	trend := weighttrend.Days(weightsOf(last.WeightDays, last.Weights), from, to)
	for i, row := range rows {
		response.Data = append(response.Data, summaryOf(row, trend[i], response.Exercise.Applied))
	}
	return api.ListDays200JSONResponse(response), nil
}

// SetDayCompletion notes whether everything of a day is logged.
func (h *Handlers) SetDayCompletion(ctx context.Context, r api.SetDayCompletionRequestObject) (api.SetDayCompletionResponseObject, error) {
	day, err := validation.DayOrToday("date", r.Date)
	if err != nil {
		return nil, err
	}
	user := db.IdentityFrom(ctx).UserID
	if day == nil {
		today, err := h.db.GetToday(ctx, queries.GetTodayParams{UserID: user, Now: h.now()})
		if err != nil {
			return nil, err
		}
		day = &today
	}
	if err := h.db.SetDayCompletion(ctx, queries.SetDayCompletionParams{UserID: user, Day: *day, Complete: r.Body.Complete}); err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "day_completion_set", "complete", r.Body.Complete)
	return api.SetDayCompletion204Response{}, nil
}

// dayOf returns the response of a day.
func dayOf(row queries.GetDashboardRow, p targets.Profile) (api.DashboardDay, error) {
	sum, week := sumsOf(row)
	d := api.DashboardDay{
		Date: openapi_types.Date{Time: row.Day}, Timezone: p.Timezone, Complete: row.Complete, Targets: targetsOf(p),
		Nutrition: api.DayNutrition{Logged: sum.Items() > 0, Totals: sum.Totals(), Meals: []api.DayMeal{}},
		Activities: api.DayActivities{
			Count: int(row.ActivitiesCount), Minutes: tenth(row.ActivitySeconds / 60), Kcal: tenth(row.ActivityKcal),
			KcalNet: tenth(row.ActivityKcalNet), UnknownKcalCount: int(row.ActivityNetUnknown), Activities: []api.DayActivity{},
		},
		Exercise: exerciseOf(p), WaterMl: int(row.WaterMl), SleepMinutes: int(row.AsleepMinutes),
		Micronutrients: micronutrients(row.Day, sum, week, len(row.WeekDays), p),
	}
	if err := json.Unmarshal(row.Meals, &d.Nutrition.Meals); err != nil {
		return d, err
	}
	if err := json.Unmarshal(row.Activities, &d.Activities.Activities); err != nil {
		return d, err
	}
	d.Nutrition.MealsCount = len(d.Nutrition.Meals)
	added := addedKcal(d.Exercise.Applied, row.ActivityKcalNet)
	d.Exercise.AddedKcal = &added
	if t := d.Targets; t != nil {
		d.Remaining = &api.Remaining{
			Calories: math.Round((sum.Remaining(nutrient.Calories, t.Calories)+added)*1000) / 1000,
			ProteinG: sum.Remaining(nutrient.Protein, t.ProteinG),
			CarbsG:   sum.Remaining(nutrient.Carbs, t.CarbsG), FatG: sum.Remaining(nutrient.Fat, t.FatG),
		}
	}
	weights := weightsOf(row.WeightDays, row.Weights)
	trend := weighttrend.Days(weights, row.Day, row.Day)[0]
	last := row.Day
	if p.Today.Before(last) {
		last = p.Today
	}
	d.Body = api.DayBody{
		WeightKg: trend.Raw, TrendKg: weighttrend.ToGrams(trend.Trend), Observed: trend.Raw != nil,
		Rate: weighttrend.RateAt(weights, last).Response(),
	}
	return d, nil
}

func summaryOf(row queries.ListDashboardDaysRow, trend weighttrend.Day, applied api.ExerciseCalories) api.DaySummary {
	sum := nutrient.SumOf(int(row.Items), row.Sums, row.Known)
	totals := sum.Totals()
	return api.DaySummary{
		Date: openapi_types.Date{Time: row.Day}, Complete: row.Complete, Logged: row.Items > 0, MealsCount: int(row.MealsCount),
		Calories: totals.Amount(nutrient.Calories), ProteinG: totals.Amount(nutrient.Protein),
		CarbsG: totals.Amount(nutrient.Carbs), FatG: totals.Amount(nutrient.Fat),
		ActivitiesCount: int(row.ActivitiesCount), ActivityMinutes: tenth(row.ActivitySeconds / 60),
		ActivityKcal: tenth(row.ActivityKcal), ActivityKcalNet: tenth(row.ActivityKcalNet),
		AddedKcal: addedKcal(applied, row.ActivityKcalNet),
		WeightKg:  trend.Raw, TrendKg: weighttrend.ToGrams(trend.Trend),
		WaterMl: int(row.WaterMl), SleepMinutes: int(row.AsleepMinutes),
	}
}

// sumsOf returns what was eaten on the day, and in the week that ends with it.
func sumsOf(row queries.GetDashboardRow) (day, week nutrient.Sum) {
	for i, on := range row.WeekDays {
		first := i * (len(row.WeekSums) / len(row.WeekDays))
		sum := nutrient.SumOf(int(row.WeekItems[i]), nutrient.ValuesOf(row.WeekSums[first:]), row.WeekKnown[first:])
		week.Merge(sum)
		if on.Equal(row.Day) {
			day = sum
		}
	}
	return day, week
}

func weightsOf(days []time.Time, kg []float64) []weighttrend.Weight {
	weights := make([]weighttrend.Weight, len(days))
	for i := range days {
		weights[i] = weighttrend.Weight{Day: days[i], Kg: kg[i]}
	}
	return weights
}

// targetsOf returns nil while the targets are not known.
func targetsOf(p targets.Profile) *api.DayTargets {
	t := p.Targets()
	if t == nil {
		return nil
	}
	return &api.DayTargets{Calories: t.Calories, ProteinG: t.ProteinG, CarbsG: t.CarbsG, FatG: t.FatG}
}

// exerciseOf returns what activities add to the target of a day. Learned targets contain exercise, whatever the person chose: adding it
// would count it twice.
func exerciseOf(p targets.Profile) api.DayExercise {
	policy := api.ExerciseCalories(p.ExerciseCalories)
	e := api.DayExercise{Policy: policy, Applied: policy, Basis: api.DayExerciseBasisSeparate}
	switch {
	case policy == api.ExerciseCaloriesNone:
		e.Basis = api.DayExerciseBasisIncluded
	case p.AdaptiveTDEE != nil:
		e.Applied, e.Basis = api.ExerciseCaloriesNone, api.DayExerciseBasisIncluded
		e.Reason = &api.Reason{
			Code:    "adaptive_targets",
			Message: "Your targets were learned from your weights and meals, which contain exercise: adding it would count it twice.",
		}
	}
	return e
}

// addedKcal returns what is added to the target, from the energy above rest.
func addedKcal(applied api.ExerciseCalories, netKcal float64) float64 {
	switch applied {
	case api.ExerciseCaloriesAll:
		return tenth(netKcal)
	case api.ExerciseCaloriesHalf:
		return tenth(netKcal / 2)
	case api.ExerciseCaloriesNone:
	}
	return 0
}

func tenth(v float64) float64 { return math.Round(v*10) / 10 }
