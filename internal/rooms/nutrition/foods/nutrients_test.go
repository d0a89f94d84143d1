package foods_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
)

// witness has the names that the publishers use for one of our nutrients, independent of the table of nutrients, so that a
// mistake in the table is found.
type witness struct {
	key, unit, fdcID, fdcNumber, openFoodFacts string
	// amount differs for each nutrient, so that two swapped nutrients are noticed.
	amount float64
}

func witnesses(t *testing.T) []witness {
	t.Helper()
	file, err := os.Open("testdata/nutrients.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	var out []witness
	for i, row := range rows[1:] {
		// Amounts decrease, because a part must not exceed the whole: sugar of carbohydrates, saturated fat of fat.
		out = append(
			out,
			witness{key: row[0], unit: row[1], fdcID: row[2], fdcNumber: row[3], openFoodFacts: row[5], amount: float64(2000-10*i) / 1000},
		)
	}
	return out
}

// grams is the amount as Open Food Facts writes it: in grams, whatever the nutrient, but for alcohol, which is % by volume.
func (w witness) grams() float64 {
	switch {
	case w.key == "alcohol_g":
		return w.amount / 0.789
	case w.unit == "mg":
		return w.amount / 1e3
	case w.unit == "mcg":
		return w.amount / 1e6
	}
	return w.amount
}

// requireColumns compares the columns of the only food of a source with the amounts of the witnesses.
func requireColumns(t *testing.T, d dbtest.Database, source string, all []witness) {
	t.Helper()
	var row []byte
	require.NoError(
		t,
		d.Owner.QueryRow(t.Context(), "select to_jsonb(f) from public.foods f where f.source = $1 and f.created_by is null", source).
			Scan(&row),
	)
	var columns map[string]any
	require.NoError(t, json.Unmarshal(row, &columns))
	for _, w := range all {
		require.InDelta(t, w.amount, columns[w.key], 1e-9, "%s of %s", w.key, source)
	}
}

func TestUSDA_EachNutrientOfTheCSV_IsStoredInItsOwnColumn(t *testing.T) {
	t.Parallel()
	d, all, dir := dbtest.New(t), witnesses(t), t.TempDir()
	amounts := "id,fdc_id,nutrient_id,amount\n"
	for i, w := range all {
		amounts += fmt.Sprintf("%d,7,%s,%v\n", i, w.fdcID, w.amount)
	}
	for name, content := range map[string]string{
		"food.csv":          "fdc_id,data_type,description\n7,foundation_food,Everything stew\n",
		"food_nutrient.csv": amounts,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	_, err := (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), dir)
	require.NoError(t, err)
	requireColumns(t, d, foods.FoodData, all)
}

// FoodData Central names nutrients by its own ids, and in FNDDS by the older numbers.
func TestUSDA_EachNutrientOfTheJSON_IsStoredInItsOwnColumn(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]func(witness) string{
		"id":     func(w witness) string { return `{"id":` + w.fdcID + `}` },
		"number": func(w witness) string { return `{"id":` + w.fdcNumber + `}` },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, all := dbtest.New(t), witnesses(t)
			var amounts []string
			for _, w := range all {
				amounts = append(amounts, fmt.Sprintf(`{"nutrient":%s,"amount":%v}`, of(w), w.amount))
			}
			file := filepath.Join(t.TempDir(), "foundation.json")
			content := `{"FoundationFoods":[{"fdcId":7,"dataType":"Foundation","description":"Everything stew","foodNutrients":[` + strings.Join(
				amounts,
				",",
			) + `]}]}`
			require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
			_, err := (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), file)
			require.NoError(t, err)
			requireColumns(t, d, foods.FoodData, all)
		})
	}
}

// product is a product of Open Food Facts that has every nutrient.
func product(all []witness) string {
	var amounts []string
	for _, w := range all {
		amounts = append(amounts, fmt.Sprintf("%q:%v", w.openFoodFacts+"_100g", w.grams()))
	}
	return `{"code":"4006381333931","product_name":"Everything stew","nutriments":{` + strings.Join(amounts, ",") + `}}`
}

func TestOpenFoodFacts_EachNutrientOfTheJSON_IsStoredInItsOwnColumn(t *testing.T) {
	t.Parallel()
	d, all := dbtest.New(t), witnesses(t)
	file := filepath.Join(t.TempDir(), "products.jsonl")
	require.NoError(t, os.WriteFile(file, []byte(product(all)+"\n"), 0o600))
	_, err := (&foods.Import{OwnerURL: d.OwnerURL}).OpenFoodFacts(t.Context(), file)
	require.NoError(t, err)
	requireColumns(t, d, foods.OpenFood, all)
}

func TestOpenFoodFacts_EachNutrientOfTheCSV_IsStoredInItsOwnColumn(t *testing.T) {
	t.Parallel()
	d, all := dbtest.New(t), witnesses(t)
	head, row := "code\tproduct_name", "4006381333931\tEverything stew"
	for _, w := range all {
		head += "\t" + w.openFoodFacts + "_100g"
		row += "\t" + strconv.FormatFloat(w.grams(), 'f', -1, 64)
	}
	file := filepath.Join(t.TempDir(), "products.csv")
	require.NoError(t, os.WriteFile(file, []byte(head+"\n"+row+"\n"), 0o600))
	_, err := (&foods.Import{OwnerURL: d.OwnerURL}).OpenFoodFacts(t.Context(), file)
	require.NoError(t, err)
	requireColumns(t, d, foods.OpenFood, all)
}

func TestLookup_EachNutrientOfAProduct_IsStoredInItsOwnColumn(t *testing.T) {
	t.Parallel()
	d, all := dbtest.New(t), witnesses(t)
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"status":1,"product":`+product(all)+`}`)
	}))
	t.Cleanup(upstream.Close)
	f, err := foods.NewLookup(upstream.URL, "Test/1").Product(t.Context(), "04006381333931")
	require.NoError(t, err)
	row, err := f.Columns()
	require.NoError(t, err)
	_, err = d.Owner.Exec(t.Context(), "select private.store_product($1)", row)
	require.NoError(t, err)
	requireColumns(t, d, foods.OpenFood, all)
}

// Every number in the seed files must be in the column with the name of its heading.
func TestLoadStarter_EachColumnOfTheSeedFiles_IsStoredInTheColumnOfItsName(t *testing.T) {
	t.Parallel()
	d := apitest.Foods(t)
	known := map[string]bool{}
	for _, w := range witnesses(t) {
		known[w.key] = true
	}
	for file, source := range map[string]string{"foods.csv.gz": foods.SR28, "supplement.csv": foods.Own} {
		stored := storedRows(t, d, source)
		checked := map[string]int{}
		foods.EachSeedRow(t, file, func(row map[string]string) {
			for column, cell := range row {
				if !known[column] {
					continue
				}
				f := stored[row["ndb_no"]+row["source_id"]]
				require.NotNil(t, f, row)
				if cell == "" {
					require.Nil(t, f[column], "%s of %v", column, row)
					continue
				}
				v, err := strconv.ParseFloat(cell, 64)
				require.NoError(t, err)
				if carbs := f["carbs_g"].(float64); column == "sugar_g" && v > carbs+0.5 {
					require.Nil(t, f[column], "more sugar than carbohydrates is left out: %v", row)
					continue
				}
				require.InDelta(t, v, f[column], 1e-9, "%s of %v", column, row)
				checked[column]++
			}
		})
		require.Greater(t, len(checked), 8, "%s: hardly a column was compared", file)
	}
}

func storedRows(t *testing.T, d dbtest.Database, source string) map[string]map[string]any {
	t.Helper()
	rows, err := d.Owner.Query(
		context.WithoutCancel(t.Context()),
		"select f.source_id, to_jsonb(f) from public.foods f where f.source = $1",
		source,
	)
	require.NoError(t, err)
	defer rows.Close()
	out := map[string]map[string]any{}
	for rows.Next() {
		var id string
		var columns map[string]any
		require.NoError(t, rows.Scan(&id, &columns))
		out[id] = columns
	}
	require.NoError(t, rows.Err())
	return out
}
