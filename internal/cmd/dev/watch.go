package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/ultimatecoach/api/internal/dev/supervisor"
)

type watchCommand struct {
	Watcher string   `arg:"" help:"The watcher and its arguments; it builds, migrates and serves the API."`
	Args    []string `arg:"" optional:"" passthrough:""`
}

// Run runs Postgres and the stand-in, and a watcher that rebuilds and restarts the API at each change: api serve with the
// settings of make run.
func (w watchCommand) Run(ctx context.Context) error {
	return withServices(ctx, func(ctx context.Context, s *services) error {
		a, listener, err := s.open(ctx) // opened once in this process, for the demo account and a free port
		if err != nil {
			return err
		}
		address := listener.Addr()
		a.Deps.DB.Close()
		if err := listener.Close(); err != nil {
			return err
		}
		s.welcome(address)
		s.config.Port = address.(*net.TCPAddr).Port
		return w.watch(ctx, s.environment())
	})
}

// watch runs the watcher until ctx ends. The watcher and the API end even if this process is killed.
func (w watchCommand) watch(ctx context.Context, environment []string) error {
	me := supervisor.Account{UID: os.Getuid(), GID: os.Getgid()}
	watcher, err := me.Start(supervisor.Server{Log: os.Stdout, Env: environment, Args: append([]string{w.Watcher}, w.Args...)})
	if err != nil {
		return fmt.Errorf("start the watcher: %w", err)
	}
	select {
	case <-ctx.Done():
		return watcher.Stop(time.Minute)
	case <-watcher.Exited():
		return errors.New("the watcher ended unexpectedly")
	}
}

// environment returns the settings of the running services for another process. They override its own.
func (s *services) environment() []string {
	c := s.config
	return []string{
		"PORT=" + strconv.Itoa(c.Port),
		"DATABASE_URL=" + c.DatabaseURL.Reveal(),
		"DATABASE_OWNER_URL=" + s.ownerURL,
		"SUPABASE_AUTH_URL=" + c.SupabaseAuthURL,
		"SUPABASE_ANON_KEY=" + c.SupabaseAnonKey.Reveal(),
		"SUPABASE_SERVICE_ROLE_KEY=" + c.SupabaseServiceRoleKey.Reveal(),
		"JWT_ISSUER=" + c.JWTIssuer,
		"EMBEDDING_BASE_URL=" + c.EmbeddingBaseURL,
		"EMBEDDING_FILE=" + c.EmbeddingFile,
	}
}
