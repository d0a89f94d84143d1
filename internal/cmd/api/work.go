package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/config"
)

type workCommand struct{}

// Run works jobs until it is told to stop, and lets those at work finish.
func (workCommand) Run(ctx context.Context) error {
	c, err := config.Read()
	if err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	if c.DatabaseURL == "" {
		return errors.New("DATABASE_URL: api work needs one; api dev brings its own and works its jobs")
	}
	flush, err := startLog(c)
	if err != nil {
		return err
	}
	defer flush()
	if err := db.CheckSchema(ctx, c.DatabaseURL.Reveal()); err != nil {
		return err
	}
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
