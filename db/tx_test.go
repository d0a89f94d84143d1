package db_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// world is a database with a table whose constraint speaks up at the end of a transaction only, and somebody in it.
type world struct {
	dbtest.Database
	api *db.DB
	person
}

// newWorld runs against the database itself or through a transaction pooler.
func newWorld(t *testing.T, pooler bool) world {
	t.Helper()
	w := world{Database: dbtest.New(t)}
	exec1(t, connect(t, w.OwnerURL), `
		create table public.notes (
		  id uuid primary key default gen_random_uuid(),
		  user_id uuid not null references auth.users (id) on delete cascade,
		  text text not null,
		  parent uuid references public.notes (id) deferrable initially deferred
		);
		alter table public.notes enable row level security;
		create policy notes_own on public.notes to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()))`)
	o := db.Options{URL: w.AppURL, MaxConns: 2}
	if pooler {
		o.URL, o.TransactionPooler = dbtest.Bouncer(t, w.Database), true
	}
	w.api = openDB(t, o)
	w.person = newPerson(t, w.Database)
	return w
}

const note = "insert into public.notes (user_id, text) values ($1, $2)"

func (w world) note(ctx context.Context, text string) error {
	_, err := w.api.DBTX().Exec(ctx, note, w.id, text)
	return err
}

func (w world) notes(t *testing.T) (n int) {
	t.Helper()
	require.NoError(t, w.Owner.QueryRow(t.Context(), "select count(*) from public.notes where user_id = $1", w.id).Scan(&n))
	return n
}

// everyWay runs a test against the database itself and through a transaction pooler.
func forEachPooler(t *testing.T, test func(t *testing.T, w world)) {
	t.Helper()
	for name, pooler := range map[string]bool{"directly": false, "through pgbouncer": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, pooler))
		})
	}
}

// returned waits until the pool has all connections back; one that has to be closed takes a moment.
func returned(t *testing.T, d *db.DB) {
	t.Helper()
	require.Eventually(
		t,
		func() bool { return d.Pool().Stat().AcquiredConns() == 0 },
		10*time.Second,
		time.Millisecond,
		"a connection was kept",
	)
}

var errRegret = errors.New("regret")

func TestTx_SeveralStatements_CommitTogether(t *testing.T) {
	t.Parallel()
	forEachPooler(t, func(t *testing.T, w world) {
		require.NoError(t, w.api.Tx(w.in(t.Context()), func(ctx context.Context) error {
			if err := w.note(ctx, "one"); err != nil {
				return err
			}
			require.Zero(t, w.notes(t), "seen from outside before the commit")
			return w.api.Tx(ctx, func(ctx context.Context) error { return w.note(ctx, "two") }) // joins
		}))
		require.Equal(t, 2, w.notes(t))
		returned(t, w.api)
	})
}

func TestTx_WithoutStatements_TakesNoConnection(t *testing.T) {
	t.Parallel()
	// Nothing listens there.
	api := openDB(t, db.Options{URL: "postgres://app@127.0.0.1:1/none?sslmode=disable"})
	require.NoError(t, api.Tx(t.Context(), func(context.Context) error { return nil }))
	require.ErrorIs(t, api.Tx(t.Context(), func(context.Context) error { return errRegret }), errRegret)
}

func TestTx_Failure_RollsBack(t *testing.T) {
	t.Parallel()
	forEachPooler(t, func(t *testing.T, w world) {
		cancelled, cancel := context.WithCancel(w.in(t.Context()))
		for _, c := range []struct {
			how string
			ctx context.Context
			fn  func(ctx context.Context) error
		}{
			{"an error", w.in(t.Context()), func(context.Context) error { return errRegret }},
			{"a panic", w.in(t.Context()), func(context.Context) error { panic(errRegret) }},
			{"a cancel before the commit", cancelled, func(context.Context) error { cancel(); return nil }},
			{"a cancel and an error", cancelled, func(context.Context) error { return errRegret }},
			{"a statement whose error was swallowed", w.in(t.Context()), func(ctx context.Context) error {
				_, err := w.api.DBTX().Exec(ctx, "select 1 / 0")
				require.Error(t, err)
				return nil
			}},
			{"a constraint that waits for the commit", w.in(t.Context()), func(ctx context.Context) error {
				_, err := w.api.DBTX().Exec(ctx, "insert into public.notes (user_id, text, parent) values ($1, 'orphan', gen_random_uuid())", w.id)
				require.NoError(t, err)
				return nil
			}},
			{"rows that were left open", w.in(t.Context()), func(ctx context.Context) error {
				rows, err := w.api.DBTX().Query(ctx, "select generate_series(1, 100000)")
				require.NoError(t, err)
				require.True(t, rows.Next())
				return nil
			}},
			{"a joined unit whose error was swallowed", w.in(t.Context()), func(ctx context.Context) error {
				err := w.api.Tx(ctx, func(ctx context.Context) error {
					require.NoError(t, w.note(ctx, "half"))
					return errRegret
				})
				require.ErrorIs(t, err, errRegret)
				return nil
			}},
			{"a joined unit whose panic was swallowed", w.in(t.Context()), func(ctx context.Context) error {
				defer func() { _ = recover() }()
				return w.api.Tx(ctx, func(ctx context.Context) error {
					require.NoError(t, w.note(ctx, "half"))
					panic(errRegret)
				})
			}},
		} {
			err := func() (err error) {
				defer func() {
					if r := recover(); r != nil {
						err = r.(error)
					}
				}()
				return w.api.Tx(c.ctx, func(ctx context.Context) error {
					if c.ctx.Err() == nil {
						require.NoError(t, w.note(ctx, "gone"))
					}
					return c.fn(ctx)
				})
			}()
			require.Error(t, err, c.how)
			require.Zero(t, w.notes(t), c.how)
			returned(t, w.api)
		}
		require.NoError(t, w.note(w.in(t.Context()), "still serves"))
	})
}

// When the first statement cannot even be prepared, there is no transaction: what follows must not run without one, as
// the role app and for good.
func TestTx_FailedBegin_RunsNoStatement(t *testing.T) {
	t.Parallel()
	forEachPooler(t, func(t *testing.T, w world) {
		ended := db.WithIdentity(t.Context(), &db.Identity{UserID: w.id, SessionID: uuid.New(), Claims: "{}"})
		for _, c := range []struct {
			how   string
			ctx   context.Context
			first string
			args  []any
		}{
			{"no such table", w.in(t.Context()), "select * from public.nowhere", nil},
			{"an argument that cannot be sent", w.in(t.Context()), "select $1::int", []any{make(chan int)}},
			{"a session that ended", ended, "select 1", nil},
		} {
			err := w.api.Tx(c.ctx, func(ctx context.Context) error {
				_, err := w.api.DBTX().Exec(ctx, c.first, c.args...)
				require.Error(t, err, c.how)
				var role string
				err = w.api.DBTX().QueryRow(ctx, "select current_user").Scan(&role)
				require.Error(t, err, "%s: ran as %s", c.how, role)
				return nil
			})
			require.Error(t, err, c.how)
			returned(t, w.api)
		}
	})
}

func TestTx_StatementOfAnotherPerson_IsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, false)
	bob := newPerson(t, w.Database)
	err := w.api.Tx(w.in(t.Context()), func(ctx context.Context) error {
		if err := w.note(ctx, "Ann's"); err != nil {
			return err
		}
		_, err := w.api.GetMe(bob.in(ctx), bob.id)
		return err
	})
	require.ErrorContains(t, err, "another person")
	require.Zero(t, w.notes(t))
}

func TestTx_AfterItsEnd_RunsNoStatement(t *testing.T) {
	t.Parallel()
	w := newWorld(t, false)
	var kept context.Context
	require.NoError(t, w.api.Tx(w.in(t.Context()), func(ctx context.Context) error {
		kept = ctx
		return w.note(ctx, "in time")
	}))
	require.Error(t, w.note(kept, "late"))
	require.Error(t, w.api.Tx(kept, func(ctx context.Context) error { return w.note(ctx, "late") }))
	require.Equal(t, 1, w.notes(t))
}

// Such an error arrives with the end of the implicit transaction, after the rows.
func TestStatement_ErrorAtTheEndOfTheBatch_IsReturned(t *testing.T) {
	t.Parallel()
	forEachPooler(t, func(t *testing.T, w world) {
		const orphan = "insert into public.notes (user_id, text, parent) values ($1, 'orphan', gen_random_uuid())"
		ctx := w.in(t.Context())
		var id uuid.UUID
		_, execErr := w.api.DBTX().Exec(ctx, orphan, w.id)
		rowErr := w.api.DBTX().QueryRow(ctx, orphan+" returning id", w.id).Scan(&id)
		noRowErr := w.api.DBTX().QueryRow(ctx, "with gone as ("+orphan+") select 1 where false", w.id).Scan(&id)
		rows, err := w.api.DBTX().Query(ctx, orphan+" returning id", w.id)
		require.NoError(t, err)
		_, rowsErr := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		for how, err := range map[string]error{"Exec": execErr, "QueryRow": rowErr, "QueryRow without a row": noRowErr, "Query": rowsErr} {
			pg, ok := errors.AsType[*pgconn.PgError](err)
			require.True(t, ok, "%s: %v", how, err)
			require.Equal(t, "23503", pg.Code, how)
		}
		require.Zero(t, w.notes(t))
		returned(t, w.api)
	})
}

func TestTx_AndCommit_CommitsInTheSameRoundTrip(t *testing.T) {
	t.Parallel()
	w := newWorld(t, false)
	ctx := w.in(t.Context())
	orphan := func(ctx context.Context) error {
		_, err := w.api.DBTX().Exec(ctx, "insert into public.notes (user_id, text, parent) values ($1, 'x', gen_random_uuid())", w.id)
		return err
	}
	require.NoError(t, w.api.Tx(ctx, func(ctx context.Context) error {
		if err := w.note(ctx, "a"); err != nil {
			return err
		}
		if err := w.note(db.AndCommit(ctx), "b"); err != nil {
			return err
		}
		require.Equal(t, 2, w.notes(t), "others see it before the transaction is over")
		require.Error(t, w.note(ctx, "c"), "nothing comes after the last one")
		return nil
	}))
	require.NoError(t, w.api.Tx(ctx, func(ctx context.Context) error { return w.note(db.AndCommit(ctx), "first and last") }))
	require.Equal(t, 3, w.notes(t))

	require.Error(t, w.api.Tx(ctx, func(ctx context.Context) error { // what the commit refuses is the statement's error
		if err := w.note(ctx, "d"); err != nil {
			return err
		}
		return orphan(db.AndCommit(ctx))
	}))
	require.Error(t, w.api.Tx(ctx, func(ctx context.Context) error { // and who swallows it commits nothing
		_ = orphan(db.AndCommit(ctx))
		return nil
	}))
	require.Error(t, w.api.Tx(ctx, func(ctx context.Context) error {
		require.NoError(t, w.api.Tx(ctx, func(ctx context.Context) error { return w.note(db.AndCommit(ctx), "joined") }))
		return errors.New("the one that opened it goes on, and fails")
	}))
	require.Equal(t, 3, w.notes(t))
}

func TestTx_Queued_IsSentWithTheNextStatement(t *testing.T) {
	t.Parallel()
	forEachPooler(t, func(t *testing.T, w world) {
		ctx := w.in(t.Context())
		var seen int
		require.NoError(t, w.api.Tx(ctx, func(ctx context.Context) error {
			require.NoError(t, w.note(db.Queued(ctx), "first"))
			require.Zero(t, w.api.Pool().Stat().AcquiredConns(), "it waits")
			require.NoError(t, w.note(db.Queued(ctx), "second"))
			if err := w.api.DBTX().QueryRow(ctx, "select count(*) from public.notes where user_id = $1", w.id).Scan(&seen); err != nil {
				return err
			}
			require.Equal(t, 2, seen, "the next one sees them")
			require.NoError(t, w.note(db.Queued(ctx), "third"))
			return nil
		}))
		require.Equal(t, 3, w.notes(t), "what nothing follows goes with the commit")
		require.NoError(t, w.api.Tx(ctx, func(ctx context.Context) error { return w.note(db.Queued(ctx), "alone") }))
		require.NoError(t, w.note(db.Queued(ctx), "outside"))
		require.Equal(t, 5, w.notes(t))

		bad := func(ctx context.Context) error {
			_, err := w.api.DBTX().Exec(db.Queued(ctx), "select 1 / 0")
			return err
		}
		for how, fn := range map[string]func(ctx context.Context) error{
			"alone": bad,
			"before a statement": func(ctx context.Context) error {
				require.NoError(t, bad(ctx))
				err := w.note(ctx, "gone")
				require.ErrorContains(t, err, "division by zero")
				require.ErrorContains(t, w.note(ctx, "gone"), "division by zero", "nothing runs after it")
				return nil // swallowed
			},
			"after a statement": func(ctx context.Context) error {
				require.NoError(t, w.note(ctx, "gone"))
				return bad(ctx)
			},
			"before the last statement": func(ctx context.Context) error {
				require.NoError(t, bad(ctx))
				return w.note(db.AndCommit(ctx), "gone")
			},
		} {
			require.ErrorContains(t, w.api.Tx(ctx, fn), "division by zero", how)
			returned(t, w.api)
		}
		err := w.api.Tx(ctx, func(ctx context.Context) error {
			require.NoError(t, w.note(db.Queued(ctx), "gone"))
			return errRegret
		})
		require.ErrorIs(t, err, errRegret)
		require.Error(t, w.api.Tx(ctx, func(ctx context.Context) error {
			require.NoError(t, w.note(db.AndCommit(ctx), "kept"))
			return w.note(db.Queued(ctx), "after the last one")
		}))
		require.Equal(t, 6, w.notes(t))
	})
}
