package db_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

var faults = map[db.Fault]string{
	db.Unexpected: "Unexpected", db.NoRows: "NoRows", db.SessionEnded: "SessionEnded", db.Duplicate: "Duplicate",
	db.Refused: "Refused", db.Unavailable: "Unavailable", db.CallerGone: "CallerGone",
}

func diagnosed(t *testing.T, want db.Fault, err error) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, faults[want], faults[db.Diagnose(err)], "%v", err)
	// Rooms wrap what they get.
	require.Equal(t, want, db.Diagnose(fmt.Errorf("load profile: %w", err)))
}

func TestDiagnose_StatementErrors(t *testing.T) {
	t.Parallel()
	forEachPooler(t, func(t *testing.T, w world) {
		ctx := w.in(t.Context())
		exec := func(ctx context.Context, sql string, args ...any) error {
			_, err := w.api.DBTX().Exec(ctx, sql, args...)
			return err
		}
		id := uuid.New()
		twice := "insert into public.notes (id, user_id, text) values ($1, $2, '')"
		require.NoError(t, exec(ctx, twice, id, w.id))
		diagnosed(t, db.Duplicate, exec(ctx, twice, id, w.id))
		diagnosed(t, db.Refused, exec(ctx, note, uuid.New(), "somebody else's"))
		diagnosed(t, db.Refused, exec(t.Context(), note, w.id, "nobody's"))
		diagnosed(t, db.Unexpected, exec(ctx, "select 1 / (random() * 0)::int"))
		diagnosed(t, db.Unexpected, exec(ctx, "update public.profiles set meals_per_day = 99"))
		diagnosed(t, db.Unexpected, exec(ctx, "select from public.nowhere"))
		diagnosed(t, db.NoRows, w.api.DBTX().QueryRow(ctx, "select 1 where false").Scan(new(int)))
		_, err := w.api.GetMe(ctx, uuid.New())
		diagnosed(t, db.NoRows, err)
		require.True(t, db.IsNoRows(err))
		ended := db.WithIdentity(ctx, &db.Identity{UserID: w.id, SessionID: uuid.New(), Claims: "{}"})
		diagnosed(t, db.SessionEnded, exec(ended, "select 1"))

		gone, cancel := context.WithCancel(ctx)
		cancel()
		diagnosed(t, db.CallerGone, exec(gone, "select 1"))
		late, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
		defer cancel()
		diagnosed(t, db.Unavailable, exec(late, "select pg_sleep(600)"))
		timed := w.api.Tx(ctx, func(ctx context.Context) error {
			if err := exec(ctx, "set local statement_timeout = '10ms'"); err != nil {
				return err
			}
			return exec(ctx, "select pg_sleep(600)")
		})
		diagnosed(t, db.Unavailable, timed)

		// A failover leaves the old primary read only for a while.
		diagnosed(t, db.Unavailable, w.api.Tx(ctx, func(ctx context.Context) error {
			if err := exec(ctx, "set transaction read only"); err != nil {
				return err
			}
			return exec(ctx, note, w.id, "")
		}))
	})
}

func TestDiagnose_LockErrors(t *testing.T) {
	t.Parallel()
	w := newWorld(t, false)
	ctx := w.in(t.Context())
	exec := func(ctx context.Context, sql string, args ...any) error {
		_, err := w.api.DBTX().Exec(ctx, sql, args...)
		return err
	}
	ids := [2]uuid.UUID{uuid.New(), uuid.New()}
	for _, id := range ids {
		require.NoError(t, exec(ctx, "insert into public.notes (id, user_id, text) values ($1, $2, '')", id, w.id))
	}
	lock := "select from public.notes where id = $1 for update"
	diagnosed(t, db.Unavailable, w.api.Tx(ctx, func(held context.Context) error {
		require.NoError(t, exec(held, lock, ids[0]))
		return w.api.Tx(ctx, func(ctx context.Context) error { // another transaction: ctx is not held
			require.NoError(t, exec(ctx, "set local lock_timeout = '10ms'"))
			return exec(ctx, lock, ids[0])
		})
	}))

	// Each holds one and wants the other's; Postgres picks the loser.
	var holding [2]chan struct{}
	for i := range holding {
		holding[i] = make(chan struct{})
	}
	errs := make(chan error, 2)
	for i := range 2 {
		go func() {
			errs <- w.api.Tx(ctx, func(ctx context.Context) error {
				if err := exec(ctx, lock, ids[i]); err != nil {
					return err
				}
				close(holding[i])
				<-holding[1-i]
				return exec(ctx, lock, ids[1-i])
			})
		}()
	}
	lost := errors.Join(<-errs, <-errs)
	pg, ok := errors.AsType[*pgconn.PgError](lost)
	require.True(t, ok, "%v", lost)
	require.Equal(t, "40P01", pg.Code)
	diagnosed(t, db.Unavailable, pg)
}

func TestDiagnose_KilledConnection_IsUnavailableAndTheNextStatementWorks(t *testing.T) {
	t.Parallel()
	forEachPooler(t, func(t *testing.T, w world) {
		ctx := w.in(t.Context())
		kill := func(where string, args ...any) {
			t.Helper()
			require.Eventually(t, func() bool {
				var n int
				err := w.Owner.QueryRow(t.Context(), `
					select count(pg_terminate_backend(pid)) from pg_stat_activity
					where datname = current_database() and usename = 'app' and `+where, args...).Scan(&n)
				return err == nil && n > 0
			}, 10*time.Second, 5*time.Millisecond)
			require.Eventually(t, func() bool {
				var n int
				err := w.Owner.QueryRow(t.Context(), `
					select count(*) from pg_stat_activity
					where datname = current_database() and usename = 'app' and `+where, args...).Scan(&n)
				return err == nil && n == 0
			}, 10*time.Second, 5*time.Millisecond)
		}
		running := make(chan error, 1)
		go func() {
			_, err := w.api.DBTX().Exec(ctx, "select pg_sleep(600)")
			running <- err
		}()
		kill("query like '%pg_sleep(600)%' and state = 'active'")
		diagnosed(t, db.Unavailable, <-running)

		diagnosed(t, db.Unavailable, w.api.Tx(ctx, func(ctx context.Context) error {
			if err := w.note(ctx, "before"); err != nil {
				return err
			}
			kill("state = 'idle in transaction'")
			return w.note(ctx, "after")
		}))
		diagnosed(t, db.Unavailable, w.api.Tx(ctx, func(ctx context.Context) error {
			if err := w.note(ctx, "before the commit"); err != nil {
				return err
			}
			kill("state = 'idle in transaction'")
			return nil
		}))
		require.Zero(t, w.notes(t))
		// Others of the pool may be dead as well; each is noticed once.
		require.Eventually(t, func() bool { return w.note(ctx, "again") == nil }, 10*time.Second, time.Millisecond)
	})
}

func TestDiagnose_UnreachableDatabase_IsUnavailable(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	with := func(change func(*url.URL)) string {
		u, err := url.Parse(d.AppURL)
		require.NoError(t, err)
		change(u)
		return u.String()
	}
	for how, u := range map[string]string{
		"nobody listens":       with(func(u *url.URL) { u.Host = "127.0.0.1:1" }),
		"no such host":         with(func(u *url.URL) { u.Host = "nowhere.invalid:5432" }),
		"no such database":     with(func(u *url.URL) { u.Path = "/nowhere" }),
		"the password changed": with(func(u *url.URL) { u.User = url.UserPassword("app", "wrong") }),
		"no TLS there":         with(func(u *url.URL) { u.RawQuery = "sslmode=require" }),
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			api := openDB(t, db.Options{URL: u, AcquireTimeout: time.Minute})
			_, err := api.Ping(t.Context())
			diagnosed(t, db.Unavailable, err)
			require.NotContains(t, err.Error(), "wrong")
			diagnosed(t, db.Unavailable, api.Tx(t.Context(), func(ctx context.Context) error {
				_, err := api.Ping(ctx)
				return err
			}))
		})
	}
	t.Run("its connections are all taken", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		exec1(t, connect(t, d.OwnerURL), "alter database "+pathOf(t, d.OwnerURL)+" connection limit 0")
		_, err := openDB(t, db.Options{URL: d.AppURL, AcquireTimeout: time.Minute}).Ping(t.Context())
		diagnosed(t, db.Unavailable, err)
	})
	t.Run("the pooler cannot reach it", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		pooled := dbtest.Bouncer(t, d)
		name := pathOf(t, d.OwnerURL)
		admin := connect(t, strings.Replace(d.OwnerURL, "/"+name, "/postgres", 1))
		exec1(t, admin, "alter database "+name+" allow_connections false")
		exec1(t, admin, "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"+name+"'")
		api, err := db.Open(db.Options{URL: pooled, TransactionPooler: true, AcquireTimeout: time.Minute})
		require.NoError(t, err)
		t.Cleanup(
			func() { go api.Close() },
		) // pgx waits 15 s for its cancel request, which pgbouncer cannot pass on
		ctx, cancel := context.WithTimeout(t.Context(), time.Second) // pgbouncer would try for two minutes
		defer cancel()
		_, err = api.Ping(ctx)
		diagnosed(t, db.Unavailable, err)
	})
}

func pathOf(t *testing.T, raw string) string {
	t.Helper()
	u, err := url.Parse(raw)
	require.NoError(t, err)
	return strings.TrimPrefix(u.Path, "/")
}

func TestDiagnose_FullPool_IsErrBusy(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 1, AcquireTimeout: 50 * time.Millisecond})
	require.Eventually(t, func() bool { // connecting may take longer than that
		_, err := api.Ping(t.Context())
		return err == nil
	}, 10*time.Second, time.Millisecond)
	require.NoError(t, api.Tx(t.Context(), func(ctx context.Context) error {
		_, err := api.Ping(ctx)
		require.NoError(t, err)
		_, err = api.Ping(t.Context()) // beside the transaction
		require.ErrorIs(t, err, db.ErrBusy)
		diagnosed(t, db.Unavailable, err)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		_, err = api.Ping(gone)
		require.NotErrorIs(t, err, db.ErrBusy)
		diagnosed(t, db.CallerGone, err)
		return nil
	}))
	_, err := api.Ping(t.Context())
	require.NoError(t, err)
}

// What a test cannot bring about, as it arrives.
func TestDiagnose_OtherErrors(t *testing.T) {
	t.Parallel()
	for want, errs := range map[db.Fault][]error{
		db.Unavailable: {
			&pgconn.PgError{Code: "08006"}, &pgconn.PgError{Code: "53200"}, &pgconn.PgError{Code: "53300"},
			&pgconn.PgError{Code: "57P01"}, &pgconn.PgError{Code: "57P02"}, &pgconn.PgError{Code: "57P03"},
			&pgconn.PgError{Code: "40001"}, &pgconn.PgError{Code: "25P03"}, &pgconn.PgError{Code: "25P04"},
			io.EOF, io.ErrUnexpectedEOF, context.DeadlineExceeded, db.ErrBusy,
		},
		db.Unexpected: {&pgconn.PgError{Code: "42P01"}, &pgconn.PgError{Code: "23514"}, &pgconn.PgError{Code: "25P02"}, errors.New("a defect"), pgx.ErrTooManyRows},
		db.CallerGone: {context.Canceled},
	} {
		for _, err := range errs {
			diagnosed(t, want, err)
		}
	}
}

// A caller that compares the fault with one it knows need not ask first whether there is an error.
func TestDiagnose_NoError_IsNoFault(t *testing.T) {
	t.Parallel()
	require.Equal(t, db.NoFault, db.Diagnose(nil))
}
