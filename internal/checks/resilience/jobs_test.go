package resilience_test

import (
	"context"
	"net/http"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/tools/jobs"
)

type tick struct{}

func (tick) Kind() string { return "tick" }

// work runs a job every second and returns a channel with its runs. A run waits until somebody reads the channel.
func work(t *testing.T, d *db.DB) (runs <-chan struct{}, stop func() error) {
	t.Helper()
	ran := make(chan struct{})
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	w, err := jobs.New(jobs.Options{DB: d, ShutdownTimeout: time.Millisecond, Jobs: []jobs.Job{
		jobs.Every[tick](time.Second, func(ctx context.Context) error {
			select {
			case ran <- struct{}{}:
			case <-ctx.Done():
			}
			return ctx.Err()
		}),
	}})
	require.NoError(t, err)
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { _ = stop() })
	return ran, stop
}

func await(t *testing.T, ran <-chan struct{}) {
	t.Helper()
	select {
	case <-ran:
	case <-time.After(2 * patience):
		t.Fatal("timeout")
	}
}

func TestNetworkCut_JobsRunAfterwards(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	link := newProxy(t, database.AppURL)
	d, err := db.Open(db.Options{URL: link.through(t, database.AppURL), MaxConns: 4})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	link.cut()
	ran, stop := work(t, d) // the database is down at the start
	link.restore()
	await(t, ran)
	for range 2 {
		link.cut()
		require.Eventually(t, func() bool {
			var n int
			err := database.Owner.QueryRow(t.Context(), "select count(*) from pg_stat_activity where datname = current_database() and usename = 'app'").
				Scan(&n)
			return err == nil && n == 0
		}, patience, 5*time.Millisecond)
		link.restore()
		for range 5 { // more jobs than can have been fetched before
			await(t, ran)
		}
	}
	link.cut()
	ended := make(chan struct{})
	go func() {
		_ = stop() // it may return the error that Postgres was down
		close(ended)
	}()
	await(t, ended)
}

// completed returns the number of completed jobs by kind.
func completed(t *testing.T, d dbtest.Database) map[string]int {
	t.Helper()
	rows, err := d.Owner.Query(t.Context(), "select kind, count(*)::int from jobs.river_job where state = 'completed' group by kind")
	require.NoError(t, err)
	done := map[string]int{}
	var kind string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&kind, &n}, func() error {
		done[kind] = n
		return nil
	})
	require.NoError(t, err)
	return done
}

func awaitCompleted(t *testing.T, d dbtest.Database, kinds ...string) {
	t.Helper()
	require.Eventually(t, func() bool {
		done := completed(t, d)
		for _, kind := range kinds {
			if done[kind] == 0 {
				return false
			}
		}
		return true
	}, 2*patience, 10*time.Millisecond)
}

var purges = []string{"purge_idempotency_keys", "purge_diary", "purge_foods"}

// rowsOfAges inserts rows of a person on both sides of every age limit. The label says whether a purge must keep the row.
func rowsOfAges(t *testing.T, d dbtest.Database, owner uuid.UUID) {
	t.Helper()
	for _, statement := range []string{
		`insert into private.idempotency_keys (user_id, key, fingerprint, status, headers, body, created_at)
		select $1, v.label, sha256(''), 200, '{}', '', now() - v.age
		from (values ('kept key', interval '23 hours 59 minutes'), ('deleted key', '24 hours 1 second')) v (label, age)`,
		`insert into public.meals (user_id, name, meal_type, eaten_at, local_date, timezone, source, deleted_at)
		select $1, v.label, 'snack', now(), now()::date, 'UTC', 'manual', now() - v.age
		from (values ('kept living meal', null::interval), ('kept meal', '30 days 59 minutes'), ('deleted meal', '30 days 61 minutes')) v (label, age)`,
		`insert into public.meal_items (user_id, meal_id, local_date, position, kind, label, name, calories, deleted_at)
		select $1, m.id, m.local_date, 0, 'quick', 'quick entry', v.label, 3, now() - v.age
		from public.meals m
		cross join (values ('kept living item', null::interval), ('kept item', '30 days 59 minutes'), ('deleted item', '30 days 61 minutes')) v (label, age)
		where m.user_id = $1 and m.name = 'kept living meal'`,
		`insert into public.meal_items (user_id, meal_id, local_date, position, kind, label, name, calories)
		select $1, m.id, m.local_date, 0, 'quick', 'quick entry', 'deleted with its meal', 3
		from public.meals m where m.user_id = $1 and m.name = 'deleted meal'`,
		`insert into public.foods (created_by, name, source, calories, protein_g, carbs_g, fat_g, deleted_at)
		select v.owner, v.label, 'user', 70, 2, 12, 1, now() - v.age
		from (values ($1::uuid, 'kept living food', null::interval), ($1, 'kept food', '30 days 59 minutes'), ($1, 'deleted food', '30 days 61 minutes'),
		  (null, 'kept food of the catalogue', '31 days')) v (owner, label, age)`,
		`insert into public.food_servings (food_id, created_by, label, grams, deleted_at)
		select f.id, f.created_by, v.label, 10, now() - v.age
		from public.foods f
		cross join (values ('kept living serving', null::interval), ('kept serving', '30 days 59 minutes'), ('deleted serving', '30 days 61 minutes')) v (label, age)
		where f.created_by = $1 and f.name = 'kept living food'`,
	} {
		_, err := d.Owner.Exec(t.Context(), statement, owner)
		require.NoError(t, err, statement)
	}
}

// labels returns the labels of the rows that still exist.
func labels(t *testing.T, d dbtest.Database) (found []string) {
	t.Helper()
	require.NoError(t, d.Owner.QueryRow(t.Context(), `
		select coalesce(array_agg(l order by l), '{}') from (
		  select key from private.idempotency_keys
		  union all select name from public.meals
		  union all select name from public.meal_items
		  union all select name from public.foods
		  union all select label from public.food_servings
		) v (l) where l ~ '^(kept|deleted) '`).Scan(&found))
	return found
}

var kept = []string{
	"kept food", "kept food of the catalogue", "kept item", "kept key", "kept living food", "kept living item", "kept living meal",
	"kept living serving", "kept meal", "kept serving",
}

func TestAPIWork_DeletesOnlyExpiredRows(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	person := a.Person(t)
	rowsOfAges(t, a.Database, person.ID)
	require.Len(t, labels(t, a.Database), len(kept)+6)

	first := start(t, a, "work", "jobs_started")
	second := start(t, a, "work", "jobs_started")
	awaitCompleted(t, a.Database, purges...)
	require.Contains(t, first.stop(t), "worker_stopped")
	require.Contains(t, second.stop(t), "worker_stopped")
	require.Equal(t, kept, labels(t, a.Database))
	r, err := person.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), "%s", r.Body)
}

func TestAPIServe_RunsJobsUnlessWorkersIsOff(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	rowsOfAges(t, a.Database, a.Person(t).ID)
	before := labels(t, a.Database)

	events := serve(t, a, "WORKERS=off").stop(t)
	require.NotContains(t, events, "jobs_started")
	var touched bool
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), `
		select exists (select from jobs.river_job) or exists (select from jobs.river_queue) or exists (select from jobs.river_leader)`).Scan(&touched))
	require.False(t, touched)
	require.Equal(t, before, labels(t, a.Database))

	p := serve(t, a, "WORKERS=on")
	awaitCompleted(t, a.Database, purges...)
	require.Equal(t, kept, labels(t, a.Database))
	require.Subset(t, p.stop(t), []string{"jobs_started", "jobs_stopped", "server_stopped"})
}

func TestWorkerKilled_AnotherRunsItsJob(t *testing.T) {
	t.Parallel()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	rowsOfAges(t, a.Database, a.Person(t).ID)
	lock, err := a.Database.Owner.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = lock.Rollback(context.WithoutCancel(t.Context())) }()
	_, err = lock.Exec(t.Context(), "lock table private.idempotency_keys in access exclusive mode")
	require.NoError(t, err)

	p := start(t, a, "work", "jobs_started")
	awaitBlocked(t, a.Database, 1)
	require.NoError(t, p.cmd.Process.Signal(syscall.SIGKILL))
	<-p.ended
	var job int64
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), `
		select id from jobs.river_job where kind = 'purge_idempotency_keys' and state = 'running' and attempt = 1`).Scan(&job))
	// Its statement is cancelled, and its time as leader and for the job is over.
	_, err = a.Database.Owner.Exec(
		t.Context(),
		"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'app'",
	)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(
		t.Context(),
		"update jobs.river_job set attempted_at = attempted_at - interval '15 minutes' where state = 'running'",
	)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(t.Context(), "delete from jobs.river_leader")
	require.NoError(t, err)
	require.NoError(t, lock.Rollback(t.Context()))
	require.Contains(t, labels(t, a.Database), "deleted key")

	again := start(t, a, "work", "jobs_started")
	require.Eventually(t, func() bool {
		var done bool
		err := a.Database.Owner.QueryRow(t.Context(), "select state = 'completed' and attempt = 2 from jobs.river_job where id = $1", job).
			Scan(&done)
		return err == nil && done
	}, 2*patience, 10*time.Millisecond)
	require.NotContains(t, labels(t, a.Database), "deleted key")
	again.stop(t)
}
