package resilience_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/server"
)

// A client that keeps its connection and sends a request while the server drains gets a response, however late it comes.
func TestDraining_RequestOnAnIdleConnection_IsServed(t *testing.T) {
	t.Parallel()
	var o server.Options
	apitest.New(t, apitest.Setup{Server: func(options *server.Options) { o = *options }})
	o.IdleDelay = patience
	s, err := server.New(o)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	defer stop()
	served := make(chan error, 1)
	go func() { served <- s.Serve(ctx, listener) }()

	ask := func(conn net.Conn) *http.Response {
		_, err := fmt.Fprint(conn, "GET /api/v1/health/live HTTP/1.1\r\nHost: api\r\n\r\n")
		require.NoError(t, err)
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(patience)))
		r, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err, "the request was dropped")
		require.NoError(t, r.Body.Close())
		return r
	}
	var idle []net.Conn
	for range 10 {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		require.NoError(t, err)
		defer conn.Close()
		require.False(t, ask(conn).Close)
		idle = append(idle, conn)
	}
	stop()
	require.Eventually(t, func() bool { // it has stopped accepting
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err == nil {
			_ = conn.Close()
		}
		return err != nil
	}, patience, 5*time.Millisecond)
	for _, conn := range idle {
		r := ask(conn)
		require.Equal(t, http.StatusOK, r.StatusCode)
		require.True(t, r.Close, "the client must not send another request on it")
	}
	require.NoError(t, <-served, "it ends when the last connection is closed")
}
