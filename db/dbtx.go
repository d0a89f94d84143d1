package db

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// dbtx is sqlc's DBTX. A statement inside Tx is sent by its transaction. Any other is sent with the identity as one batch, which
// is one implicit transaction because it has one Sync.
type dbtx struct{ d *DB }

func (o dbtx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if _, queued := ctx.Value(queuedKey{}).(bool); queued {
		if tx := txFrom(ctx); tx != nil {
			return pgconn.CommandTag{}, tx.queue(ctx, sql, args)
		}
	}
	results, err := o.send(ctx, sql, args)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	tag, err := results.Exec()
	return tag, firstError(err, results.Close())
}

func (o dbtx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	results, err := o.send(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	rows, err := results.Query()
	if err != nil {
		return nil, firstError(results.Close(), err)
	}
	return &batchRows{Rows: rows, results: results}, nil
}

func (o dbtx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	results, err := o.send(ctx, sql, args)
	return &batchRow{results: results, err: err}
}

// send runs the statement and leaves its result as the next one to read.
func (o dbtx) send(ctx context.Context, sql string, args []any) (*batch, error) {
	if tx := txFrom(ctx); tx != nil {
		return tx.send(ctx, sql, args)
	}
	conn, err := o.d.acquire(ctx)
	if err != nil {
		return nil, err
	}
	b := &pgx.Batch{}
	queueIdentity(ctx, b)
	b.Queue(sql, args...)
	results := &batch{BatchResults: conn.SendBatch(ctx, b), conn: conn}
	if _, err := results.Exec(); err != nil {
		results.Close()
		return nil, err
	}
	return results, nil
}

// batch releases its connection when its last result has been read.
type batch struct {
	pgx.BatchResults
	conn    *pgxpool.Conn // nil inside a transaction, which keeps its connection
	commits *tx           // the transaction whose commit is in this batch
}

func (b *batch) Close() error {
	err := b.BatchResults.Close()
	if b.commits != nil && err != nil {
		b.commits.failed = err // Tx must fail even when fn ignores this error
	}
	if b.conn != nil {
		b.conn.Release()
		b.conn = nil
	}
	return err
}

type batchRows struct {
	pgx.Rows
	results *batch
	err     error
	closed  bool
}

func (r *batchRows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.Close()
	return false
}

func (r *batchRows) Close() {
	r.Rows.Close()
	if !r.closed {
		r.closed = true
		r.err = firstError(r.Rows.Err(), r.results.Close())
	}
}

// Err returns also errors that arrive at the end of the batch, such as those of deferred constraints.
func (r *batchRows) Err() error { return firstError(r.Rows.Err(), r.err) }

type batchRow struct {
	results *batch
	err     error
}

func (r *batchRow) Scan(dest ...any) error {
	if r.err != nil {
		return r.err
	}
	err := r.results.QueryRow().Scan(dest...)
	closing := r.results.Close()
	// pgx returns ErrNoRows before it has seen an error that arrives with the end of the batch.
	if err == nil || errors.Is(err, pgx.ErrNoRows) {
		return firstError(closing, err)
	}
	return err
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}
