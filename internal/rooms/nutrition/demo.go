package nutrition

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// The ids in the docs' examples. The egg is one of the starter foods.
const (
	demoMeal     = "5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a01"
	demoEggs     = "5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a02"
	demoEspresso = "5b7c3b2e-0d55-4c58-9c76-2b7a7e0f7a03"
	demoGranola  = "0b5f3c1e-8a64-4c0c-9d0e-3f5b8f0f1c01"
	demoBowl     = "0b5f3c1e-8a64-4c0c-9d0e-3f5b8f0f1c02"
)

var (
	demoEgg   = uuid.MustParse("f0000000-0000-4000-8000-000000000001")
	demoLarge = uuid.MustParse("f0000000-0000-4000-8000-000000000011")
)

// demoDays is how many days the demo diary has.
const demoDays = 14

// Demonstrate adds a custom food, marks the egg as a favourite, and logs two weeks of meals. Each meal always has the same id, so
// that it is not logged twice, nor again after it was deleted.
func (h *Handlers) Demonstrate(ctx context.Context, d room.Demo) error {
	_, err := h.CreateCustomFood(ctx, api.CreateCustomFoodRequestObject{Body: &api.FoodCreate{
		ID: new(d.ID(demoGranola)), Name: "Grandma's granola", Brand: new("Homemade"), Barcode: new("4006381333931"),
		Per100G: new(nutrient.Of(map[nutrient.ID]float64{
			nutrient.Calories: 450, nutrient.Protein: 10, nutrient.Carbs: 60, nutrient.Fat: 18, nutrient.Fiber: 7, nutrient.Sugar: 20,
		})),
		Servings: []api.FoodServingCreate{{ID: new(d.ID(demoBowl)), Label: "1 bowl", Grams: 60}},
	}})
	if err != nil && db.Diagnose(err) != db.Duplicate {
		return fmt.Errorf("add the demo food: %w", err)
	}
	if _, err := h.AddFavoriteFood(ctx, api.AddFavoriteFoodRequestObject{ID: demoEgg}); err != nil {
		return fmt.Errorf("mark the demo favourite: %w", err)
	}
	for back := range demoDays {
		for _, meal := range demoMeals(d, back) {
			_, err := h.CreateMeal(ctx, api.CreateMealRequestObject{Body: &meal})
			if err != nil && db.Diagnose(err) != db.Duplicate {
				return fmt.Errorf("log a demo meal: %w", err)
			}
		}
	}
	return nil
}

func demoMeals(d room.Demo, back int) []api.MealCreate {
	day := d.Day.AddDate(0, 0, -back)
	eggs, espresso := api.ItemByServing{FoodID: demoEgg, ServingID: demoLarge, Count: 2}, api.QuickItem{Name: "Espresso", Calories: 3}
	if back == 0 {
		eggs.ID, espresso.ID = new(d.ID(demoEggs)), new(d.ID(demoEspresso))
	}
	meals := []api.MealCreate{
		{
			Name: new("Eggs and coffee"), MealType: api.MealTypeBreakfast, EatenAt: new(day.Add(6*time.Hour + 30*time.Minute)),
			Items: []api.MealItemCreate{demoServing(eggs), demoQuick(espresso)},
		},
		{MealType: api.MealTypeLunch, EatenAt: new(day.Add(11 * time.Hour)), Items: []api.MealItemCreate{demoQuick(api.QuickItem{
			Name: "Lentil soup with bread", Calories: 520 + float64(back*7%60), ProteinG: new(28.0), CarbsG: new(74.0), FatG: new(11.0),
		})}},
		{MealType: api.MealTypeDinner, EatenAt: new(day.Add(18 * time.Hour)), Items: []api.MealItemCreate{demoQuick(api.QuickItem{
			Name: "Rice with vegetables", Calories: 690 + float64(back*13%90), ProteinG: new(22.0), CarbsG: new(108.0), FatG: new(16.5),
		})}},
	}
	first := d.ID(demoMeal)
	for i := range meals {
		m := &meals[i]
		m.ID, m.Timezone = new(uuid.NewSHA1(first, fmt.Appendf(nil, "%d days before: %s", back, m.MealType))), &d.Zone
		if back == 0 && m.MealType == api.MealTypeBreakfast {
			m.ID = &first
		}
	}
	return meals
}

func demoServing(s api.ItemByServing) (item api.MealItemCreate) {
	_ = item.FromItemByServing(s) // cannot fail: the struct has only strings and numbers
	return item
}

func demoQuick(q api.QuickItem) (item api.MealItemCreate) {
	_ = item.FromQuickItem(q)
	return item
}
