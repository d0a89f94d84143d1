// Package apitest runs the real server for tests: a real Postgres, the stand-in for Supabase Auth, and the generated client.
// Every request and response is checked against the contract. Tests see what a client sees.
package apitest

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/bcrypt"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/rooms"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods/seed"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/docs"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// Password is the password of every person that a test creates.
const Password = "correct-horse-9"

// Setup has the options of a test server; the zero value is the default.
type Setup struct {
	// Database is the test binary's shared one unless set. Row level security keeps tests apart.
	Database *dbtest.Database
	// DatabaseURL replaces the API's own connection: a pooler, a proxy, a database without schema.
	DatabaseURL string
	// MaxConns of the API's pool.
	MaxConns int32
	// AuthURL replaces the address of Supabase Auth as the API sees it.
	AuthURL string
	// Standin changes the options of the stand-in.
	Standin func(*standin.Options)
	// Server changes the server's options.
	Server func(*server.Options)
}

// API is a running server.
type API struct {
	// URL has no slash at its end.
	URL string
	// AuthURL is the stand-in's, with /auth/v1.
	AuthURL  string
	Standin  *standin.Server
	Database dbtest.Database
	Server   *server.Server
	DB       *db.DB
	// Verifier is the server's own.
	Verifier *session.Verifier
	// Origin is an origin that the server trusts.
	Origin string
	auth   *gotrue.Client
	coach  room.Coach
	// embedder is that of the jobs, too.
	embedder embed.Embedder
	// queue starts the workers of this API and returns the name that a queue has there.
	queue func(name string) string
}

// Origin is an origin that every test server trusts.
const Origin = "http://app.example.test:3000"

// New starts a server that stops with the test.
func New(tb testing.TB, setups ...Setup) *API {
	tb.Helper()
	quiet()
	var s Setup
	if len(setups) > 0 {
		s = setups[0]
	}
	if s.Database == nil {
		shared := dbtest.Shared(tb)
		s.Database = &shared
	}
	a := &API{Database: *s.Database, Origin: Origin}
	a.startStandin(tb, s)

	o := db.Options{URL: cmp.Or(s.DatabaseURL, s.Database.AppURL), MaxConns: s.MaxConns}
	if s.DatabaseURL == "" && os.Getenv("TEST_POOLER") == "transaction" {
		o.URL, o.TransactionPooler = dbtest.Bouncer(tb, *s.Database), true
	}
	if s.DatabaseURL == "" && s.MaxConns == 0 {
		// On a busy machine a connection can take over a second. Only tests of a full or unreachable pool need the short default.
		o.AcquireTimeout = time.Minute
	}
	d, err := db.Open(o)
	require.NoError(tb, err)
	tb.Cleanup(d.Close)
	a.DB = d

	authURL := a.AuthURL
	if s.AuthURL != "" {
		authURL = s.AuthURL
	}
	compiled, err := compiledContract()
	require.NoError(tb, err)
	addJob := a.lazyJobs(tb)
	a.Verifier = session.NewVerifier(session.VerifierOptions{JWKSURL: a.AuthURL + "/.well-known/jwks.json", Issuer: a.AuthURL})
	options := server.Options{
		DB:          d,
		Auth:        gotrue.New(gotrue.Options{BaseURL: authURL, AnonKey: a.Standin.AnonKey(), ServiceRoleKey: a.Standin.ServiceRoleKey()}),
		Verifier:    a.Verifier,
		Contract:    compiled,
		Cursors:     page.NewCursors("test"),
		AddJob:      addJob,
		Queue:       a.queue,
		Docs:        docs.Handler(""),
		Version:     "test",
		Environment: "development",
		Origins:     []string{Origin},
		// Rate limits that only a test of rate limits reaches.
		Rates: server.Rates{
			SignIn:  100_000,
			Refresh: 100_000,
			Read:    1_000_000,
			Write:   1_000_000,
			Coach:   1_000_000,
			Public:  1_000_000,
			Failed:  10,
		},
		MaxInFlight:     512,
		MaxAtWork:       512, // on a busy machine nobody is refused for the time in the line
		ShutdownTimeout: 10 * time.Second,
	}
	if s.Server != nil {
		s.Server(&options)
		a.Verifier = options.Verifier
	}
	a.auth, a.coach, a.embedder = options.Auth, options.Coach, options.Embedder
	a.Server, err = server.New(options)
	require.NoError(tb, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(tb, err)
	a.URL = "http://" + listener.Addr().String()
	ctx, stop := context.WithCancel(context.WithoutCancel(tb.Context()))
	served := make(chan error, 1)
	go func() { served <- a.Server.Serve(ctx, listener) }()
	tb.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			tb.Errorf("stop server: %v", err)
		}
	})
	return a
}

// Foods returns a new database whose catalogue has the starter foods.
func Foods(tb testing.TB) dbtest.Database {
	tb.Helper()
	hash, err := seed.Hash()
	require.NoError(tb, err)
	return dbtest.Filled(tb, "starter foods "+hash, func(ctx context.Context, ownerURL string) error {
		_, err := foods.LoadStarter(ctx, ownerURL)
		return err
	})
}

// compiledContract is what all servers of a test binary share: compiling it takes a second of processor time under the race detector.
var compiledContract = sync.OnceValues(func() (*contract.Contract, error) { return contract.Compile(gen.OpenAPI) })

// quiet hides the log of the servers unless the test runs with -v.
var quiet = sync.OnceFunc(func() {
	if !testing.Verbose() {
		slog.SetDefault(slog.New(slog.DiscardHandler))
	}
})

// lazyJobs returns a function that adds a job to a queue of this API alone, since tests share a database and each has a stand-in of
// its own. The first call starts the workers; most tests need none.
func (a *API) lazyJobs(tb testing.TB) func(context.Context, jobs.Args) error {
	tb.Helper()
	name := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	queueName := func(queue string) string { return name + "_" + queue }
	start := sync.OnceValues(func() (*jobs.Queue, error) {
		queue, err := jobs.NewQueue(a.DB, name)
		if err != nil {
			return nil, err
		}
		workers, err := jobs.New(jobs.Options{
			DB: a.DB, Queue: name, ShutdownTimeout: time.Second, Jobs: rooms.New(room.Deps{
				DB: a.DB, Auth: a.auth, Cursors: page.NewCursors("test"), Now: time.Now, Coach: a.coach, Embedder: a.embedder,
				Queue: queueName,
			}).Jobs(),
		})
		if err != nil {
			return nil, err
		}
		ctx, stop := context.WithCancel(context.WithoutCancel(tb.Context()))
		done := make(chan error, 1)
		go func() { done <- workers.Run(ctx) }()
		tb.Cleanup(func() {
			stop()
			<-done //nolint:errcheck // a test that ends in the middle of a job is no failure
		})
		return queue, nil
	})
	a.queue = func(queue string) string {
		_, err := start()
		require.NoError(tb, err)
		return queueName(queue)
	}
	return func(ctx context.Context, args jobs.Args) error {
		queue, err := start()
		if err != nil {
			return err
		}
		return queue.Add(ctx, args)
	}
}

func (a *API) startStandin(tb testing.TB, s Setup) {
	tb.Helper()
	config, err := pgxpool.ParseConfig(s.Database.OwnerURL)
	require.NoError(tb, err)
	config.MaxConns = 8
	pool, err := pgxpool.NewWithConfig(tb.Context(), config)
	require.NoError(tb, err)
	tb.Cleanup(pool.Close)
	var handler atomic.Pointer[http.Handler]
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*handler.Load()).ServeHTTP(w, r) }))
	tb.Cleanup(web.Close)
	a.AuthURL = web.URL + "/auth/v1"
	o := standin.Options{
		Pool: pool, Environment: "test", Issuer: a.AuthURL, SiteURL: Origin, Autoconfirm: true, MailFrequency: -1,
		HashCost: bcrypt.MinCost, // the default cost takes 60 ms a password, a second under the race detector
	}
	if s.Standin != nil {
		s.Standin(&o)
	}
	a.Standin, err = standin.New(o)
	require.NoError(tb, err)
	handler.Store(new(a.Standin.Handler()))
}

// Client is the generated client with cookies; every call is checked against the contract.
type Client struct {
	*api.ClientWithResponses
	// HTTP is the client's HTTP client, for requests that the generated methods cannot make.
	HTTP *http.Client
	api  *API
}

// Client returns a client that is not signed in.
func (a *API) Client(tb testing.TB) *Client {
	tb.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(tb, err)
	httpClient := &http.Client{Jar: jar, Transport: &Checked{TB: tb}, Timeout: 30 * time.Second}
	c, err := api.NewClientWithResponses(a.URL, api.WithHTTPClient(httpClient))
	require.NoError(tb, err)
	return &Client{ClientWithResponses: c, HTTP: httpClient, api: a}
}

// Person is a signed-in person with an account of their own. Row level security isolates them from all others.
type Person struct {
	*Client
	ID       uuid.UUID
	Email    string
	Password string
}

// Person signs a new person up, by cookie.
func (a *API) Person(tb testing.TB) *Person {
	tb.Helper()
	p := &Person{Client: a.Client(tb), Email: Email(), Password: Password}
	r, err := p.SignupWithResponse(tb.Context(), api.SignupRequest{Email: p.Email, Password: p.Password, FullName: new("Ann A")})
	require.NoError(tb, err)
	require.Equal(tb, http.StatusCreated, r.StatusCode(), string(r.Body))
	p.ID = r.JSON201.User.ID
	return p
}

// Email returns an unused address.
func Email() string { return fmt.Sprintf("ann.%s@example.com", uuid.NewString()) }

// Cookie returns the value of one of the client's cookies, or "".
func (c *Client) Cookie(tb testing.TB, name string) string {
	tb.Helper()
	r, err := http.NewRequest(http.MethodGet, c.api.URL+"/api/v1/auth/refresh", nil)
	require.NoError(tb, err)
	for _, cookie := range c.HTTP.Jar.Cookies(r.URL) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}

// Bearer returns a client that sends a token instead of cookies.
func (a *API) Bearer(tb testing.TB, token string) *Client {
	tb.Helper()
	httpClient := &http.Client{Transport: &Checked{TB: tb, Token: token}, Timeout: 30 * time.Second}
	c, err := api.NewClientWithResponses(a.URL, api.WithHTTPClient(httpClient))
	require.NoError(tb, err)
	return &Client{ClientWithResponses: c, HTTP: httpClient, api: a}
}

// Token sends a bearer token with one call.
func Token(token string) api.RequestEditorFn {
	return func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
}

// Header sets a header on one call.
func Header(name, value string) api.RequestEditorFn {
	return func(_ context.Context, r *http.Request) error {
		r.Header.Set(name, value)
		return nil
	}
}

// SignIn opens another session of the person, as from another device.
func (p *Person) SignIn(tb testing.TB) *Client {
	tb.Helper()
	c := p.api.Client(tb)
	r, err := c.LoginWithResponse(tb.Context(), api.LoginRequest{Email: p.Email, Password: p.Password})
	require.NoError(tb, err)
	require.Equal(tb, http.StatusOK, r.StatusCode(), string(r.Body))
	return c
}
