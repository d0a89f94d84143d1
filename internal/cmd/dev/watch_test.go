package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/config"
)

// TestMain is the watcher of a test when it is started as one: it writes down its environment, and how it ended.
func TestMain(m *testing.M) {
	if os.Getenv("TEST_WATCHER") == "" {
		os.Exit(m.Run())
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt)
	file := os.Args[1]
	told := []byte(strings.Join(os.Environ(), "\n"))
	if err := errors.Join(os.WriteFile(file+".new", told, 0o600), os.Rename(file+".new", file)); err != nil {
		panic(err)
	}
	<-interrupted
	if err := os.WriteFile(file, []byte("interrupted"), 0o600); err != nil {
		panic(err)
	}
}

func TestWatch_PassesSettingsAndStopsWithContext(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "environment")
	w := watchCommand{Watcher: os.Args[0], Args: []string{file}}
	s := &services{ownerURL: "postgres://postgres:x@127.0.0.1/coach", config: config.Config{
		Port:                   8123,
		DatabaseURL:            "postgres://app:y@127.0.0.1/coach",
		SupabaseAuthURL:        "http://127.0.0.1:10122/auth/v1",
		SupabaseAnonKey:        "anon",
		SupabaseServiceRoleKey: "service",
		JWTIssuer:              "http://127.0.0.1:9999/auth/v1",
	}}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.watch(ctx, append(s.environment(), "TEST_WATCHER=1")) }()
	var told []byte
	require.Eventually(t, func() bool {
		var err error
		told, err = os.ReadFile(file)
		return err == nil
	}, 30*time.Second, 10*time.Millisecond)
	stop()
	require.NoError(t, <-ended)

	lines := strings.Split(string(told), "\n")
	for _, want := range []string{
		"PORT=8123", "DATABASE_URL=postgres://app:y@127.0.0.1/coach", "DATABASE_OWNER_URL=postgres://postgres:x@127.0.0.1/coach",
		"SUPABASE_AUTH_URL=http://127.0.0.1:10122/auth/v1", "SUPABASE_ANON_KEY=anon", "SUPABASE_SERVICE_ROLE_KEY=service",
		"JWT_ISSUER=http://127.0.0.1:9999/auth/v1",
	} {
		require.Contains(t, lines, want)
	}
	last, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "interrupted", string(last))
}

func TestWatch_WatcherEnds_Returns(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, watchCommand{Watcher: "true"}.watch(t.Context(), nil), "ended unexpectedly")
}
