package server

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/room"
)

const (
	streamPath = "/api/v1/coach/stream"
	// maxStreams is how many streams one process sends at the same time, and streamsPerPerson how many of them to one person: an old tab
	// and a phone may be open as well.
	maxStreams       = 20_000
	streamsPerPerson = 50
	// streamWriteTimeout cuts a client that reads nothing.
	streamWriteTimeout = 10 * time.Second
)

// streams are the responses that go on after their handler has returned. They hold neither a slot nor the stacks of the middleware: the
// connection is taken over, and one small goroutine serves it.
type streams struct {
	mu       sync.Mutex
	total    int
	byPerson map[string]int
	running  sync.WaitGroup
	// stop ends all streams; ctx is the context of each.
	ctx  context.Context
	stop context.CancelFunc
}

func newStreams() *streams {
	ctx, stop := context.WithCancel(context.Background())
	return &streams{byPerson: map[string]int{}, ctx: ctx, stop: stop}
}

// take takes the place of a stream; release gives it back.
func (s *streams) take(person string) (release func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.total >= maxStreams || s.byPerson[person] >= streamsPerPerson || s.ctx.Err() != nil {
		return nil, false
	}
	s.total++
	s.byPerson[person]++
	s.running.Add(1)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.total--
		if s.byPerson[person]--; s.byPerson[person] == 0 {
			delete(s.byPerson, person)
		}
		s.running.Done()
	}, true
}

// handedOver implements room.Streamer: it keeps the stream of one request until its handler has returned.
type handedOver struct {
	header http.Header
	stream room.Stream
}

// Stream implements room.Streamer.
func (h *handedOver) Stream(header http.Header, stream room.Stream) {
	h.header, h.stream = header, stream
}

type headKey struct{}

// isHead reports whether the caller asked for the headers alone.
func isHead(r *http.Request) bool { return r.Context().Value(headKey{}) != nil }

// sendStream sends a stream whose handler has returned.
func (s *Server) sendStream(c echo.Context, who string, h handedOver) error {
	w := c.Response()
	release, ok := s.streams.take(who)
	if !ok {
		return tooManyAtOnce()
	}
	maps.Copy(w.Header(), h.header)
	if isHead(c.Request()) {
		release()
		w.WriteHeader(http.StatusOK)
		return nil
	}
	// The request itself ends when its connection is taken over.
	ctx, cancel := withEndOf(c.Request().Context(), s.streams.ctx)
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil { // not a connection of HTTP/1.1: it is served here
		defer release()
		defer cancel()
		w.WriteHeader(http.StatusOK)
		flushed := &flushing{w, http.NewResponseController(w)}
		return h.stream(ctx, flushed)
	}
	head := responseHead(w.Header())
	w.Status, w.Committed = http.StatusOK, true
	began, address := time.Now(), rate.Address(c.RealIP())
	go func() {
		defer release()
		defer cancel()
		defer conn.Close()
		err := writeStream(ctx, conn, head, h.stream)
		slog.InfoContext(ctx, "stream_ended", "ip", address, "duration_ms", time.Since(began).Milliseconds(), "error", err)
	}()
	return nil
}

// withEndOf returns a context that has the values of one context, such as who asks, and ends with another one. Call cancel when it is no
// longer needed: until then, end holds it in memory.
func withEndOf(values, end context.Context) (ctx context.Context, cancel func()) {
	ctx, cancelOnly := context.WithCancel(context.WithoutCancel(values))
	forget := context.AfterFunc(end, cancelOnly)
	return ctx, func() {
		forget()
		cancelOnly()
	}
}

// writeStream writes the head and the chunks of a response. Only a stream that ended by itself has the last chunk: a client notices that
// it was cut otherwise.
func writeStream(ctx context.Context, conn net.Conn, head []byte, stream room.Stream) error {
	out := &chunked{conn}
	if err := out.write(head); err != nil {
		return err
	}
	if err := stream(ctx, out); err != nil {
		return err
	}
	return out.write([]byte("0\r\n\r\n"))
}

func responseHead(header http.Header) []byte {
	header = header.Clone()
	header.Set("Transfer-Encoding", "chunked")
	header.Set("Connection", "close")
	header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	header.Del("Content-Length")
	var head bytes.Buffer
	head.WriteString("HTTP/1.1 200 OK\r\n")
	_ = header.Write(&head) // a buffer takes everything
	head.WriteString("\r\n")
	return head.Bytes()
}

// chunked writes each piece as one chunk of HTTP/1.1.
type chunked struct{ conn net.Conn }

func (c *chunked) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil // an empty chunk would end the response
	}
	piece := fmt.Appendf(nil, "%x\r\n", len(p))
	piece = append(append(piece, p...), '\r', '\n')
	return len(p), c.write(piece)
}

func (c *chunked) write(p []byte) error {
	if err := c.conn.SetWriteDeadline(time.Now().Add(streamWriteTimeout)); err != nil {
		return err
	}
	_, err := c.conn.Write(p)
	return err
}

// flushing sends each piece at once where the connection cannot be taken over.
type flushing struct {
	io.Writer
	wire *http.ResponseController
}

func (f *flushing) Write(p []byte) (int, error) {
	_ = f.wire.SetWriteDeadline(time.Now().Add(streamWriteTimeout)) // not supported in tests without a connection
	n, err := f.Writer.Write(p)
	if err != nil {
		return n, err
	}
	return n, f.wire.Flush()
}
