package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	_ "github.com/jackc/pgx/v5/stdlib" // goose speaks database/sql
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/ultimatecoach/api/migrations"
)

// versionTable is goose's record of what was applied. It lives outside the schema that Supabase serves to clients.
const versionTable = "private.schema_migrations"

// Migrate brings the schema up to what this binary knows, under an advisory lock, so that replicas may all try.
// It needs the owner of the database, not the role app.
func Migrate(ctx context.Context, ownerURL string) error {
	return withMigrator(ownerURL, func(conn *sql.DB, p *goose.Provider) error {
		// goose's own lock begins only with its table, which wants the schema.
		if _, err := conn.ExecContext(ctx, locked+"create schema if not exists private"); err != nil {
			return fmt.Errorf("create schema private: %w", err)
		}
		if _, err := p.Up(ctx); err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		_, err := conn.ExecContext(ctx, locked+readableVersion)
		if err != nil {
			return fmt.Errorf("let the API read its schema version: %w", err)
		}
		return nil
	})
}

// locked makes the statements that follow it, as one transaction, wait for those of other processes.
const locked = "select pg_advisory_xact_lock(7823469051);\n"

// readableVersion lets the API read its schema's version at start, to refuse one that it was not built for.
const readableVersion = `
	do $$ begin
	  if not exists (select from pg_policy where polrelid = 'private.schema_migrations'::regclass) then
	    revoke all on private.schema_migrations from public;
	    grant select on private.schema_migrations to app;
	    alter table private.schema_migrations enable row level security;
	    create policy schema_migrations_readable on private.schema_migrations for select to app using (true);
	  end if;
	end $$`

// ErrSchema means that the database's schema is older or newer than this binary.
var ErrSchema = errors.New("schema version")

// CheckSchema refuses a schema that this binary was not built for. Any role that may read the version will do.
func CheckSchema(ctx context.Context, url string) error {
	return withMigrator(url, func(conn *sql.DB, p *goose.Provider) error {
		var have int64
		err := conn.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from "+versionTable+" where is_applied").Scan(&have)
		if err != nil {
			return fmt.Errorf("read the schema version (was `api migrate` run?): %w", err)
		}
		sources := p.ListSources()
		want := sources[len(sources)-1].Version
		switch {
		case have < want:
			return fmt.Errorf("%w: the database has %d, this binary needs %d: run `api migrate` first", ErrSchema, have, want)
		case have > want:
			return fmt.Errorf("%w: the database has %d, this binary knows only %d: deploy a newer binary", ErrSchema, have, want)
		}
		return nil
	})
}

func withMigrator(url string, fn func(*sql.DB, *goose.Provider) error) error {
	conn, err := sql.Open("pgx", url)
	if err != nil {
		return errors.New("the database URL is not a Postgres connection string")
	}
	defer conn.Close()
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("make the migration lock: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, conn, migrations.Files,
		goose.WithSessionLocker(locker), goose.WithTableName(versionTable))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	return fn(conn, p)
}
