package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/tools/jobs"
)

const (
	century = 100 * 365 * 24 * time.Hour // the job runs once, however long the test takes
	plenty  = 30 * time.Second           // a timeout that only a hanging test reaches
)

type (
	tick  struct{}
	fail  struct{}
	crash struct{}
	after struct{}
)

func (tick) Kind() string  { return "tick" }
func (fail) Kind() string  { return "fail" }
func (crash) Kind() string { return "crash" }
func (after) Kind() string { return "after" }

// failed receives the log lines of failed jobs.
var failed = make(chan slog.Record, 16)

type recorder struct{ slog.Handler }

func (r recorder) Enabled(context.Context, slog.Level) bool { return true }

func (r recorder) Handle(ctx context.Context, line slog.Record) error {
	if line.Message == "job_failed" || line.Message == "job_panicked" {
		failed <- line
	}
	if testing.Verbose() {
		return r.Handler.Handle(ctx, line)
	}
	return nil
}

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(recorder{slog.NewTextHandler(os.Stderr, nil)}))
	os.Exit(m.Run())
}

// run runs the jobs until stop, which returns the channel with Run's result. Jobs stop at the end of the test at the latest.
func run(t *testing.T, o db.Options, shutdown time.Duration, declared ...jobs.Job) (stop func() <-chan error) {
	t.Helper()
	d, err := db.Open(o)
	require.NoError(t, err)
	w, err := jobs.New(jobs.Options{DB: d, Jobs: declared, ShutdownTimeout: shutdown})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended, result := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(ended)
		result <- w.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
		d.Close()
	})
	return func() <-chan error {
		cancel()
		return result
	}
}

// into returns a job that sends on c at each run.
func into(c chan<- struct{}) func(context.Context) error {
	return func(context.Context) error {
		c <- struct{}{}
		return nil
	}
}

// states are those of the jobs of a kind, as text.
func states(t *testing.T, d dbtest.Database, kind string) (found []string) {
	t.Helper()
	require.NoError(
		t,
		d.Owner.QueryRow(t.Context(), "select coalesce(array_agg(state::text), '{}') from jobs.river_job where kind = $1", kind).
			Scan(&found),
	)
	return found
}

func TestEvery_TwoReplicas_RunsOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var runs atomic.Int32
	ran := make(chan struct{}, 16)
	count := jobs.Every[tick](century, func(context.Context) error {
		runs.Add(1)
		ran <- struct{}{}
		return nil
	})
	o := db.Options{URL: d.AppURL, MaxConns: 4}
	first, second := run(t, o, plenty, count), run(t, o, plenty, count)
	<-ran
	require.NoError(t, <-first())
	require.NoError(t, <-second())

	// A new leader inserts all periodic jobs at once: when `after` has run, `tick` was inserted too.
	marked := make(chan struct{}, 1)
	third := run(t, o, plenty, count, jobs.Every[after](century, into(marked)))
	<-marked
	require.NoError(t, <-third())
	require.Equal(t, []string{"completed"}, states(t, d, "tick"))
	require.EqualValues(t, 1, runs.Load())
}

func TestEvery_RunsAgainAfterTheInterval(t *testing.T) {
	t.Parallel()
	ran := make(chan struct{})
	run(t, db.Options{URL: dbtest.New(t).AppURL, MaxConns: 4}, plenty, jobs.Every[tick](time.Second, into(ran)))
	for range 3 {
		<-ran
	}
	go func() { // runs during the stop
		for range ran {
		}
	}()
}

func TestInEachProcess_TwoReplicas_BothRunItAgain(t *testing.T) {
	t.Parallel()
	o := db.Options{URL: dbtest.New(t).AppURL, MaxConns: 4}
	both := []chan struct{}{make(chan struct{}), make(chan struct{})}
	for _, ran := range both {
		never := jobs.Every[tick](century, func(context.Context) error { return nil })
		run(t, o, plenty, never, jobs.InEachProcess("count", time.Millisecond, func(ctx context.Context) error {
			select {
			case ran <- struct{}{}:
			case <-ctx.Done():
			}
			return errors.New("no luck")
		}))
	}
	for range 3 {
		<-both[0]
		<-both[1]
	}
}

func TestRun_Stopped_WaitsForRunningJobs(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	started, release := make(chan struct{}), make(chan struct{})
	stop := run(t, db.Options{URL: d.AppURL, MaxConns: 4}, plenty, jobs.Every[tick](century, func(ctx context.Context) error {
		close(started)
		select {
		case <-release:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}))
	<-started
	result := stop()
	require.Equal(t, []string{"running"}, states(t, d, "tick"))
	select {
	case err := <-result:
		t.Fatalf("Run returned while a job was running: %v", err)
	default:
	}
	close(release)
	require.NoError(t, <-result)
	require.Equal(t, []string{"completed"}, states(t, d, "tick"))
}

func TestRun_StoppedWithASlowJob_CancelsItForAnotherReplica(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	o := db.Options{URL: d.AppURL, MaxConns: 4}
	started := make(chan struct{})
	stop := run(t, o, time.Millisecond, jobs.Every[tick](century, func(ctx context.Context) error {
		close(started)
		<-ctx.Done()
		return ctx.Err()
	}))
	<-started
	require.NoError(t, <-stop())
	require.Equal(t, []string{"available"}, states(t, d, "tick"))
	ran := make(chan struct{}, 1)
	run(t, o, plenty, jobs.Every[tick](century, into(ran)))
	<-ran
}

func TestRun_JobFails_IsLoggedAndRetried(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	again := make(chan struct{}, 2)
	atFirst := func(failure func() error) func(context.Context) error {
		var runs atomic.Int32
		return func(context.Context) error {
			if runs.Add(1) == 1 {
				return failure()
			}
			again <- struct{}{}
			return nil
		}
	}
	stop := run(t, db.Options{URL: d.AppURL, MaxConns: 4}, plenty,
		jobs.Every[fail](century, atFirst(func() error { return errors.New("no luck") })),
		jobs.Every[crash](century, atFirst(func() error { panic("no luck at all") })))
	logged := map[string]map[string]string{}
	for range 2 {
		line := <-failed
		require.Equal(t, slog.LevelError, line.Level, "Sentry receives lines of level error")
		logged[line.Message] = map[string]string{}
		line.Attrs(func(a slog.Attr) bool {
			logged[line.Message][a.Key] = a.Value.String()
			return true
		})
	}
	<-again
	<-again
	require.NoError(t, <-stop())
	for message, kind := range map[string]string{"job_failed": "fail", "job_panicked": "crash"} {
		require.Equal(t, kind, logged[message]["job_kind"])
		require.Equal(t, "1", logged[message]["attempt"])
		require.Contains(t, logged[message]["error"], "no luck")
		var id string
		require.NoError(t, d.Owner.QueryRow(t.Context(), "select id::text from jobs.river_job where kind = $1", kind).Scan(&id))
		require.Equal(t, id, logged[message]["job_id"])
		require.Equal(t, []string{"completed"}, states(t, d, kind))
	}
}

func TestPurge_CallsUntilABatchIsEmpty(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	batches := []int32{5000, 5000, 12, 0}
	var taken atomic.Int32
	done := make(chan struct{}, 1)
	stop := run(t, db.Options{URL: d.AppURL, MaxConns: 4}, plenty, jobs.Purge[tick](century, func(context.Context) (int32, error) {
		n := taken.Add(1)
		if int(n) == len(batches) {
			done <- struct{}{}
		}
		return batches[n-1], nil
	}))
	<-done
	require.NoError(t, <-stop())
	require.EqualValues(t, len(batches), taken.Load())
	require.Equal(t, []string{"completed"}, states(t, d, "tick"))
}

func TestPurge_BatchesNeverEmpty_StopsAfter100(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var taken atomic.Int32
	done := make(chan struct{}, 1)
	stop := run(t, db.Options{URL: d.AppURL, MaxConns: 4}, plenty,
		jobs.Purge[tick](century, func(context.Context) (int32, error) {
			if taken.Add(1) == 100 {
				done <- struct{}{}
			}
			return 1, nil
		}))
	<-done
	require.NoError(t, <-stop())
	require.EqualValues(t, 100, taken.Load())
	require.Equal(t, []string{"completed"}, states(t, d, "tick"))
}

func TestRun_ThroughATransactionPooler_RunsJobs(t *testing.T) {
	t.Parallel()
	for name, direct := range map[string]bool{"without a direct connection": false, "with a direct connection": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.New(t)
			o := db.Options{URL: dbtest.Bouncer(t, d), TransactionPooler: true, MaxConns: 4}
			if direct {
				o.DirectURL = d.AppURL
			}
			ran := make(chan struct{}, 1)
			stop := run(t, o, plenty, jobs.Every[tick](century, into(ran)))
			<-ran
			var past bool
			require.NoError(t, d.Owner.QueryRow(t.Context(), `
				select exists (select from pg_stat_activity where datname = current_database() and application_name = 'ultimate-coach-jobs')`).Scan(&past))
			require.Equal(t, direct, past)
			require.NoError(t, <-stop())
			require.Equal(t, []string{"completed"}, states(t, d, "tick"))
		})
	}
}
