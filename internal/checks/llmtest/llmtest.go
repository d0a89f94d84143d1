// Package llmtest is a scripted provider of language models for tests. One server speaks both wire formats, each with the variants and
// faults that real servers have, and keeps the requests that it received.
//
//	s := llmtest.New(t, llmtest.Sequence(t,
//		llmtest.Reply{Calls: []llmtest.Call{{ID: "a", Name: "get_day", Arguments: []string{`{}`}}}},
//		llmtest.Reply{Text: []string{"You ate ", "an apple."}, Pause: 10 * time.Millisecond},
//		llmtest.Reply{Failure: &llmtest.Failure{Status: 529, Type: "overloaded_error"}},
//	))
//	provider, err := llm.New(llm.Config{Name: "scripted", Format: llm.AnthropicMessages, BaseURL: s.URL, Model: "m"})
package llmtest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ultimatecoach/api/internal/tools/llm"
)

// Request is a request that the server received.
type Request struct {
	Format     llm.Format
	Header     http.Header
	Body       []byte
	RemoteAddr string // equal for two requests: they used the same connection
}

// Script returns the reply to a request; n counts the requests from 0.
type Script func(n int, r Request) Reply

// Always replies the same to each request.
func Always(r Reply) Script { return func(int, Request) Reply { return r } }

// Sequence replies with one of the replies after the other. A further request gets a 400, and fails the test.
func Sequence(t testing.TB, replies ...Reply) Script {
	return func(n int, _ Request) Reply {
		if n < len(replies) {
			return replies[n]
		}
		t.Errorf("llmtest: request %d, but there are %d replies", n+1, len(replies))
		return Reply{Failure: &Failure{Status: http.StatusBadRequest, Type: "invalid_request_error", Message: "no reply is left"}}
	}
}

// Server is a scripted provider.
type Server struct {
	// URL is the base URL for both formats.
	URL string

	script      Script
	mu          sync.Mutex
	requests    []Request
	disconnects chan struct{}
	sent        atomic.Int64
}

// New starts a server that runs until the end of the test.
func New(t testing.TB, script Script) *Server {
	s := &Server{script: script, disconnects: make(chan struct{}, 1000)}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL + "/v1"
	return s
}

// Requests returns the requests so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Sent returns how many bytes of streams were written.
func (s *Server) Sent() int64 { return s.sent.Load() }

// Disconnects receives a value each time that a client closes the connection before the server has finished its response.
func (s *Server) Disconnects() <-chan struct{} { return s.disconnects }

// ServeHTTP serves POST /v1/chat/completions and POST /v1/messages.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	format, ok := map[string]llm.Format{
		"POST /v1/chat/completions": llm.ChatCompletions,
		"POST /v1/messages":         llm.AnthropicMessages,
	}[r.Method+" "+r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	request := Request{Format: format, Header: r.Header.Clone(), Body: body, RemoteAddr: r.RemoteAddr}
	s.mu.Lock()
	n := len(s.requests)
	s.requests = append(s.requests, request)
	s.mu.Unlock()
	s.reply(w, r, format, s.script(n, request))
}

func (s *Server) reply(w http.ResponseWriter, r *http.Request, format llm.Format, reply Reply) {
	defer func() {
		if r.Context().Err() != nil {
			s.disconnects <- struct{}{}
		}
	}()
	if !s.sleep(r, reply.Delay) {
		return
	}
	for name, value := range reply.Header {
		w.Header().Set(name, value)
	}
	if f := reply.Failure; f != nil {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(f.Status)
		fmt.Fprint(w, f.body(format))
		return
	}
	if w.Header().Get("Content-Type") == "" {
		kind := "text/event-stream; charset=utf-8"
		if reply.has(NotStreamed) {
			kind = "application/json"
		}
		w.Header().Set("Content-Type", kind)
	}
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush()
	if !s.write(w, r, format, reply) {
		return
	}
	switch {
	case reply.Endless != "":
		for s.flush(w, r, reply.Endless) {
		}
	case reply.Hang:
		<-r.Context().Done()
	case reply.EndDelay > 0:
		s.sleep(r, reply.EndDelay)
	case reply.Reset:
		panic(http.ErrAbortHandler) // closes the connection without the end of the response
	}
}

// write writes the events of a reply, or the bytes before its cut.
func (s *Server) write(w http.ResponseWriter, r *http.Request, format llm.Format, reply Reply) bool {
	left := -1
	if reply.Cut {
		left = reply.CutAt
	}
	for i, event := range reply.Events(format) {
		if i > 0 && !s.sleep(r, reply.Pause) {
			return false
		}
		if left >= 0 {
			event = event[:min(left, len(event))]
			left -= len(event)
		}
		if event != "" && !s.flush(w, r, event) {
			return false
		}
	}
	return true
}

func (s *Server) flush(w http.ResponseWriter, r *http.Request, text string) bool {
	s.sent.Add(int64(len(text)))
	if _, err := io.Copy(w, strings.NewReader(text)); err != nil {
		<-r.Context().Done()
		return false
	}
	return http.NewResponseController(w).Flush() == nil && r.Context().Err() == nil
}

func (*Server) sleep(r *http.Request, d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
		return false
	}
}
