package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/gen/api"
)

// The meal of the examples in the docs, and its egg, which is one of the starter foods. Ids of the other meals are made
// from the meal's.
var (
	demoEgg        = uuid.MustParse("f0000000-0000-4000-8000-000000000001")
	demoEggServing = uuid.MustParse("f0000000-0000-4000-8000-000000000011")
	demoMeal       = uuid.MustParse("5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a01")
	demoEggs       = uuid.MustParse("5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a02")
	demoEspresso   = uuid.MustParse("5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a03")
)

// demoDays is how far back the diary of the demo account goes.
const demoDays = 14

// seedDiary logs two weeks of meals that end on a day, through the API as any client would. For one last day every meal
// has the same id each time, so that one that is there, or was deleted, does not come again.
func seedDiary(ctx context.Context, client *api.ClientWithResponses, last time.Time) error {
	midnight := last.UTC().Truncate(24 * time.Hour)
	for back := range demoDays {
		day := midnight.AddDate(0, 0, -back)
		breakfast := api.MealCreate{
			Timezone: new(demoZone), Name: new("Eggs and coffee"), MealType: api.MealTypeBreakfast, EatenAt: new(day.Add(6*time.Hour + 30*time.Minute)),
			Items: []api.MealItemCreate{
				serving(api.ItemByServing{FoodID: demoEgg, ServingID: demoEggServing, Count: 2}),
				quick(api.QuickItem{Name: "Espresso", Calories: 3}),
			},
		}
		if back == 0 {
			breakfast.ID = &demoMeal
			breakfast.Items[0] = serving(api.ItemByServing{ID: &demoEggs, FoodID: demoEgg, ServingID: demoEggServing, Count: 2})
			breakfast.Items[1] = quick(api.QuickItem{ID: &demoEspresso, Name: "Espresso", Calories: 3})
		}
		for _, meal := range []api.MealCreate{breakfast, {
			Timezone: new(demoZone), MealType: api.MealTypeLunch, EatenAt: new(day.Add(11 * time.Hour)),
			Items: []api.MealItemCreate{quick(api.QuickItem{Name: "Lentil soup with bread", Calories: 520 + float64(back*7%60), ProteinG: new(28.0), CarbsG: new(74.0), FatG: new(11.0)})},
		}, {
			Timezone: new(demoZone), MealType: api.MealTypeDinner, EatenAt: new(day.Add(18 * time.Hour)),
			Items: []api.MealItemCreate{quick(api.QuickItem{Name: "Rice with vegetables", Calories: 690 + float64(back*13%90), ProteinG: new(22.0), CarbsG: new(108.0), FatG: new(16.5)})},
		}} {
			if meal.ID == nil {
				meal.ID = new(uuid.NewSHA1(demoMeal, fmt.Appendf(nil, "%d days before: %s", back, meal.MealType)))
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
