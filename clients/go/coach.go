// Package coach is the Go client of the Ultimate Coach API: the generated client with its credentials taken care of.
//
// A server or a device has a token of Supabase Auth and sends it as a bearer token; see the example of [New]. A program
// that acts for a person who types a password signs in with [Cookies]: the tokens stay in the client's cookie jar.
//
// Every method answers the HTTP status and one typed body per documented status. Errors of the API are problem documents
// (RFC 9457): decide by their code.
package coach

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/http/cookiejar"
	"time"

	"github.com/ultimatecoach/api/gen/api"
)

// timeout is above the server's own, which answers within 10 s.
const timeout = 15 * time.Second

// Option says who is asking.
type Option func(*http.Client, *[]api.ClientOption) error

// New makes a client of the server at baseURL, such as https://api.example.com. Without an option it is nobody.
func New(baseURL string, options ...Option) (*api.ClientWithResponses, error) {
	httpClient := &http.Client{Timeout: timeout}
	generated := []api.ClientOption{api.WithHTTPClient(httpClient)}
	for _, option := range options {
		if err := option(httpClient, &generated); err != nil {
			return nil, err
		}
	}
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

// NewKey makes an Idempotency-Key, for the params of a write that takes one. Make it once per intention and send it with
// every try: the write happens once, and each try gets its answer.
func NewKey() *string { return new(rand.Text()) }

// Transport replaces http.DefaultTransport, for proxies and for tests.
func Transport(t http.RoundTripper) Option {
	return func(httpClient *http.Client, _ *[]api.ClientOption) error {
		httpClient.Transport = t
		return nil
	}
}
