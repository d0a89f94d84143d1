package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/tools/config"
)

type psqlCommand struct {
	Args []string `arg:"" optional:"" passthrough:"" help:"Arguments for psql, such as -c 'select 1'."`
}

// Run opens the database of make run as its owner, who bypasses row level security. When make run is not running, it starts
// Postgres until psql ends.
func (p psqlCommand) Run(ctx context.Context) error {
	c, err := config.Read()
	if err != nil {
		return err
	}
	if c.IsProduction() {
		return errors.New("ENVIRONMENT: this program is for development")
	}
	ownerURL, appURL, err := logins(c)
	if err != nil {
		return err
	}
	program, url := "psql", cmp.Or(ownerURL, appURL)
	if url == "" {
		server, err := openEmbedded(ctx, filepath.Join(c.DataDir, "postgres"))
		if err != nil {
			return err
		}
		defer func() { _ = server.Stop() }()
		url, program = server.URL, server.Program("psql")
	}
	if err := p.run(program, url); err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return fmt.Errorf("psql ended with status %d", exit.ExitCode())
		}
		return fmt.Errorf("start psql, which is in the package postgresql-client: %w", err)
	}
	return nil
}

// openEmbedded starts the embedded Postgres. It returns an error when make run has not created the database yet.
func openEmbedded(ctx context.Context, dir string) (*postgres.Server, error) {
	created, err := postgres.Made(dir)
	if err != nil {
		return nil, err
	}
	if !created {
		return nil, fmt.Errorf(
			"there is no database in %s yet: start make run once, or set DATA_DIR or DATABASE_URL to where yours is",
			dir,
		)
	}
	server, err := postgres.Start(ctx, postgres.Options{Dir: dir, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	if !server.Borrowed {
		fmt.Fprintln(os.Stderr, "dev: make run is not running; Postgres stops when psql ends")
	}
	return server, nil
}

// run starts psql and ignores Ctrl-C itself: psql uses it to cancel a statement.
func (p psqlCommand) run(program, url string) error {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGINT)
	psql := exec.Command(program, append([]string{url}, p.Args...)...)
	psql.Stdin, psql.Stdout, psql.Stderr = os.Stdin, os.Stdout, os.Stderr
	return psql.Run()
}
