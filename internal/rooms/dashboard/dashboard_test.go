package dashboard_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

const theDay = "2026-03-02"

func value[T any](v T) nullable.Nullable[T] { return nullable.NewNullableWithValue(v) }

// fillIn gives the person every input of targets: the 30-year-old man of the golden vectors.
func fillIn(t testing.TB, p *apitest.Person) {
	t.Helper()
	update(t, p, api.MePatch{
		BirthDate:     value(openapi_types.Date{Time: time.Now().UTC().AddDate(-30, 0, -1)}),
		BiologicalSex: value(api.BiologicalSexMale), HeightCm: value(180.0), CurrentWeightKg: value(80.0),
		PrimaryGoal: value(api.GoalMaintain), ActivityLevel: value(api.ActivityLevelModeratelyActive),
	})
}

func update(t testing.TB, p *apitest.Person, patch api.MePatch) api.MeUpdated {
	t.Helper()
	r, err := p.UpdateMeWithResponse(t.Context(), nil, patch)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

// eat logs a meal, with a longer name an hour later.
func eat(t testing.TB, p *apitest.Person, day, name string, calories float64) {
	t.Helper()
	r, err := p.CreateMealWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(fmt.Sprintf(
		`{"meal_type":"lunch","name":%q,"eaten_at":"%sT%02d:00:00Z","timezone":"UTC","items":[{"kind":"quick","name":"Soup","calories":%v,"protein_g":20}]}`,
		name,
		day,
		12+len(name)/6,
		calories,
	)))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
}

// move stores an activity of an hour with its energy above rest, by SQL: how energy and shares are computed is tested in its room. Those of
// other energies are at other hours.
func move(t testing.TB, a *apitest.API, p *apitest.Person, day string, net, share float64) {
	t.Helper()
	id := uuid.New()
	_, err := a.Database.Owner.Exec(t.Context(), `
		insert into public.activities (user_id, id, category, started_at, ended_at, local_date, timezone, zone_source, elapsed_s, timer_s,
		  source_kind, recorded, kcal, kcal_net, energy_source)
		values ($1, $2, 'sports', $3::date + make_interval(hours => $5), $3::date + make_interval(hours => $5 + 1), $3, 'UTC', 'request', 3600, 3600,
		  'manual', 'manual', $4::numeric + 80, $4, 'user')`, p.ID, id, day, net, int(net/100))
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(
		t.Context(),
		"update public.activities set counted_share = $3 where user_id = $1 and id = $2",
		p.ID,
		id,
		share,
	)
	require.NoError(t, err)
}

func get(t testing.TB, p *apitest.Person, day string) api.DashboardDay {
	t.Helper()
	r, err := p.GetDayWithResponse(t.Context(), day)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func list(t testing.TB, p *apitest.Person, from, to string) api.DashboardDays {
	t.Helper()
	r, err := p.ListDaysWithResponse(t.Context(), &api.ListDaysParams{From: date(from), To: date(to)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func date(text string) openapi_types.Date {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return openapi_types.Date{Time: d}
}

func TestGetDay_NewUser_IsEmptyAndWhole(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	d := get(t, p, "today")
	require.Equal(t, time.Now().UTC().Format(time.DateOnly), d.Date.String())
	require.Nil(t, d.Targets)
	require.Nil(t, d.Remaining)
	require.False(t, d.Nutrition.Logged)
	require.Empty(t, d.Nutrition.Meals)
	require.Equal(t, api.MicronutrientsStatusProfileIncomplete, d.Micronutrients.Status)
	require.Equal(t, api.WeightRateStatusInsufficientData, d.Body.Rate.Status)
	require.Nil(t, d.Body.TrendKg)
}

func TestGetDay_EverythingLogged_IsInOneResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	fillIn(t, p)
	eat(t, p, theDay, "Soup", 600)
	eat(t, p, theDay, "More soup", 300.5)
	eat(t, p, "2026-03-01", "Before", 999)
	move(t, a, p, theDay, 300, 1)
	move(t, a, p, theDay, 200, 0.5)
	move(t, a, p, theDay, 500, 0) // the same workout by another device
	for path, body := range map[string]string{
		"/body/measurements": `{"weight_kg":81,"measured_at":"2026-03-01T06:00:00Z","timezone":"UTC"}`,
		"/body/water":        `{"amount_ml":750,"drunk_at":"2026-03-02T10:00:00Z","timezone":"UTC"}`,
		"/body/sleep":        `{"started_at":"2026-03-01T22:00:00Z","ended_at":"2026-03-02T06:00:00Z","timezone":"UTC"}`,
	} {
		r, err := p.HTTP.Post(a.URL+"/api/v1"+path, "application/json", strings.NewReader(body))
		require.NoError(t, err)
		require.NoError(t, r.Body.Close())
		require.Equal(t, http.StatusCreated, r.StatusCode, path)
	}
	d := get(t, p, theDay)
	require.Equal(t, 900.5, d.Nutrition.Totals.Calories)
	require.Equal(t, []string{"Soup", "More soup"}, []string{*d.Nutrition.Meals[0].Name, *d.Nutrition.Meals[1].Name})
	require.Equal(t, 600.0, d.Nutrition.Meals[0].Calories)
	require.Equal(t, 2, d.Nutrition.MealsCount)
	require.Equal(t, 2, d.Activities.Count)
	require.Equal(t, 90.0, d.Activities.Minutes)
	require.Equal(t, 400.0, d.Activities.KcalNet)
	require.Equal(t, 380.0+140, d.Activities.Kcal)
	require.Len(t, d.Activities.Activities, 3)
	require.Equal(t, 81.0, *d.Body.TrendKg)
	require.Nil(t, d.Body.WeightKg, "it is of the day before")
	require.Equal(t, []int{750, 480}, []int{d.WaterMl, d.SleepMinutes})
	require.Equal(t, 2759, d.Targets.Calories)
	require.Equal(t, 2759-900.5, d.Remaining.Calories, "nothing is added by default")
	require.Equal(t, 128.0-40, d.Remaining.ProteinG)

	summary, err := p.GetActivitySummaryWithResponse(t.Context(), &api.GetActivitySummaryParams{Date: new(theDay)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, summary.StatusCode(), string(summary.Body))
	totals := summary.JSON200.Totals
	require.Equal(t, []float64{totals.Minutes, totals.Kcal, totals.KcalNet},
		[]float64{d.Activities.Minutes, d.Activities.Kcal, d.Activities.KcalNet}, "the summary of activities says the same")
	require.Equal(t, totals.Count, d.Activities.Count)

	days := list(t, p, "2026-03-01", "2026-03-03").Data
	require.Len(t, days, 3)
	require.Equal(t, []float64{999, 900.5, 0}, []float64{days[0].Calories, days[1].Calories, days[2].Calories})
	require.Equal(t, []int{0, 2, 0}, []int{days[0].ActivitiesCount, days[1].ActivitiesCount, days[2].ActivitiesCount})
	require.Equal(t, 81.0, *days[0].WeightKg)
	require.Equal(t, 81.0, *days[2].TrendKg)
	require.Equal(t, []int{750, 480}, []int{days[1].WaterMl, days[1].SleepMinutes})
}

func TestGetDay_ActivityWithLegs_HasTheirEnergyAsTheSummaryHas(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	whole := log(t, p, `"category":"sports","elapsed_s":3600`)
	log(t, p, fmt.Sprintf(`"category":"cardio_steady_state","elapsed_s":1200,"kcal":200,"parent_id":%q,"leg_index":0`, whole))
	log(t, p, fmt.Sprintf(`"category":"cardio_steady_state","elapsed_s":1200,"kcal":100.5,"parent_id":%q,"leg_index":1`, whole))
	requireEnergy := func(kcal float64, listed *float64) {
		t.Helper()
		d := get(t, p, theDay)
		require.Equal(t, kcal, d.Activities.Kcal, "%+v", d.Activities)
		require.Len(t, d.Activities.Activities, 1)
		require.Equal(t, listed, d.Activities.Activities[0].Kcal)
		summary, err := p.GetActivitySummaryWithResponse(t.Context(), &api.GetActivitySummaryParams{Date: new(theDay)})
		require.NoError(t, err)
		require.Equal(t, summary.JSON200.Totals.Kcal, d.Activities.Kcal, "the summary of activities says the same")
	}
	requireEnergy(300.5, new(300.5))
	// Without a weight the energy of this leg is not known, so that of the whole is not either.
	log(t, p, fmt.Sprintf(`"category":"cardio_steady_state","elapsed_s":1200,"parent_id":%q,"leg_index":2`, whole))
	requireEnergy(0, nil)
}

// log stores an activity of the day and returns its id.
func log(t testing.TB, p *apitest.Person, members string) uuid.UUID {
	t.Helper()
	r, err := p.CreateActivityWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(
		`{"started_at":"`+theDay+`T07:00:00Z","timezone":"UTC",`+members+`}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return r.JSON201.ID
}

// A target for a moderately active person contains exercise; one to which exercise is added must not.
func TestGetDay_ExercisePolicy_AddsNetEnergyToASedentaryTarget(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	fillIn(t, p)
	move(t, a, p, theDay, 300, 1)
	for policy, want := range map[api.ExerciseCalories]struct {
		target int
		added  float64
		basis  api.DayExerciseBasis
	}{
		api.ExerciseCaloriesNone: {2759, 0, api.DayExerciseBasisIncluded},
		api.ExerciseCaloriesHalf: {2136, 150, api.DayExerciseBasisSeparate}, // 1780 × 1.2
		api.ExerciseCaloriesAll:  {2136, 300, api.DayExerciseBasisSeparate},
	} {
		update(t, p, api.MePatch{ExerciseCalories: &policy})
		d := get(t, p, theDay)
		require.Equal(t, want.target, d.Targets.Calories, policy)
		require.Equal(t, want.added, *d.Exercise.AddedKcal, policy)
		require.Equal(t, float64(want.target)+want.added, d.Remaining.Calories, policy)
		require.Equal(t, want.basis, d.Exercise.Basis, policy)
		require.Equal(t, want.added, list(t, p, theDay, theDay).Data[0].AddedKcal, policy)
	}
	update(t, p, api.MePatch{ExerciseCalories: new(api.ExerciseCaloriesNone)})
	changed := update(t, p, api.MePatch{ExerciseCalories: new(api.ExerciseCaloriesAll)}).TargetsChange
	require.Equal(t, "exercise_calories_changed", changed.Reasons[0].Code)
}

// What was learned from weights and meals contains exercise.
func TestGetDay_AdaptiveTargets_AddNothingAndSayWhy(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	fillIn(t, p)
	move(t, a, p, theDay, 300, 1)
	update(t, p, api.MePatch{ExerciseCalories: new(api.ExerciseCaloriesAll)})
	_, err := a.Database.Owner.Exec(
		t.Context(),
		"update public.profiles set adaptive_targets = true, adaptive_tdee = 2700, adaptive_tdee_on = now() where id = $1",
		p.ID,
	)
	require.NoError(t, err)
	e := get(t, p, theDay).Exercise
	require.Equal(t, []api.ExerciseCalories{api.ExerciseCaloriesAll, api.ExerciseCaloriesNone}, []api.ExerciseCalories{e.Policy, e.Applied})
	require.Equal(t, 0.0, *e.AddedKcal)
	require.Equal(t, "adaptive_targets", e.Reason.Code)
}

func TestGetDay_Micronutrients_AreComparedWithTheReference(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	fillIn(t, p)
	eat(t, p, "2026-02-25", "A week before", 500) // one of the seven days
	eat(t, p, theDay, "Soup", 500)
	_, err := a.Database.Owner.Exec(
		t.Context(),
		"update public.meal_items set iron_mg = 4 where user_id = $1 and local_date = $2",
		p.ID,
		theDay,
	)
	require.NoError(t, err)
	m := get(t, p, theDay).Micronutrients
	require.Equal(t, api.MicronutrientsStatusOk, m.Status)
	require.Equal(t, 2, m.LoggedDays)
	require.Equal(t, "2026-02-24", m.WeekFrom.String())
	lines := map[string]api.Micronutrient{}
	for _, line := range m.Data {
		lines[line.Nutrient+" "+string(line.ReferenceKind)] = line
	}
	iron := lines["iron_mg RDA"]
	require.Equal(t, []float64{8, 4, 0.5, 1}, []float64{iron.Reference, *iron.Day, *iron.DayShare, iron.DayCoverage})
	require.Equal(
		t,
		[]float64{2, 0.25, 0.5},
		[]float64{*iron.WeekMean, *iron.WeekShare, iron.WeekCoverage},
		"of one of two days nothing is known",
	)
	require.Nil(t, lines["zinc_mg RDA"].Day, "unknown is not zero")
	require.Equal(t, 2300.0, lines["sodium_mg CDRR"].Reference)
	require.Equal(t, 1500.0, lines["sodium_mg AI"].Reference)
	require.Len(t, m.Data, 22)
}

func TestSetDayCompletion_IsShownAndTakenBack(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for _, complete := range []bool{true, true, false} {
		r, err := p.SetDayCompletionWithResponse(t.Context(), theDay, api.DayCompletion{Complete: complete})
		require.NoError(t, err)
		require.Equal(t, http.StatusNoContent, r.StatusCode(), string(r.Body))
		require.Equal(t, complete, get(t, p, theDay).Complete)
		require.Equal(t, complete, list(t, p, theDay, theDay).Data[0].Complete)
	}
}
