// Package process holds what the programs share: reading settings, logging, the version, and creating the service from
// the settings.
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
	"slices"
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
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/idempotency"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/llm"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// version is set by the linker in releases.
var version = ""

// drainDelay gives balancers time to see that readiness fails: two of the usual polls, every 1–2 s.
const drainDelay = 3 * time.Second

// idleDelay is how long idle connections are kept after that: longer than the pauses of most clients and balancers.
const idleDelay = 5 * time.Second

// sameSignal is the time within which a second signal counts as the first one. Watchers signal a process and its group, and
// a parent may pass on a signal that the terminal sent to both.
const sameSignal = 500 * time.Millisecond

// Main runs a program's command until it returns or the process receives a signal. On an error it prints one line for each
// cause and exits with status 1.
func Main(name, description string, commands any) {
	parsed := kong.Parse(commands, kong.Name(name), kong.UsageOnError(), kong.Description(description))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, func() { time.AfterFunc(sameSignal, stop) }) // a second Ctrl-C ends the process at once
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

// lines splits joined errors, so that each unsafe setting has its own line.
func lines(err error) []error {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, lines(e)...)
	}
	return all
}

// Version returns the release, or the commit of the build, or "dev".
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

// StartLog sets slog's default logger. The caller may change level later and must call flush at the end.
func StartLog(c config.Config) (level *slog.LevelVar, flush func(), err error) {
	initial, err := c.Level()
	if err != nil {
		return nil, nil, err
	}
	level = new(slog.LevelVar)
	level.Set(initial)
	hub, err := logs.Sentry(c.SentryDSN.Reveal(), c.Environment, Version())
	if err != nil {
		return nil, nil, errors.New("SENTRY_DSN: is not a Sentry DSN")
	}
	info, err := os.Stdout.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	logger, flush := logs.New(logs.Options{Out: os.Stdout, Level: level, Text: terminal, Sentry: hub})
	slog.SetDefault(logger)
	return level, flush, nil
}

// Begin reads the settings, starts the log and checks that the database's schema is current. lacks returns an error when a
// setting is missing that only this process needs.
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
	if _, flush, err = StartLog(c); err != nil {
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
	// Deps are the dependencies of its rooms.
	Deps    room.Deps
	config  config.Config
	server  *server.Server
	workers *jobs.Workers // nil when WORKERS is off
}

// Open creates the service. It does not listen.
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
	embedder, err := OpenEmbedder(c)
	if err != nil {
		d.Close()
		return nil, err
	}
	queue, err := jobs.NewQueue(d, "")
	if err != nil {
		d.Close()
		return nil, err
	}
	coach, err := openCoach(c)
	if err != nil {
		d.Close()
		return nil, err
	}
	o := server.Options{
		DB:   d,
		Auth: openAuth(c),
		Verifier: session.NewVerifier(session.VerifierOptions{
			Secret: c.JWTSecret.Reveal(), JWKSURL: c.SupabaseAuthURL + "/.well-known/jwks.json", Issuer: c.JWTIssuer,
		}),
		Cookies:          session.Cookies{Secure: c.IsProduction()},
		AddJob:           queue.Add,
		Cursors:          openCursors(c),
		OpenFoodFactsURL: c.OFFAPIURL,
		Embedder:         embedder,
		Coach:            coach,
		Docs:             docs.Handler(c.PublicURL),
		Version:          Version(),
		Environment:      c.Environment,
		SiteURL:          c.SiteURL,
		Origins:          c.CORSOrigins,
		Proxies:          proxies,
		Rates: server.Rates{
			SignIn:  c.RateSignIn,
			Refresh: c.RateRefresh,
			Read:    c.RateRead,
			Write:   c.RateWrite,
			Coach:   c.RateCoach,
			Public:  c.RatePublic,
			Failed:  c.RateFailed,
		},
		MaxInFlight:     c.MaxInFlight,
		MaxAtWork:       c.MaxAtWork,
		ShutdownTimeout: c.ShutdownTimeout(),
	}
	if c.IsProduction() {
		o.DrainDelay, o.IdleDelay = drainDelay, idleDelay
	}
	s, err := server.New(o)
	if err != nil {
		d.Close()
		return nil, err
	}
	a := &Service{Deps: room.Deps{DB: d, Auth: o.Auth, Verifier: o.Verifier, Cursors: o.Cursors, Now: time.Now}, config: c, server: s}
	if c.Workers == "on" {
		if a.workers, err = OpenWorkers(c, d, embedder); err != nil {
			d.Close()
			return nil, err
		}
	}
	return a, nil
}

func openAuth(c config.Config) *gotrue.Client {
	return gotrue.New(
		gotrue.Options{BaseURL: c.SupabaseAuthURL, AnonKey: c.SupabaseAnonKey.Reveal(), ServiceRoleKey: c.SupabaseServiceRoleKey.Reveal()},
	)
}

// OpenDB opens the connection pool. It does not connect.
func OpenDB(c config.Config) (*db.DB, error) {
	return db.Open(db.Options{
		URL:               c.DatabaseURL.Reveal(),
		TransactionPooler: c.DBPooler == "transaction",
		DirectURL:         c.DatabaseDirectURL.Reveal(),
		MaxConns:          c.DBMaxConns,
	})
}

// openCoach returns who makes the coach's replies. It does not use the network.
func openCoach(c config.Config) (room.Coach, error) {
	var configs []llm.Config
	var errs []error
	for _, p := range c.Providers {
		provider := llm.Config{
			Name: p.Name, Format: llm.Format(p.Format), BaseURL: p.BaseURL, Model: p.Model, Key: p.Key, ContextTokens: p.ContextTokens,
		}
		if p.Prices != "" {
			provider.Prices = new(llm.Prices)
			errs = append(errs, provider.Prices.UnmarshalText([]byte(p.Prices)))
		}
		configs = append(configs, provider)
	}
	coach, err := room.NewCoach(configs...)
	if err := errors.Join(append(errs, err)...); err != nil {
		return coach, fmt.Errorf("COACH_PROVIDERS: %w", err)
	}
	coach.Local = slices.Contains(c.CoachProviders, config.LocalProvider)
	coach.LocalPause = time.Duration(c.CoachPauseMS) * time.Millisecond
	coach.DailyTokens, coach.DailyUSD = c.CoachDailyTokens, c.CoachDailyUSD
	return coach, nil
}

// OpenWorkers creates the workers for the background jobs of all rooms.
func OpenWorkers(c config.Config, d *db.DB, e embed.Embedder) (*jobs.Workers, error) {
	coach, err := openCoach(c)
	if err != nil {
		return nil, err
	}
	all := rooms.New(room.Deps{DB: d, Auth: openAuth(c), Cursors: openCursors(c), Embedder: e, Coach: coach, Now: time.Now})
	return jobs.New(jobs.Options{
		DB:              d,
		Jobs:            append(idempotency.Jobs(d), all.Jobs()...),
		ShutdownTimeout: c.ShutdownTimeout(),
	})
}

// OpenEmbedder returns what makes the vectors of the coach's memory, nil when nothing does. It reads no file and uses no network.
func OpenEmbedder(c config.Config) (embed.Embedder, error) {
	switch {
	case c.EmbedsElsewhere():
		return embed.NewEndpoint(embed.EndpointConfig{BaseURL: c.EmbeddingBaseURL, Model: c.EmbeddingModel, Key: c.EmbeddingKey})
	case c.EmbeddingBaseURL == config.EmbeddingLocal:
		return embed.NewLocal(c.EmbeddingFile), nil
	}
	return nil, nil
}

// openCursors returns what reads and writes the cursors of lists. The coach's lookups read lists, too.
func openCursors(c config.Config) page.Cursors {
	return page.NewCursors(cmp.Or(c.CursorSecret.Reveal(), "development"))
}

// Serve handles requests and runs jobs until ctx ends. Then it stops both at the same time, so that both fit into the time
// that a process has to stop.
func (a *Service) Serve(ctx context.Context, listener net.Listener) error {
	both, ctx := errgroup.WithContext(ctx)
	both.Go(func() error { return a.server.Serve(ctx, listener) })
	if a.workers != nil {
		both.Go(func() error { return a.workers.Run(ctx) })
	}
	return both.Wait()
}

// Listen opens the listener on HOST and PORT.
func (a *Service) Listen(ctx context.Context) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(a.config.Host, strconv.Itoa(a.config.Port)))
	if err != nil {
		return nil, fmt.Errorf("listen (HOST, PORT): %w", err)
	}
	return listener, nil
}

// TuneMemory sets GOGC=400 and a memory limit of 1 GiB, unless the environment sets them. The live heap is about 20 MB, so
// collecting less often costs little memory and saves processor time.
func TuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(1 << 30)
	}
}
