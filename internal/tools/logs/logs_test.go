package logs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/logs"
)

// sink is a writer that many goroutines may write to and read from.
type sink struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *sink) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *sink) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func TestLine_WithScope_HasItsAttributes(t *testing.T) {
	t.Parallel()
	out := &sink{}
	logger, flush := logs.New(logs.Options{Out: out})
	scope := &logs.Scope{RequestID: "r1"}
	ctx := logs.WithScope(t.Context(), scope)
	scope.Operation, scope.UserID = "getMe", "u1" // set later by middleware
	logger.With("a", 1).InfoContext(ctx, "api_request", "status", 200)
	flush()
	var line map[string]any
	require.NoError(t, json.Unmarshal([]byte(out.String()), &line))
	delete(line, "time")
	require.Equal(
		t,
		map[string]any{
			"level":      "INFO",
			"msg":        "api_request",
			"a":          1.0,
			"status":     200.0,
			"request_id": "r1",
			"operation":  "getMe",
			"user_id":    "u1",
		},
		line,
	)
}

func TestLine_BelowWarn_IsBufferedFor100ms(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out := &sink{}
		logger, _ := logs.New(logs.Options{Out: out})
		logger.Info("one")
		require.Empty(t, out.String(), "lines are collected")
		time.Sleep(150 * time.Millisecond)
		synctest.Wait()
		require.Contains(t, out.String(), "one")
		logger.Info("two")
		logger.Warn("three")
		require.Contains(t, out.String(), "two", "a warning flushes the buffered lines")
		require.Contains(t, out.String(), "three")
	})
}

func TestLine_LevelCritical_HasItsName(t *testing.T) {
	t.Parallel()
	out := &sink{}
	logger, _ := logs.New(logs.Options{Out: out})
	logger.Log(t.Context(), logs.LevelCritical, "db_query_failed")
	require.Contains(t, out.String(), `"level":"CRITICAL"`)
}

func TestMask_KeepsTheFirstLetterAndTheDomain(t *testing.T) {
	t.Parallel()
	for email, want := range map[string]string{
		"ann@example.com": "a***@example.com", `"a@b"@example.com`: `"***@example.com`, "nobody": "***", "": "***", "@example.com": "***",
		"élodie@example.com": "é***@example.com", "李@example.com": "李***@example.com", "\xff\xfe@example.com": "***",
	} {
		require.Equal(t, want, logs.Mask(email))
	}
}

// An HTTP server stands in for Sentry.
func TestSentry_ReceivesErrorsOnly(t *testing.T) {
	t.Parallel()
	envelopes := make(chan string, 10)
	sentry := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		envelopes <- string(body)
	}))
	defer sentry.Close()
	hub, err := logs.Sentry(strings.Replace(sentry.URL, "http://", "http://key@", 1)+"/1", "test", "v1")
	require.NoError(t, err)
	logger, flush := logs.New(logs.Options{Out: io.Discard, Sentry: hub})
	ctx := logs.WithScope(context.Background(), &logs.Scope{RequestID: "r1", Operation: "getMe"})
	logger.InfoContext(ctx, "api_request")
	logger.WarnContext(ctx, "api_unavailable")
	logger.ErrorContext(ctx, "api_error", "error", errors.New("the cause"))
	flush()
	require.Len(t, envelopes, 1, "lines below error must not go to Sentry")
	got := <-envelopes
	for _, want := range []string{"api_error", "the cause", "r1", "getMe", "v1"} {
		require.Contains(t, got, want)
	}
}

func TestSentry_InvalidDSN_IsRefused(t *testing.T) {
	t.Parallel()
	_, err := logs.Sentry("not a dsn", "test", "v1")
	require.Error(t, err)
	hub, err := logs.Sentry("", "test", "v1")
	require.NoError(t, err)
	require.Nil(t, hub)
}

func BenchmarkLine(b *testing.B) {
	logger, _ := logs.New(logs.Options{Out: io.Discard})
	ctx := logs.WithScope(
		b.Context(),
		&logs.Scope{RequestID: "01JD9Z6Q4W8V6T3S2R1Q0P9N8M", Operation: "getMe", UserID: "d0000000-0000-4000-8000-000000000001"},
	)
	b.ReportAllocs()
	for b.Loop() {
		logger.LogAttrs(
			ctx,
			slog.LevelInfo,
			"api_request",
			slog.String("method", "GET"),
			slog.String("path", "/api/v1/users/me"),
			slog.Int("status", 200),
			slog.Float64("duration_ms", 0.42),
		)
	}
}
