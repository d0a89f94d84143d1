package rate_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/tools/rate"
)

// clock moves only when a test moves it.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC).UnixNano())
	return c
}

func (c *clock) now() time.Time          { return time.Unix(0, c.at.Load()) }
func (c *clock) advance(d time.Duration) { c.at.Add(int64(d)) }

func open(tb testing.TB, url string) *db.DB {
	tb.Helper()
	d, err := db.Open(db.Options{URL: url, AcquireTimeout: time.Minute})
	require.NoError(tb, err)
	tb.Cleanup(d.Close)
	return d
}

// replica returns a limiter with its own pool, as in another process.
func replica(tb testing.TB, c *clock) *rate.Limiter {
	tb.Helper()
	return rate.New(open(tb, dbtest.Shared(tb).AppURL), c.now)
}

func take(tb testing.TB, l *rate.Limiter, c rate.Class, who string) rate.Decision {
	tb.Helper()
	d, err := l.Take(tb.Context(), c, who)
	require.NoError(tb, err)
	return d
}

// somebody returns the name of a new client, which has no buckets in the shared database.
func somebody() string { return uuid.NewString() }

func TestTake_LocalClass_EqualsATokenBucket(t *testing.T) {
	t.Parallel()
	d := open(t, "postgres://app@127.0.0.1:1/nowhere") // a local class needs no database
	rapid.Check(t, func(t *rapid.T) {
		c := rate.Class{
			Name: "read", Quota: rapid.IntRange(1, 700).Draw(t, "quota"),
			Window: time.Duration(rapid.IntRange(1, 3600).Draw(t, "window")) * time.Second,
		}
		now := newClock()
		l := rate.New(d, now.now)
		// The model is a plain token bucket: it fills with time, and each request takes one cell.
		cell := (c.Window / time.Duration(c.Quota)).Truncate(time.Microsecond)
		full := cell * time.Duration(c.Quota)
		level := full
		for range rapid.IntRange(1, 80).Draw(t, "requests") {
			pause := time.Duration(rapid.OneOf(
				rapid.Just(int64(0)), rapid.Int64Range(0, int64(2*cell)), rapid.Just(int64(cell)), rapid.Int64Range(0, int64(2*c.Window)),
			).Draw(t, "pause"))
			now.advance(pause)
			level = min(full, level+pause)
			got, err := l.Take(context.Background(), c, "ann")
			require.NoError(t, err)
			require.Equal(t, level >= cell, got.Allowed, "with %s of %s left", level, full)
			if got.Allowed {
				level -= cell
				require.Zero(t, got.RetryAfter)
			} else {
				require.Equal(t, max(cell-level, time.Millisecond), got.RetryAfter)
			}
			require.Equal(t, int(level/cell), got.Remaining)
			require.Equal(t, full-level, got.Reset)
		}
	})
}

func TestTake_AfterRetryAfter_IsAllowed(t *testing.T) {
	t.Parallel()
	now := newClock()
	l := rate.New(open(t, "postgres://app@127.0.0.1:1/nowhere"), now.now)
	c := rate.Class{Name: "read", Quota: 7, Window: time.Minute}
	for range 7 {
		require.True(t, take(t, l, c, "ann").Allowed)
	}
	refused := take(t, l, c, "ann")
	require.False(t, refused.Allowed)
	require.True(t, take(t, l, c, "bob").Allowed, "the limit is per person")
	require.True(t, take(t, l, rate.Class{Name: "write", Quota: 7, Window: time.Minute}, "ann").Allowed, "and per class")
	now.advance(time.Duration(rate.Seconds(refused.RetryAfter)) * time.Second)
	require.True(t, take(t, l, c, "ann").Allowed)
}

func TestHeaders_HaveTheFormOfTheDraft(t *testing.T) {
	t.Parallel()
	now := newClock()
	l := rate.New(open(t, "postgres://app@127.0.0.1:1/nowhere"), now.now)
	c := rate.Class{Name: "read", Quota: 6, Window: time.Minute}
	require.Equal(t, `"read";q=6;w=60`, c.Policy())
	require.Equal(t, `"read";r=5;t=10`, take(t, l, c, "ann").Header())
	now.advance(time.Millisecond)
	require.Equal(t, `"read";r=4;t=20`, take(t, l, c, "ann").Header(), "seconds are rounded up")
	for range 4 {
		take(t, l, c, "ann")
	}
	refused := take(t, l, c, "ann")
	require.Equal(t, `"read";r=0;t=60`, refused.Header())
	require.Equal(t, 10, rate.Seconds(refused.RetryAfter))
}

func TestSeconds_RoundsUp(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]int{0: 0, 1: 1, time.Millisecond: 1, time.Second: 1, time.Second + 1: 2} {
		require.Equal(t, want, rate.Seconds(d), d)
	}
}

func TestReport_TwoReplicas_ShareTheLimit(t *testing.T) {
	t.Parallel()
	now := newClock()
	one, two := replica(t, now), replica(t, now)
	c, ann := rate.Class{Name: "read", Quota: 10, Window: time.Hour}, somebody()
	for range 6 {
		require.True(t, take(t, one, c, ann).Allowed)
	}
	require.Equal(t, 9, take(t, two, c, ann).Remaining, "before the report each replica counts alone")
	require.NoError(t, one.Report(t.Context()))
	require.NoError(t, two.Report(t.Context()))
	// 7 are used. Replica two knows it; replica one reads it with its next report. Postgres's own clock moved by far less than a cell.
	require.Equal(t, 2, take(t, two, c, ann).Remaining)
	require.Equal(t, 3, take(t, one, c, ann).Remaining)
	require.NoError(t, two.Report(t.Context()))
	require.NoError(t, one.Report(t.Context()))
	require.True(t, take(t, one, c, ann).Allowed)
	require.NoError(t, one.Report(t.Context()))
	require.False(t, take(t, one, c, ann).Allowed)
}

func TestReport_Failed_IsRepeatedByTheNext(t *testing.T) {
	t.Parallel()
	now := newClock()
	one, two := replica(t, now), replica(t, now)
	c, ann := rate.Class{Name: "read", Quota: 10, Window: time.Hour}, somebody()
	for range 8 {
		take(t, one, c, ann)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	require.Error(t, one.Report(cancelled))
	require.Equal(t, 1, take(t, one, c, ann).Remaining, "the failed report is not lost")
	require.NoError(t, one.Report(t.Context()))
	take(t, two, c, ann)
	require.NoError(t, two.Report(t.Context()))
	require.False(t, take(t, two, c, ann).Allowed, "the nine requests of the other replica are counted")
}

func TestTake_WithoutDatabase_KeepsCounting(t *testing.T) {
	t.Parallel()
	now := newClock()
	l := rate.New(open(t, "postgres://app@127.0.0.1:1/nowhere"), now.now)
	c := rate.Class{Name: "read", Quota: 3, Window: time.Minute}
	for i := range 3 {
		require.True(t, take(t, l, c, "ann").Allowed, i)
		require.Error(t, l.Report(t.Context()))
	}
	require.False(t, take(t, l, c, "ann").Allowed)
	now.advance(20 * time.Second)
	require.True(t, take(t, l, c, "ann").Allowed)
	_, err := l.Take(t.Context(), rate.Class{Name: "sign_in", Quota: 3, Window: time.Minute, Strict: true}, "ann")
	require.Error(t, err, "a strict class without a database allows nobody")
}

func TestReport_DuringAnotherReport_LosesNothing(t *testing.T) {
	t.Parallel()
	now := newClock()
	l := replica(t, now)
	c, ann := rate.Class{Name: "read", Quota: 60, Window: time.Minute}, somebody()
	take(t, l, c, ann)
	require.NoError(t, l.Report(t.Context()))
	take(t, l, c, ann)

	owner := dbtest.Shared(t).Owner
	lock, err := owner.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = lock.Rollback(context.WithoutCancel(t.Context())) }()
	_, err = lock.Exec(t.Context(), `select from private.rate_limits where key = $1 for update`, "read:"+ann)
	require.NoError(t, err)
	first := make(chan error, 1)
	go func() { first <- l.Report(t.Context()) }()
	require.Eventually(t, func() bool {
		var waits bool
		err := owner.QueryRow(t.Context(), `
			select exists (
			  select from pg_stat_activity
			  where datname = current_database() and wait_event_type = 'Lock' and query like '%merge_rates%'
			)`).Scan(&waits)
		return err == nil && waits
	}, time.Minute, 5*time.Millisecond)

	now.advance(time.Minute) // the bucket is full again, and the second report deletes it
	require.NoError(t, l.Report(t.Context()))
	require.NoError(t, lock.Rollback(t.Context()))
	require.NoError(t, <-first)
	require.True(t, take(t, l, c, ann).Allowed)
}

func TestTake_StrictClass_IsExactOverReplicas(t *testing.T) {
	t.Parallel()
	now := newClock()
	replicas := []*rate.Limiter{replica(t, now), replica(t, now)}
	c, ann := rate.Class{Name: "failed", Quota: 10, Window: time.Hour, Strict: true}, somebody()
	var allowed atomic.Int64
	var crowd sync.WaitGroup
	failures := make(chan error, 100)
	for i := range 100 {
		crowd.Go(func() {
			d, err := replicas[i%2].Take(t.Context(), c, ann)
			if err != nil {
				failures <- err
			} else if d.Allowed {
				allowed.Add(1)
			}
		})
	}
	crowd.Wait()
	close(failures)
	for err := range failures {
		require.NoError(t, err)
	}
	require.EqualValues(t, 10, allowed.Load())
}

func TestTake_StrictClass_CountsDown(t *testing.T) {
	t.Parallel()
	l := replica(t, newClock())
	// A seventh of an hour is not a whole number of microseconds.
	c, ann := rate.Class{Name: "failed", Quota: 7, Window: time.Hour, Strict: true}, somebody()
	for want := 6; want >= 0; want-- {
		d := take(t, l, c, ann)
		require.True(t, d.Allowed)
		require.Equal(t, want, d.Remaining)
		require.Zero(t, d.RetryAfter)
	}
	d := take(t, l, c, ann)
	require.False(t, d.Allowed)
	require.Zero(t, d.Remaining)
	require.Positive(t, d.RetryAfter)
	require.LessOrEqual(t, d.RetryAfter, time.Hour/7)
	require.LessOrEqual(t, d.Reset, time.Hour)
}

func TestGiveBack_ReversesATake(t *testing.T) {
	t.Parallel()
	l := replica(t, newClock())
	c, ann := rate.Class{Name: "failed", Quota: 2, Window: time.Hour, Strict: true}, somebody()
	take(t, l, c, ann)
	take(t, l, c, ann)
	require.False(t, take(t, l, c, ann).Allowed)
	require.NoError(t, l.GiveBack(t.Context(), c, ann))
	require.True(t, take(t, l, c, ann).Allowed)
	require.False(t, take(t, l, c, ann).Allowed)
}

func TestGiveBack_MoreThanTaken_DoesNotRaiseTheLimit(t *testing.T) {
	t.Parallel()
	l := replica(t, newClock())
	c, ann := rate.Class{Name: "failed", Quota: 2, Window: time.Hour, Strict: true}, somebody()
	require.NoError(t, l.GiveBack(t.Context(), c, ann), "nothing was ever taken")
	take(t, l, c, ann)
	for range 5 {
		require.NoError(t, l.GiveBack(t.Context(), c, ann))
	}
	require.True(t, take(t, l, c, ann).Allowed)
	require.True(t, take(t, l, c, ann).Allowed)
	require.False(t, take(t, l, c, ann).Allowed)
}

func TestPurgeRates_DeletesOnlyFullBuckets(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t) // its own database: the purge deletes the buckets of all tests
	d := open(t, database.AppURL)
	_, err := database.Owner.Exec(t.Context(), `
		insert into private.rate_limits (key, arrival)
		values ('read:old', now() - interval '1 second'), ('read:young', now() + interval '1 hour')`)
	require.NoError(t, err)
	deleted, err := d.PurgeRates(db.AsService(t.Context()))
	require.NoError(t, err)
	require.EqualValues(t, 1, deleted)
	var left string
	require.NoError(t, database.Owner.QueryRow(t.Context(), `select string_agg(key, ',') from private.rate_limits`).Scan(&left))
	require.Equal(t, "read:young", left)
}

func TestRun_ReportsUntilItsContextEnds(t *testing.T) {
	t.Parallel()
	now := newClock()
	l := replica(t, now)
	c, ann := rate.Class{Name: "read", Quota: 10, Window: time.Hour}, somebody()
	take(t, l, c, ann)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { l.Run(ctx); close(ended) }()
	require.Eventually(t, func() bool {
		var known bool
		err := dbtest.Shared(t).
			Owner.QueryRow(t.Context(), `select exists (select from private.rate_limits where key = $1)`, "read:"+ann).
			Scan(&known)
		return err == nil && known
	}, time.Minute, 20*time.Millisecond)
	stop()
	<-ended
}

func TestRun_20000FullBuckets_DeletesAll(t *testing.T) {
	t.Parallel()
	database := dbtest.New(t)
	_, err := database.Owner.Exec(t.Context(), `
		insert into private.rate_limits (key, arrival)
		select 'public:' || n, now() - interval '1 minute'
		from generate_series(1, 20000) as n`)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { rate.New(open(t, database.AppURL), time.Now).Run(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
	require.Eventually(t, func() bool { // the first purge is with the first report, the next a minute later
		var left int
		err := database.Owner.QueryRow(t.Context(), `select count(*) from private.rate_limits`).Scan(&left)
		return err == nil && left == 0
	}, 30*time.Second, 50*time.Millisecond)
}

func TestBuckets_ForUserRoles_AreForbidden(t *testing.T) {
	t.Parallel()
	database := dbtest.Shared(t)
	for _, role := range []string{"anon", "authenticated"} {
		_, err := database.Owner.Exec(t.Context(), fmt.Sprintf(`set role %s; select * from private.rate_limits; reset role`, role))
		require.ErrorContains(t, err, "permission denied", role)
	}
}

func TestAddress_ReturnsOneNamePerClient(t *testing.T) {
	t.Parallel()
	for ip, want := range map[string]string{
		"203.0.113.7":         "203.0.113.7",
		"::ffff:203.0.113.7":  "203.0.113.7",
		"2001:db8:1:2:3::4":   "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::": "2001:db8:1:2::/64",
		"2001:db8:1:3::4":     "2001:db8:1:3::/64",
		"fe80::1%eth0":        "fe80::/64",
		"::1":                 "::/64",
		"":                    "",
		"@":                   "@",
	} {
		require.Equal(t, want, rate.Address(ip), ip)
	}
}
