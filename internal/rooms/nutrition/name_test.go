package nutrition_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// takesName is an operation that takes a name: its request around the name, and where the response has it.
type takesName struct{ method, path, before, after, field, response string }

func takingNames(t *testing.T, a *apitest.API, p *apitest.Person) map[string]takesName {
	t.Helper()
	const per100g = `"per_100g":{"calories":100,"protein_g":5,"carbs_g":10,"fat_g":4.4}`
	foods, meals := "/api/v1/nutrition/foods/custom", "/api/v1/nutrition/meals"
	f := createFood(t, p, granola())
	m := logMeal(t, a, p, "", espresso)
	food, meal := foods+"/"+f.ID.String(), meals+"/"+m.ID.String()
	quick := `","calories":1}]}`
	return map[string]takesName{
		"food":         {http.MethodPost, foods, `{` + per100g + `,"name":"`, `"}`, "name", "name"},
		"brand":        {http.MethodPost, foods, `{` + per100g + `,"name":"x","brand":"`, `"}`, "brand", "brand"},
		"renamed food": {http.MethodPatch, food, `{"name":"`, `"}`, "name", "name"},
		"new brand":    {http.MethodPatch, food, `{"brand":"`, `"}`, "brand", "brand"},
		"serving of a food": {
			http.MethodPost,
			foods,
			`{` + per100g + `,"name":"x","servings":[{"grams":1,"label":"`,
			`"}]}`,
			"servings[0].label",
			"servings.0.label",
		},
		"renamed serving": {
			http.MethodPatch, food + "/servings/" + f.Servings[0].ID.String(), `{"label":"`, `"}`, "label", "servings.0.label",
		},
		"meal":         {http.MethodPost, meals, `{"meal_type":"snack","items":[` + espresso + `],"name":"`, `"}`, "name", "name"},
		"renamed meal": {http.MethodPatch, meal, `{"name":"`, `"}`, "name", "name"},
		"quick item": {
			http.MethodPost,
			meals,
			`{"meal_type":"snack","items":[{"kind":"quick","name":"`,
			quick,
			"items[0].name",
			"items.0.name",
		},
		"added quick item": {
			http.MethodPost, meal + "/items", `{"items":[{"kind":"quick","name":"`, quick, "items[0].name", "items.1.name",
		},
		"renamed quick item": {http.MethodPatch, meal + "/items/" + m.Items[0].ID.String(), `{"name":"`, `"}`, "name", "items.0.name"},
	}
}

func TestNames_OfInvisibleCharacters_AreBlank(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for name, c := range takingNames(t, a, p) {
		for _, invisible := range []string{"\u200b", "\u2060\u00ad", "\u3164", "&#8203;&nbsp;", "\u2800 \u200e"} {
			r, body := send(t, p.Client, c.method, a.URL+c.path, c.before+invisible+c.after)
			require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode, "%s %q: %s", name, invisible, body)
			refused(t, r, body, http.StatusUnprocessableEntity, c.field, "blank")
		}
	}
}

func TestNames_WithEntitiesAndInvisibleCharacters_AreStoredClean(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for name, c := range takingNames(t, a, p) {
		r, body := send(t, p.Client, c.method, a.URL+c.path, c.before+`\u202eBen &amp; Jerry&#39;s\u200b\u00a0 `+c.after)
		require.Less(t, r.StatusCode, 300, "%s: %s", name, body)
		require.Equal(t, "Ben & Jerry's", valueAt(t, body, c.response), "%s: %s", name, body)
	}
}

// valueAt returns the value at a path such as "items.0.name". A meal item's response is the meal.
func valueAt(t *testing.T, body []byte, path string) any {
	t.Helper()
	var food api.Food
	var meal struct {
		Name  string
		Items []struct{ Name string }
	}
	require.NoError(t, json.Unmarshal(body, &meal))
	switch path {
	case "items.0.name":
		return meal.Items[0].Name
	case "items.1.name":
		return meal.Items[1].Name
	case "servings.0.label":
		require.NoError(t, json.Unmarshal(body, &food))
		return food.Servings[0].Label
	case "brand":
		require.NoError(t, json.Unmarshal(body, &food))
		return *food.Brand
	}
	return meal.Name
}
