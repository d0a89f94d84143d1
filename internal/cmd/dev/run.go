package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/ultimatecoach/api/internal/dev/demo"
	"github.com/ultimatecoach/api/internal/process"
)

type runCommand struct{}

// Run starts every service that the settings do not locate elsewhere, prints the addresses and serves until ctx ends.
func (runCommand) Run(ctx context.Context) error {
	return withServices(ctx, func(ctx context.Context, s *services) error {
		a, listener, err := s.open(ctx)
		if err != nil {
			return err
		}
		defer a.Deps.DB.Close()
		s.welcome(listener.Addr())
		return a.Serve(ctx, listener)
	})
}

// open opens the API with the demo account, and its listener.
func (s *services) open(ctx context.Context) (*process.Service, net.Listener, error) {
	a, err := process.Open(s.config)
	if err != nil {
		return nil, nil, err
	}
	listener, err := a.Listen(ctx)
	if err == nil && s.inbox != "" {
		if err = s.quietly(func() error { return demo.Seed(ctx, a.Deps) }); err != nil {
			err = fmt.Errorf("make the demo account: %w", errors.Join(err, listener.Close()))
		}
	}
	if err != nil {
		a.Deps.DB.Close()
		return nil, nil, err
	}
	return a, listener, nil
}

// quietly calls fill without its log lines below warn, which are dozens at the first start. At log level debug they are kept.
func (s *services) quietly(fill func() error) error {
	if usual := s.level.Level(); usual >= slog.LevelInfo {
		s.level.Set(max(usual, slog.LevelWarn))
		defer s.level.Set(usual)
	}
	return fill()
}

// reachable returns an address that a browser on this machine can open.
func reachable(a net.Addr) string {
	host, port, _ := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

func (s *services) welcome(address net.Addr) {
	s.flush() // print earlier log lines first
	base := "http://" + reachable(address)
	fmt.Fprintf(os.Stdout, `
  Ultimate Coach is up (%.1f s)

  API      %s
  Docs     %s/docs
`, time.Since(s.startedAt).Seconds(), base, base)
	if s.inbox != "" {
		fmt.Fprintf(os.Stdout, `  Inbox    %s
  Auth     %s
  Anon key %s

  Demo     %s  /  %s
           user id %s
`, s.inbox, s.config.SupabaseAuthURL, s.config.SupabaseAnonKey.Reveal(), demo.Email, demo.Password, demo.ID)
	}
	fmt.Fprint(os.Stdout, "\n  Ctrl-C stops everything; the data stays.\n\n")
}
