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

// proxy stands between the API and Postgres. It can cut the line, swallow what is said, and count round trips, which a
// client of Postgres cannot see in its own calls.
type proxy struct {
	listener net.Listener
	target   string
	trips    atomic.Int64

	mu      sync.Mutex
	away    bool // refuses
	silent  bool // accepts, and passes nothing on
	streams map[net.Conn]*stream
}

// stream is one client's connection. asked is true from a client's word until the server's answer.
type stream struct {
	mu        sync.Mutex
	asked     bool
	forgotten bool
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

// through is the database's URL by way of the proxy.
func (p *proxy) through(t *testing.T, databaseURL string) string {
	t.Helper()
	u, err := url.Parse(databaseURL)
	require.NoError(t, err)
	u.Host = p.listener.Addr().String()
	return u.String()
}

// cut ends every connection and refuses new ones.
func (p *proxy) cut() { p.set(true, false) }

// swallow keeps every connection, takes new ones, and lets no byte through.
func (p *proxy) swallow() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silent = true
}

// forget lets no byte through on the connections there are, as a firewall that has lost its memory; new ones work.
func (p *proxy) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.streams {
		s.mu.Lock()
		s.forgotten = true
		s.mu.Unlock()
	}
}

// mend ends what was swallowed and lets everything through again.
func (p *proxy) mend() { p.set(false, false) }

func (p *proxy) set(away, silent bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.away, p.silent = away, silent
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
	away, s := p.away, &stream{}
	p.streams[client] = s
	p.mu.Unlock()
	defer func() {
		p.mu.Lock()
		delete(p.streams, client)
		p.mu.Unlock()
	}()
	if away {
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
			s.asked = false
			return s.forgotten
		})
	}()
	p.pass(server, client, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.asked {
			p.trips.Add(1)
		}
		s.asked = true
		return s.forgotten
	})
}

func (p *proxy) pass(to io.Writer, from io.Reader, heard func() (forgotten bool)) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			forgotten := heard()
			p.mu.Lock()
			silent := p.silent
			p.mu.Unlock()
			if !silent && !forgotten {
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
