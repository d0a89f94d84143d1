package db

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type txKey struct{}

func txFrom(ctx context.Context) *tx {
	t, _ := ctx.Value(txKey{}).(*tx)
	return t
}

// tx is a unit of work. It opens with its first statement: BEGIN, the identity and that statement are one round trip.
type tx struct {
	d        *DB
	identity *Identity
	conn     *pgxpool.Conn // nil until the first statement
	joined   int           // how many have joined it and are not done yet
	last     bool          // the commit was sent with the last statement
	// failed is why no further statement runs and nothing commits.
	failed error
}

var (
	errPanicked = errors.New("the unit of work panicked")
	errOver     = errors.New("the unit of work is over")

	errRolledBack = errors.New("commit: the transaction had failed and was rolled back")
)

// Tx runs fn as one unit of work of the person in ctx: every query made with the context that fn is given commits or
// rolls back together. Inside another unit of work it joins that one, which cannot commit any more once fn has failed.
// A transaction serves one goroutine at a time.
func (d *DB) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	if t := txFrom(ctx); t != nil {
		t.joined++
		defer func() { t.joined-- }()
		return t.run(ctx, fn)
	}
	t := &tx{d: d, identity: IdentityFrom(ctx)}
	defer t.end(ctx) // after a panic too
	if err := t.run(context.WithValue(ctx, txKey{}, t), fn); err != nil {
		return err
	}
	return t.commit(ctx)
}

type lastKey struct{}

// Last makes the statement that is given this context the last one of its unit of work: the commit travels with it, which
// saves a round trip. In a unit of work that was joined it is a statement like any other, for whoever opened it goes on.
func Last(ctx context.Context) context.Context { return context.WithValue(ctx, lastKey{}, true) }

func (t *tx) run(ctx context.Context, fn func(ctx context.Context) error) error {
	err := errPanicked
	defer func() {
		if err != nil && t.failed == nil {
			t.failed = err
		}
	}()
	err = fn(ctx)
	return err
}

func (t *tx) send(ctx context.Context, sql string, args []any) (*batch, error) {
	if t.failed != nil {
		return nil, t.failed
	}
	if !t.identity.is(IdentityFrom(ctx)) {
		return nil, errors.New("a statement for another person inside a unit of work")
	}
	if t.last {
		return nil, errors.New("a statement after the last one of a unit of work")
	}
	if t.conn == nil {
		return t.open(ctx, sql, args)
	}
	b := &pgx.Batch{}
	last := t.queue(ctx, b, sql, args)
	return &batch{BatchResults: t.conn.SendBatch(ctx, b), last: last}, nil
}

// queue adds the statement, and the commit when it is the last one; it answers t then. When the statement fails, Postgres
// skips the commit.
func (t *tx) queue(ctx context.Context, b *pgx.Batch, sql string, args []any) *tx {
	b.Queue(sql, args...)
	if _, last := ctx.Value(lastKey{}).(bool); !last || t.joined > 0 {
		return nil
	}
	b.Queue("commit")
	t.last = true
	return t
}

// open fails for good: when the batch could not even be sent there is no transaction, and a second statement would run
// without one, as the role app.
func (t *tx) open(ctx context.Context, sql string, args []any) (_ *batch, err error) {
	defer func() { t.failed = err }()
	if t.conn, err = t.d.acquire(ctx); err != nil {
		return nil, err
	}
	b := &pgx.Batch{}
	b.Queue("begin")
	queueIdentity(ctx, b)
	last := t.queue(ctx, b, sql, args)
	results := &batch{BatchResults: t.conn.SendBatch(ctx, b), last: last}
	for range 2 {
		if _, err := results.Exec(); err != nil {
			results.Close()
			return nil, err
		}
	}
	return results, nil
}

func (t *tx) commit(ctx context.Context) error {
	if t.failed != nil {
		return fmt.Errorf("commit: %w", t.failed)
	}
	if t.conn == nil {
		return nil
	}
	if t.last {
		return nil
	}
	tag, err := t.conn.Exec(ctx, "commit")
	if err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if tag.String() != "COMMIT" { // a statement had failed and its error was swallowed
		return errRolledBack
	}
	return nil
}

// end rolls back what was not committed, for requests that were cancelled too. When that cannot be said, releasing a
// connection that is still in a transaction closes it, and the server rolls back by itself.
func (t *tx) end(ctx context.Context) {
	t.failed = errOver
	if t.conn == nil {
		return
	}
	defer t.conn.Release()
	if c := t.conn.Conn(); c.IsClosed() || c.PgConn().TxStatus() == 'I' {
		return
	}
	goodbye, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_, _ = t.conn.Exec(goodbye, "rollback")
}
