package server

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// shedder refuses requests during an overload. A refusal costs a small part of what a request costs, or refusing would use up the
// processor that the accepted requests need: no middleware, and one log line per second instead of two per request.
type shedder struct {
	// before and after are the problem document around the request id.
	before, after []byte
	refused       atomic.Int64 // since the last log line
}

func newShedder() *shedder {
	const id = "REQUEST-ID"
	document, _ := json.Marshal(overloaded().Document(id)) // strings and numbers only
	before, after, _ := strings.Cut(string(document), id)
	return &shedder{before: []byte(before), after: []byte(after + "\n")}
}

// refusesEarly refuses a request to the database's operations when no slot is free or the line for a turn is too long. Requests of browsers from other origins, of
// sign-in, and of probes take the way through the middleware.
func (s *Server) refusesEarly(w http.ResponseWriter, r *http.Request) bool {
	path := r.URL.Path
	if !strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/api/v1/health") || strings.HasPrefix(path, "/api/v1/auth/") ||
		r.Header.Get(echo.HeaderOrigin) != "" || !s.slots.full(s.o.Now()) && !s.turns.crowded(time.Now()) {
		return false
	}
	s.shed.refused.Add(1)
	id := r.Header.Get(echo.HeaderXRequestID)
	if !validID(id) {
		id = rand.Text()
	}
	h := w.Header()
	h["X-Request-Id"] = []string{id}
	h["Content-Type"] = problemJSON
	h["Retry-After"] = oneSecond
	setSecurityHeaders(h)
	w.WriteHeader(problem.Overloaded.Status)
	body := make([]byte, 0, len(s.shed.before)+len(id)+len(s.shed.after))
	_, _ = w.Write(append(append(append(body, s.shed.before...), id...), s.shed.after...)) // a lost client needs no error
	return true
}

var (
	problemJSON = []string{"application/problem+json"}
	oneSecond   = []string{"1"}
)

// report logs once a second how many requests were refused.
func (s *shedder) report(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if n := s.refused.Swap(0); n > 0 {
			slog.WarnContext(ctx, "requests_shed", "count", n)
		}
	}
}
