// Package logs sets up slog: JSON on stdout, readable text in a terminal, errors to Sentry. Every line carries the request's
// attributes from the context.
package logs

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/getsentry/sentry-go"
	slogsentry "github.com/samber/slog-sentry/v2"
)

// LevelCritical is for errors that stop the whole service, such as a database that is down.
const LevelCritical = slog.LevelError + 4

// Options configure New.
type Options struct {
	Out   io.Writer
	Level slog.Leveler
	// Text writes text for a terminal instead of JSON.
	Text bool
	// Sentry receives lines of level error; nil: no Sentry.
	Sentry *sentry.Hub
}

// New returns a logger and its flush function, which the process must call before it ends.
func New(o Options) (*slog.Logger, func()) {
	plain := &slog.HandlerOptions{Level: o.Level}
	withNames := &slog.HandlerOptions{Level: o.Level, ReplaceAttr: nameCritical}
	var out slog.Handler
	flush := func() {}
	if o.Text {
		out = slog.NewTextHandler(o.Out, withNames)
	} else {
		buffer := newBuffer(o.Out)
		out = urgent{slog.NewJSONHandler(buffer, plain), slog.NewJSONHandler(buffer, withNames), buffer}
		flush = buffer.Flush
	}
	if o.Sentry != nil {
		out = slog.NewMultiHandler(out, slogsentry.Option{Level: slog.LevelError, Hub: o.Sentry}.NewSentryHandler())
		write := flush
		flush = func() {
			write()
			o.Sentry.Flush(2 * time.Second)
		}
	}
	return slog.New(scoped{out}), flush
}

// Sentry returns a hub for a DSN, or nil for an empty one.
func Sentry(dsn, environment, release string) (*sentry.Hub, error) {
	if dsn == "" {
		return nil, nil
	}
	client, err := sentry.NewClient(sentry.ClientOptions{Dsn: dsn, Environment: environment, Release: release, AttachStacktrace: true})
	if err != nil {
		return nil, err
	}
	return sentry.NewHub(client, sentry.NewScope()), nil
}

func nameCritical(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.LevelKey {
		if level, ok := a.Value.Any().(slog.Level); ok && level >= LevelCritical {
			a.Value = slog.StringValue("CRITICAL")
		}
	}
	return a
}

// Scope holds the attributes of a request's log lines. It is created once per request; middleware fills it in. Only one goroutine writes it.
type Scope struct {
	RequestID, Operation, UserID, TraceID string
}

type scopeKey struct{}

// WithScope returns a context whose log lines carry the scope.
func WithScope(ctx context.Context, s *Scope) context.Context {
	return context.WithValue(ctx, scopeKey{}, s)
}

// ScopeFrom returns the scope of ctx, or an empty one.
func ScopeFrom(ctx context.Context) *Scope {
	if s, ok := ctx.Value(scopeKey{}).(*Scope); ok {
		return s
	}
	return &Scope{}
}

// scoped adds the context's scope to each record.
type scoped struct{ slog.Handler }

func (h scoped) Handle(ctx context.Context, r slog.Record) error {
	if s, ok := ctx.Value(scopeKey{}).(*Scope); ok {
		attrs := make([]slog.Attr, 0, 4) // added in one call: each call may grow the record
		for _, a := range [...]struct{ key, value string }{
			{"request_id", s.RequestID}, {"operation", s.Operation}, {"user_id", s.UserID}, {"trace_id", s.TraceID},
		} {
			if a.value != "" {
				attrs = append(attrs, slog.String(a.key, a.value))
			}
		}
		r.AddAttrs(attrs...)
	}
	return h.Handler.Handle(ctx, r)
}

func (h scoped) WithAttrs(attrs []slog.Attr) slog.Handler { return scoped{h.Handler.WithAttrs(attrs)} }
func (h scoped) WithGroup(name string) slog.Handler       { return scoped{h.Handler.WithGroup(name)} }

// urgent flushes the buffer after every line of level warn and above.
type urgent struct {
	slog.Handler
	// critical writes lines of LevelCritical, which need ReplaceAttr for the name of the level. ReplaceAttr is called for
	// each attribute: for all lines it would cost a third of an access line.
	critical slog.Handler
	buffer   *buffer
}

func (h urgent) Handle(ctx context.Context, r slog.Record) error {
	to := h.Handler
	if r.Level >= LevelCritical {
		to = h.critical
	}
	err := to.Handle(ctx, r)
	if r.Level >= slog.LevelWarn {
		h.buffer.Flush()
	}
	return err
}

func (h urgent) WithAttrs(attrs []slog.Attr) slog.Handler {
	return urgent{h.Handler.WithAttrs(attrs), h.critical.WithAttrs(attrs), h.buffer}
}
func (h urgent) WithGroup(name string) slog.Handler {
	return urgent{h.Handler.WithGroup(name), h.critical.WithGroup(name), h.buffer}
}

const (
	bufferSize  = 64 << 10
	bufferDelay = 100 * time.Millisecond // how long a line waits at most: short for a reader of the log, long for a disk
)

// buffer collects lines: one system call per line is the largest cost of logging.
type buffer struct {
	mu    sync.Mutex
	out   io.Writer
	lines []byte
	timer *time.Timer
}

func newBuffer(out io.Writer) *buffer { return &buffer{out: out, lines: make([]byte, 0, bufferSize)} }

func (b *buffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.lines)+len(line) > bufferSize {
		b.write()
	}
	if len(b.lines) == 0 {
		if b.timer == nil {
			b.timer = time.AfterFunc(bufferDelay, b.Flush)
		} else {
			b.timer.Reset(bufferDelay)
		}
	}
	b.lines = append(b.lines, line...)
	return len(line), nil
}

// Flush writes the collected lines.
func (b *buffer) Flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.write()
}

func (b *buffer) write() {
	if len(b.lines) > 0 {
		_, _ = b.out.Write(b.lines) // an error of the log cannot be logged
		b.lines = b.lines[:0]
	}
}

// Mask shortens an e-mail address for the log: a***@example.com.
func Mask(email string) string {
	at := strings.LastIndexByte(email, '@')
	first, size := utf8.DecodeRuneInString(email)
	if at < 1 || first == utf8.RuneError {
		return "***"
	}
	return email[:size] + "***" + email[at:]
}
