package room

import "context"

// Waiter runs work that waits for the server of somebody else. It holds no slot of those that all requests share while work runs.
type Waiter interface {
	Wait(work func() error) error
}

type waiterKey struct{}

// WithWaiter returns a context with the waiter of its request.
func WithWaiter(ctx context.Context, w Waiter) context.Context {
	return context.WithValue(ctx, waiterKey{}, w)
}

// Wait runs work that waits for the server of somebody else, so that a slow one takes no slot from other requests. It returns the
// error of work, or a problem when too many requests wait already, or when no slot is free afterwards. A handler calls it at most
// once at a time, and not inside a transaction.
func Wait(ctx context.Context, work func() error) error {
	if w, ok := ctx.Value(waiterKey{}).(Waiter); ok {
		return w.Wait(work)
	}
	return work()
}
