package server_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

// food is a food of the person's own, with a serving.
func (w *walk) food(t *testing.T, p *apitest.Person) api.Food {
	t.Helper()
	r, err := p.CreateCustomFoodWithResponse(t.Context(), nil, api.FoodCreate{
		Name: "Granola", Per100G: &api.NutrientsCreate{Calories: 450, ProteinG: 10, CarbsG: 60, FatG: 18}, Barcode: new("4006381333931"),
		Servings: []api.FoodServingCreate{{Label: "1 bowl", Grams: 60}},
	})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return *r.JSON201
}

// onFood sends a request about a food of one's own, and its serving.
func onFood(r request) story {
	return func(t *testing.T, w *walk, op *contract.Operation) {
		p := w.usual.Person(t)
		f := w.food(t, p)
		sent := r
		sent.op, sent.id, sent.path = op, f.ID.String(), map[string]string{"serving_id": f.Servings[0].ID.String()}
		if r.path != nil {
			sent.path = r.path
		}
		w.send(t, p.Client, w.usual.URL, sent)
	}
}

var never = map[string]string{"If-None-Match": "*"}

// foodStories are how the operations on foods come to what they do not share with the others.
var foodStories = map[string]map[int]story{
	"searchFoods": {
		200: asked("q=granola"),
		500: func(t *testing.T, w *walk, op *contract.Operation) {
			c := w.broken.Bearer(t, w.usual.Person(t).Cookie(t, "access_token"))
			w.send(t, c, w.broken.URL, request{op: op, query: "q=granola"})
		},
	},
	"listRecentFoods":   {400: asked("order=oldest")},
	"listFavoriteFoods": {400: asked("limit=0")},
	"getFood":           {200: onFood(request{}), 304: onFood(request{header: never})},
	"getFoodByBarcode": {
		200: onFood(request{}),
		304: onFood(request{header: never}),
		400: onFood(request{path: map[string]string{"gtin": "123"}}),
		422: onFood(request{path: map[string]string{"gtin": "4006381333932"}}),
	},
	"createCustomFood": {201: body(`{"name":"Granola","per_100g":{"calories":450,"protein_g":10,"carbs_g":60,"fat_g":18}}`)},
	"updateCustomFood": {
		200: onFood(request{body: `{"brand":null}`}),
		412: onFood(request{body: `{"brand":null}`, header: moved}),
		422: onFood(request{body: `{"per_100g":{"fat_g":90}}`}),
	},
	"deleteCustomFood":  {204: onFood(request{}), 412: onFood(request{header: moved})},
	"restoreCustomFood": {200: onFood(request{})},
	"addFoodServing": {
		201: onFood(request{body: `{"label":"1 spoon","grams":12}`}),
		412: onFood(request{body: `{"label":"1 spoon","grams":12}`, header: moved}),
	},
	"updateFoodServing": {
		200: onFood(request{body: `{"grams":61}`}),
		412: onFood(request{body: `{"grams":61}`, header: moved}),
		422: onFood(request{body: `{"label":"  "}`}),
	},
	"deleteFoodServing":  {200: onFood(request{}), 412: onFood(request{header: moved})},
	"addFavoriteFood":    {204: onFood(request{})},
	"removeFavoriteFood": {204: onFood(request{})},
}
