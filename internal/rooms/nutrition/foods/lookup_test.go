package foods

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

const (
	gtin    = "04006381333931"
	cracker = `{"code":"4006381333931","status":1,"product":{"code":"4006381333931","product_name":" Oat  crackers","brands":"Mill, Co",
		"serving_size":"2 crackers (12.5 g)","serving_quantity":"12.5","unique_scans_n":7,
		"nutriments":{"energy-kcal_100g":400,"proteins_100g":"10","carbohydrates_100g":60,"fat_100g":12,"salt_100g":1,"fiber_100g":-3}}}`
)

func upstream(t *testing.T, handler http.HandlerFunc) *Lookup {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return NewLookup(server.URL+"/", "Test/1 (test@example.com)")
}

func respond(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func TestProduct_IsConvertedAndCheckedAsInAnImport(t *testing.T) {
	t.Parallel()
	var asked *http.Request
	l := upstream(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r
		fmt.Fprint(w, cracker)
	})
	f, err := l.Product(t.Context(), gtin)
	require.NoError(t, err)
	require.Equal(t, "/api/v2/product/4006381333931.json", asked.URL.Path)
	require.Contains(t, asked.URL.Query().Get("fields"), "nutriments")
	require.Equal(t, "Test/1 (test@example.com)", asked.UserAgent())
	require.Equal(t, []string{"4006381333931", gtin, "Oat crackers", "Mill"}, []string{f.SourceID, f.Barcode, f.Name, f.Brand})
	require.Equal(t, 400.0, f.Nutrients.Amount(nutrient.Calories))
	require.InDelta(t, 400, f.Nutrients.Amount(nutrient.Sodium), 1e-9, "of 1 g of salt")
	require.False(t, f.Nutrients.Knows(nutrient.Fiber), "-3 g is none")
	require.Equal(t, []Serving{{Label: "2 crackers (12.5 g)", Grams: 12.5, IsDefault: true}}, f.Servings)
}

func TestOffCode_ReturnsTheCodeAsOpenFoodFactsWritesIt(t *testing.T) {
	t.Parallel()
	for gtin, code := range map[string]string{
		"04006381333931": "4006381333931", "00000096385074": "96385074", "00036000291452": "0036000291452", "10036000291459": "10036000291459",
	} {
		require.Equal(t, code, offCode(gtin))
	}
}

func TestProduct_UnknownOrUnusable_ReturnsNil(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"not found":    respond(http.StatusNotFound, `{"code":"4006381333931","status":0,"status_verbose":"product not found"}`),
		"status 0":     respond(http.StatusOK, `{"status":0}`),
		"no name":      respond(http.StatusOK, strings.Replace(cracker, " Oat  crackers", "", 1)),
		"no macros":    respond(http.StatusOK, strings.Replace(cracker, `"fat_100g":12,`, "", 1)),
		"500 g of fat": respond(http.StatusOK, strings.Replace(cracker, `"fat_100g":12`, `"fat_100g":500`, 1)),
		"odd types":    respond(http.StatusOK, strings.Replace(cracker, `" Oat  crackers"`, `{"en":"x"}`, 1)),
		"obsolete":     respond(http.StatusOK, strings.Replace(cracker, `"unique_scans_n"`, `"obsolete":"on","unique_scans_n"`, 1)),
	} {
		f, err := upstream(t, handler).Product(t.Context(), gtin)
		require.NoError(t, err, name)
		require.Nil(t, f, name)
	}
}

func TestProduct_FromAFailingOrWrongServer_IsAnError(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"500":             respond(http.StatusInternalServerError, cracker),
		"429":             respond(http.StatusTooManyRequests, ""),
		"a page":          respond(http.StatusOK, "<html>"),
		"half an answer":  respond(http.StatusOK, cracker[:100]),
		"another product": respond(http.StatusOK, strings.ReplaceAll(cracker, "4006381333931", "96385074")),
		"no code":         respond(http.StatusOK, `{"status":1,"product":{}}`),
		"too much":        respond(http.StatusOK, `{"status":1,"x":"`+strings.Repeat("x", 1<<20)+`"}`),
		"elsewhere": func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/inside" {
				fmt.Fprint(w, cracker)
				return
			}
			http.Redirect(w, r, "/inside", http.StatusFound)
		},
		"hangs up": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"never": func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusOK)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := upstream(t, handler).Product(t.Context(), gtin)
			require.Error(t, err)
			require.NotErrorIs(t, err, ErrNotAsked)
		})
	}
}

func TestProduct_AfterConsecutiveFailures_SendsNoRequest(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	l := upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	})
	for range lookupFailures {
		_, err := l.Product(t.Context(), gtin)
		require.NotErrorIs(t, err, ErrNotAsked)
	}
	_, err := l.Product(t.Context(), gtin)
	require.ErrorIs(t, err, ErrNotAsked)
	require.EqualValues(t, lookupFailures, asked.Load())
}

func TestProduct_WithTooManyWaiting_ReturnsAtOnce(t *testing.T) {
	t.Parallel()
	arrived, release := make(chan struct{}), make(chan struct{})
	l := upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		arrived <- struct{}{}
		<-release
		fmt.Fprint(w, cracker)
	})
	l.client.Timeout = time.Minute // a busy machine must not end the wait
	var wg sync.WaitGroup
	for range lookupsAtOnce {
		wg.Go(func() {
			if _, err := l.Product(t.Context(), gtin); err != nil {
				t.Error(err)
			}
		})
	}
	for range lookupsAtOnce {
		<-arrived
	}
	_, err := l.Product(t.Context(), gtin)
	require.ErrorIs(t, err, ErrNotAsked)
	close(release)
	wg.Wait()
}

func TestProduct_AboveTheRateLimit_SendsNoRequest(t *testing.T) {
	t.Parallel()
	l := upstream(t, respond(http.StatusNotFound, `{"status":0}`))
	l.limiter.SetLimit(0) // no minute passes
	for range lookupsAMinute {
		_, err := l.Product(t.Context(), gtin)
		require.NoError(t, err)
	}
	_, err := l.Product(t.Context(), gtin)
	require.ErrorIs(t, err, ErrNotAsked)
}
