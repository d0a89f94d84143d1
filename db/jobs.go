package db

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// JobsSchema is where River keeps its tables. Its own migrations make them there, with ours.
const JobsSchema = "jobs"

// JobsSQL says who may reach River's tables.
//
//go:embed jobs.sql
var JobsSQL string

// Jobs returns the driver of the job queue, which connects as the role app. listens is false behind a transaction pooler, where
// LISTEN does not work and the queue has to poll.
func (d *DB) Jobs() (driver *riverpgxv5.Driver, listens bool) {
	if d.direct != nil {
		return riverpgxv5.New(d.direct), true
	}
	return riverpgxv5.New(d.pool), !d.pooled
}

// openDirect opens the pool without the transaction pooler. Session connections are scarce there, so it has two, and one more
// that listens; the statements of the jobs use the other pool.
func openDirect(url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("DATABASE_DIRECT_URL is not a Postgres connection string")
	}
	config.MaxConns = 2
	config.ConnConfig.ConnectTimeout = connectTimeout
	config.PingTimeout = time.Second
	config.ConnConfig.RuntimeParams["application_name"] = "ultimate-coach-jobs"
	return pgxpool.NewWithConfig(context.Background(), config)
}

// migrateJobs runs River's own migrations as the owner.
func migrateJobs(ctx context.Context, ownerURL string) error {
	pool, err := pgxpool.New(ctx, ownerURL)
	if err != nil {
		return errNotAURL
	}
	defer pool.Close()
	if _, err := pool.Exec(ctx, "create schema if not exists "+JobsSchema); err != nil {
		return err
	}
	m, err := jobsMigrator(pool)
	if err != nil {
		return err
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	// The simple protocol takes many statements at once, as one transaction.
	_, err = conn.Conn().PgConn().Exec(ctx, JobsSQL).ReadAll()
	return err
}

func jobsMigrator(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	return rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Schema: JobsSchema, Logger: slog.New(slog.DiscardHandler)})
}

// NewestJobs returns the version of River's schema that this binary needs.
func NewestJobs() (int64, error) {
	m, err := jobsMigrator(nil)
	if err != nil {
		return 0, fmt.Errorf("read River's migrations: %w", err)
	}
	all := m.AllVersions()
	return int64(all[len(all)-1].Version), nil
}

// jobsVersion returns the version that River's migrations recorded; 0 before them, and when app has no rights yet because a
// migration was interrupted.
func jobsVersion(ctx context.Context, conns *sql.DB) (version int64, err error) {
	err = conns.QueryRowContext(ctx, "select coalesce(max(version), 0) from jobs.river_migration where line = 'main'").Scan(&version)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case "3F000", "42P01", "42703", "42501": // no schema, table or column yet, no rights yet
			return 0, nil
		}
	}
	return version, err
}
