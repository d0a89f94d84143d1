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

// Run keeps Postgres and the stand-in running, and leaves the API to a watcher, which builds and starts it anew at each
// change: api serve with the settings of make run.
func (w watchCommand) Run(ctx context.Context) error {
	return withServices(ctx, func(ctx context.Context, s *services) error {
		a, listener, err := s.open(ctx) // once in here, for the demo account and a port that is free
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

// watch ends with ctx. Should this process be killed, the watcher and the API end all the same.
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
		return errors.New("the watcher has ended by itself")
	}
}

// environment is how another process finds what runs beside it. It wins over the settings of this one.
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
	}
}
