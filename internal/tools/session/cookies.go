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

	// The access cookie outlives its token where the token is short-lived: an expired token is an invitation to refresh,
	// an absent one says that nobody signed in.
	accessAge  = 7 * 24 * time.Hour
	refreshAge = 30 * 24 * time.Hour

	// Browsers drop larger cookies without a word, and their owner seems never to have signed in. Somebody should learn
	// that user metadata has grown too big.
	maxCookie = 4000
)

// Cookies writes the two cookies: httpOnly and SameSite=Lax, and Secure except on a developer's machine.
type Cookies struct{ Secure bool }

// SignIn sets both cookies on the answer of the request in ctx.
func SignIn(ctx context.Context, s gotrue.Session) {
	k := carrierOf(ctx)
	if len(s.AccessToken) > maxCookie {
		slog.WarnContext(ctx, "session_cookie_too_large", "bytes", len(s.AccessToken))
	}
	k.set(accessCookie, s.AccessToken, accessAge)
	k.set(refreshCookie, s.RefreshToken, refreshAge)
}

// SignOut clears both cookies.
func SignOut(ctx context.Context) {
	k := carrierOf(ctx)
	k.set(accessCookie, "", -time.Second)
	k.set(refreshCookie, "", -time.Second)
}

func (k *carrier) set(name, value string, age time.Duration) {
	path := "/api"
	if name == refreshCookie {
		path = "/api/v1/auth" // the one room that needs it
	}
	cookie := http.Cookie{
		Name: name, Value: value, Path: path, MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: k.cookies.Secure, SameSite: http.SameSiteLaxMode,
	}
	k.header.Add("Set-Cookie", cookie.String())
}
