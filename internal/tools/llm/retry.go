package llm

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxWait is how long a person may wait for a retry. When a provider asks for more, the error is returned at once, so that another
// provider can be used or the person be told.
const maxWait = 10 * time.Second

// retryWait returns how long to wait after a failed try, the first of which is 1, and whether to try again. random is in [0, 1).
func (c *Client) retryWait(try int, err error, random float64) (time.Duration, bool) {
	if try >= c.config.Tries || !retryable(err) {
		return 0, false
	}
	if e, _ := errors.AsType[*Error](err); e.wait > 0 {
		// Clients that were refused at the same time must not all come back at the same time.
		return e.wait + time.Duration(random*0.1*float64(e.wait)), e.wait <= maxWait
	}
	wait := float64(c.config.RetryWait<<(try-1)) * (0.5 + random)
	return min(time.Duration(wait), maxWait), true
}

func jitter() float64 { return rand.Float64() }

// maxReset bounds what a header can say about the end of a limit: daily limits exist.
const maxReset = 48 * time.Hour

// waitOf returns how long a response asks clients to wait, 0 when it does not say.
func waitOf(h http.Header, now time.Time) time.Duration {
	wait := time.Duration(0)
	if ms, err := strconv.ParseFloat(h.Get("retry-after-ms"), 64); err == nil {
		wait = seconds(ms / 1000)
	} else if s, err := strconv.ParseFloat(h.Get("retry-after"), 64); err == nil {
		wait = seconds(s)
	} else if at, err := http.ParseTime(h.Get("retry-after")); err == nil {
		wait = at.Sub(now)
	} else {
		wait = resetOfUsedUpLimits(h, now)
	}
	return min(max(wait, 0), maxReset)
}

func seconds(s float64) time.Duration {
	if !(s > 0 && s < maxReset.Seconds()) { // NaN as well
		if s >= maxReset.Seconds() {
			return maxReset
		}
		return 0
	}
	return time.Duration(s * float64(time.Second))
}

// resetOfUsedUpLimits returns how long it takes until all limits that have nothing left are reset. OpenAI sends
// x-ratelimit-remaining-tokens: 0 and x-ratelimit-reset-tokens: 6m0s; Anthropic sends anthropic-ratelimit-tokens-remaining: 0 and
// anthropic-ratelimit-tokens-reset: 2026-11-28T….
func resetOfUsedUpLimits(h http.Header, now time.Time) time.Duration {
	wait := time.Duration(0)
	for name := range h {
		name = strings.ToLower(name)
		if h.Get(name) != "0" || !strings.Contains(name, "ratelimit") || !strings.Contains(name, "remaining") {
			continue
		}
		reset := h.Get(strings.Replace(name, "remaining", "reset", 1))
		if d, err := time.ParseDuration(reset); err == nil {
			wait = max(wait, d)
		} else if at, err := time.Parse(time.RFC3339, reset); err == nil {
			wait = max(wait, at.Sub(now))
		}
	}
	return wait
}
