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
	ahead    []statement   // wait for the next statement and travel with it
	last     bool          // the commit was sent with the last statement
	// failed is why no further statement runs and nothing commits.
	failed error
}

type statement struct {
	sql  string
	args []any
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

// AndCommit makes the statement that is given this context the last one of its unit of work: the commit travels with it, which
// saves a round trip. In a unit of work that was joined it is a statement like any other, for whoever opened it goes on.
func AndCommit(ctx context.Context) context.Context { return context.WithValue(ctx, lastKey{}, true) }

type aheadKey struct{}

// Queued lets a statement whose rows nobody reads wait for the next one of its unit of work and travel with it, which
// saves a round trip. Should it fail, the next one does not run and answers its error. Each sees what the one before it
// wrote, and has a snapshot of its own. Where none follows it travels with the commit. Outside a unit of work it is a
// statement like any other.
func Queued(ctx context.Context) context.Context { return context.WithValue(ctx, aheadKey{}, true) }

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

// hold keeps a statement for the next batch.
func (t *tx) hold(ctx context.Context, sql string, args []any) error {
	if err := t.accepts(ctx); err != nil {
		return err
	}
	t.ahead = append(t.ahead, statement{sql, args})
	return nil
}

func (t *tx) accepts(ctx context.Context) error {
	switch {
	case t.failed != nil:
		return t.failed
	case !t.identity.is(IdentityFrom(ctx)):
		return errors.New("a statement for another person inside a unit of work")
	case t.last:
		return errors.New("a statement after the last one of a unit of work")
	}
	return nil
}

// send runs a statement, after those that were held for it, and leaves its result as the next one to read.
//
// What fails before the statement itself fails the unit of work for good: when the first batch could not even be sent
// there is no transaction, and a second statement would run without one, as the role app.
func (t *tx) send(ctx context.Context, sql string, args []any) (_ *batch, err error) {
	if err := t.accepts(ctx); err != nil {
		return nil, err
	}
	defer func() { t.failed = err }()
	b, before := &pgx.Batch{}, len(t.ahead)
	if t.conn == nil {
		if t.conn, err = t.d.acquire(ctx); err != nil {
			return nil, err
		}
		b.Queue("begin")
		queueIdentity(ctx, b)
		before += 2
	}
	for _, s := range t.ahead {
		b.Queue(s.sql, s.args...)
	}
	t.ahead = nil
	b.Queue(sql, args...)
	results := &batch{}
	// When the statement fails, Postgres skips the commit.
	if _, last := ctx.Value(lastKey{}).(bool); last && t.joined == 0 {
		b.Queue("commit")
		t.last, results.last = true, t
	}
	results.BatchResults = t.conn.SendBatch(ctx, b)
	for range before {
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
	if n := len(t.ahead); n > 0 {
		held := t.ahead[n-1]
		t.ahead = t.ahead[:n-1]
		results, err := t.send(AndCommit(ctx), held.sql, held.args)
		if err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		_, err = results.Exec()
		if err := firstError(err, results.Close()); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		return nil
	}
	if t.conn == nil || t.last {
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
