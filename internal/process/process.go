// Package process is what the service's programs have in common: settings, log, version, and the service itself put
// together from them.
package process

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"golang.org/x/sync/errgroup"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/rooms"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/config"
	"github.com/ultimatecoach/api/internal/tools/docs"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/idempotency"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// version is set by the linker in releases.
var version = ""

// drainDelay is how long balancers get to see that readiness is red: two of the usual 1–2 s polls.
const drainDelay = 3 * time.Second

// Main runs a program's commands until they are done or the process is told to stop, and ends the process with their error,
// one line for each setting that is missing or unsafe.
func Main(name, description string, commands any) {
	parsed := kong.Parse(commands, kong.Name(name), kong.UsageOnError(), kong.Description(description))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	parsed.BindTo(ctx, (*context.Context)(nil))
	err := parsed.Run()
	stop()
	if err != nil {
		for _, line := range lines(err) {
			fmt.Fprintln(os.Stderr, name+":", line)
		}
		os.Exit(1)
	}
}

// lines takes joined errors apart, so that each unsafe setting has its own line.
func lines(err error) []error {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return []error{err}
	}
	var apart []error
	for _, e := range joined.Unwrap() {
		apart = append(apart, lines(e)...)
	}
	return apart
}

// Version is the release, else the commit that Go noted, else dev.
func Version() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				return "dev-" + s.Value[:12]
			}
		}
	}
	return "dev"
}

// StartLog makes slog's default logger; flush it at the end.
func StartLog(c config.Config) (flush func(), err error) {
	level, err := c.Level()
	if err != nil {
		return nil, err
	}
	hub, err := logs.Sentry(c.SentryDSN.Reveal(), c.Environment, Version())
	if err != nil {
		return nil, errors.New("SENTRY_DSN: not a DSN of Sentry's")
	}
	info, err := os.Stdout.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	logger, flush := logs.New(logs.Options{Out: os.Stdout, Level: level, Text: terminal, Sentry: hub})
	slog.SetDefault(logger)
	return flush, nil
}

// Begin reads the settings of a process beside a database that is there and up to date, and opens its log. lacks tells what
// the process needs beyond what all do.
func Begin(ctx context.Context, lacks func(config.Config) error) (c config.Config, flush func(), err error) {
	if c, err = config.Read(); err != nil {
		return c, nil, err
	}
	if err := c.Check(); err != nil {
		return c, nil, err
	}
	if err := lacks(c); err != nil {
		return c, nil, err
	}
	if flush, err = StartLog(c); err != nil {
		return c, nil, err
	}
	if err := db.CheckSchema(ctx, c.DatabaseURL.Reveal()); err != nil {
		flush()
		return c, nil, err
	}
	return c, flush, nil
}

// Service is the running service.
type Service struct {
	// Deps are what its rooms stand on.
	Deps    room.Deps
	config  config.Config
	server  *server.Server
	workers *jobs.Workers // nil where WORKERS is off
}

// Open puts the service together; nothing listens yet.
func Open(c config.Config) (*Service, error) {
	TuneMemory()
	proxies, err := c.Proxies()
	if err != nil {
		return nil, err
	}
	d, err := OpenDB(c)
	if err != nil {
		return nil, err
	}
	auth := gotrue.New(gotrue.Options{BaseURL: c.SupabaseAuthURL, AnonKey: c.SupabaseAnonKey.Reveal(), ServiceRoleKey: c.SupabaseServiceRoleKey.Reveal()})
	o := server.Options{
		DB:   d,
		Auth: auth,
		Verifier: session.NewVerifier(session.VerifierOptions{
			Secret: c.JWTSecret.Reveal(), JWKSURL: c.SupabaseAuthURL + "/.well-known/jwks.json", Issuer: c.JWTIssuer,
		}),
		Cookies:          session.Cookies{Secure: c.IsProduction()},
		Cursors:          page.NewCursors(cmp.Or(c.CursorSecret.Reveal(), "development")),
		OpenFoodFactsURL: c.OFFAPIURL,
		Docs:             docs.Handler,
		Version:          Version(),
		Environment:      c.Environment,
		SiteURL:          c.SiteURL,
		Origins:          c.CORSOrigins,
		Proxies:          proxies,
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
	a := &Service{Deps: room.Deps{DB: d, Auth: o.Auth, Verifier: o.Verifier, Cursors: o.Cursors, Now: time.Now}, config: c, server: s}
	if c.Workers == "on" {
		if a.workers, err = OpenWorkers(c, d); err != nil {
			d.Close()
			return nil, err
		}
	}
	return a, nil
}

// OpenDB opens the pool that the settings describe; it does not wait for the database.
func OpenDB(c config.Config) (*db.DB, error) {
	return db.Open(db.Options{
		URL: c.DatabaseURL.Reveal(), TransactionPooler: c.DBPooler == "transaction", DirectURL: c.DatabaseDirectURL.Reveal(), MaxConns: c.DBMaxConns,
	})
}

// OpenWorkers puts together what every room has done in the background.
func OpenWorkers(c config.Config, d *db.DB) (*jobs.Workers, error) {
	return jobs.New(jobs.Options{
		DB:              d,
		Jobs:            append(idempotency.Jobs(d), rooms.New(room.Deps{DB: d, Now: time.Now}).Jobs()...),
		ShutdownTimeout: c.ShutdownTimeout(),
	})
}

// Serve answers requests and works jobs until ctx ends, then lets both finish. They begin to at the same moment, so that
// both fit into the time that a process is given to stop.
func (a *Service) Serve(ctx context.Context, listener net.Listener) error {
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return a.server.Serve(ctx, listener) })
	if a.workers != nil {
		both.Go(func() error { return a.workers.Run(ctx) })
	}
	return both.Wait()
}

// Listen takes the address of HOST and PORT.
func (a *Service) Listen(ctx context.Context) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(a.config.Host, strconv.Itoa(a.config.Port)))
	if err != nil {
		return nil, fmt.Errorf("listen (HOST, PORT): %w", err)
	}
	return listener, nil
}

// TuneMemory trades memory, which is there, for processor time, which is not: the live heap is some 20 MB, so collecting
// at four times that costs nothing anybody would notice. The environment's own GOGC and GOMEMLIMIT win.
func TuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(1 << 30)
	}
}
