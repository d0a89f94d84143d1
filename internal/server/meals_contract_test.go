package server_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

// meal logs an espresso.
func (w *walk) meal(t *testing.T, p *apitest.Person) api.Meal {
	t.Helper()
	var item api.MealItemCreate
	require.NoError(t, item.FromQuickItem(api.QuickItem{Name: "Espresso", Calories: 3}))
	r, err := p.CreateMealWithResponse(t.Context(), nil, api.MealCreate{MealType: api.MealTypeSnack, Items: []api.MealItemCreate{item}})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return *r.JSON201
}

// onMeal sends a request about a meal that is there; an item_id that is not given is the meal's own.
func onMeal(r request) story {
	return func(t *testing.T, w *walk, op *contract.Operation) {
		p := w.usual.Person(t)
		m := w.meal(t, p)
		sent := r
		sent.op, sent.id = op, m.ID.String()
		sent.path = map[string]string{"item_id": m.Items[0].ID.String()}
		w.send(t, p.Client, w.usual.URL, sent)
	}
}

// moved is the tag of a version that no meal has.
var moved = map[string]string{"If-Match": `"0"`}

const oneItem = `{"items":[{"kind":"quick","name":"Espresso","calories":3}]}`

// mealStories are how the operations on meals and days come to what they do not share with the others.
var mealStories = map[string]map[int]story{
	"listMeals": {
		400: asked("limit=0"),
		422: asked("from=2026-11-23&to=2026-11-22"),
	},
	"createMeal": {
		201: body(espresso),
		404: body(`{"meal_type":"snack","items":[{"kind":"grams","food_id":"` + uuid.Nil.String() + `","grams":1}]}`),
	},
	"getMeal": {
		200: onMeal(request{}),
		304: onMeal(request{header: map[string]string{"If-None-Match": "*"}}),
	},
	"updateMeal": {
		200: onMeal(request{body: `{"meal_type":"lunch"}`}),
		412: onMeal(request{body: `{"meal_type":"lunch"}`, header: moved}),
		422: onMeal(request{body: `{"timezone":"Mars/Olympus"}`}),
	},
	"deleteMeal": {
		204: onMeal(request{}),
		412: onMeal(request{header: moved}),
	},
	"restoreMeal": {200: onMeal(request{})},
	"copyMeal":    {201: onMeal(request{body: `{"date":"2026-11-23"}`})},
	"addMealItems": {
		201: onMeal(request{body: oneItem}),
		412: onMeal(request{body: oneItem, header: moved}),
	},
	"updateMealItem": {
		200: onMeal(request{body: `{"calories":5}`}),
		412: onMeal(request{body: `{"calories":5}`, header: moved}),
		422: onMeal(request{body: `{"grams":5}`}),
	},
	"deleteMealItem": {
		200: onMeal(request{}),
		412: onMeal(request{header: moved}),
	},
	"refreshMealItem": {
		200: func(t *testing.T, w *walk, op *contract.Operation) {
			p := w.usual.Person(t)
			food := uuid.New()
			_, err := w.usual.Database.Owner.Exec(t.Context(), `
				insert into public.foods (id, name, source, calories, protein_g, carbs_g, fat_g) values ($1, 'Egg', 'test', 143, 12.6, 0.7, 9.5)`, food)
			require.NoError(t, err)
			var item api.MealItemCreate
			require.NoError(t, item.FromItemByGrams(api.ItemByGrams{FoodID: food, Grams: 100}))
			m, err := p.CreateMealWithResponse(t.Context(), nil, api.MealCreate{MealType: api.MealTypeSnack, Items: []api.MealItemCreate{item}})
			require.NoError(t, err)
			w.send(t, p.Client, w.usual.URL, request{op: op, id: m.JSON201.ID.String(), path: map[string]string{"item_id": m.JSON201.Items[0].ID.String()}})
		},
		412: onMeal(request{header: moved}),
	},
	"listNutritionDays": {
		200: asked("from=2026-11-22&to=2026-11-23"),
		422: asked("from=2026-11-23&to=2026-11-22"),
		500: func(t *testing.T, w *walk, op *contract.Operation) {
			c := w.broken.Bearer(t, w.usual.Person(t).Cookie(t, "access_token"))
			w.send(t, c, w.broken.URL, request{op: op, query: "from=2026-11-22&to=2026-11-23"})
		},
	},
	"getNutritionDay": {
		422: func(t *testing.T, w *walk, op *contract.Operation) {
			w.send(t, w.usual.Person(t).Client, w.usual.URL, request{op: op, path: map[string]string{"date": "2026-02-30"}})
		},
	},
	"copyNutritionDay": {
		201: func(t *testing.T, w *walk, op *contract.Operation) {
			p := w.usual.Person(t)
			w.meal(t, p)
			w.send(t, p.Client, w.usual.URL, request{op: op, path: map[string]string{"date": "today"}, body: `{"to":"2026-01-01"}`})
		},
	},
}

func asked(query string) story {
	return func(t *testing.T, w *walk, op *contract.Operation) {
		w.send(t, w.usual.Person(t).Client, w.usual.URL, request{op: op, query: query})
	}
}
