package foods_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
)

// parquetProduct has columns of the public export, food.parquet, with its types.
type parquetProduct struct {
	Additives       *int32             `parquet:"additives_n,optional"`
	BrandsTags      []string           `parquet:"brands_tags,list"`
	Brands          *string            `parquet:"brands,optional"`
	Code            *string            `parquet:"code,optional"`
	GenericName     []parquetText      `parquet:"generic_name,list"`
	Ingredients     *string            `parquet:"ingredients,optional"`
	Lang            *string            `parquet:"lang,optional"`
	LastModified    *int64             `parquet:"last_modified_t,optional"`
	Nutriments      []parquetNutriment `parquet:"nutriments,list"`
	Obsolete        *bool              `parquet:"obsolete,optional"`
	ProductName     []parquetText      `parquet:"product_name,list"`
	ServingQuantity *string            `parquet:"serving_quantity,optional"`
	ServingSize     *string            `parquet:"serving_size,optional"`
	Scans           *int32             `parquet:"unique_scans_n,optional"`
}

type parquetText struct {
	Lang *string `parquet:"lang,optional"`
	Text *string `parquet:"text,optional"`
}

type parquetNutriment struct {
	Name         *string  `parquet:"name,optional"`
	Value        *float32 `parquet:"value,optional"`
	Per100       *float32 `parquet:"100g,optional"`
	PerServing   *float32 `parquet:"serving,optional"`
	Unit         *string  `parquet:"unit,optional"`
	Prepared     *float32 `parquet:"prepared_value,optional"`
	Prepared100  *float32 `parquet:"prepared_100g,optional"`
	PreparedUnit *string  `parquet:"prepared_unit,optional"`
}

// asParquet returns a file with a row group for each 100 rows.
func asParquet[T any](t *testing.T, rows []T, options ...parquet.WriterOption) []byte {
	t.Helper()
	var out bytes.Buffer
	w := parquet.NewGenericWriter[T](&out, append(options, parquet.MaxRowsPerRowGroup(100))...)
	_, err := w.Write(rows)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

func gzipped(t *testing.T, content []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return out.Bytes()
}

func per100(name string, amount float32) parquetNutriment {
	return parquetNutriment{Name: &name, Value: &amount, Per100: &amount, Unit: new("g")}
}

func oats(code string) parquetProduct {
	return parquetProduct{
		BrandsTags: []string{
			"xx:acme",
		},
		Brands:          new("Acme,Other"),
		Code:            &code,
		Ingredients:     new(strings.Repeat("oats ", 100)),
		Lang:            new("de"),
		LastModified:    new(int64(1700000000)),
		ServingQuantity: new("40"),
		ServingSize:     new("1 bowl (40 g)"),
		Scans:           new(int32(500)),
		ProductName:     []parquetText{{new("main"), new("Haferflocken")}, {new("en"), new("Oats")}},
		Nutriments: []parquetNutriment{
			per100("energy-kcal", 375), per100("proteins", 13.5), per100("carbohydrates", 58.7), per100("fat", 7.1),
			per100("saturated-fat", 1.3), per100("sodium", 0.0123),
		},
	}
}

func TestOpenFoodFacts_Parquet_IsReadLikeJSONL(t *testing.T) {
	t.Parallel()
	prepared := oats("4012345000009")
	prepared.Nutriments = []parquetNutriment{{Name: new("proteins"), Prepared100: new(float32(3))}}
	perServing := oats("4012345000016")
	perServing.Nutriments = nil
	for name, amount := range map[string]float32{"energy-kcal": 150, "proteins": 5.4, "carbohydrates": 23.5, "fat": 2.8} {
		perServing.Nutriments = append(perServing.Nutriments, parquetNutriment{Name: &name, PerServing: &amount})
	}
	withdrawn := oats("4012345000023")
	withdrawn.Obsolete = new(true)
	rows := []parquetProduct{oats(code1), prepared, perServing, withdrawn}

	const (
		head       = `{"code":%q,"brands":"Acme,Other","brands_tags":["xx:acme"],"lang":"de","last_modified_t":1700000000,"serving_quantity":"40","serving_size":"1 bowl (40 g)","unique_scans_n":500,"product_name":"Haferflocken","product_name_en":"Oats",`
		nutriments = `"nutriments":{"energy-kcal_100g":375,"proteins_100g":13.5,"carbohydrates_100g":58.7,"fat_100g":7.1,"saturated-fat_100g":1.3,"sodium_100g":0.0123}}`
	)
	jsonl := strings.Join([]string{
		fmt.Sprintf(head, code1) + nutriments,
		fmt.Sprintf(head, "4012345000009") + `"nutriments":{"proteins_prepared_100g":3}}`,
		fmt.Sprintf(
			head,
			"4012345000016",
		) + `"nutriments":{"energy-kcal_serving":150,"proteins_serving":5.4,"carbohydrates_serving":23.5,"fat_serving":2.8}}`,
		fmt.Sprintf(head, "4012345000023") + `"obsolete":"on",` + nutriments,
	}, "\n")

	var found []map[string]map[string]any
	var reports []foods.Report
	for _, content := range []string{string(asParquet(t, rows)), jsonl} {
		d := dbtest.New(t)
		report, err := importOFF(t, d, content)
		require.NoError(t, err)
		report.Took = 0
		stored := storedRows(t, d, foods.OpenFood)
		for _, row := range stored {
			for _, column := range []string{"id", "created_at", "updated_at"} {
				delete(row, column)
			}
		}
		reports, found = append(reports, report), append(found, stored)
	}
	require.Len(t, found[0], 2)
	require.Equal(t, "Haferflocken", found[0][code1]["name"])
	require.Equal(t, "58.700000", fmt.Sprintf("%.6f", found[0][code1]["carbs_g"]))
	require.Equal(t, found[1], found[0])
	require.Equal(t, reports[1], reports[0])
}

// nestedProduct has the nutrition of schema 1003 as nested columns: structs, lists and maps.
type nestedProduct struct {
	Code      string `parquet:"code"`
	Name      string `parquet:"product_name"`
	Nutrition struct {
		Aggregated nestedSet   `parquet:"aggregated_set"`
		Inputs     []nestedSet `parquet:"input_sets,list"`
	} `parquet:"nutrition"`
}

type nestedSet struct {
	Preparation string                     `parquet:"preparation"`
	Per         string                     `parquet:"per"`
	Nutrients   map[string]nestedNutrients `parquet:"nutrients"`
}

type nestedNutrients struct {
	Value *float64 `parquet:"value,optional"`
	Unit  string   `parquet:"unit"`
}

func TestOpenFoodFacts_ParquetOfNestedNutrition_IsRead(t *testing.T) {
	t.Parallel()
	set := nestedSet{"as_sold", "100g", map[string]nestedNutrients{
		"energy-kcal": {new(375.0), "kcal"}, "proteins": {new(13500.0), "mg"}, "carbohydrates": {new(58.7), "g"}, "fat": {new(7.0), "g"},
		"fiber": {nil, "g"},
	}}
	aggregated, inputs := nestedProduct{Code: code1, Name: "Set"}, nestedProduct{Code: "96385074", Name: "List of sets"}
	aggregated.Nutrition.Aggregated, inputs.Nutrition.Inputs = set, []nestedSet{set}
	d := dbtest.New(t)
	_, err := importOFF(t, d, string(asParquet(t, []nestedProduct{aggregated, inputs})))
	require.NoError(t, err)
	got := catalogue(t, d, foods.OpenFood)
	require.Len(t, got, 2)
	for _, f := range got {
		require.Equal(t, []float64{375, 13.5, 58.7, 7}, []float64{f.Calories, f.Protein, f.Carbs, f.Fat}, f.Name)
		require.Nil(t, f.Fiber)
	}
}

func TestOpenFoodFacts_ParquetOfSeveralRowGroups_IsReadCompletely(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var rows []parquetProduct
	for i := range 350 {
		p := oats("")
		p.Code = new(fmt.Sprintf("no-%d", i))
		rows = append(rows, p)
	}
	report, err := importOFF(t, d, string(asParquet(t, rows, parquet.Compression(&parquet.Zstd))))
	require.NoError(t, err)
	require.Equal(t, int64(350), report.Foods)
}

// Tools that convert the CSV keep its columns: an amount is in its own column, a missing number is NaN, text may be bytes.
func TestOpenFoodFacts_ParquetOfTheCSV_IsRead(t *testing.T) {
	t.Parallel()
	type row struct {
		Code    int64   `parquet:"code"`
		Name    []byte  `parquet:"product_name"`
		Energy  float64 `parquet:"energy-kcal_100g"`
		Protein float64 `parquet:"proteins_100g"`
		Carbs   string  `parquet:"carbohydrates_100g"`
		Fat     float64 `parquet:"fat_100g"`
		Fiber   float64 `parquet:"fiber_100g"`
		Other   float64 `parquet:"weight"`
	}
	d := dbtest.New(t)
	report, err := importOFF(t, d, string(asParquet(t, []row{{4006381333931, []byte("Oats"), 375, 13.5, "58,7", 7, math.NaN(), 1}})))
	require.NoError(t, err)
	require.Equal(t, int64(1), report.Foods)
	stored := storedRows(t, d, foods.OpenFood)[code1]
	require.Equal(t, "Oats", stored["name"])
	require.InDelta(t, 58.7, stored["carbs_g"], 1e-9)
	require.Nil(t, stored["fiber_g"])
}

func TestOpenFoodFacts_ParquetThatCannotBeRead_SaysWhy(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	whole := asParquet(t, []parquetProduct{oats(code1)})
	type decimal struct {
		Code string `parquet:"code"`
		Fat  int64  `parquet:"fat_100g,decimal(2:10)"`
	}
	type other struct {
		ID int64 `parquet:"fdc_id"`
	}
	for want, content := range map[string][]byte{
		"not a complete one": whole[:len(whole)/2],
		"fat_100g":           asParquet(t, []decimal{{code1, 710}}),
		"column code":        asParquet(t, []other{{1}}),
		"unpack it first":    gzipped(t, whole),
	} {
		_, err := importOFF(t, d, string(content))
		require.ErrorContains(t, err, want)
	}
}

// A damaged file must end in an error or in fewer products, never in a panic or a loop without end.
func TestOpenFoodFacts_DamagedParquet_ReturnsAnErrorOrFewerProducts(t *testing.T) {
	t.Parallel()
	var rows []parquetProduct
	for i := range 200 {
		p := oats("")
		p.Code = new(fmt.Sprintf("no-%d", i))
		rows = append(rows, p)
	}
	whole := asParquet(t, rows, parquet.Compression(&parquet.Snappy))
	path := filepath.Join(t.TempDir(), "food.parquet")
	damages := 0
	for at := 4; at < len(whole); at += max(1, len(whole)/400) {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 0xff
		require.NoError(t, os.WriteFile(path, damaged, 0o600))
		read, err := foods.ReadProducts(t, path)
		require.LessOrEqual(t, read, len(rows), "byte %d", at)
		if err != nil {
			damages++
		}
	}
	require.Positive(t, damages)
}

func TestOpenFoodFacts_ParquetValues_KeepTheirDigits(t *testing.T) {
	t.Parallel()
	for want, value := range map[string]any{
		"58.7":                          float32(58.7),
		"1e-7":                          1e-7,
		"null":                          math.NaN(),
		"9007199254740993":              int64(9007199254740993),
		`"a\"b\ufffd"`:                  []byte("a\"b\xff"),
		`[{"lang":"de"},null,true,"x"]`: []any{map[string]any{"lang": "de"}, nil, true, "x"},
	} {
		raw, err := json.Marshal(foods.Plain(value))
		require.NoError(t, err)
		require.Equal(t, want, string(raw))
	}
}
