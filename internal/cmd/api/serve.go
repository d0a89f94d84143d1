package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/ultimatecoach/api/internal/process"
	"github.com/ultimatecoach/api/internal/tools/config"
)

type serveCommand struct{}

// Run serves until ctx ends.
func (serveCommand) Run(ctx context.Context) error {
	c, flush, err := process.Begin(ctx, func(c config.Config) error {
		if c.DatabaseURL == "" || c.SupabaseAuthURL == "" {
			return errors.New("api serve needs DATABASE_URL and SUPABASE_URL; make run starts its own database and auth server")
		}
		return nil
	})
	if err != nil {
		return err
	}
	defer flush()
	a, err := process.Open(c)
	if err != nil {
		return err
	}
	defer a.Deps.DB.Close()
	listener, err := a.Listen(ctx)
	if err != nil {
		return err
	}
	slog.InfoContext(ctx, "server_started", "address", listener.Addr().String(), "version", process.Version(), "environment", c.Environment)
	if err := a.Serve(ctx, listener); err != nil {
		return err
	}
	slog.InfoContext(ctx, "server_stopped")
	return nil
}
