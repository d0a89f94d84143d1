package standin

import (
	"net/http"
	"strings"
	"sync"
	"time"
)

// limits are token buckets in the memory of this process, as in the real server.
type limits struct {
	mu      sync.Mutex
	buckets map[string]*bucket

	mailsPerHour int // 0: no limit
	mails        bucket
}

type bucket struct {
	tokens float64
	filled time.Time
}

const (
	// burst is the number of requests that an address may send at once.
	burst = 30
	// maxBuckets bounds memory; above it full buckets are deleted, which changes nothing.
	maxBuckets = 10_000
)

// perSecond are the real server's defaults. All grants of /token share one bucket.
var perSecond = map[string]float64{
	"token": 0.5, "signup": 0.1, "recover": 0.1, "resend": 0.1, "otp": 0.1, "user": 0.1, "verify": 0.1,
}

func newLimits(mailsPerHour int) *limits {
	return &limits{buckets: map[string]*bucket{}, mailsPerHour: mailsPerHour}
}

func (b *bucket) take(now time.Time, size, perSecond float64) bool {
	if b.filled.IsZero() {
		b.tokens = size
	} else {
		b.tokens = min(size, b.tokens+max(0, now.Sub(b.filled).Seconds())*perSecond)
	}
	b.filled = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

func (l *limits) request(group, address string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.buckets) >= maxBuckets {
		for k, b := range l.buckets {
			if now.Sub(b.filled) > 10*time.Minute { // the slowest bucket is full after 5 minutes
				delete(l.buckets, k)
			}
		}
	}
	key := group + " " + address
	b, ok := l.buckets[key]
	if !ok {
		b = &bucket{}
		l.buckets[key] = b
	}
	return b.take(now, burst, perSecond[group])
}

func (l *limits) mail(now time.Time) bool {
	if l.mailsPerHour == 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	n := float64(l.mailsPerHour)
	return l.mails.take(now, n, n/3600)
}

// limited limits requests per client address, which the configured header contains.
func (s *Server) limited(group string, next handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if s.o.RateLimitHeader != "" {
			address, _, _ := strings.Cut(r.Header.Get(s.o.RateLimitHeader), ",")
			if address = strings.TrimSpace(address); address != "" && !s.limits.request(group, address, s.o.Clock()) {
				return refuse(http.StatusTooManyRequests, "over_request_rate_limit", "Request rate limit reached")
			}
		}
		return next(w, r)
	}
}
