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
	d    *DB
	conn *pgxpool.Conn // nil until the first statement
}

// Tx runs fn as one unit of work of the person in ctx: every query made with the context that fn is given commits or
// rolls back together. Inside another unit of work it joins that one. A transaction serves one goroutine at a time.
func (d *DB) Tx(ctx context.Context, fn func(ctx context.Context) error) (err error) {
	if txFrom(ctx) != nil {
		return fn(ctx)
	}
	t := &tx{d: d}
	finished := false
	defer func() {
		if !finished { // fn panicked
			t.rollback(ctx)
		}
	}()
	err = fn(context.WithValue(ctx, txKey{}, t))
	finished = true
	if err != nil {
		t.rollback(ctx)
		return err
	}
	return t.commit(ctx)
}

func (t *tx) send(ctx context.Context, sql string, args []any) (*batch, error) {
	b := &pgx.Batch{}
	opening := t.conn == nil
	if opening {
		conn, err := t.d.acquire(ctx)
		if err != nil {
			return nil, err
		}
		t.conn = conn
		b.Queue("begin")
		queueIdentity(ctx, b)
	}
	b.Queue(sql, args...)
	results := &batch{BatchResults: t.conn.SendBatch(ctx, b)}
	if opening {
		for range 2 {
			if _, err := results.Exec(); err != nil {
				results.Close()
				return nil, err
			}
		}
	}
	return results, nil
}

func (t *tx) commit(ctx context.Context) error {
	if t.conn == nil {
		return nil
	}
	defer t.conn.Release()
	tag, err := t.conn.Exec(ctx, "commit")
	if err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if tag.String() != "COMMIT" { // a statement had failed and its error was swallowed
		return errors.New("commit: the transaction had failed and was rolled back")
	}
	return nil
}

// rollback also serves requests that were cancelled. When it cannot be said, releasing a connection that is still in a
// transaction closes it, and the server rolls back by itself.
func (t *tx) rollback(ctx context.Context) {
	if t.conn == nil {
		return
	}
	defer t.conn.Release()
	if t.conn.Conn().IsClosed() {
		return
	}
	goodbye, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_, _ = t.conn.Exec(goodbye, "rollback")
}
