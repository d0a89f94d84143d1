package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/ultimatecoach/api/migrations"
)

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
	p, err := migrationsOn(conns)
	if err != nil {
		return err
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
			return fmt.Errorf(
				"%w: the database has %s %d, this binary knows only %d: deploy a newer binary",
				ErrSchema,
				v.of,
				v.have,
				v.want,
			)
		}
	}
	state, err := readFunctionState(ctx, conns)
	if err != nil {
		return fmt.Errorf("read the state of the functions: %w", err)
	}
	switch state {
	case functionsOlder:
		return fmt.Errorf("%w: the database does not have the functions of this binary: run `api migrate` first", ErrSchema)
	case functionsNewer:
		return fmt.Errorf("%w: a newer binary has replaced the functions of this one: deploy a newer binary", ErrSchema)
	}
	return nil
}

// refuseNewer keeps an older binary from migrating a database.
func refuseNewer(ctx context.Context, conns *sql.DB, p *goose.Provider, o MigrateOptions) error {
	versions, err := readVersions(ctx, conns, p)
	if err != nil {
		return err
	}
	// From the table itself: the function that reads it is missing when an earlier attempt failed half way.
	if versions[0].have, err = p.GetDBVersion(ctx); err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	for _, v := range versions {
		if v.have > v.want {
			return fmt.Errorf("%w: the database has %s %d, this binary knows only %d: run a newer one", ErrSchema, v.of, v.have, v.want)
		}
	}
	state, err := readFunctionState(ctx, conns)
	if err != nil {
		return fmt.Errorf("read the state of the functions: %w", err)
	}
	if state == functionsNewer && !o.OlderFunctions {
		return fmt.Errorf("%w: a newer binary has replaced the functions of this one: run a newer one, or go back with "+
			"`api migrate --older-functions`", ErrSchema)
	}
	return nil
}

// version is what a database has of a line of migrations, and what this binary wants.
type version struct {
	of         string
	have, want int64
}

// readVersions returns ours first and then River's.
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

// schemaVersion is the newest migration that goose has recorded; 0 before the first one.
func schemaVersion(ctx context.Context, conns *sql.DB) (version int64, err error) {
	err = conns.QueryRowContext(ctx, "select private.schema_version()").Scan(&version)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && (pg.Code == "3F000" || pg.Code == "42883") { // no schema, no function
		return 0, nil
	}
	return version, err
}

// SchemaSum changes with whatever Migrate applies.
func SchemaSum() (string, error) {
	files, err := functionFiles()
	if err != nil {
		return "", err
	}
	jobs, err := NewestJobs()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%d\n%s", functionSet(files), jobs, JobsSQL)
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return "", err
	}
	for _, name := range names {
		b, err := migrations.Files.ReadFile(name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "\n%s %d\n%s", name, len(b), b)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
}
