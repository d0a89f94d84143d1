package nutrition_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// In these tests every nutrient has a different amount, and responses are read as plain JSON: if two nutrients are swapped
// anywhere between request, tables and response, amounts differ by at least 0.01.

type amounts map[string]float64

// times returns the amounts multiplied by factor, rounded as the database rounds them.
func (a amounts) times(factor float64) amounts {
	out := amounts{}
	for key, v := range a {
		out[key] = math.Round(v*factor*1000) / 1000
	}
	return out
}

// everyNutrient returns a different amount for each nutrient of the contract.
func everyNutrient(t *testing.T) amounts {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(gen.OpenAPI)
	require.NoError(t, err)
	properties := doc.Components.Schemas["Nutrients"].Value.Properties
	require.GreaterOrEqual(t, len(properties), 16)
	out := amounts{"calories": 2, "protein_g": 1.9, "carbs_g": 1.8, "fat_g": 1.7, "sugar_g": 1.6, "added_sugar_g": 1.5}
	next := 1.49
	for key := range properties {
		if _, ok := out[key]; !ok {
			out[key] = math.Round(next*100) / 100
			next -= 0.01
		}
	}
	return out
}

// at returns the object at a path such as "items.0.nutrients" of a response.
func at(t *testing.T, answer []byte, path string) map[string]any {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal(answer, &v), "%s", answer)
	for step := range strings.SplitSeq(path, ".") {
		switch here := v.(type) {
		case map[string]any:
			v = here[step]
		case []any:
			var i int
			_, err := fmt.Sscan(step, &i)
			require.NoError(t, err)
			require.Greater(t, len(here), i, "%s in %s", path, answer)
			v = here[i]
		}
	}
	found, ok := v.(map[string]any)
	require.True(t, ok, "nothing at %s in %s", path, answer)
	return found
}

// requireAmounts requires exactly these nutrients at each path of a response.
func requireAmounts(t *testing.T, want amounts, answer []byte, paths ...string) {
	t.Helper()
	for _, path := range paths {
		got := at(t, answer, path)
		coverage, isTotal := got["coverage"].(map[string]any)
		delete(got, "coverage")
		require.Len(t, got, len(want), "%s: %v", path, got)
		for key, v := range want {
			require.InDelta(t, v, got[key], 1e-9, "%s at %s", key, path)
			if isTotal {
				require.InDelta(t, 1, coverage[key], 1e-9, "coverage of %s at %s", key, path)
			}
		}
	}
}

func get(t *testing.T, a *apitest.API, p *apitest.Person, path string) []byte {
	t.Helper()
	r, body := send(t, p.Client, http.MethodGet, a.URL+"/api/v1/nutrition/"+path, "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s: %s", path, body)
	return body
}

func sent(t *testing.T, a *apitest.API, p *apitest.Person, method, path, body string) []byte {
	t.Helper()
	r, answer := send(t, p.Client, method, a.URL+"/api/v1/nutrition/"+path, body)
	require.Less(t, r.StatusCode, 300, "%s %s: %s", method, path, answer)
	return answer
}

func TestEachNutrient_OfAFood_IsReadUnderItsOwnName(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	all := everyNutrient(t)
	f := newFood(t, a, &p.ID, all, 50)
	_, err := a.Database.Owner.Exec(t.Context(), "update public.foods set barcode = '04006381333931' where id = $1", f.id)
	require.NoError(t, err)
	sent(t, a, p, http.MethodPut, "foods/"+f.id.String()+"/favorite", "")
	sent(t, a, p, http.MethodPost, "meals", `{"meal_type":"lunch","items":[`+byGrams(f, 10)+`]}`)

	requireAmounts(t, all, get(t, a, p, "foods/"+f.id.String()), "per_100g")
	requireAmounts(t, all, get(t, a, p, "foods/barcode/4006381333931"), "per_100g")
	for list, path := range map[string]string{"foods/search?q=egg&scope=own": "data.0.", "foods/recent": "data.0.food.", "foods/favorites": "data.0."} {
		answer := get(t, a, p, list)
		requireAmounts(t, all, answer, path+"per_100g")
		requireAmounts(t, all.times(0.5), answer, path+"default_serving.nutrients")
	}
}

func TestEachNutrient_OfALoggedItem_IsSummedUnderItsOwnName(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	all := everyNutrient(t)
	f := newFood(t, a, nil, all, 50)
	meal := sent(
		t,
		a,
		p,
		http.MethodPost,
		"meals",
		`{"meal_type":"lunch","eaten_at":"2026-11-23T12:00:00Z","timezone":"UTC","items":[`+byGrams(f, 300)+`,`+byServing(f, 4)+`]}`,
	)
	requireAmounts(t, all.times(3), meal, "items.0.nutrients")
	requireAmounts(t, all.times(2), meal, "items.1.nutrients")
	requireAmounts(t, all.times(5), meal, "totals")
	id, _ := at(t, []byte(`{"m":`+string(meal)+`}`), "m")["id"].(string)
	item, _ := at(t, meal, "items.0")["id"].(string)

	requireAmounts(t, all.times(5), get(t, a, p, "meals/"+id), "totals")
	requireAmounts(t, all.times(5), get(t, a, p, "meals"), "data.0.totals")
	requireAmounts(t, all.times(5), get(t, a, p, "days/2026-11-23"), "totals", "by_meal_type.lunch", "meals.0.totals")
	requireAmounts(
		t,
		all.times(5),
		get(t, a, p, "days?from=2026-11-23&to=2026-11-24"),
		"data.0.totals",
		"weeks.0.totals",
		"weeks.0.averages",
	)

	requireAmounts(t, all.times(2.5), sent(t, a, p, http.MethodPatch, "meals/"+id+"/items/"+item, `{"grams":250}`), "items.0.nutrients")
	requireAmounts(
		t,
		all.times(2.5),
		sent(t, a, p, http.MethodPost, "meals/"+id+"/items/"+item+"/refresh", `{}`),
		"before.nutrients",
		"after.nutrients",
	)
	requireAmounts(
		t,
		all.times(2.5),
		sent(t, a, p, http.MethodPost, "meals/"+id+"/items/"+item+"/refresh", `{"apply":true}`),
		"before.nutrients",
		"after.nutrients",
	)
	requireAmounts(
		t,
		all.times(0.5),
		sent(t, a, p, http.MethodPost, "meals/"+id+"/items", `{"items":[`+byServing(f, 1)+`]}`),
		"items.2.nutrients",
	)
	copied := sent(t, a, p, http.MethodPost, "meals/"+id+"/copy", `{"date":"2026-11-24"}`)
	requireAmounts(t, all.times(5), copied, "totals")
	requireAmounts(
		t,
		all.times(5),
		get(t, a, p, "days?from=2026-11-23&to=2026-11-24"),
		"data.0.totals",
		"data.1.totals",
		"weeks.0.averages",
	)
}

func TestEachNutrient_OfACustomFood_IsWrittenUnderItsOwnName(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	all := everyNutrient(t)
	encoded, err := json.Marshal(all)
	require.NoError(t, err)
	requireAmounts(t, all, sent(t, a, p, http.MethodPost, "foods/custom", `{"name":"Stew","per_100g":`+string(encoded)+`}`), "per_100g")

	id := uuid.NewString()
	food := sent(
		t,
		a,
		p,
		http.MethodPost,
		"foods/custom",
		`{"id":"`+id+`","name":"Stew","per_serving":{"label":"1 bowl","grams":50,"nutrients":`+string(encoded)+`}}`,
	)
	now := all.times(2)
	requireAmounts(t, now, food, "per_100g")
	// Each amount is halved. A part comes before its whole, which is never less than the part.
	wholes := []string{"sugar_g", "carbs_g", "fat_g"}
	keys := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Compare(slices.Index(wholes, a), slices.Index(wholes, b))
	})
	for _, key := range keys {
		now[key] = all[key]
		patch := fmt.Sprintf(`{"per_100g":{%q:%v}}`, key, all[key])
		requireAmounts(t, now, sent(t, a, p, http.MethodPatch, "foods/custom/"+id, patch), "per_100g")
	}
	for key := range all {
		if key == "calories" || key == "protein_g" || key == "carbs_g" || key == "fat_g" {
			continue // always known
		}
		delete(now, key)
		requireAmounts(t, now, sent(t, a, p, http.MethodPatch, "foods/custom/"+id, `{"per_100g":{"`+key+`":null}}`), "per_100g")
	}
}
