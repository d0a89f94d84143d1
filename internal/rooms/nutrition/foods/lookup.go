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
	// lookupTimeout is how long somebody who has just scanned a product waits without getting impatient.
	lookupTimeout = time.Second
	// lookupsAtOnce is how many requests may wait for Open Food Facts; the others get ErrNotAsked.
	lookupsAtOnce = 8
	// lookupsAMinute is below the 100 a minute that Open Food Facts allows, so that some are left for another replica.
	lookupsAMinute = 60
	// maxProduct in bytes is far above the largest response with the fields that we request.
	maxProduct = 256 << 10
	// After lookupFailures failures in a row no request is sent for lookupPause.
	lookupFailures, lookupPause = 5, 30 * time.Second
)

// ErrNotAsked is returned by Lookup when it sends no request: too many are running, or the last ones have failed.
var ErrNotAsked = errors.New("open food facts was not asked")

// errOddResponse marks a response that is no failure of the API, but no product either: a redirect, a page, another product.
// It says something about one barcode only, so it must not stop the lookups of all others.
var errOddResponse = errors.New("odd response")

// Lookup reads single products from the API of Open Food Facts. It limits how much a slow or failing API can cost us.
type Lookup struct {
	base, agent string
	client      *http.Client
	slots       chan struct{}
	limiter     *rate.Limiter
	breaker     *gobreaker.CircuitBreaker[*Food]
}

// NewLookup returns a Lookup for the API at base. agent is the User-Agent, which Open Food Facts asks clients to send.
func NewLookup(base, agent string) *Lookup {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxConnsPerHost = lookupsAtOnce
	return &Lookup{
		base: strings.TrimRight(base, "/"), agent: agent,
		client: &http.Client{
			Transport: transport,
			Timeout:   lookupTimeout,
			// Redirects are not followed: they could lead into our own network.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		slots:   make(chan struct{}, lookupsAtOnce),
		limiter: rate.NewLimiter(rate.Every(time.Minute/lookupsAMinute), lookupsAMinute),
		breaker: gobreaker.NewCircuitBreaker[*Food](gobreaker.Settings{
			Name: OpenFood, Timeout: lookupPause,
			IsSuccessful: func(err error) bool { return err == nil || errors.Is(err, errOddResponse) },
			ReadyToTrip:  func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= lookupFailures },
		}),
	}
}

// Product returns the product with this GTIN-14, converted and checked as in an import. It returns nil when Open Food Facts
// does not know the product, or knows too little or nonsense about it. ErrNotAsked is not a failure.
func (l *Lookup) Product(ctx context.Context, gtin string) (*Food, error) {
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	default:
		return nil, ErrNotAsked
	}
	if !l.limiter.Allow() {
		return nil, ErrNotAsked
	}
	f, err := l.breaker.Execute(func() (*Food, error) { return l.request(ctx, gtin) })
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return nil, ErrNotAsked
	}
	return f, err
}

// lookupFields are the fields of a product that offProduct reads.
const lookupFields = "code,lang,product_name,product_name_en,product_name_languages,generic_name,generic_name_languages,brands,brands_tags," +
	"serving_size,serving_quantity,serving_quantity_unit,unique_scans_n,obsolete,nutriments,nutrition"

func (l *Lookup) request(ctx context.Context, gtin string) (*Food, error) {
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
	switch code := response.StatusCode; {
	case code == http.StatusOK || code == http.StatusNotFound:
	case code >= 500 || code == http.StatusTooManyRequests || code == http.StatusForbidden || code == http.StatusUnauthorized:
		return nil, fmt.Errorf("ask open food facts: status %s", response.Status)
	default: // products that are no food are redirected to the sites for them
		return nil, fmt.Errorf("ask open food facts: %w: status %s", errOddResponse, response.Status)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxProduct+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the response of open food facts: %w", err)
	case len(body) > maxProduct:
		return nil, fmt.Errorf("read the response of open food facts: %w: it is too long for a product", errOddResponse)
	case response.StatusCode == http.StatusNotFound:
		return nil, nil
	}
	return productOf(body, gtin)
}

// productOf returns the product of a response, or nil when there is none that can be used.
func productOf(body []byte, gtin string) (*Food, error) {
	var response struct {
		Status  looseText       `json:"status"`
		Product json.RawMessage `json:"product"`
	}
	if err := json.Unmarshal(body, &response); err != nil {
		return nil, fmt.Errorf("read the response of open food facts: %w: %w", errOddResponse, err)
	}
	if response.Status == "" || response.Status == "0" || response.Status == "failure" {
		return nil, nil
	}
	var p offProduct
	if err := p.fromJSON(response.Product); err != nil {
		return nil, fmt.Errorf("read the product of open food facts: %w: %w", errOddResponse, err)
	}
	f, found := p.food()
	if f.Barcode != gtin {
		return nil, fmt.Errorf("%w: open food facts returned %q for %s", errOddResponse, f.SourceID, gtin)
	}
	for _, finding := range append(found, f.check()...) {
		if finding.Refused() {
			return nil, nil
		}
		f.addWarning(finding)
	}
	return &f, nil
}

// offCode returns the barcode as Open Food Facts writes it: an EAN-8 with 8 digits, most others with 13.
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

// Columns returns the food as JSON with the names of the columns, as private.store_product reads it.
func (f *Food) Columns() ([]byte, error) {
	row := map[string]any{"servings": f.Servings}
	for i, v := range f.row() {
		row[foodColumns[i]] = v
	}
	return json.Marshal(row)
}
