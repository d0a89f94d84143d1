// Package session answers who is asking: it finds the credential of a request, checks the token locally, and keeps the
// two cookies. Nothing else in this service sees a token or a cookie.
package session

import (
	"context"
	"net/http"
	"strings"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// MaxToken is the largest token that is looked at. Supabase Auth's own are under 1 kB; user metadata can blow one up.
const MaxToken = 8 << 10

// Credentials are what a request brought, unchecked. AccessToken is the bearer token or, without one, the cookie's.
type Credentials struct {
	AccessToken  string
	RefreshToken string
}

// carrier is what a request's context holds of its session.
type carrier struct {
	credentials Credentials
	caller      gotrue.Caller
	header      http.Header // of the answer
	cookies     Cookies
}

type carrierKey struct{}

// Receive reads the request's credentials into its context. header is the answer's, for the cookies that are set later.
func (c Cookies) Receive(r *http.Request, header http.Header, clientIP string) context.Context {
	k := &carrier{
		caller:  gotrue.Caller{IP: clientIP, UserAgent: r.UserAgent()},
		header:  header,
		cookies: c,
	}
	if cookie, err := r.Cookie(refreshCookie); err == nil {
		k.credentials.RefreshToken = cookie.Value
	}
	if token, ok := bearer(r.Header); ok {
		k.credentials.AccessToken = token
	} else if cookie, err := r.Cookie(accessCookie); err == nil {
		k.credentials.AccessToken = cookie.Value
	}
	return context.WithValue(r.Context(), carrierKey{}, k)
}

// UsesBearer reports whether a request names its token itself, as no page can make a browser do. Other schemes do not
// count: beside them the cookie does.
func UsesBearer(r *http.Request) bool {
	_, ok := bearer(r.Header)
	return ok
}

// bearer finds the token of an Authorization header; another scheme counts as none.
func bearer(h http.Header) (string, bool) {
	scheme, token, _ := strings.Cut(h.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return "", false
	}
	return strings.TrimSpace(token), true
}

// From gives the credentials of the request in ctx.
func From(ctx context.Context) Credentials { return carrierOf(ctx).credentials }

// Caller tells Supabase Auth whose request this is.
func Caller(ctx context.Context) gotrue.Caller { return carrierOf(ctx).caller }

func carrierOf(ctx context.Context) *carrier {
	return ctx.Value(carrierKey{}).(*carrier) // every request passes Receive
}

// Require is for operations that need somebody: it answers their identity or a 401 problem.
func (v *Verifier) Require(ctx context.Context) (*db.Identity, error) {
	token := From(ctx).AccessToken
	switch {
	case token == "":
		return nil, problem.New(problem.MissingToken)
	case len(token) > MaxToken:
		return nil, problem.New(problem.TokenTooLarge)
	}
	return v.Verify(ctx, token)
}
