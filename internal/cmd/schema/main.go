// Command schema writes db/schema.sql: the schema that the migrations and db/functions create, in one file for people and sqlc.
// It is part of `make gen`.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"

	"github.com/ultimatecoach/api/internal/dev/postgres"
)

const header = `-- The schema as migrations/ and db/functions/ make it: written by make gen, never edited.

SET check_function_bodies = false;

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := write(ctx, "db/schema.sql")
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "schema:", err)
		os.Exit(1)
	}
}

func write(ctx context.Context, name string) (err error) {
	// Always the same version: the dump of another one differs.
	server, err := postgres.Start(ctx, postgres.Options{
		Ephemeral: true,
		Major:     postgres.NewestMajor,
		Log:       slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return fmt.Errorf("start postgres: %w", err)
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	if _, err := postgres.Prepare(ctx, server.URL, ""); err != nil {
		return err
	}
	dump, err := server.Dump(ctx, server.URL)
	if err != nil {
		return err
	}
	return os.WriteFile(name, []byte(header+dump), 0o644)
}
