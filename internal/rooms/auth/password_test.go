package auth_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/session"
)

func change(tb testing.TB, c *apitest.Client, current, wanted string) response {
	tb.Helper()
	r, err := c.ChangePasswordWithResponse(tb.Context(), api.PasswordChange{CurrentPassword: current, NewPassword: wanted})
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func TestChangePassword_EndsAllOtherSessions(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	others := []*apitest.Client{p.SignIn(t), p.SignIn(t)}
	got := change(t, p.Client, p.Password, "better-horse-10")
	require.Equal(t, http.StatusNoContent, got.StatusCode, "%s", got.body)
	require.Equal(t, 1, sessionsOf(t, a, p), "the session that checked the password has ended too")
	requireMe(t, http.StatusOK, p.Client)
	require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode)
	for _, c := range others {
		requireProblem(t, http.StatusUnauthorized, "session_ended", requireMe(t, http.StatusUnauthorized, c))
		requireProblem(t, http.StatusUnauthorized, "invalid_refresh_token", refresh(t, c))
	}
	requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), p.Email, p.Password))
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, "better-horse-10").StatusCode)
}

func TestChangePassword_Refused_ChangesNothing(t *testing.T) {
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
	require.Equal(t, 2, sessionsOf(t, a, p), "the sessions that checked the password have ended")
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
}

func TestChangePassword_WrongPasswords_CountAsFailedSignIns(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Rates.Failed = 3 }})
	p := a.Person(t)
	requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, a.Client(t), p.Email, "wrong-horse-9"))
	for range 2 {
		requireField(
			t,
			http.StatusUnprocessableEntity,
			"current_password",
			"wrong_password",
			change(t, p.Client, "wrong-horse-9", "better-horse-10"),
		)
	}
	got := change(t, p.Client, p.Password, "better-horse-10")
	requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", got)
	require.NotEmpty(t, got.Header.Get("Retry-After"))
	requireProblem(t, http.StatusTooManyRequests, "too_many_failed_logins", login(t, a.Client(t), p.Email, p.Password))
}

// replicaThatRuns starts a replica of a that runs an SQL statement right before it updates a user at Supabase Auth.
func replicaThatRuns(t *testing.T, a *apitest.API, p *apitest.Person, how, statement string) *apitest.API {
	t.Helper()
	target, err := url.Parse(a.AuthURL)
	require.NoError(t, err)
	target.Path = ""
	proxy := httputil.NewSingleHostReverseProxy(target)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			if _, err := a.Database.Owner.Exec(context.WithoutCancel(t.Context()), statement, p.ID); err != nil {
				t.Error(how, err)
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	return replica(t, a, func(o *server.Options) { o.Auth = gotrue.New(gotrue.Options{BaseURL: web.URL + "/auth/v1"}) })
}

// sessionEndings are SQL statements that end a session without the API.
var sessionEndings = map[string]string{
	"signed out": `delete from auth.sessions where user_id = $1`,
	"banned":     `update auth.users set banned_until = now() + interval '1 day' where id = $1`,
	"deleted":    `delete from auth.users where id = $1`,
}

func TestChangePassword_SessionEndsMeanwhile_ReturnsSessionEnded(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for how, statement := range sessionEndings {
		p := a.Person(t)
		b := replicaThatRuns(t, a, p, how, statement)
		got := change(t, clientAt(t, p.Client, b), p.Password, "better-horse-10")
		requireProblem(t, http.StatusUnauthorized, "session_ended", got)
		if how == "signed out" {
			require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode, "the password did not change")
		}
	}
}

func TestChangePassword_TokenJustExpired_ReturnsExpiredToken(t *testing.T) {
	t.Parallel()
	var late atomic.Int64
	clock := func() time.Time { return time.Now().Add(time.Duration(late.Load())) }
	a := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.Clock = clock }})
	b := replica(t, a, func(o *server.Options) {
		o.Verifier = session.NewVerifier(
			session.VerifierOptions{JWKSURL: a.AuthURL + "/.well-known/jwks.json", Issuer: a.AuthURL, Now: clock},
		)
	})
	p := a.Person(t)
	c := clientAt(t, p.Client, b)
	var exp int64
	require.NoError(t, json.Unmarshal(claim(t, p.Cookie(t, "access_token"), "exp"), &exp))
	late.Store(int64(time.Until(time.Unix(exp, 0)) + 5*time.Second))
	requireMe(t, http.StatusOK, c) // the API allows 30 s of clock difference
	requireProblem(t, http.StatusUnauthorized, "expired_token", change(t, c, p.Password, "better-horse-10"))
	require.Equal(t, 1, sessionsOf(t, a, p), "the session that checked the password has ended")
	require.Equal(t, http.StatusOK, refresh(t, c).StatusCode)
	require.Equal(t, http.StatusNoContent, change(t, c, p.Password, "better-horse-10").StatusCode)
}

// claim reads one claim of a token without checking it.
func claim(t *testing.T, token, name string) json.RawMessage {
	t.Helper()
	text, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	require.NoError(t, err)
	var claims map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &claims))
	return claims[name]
}

func TestResetPassword_AccountEndsMeanwhile_ReturnsMailTokenInvalid(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for how, statement := range sessionEndings {
		p := a.Person(t)
		b := replicaThatRuns(t, a, p, how, statement)
		_, err := p.RequestPasswordResetWithResponse(t.Context(), api.EmailRequest{Email: p.Email})
		require.NoError(t, err)
		r, err := b.Client(t).
			ResetPasswordWithResponse(t.Context(), api.PasswordReset{NewPassword: "better-horse-10", TokenHash: new(mail(t, a, "recovery", p.Email).TokenHash)})
		require.NoError(t, err)
		requireProblem(t, http.StatusForbidden, "mail_token_invalid", newResponse(r.HTTPResponse, r.Body))
	}
}
