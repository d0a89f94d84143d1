package session_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/session"
)

const (
	issuerURL = "https://project.example.test/auth/v1"
	secret    = "a-secret-of-at-least-32-characters-length"
)

// clock is a test clock that moves only by advance.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC).UnixNano())
	return c
}

func (c *clock) now() time.Time          { return time.Unix(0, c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d)) }

// key is an ES256 key with a kid.
type key struct {
	id      string
	private *ecdsa.PrivateKey
}

func newKey(tb testing.TB) key {
	tb.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(tb, err)
	return key{uuid.NewString(), private}
}

func (k key) jwk(tb testing.TB) map[string]any {
	tb.Helper()
	point, err := k.private.PublicKey.Bytes()
	require.NoError(tb, err)
	return map[string]any{
		"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": k.id,
		"x": base64.RawURLEncoding.EncodeToString(point[1:33]), "y": base64.RawURLEncoding.EncodeToString(point[33:]),
	}
}

// jwks is a server of public keys whose response a test can change.
type jwks struct {
	*httptest.Server
	requests atomic.Int64

	mu     sync.Mutex
	status int
	body   []byte
	hold   chan struct{} // when set, responses wait until it is closed
}

func newJWKS(tb testing.TB, keys ...map[string]any) *jwks {
	tb.Helper()
	j := &jwks{}
	j.serve(tb, keys...)
	j.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		j.requests.Add(1)
		j.mu.Lock()
		status, body, hold := j.status, j.body, j.hold
		j.mu.Unlock()
		if hold != nil {
			<-hold
		}
		w.WriteHeader(status)
		_, _ = w.Write(body)
	}))
	tb.Cleanup(j.Close)
	return j
}

func (j *jwks) serve(tb testing.TB, keys ...map[string]any) {
	tb.Helper()
	body, err := json.Marshal(map[string]any{"keys": append([]map[string]any{}, keys...)})
	require.NoError(tb, err)
	j.respond(http.StatusOK, body)
}

func (j *jwks) respond(status int, body []byte) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.status, j.body = status, body
}

// block holds all responses until release is called.
func (j *jwks) block() (release func()) {
	hold := make(chan struct{})
	j.mu.Lock()
	j.hold = hold
	j.mu.Unlock()
	return sync.OnceFunc(func() {
		j.mu.Lock()
		j.hold = nil
		j.mu.Unlock()
		close(hold)
	})
}

// claims returns the claims of a valid token; changes overwrite a claim, nil removes it.
func claims(now time.Time, changes map[string]any) map[string]any {
	c := map[string]any{
		"iss": issuerURL, "sub": "5b0a3a6e-4a55-4d8e-9a56-0d6b0a1f7c11", "aud": "authenticated",
		"exp": now.Add(time.Hour).Unix(), "iat": now.Unix(), "email": "ann@example.com", "phone": "",
		"app_metadata": map[string]any{"provider": "email"}, "user_metadata": map[string]any{},
		"role": "authenticated", "aal": "aal1", "session_id": "9c0a3a6e-4a55-4d8e-9a56-0d6b0a1f7c22", "is_anonymous": false,
	}
	maps.Copy(c, changes)
	maps.DeleteFunc(c, func(_ string, v any) bool { return v == nil })
	return c
}

func encoded(tb testing.TB, v any) string {
	tb.Helper()
	b, ok := v.([]byte)
	if !ok {
		var err error
		b, err = json.Marshal(v)
		require.NoError(tb, err)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// es256 signs any header and payload; []byte is used unchanged, other values as JSON.
func (k key) es256(tb testing.TB, header, payload any) string {
	tb.Helper()
	signed := encoded(tb, header) + "." + encoded(tb, payload)
	sum := sha256.Sum256([]byte(signed))
	r, s, err := ecdsa.Sign(rand.Reader, k.private, sum[:])
	require.NoError(tb, err)
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return signed + "." + encoded(tb, signature)
}

// token returns a valid token with changed claims.
func (k key) token(tb testing.TB, now time.Time, changes map[string]any) string {
	tb.Helper()
	return k.es256(tb, map[string]any{"alg": "ES256", "kid": k.id, "typ": "JWT"}, claims(now, changes))
}

func hs256(tb testing.TB, secret []byte, header, payload any) string {
	tb.Helper()
	signed := encoded(tb, header) + "." + encoded(tb, payload)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(signed))
	return signed + "." + encoded(tb, mac.Sum(nil))
}

func jwksVerifier(j *jwks, c *clock) *session.Verifier {
	return session.NewVerifier(session.VerifierOptions{JWKSURL: j.URL, Issuer: issuerURL, Now: c.now})
}

func hs256Verifier(c *clock) *session.Verifier {
	return session.NewVerifier(session.VerifierOptions{Secret: secret, Issuer: issuerURL, Now: c.now})
}

// verify calls Require as for a request with the token.
func verify(tb testing.TB, v *session.Verifier, token string) (*db.Identity, error) {
	tb.Helper()
	r := httptest.NewRequest(http.MethodGet, "/api/v1/users/me", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return v.Require(session.Cookies{}.Receive(r, http.Header{}, "127.0.0.1"))
}

func requireRefused(tb testing.TB, kind problem.Type, v *session.Verifier, token, what string) {
	tb.Helper()
	_, err := verify(tb, v, token)
	requireProblem(tb, kind, err, what)
}

func requireProblem(tb testing.TB, kind problem.Type, err error, what string) {
	tb.Helper()
	p, ok := errors.AsType[*problem.Problem](err)
	require.True(tb, ok, "%s: %v is not a problem", what, err)
	require.Equal(tb, kind.Code, p.Type.Code, "%s: %v", what, err)
}

func requireAccepted(tb testing.TB, v *session.Verifier, token, what string) {
	tb.Helper()
	identity, err := v.Verify(context.WithoutCancel(tb.Context()), token)
	require.NoError(tb, err, what)
	require.Equal(tb, "5b0a3a6e-4a55-4d8e-9a56-0d6b0a1f7c11", identity.UserID.String(), what)
	require.Equal(tb, "9c0a3a6e-4a55-4d8e-9a56-0d6b0a1f7c22", identity.SessionID.String(), what)
}
