package auth_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"maps"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// Half of these tests wait for minResponseTime, so more of them run at once than there are processors.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("test.parallel"); f.Value.String() == f.DefValue {
		_ = f.Value.Set("8")
	}
	os.Exit(m.Run())
}

// unusedURL is an address where no server listens.
const unusedURL = "http://127.0.0.1:1/auth/v1"

// requireConfirmation makes the stand-in require that addresses are confirmed.
func requireConfirmation(o *standin.Options) { o.Autoconfirm = false }

// behindProxy trusts X-Forwarded-For, so that a test can use several client addresses.
func behindProxy(o *server.Options) {
	o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

func fromIP(ip string) api.RequestEditorFn { return apitest.Header("X-Forwarded-For", ip) }

// replica starts another server with a's database and a's Supabase Auth.
func replica(tb testing.TB, a *apitest.API, changes ...func(*server.Options)) *apitest.API {
	tb.Helper()
	return apitest.New(tb, apitest.Setup{Database: &a.Database, Server: func(o *server.Options) {
		o.Auth = gotrue.New(gotrue.Options{BaseURL: a.AuthURL, AnonKey: a.Standin.AnonKey(), ServiceRoleKey: a.Standin.ServiceRoleKey()})
		o.Verifier = session.NewVerifier(session.VerifierOptions{JWKSURL: a.AuthURL + "/.well-known/jwks.json", Issuer: a.AuthURL})
		o.Docs = nil // slow to make and not used here
		for _, change := range changes {
			change(o)
		}
	}})
}

// clientAt returns a client of another server with c's cookies.
func clientAt(tb testing.TB, c *apitest.Client, at *apitest.API) *apitest.Client {
	tb.Helper()
	moved := at.Client(tb)
	moved.HTTP.Jar = c.HTTP.Jar
	return moved
}

// clientWithRefreshCookie returns a client without cookie jar, and the header with its only cookie.
func clientWithRefreshCookie(tb testing.TB, a *apitest.API, token string) (*apitest.Client, api.RequestEditorFn) {
	tb.Helper()
	c := a.Client(tb)
	c.HTTP.Jar = nil
	return c, apitest.Header("Cookie", "refresh_token="+token)
}

// response is the HTTP response of any operation, with its body.
type response struct {
	*http.Response
	body []byte
}

func newResponse(r *http.Response, body []byte) response { return response{r, body} }

// post sends a body unchanged.
func post(tb testing.TB, c *apitest.Client, url, body string, editors ...api.RequestEditorFn) response {
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), http.MethodPost, url, strings.NewReader(body))
	require.NoError(tb, err)
	r.Header.Set("Content-Type", "application/json")
	for _, edit := range editors {
		require.NoError(tb, edit(tb.Context(), r))
	}
	res, err := c.HTTP.Do(r)
	require.NoError(tb, err)
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	require.NoError(tb, err)
	return response{res, got}
}

func requireProblem(tb testing.TB, status int, code string, a response) api.Problem {
	tb.Helper()
	require.Equal(tb, status, a.StatusCode, "%s", a.body)
	var p api.Problem
	require.NoError(tb, json.Unmarshal(a.body, &p), "%s", a.body)
	require.Equal(tb, code, p.Code, "%s", a.body)
	return p
}

// requireField requires a problem that names exactly one field.
func requireField(tb testing.TB, status int, field, code string, a response) {
	tb.Helper()
	require.Equal(tb, status, a.StatusCode, "%s", a.body)
	var p api.Problem
	require.NoError(tb, json.Unmarshal(a.body, &p), "%s", a.body)
	require.Len(tb, p.Errors, 1, "%s", a.body)
	require.Equal(tb, field, p.Errors[0].Field, "%s", a.body)
	if code != "" {
		require.Equal(tb, code, p.Errors[0].Code, "%s", a.body)
	}
}

// withoutOwnValues returns what two indistinguishable responses share: status, header names and all fields, except values that
// differ for each request.
func withoutOwnValues(tb testing.TB, a response) map[string]any {
	tb.Helper()
	names := slices.Sorted(maps.Keys(a.Header))
	var body any
	if len(a.body) > 0 {
		require.NoError(tb, json.Unmarshal(a.body, &body))
	}
	if fields, ok := body.(map[string]any); ok {
		delete(fields, "request_id")
		if user, ok := fields["user"].(map[string]any); ok {
			for _, own := range []string{"id", "email"} {
				require.NotEmpty(tb, user[own])
				user[own] = "…"
			}
		}
	}
	return map[string]any{"status": a.StatusCode, "headers": names, "body": body}
}

func setCookies(a response) map[string]*http.Cookie {
	out := map[string]*http.Cookie{}
	for _, c := range a.Cookies() {
		out[c.Name] = c
	}
	return out
}

func requireCookiesCleared(tb testing.TB, a response) {
	tb.Helper()
	cookies := setCookies(a)
	require.Len(tb, cookies, 2)
	for name, path := range map[string]string{"access_token": "/api", "refresh_token": "/api/v1/auth"} {
		require.Contains(tb, cookies, name)
		require.Empty(tb, cookies[name].Value)
		require.Equal(tb, -1, cookies[name].MaxAge)
		require.Equal(tb, path, cookies[name].Path)
	}
}

// requireMe calls getMe and requires its status.
func requireMe(tb testing.TB, status int, c *apitest.Client, editors ...api.RequestEditorFn) response {
	tb.Helper()
	r, err := c.GetMeWithResponse(tb.Context(), nil, editors...)
	require.NoError(tb, err)
	require.Equal(tb, status, r.StatusCode(), string(r.Body))
	return newResponse(r.HTTPResponse, r.Body)
}

func login(tb testing.TB, c *apitest.Client, email, password string, editors ...api.RequestEditorFn) response {
	tb.Helper()
	body, err := json.Marshal(api.LoginRequest{Email: email, Password: password})
	require.NoError(tb, err)
	r, err := c.LoginWithBodyWithResponse(tb.Context(), "application/json", bytes.NewReader(body), editors...)
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func signup(tb testing.TB, c *apitest.Client, in api.SignupRequest, editors ...api.RequestEditorFn) response {
	tb.Helper()
	r, err := c.SignupWithResponse(tb.Context(), in, editors...)
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func refresh(tb testing.TB, c *apitest.Client, editors ...api.RequestEditorFn) response {
	tb.Helper()
	r, err := c.RefreshSessionWithResponse(tb.Context(), editors...)
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

// sessionsOf counts a user's sessions in the database.
func sessionsOf(tb testing.TB, a *apitest.API, p *apitest.Person) int {
	tb.Helper()
	var n int
	require.NoError(tb, a.Database.Owner.QueryRow(tb.Context(), `select count(*) from auth.sessions where user_id = $1`, p.ID).Scan(&n))
	return n
}
