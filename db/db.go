// Package db is the only door to Postgres. Whoever asks is in the context: every statement runs as that person, with row
// level security on, and one that stands alone costs a single round trip.
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

// Options say which database and how to hold it.
type Options struct {
	URL string
	// TransactionPooler is true behind pgbouncer or Supavisor in transaction mode: no prepared statements are kept, for
	// the next transaction may land on another server connection.
	TransactionPooler bool
	// DirectURL leads past the transaction pooler, for the job queue to listen; it may be empty.
	DirectURL string
	// MaxConns is the size of the pool; 0 means 16, past which two cores gain nothing.
	MaxConns int32
	// AcquireTimeout is how long a request waits for a connection before it is told to come back; 0 means 1 s.
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
	// A database that is gone must not hold a request: dialling is bounded, and the request's own wait is shorter still.
	config.ConnConfig.ConnectTimeout = connectTimeout
	// A kept connection that lost its other end must not cost a request its whole wait.
	wait := cmp.Or(o.AcquireTimeout, time.Second)
	config.PingTimeout = wait / 2
	config.ConnConfig.RuntimeParams["application_name"] = "ultimate-coach-api"
	if o.TransactionPooler {
		// Not QueryExecModeExec, which sends no types: lists of uuids and JSON then have none.
		config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
	}
	config.AfterConnect = knowTypes
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
	d.Queries = queries.New(door{d})
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
	// Claims is the token's payload as JSON, for auth.jwt().
	Claims string
}

// is compares who, not how they signed in: claims may be refreshed in between.
func (id *Identity) is(other *Identity) bool {
	if id == nil || other == nil {
		return id == other
	}
	return id.UserID == other.UserID && id.SessionID == other.SessionID
}

type identityKey struct{}

// WithIdentity lets every statement under ctx run as that person.
func WithIdentity(ctx context.Context, id *Identity) context.Context {
	return context.WithValue(ctx, identityKey{}, id)
}

// IdentityFrom answers nil where nobody is signed in.
func IdentityFrom(ctx context.Context) *Identity {
	id, _ := ctx.Value(identityKey{}).(*Identity)
	return id
}

// All of it is local to the transaction, so nothing outlives it on the connection. The session check rides along:
// a token whose session has ended fails the whole batch.
const (
	becomeUser = `select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1::text, true), set_config('request.jwt.claims', $2::text, true), private.require_session($3::uuid, $1::uuid)`
	becomeAnon = `select set_config('role', 'anon', true)`
)

// queueIdentity makes the batch's first statement say who asks.
func queueIdentity(ctx context.Context, b *pgx.Batch) {
	if id := IdentityFrom(ctx); id != nil {
		b.Queue(becomeUser, id.UserID.String(), id.Claims, id.SessionID)
	} else {
		b.Queue(becomeAnon)
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
