package foods_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
)

// stored is a food of the catalogue.
type stored struct {
	ID, Name, Brand, Barcode         string
	Calories, Protein, Carbs, Fat    float64
	Sodium, Fiber, Alcohol, VitaminD *float64
	Tier                             int
	Servings                         []string
}

func catalogue(t *testing.T, d dbtest.Database, source string) map[string]stored {
	t.Helper()
	rows, err := d.Owner.Query(t.Context(), `
		select f.source_id, f.name, coalesce(f.brand, ''), coalesce(f.barcode, ''), f.calories, f.protein_g, f.carbs_g, f.fat_g,
		  f.sodium_mg, f.fiber_g, f.alcohol_g, f.vitamin_d_mcg, f.tier,
		  array(select s.label || '=' || trim_scale(s.grams) || case when s.is_default then '*' else '' end
		    from public.food_servings s where s.food_id = f.id and s.deleted_at is null order by s.position)
		from public.foods f where f.source = $1 and f.deleted_at is null`, source)
	require.NoError(t, err)
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[stored])
	require.NoError(t, err)
	out := map[string]stored{}
	for _, f := range list {
		out[f.ID] = f
	}
	return out
}

func count(r foods.Report, f foods.Finding) int64 {
	if r.Findings[f] == nil {
		return 0
	}
	return r.Findings[f].Count
}

func TestUSDA_FromCSV_ImportsEveryDataTypeAndReportsRefusals(t *testing.T) {
	t.Parallel()
	d := apitest.Foods(t)
	archive := filepath.Join(t.TempDir(), "FoodData_Central_csv_2024-10-31.zip")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	files, err := filepath.Glob("testdata/fdc/*.csv")
	require.NoError(t, err)
	for _, name := range files {
		content, err := os.ReadFile(name)
		require.NoError(t, err)
		w, err := z.Create("FoodData_Central_csv_2024-10-31/" + filepath.Base(name))
		require.NoError(t, err)
		_, err = w.Write(content)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.NoError(t, os.WriteFile(archive, b.Bytes(), 0o600))

	for name, path := range map[string]string{"unpacked": "testdata/fdc", "zip": archive, "zip again": archive} {
		im := foods.Import{OwnerURL: d.OwnerURL}
		report, err := im.USDA(t.Context(), path)
		require.NoError(t, err, name)
		require.Equal(t, int64(7), report.Foods, name)
		require.Equal(t, int64(2), count(report, foods.Superseded), "%s: an older label, and a starter food", name)
		require.Equal(t, int64(1), count(report, foods.BadBarcode), name)
		require.Equal(t, int64(1), count(report, foods.OverHundred), name)
		require.Equal(t, int64(1), count(report, foods.NoName), name)
		require.Equal(t, int64(1), count(report, foods.OddEnergy), name)
	}
	got := catalogue(t, d, foods.FoodData)
	require.Len(t, got, 7)
	require.Equal(
		t,
		stored{
			ID:       "321358",
			Name:     "Hummus, commercial",
			Calories: 229,
			Protein:  7.35,
			Carbs:    14.9,
			Fat:      17.1,
			Fiber:    new(5.4),
			Tier:     1,
			Servings: []string{"2 tablespoon=33.9*"},
		},
		got["321358"],
	)
	require.Equal(t, 33.8, got["2346404"].Calories, "Atwater specific before general")
	require.Equal(t, []string{`1 pat (1" sq, 1/3" high)=5`, "1 tbsp=14.2"}, sortedLabels(got["173410"].Servings))
	require.Equal(
		t,
		stored{
			ID:       "2705384",
			Name:     "Milk, whole",
			Calories: 61,
			Protein:  3.27,
			Carbs:    4.63,
			Fat:      3.2,
			VitaminD: new(1.1),
			Tier:     1,
			Servings: []string{"1 cup=244*"},
		},
		got["2705384"],
	)
	require.Equal(t, stored{
		ID: "1105904", Name: "WESSON Vegetable Oil 1 GAL", Brand: "Richardson Oilseed Products (US) Limited", Barcode: "00027000612323",
		Calories: 867, Fat: 93.33, VitaminD: new(10.0), Tier: 2, Servings: []string{"1 tbsp (15 ml)=15*"},
	}, got["1105904"])
	require.Equal(t, "00036000291452", got["2000002"].Barcode, "leading zero and all")
	require.Equal(t, []string{"1 bar (42 g)=42*"}, got["2000002"].Servings)
	require.Empty(t, got["2000003"].Barcode)

	var versions int
	require.NoError(t, d.Owner.QueryRow(t.Context(), "select max(version) from public.foods").Scan(&versions))
	require.Equal(t, 1, versions, "a repeated import changes nothing")
}

func TestUSDA_FromCSV_UnreadableNumbers_AreReported(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("testdata/fdc")))
	for name, row := range map[string]string{
		"food.csv":          `"no id","foundation_food","Nobody's food","","2024-10-31"`,
		"food_nutrient.csv": `"999","321358","1008","n/a","","","","","","","","",""`,
		"food_portion.csv":  `"999","321358","5","1","1001","","","a lot","","",""`,
		"branded_food.csv":  `"1105904","","","","","","","some","g"`,
	} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_WRONLY, 0)
		require.NoError(t, err)
		_, err = f.WriteString(row + "\n")
		require.NoError(t, errors.Join(err, f.Close()))
	}
	im := foods.Import{OwnerURL: d.OwnerURL}
	report, err := im.USDA(t.Context(), dir)
	require.NoError(t, err)
	require.Equal(t, int64(4), count(report, foods.Unreadable))
	require.Subset(t, []string{"no id", "321358", "1105904"}, report.Findings[foods.Unreadable].Examples)
	require.Contains(t, catalogue(t, d, foods.FoodData), "321358", "its other rows are good")
}

func sortedLabels(servings []string) []string {
	out := make([]string, len(servings))
	for i, s := range servings {
		out[i] = string(bytes.TrimSuffix([]byte(s), []byte("*")))
	}
	return out
}

func TestUSDA_FromJSON_ImportsTheSameFoods(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	im := foods.Import{OwnerURL: d.OwnerURL}
	report, err := im.USDA(t.Context(), "testdata/fdc.json")
	require.NoError(t, err)
	require.Equal(t, int64(3), report.Foods)
	got := catalogue(t, d, foods.FoodData)
	require.Equal(t, []string{"2 tablespoon=33.9*"}, got["321358"].Servings)
	require.Equal(t, 229.0, got["321358"].Calories)
	require.InDelta(t, 867.1, got["1105904"].Calories, 0.1, "from kJ")
	require.Equal(t, []string{"1 cup=244*"}, got["2705384"].Servings)

	_, err = (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), "testdata/off/products.jsonl")
	require.Error(t, err)
	_, err = (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), "testdata/off")
	require.ErrorContains(t, err, "food.csv")
}

func TestImport_OfOddProducts_KeepsAndReportsThem(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	path := filepath.Join(t.TempDir(), "products.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(strings.Join([]string{
		`{"code":"4012345000023","product_name":"Syrup","nutriments":{"energy-kcal_100g":280,"proteins_100g":0,"carbohydrates_100g":10,"fat_100g":0,"sugars_100g":60}}`,
		`{"code":"4012345000030","product_name":"Protein","nutriments":{"energy-kcal_100g":416,"proteins_100g":34,"carbohydrates_100g":70,"fat_100g":0}}`,
		`{"code":null,"product_name":"Nameless","nutriments":{"energy-kcal_100g":400,"proteins_100g":0,"carbohydrates_100g":100,"fat_100g":0}}`,
	}, "\n")), 0o600))
	report, err := (&foods.Import{OwnerURL: d.OwnerURL}).OpenFoodFacts(t.Context(), path)
	require.NoError(t, err)
	require.Equal(t, int64(2), report.Foods)
	for _, finding := range []foods.Finding{foods.SugarOverCarbs, foods.RoundedMacros, foods.NoID} {
		require.Equal(t, int64(1), count(report, finding), finding)
	}
	var sugar *float64
	require.NoError(t, d.Owner.QueryRow(t.Context(), "select sugar_g from public.foods where source_id = '4012345000023'").Scan(&sugar))
	require.Nil(t, sugar, "one of the two is wrong, and carbohydrates are needed")
}

func TestOpenFoodFacts_FromEachFormat_ImportsTheSameProducts(t *testing.T) {
	t.Parallel()
	cookies := stored{
		ID:       "4006381333931",
		Name:     "Haferkekse",
		Brand:    "Bäckerei Müller",
		Barcode:  "04006381333931",
		Calories: 450,
		Protein:  8.1,
		Carbs:    62,
		Fat:      17.5,
		Fiber:    new(6.0),
		Sodium:   new(300.0),
		Tier:     1,
		Servings: []string{"25 g (2 Kekse)=25*"},
	}
	t.Run("JSONL, gzipped", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		content, err := os.ReadFile("testdata/off/products.jsonl")
		require.NoError(t, err)
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err = z.Write(content)
		require.NoError(t, err)
		require.NoError(t, z.Close())
		path := filepath.Join(t.TempDir(), "openfoodfacts-products.jsonl.gz")
		require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
		for range 2 {
			report, err := (&foods.Import{OwnerURL: d.OwnerURL}).OpenFoodFacts(t.Context(), path)
			require.NoError(t, err)
			require.Equal(t, int64(8), report.Rows)
			require.Equal(t, int64(4), report.Foods)
			for finding, n := range map[foods.Finding]int64{
				foods.Unreadable: 1, foods.NoMacros: 1, foods.OverHundred: 1, foods.Superseded: 1, foods.BadBarcode: 1, foods.DroppedValue: 1,
			} {
				require.Equal(t, n, count(report, finding), finding)
			}
			var text bytes.Buffer
			report.Write(&text)
			require.Contains(t, text.String(), "8 rows read, 4 foods written")
		}
		got := catalogue(t, d, foods.OpenFood)
		require.Equal(t, cookies, got["4006381333931"])
		require.Equal(t, "Cola drink", got["20005733"].Name)
		require.InDelta(t, 43.02, got["20005733"].Calories, 0.01, "kJ")
		require.Equal(t, 1.5, *got["20005733"].VitaminD, "grams to µg")
		require.InDelta(t, 3.866, *got["4012345000009"].Alcohol, 0.001, "by volume to weight")
		require.Nil(t, got["4012345000009"].Fiber, "below 0 is unknown")
		require.Empty(t, got["3017620422004"].Barcode)
	})
	t.Run("CSV", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		report, err := (&foods.Import{OwnerURL: d.OwnerURL}).OpenFoodFacts(t.Context(), "testdata/off/products.csv")
		require.NoError(t, err)
		require.Equal(t, int64(2), report.Foods)
		want := cookies
		want.Name = `Haferkekse "Omas Beste"`
		require.Equal(t, want, catalogue(t, d, foods.OpenFood)["4006381333931"])
	})
	t.Run("neither", func(t *testing.T) {
		t.Parallel()
		_, err := (&foods.Import{OwnerURL: dbtest.Shared(t).OwnerURL}).OpenFoodFacts(t.Context(), "testdata/fdc/food.csv")
		require.Error(t, err)
	})
}

// stopping ends the import after so many reports of progress, as Ctrl-C would.
type stopping struct {
	stop context.CancelFunc
}

func (s stopping) Write(p []byte) (int, error) {
	s.stop()
	return len(p), nil
}

func TestImport_AfterAnInterruption_Continues(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	path := filepath.Join(t.TempDir(), "openfoodfacts-products.jsonl")
	var b bytes.Buffer
	const products = 9000
	for i := range products {
		b.WriteString(
			`{"code":"x` + itoa(
				i,
			) + `","product_name":"Product ` + itoa(
				i,
			) + `","nutriments":{"energy-kcal_100g":100,"proteins_100g":5,"carbohydrates_100g":10,"fat_100g":4.4}}` + "\n",
		)
	}
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, err := (&foods.Import{OwnerURL: d.OwnerURL, Progress: stopping{cancel}}).OpenFoodFacts(ctx, path)
	require.ErrorIs(t, err, context.Canceled)
	_, err = d.Owner.Exec(t.Context(), `update private.food_imports set rows_done = 4000`) // as after two batches
	require.NoError(t, err)
	report, err := (&foods.Import{OwnerURL: d.OwnerURL}).OpenFoodFacts(t.Context(), path)
	require.NoError(t, err)
	require.Equal(t, int64(4000), report.Resumed)
	require.Equal(t, int64(products-4000), report.Rows)
	again, err := (&foods.Import{OwnerURL: d.OwnerURL}).OpenFoodFacts(t.Context(), path)
	require.NoError(t, err)
	require.Zero(t, again.Resumed, "a finished one starts anew")
	require.Equal(t, int64(products), again.Rows)
	require.Equal(t, int64(4000), again.Changed)
}

func itoa(i int) string {
	return string([]byte{byte('0' + i/1000%10), byte('0' + i/100%10), byte('0' + i/10%10), byte('0' + i%10)})
}
