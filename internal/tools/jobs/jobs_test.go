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
	century = 100 * 365 * 24 * time.Hour // due once, however long the test takes
	plenty  = 30 * time.Second           // to finish in; who needs it hangs
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

// failed are the lines of jobs that failed.
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

// run works the jobs until stop, which answers what Run did. It is called at the end at the latest.
func run(t *testing.T, o db.Options, shutdown time.Duration, declared ...jobs.Job) (stop func() <-chan error) {
	t.Helper()
	d, err := db.Open(o)
	require.NoError(t, err)
	w, err := jobs.New(jobs.Options{DB: d, Jobs: declared, ShutdownTimeout: shutdown})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended, answer := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(ended)
		answer <- w.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
		d.Close()
	})
	return func() <-chan error {
		cancel()
		return answer
	}
}

// into is work that tells of each run.
func into(c chan<- struct{}) func(context.Context) error {
	return func(context.Context) error {
		c <- struct{}{}
		return nil
	}
}

// states are those of the jobs of a kind, as text.
func states(t *testing.T, d dbtest.Database, kind string) (found []string) {
	t.Helper()
	require.NoError(t, d.Owner.QueryRow(t.Context(), "select coalesce(array_agg(state::text), '{}') from jobs.river_job where kind = $1", kind).Scan(&found))
	return found
}

func TestEvery_OnManyReplicas_RunsOnce(t *testing.T) {
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

	// A new leader asks for everything; what it asks for now is asked for together.
	marked := make(chan struct{}, 1)
	third := run(t, o, plenty, count, jobs.Every[after](century, into(marked)))
	<-marked
	require.NoError(t, <-third())
	require.Equal(t, []string{"completed"}, states(t, d, "tick"))
	require.EqualValues(t, 1, runs.Load())
}

func TestEvery_IsDueAgain(t *testing.T) {
	t.Parallel()
	ran := make(chan struct{})
	run(t, db.Options{URL: dbtest.New(t).AppURL, MaxConns: 4}, plenty, jobs.Every[tick](time.Second, into(ran)))
	for range 3 {
		<-ran
	}
	go func() { // whatever is due while it stops
		for range ran {
		}
	}()
}

func TestRun_Stopped_LetsJobsFinish(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	began, release := make(chan struct{}), make(chan struct{})
	stop := run(t, db.Options{URL: d.AppURL, MaxConns: 4}, plenty, jobs.Every[tick](century, func(ctx context.Context) error {
		close(began)
		select {
		case <-release:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}))
	<-began
	answer := stop()
	require.Equal(t, []string{"running"}, states(t, d, "tick"))
	select {
	case err := <-answer:
		t.Fatalf("it left a job behind: %v", err)
	default:
	}
	close(release)
	require.NoError(t, <-answer)
	require.Equal(t, []string{"completed"}, states(t, d, "tick"))
}

func TestRun_Stopped_CancelsWhatTakesTooLongAndLeavesItToOthers(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	o := db.Options{URL: d.AppURL, MaxConns: 4}
	began := make(chan struct{})
	stop := run(t, o, time.Millisecond, jobs.Every[tick](century, func(ctx context.Context) error {
		close(began)
		<-ctx.Done()
		return ctx.Err()
	}))
	<-began
	require.NoError(t, <-stop())
	require.Equal(t, []string{"available"}, states(t, d, "tick"))
	ran := make(chan struct{}, 1)
	run(t, o, plenty, jobs.Every[tick](century, into(ran)))
	<-ran
}

func TestFailure_IsLoggedWithItsJobAndTriedAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	again := make(chan struct{}, 2)
	atFirst := func(lose func() error) func(context.Context) error {
		var runs atomic.Int32
		return func(context.Context) error {
			if runs.Add(1) == 1 {
				return lose()
			}
			again <- struct{}{}
			return nil
		}
	}
	stop := run(t, db.Options{URL: d.AppURL, MaxConns: 4}, plenty,
		jobs.Every[fail](century, atFirst(func() error { return errors.New("no luck") })),
		jobs.Every[crash](century, atFirst(func() error { panic("no luck at all") })))
	said := map[string]map[string]string{}
	for range 2 {
		line := <-failed
		require.Equal(t, slog.LevelError, line.Level, "so that it reaches Sentry")
		said[line.Message] = map[string]string{}
		line.Attrs(func(a slog.Attr) bool {
			said[line.Message][a.Key] = a.Value.String()
			return true
		})
	}
	<-again
	<-again
	require.NoError(t, <-stop())
	for message, kind := range map[string]string{"job_failed": "fail", "job_panicked": "crash"} {
		require.Equal(t, kind, said[message]["job_kind"])
		require.Equal(t, "1", said[message]["attempt"])
		require.Contains(t, said[message]["error"], "no luck")
		var id string
		require.NoError(t, d.Owner.QueryRow(t.Context(), "select id::text from jobs.river_job where kind = $1", kind).Scan(&id))
		require.Equal(t, id, said[message]["job_id"])
		require.Equal(t, []string{"completed"}, states(t, d, kind))
	}
}

func TestPurge_GoesOnUntilNothingIsLeft(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	bites := []int32{5000, 5000, 12, 0}
	var taken atomic.Int32
	done := make(chan struct{}, 1)
	stop := run(t, db.Options{URL: d.AppURL, MaxConns: 4}, plenty, jobs.Purge[tick](century, func(context.Context) (int32, error) {
		n := taken.Add(1)
		if int(n) == len(bites) {
			done <- struct{}{}
		}
		return bites[n-1], nil
	}))
	<-done
	require.NoError(t, <-stop())
	require.EqualValues(t, len(bites), taken.Load())
	require.Equal(t, []string{"completed"}, states(t, d, "tick"))
}

func TestPurge_ThatNeverFindsAnEnd_WaitsForTheNextTime(t *testing.T) {
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

func TestRun_ThroughATransactionPooler_Works(t *testing.T) {
	t.Parallel()
	for name, direct := range map[string]bool{"that all goes through": false, "and past it": true} {
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
