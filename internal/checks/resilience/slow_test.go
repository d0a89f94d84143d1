package resilience_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/server"
)

// from makes a call come from a client address, through a proxy that the server trusts.
func from(address string) api.RequestEditorFn { return apitest.Header("X-Forwarded-For", address) }

var trustLoopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// dial opens a connection that is closed with the test.
func dial(t *testing.T, a *apitest.API) net.Conn {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(a.URL, "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// drip sends a byte of a body now and then, until the test ends or the server closes the connection.
func drip(ctx context.Context, conn net.Conn) {
	for ctx.Err() == nil {
		if _, err := conn.Write([]byte(" ")); err != nil {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// Three accounts with 180 slow bodies each once made the service refuse everybody else for 15 seconds.
func TestSlowBodies_OfThreeAccounts_KeepNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Proxies = trustLoopback }})
	other := a.Person(t)
	ctx, stop := context.WithCancel(t.Context())
	var attack sync.WaitGroup
	for i := range 3 {
		token := a.Person(t).Cookie(t, "access_token")
		for range 180 {
			conn := dial(t, a)
			_, err := fmt.Fprintf(conn, "POST /api/v1/nutrition/meals HTTP/1.1\r\nHost: api\r\nX-Forwarded-For: 203.0.113.%d\r\n"+
				"Content-Type: application/json\r\nContent-Length: 4000\r\nAuthorization: Bearer %s\r\n\r\n{", i, token)
			require.NoError(t, err)
			attack.Go(func() { drip(ctx, conn) })
		}
	}
	for range 20 {
		read, err := other.GetMeWithResponse(t.Context(), nil, from("198.51.100.1"))
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, read.StatusCode(), "%s", read.Body)
		write, err := other.UpdateMeWithResponse(t.Context(), nil, named("patient"), from("198.51.100.1"))
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, write.StatusCode(), "%s", write.Body)
		ready, err := other.GetReadinessWithResponse(t.Context())
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, ready.StatusCode(), "%s", ready.Body)
	}
	stop()
	attack.Wait()
}

// A caller with more bodies on their way than its share is refused, and only this caller.
func TestSlowBodies_OfOneAddress_AreLimited(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Proxies = trustLoopback }})
	attacker, other := a.Person(t), a.Person(t)
	ctx, stop := context.WithCancel(t.Context())
	var attack sync.WaitGroup
	for range 120 { // an account has a fifth of 512
		conn := dial(t, a)
		_, err := fmt.Fprintf(conn, "POST /api/v1/nutrition/meals HTTP/1.1\r\nHost: api\r\nX-Forwarded-For: 203.0.113.1\r\n"+
			"Content-Type: application/json\r\nContent-Length: 4000\r\nAuthorization: Bearer %s\r\n\r\n{", attacker.Cookie(t, "access_token"))
		require.NoError(t, err)
		attack.Go(func() { drip(ctx, conn) })
	}
	require.Eventually(t, func() bool {
		r, err := attacker.UpdateMeWithResponse(t.Context(), nil, named("late"), from("203.0.113.1"))
		return err == nil && r.StatusCode() == http.StatusServiceUnavailable && codeOf(t, r.Body) == "overloaded"
	}, patience, 10*time.Millisecond)
	r, err := other.UpdateMeWithResponse(t.Context(), nil, named("other"), from("203.0.113.1"))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), "another account at the same address: %s", r.Body)
	stop()
	attack.Wait()
}

// Files may be large and take a minute to arrive, so few of them arrive at the same time.
func TestSlowUploads_OfOneAccount_KeepNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Proxies = trustLoopback }})
	attacker, other := a.Person(t), a.Person(t)
	ctx, stop := context.WithCancel(t.Context())
	var attack sync.WaitGroup
	for range 20 {
		conn := dial(t, a)
		_, err := fmt.Fprintf(conn, "POST /api/v1/activities/import HTTP/1.1\r\nHost: api\r\nX-Forwarded-For: 203.0.113.1\r\n"+
			"Content-Type: application/octet-stream\r\nContent-Length: 26000000\r\nAuthorization: Bearer %s\r\n\r\n<",
			attacker.Cookie(t, "access_token"))
		require.NoError(t, err)
		attack.Go(func() { drip(ctx, conn) })
	}
	upload := func(p *apitest.Person, address string) (int, []byte) {
		r, err := p.ImportActivityWithBodyWithResponse(t.Context(), nil, "application/octet-stream",
			strings.NewReader(contracttest.SampleFile), from(address))
		require.NoError(t, err)
		return r.StatusCode(), r.Body
	}
	require.Eventually(t, func() bool {
		status, body := upload(attacker, "203.0.113.1")
		return status == http.StatusServiceUnavailable && codeOf(t, body) == "overloaded"
	}, patience, 10*time.Millisecond)
	for range 3 {
		status, body := upload(other, "198.51.100.1")
		require.Less(t, status, http.StatusBadRequest, "%s", body)
		write, err := attacker.UpdateMeWithResponse(t.Context(), nil, named("patient"), from("203.0.113.1"))
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, write.StatusCode(), "uploads take no place of other bodies: %s", write.Body)
	}
	stop()
	attack.Wait()
}

// Clients that ask for much and read nothing, many more than MaxInFlight.
func TestClientsThatReadNothing_HoldNoSlot(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.MaxInFlight = 3 }})
	person := a.Person(t)
	for range 10 {
		meals, err := person.CreateMealWithResponse(t.Context(), nil, meal(t))
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, meals.StatusCode(), "%s", meals.Body)
	}
	token := person.Cookie(t, "access_token")
	for i := range 10 {
		conn := dial(t, a)
		request := "GET /openapi.yaml HTTP/1.1\r\nHost: api\r\n\r\n"
		if i%2 == 0 {
			request = "GET /api/v1/nutrition/meals?limit=100 HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer " + token + "\r\n\r\n"
		}
		go func() { _, _ = conn.Write([]byte(strings.Repeat(request, 1000))) }()
	}
	inRow := 0
	require.Eventually(t, func() bool { // well before the server gives the connections up, 30 s after their headers
		r, err := http.Get(a.URL + "/")
		if err != nil {
			return false
		}
		if inRow++; r.Body.Close() != nil || r.StatusCode != http.StatusOK {
			inRow = 0 // they are not all blocked yet
		}
		return inRow == 5
	}, 20*time.Second, 10*time.Millisecond)
}

// One address with a connection for everything it can think of keeps nobody else from connecting.
func TestConnections_OfOneAddress_AreLimited(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.MaxConnections = 5 }})
	probe := func() error {
		c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: patience}
		r, err := c.Get(a.URL + "/api/v1/health/live")
		if err != nil {
			return err
		}
		return r.Body.Close()
	}
	require.NoError(t, probe())
	var open []net.Conn
	for range 5 {
		open = append(open, dial(t, a))
	}
	require.Eventually(t, func() bool { return probe() != nil }, patience, 10*time.Millisecond, "the sixth is closed")
	require.NoError(t, open[0].Close())
	require.Eventually(t, func() bool { return probe() == nil }, patience, 10*time.Millisecond)
}

// A header of more than 32 kB is refused before it fills memory.
func TestHeaders_Over32kB_Return431(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for size, want := range map[int]int{20 << 10: http.StatusOK, 64 << 10: http.StatusRequestHeaderFieldsTooLarge} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, a.URL+"/", nil)
		require.NoError(t, err)
		r.Header.Set("X-Large", strings.Repeat("a", size))
		response, err := http.DefaultTransport.RoundTrip(r)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		require.Equal(t, want, response.StatusCode, size)
	}
}
