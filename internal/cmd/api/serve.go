package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/config"
	"github.com/ultimatecoach/api/internal/tools/docs"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/idempotency"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// drainDelay is how long balancers get to see that readiness is red: two of the usual 1–2 s polls.
const drainDelay = 3 * time.Second

type serveCommand struct{}

// Run serves until it is told to stop.
func (serveCommand) Run(ctx context.Context) error {
	c, flush, err := begin(ctx, func(c config.Config) error {
		if c.DatabaseURL == "" || c.SupabaseAuthURL == "" {
			return errors.New("api serve needs DATABASE_URL and SUPABASE_URL; api dev brings its own of both")
		}
		return nil
	})
	if err != nil {
		return err
	}
	defer flush()
	a, err := open(c)
	if err != nil {
		return err
	}
	defer a.db.Close()
	listener, err := a.listen(ctx)
	if err != nil {
		return err
	}
	slog.InfoContext(ctx, "server_started", "address", listener.Addr().String(), "version", buildVersion(), "environment", c.Environment)
	if err := a.serve(ctx, listener); err != nil {
		return err
	}
	slog.InfoContext(ctx, "server_stopped")
	return nil
}

// begin reads the settings of a process beside a database that is there and up to date, and opens its log. lacks tells what
// the process needs beyond what all do.
func begin(ctx context.Context, lacks func(config.Config) error) (c config.Config, flush func(), err error) {
	if c, err = config.Read(); err != nil {
		return c, nil, err
	}
	if err := c.Check(); err != nil {
		return c, nil, err
	}
	if err := lacks(c); err != nil {
		return c, nil, err
	}
	if flush, err = startLog(c); err != nil {
		return c, nil, err
	}
	if err := db.CheckSchema(ctx, c.DatabaseURL.Reveal()); err != nil {
		flush()
		return c, nil, err
	}
	return c, flush, nil
}

// app is the running service.
type app struct {
	config  config.Config
	db      *db.DB
	auth    *gotrue.Client
	server  *server.Server
	workers *jobs.Workers // nil where WORKERS is off
}

// open puts the service together; nothing listens yet.
func open(c config.Config) (*app, error) {
	tuneMemory()
	proxies, err := c.Proxies()
	if err != nil {
		return nil, err
	}
	d, err := openDB(c)
	if err != nil {
		return nil, err
	}
	auth := gotrue.New(gotrue.Options{BaseURL: c.SupabaseAuthURL, AnonKey: c.SupabaseAnonKey.Reveal(), ServiceRoleKey: c.SupabaseServiceRoleKey.Reveal()})
	var products *foods.Lookup
	if c.OFFAPIURL != "" {
		products = foods.NewLookup(c.OFFAPIURL, "UltimateCoach/"+buildVersion()+" ("+c.SiteURL+")")
	}
	o := server.Options{
		DB:   d,
		Auth: auth,
		Verifier: session.NewVerifier(session.VerifierOptions{
			Secret: c.JWTSecret.Reveal(), JWKSURL: c.SupabaseAuthURL + "/.well-known/jwks.json", Issuer: c.JWTIssuer,
		}),
		Cookies:     session.Cookies{Secure: c.IsProduction()},
		Cursors:     page.NewCursors(cmp.Or(c.CursorSecret.Reveal(), "development")),
		Products:    products,
		Docs:        docs.Handler,
		Version:     buildVersion(),
		Environment: c.Environment,
		Origins:     c.CORSOrigins,
		Proxies:     proxies,
		Rates: server.Rates{
			SignIn: c.RateSignIn, Refresh: c.RateRefresh, Read: c.RateRead, Write: c.RateWrite, Public: c.RatePublic, Failed: c.RateFailed,
		},
		MaxInFlight:     c.MaxInFlight,
		ShutdownTimeout: c.ShutdownTimeout(),
	}
	if c.IsProduction() {
		o.DrainDelay = drainDelay
	}
	s, err := server.New(o)
	if err != nil {
		d.Close()
		return nil, err
	}
	a := &app{config: c, db: d, auth: auth, server: s}
	if c.Workers == "on" {
		if a.workers, err = openWorkers(c, d); err != nil {
			d.Close()
			return nil, err
		}
	}
	return a, nil
}

func openDB(c config.Config) (*db.DB, error) {
	return db.Open(db.Options{
		URL: c.DatabaseURL.Reveal(), TransactionPooler: c.DBPooler == "transaction", DirectURL: c.DatabaseDirectURL.Reveal(), MaxConns: c.DBMaxConns,
	})
}

// openWorkers puts together what every room has done in the background.
func openWorkers(c config.Config, d *db.DB) (*jobs.Workers, error) {
	return jobs.New(jobs.Options{
		DB:              d,
		Jobs:            slices.Concat(idempotency.Jobs(d), nutrition.Jobs(d)),
		ShutdownTimeout: c.ShutdownTimeout(),
	})
}

// serve answers requests and works jobs until ctx ends, then lets both finish. They begin to at the same moment, so that
// both fit into the time that a process is given to stop.
func (a *app) serve(ctx context.Context, listener net.Listener) error {
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return a.server.Serve(ctx, listener) })
	if a.workers != nil {
		both.Go(func() error { return a.workers.Run(ctx) })
	}
	return both.Wait()
}

func (a *app) listen(ctx context.Context) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(a.config.Host, strconv.Itoa(a.config.Port)))
	if err != nil {
		return nil, fmt.Errorf("listen (HOST, PORT): %w", err)
	}
	return listener, nil
}

// tuneMemory trades memory, which is there, for processor time, which is not: the live heap is some 20 MB, so collecting
// at four times that costs nothing anybody would notice. The environment's own GOGC and GOMEMLIMIT win.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(1 << 30)
	}
}
