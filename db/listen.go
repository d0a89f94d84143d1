package db

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// relistenAfter is how long Listen waits before it connects again.
const relistenAfter = time.Second

// CanListen reports whether notifications arrive: behind a transaction pooler they do only with a DirectURL.
func (d *DB) CanListen() bool { return d.direct != nil || !d.pooled }

// Listen calls notified for each notification on a channel until ctx ends. It holds one connection, and connects again when it is lost;
// connected is called each time, because notifications may have been missed before.
func (d *DB) Listen(ctx context.Context, channel string, connected func(), notified func(payload string)) {
	pool := d.pool
	if d.direct != nil {
		pool = d.direct
	}
	for ctx.Err() == nil {
		err := listen(ctx, pool, channel, connected, notified)
		if ctx.Err() != nil || errors.Is(err, context.Canceled) {
			return
		}
		slog.WarnContext(ctx, "listen_failed", "channel", channel, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(relistenAfter):
		}
	}
}

func listen(ctx context.Context, pool *pgxpool.Pool, channel string, connected func(), notified func(payload string)) error {
	pooled, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	conn := pooled.Hijack() // it is not given back to the pool with its LISTEN
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "listen "+channel); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	connected()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		notified(n.Payload)
	}
}
