package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	openapi_types "github.com/oapi-codegen/runtime/types"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// personHeader has the id of the user; the server written by hand does not check it.
const personHeader = "X-Person"

// diary has the handlers written by hand: plain SQL as the owner of the tables, one round trip each, and the contract's JSON.
type diary struct{ pool *pgxpool.Pool }

func (d diary) register(mux *http.ServeMux) {
	for pattern, response := range map[string]func(context.Context, uuid.UUID, *http.Request) (any, error){
		"GET /api/v1/nutrition/days/{date}": d.day,
		"GET /api/v1/nutrition/days":        d.days,
		"POST /api/v1/nutrition/meals":      d.create,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			person, err := uuid.Parse(r.Header.Get(personHeader))
			if err == nil {
				var value any
				if value, err = response(r.Context(), person, r); err == nil {
					var body []byte
					if body, err = json.Marshal(value); err == nil {
						w.Header().Set("Content-Type", "application/json")
						if r.Method == http.MethodPost {
							w.WriteHeader(http.StatusCreated)
						}
						_, _ = w.Write(append(body, '\n'))
						return
					}
				}
			}
			http.Error(w, err.Error(), http.StatusInternalServerError)
		})
	}
}

// columns of an item, in the order in which scanItem takes them.
var columns = "i.id, i.kind, i.food_id, i.label, i.name, i.brand, i.grams::float8, i." + strings.Join(
	nutrient.Keys(),
	"::float8, i.",
) + "::float8"

// line is a meal with one of its items.
type line struct {
	meal      api.Meal
	localDate time.Time
	item      *uuid.UUID
	kind      *api.ItemKind
	food      *uuid.UUID
	label     *string
	name      *string
	brand     *string
	grams     *float64
	values    [nutrient.Count]*float64
}

func (l *line) into() []any {
	into := []any{
		&l.meal.ID, &l.meal.MealType, &l.meal.EatenAt, &l.localDate, &l.meal.Timezone, &l.meal.Source, &l.meal.CreatedAt, &l.meal.UpdatedAt,
		&l.item, &l.kind, &l.food, &l.label, &l.name, &l.brand, &l.grams,
	}
	for i := range l.values {
		into = append(into, &l.values[i])
	}
	return into
}

const mealColumns = "m.id, m.meal_type, m.eaten_at, m.local_date, m.timezone, m.source, m.created_at, m.updated_at, "

func (d diary) day(ctx context.Context, person uuid.UUID, r *http.Request) (any, error) {
	day, err := time.Parse(time.DateOnly, r.PathValue("date"))
	if err != nil {
		return nil, err
	}
	b := &pgx.Batch{}
	b.Queue("select timezone, target_calories, target_protein_g, target_carbs_g, target_fat_g from public.profiles where id = $1", person)
	b.Queue("select "+mealColumns+columns+`
		from public.meals m
		left join public.meal_items i on i.user_id = m.user_id and i.meal_id = m.id and i.deleted_at is null
		where m.user_id = $1 and m.local_date = $2 and m.deleted_at is null
		order by m.eaten_at, m.id, i.position, i.id`, person, day)
	results := d.pool.SendBatch(ctx, b)
	defer results.Close()
	var zone string
	var targets [4]*int
	if err := results.QueryRow().Scan(&zone, &targets[0], &targets[1], &targets[2], &targets[3]); err != nil {
		return nil, err
	}
	rows, err := results.Query()
	if err != nil {
		return nil, err
	}
	meals, total, byType, err := collectMeals(rows)
	if err != nil {
		return nil, err
	}
	response := api.NutritionDay{Date: openapi_types.Date{Time: day}, Timezone: zone, Meals: meals, Totals: total.Totals()}
	for kind, into := range map[api.MealType]**api.Totals{
		"breakfast": &response.ByMealType.Breakfast, "lunch": &response.ByMealType.Lunch, "dinner": &response.ByMealType.Dinner,
		"snack": &response.ByMealType.Snack, "other": &response.ByMealType.Other,
	} {
		if s := byType[kind]; s != nil {
			*into = new(s.Totals())
		}
	}
	if targets[0] != nil {
		response.Targets = &api.DayTargets{Calories: *targets[0], ProteinG: *targets[1], CarbsG: *targets[2], FatG: *targets[3]}
		left := func(id nutrient.ID) float64 { return total.Remaining(id, *targets[id]) }
		response.Remaining = &api.Remaining{Calories: left(0), ProteinG: left(1), CarbsG: left(2), FatG: left(3)}
	}
	return response, nil
}

func collectMeals(rows pgx.Rows) (meals []api.Meal, total nutrient.Sum, byType map[api.MealType]*nutrient.Sum, err error) {
	defer rows.Close()
	meals, byType = []api.Meal{}, map[api.MealType]*nutrient.Sum{}
	var of nutrient.Sum
	for rows.Next() {
		var l line
		if err := rows.Scan(l.into()...); err != nil {
			return nil, total, nil, err
		}
		if len(meals) == 0 || meals[len(meals)-1].ID != l.meal.ID {
			l.meal.LocalDate = openapi_types.Date{Time: l.localDate}
			l.meal.EatenAt, l.meal.CreatedAt, l.meal.UpdatedAt = l.meal.EatenAt.UTC(), l.meal.CreatedAt.UTC(), l.meal.UpdatedAt.UTC()
			l.meal.Items, of = []api.MealItem{}, nutrient.Sum{}
			meals = append(meals, l.meal)
		}
		if l.item == nil {
			continue
		}
		m := &meals[len(meals)-1]
		if byType[m.MealType] == nil {
			byType[m.MealType] = &nutrient.Sum{}
		}
		v := knownValues(l.values)
		m.Items = append(m.Items, api.MealItem{
			ID: *l.item, Kind: *l.kind, FoodID: l.food, Label: *l.label, Name: *l.name, Brand: l.brand, Grams: l.grams,
			Nutrients: v,
		})
		of.Add(v)
		total.Add(v)
		byType[m.MealType].Add(v)
		m.Totals = of.Totals()
	}
	return meals, total, byType, rows.Err()
}

func (d diary) days(ctx context.Context, person uuid.UUID, r *http.Request) (any, error) {
	from, err := time.Parse(time.DateOnly, r.URL.Query().Get("from"))
	if err != nil {
		return nil, err
	}
	to, err := time.Parse(time.DateOnly, r.URL.Query().Get("to"))
	if err != nil {
		return nil, err
	}
	b := &pgx.Batch{}
	b.Queue(
		"select local_date, count(*) from public.meals where user_id = $1 and local_date between $2 and $3 and deleted_at is null group by local_date",
		person,
		from,
		to,
	)
	b.Queue(sumSQL, person, from, to)
	results := d.pool.SendBatch(ctx, b)
	defer results.Close()
	counts, sums, err := readSums(results)
	if err != nil {
		return nil, err
	}
	return rangeResponse(from, to, counts, sums), nil
}

// readSums reads the number of meals and the sums of each day.
func readSums(results pgx.BatchResults) (counts map[time.Time]int, sums map[time.Time]nutrient.Sum, err error) {
	counts, sums = map[time.Time]int{}, map[time.Time]nutrient.Sum{}
	rows, err := results.Query()
	if err != nil {
		return nil, nil, err
	}
	for rows.Next() {
		var day time.Time
		var n int
		if err := rows.Scan(&day, &n); err != nil {
			return nil, nil, err
		}
		counts[day] = n
	}
	if rows, err = results.Query(); err != nil {
		return nil, nil, err
	}
	for rows.Next() {
		var day time.Time
		var items int
		var values [nutrient.Count]*float64
		var known [nutrient.Count]int32
		into := []any{&day, &items}
		for i := range values {
			into = append(into, &values[i], &known[i])
		}
		if err := rows.Scan(into...); err != nil {
			return nil, nil, err
		}
		sums[day] = nutrient.SumOf(items, knownValues(values), known[:])
	}
	return counts, sums, rows.Err()
}

func rangeResponse(from, to time.Time, counts map[time.Time]int, sums map[time.Time]nutrient.Sum) api.NutritionRange {
	response := api.NutritionRange{Data: []api.RangeDay{}, Weeks: []api.RangeWeek{}}
	var week nutrient.Sum
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		if len(response.Weeks) == 0 || day.Equal(monday) {
			week = nutrient.Sum{}
			response.Weeks = append(response.Weeks, api.RangeWeek{WeekStart: openapi_types.Date{Time: monday}})
		}
		s := sums[day]
		response.Data = append(response.Data, api.RangeDay{
			Date: openapi_types.Date{Time: day}, MealsCount: counts[day], Logged: s.Items() > 0, Totals: s.Totals(),
		})
		week.Merge(s)
		w := &response.Weeks[len(response.Weeks)-1]
		if s.Items() > 0 {
			w.DaysLogged++
			w.Divisor++
		}
		w.Totals = week.Totals()
		if w.Divisor > 0 {
			w.Averages = new(week.Average(w.Divisor))
		}
	}
	return response
}

// knownValues converts columns to nutrient values; null is unknown.
func knownValues(columns [nutrient.Count]*float64) (v nutrient.Values) {
	for id, amount := range columns {
		if amount != nil {
			v.Set(nutrient.ID(id), *amount)
		}
	}
	return v
}

var sumSQL = func() string {
	s := "select local_date, items"
	for _, n := range nutrient.Keys() {
		s += fmt.Sprintf(", %s, %[1]s_known", n)
	}
	return s + " from public.nutrition_days where user_id = $1 and local_date between $2 and $3"
}()

// createSQL writes the same rows as the API: the meal, its items, and the per-100-g values that the items were computed from.
var createSQL = func() string {
	nutrients := nutrient.Keys()
	basis, values := make([]string, len(nutrients)), make([]string, len(nutrients))
	for i, n := range nutrients {
		basis[i] = fmt.Sprintf("'%s', f.%[1]s", n)
		values[i] = fmt.Sprintf("round(f.%s * w.grams / 100, 3)", n)
	}
	names := strings.Join(nutrients, ", ")
	return `
	with m as (
	  insert into public.meals (user_id, id, meal_type, eaten_at, local_date, timezone, source, next_position)
	  select p.id, gen_random_uuid(), $2, $3, ($3::timestamptz at time zone p.timezone)::date, p.timezone, 'manual', cardinality($4::uuid[])
	  from public.profiles p where p.id = $1
	  returning *
	), i as (
	  insert into public.meal_items (user_id, id, meal_id, local_date, position, kind, food_id, label, name, brand, grams, basis, ` + names + `)
	  select m.user_id, gen_random_uuid(), m.id, m.local_date, w.n - 1, 'grams', f.id, trim_scale(w.grams) || ' g', f.name, f.brand, w.grams,
	    jsonb_strip_nulls(jsonb_build_object('name', f.name, 'brand', f.brand, ` + strings.Join(basis, ", ") + `)), ` + strings.Join(values, ", ") + `
	  from m
	  cross join rows from (unnest($4::uuid[]), unnest($5::numeric[])) with ordinality as w (food, grams, n)
	  join public.foods f on f.id = w.food
	  returning *
	)
	select ` + mealColumns + columns + ` from m left join i on true order by i.position`
}()

func (d diary) create(ctx context.Context, person uuid.UUID, r *http.Request) (any, error) {
	var wanted struct {
		MealType string    `json:"meal_type"`
		EatenAt  time.Time `json:"eaten_at"`
		Items    []struct {
			FoodID uuid.UUID `json:"food_id"`
			Grams  float64   `json:"grams"`
		} `json:"items"`
	}
	if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
		return nil, err
	}
	foods, grams := make([]uuid.UUID, len(wanted.Items)), make([]float64, len(wanted.Items))
	for i, item := range wanted.Items {
		foods[i], grams[i] = item.FoodID, item.Grams
	}
	rows, err := d.pool.Query(ctx, createSQL, person, wanted.MealType, wanted.EatenAt, foods, grams)
	if err != nil {
		return nil, err
	}
	meals, _, _, err := collectMeals(rows)
	if err != nil {
		return nil, err
	}
	return meals[0], nil
}
