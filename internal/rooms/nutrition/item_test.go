package nutrition_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

func patchItem(t testing.TB, p *apitest.Person, m api.Meal, i int, patch api.MealItemPatch) api.Meal {
	t.Helper()
	r, err := p.UpdateMealItemWithResponse(t.Context(), m.ID, m.Items[i].ID, nil, patch)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func TestUpdateMealItem_UsesTheValuesItWasLoggedWith(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := newFood(t, a, nil, egg, 50)
	large := uuid.New()
	_, err := a.Database.Owner.Exec(
		t.Context(),
		"insert into public.food_servings (id, food_id, label, grams) values ($1, $2, '1 jumbo', 63.5)",
		large,
		f.id,
	)
	require.NoError(t, err)
	m := logMeal(t, a, p, "", byGrams(f, 100), byServing(f, 2), espresso)
	_, err = a.Database.Owner.Exec(t.Context(), "update public.foods set calories = 999, name = 'Other' where id = $1", f.id)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(t.Context(), "update public.food_servings set grams = 999, label = 'other' where id = $1", f.serving)
	require.NoError(t, err)

	m = patchItem(t, p, m, 0, api.MealItemPatch{Grams: new(33.3333)})
	require.Equal(t, 33.333, *m.Items[0].Grams)
	require.Equal(t, 47.666, m.Items[0].Nutrients.Calories, "143 × 0.33333")
	require.Equal(t, "Egg, whole, raw", m.Items[0].Name)
	m = patchItem(t, p, m, 0, api.MealItemPatch{Grams: new(100.0)})
	require.Equal(t, 143.0, m.Items[0].Nutrients.Calories, "not rounded twice")

	m = patchItem(t, p, m, 1, api.MealItemPatch{Count: new(3.0)})
	require.Equal(t, 150.0, *m.Items[1].Grams)
	require.Equal(t, "1 large", m.Items[1].Label)
	m = patchItem(t, p, m, 1, api.MealItemPatch{ServingID: &large})
	require.Equal(t, 190.5, *m.Items[1].Grams)
	require.Equal(t, "1 jumbo", m.Items[1].Label)
	require.Equal(t, 272.415, m.Items[1].Nutrients.Calories)
	m = patchItem(t, p, m, 1, api.MealItemPatch{Grams: new(10.0)})
	require.Equal(t, api.ItemKindGrams, m.Items[1].Kind)
	require.Nil(t, m.Items[1].Count)
	m = patchItem(t, p, m, 1, api.MealItemPatch{ServingID: &large, Count: new(1.0)})
	require.Equal(t, api.ItemKindServing, m.Items[1].Kind)
	require.Equal(t, 63.5, *m.Items[1].Grams)

	m = patchItem(t, p, m, 2, api.MealItemPatch{Name: new("Doppio"), Calories: new(6.0), ProteinG: nullable.NewNullableWithValue(0.25)})
	require.Equal(t, "Doppio", m.Items[2].Name)
	require.Equal(t, 0.25, *m.Items[2].Nutrients.ProteinG)
	m = patchItem(t, p, m, 2, api.MealItemPatch{ProteinG: nullable.NewNullNullable[float64]()})
	require.Nil(t, m.Items[2].Nutrients.ProteinG)
	require.Equal(t, 6.0, m.Items[2].Nutrients.Calories)
}

func TestUpdateMealItem_InvalidPatch_NamesTheField(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p, other := a.Person(t), a.Person(t)
	f, g := newFood(t, a, nil, egg, 50), newFood(t, a, nil, egg, 500)
	theirs := newFood(t, a, &other.ID, egg, 50)
	m := logMeal(t, a, p, "", byGrams(f, 100), byServing(f, 2), espresso, byServing(g, 1))
	for _, c := range []struct {
		item        int
		body        string
		status      int
		field, code string
	}{
		{0, `{"count":2}`, 422, "serving_id", "required"},
		{0, `{"serving_id":"` + f.serving.String() + `"}`, 422, "count", "required"},
		{0, `{"calories":2}`, 422, "calories", "not_for_this_kind"},
		{0, `{"serving_id":"` + g.serving.String() + `","count":1}`, 422, "serving_id", "serving_of_another_food"},
		{0, `{"serving_id":"` + theirs.serving.String() + `","count":1}`, 404, "serving_id", "serving_not_found"},
		{1, `{"grams":2,"count":3}`, 422, "grams", "ambiguous"},
		{2, `{"grams":2}`, 422, "grams", "not_for_this_kind"},
		{2, `{"name":" "}`, 422, "name", "blank"},
		{3, `{"count":20.001}`, 422, "count", "too_heavy"},
		{1, `{"count":51}`, 400, "count", "too_large"},
		{0, `{"grams":10001}`, 400, "grams", "too_large"},
		{0, `{"grams":null}`, 400, "grams", "wrong_type"},
		{0, `{}`, 400, "", "too_few"},
		{0, `{"food_id":"` + f.id.String() + `"}`, 400, "food_id", "unknown_field"},
	} {
		r, body := send(
			t,
			p.Client,
			http.MethodPatch,
			fmt.Sprintf("%s/api/v1/nutrition/meals/%s/items/%s", a.URL, m.ID, m.Items[c.item].ID),
			c.body,
		)
		refused(t, r, body, c.status, c.field, c.code)
	}
	for _, ids := range [][2]uuid.UUID{{m.ID, uuid.New()}, {uuid.New(), m.Items[0].ID}} {
		r, err := p.UpdateMealItemWithResponse(t.Context(), ids[0], ids[1], nil, api.MealItemPatch{Grams: new(1.0)})
		require.NoError(t, err)
		require.Equal(t, 404, r.StatusCode())
	}
	got, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, &m, got.JSON200, "nothing has changed")
}

func TestAddMealItems_AppendsAllItemsOrNone(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := newFood(t, a, nil, egg, 50)
	m := logMeal(t, a, p, "", espresso)
	url := a.URL + "/api/v1/nutrition/meals/" + m.ID.String() + "/items"
	r, body := post(t, p.Client, url, `{"items":[`+byGrams(f, 100)+`,`+byServing(f, 1)+`]}`, "If-Match", `"1"`)
	require.Equal(t, 201, r.StatusCode, "%s", body)
	require.Equal(t, `"2"`, r.Header.Get("ETag"))
	got := read[api.Meal](t, body)
	require.Equal(t, []api.ItemKind{"quick", "grams", "serving"}, []api.ItemKind{got.Items[0].Kind, got.Items[1].Kind, got.Items[2].Kind})
	require.Equal(t, 217.5, got.Totals.Calories)

	r, body = post(t, p.Client, url, `{"items":[`+byGrams(f, 100)+`]}`, "If-Match", `"1"`)
	refused(t, r, body, 412, "", "precondition_failed")
	r, body = post(t, p.Client, url, `{"items":[`+byGrams(f, 100)+`,`+byGrams(food{uuid.New(), uuid.New()}, 1)+`]}`)
	refused(t, r, body, 404, "items[1].food_id", "food_not_found")
	r, body = post(t, p.Client, url, `{"items":[`+strings.TrimSuffix(strings.Repeat(espresso+",", 50), ",")+`]}`)
	require.Equal(t, 201, r.StatusCode, "%s", body)
	r, body = post(t, p.Client, url, `{"items":[`+strings.TrimSuffix(strings.Repeat(espresso+",", 48), ",")+`]}`)
	refused(t, r, body, 422, "items", "meal_full")
	now, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Len(t, now.JSON200.Items, 53)
	require.Equal(t, `"3"`, now.HTTPResponse.Header.Get("ETag"), "a refused write keeps the version")
}

func TestRefreshMealItem_ShowsTheChange_AndStoresItOnlyWithApply(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := newFood(t, a, nil, egg, 50)
	m := logMeal(t, a, p, "", byServing(f, 2), espresso)
	_, err := a.Database.Owner.Exec(t.Context(), "update public.foods set calories = 150, fiber_g = 0.4 where id = $1", f.id)
	require.NoError(t, err)

	shown, err := p.RefreshMealItemWithResponse(t.Context(), m.ID, m.Items[0].ID, nil, api.MealItemRefresh{})
	require.NoError(t, err)
	require.Equal(t, 200, shown.StatusCode(), string(shown.Body))
	require.False(t, shown.JSON200.Applied)
	require.Equal(t, m.Items[0], shown.JSON200.Before)
	require.Equal(t, 150.0, shown.JSON200.After.Nutrients.Calories)
	require.Equal(t, 0.4, *shown.JSON200.After.Nutrients.FiberG)
	got, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, &m, got.JSON200)

	applied, err := p.RefreshMealItemWithResponse(t.Context(), m.ID, m.Items[0].ID, nil, api.MealItemRefresh{Apply: new(true)})
	require.NoError(t, err)
	require.True(t, applied.JSON200.Applied)
	require.Equal(t, shown.JSON200.After, applied.JSON200.After)
	got, err = p.GetMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, applied.JSON200.After, got.JSON200.Items[0], "the response shows what is stored")
	require.Equal(t, applied.HTTPResponse.Header.Get("ETag"), got.HTTPResponse.Header.Get("ETag"))

	quick, err := p.RefreshMealItemWithResponse(t.Context(), m.ID, m.Items[1].ID, nil, api.MealItemRefresh{})
	require.NoError(t, err)
	require.Equal(t, 422, quick.StatusCode())
	_, err = a.Database.Owner.Exec(t.Context(), "update public.foods set deleted_at = now() where id = $1", f.id)
	require.NoError(t, err)
	gone, err := p.RefreshMealItemWithResponse(t.Context(), m.ID, m.Items[0].ID, nil, api.MealItemRefresh{Apply: new(true)})
	require.NoError(t, err)
	require.Equal(t, 404, gone.StatusCode())
	require.Equal(t, "food_not_found", gone.ApplicationProblemJSON404.Code)
}

// Editing or deleting a food never changes what was logged.
func TestMealItem_AfterItsFoodChangesOrIsDeleted_KeepsItsValues(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := newFood(t, a, &p.ID, egg, 50)
	m := logMeal(t, a, p, "", byGrams(f, 80), byServing(f, 2))
	for _, change := range []string{
		"update public.foods set calories = 999, name = 'Other', brand = null where id = $1",
		"update public.food_servings set grams = 1, label = 'other' where food_id = $1",
		"update public.foods set deleted_at = now() where id = $1",
		"delete from public.foods where id = $1", // as the purge does
	} {
		_, err := a.Database.Owner.Exec(t.Context(), change, f.id)
		require.NoError(t, err)
		got, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
		require.NoError(t, err)
		require.Equal(t, &m, got.JSON200, change)
	}
	m = patchItem(t, p, m, 1, api.MealItemPatch{Count: new(1.0)})
	require.Equal(t, 71.5, m.Items[1].Nutrients.Calories, "its amount can still be corrected")
}

// Without a transaction a meal was stored without its items, and two devices overwrote each other.
func TestRegression5_TwentyClientsEditingOneMeal_LoseNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := newFood(t, a, nil, egg, 50)
	m := logMeal(t, a, p, "", byServing(f, 1), espresso)
	const clients = 20
	together := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for i := range clients {
		wg.Go(func() {
			<-together
			// Each client adds an item, deletes or changes it, and tries one write with If-Match.
			r, err := p.UpdateMealWithResponse(
				t.Context(),
				m.ID,
				&api.UpdateMealParams{IfMatch: new(`"1"`)},
				api.MealPatch{Name: nullable.NewNullableWithValue(fmt.Sprint(i))},
			)
			if err == nil && r.StatusCode() == 200 {
				mu.Lock()
				won++
				mu.Unlock()
			}
			id := uuid.New()
			var item api.MealItemCreate
			if item.FromItemByGrams(api.ItemByGrams{ID: &id, FoodID: f.id, Grams: 100}) != nil {
				return
			}
			added, err := p.AddMealItemsWithResponse(t.Context(), m.ID, nil, api.MealItemsCreate{Items: []api.MealItemCreate{item}})
			if err != nil || added.StatusCode() != 201 {
				t.Errorf("add: %v %s", err, added.Body)
				return
			}
			if i%2 == 0 {
				gone, err := p.DeleteMealItemWithResponse(t.Context(), m.ID, id, nil)
				if err != nil || gone.StatusCode() != 200 {
					t.Errorf("delete: %v %s", err, gone.Body)
				}
				return
			}
			changed, err := p.UpdateMealItemWithResponse(t.Context(), m.ID, id, nil, api.MealItemPatch{Grams: new(float64(i))})
			if err != nil || changed.StatusCode() != 200 {
				t.Errorf("change: %v %s", err, changed.Body)
			}
		})
	}
	close(together)
	wg.Wait()
	require.LessOrEqual(t, won, 1, "If-Match with the first version succeeds at most once")
	got, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Len(t, got.JSON200.Items, 2+clients/2)
	require.Equal(t, fmt.Sprintf(`"%d"`, 1+won+2*clients), got.HTTPResponse.Header.Get("ETag"), "each write moved the version by one")
	want := 71.5 + 3
	for i := 1; i < clients; i += 2 {
		want += 1.43 * float64(i)
	}
	require.InDelta(t, want, got.JSON200.Totals.Calories, 1e-9)
	places := map[uuid.UUID]bool{}
	for _, item := range got.JSON200.Items {
		places[item.ID] = true
	}
	require.Len(t, places, 2+clients/2)
}

func TestDeleteMealItem_TwiceAtOnce_SucceedsOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	m := logMeal(t, a, p, "", espresso, espresso)
	statuses := make([]int, 8)
	var wg sync.WaitGroup
	for i := range statuses {
		wg.Go(func() {
			r, err := p.DeleteMealItemWithResponse(t.Context(), m.ID, m.Items[0].ID, nil)
			if err == nil {
				statuses[i] = r.StatusCode()
			}
		})
	}
	wg.Wait()
	ok := 0
	for _, status := range statuses {
		if status == 200 {
			ok++
		} else {
			require.Equal(t, 404, status)
		}
	}
	require.Equal(t, 1, ok)
	got, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, `"2"`, got.HTTPResponse.Header.Get("ETag"))
	require.Len(t, got.JSON200.Items, 1)
}

func TestDeleteMeal_DuringAddMealItems_DeletesTheNewItemsToo(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for range 15 {
		m := logMeal(t, a, p, "", espresso)
		together := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				<-together
				post(t, p.Client, a.URL+"/api/v1/nutrition/meals/"+m.ID.String()+"/items", `{"items":[`+espresso+`]}`)
			})
		}
		wg.Go(func() {
			<-together
			send(t, p.Client, http.MethodDelete, a.URL+"/api/v1/nutrition/meals/"+m.ID.String(), "")
		})
		close(together)
		wg.Wait()
	}
	var orphans int
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), `
		select count(*) from public.meal_items i join public.meals m on m.user_id = i.user_id and m.id = i.meal_id
		where i.user_id = $1 and i.deleted_at is null and m.deleted_at is not null`, p.ID).Scan(&orphans))
	require.Zero(t, orphans)
	require.Zero(t, dayOf(t, p, "today").Totals.Calories)
}

func TestRestoreMeal_RestoredAndDeletedAgainMeanwhile_RestoresItsItems(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	m := logMeal(t, a, p, "", espresso, espresso)
	deleted, err := p.DeleteMealWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, deleted.StatusCode())
	// Another device restores and deletes the meal in a transaction that is still open.
	other, err := a.Database.Owner.Begin(t.Context())
	require.NoError(t, err)
	for _, statement := range []string{
		"update public.meals set deleted_at = now() where user_id = $1",
		"update public.meal_items set deleted_at = now() where user_id = $1",
	} {
		_, err = other.Exec(t.Context(), statement, p.ID)
		require.NoError(t, err)
	}
	var restored *api.RestoreMealResponse
	var wg sync.WaitGroup
	wg.Go(func() { restored, err = p.RestoreMealWithResponse(t.Context(), m.ID, nil) })
	require.Eventually(t, func() bool {
		var waiting bool
		look := "select exists (select from pg_locks l join pg_stat_activity s using (pid) where not l.granted and s.query like '%restore_meal%' and s.datname = current_database())"
		return a.Database.Owner.QueryRow(t.Context(), look).Scan(&waiting) == nil && waiting
	}, time.Minute, time.Millisecond)
	require.NoError(t, other.Commit(t.Context()))
	wg.Wait()
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, restored.StatusCode(), string(restored.Body))
	require.Len(t, restored.JSON200.Items, 2)
}

func TestUpdateMealItem_DifferentFieldsAtOnce_KeepsAllChanges(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	m := logMeal(t, a, p, "", espresso)
	for round := 1; round <= 10; round++ {
		together := make(chan struct{})
		var wg sync.WaitGroup
		for _, patch := range []string{`{"name":"round %d"}`, `{"calories":%d}`, `{"protein_g":%d}`, `{"carbs_g":%d}`, `{"fat_g":%d}`} {
			wg.Go(func() {
				<-together
				r, body := send(
					t,
					p.Client,
					http.MethodPatch,
					fmt.Sprintf("%s/api/v1/nutrition/meals/%s/items/%s", a.URL, m.ID, m.Items[0].ID),
					fmt.Sprintf(patch, round),
				)
				if r.StatusCode != http.StatusOK {
					t.Errorf("%s: %s", patch, body)
				}
			})
		}
		close(together)
		wg.Wait()
		got, err := p.GetMealWithResponse(t.Context(), m.ID, nil)
		require.NoError(t, err)
		item, n := got.JSON200.Items[0], float64(round)
		require.Equal(t, fmt.Sprint("round ", round), item.Name)
		require.Equal(t, api.ItemNutrients{Calories: n, ProteinG: &n, CarbsG: &n, FatG: &n}, item.Nutrients)
	}
}
