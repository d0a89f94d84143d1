package foods_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
)

// importOne imports a product with these nutriments, and returns its columns and the report. columns is nil if it was refused.
func importOne(t *testing.T, fields, nutriments string) (columns map[string]any, report foods.Report) {
	t.Helper()
	d := dbtest.New(t)
	report, err := importOFF(t, d, `{"code":"4006381333931","product_name":"Oats"`+fields+`,"nutriments":{`+nutriments+`}}`+"\n")
	if err != nil {
		require.ErrorIs(t, err, foods.ErrRefused)
	}
	return storedRows(t, d, foods.OpenFood)["4006381333931"], report
}

func TestImport_OfTwoFieldsThatSayTheSame_ThePlausibleOneWins(t *testing.T) {
	t.Parallel()
	const macros = `,"proteins_100g":13.5,"carbohydrates_100g":58.7,"fat_100g":7`
	for name, c := range map[string]struct {
		fields, nutriments string
		want               map[string]float64
	}{
		"kJ in the field of kcal":       {"", `"energy-kcal_100g":1580,"energy-kj_100g":1580` + macros, map[string]float64{"calories": 1580 / 4.184}},
		"kcal in the field of kJ":       {"", `"energy-kcal_100g":375,"energy-kj_100g":375,"energy_100g":375` + macros, map[string]float64{"calories": 375}},
		"kcal of a serving":             {"", `"energy-kcal_100g":90,"energy_100g":1580` + macros, map[string]float64{"calories": 1580 / 4.184}},
		"neither fits: the first stays": {"", `"energy-kcal_100g":900,"energy_100g":20` + macros, map[string]float64{"calories": 900}},
		"salt where sodium cannot be":   {"", `"energy-kcal_100g":375,"sodium_100g":45,"salt_100g":0.1` + macros, map[string]float64{"sodium_mg": 40}},
		"salt where sodium has no room": {"", `"energy-kcal_100g":375,"sodium_100g":20,"salt_100g":0.1` + macros, map[string]float64{"sodium_mg": 40}},
		"sodium where salt cannot be":   {"", `"energy-kcal_100g":375,"sodium_100g":0.04,"salt_100g":300` + macros, map[string]float64{"sodium_mg": 40}},
		"only per serving": {
			`,"serving_quantity":"40"`, `"energy-kcal_serving":150,"proteins_serving":5.4,"carbohydrates_serving":23.48,"fat_serving":2.8`,
			map[string]float64{"calories": 375, "protein_g": 13.5, "carbs_g": 58.7, "fat_g": 7},
		},
		"per package in the fields of 100 g": {
			`,"serving_quantity":40`, `"energy-kcal_100g":1500,"proteins_100g":54,"carbohydrates_100g":234.8,"fat_100g":28,` +
				`"energy-kcal_serving":150,"proteins_serving":5.4,"carbohydrates_serving":23.48,"fat_serving":2.8`,
			map[string]float64{"calories": 375, "protein_g": 13.5, "carbs_g": 58.7, "fat_g": 7},
		},
		"one value of the serving": {
			`,"serving_quantity":40`, `"energy-kcal_100g":375,"fiber_100g":180,"fiber_serving":4` + macros, map[string]float64{"fiber_g": 10, "calories": 375},
		},
	} {
		got, report := importOne(t, c.fields, c.nutriments)
		require.NotNil(t, got, "%s: %v", name, report.Findings)
		for key, amount := range c.want {
			require.InDelta(t, amount, got[key], 0.001, "%s: %s", name, key)
		}
	}
}

func TestImport_WhatCannotBe_IsLeftOutWithAWarning(t *testing.T) {
	t.Parallel()
	const macros = `"energy-kcal_100g":375,"proteins_100g":13.5,"carbohydrates_100g":58.7,"fat_100g":7`
	for field, c := range map[string]struct{ nutriments, column, warning string }{
		"sodium of more than pure salt":   {`"sodium_100g":39.35`, "sodium_mg", "value_left_out"},
		"a gram of vitamin D":             {`"vitamin-d_100g":1`, "vitamin_d_mcg", "value_left_out"},
		"more potassium than in its salt": {`"potassium_100g":60`, "potassium_mg", "value_left_out"},
		"pure iron":                       {`"iron_100g":100`, "iron_mg", "value_left_out"},
		"less than nothing":               {`"calcium_100g":-1`, "calcium_mg", "value_left_out"},
		"more sugar than carbohydrates":   {`"sugars_100g":60`, "sugar_g", "sugar_left_out"},
		"more added sugar than sugar":     {`"sugars_100g":5,"added-sugars_100g":6`, "added_sugar_g", "part_left_out"},
		"more added sugar than carbs":     {`"added-sugars_100g":60`, "added_sugar_g", "part_left_out"},
		"more saturated fat than fat":     {`"saturated-fat_100g":8`, "saturated_fat_g", "part_left_out"},
		"more trans fat than fat":         {`"trans-fat_100g":8`, "trans_fat_g", "part_left_out"},
		"fibre and carbs over 100 g":      {`"fiber_100g":42`, "fiber_g", "part_left_out"},
		"alcohol that has no room":        {`"alcohol_100g":60`, "alcohol_g", "part_left_out"},
		"salt that has no room":           {`"sodium_100g":30`, "sodium_mg", "part_left_out"},
	} {
		got, report := importOne(t, "", macros+","+c.nutriments)
		require.NotNil(t, got, "%s: %v", field, report.Findings)
		require.Nil(t, got[c.column], field)
		require.Contains(t, got["warnings"], c.warning, field)
	}
	got, _ := importOne(
		t,
		"",
		macros+`,"sodium_100g":1.2,"vitamin-d_100g":0.00005,"sugars_100g":58.9,"saturated-fat_100g":7.2,"fiber_100g":10`,
	)
	require.Empty(t, got["warnings"])
	for column, amount := range map[string]float64{"sodium_mg": 1200, "vitamin_d_mcg": 50, "sugar_g": 58.9, "saturated_fat_g": 7.2, "fiber_g": 10} {
		require.InDelta(t, amount, got[column], 1e-9, column)
	}
	salt, report := importOne(t, "", `"energy-kcal_100g":0,"proteins_100g":0,"carbohydrates_100g":0,"fat_100g":0,"sodium_100g":39.34`)
	require.InDelta(t, 39340, salt["sodium_mg"], 1e-9, "pure salt: %v", report.Findings)
}

func TestImport_OfSeveralEntriesOfAProduct_TheNewestUsableOneIsWritten(t *testing.T) {
	t.Parallel()
	entry := func(code, name string, modified int, usable bool) string {
		nutriments := oldMacros
		if !usable {
			nutriments = `"fat_100g":7`
		}
		return fmt.Sprintf(`{"code":%q,"product_name":%q,"last_modified_t":%d,"nutriments":{%s}}`, code, name, modified, nutriments)
	}
	// Far apart: more foods than are written at once lie between the entries of one product.
	var lines []string
	filler := func() {
		for range 2100 {
			lines = append(lines, entry(fmt.Sprintf("shop-%d", len(lines)), "Filler", 0, true))
		}
	}
	lines = append(
		lines,
		entry(code1, "old", 100, true),
		entry("96385074", "newest, but first", 300, true),
		entry("none", "first", 0, true),
		entry("36000291452", "usable", 100, true),
	)
	filler()
	lines = append(
		lines,
		entry(code1, "newest", 200, true),
		entry("96385074", "older, but last", 200, true),
		entry("none", "last", 0, true),
		entry("0036000291452", "newer, but of no use", 200, false),
	)
	filler()
	content := strings.Join(lines, "\n") + "\n"
	d := dbtest.New(t)
	for run := range 2 {
		report, err := importOFF(t, d, content)
		require.NoError(t, err)
		require.Equal(t, int64(len(lines)-4), report.Foods)
		require.Equal(t, int64(3), count(report, foods.Superseded))
		if run == 1 {
			require.Zero(t, report.Changed)
		}
		got := catalogue(t, d, foods.OpenFood)
		require.Equal(t, []string{"newest", "newest, but first", "last", "usable"},
			[]string{got[code1].Name, got["96385074"].Name, got["none"].Name, got["0036000291452"].Name})
	}
	var versions int
	require.NoError(t, d.Owner.QueryRow(t.Context(), "select max(version) from public.foods").Scan(&versions))
	require.Equal(t, 1, versions, "a repeated import changes nothing")
}

func TestUSDA_NewestEntryThatCannotBeUsed_LeavesTheOneBefore(t *testing.T) {
	t.Parallel()
	d, dir := dbtest.New(t), t.TempDir()
	for name, content := range map[string]string{
		"food.csv":         "fdc_id,data_type,description\n1,branded_food,OLD\n2,branded_food,GOOD\n3,branded_food,NO ENERGY\n",
		"branded_food.csv": "fdc_id,gtin_upc\n1,036000291452\n2,36000291452\n3,00036000291452\n",
		"food_nutrient.csv": "fdc_id,nutrient_id,amount\n1,1008,300\n1,1003,10\n1,1005,50\n1,1004,6\n" +
			"2,1008,340\n2,1003,12\n2,1005,55\n2,1004,7\n3,1003,12\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	report, err := (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), dir)
	require.NoError(t, err)
	require.Equal(t, int64(1), report.Foods)
	require.Equal(t, int64(1), count(report, foods.Superseded))
	require.Equal(t, int64(1), count(report, foods.NoMacros))
	require.Equal(t, "GOOD", catalogue(t, d, foods.FoodData)["2"].Name)
}

func TestUSDA_FieldsOfAnyType_AreRead(t *testing.T) {
	t.Parallel()
	nutrients := func(values string) string {
		return `"foodNutrients":[` + fmt.Sprintf(values, 1008, 375, 1003, 13.5, 1005, 58.7, 1004, 7.0) + `]`
	}
	const full = `{"nutrient":{"id":"%d"},"amount":"%v"},{"nutrient":{"id":%d},"amount":%v},{"nutrient":{"id":%d},"amount":"%v"},{"nutrient":{"id":%d},"amount":%v}`
	const abridged = `{"nutrientId":%d,"value":%v},{"nutrientId":%d,"value":%v},{"nutrientId":%d,"value":%v},{"nutrientId":%d,"value":%v}`
	for name, food := range map[string]string{
		"numbers as texts": `{"fdcId":"7","dataType":"branded","description":"Oats &amp; honey","gtinUpc":36000291452,"servingSize":"40","servingSizeUnit":"g",` + nutrients(full) + `}`,
		"texts as lists":   `{"fdcId":7,"dataType":["Branded"],"description":["Oats &amp; honey"],"gtinUpc":"036000291452 ","servingSize":40,"servingSizeUnit":"g",` + nutrients(abridged) + `}`,
	} {
		for _, root := range []string{`[` + food + `]`, `{"version":1,"BrandedFoods":[` + food + `]}`, "\ufeff\n" + `{"BrandedFoods":[{"fdcId":true,"dataType":"Branded"},` + food + `]}`} {
			d := dbtest.New(t)
			path := filepath.Join(t.TempDir(), "branded.json")
			require.NoError(t, os.WriteFile(path, []byte(root), 0o600))
			report, err := (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), path)
			require.NoError(t, err, name)
			require.Equal(t, int64(strings.Count(root, "true")), count(report, foods.Unreadable))
			got := catalogue(t, d, foods.FoodData)["7"]
			require.Equal(t, []string{"Oats & honey", "00036000291452"}, []string{got.Name, got.Barcode}, name)
			require.Equal(t, []float64{375, 13.5, 58.7, 7}, []float64{got.Calories, got.Protein, got.Carbs, got.Fat}, name)
			require.Equal(t, []string{"40 g=40*"}, got.Servings, name)
		}
	}
}

func TestUSDA_CSVInOtherEncodings_IsRead(t *testing.T) {
	t.Parallel()
	d, dir := dbtest.New(t), t.TempDir()
	for name, content := range map[string]string{
		"food.csv":          "\ufeff\r\n\"FDC_ID\",\"data_type\",\"description\"\r\n7,foundation_food,\"Cr\xe8me br\xfbl\xe9e\"\r\n8,foundation_food,Oats,shifted,by,one\r\n",
		"food_nutrient.csv": "fdc_id,nutrient_id,amount\n7,1008,300\n7,1062,375\n7,1003,10\n7,1005,\"50,0\"\n7,1004,<6\n7,1004,1,2,3\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	report, err := (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), dir)
	require.NoError(t, err)
	require.Equal(t, int64(2), count(report, foods.Unreadable))
	require.Equal(t, []string{"8", "7"}, report.Findings[foods.Unreadable].Examples)
	got := catalogue(t, d, foods.FoodData)["7"]
	require.Equal(t, "Crème brûlée", got.Name)
	require.Equal(t, []float64{300, 50, 6}, []float64{got.Calories, got.Carbs, got.Fat})
}

func TestUSDA_LabelNutrients_FillWhatFoodNutrientsLack(t *testing.T) {
	t.Parallel()
	const (
		head  = `{"fdcId":7,"dataType":"Branded","description":"Oats","servingSize":%v,"servingSizeUnit":%q,"foodNutrients":[%s],"labelNutrients":{%s}}`
		all   = `{"nutrient":{"id":1008},"amount":375},{"nutrient":{"id":1003},"amount":13.5},{"nutrient":{"id":1005},"amount":58.7},{"nutrient":{"id":1004},"amount":7}`
		noFat = `{"nutrient":{"id":1008},"amount":375},{"nutrient":{"id":1003},"amount":13.5},{"nutrient":{"id":1005},"amount":58.7}`
		label = `"calories":{"value":150},"protein":{"value":"5.2"},"carbohydrates":24,"fat":{"value":3},"sodium":{"value":40},"fiber":{"value":null},"vitaminD":{"value":100},"odd":{}`
	)
	for name, c := range map[string]struct {
		food string
		want []float64 // calories, protein, carbohydrates, fat, sodium; none: the food is refused
	}{
		"no foodNutrients":                {fmt.Sprintf(head, 40, "g", "", label), []float64{375, 13, 60, 7.5, 100}},
		"foodNutrients without fat":       {fmt.Sprintf(head, 40, "g", noFat, label), []float64{375, 13, 60, 7.5, 100}},
		"complete foodNutrients":          {fmt.Sprintf(head, 40, "ml", all, label), []float64{375, 13.5, 58.7, 7, 100}},
		"a serving of another unit":       {fmt.Sprintf(head, 40, "IU", noFat, label), nil},
		"a serving too small to multiply": {fmt.Sprintf(head, 4, "g", noFat, label), nil},
		"a label that cannot be":          {fmt.Sprintf(head, 40, "g", all, strings.Replace(label, "24", "240", 1)), []float64{375, 13.5, 58.7, 7, 100}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			path := filepath.Join(t.TempDir(), "branded.json")
			require.NoError(t, os.WriteFile(path, []byte(`{"BrandedFoods":[`+c.food+`]}`), 0o600))
			report, err := (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), path)
			if c.want == nil {
				require.ErrorIs(t, err, foods.ErrRefused)
				require.Equal(t, int64(1), count(report, foods.NoMacros))
				return
			}
			require.NoError(t, err)
			row := storedRows(t, d, foods.FoodData)["7"]
			got := []any{row["calories"], row["protein_g"], row["carbs_g"], row["fat_g"], row["sodium_mg"]}
			for i, want := range c.want {
				require.InDelta(t, want, got[i], 1e-6, "%v", got)
			}
			require.Nil(t, row["fiber_g"])
			require.Nil(t, row["vitamin_d_mcg"])
		})
	}
}
