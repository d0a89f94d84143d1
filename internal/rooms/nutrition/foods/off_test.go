package foods_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
)

// importOFF imports a file with this content.
func importOFF(t *testing.T, d dbtest.Database, content string) (foods.Report, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "products")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return (&foods.Import{OwnerURL: d.OwnerURL}).OpenFoodFacts(t.Context(), path)
}

// aggregated is a product of schema 1003 with a set of nutrients; extra is put into nutrition.
func aggregated(code, preparation, nutrients, extra string) string {
	return fmt.Sprintf(`{"code":%q,"schema_version":1003,"product_name":"Oats","nutrition":{"aggregated_set":{"preparation":%q,"per":"100g",
		"nutrients":{%s}}%s}}`, code, preparation, nutrients, extra)
}

const (
	newMacros = `"energy-kj":{"value":1580,"unit":"kJ","source":"packaging","source_per":"100g","source_index":0},
		"energy-kcal":{"value":"375","unit":"kcal"},"proteins":{"value":13.5,"unit":"g"},
		"carbohydrates":{"value":"58,7","unit":"g"},"fat":{"value":"< 7.0","unit":"g","modifier":"<"}`
	oldMacros = `"energy-kcal_100g":375,"proteins_100g":13.5,"carbohydrates_100g":58.7,"fat_100g":7`
	code1     = "4006381333931"
)

// oneLine is JSONL of products that are written over several lines here.
func oneLine(products ...string) string {
	var lines []string
	for _, p := range products {
		lines = append(lines, strings.ReplaceAll(strings.ReplaceAll(p, "\n", ""), "\t", ""))
	}
	return strings.Join(lines, "\n") + "\n"
}

func TestOpenFoodFacts_Schema1003_IsReadBesideOlderSchemas(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	report, err := importOFF(t, d, oneLine(
		aggregated(code1, "as_sold", newMacros+`,"fiber":{"value":10,"unit":"g"},"salt":{"value":"0.05","unit":"g","modifier":"~"},
			"vitamin-d":{"value":40,"unit":"IU"},"alcohol":{"value":"5","unit":"% vol"},"magnesium":{"value":"12","unit":"% DV"},
			"iron":{"value":4.2,"unit":"mg"},"zinc":{"value":9,"unit":"g","source":"estimate"}`, ""),
		`{"code":"96385074","product_name":"Old","nutriments":{`+oldMacros+`}}`,
		`{"code":"4012345000009","schema_version":1002,"product_name":"List","nutriments":[{"name":"energy-kcal","100g":375,"unit":"kcal"},
			{"name":"proteins","100g":13.5},{"name":"carbohydrates","100g":58.7},{"name":"fat","100g":7},{"name":"iron","100g":0.0042,"unit":"mg"}]}`,
	))
	require.NoError(t, err)
	require.Equal(t, int64(3), report.Foods)
	got := catalogue(t, d, foods.OpenFood)
	for _, f := range got {
		require.Equal(t, []float64{375, 13.5, 58.7, 7}, []float64{f.Calories, f.Protein, f.Carbs, f.Fat}, f.Name)
	}
	oats := got[code1]
	require.Equal(t, []float64{10, 20, 1, 3.945}, []float64{*oats.Fiber, *oats.Sodium, *oats.VitaminD, *oats.Alcohol})
	var iron, magnesium, zinc *float64
	row := d.Owner.QueryRow(t.Context(), "select iron_mg, magnesium_mg, zinc_mg from public.foods where barcode = $1", "0"+code1)
	require.NoError(t, row.Scan(&iron, &magnesium, &zinc))
	require.Equal(t, 4.2, *iron)
	require.Nil(t, magnesium, "a share of the daily value says no amount")
	require.Nil(t, zinc, "an estimate of Open Food Facts is no statement")
	row = d.Owner.QueryRow(t.Context(), "select iron_mg from public.foods where source_id = '4012345000009'")
	require.NoError(t, row.Scan(&iron))
	require.Equal(t, 4.2, *iron, "in grams, whatever the unit that was typed in")
}

func TestOpenFoodFacts_NutrientsAsTextsWithUnitsOrAsAList_AreRead(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	_, err := importOFF(t, d, oneLine(
		aggregated(code1, "as_sold", `"energy-kcal":{"value":"375 kcal","unit":"kcal"},"proteins":{"value":"13500mg","unit":"g"},
			"carbohydrates":"58,7 g","fat":{"value":"< 7 g"},"fiber":{"value":0,"modifier":"-"}`, ""),
		`{"code":"96385074","product_name":"List","nutrition":{"aggregated_set":{"preparation":"as_sold","per":"100g","nutrients":[
			{"name":"energy-kcal","value":375,"unit":"kcal"},{"name":"proteins","value":13.5},{"name":"carbohydrates","value":58.7},
			{"name":"fat","value":7,"unit":"g"}]}}}`,
		aggregated("4012345000009", "Prepared", newMacros, ""),
	))
	require.NoError(t, err)
	got := catalogue(t, d, foods.OpenFood)
	require.Len(t, got, 2, "values of the prepared product are left out in any case of letters")
	for _, f := range got {
		require.Equal(t, []float64{375, 13.5, 58.7, 7}, []float64{f.Calories, f.Protein, f.Carbs, f.Fat}, f.Name)
	}
	require.Nil(t, got[code1].Fiber, "the modifier - says that the label has no value")
}

func TestOpenFoodFacts_PreparedValues_AreNotThoseOfTheProductAsItIsSold(t *testing.T) {
	t.Parallel()
	input := func(preparation, per, quantity, unit, nutrients string) string {
		return fmt.Sprintf(`{"preparation":%q,"per":%q,"per_quantity":%s,"per_unit":%q,"source":"packaging","nutrients":{%s}}`,
			preparation, per, quantity, unit, nutrients)
	}
	dry := strings.NewReplacer("375", "37.5", "1580", "158", "13.5", "1.35", "58,7", "5.87", "7.0", "0.7").Replace(newMacros)
	d := dbtest.New(t)
	report, err := importOFF(t, d, oneLine(
		aggregated(code1, "prepared", dry, ""),
		aggregated("96385074", "prepared", dry, `,"input_sets":[`+input("prepared", "100ml", "100", "ml", dry)+`,`+
			input(
				"as_sold",
				"serving",
				`"200"`,
				"g",
				strings.NewReplacer("375", "750", "1580", "3160", "13.5", "27", "58,7", "117.4", "7.0", "14").Replace(newMacros),
			)+`]`),
		`{"code":"4012345000009","product_name":"Old","nutriments":{"energy-kcal_prepared_100g":37,"proteins_prepared_100g":1,
			"carbohydrates_prepared_100g":6,"fat_prepared_100g":1}}`,
		aggregated(
			"4012345000016",
			"as_sold",
			newMacros,
			`,"input_sets":[`+input("prepared", "100g", "100", "g", `"fiber":{"value":1,"unit":"g"}`)+`]`,
		),
	))
	require.NoError(t, err)
	require.Equal(t, int64(2), count(report, foods.OnlyPrepared))
	got := catalogue(t, d, foods.OpenFood)
	require.Len(t, got, 2)
	require.InDelta(t, 375, got["96385074"].Calories, 1e-9, "of the set as it is sold, per serving of 200 g")
	require.InDelta(t, 58.7, got["96385074"].Carbs, 1e-9)
	require.Nil(t, got["4012345000016"].Fiber, "of the prepared product")
}

func TestOpenFoodFacts_NearlyAllRefused_FailsWithTheReasons(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]string{
		"an unknown schema": strings.Repeat(`{"code":"4006381333931","product_name":"X","nutrition_v9":{}}`+"\n", 20),
		"broken lines":      `{"code":"1"` + strings.Repeat("\n"+`{"code":`, 30),
	} {
		report, err := importOFF(t, dbtest.New(t), content)
		require.ErrorIs(t, err, foods.ErrRefused, name)
		require.Zero(t, report.Foods)
	}
	report, err := importOFF(t, dbtest.New(t), strings.Repeat(`{"code":"4006381333931","product_name":"X"}`+"\n", 19)+`{"code":"x"}`+"\n")
	require.ErrorIs(t, err, foods.ErrRefused)
	require.Equal(t, int64(20), report.Rows)
	require.ErrorContains(t, err, "0 of 20")
	require.ErrorContains(t, err, "19 × "+string(foods.NoMacros))
	require.ErrorContains(t, err, "1 × "+string(foods.NoName))
	_, err = importOFF(t, dbtest.New(t), "\n\n")
	require.ErrorIs(t, err, foods.ErrRefused)
}

func TestOpenFoodFacts_FieldsOfAnyType_AreRead(t *testing.T) {
	t.Parallel()
	product := func(fields string) string { return `{` + fields + `,"nutriments":{` + oldMacros + `}}` }
	for name, c := range map[string]struct{ in, name, brand string }{
		"main language":           {`"code":"4006381333931","lang":"de","product_name":"Hafer","product_name_en":"Oats"`, "Hafer", ""},
		"its own field":           {`"code":"4006381333931","lang":"de","product_name":"","product_name_fr":"Avoine","product_name_de":"Hafer"`, "Hafer", ""},
		"English":                 {`"code":"4006381333931","lang":"de","product_name_fr":"Avoine","product_name_en":"Oats"`, "Oats", ""},
		"any language":            {`"code":"4006381333931","product_name":null,"product_name_pl":"Owies"`, "Owies", ""},
		"invisible main name":     {`"code":"4006381333931","product_name":"\u200b","product_name_ja":"オーツ麦"`, "オーツ麦", ""},
		"generic name":            {`"code":"4006381333931","product_name":" ","generic_name_it":"Avena"`, "Avena", ""},
		"list of languages":       {`"code":"4006381333931","product_name":[{"lang":"en","text":"Oats"},{"lang":"main","text":"Hafer"}]`, "Hafer", ""},
		"languages of the API":    {`"code":"4006381333931","product_name_languages":{"fr":"Avoine"}`, "Avoine", ""},
		"list of names":           {`"code":"4006381333931","product_name":["","Hafer"]`, "Hafer", ""},
		"number as name":          {`"code":4006381333931,"product_name":1664`, "1664", ""},
		"code as float":           {`"code":4.006381333931e12,"product_name":"Oats"`, "Oats", ""},
		"id instead of code":      {`"_id":"4006381333931","product_name":"Oats"`, "Oats", ""},
		"brands as text":          {`"code":"4006381333931","product_name":"Oats","brands":" , Mill,Co"`, "Oats", "Mill"},
		"brands as list":          {`"code":"4006381333931","product_name":"Oats","brands":["Mill","Co"]`, "Oats", "Mill"},
		"brand of another field":  {`"code":"4006381333931","product_name":"Oats","brands_de":"Mühle"`, "Oats", "Mühle"},
		"brand of tags":           {`"code":"4006381333931","product_name":"Oats","brands":"","brands_tags":["xx:old-mill"]`, "Oats", "old mill"},
		"entities and controls":   {`"code":"4006381333931","product_name":"Oats &amp; h\u00adoney\u0007","brands":"Ben &#39;s"`, "Oats & honey", "Ben 's"},
		"boolean obsolete, off":   {`"code":"4006381333931","product_name":"Oats","obsolete":false`, "Oats", ""},
		"text of obsolete, off":   {`"code":"4006381333931","product_name":"Oats","obsolete":"0"`, "Oats", ""},
		"odd scans and serving":   {`"code":"4006381333931","product_name":"Oats","unique_scans_n":"12","serving_quantity":true,"serving_size":5`, "Oats", ""},
		"repeated field":          {`"code":"1","code":"4006381333931","product_name":"Oats"`, "Oats", ""},
		"leading zeros were lost": {`"code":36000291452,"product_name":"Oats"`, "Oats", ""},
	} {
		d := dbtest.New(t)
		_, err := importOFF(t, d, product(c.in)+"\n")
		require.NoError(t, err, name)
		want := "04006381333931"
		if strings.Contains(c.in, "36000291452") {
			want = "00036000291452"
		}
		got := catalogue(t, d, foods.OpenFood)
		require.Len(t, got, 1, name)
		for _, f := range got {
			require.Equal(t, []string{c.name, c.brand, want}, []string{f.Name, f.Brand, f.Barcode}, name)
		}
	}
	for name, obsolete := range map[string]string{"true": `true`, "1": `1`, "on": `"on"`, "a list": `["on"]`} {
		report, err := importOFF(t, dbtest.New(t), product(`"code":"4006381333931","product_name":"Oats","obsolete":`+obsolete)+"\n")
		require.NoError(t, err)
		require.Equal(t, int64(1), count(report, foods.Superseded), name)
	}
}

func TestOpenFoodFacts_CSVAsToolsWriteIt_IsRead(t *testing.T) {
	t.Parallel()
	const head = "code\tproduct_name\tbrands\tenergy-kcal_100g\tproteins_100g\tcarbohydrates_100g\tfat_100g"
	const row = "4006381333931\tMüsli\tMühle\t375\t13.5\t58.7\t7"
	plain := head + "\n" + row + "\n"
	quotedHead := `"` + strings.ReplaceAll(head, "\t", "\"\t\"") + `"`
	utf16le, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(plain)
	require.NoError(t, err)
	utf16be, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(plain)
	require.NoError(t, err)
	latin1, err := charmap.ISO8859_1.NewEncoder().String(plain)
	require.NoError(t, err)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = z.Write([]byte(utf16le))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	for name, content := range map[string]string{
		"plain":                plain,
		"byte order mark":      "\ufeff" + plain,
		"blank first lines":    "\r\n\n" + strings.ReplaceAll(plain, "\n", "\r\n"),
		"quoted header":        quotedHead + "\n" + row + "\n",
		"quoted fields":        quotedHead + "\n" + `"` + strings.ReplaceAll(row, "\t", "\"\t\"") + `"`,
		"separated by commas":  strings.ReplaceAll(plain, "\t", ","),
		"and by semicolons":    strings.ReplaceAll(strings.ReplaceAll(plain, "\t", ";"), ".", ","),
		"UTF-16 with mark":     utf16le,
		"UTF-16 without":       utf16be,
		"UTF-16, gzipped":      packed.String(),
		"Latin-1":              latin1,
		"no line feed at last": strings.TrimSpace(plain),
	} {
		d := dbtest.New(t)
		report, err := importOFF(t, d, content)
		require.NoError(t, err, name)
		require.Equal(t, int64(1), report.Foods, name)
		got := catalogue(t, d, foods.OpenFood)[code1]
		require.Equal(t, []string{"Müsli", "Mühle"}, []string{got.Name, got.Brand}, name)
		require.Equal(t, []float64{375, 13.5, 58.7, 7}, []float64{got.Calories, got.Protein, got.Carbs, got.Fat}, name)
	}
}

func TestOpenFoodFacts_RowsWithMoreFieldsThanTheHeader_AreUnreadable(t *testing.T) {
	t.Parallel()
	const head = "code\tproduct_name\tenergy-kcal_100g\tproteins_100g\tcarbohydrates_100g\tfat_100g\n"
	d := dbtest.New(t)
	report, err := importOFF(t, d, head+"4006381333931\tOats\t375\t13.5\t58.7\t7\n96385074\tShifted\tby one\t375\t13.5\t58.7\t7\n"+
		"4012345000009\tEmpty ones\t375\t13.5\t58.7\t7\t\t\n4012345000016\tShorter\n")
	require.NoError(t, err)
	require.Equal(t, int64(2), report.Foods)
	require.Equal(t, int64(1), count(report, foods.Unreadable))
	require.Equal(t, []string{"line 2"}, report.Findings[foods.Unreadable].Examples)
	require.Equal(t, int64(1), count(report, foods.NoMacros))
}

func TestImports_OfAnotherKindOfFile_SayWhatItIs(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	for content, want := range map[string]string{
		`{"FoundationFoods": [{"fdcId": 1}]}`:               "FoodData Central",
		`[{"code":"1"}]`:                                    "JSON list",
		"{\n  \"code\": \"1\"\n}":                           "several lines",
		`{"count":1,"page":1,"products":[{"code":"1"}]}`:    `"count", "page", "products"`,
		"id\tname\n1\tx\n":                                  "column code",
		"PAR1\x15\x04\x15":                                  "Parquet",
		"PK\x03\x04 this is a zip":                          "column code",
		"fdc_id,data_type,description\n1,branded_food,Oats": "column code",
	} {
		_, err := importOFF(t, d, content)
		require.ErrorContains(t, err, want, content)
	}
	for content, want := range map[string]string{
		`{"count":1,"products":[{"code":"1"}]}`: `"count", "products"`,
		`{"fdcId":1,"foodNutrients":[]}`:        `"fdcId", "foodNutrients"`,
		`{"code":"1","nutriments":{}}`:          "FoundationFoods",
		`"FoundationFoods"`:                     "no list of foods",
		`{"FoundationFoods":{}}`:                "no list of foods",
		"":                                      "empty",
	} {
		path := filepath.Join(t.TempDir(), "foods.json")
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := (&foods.Import{OwnerURL: d.OwnerURL}).USDA(t.Context(), path)
		require.ErrorContains(t, err, want, content)
	}
}
