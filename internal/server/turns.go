package server

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"time"
)

const (
	// turnsPerCore is how many requests work at the same time for each core, unless a setting says otherwise: each waits for Postgres for
	// a part of its time. Fewer make requests wait that have a core; more make each other slow during an overload.
	turnsPerCore = 6
	// overloadWait is how long a caller waits until the server counts as overloaded. A page that sends many requests at once is through by
	// then.
	overloadWait = 250 * time.Millisecond
	// overloadCalm is how long nobody is refused until an overload is over.
	overloadCalm = 100 * time.Millisecond
	// overloadLine is how long a request may have to wait while the server is overloaded.
	overloadLine = 8 * time.Millisecond
)

// turns lets few of the requests that hold a slot work at the same time; the others wait in line. Who works beside a hundred others is
// slow for all of them, so during an overload the line is kept short: a request is either soon served or refused at once. As CoDel does
// (RFC 8289), it judges by the time in the line and not by its length: a line of cheap requests may be long.
//
// The line counts callers, not requests: one caller that sends many waits for itself and makes nobody else wait.
type turns struct {
	limit, perCaller int

	mu         sync.Mutex
	working    int
	held       map[string]int // turns by caller
	line       []*waiter      // the oldest first
	overloaded bool
	refusedAt  time.Time
	// done counts the turns that ended since counted; perSecond is how many it were in the time before.
	done      int
	counted   time.Time
	perSecond float64
}

type waiter struct {
	caller string
	since  time.Time
	turn   chan bool // receives whether it is the waiter's turn, or whether it is refused
}

// newTurns returns turns for so many requests at the same time; 0 is turnsPerCore for each core.
func newTurns(limit int) *turns {
	limit = cmp.Or(limit, turnsPerCore*runtime.GOMAXPROCS(0))
	return &turns{limit: limit, perCaller: max(1, limit*3/4), held: map[string]int{}}
}

// take waits for a turn of the caller and returns false when it is refused, or when ctx ends. release gives the turn back.
func (t *turns) take(ctx context.Context, caller string) (release func(), ok bool) {
	release = func() { t.release(caller) }
	t.mu.Lock()
	if t.working < t.limit && t.held[caller] < t.perCaller {
		t.begin(caller)
		t.mu.Unlock()
		return release, true
	}
	now := time.Now()
	if t.isCrowded(now) {
		t.refusedAt = now
		t.mu.Unlock()
		return nil, false
	}
	w := &waiter{caller, now, make(chan bool, 1)}
	t.line = append(t.line, w)
	t.observe(now)
	t.mu.Unlock()
	select {
	case ok = <-w.turn:
	case <-ctx.Done():
		if ok = t.forget(w); ok {
			release() // it was given in the same moment
		}
		return nil, false
	}
	return release, ok
}

// crowded reports whether a request would be refused. It counts as a refusal.
func (t *turns) crowded(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.isCrowded(now) {
		return false
	}
	t.refusedAt = now
	return true
}

// hasRefused reports whether a request was refused within the last second.
func (t *turns) hasRefused(now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return now.Sub(t.refusedAt) < time.Second
}

func (t *turns) isCrowded(now time.Time) bool {
	t.observe(now)
	return t.overloaded && t.waitingCallers() >= t.longestLine()
}

func (t *turns) begin(caller string) {
	t.working++
	t.held[caller]++
}

// release ends a turn and begins that of the request that has waited for the longest time and may have one.
func (t *turns) release(caller string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.observe(time.Now()) // before this caller may have another turn: who waited for that did not wait for others
	t.working--
	t.done++
	if t.held[caller]--; t.held[caller] == 0 {
		delete(t.held, caller)
	}
	next := slices.IndexFunc(t.line, func(w *waiter) bool { return t.held[w.caller] < t.perCaller })
	if next < 0 {
		return
	}
	w := t.line[next]
	t.line = slices.Delete(t.line, next, next+1)
	t.begin(w.caller)
	w.turn <- true
}

// forget removes a waiter from the line, and returns whether it has got a turn meanwhile.
func (t *turns) forget(w *waiter) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if i := slices.Index(t.line, w); i >= 0 {
		t.line = slices.Delete(t.line, i, i+1)
		return false
	}
	return <-w.turn
}

// observe notices the beginning and the end of an overload. At the beginning it refuses those who have waited for the longest time.
func (t *turns) observe(now time.Time) {
	if elapsed := now.Sub(t.counted); elapsed >= overloadCalm {
		t.perSecond = float64(t.done) / elapsed.Seconds()
		t.done, t.counted = 0, now
	}
	switch {
	case t.overloaded && now.Sub(t.refusedAt) > overloadCalm:
		t.overloaded = false
	case !t.overloaded && t.longestWait(now) >= overloadWait:
		t.overloaded, t.refusedAt = true, now
		for len(t.line) > t.longestLine() {
			t.line[0].turn <- false
			t.line = slices.Delete(t.line, 0, 1)
		}
	}
}

// longestLine returns how many callers get their turn within overloadLine.
func (t *turns) longestLine() int { return max(1, int(t.perSecond*overloadLine.Seconds())) }

// longestWait returns how long the first in the line has waited because others work.
func (t *turns) longestWait(now time.Time) time.Duration {
	for _, w := range t.line {
		if t.held[w.caller] < t.perCaller { // the others wait for their own caller
			return now.Sub(w.since)
		}
	}
	return 0
}

// waitingCallers returns how many callers wait because others work.
func (t *turns) waitingCallers() int {
	n := 0
	for i, w := range t.line {
		first := !slices.ContainsFunc(t.line[:i], func(earlier *waiter) bool { return earlier.caller == w.caller })
		if first && t.held[w.caller] < t.perCaller {
			n++
		}
	}
	return n
}
