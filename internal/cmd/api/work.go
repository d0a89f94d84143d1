package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/ultimatecoach/api/internal/process"
	"github.com/ultimatecoach/api/internal/tools/config"
)

type workCommand struct{}

// Run runs jobs until ctx ends, then lets running jobs finish.
func (workCommand) Run(ctx context.Context) error {
	c, flush, err := process.Begin(ctx, func(c config.Config) error {
		if c.DatabaseURL == "" || c.SupabaseAuthURL == "" { // mails are sent by Supabase Auth
			return errors.New(
				"api work needs DATABASE_URL and SUPABASE_URL; make run starts its own database and auth server and runs their jobs",
			)
		}
		return nil
	})
	if err != nil {
		return err
	}
	defer flush()
	process.TuneMemory()
	d, err := process.OpenDB(c)
	if err != nil {
		return err
	}
	defer d.Close()
	embedder, err := process.OpenEmbedder(c)
	if err != nil {
		return err
	}
	workers, err := process.OpenWorkers(c, d, embedder)
	if err != nil {
		return err
	}
	slog.InfoContext(ctx, "worker_started", "version", process.Version(), "environment", c.Environment)
	if err := workers.Run(ctx); err != nil {
		return err
	}
	slog.InfoContext(ctx, "worker_stopped")
	return nil
}
