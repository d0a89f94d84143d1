package server

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// share divides a number of places among callers. The limit of each follows from what is free (dynamic thresholds,
// Choudhury and Hahne 1998): an address may hold as many places as are free, which is at most half of all; an account a
// quarter of that, which is at most a fifth of all. So ten accounts at ten addresses that take what they can leave a tenth.
// While few places are used, accounts have no limit of their own: a page may send many requests at the same time.
type share struct {
	capacity int
	// unlimited is how many places must be used before accounts have a limit.
	unlimited int
	// lastFull is when a caller was refused because no place was free, as Unix nanoseconds.
	lastFull atomic.Int64

	mu     sync.Mutex
	used   int
	holder map[string]int
}

func newShare(capacity, unlimited int) *share {
	return &share{capacity: capacity, unlimited: unlimited, holder: map[string]int{}}
}

// full reports whether no place is free.
func (s *share) full(now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.noteFull(now)
}

func (s *share) noteFull(now time.Time) bool {
	if s.used < s.capacity {
		return false
	}
	s.lastFull.Store(now.UnixNano())
	return true
}

// wasFull reports whether a caller was refused within the last second because no place was free.
func (s *share) wasFull(now time.Time) bool {
	return now.UnixNano()-s.lastFull.Load() < int64(time.Second)
}

// take takes one place for a request, which counts for its address and for its account. release gives it back.
func (s *share) take(now time.Time, address, account string) (release func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	free := s.capacity - s.used
	accountFull := account != address && s.used >= s.unlimited && 4*s.holder[account] >= free
	if s.noteFull(now) || s.holder[address] >= free || accountFull {
		return nil, false
	}
	s.used++
	s.holder[address]++
	if account != address {
		s.holder[account]++
	}
	return func() { s.release(address, account) }, true
}

func (s *share) release(address, account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used--
	s.leave(address)
	if account != address {
		s.leave(account)
	}
}

func (s *share) leave(name string) {
	if s.holder[name]--; s.holder[name] == 0 {
		delete(s.holder, name)
	}
}

// connections limits how many connections one client address has open. Trusted proxies may have any number.
type connections struct {
	limit   int
	proxies []netip.Prefix

	mu    sync.Mutex
	total int
	open  map[netip.Addr]int
}

func newConnections(limit int, proxies []netip.Prefix) *connections {
	return &connections{limit: limit, proxies: proxies, open: map[netip.Addr]int{}}
}

// changed is an http.Server's ConnState. It closes a new connection of an address that has too many.
func (c *connections) changed(conn net.Conn, state http.ConnState) {
	if state != http.StateNew && state != http.StateClosed && state != http.StateHijacked {
		return
	}
	address, known := c.addressOf(conn)
	c.mu.Lock()
	defer c.mu.Unlock()
	if state == http.StateNew {
		c.total++
		c.open[address]++
		if known && c.open[address] > c.limit {
			_ = conn.Close() // the server then reports StateClosed
		}
		return
	}
	c.total--
	if c.open[address]--; c.open[address] == 0 {
		delete(c.open, address)
	}
}

// none reports whether no connection is open.
func (c *connections) none() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.total == 0
}

// addressOf returns what counts as one client, and whether it is limited.
func (c *connections) addressOf(conn net.Conn) (address netip.Addr, limited bool) {
	peer, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil {
		return netip.Addr{}, false
	}
	address = peer.Addr().Unmap()
	if trusts(c.proxies, address) {
		return netip.Addr{}, false
	}
	if address.Is6() {
		network, _ := address.Prefix(64) // an IPv6 address has one
		address = network.Addr()
	}
	return address, true
}
