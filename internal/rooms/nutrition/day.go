package nutrition

import (
	"context"
	"log/slog"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/calendar"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// GetNutritionDay returns a day with its meals, totals and targets, read in one round trip.
func (h *Handlers) GetNutritionDay(ctx context.Context, r api.GetNutritionDayRequestObject) (api.GetNutritionDayResponseObject, error) {
	day, err := validation.DayOrToday("date", r.Date)
	if err != nil {
		return nil, err
	}
	rows, err := h.db.GetDay(ctx, queries.GetDayParams{UserID: db.IdentityFrom(ctx).UserID, Day: day, Now: h.now()})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, problem.New(problem.NotFound) // the account was deleted during the request
	}
	return api.GetNutritionDay200JSONResponse(nutritionDay(rows)), nil
}

// ListNutritionDays returns every day of a range, and its weeks.
func (h *Handlers) ListNutritionDays(
	ctx context.Context, r api.ListNutritionDaysRequestObject,
) (api.ListNutritionDaysResponseObject, error) {
	from, to := r.Params.From.Time, r.Params.To.Time
	var fields validation.Errors
	fields.Days(from, to)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	rows, err := h.db.SumDays(ctx, queries.SumDaysParams{UserID: db.IdentityFrom(ctx).UserID, FromDay: from, ToDay: to})
	if err != nil {
		return nil, err
	}
	return api.ListNutritionDays200JSONResponse(nutritionRange(from, to, rows)), nil
}

// CopyNutritionDay copies all meals of a day to another day.
func (h *Handlers) CopyNutritionDay(ctx context.Context, r api.CopyNutritionDayRequestObject) (api.CopyNutritionDayResponseObject, error) {
	day, err := validation.DayOrToday("date", r.Date)
	if err != nil {
		return nil, err
	}
	var fields validation.Errors
	fields.Zone("timezone", r.Body.Timezone)
	fields.TargetDay("to", r.Body.To.Time, h.now())
	if err := fields.Err(); err != nil {
		return nil, err
	}
	if day == nil {
		today, err := h.db.GetToday(ctx, queries.GetTodayParams{UserID: db.IdentityFrom(ctx).UserID, Now: h.now()})
		if err != nil {
			return nil, err
		}
		day = &today
	}
	if day.Equal(r.Body.To.Time) {
		return nil, problem.Unprocessable(sameDay.At("to"))
	}
	p := queries.CopyMealsOfDayParams{UserID: db.IdentityFrom(ctx).UserID, Day: *day, ToDay: r.Body.To.Time, Timezone: r.Body.Timezone}
	var lines []queries.Diary
	err = h.db.Tx(ctx, func(ctx context.Context) error {
		copies, err := h.db.CopyMealsOfDay(ctx, p)
		if err != nil || len(copies) == 0 {
			return err
		}
		lines, err = h.db.ListMealsByID(db.AndCommit(ctx), queries.ListMealsByIDParams{UserID: p.UserID, MealIds: copies})
		return err
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	response := api.MealCopies{Data: mealsOf(lines)}
	if len(response.Data) == 0 {
		return nil, problem.Unprocessable(nothingToCopy.At("date"))
	}
	slog.InfoContext(ctx, "nutrition_day_copied", "meals", len(response.Data))
	return api.CopyNutritionDay201JSONResponse(response), nil
}

func nutritionDay(rows []queries.GetDayRow) api.NutritionDay {
	lines := make([]queries.Diary, len(rows))
	var total nutrient.Sum
	byType := map[string]*nutrient.Sum{}
	for i, row := range rows {
		d := row.Diary
		lines[i] = d
		if d.MealID == nil {
			continue
		}
		kind := byType[*d.MealType]
		if kind == nil {
			kind = &nutrient.Sum{}
			byType[*d.MealType] = kind
		}
		if d.ItemID != nil {
			kind.Add(d.Nutrients)
			total.Add(d.Nutrients)
		}
	}
	first := rows[0]
	day := api.NutritionDay{
		Date: openapi_types.Date{Time: first.Day}, Timezone: first.Zone, Totals: total.Totals(), Meals: mealsOf(lines),
	}
	for kind, into := range map[string]**api.Totals{
		"breakfast": &day.ByMealType.Breakfast, "lunch": &day.ByMealType.Lunch, "dinner": &day.ByMealType.Dinner,
		"snack": &day.ByMealType.Snack, "other": &day.ByMealType.Other,
	} {
		if t := byType[kind]; t != nil {
			*into = new(t.Totals())
		}
	}
	if first.TargetCalories == nil { // a constraint of the table: all targets are set or none
		return day
	}
	t := api.DayTargets{
		Calories: int(*first.TargetCalories), ProteinG: int(*first.TargetProteinG),
		CarbsG: int(*first.TargetCarbsG), FatG: int(*first.TargetFatG),
	}
	day.Targets = &t
	day.Remaining = &api.Remaining{
		Calories: total.Remaining(nutrient.Calories, t.Calories), ProteinG: total.Remaining(nutrient.Protein, t.ProteinG),
		CarbsG: total.Remaining(nutrient.Carbs, t.CarbsG), FatG: total.Remaining(nutrient.Fat, t.FatG),
	}
	return day
}

// nutritionRange returns every day of the range and its weeks, which start on Monday. Days outside the range are not counted in
// the first and the last week.
func nutritionRange(from, to time.Time, rows []queries.SumDaysRow) api.NutritionRange {
	r := api.NutritionRange{Data: []api.RangeDay{}, Weeks: []api.RangeWeek{}}
	var week nutrient.Sum
	logged := 0
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		var sum nutrient.Sum
		entry := api.RangeDay{Date: openapi_types.Date{Time: day}}
		if len(rows) > 0 && rows[0].LocalDate.Equal(day) {
			sum = nutrient.SumOf(int(rows[0].Items), rows[0].Sums, rows[0].Known)
			entry.MealsCount, entry.Logged = int(rows[0].Meals), sum.Items() > 0
			rows = rows[1:]
		}
		entry.Totals = sum.Totals()
		r.Data = append(r.Data, entry)

		week.Merge(sum)
		if entry.Logged {
			logged++
		}
		if day.Weekday() == time.Sunday || day.Equal(to) {
			w := api.RangeWeek{
				WeekStart: openapi_types.Date{Time: calendar.Monday(day)}, DaysLogged: logged, Divisor: logged, Totals: week.Totals(),
			}
			if logged > 0 {
				w.Averages = new(week.Average(logged))
			}
			r.Weeks = append(r.Weeks, w)
			week, logged = nutrient.Sum{}, 0
		}
	}
	return r
}
