// Package gotrue is a typed client of the HTTP API of Supabase Auth (GoTrue).
//
// Ordinary requests do not use it, because access tokens are verified locally. It is called only
// for signup, sign-in, refresh, mails, password changes and account deletion.
package gotrue

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/internal/tools/sleep"
)

const (
	// apiVersion selects the error shape in which `code` is always a word. Without it the server
	// returns a number there, or a Postgres SQLSTATE.
	apiVersion = "2024-01-01"

	// callTimeout is the server's own limit: it returns 504 after 10 s, so waiting longer is useless.
	callTimeout = 10 * time.Second

	// maxResponse bounds what is read into memory. A signup may have 1 MiB of metadata (the server's
	// body limit), which comes back twice in the user and once, base64, in the token.
	maxResponse = 4 << 20

	// refreshTries and refreshPause: a refresh may be repeated, because the same refresh token
	// returns the same new one. Three tries take about half a second, enough for a lost connection
	// or a restarting pool, without delaying the browser's request.
	refreshTries = 3
	refreshPause = 150 * time.Millisecond
)

// Options are the address of the auth server and its API keys.
type Options struct {
	// BaseURL is the prefix of /token and /signup: it ends in /auth/v1 for hosted and stand-in
	// servers; a bare GoTrue has no prefix.
	BaseURL string
	// AnonKey is sent as `apikey` on every call made for a user.
	AnonKey string
	// ServiceRoleKey has administrator rights; only the Admin methods send it.
	ServiceRoleKey string
	// Timeout bounds a call with its retries; 10 s unless set.
	Timeout time.Duration
	// HTTPClient is http.DefaultClient unless set. Redirects are never followed.
	HTTPClient *http.Client
}

// Client calls one auth server. It is safe for concurrent use.
type Client struct {
	base    string
	anon    string
	service string
	http    *http.Client
	pause   time.Duration
	timeout time.Duration
}

// New returns a client; it does not use the network.
func New(o Options) *Client {
	hc := http.Client{}
	if o.HTTPClient != nil {
		hc = *o.HTTPClient
	}
	// A redirect would send passwords and keys to another address.
	hc.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{
		base:    strings.TrimRight(o.BaseURL, "/"),
		anon:    o.AnonKey,
		service: o.ServiceRoleKey,
		http:    &hc,
		pause:   refreshPause,
		timeout: cmp.Or(o.Timeout, callTimeout),
	}
}

// Caller is the client that a call is made for. The server limits rates by its address and stores
// both values with sessions. Without them all users would share the rate limit of our address.
type Caller struct {
	IP        string
	UserAgent string
}

// Signup creates an account. See [SignupResult] for what its success may mean.
func (c *Client) Signup(ctx context.Context, caller Caller, in SignupRequest) (SignupResult, error) {
	data := map[string]any{}
	if in.FullName != "" {
		data["full_name"] = in.FullName
	}
	body := map[string]any{"email": in.Email, "password": in.Password, "data": data}
	var out struct {
		wireSession
		Email string `json:"email"`
	}
	if err := c.call(
		ctx,
		caller,
		request{method: http.MethodPost, path: "/signup", body: body, query: redirectQuery(in.RedirectTo), out: &out},
	); err != nil {
		return SignupResult{}, fmt.Errorf("sign up: %w", err)
	}
	if out.AccessToken == "" {
		// Either an unconfirmed user, or one that the server invented to hide that the address is
		// taken. Only the address is certainly true.
		return SignupResult{User: User{Email: out.Email}}, nil
	}
	session, err := out.session()
	if err != nil {
		return SignupResult{}, fmt.Errorf("sign up: %w", err)
	}
	return SignupResult{User: session.User, Session: &session}, nil
}

// SignInWithPassword opens a session. A wrong password, an unknown address and a malformed one
// are all [CodeInvalidCredentials].
func (c *Client) SignInWithPassword(ctx context.Context, caller Caller, email, password string) (Session, error) {
	s, err := c.token(ctx, caller, "password", map[string]any{"email": email, "password": password})
	if err != nil {
		return Session{}, fmt.Errorf("sign in: %w", err)
	}
	return s, nil
}

// Refresh exchanges a refresh token. It retries while the server is unavailable, because the same
// token returns the same session. It does not retry a refusal.
func (c *Client) Refresh(ctx context.Context, caller Caller, refreshToken string) (Session, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	for try := 1; ; try++ {
		s, err := c.token(ctx, caller, "refresh_token", map[string]any{"refresh_token": refreshToken})
		if err == nil {
			return s, nil
		}
		if try == refreshTries || ctx.Err() != nil || !mayRetry(err) {
			return Session{}, fmt.Errorf("refresh: %w", err)
		}
		// Half fixed, half random, so that callers do not all retry at the same moment.
		pause := time.Duration(try) * (c.pause/2 + rand.N(c.pause/2+1))
		if sleep.For(ctx, pause) != nil {
			return Session{}, fmt.Errorf("refresh: %w", err)
		}
	}
}

// Logout ends sessions of the user of the access token. A session that has already ended is
// [CodeSessionNotFound], which callers usually treat as success.
func (c *Client) Logout(ctx context.Context, caller Caller, accessToken string, scope LogoutScope) error {
	q := url.Values{"scope": {string(scope)}}
	if err := c.call(ctx, caller, request{method: http.MethodPost, path: "/logout", query: q, bearer: accessToken}); err != nil {
		return fmt.Errorf("log out: %w", err)
	}
	return nil
}

// Recover requests a recovery mail. It succeeds for unknown addresses too; redirectTo may be empty.
func (c *Client) Recover(ctx context.Context, caller Caller, email, redirectTo string) error {
	if err := c.call(ctx, caller, request{
		method: http.MethodPost, path: "/recover", query: redirectQuery(redirectTo),
		body: map[string]any{"email": email},
	}); err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	return nil
}

// Resend requests another confirmation mail; only [TypeSignup] and [TypeEmailChange] can be sent again.
func (c *Client) Resend(ctx context.Context, caller Caller, t VerifyType, email string) error {
	if err := c.call(ctx, caller, request{
		method: http.MethodPost, path: "/resend",
		body: map[string]any{"type": t, "email": email},
	}); err != nil {
		return fmt.Errorf("resend: %w", err)
	}
	return nil
}

// Verify uses a one-time token and opens a session. A wrong, used or expired one is [CodeOTPExpired].
//
// A change of address needs a confirmation from both addresses: the first of the two returns no
// session but [ErrOneMoreConfirmation].
func (c *Client) Verify(ctx context.Context, caller Caller, in VerifyRequest) (Session, error) {
	var out struct {
		wireSession
		Msg string `json:"msg"`
	}
	if err := c.call(ctx, caller, request{method: http.MethodPost, path: "/verify", body: in, out: &out}); err != nil {
		return Session{}, fmt.Errorf("verify: %w", err)
	}
	if out.AccessToken == "" && out.Msg != "" {
		return Session{}, fmt.Errorf("verify: %w", ErrOneMoreConfirmation)
	}
	s, err := out.session()
	if err != nil {
		return Session{}, fmt.Errorf("verify: %w", err)
	}
	return s, nil
}

// GetUser returns the user of an access token. It fails when the session has ended.
func (c *Client) GetUser(ctx context.Context, caller Caller, accessToken string) (User, error) {
	var out wireUser
	if err := c.call(ctx, caller, request{method: http.MethodGet, path: "/user", bearer: accessToken, out: &out}); err != nil {
		return User{}, fmt.Errorf("get user: %w", err)
	}
	return out.user(), nil
}

// UpdateUser changes the signed-in user. A new password ends all other sessions; a new address
// takes effect once it is confirmed.
func (c *Client) UpdateUser(ctx context.Context, caller Caller, accessToken string, in UserUpdate) (User, error) {
	body := map[string]any{}
	if in.Password != nil {
		body["password"] = *in.Password
	}
	if in.Email != nil {
		body["email"] = *in.Email
	}
	if in.FullName != nil {
		body["data"] = map[string]any{"full_name": *in.FullName}
	}
	var out wireUser
	if err := c.call(ctx, caller, request{method: http.MethodPut, path: "/user", bearer: accessToken, body: body, out: &out}); err != nil {
		return User{}, fmt.Errorf("update user: %w", err)
	}
	return out.user(), nil
}

// AdminCreateUser creates an account without the rules of signup: any password, even while signups are closed.
func (c *Client) AdminCreateUser(ctx context.Context, in AdminUser) (User, error) {
	body := map[string]any{"email": in.Email, "password": in.Password, "email_confirm": in.Confirmed}
	if in.ID != uuid.Nil {
		body["id"] = in.ID
	}
	if in.FullName != "" {
		body["user_metadata"] = map[string]any{"full_name": in.FullName}
	}
	var out wireUser
	if err := c.call(
		ctx,
		Caller{},
		request{method: http.MethodPost, path: "/admin/users", admin: true, body: body, out: &out},
	); err != nil {
		return User{}, fmt.Errorf("create user: %w", err)
	}
	return out.user(), nil
}

// AdminDeleteUser deletes the account and, by cascade, everything that references it.
// An unknown id is [CodeUserNotFound].
func (c *Client) AdminDeleteUser(ctx context.Context, id uuid.UUID) error {
	if err := c.call(ctx, Caller{}, request{method: http.MethodDelete, path: "/admin/users/" + id.String(), admin: true}); err != nil {
		return fmt.Errorf("delete user: %w", err)
	}
	return nil
}

// Health returns nil when the server responds. Use it for readiness, not for liveness.
func (c *Client) Health(ctx context.Context) error {
	if err := c.call(ctx, Caller{}, request{method: http.MethodGet, path: "/health"}); err != nil {
		return fmt.Errorf("check health of auth server: %w", err)
	}
	return nil
}

func (c *Client) token(ctx context.Context, caller Caller, grant string, body any) (Session, error) {
	var out wireSession
	if err := c.call(ctx, caller, request{
		method: http.MethodPost, path: "/token", query: url.Values{"grant_type": {grant}}, body: body, out: &out,
	}); err != nil {
		return Session{}, err
	}
	return out.session()
}

type request struct {
	method string
	path   string
	query  url.Values
	bearer string // the user's access token; the anon key where empty
	admin  bool   // use the service key
	body   any
	out    any // nil: the response body is ignored
}

func (c *Client) call(ctx context.Context, caller Caller, in request) error {
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := c.newRequest(ctx, caller, in)
	if err != nil {
		return err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return unreachable(parent, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxResponse+1))
	if err != nil {
		return unreachable(parent, err)
	}
	if len(body) > maxResponse {
		return malformed(res.StatusCode, errors.New("response over 4 MiB"))
	}
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return readError(res, body)
	}
	if in.out == nil {
		return nil
	}
	if err := json.Unmarshal(body, in.out); err != nil {
		return malformed(res.StatusCode, err)
	}
	return nil
}

// newRequest builds the HTTP request with its keys and headers.
func (c *Client) newRequest(ctx context.Context, caller Caller, in request) (*http.Request, error) {
	var payload io.Reader = http.NoBody
	if in.body != nil {
		b, err := json.Marshal(in.body)
		if err != nil {
			return nil, fmt.Errorf("encode request: %w", err)
		}
		payload = bytes.NewReader(b)
	}
	target := c.base + in.path
	if len(in.query) > 0 {
		target += "?" + in.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, in.method, target, payload)
	if err != nil {
		return nil, fmt.Errorf("build request: %w", err)
	}
	key := c.anon
	if in.admin {
		key = c.service
	}
	if in.body != nil {
		// Always set: with a form content type the server would ignore the JSON body.
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("X-Supabase-Api-Version", apiVersion)
	if key != "" {
		req.Header.Set("apikey", key)
	}
	if bearer := firstNonEmpty(in.bearer, key); bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	if caller.IP != "" {
		req.Header.Set("X-Forwarded-For", caller.IP)
		req.Header.Set("Sb-Forwarded-For", caller.IP) // preferred by servers that are set up to trust it
	}
	req.Header.Set("User-Agent", caller.UserAgent) // even if empty: otherwise the list of sessions shows Go's own
	return req, nil
}

func redirectQuery(to string) url.Values {
	if to == "" {
		return nil
	}
	return url.Values{"redirect_to": {to}}
}

func firstNonEmpty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
