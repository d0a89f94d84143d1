package nutrition_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/server"
)

// withOpenFoodFacts returns an API that looks up barcodes at a fake Open Food Facts, and the number of requests that the fake received.
func withOpenFoodFacts(t *testing.T, answer http.HandlerFunc) (a *apitest.API, asked *atomic.Int32) {
	t.Helper()
	asked = &atomic.Int32{}
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		answer(w, r)
	}))
	t.Cleanup(upstream.Close)
	d := dbtest.New(t) // what is learned is everybody's
	return apitest.New(t, apitest.Setup{Database: &d, Server: func(o *server.Options) { o.OpenFoodFactsURL = upstream.URL }}), asked
}

func oneProduct(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.URL.Path, "/4006381333931.json") {
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"status":0}`)
		return
	}
	fmt.Fprint(
		w,
		`{"status":1,"product":{"code":"4006381333931","product_name":"Oat crackers","brands":"Mill","serving_size":"2 crackers","serving_quantity":12.5,
		"nutriments":{"energy-kcal_100g":400.12345,"proteins_100g":10,"carbohydrates_100g":60,"fat_100g":12}}}`,
	)
}

func scan(t *testing.T, p *apitest.Person, code string) *api.GetFoodByBarcodeResponse {
	t.Helper()
	r, err := p.GetFoodByBarcodeWithResponse(t.Context(), code, nil)
	require.NoError(t, err)
	return r
}

func TestGetFoodByBarcode_KnownOnlyToOpenFoodFacts_IsFetchedAndStoredOnce(t *testing.T) {
	t.Parallel()
	a, asked := withOpenFoodFacts(t, oneProduct)
	ann, bob := a.Person(t), a.Person(t)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			r, err := ann.GetFoodByBarcodeWithResponse(t.Context(), "4006381333931", nil)
			if err != nil || r.StatusCode() != http.StatusOK {
				t.Errorf("%v %s", err, r.Body)
			}
		})
	}
	wg.Wait()
	require.EqualValues(t, 1, asked.Load())
	var answered bool // whoever missed it just before it was learned, and asks only now
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), "select private.needs_no_product_lookup('04006381333931')").Scan(&answered))
	require.True(t, answered)

	f := scan(t, bob, "04006381333931").JSON200
	require.Equal(t, "Oat crackers", f.Name)
	require.False(t, f.IsCustom)
	require.Equal(t, "open_food_facts", f.Source.Name)
	require.Equal(t, "ODbL-1.0", *f.Source.License)
	require.Equal(t, 400.123, f.Per100G.Calories)
	require.Len(t, f.Servings, 1)
	require.Equal(t, 12.5, f.Servings[0].Grams)
	require.True(t, f.Servings[0].IsDefault)
	require.Equal(t, f.ID, search(t, bob, api.SearchFoodsParams{Q: "oat crack"}).Data[0].ID)
	logMeal(t, a, bob, "", byServing(food{f.ID, f.Servings[0].ID}, 2))
	require.EqualValues(t, 1, asked.Load())
}

func TestGetFoodByBarcode_KnownNowhere_IsLookedUpOnceADay(t *testing.T) {
	t.Parallel()
	a, asked := withOpenFoodFacts(t, oneProduct)
	p := a.Person(t)
	for range 3 {
		unknown := scan(t, p, "96385074").ApplicationProblemJSON404
		require.Equal(t, "barcode_not_found", unknown.Code)
		require.Equal(t, api.FoodPrefill{Barcode: "00000096385074"}, unknown.Prefill)
		require.Empty(t, unknown.Errors)
	}
	require.EqualValues(t, 1, asked.Load())
	_, err := a.Database.Owner.Exec(t.Context(), "update private.unknown_barcodes set asked_at = now() - interval '25 hours'")
	require.NoError(t, err)
	scan(t, p, "96385074")
	require.EqualValues(t, 2, asked.Load())

	body := granola()
	body.Barcode = &scan(t, p, "96385074").ApplicationProblemJSON404.Prefill.Barcode
	createFood(t, p, body)
	require.True(t, scan(t, p, "96385074").JSON200.IsCustom)
	require.EqualValues(t, 2, asked.Load(), "a barcode of an own food is not looked up")
}

func TestGetFoodByBarcode_OpenFoodFactsFails_Returns404AndStoresNothing(t *testing.T) {
	t.Parallel()
	a, asked := withOpenFoodFacts(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	p := a.Person(t)
	for range 8 {
		require.Equal(t, "barcode_not_found", scan(t, p, "4006381333931").ApplicationProblemJSON404.Code)
	}
	require.EqualValues(t, 5, asked.Load(), "no retries")
	var kept int
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), "select count(*) from private.unknown_barcodes").Scan(&kept))
	require.Zero(t, kept, "a failed lookup is not stored")
}
