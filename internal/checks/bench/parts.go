package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"
	"github.com/lestrrat-go/jwx/v3/jwa"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jws"
	"github.com/lestrrat-go/jwx/v3/jwt"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// part is one step of a request.
type part struct {
	name   string
	budget string
	run    func(*testing.B)
}

// measureParts measures the steps of a request: those of `go test -bench`, and those that need a database.
func measureParts(ctx context.Context, h *environment, _ options) error {
	d, err := db.Open(db.Options{URL: h.appURL})
	if err != nil {
		return err
	}
	defer d.Close()
	handler, err := h.handler(d)
	if err != nil {
		return err
	}
	parts := append(localParts(),
		part{"GET /users/me through the database", "", h.getMe(d)},
		part{"GET /users/me, handler with all middleware", "going down", h.request(handler, "/api/v1/users/me", http.StatusOK)},
		part{"GET /nowhere, problem document with all middleware", "", h.request(handler, "/nowhere", http.StatusNotFound)},
	)
	fmt.Print("\nSteps of a request\n\n")
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "part\ttime\tbudget\tallocations\tbytes\t")
	for _, p := range parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		r := testing.Benchmark(p.run)
		if r.N == 0 {
			return fmt.Errorf("%s failed", p.name)
		}
		fmt.Fprintf(
			w,
			"%s\t%.2f µs\t%s\t%d\t%d\t\n",
			p.name,
			float64(r.T.Nanoseconds())/float64(r.N)/1000,
			p.budget,
			r.AllocsPerOp(),
			r.AllocedBytesPerOp(),
		)
	}
	return w.Flush()
}

// localParts returns the parts that need no database.
func localParts() []part {
	return []part{
		{"token, found in the cache", "≤ 0.5 µs", benchTokenCached},
		{"token, ES256 for the first time", "", benchTokenES256},
		{"token, HS256 for the first time", "", benchTokenHS256},
		{"contract, no body", "≤ 0.5 µs", benchContractBodyless},
		{"contract, body of PATCH /users/me", "", benchContractBody},
		{"line of the access log", "≤ 2 µs", benchLogLine},
		{"problem document", "", benchProblem},
	}
}

const issuer = "https://project.example/auth/v1"

var secret = []byte("a secret of at least thirty-two bytes")

// tokens returns n different signed tokens.
func tokens(b *testing.B, n int, key jwt.SignOption) []string {
	out := make([]string, n)
	for i := range out {
		token, err := jwt.NewBuilder().Issuer(issuer).Audience([]string{"authenticated"}).Subject(uuid.NewString()).
			IssuedAt(time.Now()).Expiration(time.Now().Add(time.Hour)).
			Claim("role", "authenticated").Claim("session_id", uuid.NewString()).Claim("email", "ann@example.com").
			Claim("app_metadata", map[string]any{"provider": "email", "providers": []string{"email"}}).Build()
		if err != nil {
			b.Fatal(err)
		}
		signed, err := jwt.Sign(token, key)
		if err != nil {
			b.Fatal(err)
		}
		out[i] = string(signed)
	}
	return out
}

func verifyAll(b *testing.B, v *session.Verifier, tokens func(i int) string) {
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if _, err := v.Verify(b.Context(), tokens(i)); err != nil {
			b.Fatal(err)
		}
	}
}

func benchTokenCached(b *testing.B) {
	v := session.NewVerifier(session.VerifierOptions{Secret: string(secret), Issuer: issuer})
	token := tokens(b, 1, jwt.WithKey(jwa.HS256(), secret))[0]
	if _, err := v.Verify(b.Context(), token); err != nil {
		b.Fatal(err)
	}
	verifyAll(b, v, func(int) string { return token })
}

func benchTokenHS256(b *testing.B) {
	v := session.NewVerifier(session.VerifierOptions{Secret: string(secret), Issuer: issuer})
	all := tokens(b, b.N, jwt.WithKey(jwa.HS256(), secret))
	verifyAll(b, v, func(i int) string { return all[i] })
}

func benchTokenES256(b *testing.B) {
	private, err := ecdsaKey()
	if err != nil {
		b.Fatal(err)
	}
	public, err := private.PublicKey()
	if err != nil {
		b.Fatal(err)
	}
	keys := jwk.NewSet()
	if err := keys.AddKey(public); err != nil {
		b.Fatal(err)
	}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(keys) }))
	defer web.Close()
	headers := jws.NewHeaders()
	if err := headers.Set("kid", "k1"); err != nil {
		b.Fatal(err)
	}
	v := session.NewVerifier(session.VerifierOptions{JWKSURL: web.URL, Issuer: issuer})
	all := tokens(b, b.N+1, jwt.WithKey(jwa.ES256(), private, jws.WithProtectedHeaders(headers)))
	if _, err := v.Verify(b.Context(), all[b.N]); err != nil { // fetches the keys
		b.Fatal(err)
	}
	verifyAll(b, v, func(i int) string { return all[i] })
}

func operation(b *testing.B, method, path string) *contract.Operation {
	c, err := contract.Compile(gen.OpenAPI)
	if err != nil {
		b.Fatal(err)
	}
	return c.Find(method, path)
}

func noParameter(string) string { return "" }

func benchContractBodyless(b *testing.B) {
	op, r := operation(b, http.MethodGet, "/api/v1/users/me"), httptest.NewRequest(http.MethodGet, "/api/v1/users/me", nil)
	b.ReportAllocs()
	for b.Loop() {
		if err := op.CheckParameters(r, noParameter); err != nil {
			b.Fatal(err)
		}
	}
}

func benchContractBody(b *testing.B) {
	op := operation(b, http.MethodPatch, "/api/v1/users/me")
	body := strings.NewReader("")
	r := httptest.NewRequest(http.MethodPatch, "/api/v1/users/me", io.NopCloser(body))
	r.Header.Set("Content-Type", "application/json")
	b.ReportAllocs()
	for b.Loop() {
		body.Reset(
			`{"primary_goal": "lose_weight", "current_weight_kg": 80.5, "birth_date": "1996-05-17", "timezone": "Europe/Berlin", "food_allergies": ["peanuts"]}`,
		)
		if err := errors.Join(op.CheckParameters(r, noParameter), op.CheckMedia(r)); err != nil {
			b.Fatal(err)
		}
		received, err := op.ReadBody(nil, r)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := op.CheckBody(b.Context(), received); err != nil {
			b.Fatal(err)
		}
	}
}

func benchLogLine(b *testing.B) {
	logger, flush := logs.New(logs.Options{Out: io.Discard})
	defer flush()
	ctx := logs.WithScope(b.Context(), &logs.Scope{RequestID: rand.Text(), Operation: "getMe", UserID: uuid.NewString()})
	b.ReportAllocs()
	for b.Loop() {
		logger.LogAttrs(ctx, slog.LevelInfo, "api_request",
			slog.String("method", http.MethodGet), slog.String("path", "/api/v1/users/me"), slog.Int("status", 200),
			slog.Float64("duration_ms", 1.234), slog.Int64("bytes", 1234), slog.String("ip", "203.0.113.7"),
			slog.String("user_agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"))
	}
}

func benchProblem(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		p := problem.Invalid(problem.Field{Field: "height_cm", Code: "too_large", Message: "must be at most 300"})
		if _, err := json.Marshal(p.Document("01JD9Z6Q4W8V6T3S2R1Q0P9N8M")); err != nil {
			b.Fatal(err)
		}
	}
}

// getMe measures one batch: set the identity, check the session, run the query.
func (h *environment) getMe(d *db.DB) func(*testing.B) {
	return func(b *testing.B) {
		identity, err := h.verifier().Verify(b.Context(), h.token)
		if err != nil {
			b.Fatal(err)
		}
		ctx := db.WithIdentity(b.Context(), identity)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := d.GetMe(ctx, h.person); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// request measures our handler with all middleware, without net/http's server.
func (h *environment) request(handler http.Handler, path string, want int) func(*testing.B) {
	return func(b *testing.B) {
		logger, flush := logs.New(logs.Options{Out: io.Discard})
		defer flush()
		before := slog.Default()
		slog.SetDefault(logger)
		defer slog.SetDefault(before)
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Authorization", "Bearer "+h.token)
		w := &discardWriter{}
		b.ReportAllocs()
		for b.Loop() {
			w.header, w.status = make(http.Header), 0
			handler.ServeHTTP(w, r)
			if w.status != want {
				b.Fatalf("status %d", w.status)
			}
		}
	}
}

// discardWriter is a response writer that keeps only the status.
type discardWriter struct {
	header http.Header
	status int
}

func (w *discardWriter) Header() http.Header         { return w.header }
func (w *discardWriter) Write(p []byte) (int, error) { return len(p), nil }
func (w *discardWriter) WriteHeader(status int)      { w.status = status }

func (h *environment) verifier() *session.Verifier {
	return session.NewVerifier(session.VerifierOptions{JWKSURL: h.authURL + "/.well-known/jwks.json", Issuer: h.authURL})
}

// handler returns the API's handler, to be called in this process.
func (h *environment) handler(d *db.DB) (http.Handler, error) {
	const unlimited = 1_000_000_000
	return server.New(server.Options{
		DB: d,
		Auth: gotrue.New(
			gotrue.Options{BaseURL: h.authURL, AnonKey: h.standin.AnonKey(), ServiceRoleKey: h.standin.ServiceRoleKey()},
		),
		Verifier:    h.verifier(),
		Cursors:     page.NewCursors("bench"),
		Version:     "bench",
		Environment: "development",
		Origins:     []string{"http://localhost:3000"},
		Rates: server.Rates{
			SignIn:  unlimited,
			Refresh: unlimited,
			Read:    unlimited,
			Write:   unlimited,
			Public:  unlimited,
			Failed:  unlimited,
		},
		MaxInFlight: 512,
	})
}

// startInProcess returns the API's handler in this process. What it logs is discarded, until stop closes its database.
func (h *environment) startInProcess(o db.Options) (handler http.Handler, stop func(), err error) {
	d, err := db.Open(o)
	if err != nil {
		return nil, nil, err
	}
	if handler, err = h.handler(d); err != nil {
		d.Close()
		return nil, nil, err
	}
	logger, flush := logs.New(logs.Options{Out: io.Discard})
	before := slog.Default()
	slog.SetDefault(logger)
	return handler, func() {
		slog.SetDefault(before)
		flush()
		d.Close()
	}, nil
}

// writeProfile runs the server in this process, so that the profiler sees it.
func writeProfile(ctx context.Context, name string) error {
	debug.SetGCPercent(400)
	h, err := openEnvironment(ctx, dataSize{})
	if err != nil {
		return err
	}
	defer h.close()
	handler, stop, err := h.startInProcess(db.Options{URL: h.appURL})
	if err != nil {
		return err
	}
	defer stop()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() { _ = http.Serve(listener, handler) }()
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	here := &process{address: listener.Addr().String(), pid: os.Getpid()}
	if _, err := sendRequests(here, [][]byte{h.getMeRequest()}, 8, time.Second); err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	s, err := sendRequests(here, [][]byte{h.getMeRequest()}, 8, 10*time.Second)
	pprof.StopCPUProfile()
	if err != nil {
		return err
	}
	fmt.Printf("%.0f requests a second; go tool pprof -http=: %s\n", s.rate(), name)
	heap, err := os.Create(name + ".allocs")
	if err != nil {
		return err
	}
	defer heap.Close()
	return pprof.Lookup("allocs").WriteTo(heap, 0)
}
