package apitest

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// Checked is a transport that checks each request and response against the contract, with another validator than the server's,
// and counts the statuses of each operation.
type Checked struct {
	TB testing.TB
	// Token is sent as the bearer token when set.
	Token string
}

// seen counts the responses in this test binary: operation → status → count.
var seen = struct {
	sync.Mutex
	counts map[string]map[int]int
}{counts: map[string]map[int]int{}}

// Seen returns how often an operation returned a status in this test binary.
func Seen(operation string, status int) int {
	seen.Lock()
	defer seen.Unlock()
	return seen.counts[operation][status]
}

var contractOnce = sync.OnceValues(func() (routers.Router, error) {
	openapi3.DefineStringFormatValidator("uri-reference", openapi3.NewCallbackValidator(func(string) error { return nil }))
	// RFC 3339 allows t and z.
	dateTime := strings.NewReplacer("T(", "[Tt](", "(Z|", "([Zz]|").Replace(openapi3.FormatOfStringDateTime)
	openapi3.DefineStringFormatValidator("date-time", openapi3.NewRegexpFormatValidator(dateTime))
	openapi3filter.RegisterBodyDecoder("application/gpx+xml", openapi3filter.FileBodyDecoder)
	doc, err := openapi3.NewLoader().LoadFromData(gen.OpenAPI)
	if err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})

// RoundTrip sends the request, and checks request and response.
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
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil {
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	c.check(router, r, sent, response, body)
	return response, nil
}

func (c *Checked) check(router routers.Router, r *http.Request, sent []byte, response *http.Response, body []byte) {
	c.TB.Helper()
	what := r.Method + " " + r.URL.Path + " " + response.Status
	assert.NotEmpty(c.TB, response.Header.Get("X-Request-ID"), "%s: no X-Request-ID", what)
	if response.StatusCode >= 400 {
		checkProblem(c.TB, what, response, body)
	}
	if r.Method == http.MethodOptions {
		return // preflight requests are not part of the contract
	}
	// The router compares the host with `servers`, which is "/".
	relative := r.Clone(r.Context())
	relative.URL.Scheme, relative.URL.Host, relative.Host = "", "", ""
	relative.Body = io.NopCloser(bytes.NewReader(sent))
	route, params, err := router.FindRoute(relative)
	if err != nil {
		assert.Contains(c.TB, []int{404, 405, 429, 503, 403}, response.StatusCode, "%s: the contract does not have this route", what)
		return
	}
	seen.Lock()
	counts := seen.counts[route.Operation.OperationID]
	if counts == nil {
		counts = map[int]int{}
		seen.counts[route.Operation.OperationID] = counts
	}
	counts[response.StatusCode]++
	seen.Unlock()

	for status, name := range map[int]string{http.StatusCreated: "Location", http.StatusUnauthorized: "WWW-Authenticate"} {
		if response.StatusCode == status && !bytes.HasPrefix(body, []byte(`{"data":[]`)) {
			assert.NotEmpty(c.TB, response.Header.Get(name), "%s: %d without %s", what, status, name)
		}
	}
	if route.Operation.Responses.Status(response.StatusCode) == nil {
		assert.Fail(c.TB, "undocumented status", "%s (%s): %s", what, route.Operation.OperationID, body)
		return
	}
	input := &openapi3filter.RequestValidationInput{Request: relative, PathParams: params, Route: route, Options: &openapi3filter.Options{
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true,
	}}
	invalid := openapi3filter.ValidateRequest(r.Context(), input)
	if invalid != nil {
		assert.GreaterOrEqual(c.TB, response.StatusCode, 400, "%s: an invalid request was accepted: %v", what, invalid)
	}
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input,
		Status:                 response.StatusCode,
		Header:                 response.Header,
		Body:                   io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{
			MultiError:            true,
			IncludeResponseStatus: true,
			ExcludeResponseBody:   isJSON(response) || isStream(response),
		},
	})
	assert.NoError(c.TB, err, "%s: the response does not match the contract: %s", what, body)
	if isStream(response) {
		checkEvents(c.TB, what, body)
	}
	if isJSON(response) {
		schemas, err := responseSchemasOnce()
		require.NoError(c.TB, err)
		assert.NoError(c.TB, schemas.validate(route, response, body), "%s: the body does not match the contract: %s", what, body)
	}
}

func isStream(r *http.Response) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "text/event-stream")
}

// checkEvents checks that each event of a stream has its number as id, and is one line of JSON with it that matches the contract.
func checkEvents(tb testing.TB, what string, body []byte) {
	tb.Helper()
	schemas, err := responseSchemasOnce()
	require.NoError(tb, err)
	for block := range strings.SplitSeq(string(body), "\n\n") {
		id, data, ok := strings.Cut(block, "\ndata: ")
		if !ok {
			continue // a comment, the time to reconnect, or an event that was cut
		}
		var event struct {
			Seq int `json:"seq"`
		}
		if assert.NoError(tb, json.Unmarshal([]byte(data), &event), "%s: %s", what, block) {
			assert.Equal(tb, fmt.Sprint("id: ", event.Seq), id, what)
			assert.NoError(tb, schemas.validateEvent(data), "%s: the event does not match the contract: %s", what, block)
		}
	}
}

// checkProblem checks that every error, documented or not, is a problem document.
func checkProblem(tb testing.TB, what string, response *http.Response, body []byte) {
	tb.Helper()
	assert.True(
		tb,
		strings.HasPrefix(response.Header.Get("Content-Type"), "application/problem+json"),
		"%s: not a problem document: %s",
		what,
		body,
	)
	if response.Request != nil && response.Request.Method == http.MethodHead {
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
		assert.Equal(tb, response.StatusCode, p.Status, what)
		assert.Equal(tb, response.Header.Get("X-Request-ID"), p.RequestID, what)
		assert.NotEmpty(tb, p.Type, what)
		assert.NotEmpty(tb, p.Code, what)
		assert.NotEmpty(tb, p.Detail, what)
	}
}
