// Package coach is the Go client of the Ultimate Coach API: the generated client with credentials and retries.
//
// A server or a device has a token of Supabase Auth and sends it as a bearer token; see the example of [New]. A program
// that acts for a person who types a password signs in with [Cookies]: the tokens stay in the client's cookie jar.
//
// The client adds an Idempotency-Key to each write that takes one. Such writes and all reads are retried when the response
// was lost or the server sends a short Retry-After. The key makes sure that a write happens once.
//
// Every method returns the HTTP status and one typed body per documented status. Errors of the API are problem documents
// (RFC 9457): branch on their code.
package coach

import (
	"cmp"
	"context"
	"crypto/rand"
	"net/http"
	"net/http/cookiejar"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	api "github.com/ultimatecoach/api/gen/client"
)

// timeout is longer than the server's own limit of 10 s.
const timeout = 15 * time.Second

// Option sets a credential or the transport of a client.
type Option func(*http.Client, *[]api.ClientOption) error

// New returns a client of the server at baseURL, such as https://api.example.com. Without an option it has no credential.
func New(baseURL string, options ...Option) (*api.ClientWithResponses, error) {
	httpClient := &http.Client{Timeout: timeout}
	generated := []api.ClientOption{api.WithHTTPClient(httpClient), api.WithRequestEditorFn(addKey)}
	for _, option := range options {
		if err := option(httpClient, &generated); err != nil {
			return nil, err
		}
	}
	httpClient.Transport = newRetryTransport(httpClient.Transport)
	return api.NewClientWithResponses(baseURL, generated...)
}

// Token sends the result of token as the bearer token of each request. It is called for each request, so that it can refresh.
func Token(token func(context.Context) (string, error)) Option {
	return func(_ *http.Client, generated *[]api.ClientOption) error {
		*generated = append(*generated, api.WithRequestEditorFn(func(ctx context.Context, r *http.Request) error {
			text, err := token(ctx)
			if err != nil {
				return err
			}
			r.Header.Set("Authorization", "Bearer "+text)
			return nil
		}))
		return nil
	}
}

// Cookies keeps the cookies of a sign-in in memory.
func Cookies() Option {
	return func(httpClient *http.Client, _ *[]api.ClientOption) error {
		jar, err := cookiejar.New(nil)
		httpClient.Jar = jar
		return err
	}
}

// NewKey returns an Idempotency-Key for the params of a write that takes one. The client makes one for each call. Make your
// own, one per intention, where the call itself may be repeated: after a restart, or by a second tap.
func NewKey() *string { return new(rand.Text()) }

// Transport replaces http.DefaultTransport, for proxies and tests.
func Transport(t http.RoundTripper) Option {
	return func(httpClient *http.Client, _ *[]api.ClientOption) error {
		httpClient.Transport = t
		return nil
	}
}

const headerKey = "Idempotency-Key"

// addKey adds an Idempotency-Key to every POST outside /auth; the server ignores it where an operation takes none.
func addKey(_ context.Context, r *http.Request) error {
	if r.Method == http.MethodPost && r.Header.Get(headerKey) == "" && !strings.Contains(r.URL.Path, "/api/v1/auth/") {
		r.Header.Set(headerKey, *NewKey())
	}
	return nil
}

// maxRetryAfter is the longest Retry-After that the client waits for.
const maxRetryAfter = 5 * time.Second

// retryTransport sends reads, and writes with a key, up to three times.
type retryTransport struct{ once, retrying http.RoundTripper }

func newRetryTransport(once http.RoundTripper) retryTransport {
	once = cmp.Or(once, http.DefaultTransport)
	c := retryablehttp.NewClient()
	c.HTTPClient = &http.Client{
		Transport:     once,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c.Logger = nil
	c.RetryMax, c.RetryWaitMin, c.RetryWaitMax = 2, 200*time.Millisecond, maxRetryAfter
	c.CheckRetry = shouldRetry
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler // returns the last response
	return retryTransport{once, &retryablehttp.RoundTripper{Client: c}}
}

// RoundTrip sends a request, with retries where sending it again is safe.
func (t retryTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet || r.Header.Get(headerKey) != "" {
		return t.retrying.RoundTrip(r)
	}
	return t.once.RoundTrip(r)
}

// shouldRetry reports whether the response was lost, or is a 429, 503 or 409 idempotency_in_progress with a short Retry-After.
func shouldRetry(ctx context.Context, response *http.Response, err error) (bool, error) {
	if err != nil || ctx.Err() != nil {
		return ctx.Err() == nil, ctx.Err()
	}
	switch response.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusConflict:
		seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
		return err == nil && time.Duration(seconds)*time.Second <= maxRetryAfter, nil
	}
	return false, nil
}
