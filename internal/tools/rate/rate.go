// Package rate limits requests by the generic cell rate algorithm (GCRA, ITU-T I.371). A bucket is one instant: the time
// at which it will be full again. Limits hold over all replicas through Postgres: strict classes ask it at each request,
// the others report once a second, so that a read stays one round trip.
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

// Class is a limit: Quota requests in each Window. All of them may come at once.
type Class struct {
	Name   string
	Quota  int
	Window time.Duration
	// Strict classes ask Postgres at each request. The others may exceed the limit for a second per replica.
	Strict bool
}

// emission is the time until one request is allowed again, in whole microseconds as Postgres stores them. It is rounded
// down: rounded up, seven times a seventh of a minute would be more than the minute.
func (c Class) emission() time.Duration {
	return max((c.Window / time.Duration(c.Quota)).Truncate(time.Microsecond), time.Microsecond)
}

// capacity is the time an empty bucket needs to fill: the window, apart from rounding.
func (c Class) capacity() time.Duration { return time.Duration(c.Quota) * c.emission() }

// Policy returns the value of the header RateLimit-Policy. Every response has it, so it and Header avoid fmt for speed.
func (c Class) Policy() string {
	return `"` + c.Name + `";q=` + strconv.Itoa(c.Quota) + ";w=" + strconv.Itoa(int(c.Window.Seconds()))
}

// Decision is the result for one request.
type Decision struct {
	Class   Class
	Allowed bool
	// Remaining is how many more requests are allowed now.
	Remaining int
	// Reset is the time until the bucket is full. RetryAfter is the time until one request is allowed; 0 when allowed now.
	Reset, RetryAfter time.Duration
}

// Header returns the value of the header RateLimit.
func (d Decision) Header() string {
	return `"` + d.Class.Name + `";r=` + strconv.Itoa(d.Remaining) + ";t=" + strconv.Itoa(Seconds(d.Reset))
}

// Seconds rounds up to whole seconds, so that a client that waits so long has waited long enough.
func Seconds(d time.Duration) int { return int(math.Ceil(d.Seconds())) }

// decide makes the decision from a bucket. debt is the time until it is full, this request included when it was allowed.
func decide(c Class, debt time.Duration, allowed bool) Decision {
	debt = max(debt, 0)
	d := Decision{Class: c, Allowed: allowed, Reset: debt}
	free := c.capacity() - debt
	d.Remaining = max(0, int(free/c.emission()))
	if !allowed {
		d.Remaining = 0
		d.RetryAfter = max(c.emission()-free, time.Millisecond)
	}
	return d
}

// Limiter holds the buckets of this replica.
type Limiter struct {
	db  *db.DB
	now func() time.Time

	mu      sync.Mutex
	buckets map[string]*bucket
}

type bucket struct {
	arrival time.Time
	// unreported is the time that this replica took from the bucket since its last report to Postgres.
	unreported time.Duration
}

// New returns a limiter. Run exchanges its counts with the other replicas.
func New(d *db.DB, now func() time.Time) *Limiter {
	return &Limiter{db: d, now: now, buckets: map[string]*bucket{}}
}

// Take counts one request of who. An error means that Postgres could not be asked about a strict class.
func (l *Limiter) Take(ctx context.Context, c Class, who string) (Decision, error) {
	key := c.Name + ":" + who
	if !c.Strict {
		return l.takeLocal(c, key), nil
	}
	debt, err := l.db.TakeRate(
		db.AsService(ctx),
		queries.TakeRateParams{Bucket: key, EmissionSeconds: c.emission().Seconds(), Burst: int32(c.Quota)},
	)
	if err != nil {
		return Decision{}, fmt.Errorf("take from rate bucket: %w", err)
	}
	return decide(c, span(math.Abs(debt)), debt >= 0), nil
}

// GiveBack reverses one Take of a strict class.
func (l *Limiter) GiveBack(ctx context.Context, c Class, who string) error {
	return l.db.ReturnRate(db.AsService(ctx), queries.ReturnRateParams{Bucket: c.Name + ":" + who, Seconds: c.emission().Seconds()})
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
	reportEvery   = time.Second
	reportTimeout = 5 * time.Second // a database that does not respond must not stop the reports
	purgeEvery    = 60              // reports
	purgeDone     = 1000            // a statement deletes up to 5,000 buckets; fewer than this means that few are left
	reportMax     = 10_000          // buckets in one report
)

// Run reports to Postgres once a second until ctx ends. A failed report is repeated with the next one; until then each
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
	ctx, cancel := context.WithTimeout(ctx, reportTimeout)
	defer cancel()
	if err := l.Report(ctx); err != nil || !purge {
		return err
	}
	for {
		deleted, err := l.db.PurgeRates(db.AsService(ctx))
		if err != nil || deleted < purgeDone {
			return err
		}
	}
}

// Report sends Postgres what this replica allowed since the last report, and reads what all replicas allowed.
func (l *Limiter) Report(ctx context.Context) error {
	params, taken := l.unreported()
	if len(params.Buckets) == 0 {
		return nil
	}
	debts, err := l.db.MergeRates(db.AsService(ctx), params)
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for i, key := range params.Buckets {
		b := l.buckets[key]
		if b == nil { // it became full during this report, and another report deleted it
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

// unreported returns the counts since the last report and deletes buckets that are full again.
func (l *Limiter) unreported() (queries.MergeRatesParams, []time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	var p queries.MergeRatesParams
	var taken []time.Duration
	for key, b := range l.buckets {
		switch {
		case b.unreported > 0 && len(taken) < reportMax:
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

// Address returns what counts as one client: an IPv4 address, or the /64 network of an IPv6 address. Providers give a
// customer the whole /64, so a customer could use a new address for every request.
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

// span converts Postgres's seconds to a duration in whole microseconds.
func span(seconds float64) time.Duration {
	return time.Duration(math.Round(seconds*1e6)) * time.Microsecond
}
