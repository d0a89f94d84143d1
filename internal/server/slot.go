package server

import "time"

// slot is what a request holds of a share while its handler works. While it waits for the server of somebody else, see room.Wait, it
// holds a place among the waiting instead.
type slot struct {
	shared, waiting  *share
	address, account string
	now              func() time.Time
	release          func()
}

// take takes the slot, and returns false when the caller holds its share already.
func (s *slot) take() (ok bool) {
	s.release, ok = s.shared.take(s.now(), s.address, s.account)
	return ok
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
	if !s.take() {
		return tooManyAtOnce()
	}
	return nil
}
