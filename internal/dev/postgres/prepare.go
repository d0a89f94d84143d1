package postgres

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/dev/supabase"
)

// prepareLock is the advisory lock of Prepare: any number that nobody else takes will do.
const prepareLock = 0x636f616368 // "coach"

// Prepare makes a database ready for the API: what Supabase would have brought, unless it has, then the migrations, then
// a password for the role app, as which the API connects by the URL it answers. It may be repeated, and several processes
// may run it at once on one cluster.
//
// The owner has to be a superuser, except on Supabase. appURL is how the API should log in; when it is empty, the role's
// password is derived from the owner's: every process that has the one knows the other, and it stays the same between
// starts without being kept anywhere. A password that works is left alone, and on Supabase one that does not as well,
// for a deployed API may log in with it.
func Prepare(ctx context.Context, ownerURL, appURL string) (string, error) {
	owner, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return "", errors.New("the owner's URL is not a Postgres connection string") // pgx's own error can quote the password
	}
	if appURL == "" {
		if appURL, err = AppURL(ownerURL); err != nil {
			return "", err
		}
	}
	app, err := pgx.ParseConfig(appURL)
	if err != nil {
		return "", errors.New("the URL of role app is not a Postgres connection string")
	}
	unlock, err := lockCluster(ctx, owner)
	if err != nil {
		return "", fmt.Errorf("lock cluster: %w", err)
	}
	defer unlock()

	conn, err := pgx.ConnectConfig(ctx, owner)
	if err != nil {
		return "", fmt.Errorf("connect as owner: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))

	hosted, err := isSupabase(ctx, conn)
	if err != nil {
		return "", fmt.Errorf("look for Supabase: %w", err)
	}
	var found, works bool
	if err := conn.QueryRow(ctx, "select exists (select from pg_roles where rolname = 'app')").Scan(&found); err != nil {
		return "", fmt.Errorf("look for role app: %w", err)
	}
	if found {
		if works, err = logsIn(ctx, app); err != nil {
			return "", fmt.Errorf("connect as role app: %w", err)
		}
	}
	if hosted && found && !works {
		return "", errors.New("DATABASE_URL: the role app of this Supabase database has a password already, which is left alone; " +
			"set DATABASE_URL to log in with it")
	}
	if !hosted {
		// The simple protocol takes many statements at once, as one transaction.
		if _, err := conn.PgConn().Exec(ctx, supabase.SQL).ReadAll(); err != nil {
			return "", fmt.Errorf("run supabase.sql: %w", err)
		}
	}
	// On one's own machine, who goes back to an older branch wants its functions.
	if err := db.MigrateWith(ctx, ownerURL, db.MigrateOptions{OlderFunctions: !hosted}); err != nil {
		return "", err
	}
	if works {
		return appURL, nil
	}
	var alter string
	if err := conn.QueryRow(ctx, "select format('alter role app password %L', $1::text)", app.Password).Scan(&alter); err != nil {
		return "", fmt.Errorf("quote password of role app: %w", err)
	}
	if _, err := conn.Exec(ctx, alter); err != nil {
		return "", fmt.Errorf("set password of role app: %w", err)
	}
	return appURL, nil
}

// AppURL is the URL that Prepare returns for the owner's when it is given no other, and does not check for being prepared.
func AppURL(ownerURL string) (string, error) {
	u, err := url.Parse(ownerURL)
	if err != nil || u.Host == "" {
		return "", errors.New("the owner's URL is not of the form postgres://user:password@host/database")
	}
	password, _ := u.User.Password()
	u.User = url.UserPassword("app", appPassword(password))
	return u.String(), nil
}

// IsSupabase tells whether Supabase made the database, or has taken it over: its accounts are not ours to write then.
func IsSupabase(ctx context.Context, ownerURL string) (bool, error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return false, fmt.Errorf("connect as owner: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return isSupabase(ctx, conn)
}

// logsIn is false when the server refuses the password, and an error when something else is in the way.
func logsIn(ctx context.Context, app *pgx.ConnConfig) (bool, error) {
	conn, err := pgx.ConnectConfig(ctx, app)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "28P01" { // invalid_password
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, conn.Close(ctx)
}

func appPassword(ownerPassword string) string {
	mac := hmac.New(sha256.New, []byte(ownerPassword))
	mac.Write([]byte("role app of ultimate_coach"))
	return fmt.Sprintf("%x", mac.Sum(nil)[:16])
}

// isSupabase also recognises our own embedded database after a real GoTrue has taken it over: its functions and tables
// are newer than ours then.
func isSupabase(ctx context.Context, conn *pgx.Conn) (found bool, err error) {
	err = conn.QueryRow(ctx, `
		select exists (select from pg_roles where rolname = 'supabase_auth_admin')
		    or to_regclass('auth.schema_migrations') is not null
		    or exists (
		         select from pg_class c
		         where c.oid = to_regclass('auth.users')
		           and pg_get_userbyid(c.relowner) <> current_user
		       )`).Scan(&found)
	return found, err
}

// lockCluster takes the lock in database postgres: advisory locks end at the border of a database, but Prepare changes
// roles, which belong to the cluster.
func lockCluster(ctx context.Context, owner *pgx.ConnConfig) (unlock func(), err error) {
	c := owner.Copy()
	c.Database = "postgres"
	conn, err := pgx.ConnectConfig(ctx, c)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "3D000" { // no such database: ours has to do
		conn, err = pgx.ConnectConfig(ctx, owner)
	}
	if err != nil {
		return nil, err
	}
	unlock = func() { _ = conn.Close(context.WithoutCancel(ctx)) } // the lock ends with its connection
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", int64(prepareLock)); err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}
