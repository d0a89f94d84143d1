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

// tx is a transaction. It begins with its first statement: BEGIN, the identity and that statement are one round trip.
type tx struct {
	d        *DB
	identity *Identity
	service  bool          // runs as the role app, see AsService
	conn     *pgxpool.Conn // nil until the first statement
	joined   int           // how many nested calls of Tx are running
	queued   []statement   // sent in the same round trip as the next statement
	commits  bool          // the commit was sent with the last statement
	// failed is set once no further statement may run and nothing may commit.
	failed error
}

type statement struct {
	sql  string
	args []any
}

var (
	errPanicked = errors.New("the transaction's function panicked")
	errOver     = errors.New("the transaction has ended")

	errRolledBack = errors.New("commit: the transaction had failed and was rolled back")
)

// Tx runs fn in one transaction of the person in ctx: all queries made with the context that fn receives commit or roll back
// together. Inside another Tx it joins that transaction, which cannot commit any more once fn has failed. A transaction is not
// safe for use by several goroutines at once.
func (d *DB) Tx(ctx context.Context, fn func(ctx context.Context) error) error {
	if t := txFrom(ctx); t != nil {
		t.joined++
		defer func() { t.joined-- }()
		return t.run(ctx, fn)
	}
	t := &tx{d: d, identity: IdentityFrom(ctx), service: isService(ctx)}
	defer t.end(ctx) // after a panic too
	if err := t.run(context.WithValue(ctx, txKey{}, t), fn); err != nil {
		return err
	}
	return t.commit(ctx)
}

type commitKey struct{}

// AndCommit returns a context for the last statement of a transaction: COMMIT is sent together with it, which saves a round trip.
// In a nested Tx it has no effect, because the outer one goes on.
func AndCommit(ctx context.Context) context.Context { return context.WithValue(ctx, commitKey{}, true) }

type queuedKey struct{}

// Queued returns a context for a statement whose result nobody reads: it is sent together with the next statement of the
// transaction, or with COMMIT, which saves a round trip. When it fails, the next statement does not run and returns its error. Each
// statement sees what earlier ones wrote. Outside a transaction it has no effect.
func Queued(ctx context.Context) context.Context { return context.WithValue(ctx, queuedKey{}, true) }

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

// queue keeps a statement for the next batch.
func (t *tx) queue(ctx context.Context, sql string, args []any) error {
	if err := t.accepts(ctx); err != nil {
		return err
	}
	t.queued = append(t.queued, statement{sql, args})
	return nil
}

func (t *tx) accepts(ctx context.Context) error {
	switch {
	case t.failed != nil:
		return t.failed
	case !t.identity.same(IdentityFrom(ctx)) || t.service != isService(ctx):
		return errors.New("a statement for another person inside a transaction")
	case t.commits:
		return errors.New("a statement after the commit of a transaction")
	}
	return nil
}

// send sends the queued statements and this one, whose result is then the next one to read.
//
// A failure before the statement itself ends the transaction: when the first batch could not be sent there is none, and a
// second statement would run outside it, as the role app.
func (t *tx) send(ctx context.Context, sql string, args []any) (_ *batch, err error) {
	if err := t.accepts(ctx); err != nil {
		return nil, err
	}
	defer func() { t.failed = err }()
	b, before := &pgx.Batch{}, len(t.queued)
	if t.conn == nil {
		if t.conn, err = t.d.acquire(ctx); err != nil {
			return nil, err
		}
		b.Queue("begin")
		queueIdentity(ctx, b)
		before += 2
	}
	for _, s := range t.queued {
		b.Queue(s.sql, s.args...)
	}
	t.queued = nil
	b.Queue(sql, args...)
	results := &batch{}
	// When the statement fails, Postgres skips the commit.
	if _, commits := ctx.Value(commitKey{}).(bool); commits && t.joined == 0 {
		b.Queue("commit")
		t.commits, results.commits = true, t
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
	if n := len(t.queued); n > 0 {
		last := t.queued[n-1]
		t.queued = t.queued[:n-1]
		results, err := t.send(AndCommit(ctx), last.sql, last.args)
		if err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		_, err = results.Exec()
		if err := firstError(err, results.Close()); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		return nil
	}
	if t.conn == nil || t.commits {
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

// end rolls back what was not committed, also when ctx was cancelled. When the rollback cannot be sent, releasing the connection
// closes it, because it is still in a transaction, and the server rolls back.
func (t *tx) end(ctx context.Context) {
	t.failed = errOver
	if t.conn == nil {
		return
	}
	defer t.conn.Release()
	if c := t.conn.Conn(); c.IsClosed() || c.PgConn().TxStatus() == 'I' {
		return
	}
	rollbackCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_, _ = t.conn.Exec(rollbackCtx, "rollback")
}
