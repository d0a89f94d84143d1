package apitest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
)

// Checked is a transport that holds each exchange against the contract with another validator than the server's own, and
// remembers which statuses of which operations were seen.
type Checked struct {
	TB testing.TB
	// Token is sent as the bearer token when set.
	Token string
}

// Seen are the exchanges of this test binary: operation → status → how often.
var seen = struct {
	sync.Mutex
	counts map[string]map[int]int
}{counts: map[string]map[int]int{}}

// Seen tells how often an operation answered a status in this test binary.
func Seen(operation string, status int) int {
	seen.Lock()
	defer seen.Unlock()
	return seen.counts[operation][status]
}

var contractOnce = sync.OnceValues(func() (routers.Router, error) {
	openapi3.DefineStringFormatValidator("uri-reference", openapi3.NewCallbackValidator(func(string) error { return nil }))
	doc, err := openapi3.NewLoader().LoadFromData(gen.OpenAPI)
	if err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})

// RoundTrip sends the request and checks what went out and what came back.
func (c *Checked) RoundTrip(r *http.Request) (*http.Response, error) {
	c.TB.Helper()
	router, err := contractOnce()
	require.NoError(c.TB, err)
	var sent []byte
	if r.Body != nil {
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(sent))
	}
	if c.Token != "" {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	c.check(router, r, sent, answer, body)
	return answer, nil
}

func (c *Checked) check(router routers.Router, r *http.Request, sent []byte, answer *http.Response, body []byte) {
	c.TB.Helper()
	what := r.Method + " " + r.URL.Path + " " + answer.Status
	assert.NotEmpty(c.TB, answer.Header.Get("X-Request-ID"), "%s: no X-Request-ID", what)
	if answer.StatusCode >= 400 {
		checkProblem(c.TB, what, answer, body)
	}
	if r.Method == http.MethodOptions {
		return // browsers ask it of every path; the contract is about what comes after
	}
	// The router matches servers, and ours is "/".
	at := r.Clone(r.Context())
	at.URL.Scheme, at.URL.Host, at.Host = "", "", ""
	at.Body = io.NopCloser(bytes.NewReader(sent))
	route, params, err := router.FindRoute(at)
	if err != nil {
		assert.Contains(c.TB, []int{404, 405, 429, 503, 403}, answer.StatusCode, "%s: the contract does not know this route", what)
		return
	}
	seen.Lock()
	counts := seen.counts[route.Operation.OperationID]
	if counts == nil {
		counts = map[int]int{}
		seen.counts[route.Operation.OperationID] = counts
	}
	counts[answer.StatusCode]++
	seen.Unlock()

	if route.Operation.Responses.Status(answer.StatusCode) == nil {
		assert.Fail(c.TB, "undocumented status", "%s (%s): %s", what, route.Operation.OperationID, body)
		return
	}
	input := &openapi3filter.RequestValidationInput{Request: at, PathParams: params, Route: route, Options: &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true,
	}}
	broken := openapi3filter.ValidateRequest(r.Context(), input)
	if broken != nil {
		assert.GreaterOrEqual(c.TB, answer.StatusCode, 400, "%s: a request against the contract was accepted: %v", what, broken)
	}
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: answer.StatusCode, Header: answer.Header,
		Body:    io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true},
	})
	assert.NoError(c.TB, err, "%s: the answer is not what the contract says: %s", what, body)
}

// checkProblem holds every error to the one shape, documented or not.
func checkProblem(tb testing.TB, what string, answer *http.Response, body []byte) {
	tb.Helper()
	assert.True(tb, strings.HasPrefix(answer.Header.Get("Content-Type"), "application/problem+json"), "%s: not a problem document: %s", what, body)
	if answer.Request != nil && answer.Request.Method == http.MethodHead {
		return
	}
	var p struct {
		Type      string `json:"type"`
		Status    int    `json:"status"`
		Code      string `json:"code"`
		Detail    string `json:"detail"`
		RequestID string `json:"request_id"`
	}
	if assert.NoError(tb, json.Unmarshal(body, &p), "%s: %s", what, body) {
		assert.Equal(tb, answer.StatusCode, p.Status, what)
		assert.Equal(tb, answer.Header.Get("X-Request-ID"), p.RequestID, what)
		assert.NotEmpty(tb, p.Type, what)
		assert.NotEmpty(tb, p.Code, what)
		assert.NotEmpty(tb, p.Detail, what)
	}
}
