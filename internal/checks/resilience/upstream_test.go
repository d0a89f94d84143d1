package resilience_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/server"
)

// As many scans as there are slots wait for a slow Open Food Facts.
func TestSlowOpenFoodFacts_ScansThatWait_TakeNoSlotFromOthers(t *testing.T) {
	t.Parallel()
	arrived, release := make(chan struct{}, 10), make(chan struct{})
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"status":0}`)
	}))
	t.Cleanup(upstream.Close)
	codes := []string{"4006381333931", "96385074", "036000291452"}
	d := dbtest.New(t) // what is learned about a barcode is everybody's
	a := apitest.New(t, apitest.Setup{Database: &d, Server: func(o *server.Options) {
		o.Proxies, o.OpenFoodFactsURL, o.MaxInFlight = trustLoopback, upstream.URL, len(codes)
	}})
	other := a.Person(t)
	var scans sync.WaitGroup
	for i, code := range codes {
		person := a.Person(t)
		scans.Go(func() {
			r, err := person.GetFoodByBarcodeWithResponse(t.Context(), code, nil, from(fmt.Sprintf("203.0.113.%d", i)))
			switch {
			case err != nil:
				t.Errorf("scan of %s: %v", code, err)
			case r.StatusCode() != http.StatusNotFound:
				t.Errorf("scan of %s: %s", code, r.Body)
			}
		})
	}
	for range codes {
		<-arrived
	}
	read, err := other.GetMeWithResponse(t.Context(), nil, from("198.51.100.1"))
	close(release)
	scans.Wait()
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, read.StatusCode(), "%s", read.Body)
}
