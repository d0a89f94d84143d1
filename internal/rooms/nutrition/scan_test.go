package nutrition_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// scans are a barcode in the forms in which scanners return it.
var scans = map[string]string{
	"digits":                     "4006381333931",
	"printed":                    "4 006381-333931",
	"symbology":                  "]E04006381333931",
	"element string":             "0104006381333931",
	"element string with FNC1":   "]d2\x1d010400638133393110ABC\x1d17271231",
	"element string in brackets": "(01)04006381333931(17)271231",
	"Digital Link":               "https://id.gs1.org/01/04006381333931/10/ABC?17=271231",
}

func TestBarcodes_AsScannersReturnThem_AreReadEverywhere(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for name, code := range scans {
		p := a.Person(t)
		body := granola()
		body.Barcode = &code
		made := createFood(t, p, body)
		require.Equal(t, "04006381333931", *made.Barcode, name)

		found := scan(t, p, code)
		require.Equal(t, http.StatusOK, found.StatusCode(), "%s: %s", name, found.Body)
		require.Equal(t, made.ID, found.JSON200.ID, name)
		require.Equal(t, made.ID, search(t, p, api.SearchFoodsParams{Q: code}).Data[0].ID, name)

		r, answer := send(
			t,
			p.Client,
			http.MethodPatch,
			a.URL+"/api/v1/nutrition/foods/custom/"+made.ID.String(),
			fmt.Sprintf(`{"barcode":%q}`, "0425261"),
		)
		require.Equal(t, http.StatusOK, r.StatusCode, string(answer))
		require.Equal(t, made.ID, scan(t, p, "04252614").JSON200.ID, "UPC-E, with check digit")
	}
	p := a.Person(t)
	for _, code := range []string{"(01)04006381333932", "https://id.gs1.org/01/04006381333932", "oat milk", "]d2\x1d0104006381333932"} {
		r := scan(t, p, code)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), "%q: %s", code, r.Body)
		require.Equal(t, "bad_check_digit", r.ApplicationProblemJSON422.Errors[0].Code)
	}
}

func TestGetFoodByBarcode_OddResponsesOfOpenFoodFacts_StopNoOtherLookup(t *testing.T) {
	t.Parallel()
	odd := map[string]http.HandlerFunc{
		"/96385074": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://world.openbeautyfacts.org/", http.StatusFound)
		},
		"/4012345000009": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>maintenance</html>") },
		"/4012345000016": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) },
		"/4012345000023": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"status":1,"product":["?"]}`) },
		"/4012345000030": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"status":1,"product":{"code":"1"}}`) },
		"/4012345000047": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `[]`) },
		"/4012345000054": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
	}
	a, asked := withOpenFoodFacts(t, func(w http.ResponseWriter, r *http.Request) {
		for code, respond := range odd {
			if strings.HasSuffix(strings.TrimSuffix(r.URL.Path, ".json"), code) {
				respond(w, r)
				return
			}
		}
		oneProduct(w, r)
	})
	p := a.Person(t)
	for code := range odd {
		require.Equal(t, "barcode_not_found", scan(t, p, code[1:]).ApplicationProblemJSON404.Code, code)
	}
	require.Len(t, odd, int(asked.Load()), "each was asked for")
	require.Equal(t, "Oat crackers", scan(t, p, "]E04006381333931").JSON200.Name)
}

func TestGetFood_OddFoodOfTheCatalogue_SaysWhatItsImportFound(t *testing.T) {
	t.Parallel()
	a, _ := withOpenFoodFacts(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(
			w,
			`{"status":"1","product":{"code":"4006381333931","product_name_de":"Hafer &amp; Honig","nutrition":{"aggregated_set":{"preparation":"as_sold",
			"per":"100g","nutrients":{"energy-kcal":{"value":900,"unit":"kcal"},"proteins":{"value":"10","unit":"g"},
			"carbohydrates":{"value":60,"unit":"g"},"fat":{"value":12,"unit":"g"},"sugars":{"value":61,"unit":"g"},"sodium":{"value":50,"unit":"g"}}}}}}`,
		)
	})
	p := a.Person(t)
	f := scan(t, p, "4006381333931").JSON200
	require.Equal(t, "Hafer & Honig", f.Name)
	require.Nil(t, f.Per100G.SugarG)
	require.Nil(t, f.Per100G.SodiumMg)
	warnings := map[string]string{}
	for _, w := range f.Warnings {
		warnings[w.Code] = w.Message
	}
	require.Equal(t, "900 kcal do not fit the macros, which make about 388 kcal per 100 g.", warnings["energy_off"])
	require.NotEmpty(t, warnings["sugar_left_out"])
	require.NotEmpty(t, warnings["value_left_out"])
	require.Len(t, f.Warnings, 3)
	r, err := p.GetFoodWithResponse(t.Context(), f.ID, nil)
	require.NoError(t, err)
	require.Equal(t, f.Warnings, r.JSON200.Warnings)
}
