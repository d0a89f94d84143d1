// Package rate counts requests by the generic cell rate algorithm (GCRA, ITU-T I.371): a bucket is one instant, the time
// at which all of its cells are back. Budgets hold over all replicas, because they meet in Postgres: strict ones at each
// request, the others once a second, so that a read stays one round trip.
package rate

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
)

// Class is a budget: Quota requests in each Window, which may come all at once.
type Class struct {
	Name   string
	Quota  int
	Window time.Duration
	// Strict classes ask Postgres each time; the others may overshoot for a second per replica.
	Strict bool
}

// emission is the time one cell takes to come back, in the microseconds that Postgres keeps: rounded there, a seventh of
// a minute seven times would be more than the minute.
func (c Class) emission() time.Duration {
	return max((c.Window / time.Duration(c.Quota)).Truncate(time.Microsecond), time.Microsecond)
}

// capacity is the debt of an empty bucket: the window, but for the rounding.
func (c Class) capacity() time.Duration { return time.Duration(c.Quota) * c.emission() }

// Policy is the value of the header RateLimit-Policy. Every answer has one, hence no fmt here and in Header.
func (c Class) Policy() string {
	return `"` + c.Name + `";q=` + strconv.Itoa(c.Quota) + ";w=" + strconv.Itoa(int(c.Window.Seconds()))
}

// Decision is what a request is told.
type Decision struct {
	Class   Class
	Allowed bool
	// Remaining requests that may come at once now.
	Remaining int
	// Reset is the time until all are back, RetryAfter until one is (0 when allowed).
	Reset, RetryAfter time.Duration
}

// Header is the value of the header RateLimit.
func (d Decision) Header() string {
	return `"` + d.Class.Name + `";r=` + strconv.Itoa(d.Remaining) + ";t=" + strconv.Itoa(Seconds(d.Reset))
}

// Seconds rounds up, so that who waits as told has waited enough.
func Seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// decide reads a bucket: debt is the time until all cells are back, this request's cell included when it was allowed.
func decide(c Class, debt time.Duration, allowed bool) Decision {
	debt = max(debt, 0)
	d := Decision{Class: c, Allowed: allowed, Reset: debt}
	room := c.capacity() - debt
	d.Remaining = max(0, int(room/c.emission()))
	if !allowed {
		d.Remaining = 0
		d.RetryAfter = max(c.emission()-room, time.Millisecond)
	}
	return d
}

// Limiter holds this replica's buckets.
type Limiter struct {
	db  *db.DB
	now func() time.Time

	mu      sync.Mutex
	buckets map[string]*bucket
}

type bucket struct {
	arrival time.Time
	// unreported is the time that this replica took out of the bucket and Postgres does not know of.
	unreported time.Duration
}

// New makes a limiter; Run keeps it in step with the other replicas.
func New(d *db.DB, now func() time.Time) *Limiter {
	return &Limiter{db: d, now: now, buckets: map[string]*bucket{}}
}

// Take asks for one request of who. An error means that a strict budget could not be asked for.
func (l *Limiter) Take(ctx context.Context, c Class, who string) (Decision, error) {
	key := c.Name + ":" + who
	if !c.Strict {
		return l.takeLocal(c, key), nil
	}
	debt, err := l.db.TakeRate(ctx, queries.TakeRateParams{Bucket: key, EmissionSeconds: c.emission().Seconds(), Burst: int32(c.Quota)})
	if err != nil {
		return Decision{}, fmt.Errorf("take from rate bucket: %w", err)
	}
	return decide(c, span(math.Abs(debt)), debt >= 0), nil
}

// GiveBack undoes a Take of a strict class.
func (l *Limiter) GiveBack(ctx context.Context, c Class, who string) error {
	return l.db.ReturnRate(ctx, queries.ReturnRateParams{Bucket: c.Name + ":" + who, Seconds: c.emission().Seconds()})
}

func (l *Limiter) takeLocal(c Class, key string) Decision {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b := l.buckets[key]
	if b == nil {
		b = &bucket{arrival: now}
		l.buckets[key] = b
	}
	if b.arrival.Before(now) {
		b.arrival = now
	}
	debt := b.arrival.Sub(now)
	if debt+c.emission() > c.capacity() {
		return decide(c, debt, false)
	}
	b.arrival = b.arrival.Add(c.emission())
	b.unreported += c.emission()
	return decide(c, debt+c.emission(), true)
}

const (
	reportEvery  = time.Second
	reportWithin = 5 * time.Second // a database that never answers must not end the reporting
	purgeEvery   = 60              // reports
	purgeLast    = 1000            // a bite is 5,000 buckets; one that brings less than this has left little behind
	reportMost   = 10_000
)

// Run reports to Postgres once a second until ctx ends. A report that fails is sent again with the next; meanwhile each
// replica counts alone.
func (l *Limiter) Run(ctx context.Context) {
	tick := time.NewTicker(reportEvery)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := l.report(ctx, n%purgeEvery == 0); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "rate_report_failed", "error", err)
		}
	}
}

func (l *Limiter) report(ctx context.Context, purge bool) error {
	ctx, cancel := context.WithTimeout(ctx, reportWithin)
	defer cancel()
	if err := l.Report(ctx); err != nil || !purge {
		return err
	}
	for {
		gone, err := l.db.PurgeRates(ctx)
		if err != nil || gone < purgeLast {
			return err
		}
	}
}

// Report tells Postgres what was let through here since the last report, and learns what was let through elsewhere.
func (l *Limiter) Report(ctx context.Context) error {
	params, taken := l.unreported()
	if len(params.Buckets) == 0 {
		return nil
	}
	debts, err := l.db.MergeRates(ctx, params)
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for i, key := range params.Buckets {
		b := l.buckets[key]
		if b == nil { // full again while this report was under way, and forgotten by another one
			b = &bucket{arrival: now}
			l.buckets[key] = b
		}
		switch {
		case err != nil:
			b.unreported += taken[i]
		case i < len(debts):
			b.arrival = now.Add(span(debts[i]) + b.unreported)
		}
	}
	return err
}

// unreported collects what Postgres does not know and forgets buckets that are full again.
func (l *Limiter) unreported() (queries.MergeRatesParams, []time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	var p queries.MergeRatesParams
	var taken []time.Duration
	for key, b := range l.buckets {
		switch {
		case b.unreported > 0 && len(taken) < reportMost:
			p.Buckets = append(p.Buckets, key)
			p.Amounts = append(p.Amounts, b.unreported.Seconds())
			taken = append(taken, b.unreported)
			b.unreported = 0
		case b.unreported == 0 && b.arrival.Before(now):
			delete(l.buckets, key)
		}
	}
	return p, taken
}

// Address is what counts as one client: an IPv4 address, or the /64 network that an IPv6 customer gets whole and could
// take a new address from for every request.
func Address(ip string) string {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	addr = addr.Unmap().WithZone("")
	if addr.Is4() {
		return addr.String()
	}
	network, _ := addr.Prefix(64) // an IPv6 address has one
	return network.String()
}

// span reads Postgres's seconds, whose fraction is microseconds.
func span(seconds float64) time.Duration {
	return time.Duration(math.Round(seconds*1e6)) * time.Microsecond
}
