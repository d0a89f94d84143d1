package auth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/session"
)

func getSession(tb testing.TB, c *apitest.Client, editors ...api.RequestEditorFn) (*api.CurrentSession, response) {
	tb.Helper()
	r, err := c.GetSessionWithResponse(tb.Context(), editors...)
	require.NoError(tb, err)
	require.Equal(tb, http.StatusOK, r.StatusCode(), string(r.Body))
	return r.JSON200, newResponse(r.HTTPResponse, r.Body)
}

func cookies(pairs ...string) api.RequestEditorFn {
	return apitest.Header("Cookie", strings.Join(pairs, "; "))
}

func withoutJar(tb testing.TB, a *apitest.API) *apitest.Client {
	tb.Helper()
	c := a.Client(tb)
	c.HTTP.Jar = nil
	return c
}

func TestGetSession_SignedIn_ReturnsTheUser(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	got, raw := getSession(t, p.Client)
	user, err := got.User.Get()
	require.NoError(t, err)
	require.Equal(t, p.ID, user.ID)
	require.Equal(t, p.Email, user.Email)
	require.True(t, user.EmailConfirmed)
	require.True(t, got.CanRefresh)
	require.WithinDuration(t, time.Now().Add(7*24*time.Hour), got.Session.ExpiresAt, time.Minute)
	require.Equal(t, p.ID.String(), raw.Header.Get("X-User-Id"))
	require.Empty(t, raw.Cookies())

	got, _ = getSession(t, a.Bearer(t, p.Cookie(t, "access_token")))
	require.False(t, got.User.IsNull())
	require.False(t, got.CanRefresh, "a bearer token has no refresh cookie")
}

func TestGetSession_NobodySignedIn_ReturnsNull(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p, ended, banned := a.Person(t), a.Person(t), a.Person(t)
	access, refreshToken := p.Cookie(t, "access_token"), p.Cookie(t, "refresh_token")
	_, err := a.Database.Owner.Exec(t.Context(), `delete from auth.sessions where user_id = $1`, ended.ID)
	require.NoError(t, err)
	ban(t, a, banned.ID, "1 hour")
	for name, c := range map[string]struct {
		editor     api.RequestEditorFn
		canRefresh bool
	}{
		"no cookies":                   {cookies(), false},
		"only a refresh cookie":        {cookies("refresh_token=" + refreshToken), true},
		"garbage and a refresh cookie": {cookies("access_token=garbage", "refresh_token="+refreshToken), true},
		"garbage":                      {cookies("access_token=garbage", "refresh_token=garbage"), false},
		"a session that has ended":     {cookies("access_token="+ended.Cookie(t, "access_token"), "refresh_token="+ended.Cookie(t, "refresh_token")), false},
		"a banned user":                {cookies("access_token="+banned.Cookie(t, "access_token"), "refresh_token="+banned.Cookie(t, "refresh_token")), false},
		"a bad bearer token":           {apitest.Token("garbage"), false},
		"two access cookies":           {cookies("access_token="+access, "access_token="+access), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, raw := getSession(t, withoutJar(t, a), c.editor)
			require.True(t, got.User.IsNull(), "%s", raw.body)
			require.Contains(t, string(raw.body), `"user":null`)
			require.Nil(t, got.Session)
			require.Equal(t, c.canRefresh, got.CanRefresh)
			require.Empty(t, raw.Header.Get("X-User-Id"))
			require.Empty(t, raw.Cookies())
		})
	}
}

func TestLogout_CookiesInAnyState_EndsTheSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	// The server's clock is a day ahead of the one of Supabase Auth in the last case: the access token of a minute has expired.
	expiring := apitest.New(t, apitest.Setup{Standin: func(o *standin.Options) { o.JWTExpiry = time.Minute }})
	expired := replica(t, expiring, func(o *server.Options) {
		o.Verifier = session.NewVerifier(session.VerifierOptions{
			JWKSURL: expiring.AuthURL + "/.well-known/jwks.json", Issuer: expiring.AuthURL,
			Now: func() time.Time { return time.Now().Add(24 * time.Hour) },
		})
	})
	for name, c := range map[string]struct {
		at     *apitest.API
		cookie func(access, refresh string) []string
	}{
		"both cookies": {a, func(access, refresh string) []string {
			return []string{"access_token=" + access, "refresh_token=" + refresh}
		}},
		"only the refresh cookie":  {a, func(_, refresh string) []string { return []string{"refresh_token=" + refresh} }},
		"only the access cookie":   {a, func(access, _ string) []string { return []string{"access_token=" + access} }},
		"a garbage access cookie":  {a, func(_, refresh string) []string { return []string{"access_token=garbage", "refresh_token=" + refresh} }},
		"a garbage refresh cookie": {a, func(access, _ string) []string { return []string{"access_token=" + access, "refresh_token=garbage"} }},
		"an access cookie in two copies": {a, func(access, refresh string) []string {
			return []string{"access_token=x", "access_token=" + access, "refresh_token=" + refresh}
		}},
		"a refresh cookie in two copies":     {a, func(_, refresh string) []string { return []string{"refresh_token=x", "refresh_token=" + refresh} }},
		"only an access cookie that expired": {expiring, func(access, _ string) []string { return []string{"access_token=" + access} }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := c.at.Person(t)
			other := p.SignIn(t)
			at := c.at
			if at == expiring {
				at = expired
				requireProblem(
					t,
					http.StatusUnauthorized,
					"expired_token",
					requireMe(t, http.StatusUnauthorized, clientAt(t, p.Client, at)),
				)
			}
			got := newResponseOf(t, withoutJar(t, at), cookies(c.cookie(p.Cookie(t, "access_token"), p.Cookie(t, "refresh_token"))...))
			require.Equal(t, http.StatusNoContent, got.StatusCode, "%s", got.body)
			requireCookiesCleared(t, got)
			require.Equal(t, p.ID.String(), got.Header.Get("X-User-Id"))
			require.Equal(t, 1, sessionsOf(t, c.at, p), "the session has ended, the other one has not")
			requireMe(t, http.StatusOK, other)
		})
	}
}

func newResponseOf(tb testing.TB, c *apitest.Client, editors ...api.RequestEditorFn) response {
	tb.Helper()
	r, err := c.LogoutWithResponse(tb.Context(), editors...)
	require.NoError(tb, err)
	return newResponse(r.HTTPResponse, r.Body)
}

func TestLogout_TokenOfAnotherServer_EndsNothing(t *testing.T) {
	t.Parallel()
	a, foreign := apitest.New(t), apitest.New(t)
	p := a.Person(t)
	stranger := foreign.Person(t)
	got := newResponseOf(t, withoutJar(t, a), cookies("access_token="+stranger.Cookie(t, "access_token")))
	require.Equal(t, http.StatusNoContent, got.StatusCode)
	require.Equal(t, 1, sessionsOf(t, foreign, stranger))
	requireMe(t, http.StatusOK, p.Client)
}

func TestExpectedUser_WriteForAnotherUser_Returns409AndWritesNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	other := apitest.Header("X-Expected-User-Id", uuid.NewString())
	own := apitest.Header("X-Expected-User-Id", strings.ToUpper(p.ID.String()))
	name := "Bob"
	write := func(editors ...api.RequestEditorFn) response {
		r, err := p.UpdateMeWithBodyWithResponse(
			t.Context(),
			nil,
			"application/json",
			strings.NewReader(`{"full_name":"`+name+`"}`),
			editors...)
		require.NoError(t, err)
		return newResponse(r.HTTPResponse, r.Body)
	}
	got := write(other)
	requireProblem(t, http.StatusConflict, "wrong_user", got)
	require.Equal(t, p.ID.String(), got.Header.Get("X-User-Id"))
	require.Contains(t, string(requireMe(t, http.StatusOK, p.Client).body), "Ann A")
	twice := func(_ context.Context, r *http.Request) error {
		r.Header["X-Expected-User-Id"] = []string{uuid.NewString(), p.ID.String()}
		return nil
	}
	noUUID := []string{"ann", "{" + uuid.NewString() + "}", "urn:uuid:" + uuid.NewString(), strings.ReplaceAll(uuid.NewString(), "-", "")}
	for _, value := range noUUID {
		requireField(t, http.StatusBadRequest, "X-Expected-User-Id", "", write(apitest.Header("X-Expected-User-Id", value)))
	}
	requireField(t, http.StatusBadRequest, "X-Expected-User-Id", "", write(twice))
	require.Equal(t, http.StatusOK, write(own).StatusCode)
	require.Equal(t, p.ID.String(), requireMe(t, http.StatusOK, p.Client, other).Header.Get("X-User-Id"), "a read says whose it is")

	got = newResponseOf(t, p.Client, other)
	requireProblem(t, http.StatusConflict, "wrong_user", got)
	require.Empty(t, got.Cookies())
	got = refresh(t, p.Client, other)
	requireProblem(t, http.StatusConflict, "wrong_user", got)
	require.Empty(t, got.Cookies())
	require.Equal(t, http.StatusOK, refresh(t, p.Client, own).StatusCode, "the refused refresh did not use the token up")
	require.Equal(t, http.StatusNoContent, newResponseOf(t, p.Client, own).StatusCode)
}

func TestUserHeader_EveryResponseToASignedInUser_HasIt(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	require.Equal(t, p.ID.String(), requireMe(t, http.StatusOK, p.Client).Header.Get("X-User-Id"))
	require.Equal(t, p.ID.String(), revoke(t, p.Client, uuid.New()).Header.Get("X-User-Id"), "404")
	require.Equal(t, p.ID.String(), change(t, p.Client, "x", "short").Header.Get("X-User-Id"), "400")
	require.Equal(t, p.ID.String(), login(t, a.Client(t), p.Email, p.Password).Header.Get("X-User-Id"))
	require.Equal(t, p.ID.String(), refresh(t, p.Client).Header.Get("X-User-Id"))
	require.Equal(t, p.ID.String(), logout(t, p.Client).Header.Get("X-User-Id"))
	require.Empty(t, requireMe(t, http.StatusUnauthorized, p.Client).Header.Get("X-User-Id"))
	require.Empty(t, login(t, a.Client(t), p.Email, "wrong-horse-9").Header.Get("X-User-Id"))
	p = a.Person(t)
	_, err := a.Database.Owner.Exec(t.Context(), `delete from auth.sessions where user_id = $1`, p.ID)
	require.NoError(t, err)
	require.Empty(t, requireMe(t, http.StatusUnauthorized, p.Client).Header.Get("X-User-Id"), "the session has ended")
}

func TestUserHeader_CORS_AllowsAndExposesIt(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	exposed := requireMe(t, http.StatusOK, p.Client, apitest.Header("Origin", a.Origin)).Header.Get("Access-Control-Expose-Headers")
	require.Contains(t, exposed, "X-User-Id")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, a.URL+"/api/v1/users/me", nil)
	require.NoError(t, err)
	r.Header.Set("Origin", a.Origin)
	r.Header.Set("Access-Control-Request-Method", http.MethodPatch)
	r.Header.Set("Access-Control-Request-Headers", "x-expected-user-id")
	preflight, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer preflight.Body.Close()
	require.Contains(t, preflight.Header.Get("Access-Control-Allow-Headers"), "X-Expected-User-Id")
}

// TestRefresh_LateResponse_DoesNotChangeTheNewSession holds a refresh at Supabase Auth, signs in as somebody else in the same browser
// and then lets the refresh continue.
func TestRefresh_LateResponse_DoesNotChangeTheNewSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	target, err := url.Parse(strings.TrimSuffix(a.AuthURL, "/auth/v1"))
	require.NoError(t, err)
	for _, held := range []string{"before the exchange", "after the exchange"} {
		t.Run(held, func(t *testing.T) {
			t.Parallel()
			arrived, release := make(chan struct{}, 1), make(chan struct{})
			proxy := httputil.NewSingleHostReverseProxy(target)
			web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Query().Get("grant_type") != "refresh_token" {
					proxy.ServeHTTP(w, r)
					return
				}
				if held == "before the exchange" {
					arrived <- struct{}{}
					<-release
					proxy.ServeHTTP(w, r)
					return
				}
				recorder := httptest.NewRecorder()
				proxy.ServeHTTP(recorder, r)
				arrived <- struct{}{}
				<-release
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(recorder.Code)
				_, _ = w.Write(recorder.Body.Bytes())
			}))
			t.Cleanup(web.Close)
			b := replica(t, a, func(o *server.Options) { o.Auth = gotrue.New(gotrue.Options{BaseURL: web.URL + "/auth/v1"}) })
			ann, bob := a.Person(t), a.Person(t)
			browser := clientAt(t, ann.Client, b)

			late := make(chan response, 1)
			go func() {
				r, err := browser.RefreshSessionWithResponse(context.WithoutCancel(t.Context()))
				if err != nil {
					t.Error(err)
					late <- response{}
					return
				}
				late <- newResponse(r.HTTPResponse, r.Body)
			}()
			<-arrived
			require.Equal(t, http.StatusOK, login(t, browser, bob.Email, bob.Password).StatusCode)
			access := browser.Cookie(t, "access_token")
			close(release)
			got := <-late
			requireProblem(t, http.StatusUnauthorized, "session_ended", got)
			require.Empty(t, got.Cookies(), "the browser keeps the cookies of the new session")
			require.Equal(t, access, browser.Cookie(t, "access_token"))
			require.Equal(t, bob.ID.String(), requireMe(t, http.StatusOK, browser).Header.Get("X-User-Id"))
			require.Equal(t, bob.ID.String(), refresh(t, clientAt(t, browser, a)).Header.Get("X-User-Id"))
			require.Zero(t, sessionsOf(t, a, ann), "signing in ended the browser's previous session")
		})
	}
}

func TestRefresh_CookiesOfTwoSessions_Returns409AndKeepsBoth(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ann, bob := a.Person(t), a.Person(t)
	got := refresh(
		t,
		withoutJar(t, a),
		cookies("access_token="+bob.Cookie(t, "access_token"), "refresh_token="+ann.Cookie(t, "refresh_token")),
	)
	requireProblem(t, http.StatusConflict, "session_replaced", got)
	require.Empty(t, got.Cookies())
	for _, p := range []*apitest.Person{ann, bob} {
		requireMe(t, http.StatusOK, p.Client)
		require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode)
	}
}

func TestSignIn_InABrowserWithASession_EndsOnlyThatSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	ann, bob := a.Person(t), a.Person(t)
	phone := ann.SignIn(t)
	requireProblem(t, http.StatusUnauthorized, "invalid_credentials", login(t, ann.Client, bob.Email, "wrong-horse-9"))
	requireMe(t, http.StatusOK, ann.Client)
	require.Equal(t, http.StatusOK, login(t, ann.Client, bob.Email, bob.Password).StatusCode)
	require.Equal(t, bob.ID.String(), requireMe(t, http.StatusOK, ann.Client).Header.Get("X-User-Id"))
	require.Equal(t, 1, sessionsOf(t, a, ann))
	requireMe(t, http.StatusOK, phone)
	require.Equal(t, 2, sessionsOf(t, a, bob))
}

func TestCookies_SeveralOfOneName_AreRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p, attacker := a.Person(t), a.Person(t)
	access, refreshToken := p.Cookie(t, "access_token"), p.Cookie(t, "refresh_token")
	for _, tossed := range []string{attacker.Cookie(t, "access_token"), access, "", "garbage"} {
		for _, c := range []api.RequestEditorFn{cookies("access_token="+access, "access_token="+tossed), cookies("access_token="+tossed, "access_token="+access)} {
			requireProblem(t, http.StatusUnauthorized, "ambiguous_cookies", requireMe(t, http.StatusUnauthorized, withoutJar(t, a), c))
		}
	}
	for _, tossed := range []string{attacker.Cookie(t, "refresh_token"), refreshToken, "", "garbage"} {
		got := refresh(t, withoutJar(t, a), cookies("refresh_token="+tossed, "refresh_token="+refreshToken))
		requireProblem(t, http.StatusUnauthorized, "ambiguous_cookies", got)
		require.Empty(t, got.Cookies())
	}
	requireProblem(t, http.StatusUnauthorized, "ambiguous_cookies",
		refresh(t, withoutJar(t, a), cookies("access_token="+access, "access_token="+access, "refresh_token="+refreshToken)))
	requireMe(t, http.StatusOK, withoutJar(t, a), cookies("access_token=a", "access_token=b"), apitest.Token(access))
	requireMe(t, http.StatusOK, p.Client)
	require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode)
}

// largeMetadata gives a user metadata that makes tokens of more than 4096 bytes.
func largeMetadata(tb testing.TB, a *apitest.API, p *apitest.Person, bytes int) {
	tb.Helper()
	_, err := a.Database.Owner.Exec(
		tb.Context(),
		`update auth.users set raw_user_meta_data = raw_user_meta_data || jsonb_build_object('note', repeat('x', $2)) where id = $1`,
		p.ID,
		bytes,
	)
	require.NoError(tb, err)
}

func TestSignIn_TokenTooLargeForACookie_Returns403AndOpensNoSession(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	largeMetadata(t, a, p, 4000)
	got := login(t, a.Client(t), p.Email, p.Password)
	problem := requireProblem(t, http.StatusForbidden, "session_too_large", got)
	require.Contains(t, problem.Detail, "metadata")
	require.Empty(t, got.Cookies())
	require.Equal(t, 1, sessionsOf(t, a, p), "only the old session is left")
	got = refresh(t, p.Client)
	requireProblem(t, http.StatusForbidden, "session_too_large", got)
	require.Empty(t, got.Cookies())
	requireMe(t, http.StatusOK, p.Client)

	largeMetadata(t, a, p, 10)
	require.Equal(t, http.StatusOK, refresh(t, p.Client).StatusCode, "the session works again with less metadata")
	require.Equal(t, http.StatusOK, login(t, a.Client(t), p.Email, p.Password).StatusCode)
}
