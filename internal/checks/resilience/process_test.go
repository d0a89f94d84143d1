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
	"github.com/ultimatecoach/api/internal/server"
)

// One build for all tests of this binary.
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

// process is a real `api serve` or `api work`, in production's settings.
type process struct {
	url    string
	cmd    *exec.Cmd
	ended  chan struct{}
	err    error // of the end
	mu     sync.Mutex
	events []string
}

func serve(t *testing.T, a *apitest.API, settings ...string) *process {
	t.Helper()
	return start(t, a, "serve", "server_started", settings...)
}

// start answers when the process has said that it started.
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
		"RATE_READ=1000000", "RATE_WRITE=1000000", "RATE_PUBLIC=1000000",
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

// stop asks it to, and answers what it said in its life.
func (p *process) stop(t *testing.T) (events []string) {
	t.Helper()
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM))
	<-p.ended
	require.NoError(t, p.err)
	return p.events
}

// client calls the process as one device: connections of its own.
func (p *process) client(t *testing.T, token string) *api.ClientWithResponses {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	c, err := api.NewClientWithResponses(p.url, api.WithRequestEditorFn(apitest.Token(token)),
		api.WithHTTPClient(&http.Client{Transport: transport, Timeout: patience}))
	require.NoError(t, err)
	return c
}

// Whatever was answered is there after kill -9; what was on its way is there or not, never in part; and no version
// comes twice.
func TestAPIKilled_LosesNothingItAnswered(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	person := a.Person(t)
	token := person.Cookie(t, "access_token")
	const clients, rounds, writes = 4, 3, 40
	version := func() (n int, name string) {
		require.NoError(t, a.Database.Owner.QueryRow(t.Context(), "select version, coalesce(full_name, '') from public.profiles where id = $1", person.ID).Scan(&n, &name))
		return n, name
	}
	start, _ := version()
	known := map[string]string{} // version → name, as answered
	var unanswered []string
	for round := range rounds {
		p := serve(t, a)
		var mu sync.Mutex
		var answered atomic.Int64
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
						unanswered = append(unanswered, name)
					case r.StatusCode() == http.StatusOK:
						after := r.HTTPResponse.Header.Get("ETag")
						if before, twice := known[after]; twice {
							t.Errorf("version %s was answered to %q and to %q", after, before, name)
						}
						known[after] = name
						answered.Add(1)
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
		require.Eventually(t, func() bool { return answered.Load() >= writes }, patience, time.Millisecond)
		require.NoError(t, p.cmd.Process.Signal(syscall.SIGKILL))
		wg.Wait()
		<-p.ended

		// A statement that was on its way may still be at work in Postgres.
		require.Eventually(t, func() bool {
			var n int
			err := a.Database.Owner.QueryRow(t.Context(), `
				select count(*) from pg_stat_activity
				where datname = current_database() and usename = 'app' and pid not in (select pid from pg_stat_activity where state = 'idle')`).Scan(&n)
			return err == nil && n == 0
		}, patience, 5*time.Millisecond)
		now, name := version()
		written := now - start
		require.GreaterOrEqual(t, written, len(known), "an answered write is lost")
		require.LessOrEqual(t, written, len(known)+len(unanswered), "a write happened twice")
		tag := fmt.Sprintf(`"%d-0"`, now)
		if last, ok := known[tag]; ok {
			require.Equal(t, last, name, "the last answered write is not what is there")
		} else {
			require.Contains(t, unanswered, name)
		}
		for answeredTag := range known {
			var v, years int
			_, err := fmt.Sscanf(answeredTag, `"%d-%d"`, &v, &years)
			require.NoError(t, err)
			require.LessOrEqual(t, v, now, "a version went backwards")
		}
	}
	t.Logf("%d writes were answered, %d were on their way", len(known), len(unanswered))
}

func TestAPIStopped_CutsNoRequest(t *testing.T) {
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

	// Devices that keep their connections, behind a balancer that looks at readiness.
	var answered, parted atomic.Int64
	var red atomic.Bool
	var wg sync.WaitGroup
	token := busy.Cookie(t, "access_token")
	for i := range 8 {
		c := p.client(t, token)
		wg.Go(func() {
			for n := 0; ; n++ {
				wasRed := red.Load()
				answer, err := func() (*http.Response, error) {
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
				if err != nil || answer.StatusCode != http.StatusOK {
					t.Errorf("a request was cut: %v %v", answer, err)
					return
				}
				answered.Add(1)
				if wasRed {
					if !answer.Close {
						t.Error("a stopping server keeps the connection")
					}
					parted.Add(1)
					return
				}
			}
		})
	}
	require.Eventually(t, func() bool { return answered.Load() > 50 }, patience, time.Millisecond)
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM))
	probe := p.client(t, token)
	require.Eventually(t, func() bool {
		r, err := probe.GetReadinessWithResponse(t.Context())
		return err == nil && r.StatusCode() == http.StatusServiceUnavailable && codeOf(t, r.Body) == "shutting_down"
	}, patience, time.Millisecond)
	red.Store(true)
	l, err := probe.GetLivenessWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, l.StatusCode())
	wg.Wait()
	require.EqualValues(t, 8, parted.Load(), "it stopped answering when readiness turned red")
	require.Eventually(t, func() bool { // nobody listens any more
		_, err := probe.GetLivenessWithResponse(t.Context())
		refused := new(net.OpError)
		return errors.As(err, &refused) && refused.Op == "dial"
	}, patience, 5*time.Millisecond)
	select {
	case err := <-late:
		t.Fatalf("the request that waits was answered with %v", err)
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
	require.NotEmpty(t, me["targets"], "the last of their inputs brings them")
}

// Somebody who opens a request and never finishes it.
func TestSlowClients_AreCutAndHurtNobody(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	head := "PATCH /api/v1/users/me HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\nAuthorization: Bearer " + p.Cookie(t, "access_token") + "\r\n"
	var wg sync.WaitGroup
	for _, slow := range []struct{ how, start, more string }{
		{"nothing at all", "", ""},
		{"headers that never end", head, "a"},
		{"a body that never comes", head + "Content-Length: 100000\r\n\r\n", ""},
		{"a body that never ends", head + "Content-Length: 100000\r\n\r\n{\"full_name\": \"", "a"},
		{"chunks that never end", head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"},
	} {
		wg.Go(func() { // and not subtests, of which only as many as processors would wait at a time
			answer, err := linger(t, strings.TrimPrefix(a.URL, "http://"), slow.start, slow.more)
			switch {
			case errors.Is(err, os.ErrDeadlineExceeded):
				t.Errorf("%s: the server holds the connection", slow.how)
			case strings.Contains(answer, " 500 "): // the client is slow, and nothing of ours is broken
				t.Errorf("%s: %s", slow.how, answer)
			case strings.Contains(answer, " 2"):
				t.Errorf("%s: %s", slow.how, answer)
			}
		})
	}
	r, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), "while they linger")
	wg.Wait()
}

// Somebody who asks for much and reads nothing, as often as the server takes requests at a time.
func TestClientsThatReadNothing_GiveTheirPlacesBack(t *testing.T) {
	t.Parallel()
	const places = 3
	a := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.MaxInFlight = places }})
	for range places {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(a.URL, "http://"))
		require.NoError(t, err)
		defer conn.Close()
		go func() {
			_, _ = conn.Write([]byte(strings.Repeat("GET /openapi.yaml HTTP/1.1\r\nHost: api\r\n\r\n", 1000)))
		}()
	}
	status := func() int {
		r, err := http.Get(a.URL + "/")
		if err != nil {
			return 0
		}
		defer r.Body.Close()
		return r.StatusCode
	}
	require.Eventually(t, func() bool { return status() == http.StatusServiceUnavailable }, patience, 10*time.Millisecond, "they have all places")
	require.Eventually(t, func() bool { return status() == http.StatusOK }, 4*patience, 100*time.Millisecond)
}

// linger sends a start and then more of it, a little at a time, until the server says something or hangs up.
func linger(t *testing.T, address, start, more string) (answer string, err error) {
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
	go func() { // never idle
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
	// 5 s for the headers, 10 more for the body, and a busy machine.
	if err := conn.SetReadDeadline(time.Now().Add(2 * patience)); err != nil {
		return "", err
	}
	return bufio.NewReader(conn).ReadString('\n')
}
