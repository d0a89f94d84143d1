// Package logs sets up slog: JSON on stdout, readable text in a terminal, errors to Sentry, and on every line what the
// context knows of the request.
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

// LevelCritical is for what stops the service as a whole, such as a database that is down.
const LevelCritical = slog.LevelError + 4

// Options say where lines go.
type Options struct {
	Out   io.Writer
	Level slog.Leveler
	// Text is for people at a terminal; the default is JSON.
	Text bool
	// Sentry receives error lines when set.
	Sentry *sentry.Hub
}

// New makes the logger. Flush it before the process ends; nothing of it writes to slog's default by itself.
func New(o Options) (*slog.Logger, func()) {
	plain := &slog.HandlerOptions{Level: o.Level}
	naming := &slog.HandlerOptions{Level: o.Level, ReplaceAttr: nameCritical}
	var out slog.Handler
	flush := func() {}
	if o.Text {
		out = slog.NewTextHandler(o.Out, naming)
	} else {
		buffer := newBuffer(o.Out)
		out = urgent{slog.NewJSONHandler(buffer, plain), slog.NewJSONHandler(buffer, naming), buffer}
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

// Sentry connects to a DSN; an empty one answers nil.
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

// Scope is what a request's lines carry. It is made once per request and filled in on its way; one goroutine writes it.
type Scope struct {
	RequestID, Operation, UserID, TraceID string
}

type scopeKey struct{}

// WithScope lets every line under ctx carry the scope.
func WithScope(ctx context.Context, s *Scope) context.Context {
	return context.WithValue(ctx, scopeKey{}, s)
}

// ScopeFrom answers an empty scope where there is none.
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
		known := make([]slog.Attr, 0, 4) // added at once: the record grows with each call
		for _, a := range [...]struct{ key, value string }{
			{"request_id", s.RequestID}, {"operation", s.Operation}, {"user_id", s.UserID}, {"trace_id", s.TraceID},
		} {
			if a.value != "" {
				known = append(known, slog.String(a.key, a.value))
			}
		}
		r.AddAttrs(known...)
	}
	return h.Handler.Handle(ctx, r)
}

func (h scoped) WithAttrs(attrs []slog.Attr) slog.Handler { return scoped{h.Handler.WithAttrs(attrs)} }
func (h scoped) WithGroup(name string) slog.Handler       { return scoped{h.Handler.WithGroup(name)} }

// urgent writes lines of warning and above through at once.
type urgent struct {
	slog.Handler
	// critical writes the lines whose level slog has no name for. Looking for them costs a call for each attribute of a
	// line, a third of what an access line takes.
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
	bufferDelay = 100 * time.Millisecond // the most a line waits: short for a person who tails, long for a disk
)

// buffer collects lines, for a system call per line is what costs most about logging.
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

// Flush writes what waits.
func (b *buffer) Flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.write()
}

func (b *buffer) write() {
	if len(b.lines) > 0 {
		_, _ = b.out.Write(b.lines) // there is nowhere to complain to
		b.lines = b.lines[:0]
	}
}

// Mask hides an address in a log line: a***@example.com.
func Mask(email string) string {
	at := strings.LastIndexByte(email, '@')
	first, size := utf8.DecodeRuneInString(email)
	if at < 1 || first == utf8.RuneError {
		return "***"
	}
	return email[:size] + "***" + email[at:]
}
