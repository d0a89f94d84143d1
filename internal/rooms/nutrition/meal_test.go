package nutrition_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// food has the ids of a catalogue or custom food and its serving.
type food struct {
	id, serving uuid.UUID
}

// newFood inserts a food with SQL. per100g are its nutrient columns; its only serving weighs the given grams.
func newFood(t testing.TB, a *apitest.API, owner *uuid.UUID, per100g map[string]float64, servingGrams float64) food {
	t.Helper()
	f := food{uuid.New(), uuid.New()}
	columns, values := []string{"calories", "protein_g", "carbs_g", "fat_g"}, []float64{0, 0, 0, 0}
	for i, name := range columns {
		values[i] = per100g[name]
	}
	for name, v := range per100g {
		if !slices.Contains(columns[:4], name) {
			columns, values = append(columns, name), append(values, v)
		}
	}
	args := []any{f.id, owner}
	places := ""
	for i, v := range values {
		args = append(args, v)
		places += fmt.Sprintf(", $%d", i+3)
	}
	_, err := a.Database.Owner.Exec(
		t.Context(),
		"insert into public.foods (id, created_by, name, brand, source, "+strings.Join(
			columns,
			", ",
		)+") values ($1, $2, 'Egg, whole, raw', 'Farm', 'test'"+places+")",
		args...)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(
		t.Context(),
		"insert into public.food_servings (id, food_id, created_by, label, grams, is_default) values ($1, $2, $3, '1 large', $4, true)",
		f.serving,
		f.id,
		owner,
		servingGrams,
	)
	require.NoError(t, err)
	return f
}

var egg = map[string]float64{"calories": 143, "protein_g": 12.56, "carbs_g": 0.72, "fat_g": 9.51, "cholesterol_mg": 372}

func byGrams(f food, grams float64) string {
	return fmt.Sprintf(`{"kind":"grams","food_id":%q,"grams":%v}`, f.id, grams)
}

func byServing(f food, count float64) string {
	return fmt.Sprintf(`{"kind":"serving","food_id":%q,"serving_id":%q,"count":%v}`, f.id, f.serving, count)
}

const espresso = `{"kind":"quick","name":"Espresso","calories":3}`

// post sends a body as written.
func post(t testing.TB, p *apitest.Client, url, body string, header ...string) (*http.Response, []byte) {
	t.Helper()
	return send(t, p, http.MethodPost, url, body, header...)
}

func send(t testing.TB, p *apitest.Client, method, url, body string, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := p.HTTP.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	var out bytes.Buffer
	_, err = out.ReadFrom(answer.Body)
	require.NoError(t, err)
	return answer, out.Bytes()
}

func read[T any](t testing.TB, body []byte) T {
	t.Helper()
	var v T
	require.NoError(t, json.Unmarshal(body, &v), "%s", body)
	return v
}

// logMeal creates a meal with these items through the API.
func logMeal(t testing.TB, a *apitest.API, p *apitest.Person, fields string, items ...string) api.Meal {
	t.Helper()
	r, body := post(t, p.Client, a.URL+"/api/v1/nutrition/meals", `{"meal_type":"lunch",`+fields+`"items":[`+strings.Join(items, ",")+`]}`)
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
	return read[api.Meal](t, body)
}

// refused requires a problem with this status and, without a field, this code; with a field, an error of it with this code.
func refused(t testing.TB, r *http.Response, body []byte, status int, field, code string) {
	t.Helper()
	require.Equal(t, status, r.StatusCode, "%s", body)
	p := read[api.Problem](t, body)
	if p.Code == code && field == "" {
		return
	}
	for _, e := range p.Errors {
		if e.Field == field && e.Code == code {
			return
		}
	}
	require.Fail(t, "another reason", "want %s %s: %s", field, code, body)
}

func TestCreateMeal_EachKindOfItem_ComputesGramsAndNutrients(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := newFood(t, a, nil, egg, 50)
	m := logMeal(t, a, p, `"name":"Eggs","notes":"At the station","eaten_at":"2026-11-23T07:30:00+01:00","timezone":"Europe/Berlin",`,
		byGrams(f, 120.5), byServing(f, 2), espresso)

	require.Equal(t, "Eggs", *m.Name)
	require.Equal(t, "2026-11-23", m.LocalDate.String())
	require.Equal(t, time.Date(2026, 11, 23, 6, 30, 0, 0, time.UTC), m.EatenAt)
	require.Equal(t, api.MealSourceManual, m.Source)
	require.Len(t, m.Items, 3)
	require.Equal(t, "120.5 g", m.Items[0].Label)
	require.Equal(t, 120.5, *m.Items[0].Grams)
	require.Equal(t, 172.315, m.Items[0].Nutrients.Calories)
	require.Equal(t, 15.135, *m.Items[0].Nutrients.ProteinG, "12.56 × 1.205 = 15.1348")
	require.Equal(t, 448.26, *m.Items[0].Nutrients.CholesterolMg)
	require.Nil(t, m.Items[0].Nutrients.FiberG, "not known is not 0")
	require.Equal(t, "1 large", m.Items[1].Label)
	require.Equal(t, 2.0, *m.Items[1].Count)
	require.Equal(t, 100.0, *m.Items[1].Grams)
	require.Equal(t, "Egg, whole, raw", m.Items[1].Name)
	require.Equal(t, "Farm", *m.Items[1].Brand)
	require.Equal(t, api.ItemKindQuick, m.Items[2].Kind)
	require.Nil(t, m.Items[2].Nutrients.ProteinG, "it was not sent")
	require.Nil(t, m.Items[2].Grams)

	require.Equal(t, 318.315, m.Totals.Calories)
	require.Equal(t, 27.695, *m.Totals.ProteinG)
	require.Equal(t, 1.0, *m.Totals.Coverage.Calories)
	require.Equal(t, 0.667, *m.Totals.Coverage.ProteinG)
	require.Equal(t, 0.0, *m.Totals.Coverage.FiberG)
	require.Nil(t, m.Totals.FiberG)

	got, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, &m, got.JSON200, "the response shows what is stored")
	tag := got.HTTPResponse.Header.Get("ETag")
	again, err := p.GetMealWithResponse(t.Context(), m.ID, &api.GetMealParams{IfNoneMatch: &tag})
	require.NoError(t, err)
	require.Equal(t, http.StatusNotModified, again.StatusCode())
}

// "1 banana" was stored as 100 bananas, because one field had two meanings.
func TestRegression1_OneServing_IsNotHundredServings(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	banana := newFood(t, a, nil, map[string]float64{"calories": 89}, 118)
	m := logMeal(t, a, p, "", byServing(banana, 1))
	require.Equal(t, 118.0, *m.Items[0].Grams)
	require.Equal(t, 105.02, m.Totals.Calories)
	for _, body := range []string{
		`{"kind":"serving","food_id":"%[1]s","serving_id":"%[2]s","count":1,"grams":100}`,
		`{"kind":"grams","food_id":"%[1]s","grams":1,"count":1}`,
		`{"kind":"grams","food_id":"%[1]s","count":1}`,
		`{"food_id":"%[1]s","grams":1}`,
		`{"kind":"banana","food_id":"%[1]s","grams":1}`,
	} {
		r, answer := post(
			t,
			p.Client,
			a.URL+"/api/v1/nutrition/meals",
			`{"meal_type":"snack","items":[`+fmt.Sprintf(body, banana.id, banana.serving)+`]}`,
		)
		require.Equal(t, http.StatusBadRequest, r.StatusCode, "%s: %s", body, answer)
	}
}

// Custom foods could not be logged.
func TestRegression2_OwnFoodsCanBeLogged_OthersFoodsCannot(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ann, bob := a.Person(t), a.Person(t)
	own := newFood(t, a, &ann.ID, egg, 50)
	require.Equal(t, 143.0, logMeal(t, a, ann, "", byServing(own, 2)).Totals.Calories)

	r, body := post(t, bob.Client, a.URL+"/api/v1/nutrition/meals", `{"meal_type":"snack","items":[`+espresso+`,`+byGrams(own, 100)+`]}`)
	refused(t, r, body, http.StatusNotFound, "items[1].food_id", "food_not_found")
	nobodys := food{uuid.New(), uuid.New()}
	r2, body2 := post(
		t,
		bob.Client,
		a.URL+"/api/v1/nutrition/meals",
		`{"meal_type":"snack","items":[`+espresso+`,`+byGrams(nobodys, 100)+`]}`,
	)
	require.Equal(t, r.StatusCode, r2.StatusCode)
	one, other := read[api.Problem](t, body), read[api.Problem](t, body2)
	one.RequestID, other.RequestID = "", ""
	require.Equal(t, other, one, "another user's food and a missing food give the same response")
}

func TestCreateMeal_InvalidItem_NamesItAndStoresNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p, other := a.Person(t), a.Person(t)
	f, g := newFood(t, a, nil, egg, 50), newFood(t, a, nil, egg, 300)
	theirs := newFood(t, a, &other.ID, egg, 50)
	odd := newFood(t, a, nil, egg, 250.001)
	mixed := food{f.id, g.serving}
	hidden := food{f.id, theirs.serving}
	for _, c := range []struct {
		item        string
		status      int
		field, code string
	}{
		{byServing(mixed, 1), 422, "items[1].serving_id", "serving_of_another_food"},
		{byServing(hidden, 1), 404, "items[1].serving_id", "serving_not_found"},
		{byServing(g, 34), 422, "items[1].count", "too_heavy"},
		{byServing(odd, 40), 422, "items[1].count", "too_heavy"}, // by 0.04 g
		{byGrams(f, 10_001), 400, "items[1].grams", "too_large"},
		{byServing(f, 51), 400, "items[1].count", "too_large"},
		{byGrams(f, 0), 400, "items[1].grams", "too_small"},
		{byGrams(f, -1), 400, "items[1].grams", "too_small"},
		{`{"kind":"grams","food_id":"` + f.id.String() + `","grams":1e308}`, 400, "items[1].grams", "too_large"},
		{`{"kind":"grams","food_id":"` + f.id.String() + `","grams":1e309}`, 400, "", "malformed_json"},
		{`{"kind":"grams","food_id":"` + f.id.String() + `","grams":NaN}`, 400, "", "malformed_json"},
		{`{"kind":"grams","food_id":"` + f.id.String() + `","grams":"NaN"}`, 400, "items[1].grams", "wrong_type"},
		{`{"kind":"quick","name":"x","calories":-1}`, 400, "items[1].calories", "too_small"},
		{`{"kind":"quick","name":"","calories":1}`, 400, "items[1].name", "too_short"},
		{`{"kind":"quick","name":" \t\u2003","calories":1}`, 422, "items[1].name", "blank"},
		{`{"kind":"quick","name":"\u0000","calories":1}`, 400, "items[1].name", "nul_character"},
	} {
		r, body := post(t, p.Client, a.URL+"/api/v1/nutrition/meals", `{"meal_type":"snack","items":[`+espresso+`,`+c.item+`]}`)
		refused(t, r, body, c.status, c.field, c.code)
	}
	for fields, code := range map[string]string{
		`"eaten_at":"1999-12-31T23:59:59Z"`: "date_out_of_range", `"eaten_at":"9999-01-01T00:00:00Z"`: "date_out_of_range",
		`"timezone":"Mars/Olympus"`: "unknown_timezone", `"timezone":"Local"`: "unknown_timezone", `"timezone":"Asia//Tokyo"`: "unknown_timezone", `"timezone":"Asia/./Tokyo"`: "unknown_timezone", `"name":" "`: "blank",
	} {
		r, body := post(t, p.Client, a.URL+"/api/v1/nutrition/meals", `{"meal_type":"snack","items":[`+espresso+`],`+fields+`}`)
		field, _, _ := strings.Cut(strings.Trim(fields, `"`), `"`)
		refused(t, r, body, 422, field, code)
	}
	for _, fields := range []string{`"eaten_at":"0000-00-00T00:00:00Z"`, `"eaten_at":"2026-02-30T00:00:00Z"`, `"eaten_at":"2026-02-20T00:00:00+24:00"`, `"eaten_at":"2026-02-20T00:00:00-23:60"`, `"eaten_at":"now"`, `"items":[]`, `"calories":1`} {
		r, body := post(
			t,
			p.Client,
			a.URL+"/api/v1/nutrition/meals",
			strings.Replace(`{"meal_type":"snack","items":[`+espresso+`],`+fields+`}`, `"items":[`+espresso+`],"items"`, `"items"`, 1),
		)
		require.Equal(t, 400, r.StatusCode, "%s: %s", fields, body)
	}
	r, body := post(
		t,
		p.Client,
		a.URL+"/api/v1/nutrition/meals",
		`{"meal_type":"snack","items":[`+strings.Repeat(espresso+",", 50)+espresso+`]}`,
	)
	refused(t, r, body, 400, "items", "too_many")
	list, err := p.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, list.JSON200.Data)
}

func TestCreateMeal_WithAClientID_IsStoredOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ann, bob := a.Person(t), a.Person(t)
	id := uuid.New()
	fields := `"id":"` + id.String() + `",`
	require.Equal(t, id, logMeal(t, a, ann, fields, espresso).ID)
	r, body := post(t, ann.Client, a.URL+"/api/v1/nutrition/meals", `{"meal_type":"lunch",`+fields+`"items":[`+espresso+`]}`)
	refused(t, r, body, http.StatusConflict, "", "conflict")
	require.Equal(t, id, logMeal(t, a, bob, fields, espresso).ID, "ids are unique per user only")
}

func TestListMeals_PagesThroughAllMeals_NewestFirst(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	var want []uuid.UUID
	for i := range 7 { // two of them at the same moment
		m := logMeal(t, a, p, fmt.Sprintf(`"eaten_at":"2026-11-%02dT12:00:00Z",`, 20-i/2), espresso, espresso)
		want = append(want, m.ID)
	}
	var got []uuid.UUID
	var cursor *string
	for {
		r, err := p.ListMealsWithResponse(t.Context(), &api.ListMealsParams{Limit: new(2), Cursor: cursor})
		require.NoError(t, err)
		require.Equal(t, 200, r.StatusCode(), string(r.Body))
		for _, m := range r.JSON200.Data {
			require.Len(t, m.Items, 2)
			require.Equal(t, 6.0, m.Totals.Calories)
			got = append(got, m.ID)
		}
		if cursor = r.JSON200.NextCursor; cursor == nil {
			break
		}
	}
	require.ElementsMatch(t, want, got)
	day := openapi_types.Date{Time: time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC)}
	r, err := p.ListMealsWithResponse(t.Context(), &api.ListMealsParams{From: &day, To: &day, MealType: new(api.MealTypeLunch)})
	require.NoError(t, err)
	require.Len(t, r.JSON200.Data, 2)
	r, err = p.ListMealsWithResponse(t.Context(), &api.ListMealsParams{MealType: new(api.MealTypeDinner)})
	require.NoError(t, err)
	require.Empty(t, r.JSON200.Data)
}

func TestUpdateMeal_MovesTheDayOnlyWithTimeOrZone(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	m := logMeal(t, a, p, `"name":"Eggs","notes":"x","eaten_at":"2026-11-23T23:30:00Z","timezone":"UTC",`, espresso)
	patch := func(b api.MealPatch) *api.Meal {
		t.Helper()
		r, err := p.UpdateMealWithResponse(t.Context(), m.ID, nil, b)
		require.NoError(t, err)
		require.Equal(t, 200, r.StatusCode(), string(r.Body))
		return r.JSON200
	}
	got := patch(api.MealPatch{Name: nullable.NewNullNullable[string](), MealType: new(api.MealTypeDinner)})
	require.Nil(t, got.Name)
	require.Equal(t, "x", *got.Notes)
	require.Equal(t, api.MealTypeDinner, got.MealType)
	require.Equal(t, "2026-11-23", got.LocalDate.String())

	blank, err := p.UpdateMealWithResponse(t.Context(), m.ID, nil, api.MealPatch{Name: nullable.NewNullableWithValue("\t ")})
	require.NoError(t, err)
	require.Equal(t, "blank", blank.ApplicationProblemJSON422.Errors[0].Code)

	require.Equal(t, "2026-11-24", patch(api.MealPatch{Timezone: new("Europe/Berlin")}).LocalDate.String())
	got = patch(api.MealPatch{EatenAt: new(time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC))})
	require.Equal(t, "2026-11-01", got.LocalDate.String())
	require.Equal(t, "Europe/Berlin", got.Timezone, "its own; the profile has UTC")

	day, err := p.GetNutritionDayWithResponse(t.Context(), "2026-11-01")
	require.NoError(t, err)
	require.Len(t, day.JSON200.Meals, 1)
	require.Equal(t, 3.0, day.JSON200.Totals.Calories)
	r, err := p.UpdateMealWithResponse(
		t.Context(),
		m.ID,
		&api.UpdateMealParams{IfMatch: new(`"1"`)},
		api.MealPatch{MealType: new(api.MealTypeSnack)},
	)
	require.NoError(t, err)
	require.Equal(t, http.StatusPreconditionFailed, r.StatusCode())
}

func TestDeleteMeal_HidesIt_AndRestoreMealRestoresIt(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	m := logMeal(t, a, p, `"eaten_at":"2026-11-20T12:00:00Z",`, espresso, espresso)
	first, err := p.DeleteMealItemWithResponse(t.Context(), m.ID, m.Items[0].ID, nil)
	require.NoError(t, err)
	require.Equal(t, 200, first.StatusCode(), string(first.Body))

	gone, err := p.DeleteMealWithResponse(t.Context(), m.ID, &api.DeleteMealParams{IfMatch: new(`"1"`)})
	require.NoError(t, err)
	require.Equal(t, http.StatusPreconditionFailed, gone.StatusCode(), "its version has changed")
	gone, err = p.DeleteMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, gone.StatusCode())
	for range 2 {
		r, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusNotFound, r.StatusCode())
		again, err := p.DeleteMealWithResponse(t.Context(), m.ID, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusNotFound, again.StatusCode())
	}
	day, err := p.GetNutritionDayWithResponse(t.Context(), "2026-11-20")
	require.NoError(t, err)
	require.Empty(t, day.JSON200.Meals)
	require.Zero(t, day.JSON200.Totals.Calories)

	for range 2 { // the second finds nothing to do
		back, err := p.RestoreMealWithResponse(t.Context(), m.ID, nil)
		require.NoError(t, err)
		require.Equal(t, 200, back.StatusCode(), string(back.Body))
		require.Len(t, back.JSON200.Items, 1, "the item that was deleted before stays deleted")
	}
	_, err = p.DeleteMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(t.Context(), "update public.meals set deleted_at = now() - interval '31 days' where user_id = $1", p.ID)
	require.NoError(t, err)
	late, err := p.RestoreMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, late.StatusCode())

	_, err = a.DB.PurgeDiary(db.AsService(t.Context()))
	require.NoError(t, err)
	var left int
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), "select count(*) from public.meals where user_id = $1", p.ID).Scan(&left))
	require.Zero(t, left)
}

func TestCopyMeal_KeepsItsValuesAndItsTimeOfDay(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := newFood(t, a, nil, egg, 50)
	m := logMeal(t, a, p, `"name":"Eggs","eaten_at":"2026-03-28T02:30:00+01:00","timezone":"Europe/Berlin",`, byServing(f, 3), espresso)
	_, err := a.Database.Owner.Exec(t.Context(), "update public.foods set calories = 999, deleted_at = now() where id = $1", f.id)
	require.NoError(t, err)
	id := uuid.New()
	r, err := p.CopyMealWithResponse(t.Context(), m.ID, nil, api.MealCopy{
		ID:       &id,
		Date:     openapi_types.Date{Time: time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)},
		MealType: new(api.MealTypeDinner),
		Timezone: new("Europe/Berlin"),
	})
	require.NoError(t, err)
	require.Equal(t, 201, r.StatusCode(), string(r.Body))
	c := r.JSON201
	require.Equal(t, id, c.ID)
	require.Equal(t, api.MealSourceCopy, c.Source)
	require.Equal(t, api.MealTypeDinner, c.MealType)
	require.Equal(t, m.Totals, c.Totals)
	require.Equal(t, "2026-03-29", c.LocalDate.String())
	require.Equal(t, time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC), c.EatenAt, "02:30 did not exist on that day; 03:30 did")
	require.NotEqual(t, m.Items[0].ID, c.Items[0].ID)
	nothing, err := p.CopyMealWithResponse(t.Context(), uuid.New(), nil, api.MealCopy{Date: m.LocalDate})
	require.NoError(t, err)
	require.Equal(t, 404, nothing.StatusCode())
}
