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

// Migrate brings the schema up to what this binary knows, under an advisory lock, so that replicas may all try. It goes
// on from wherever the schema is, whoever brought it there: an earlier Migrate, psql, or `supabase db push`.
// It needs the owner of the database, not the role app, and a connection that no transaction pooler shares.
func Migrate(ctx context.Context, ownerURL string) error {
	config, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return errNotAURL // pgx's own error can quote the password
	}
	conns := stdlib.OpenDB(*config)
	defer conns.Close()
	p, err := goose.NewProvider(goose.DialectPostgres, conns, migrations.Files, goose.WithTableName(versionTable))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	unlock, err := lockMigrations(ctx, conns)
	if err != nil {
		return fmt.Errorf("wait for another migration: %w", err)
	}
	defer unlock()

	versions, err := readVersions(ctx, conns, p)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.have > v.want {
			return fmt.Errorf("%w: the database has %s %d, this binary knows only %d: run a newer one", ErrSchema, v.of, v.have, v.want)
		}
	}
	have := versions[0].have
	if err := record(ctx, conns, p, have); err != nil {
		return fmt.Errorf("record what was applied: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := migrateJobs(ctx, ownerURL); err != nil {
		return fmt.Errorf("migrate the jobs: %w", err)
	}
	return nil
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

// record makes goose's table and notes in it what another tool applied before.
func record(ctx context.Context, conns *sql.DB, p *goose.Provider, have int64) error {
	store, err := database.NewStore(database.DialectPostgres, versionTable)
	if err != nil {
		return err
	}
	tx, err := conns.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	var found bool
	if err := tx.QueryRowContext(ctx, "select to_regclass($1) is not null", versionTable).Scan(&found); err != nil {
		return err
	}
	if !found {
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
	}
	noted, err := store.GetLatestVersion(ctx, tx)
	if err != nil && !errors.Is(err, database.ErrVersionNotFound) {
		return err
	}
	versions := []int64{0} // goose looks for it
	for _, s := range p.ListSources() {
		versions = append(versions, s.Version)
	}
	for _, v := range versions {
		if v <= have && (v > noted || errors.Is(err, database.ErrVersionNotFound)) {
			if err := store.Insert(ctx, tx, database.InsertRequest{Version: v}); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// ErrSchema means that the database's schema is older or newer than this binary.
var ErrSchema = errors.New("schema version")

var errNotAURL = errors.New("the database URL is not a Postgres connection string")

// CheckSchema refuses a schema that this binary was not built for. The role app may ask, through a pooler as well.
func CheckSchema(ctx context.Context, url string) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return errNotAURL
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	conns := stdlib.OpenDB(*config)
	defer conns.Close()
	p, err := goose.NewProvider(goose.DialectPostgres, conns, migrations.Files, goose.WithTableName(versionTable))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	versions, err := readVersions(ctx, conns, p)
	if err != nil {
		return err
	}
	for _, v := range versions {
		switch {
		case v.have < v.want:
			return fmt.Errorf("%w: the database has %s %d, this binary needs %d: run `api migrate` first", ErrSchema, v.of, v.have, v.want)
		case v.have > v.want:
			return fmt.Errorf("%w: the database has %s %d, this binary knows only %d: deploy a newer binary", ErrSchema, v.of, v.have, v.want)
		}
	}
	return nil
}

// version is what a database has of a line of migrations, and what this binary wants.
type version struct {
	of         string
	have, want int64
}

// readVersions answers ours first and then River's.
func readVersions(ctx context.Context, conns *sql.DB, p *goose.Provider) (v [2]version, err error) {
	sources := p.ListSources()
	v = [2]version{{of: "migration", want: sources[len(sources)-1].Version}, {of: "jobs migration"}}
	if v[1].want, err = NewestJobs(); err != nil {
		return v, err
	}
	if v[0].have, err = schemaVersion(ctx, conns); err != nil {
		return v, fmt.Errorf("read the schema version: %w", err)
	}
	if v[1].have, err = jobsVersion(ctx, conns); err != nil {
		return v, fmt.Errorf("read the jobs' schema version: %w", err)
	}
	return v, nil
}

// schemaVersion is what the migrations themselves say, which is right whoever applied them; 0 before the first one.
func schemaVersion(ctx context.Context, conns *sql.DB) (version int64, err error) {
	err = conns.QueryRowContext(ctx, "select private.schema_version()").Scan(&version)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && (pg.Code == "3F000" || pg.Code == "42883") { // no schema, no function
		return 0, nil
	}
	return version, err
}
