package nutrition_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

func dayOf(t testing.TB, p *apitest.Person, date string) api.NutritionDay {
	t.Helper()
	r, err := p.GetNutritionDayWithResponse(t.Context(), date)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func date(y int, m time.Month, d int) openapi_types.Date {
	return openapi_types.Date{Time: time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
}

func rangeOf(t testing.TB, p *apitest.Person, from, to openapi_types.Date) api.NutritionRange {
	t.Helper()
	r, err := p.ListNutritionDaysWithResponse(t.Context(), &api.ListNutritionDaysParams{From: from, To: to})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func setZone(t testing.TB, p *apitest.Person, zone string) {
	t.Helper()
	r, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{Timezone: &zone})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
}

func TestGetNutritionDay_WithoutMeals_HasAllFieldsAndNoMeals(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	d := dayOf(t, p, "2026-11-23")
	require.Empty(t, d.Meals)
	require.NotNil(t, d.Meals)
	require.Nil(t, d.Targets, "the profile is empty")
	require.Nil(t, d.Remaining)
	require.Equal(t, api.Totals{ProteinG: new(0.0), CarbsG: new(0.0), FatG: new(0.0)}, d.Totals)
	require.Equal(t, api.ByMealType{}, d.ByMealType)
}

func TestGetNutritionDay_WithTargets_ReturnsWhatRemains(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	_, err := a.Database.Owner.Exec(t.Context(), `
		update public.profiles
		set timezone = 'Europe/Berlin', target_source = 'custom', target_calories = 2000, target_protein_g = 150, target_carbs_g = 200, target_fat_g = 65
		where id = $1`, p.ID)
	require.NoError(t, err)
	f := newFood(t, a, nil, egg, 50)
	logMeal(t, a, p, `"eaten_at":"2026-11-23T18:00:00Z",`, byGrams(f, 33.3), espresso)
	logMeal(t, a, p, `"eaten_at":"2026-11-23T06:00:00Z",`, byServing(f, 2))
	r, body := post(
		t,
		p.Client,
		a.URL+"/api/v1/nutrition/meals",
		`{"meal_type":"breakfast","eaten_at":"2026-11-22T23:30:00Z","items":[{"kind":"quick","name":"Feast","calories":3000}]}`,
	)
	require.Equal(t, 201, r.StatusCode, "%s", body)

	d := dayOf(t, p, "2026-11-23")
	require.Equal(t, "Europe/Berlin", d.Timezone)
	require.Len(t, d.Meals, 3)
	require.Equal(t, api.MealTypeBreakfast, d.Meals[0].MealType, "in the order they were eaten")
	require.Equal(t, 3193.619, d.Totals.Calories)
	require.Equal(t, -1193.619, d.Remaining.Calories, "more than the target")
	require.Equal(t, 133.258, d.Remaining.ProteinG)
	require.Equal(t, 193.619, d.ByMealType.Lunch.Calories)
	require.Equal(t, 3000.0, d.ByMealType.Breakfast.Calories)
	require.Nil(t, d.ByMealType.Breakfast.ProteinG, "the quick entry has no protein")
	require.Nil(t, d.ByMealType.Dinner)
}

// An unknown nutrient was shown as 0.
func TestRegression19_UnknownNutrient_IsNotZero(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	none := newFood(t, a, nil, map[string]float64{"calories": 100}, 50)
	zero := newFood(t, a, nil, map[string]float64{"calories": 100, "fiber_g": 0}, 50)
	some := newFood(t, a, nil, map[string]float64{"calories": 100, "fiber_g": 2.5}, 50)
	at := `"eaten_at":"2026-11-23T12:00:00Z",`

	m := logMeal(t, a, p, at, byGrams(none, 100))
	require.Nil(t, m.Items[0].Nutrients.FiberG)
	require.Nil(t, m.Totals.FiberG)
	require.Equal(t, 0.0, *m.Totals.Coverage.FiberG)
	m = logMeal(t, a, p, at, byGrams(zero, 100))
	require.Equal(t, 0.0, *m.Totals.FiberG)
	require.Equal(t, 1.0, *m.Totals.Coverage.FiberG)
	logMeal(t, a, p, at, byGrams(some, 100), byGrams(some, 100))
	d := dayOf(t, p, "2026-11-23")
	require.Equal(t, 5.0, *d.Totals.FiberG)
	require.Equal(t, 0.75, *d.Totals.Coverage.FiberG)
	require.Nil(t, d.Totals.IronMg)
	week := rangeOf(t, p, date(2026, 11, 23), date(2026, 11, 23)).Weeks[0]
	require.Equal(t, d.Totals, week.Totals)
	require.Nil(t, week.Averages.IronMg)
}

func TestListNutritionDays_ReturnsEveryDay_AndWeeksFromMonday(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, day := range []string{"2026-11-21", "2026-11-22", "2026-11-22", "2026-11-23"} { // Saturday, Sunday, Monday
		logMeal(t, a, p, `"eaten_at":"`+day+`T12:00:00Z",`, `{"kind":"quick","name":"x","calories":100.1}`)
	}
	empty := logMeal(t, a, p, `"eaten_at":"2026-11-24T12:00:00Z",`, espresso)
	_, err := p.DeleteMealItemWithResponse(t.Context(), empty.ID, empty.Items[0].ID, nil)
	require.NoError(t, err)

	r := rangeOf(t, p, date(2026, 11, 20), date(2026, 11, 25))
	var days []string
	for _, d := range r.Data {
		days = append(days, fmt.Sprintf("%s %v %d %v", d.Date, d.Logged, d.MealsCount, d.Totals.Calories))
	}
	require.Equal(t, []string{
		"2026-11-20 false 0 0", "2026-11-21 true 1 100.1", "2026-11-22 true 2 200.2",
		"2026-11-23 true 1 100.1", "2026-11-24 false 1 0", "2026-11-25 false 0 0",
	}, days)
	require.Len(t, r.Weeks, 2)
	require.Equal(t, "2026-11-16", r.Weeks[0].WeekStart.String())
	require.Equal(t, "2026-11-23", r.Weeks[1].WeekStart.String())
	require.Equal(t, 2, r.Weeks[0].DaysLogged)
	require.Equal(t, 2, r.Weeks[0].Divisor)
	require.Equal(t, 300.3, r.Weeks[0].Totals.Calories)
	require.Equal(t, 150.15, r.Weeks[0].Averages.Calories)
	require.Equal(t, 1, r.Weeks[1].Divisor)
	quiet := rangeOf(t, p, date(2024, 1, 1), date(2024, 12, 31))
	require.Len(t, quiet.Data, 366)
	require.Len(t, quiet.Weeks, 53)
	require.Nil(t, quiet.Weeks[7].Averages, "no average without a logged day")
}

func TestDays_InvalidDates_AreRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for path, want := range map[string]struct {
		status int
		field  string
		code   string
	}{
		"/days/0000-00-00": {400, "date", "wrong_format"}, "/days/2026-13-01": {400, "date", "wrong_format"}, "/days/2026-2-1": {400, "date", "wrong_format"},
		"/days/yesterday": {400, "date", "wrong_format"}, "/days/2026-02-30": {422, "date", "wrong_format"},
		"/days/0001-01-01": {422, "date", "date_out_of_range"}, "/days/9999-12-31": {422, "date", "date_out_of_range"},
		"/days?from=2026-11-23&to=2026-11-22": {422, "to", "reversed_range"}, "/days?from=2024-01-01&to=2025-01-01": {422, "to", "range_too_long"},
		"/days?from=0000-01-01&to=2026-01-01": {422, "from", "date_out_of_range"}, "/days?from=2026-01-01&to=9999-12-31": {422, "to", "date_out_of_range"},
		"/days?from=2026-02-30&to=2026-03-01": {400, "from", "wrong_format"}, "/days?from=2026-02-01": {400, "to", "required"},
		"/meals?from=2026-11-23&to=2026-11-22": {422, "to", "reversed_range"}, "/meals?from=9999-01-01": {422, "from", "date_out_of_range"},
		"/meals?cursor=abc": {400, "", "invalid_cursor"}, "/meals?meal_type=brunch": {400, "meal_type", "not_allowed"},
	} {
		r, body := send(t, p.Client, http.MethodGet, a.URL+"/api/v1/nutrition"+path, "")
		t.Log(path)
		refused(t, r, body, want.status, want.field, want.code)
	}
	for path, want := range map[string][3]string{
		"2026-11-23": {`{"to":"2026-11-23"}`, "to", "same_day"}, "2026-11-22": {`{"to":"2026-11-23"}`, "date", "nothing_to_copy"},
		"2026-11-21": {`{"to":"9999-12-31"}`, "to", "date_out_of_range"}, "2026-02-30": {`{"to":"2026-11-23"}`, "date", "wrong_format"},
	} {
		r, body := post(t, p.Client, a.URL+"/api/v1/nutrition/days/"+path+"/copy", want[0])
		refused(t, r, body, 422, want[1], want[2])
	}
}

func TestCopyNutritionDay_CopiesAllMealsWithTheirValues(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := newFood(t, a, &p.ID, egg, 50)
	logMeal(t, a, p, `"eaten_at":"2026-11-23T06:00:00Z",`, byServing(f, 2), espresso)
	logMeal(t, a, p, `"eaten_at":"2026-11-23T19:00:00Z",`, byGrams(f, 33.3))
	_, err := a.Database.Owner.Exec(t.Context(), "delete from public.foods where id = $1", f.id)
	require.NoError(t, err)
	r, err := p.CopyNutritionDayWithResponse(t.Context(), "2026-11-23", nil, api.NutritionDayCopy{To: date(2026, 11, 24)})
	require.NoError(t, err)
	require.Equal(t, 201, r.StatusCode(), string(r.Body))
	require.Len(t, r.JSON201.Data, 2)
	require.Equal(t, 6, r.JSON201.Data[0].EatenAt.Hour())
	before, after := dayOf(t, p, "2026-11-23"), dayOf(t, p, "2026-11-24")
	require.Equal(t, before.Totals, after.Totals)
	require.Equal(t, r.JSON201.Data, after.Meals)
}

func TestDay_HundredMeals_RefusesAnotherFromEveryOperation(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	first := logMeal(t, a, p, `"eaten_at":"2026-11-20T06:00:00Z",`, espresso)
	gone := logMeal(t, a, p, `"eaten_at":"2026-11-20T06:00:00Z",`, espresso)
	_, err := p.DeleteMealWithResponse(t.Context(), gone.ID, nil)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(t.Context(), `
		insert into public.meals (user_id, meal_type, eaten_at, local_date, timezone, source)
		select $1, 'snack', '2026-11-20T12:00:00Z', '2026-11-20', 'UTC', 'manual' from generate_series(1, 99)`, p.ID)
	require.NoError(t, err)
	r, body := post(
		t,
		p.Client,
		a.URL+"/api/v1/nutrition/meals",
		`{"meal_type":"snack","eaten_at":"2026-11-20T12:00:00Z","items":[`+espresso+`]}`,
	)
	refused(t, r, body, 422, "", "day_full")
	r, body = post(t, p.Client, a.URL+"/api/v1/nutrition/meals/"+first.ID.String()+"/copy", `{"date":"2026-11-20"}`)
	refused(t, r, body, 422, "", "day_full")
	r, body = post(t, p.Client, a.URL+"/api/v1/nutrition/meals/"+gone.ID.String()+"/restore", "")
	refused(t, r, body, 422, "", "day_full")
	other := logMeal(t, a, p, `"eaten_at":"2026-11-21T06:00:00Z",`, espresso)
	r, body = send(t, p.Client, http.MethodPatch, a.URL+"/api/v1/nutrition/meals/"+other.ID.String(), `{"eaten_at":"2026-11-20T23:00:00Z"}`)
	refused(t, r, body, 422, "", "day_full")
	r, body = post(t, p.Client, a.URL+"/api/v1/nutrition/days/2026-11-21/copy", `{"to":"2026-11-20"}`)
	refused(t, r, body, 422, "", "day_full")
	full := dayOf(t, p, "2026-11-20")
	require.Len(t, full.Meals, 100)
	r, body = send(
		t,
		p.Client,
		http.MethodPatch,
		a.URL+"/api/v1/nutrition/meals/"+first.ID.String(),
		`{"notes":"It may still be written about."}`,
	)
	require.Equal(t, http.StatusOK, r.StatusCode, string(body))
}

func TestDay_ConcurrentMeals_StopsAtAHundred(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	_, err := a.Database.Owner.Exec(t.Context(), `
		insert into public.meals (user_id, meal_type, eaten_at, local_date, timezone, source)
		select $1, 'snack', '2026-11-20T12:00:00Z', '2026-11-20', 'UTC', 'manual' from generate_series(1, 98)`, p.ID)
	require.NoError(t, err)
	var made atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			r, body := post(
				t,
				p.Client,
				a.URL+"/api/v1/nutrition/meals",
				`{"meal_type":"snack","eaten_at":"2026-11-20T12:00:00Z","items":[`+espresso+`]}`,
			)
			switch r.StatusCode {
			case http.StatusCreated:
				made.Add(1)
			case http.StatusUnprocessableEntity:
			default:
				t.Errorf("%d %s", r.StatusCode, body)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 2, made.Load())
}

// Entries fell on the wrong day: UTC midnights, clock changes, changes of zone.
func TestRegression4_MealsInManyZones_AreOnTheirLocalDay(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	type entry struct{ zone, wall, day string }
	entries := []entry{
		{"Pacific/Kiritimati", "2026-03-01T23:59:00+14:00", "2026-03-01"}, // UTC+14
		{"Pacific/Kiritimati", "2026-03-02T00:01:00+14:00", "2026-03-02"},
		{"Pacific/Pago_Pago", "2026-03-01T23:59:00-11:00", "2026-03-01"}, // UTC−11
		{"Pacific/Pago_Pago", "2026-03-02T00:01:00-11:00", "2026-03-02"},
		{"Europe/Berlin", "2026-03-28T23:59:00+01:00", "2026-03-28"}, // the day of 23 hours
		{"Europe/Berlin", "2026-03-29T00:01:00+01:00", "2026-03-29"},
		{"Europe/Berlin", "2026-03-29T03:00:00+02:00", "2026-03-29"},
		{"Europe/Berlin", "2026-03-29T23:59:00+02:00", "2026-03-29"},
		{"Europe/Berlin", "2026-03-30T00:01:00+02:00", "2026-03-30"},
		{"Europe/Berlin", "2026-10-24T23:59:00+02:00", "2026-10-24"}, // the day of 25 hours
		{"Europe/Berlin", "2026-10-25T00:01:00+02:00", "2026-10-25"},
		{"Europe/Berlin", "2026-10-25T02:30:00+02:00", "2026-10-25"},
		{"Europe/Berlin", "2026-10-25T02:30:00+01:00", "2026-10-25"}, // 02:30 for the second time
		{"Europe/Berlin", "2026-10-25T23:59:00+01:00", "2026-10-25"},
		{"Europe/Berlin", "2026-10-26T00:01:00+01:00", "2026-10-26"},
		{"America/Santiago", "2026-09-06T01:00:00-03:00", "2026-09-06"}, // midnight did not exist
		{"America/Santiago", "2026-09-05T23:59:00-04:00", "2026-09-05"},
		{"America/New_York", "2026-11-01T23:59:00-05:00", "2026-11-01"},
		{"America/New_York", "2026-11-02T00:01:00-05:00", "2026-11-02"},
		{"Asia/Kathmandu", "2026-06-01T00:01:00+05:45", "2026-06-01"},
		{"Australia/Lord_Howe", "2026-04-05T00:01:00+11:00", "2026-04-05"}, // half an hour of clock change
	}
	for i, e := range entries {
		zone := `"timezone":"` + e.zone + `",`
		if i%2 == 0 { // half of the zones come from the profile, half from the request
			setZone(t, p, e.zone)
			zone = ""
		}
		m := logMeal(t, a, p, zone+`"eaten_at":"`+e.wall+`",`, espresso)
		require.Equal(t, e.day, m.LocalDate.String(), "%+v", e)
		require.Equal(t, e.zone, m.Timezone)
	}
	perDay := map[string]int{}
	for _, e := range entries {
		perDay[e.day]++
	}
	for _, zone := range []string{"Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"} { // a new zone in the profile moves no meal
		setZone(t, p, zone)
		for day, n := range perDay {
			require.Len(t, dayOf(t, p, day).Meals, n, "%s, zone of the profile %s", day, zone)
		}
		total := 0
		for _, d := range rangeOf(t, p, date(2026, 1, 1), date(2026, 12, 31)).Data {
			require.Equal(t, perDay[d.Date.String()], d.MealsCount, d.Date)
			total += d.MealsCount
		}
		require.Equal(t, len(entries), total, "each on exactly one day")
	}
}

func TestToday_FollowsTheZoneOfTheProfile(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 3, 1, 10, 30, 0, 0, time.UTC)
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Now = func() time.Time { return clock } }})
	p := a.Person(t)
	for zone, day := range map[string]string{"UTC": "2026-03-01", "Pacific/Kiritimati": "2026-03-02", "Pacific/Pago_Pago": "2026-02-28"} {
		setZone(t, p, zone)
		require.Equal(t, day, dayOf(t, p, "today").Date.String())
		m := logMeal(t, a, p, "", espresso)
		require.Equal(t, day, m.LocalDate.String(), "now is today")
		require.Len(t, dayOf(t, p, "today").Meals, 1)
	}
}

// exact returns the decimal that JSON shows, without rounding.
func exact(t require.TestingT, v float64) *big.Rat {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	_, digits, _ := strings.Cut(text, ".")
	require.LessOrEqual(t, len(digits), 3, "%s has more digits than are kept", text)
	r, ok := new(big.Rat).SetString(text)
	require.True(t, ok)
	return r
}

// sum adds exact decimals, independently of the code under test.
type sum struct {
	value *big.Rat
	known int
}

func (s *sum) add(t require.TestingT, v float64) {
	if s.value == nil {
		s.value = new(big.Rat)
	}
	s.value.Add(s.value, exact(t, v))
	s.known++
}

// amountsOf returns the numeric fields of a response by name.
func amountsOf(t require.TestingT, answer any) map[string]float64 {
	b, err := json.Marshal(answer)
	require.NoError(t, err)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(b, &fields))
	out := map[string]float64{}
	for name, v := range fields {
		if amount, ok := v.(float64); ok {
			out[name] = amount
		}
	}
	return out
}

// sums are the expected totals of a list of items.
type sums struct {
	each  [nutrient.Count]sum
	items int
}

func (s *sums) add(t require.TestingT, item api.MealItem) {
	s.items++
	for key, v := range amountsOf(t, item.Nutrients) {
		id, ok := nutrient.ByKey(key)
		require.True(t, ok, key)
		s.each[id].add(t, v)
	}
}

func (s *sums) equal(t require.TestingT, got api.Totals, what string) {
	values, shares := amountsOf(t, got), amountsOf(t, got.Coverage)
	for id, n := range nutrient.Table {
		v, known := values[n.Key]
		share, shared := shares[n.Key]
		require.Equal(t, s.items > 0, shared, "%s: %s", what, n.Key)
		switch {
		case s.items == 0:
			require.Equal(t, id < nutrient.Macros, known, "%s: %s", what, n.Key)
			require.Zero(t, v, what)
		case s.each[id].known == 0 && id > 0:
			require.False(t, known, "%s: %s is known of no item", what, n.Key)
			require.Zero(t, share, what)
		default:
			require.Zero(t, s.each[id].value.Cmp(exact(t, v)), "%s: %s is %v, not %s", what, n.Key, v, s.each[id].value.FloatString(3))
			require.InDelta(t, float64(s.each[id].known)/float64(s.items), share, 0.00051, what)
		}
	}
}

// diaryDraw draws a random diary of one user and changes it through the API.
type diaryDraw struct {
	t     *testing.T
	rt    *rapid.T
	a     *apitest.API
	p     *apitest.Person
	foods []food
	meals []api.Meal
}

// decimal draws a number from 10^-digits to largest, with that many digits.
func (d *diaryDraw) decimal(name string, largest float64, digits int) float64 {
	scale := math.Pow(10, float64(digits))
	return float64(rapid.IntRange(1, int(largest*scale)).Draw(d.rt, name)) / scale
}

func (d *diaryDraw) drawFood() {
	per100g := map[string]float64{
		"calories": d.decimal("calories", 900, 3), "protein_g": d.decimal("protein", 30, 4),
		"carbs_g": d.decimal("carbs", 30, 4), "fat_g": d.decimal("fat", 30, 4),
	}
	for _, column := range nutrient.Keys()[nutrient.Macros:] {
		if rapid.Bool().Draw(d.rt, column) {
			largest := 30.0
			if strings.HasSuffix(column, "mg") {
				largest = 1000
			}
			per100g[column] = d.decimal(column, largest, 3)
		}
	}
	d.foods = append(d.foods, newFood(d.t, d.a, nil, per100g, d.decimal("serving", 180, 4)))
}

func (d *diaryDraw) item() string {
	f := rapid.SampledFrom(d.foods).Draw(d.rt, "food")
	switch rapid.IntRange(0, 2).Draw(d.rt, "kind") {
	case 0:
		return byGrams(f, d.decimal("grams", 900, 3)+0.01)
	case 1:
		return byServing(f, d.decimal("count", 49, 3)+0.01)
	}
	return fmt.Sprintf(`{"kind":"quick","name":"x","calories":%v,"fat_g":%v}`, d.decimal("quick", 900, 3), d.decimal("quick fat", 90, 3))
}

func (d *diaryDraw) logMeal() {
	var items []string
	for range rapid.IntRange(1, 4).Draw(d.rt, "items") {
		items = append(items, d.item())
	}
	day := rapid.IntRange(19, 25).Draw(d.rt, "day")
	d.meals = append(d.meals, logMeal(d.t, d.a, d.p, fmt.Sprintf(`"eaten_at":"2026-11-%dT12:00:00Z",`, day), items...))
}

func (d *diaryDraw) change() {
	t, client := d.t, d.p.Client
	m := rapid.SampledFrom(d.meals).Draw(d.rt, "meal")
	url := d.a.URL + "/api/v1/nutrition/meals/" + m.ID.String()
	itemURL := url + "/items/" + rapid.SampledFrom(m.Items).Draw(d.rt, "item").ID.String()
	switch rapid.IntRange(0, 8).Draw(d.rt, "change") {
	case 0:
		send(t, client, http.MethodPatch, itemURL, fmt.Sprintf(`{"grams":%v}`, d.decimal("new grams", 900, 3)+0.01))
	case 1:
		send(t, client, http.MethodPatch, itemURL, fmt.Sprintf(`{"count":%v}`, d.decimal("new count", 49, 3)+0.01))
	case 2:
		send(t, client, http.MethodDelete, itemURL, "")
	case 3:
		send(t, client, http.MethodDelete, url, "")
	case 4:
		post(t, client, url+"/restore", "")
	case 5:
		post(t, client, url+"/copy", fmt.Sprintf(`{"date":"2026-11-%d"}`, rapid.IntRange(19, 25).Draw(d.rt, "to")))
	case 6:
		post(t, client, url+"/items", `{"items":[`+d.item()+`]}`)
	case 7:
		post(t, client, itemURL+"/refresh", `{"apply":true}`)
	case 8:
		edited := rapid.SampledFrom(d.foods).Draw(d.rt, "edited")
		_, err := d.a.Database.Owner.Exec(
			t.Context(),
			"update public.foods set calories = 1 + calories / 2, iron_mg = null where id = $1",
			edited.id,
		)
		require.NoError(d.rt, err)
	}
}

// checkSums requires that meals, days, the range and its weeks have the sums of their items.
func (d *diaryDraw) checkSums() {
	rt := d.rt
	days, weeks := map[string]*sums{}, map[string]*sums{}
	sumsOf := func(m map[string]*sums, key string) *sums {
		if m[key] == nil {
			m[key] = &sums{}
		}
		return m[key]
	}
	list, err := d.p.ListMealsWithResponse(d.t.Context(), &api.ListMealsParams{Limit: new(100)})
	require.NoError(rt, err)
	for _, m := range list.JSON200.Data {
		var meal sums
		monday := m.LocalDate.AddDate(0, 0, -(int(m.LocalDate.Weekday())+6)%7).Format(time.DateOnly)
		for _, item := range m.Items {
			meal.add(rt, item)
			sumsOf(days, m.LocalDate.String()).add(rt, item)
			sumsOf(weeks, monday).add(rt, item)
		}
		meal.equal(rt, m.Totals, "meal")
	}
	r := rangeOf(d.t, d.p, date(2026, 11, 16), date(2026, 11, 29))
	require.Len(rt, r.Data, 14)
	for _, rangeDay := range r.Data {
		name := rangeDay.Date.String()
		want := sumsOf(days, name)
		want.equal(rt, rangeDay.Totals, "range "+name)
		day := dayOf(d.t, d.p, name)
		want.equal(rt, day.Totals, "day "+name)
		require.Equal(rt, len(day.Meals), rangeDay.MealsCount)
	}
	for _, w := range r.Weeks {
		sumsOf(weeks, w.WeekStart.String()).equal(rt, w.Totals, "week "+w.WeekStart.String())
		if w.Averages != nil {
			require.InDelta(rt, w.Totals.Calories/float64(w.Divisor), w.Averages.Calories, 0.00051, "rounded")
		}
	}
}

// Totals disagreed between meal, day and report.
func TestRegression6_ItemsMealsDaysRangesAndWeeks_AgreeToTheLastDigit(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := &diaryDraw{t: t, rt: rt, a: a, p: a.Person(t)}
		for range rapid.IntRange(1, 3).Draw(rt, "foods") {
			d.drawFood()
		}
		for range rapid.IntRange(1, 4).Draw(rt, "meals") {
			d.logMeal()
		}
		for range rapid.IntRange(0, 6).Draw(rt, "changes") {
			d.change()
		}
		d.checkSums()
	})
}
