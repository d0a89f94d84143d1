// Package sleep waits for a time that a context can end early.
package sleep

import (
	"context"
	"time"
)

// For waits until d has passed, and returns nil, or until ctx ends, and returns its error.
func For(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
