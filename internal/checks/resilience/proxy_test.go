package resilience_test

import (
	"io"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy is a TCP proxy between the API and Postgres. It can close connections, drop bytes, and count round trips, which a
// client of Postgres cannot count in its own calls.
type proxy struct {
	listener net.Listener
	target   string
	trips    atomic.Int64

	mu       sync.Mutex
	refusing bool // closes every connection
	silent   bool // accepts connections and drops all bytes
	streams  map[net.Conn]*stream
}

// stream is one client connection. waiting is true from a request until the server responds. dropped: no byte passes.
type stream struct {
	mu      sync.Mutex
	waiting bool
	dropped bool
}

func newProxy(t *testing.T, databaseURL string) *proxy {
	t.Helper()
	u, err := url.Parse(databaseURL)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &proxy{listener: listener, target: u.Host, streams: map[net.Conn]*stream{}}
	go p.accept()
	t.Cleanup(func() {
		_ = listener.Close()
		p.cut()
	})
	return p
}

// through returns the database's URL with the proxy's address.
func (p *proxy) through(t *testing.T, databaseURL string) string {
	t.Helper()
	u, err := url.Parse(databaseURL)
	require.NoError(t, err)
	u.Host = p.listener.Addr().String()
	return u.String()
}

// cut closes every connection and refuses new ones.
func (p *proxy) cut() { p.set(true, false) }

// swallow keeps connections open, accepts new ones, and drops all bytes.
func (p *proxy) swallow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = true
}

// forget drops all bytes on the present connections, as a firewall that lost its state. New connections work.
func (p *proxy) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.streams {
		s.mu.Lock()
		s.dropped = true
		s.mu.Unlock()
	}
}

// restore closes silent connections and passes everything again.
func (p *proxy) restore() { p.set(false, false) }

func (p *proxy) set(refusing, silent bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refusing, p.silent = refusing, silent
	for client := range p.streams {
		_ = client.Close()
	}
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.serve(client)
	}
}

func (p *proxy) serve(client net.Conn) {
	defer client.Close()
	p.mu.Lock()
	refusing, s := p.refusing, &stream{}
	p.streams[client] = s
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.streams, client)
		p.mu.Unlock()
	}()
	if refusing {
		return
	}
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		defer client.Close()
		p.pass(client, server, func() bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.waiting = false
			return s.dropped
		})
	}()
	p.pass(server, client, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.waiting {
			p.trips.Add(1)
		}
		s.waiting = true
		return s.dropped
	})
}

func (p *proxy) pass(to io.Writer, from io.Reader, onRead func() (dropped bool)) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			dropped := onRead()
			p.mu.Lock()
			silent := p.silent
			p.mu.Unlock()
			if !silent && !dropped {
				if _, err := to.Write(buffer[:n]); err != nil {
					return
				}
			}
		}
		if err != nil {
			return
		}
	}
}
