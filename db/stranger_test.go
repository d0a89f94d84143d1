package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/rooms"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// person is somebody with an account and a session, and the context of their requests.
type person struct {
	id, session uuid.UUID
	identity    *db.Identity
}

func newPerson(t testing.TB, d dbtest.Database) person {
	t.Helper()
	p := person{}
	p.id, p.session = dbtest.User(t, d)
	p.identity = &db.Identity{UserID: p.id, SessionID: p.session, Claims: fmt.Sprintf(`{"sub":%q,"role":"authenticated"}`, p.id)}
	return p
}

func (p person) in(ctx context.Context) context.Context { return db.WithIdentity(ctx, p.identity) }

// rowsOfTools gives the person $1 a row in each table that belongs to no room. The rooms give them theirs (room.Demonstrator).
const rowsOfTools = `insert into private.idempotency_keys (user_id, key, fingerprint, status, headers, body) values ($1, 'k', sha256(''), 200, '{}', '')`

// demonstrate gives the person a row in every table that has rows of people.
func (p person) demonstrate(t *testing.T, d dbtest.Database, api *db.DB) {
	t.Helper()
	_, err := d.Owner.Exec(t.Context(), rowsOfTools, p.id)
	require.NoError(t, err)
	demo := room.Demo{Day: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Zone: "Europe/Berlin", ID: func(documented string) uuid.UUID {
		return uuid.NewSHA1(p.id, []byte(documented))
	}}
	require.NoError(t, rooms.New(room.Deps{DB: api, Now: time.Now}).Demonstrate(p.in(t.Context()), demo))
}

// Row level security alone: the statements have no filter, as if a query had forgotten its own.
func TestRowLevelSecurity_AnotherPersonsRows_AreNeitherReadNorChanged(t *testing.T) {
	t.Parallel()
	d := apitest.Foods(t)
	rows, err := d.Owner.Query(t.Context(), `with `+ours+`, `+owned+`
		select o.name, coalesce(w.attname, '') as owner, (
		    select string_agg(quote_ident(a.attname), ', ')
		    from pg_attribute a
		    where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
		  ) as columns
		from ours o
		left join owned w on w.attrelid = o.oid`)
	require.NoError(t, err)
	type table struct{ Name, Owner, Columns string }
	tables, err := pgx.CollectRows(rows, pgx.RowToStructByPos[table])
	require.NoError(t, err)
	require.NotEmpty(t, tables)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 4})
	ann, bob := newPerson(t, d), newPerson(t, d)
	ann.demonstrate(t, d, api)
	bob.demonstrate(t, d, api)
	for _, table := range tables {
		t.Run(table.Name, func(t *testing.T) {
			read := "select count(*) from " + table.Name
			if table.Owner == "" {
				// Nobody's: only functions reach it.
				for _, ctx := range []context.Context{t.Context(), bob.in(t.Context())} {
					for _, statement := range []string{
						"select from " + table.Name, "delete from " + table.Name,
						fmt.Sprintf("insert into %s (%s) select %[2]s from json_populate_record(null::%[1]s, '{}')", table.Name, table.Columns),
					} {
						_, err := api.DBTX().Exec(ctx, statement)
						require.Equal(t, db.Refused, db.Diagnose(err), "%s: %v", statement, err)
					}
				}
				return
			}
			var before string
			look := fmt.Sprintf("select coalesce(json_agg(r)::text, '') from %s r where %s = $1", table.Name, table.Owner)
			require.NoError(t, d.Owner.QueryRow(t.Context(), look, ann.id).Scan(&before))
			require.NotEmpty(t, before, "Ann has no row to protect: let the table's room demonstrate it")

			count := func(ctx context.Context, sql string, args ...any) (n int64, err error) {
				err = api.DBTX().QueryRow(ctx, sql, args...).Scan(&n)
				return n, err
			}
			seen, err := count(bob.in(t.Context()), read+" where "+table.Owner+" = $1", ann.id)
			require.NoError(t, err)
			require.Zero(t, seen)
			all, err := count(bob.in(t.Context()), read+" where "+table.Owner+" is not null") // null is the catalogue's
			require.NoError(t, err)
			own, err := count(bob.in(t.Context()), read+" where "+table.Owner+" = $1", bob.id)
			require.NoError(t, err)
			require.Positive(t, own, "Bob does not see himself, so seeing nothing of Ann says nothing")
			require.Equal(t, own, all, "there is somebody else")

			_, err = count(t.Context(), read)
			require.Equal(t, db.Refused, db.Diagnose(err), "as nobody: %v", err)

			take := fmt.Sprintf(
				"insert into %s (%s) select %[2]s from json_populate_recordset(null::%[1]s, $1::json)",
				table.Name,
				table.Columns,
			)
			for _, w := range []struct {
				statement string
				args      []any
			}{
				{fmt.Sprintf("update %s set %s = %[2]s", table.Name, table.Owner) + " where " + table.Owner + " = $1", []any{ann.id}},
				{fmt.Sprintf("update %s set %s = $2 where %[2]s = $1", table.Name, table.Owner), []any{ann.id, bob.id}},
				{fmt.Sprintf("update %s set %s = $1 where %[2]s = $2", table.Name, table.Owner), []any{ann.id, bob.id}}, // a row of Bob's, given to Ann
				{fmt.Sprintf("delete from %s where %s = $1", table.Name, table.Owner), []any{ann.id}},
				{take, []any{before}}, // a row in Ann's name
			} {
				for _, ctx := range []context.Context{bob.in(t.Context()), t.Context()} {
					tag, err := api.DBTX().Exec(ctx, w.statement, w.args...)
					if err == nil {
						require.Zero(t, tag.RowsAffected(), w.statement)
						continue
					}
					pg, ok := errors.AsType[*pgconn.PgError](err)
					require.True(t, ok, "%s: %v", w.statement, err)
					require.Equal(t, "42501", pg.Code, "%s: %v", w.statement, err)
				}
			}
			var after string
			require.NoError(t, d.Owner.QueryRow(t.Context(), look, ann.id).Scan(&after))
			require.Equal(t, before, after)
		})
	}
}

func TestSessions_OfAnotherPerson_AreNeitherReadNorEnded(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 2})
	ann, bob := newPerson(t, d), newPerson(t, d)

	rows, err := api.DBTX().Query(bob.in(t.Context()), "select id from private.own_sessions")
	require.NoError(t, err)
	seen, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{bob.session}, seen)
	listed, err := api.ListSessions(bob.in(t.Context()), queries.ListSessionsParams{UserID: ann.id, MaxRows: 10})
	require.NoError(t, err)
	require.Empty(t, listed, "asked for Ann's by name")

	for _, p := range []queries.RevokeSessionParams{
		{SessionID: ann.session, UserID: ann.id}, // says he is Ann
		{SessionID: ann.session, UserID: bob.id},
	} {
		gone, err := api.RevokeSession(bob.in(t.Context()), p)
		require.NoError(t, err)
		require.False(t, gone)
	}
	_, err = api.RevokeSession(t.Context(), queries.RevokeSessionParams{SessionID: ann.session, UserID: ann.id})
	require.Equal(t, db.Refused, db.Diagnose(err), "as nobody: %v", err)
	_, err = api.GetMe(ann.in(t.Context()), ann.id)
	require.NoError(t, err, "Ann's session lives")
}

// A token is a user and a session that belong together; one of each does not.
func TestIdentity_SessionOfAnotherUser_IsRefused(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 2})
	ann, bob := newPerson(t, d), newPerson(t, d)
	mixed := db.WithIdentity(t.Context(), &db.Identity{UserID: ann.id, SessionID: bob.session, Claims: "{}"})
	_, err := api.GetMe(mixed, ann.id)
	require.Equal(t, db.SessionEnded, db.Diagnose(err), "%v", err)
}

func TestIdentity_EndedSession_IsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 2})
	for how, statement := range map[string]string{
		"signed out":  "delete from auth.sessions where user_id = $1",
		"over":        "update auth.sessions set not_after = now() - interval '1 second' where user_id = $1",
		"banned":      "update auth.users set banned_until = now() + interval '1 hour' where id = $1",
		"deleted":     "delete from auth.users where id = $1",
		"put to rest": "update auth.users set deleted_at = now() where id = $1",
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			ann := newPerson(t, d)
			_, err := api.GetMe(ann.in(t.Context()), ann.id)
			require.NoError(t, err)
			_, err = d.Owner.Exec(t.Context(), statement, ann.id)
			require.NoError(t, err)
			_, err = api.GetMe(ann.in(t.Context()), ann.id)
			require.Equal(t, db.SessionEnded, db.Diagnose(err), "%v", err)
			ran := false
			err = api.Tx(ann.in(t.Context()), func(ctx context.Context) error {
				_, err := api.GetMe(ctx, ann.id)
				ran = true
				return err
			})
			require.True(t, ran)
			require.Equal(t, db.SessionEnded, db.Diagnose(err), "in a transaction: %v", err)
		})
	}
	t.Run("a ban that is over refuses nobody", func(t *testing.T) {
		t.Parallel()
		ann := newPerson(t, d)
		_, err := d.Owner.Exec(t.Context(), "update auth.users set banned_until = now() - interval '1 second' where id = $1", ann.id)
		require.NoError(t, err)
		_, err = api.GetMe(ann.in(t.Context()), ann.id)
		require.NoError(t, err)
	})
}

// The session check fixes no search path: operators and tables of the caller's own must not take the place of its.
func TestIdentity_HostileSearchPath_IsRefused(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	ann := newPerson(t, d)
	conn, err := pgx.Connect(t.Context(), d.OwnerURL)
	require.NoError(t, err)
	defer conn.Close(context.WithoutCancel(t.Context()))
	_, err = conn.PgConn().Exec(t.Context(), `
		create schema evil;
		create function evil.yes(uuid, uuid) returns boolean language sql immutable as 'select true';
		create function evil.yes(timestamptz, timestamptz) returns boolean language sql immutable as 'select true';
		create operator evil.= (function = evil.yes, leftarg = uuid, rightarg = uuid);
		create operator evil.> (function = evil.yes, leftarg = timestamptz, rightarg = timestamptz);
		create operator evil.<= (function = evil.yes, leftarg = timestamptz, rightarg = timestamptz);
		create function evil.now() returns timestamptz language sql immutable as $$ select timestamptz 'epoch' $$;
		create table evil.sessions as select * from auth.sessions;
		create table evil.users as select * from auth.users;
		set search_path = evil, pg_catalog, auth`).ReadAll()
	require.NoError(t, err)
	var fooled bool
	require.NoError(t, conn.QueryRow(t.Context(), "select gen_random_uuid() = gen_random_uuid() and now() = 'epoch'").Scan(&fooled))
	require.True(t, fooled, "the trap is set")
	check := func(session, user uuid.UUID) error {
		_, err := conn.Exec(t.Context(), "select private.require_session($1, $2)", session, user)
		return err
	}
	require.NoError(t, check(ann.session, ann.id))
	require.Equal(t, db.SessionEnded, db.Diagnose(check(uuid.New(), ann.id)))
	require.Equal(t, db.SessionEnded, db.Diagnose(check(ann.session, uuid.New())))
	_, err = d.Owner.Exec(t.Context(), "update auth.users set banned_until = now() + interval '1 hour'")
	require.NoError(t, err)
	require.Equal(t, db.SessionEnded, db.Diagnose(check(ann.session, ann.id)))
}

// Claims are whatever the token's payload says, user_metadata included; none of it may outweigh who was verified.
func TestIdentity_OtherClaims_TheVerifiedUserCounts(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 2})
	ann, bob := newPerson(t, d), newPerson(t, d)
	ctx := db.WithIdentity(
		t.Context(),
		&db.Identity{UserID: bob.id, SessionID: bob.session, Claims: fmt.Sprintf(`{"sub":%q,"role":"service_role"}`, ann.id)},
	)
	var who uuid.UUID
	var role string
	// Whoever is asking sees exactly one profile.
	require.NoError(t, api.DBTX().QueryRow(ctx, "select id, current_user from public.profiles").Scan(&who, &role))
	require.Equal(t, bob.id, who)
	require.Equal(t, "authenticated", role)
}

func TestIdentity_None_RunsAsAnon(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 2})
	for name, ctx := range map[string]context.Context{"none": t.Context(), "nil": db.WithIdentity(t.Context(), nil)} {
		var role string
		require.NoError(t, api.DBTX().QueryRow(ctx, "select current_user").Scan(&role), name)
		require.Equal(t, "anon", role, name)
		require.NoError(t, api.Tx(ctx, func(ctx context.Context) error {
			return api.DBTX().QueryRow(ctx, "select current_user").Scan(&role)
		}), name)
		require.Equal(t, "anon", role, name)
	}
}

func TestServing_MovedToAnotherPersonsFood_IsRefused(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t) // a food of the catalogue is everybody's
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 2})
	ann, bob := newPerson(t, d), newPerson(t, d)
	const insert = "insert into public.foods (created_by, name, source, calories, protein_g, carbs_g, fat_g) values ($1, 'Bread', 'test', 250, 9, 48, 2) returning id"
	var annsBread, everybodysBread uuid.UUID
	require.NoError(t, d.Owner.QueryRow(t.Context(), insert, ann.id).Scan(&annsBread))
	require.NoError(t, d.Owner.QueryRow(t.Context(), insert, nil).Scan(&everybodysBread))
	_, err := d.Owner.Exec(t.Context(), rowsOf["food_servings"], bob.id)
	require.NoError(t, err)
	for _, bread := range []uuid.UUID{annsBread, everybodysBread} {
		_, err := api.DBTX().
			Exec(bob.in(t.Context()), "update public.food_servings set food_id = $1, is_default = true where created_by = $2", bread, bob.id)
		require.Equal(t, db.Refused, db.Diagnose(err), "it would take the default from whoever the food belongs to: %v", err)
	}
}

// A diary that its owner fills past the API can still be read.
func TestDiary_NaNAndInfinity_AreRefused(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 2})
	ann := newPerson(t, d)
	for _, table := range []string{"meals", "meal_items"} {
		_, err := d.Owner.Exec(t.Context(), rowsOf[table], ann.id)
		require.NoError(t, err)
	}
	for _, statement := range []string{
		"update public.meals set eaten_at = 'infinity' where user_id = $1",
		"update public.meals set local_date = '-infinity' where user_id = $1",
		"update public.meal_items set calories = 'NaN' where user_id = $1",
		"update public.meal_items set alcohol_g = 'NaN' where user_id = $1",
	} {
		_, err := api.DBTX().Exec(ann.in(t.Context()), statement, ann.id)
		pg, ok := errors.AsType[*pgconn.PgError](err)
		require.True(t, ok, "%s: %v", statement, err)
		require.Equal(t, "23514", pg.Code, "%s: %v", statement, err)
	}
}

func TestLockTable_OfASignedInPerson_IsRefused(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	api := openDB(t, db.Options{URL: d.AppURL, MaxConns: 2})
	ann := newPerson(t, d)
	for _, table := range []string{
		"public.foods", "public.food_servings", "public.food_favorites", "public.meals", "public.meal_items", "private.idempotency_keys",
	} {
		for _, mode := range []string{"access exclusive", "exclusive", "share row exclusive", "share", "share update exclusive"} {
			_, err := api.DBTX().Exec(ann.in(t.Context()), fmt.Sprintf("lock table %s in %s mode", table, mode))
			require.Error(t, err, "%s in %s mode", table, mode)
			require.Equal(t, db.Refused, db.Diagnose(err), "%s in %s mode: %v", table, mode, err)
		}
	}
}
