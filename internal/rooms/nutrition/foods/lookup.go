package foods

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sony/gobreaker/v2"
	"golang.org/x/time/rate"
)

const (
	// lookupTimeout is what somebody who has just scanned a product waits without noticing.
	lookupTimeout = time.Second
	// lookupsAtOnce is how many requests may wait for Open Food Facts; the others are answered without it.
	lookupsAtOnce = 8
	// lookupsAMinute keeps below the 100 a minute that Open Food Facts allows, with some left for another replica.
	lookupsAMinute = 60
	// maxProduct is far above the largest answer with the fields that we ask for.
	maxProduct = 256 << 10
	// After so many failures in a row nobody asks for a while.
	lookupFailures, lookupPause = 5, 30 * time.Second
)

// ErrNotAsked is Lookup's answer when it may not ask now: too many do, or the last ones have failed.
var ErrNotAsked = errors.New("open food facts was not asked")

// Lookup asks Open Food Facts' API about one product at a time, and bounds what its slowness or failure may cost.
type Lookup struct {
	base, agent string
	client      *http.Client
	slots       chan struct{}
	pace        *rate.Limiter
	breaker     *gobreaker.CircuitBreaker[*Food]
}

// NewLookup asks the API at base; agent is who asks, as Open Food Facts wants to know.
func NewLookup(base, agent string) *Lookup {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxConnsPerHost = lookupsAtOnce
	return &Lookup{
		base: strings.TrimRight(base, "/"), agent: agent,
		client: &http.Client{
			Transport: transport,
			Timeout:   lookupTimeout,
			// It has no reason to send us elsewhere, and elsewhere may be inside our own network.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		slots: make(chan struct{}, lookupsAtOnce),
		pace:  rate.NewLimiter(rate.Every(time.Minute/lookupsAMinute), lookupsAMinute),
		breaker: gobreaker.NewCircuitBreaker[*Food](gobreaker.Settings{
			Name: OpenFood, Timeout: lookupPause,
			ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= lookupFailures },
		}),
	}
}

// Product asks for the product with this GTIN-14. It comes mapped and checked as an import does it; nil is one that Open
// Food Facts does not know, or says too little or nonsense about. ErrNotAsked is no failure.
func (l *Lookup) Product(ctx context.Context, gtin string) (*Food, error) {
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	default:
		return nil, ErrNotAsked
	}
	if !l.pace.Allow() {
		return nil, ErrNotAsked
	}
	f, err := l.breaker.Execute(func() (*Food, error) { return l.ask(ctx, gtin) })
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return nil, ErrNotAsked
	}
	return f, err
}

// lookupFields are the product's fields that offProduct reads.
const lookupFields = "code,product_name,product_name_en,generic_name,brands,serving_size,serving_quantity,unique_scans_n,obsolete,nutriments"

func (l *Lookup) ask(ctx context.Context, gtin string) (*Food, error) {
	address := l.base + "/api/v2/product/" + offCode(gtin) + ".json?fields=" + url.QueryEscape(lookupFields)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("ask open food facts: %w", err)
	}
	request.Header.Set("User-Agent", l.agent)
	response, err := l.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask open food facts: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusNotFound {
		return nil, fmt.Errorf("ask open food facts: it answered %s", response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxProduct+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read open food facts' answer: %w", err)
	case len(body) > maxProduct:
		return nil, errors.New("read open food facts' answer: it is too long for a product")
	}
	var answer struct {
		Status  int             `json:"status"`
		Product json.RawMessage `json:"product"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("read open food facts' answer: %w", err)
	}
	if answer.Status == 0 || response.StatusCode == http.StatusNotFound {
		return nil, nil
	}
	var p offProduct
	if err := p.fromJSON(answer.Product); err != nil {
		return nil, nil // an odd entry is no failure of the service: it has no product for us
	}
	f, found := p.food()
	if f.Barcode != gtin {
		return nil, fmt.Errorf("open food facts answered %q when asked for %s", f.SourceID, gtin)
	}
	for _, finding := range append(found, f.check()...) {
		if finding.Refused() {
			return nil, nil
		}
	}
	return &f, nil
}

// offCode is the barcode as Open Food Facts writes it: an EAN-8 with 8 digits, most others with 13.
func offCode(gtin string) string {
	digits := strings.TrimLeft(gtin, "0")
	switch {
	case len(digits) <= 8:
		return gtin[6:]
	case len(digits) <= 13:
		return gtin[1:]
	}
	return gtin
}

// MarshalJSON writes a food as private.keep_product reads it, under the names of the columns.
func (f *Food) MarshalJSON() ([]byte, error) {
	row := map[string]any{"servings": f.Servings}
	for i, v := range f.row() {
		row[foodColumns[i]] = v
	}
	return json.Marshal(row)
}
