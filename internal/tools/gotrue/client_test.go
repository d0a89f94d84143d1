package gotrue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

// recording is a recorded request and response of a real server.
type recording struct {
	name     string
	Request  *struct{ Method, Path string }
	Response struct {
		Status  int
		Headers map[string]string
		Body    any
	}
}

func (r recording) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	for k, v := range r.Response.Headers {
		if k != "Content-Length" && k != "Transfer-Encoding" {
			w.Header().Set(k, v)
		}
	}
	w.WriteHeader(r.Response.Status)
	switch b := r.Response.Body.(type) {
	case nil:
	case map[string]any:
		if raw, found := b["_raw"].(string); found {
			_, _ = io.WriteString(w, raw)
			return
		}
		_ = json.NewEncoder(w).Encode(b)
	default:
		_ = json.NewEncoder(w).Encode(b)
	}
}

func recorded(t *testing.T, pattern string) []recording {
	t.Helper()
	files, err := filepath.Glob("../../dev/standin/testdata/recordings/" + pattern)
	requireNoError(t, err)
	var out []recording
	for _, f := range files {
		b, err := os.ReadFile(f)
		requireNoError(t, err)
		r := recording{name: strings.TrimSuffix(filepath.Base(f), ".json")}
		requireNoError(t, json.Unmarshal(b, &r))
		if r.Request != nil {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		t.Fatalf("no recording %s", pattern)
	}
	return out
}

func one(t *testing.T, pattern string) recording {
	t.Helper()
	return recorded(t, pattern)[0]
}

// newTestClient returns a client of a server with the handler h.
func newTestClient(t *testing.T, h http.Handler) *Client {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	// The server's own client has its own connections: closing a server closes idle ones of the default transport, those of other tests too.
	c := New(Options{BaseURL: srv.URL + "/auth/v1/", AnonKey: "anon-key", ServiceRoleKey: "service-key", HTTPClient: srv.Client()})
	c.pause = time.Millisecond
	return c
}

func requireNoError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func requireEqual[T any](t *testing.T, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("\n got %#v\nwant %#v", got, want)
	}
}

var nobody = Caller{}

// All recorded errors, in all shapes, become an *Error with a code.
func TestError_RecordedRefusals_HaveStatusCodeAndMessage(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, r := range recorded(t, "*.json") {
		if r.Response.Status < 400 {
			continue
		}
		seen++
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			err := newTestClient(t, r).Health(t.Context()) // every call reads errors with the same function
			e, found := errors.AsType[*Error](err)
			if !found {
				t.Fatalf("%v is no *Error", err)
			}
			requireEqual(t, e.Status, r.Response.Status)
			body, _ := r.Response.Body.(map[string]any)
			code := r.Response.Headers["X-Sb-Error-Code"]
			if word, found := body["error_code"].(string); found {
				code = word
			} else if word, found := body["code"].(string); found && code == "" {
				code = word
			}
			requireEqual(t, e.Code, code)
			for _, key := range []string{"message", "msg"} {
				if text, found := body[key].(string); found {
					requireEqual(t, e.Message, text)
				}
			}
			if weak, found := body["weak_password"].(map[string]any); found {
				requireEqual(t, fmt.Sprint(e.WeakPasswordReasons), fmt.Sprint(weak["reasons"]))
			}
			requireEqual(t, errors.Is(err, ErrUnavailable), r.Response.Status == 429 || r.Response.Status >= 500)
		})
	}
	if seen < 190 {
		t.Fatalf("only %d refusals among the recordings", seen)
	}
}

func TestError_GatewayResponses_AreReadAsFarAsPossible(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body  string
		status      int
		header      map[string]string
		code        string
		message     string
		retry       time.Duration
		unavailable bool
	}{
		{name: "gateway without key", status: 401, body: `{"message":"No API key found in request"}`, message: "No API key found in request"},
		{name: "oauth", status: 400, body: `{"error":"invalid_grant","error_description":"Invalid login"}`, code: "invalid_grant", message: "Invalid login"},
		{name: "page", status: 502, body: "<html>Bad Gateway</html>", message: "<html>Bad Gateway</html>", unavailable: true},
		{name: "long page", status: 502, body: strings.Repeat("é", 300), message: strings.Repeat("é", 100), unavailable: true},
		{name: "nothing", status: 504, unavailable: true},
		{name: "unexpected types", status: 400, body: `{"code":[1],"msg":"m"}`, message: "m"},
		{name: "array", status: 400, body: `[1]`, message: `[1]`},
		{name: "conflict", status: 409, body: `{"code":"conflict","message":"m"}`, code: "conflict", message: "m", unavailable: true},
		{name: "retry time in header", status: 429, body: `{"code":"over_request_rate_limit","message":"m"}`, header: map[string]string{"Retry-After": "7"}, code: CodeOverRequestRate, message: "m", retry: 7 * time.Second, unavailable: true},
		{
			name: "retry time in message", status: 429, code: CodeOverEmailSendRate, retry: 42 * time.Second, unavailable: true,
			body:    `{"code":"over_email_send_rate_limit","message":"For security purposes, you can only request this after 42 seconds."}`,
			message: "For security purposes, you can only request this after 42 seconds.",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			err := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range c.header {
					w.Header().Set(k, v)
				}
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			})).Recover(t.Context(), nobody, "a@example.com", "")
			e, found := errors.AsType[*Error](err)
			if !found {
				t.Fatalf("%v is no *Error", err)
			}
			requireEqual(t, []any{e.Status, e.Code, e.Message, e.RetryAfter}, []any{c.status, c.code, c.message, c.retry})
			requireEqual(t, errors.Is(err, ErrUnavailable), c.unavailable)
			requireEqual(t, CodeOf(err), c.code)
		})
	}
}

func TestSignup_ThreeKindsOfSuccess_ReturnWhatTheyShare(t *testing.T) {
	t.Parallel()
	in := SignupRequest{Email: "x@example.com", Password: "correct-horse-9"}

	signedIn, err := newTestClient(t, one(t, "hs__011*")).Signup(t.Context(), nobody, in)
	requireNoError(t, err)
	if signedIn.Session == nil {
		t.Fatal("no session")
	}
	requireEqual(t, signedIn.User.ID, uuid.MustParse("7de454f8-af8b-4fd4-a3b8-2169dd64726f"))
	requireEqual(t, signedIn.Session.RefreshToken, "o7oxeo4plyd5")
	requireEqual(t, signedIn.Session.ExpiresAt, time.Unix(1795991097, 0).UTC())
	requireEqual(t, signedIn.User.FullName, "Ann A")
	requireEqual(t, signedIn.User.Identities, []Identity{{Provider: "email", ProviderID: "7de454f8-af8b-4fd4-a3b8-2169dd64726f"}})
	if signedIn.User.EmailConfirmedAt == nil {
		t.Fatal("not confirmed")
	}

	unconfirmed, err := newTestClient(t, one(t, "off__011*")).Signup(t.Context(), nobody, in)
	requireNoError(t, err)
	madeUp, err := newTestClient(t, one(t, "off__024*")).Signup(t.Context(), nobody, in)
	requireNoError(t, err)
	requireEqual(t, unconfirmed, SignupResult{User: User{Email: "cat@example.com"}})
	requireEqual(t, madeUp, unconfirmed) // the two cannot be distinguished
}

func TestSession_RecordedGrants_AreComplete(t *testing.T) {
	t.Parallel()
	for _, r := range recorded(t, "*.json") {
		if r.Response.Status != 200 || !strings.HasPrefix(r.Request.Path, "/token") {
			continue
		}
		s, err := newTestClient(t, r).Refresh(t.Context(), nobody, "whatever")
		if err != nil {
			t.Fatalf("%s: %v", r.name, err)
		}
		if s.User.ID == uuid.Nil || s.AccessToken == "" || s.RefreshToken == "" || s.ExpiresAt.Year() != 2026 || s.User.CreatedAt.IsZero() {
			t.Fatalf("%s: %+v", r.name, s)
		}
	}
}

func TestClient_OtherResponses_AreRead(t *testing.T) {
	t.Parallel()
	ctx := t.Context()

	u, err := newTestClient(t, one(t, "hs__139*")).UpdateUser(ctx, nobody, "token", UserUpdate{Email: new("put2@example.com")})
	requireNoError(t, err)
	requireEqual(t, []string{u.Email, u.NewEmail, u.FullName}, []string{"put@example.com", "put2@example.com", "New Name"})

	u, err = newTestClient(t, one(t, "hs__239*")).GetUser(ctx, nobody, "token")
	requireNoError(t, err)
	if u.BannedUntil == nil {
		t.Fatal("not banned")
	}
	u, err = newTestClient(t, one(t, "hs__217*")).AdminCreateUser(ctx, AdminUser{Email: "adm1@example.com"})
	requireNoError(t, err)
	requireEqual(t, u.FullName, "Adm One")
	requireNoError(t, newTestClient(t, one(t, "hs__245*")).AdminDeleteUser(ctx, uuid.New()))
	requireNoError(t, newTestClient(t, one(t, "hs__164*")).Logout(ctx, nobody, "token", ScopeLocal))
	requireNoError(t, newTestClient(t, one(t, "hs__182*")).Recover(ctx, nobody, "rec@example.com", ""))
	requireNoError(t, newTestClient(t, one(t, "hs__189*")).Resend(ctx, nobody, TypeSignup, "rec@example.com"))
	requireNoError(t, newTestClient(t, one(t, "hs__001*")).Health(ctx))
	s, err := newTestClient(t, one(t, "hs__200*")).Verify(ctx, nobody, VerifyRequest{Type: TypeRecovery, TokenHash: "00"})
	requireNoError(t, err)
	requireEqual(t, s.User.Email, "rec@example.com")
}

func TestUser_FullNameOfAnyType_IsRead(t *testing.T) {
	t.Parallel()
	for _, meta := range []string{`{"full_name": 7}`, `{"full_name": {"a": 1}}`, `null`, `"x"`, `{}`} {
		c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"id": %q, "user_metadata": %s, "created_at": "2026-01-02T03:04:05.123456789Z"}`, uuid.NewString(), meta)
		}))
		u, err := c.GetUser(t.Context(), nobody, "token")
		requireNoError(t, err)
		requireEqual(t, u.FullName, "")
	}
}

func TestVerify_FirstOfTwoAddresses_ReturnsOneMoreConfirmation(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(
			w,
			`{"code":"200","msg":"Confirmation link accepted. Please proceed to confirm link sent to the other email"}`,
		)
	}))
	_, err := c.Verify(t.Context(), nobody, VerifyRequest{Type: TypeEmailChange, TokenHash: "00"})
	if !errors.Is(err, ErrOneMoreConfirmation) {
		t.Fatal(err)
	}
}

// wire is a received request.
type wire struct {
	method, uri string
	header      http.Header
	body        map[string]any
}

func TestClient_SendsRequiredHeadersAndBody(t *testing.T) {
	t.Parallel()
	id := uuid.MustParse("11111111-1111-4111-8111-111111111111")
	caller := Caller{IP: "203.0.113.9", UserAgent: "phone/1"}
	for _, c := range []struct {
		name   string
		call   func(context.Context, *Client)
		uri    string
		key    string
		bearer string
		caller bool
		body   map[string]any
	}{
		{
			"signup", func(ctx context.Context, c *Client) {
				_, _ = c.Signup(ctx, caller, SignupRequest{Email: "a@b.c", Password: "p", FullName: "Ann", RedirectTo: "https://app/x?y=1"})
			},
			"POST /auth/v1/signup?redirect_to=https%3A%2F%2Fapp%2Fx%3Fy%3D1", "anon-key", "anon-key", true,
			map[string]any{"email": "a@b.c", "password": "p", "data": map[string]any{"full_name": "Ann"}},
		},
		{
			"sign in", func(ctx context.Context, c *Client) { _, _ = c.SignInWithPassword(ctx, caller, "a@b.c", "p") },
			"POST /auth/v1/token?grant_type=password", "anon-key", "anon-key", true, map[string]any{"email": "a@b.c", "password": "p"},
		},
		{
			"refresh", func(ctx context.Context, c *Client) { _, _ = c.Refresh(ctx, caller, "abc") },
			"POST /auth/v1/token?grant_type=refresh_token", "anon-key", "anon-key", true, map[string]any{"refresh_token": "abc"},
		},
		{
			"logout", func(ctx context.Context, c *Client) { _ = c.Logout(ctx, caller, "user-token", ScopeLocal) },
			"POST /auth/v1/logout?scope=local", "anon-key", "user-token", true, nil,
		},
		{
			"recover", func(ctx context.Context, c *Client) { _ = c.Recover(ctx, caller, "a@b.c", "") },
			"POST /auth/v1/recover", "anon-key", "anon-key", true, map[string]any{"email": "a@b.c"},
		},
		{
			"resend", func(ctx context.Context, c *Client) { _ = c.Resend(ctx, caller, TypeSignup, "a@b.c") },
			"POST /auth/v1/resend", "anon-key", "anon-key", true, map[string]any{"type": "signup", "email": "a@b.c"},
		},
		{
			"verify a hash", func(ctx context.Context, c *Client) {
				_, _ = c.Verify(ctx, caller, VerifyRequest{Type: TypeRecovery, TokenHash: "00"})
			},
			"POST /auth/v1/verify", "anon-key", "anon-key", true, map[string]any{"type": "recovery", "token_hash": "00"},
		},
		{
			"verify a code", func(ctx context.Context, c *Client) {
				_, _ = c.Verify(ctx, caller, VerifyRequest{Type: TypeSignup, Email: "a@b.c", Token: "123456"})
			},
			"POST /auth/v1/verify", "anon-key", "anon-key", true, map[string]any{"type": "signup", "email": "a@b.c", "token": "123456"},
		},
		{
			"update", func(ctx context.Context, c *Client) {
				_, _ = c.UpdateUser(ctx, caller, "user-token", UserUpdate{Password: new("p2"), FullName: new("Bo")})
			},
			"PUT /auth/v1/user", "anon-key", "user-token", true, map[string]any{"password": "p2", "data": map[string]any{"full_name": "Bo"}},
		},
		{
			"create", func(ctx context.Context, c *Client) {
				_, _ = c.AdminCreateUser(ctx, AdminUser{ID: id, Email: "a@b.c", Password: "p", FullName: "Ann", Confirmed: true})
			},
			"POST /auth/v1/admin/users", "service-key", "service-key", false,
			map[string]any{"id": id.String(), "email": "a@b.c", "password": "p", "email_confirm": true, "user_metadata": map[string]any{"full_name": "Ann"}},
		},
		{
			"delete", func(ctx context.Context, c *Client) { _ = c.AdminDeleteUser(ctx, id) },
			"DELETE /auth/v1/admin/users/" + id.String(), "service-key", "service-key", false, nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got wire
			c.call(t.Context(), newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got = wire{method: r.Method, uri: r.RequestURI, header: r.Header}
				if b, _ := io.ReadAll(r.Body); len(b) > 0 {
					_ = json.Unmarshal(b, &got.body)
				}
				w.WriteHeader(http.StatusTeapot)
			})))
			requireEqual(t, got.method+" "+got.uri, c.uri)
			requireEqual(t, got.body, c.body)
			requireEqual(t, got.header.Get("X-Supabase-Api-Version"), "2024-01-01")
			requireEqual(t, got.header.Get("apikey"), c.key)
			requireEqual(t, got.header.Get("Authorization"), "Bearer "+c.bearer)
			if c.body != nil {
				requireEqual(t, got.header.Get("Content-Type"), "application/json")
			}
			if c.caller {
				requireEqual(
					t,
					[]string{got.header.Get("X-Forwarded-For"), got.header.Get("Sb-Forwarded-For"), got.header.Get("User-Agent")},
					[]string{"203.0.113.9", "203.0.113.9", "phone/1"},
				)
			}
		})
	}
}

// sequence uses its handlers one after the other, and the last one for all further requests.
type sequence struct {
	mu      sync.Mutex
	answers []http.Handler
	asked   int
}

func (s *sequence) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	h := s.answers[min(s.asked, len(s.answers)-1)]
	s.asked++
	s.mu.Unlock()
	h.ServeHTTP(w, r)
}

func status(code int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
}

// closeConnection closes the connection in the middle of a response.
var closeConnection = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100")
	_, _ = io.WriteString(w, "{")
	panic(http.ErrAbortHandler)
})

func TestRefresh_ServerUnavailable_Retries(t *testing.T) {
	t.Parallel()
	granted := one(t, "hs__140*")
	for name, trouble := range map[string]http.Handler{
		"503": status(503), "409": status(409), "429": status(429), "connection": closeConnection,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &sequence{answers: []http.Handler{trouble, trouble, granted}}
			got, err := newTestClient(t, s).Refresh(t.Context(), nobody, "4dtciulw7e6n")
			requireNoError(t, err)
			requireEqual(t, got.RefreshToken, "kf4mtoalq7mz")
			requireEqual(t, s.asked, 3)
		})
	}
}

func TestRefresh_Refused_DoesNotRetry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		answer      http.Handler
		asked       int
		unavailable bool
	}{
		{"when refused", one(t, "hs__147*"), 1, false},
		{"when the token was used", one(t, "hs__156*"), 1, false},
		{"after three tries", status(503), 3, true},
		{"when the response is not JSON", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }), 1, true},
		{"when the response is not a session", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") }), 1, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &sequence{answers: []http.Handler{c.answer}}
			_, err := newTestClient(t, s).Refresh(t.Context(), nobody, "zzzzzzzzzzzz")
			if err == nil {
				t.Fatal("no error")
			}
			requireEqual(t, errors.Is(err, ErrUnavailable), c.unavailable)
			requireEqual(t, s.asked, c.asked)
		})
	}
}

func TestCalls_NotIdempotent_AreSentOnce(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	for name, call := range map[string]func(*Client) error{
		"signup":  func(c *Client) error { _, err := c.Signup(ctx, nobody, SignupRequest{}); return err },
		"sign in": func(c *Client) error { _, err := c.SignInWithPassword(ctx, nobody, "", ""); return err },
		"verify":  func(c *Client) error { _, err := c.Verify(ctx, nobody, VerifyRequest{}); return err },
		"recover": func(c *Client) error { return c.Recover(ctx, nobody, "", "") },
		"update":  func(c *Client) error { _, err := c.UpdateUser(ctx, nobody, "", UserUpdate{}); return err },
		"create":  func(c *Client) error { _, err := c.AdminCreateUser(ctx, AdminUser{}); return err },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &sequence{answers: []http.Handler{status(503)}}
			if err := call(newTestClient(t, s)); !errors.Is(err, ErrUnavailable) {
				t.Fatal(err)
			}
			requireEqual(t, s.asked, 1)
		})
	}
}

func TestClient_DoesNotFollowRedirects(t *testing.T) {
	t.Parallel()
	elsewhere := &sequence{answers: []http.Handler{status(200)}}
	srv := httptest.NewServer(elsewhere)
	t.Cleanup(srv.Close)
	err := newTestClient(t, http.RedirectHandler(srv.URL, http.StatusTemporaryRedirect)).Recover(t.Context(), nobody, "a@b.c", "")
	e, found := errors.AsType[*Error](err)
	if !found || e.Status != http.StatusTemporaryRedirect {
		t.Fatal(err)
	}
	requireEqual(t, elsewhere.asked, 0)
}

func TestClient_LargeResponse_IsRefused(t *testing.T) {
	t.Parallel()
	_, err := newTestClient(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		chunk := []byte(strings.Repeat(" ", 1<<16))
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})).GetUser(t.Context(), nobody, "token")
	// Without a limit the timeout would end this, and then there is no status.
	if e, found := errors.AsType[*Error](err); !found || e.Status != 200 || !errors.Is(err, ErrUnavailable) {
		t.Fatal(err)
	}
}

func TestClient_NoServer_ReturnsUnavailable(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, status(200))
	gone := httptest.NewServer(status(200))
	gone.Close()
	c.base = gone.URL
	err := c.Health(t.Context())
	if !errors.Is(err, ErrUnavailable) {
		t.Fatal(err)
	}
	e, _ := errors.AsType[*Error](err)
	requireEqual(t, e.Status, 0)

	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	if err := newTestClient(t, status(200)).Health(late); !errors.Is(err, ErrUnavailable) {
		t.Fatal(err)
	}
}

func TestClient_CallerCanceled_ReturnsCanceled(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	arrived := make(chan struct{})
	c := newTestClient(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // otherwise the server does not notice that the client disconnected
		close(arrived)
		<-r.Context().Done()
	}))
	go func() {
		<-arrived
		leave()
	}()
	_, err := c.Refresh(ctx, nobody, "abc")
	if !errors.Is(err, context.Canceled) || errors.Is(err, ErrUnavailable) {
		t.Fatal(err)
	}
}
