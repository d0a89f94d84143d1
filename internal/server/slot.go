package server

import (
	"context"
	"time"
)

// slot is what a request holds of a share while its handler works. While it waits for the server of somebody else, see room.Wait, it
// holds a place among the waiting instead.
type slot struct {
	shared, waiting  *share
	address, account string
	now              func() time.Time
	ctx              context.Context // of the request
	// turns are those of the handlers that work with the database; nil for others.
	turns   *turns
	release func()
}

// take takes the slot and waits for a turn. It returns false when the caller holds its share already, or when there is an overload.
func (s *slot) take(ctx context.Context) bool {
	leave, ok := s.shared.take(s.now(), s.address, s.account)
	if !ok {
		return false
	}
	s.release = leave
	if s.turns == nil {
		return true
	}
	end, ok := s.turns.take(ctx, s.account)
	if !ok {
		s.drop()
		return false
	}
	s.release = func() { end(); leave() }
	return true
}

// drop releases the slot, if it is held.
func (s *slot) drop() {
	if s.release != nil {
		s.release()
		s.release = nil
	}
}

// Wait implements room.Waiter.
func (s *slot) Wait(work func() error) error {
	leave, ok := s.waiting.take(s.now(), s.address, s.account)
	if !ok {
		return tooManyAtOnce()
	}
	defer leave()
	s.drop()
	if err := work(); err != nil {
		return err
	}
	if !s.take(s.ctx) {
		return tooManyAtOnce()
	}
	return nil
}
