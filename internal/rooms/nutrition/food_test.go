package nutrition_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

func granola() api.FoodCreate {
	return api.FoodCreate{
		Name: "Grandma's granola", Brand: new("Homemade"),
		Per100G:  &api.NutrientsCreate{Calories: 450, ProteinG: 10, CarbsG: 60, FatG: 18, FiberG: new(7.0)},
		Servings: []api.FoodServingCreate{{Label: "1 bowl", Grams: 60}, {Label: "1 spoon", Grams: 12.5}},
	}
}

func createFood(t testing.TB, p *apitest.Person, body api.FoodCreate) *api.Food {
	t.Helper()
	r, err := p.CreateCustomFoodWithResponse(t.Context(), nil, body)
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return r.JSON201
}

func TestCreateCustomFood_IsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	body := granola()
	body.ID, body.Barcode = new(uuid.New()), new("4006381333931")
	made := createFood(t, p, body)
	require.Equal(t, *body.ID, made.ID)
	require.True(t, made.IsCustom)
	require.Equal(t, "user", made.Source.Name)
	require.Equal(t, "04006381333931", *made.Barcode)
	require.Nil(t, made.Per100G.SugarG, "unknown is not 0")
	require.Equal(t, 7.0, *made.Per100G.FiberG)
	require.Empty(t, made.Warnings)
	require.Len(t, made.Servings, 2)
	require.True(t, made.Servings[0].IsDefault)
	require.Equal(t, "1 bowl", made.Servings[0].Label)

	got, err := p.GetFoodWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, made, got.JSON200)
	again, err := p.GetFoodWithResponse(t.Context(), made.ID, &api.GetFoodParams{IfNoneMatch: new(got.HTTPResponse.Header.Get("ETag"))})
	require.NoError(t, err)
	require.Equal(t, http.StatusNotModified, again.StatusCode())
	byCode, err := p.GetFoodByBarcodeWithResponse(t.Context(), "4006381333931", nil)
	require.NoError(t, err)
	require.Equal(t, made, byCode.JSON200)

	twice, err := p.CreateCustomFoodWithResponse(t.Context(), nil, body)
	require.NoError(t, err)
	require.Equal(t, http.StatusConflict, twice.StatusCode())
}

func TestCreateCustomFood_PerServing_IsConvertedTo100g(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	bar := createFood(t, p, api.FoodCreate{Name: "Protein bar", PerServing: &api.NutritionPerServing{
		Label:     "1 bar",
		Grams:     55,
		Nutrients: api.ServingNutrientsCreate{Calories: 210, ProteinG: 20, CarbsG: 18, FatG: 7, SodiumMg: new(110.0)},
	}})
	require.Equal(t, 381.818182, bar.Per100G.Calories)
	require.Equal(t, 36.363636, bar.Per100G.ProteinG)
	require.Equal(t, 200.0, *bar.Per100G.SodiumMg)
	require.Equal(t, "1 bar", bar.Servings[0].Label)
	require.True(t, bar.Servings[0].IsDefault)
	hit := search(t, p, api.SearchFoodsParams{Q: "protein bar", Scope: new(api.FoodScopeOwn)}).Data[0]
	require.Equal(t, 210.0, hit.DefaultServing.Nutrients.Calories, "one bar is what the label said")

	createFood(t, p, api.FoodCreate{Name: "Pill", PerServing: &api.NutritionPerServing{
		Label: "1 pill", Grams: 6, Nutrients: api.ServingNutrientsCreate{Calories: 29, ProteinG: 4, CarbsG: 1, FatG: 1},
	}})
}

// One serving has exactly the values that were sent per serving.
func TestCreateCustomFood_PerServing_ServingKeepsTheLabelsValues(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	rapid.Check(t, func(rt *rapid.T) {
		grams := float64(rapid.IntRange(10, 1_000_000).Draw(rt, "grams/100")) / 100
		amount := func(name string, most float64) float64 {
			return math.Floor(rapid.Float64Range(0, most).Draw(rt, name)*10) / 10
		}
		said := api.ServingNutrientsCreate{
			Calories: amount(
				"calories",
				10*grams,
			),
			ProteinG: amount("protein", grams/4),
			CarbsG:   amount("carbs", grams/4),
			FatG:     amount("fat", grams/4),
			SodiumMg: new(amount("sodium", 100*grams)),
		}
		f := createFood(
			t,
			p,
			api.FoodCreate{
				Name:       "Labelled " + uuid.NewString(),
				PerServing: &api.NutritionPerServing{Label: "1", Grams: grams, Nutrients: said},
			},
		)
		one := search(t, p, api.SearchFoodsParams{Q: f.Name, Scope: new(api.FoodScopeOwn)}).Data[0].DefaultServing.Nutrients
		require.Equal(
			rt,
			[]float64{said.Calories, said.ProteinG, said.CarbsG, said.FatG, *said.SodiumMg},
			[]float64{one.Calories, *one.ProteinG, *one.CarbsG, *one.FatG, *one.SodiumMg},
		)
	})
}

func TestCreateCustomFood_MacrosOfExactly100g_IsAccepted(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for _, sum := range [][3]float64{{0.2, 83.9, 15.9}, {0.2, 85.4, 14.4}, {33.3333, 33.3333, 33.3334}} { // more than 100 to a float
		createFood(
			t,
			p,
			api.FoodCreate{Name: "Dry", Per100G: &api.NutrientsCreate{Calories: 400, ProteinG: sum[0], CarbsG: sum[1], FatG: sum[2]}},
		)
	}
}

func TestCreateCustomFood_PerServingInvalid_NamesTheFieldsThatWereSent(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	pinch := api.NutritionPerServing{Label: "1 pinch", Grams: 1, Nutrients: api.ServingNutrientsCreate{Calories: 1, FatG: 0.1}}
	for field, change := range map[string]func(*api.FoodCreate){
		"per_serving.label":              func(f *api.FoodCreate) { f.PerServing.Label = " " },
		"per_serving.nutrients":          func(f *api.FoodCreate) { f.PerServing.Nutrients.FatG = 2 },
		"per_serving.nutrients.calories": func(f *api.FoodCreate) { f.PerServing.Nutrients.Calories = 11 },
		"servings[0].label":              func(f *api.FoodCreate) { f.Servings[0].Label = " " },
		"servings[1].label":              func(f *api.FoodCreate) { f.Servings[1].Label = "1 PINCH" },
		"servings[1].is_default":         func(f *api.FoodCreate) { f.Servings[0].IsDefault, f.Servings[1].IsDefault = new(true), new(true) },
	} {
		body := granola()
		serving := pinch
		body.Per100G, body.PerServing = nil, &serving
		change(&body)
		r, err := p.CreateCustomFoodWithResponse(t.Context(), nil, body)
		require.NoError(t, err)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), "%s: %s", field, r.Body)
		require.Equal(t, field, r.ApplicationProblemJSON422.Errors[0].Field, string(r.Body))
	}
}

func TestCreateCustomFood_ImpossibleValues_NamesTheField(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for code, change := range map[string]func(*api.FoodCreate){
		"exactly_one_of":   func(f *api.FoodCreate) { f.Per100G = nil },
		"macros_over_100g": func(f *api.FoodCreate) { f.Per100G.ProteinG = 23 },
		"sugar_over_carbs": func(f *api.FoodCreate) { f.Per100G.SugarG = new(60.5) },
		"bad_check_digit":  func(f *api.FoodCreate) { f.Barcode = new("4006381333932") },
		"blank":            func(f *api.FoodCreate) { f.Name = " \t " },
		"label_taken":      func(f *api.FoodCreate) { f.Servings[1].Label = " 1  BOWL" },
		"one_default":      func(f *api.FoodCreate) { f.Servings[0].IsDefault, f.Servings[1].IsDefault = new(true), new(true) },
		"too_many_servings": func(f *api.FoodCreate) {
			f.PerServing = &api.NutritionPerServing{Label: "1 bar", Grams: 100, Nutrients: api.ServingNutrientsCreate{Calories: 11, FatG: 1}}
			f.Per100G, f.Servings = nil, nil
			for i := range 50 {
				f.Servings = append(f.Servings, api.FoodServingCreate{Label: fmt.Sprintf("%d g", i+1), Grams: 1})
			}
		},
		"too_large": func(f *api.FoodCreate) {
			f.PerServing = &api.NutritionPerServing{Label: "1 pinch", Grams: 1, Nutrients: api.ServingNutrientsCreate{Calories: 11, FatG: 1}}
			f.Per100G = nil
		},
	} {
		body := granola()
		change(&body)
		r, err := p.CreateCustomFoodWithResponse(t.Context(), nil, body)
		require.NoError(t, err)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), "%s: %s", code, r.Body)
		require.Equal(t, code, r.ApplicationProblemJSON422.Errors[0].Code, string(r.Body))
	}
	require.Empty(t, search(t, p, api.SearchFoodsParams{Q: "granola", Scope: new(api.FoodScopeOwn)}).Data, "nothing was written")
}

// The rules are those of imports. Custom foods are refused where an import leaves a value out.
func TestCustomFood_PartOverItsWhole_IsRefusedAndNamed(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	ok := api.NutrientsCreate{Calories: 400, ProteinG: 10, CarbsG: 50, FatG: 20, SugarG: new(20.0)}
	for name, c := range map[string]struct {
		change      func(n *api.NutrientsCreate)
		field, code string // none: accepted
	}{
		"added sugar over sugar":         {func(n *api.NutrientsCreate) { n.AddedSugarG = new(21.0) }, "added_sugar_g", "part_over_whole"},
		"added sugar, rounded":           {func(n *api.NutrientsCreate) { n.AddedSugarG = new(20.5) }, "", ""},
		"added sugar over carbohydrates": {func(n *api.NutrientsCreate) { n.SugarG, n.AddedSugarG = nil, new(51.0) }, "added_sugar_g", "part_over_whole"},
		"saturated fat":                  {func(n *api.NutrientsCreate) { n.SaturatedFatG = new(21.0) }, "saturated_fat_g", "part_over_whole"},
		"saturated fat, all of it":       {func(n *api.NutrientsCreate) { n.SaturatedFatG = new(20.0) }, "", ""},
		"trans fat":                      {func(n *api.NutrientsCreate) { n.TransFatG = new(21.0) }, "trans_fat_g", "part_over_whole"},
		"fibre, more than either room":   {func(n *api.NutrientsCreate) { n.FiberG = new(51.0) }, "fiber_g", "no_room"},
		"fibre, a bran of Europe":        {func(n *api.NutrientsCreate) { n.CarbsG, n.SugarG, n.FiberG = 20, nil, new(45.0) }, "", ""},
		"alcohol":                        {func(n *api.NutrientsCreate) { n.AlcoholG = new(26.0) }, "alcohol_g", "no_room"},
		"sodium":                         {func(n *api.NutrientsCreate) { n.SodiumMg = new(26_000.0) }, "sodium_mg", "no_room"},
	} {
		body := granola()
		n := ok
		c.change(&n)
		body.Per100G = &n
		r, err := p.CreateCustomFoodWithResponse(t.Context(), nil, body)
		require.NoError(t, err)
		if c.field == "" {
			require.Equal(t, http.StatusCreated, r.StatusCode(), "%s: %s", name, r.Body)
			continue
		}
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), "%s: %s", name, r.Body)
		first := r.ApplicationProblemJSON422.Errors[0]
		require.Equal(t, []string{"per_100g." + c.field, c.code}, []string{first.Field, first.Code}, "%s: %s", name, r.Body)
	}

	body := granola()
	body.Per100G = nil
	body.PerServing = &api.NutritionPerServing{Label: "1 bar", Grams: 50, Nutrients: api.ServingNutrientsCreate{
		Calories: 200, ProteinG: 5, CarbsG: 25, FatG: 10, SaturatedFatG: new(11.0),
	}}
	created, err := p.CreateCustomFoodWithResponse(t.Context(), nil, body)
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, created.StatusCode(), string(created.Body))
	require.Equal(t, "per_serving.nutrients.saturated_fat_g", created.ApplicationProblemJSON422.Errors[0].Field)
	require.Equal(t, "must not be more than fat_g", created.ApplicationProblemJSON422.Errors[0].Message)

	made := createFood(t, p, granola())
	patched, err := p.UpdateCustomFoodWithResponse(t.Context(), made.ID, nil, api.FoodPatch{
		Per100G: &api.NutrientsPatch{SaturatedFatG: nullable.NewNullableWithValue(90.0)},
	})
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, patched.StatusCode(), string(patched.Body))
	require.Equal(t, "per_100g.saturated_fat_g", patched.ApplicationProblemJSON422.Errors[0].Field)
}

func TestCreateCustomFood_EnergyDoesNotFitMacros_IsStoredWithAWarning(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for calories, warned := range map[float64]bool{450: false, 380: false, 340: true, 600: true} {
		body := granola()
		body.Per100G.Calories = calories
		require.Equal(t, warned, len(createFood(t, p, body).Warnings) == 1, "%g kcal", calories)
	}
}

func TestUpdateCustomFood_MergesThePatch_AndChecksIfMatch(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	made := createFood(t, p, granola())
	old, err := p.GetFoodWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	tag := old.HTTPResponse.Header.Get("ETag")

	r, err := p.UpdateCustomFoodWithResponse(t.Context(), made.ID, &api.UpdateCustomFoodParams{IfMatch: &tag}, api.FoodPatch{
		Name:  new("Granola"),
		Brand: nullable.NewNullNullable[string](),
		Per100G: &api.NutrientsPatch{
			Calories: new(440.0),
			FiberG:   nullable.NewNullNullable[float64](),
			SugarG:   nullable.NewNullableWithValue(20.0),
		},
	})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	f := r.JSON200
	require.Equal(t, "Granola", f.Name)
	require.Nil(t, f.Brand)
	require.Equal(t, 440.0, f.Per100G.Calories)
	require.Equal(t, 10.0, f.Per100G.ProteinG, "absent keeps")
	require.Nil(t, f.Per100G.FiberG, "null makes unknown")
	require.Equal(t, 20.0, *f.Per100G.SugarG)

	late, err := p.UpdateCustomFoodWithResponse(
		t.Context(),
		made.ID,
		&api.UpdateCustomFoodParams{IfMatch: &tag},
		api.FoodPatch{Name: new("Late")},
	)
	require.NoError(t, err)
	require.Equal(t, http.StatusPreconditionFailed, late.StatusCode())

	// Marking a favourite does not make If-Match fail.
	_, err = p.AddFavoriteFoodWithResponse(t.Context(), made.ID)
	require.NoError(t, err)
	fresh := r.HTTPResponse.Header.Get("ETag")
	kept, err := p.UpdateCustomFoodWithResponse(
		t.Context(),
		made.ID,
		&api.UpdateCustomFoodParams{IfMatch: &fresh},
		api.FoodPatch{Name: new("Favourite")},
	)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, kept.StatusCode())
	require.True(t, kept.JSON200.IsFavorite)

	broken, err := p.UpdateCustomFoodWithResponse(t.Context(), made.ID, nil, api.FoodPatch{Per100G: &api.NutrientsPatch{FatG: new(40.0)}})
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, broken.StatusCode())
}

func TestPatches_WithoutChange_KeepTheVersion(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	f := createFood(t, p, granola())
	m := logMeal(
		t,
		a,
		p,
		`"name":"Breakfast","eaten_at":"2026-11-23T07:30:00+01:00","timezone":"Europe/Berlin",`,
		byServing(food{f.ID, f.Servings[0].ID}, 2),
		espresso,
	)
	meal := "/meals/" + m.ID.String()
	items := meal + "/items/"
	for _, c := range []struct{ read, write, body string }{
		{"/foods/" + f.ID.String(), "/foods/custom/" + f.ID.String(), `{"name":" ` + f.Name + `","per_100g":{"calories":450.0}}`},
		{"/foods/" + f.ID.String(), "/foods/custom/" + f.ID.String() + "/servings/" + f.Servings[0].ID.String(), fmt.Sprintf(`{"label":"%s ","grams":%g,"is_default":true}`, f.Servings[0].Label, f.Servings[0].Grams)},
		{meal, meal, `{"name":"Breakfast","notes":null,"meal_type":"lunch"}`},
		{meal, meal, `{"eaten_at":"2026-11-23T06:30:00Z","timezone":"Europe/Berlin"}`},
		{meal, items + m.Items[0].ID.String(), `{"count":2}`},
		{meal, items + m.Items[1].ID.String(), `{"calories":3.0,"protein_g":null}`},
	} {
		before, body := send(t, p.Client, http.MethodGet, a.URL+"/api/v1/nutrition"+c.read, "")
		r, answer := send(t, p.Client, http.MethodPatch, a.URL+"/api/v1/nutrition"+c.write, c.body)
		require.Equal(t, http.StatusOK, r.StatusCode, "%s: %s", c.body, answer)
		require.Equal(t, before.Header.Get("ETag"), r.Header.Get("ETag"), c.body)
		require.JSONEq(t, string(body), string(answer), "updated_at included")
	}
}

func TestDeleteCustomFood_IsUndoneByRestore(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	body := granola()
	body.Barcode = new("96385074")
	made := createFood(t, p, body)
	gone, err := p.DeleteCustomFoodWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, gone.StatusCode())

	read, err := p.GetFoodWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, read.StatusCode())
	code, err := p.GetFoodByBarcodeWithResponse(t.Context(), "96385074", nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, code.StatusCode())
	require.Equal(t, "00000096385074", code.ApplicationProblemJSON404.Prefill.Barcode, "in the form that createCustomFood takes")
	require.Empty(t, search(t, p, api.SearchFoodsParams{Q: "granola", Scope: new(api.FoodScopeOwn)}).Data)
	again, err := p.DeleteCustomFoodWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, again.StatusCode())

	for range 2 { // the second changes nothing
		back, err := p.RestoreCustomFoodWithResponse(t.Context(), made.ID, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, back.StatusCode())
		require.Equal(t, made.Servings, back.JSON200.Servings)
	}
	require.Len(t, search(t, p, api.SearchFoodsParams{Q: "granola", Scope: new(api.FoodScopeOwn)}).Data, 1)
}

func TestRestoreCustomFood_AfterThirtyDays_IsNotFound(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := createFood(t, p, granola())
	_, err := a.Database.Owner.Exec(t.Context(), "update public.foods set deleted_at = now() - interval '31 days' where id = $1", made.ID)
	require.NoError(t, err)
	r, err := p.RestoreCustomFoodWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, r.StatusCode())

	kept := createFood(t, p, granola())
	gone, err := p.DeleteCustomFoodWithResponse(t.Context(), kept.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, gone.StatusCode())
	_, err = a.DB.PurgeFoods(db.AsService(t.Context()))
	require.NoError(t, err)
	var left []uuid.UUID
	require.NoError(
		t,
		a.Database.Owner.QueryRow(t.Context(), "select array_agg(id) from public.foods where created_by = $1", p.ID).Scan(&left),
	)
	require.Equal(t, []uuid.UUID{kept.ID}, left)
}

// After any changes a food with servings has one default, and no label twice.
func TestServings_AfterAnyChanges_HaveOneDefault(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	rapid.Check(t, func(rt *rapid.T) {
		f := createFood(t, p, granola())
		version := ""
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			var answer *api.Food
			var header http.Header
			switch pick := rapid.IntRange(0, max(0, len(f.Servings)-1)).Draw(rt, "which"); rapid.SampledFrom([]string{"add", "default", "undefault", "delete"}).
				Draw(rt, "what") {
			case "add":
				r, err := p.AddFoodServingWithResponse(t.Context(), f.ID, nil, api.FoodServingCreate{
					Label: "1 " + uuid.NewString(), Grams: 10, IsDefault: new(rapid.Bool().Draw(rt, "is default")),
				})
				require.NoError(rt, err)
				answer, header = r.JSON201, r.HTTPResponse.Header
			case "default", "undefault":
				if len(f.Servings) == 0 {
					continue
				}
				r, err := p.UpdateFoodServingWithResponse(
					t.Context(),
					f.ID,
					f.Servings[pick].ID,
					nil,
					api.FoodServingPatch{IsDefault: new(rapid.Bool().Draw(rt, "is default")), Grams: new(33.3)},
				)
				require.NoError(rt, err)
				answer, header = r.JSON200, r.HTTPResponse.Header
			case "delete":
				if len(f.Servings) == 0 {
					continue
				}
				r, err := p.DeleteFoodServingWithResponse(t.Context(), f.ID, f.Servings[pick].ID, nil)
				require.NoError(rt, err)
				answer, header = r.JSON200, r.HTTPResponse.Header
			}
			require.NotNil(rt, answer)
			tag := header.Get("ETag")
			if version != "" {
				require.Equal(rt, !reflect.DeepEqual(f.Servings, answer.Servings), tag != version, "the version moves with the servings")
			}
			version, f = tag, answer
			defaults := 0
			for _, s := range f.Servings {
				if s.IsDefault {
					defaults++
				}
			}
			require.Equal(rt, min(1, len(f.Servings)), defaults)
		}
	})
}

func TestAddFoodServing_TakenLabelOrTooMany_IsRefused(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	body := granola()
	body.Servings = nil
	for i := range 49 {
		body.Servings = append(body.Servings, api.FoodServingCreate{Label: fmt.Sprintf("%d g", i+1), Grams: float64(i + 1)})
	}
	f := createFood(t, p, body)
	add := func(label string) *api.AddFoodServingResponse {
		r, err := p.AddFoodServingWithResponse(t.Context(), f.ID, nil, api.FoodServingCreate{Label: label, Grams: 1})
		require.NoError(t, err)
		return r
	}
	require.Equal(t, "label_taken", add("7 G").ApplicationProblemJSON422.Errors[0].Code)
	require.Equal(t, http.StatusCreated, add("50 g").StatusCode())
	require.Equal(t, "too_many_servings", add("51 g").ApplicationProblemJSON422.Errors[0].Code)
}

// Custom foods were visible to everybody.
func TestCustomFoods_AreVisibleOnlyToTheirOwner(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ann, bob := a.Person(t), a.Person(t)
	body := granola()
	body.Name, body.Barcode = "Annsecretfood "+uuid.NewString(), new("036000291452")
	f := createFood(t, ann, body)

	bare := func(r *http.Response, err error) string {
		require.NoError(t, err)
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusNotFound, r.StatusCode, string(b))
		return strings.ReplaceAll(string(b), r.Header.Get("X-Request-ID"), "")
	}
	ctx, none := context.WithoutCancel(t.Context()), uuid.New()
	patch := api.FoodPatch{Name: new("Bob's now")}
	serving := f.Servings[0].ID
	for name, call := range map[string]func(food uuid.UUID) (*http.Response, error){
		"get":        func(id uuid.UUID) (*http.Response, error) { return bob.GetFood(ctx, id, nil) },
		"update":     func(id uuid.UUID) (*http.Response, error) { return bob.UpdateCustomFood(ctx, id, nil, patch) },
		"delete":     func(id uuid.UUID) (*http.Response, error) { return bob.DeleteCustomFood(ctx, id, nil) },
		"restore":    func(id uuid.UUID) (*http.Response, error) { return bob.RestoreCustomFood(ctx, id, nil) },
		"favorite":   func(id uuid.UUID) (*http.Response, error) { return bob.AddFavoriteFood(ctx, id) },
		"unfavorite": func(id uuid.UUID) (*http.Response, error) { return bob.RemoveFavoriteFood(ctx, id) },
		"add serving": func(id uuid.UUID) (*http.Response, error) {
			return bob.AddFoodServing(ctx, id, nil, api.FoodServingCreate{Label: "x", Grams: 1})
		},
		"update serving": func(id uuid.UUID) (*http.Response, error) {
			return bob.UpdateFoodServing(ctx, id, serving, nil, api.FoodServingPatch{Grams: new(1.0)})
		},
		"delete serving": func(id uuid.UUID) (*http.Response, error) { return bob.DeleteFoodServing(ctx, id, serving, nil) },
	} {
		require.Equal(t, bare(call(none)), bare(call(f.ID)), name)
	}
	code, err := bob.GetFoodByBarcodeWithResponse(ctx, "036000291452", nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, code.StatusCode())
	for _, q := range []string{"annsecretfood", "annsecretfod", "036000291452", body.Name} {
		page := search(t, bob, api.SearchFoodsParams{Q: q})
		require.Empty(t, page.Data, q)
		require.Nil(t, page.DidYouMean, "did_you_mean must not reveal words of other users: %s", q)
	}
	still, err := ann.GetFoodWithResponse(ctx, f.ID, nil)
	require.NoError(t, err)
	require.Equal(t, f, still.JSON200)
	require.Len(t, search(t, ann, api.SearchFoodsParams{Q: "annsecret"}).Data, 1)
}

func TestFavorites_AreListedNewestFirst(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	var want []uuid.UUID
	for range 5 {
		f := createFood(t, p, granola())
		want = append([]uuid.UUID{f.ID}, want...)
		for range 2 {
			r, err := p.AddFavoriteFoodWithResponse(t.Context(), f.ID)
			require.NoError(t, err)
			require.Equal(t, http.StatusNoContent, r.StatusCode())
		}
	}
	var got []uuid.UUID
	var cursor *string
	for {
		r, err := p.ListFavoriteFoodsWithResponse(t.Context(), &api.ListFavoriteFoodsParams{Limit: new(2), Cursor: cursor})
		require.NoError(t, err)
		for _, hit := range r.JSON200.Data {
			require.True(t, hit.IsFavorite)
			got = append(got, hit.ID)
		}
		if cursor = r.JSON200.NextCursor; cursor == nil {
			break
		}
	}
	require.Equal(t, want, got)
	hidden, err := p.DeleteCustomFoodWithResponse(t.Context(), want[0], nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, hidden.StatusCode())
	refused, err := p.RemoveFavoriteFoodWithResponse(t.Context(), want[0])
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, refused.StatusCode())
	back, err := p.RestoreCustomFoodWithResponse(t.Context(), want[0], nil)
	require.NoError(t, err)
	require.True(t, back.JSON200.IsFavorite, "what was refused did nothing")
	for range 2 {
		r, err := p.RemoveFavoriteFoodWithResponse(t.Context(), want[0])
		require.NoError(t, err)
		require.Equal(t, http.StatusNoContent, r.StatusCode())
	}
	r, err := p.ListFavoriteFoodsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, r.JSON200.Data, 4)
}

func TestRecentFoods_HaveTheLastAmount(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	bread, jam := createFood(t, p, granola()), createFood(t, p, granola())
	log := func(meal api.MealType, food *api.Food, count float64) {
		var item api.MealItemCreate
		require.NoError(t, item.FromItemByServing(api.ItemByServing{FoodID: food.ID, ServingID: food.Servings[0].ID, Count: count}))
		r, err := p.CreateMealWithResponse(t.Context(), nil, api.MealCreate{MealType: meal, Items: []api.MealItemCreate{item}})
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	}
	log(api.MealTypeBreakfast, bread, 1)
	log(api.MealTypeBreakfast, bread, 2)
	log(api.MealTypeDinner, bread, 3)
	log(api.MealTypeSnack, jam, 0.5)

	list := func(params api.ListRecentFoodsParams) []api.RecentFood {
		var all []api.RecentFood
		params.Limit = new(1)
		for {
			r, err := p.ListRecentFoodsWithResponse(t.Context(), &params)
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
			all = append(all, r.JSON200.Data...)
			if params.Cursor = r.JSON200.NextCursor; params.Cursor == nil {
				return all
			}
		}
	}
	recent := list(api.ListRecentFoodsParams{})
	require.Equal(t, []uuid.UUID{jam.ID, bread.ID}, []uuid.UUID{recent[0].Food.ID, recent[1].Food.ID})
	require.Equal(t, 3, recent[1].Times)
	require.Equal(t, 3.0, *recent[1].Last.Count)
	require.Equal(t, 180.0, recent[1].Last.Grams)
	frequent := list(api.ListRecentFoodsParams{Order: new(api.RecentOrderFrequent)})
	require.Equal(t, bread.ID, frequent[0].Food.ID)
	breakfast := list(api.ListRecentFoodsParams{MealType: new(api.MealTypeBreakfast)})
	require.Len(t, breakfast, 1)
	require.Equal(t, 2, breakfast[0].Times)
	require.Equal(t, 2.0, *breakfast[0].Last.Count)

	first, err := p.ListRecentFoodsWithResponse(t.Context(), &api.ListRecentFoodsParams{Limit: new(1)})
	require.NoError(t, err)
	other, err := p.ListRecentFoodsWithResponse(
		t.Context(),
		&api.ListRecentFoodsParams{MealType: new(api.MealTypeBreakfast), Cursor: first.JSON200.NextCursor},
	)
	require.NoError(t, err)
	require.Equal(t, "invalid_cursor", other.ApplicationProblemJSON400.Code)

	gone, err := p.DeleteFoodServingWithResponse(t.Context(), bread.ID, bread.Servings[0].ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, gone.StatusCode())
	last := list(api.ListRecentFoodsParams{})[1].Last
	require.Equal(t, api.LastAmount{Kind: api.LastAmountKindGrams, Grams: 180, Label: "180 g"}, last, "it can be logged as it stands")
}
