// Package db is the only package that opens connections to Postgres. The signed-in person is in the context: every statement
// runs as that person, with row level security on. A statement outside a transaction costs a single round trip.
package db

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/ultimatecoach/api/gen/queries"
)

// Options say which database to connect to, and how.
type Options struct {
	URL string
	// TransactionPooler is true behind pgbouncer or Supavisor in transaction mode: no prepared statements are kept,
	// because the next transaction may run on another server connection.
	TransactionPooler bool
	// DirectURL connects without the transaction pooler, so that the job queue can LISTEN; it may be empty.
	DirectURL string
	// MaxConns is the size of the pool; 0 means 16; more gains nothing on two cores.
	MaxConns int32
	// AcquireTimeout is how long a request waits for a connection before it fails with ErrBusy; 0 means 1 s.
	AcquireTimeout time.Duration
}

// DB runs the queries of all rooms. Its methods are sqlc's; inside [DB.Tx] they join the transaction.
type DB struct {
	*queries.Queries
	pool           *pgxpool.Pool
	direct         *pgxpool.Pool // nil without a DirectURL
	pooled         bool
	acquireTimeout time.Duration
}

const connectTimeout = 3 * time.Second

// Open prepares the pool; it does not wait for the database.
func Open(o Options) (*DB, error) {
	config, err := pgxpool.ParseConfig(o.URL)
	if err != nil {
		// pgx's own error can quote the password.
		return nil, errors.New("DATABASE_URL is not a Postgres connection string")
	}
	config.MaxConns = o.MaxConns
	if config.MaxConns == 0 {
		config.MaxConns = 16
	}
	// An unreachable database must not block a request: connecting has a timeout, and AcquireTimeout is shorter.
	config.ConnConfig.ConnectTimeout = connectTimeout
	// A broken idle connection must not use up the whole AcquireTimeout.
	wait := cmp.Or(o.AcquireTimeout, time.Second)
	config.PingTimeout = wait / 2
	config.ConnConfig.RuntimeParams["application_name"] = "ultimate-coach-api"
	if o.TransactionPooler {
		// Not QueryExecModeExec, which sends no types: lists of uuids and JSON then have none.
		config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	config.AfterConnect = registerTypes
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, fmt.Errorf("open pool: %w", err)
	}
	d := &DB{pool: pool, pooled: o.TransactionPooler, acquireTimeout: wait}
	if o.DirectURL != "" {
		if d.direct, err = openDirect(o.DirectURL); err != nil {
			pool.Close()
			return nil, err
		}
	}
	d.Queries = queries.New(dbtx{d})
	return d, nil
}

// Close waits for the connections that are in use and closes all.
func (d *DB) Close() {
	d.pool.Close()
	if d.direct != nil {
		d.direct.Close()
	}
}

// Identity is the person a request acts for. The zero identity is nobody, and runs as the role anon.
type Identity struct {
	UserID    uuid.UUID
	SessionID uuid.UUID
	// Unattended is true for work that goes on for a person after their request, such as a reply of the coach: there is no session that
	// could end, but the person must exist and must not be banned.
	Unattended bool
	// Expires is when the token does.
	Expires time.Time
	// Claims is the token's payload as JSON, for SQL that calls auth.jwt(). Ours does not, so the server leaves it empty: setting it is an
	// eighth of what Postgres does for a small read.
	Claims string
}

// same compares the person and the session. Claims may differ: a refresh changes them.
func (id *Identity) same(other *Identity) bool {
	if id == nil || other == nil {
		return id == other
	}
	return id.UserID == other.UserID && id.SessionID == other.SessionID && id.Unattended == other.Unattended
}

type identityKey struct{}

// WithIdentity lets every statement under ctx run as that person.
func WithIdentity(ctx context.Context, id *Identity) context.Context {
	return context.WithValue(ctx, identityKey{}, id)
}

type serviceKey struct{}

// AsService makes every statement under ctx run as the role app itself, for what no user may do: rate buckets, sessions of
// cookies, jobs. The role app reads no table; it may only call the functions granted to it.
func AsService(ctx context.Context) context.Context {
	return context.WithValue(WithIdentity(ctx, nil), serviceKey{}, true)
}

func isService(ctx context.Context) bool {
	service, _ := ctx.Value(serviceKey{}).(bool)
	return service && IdentityFrom(ctx) == nil
}

// IdentityFrom returns nil when nobody is signed in.
func IdentityFrom(ctx context.Context) *Identity {
	id, _ := ctx.Value(identityKey{}).(*Identity)
	return id
}

// The settings are local to the transaction, so none of them stays on the connection. The session check is part of the statement:
// a token whose session has ended fails the whole batch.
const (
	setUser = `select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1::text, true), ` +
		`private.require_session($2::uuid, $1::uuid)`
	setUserAndClaims = `select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1::text, true), ` +
		`set_config('request.jwt.claims', $3::text, true), private.require_session($2::uuid, $1::uuid)`
	setUnattended = `select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1::text, true), ` +
		`private.require_person($1::uuid)`
	setAnon = `select set_config('role', 'anon', true)`
	setApp  = `select set_config('role', 'none', true)`
)

// queueIdentity queues the statement that sets the role and the identity of the person in ctx.
func queueIdentity(ctx context.Context, b *pgx.Batch) {
	switch id := IdentityFrom(ctx); {
	case id == nil && isService(ctx):
		b.Queue(setApp)
	case id == nil:
		b.Queue(setAnon)
	case id.Unattended:
		b.Queue(setUnattended, id.UserID.String())
	case id.Claims == "":
		b.Queue(setUser, id.UserID.String(), id.SessionID)
	default:
		b.Queue(setUserAndClaims, id.UserID.String(), id.SessionID, id.Claims)
	}
}

func (d *DB) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, d.acquireTimeout)
	defer cancel()
	conn, err := d.pool.Acquire(wait)
	if err != nil {
		if ctx.Err() == nil && wait.Err() != nil {
			return nil, fmt.Errorf("%w: %w", ErrBusy, err)
		}
		return nil, err
	}
	return conn, nil
}
