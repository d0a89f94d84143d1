package resilience_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/oapi-codegen/nullable"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/tools/rate"
)

// patience is far above every limit of the server. Only a hanging test reaches it.
const patience = 30 * time.Second

func named(name string) api.MePatch {
	return api.MePatch{FullName: nullable.NewNullableWithValue(name)}
}

// problem is the part of an error response that tests read.
type problem struct {
	Code   string `json:"code"`
	Status int    `json:"status"`
}

func codeOf(t *testing.T, body []byte) string {
	t.Helper()
	var p problem
	require.NoError(t, json.Unmarshal(body, &p), "%s", body)
	return p.Code
}

// health calls every probe and returns the statuses.
func health(t *testing.T, c *apitest.Client) (live, ready, whole int) {
	t.Helper()
	l, err := c.GetLivenessWithResponse(t.Context())
	require.NoError(t, err)
	r, err := c.GetReadinessWithResponse(t.Context())
	require.NoError(t, err)
	h, err := c.GetHealthWithResponse(t.Context())
	require.NoError(t, err)
	return l.StatusCode(), r.StatusCode(), h.StatusCode()
}

// lockProfile locks the person's row until release, so that writes to it wait in Postgres.
func lockProfile(t *testing.T, d dbtest.Database, p *apitest.Person) (release func()) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), d.OwnerURL)
	require.NoError(t, err)
	release = sync.OnceFunc(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
		defer cancel()
		_ = conn.Close(ctx)
	})
	t.Cleanup(release)
	_, err = conn.Exec(t.Context(), "begin")
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), "select from public.profiles where id = $1 for update", p.ID)
	require.NoError(t, err)
	return release
}

// awaitBlocked waits until that many statements of the API wait for a lock.
func awaitBlocked(t *testing.T, d dbtest.Database, want int) {
	t.Helper()
	require.Eventually(t, func() bool {
		var n int
		err := d.Owner.QueryRow(t.Context(), `
			select count(*) from pg_stat_activity
			where datname = current_database() and usename = 'app' and wait_event_type = 'Lock'`).Scan(&n)
		return err == nil && n == want
	}, patience, 5*time.Millisecond)
}

func TestPostgresKilled_Returns503UntilItRestarts(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "ultimate-coach-outage-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755)) // Postgres may run as another user
	start := func() *postgres.Server {
		s, err := postgres.Start(
			t.Context(),
			postgres.Options{Dir: filepath.Join(dir, "postgres")},
		) // durable: committed rows survive the kill
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Stop() })
		return s
	}
	s := start()
	appURL, err := postgres.Prepare(t.Context(), s.URL, "")
	require.NoError(t, err)
	owner, err := pgxpool.New(t.Context(), s.URL)
	require.NoError(t, err)
	t.Cleanup(owner.Close)
	d := dbtest.Database{OwnerURL: s.URL, AppURL: appURL, Owner: owner}
	a := apitest.New(t, apitest.Setup{Database: &d})
	p := a.Person(t)
	probe := a.Client(t)
	live, ready, whole := health(t, probe)
	require.Equal(t, [3]int{200, 200, 200}, [3]int{live, ready, whole})
	ran, stop := work(t, a.DB)
	await(t, ran)

	lockProfile(t, d, p)
	type response struct {
		r   *api.UpdateMeResponse
		err error
	}
	responses := make(chan response, 3)
	for i := range cap(responses) {
		go func() {
			r, err := p.UpdateMeWithResponse(t.Context(), nil, named(fmt.Sprint("waiting ", i)))
			responses <- response{r, err}
		}()
	}
	awaitBlocked(t, d, cap(responses))

	pid, err := os.ReadFile(filepath.Join(dir, "postgres", "pgdata", "postmaster.pid"))
	require.NoError(t, err)
	postmaster, err := strconv.Atoi(strings.SplitN(string(pid), "\n", 2)[0])
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(postmaster, syscall.SIGKILL))
	<-s.Done()

	for range cap(responses) {
		got := <-responses
		require.NoError(t, got.err, "a running request hangs or was cut")
		require.Equal(t, http.StatusServiceUnavailable, got.r.StatusCode(), "%s", got.r.Body)
		require.NotEmpty(t, got.r.HTTPResponse.Header.Get("Retry-After"))
	}
	for range 5 {
		live, ready, whole = health(t, probe)
		require.Equal(t, [3]int{200, 503, 503}, [3]int{live, ready, whole})
		r, err := p.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusServiceUnavailable, r.StatusCode())
		require.Equal(t, "database_unavailable", codeOf(t, r.Body))
		require.NotEmpty(t, r.HTTPResponse.Header.Get("Retry-After"))
	}

	require.NoError(t, s.Stop())
	again := start()
	require.Equal(t, s.URL, again.URL, "another process took the port")
	require.Eventually(t, func() bool {
		r, err := p.GetMeWithResponse(t.Context(), nil)
		return err == nil && r.StatusCode() == http.StatusOK
	}, patience, 20*time.Millisecond)
	live, ready, whole = health(t, probe)
	require.Equal(t, [3]int{200, 200, 200}, [3]int{live, ready, whole})
	r, err := p.UpdateMeWithResponse(t.Context(), nil, named("back"))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), "%s", r.Body)
	for range 5 { // more jobs than can have been fetched before
		await(t, ran)
	}
	require.NoError(t, stop())
}

func TestNetworkCut_Returns503UntilItIsBack(t *testing.T) {
	t.Parallel()
	link := newProxy(t, dbtest.Shared(t).AppURL)
	a := apitest.New(t, apitest.Setup{DatabaseURL: link.through(t, dbtest.Shared(t).AppURL)})
	p, probe := a.Person(t), a.Client(t)
	for range 3 {
		link.cut()
		r, err := p.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusServiceUnavailable, r.StatusCode(), "%s", r.Body)
		live, ready, whole := health(t, probe)
		require.Equal(t, [3]int{200, 503, 503}, [3]int{live, ready, whole})
		link.restore()
		require.Eventually(t, func() bool {
			r, err := p.GetMeWithResponse(t.Context(), nil)
			return err == nil && r.StatusCode() == http.StatusOK
		}, patience, 5*time.Millisecond)
	}
}

// The worst failure: connections stay open and no byte arrives.
func TestDatabaseSilent_RequestsReturn503InTime(t *testing.T) {
	t.Parallel()
	link := newProxy(t, dbtest.Shared(t).AppURL)
	a := apitest.New(t, apitest.Setup{DatabaseURL: link.through(t, dbtest.Shared(t).AppURL), MaxConns: 2})
	p, probe := a.Person(t), a.Client(t)
	link.swallow()

	started := time.Now()
	type response struct {
		status int
		code   string
		retry  string
		took   time.Duration
		err    error
	}
	responses := make([]response, 8)
	var wg sync.WaitGroup
	for i := range responses {
		wg.Go(func() {
			started := time.Now()
			r, err := p.GetMeWithResponse(t.Context(), nil)
			responses[i] = response{err: err, took: time.Since(started)}
			if err == nil {
				responses[i].status, responses[i].code, responses[i].retry = r.StatusCode(), codeOf(
					t,
					r.Body,
				), r.HTTPResponse.Header.Get(
					"Retry-After",
				)
			}
		})
	}
	// Operations without the database still work; probes that need it return 503.
	live, ready, whole := health(t, probe)
	require.Equal(t, [3]int{200, 503, 503}, [3]int{live, ready, whole})
	info, err := probe.GetAPIInfoWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, info.StatusCode())
	require.Less(t, time.Since(started), 8*time.Second, "each probe takes about a second")

	wg.Wait()
	codes := map[string]int{}
	for _, got := range responses {
		require.NoError(t, got.err)
		require.Equal(t, http.StatusServiceUnavailable, got.status)
		require.NotEmpty(t, got.retry)
		codes[got.code]++
		limit := 20 * time.Second // the handler's 10 s, and a busy machine
		if got.code == "overloaded" {
			limit = 8 * time.Second // the queue's 1 s
		}
		require.Less(t, got.took, limit, got.code)
	}
	require.Positive(t, codes["overloaded"], "%v", codes)
	require.Equal(t, len(responses), codes["overloaded"]+codes["timed_out"], "%v", codes)

	link.restore()
	require.Eventually(t, func() bool {
		r, err := p.GetMeWithResponse(t.Context(), nil)
		return err == nil && r.StatusCode() == http.StatusOK
	}, patience, 20*time.Millisecond)
}

func TestPoolExhausted_Returns503Overloaded(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t)), MaxConns: 2})
	p, other, probe := a.Person(t), a.Person(t), a.Client(t)
	release := lockProfile(t, a.Database, p)
	waiting := make(chan int, 2)
	for range cap(waiting) {
		go func() {
			r, err := p.UpdateMeWithResponse(t.Context(), nil, named("patient"))
			if err != nil {
				waiting <- 0
				return
			}
			waiting <- r.StatusCode()
		}()
	}
	awaitBlocked(t, a.Database, cap(waiting))
	r, err := other.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusServiceUnavailable, r.StatusCode())
	require.Equal(t, "overloaded", codeOf(t, r.Body))
	require.Equal(t, "1", r.HTTPResponse.Header.Get("Retry-After"))
	l, err := probe.GetLivenessWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, l.StatusCode())
	release()
	for range cap(waiting) {
		require.Equal(t, http.StatusOK, <-waiting)
	}
	r, err = other.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode())
}

// A report of the rate limiter that waits on a dead connection must not be the last one.
func TestConnectionsDropped_RatesAreReportedAgain(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	link := newProxy(t, database.AppURL)
	d, err := db.Open(db.Options{URL: link.through(t, database.AppURL), MaxConns: 2})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	t.Cleanup(link.restore) // closing waits for the other side
	limiter := rate.New(d, time.Now)
	go limiter.Run(t.Context())
	class := rate.Class{Name: "read", Quota: 10, Window: time.Hour}
	take := func(who string) {
		t.Helper()
		_, err := limiter.Take(t.Context(), class, who)
		require.NoError(t, err)
	}
	reported := func(who string) {
		t.Helper()
		require.Eventually(t, func() bool {
			var found bool
			err := database.Owner.QueryRow(t.Context(), "select exists (select from private.rate_limits where key = 'read:' || $1)", who).
				Scan(&found)
			return err == nil && found
		}, patience, 10*time.Millisecond)
	}
	take("ann")
	reported("ann")

	// The next report is waiting when the connection dies.
	lock, err := database.Owner.Begin(t.Context())
	require.NoError(t, err)
	_, err = lock.Exec(t.Context(), "select from private.rate_limits for update")
	require.NoError(t, err)
	take("ann")
	awaitBlocked(t, database, 1)
	link.forget()
	require.NoError(t, lock.Rollback(t.Context()))
	take("bob")
	reported("bob")
}
