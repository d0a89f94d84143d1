package server_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// call sends a request without any change and reads the whole response.
func call(t *testing.T, c *apitest.Client, method, url, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := c.HTTP.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response, string(text)
}

func codeOf(t *testing.T, body string) string {
	t.Helper()
	var p api.Problem
	require.NoError(t, json.Unmarshal([]byte(body), &p), body)
	return p.Code
}

func TestErrors_FromEveryLayer_AreProblems(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, c := range []struct {
		method, path, body string
		headers            []string
		status             int
		code               string
	}{
		{"GET", "/nope", "", nil, 404, "route_not_found"},
		{"GET", "/api/v1/users/me/", "", nil, 404, "route_not_found"},
		{"GET", "/api/v1/users//me", "", nil, 404, "route_not_found"},
		{"GET", "/docs/nope", "", nil, 404, "route_not_found"},
		{"PUT", "/api/v1/users/me", "{}", nil, 405, "method_not_allowed"},
		{"HEAD", "/api/v1/auth/login", "", nil, 405, ""},
		{"GET", "/api/v1/nutrition/foods/custom", "", nil, 405, "method_not_allowed"}, // must not be read as a food with the id "custom"
		{"PATCH", "/api/v1/users/me", "{", []string{"Content-Type", "application/json"}, 400, "malformed_json"},
		{"PATCH", "/api/v1/users/me", "{}", nil, 415, "unsupported_media_type"},
		{"PATCH", "/api/v1/users/me", "{}", []string{"Content-Type", "text/plain"}, 415, "unsupported_media_type"},
		{"PATCH", "/api/v1/users/me", "{}", []string{"Content-Type", "application/json; charset=latin1"}, 415, "unsupported_media_type"},
		{"PATCH", "/api/v1/users/me", "{}", []string{"Content-Type", "application/json", "Content-Encoding", "gzip"}, 415, "unsupported_media_type"},
		{"PATCH", "/api/v1/users/me", strings.Repeat(" ", 2<<20), []string{"Content-Type", "application/json"}, 413, "body_too_large"},
		{"GET", "/api/v1/auth/sessions?limit=0", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/auth/sessions?limit=1e1", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/auth/sessions?limit=1.0", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/auth/sessions?limit=99999999999999999999", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/auth/sessions?limit=1&limit=2", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/auth/sessions?limit=%zz", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/auth/sessions?offset=20", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/auth/sessions?%ff=1", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/auth/sessions?cursor=%00", "", nil, 400, "validation_failed"},
		{"DELETE", "/api/v1/auth/sessions/not-a-uuid", "", nil, 400, "validation_failed"},
		{"DELETE", "/api/v1/auth/sessions/%ff", "", nil, 400, "validation_failed"},
		{"GET", "/api/v1/users/me", "", []string{"If-None-Match", "\xff"}, 400, "validation_failed"},
		{"GET", "/api/v1/users/me", "", []string{"Authorization", "Bearer nonsense"}, 401, "invalid_token"},
	} {
		response, body := call(t, p.Client, c.method, a.URL+c.path, c.body, c.headers...)
		what := c.method + " " + c.path + " " + body
		if !assert.Equal(t, c.status, response.StatusCode, what) || c.code == "" {
			continue
		}
		assert.Equal(t, c.code, codeOf(t, body), what)
		if c.status == http.StatusMethodNotAllowed {
			assert.NotEmpty(t, response.Header.Get("Allow"), what)
			assert.Equal(
				t,
				strings.Contains(response.Header.Get("Allow"), "GET"),
				strings.Contains(response.Header.Get("Allow"), "HEAD"),
				what,
			)
		}
	}
}

var parameterInPath = regexp.MustCompile(`:\w+`)

func TestMethodNotAllowed_OnEveryPath_AllowsTheMethodsOfTheContract(t *testing.T) {
	t.Parallel()
	compiled, err := contract.Compile(gen.OpenAPI)
	require.NoError(t, err)
	methods := map[string][]string{}
	for _, op := range compiled.Operations() {
		methods[op.Path] = append(methods[op.Path], op.Method)
		if op.Method == http.MethodGet {
			methods[op.Path] = append(methods[op.Path], http.MethodHead)
		}
	}
	a := apitest.New(t)
	c := a.Client(t)
	for path, want := range methods {
		response, body := call(t, c, http.MethodTrace, a.URL+parameterInPath.ReplaceAllString(path, uuid.NewString()), "")
		require.Equal(t, http.StatusMethodNotAllowed, response.StatusCode, "%s: %s", path, body)
		require.Equal(t, "method_not_allowed", codeOf(t, body))
		require.ElementsMatch(t, append(want, http.MethodOptions), strings.Split(response.Header.Get("Allow"), ", "), path)
	}
}

func TestRequestID_ValidHeader_IsKept(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	c := a.Client(t)
	for sent, kept := range map[string]bool{
		"trace-1.2_3": true, strings.Repeat("a", 128): true,
		"": false, strings.Repeat("a", 129): false, "a b": false, `{"a":1}`: false, "é": false,
	} {
		response, _ := call(t, c, http.MethodGet, a.URL+"/api/v1/health/live", "", "X-Request-ID", sent)
		got := response.Header.Get("X-Request-ID")
		assert.Equal(t, kept, got == sent, "%q → %q", sent, got)
		assert.NotEmpty(t, got)
	}
}

func TestRateLimitHeaders_OnEveryResponse_CountDown(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Rates.Read = 3 }})
	p := a.Person(t)
	for _, want := range []string{`"read";r=2;t=20`, `"read";r=1;t=40`, `"read";r=0;t=60`} {
		r, err := p.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, r.StatusCode())
		require.Equal(t, `"read";q=3;w=60`, r.HTTPResponse.Header.Get("RateLimit-Policy"))
		require.Equal(t, want, r.HTTPResponse.Header.Get("RateLimit"))
	}
	r, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusTooManyRequests, r.StatusCode())
	require.Equal(t, "rate_limited", r.ApplicationProblemJSON429.Code)
	require.NotEmpty(t, r.HTTPResponse.Header.Get("Retry-After"))

	other := a.Person(t)
	r, err = other.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), "another person has their own limit")
}

func TestPatch_MergePatchMediaType_IsAccepted(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, media := range []string{"application/merge-patch+json", "Application/Merge-Patch+JSON; charset=UTF-8"} {
		response, body := call(t, p.Client, "PATCH", a.URL+"/api/v1/users/me", `{"language":"en"}`, "Content-Type", media)
		assert.Equal(t, http.StatusOK, response.StatusCode, body)
	}
	response, body := call(t, p.Client, "POST", a.URL+"/api/v1/nutrition/meals", espresso, "Content-Type", "application/merge-patch+json")
	assert.Equal(t, http.StatusUnsupportedMediaType, response.StatusCode, body)
}

func TestListHeader_OnSeveralLines_IsOneList(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	me, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	tag := me.HTTPResponse.Header.Get("ETag")
	send := func(method, header, body string, lines ...string) int {
		r, err := http.NewRequestWithContext(t.Context(), method, a.URL+"/api/v1/users/me", strings.NewReader(body))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/json")
		r.Header[header] = lines
		response, err := p.HTTP.Do(r)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		return response.StatusCode
	}
	assert.Equal(t, http.StatusNotModified, send(http.MethodGet, "If-None-Match", "", `"other"`, tag))
	assert.Equal(t, http.StatusOK, send(http.MethodGet, "If-None-Match", "", `"other"`, `"another"`))
	assert.Equal(t, http.StatusPreconditionFailed, send(http.MethodPatch, "If-Match", `{"language":"en"}`, `"other"`, `"another"`))
	assert.Equal(t, http.StatusOK, send(http.MethodPatch, "If-Match", `{"language":"en"}`, `"other"`, tag))
}

func TestHEAD_EveryGET_HasTheSameHeadersAndNoBody(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	plain := &http.Client{Jar: p.HTTP.Jar} // without the contract, which does not list HEAD
	for _, path := range []string{"/", "/api/v1/health/live", "/api/v1/health", "/api/v1/users/me", "/api/v1/nutrition/meals", "/nope", "/docs", "/openapi.json"} {
		var responses []*http.Response
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			r, err := http.NewRequestWithContext(t.Context(), method, a.URL+path, nil)
			require.NoError(t, err)
			r.Header.Set("Accept-Encoding", "identity") // else the client asks for gzip with GET only
			response, err := plain.Do(r)
			require.NoError(t, err)
			body, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			require.NoError(t, response.Body.Close())
			require.Equal(t, method == http.MethodHead, len(body) == 0, "%s %s", method, path)
			responses = append(responses, response)
		}
		require.Equal(t, responses[0].StatusCode, responses[1].StatusCode, path)
		for _, name := range []string{"Content-Type", "ETag", "Cache-Control", "RateLimit-Policy"} {
			require.Equal(t, responses[0].Header.Get(name), responses[1].Header.Get(name), "%s %s", path, name)
		}
	}
}

func TestCORS_TrustedOrigin_MaySendCookies(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	c := a.Client(t)
	preflight := func(origin string) http.Header {
		response, _ := call(
			t,
			c,
			"OPTIONS",
			a.URL+"/api/v1/users/me",
			"",
			"Origin",
			origin,
			"Access-Control-Request-Method",
			"PATCH",
			"Access-Control-Request-Headers",
			"content-type,idempotency-key,if-match,if-none-match",
		)
		return response.Header
	}
	trusted := preflight(apitest.Origin)
	assert.Equal(t, apitest.Origin, trusted.Get("Access-Control-Allow-Origin"))
	assert.Equal(t, "true", trusted.Get("Access-Control-Allow-Credentials"))
	assert.Contains(t, trusted.Get("Access-Control-Allow-Methods"), "PATCH")
	for _, name := range []string{"Idempotency-Key", "If-Match", "If-None-Match", "Prefer"} {
		assert.Contains(t, trusted.Get("Access-Control-Allow-Headers"), name)
	}
	for _, origin := range []string{"https://evil.example", "null", "http://app.example.test:3001", "http://app.example.test:3000.evil.example"} {
		assert.Empty(t, preflight(origin).Get("Access-Control-Allow-Origin"), origin)
	}
	response, _ := call(t, c, http.MethodGet, a.URL+"/", "", "Origin", apitest.Origin)
	assert.Equal(t, apitest.Origin, response.Header.Get("Access-Control-Allow-Origin"))
	for _, name := range []string{"ETag", "Idempotent-Replayed", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"} {
		assert.Contains(t, response.Header.Get("Access-Control-Expose-Headers"), name)
	}
	assert.Contains(t, response.Header.Values("Vary"), "Origin")
}

func TestCORS_BearerToken_WorksFromEveryOriginWithoutCookies(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	const origin = "https://partner.example"
	c := a.Client(t)
	preflight, _ := call(t, c, "OPTIONS", a.URL+"/api/v1/users/me", "", "Origin", origin,
		"Access-Control-Request-Method", "PATCH", "Access-Control-Request-Headers", "authorization, content-type,if-match")
	assert.Equal(t, http.StatusNoContent, preflight.StatusCode)
	assert.Equal(t, "*", preflight.Header.Get("Access-Control-Allow-Origin"))
	assert.Empty(t, preflight.Header.Get("Access-Control-Allow-Credentials"))
	assert.Contains(t, preflight.Header.Get("Access-Control-Allow-Headers"), "Authorization")
	assert.Contains(t, preflight.Header.Get("Access-Control-Allow-Methods"), "PATCH")

	for token, status := range map[string]int{p.Cookie(t, "access_token"): http.StatusOK, "wrong": http.StatusUnauthorized} {
		response, _ := call(t, c, "GET", a.URL+"/api/v1/users/me", "", "Origin", origin, "Authorization", "Bearer "+token)
		assert.Equal(t, status, response.StatusCode)
		assert.Equal(t, "*", response.Header.Get("Access-Control-Allow-Origin"))
		assert.Empty(t, response.Header.Get("Access-Control-Allow-Credentials"))
		assert.Contains(t, response.Header.Get("Access-Control-Expose-Headers"), "ETag")
	}
	withCookies, _ := call(t, p.Client, "GET", a.URL+"/api/v1/users/me", "", "Origin", origin)
	assert.Empty(t, withCookies.Header.Get("Access-Control-Allow-Origin"), "a page that is not trusted cannot read with cookies")
}

func TestCookieWrite_UntrustedOrigin_Returns403(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	patch := func(headers ...string) int {
		response, _ := call(
			t,
			p.Client,
			"PATCH",
			a.URL+"/api/v1/users/me",
			`{"language":"en"}`,
			append(headers, "Content-Type", "application/json")...)
		return response.StatusCode
	}
	assert.Equal(t, http.StatusOK, patch(), "not a browser")
	assert.Equal(t, http.StatusOK, patch("Sec-Fetch-Site", "same-origin"))
	assert.Equal(t, http.StatusOK, patch("Sec-Fetch-Site", "cross-site", "Origin", apitest.Origin))
	assert.Equal(t, http.StatusForbidden, patch("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"))
	assert.Equal(t, http.StatusForbidden, patch("Sec-Fetch-Site", "same-site", "Origin", "http://other.example.test"))
	assert.Equal(t, http.StatusForbidden, patch("Origin", "https://evil.example"), "an old browser")
	assert.Equal(t, http.StatusForbidden, patch("Origin", "null"))

	response, _ := call(t, p.Client, "PATCH", a.URL+"/api/v1/users/me", `{"language":"en"}`, "Content-Type", "application/json",
		"Origin", "https://evil.example", "Authorization", "Bearer "+p.Cookie(t, "access_token"))
	assert.Equal(t, http.StatusOK, response.StatusCode, "no site can make a browser send a bearer token")
	response, _ = call(
		t,
		p.Client,
		http.MethodGet,
		a.URL+"/api/v1/users/me",
		"",
		"Sec-Fetch-Site",
		"cross-site",
		"Origin",
		"https://evil.example",
	)
	assert.Equal(t, http.StatusOK, response.StatusCode, "a read changes nothing, and without CORS no script can read it")
}

func TestCompression_LargeResponse_IsGzip(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, a.URL+"/openapi.json", nil)
	require.NoError(t, err)
	r.Header.Set("Accept-Encoding", "gzip")
	response, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, "gzip", response.Header.Get("Content-Encoding"))
	unzipped, err := gzip.NewReader(response.Body)
	require.NoError(t, err)
	var doc map[string]any
	require.NoError(t, json.NewDecoder(unzipped).Decode(&doc))
	require.Equal(t, "3.1.0", doc["openapi"])

	small, err := http.NewRequestWithContext(t.Context(), http.MethodGet, a.URL+"/", nil)
	require.NoError(t, err)
	small.Header.Set("Accept-Encoding", "gzip")
	response, err = http.DefaultTransport.RoundTrip(small)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Empty(t, response.Header.Get("Content-Encoding"))

	silent := &http.Transport{DisableCompression: true}
	defer silent.CloseIdleConnections()
	r.Header.Del("Accept-Encoding")
	response, err = silent.RoundTrip(r)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Empty(t, response.Header.Get("Content-Encoding"))
	require.Contains(t, response.Header.Values("Vary"), "Accept-Encoding", "a cache must not serve it to clients that accept gzip")
}

func TestProblemTypes_HaveUniqueCodesAndATypeName(t *testing.T) {
	t.Parallel()
	codes := map[string]bool{}
	for _, c := range problem.Types() {
		assert.False(t, codes[c.Code], "%s twice", c.Code)
		codes[c.Code] = true
		assert.NotEmpty(t, c.Detail)
		assert.NotEmpty(t, c.Fix)
		var doc map[string]any
		text, err := json.Marshal(problem.New(c).Document("x"))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &doc))
		assert.NotEmpty(t, doc["type"], c.Code)
	}
}

func TestHealth_AuthDown_IsDegraded(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{AuthURL: "http://127.0.0.1:1"})
	health, err := a.Client(t).GetHealthWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, health.StatusCode())
	require.Equal(t, api.HealthStatusDegraded, health.JSON200.Status)
	require.Equal(t, api.HealthCheckStatusDown, health.JSON200.Checks.Auth.Status)
	require.Equal(t, api.HealthCheckStatusOk, health.JSON200.Checks.Database.Status)

	login, err := a.Client(t).LoginWithResponse(t.Context(), api.LoginRequest{Email: "ann@example.com", Password: "x"})
	require.NoError(t, err)
	require.Equal(t, http.StatusServiceUnavailable, login.StatusCode())
	require.Equal(t, "auth_unavailable", login.ApplicationProblemJSON503.Code)
	require.NotEmpty(t, login.HTTPResponse.Header.Get("Retry-After"))
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

func TestForwardedFor_UntrustedProxy_IsIgnored(t *testing.T) {
	t.Parallel()
	trusted := apitest.New(t, apitest.Setup{Server: func(o *server.Options) {
		o.Rates.Public = 1
		o.Proxies = loopback
	}})
	apart := dbtest.New(t) // its own database: the limit of this address must not affect other tests
	open := apitest.New(t, apitest.Setup{Database: &apart, Server: func(o *server.Options) { o.Rates.Public = 1 }})
	statuses := func(a *apitest.API) (out []int) {
		for _, address := range []string{"203.0.113.1", "203.0.113.2"} {
			response, _ := call(t, a.Client(t), http.MethodGet, a.URL+"/nope", "", "X-Forwarded-For", address)
			out = append(out, response.StatusCode)
		}
		return out
	}
	assert.Equal(t, []int{404, 404}, statuses(trusted), "two clients behind a proxy have two limits")
	assert.Equal(t, []int{404, 429}, statuses(open), "an untrusted header must not choose the limit")
}

func TestSecurityHeaders_OnEveryResponse(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for _, path := range []string{"/", "/nope", "/api/v1/users/me"} {
		response, _ := call(t, a.Client(t), http.MethodGet, a.URL+path, "", "X-Forwarded-Proto", "https")
		h := response.Header
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), path)
		assert.Contains(t, h.Get("Content-Security-Policy"), "default-src 'none'", path)
		assert.Contains(t, h.Get("Cache-Control"), "private", path)
		assert.NotEmpty(t, h.Get("Strict-Transport-Security"), path)
	}
}

func TestNew_InvalidOrigin_ReturnsError(t *testing.T) {
	t.Parallel()
	_, err := server.New(
		server.Options{
			Rates:           server.Rates{SignIn: 1, Refresh: 1, Read: 1, Write: 1, Coach: 1, Public: 1, Failed: 1},
			Origins:         []string{"not an origin"},
			ShutdownTimeout: time.Second,
		},
	)
	require.Error(t, err)
}

// With Expect: 100-continue the client sends no body before the server asks for it.
func TestBody_OperationWithoutBody_IsNotRead(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/api/v1/users/me", 200}, {"POST", "/api/v1/auth/refresh", 200}, {"POST", "/api/v1/auth/logout", 204}, {"POST", "/nope", 404},
		{"POST", "/api/v1/auth/login", 413},
	} {
		response, text := call(
			t,
			p.Client,
			c.method,
			a.URL+c.path,
			strings.Repeat(" ", 2<<20),
			"Expect",
			"100-continue",
			"Content-Type",
			"application/json",
		)
		assert.Equal(t, c.status, response.StatusCode, "%s %s: %s", c.method, c.path, text)
		assert.True(t, response.Close, "%s %s", c.method, c.path)
		assert.NotEmpty(t, response.Header.Get("RateLimit"), "%s %s", c.method, c.path)
	}
	response, _ := call(t, a.Person(t).Client, "POST", a.URL+"/api/v1/auth/logout", `{"foo":1}`)
	assert.Equal(t, http.StatusNoContent, response.StatusCode)
}

// sendRaw writes text to a new connection. No client library would send it.
func sendRaw(t *testing.T, a *apitest.API, text string) net.Conn {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(a.URL, "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	_, err = io.WriteString(conn, text)
	require.NoError(t, err)
	return conn
}

// A lost connection is the client's error, not ours.
func TestBody_Incomplete_Returns400(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for name, body := range map[string]string{
		"invalid chunk":            "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
		"less than Content-Length": "Content-Length: 500\r\n\r\n{\"a\"",
	} {
		conn := sendRaw(t, a, "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"+body)
		require.NoError(t, conn.(*net.TCPConn).CloseWrite())
		response, err := io.ReadAll(conn)
		require.NoError(t, err)
		if len(response) > 0 { // net/http may treat the half-closed connection as a lost client
			require.Contains(t, string(response), "400 Bad Request", name)
			require.Contains(t, string(response), "malformed_json", name)
		}
	}
}

// The guide Errors promises plain text for requests that are not valid HTTP.
func TestInvalidHTTP_ReturnsPlainText(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for request, status := range map[string]string{
		"nonsense\r\n\r\n":                             "400 Bad Request",
		"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n":         "400 Bad Request",
		"GET / HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n": "400 Bad Request",
		"GET / HTTP/1.1\r\nHost: x\r\nA: " + strings.Repeat("a", 1<<20+8<<10) + "\r\n\r\n": "431 Request Header Fields Too Large",
	} {
		response, err := io.ReadAll(sendRaw(t, a, request))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(string(response), "HTTP/1.1 "+status+"\r\n"), "%.60q: %s", request, response)
		require.Contains(t, string(response), "Content-Type: text/plain")
		require.Contains(t, string(response), "Connection: close")
		require.NotContains(t, string(response), "X-Request-Id")
	}
}

func TestDeprecatedOperation_EveryResponse_HasDeprecationAndSunset(t *testing.T) {
	t.Parallel()
	before := "operationId: listSessions\n"
	require.Equal(t, 1, strings.Count(string(gen.OpenAPI), before))
	document := strings.Replace(string(gen.OpenAPI), before,
		before+"      deprecated: true\n      x-deprecated-since: '2027-01-01'\n      x-sunset: '2027-12-31'\n", 1)
	deprecating, err := contract.Compile([]byte(document))
	require.NoError(t, err)
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Contract = deprecating }})
	p := a.Person(t)
	for _, c := range []struct {
		client *apitest.Client
		query  string
		status int
	}{{p.Client, "", 200}, {p.Client, "?limit=0", 400}, {a.Client(t), "", 401}} {
		response, _ := call(t, c.client, "GET", a.URL+"/api/v1/auth/sessions"+c.query, "", "Origin", a.Origin)
		require.Equal(t, c.status, response.StatusCode)
		require.Equal(t, "@1798761600", response.Header.Get("Deprecation"), c.status)
		require.Equal(t, "Fri, 31 Dec 2027 23:59:59 GMT", response.Header.Get("Sunset"), c.status)
		require.Equal(
			t,
			`</docs/guides/versioning#deprecation>; rel="deprecation sunset"; type="text/html"`,
			response.Header.Get("Link"),
			c.status,
		)
		for _, name := range []string{"Deprecation", "Sunset", "Link"} {
			require.Contains(t, response.Header.Get("Access-Control-Expose-Headers"), name)
		}
	}
	response, _ := call(t, p.Client, "GET", a.URL+"/api/v1/users/me", "")
	require.Equal(t, http.StatusOK, response.StatusCode)
	for _, name := range []string{"Deprecation", "Sunset", "Link"} {
		require.Empty(t, response.Header.Values(name))
	}
}
