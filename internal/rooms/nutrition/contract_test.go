package nutrition_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

type (
	request = contracttest.Request
	world   = contracttest.World
)

const oneItem = `{"items":[` + espresso + `]}`

func TestContract(t *testing.T) {
	as, stale := contracttest.As, contracttest.Stale
	const (
		ok, created, noContent, notModified = http.StatusOK, http.StatusCreated, http.StatusNoContent, http.StatusNotModified
		badRequest, notFound, moved         = http.StatusBadRequest, http.StatusNotFound, http.StatusPreconditionFailed
		refused, fault                      = http.StatusUnprocessableEntity, http.StatusInternalServerError
	)
	contracttest.Run(t, contracttest.Room{
		Tag:     "nutrition",
		Foreign: foreign,
		Scenarios: map[string]map[int]contracttest.Scenario{
			"searchFoods":       {ok: as(request{Query: "q=granola"}), fault: contracttest.Fault(request{Query: "q=granola"})},
			"listRecentFoods":   {badRequest: as(request{Query: "order=oldest"})},
			"listFavoriteFoods": {badRequest: as(request{Query: "limit=0"})},
			"getFood":           {ok: onFood(request{}), notModified: onFood(request{Header: contracttest.Current})},
			"getFoodByBarcode": {
				ok:          onFood(request{}),
				notModified: onFood(request{Header: contracttest.Current}),
				badRequest:  as(request{Path: map[string]string{"gtin": "123"}}),
				refused:     as(request{Path: map[string]string{"gtin": "4006381333932"}}),
			},
			"createCustomFood": {
				created: as(request{Body: `{"name":"Granola","per_100g":{"calories":450,"protein_g":10,"carbs_g":60,"fat_g":18}}`}),
			},
			"updateCustomFood": {
				ok:      onFood(request{Body: `{"brand":null}`}),
				moved:   onFood(request{Body: `{"brand":null}`, Header: stale}),
				refused: onFood(request{Body: `{"per_100g":{"fat_g":90}}`}),
			},
			"deleteCustomFood":  {noContent: onFood(request{}), moved: onFood(request{Header: stale})},
			"restoreCustomFood": {ok: onFood(request{})},
			"addFoodServing": {
				created: onFood(request{Body: `{"label":"1 cup","grams":120}`}),
				moved:   onFood(request{Body: `{"label":"1 cup","grams":120}`, Header: stale}),
			},
			"updateFoodServing": {
				ok:      onFood(request{Body: `{"grams":61}`}),
				moved:   onFood(request{Body: `{"grams":61}`, Header: stale}),
				refused: onFood(request{Body: `{"label":"  "}`}),
			},
			"deleteFoodServing":  {ok: onFood(request{}), moved: onFood(request{Header: stale})},
			"addFavoriteFood":    {noContent: onFood(request{})},
			"removeFavoriteFood": {noContent: onFood(request{})},

			"listMeals": {badRequest: as(request{Query: "limit=0"}), refused: as(request{Query: "from=2026-11-23&to=2026-11-22"})},
			"createMeal": {
				created: as(request{Body: `{"meal_type":"snack","items":[` + espresso + `]}`}),
				notFound: as(
					request{Body: `{"meal_type":"snack","items":[{"kind":"grams","food_id":"` + uuid.Nil.String() + `","grams":1}]}`},
				),
			},
			"getMeal": {ok: onMeal(request{}), notModified: onMeal(request{Header: contracttest.Current})},
			"updateMeal": {
				ok:      onMeal(request{Body: `{"meal_type":"lunch"}`}),
				moved:   onMeal(request{Body: `{"meal_type":"lunch"}`, Header: stale}),
				refused: onMeal(request{Body: `{"timezone":"Mars/Olympus"}`}),
			},
			"deleteMeal":   {noContent: onMeal(request{}), moved: onMeal(request{Header: stale})},
			"restoreMeal":  {ok: onMeal(request{})},
			"copyMeal":     {created: onMeal(request{Body: `{"date":"2026-11-23"}`})},
			"addMealItems": {created: onMeal(request{Body: oneItem}), moved: onMeal(request{Body: oneItem, Header: stale})},
			"updateMealItem": {
				ok:      onMeal(request{Body: `{"calories":5}`}),
				moved:   onMeal(request{Body: `{"calories":5}`, Header: stale}),
				refused: onMeal(request{Body: `{"grams":5}`}),
			},
			"deleteMealItem":  {ok: onMeal(request{}), moved: onMeal(request{Header: stale})},
			"refreshMealItem": {ok: refreshEgg, moved: onMeal(request{Header: stale})},
			"listNutritionDays": {
				ok:      as(request{Query: "from=2026-11-22&to=2026-11-23"}),
				refused: as(request{Query: "from=2026-11-23&to=2026-11-22"}),
				fault:   contracttest.Fault(request{Query: "from=2026-11-22&to=2026-11-23"}),
			},
			"getNutritionDay": {refused: as(request{Path: map[string]string{"date": "2026-02-30"}})},
			"copyNutritionDay": {created: func(t *testing.T, w *world, op *contract.Operation) {
				p := w.Usual.Person(t)
				logMeal(t, w.Usual, p, "", espresso)
				w.Send(t, p.Client, w.Usual.URL, request{Op: op, Path: map[string]string{"date": "today"}, Body: `{"to":"2026-01-01"}`})
			}},
		},
	})
}

// foreign creates a meal and a food of another user.
func foreign(t *testing.T, w *world, owner *apitest.Person) map[string]request {
	meal := logMeal(t, w.Usual, owner, "", espresso)
	food := createFood(t, owner, granola())
	theirs := map[string]request{}
	for _, path := range []string{"", "/restore", "/copy", "/items", "/items/:item_id", "/items/:item_id/refresh"} {
		theirs["/api/v1/nutrition/meals/:id"+path] = request{
			ID:   meal.ID.String(),
			Path: map[string]string{"item_id": meal.Items[0].ID.String()},
		}
	}
	for _, path := range []string{":id", ":id/favorite", "custom/:id", "custom/:id/restore", "custom/:id/servings", "custom/:id/servings/:serving_id"} {
		theirs["/api/v1/nutrition/foods/"+path] = request{
			ID:   food.ID.String(),
			Path: map[string]string{"serving_id": food.Servings[0].ID.String()},
		}
	}
	return theirs
}

// onFood sends a request about a new custom food and its serving.
func onFood(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		body := granola()
		body.Barcode = new("4006381333931")
		f := createFood(t, p, body)
		r.Op, r.ID, r.Path = op, f.ID.String(), map[string]string{"serving_id": f.Servings[0].ID.String()}
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// onMeal sends a request about a new meal and its item.
func onMeal(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		m := logMeal(t, w.Usual, p, "", espresso)
		r.Op, r.ID, r.Path = op, m.ID.String(), map[string]string{"item_id": m.Items[0].ID.String()}
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// refreshEgg refreshes an item that has a food; a quick item has none.
func refreshEgg(t *testing.T, w *world, op *contract.Operation) {
	p := w.Usual.Person(t)
	m := logMeal(t, w.Usual, p, "", byGrams(newFood(t, w.Usual, nil, egg, 50), 100))
	w.Send(t, p.Client, w.Usual.URL, request{Op: op, ID: m.ID.String(), Path: map[string]string{"item_id": m.Items[0].ID.String()}})
}
