package standin

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/crypto/bcrypt"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
)

// clock is a test clock that moves only when a test advances it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Now().UTC()} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// world is a stand-in with its own database and an HTTP client.
type world struct {
	*Server
	db     dbtest.Database
	url    string // of the server, without /auth/v1
	client *gotrue.Client
	clock  *clock
}

func start(t *testing.T, o Options) world {
	t.Helper()
	w := world{db: dbtest.New(t), clock: newClock()}
	o.Pool, o.Clock = w.db.Owner, w.clock.now
	o.HashCost = bcrypt.MinCost // the real cost takes 60 ms for each password and has its own test
	if o.Issuer == "" {
		o.Issuer = "http://127.0.0.1:9999/auth/v1"
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelError}))
	}
	s, err := New(o)
	ok(t, err)
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	w.Server, w.url = s, srv.URL
	w.client = gotrue.New(gotrue.Options{
		Timeout: 5 * time.Minute, // requests of a crowd wait for one row on a busy machine
		BaseURL: srv.URL + "/auth/v1", AnonKey: s.AnonKey(), ServiceRoleKey: s.ServiceRoleKey(),
	})
	return w
}

// meet calls do n times at once. The usual pool of a test is so small that requests wait for a
// connection; here all connections are open before the calls start, so that they run concurrently.
func (w world) meet(t *testing.T, n int, do func()) {
	t.Helper()
	config := w.db.Owner.Config()
	config.MaxConns = 20
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	ok(t, err)
	t.Cleanup(pool.Close)
	var open, all sync.WaitGroup
	held := make(chan struct{})
	for range config.MaxConns {
		open.Add(1)
		all.Go(func() {
			c, err := pool.Acquire(t.Context())
			open.Done()
			if err != nil {
				t.Error(err)
				return
			}
			<-held
			c.Release()
		})
	}
	open.Wait()
	close(held)
	all.Wait()

	before := w.o.Pool
	w.o.Pool = pool
	begin := make(chan struct{})
	for range n {
		all.Go(func() {
			<-begin
			do()
		})
	}
	close(begin)
	all.Wait()
	w.o.Pool = before
}

// get does not follow redirects.
func get(t *testing.T, address string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	ok(t, err)
	res, err := noRedirects.Do(req)
	ok(t, err)
	return res
}

type testLog struct{ t *testing.T }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Logf("%s", b)
	return len(b), nil
}

var somebody = gotrue.Caller{IP: "203.0.113.9", UserAgent: "coach-test/1"}

func signUp(t *testing.T, w world, email string) gotrue.Session {
	t.Helper()
	got, err := w.client.Signup(t.Context(), somebody, gotrue.SignupRequest{Email: email, Password: "correct-horse-9", FullName: "Ann A"})
	ok(t, err)
	if got.Session == nil {
		t.Fatal("no session")
	}
	return *got.Session
}

func TestSession_FromSignupToLogout(t *testing.T) {
	t.Parallel()
	w := start(t, Options{Autoconfirm: true})
	ctx := t.Context()

	first := signUp(t, w, "Ann@Example.com")
	same(t, first.User.Email, "ann@example.com")
	same(t, first.User.FullName, "Ann A")
	if first.User.EmailConfirmedAt == nil {
		t.Fatal("not confirmed")
	}
	same(t, first.ExpiresAt.Unix(), w.clock.now().Add(7*24*time.Hour).Unix())

	second, err := w.client.SignInWithPassword(ctx, somebody, "ann@example.com", "correct-horse-9")
	ok(t, err)
	same(t, second.User.ID, first.User.ID)

	renewed, err := w.client.Refresh(ctx, somebody, second.RefreshToken)
	ok(t, err)
	if second.RefreshToken == renewed.RefreshToken {
		t.Fatal("not rotated")
	}

	u, err := w.client.GetUser(ctx, somebody, renewed.AccessToken)
	ok(t, err)
	same(t, u.ID, first.User.ID)

	ok(t, w.client.Logout(ctx, somebody, renewed.AccessToken, gotrue.ScopeLocal))
	_, err = w.client.GetUser(ctx, somebody, renewed.AccessToken)
	refused(t, err, gotrue.CodeSessionNotFound)
	_, err = w.client.Refresh(ctx, somebody, renewed.RefreshToken)
	refused(t, err, gotrue.CodeRefreshTokenNotFound)
	_, err = w.client.GetUser(ctx, somebody, first.AccessToken)
	ok(t, err) // the other session continues

	var agent, ip string
	ok(t, w.db.Owner.QueryRow(ctx, `select user_agent, host(ip) from auth.sessions where user_id = $1`, u.ID).Scan(&agent, &ip))
	same(t, []string{agent, ip}, []string{"coach-test/1", "203.0.113.9"})
	ok(t, w.client.Health(ctx))
}
