package auth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/session"
)

func TestRefresh_OnlyRefreshCookie_ReplacesBothCookies(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	old := p.Cookie(t, "refresh_token")
	c, cookie := clientWithRefreshCookie(t, a, old)
	got := refresh(t, c, cookie)
	require.Equal(t, http.StatusOK, got.StatusCode, "%s", got.body)
	cookies := setCookies(got)
	require.Len(t, cookies, 2)
	require.NotEqual(t, old, cookies["refresh_token"].Value, "it is replaced")
	require.Equal(t, "/api/v1/auth", cookies["refresh_token"].Path)
	require.NotContains(t, string(got.body), cookies["access_token"].Value)
	require.NotContains(t, string(got.body), cookies["refresh_token"].Value)
	requireMe(t, http.StatusOK, a.Bearer(t, cookies["access_token"].Value))

	c, cookie = clientWithRefreshCookie(t, a, cookies["refresh_token"].Value)
	require.Equal(t, http.StatusOK, refresh(t, c, cookie).StatusCode)
}

func TestRefresh_InvalidAccessToken_Succeeds(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	require.Equal(t, http.StatusOK, refresh(t, p.Client, apitest.Token("expired.or.worse")).StatusCode)
	c, _ := clientWithRefreshCookie(t, a, "")
	got := refresh(t, c, apitest.Header("Cookie", "access_token=garbage; refresh_token="+p.Cookie(t, "refresh_token")))
	require.Equal(t, http.StatusOK, got.StatusCode, "%s", got.body)
}

// refreshConcurrently refreshes one token many times at once and returns the cookies of each response.
func refreshConcurrently(t *testing.T, token string, many int, servers ...*apitest.API) []map[string]*http.Cookie {
	t.Helper()
	var wait sync.WaitGroup
	results := make([]map[string]*http.Cookie, many)
	for i := range results {
		c, cookie := clientWithRefreshCookie(t, servers[i%len(servers)], token)
		wait.Go(func() {
			r, err := c.RefreshSessionWithResponse(t.Context(), cookie)
			if err != nil || r.StatusCode() != http.StatusOK {
				t.Errorf("refresh %d: %v: %s", i, err, r.Body)
				return
			}
			results[i] = setCookies(newResponse(r.HTTPResponse, r.Body))
		})
	}
	wait.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return results
}

func TestRefresh_ManyTabsAtOnce_AllSucceed(t *testing.T) {
	t.Parallel()
	one := apitest.New(t)
	two := replica(t, one)
	for name, servers := range map[string][]*apitest.API{"on one server": {one}, "on two servers": {one, two}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := one.Person(t)
			results := refreshConcurrently(t, p.Cookie(t, "refresh_token"), 60, servers...)
			for _, cookies := range results {
				require.Equal(t, results[0]["refresh_token"].Value, cookies["refresh_token"].Value, "every tab receives the same token")
			}
			// The session continues from any of the responses.
			for _, at := range servers {
				requireMe(t, http.StatusOK, at.Bearer(t, results[len(results)-1]["access_token"].Value))
			}
			again := refreshConcurrently(t, results[7]["refresh_token"].Value, 10, servers...)
			requireMe(t, http.StatusOK, servers[0].Bearer(t, again[0]["access_token"].Value))
			require.Equal(t, 1, sessionsOf(t, one, p))
		})
	}
}

func TestRefresh_ResponseLost_CanBeRepeated(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.ReuseInterval = time.Nanosecond }})
	p := a.Person(t)
	old := p.Cookie(t, "refresh_token")
	first := refreshConcurrently(t, old, 1, a)
	second := refreshConcurrently(t, old, 1, a)
	require.Equal(t, first[0]["refresh_token"].Value, second[0]["refresh_token"].Value)
	refreshConcurrently(t, second[0]["refresh_token"].Value, 1, a)
}

func TestRefresh_OldTokenReused_EndsTheSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.ReuseInterval = time.Nanosecond }})
	p := a.Person(t)
	stolen := p.Cookie(t, "refresh_token")
	for range 2 {
		require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode)
	}
	thief, cookie := clientWithRefreshCookie(t, a, stolen)
	got := refresh(t, thief, cookie)
	requireProblem(t, http.StatusUnauthorized, "invalid_refresh_token", got)
	requireCookiesCleared(t, got)
	requireProblem(t, http.StatusUnauthorized, "session_ended", requireMe(t, http.StatusUnauthorized, p.Client))
	requireProblem(t, http.StatusUnauthorized, "invalid_refresh_token", refresh(t, p.Client))
	require.Empty(t, p.Cookie(t, "refresh_token"), "the cookie is cleared")
}

func TestRefresh_NoValidCookie_Returns401(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for name, c := range map[string]struct{ cookie, code string }{
		"none":                {"", "missing_refresh_token"},
		"another":             {"theme=dark", "missing_refresh_token"},
		"empty":               {"refresh_token=", "missing_refresh_token"},
		"only access":         {"access_token=" + p.Cookie(t, "access_token"), "missing_refresh_token"},
		"nonsense":            {"=;;=\"; {", "missing_refresh_token"},
		"separators":          {";;;;", "missing_refresh_token"},
		"bytes no cookie has": {"refresh_token=a\"b\\c", "missing_refresh_token"},
		"garbage":             {"refresh_token=garbage", "invalid_refresh_token"},
		"of the right form":   {"refresh_token=abcdefghijkl", "invalid_refresh_token"},
		"a JWT":               {"refresh_token=" + p.Cookie(t, "access_token"), "invalid_refresh_token"},
		"SQL":                 {"refresh_token='or'1'='1", "invalid_refresh_token"},
		"20 kB":               {"refresh_token=" + strings.Repeat("x", 20_000), "invalid_refresh_token"},
		"percent":             {"refresh_token=%00%ff", "invalid_refresh_token"},
		"JSON":                {`refresh_token={"a":[1]}`, "missing_refresh_token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, _ := clientWithRefreshCookie(t, a, "")
			got := refresh(t, client, apitest.Header("Cookie", c.cookie))
			requireProblem(t, http.StatusUnauthorized, c.code, got)
			if c.code == "invalid_refresh_token" {
				requireCookiesCleared(t, got)
			}
		})
	}
}

func TestRefresh_BannedOrDeletedUser_Returns401(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	banned, deleted := a.Person(t), a.Person(t)
	ban(t, a, banned.ID, "1 hour")
	_, err := a.Database.Owner.Exec(t.Context(), `delete from auth.users where id = $1`, deleted.ID)
	require.NoError(t, err)
	for _, p := range []*apitest.Person{banned, deleted} {
		got := refresh(t, p.Client)
		requireProblem(t, http.StatusUnauthorized, "invalid_refresh_token", got)
		requireCookiesCleared(t, got)
	}
}

func TestRefresh_FirstTabDisconnects_OthersSucceed(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	target, err := url.Parse(strings.TrimSuffix(a.AuthURL, "/auth/v1"))
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	arrived, release := make(chan struct{}, 10), make(chan struct{})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-release
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	b := replica(t, a, func(o *server.Options) { o.Auth = gotrue.New(gotrue.Options{BaseURL: web.URL + "/auth/v1"}) })

	first, cookie := clientWithRefreshCookie(t, b, p.Cookie(t, "refresh_token"))
	leaving, leave := context.WithCancel(t.Context())
	left := make(chan error, 1)
	go func() {
		_, err := first.RefreshSessionWithResponse(leaving, cookie)
		left <- err
	}()
	<-arrived
	leave()
	require.ErrorIs(t, <-left, context.Canceled)
	second := make(chan int, 1)
	other, cookie := clientWithRefreshCookie(t, b, p.Cookie(t, "refresh_token"))
	go func() {
		r, err := other.RefreshSessionWithResponse(t.Context(), cookie)
		if err != nil {
			t.Error(err)
			second <- 0
			return
		}
		second <- r.StatusCode()
	}()
	close(release)
	require.Equal(t, http.StatusOK, <-second)
	require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode)
}

func TestHS256Project_SignInAndRefresh_Succeed(t *testing.T) {
	t.Parallel()
	const secret = "a-secret-of-at-least-32-characters-length"
	var issuer string
	a := apitest.New(t, apitest.Setup{
		Standin: func(o *standin.Options) { issuer, o.Secret = o.Issuer, secret },
		Server: func(o *server.Options) {
			o.Verifier = session.NewVerifier(session.VerifierOptions{Secret: secret, Issuer: issuer})
		},
	})
	p := a.Person(t)
	requireMe(t, http.StatusOK, p.Client)
	require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode)
	requireMe(t, http.StatusOK, a.Bearer(t, p.Cookie(t, "access_token")))
	for _, key := range []string{a.Standin.AnonKey(), a.Standin.ServiceRoleKey()} { // signed with the same secret, but without a user
		requireProblem(t, http.StatusUnauthorized, "invalid_token", requireMe(t, http.StatusUnauthorized, a.Client(t), apitest.Token(key)))
	}
	foreign := apitest.New(t).Person(t)
	requireProblem(
		t,
		http.StatusUnauthorized,
		"invalid_token",
		requireMe(t, http.StatusUnauthorized, a.Client(t), apitest.Token(foreign.Cookie(t, "access_token"))),
	)
}
