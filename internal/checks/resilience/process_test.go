package resilience_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// binary builds the API once for all tests.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "ultimate-coach-api-")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "api")
	out, err := exec.Command("go", "build", "-o", program, "../../cmd/api").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the API: %w\n%s", err, out)
	}
	return program, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if program, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(program))
	}
	os.Exit(code)
}

// process is a running `api serve` or `api work` with production settings.
type process struct {
	url    string
	cmd    *exec.Cmd
	ended  chan struct{}
	err    error // of cmd.Wait
	mu     sync.Mutex
	events []string
}

func serve(t *testing.T, a *apitest.API, settings ...string) *process {
	t.Helper()
	return start(t, a, "serve", "server_started", settings...)
}

// start returns when the process has logged that it started.
func start(t *testing.T, a *apitest.API, command, started string, settings ...string) *process {
	t.Helper()
	program, err := binary()
	require.NoError(t, err)
	p := &process{cmd: exec.Command(program, command), ended: make(chan struct{})}
	p.cmd.Dir = t.TempDir() // no .env
	p.cmd.Env = []string{
		"ENVIRONMENT=production", "HOST=127.0.0.1", "PORT=0",
		"DATABASE_URL=" + a.Database.AppURL,
		"SUPABASE_AUTH_URL=" + a.AuthURL,
		"SUPABASE_ANON_KEY=" + a.Standin.AnonKey(),
		"SUPABASE_SERVICE_ROLE_KEY=" + a.Standin.ServiceRoleKey(),
		"CURSOR_SECRET=0123456789abcdefghijklmnopqrstuvwxyz", "CORS_ORIGINS=https://app.example.com",
		"RATE_READ=1000000", "RATE_WRITE=1000000", "RATE_COACH=1000000", "RATE_PUBLIC=1000000",
	}
	p.cmd.Env = append(p.cmd.Env, settings...)
	out, err := p.cmd.StdoutPipe()
	require.NoError(t, err)
	p.cmd.Stderr = os.Stderr
	require.NoError(t, p.cmd.Start())
	listening := make(chan string, 1)
	read := make(chan struct{})
	go func() {
		defer close(read)
		lines := bufio.NewScanner(out)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var line struct{ Msg, Address string }
			_ = json.Unmarshal(lines.Bytes(), &line)
			p.mu.Lock()
			p.events = append(p.events, line.Msg)
			p.mu.Unlock()
			if line.Msg == started {
				listening <- line.Address
			}
		}
	}()
	go func() {
		<-read
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		<-p.ended
	})
	select {
	case address := <-listening:
		p.url = "http://" + address
	case <-p.ended:
		t.Fatalf("api %s ended: %v", command, p.err)
	case <-time.After(patience):
		t.Fatalf("api %s does not start", command)
	}
	return p
}

// stop sends SIGTERM, waits, and returns all events that the process logged.
func (p *process) stop(t *testing.T) (events []string) {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM))
	<-p.ended
	require.NoError(t, p.err)
	return p.events
}

// client returns a client with its own connections, as another device.
func (p *process) client(t *testing.T, token string) *api.ClientWithResponses {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	c, err := api.NewClientWithResponses(p.url, api.WithRequestEditorFn(apitest.Token(token)),
		api.WithHTTPClient(&http.Client{Transport: transport, Timeout: patience}))
	require.NoError(t, err)
	return c
}

// After kill -9 every confirmed write is there, an unconfirmed one is there entirely or not at all, and no version is used
// twice.
func TestAPIKilled_KeepsEveryConfirmedWrite(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	person := a.Person(t)
	token := person.Cookie(t, "access_token")
	const clients, rounds, writes = 4, 3, 40
	version := func() (n int, name string) {
		require.NoError(
			t,
			a.Database.Owner.QueryRow(t.Context(), "select version, coalesce(full_name, '') from public.profiles where id = $1", person.ID).
				Scan(&n, &name),
		)
		return n, name
	}
	start, _ := version()
	confirmed := map[string]string{} // version → name, from the responses
	var unconfirmed []string
	for round := range rounds {
		p := serve(t, a)
		var mu sync.Mutex
		var completed atomic.Int64
		var wg sync.WaitGroup
		for i := range clients {
			c := p.client(t, token)
			wg.Go(func() {
				for n := 0; ; n++ {
					me, err := c.GetMeWithResponse(t.Context(), nil)
					if err != nil || me.StatusCode() != http.StatusOK {
						return
					}
					tag := me.HTTPResponse.Header.Get("ETag")
					name := fmt.Sprintf("round %d client %d write %d", round, i, n)
					r, err := c.UpdateMeWithResponse(t.Context(), &api.UpdateMeParams{IfMatch: &tag}, named(name))
					mu.Lock()
					switch {
					case err != nil:
						unconfirmed = append(unconfirmed, name)
					case r.StatusCode() == http.StatusOK:
						after := r.HTTPResponse.Header.Get("ETag")
						if before, twice := confirmed[after]; twice {
							t.Errorf("version %s was returned for %q and for %q", after, before, name)
						}
						confirmed[after] = name
						completed.Add(1)
					case r.StatusCode() != http.StatusPreconditionFailed:
						t.Errorf("%s: %s", r.Status(), r.Body)
					}
					mu.Unlock()
					if err != nil {
						return
					}
				}
			})
		}
		require.Eventually(t, func() bool { return completed.Load() >= writes }, patience, time.Millisecond)
		require.NoError(t, p.cmd.Process.Signal(syscall.SIGKILL))
		wg.Wait()
		<-p.ended

		// A statement that was sent may still be running in Postgres.
		require.Eventually(t, func() bool {
			var n int
			err := a.Database.Owner.QueryRow(t.Context(), `
				select count(*) from pg_stat_activity
				where datname = current_database() and usename = 'app' and pid not in (select pid from pg_stat_activity where state = 'idle')`).Scan(&n)
			return err == nil && n == 0
		}, patience, 5*time.Millisecond)
		now, name := version()
		written := now - start
		require.GreaterOrEqual(t, written, len(confirmed), "a confirmed write is lost")
		require.LessOrEqual(t, written, len(confirmed)+len(unconfirmed), "a write happened twice")
		tag := fmt.Sprintf(`"%d-0"`, now)
		if last, ok := confirmed[tag]; ok {
			require.Equal(t, last, name, "the database does not hold the last confirmed write")
		} else {
			require.Contains(t, unconfirmed, name)
		}
		for answeredTag := range confirmed {
			var v, years int
			_, err := fmt.Sscanf(answeredTag, `"%d-%d"`, &v, &years)
			require.NoError(t, err)
			require.LessOrEqual(t, v, now, "a version went backwards")
		}
	}
	t.Logf("%d writes were confirmed, %d were not", len(confirmed), len(unconfirmed))
}

func TestAPIStopped_FinishesEveryRequest(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	slow, busy := a.Person(t), a.Person(t)
	p := serve(t, a)
	release := lockProfile(t, a.Database, slow)
	late := make(chan error, 1)
	lateClient := p.client(t, slow.Cookie(t, "access_token"))
	go func() {
		r, err := lateClient.UpdateMeWithResponse(t.Context(), nil, named("in time"))
		if err == nil && r.StatusCode() != http.StatusOK {
			err = errors.New(r.Status())
		}
		late <- err
	}()
	awaitBlocked(t, a.Database, 1)

	// Clients that keep their connections, behind a balancer that polls readiness.
	var completed, closed atomic.Int64
	var notReady atomic.Bool
	var wg sync.WaitGroup
	token := busy.Cookie(t, "access_token")
	for i := range 8 {
		c := p.client(t, token)
		wg.Go(func() {
			for n := 0; ; n++ {
				wasNotReady := notReady.Load()
				response, err := func() (*http.Response, error) {
					if (i+n)%2 == 0 {
						r, err := c.GetMeWithResponse(t.Context(), nil)
						if err != nil {
							return nil, err
						}
						return r.HTTPResponse, nil
					}
					r, err := c.UpdateMeWithResponse(t.Context(), nil, named(fmt.Sprint(n)))
					if err != nil {
						return nil, err
					}
					return r.HTTPResponse, nil
				}()
				if err != nil || response.StatusCode != http.StatusOK {
					t.Errorf("a request was cut: %v %v", response, err)
					return
				}
				completed.Add(1)
				if wasNotReady {
					if !response.Close {
						t.Error("a stopping server did not close the connection")
					}
					closed.Add(1)
					return
				}
			}
		})
	}
	require.Eventually(t, func() bool { return completed.Load() > 50 }, patience, time.Millisecond)
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM))
	probe := p.client(t, token)
	require.Eventually(t, func() bool {
		r, err := probe.GetReadinessWithResponse(t.Context())
		return err == nil && r.StatusCode() == http.StatusServiceUnavailable && codeOf(t, r.Body) == "shutting_down"
	}, patience, time.Millisecond)
	notReady.Store(true)
	l, err := probe.GetLivenessWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, l.StatusCode())
	wg.Wait()
	require.EqualValues(t, 8, closed.Load(), "it stopped accepting when readiness failed")
	require.Eventually(t, func() bool { // the listener is closed
		_, err := probe.GetLivenessWithResponse(t.Context())
		refused := new(net.OpError)
		return errors.As(err, &refused) && refused.Op == "dial"
	}, patience, 5*time.Millisecond)
	select {
	case err := <-late:
		t.Fatalf("the blocked request returned %v", err)
	default:
	}
	release()
	require.NoError(t, <-late)
	<-p.ended
	require.NoError(t, p.err)
	require.Contains(t, strings.Join(p.events, " "), "server_stopped")
}

func TestUpdateMe_TwoWithTheSameIfMatch_OneWins(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for round := range 10 {
		me, err := p.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		tag := me.HTTPResponse.Header.Get("ETag")
		status := make([]int, 2)
		var wg sync.WaitGroup
		for i := range status {
			wg.Go(func() {
				r, err := p.UpdateMeWithResponse(t.Context(), &api.UpdateMeParams{IfMatch: &tag}, named(fmt.Sprint(round, i)))
				if err != nil {
					t.Error(err)
					return
				}
				status[i] = r.StatusCode()
			})
		}
		wg.Wait()
		winner := 0
		if status[1] == http.StatusOK {
			winner = 1
		}
		require.Equal(t, http.StatusOK, status[winner])
		require.Equal(t, http.StatusPreconditionFailed, status[1-winner])
		after, err := p.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprint(round, winner), *after.JSON200.FullName)
	}
}

func TestUpdateMe_ManyFieldsAtOnce_AllSurvive(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	fields := map[string]any{
		"full_name": "Ann", "birth_date": "1990-05-17", "biological_sex": "female", "height_cm": 170.5,
		"current_weight_kg": 70.25, "goal_weight_kg": 65.0, "primary_goal": "lose_weight", "secondary_goal": "maintain",
		"experience_level": "advanced", "activity_level": "very_active", "workout_frequency": 5.0,
		"dietary_preference": "vegan", "food_allergies": []any{"nuts"}, "foods_to_avoid": []any{"liver"},
		"meals_per_day": 5.0, "cooks_regularly": true, "sleep_hours": 7.5, "stress_level": "high",
		"unit_system": "imperial", "language": "de",
	}
	require.Len(t, fields, 20)
	var wg sync.WaitGroup
	for name, value := range fields {
		body, err := json.Marshal(map[string]any{name: value})
		require.NoError(t, err)
		wg.Go(func() {
			r, err := p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(string(body)))
			if err != nil || r.StatusCode() != http.StatusOK {
				t.Errorf("%s: %v %s", body, err, r.Body)
			}
		})
	}
	wg.Wait()
	r, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	var me map[string]any
	require.NoError(t, json.Unmarshal(r.Body, &me))
	for name, value := range fields {
		require.Equal(t, value, me[name], name)
	}
	require.NotEmpty(t, me["targets"], "the last input makes them appear")
}

// Clients that start a request and never finish it.
func TestSlowClients_AreDisconnected(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	head := "PATCH /api/v1/users/me HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\nAuthorization: Bearer " + p.Cookie(
		t,
		"access_token",
	) + "\r\n"
	var wg sync.WaitGroup
	for _, slow := range []struct{ how, start, more string }{
		{"nothing at all", "", ""},
		{"headers without end", head, "a"},
		{"a body that never comes", head + "Content-Length: 100000\r\n\r\n", ""},
		{"a body without end", head + "Content-Length: 100000\r\n\r\n{\"full_name\": \"", "a"},
		{"chunks without end", head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"},
	} {
		wg.Go(func() { // goroutines: only as many parallel subtests as processors would run at a time
			response, err := sendSlowly(t, strings.TrimPrefix(a.URL, "http://"), slow.start, slow.more)
			switch {
			case errors.Is(err, os.ErrDeadlineExceeded):
				t.Errorf("%s: the server holds the connection", slow.how)
			case strings.Contains(response, " 500 "): // a slow client is not our error
				t.Errorf("%s: %s", slow.how, response)
			case strings.Contains(response, " 2"):
				t.Errorf("%s: %s", slow.how, response)
			}
		})
	}
	r, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), "during the slow requests")
	wg.Wait()
}

// sendSlowly sends start and then more, every 200 ms, until the server responds or closes the connection.
func sendSlowly(t *testing.T, address, start, more string) (response string, err error) {
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.Write([]byte(start)); err != nil {
		return "", err
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() { // the connection is never idle
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if _, err := conn.Write([]byte(more)); err != nil {
					return
				}
			}
		}
	}()
	// The server allows 5 s for the headers and 10 s for the body; the rest is for a busy machine.
	if err := conn.SetReadDeadline(time.Now().Add(2 * patience)); err != nil {
		return "", err
	}
	return bufio.NewReader(conn).ReadString('\n')
}
