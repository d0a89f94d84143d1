// Package coach is the Go client of the Ultimate Coach API: the generated client with its credentials taken care of.
//
// A server or a device has a token of Supabase Auth and sends it as a bearer token; see the example of [New]. A program
// that acts for a person who types a password signs in with [Cookies]: the tokens stay in the client's cookie jar.
//
// Writes that may be sent again carry an Idempotency-Key by themselves, and with it are sent again, as reads are, when the
// answer was lost or the server asks to come back soon: what is logged is logged once.
//
// Every method answers the HTTP status and one typed body per documented status. Errors of the API are problem documents
// (RFC 9457): decide by their code.
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

// timeout is above the server's own, which answers within 10 s.
const timeout = 15 * time.Second

// Option says who is asking.
type Option func(*http.Client, *[]api.ClientOption) error

// New makes a client of the server at baseURL, such as https://api.example.com. Without an option it is nobody.
func New(baseURL string, options ...Option) (*api.ClientWithResponses, error) {
	httpClient := &http.Client{Timeout: timeout}
	generated := []api.ClientOption{api.WithHTTPClient(httpClient), api.WithRequestEditorFn(giveKey)}
	for _, option := range options {
		if err := option(httpClient, &generated); err != nil {
			return nil, err
		}
	}
	httpClient.Transport = newRepeating(httpClient.Transport)
	return api.NewClientWithResponses(baseURL, generated...)
}

// Token sends what token answers as the bearer token of each request. It is asked every time, so that it can refresh.
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

// Cookies keeps the cookies that signing in sets, in memory.
func Cookies() Option {
	return func(httpClient *http.Client, _ *[]api.ClientOption) error {
		jar, err := cookiejar.New(nil)
		httpClient.Jar = jar
		return err
	}
}

// NewKey makes an Idempotency-Key, for the params of a write that takes one. The client makes one for each call; make your
// own, once per intention, where the call itself may be made again: after a restart, or by a second tap.
func NewKey() *string { return new(rand.Text()) }

// Transport replaces http.DefaultTransport, for proxies and for tests.
func Transport(t http.RoundTripper) Option {
	return func(httpClient *http.Client, _ *[]api.ClientOption) error {
		httpClient.Transport = t
		return nil
	}
}

const headerKey = "Idempotency-Key"

// giveKey is for every POST but signing in and out; the few others that take none ignore it.
func giveKey(_ context.Context, r *http.Request) error {
	if r.Method == http.MethodPost && r.Header.Get(headerKey) == "" && !strings.Contains(r.URL.Path, "/api/v1/auth/") {
		r.Header.Set(headerKey, *NewKey())
	}
	return nil
}

// patience is the longest wait that a server may ask for and still be asked again by itself.
const patience = 5 * time.Second

// repeating sends reads, and writes with a key, up to three times.
type repeating struct{ once, again http.RoundTripper }

func newRepeating(once http.RoundTripper) repeating {
	once = cmp.Or(once, http.DefaultTransport)
	c := retryablehttp.NewClient()
	c.HTTPClient = &http.Client{Transport: once, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	c.Logger = nil
	c.RetryMax, c.RetryWaitMin, c.RetryWaitMax = 2, 200*time.Millisecond, patience
	c.CheckRetry = again
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler // the last answer is the answer
	return repeating{once, &retryablehttp.RoundTripper{Client: c}}
}

// RoundTrip sends a request as often as it may be sent.
func (t repeating) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet || r.Header.Get(headerKey) != "" {
		return t.again.RoundTrip(r)
	}
	return t.once.RoundTrip(r)
}

// again reports whether an answer was lost, or asks to come back soon: 429, 503, and 409 while the first try is at work.
func again(ctx context.Context, answer *http.Response, err error) (bool, error) {
	if err != nil || ctx.Err() != nil {
		return ctx.Err() == nil, ctx.Err()
	}
	switch answer.StatusCode {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusConflict:
		seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
		return err == nil && time.Duration(seconds)*time.Second <= patience, nil
	}
	return false, nil
}
