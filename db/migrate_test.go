package db_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/dev/supabase"
	"github.com/ultimatecoach/api/internal/dev/supervisor"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/migrations"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func exec1(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	_, err := conn.PgConn().Exec(t.Context(), sql).ReadAll()
	require.NoError(t, err)
}

func get[T any](t *testing.T, conn *pgx.Conn, sql string, args ...any) (v T) {
	t.Helper()
	require.NoError(t, conn.QueryRow(t.Context(), sql, args...).Scan(&v))
	return v
}

func newest(t *testing.T) int64 {
	t.Helper()
	files, err := fs.Glob(migrations.Files, "*.sql")
	require.NoError(t, err)
	number, _, _ := strings.Cut(files[len(files)-1], "_")
	n, err := strconv.ParseInt(number, 10, 64)
	require.NoError(t, err)
	return n
}

// bare is a database that has what Supabase brings and nothing of ours.
func bare(t *testing.T) dbtest.Database {
	t.Helper()
	d := dbtest.New(t)
	conn := connect(t, d.OwnerURL)
	exec1(t, conn, `drop schema public cascade; drop schema private cascade; drop schema auth cascade;
		drop schema jobs cascade; create schema public;
		grant create, usage on schema public to pg_database_owner`)
	exec1(t, conn, supabase.SQL)
	return d
}

func TestMigrate_RepeatedAndConcurrent_Succeeds(t *testing.T) {
	t.Parallel()
	d := bare(t)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if err := db.Migrate(t.Context(), d.OwnerURL); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	require.NoError(t, db.Migrate(t.Context(), d.OwnerURL))
	require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))
	conn := connect(t, d.OwnerURL)
	require.Equal(t, newest(t), get[int64](t, conn, "select private.schema_version()"))
	require.Equal(
		t,
		int64(len(migrationFiles(t)))+1,
		get[int64](t, conn, "select count(*) from private.schema_migrations"),
		"goose records version 0 as well",
	)
}

func TestMigrate_ExistingAccounts_GetProfiles(t *testing.T) {
	t.Parallel()
	d := bare(t)
	conn := connect(t, d.OwnerURL)
	exec1(t, conn, `
		insert into auth.users (id, email, raw_user_meta_data, created_at) values
		  ('a0000000-0000-4000-8000-000000000001', 'ann@example.com', '{"full_name": "  Ann  "}', '2020-01-02T03:04:05Z'),
		  ('a0000000-0000-4000-8000-000000000002', null, null, null),
		  ('a0000000-0000-4000-8000-000000000003', 'long@example.com', jsonb_build_object('full_name', repeat('ä', 5000)), now()),
		  ('a0000000-0000-4000-8000-000000000004', 'odd@example.com', '{"full_name": {"first": "Odd"}}', now()),
		  ('a0000000-0000-4000-8000-000000000005', 'blank@example.com', '{"full_name": "   "}', now())`)
	require.NoError(t, db.Migrate(t.Context(), d.OwnerURL))
	require.Equal(t, 5, get[int](t, conn, "select count(*) from public.profiles"))
	require.Equal(t, "ann@example.com Ann 2020-01-02 03:04:05", get[string](
		t,
		conn,
		"select concat_ws(' ', email, full_name, created_at at time zone 'utc') from public.profiles where id = 'a0000000-0000-4000-8000-000000000001'",
	))
	require.Equal(t, 200, get[int](t, conn, "select char_length(full_name) from public.profiles where email = 'long@example.com'"))
	require.True(t, get[bool](t, conn, "select full_name is null from public.profiles where email = 'blank@example.com'"))
}

func TestCheckSchema_OtherVersion_SaysWhatToDo(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	owner := connect(t, d.OwnerURL)
	require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))
	require.NoError(t, db.CheckSchema(t.Context(), dbtest.Bouncer(t, d)), "through a pooler")

	exec1(t, owner, fmt.Sprintf("insert into private.schema_migrations (version_id, is_applied) values (%d, true)", newest(t)+1))
	err := db.CheckSchema(t.Context(), d.AppURL)
	require.ErrorIs(t, err, db.ErrSchema)
	require.ErrorContains(t, err, "deploy a newer binary")
	require.ErrorIs(t, db.Migrate(t.Context(), d.OwnerURL), db.ErrSchema, "an older binary migrates nothing")

	exec1(t, owner, fmt.Sprintf("delete from private.schema_migrations where version_id >= %d", newest(t)))
	err = db.CheckSchema(t.Context(), d.AppURL)
	require.ErrorIs(t, err, db.ErrSchema)
	require.ErrorContains(t, err, "run `api migrate` first")

	exec1(t, owner, fmt.Sprintf("insert into private.schema_migrations (version_id, is_applied) values (%d, true)", newest(t)))
	require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))
	exec1(t, owner, "insert into jobs.river_migration (line, version) select 'main', max(version) + 1 from jobs.river_migration")
	err = db.CheckSchema(t.Context(), d.AppURL)
	require.ErrorIs(t, err, db.ErrSchema)
	require.ErrorContains(t, err, "deploy a newer binary")
	require.ErrorIs(t, db.Migrate(t.Context(), d.OwnerURL), db.ErrSchema, "an older binary migrates nothing")

	for _, statement := range []string{
		"delete from jobs.river_migration where version >= (select max(version) - 1 from jobs.river_migration)",
		"revoke usage on schema jobs from app", // a migration that was interrupted
		"drop schema jobs cascade",
	} {
		exec1(t, owner, statement)
		err = db.CheckSchema(t.Context(), d.AppURL)
		require.ErrorIs(t, err, db.ErrSchema, statement)
		require.ErrorContains(t, err, "run `api migrate` first", statement)
	}
	require.NoError(t, db.Migrate(t.Context(), d.OwnerURL))
	require.NoError(t, db.CheckSchema(t.Context(), d.AppURL))

	exec1(t, owner, "drop schema private cascade")
	err = db.CheckSchema(t.Context(), d.AppURL)
	require.ErrorIs(t, err, db.ErrSchema)
	require.ErrorContains(t, err, "run `api migrate` first")
}

func TestMigrate_UnreachableDatabase_ShowsNoPassword(t *testing.T) {
	t.Parallel()
	for _, u := range []string{
		"postgres://app:hunter2@127.0.0.1:1/x?sslmode=disable",
		"postgres://app:hunter2@127.0.0.1:port/x",
		"postgres://app:hunter2@127.0.0.1:1/x?sslmode=nonsense",
		"host=127.0.0.1 port=1 password=hunter2 sslmode=nonsense",
	} {
		for _, err := range []error{db.Migrate(t.Context(), u), db.CheckSchema(t.Context(), u)} {
			require.Error(t, err)
			require.NotContains(t, err.Error(), "hunter2")
		}
	}
}

func TestProfile_IsCreatedAndDeletedWithItsUser(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	conn := connect(t, d.OwnerURL)
	live(t, conn, conn)
}

// live walks one account through its life as Supabase Auth does it; owner looks on.
func live(t *testing.T, auth, owner *pgx.Conn) {
	t.Helper()
	id := uuid.New()
	tx, err := auth.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), "insert into auth.users (id, email) values ($1, $2)", id, id.String()+"@example.com")
	require.NoError(t, err)
	require.NoError(t, tx.Rollback(t.Context()))
	require.Zero(t, get[int](t, owner, "select count(*) from public.profiles where id = $1", id), "of a signup that failed")

	exec := func(sql string, args ...any) {
		t.Helper()
		_, err := auth.Exec(t.Context(), sql, args...)
		require.NoError(t, err)
	}
	exec("insert into auth.users (id, email) values ($1, $2)", id, id.String()+"@example.com")
	require.Equal(t, id.String()+"@example.com", get[string](t, owner, "select email from public.profiles where id = $1", id))
	exec("update auth.users set email = $2 where id = $1", id, id.String()+"@example.org")
	require.Equal(
		t,
		id.String()+"@example.org 2",
		get[string](t, owner, "select email || ' ' || version from public.profiles where id = $1", id),
	)
	exec("update auth.users set email = email, last_sign_in_at = now() where id = $1", id)
	require.Equal(t, 2, get[int](t, owner, "select version from public.profiles where id = $1", id), "signing in changes no profile")
	exec("delete from auth.users where id = $1", id)
	require.Zero(t, get[int](t, owner, "select count(*) from public.profiles where id = $1", id))
}

// On a hosted project the owner is no superuser and schema auth is somebody else's.
func TestMigrate_OnHostedSupabase(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*testing.T) string{"newest": startNewest, "oldest": startOldest} {
		t.Run("Postgres "+name, func(t *testing.T) {
			t.Parallel()
			super := start(t)
			makeProject(t, super)
			for _, way := range []struct {
				database string
				migrate  func(t *testing.T, ownerURL string)
			}{
				{"by_api_migrate", func(t *testing.T, ownerURL string) { require.NoError(t, db.Migrate(t.Context(), ownerURL)) }},
				{"by_psql", func(t *testing.T, ownerURL string) {
					psql(t, super, ownerURL, migrationFiles(t)...)
					require.ErrorContains(t, db.CheckSchema(t.Context(), appOf(t, ownerURL)), "run `api migrate` first")
					// Nothing has recorded what psql ran.
					require.ErrorContains(t, db.Migrate(t.Context(), ownerURL), "api migrate --applied=N")
					require.NoError(t, db.MigrateWith(t.Context(), ownerURL, db.MigrateOptions{Applied: newest(t)}))
				}},
				{"by_supabase_cli", func(t *testing.T, ownerURL string) {
					// All but the last, which is left to `api migrate`, beside a migration of the project's own.
					files := migrationFiles(t)
					files = files[:len(files)-1]
					psql(t, super, ownerURL, files...)
					owner := connect(t, ownerURL)
					exec1(t, owner, `create schema supabase_migrations;
						create table supabase_migrations.schema_migrations (version text not null primary key);
						alter table supabase_migrations.schema_migrations add column statements text[];
						alter table supabase_migrations.schema_migrations add column name text;
						insert into supabase_migrations.schema_migrations (version, name) values ('20240102030405', 'our_own')`)
					for _, f := range files {
						number, name, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f), ".sql"), "_")
						_, err := owner.Exec(t.Context(), "insert into supabase_migrations.schema_migrations (version, name) values ($1, $2)", number, name)
						require.NoError(t, err)
					}
					require.ErrorContains(t, db.CheckSchema(t.Context(), appOf(t, ownerURL)), "run `api migrate` first")
					require.NoError(t, db.Migrate(t.Context(), ownerURL))
				}},
				{"before_function_files", func(t *testing.T, ownerURL string) {
					migrateAsBefore(t, ownerURL)
					require.NoError(t, db.Migrate(t.Context(), ownerURL))
				}},
			} {
				t.Run(way.database, func(t *testing.T) {
					exec1(
						t,
						connect(t, as(t, super, "supabase_admin", "x", "postgres")),
						"create database "+way.database+" template project owner postgres",
					)
					ownerURL := as(t, super, "postgres", "x", way.database)
					way.migrate(t, ownerURL)
					appURL := appOf(t, ownerURL)
					require.NoError(t, db.CheckSchema(t.Context(), appURL))
					owner := connect(t, ownerURL)
					auth := connect(t, as(t, super, "supabase_auth_admin", "x", way.database))
					live(t, auth, owner)
					for _, r := range rules {
						require.Empty(t, r.check(t.Context(), t, owner), r.name)
					}
					serves(t, auth, appURL)
					works(t, appURL)
				})
			}
		})
	}
}

// serves goes through every statement that looks into schema auth.
func serves(t *testing.T, auth *pgx.Conn, appURL string) {
	t.Helper()
	userID, sessionID, other := uuid.New(), uuid.New(), uuid.New()
	_, err := auth.Exec(t.Context(), "insert into auth.users (id, email) values ($1, $2)", userID, userID.String()+"@example.com")
	require.NoError(t, err)
	for _, s := range []uuid.UUID{sessionID, other} {
		_, err = auth.Exec(t.Context(), "insert into auth.sessions (id, user_id, created_at) values ($1, $2, now())", s, userID)
		require.NoError(t, err)
	}
	d := openDB(t, db.Options{URL: appURL})
	ctx := db.WithIdentity(t.Context(), &db.Identity{UserID: userID, SessionID: sessionID, Claims: "{}"})
	me, err := d.GetMe(ctx, userID)
	require.NoError(t, err)
	require.Equal(t, userID, me.ID)
	sessions, err := d.ListSessions(ctx, queries.ListSessionsParams{UserID: userID, MaxRows: 10})
	require.NoError(t, err)
	require.Len(t, sessions, 2)
	for _, s := range []uuid.UUID{other, sessionID} {
		gone, err := d.RevokeSession(ctx, queries.RevokeSessionParams{SessionID: s, UserID: userID})
		require.NoError(t, err)
		require.True(t, gone)
	}
	_, err = d.GetMe(ctx, userID)
	require.Equal(t, db.SessionEnded, db.Diagnose(err), "%v", err)
}

type chore struct{}

func (chore) Kind() string { return "chore" }

// works lets the role app do a job.
func works(t *testing.T, appURL string) {
	t.Helper()
	done := make(chan struct{}, 1)
	w, err := jobs.New(jobs.Options{DB: openDB(t, db.Options{URL: appURL}), ShutdownTimeout: time.Minute, Jobs: []jobs.Job{
		jobs.Every[chore](time.Hour, func(context.Context) error {
			done <- struct{}{}
			return nil
		}),
	}})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	<-done
	stop()
	require.NoError(t, <-ended)
}

// makeProject gives a cluster of the test's own, since roles belong to all of it, a database as a hosted project is before
// the first migration.
func makeProject(t *testing.T, super string) {
	t.Helper()
	// The superuser that initdb made is called supabase_admin there, and nobody can rename themselves.
	admin := connect(t, super)
	exec1(t, admin, "create role renamer login superuser password 'x'")
	require.NoError(t, admin.Close(t.Context()))
	renamer := connect(t, as(t, super, "renamer", "x", "postgres"))
	exec1(t, renamer, "alter role postgres rename to supabase_admin; alter role supabase_admin password 'x'")
	exec1(t, renamer, "create database project")
	conn := connect(t, as(t, super, "supabase_admin", "x", "project"))
	exec1(t, conn, supabase.SQL)
	file, err := os.ReadFile("../internal/dev/supabase/hosted.sql")
	require.NoError(t, err)
	exec1(t, conn, string(file))
	exec1(t, conn, "alter role postgres password 'x'; alter role supabase_auth_admin password 'x'")
	require.NoError(t, conn.Close(t.Context())) // a database that somebody is connected to cannot be cloned
}

func as(t *testing.T, raw, user, password, database string) string {
	t.Helper()
	u, err := url.Parse(raw)
	require.NoError(t, err)
	u.User, u.Path = url.UserPassword(user, password), "/"+database
	return u.String()
}

// appOf gives app a password, as whoever runs the database does.
func appOf(t *testing.T, ownerURL string) string {
	t.Helper()
	exec1(t, connect(t, ownerURL), "alter role app password 'x'")
	u, err := url.Parse(ownerURL)
	require.NoError(t, err)
	return as(t, ownerURL, "app", "x", strings.TrimPrefix(u.Path, "/"))
}

func migrationFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../migrations/*.sql")
	require.NoError(t, err)
	return files
}

// psql runs the files as a person would, with the psql of this machine or the one beside the server.
func psql(t *testing.T, super, ownerURL string, files ...string) {
	t.Helper()
	program, err := exec.LookPath("psql")
	if err != nil {
		admin := connect(t, as(t, super, "supabase_admin", "x", "postgres"))
		bin := get[string](t, admin, "select setting from pg_config where name = 'BINDIR'")
		if program, err = exec.LookPath(filepath.Join(bin, "psql")); err != nil {
			dbtest.Lacks(t, "psql", err)
		}
	}
	for _, f := range files {
		out, err := exec.CommandContext(t.Context(), program, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", f, ownerURL).CombinedOutput()
		require.NoError(t, err, "%s: %s", f, out)
	}
}

func startNewest(t *testing.T) string {
	t.Helper()
	s, err := postgres.Start(t.Context(), postgres.Options{Ephemeral: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	return s.URL
}

// startOldest starts the oldest of Debian's packages on this machine, from 15 on: that is what the oldest hosted projects
// have.
func startOldest(t *testing.T) string {
	t.Helper()
	bin, oldest := "", math.MaxInt
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // a client package alone has none
	require.NoError(t, err)
	for _, initdb := range found {
		dir := filepath.Dir(initdb)
		if major, err := strconv.Atoi(filepath.Base(filepath.Dir(dir))); err == nil && major >= 15 && major < oldest {
			bin, oldest = dir, major
		}
	}
	if bin == "" {
		dbtest.Lacks(t, "Postgres of Debian's", fs.ErrNotExist)
	}
	account, err := supervisor.ServerAccount()
	require.NoError(t, err)
	dir, err := os.MkdirTemp("", "ultimate-coach-oldest-") // t.TempDir is closed to other users
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	secret := rand.Text() // or somebody else's server on the port could be taken for this one
	password, logFile := filepath.Join(dir, "password"), filepath.Join(dir, "log")
	require.NoError(
		t,
		errors.Join(os.WriteFile(password, []byte(secret), 0o644), os.Chmod(dir, 0o755), os.Chown(dir, account.UID, account.GID)),
	)
	data := filepath.Join(dir, "data")
	out, err := account.Command(t.Context(), dir, bin+"/initdb", "-D", data, "-U", "postgres", "--pwfile", password,
		"-A", "scram-sha-256", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync").CombinedOutput()
	require.NoError(t, err, "%s", out)
	log, err := os.Create(logFile)
	require.NoError(t, err)
	defer log.Close()
	for try := 0; ; try++ {
		port := freePort(t)
		p, err := account.Start(supervisor.Server{Dir: dir, Log: log, Args: []string{
			bin + "/postgres", "-D", data, "-h", "127.0.0.1", "-p", port, "-c", "unix_socket_directories=", "-c", "fsync=off",
		}})
		require.NoError(t, err)
		u := fmt.Sprintf("postgres://postgres:%s@127.0.0.1:%s/postgres?sslmode=disable", secret, port)
		if ready := awaitServer(t, u, p.Exited()); ready {
			t.Cleanup(func() { require.NoError(t, p.Stop(10*time.Second)) })
			return u
		}
		said, _ := os.ReadFile(logFile)
		require.Regexp(t, regexp.MustCompile("could not bind"), string(said))
		require.Less(t, try, 20)
	}
}

// freePort is one that somebody else may take before the server does.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return port
}

func awaitServer(t *testing.T, url string, gone <-chan struct{}) bool {
	t.Helper()
	for {
		if conn, err := pgx.Connect(t.Context(), url); err == nil {
			require.NoError(t, conn.Close(t.Context()))
			return true
		}
		select {
		case <-gone:
			return false
		case <-t.Context().Done():
			return false
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func openDB(t testing.TB, o db.Options) *db.DB {
	t.Helper()
	d, err := db.Open(o)
	require.NoError(t, err)
	t.Cleanup(d.Close)
	return d
}
