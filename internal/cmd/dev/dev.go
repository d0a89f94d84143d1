// Command dev runs everything on this machine: Postgres, a stand-in for Supabase Auth, a demo account, the API. What it
// starts besides the API is linked into no other program.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/demo"
	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/process"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/config"
)

func main() {
	process.Main("dev", "The Ultimate Coach API with all it needs, on this machine. Settings come from the environment; see the README.", new(command))
}

type command struct{}

// Run brings up what is not set to be somewhere else, and prints what is where.
func (command) Run(ctx context.Context) error {
	began := time.Now()
	c, err := config.Read()
	if err != nil {
		return err
	}
	if c.IsProduction() {
		return errors.New("ENVIRONMENT: this program is for development; in production run api migrate and api serve")
	}
	if err := c.Check(); err != nil {
		return err
	}
	flush, err := process.StartLog(c)
	if err != nil {
		return err
	}
	defer flush()

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work, ctx := errgroup.WithContext(ctx)

	ownerURL, stopPostgres, err := openDatabase(ctx, &c, cancel)
	if err != nil {
		return err
	}
	defer stopPostgres()
	if ownerURL != "" {
		if _, err := foods.LoadStarter(ctx, ownerURL); err != nil {
			return fmt.Errorf("load the starter foods: %w", err)
		}
	}
	var inbox string
	if c.SupabaseAuthURL == "" {
		if ownerURL == "" {
			return errors.New("SUPABASE_URL: the stand-in for Supabase Auth keeps its accounts in the database as its owner; set DATABASE_OWNER_URL, or SUPABASE_URL to use a real one")
		}
		if inbox, err = startStandin(ctx, work, &c, ownerURL); err != nil {
			return err
		}
	}

	a, err := process.Open(c)
	if err != nil {
		return err
	}
	defer a.Deps.DB.Close()
	listener, err := a.Listen(ctx)
	if err != nil {
		return err
	}
	work.Go(func() error { return a.Serve(ctx, listener) })
	base := "http://" + reachable(listener.Addr())
	if inbox != "" {
		if err := demo.Seed(ctx, a.Deps); err != nil {
			cancel(err)
			return errors.Join(fmt.Errorf("make the demo account: %w", err), work.Wait())
		}
	}
	flush()
	welcome(c, base, inbox, time.Since(began))
	err = work.Wait()
	if cause := context.Cause(ctx); err == nil && cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// openDatabase answers the owner's URL, and puts the API's own into the settings. Without any setting it starts the embedded
// one; a database whose owner was given is prepared, one that was given as the role app must be up to date.
func openDatabase(ctx context.Context, c *config.Config, cancel context.CancelCauseFunc) (ownerURL string, stop func(), err error) {
	stop = func() {}
	ownerURL, appURL, err := logins(*c)
	if err != nil {
		return "", nil, err
	}
	switch {
	case ownerURL == "" && appURL == "":
		server, err := postgres.Start(ctx, postgres.Options{Dir: filepath.Join(c.DataDir, "postgres"), Log: slog.Default()})
		if err != nil {
			return "", nil, err
		}
		stop = func() {
			if err := server.Stop(); err != nil {
				slog.WarnContext(ctx, "postgres_stop_failed", "error", err)
			}
		}
		go func() {
			select {
			case <-server.Done():
				cancel(errors.New("the embedded Postgres stopped by itself; its log is in " + filepath.Join(c.DataDir, "postgres", "server.log")))
			case <-ctx.Done():
			}
		}()
		ownerURL = server.URL
	case ownerURL == "":
		return "", stop, db.CheckSchema(ctx, appURL)
	default:
		if err := refuseSupabase(ctx, *c, ownerURL); err != nil {
			return "", nil, err
		}
	}
	appURL, err = postgres.Prepare(ctx, ownerURL, appURL)
	if err != nil {
		stop()
		return "", nil, err
	}
	c.DatabaseURL = config.Secret(appURL)
	return ownerURL, stop, nil
}

// logins answers whose logins the settings give: the owner's is DATABASE_OWNER_URL, or DATABASE_URL when that leads to
// this machine and names another role than app. Anywhere else a forgotten owner's DATABASE_URL must not migrate anything.
func logins(c config.Config) (ownerURL, appURL string, err error) {
	ownerURL = c.DatabaseOwnerURL.Reveal()
	given := c.DatabaseURL.Reveal()
	if given == "" {
		return ownerURL, "", nil
	}
	login, err := pgx.ParseConfig(given)
	if err != nil {
		return "", "", errors.New("DATABASE_URL: not a Postgres connection string") // pgx's own error can quote the password
	}
	switch {
	case login.User == "app" || strings.HasPrefix(login.User, "app."): // Supabase's pooler wants the project behind a dot
		return ownerURL, given, nil
	case onThisMachine(login):
		return cmp.Or(ownerURL, given), "", nil
	default:
		return "", "", errors.New("DATABASE_URL: must log in as the role app on another machine; the owner's login belongs in DATABASE_OWNER_URL")
	}
}

func onThisMachine(login *pgx.ConnConfig) bool {
	hosts := []string{login.Host}
	for _, f := range login.Fallbacks {
		hosts = append(hosts, f.Host)
	}
	return !slices.ContainsFunc(hosts, func(host string) bool {
		ip := net.ParseIP(host)
		return host != "localhost" && !filepath.IsAbs(host) && (ip == nil || !ip.IsLoopback()) // a path is a socket
	})
}

// refuseSupabase keeps the stand-in and its demo account, whose password everybody knows, out of a project's accounts,
// and migrates a project only for who says that its owner was meant: an address of this machine may be a tunnel.
func refuseSupabase(ctx context.Context, c config.Config, ownerURL string) error {
	supabase, err := postgres.IsSupabase(ctx, ownerURL)
	switch {
	case err != nil:
		return fmt.Errorf("look for Supabase: %w", err)
	case supabase && c.SupabaseAuthURL == "":
		return errors.New("SUPABASE_URL: the database belongs to a Supabase project, whose accounts the stand-in must not touch; set SUPABASE_URL to the project's address")
	case supabase && c.DatabaseOwnerURL == "":
		return errors.New("DATABASE_URL: is the owner's login of a Supabase project; set DATABASE_URL to that of the role app, and DATABASE_OWNER_URL only to migrate the project")
	}
	return nil
}

// startStandin serves the stand-in for Supabase Auth and points the settings at it.
func startStandin(ctx context.Context, work *errgroup.Group, c *config.Config, ownerURL string) (inbox string, err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.StandinAddr)
	if err != nil {
		return "", fmt.Errorf("listen for the auth stand-in (STANDIN_ADDR): %w", err)
	}
	pool, err := pgxpool.New(ctx, ownerURL)
	if err != nil {
		return "", fmt.Errorf("open the stand-in's pool: %w", err)
	}
	base := "http://" + listener.Addr().String()
	s, err := standin.New(standin.Options{
		Pool: pool, Environment: c.Environment, Secret: c.JWTSecret.Reveal(), DataDir: c.DataDir,
		Issuer: base + "/auth/v1", SiteURL: c.SiteURL, RedirectAllowList: c.CORSOrigins,
		Autoconfirm: !c.EmailConfirmation, Logger: slog.Default(),
	})
	if err != nil {
		pool.Close()
		return "", err
	}
	c.SupabaseAuthURL, c.JWTIssuer = base+"/auth/v1", base+"/auth/v1"
	c.SupabaseAnonKey, c.SupabaseServiceRoleKey = config.Secret(s.AnonKey()), config.Secret(s.ServiceRoleKey())
	work.Go(func() error {
		defer pool.Close()
		return s.Serve(ctx, listener)
	})
	return base + "/inbox", nil
}

// reachable is an address that a browser on this machine can open.
func reachable(a net.Addr) string {
	host, port, _ := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

func welcome(c config.Config, base, inbox string, took time.Duration) {
	fmt.Fprintf(os.Stdout, `
  Ultimate Coach is up (%.1f s)

  API      %s
  Docs     %s/docs
`, took.Seconds(), base, base)
	if inbox != "" {
		fmt.Fprintf(os.Stdout, `  Inbox    %s
  Auth     %s
  Anon key %s

  Demo     %s  /  %s
           user id %s
`, inbox, c.SupabaseAuthURL, c.SupabaseAnonKey.Reveal(), demo.Email, demo.Password, demo.ID)
	}
	fmt.Fprint(os.Stdout, "\n  Ctrl-C stops everything; the data stays.\n\n")
}
