package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib" // goose speaks database/sql
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"

	"github.com/ultimatecoach/api/migrations"
)

// versionTable is goose's record of what was applied. It lives outside the schema that Supabase serves to clients.
const versionTable = "private.schema_migrations"

// MigrateOptions are what only a person can know.
type MigrateOptions struct {
	// Applied is the number of the last migration that was run by a tool which records nothing, such as psql; 0 is none.
	Applied int64
	// OlderFunctions lets this binary's functions replace those of a newer one.
	OlderFunctions bool
}

// Migrate is [MigrateWith] without options.
func Migrate(ctx context.Context, ownerURL string) error {
	return MigrateWith(ctx, ownerURL, MigrateOptions{})
}

// MigrateWith brings the database up to what this binary knows, under an advisory lock, so that replicas may all try: first
// the migrations, then the files of db/functions, then the job queue's own migrations. It goes on from wherever the database
// is, also when the Supabase CLI brought it there.
// It needs the owner of the database, not the role app, and a connection that no transaction pooler shares.
func MigrateWith(ctx context.Context, ownerURL string, o MigrateOptions) error {
	config, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return errNotAURL // pgx's own error can quote the password
	}
	conns := stdlib.OpenDB(*config)
	defer conns.Close()
	p, err := migrationsOn(conns)
	if err != nil {
		return err
	}
	unlock, err := lockMigrations(ctx, conns)
	if err != nil {
		return fmt.Errorf("wait for another migration: %w", err)
	}
	defer unlock()

	if err := recordApplied(ctx, conns, p, o.Applied); err != nil {
		return fmt.Errorf("record what was applied: %w", err)
	}
	if err := refuseNewer(ctx, conns, p, o); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w%s", err, adviceOn(err))
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := applyFunctions(ctx, conn); err != nil {
		return fmt.Errorf("bring functions up to date: %w", err)
	}
	if err := migrateJobs(ctx, ownerURL); err != nil {
		return fmt.Errorf("migrate the jobs: %w", err)
	}
	return nil
}

func migrationsOn(conns *sql.DB) (*goose.Provider, error) {
	p, err := goose.NewProvider(goose.DialectPostgres, conns, migrations.Files, goose.WithTableName(versionTable))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

// lockMigrations asks again and again instead of waiting in line: who waits inside a statement holds a snapshot, and
// `create index concurrently` waits for old snapshots to end, its own queue included.
func lockMigrations(ctx context.Context, conns *sql.DB) (unlock func(), err error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600)) // an index on a large table takes minutes
	if err != nil {
		return nil, err
	}
	conn, err := conns.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if err := locker.SessionLock(ctx, conn); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() {
		_ = locker.SessionUnlock(context.WithoutCancel(ctx), conn) // ends with its connection at the latest
		_ = conn.Close()
	}, nil
}

// recordApplied makes goose's table and notes in it what other tools applied: what the Supabase CLI has recorded, and the
// migrations up to the given number.
func recordApplied(ctx context.Context, conns *sql.DB, p *goose.Provider, upTo int64) error {
	store, err := database.NewStore(database.DialectPostgres, versionTable)
	if err != nil {
		return err
	}
	tx, err := conns.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := makeVersionTable(ctx, tx, store); err != nil {
		return err
	}
	byCLI, err := appliedBySupabaseCLI(ctx, tx)
	if err != nil {
		return fmt.Errorf("read what the Supabase CLI applied: %w", err)
	}
	known, err := store.ListMigrations(ctx, tx)
	if err != nil {
		return err
	}
	recorded := map[int64]bool{}
	for _, m := range known {
		recorded[m.Version] = m.IsApplied
	}
	sources := p.ListSources()
	if newest := sources[len(sources)-1].Version; upTo > newest {
		return fmt.Errorf("there is no migration %d: the newest that this binary has is %d", upTo, newest)
	}
	for _, s := range sources {
		if !recorded[s.Version] && (s.Version <= upTo || byCLI[s.Path]) {
			if err := store.Insert(ctx, tx, database.InsertRequest{Version: s.Version}); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

func makeVersionTable(ctx context.Context, tx *sql.Tx, store database.Store) error {
	var found bool
	if err := tx.QueryRowContext(ctx, "select to_regclass($1) is not null", versionTable).Scan(&found); err != nil || found {
		return err
	}
	if _, err := tx.ExecContext(ctx, "create schema if not exists private"); err != nil {
		return err
	}
	if err := store.CreateVersionTable(ctx, tx); err != nil {
		return err
	}
	// Nobody's business but the owner's, as for every table.
	if _, err := tx.ExecContext(ctx, `
		alter table private.schema_migrations enable row level security;
		create policy schema_migrations_nobody on private.schema_migrations using (false);`); err != nil {
		return err
	}
	return store.Insert(ctx, tx, database.InsertRequest{Version: 0}) // goose looks for it
}

// appliedBySupabaseCLI returns the names of the files that `supabase db push` has recorded. A project may have migrations of its
// own there, hence names and not numbers alone.
func appliedBySupabaseCLI(ctx context.Context, tx *sql.Tx) (map[string]bool, error) {
	var found bool
	err := tx.QueryRowContext(ctx, `
		select exists (
		  select
		  from pg_class c
		  join pg_namespace n on n.oid = c.relnamespace
		  where n.nspname = 'supabase_migrations' and c.relname = 'schema_migrations'
		    and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
		)`).Scan(&found)
	if err != nil || !found {
		return nil, err
	}
	// As JSON, because old versions of the CLI made the table without a column name.
	rows, err := tx.QueryContext(ctx, `
		select m.version || '_' || coalesce(to_jsonb(m) ->> 'name', '') || '.sql'
		from supabase_migrations.schema_migrations m`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	files := map[string]bool{}
	for rows.Next() {
		var file string
		if err := rows.Scan(&file); err != nil {
			return nil, err
		}
		files[file] = true
	}
	return files, rows.Err()
}

// adviceOn is for a migration that makes what is there already.
func adviceOn(err error) string {
	partial, ok := errors.AsType[*goose.PartialError](err)
	if !ok {
		return ""
	}
	pg, ok := errors.AsType[*pgconn.PgError](partial.Err)
	if !ok {
		return ""
	}
	switch pg.Code {
	case "42P06", "42P07", "42701", "42710", "42723": // schema, table, column, object, function exists
		return ": if another tool such as psql has run this file, say so once: `api migrate --applied=N`" +
			", N being the number of the last file that it ran"
	}
	return ""
}
