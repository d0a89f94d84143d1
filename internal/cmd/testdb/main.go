// Command testdb runs a command with a temporary Postgres: `go run ./internal/cmd/testdb -- go test ./...`. The command gets
// the server in TEST_DATABASE_URL, so that all test binaries share one server. With -keep the server's address and the migrated
// template stay the same in the next run, and Go caches the results of tests that passed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/ultimatecoach/api/internal/dev/postgres"
)

func main() {
	keep := flag.String("keep", "", "folder to keep the data in; without it the data is deleted with the server")
	flag.Usage = func() { fmt.Fprintln(os.Stderr, "usage: testdb [-keep folder] -- command [argument ...]") }
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	code, err := run(*keep, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "testdb:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

func run(keep string, args []string) (code int, err error) {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	url := os.Getenv("TEST_DATABASE_URL") // the caller's own server
	stopped := make(<-chan struct{})
	if url == "" {
		started := make(chan struct{})
		go func() {
			select {
			case s := <-signals:
				cancel()
				signals <- s
			case <-started:
			}
		}()
		server, err := start(ctx, keep)
		close(started)
		if err != nil {
			return 1, fmt.Errorf("start postgres: %w", err)
		}
		defer func() { err = errors.Join(err, server.Stop()) }()
		url, stopped = server.URL, server.Done()
	}

	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "TEST_DATABASE_URL="+url)
	if err := cmd.Start(); err != nil {
		return 127, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			_ = cmd.Process.Signal(s) // the terminal sends Ctrl-C to the command too; twice is harmless
		case <-stopped:
			fmt.Fprintln(os.Stderr, "testdb: postgres stopped unexpectedly")
			stopped = nil // the command itself fails then
		case err := <-ended:
			if exit, ok := errors.AsType[*exec.ExitError](err); ok {
				if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
					return 128 + int(status.Signal()), nil
				}
				return exit.ExitCode(), nil
			}
			return 0, err
		}
	}
}

// start never shares the server of another run, which would end before these tests do.
func start(ctx context.Context, keep string) (*postgres.Server, error) {
	o := postgres.Options{
		Dir:       keep,
		Ephemeral: true,
		Log:       slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	server, err := postgres.Start(ctx, o)
	if err != nil || !server.Borrowed {
		return server, err
	}
	o.Dir = ""
	fresh, err := postgres.Start(ctx, o)
	return fresh, errors.Join(err, server.Stop())
}
