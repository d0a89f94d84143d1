package session_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/session"
)

func TestReceive_ReadsCredentials(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name            string
		authorization   []string
		cookie          string
		access, refresh string
	}{
		{"nothing", nil, "", "", ""},
		{"bearer", []string{"Bearer a"}, "", "a", ""},
		{"bearer in lower case", []string{"bearer a"}, "", "a", ""},
		{"bearer in upper case", []string{"BEARER a"}, "", "a", ""},
		{"bearer with more spaces", []string{"Bearer   a "}, "", "a", ""},
		{"cookies", nil, "access_token=a; refresh_token=r", "a", "r"},
		{"cookies among others", nil, "theme=dark; access_token=a; x=y; refresh_token=r", "a", "r"},
		{"bearer and cookie: bearer", []string{"Bearer b"}, "access_token=a; refresh_token=r", "b", "r"},
		{"empty bearer and cookie: empty bearer", []string{"Bearer "}, "access_token=a", "", ""},
		{"bearer without space and cookie: empty bearer", []string{"Bearer"}, "access_token=a", "", ""},
		{"basic counts as none", []string{"Basic YTpi"}, "", "", ""},
		{"basic and cookie: cookie", []string{"Basic YTpi"}, "access_token=a", "a", ""},
		{"a scheme with the same prefix", []string{"Bearerx a"}, "", "", ""},
		{"two headers: the first", []string{"Bearer a", "Bearer b"}, "", "a", ""},
		{"two access cookies: none", nil, "access_token=a; access_token=b; refresh_token=r", "", "r"},
		{"two refresh cookies: none", nil, "access_token=a; refresh_token=r; refresh_token=s", "a", ""},
		{"bearer and two access cookies: bearer", []string{"Bearer b"}, "access_token=a; access_token=c", "b", ""},
		{"quoted cookie", nil, `refresh_token="r"`, "", "r"},
		{"other names", nil, "Access_Token=a; xrefresh_token=r", "", ""},
		{"nonsense", nil, "=;;=\x01; access_token", "", ""},
		{"nonsense beside a cookie", nil, "=;;={}; refresh_token=r; \"", "", "r"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			for _, h := range c.authorization {
				r.Header.Add("Authorization", h)
			}
			if c.cookie != "" {
				r.Header.Set("Cookie", c.cookie)
			}
			r.Header.Set("User-Agent", "watch/1")
			ctx := session.Cookies{}.Receive(r, http.Header{}, "203.0.113.7")
			got := session.From(ctx)
			require.Equal(t, []string{c.access, c.refresh}, []string{got.AccessToken, got.RefreshToken})
			require.Equal(t, gotrue.Caller{IP: "203.0.113.7", UserAgent: "watch/1"}, session.Caller(ctx))
		})
	}
}

func TestRequire_NoToken_ReturnsMissingToken(t *testing.T) {
	t.Parallel()
	v := hs256Verifier(newClock())
	for _, authorization := range []string{"", "Bearer", "Bearer ", "bearer   ", "Basic YTpi", "a.b.c"} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Authorization", authorization)
		_, err := v.Require(session.Cookies{}.Receive(r, http.Header{}, ""))
		requireProblem(t, problem.MissingToken, err, authorization)
	}
}

func TestCookies_AreHTTPOnlyAndSameSiteLax(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		header := http.Header{}
		ctx := session.Cookies{Secure: secure}.Receive(httptest.NewRequest(http.MethodGet, "/", nil), header, "")
		require.NoError(t, session.SignIn(ctx, gotrue.Session{AccessToken: "a.b.c", RefreshToken: "r"}))
		tail := "; HttpOnly; SameSite=Lax"
		if secure {
			tail = "; HttpOnly; Secure; SameSite=Lax"
		}
		require.Equal(t, []string{
			"access_token=a.b.c; Path=/api; Max-Age=604800" + tail,
			"refresh_token=r; Path=/api/v1/auth; Max-Age=2592000" + tail,
		}, header["Set-Cookie"])

		header.Del("Set-Cookie")
		session.SignOut(ctx)
		require.Equal(t, []string{
			"access_token=; Path=/api; Max-Age=0" + tail,
			"refresh_token=; Path=/api/v1/auth; Max-Age=0" + tail,
		}, header["Set-Cookie"], "a cookie is cleared only with its own name, path and attributes")
	}
}

func TestVerify_TokenInConstantUse_StillExpires(t *testing.T) {
	t.Parallel()
	now, k := newClock(), newKey(t)
	v := jwksVerifier(newJWKS(t, k.jwk(t)), now)
	token := k.token(t, now.now(), map[string]any{"exp": now.now().Add(5 * time.Minute).Unix()})
	for range 5 {
		requireAccepted(t, v, token, "while it lives")
		now.advance(time.Minute)
	}
	now.advance(31 * time.Second)
	requireRefused(t, problem.ExpiredToken, v, token, "after that")
}

func TestSignIn_CookieLargerThanBrowsersKeep_ReturnsProblem(t *testing.T) {
	t.Parallel()
	attributes := len("access_token=; Path=/api; Max-Age=604800; HttpOnly; Secure; SameSite=Lax")
	for size, fits := range map[int]bool{4096 - attributes: true, 4097 - attributes: false, 27_000: false} {
		header := http.Header{}
		ctx := session.Cookies{Secure: true}.Receive(httptest.NewRequest(http.MethodGet, "/", nil), header, "")
		err := session.SignIn(ctx, gotrue.Session{AccessToken: strings.Repeat("a", size), RefreshToken: "r"})
		if fits {
			require.NoError(t, err, size)
			require.Len(t, header["Set-Cookie"], 2, size)
			require.Len(t, header["Set-Cookie"][0], 4096, size)
		} else {
			requireProblem(t, problem.SessionTooLarge, err, strconv.Itoa(size))
			require.Empty(t, header["Set-Cookie"], size)
		}
	}
}
