package session

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/ultimatecoach/api/internal/tools/gotrue"
)

const (
	accessCookie  = "access_token"
	refreshCookie = "refresh_token"

	// The access cookie may live longer than its token: an expired token tells the client to refresh, a missing one that
	// nobody is signed in.
	accessAge  = 7 * 24 * time.Hour
	refreshAge = 30 * 24 * time.Hour

	// Browsers silently drop larger cookies, and the user seems never to have signed in. Large user metadata is the cause.
	maxCookie = 4000
)

// Cookies says how the two cookies are written: httpOnly, SameSite=Lax, and Secure except in development.
type Cookies struct{ Secure bool }

// SignIn sets both cookies on the response to the request in ctx.
func SignIn(ctx context.Context, s gotrue.Session) {
	k := requestSessionOf(ctx)
	if len(s.AccessToken) > maxCookie {
		slog.WarnContext(ctx, "session_cookie_too_large", "bytes", len(s.AccessToken))
	}
	k.set(accessCookie, s.AccessToken, accessAge)
	k.set(refreshCookie, s.RefreshToken, refreshAge)
}

// SignOut clears both cookies.
func SignOut(ctx context.Context) {
	k := requestSessionOf(ctx)
	k.set(accessCookie, "", -time.Second)
	k.set(refreshCookie, "", -time.Second)
}

func (k *requestSession) set(name, value string, age time.Duration) {
	path := "/api"
	if name == refreshCookie {
		path = "/api/v1/auth" // the only operations that need it
	}
	cookie := http.Cookie{
		Name: name, Value: value, Path: path, MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: k.cookies.Secure, SameSite: http.SameSiteLaxMode,
	}
	k.header.Add("Set-Cookie", cookie.String())
}
