package nutrition_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// Domain 404s and 400s reached the client as 500.
func TestRegression7_MissingOrInvalid_IsNever500(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	m := logMeal(t, a, p, "", espresso)
	meals := a.URL + "/api/v1/nutrition/meals"
	nobody := uuid.NewString()
	mine := m.ID.String()
	for _, c := range []struct {
		method, url, body string
		want              int
	}{
		{http.MethodGet, meals + "/" + nobody, "", 404},
		{http.MethodPatch, meals + "/" + nobody, `{"name":"x"}`, 404},
		{http.MethodDelete, meals + "/" + nobody, "", 404},
		{http.MethodPost, meals + "/" + nobody + "/restore", "", 404},
		{http.MethodPost, meals + "/" + nobody + "/copy", `{"date":"2026-11-23"}`, 404},
		{http.MethodPost, meals + "/" + nobody + "/items", `{"items":[` + espresso + `]}`, 404},
		{http.MethodPatch, meals + "/" + mine + "/items/" + nobody, `{"calories":1}`, 404},
		{http.MethodDelete, meals + "/" + mine + "/items/" + nobody, "", 404},
		{http.MethodPost, meals + "/" + mine + "/items/" + nobody + "/refresh", `{}`, 404},
		{http.MethodPost, meals + "/" + mine + "/items", `{"items":[` + byGrams(food{uuid.New(), uuid.New()}, 1) + `]}`, 404},
		{http.MethodPatch, meals + "/" + mine, `{"name":1}`, 400},
		{http.MethodPatch, meals + "/" + mine, `{"eaten_at":"2026-13-01T00:00:00Z"}`, 400},
		{http.MethodPatch, meals + "/" + mine, `{"eaten_at":"9999-12-31T23:59:59Z"}`, 422},
		{http.MethodPatch, meals + "/" + mine, `{"eaten_at":"2026-11-23T23:58:60Z"}`, 400},
		{http.MethodPatch, meals + "/" + mine, `{"eaten_at":"2026-11-23T10:00:00,5Z"}`, 400},
		{http.MethodPatch, meals + "/" + mine, `{"timezone":"right/Europe/Berlin"}`, 422},
		{http.MethodPatch, meals + "/" + mine, `{"timezone":"localtime"}`, 422},
		{http.MethodPost, meals + "/" + mine + "/copy", `{"date":"0000-00-00"}`, 400},
		{http.MethodPost, meals + "/" + mine + "/copy", `{"date":"0000-01-01"}`, 422},
		{http.MethodPost, meals + "/" + mine + "/copy", `{"date":"9999-12-31"}`, 422},
		{http.MethodGet, meals + "/1", "", 400},
		{http.MethodPost, meals + "/" + mine + "/items", `{"items":[{"id":"` + m.Items[0].ID.String() + `","kind":"quick","name":"x","calories":1}]}`, 409},
	} {
		r, body := send(t, p.Client, c.method, c.url, c.body)
		require.Equal(t, c.want, r.StatusCode, "%s %s %s: %s", c.method, strings.TrimPrefix(c.url, a.URL), c.body, body)
	}
	got, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, &m, got.JSON200)
}

// Database errors were shown as empty lists.
func TestRegression8_FailingDatabase_Returns500NotAnEmptyDiary(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	a := apitest.New(t, apitest.Setup{Database: &database})
	p := a.Person(t)
	logMeal(t, a, p, "", espresso)
	_, err := database.Owner.Exec(t.Context(), "alter table public.meal_items rename to lost")
	require.NoError(t, err)
	_, err = database.Owner.Exec(t.Context(), "alter table public.nutrition_days rename to lost_days")
	require.NoError(t, err)
	_, err = database.Owner.Exec(t.Context(), "drop view public.diary")
	require.NoError(t, err)
	for _, path := range []string{"/meals", "/days/today", "/days?from=2026-11-01&to=2026-11-30"} {
		r, body := send(t, p.Client, http.MethodGet, a.URL+"/api/v1/nutrition"+path, "")
		require.Equal(t, http.StatusInternalServerError, r.StatusCode, "%s: %s", path, body)
		require.NotContains(t, string(body), "lost")
	}
}

// Meals that the coach proposed were stored without items, and confirming twice stored two. The coach will log through createMeal,
// which refuses a meal without items and stores one meal per Idempotency-Key.
func TestRegression14_EmptyMealIsRefused_AndRepeatedMealIsLoggedOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	url := a.URL + "/api/v1/nutrition/meals"
	for _, body := range []string{`{"meal_type":"lunch","items":[]}`, `{"meal_type":"lunch"}`, `{"meal_type":"lunch","items":[{}]}`, `{"meal_type":"lunch","items":null}`} {
		r, answer := post(t, p.Client, url, body)
		require.Equal(t, http.StatusBadRequest, r.StatusCode, "%s: %s", body, answer)
	}
	f := newFood(t, a, nil, egg, 50)
	key := uuid.NewString()
	var first []byte
	for range 3 {
		r, body := post(t, p.Client, url, `{"meal_type":"lunch","items":[`+byServing(f, 2)+`]}`, "Idempotency-Key", key)
		require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
		if first == nil {
			first = body
		}
		require.Equal(t, first, body)
	}
	list, err := p.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, list.JSON200.Data, 1)
	require.Equal(t, 143.0, list.JSON200.Data[0].Totals.Calories)
	require.Equal(t, read[api.Meal](t, first), list.JSON200.Data[0])
}
