package auth_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// withAuthServer replaces Supabase Auth by a handler.
func withAuthServer(tb testing.TB, handler http.HandlerFunc, changes ...func(*gotrue.Options)) func(*server.Options) {
	tb.Helper()
	web := httptest.NewServer(handler)
	tb.Cleanup(web.Close)
	client := gotrue.Options{BaseURL: web.URL}
	for _, change := range changes {
		change(&client)
	}
	return func(o *server.Options) { o.Auth = gotrue.New(client) }
}

func respondWith(status int, contentType, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

// closeConnection closes the connection without a response.
func closeConnection(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

// neverRespond waits until the caller disconnects.
func neverRespond(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // otherwise the server does not notice the disconnect
	<-r.Context().Done()
}

// callAll calls each operation that needs Supabase Auth.
func callAll(t *testing.T, p *apitest.Person, at *apitest.API) map[string]response {
	t.Helper()
	refreshing, cookie := clientWithRefreshCookie(t, at, p.Cookie(t, "refresh_token"))
	return map[string]response{
		"signup":  signup(t, at.Client(t), api.SignupRequest{Email: apitest.Email(), Password: apitest.Password}),
		"login":   login(t, at.Client(t), p.Email, p.Password),
		"refresh": refresh(t, refreshing, cookie),
		"forgot":  forgot(t, at.Client(t), p.Email),
		"resend":  resend(t, at.Client(t), p.Email),
		"verify":  verify(t, at.Client(t), api.EmailVerification{TokenHash: new("3f0c4cf4")}),
		"reset":   reset(t, at.Client(t), api.PasswordReset{Email: &p.Email, Token: new("493817"), NewPassword: "better-horse-10"}),
		"change":  change(t, clientAt(t, p.Client, at), p.Password, "better-horse-10"),
	}
}

// isMail reports whether an operation sends its mail from a job, whose result the response does not wait for.
func isMail(call string) bool { return call == "forgot" || call == "resend" }

func TestSupabaseAuthDown_SignedInUsersStaySignedIn(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	const page, text = "<html><h1>Bad Gateway of secret-host.internal</h1></html>", "text/html"
	for what, change := range map[string]func(*server.Options){
		"refuses connections":   authServerDown,
		"closes the connection": withAuthServer(t, closeConnection),
		"never responds":        withAuthServer(t, neverRespond, func(o *gotrue.Options) { o.HTTPClient = &http.Client{Timeout: 50 * time.Millisecond} }),
		"500":                   withAuthServer(t, respondWith(500, "application/json", `{"code":"unexpected_failure","message":"Database error querying schema"}`)),
		"500 in the old shape":  withAuthServer(t, respondWith(500, "application/json", `{"code":500,"error_code":"unexpected_failure","msg":"no"}`)),
		"502 with a page":       withAuthServer(t, respondWith(502, text, page)),
		"504 with nothing":      withAuthServer(t, respondWith(504, text, "")),
		"200 with a page":       withAuthServer(t, respondWith(200, text, page)),
		"200 with half":         withAuthServer(t, respondWith(200, "application/json", `{"access_token":"a","refr`)),
		"200 with other JSON":   withAuthServer(t, respondWith(200, "application/json", `["x"]`)),
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := replica(t, a, change)
			p := a.Person(t)
			for call, got := range callAll(t, p, b) {
				if isMail(call) {
					require.Equal(t, http.StatusAccepted, got.StatusCode, "%s: %s", call, got.body)
					continue
				}
				require.Equal(t, http.StatusServiceUnavailable, got.StatusCode, "%s: %s", call, got.body)
				requireProblem(t, http.StatusServiceUnavailable, "auth_unavailable", got)
				require.NotEmpty(t, got.Header.Get("Retry-After"), call)
				require.Empty(t, got.Cookies(), "%s: an outage clears no cookies", call)
				require.NotContains(t, string(got.body), "secret-host")
				require.NotContains(t, string(got.body), "Database error")
			}
			requireMe(t, http.StatusOK, clientAt(t, p.Client, b))
			require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode, "the session still works afterwards")
		})
	}
}

func TestSupabaseAuthBehindBrokenGateway_NobodyIsSignedOut(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for what, handler := range map[string]http.HandlerFunc{
		"no API key":     respondWith(401, "application/json", `{"message":"No API key found in request","hint":"secret-host"}`),
		"a firewall":     respondWith(403, "text/html", "<html>secret-host</html>"),
		"another server": respondWith(404, "text/plain", "404 page not found at secret-host"),
		"a redirect":     respondWith(302, "text/html", "", "Location", "http://secret-host/"),
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := replica(t, a, withAuthServer(t, handler))
			p := a.Person(t)
			for call, got := range callAll(t, p, b) {
				if isMail(call) {
					continue
				}
				require.GreaterOrEqual(t, got.StatusCode, 500, "%s: %s", call, got.body)
				require.Empty(t, got.Cookies(), call)
				require.NotContains(t, string(got.body), "secret-host")
			}
			for range 12 {
				require.GreaterOrEqual(
					t,
					login(t, b.Client(t), p.Email, p.Password).StatusCode,
					500,
					"it does not count as a failed sign-in",
				)
			}
			requireMe(t, http.StatusOK, clientAt(t, p.Client, b))
		})
	}
}

func TestSupabaseAuthOverloaded_Returns429WithRetryAfter(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	const body = `{"code":"over_request_rate_limit","message":"Request rate limit reached"}`
	for what, c := range map[string]struct {
		handler http.HandlerFunc
		wait    int
	}{
		"with a wait":       {respondWith(429, "application/json", body, "Retry-After", "17"), 17},
		"without":           {respondWith(429, "application/json", body), 2},
		"with a date":       {respondWith(429, "application/json", body, "Retry-After", "Mon, 23 Nov 2026 09:30:00 GMT"), 2},
		"by a gateway":      {respondWith(429, "text/html", "<html>slow down</html>", "Retry-After", "5"), 5},
		"with an odd wait":  {respondWith(429, "application/json", body, "Retry-After", "-5"), 2},
		"with a short wait": {respondWith(429, "application/json", body, "Retry-After", "0"), 2},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := replica(t, a, withAuthServer(t, c.handler))
			p := a.Person(t)
			for call, got := range callAll(t, p, b) {
				if isMail(call) {
					continue
				}
				requireProblem(t, http.StatusTooManyRequests, "identity_provider_busy", got)
				require.Equal(t, strconv.Itoa(c.wait), got.Header.Get("Retry-After"), call)
				require.Empty(t, got.Cookies(), call)
			}
			requireMe(t, http.StatusOK, clientAt(t, p.Client, b))
		})
	}
}

func TestLogin_DuringAnOutage_TakesNothingFromTheBudget(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	b := replica(t, a, authServerDown)
	p := a.Person(t)
	for range 12 {
		requireProblem(t, http.StatusServiceUnavailable, "auth_unavailable", login(t, b.Client(t), p.Email, p.Password))
	}
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
}

func TestLogin_NoSigningKeys_Returns503(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	b := replica(t, a, func(o *server.Options) {
		o.Verifier = session.NewVerifier(session.VerifierOptions{JWKSURL: unusedURL + "/.well-known/jwks.json", Issuer: a.AuthURL})
	})
	got := login(t, b.Client(t), p.Email, p.Password)
	requireProblem(t, http.StatusServiceUnavailable, "auth_unavailable", got)
	require.Empty(t, got.Cookies())
	requireProblem(
		t,
		http.StatusServiceUnavailable,
		"auth_unavailable",
		requireMe(t, http.StatusServiceUnavailable, clientAt(t, p.Client, b)),
	)
}

func TestLogin_OtherIssuer_Returns500WithoutDetails(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	b := replica(t, a, func(o *server.Options) {
		o.Verifier = session.NewVerifier(
			session.VerifierOptions{JWKSURL: a.AuthURL + "/.well-known/jwks.json", Issuer: "https://other.example"},
		)
	})
	got := login(t, b.Client(t), p.Email, p.Password)
	requireProblem(t, http.StatusInternalServerError, "internal_error", got)
	require.Empty(t, got.Cookies())
	require.NotContains(t, string(got.body), "iss")
}

func TestRefresh_ManyTabsDuringAnOutage_SendFewRequests(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	var asked atomic.Int64
	release := make(chan struct{})
	b := replica(t, a, withAuthServer(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		<-release
		respondWith(503, "text/plain", "")(w, r)
	}))
	statuses := make(chan int, 20)
	for range cap(statuses) {
		c, cookie := clientWithRefreshCookie(t, b, p.Cookie(t, "refresh_token"))
		go func() {
			r, err := c.RefreshSessionWithResponse(t.Context(), cookie)
			if err != nil {
				t.Error(err)
				statuses <- 0
				return
			}
			statuses <- r.StatusCode()
		}()
	}
	close(release)
	for range cap(statuses) {
		require.Equal(t, http.StatusServiceUnavailable, <-statuses)
	}
	require.LessOrEqual(t, asked.Load(), int64(3*cap(statuses)), "at most three tries for each request")
	require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode)
}

func TestSignup_CodesOfARealSupabaseAuth_ReturnProblems(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for code, want := range map[string]int{
		"email_address_invalid":        http.StatusUnprocessableEntity,
		"email_address_not_authorized": http.StatusUnprocessableEntity,
		"email_provider_disabled":      http.StatusForbidden,
	} {
		b := replica(
			t,
			a,
			withAuthServer(
				t,
				respondWith(
					400,
					"application/json",
					fmt.Sprintf(`{"code":%q,"message":"Email address \"ann@example.com\" is invalid"}`, code),
				),
			),
		)
		got := signup(t, b.Client(t), api.SignupRequest{Email: apitest.Email(), Password: apitest.Password})
		require.Equal(t, want, got.StatusCode, "%s: %s", code, got.body)
		require.NotContains(t, string(got.body), "ann@example.com")
	}
}
