package auth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen/api"
	"github.com/ultimatecoach/api/internal/apitest"
	"github.com/ultimatecoach/api/internal/gotrue"
	"github.com/ultimatecoach/api/internal/gotrue/standin"
	"github.com/ultimatecoach/api/internal/server"
)

func change(tb testing.TB, c *apitest.Client, current, wanted string) answer {
	tb.Helper()
	r, err := c.ChangePasswordWithResponse(tb.Context(), api.PasswordChange{CurrentPassword: current, NewPassword: wanted})
	require.NoError(tb, err)
	return told(r.HTTPResponse, r.Body)
}

func TestChangePassword_EndsAllOtherSessions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	others := []*apitest.Client{p.SignIn(t), p.SignIn(t)}
	got := change(t, p.Client, p.Password, "better-horse-10")
	require.Equal(t, http.StatusNoContent, got.StatusCode, "%s", got.body)
	require.Equal(t, 1, sessionsOf(t, a, p), "the proof's own session is gone, too")
	requireMe(t, http.StatusOK, p.Client)
	require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode)
	for _, c := range others {
		requireProblem(t, http.StatusUnauthorized, "session_ended", requireMe(t, http.StatusUnauthorized, c))
		requireProblem(t, http.StatusUnauthorized, "invalid_refresh_token", refresh(t, c))
	}
	requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), p.Email, p.Password))
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, "better-horse-10").StatusCode)
}

func TestChangePassword_ThatIsRefused_ChangesNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.PasswordMinLength = 10 }})
	p := a.Person(t)
	other := p.SignIn(t)
	for _, c := range []struct {
		name, current, wanted string
		status                int
		field, code           string
	}{
		{"wrong", "wrong-horse-9", "better-horse-10", http.StatusUnprocessableEntity, "current_password", "wrong_password"},
		{"the same", p.Password, p.Password, http.StatusUnprocessableEntity, "new_password", "same_password"},
		{"weak", p.Password, "12345678", http.StatusUnprocessableEntity, "new_password", "weak_password"},
		{"80 bytes", p.Password, strings.Repeat("é", 40), http.StatusUnprocessableEntity, "new_password", "password_too_long"},
		{"73 letters", p.Password, strings.Repeat("x", 73), http.StatusBadRequest, "new_password", ""},
		{"short", p.Password, "1234567", http.StatusBadRequest, "new_password", ""},
		{"no current", "", "better-horse-10", http.StatusBadRequest, "current_password", ""},
	} {
		got := change(t, p.Client, c.current, c.wanted)
		requireField(t, c.status, c.field, c.code, got)
		require.NotContains(t, string(got.body), c.wanted, c.name)
	}
	requireMe(t, http.StatusOK, other)
	require.Equal(t, 2, sessionsOf(t, a, p), "no proof's session stays behind")
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
}

func TestChangePassword_GuessesShareTheBudgetOfSigningIn(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Rates.Failed = 3 }})
	p := a.Person(t)
	requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), p.Email, "wrong-horse-9"))
	for range 2 {
		requireField(t, http.StatusUnprocessableEntity, "current_password", "wrong_password", change(t, p.Client, "wrong-horse-9", "better-horse-10"))
	}
	got := change(t, p.Client, p.Password, "better-horse-10")
	requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", got)
	require.NotEmpty(t, got.Header.Get("Retry-After"))
	requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", login(t, a.Client(t), p.Email, p.Password))
}

func TestChangePassword_OfASessionThatEndsMeanwhile_IsASessionThatEnded(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	target, err := url.Parse(a.AuthURL)
	require.NoError(t, err)
	target.Path = ""
	proxy := httputil.NewSingleHostReverseProxy(target)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			_, err := a.Database.Owner.Exec(context.WithoutCancel(t.Context()), `delete from auth.sessions where user_id = $1`, p.ID)
			if err != nil {
				t.Error(err)
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	b := replica(t, a, func(o *server.Options) { o.Auth = gotrue.New(gotrue.Options{BaseURL: web.URL + "/auth/v1"}) })
	got := change(t, as(t, p.Client, b), p.Password, "better-horse-10")
	requireProblem(t, http.StatusUnauthorized, "session_ended", got)
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
}
