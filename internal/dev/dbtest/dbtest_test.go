package dbtest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	config, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec // for the pooler
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

func TestNew_IsMigratedAndNotShared(t *testing.T) {
	t.Parallel()
	a, b := dbtest.New(t), dbtest.New(t)
	userID, _ := dbtest.User(t, a)
	for _, c := range []struct {
		d    dbtest.Database
		want int
	}{{a, 1}, {b, 0}} {
		var profiles int
		if err := c.d.Owner.QueryRow(t.Context(), "select count(*) from public.profiles where id = $1", userID).
			Scan(&profiles); err != nil {
			t.Fatal(err)
		}
		if profiles != c.want {
			t.Errorf("%d profiles, want %d", profiles, c.want)
		}
	}
}

func TestNew_TestEnds_DatabaseIsDropped(t *testing.T) {
	t.Parallel()
	var d dbtest.Database
	t.Run("uses a database and leaves a connection open", func(t *testing.T) {
		d = dbtest.New(t)
		conn, err := pgx.Connect(t.Context(), d.AppURL)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn
	})
	_, err := pgx.Connect(t.Context(), d.OwnerURL)
	if pg, ok := errors.AsType[*pgconn.PgError](err); !ok || pg.Code != "3D000" {
		t.Errorf("connecting gave %v, want: no such database", err)
	}
}

func TestShared_Twice_IsOneDatabase(t *testing.T) {
	t.Parallel()
	if a, b := dbtest.Shared(t), dbtest.Shared(t); a.OwnerURL != b.OwnerURL {
		t.Error("two shared databases")
	}
}

func TestApp_SeesItsOwnUserOnly(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	mine, _ := dbtest.User(t, d)
	dbtest.User(t, d)
	if got := profilesOf(t, connect(t, d.AppURL), mine); got != 1 {
		t.Errorf("role authenticated saw %d profiles, want its own", got)
	}
}

func TestApp_HasNoRightsOfItsOwn(t *testing.T) {
	t.Parallel()
	_, err := connect(t, dbtest.Shared(t).AppURL).Exec(t.Context(), "select * from public.profiles")
	if pg, ok := errors.AsType[*pgconn.PgError](err); !ok || pg.Code != "42501" {
		t.Errorf("reading as app gave %v, want: permission denied", err)
	}
}

func TestBouncer_Transaction_Works(t *testing.T) {
	t.Parallel()
	d := dbtest.Shared(t)
	url := dbtest.Bouncer(t, d)
	mine, _ := dbtest.User(t, d)
	for range 5 { // more clients than server connections
		if got := profilesOf(t, connect(t, url), mine); got != 1 {
			t.Errorf("role authenticated saw %d profiles, want its own", got)
		}
	}
}

// profilesOf counts what a user can see.
func profilesOf(t *testing.T, conn *pgx.Conn, userID uuid.UUID) (n int) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(
			t.Context(),
			"select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1, true)",
			userID.String(),
		); err != nil {
			return err
		}
		return tx.QueryRow(t.Context(), "select count(*) from public.profiles").Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func BenchmarkNew(b *testing.B) {
	dbtest.Shared(b) // the template is not what is measured
	for b.Loop() {
		dbtest.New(b)
	}
}
