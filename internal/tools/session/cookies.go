package session

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

const (
	accessCookie  = "access_token"
	refreshCookie = "refresh_token"

	// The access cookie may live longer than its token: an expired token tells the client to refresh, a missing one that
	// nobody is signed in.
	accessAge  = 7 * 24 * time.Hour
	refreshAge = 30 * 24 * time.Hour

	// Browsers silently drop larger cookies, and the user seems never to have signed in (RFC 6265 section 6.1; name, value and
	// attributes together). Large user metadata is the cause.
	maxCookie = 4096
)

// Cookies says how the two cookies are written: httpOnly, SameSite=Lax, and Secure except in development.
type Cookies struct{ Secure bool }

// SignIn sets both cookies on the response to the request in ctx. It sets none and returns the problem session_too_large when a
// browser would not keep them.
func SignIn(ctx context.Context, s gotrue.Session) error {
	k := requestSessionOf(ctx)
	access, refresh := k.cookie(accessCookie, s.AccessToken, accessAge), k.cookie(refreshCookie, s.RefreshToken, refreshAge)
	if size := max(len(access), len(refresh)); size > maxCookie {
		slog.WarnContext(ctx, "session_cookie_too_large", "bytes", size, "user_id", s.User.ID)
		return problem.New(problem.SessionTooLarge)
	}
	k.header.Add("Set-Cookie", access)
	k.header.Add("Set-Cookie", refresh)
	return nil
}

// SignOut clears both cookies.
func SignOut(ctx context.Context) {
	k := requestSessionOf(ctx)
	k.header.Add("Set-Cookie", k.cookie(accessCookie, "", -time.Second))
	k.header.Add("Set-Cookie", k.cookie(refreshCookie, "", -time.Second))
}

// cookie returns the value of a Set-Cookie header. The cookie has no Domain, so that only this host receives it.
func (k *requestSession) cookie(name, value string, age time.Duration) string {
	path := "/api"
	if name == refreshCookie {
		path = "/api/v1/auth" // the only operations that need it
	}
	cookie := http.Cookie{
		Name: name, Value: value, Path: path, MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: k.cookies.Secure, SameSite: http.SameSiteLaxMode,
	}
	return cookie.String()
}
