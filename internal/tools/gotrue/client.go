// Package gotrue speaks the HTTP protocol of Supabase Auth (GoTrue) in our own types, so that
// the rest of the program knows sessions, users and error codes and nothing of the wire.
//
// It never sits on the hot path: access tokens are verified locally, and this client is asked
// only when somebody signs up, signs in, refreshes, signs out or changes a password.
package gotrue

import (
	"bytes"
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
)

const (
	// apiVersion asks for the one error shape in which `code` is always a word. Without it the
	// server answers with a number there, or with a Postgres SQLSTATE.
	apiVersion = "2024-01-01"

	// callTimeout is the server's own limit: it answers 504 after 10 s, so waiting longer buys nothing.
	callTimeout = 10 * time.Second

	// maxAnswer bounds what is read into memory. A signup may carry 1 MiB of metadata (the
	// server's body limit), which comes back twice in the user and once, base64, in the token.
	maxAnswer = 4 << 20

	// refreshTries and refreshPause: a refresh may be sent again, because the same refresh token
	// answers the same new one. Three tries span about half a second, which outlives a lost
	// connection or a restarting pool without holding the browser's request up.
	refreshTries = 3
	refreshPause = 150 * time.Millisecond
)

// Options say where the auth server is and with which keys it is asked.
type Options struct {
	// BaseURL is the address under which /token and /signup live: hosted and stand-in servers
	// end in /auth/v1, a bare GoTrue has no prefix.
	BaseURL string
	// AnonKey goes out as `apikey` on every call made for a user.
	AnonKey string
	// ServiceRoleKey is the right to administer; only the Admin methods send it.
	ServiceRoleKey string
	// HTTPClient is http.DefaultClient unless set. Redirects are never followed, whatever it says.
	HTTPClient *http.Client
}

// Client asks one auth server. It is safe for concurrent use.
type Client struct {
	base    string
	anon    string
	service string
	http    *http.Client
	pause   time.Duration
}

// New returns a client; it does not touch the network.
func New(o Options) *Client {
	hc := http.Client{}
	if o.HTTPClient != nil {
		hc = *o.HTTPClient
	}
	// A redirect would carry passwords and keys to wherever the answer points.
	hc.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{
		base:    strings.TrimRight(o.BaseURL, "/"),
		anon:    o.AnonKey,
		service: o.ServiceRoleKey,
		http:    &hc,
		pause:   refreshPause,
	}
}

// Caller is the client on whose behalf we ask. The server limits rates by address and shows both
// values in the list of sessions; without them all users would share one bucket: ours.
type Caller struct {
	IP        string
	UserAgent string
}

// Signup makes an account. See [SignupResult] for what its success may mean.
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
	if err := c.call(ctx, caller, request{method: http.MethodPost, path: "/signup", body: body, query: redirectQuery(in.RedirectTo), out: &out}); err != nil {
		return SignupResult{}, fmt.Errorf("sign up: %w", err)
	}
	if out.AccessToken == "" {
		// Either an unconfirmed user or one the server made up to hide that the address is
		// taken. Nothing in the answer but the address is sure to be true.
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

// Refresh exchanges a refresh token. It tries again when the server was not reached or not able,
// since the same token answers the same session; a refusal is final.
func (c *Client) Refresh(ctx context.Context, caller Caller, refreshToken string) (Session, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	for try := 1; ; try++ {
		s, err := c.token(ctx, caller, "refresh_token", map[string]any{"refresh_token": refreshToken})
		if err == nil {
			return s, nil
		}
		if try == refreshTries || ctx.Err() != nil || !worthAnotherTry(err) {
			return Session{}, fmt.Errorf("refresh: %w", err)
		}
		// Half fixed, half random: callers thrown out together do not come back together.
		pause := time.Duration(try) * (c.pause/2 + rand.N(c.pause/2+1))
		select {
		case <-ctx.Done():
			return Session{}, fmt.Errorf("refresh: %w", err)
		case <-time.After(pause):
		}
	}
}

// Logout ends sessions of the user whose access token it is. A session that is already gone is
// [CodeSessionNotFound], which callers usually take for success.
func (c *Client) Logout(ctx context.Context, caller Caller, accessToken string, scope LogoutScope) error {
	q := url.Values{"scope": {string(scope)}}
	if err := c.call(ctx, caller, request{method: http.MethodPost, path: "/logout", query: q, bearer: accessToken}); err != nil {
		return fmt.Errorf("log out: %w", err)
	}
	return nil
}

// Recover asks for a recovery mail. It succeeds for unknown addresses too; redirectTo may be empty.
func (c *Client) Recover(ctx context.Context, caller Caller, email, redirectTo string) error {
	if err := c.call(ctx, caller, request{
		method: http.MethodPost, path: "/recover", query: redirectQuery(redirectTo),
		body: map[string]any{"email": email},
	}); err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	return nil
}

// Resend asks for another confirmation mail; only [TypeSignup] and [TypeEmailChange] can be sent again.
func (c *Client) Resend(ctx context.Context, caller Caller, t VerifyType, email string) error {
	if err := c.call(ctx, caller, request{
		method: http.MethodPost, path: "/resend",
		body: map[string]any{"type": t, "email": email},
	}); err != nil {
		return fmt.Errorf("resend: %w", err)
	}
	return nil
}

// Verify spends a one-time token and opens a session. A wrong, used or expired one is [CodeOTPExpired].
//
// An address change is confirmed from both addresses: the first of the two answers without a
// session, and that is [ErrOneMoreConfirmation].
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

// GetUser reads the user behind an access token, and so tells whether its session still lives.
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

// AdminCreateUser makes an account past all rules of signup: no password strength, signups may be closed.
func (c *Client) AdminCreateUser(ctx context.Context, in AdminUser) (User, error) {
	body := map[string]any{"email": in.Email, "password": in.Password, "email_confirm": in.Confirmed}
	if in.ID != uuid.Nil {
		body["id"] = in.ID
	}
	if in.FullName != "" {
		body["user_metadata"] = map[string]any{"full_name": in.FullName}
	}
	var out wireUser
	if err := c.call(ctx, Caller{}, request{method: http.MethodPost, path: "/admin/users", admin: true, body: body, out: &out}); err != nil {
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

// Health is nil when the server answers. It says whether we are ready, never whether we are alive.
func (c *Client) Health(ctx context.Context) error {
	if err := c.call(ctx, Caller{}, request{method: http.MethodGet, path: "/health"}); err != nil {
		return fmt.Errorf("ask auth server for its health: %w", err)
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
	admin  bool   // ask with the service key
	body   any
	out    any // nil: the answer is of no interest
}

func (c *Client) call(ctx context.Context, caller Caller, in request) error {
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()

	var body io.Reader = http.NoBody
	if in.body != nil {
		b, err := json.Marshal(in.body)
		if err != nil {
			return fmt.Errorf("encode request: %w", err)
		}
		body = bytes.NewReader(b)
	}
	target := c.base + in.path
	if len(in.query) > 0 {
		target += "?" + in.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, in.method, target, body)
	if err != nil {
		return fmt.Errorf("build request: %w", err)
	}
	key := c.anon
	if in.admin {
		key = c.service
	}
	if in.body != nil {
		// Said always: a form content type would make the server eat the body.
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("X-Supabase-Api-Version", apiVersion)
	if key != "" {
		req.Header.Set("apikey", key)
	}
	if bearer := firstOf(in.bearer, key); bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	if caller.IP != "" {
		req.Header.Set("X-Forwarded-For", caller.IP)
		req.Header.Set("Sb-Forwarded-For", caller.IP) // wins where the server is set up to trust it
	}
	req.Header.Set("User-Agent", caller.UserAgent) // empty too: else the list of sessions shows Go's own

	res, err := c.http.Do(req)
	if err != nil {
		return unreachable(parent, err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return unreachable(parent, err)
	}
	if len(answer) > maxAnswer {
		return malformed(res.StatusCode, errors.New("answer over 4 MiB"))
	}
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return readError(res, answer)
	}
	if in.out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, in.out); err != nil {
		return malformed(res.StatusCode, err)
	}
	return nil
}

func redirectQuery(to string) url.Values {
	if to == "" {
		return nil
	}
	return url.Values{"redirect_to": {to}}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
