// Package dbtest gives tests a real Postgres with the real schema: a database is cloned from a migrated template in the
// time of a few queries. The cluster is that of TEST_DATABASE_URL (a superuser's URL), or one that the test binary starts
// and that ends with it, however it ends.
package dbtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/postgres"
	"github.com/ultimatecoach/api/internal/dev/supabase"
)

// Database is migrated and empty.
type Database struct {
	OwnerURL string
	AppURL   string        // role app, as the API connects
	Owner    *pgxpool.Pool // past every policy: to arrange what no client can, and to look behind the API
}

// New returns a database of the test's own. Most tests want [Shared] and a user of their own, which is faster.
func New(tb testing.TB) Database {
	tb.Helper()
	return clone(tb, func(c *source) (string, error) { return c.template, nil })
}

// Filled is New with data in it: fill runs once for each content, which names it and changes when the data does, however many tests
// and test binaries of the cluster ask for it.
func Filled(tb testing.TB, content string, fill func(ctx context.Context, ownerURL string) error) Database {
	tb.Helper()
	return clone(tb, func(c *source) (string, error) {
		name := fmt.Sprintf("%s_%.8x", c.template, sha256.Sum256([]byte(content)))
		return name, c.makeTemplate(tb.Context(), name, c.template, fill)
	})
}

func clone(tb testing.TB, template func(*source) (string, error)) Database {
	tb.Helper()
	c, err := cluster()
	if err != nil {
		tb.Fatal(err)
	}
	name, err := template(c)
	if err != nil {
		tb.Fatal(err)
	}
	d, err := c.clone(tb.Context(), name)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(tb.Context()), time.Minute)
		defer cancel()
		if err := c.drop(ctx, d); err != nil {
			tb.Errorf("drop database: %v", err)
		}
	})
	return d
}

// Shared returns the one database of this test binary. Row level security is what keeps its tests apart.
func Shared(tb testing.TB) Database {
	tb.Helper()
	d, err := shared()
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// One cluster and one shared database per test binary: a test has nowhere else to keep what it shares with the others.
var (
	cluster = sync.OnceValues(func() (*source, error) { return open(context.Background()) })
	shared  = sync.OnceValues(func() (Database, error) {
		c, err := cluster()
		if err != nil {
			return Database{}, err
		}
		return c.clone(context.Background(), c.template)
	})
)

// The advisory locks in database postgres: of two numbers each, which never meet the locks of one number.
const (
	templateLock = 0x7465 // held while a template is made; the second number is its name's
	binaryLock   = 0x6269 // held by each test binary as long as it lives; the second number is in its databases' names
)

// source is a cluster and the template in it.
type source struct {
	url      string        // a superuser's, on database postgres
	admin    *pgxpool.Pool // on the same
	alive    *pgx.Conn     // holds the binary's lock
	binary   int32
	clones   atomic.Int64
	template string
	strategy string
}

func open(ctx context.Context) (*source, error) {
	u := os.Getenv("TEST_DATABASE_URL")
	if u == "" {
		// Never stopped: it ends with the binary, which has no hook for its end that a panic would not skip.
		server, err := postgres.Start(ctx, postgres.Options{Ephemeral: true, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
		if err != nil {
			return nil, fmt.Errorf("start a Postgres for tests: %w", err)
		}
		u = server.URL
	}
	maintenance, err := onDatabase(u, "postgres")
	if err != nil {
		return nil, err
	}
	s := &source{url: maintenance, binary: rand.Int32()}
	if s.alive, err = pgx.Connect(ctx, s.url); err != nil {
		return nil, fmt.Errorf("connect to the Postgres for tests: %w", err)
	}
	if _, err := s.alive.Exec(ctx, "select pg_advisory_lock($1::int, $2::int)", binaryLock, s.binary); err != nil {
		return nil, fmt.Errorf("lock the databases of this binary: %w", err)
	}
	config, err := pgxpool.ParseConfig(s.url)
	if err != nil {
		return nil, fmt.Errorf("read TEST_DATABASE_URL: %w", err)
	}
	config.MaxConns = 4 // clones are bound by the disk
	if s.admin, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, fmt.Errorf("open pool: %w", err)
	}
	if err := s.sweep(ctx); err != nil {
		return nil, fmt.Errorf("drop what killed test runs left: %w", err)
	}
	if s.template, err = templateName(); err != nil {
		return nil, fmt.Errorf("name the template: %w", err)
	}
	// Copying files forces a checkpoint, which is free without fsync and expensive with it.
	err = s.admin.QueryRow(ctx, `select case when current_setting('fsync')::bool then 'wal_log' else 'file_copy' end`).Scan(&s.strategy)
	if err != nil {
		return nil, fmt.Errorf("ask for fsync: %w", err)
	}
	migrate := func(ctx context.Context, ownerURL string) error {
		_, err := postgres.Prepare(ctx, ownerURL, "")
		return err
	}
	if err := s.makeTemplate(ctx, s.template, "template1", migrate); err != nil {
		return nil, fmt.Errorf("make the template database: %w", err)
	}
	return s, nil
}

// templateName changes with whatever the template is made of.
func templateName() (string, error) {
	schema, err := db.SchemaSum()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(schema + supabase.SQL))
	return fmt.Sprintf("coach_template_%.8x", sum), nil
}

// makeTemplate fills a copy of another database under a name of its own first: a database with the template's name is a finished one.
func (s *source) makeTemplate(ctx context.Context, name, from string, fill func(ctx context.Context, ownerURL string) error) error {
	if found, err := s.hasDatabase(ctx, name); err != nil || found {
		return err
	}
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) // and with it the lock
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1::int, hashtext($2))", templateLock, name); err != nil {
		return err
	}
	if found, err := s.hasDatabase(ctx, name); err != nil || found { // another test was faster
		return err
	}
	half := name + "_half"
	for _, statement := range []string{
		"drop database if exists " + half + " with (force)",
		fmt.Sprintf("create database %s template %s strategy %s", half, from, s.strategy),
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	u, err := onDatabase(s.url, half)
	if err != nil {
		return err
	}
	if err := fill(ctx, u); err != nil {
		return err
	}
	// A database that somebody is connected to can be neither renamed nor cloned.
	for _, statement := range []string{
		"alter database " + half + " allow_connections false",
		"alter database " + half + " rename to " + name,
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) hasDatabase(ctx context.Context, name string) (found bool, err error) {
	err = s.admin.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&found)
	return found, err
}

func (s *source) clone(ctx context.Context, template string) (Database, error) {
	name := fmt.Sprintf("coach_test_%d_%d", s.binary, s.clones.Add(1))
	_, err := s.admin.Exec(ctx, fmt.Sprintf("create database %s template %s strategy %s", name, template, s.strategy))
	if err != nil {
		return Database{}, fmt.Errorf("clone the template database: %w", err)
	}
	var d Database
	if d.OwnerURL, err = onDatabase(s.url, name); err != nil {
		return Database{}, err
	}
	if d.AppURL, err = postgres.AppURL(d.OwnerURL); err != nil {
		return Database{}, err
	}
	config, err := pgxpool.ParseConfig(d.OwnerURL)
	if err != nil {
		return Database{}, fmt.Errorf("read the owner's URL: %w", err)
	}
	config.MaxConns = 4 // of the cluster's few hundred; parallel tests use it for moments
	if d.Owner, err = pgxpool.NewWithConfig(context.WithoutCancel(ctx), config); err != nil {
		return Database{}, fmt.Errorf("open the owner's pool: %w", err)
	}
	return d, nil
}

func (s *source) drop(ctx context.Context, d Database) error {
	d.Owner.Close()
	_, err := s.admin.Exec(ctx, "drop database if exists "+d.Owner.Config().ConnConfig.Database+" with (force)")
	return err
}

// sweep drops the databases of test binaries that are gone. Those of a cluster that outlives them have nobody else:
// a shared database belongs to no single test, and a killed binary cleans up nothing.
func (s *source) sweep(ctx context.Context) error {
	rows, err := s.admin.Query(ctx, `
		select datname, split_part(datname, '_', 3)::int
		from pg_database
		where datname ~ '^coach_test_[0-9]{1,10}_[0-9]+$'`)
	if err != nil {
		return err
	}
	owners := map[string]int32{}
	var name string
	var binary int32
	if _, err := pgx.ForEachRow(rows, []any{&name, &binary}, func() error {
		owners[name] = binary
		return nil
	}); err != nil {
		return err
	}
	for name, binary := range owners {
		var lives bool
		err := s.admin.QueryRow(ctx, `
			select exists (
			  select from pg_locks
			  where locktype = 'advisory' and objsubid = 2 and classid = $1::int and objid = $2::int
			)`, binaryLock, binary).Scan(&lives)
		if err != nil {
			return err
		}
		if lives {
			continue
		}
		if _, err := s.admin.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
			return err
		}
	}
	return nil
}

func onDatabase(raw, name string) (string, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return "", fmt.Errorf("TEST_DATABASE_URL is not of the form postgres://user:password@host:port/database")
	}
	u.Path = "/" + name
	return u.String(), nil
}
