package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/ultimatecoach/api/internal/tools/config"
)

type workCommand struct{}

// Run works jobs until it is told to stop, and lets those at work finish.
func (workCommand) Run(ctx context.Context) error {
	c, flush, err := begin(ctx, func(c config.Config) error {
		if c.DatabaseURL == "" {
			return errors.New("DATABASE_URL: api work needs one; api dev brings its own and works its jobs")
		}
		return nil
	})
	if err != nil {
		return err
	}
	defer flush()
	tuneMemory()
	d, err := openDB(c)
	if err != nil {
		return err
	}
	defer d.Close()
	workers, err := openWorkers(c, d)
	if err != nil {
		return err
	}
	slog.InfoContext(ctx, "worker_started", "version", buildVersion(), "environment", c.Environment)
	if err := workers.Run(ctx); err != nil {
		return err
	}
	slog.InfoContext(ctx, "worker_stopped")
	return nil
}
