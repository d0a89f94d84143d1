// Package session authenticates requests: it reads the credentials, verifies the access token locally and sets the two
// cookies. No other package reads a token or a cookie.
package session

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// MaxToken is the largest accepted token in bytes. Tokens of Supabase Auth have under 1 kB unless user metadata is large.
const MaxToken = 8 << 10

// Credentials are the unverified tokens of a request. AccessToken is the bearer token or, without one, the cookie's.
type Credentials struct {
	AccessToken  string
	RefreshToken string
	// Bearer is true when AccessToken is a bearer token.
	Bearer bool
	// AccessCookies and RefreshCookies are the values of all cookies of these names. More than one is ambiguous: a page of another
	// host of the same domain may have set the second. Then AccessToken and RefreshToken are empty.
	AccessCookies, RefreshCookies []string
}

// requestSession holds the credentials of a request and the headers of its response.
type requestSession struct {
	credentials Credentials
	caller      gotrue.Caller
	header      http.Header // of the response
	cookies     Cookies
	expected    []string // values of X-Expected-User-Id
}

type requestSessionKey struct{}

// Receive returns the request's context with its credentials. SignIn and SignOut write cookies to the response's header.
func (c Cookies) Receive(r *http.Request, header http.Header, clientIP string) context.Context {
	k := &requestSession{
		caller:   gotrue.Caller{IP: clientIP, UserAgent: r.UserAgent()},
		header:   header,
		cookies:  c,
		expected: r.Header.Values(headerExpectedUser),
	}
	found := &k.credentials
	found.AccessCookies, found.RefreshCookies = cookieValues(r, accessCookie), cookieValues(r, refreshCookie)
	if len(found.RefreshCookies) == 1 {
		found.RefreshToken = found.RefreshCookies[0]
	}
	if token, ok := bearer(r.Header); ok {
		found.AccessToken, found.Bearer = token, true
	} else if len(found.AccessCookies) == 1 {
		found.AccessToken = found.AccessCookies[0]
	}
	return context.WithValue(r.Context(), requestSessionKey{}, k)
}

func cookieValues(r *http.Request, name string) (values []string) {
	for _, cookie := range r.CookiesNamed(name) {
		values = append(values, cookie.Value)
	}
	return values
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

// Header names: X-User-Id of a response is the user of the request; X-Expected-User-Id of a write is the user it is meant for.
const (
	headerUser         = "X-User-Id" // canonical, as net/http would write it
	headerExpectedUser = "X-Expected-User-Id"
)

// SetUser names the user of the request in the response's headers and in the request's log lines.
func SetUser(ctx context.Context, user uuid.UUID) {
	id := user.String()
	requestSessionOf(ctx).header[headerUser] = []string{id}
	logs.ScopeFrom(ctx).UserID = id
}

// CheckExpectedUser returns the problem wrong_user when the request is meant for another user than the signed-in one. A value that
// is not one UUID with hyphens is refused by the contract's validation.
func CheckExpectedUser(ctx context.Context, signedIn uuid.UUID) error {
	values := requestSessionOf(ctx).expected
	if len(values) != 1 || len(values[0]) != len(uuid.Nil.String()) { // Parse reads other forms too
		return nil
	}
	if expected, err := uuid.Parse(values[0]); err == nil && expected != signedIn {
		return problem.New(problem.WrongUser)
	}
	return nil
}

// RefreshToken returns the request's refresh cookie, "" when there is none, or a 401 problem when there are several.
func RefreshToken(ctx context.Context) (string, error) {
	c := From(ctx)
	if len(c.RefreshCookies) > 1 {
		return "", ambiguous(ctx, refreshCookie, len(c.RefreshCookies))
	}
	return c.RefreshToken, nil
}

// AccessCookie returns the request's access cookie, "" when there is none, or a 401 problem when there are several.
func AccessCookie(ctx context.Context) (string, error) {
	cookies := From(ctx).AccessCookies
	switch len(cookies) {
	case 0:
		return "", nil
	case 1:
		return cookies[0], nil
	}
	return "", ambiguous(ctx, accessCookie, len(cookies))
}

// ambiguous logs and returns the problem of several cookies with the same name.
func ambiguous(ctx context.Context, name string, count int) error {
	slog.WarnContext(ctx, "auth_ambiguous_cookies", "cookie", name, "count", count)
	p := problem.New(problem.AmbiguousCookies)
	p.Detail = "The request has " + strconv.Itoa(count) + " cookies named " + name + ". Delete the cookies of this site and sign in again."
	return p
}

// Optional returns the identity in a request's access token, or nil when it has no valid one. An error means that the signing keys
// are not available.
func (v *Verifier) Optional(ctx context.Context) (*db.Identity, error) {
	identity, err := v.Require(ctx)
	if p, ok := errors.AsType[*problem.Problem](err); ok && p.Type.Status == http.StatusUnauthorized {
		return nil, nil
	}
	return identity, err
}

// Require returns the identity of the signed-in user or a 401 problem.
func (v *Verifier) Require(ctx context.Context) (*db.Identity, error) {
	c := From(ctx)
	token := c.AccessToken
	switch {
	case !c.Bearer && len(c.AccessCookies) > 1:
		return nil, ambiguous(ctx, accessCookie, len(c.AccessCookies))
	case token == "":
		return nil, problem.New(problem.MissingToken)
	case len(token) > MaxToken:
		return nil, problem.New(problem.TokenTooLarge)
	}
	return v.Verify(ctx, token)
}
