// Package session authenticates requests: it reads the credentials, verifies the access token locally and sets the two
// cookies. No other package reads a token or a cookie.
package session

import (
	"context"
	"net/http"
	"strings"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// MaxToken is the largest accepted token in bytes. Tokens of Supabase Auth have under 1 kB unless user metadata is large.
const MaxToken = 8 << 10

// Credentials are the unverified tokens of a request. AccessToken is the bearer token or, without one, the cookie's.
type Credentials struct {
	AccessToken  string
	RefreshToken string
}

// requestSession holds the credentials of a request and the headers of its response.
type requestSession struct {
	credentials Credentials
	caller      gotrue.Caller
	header      http.Header // of the response
	cookies     Cookies
}

type requestSessionKey struct{}

// Receive returns the request's context with its credentials. SignIn and SignOut write cookies to the response's header.
func (c Cookies) Receive(r *http.Request, header http.Header, clientIP string) context.Context {
	k := &requestSession{
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
	return context.WithValue(r.Context(), requestSessionKey{}, k)
}

// UsesBearer reports whether a request has a bearer token, which no foreign web page can make a browser send. With any other
// authorization scheme the cookie is used.
func UsesBearer(r *http.Request) bool {
	_, ok := bearer(r.Header)
	return ok
}

// bearer returns the bearer token of the Authorization header; ok is false for another scheme.
func bearer(h http.Header) (token string, ok bool) {
	scheme, token, _ := strings.Cut(h.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return "", false
	}
	return strings.TrimSpace(token), true
}

// From returns the credentials of the request in ctx.
func From(ctx context.Context) Credentials { return requestSessionOf(ctx).credentials }

// Caller returns the client address and user agent of the request in ctx, for Supabase Auth.
func Caller(ctx context.Context) gotrue.Caller { return requestSessionOf(ctx).caller }

func requestSessionOf(ctx context.Context) *requestSession {
	return ctx.Value(requestSessionKey{}).(*requestSession) // every request goes through Receive
}

// Require returns the identity of the signed-in user or a 401 problem.
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
