package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/client"
)

// The meal of the examples in the docs, and its egg, which is one of the starter foods. Ids of the other meals are made
// from the meal's.
var (
	egg          = uuid.MustParse("f0000000-0000-4000-8000-000000000001")
	eggServing   = uuid.MustParse("f0000000-0000-4000-8000-000000000011")
	firstMeal    = uuid.MustParse("5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a01")
	mealEggs     = uuid.MustParse("5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a02")
	mealEspresso = uuid.MustParse("5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a03")
)

// days is how far back the diary of the demo account goes.
const days = 14

// seedDiary logs two weeks of meals that end on a day, through the API as any client would. For one last day every meal
// has the same id each time, so that one that is there, or was deleted, does not come again.
func seedDiary(ctx context.Context, client *api.ClientWithResponses, last time.Time) error {
	midnight := last.UTC().Truncate(24 * time.Hour)
	for back := range days {
		day := midnight.AddDate(0, 0, -back)
		breakfast := api.MealCreate{
			Timezone: new(home), Name: new("Eggs and coffee"), MealType: api.MealTypeBreakfast, EatenAt: new(day.Add(6*time.Hour + 30*time.Minute)),
			Items: []api.MealItemCreate{
				serving(api.ItemByServing{FoodID: egg, ServingID: eggServing, Count: 2}),
				quick(api.QuickItem{Name: "Espresso", Calories: 3}),
			},
		}
		if back == 0 {
			breakfast.ID = &firstMeal
			breakfast.Items[0] = serving(api.ItemByServing{ID: &mealEggs, FoodID: egg, ServingID: eggServing, Count: 2})
			breakfast.Items[1] = quick(api.QuickItem{ID: &mealEspresso, Name: "Espresso", Calories: 3})
		}
		for _, meal := range []api.MealCreate{breakfast, {
			Timezone: new(home), MealType: api.MealTypeLunch, EatenAt: new(day.Add(11 * time.Hour)),
			Items: []api.MealItemCreate{quick(api.QuickItem{Name: "Lentil soup with bread", Calories: 520 + float64(back*7%60), ProteinG: new(28.0), CarbsG: new(74.0), FatG: new(11.0)})},
		}, {
			Timezone: new(home), MealType: api.MealTypeDinner, EatenAt: new(day.Add(18 * time.Hour)),
			Items: []api.MealItemCreate{quick(api.QuickItem{Name: "Rice with vegetables", Calories: 690 + float64(back*13%90), ProteinG: new(22.0), CarbsG: new(108.0), FatG: new(16.5)})},
		}} {
			if meal.ID == nil {
				meal.ID = new(uuid.NewSHA1(firstMeal, fmt.Appendf(nil, "%d days before: %s", back, meal.MealType)))
			}
			logged, err := client.CreateMealWithResponse(ctx, nil, meal)
			if err != nil {
				return err
			}
			if !there(logged.StatusCode()) {
				return errors.New("log a meal: " + logged.Status())
			}
		}
	}
	return nil
}

// there tells whether what was sent with an id of its own is there now, whoever brought it.
func there(status int) bool {
	return status == http.StatusCreated || status == http.StatusConflict
}

func serving(s api.ItemByServing) (item api.MealItemCreate) {
	_ = item.FromItemByServing(s) // strings and numbers only
	return item
}

func quick(q api.QuickItem) (item api.MealItemCreate) {
	_ = item.FromQuickItem(q)
	return item
}

// The demo account's own food, of every example in the docs.
var (
	ownFood    = uuid.MustParse("0b5f3c1e-8a64-4c0c-9d0e-3f5b8f0f1c01")
	ownServing = uuid.MustParse("0b5f3c1e-8a64-4c0c-9d0e-3f5b8f0f1c02")
)

func seedFoods(ctx context.Context, client *api.ClientWithResponses) error {
	r, err := client.CreateCustomFoodWithResponse(ctx, nil, api.FoodCreate{
		ID: &ownFood, Name: "Grandma's granola", Brand: new("Homemade"), Barcode: new("4006381333931"),
		Per100G:  &api.NutrientsCreate{Calories: 450, ProteinG: 10, CarbsG: 60, FatG: 18, FiberG: new(7.0), SugarG: new(20.0)},
		Servings: []api.FoodServingCreate{{ID: &ownServing, Label: "1 bowl", Grams: 60}},
	})
	if err != nil {
		return err
	}
	if !there(r.StatusCode()) {
		return errors.New("add a food: " + r.Status())
	}
	return nil
}
