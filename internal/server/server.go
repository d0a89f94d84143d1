// Package server serves the API over HTTP: the middleware in the order in which requests pass it, and the rooms behind it.
package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/idempotency"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
)

const (
	maxBody   = contract.LargestBody
	maxHeader = 32 << 10 // a token of 8 kB, as a cookie and as a bearer, and as much again

	defaultConnections = 1000 // of one client address: an office behind one address, not a flood

	headerTimeout = 5 * time.Second
	bodyTimeout   = 10 * time.Second
	handleTimeout = 10 * time.Second // streams excepted
	longestWait   = 25 * time.Second // of an operation with the parameter wait
	writeTimeout  = 10 * time.Second // a client that reads nothing must not hold a slot
	idleTimeout   = 2 * time.Minute  // longer than the usual balancer's, so that the balancer closes first
	compressFrom  = 1 << 10          // below that gzip costs more than it saves
)

// Options are the server's settings and dependencies.
type Options struct {
	DB       *db.DB
	Auth     *gotrue.Client
	Verifier *session.Verifier
	Cookies  session.Cookies
	Cursors  page.Cursors
	// AddJob adds a background job; see jobs.Queue.
	AddJob func(context.Context, jobs.Args) error
	// OpenFoodFactsURL is asked about barcodes that the catalogue does not have. Empty: no such requests.
	OpenFoodFactsURL string
	// Embedder makes the vectors of the coach's memory. It may be nil.
	Embedder embed.Embedder
	// Contract is the compiled OpenAPI document, which servers may share; nil: the generated one.
	Contract *contract.Contract
	// Docs returns the handler of the documentation pages, which the contract does not describe. It may be nil.
	Docs func(notFound http.Handler) http.Handler

	Version     string
	Environment string
	SiteURL     string
	Origins     []string
	Proxies     []netip.Prefix
	Rates       Rates
	// MaxInFlight is how many operations run at the same time; as many more may wait for Supabase Auth.
	MaxInFlight int
	// MaxAtWork is how many of them work with the database at the same time, the others wait in line; 0 means 6 for each core.
	MaxAtWork int
	// MaxConnections is how many connections one client address may have open; 0 means 1000.
	MaxConnections int
	// DrainDelay is how long a stopping server goes on accepting while readiness fails, so that balancers stop sending first.
	DrainDelay time.Duration
	// IdleDelay is how long a server that has stopped accepting keeps idle connections. Each gets one more response, with
	// `Connection: close`, so that no request meets a closing connection.
	IdleDelay time.Duration
	// ShutdownTimeout is how long requests may go on after that.
	ShutdownTimeout time.Duration
	Now             func() time.Time
	// Queue returns the name that a queue of jobs has here; nil: its own name, which all processes share.
	Queue func(name string) string
	// Coach says who makes the coach's replies.
	Coach room.Coach
}

// Server is the API over HTTP.
type Server struct {
	o           Options
	limiter     *rate.Limiter
	classes     map[string]rate.Class
	policies    map[string][]string    // class → value of RateLimit-Policy
	deprecated  map[string]http.Header // by operation id
	idempotency idempotency.Keys
	// slots are for operations at work with the database, authSlots for those that wait for Supabase Auth.
	slots, authSlots *share
	// turns are for those that hold one of slots.
	turns *turns
	// waiting are requests that wait for the server of somebody else, such as Open Food Facts, and hold no slot meanwhile.
	waiting *share
	// arrivals are bodies on their way, uploads are files until they are stored.
	arrivals    *share
	uploads     *share
	connections *connections
	streams     *streams
	shed        *shedder
	draining    atomic.Bool
	// The whole chain of handlers, without and with compression.
	plain, compressing http.Handler
}

// New compiles the contract and creates the rooms. It does not listen.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Contract == nil {
		compiled, err := contract.Compile(gen.OpenAPI)
		if err != nil {
			return nil, err
		}
		o.Contract = compiled
	}
	s := &Server{o: o, classes: o.Rates.classes(), deprecated: deprecationHeaders(o.Contract.Operations())}
	s.slots, s.authSlots = newShare(o.MaxInFlight, o.MaxInFlight/2), newShare(o.MaxInFlight, o.MaxInFlight/2)
	s.streams = newStreams()
	s.turns = newTurns(o.MaxAtWork)
	s.waiting = newShare(o.MaxInFlight, o.MaxInFlight/2)
	s.arrivals, s.uploads = newShare(maxArrivals, 0), newShare(maxUploads, 0)
	s.shed = newShedder()
	s.connections = newConnections(cmp.Or(o.MaxConnections, defaultConnections), o.Proxies)
	s.limiter = rate.New(o.DB, o.Now)
	s.policies = map[string][]string{}
	for name, class := range s.classes {
		s.policies[name] = []string{class.Policy()}
	}
	s.idempotency = idempotency.New(o.DB)
	for _, op := range o.Contract.Operations() {
		if _, ok := s.classes[op.RateClass]; !ok {
			return nil, fmt.Errorf("operation %s: no rate class %q", op.ID, op.RateClass)
		}
	}
	protection := http.NewCrossOriginProtection()
	for _, origin := range o.Origins {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("trust origin: %w", err)
		}
	}

	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.writeError
	e.Binder = binder{}
	e.IPExtractor = clientIP(o.Proxies)

	// Middleware from the outside in. Only e.Use: middleware on groups turns a wrong method into a 404.
	e.Use(
		s.identifyRequest,
		s.logAccess,
		recoverPanics,
		secureHeaders,
		s.announceDeprecation,
		allowBearerFromAnyOrigin(o.Origins),
		middleware.CORSWithConfig(corsConfig(o.Origins)),
		refuseCrossOrigin(protection),
		s.limitBody,
		s.keepContract,
	)
	api.RegisterHandlers(e, api.NewStrictHandler(rooms.New(room.Deps{
		DB:               o.DB,
		Contract:         o.Contract,
		Auth:             o.Auth,
		Verifier:         o.Verifier,
		Limiter:          s.limiter,
		FailedSignIns:    s.classes[classFailed],
		Cursors:          o.Cursors,
		AddJob:           o.AddJob,
		Now:              o.Now,
		Queue:            o.Queue,
		Coach:            o.Coach,
		Version:          o.Version,
		Environment:      o.Environment,
		SiteURL:          o.SiteURL,
		OpenFoodFactsURL: o.OpenFoodFactsURL,
		Embedder:         o.Embedder,
		Draining:         s.draining.Load,
		Shedding:         s.shedding,
	}), nil))
	if o.Docs != nil {
		mountDocs(e, o.Docs)
	}

	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(compressFrom),
		gzhttp.ContentTypes([]string{"application/json", "application/problem+json"}))
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	s.plain, s.compressing = e, compress(e)
	return s, nil
}

// ServeHTTP handles one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.draining.Load() {
		// Otherwise a client could send its next request on a connection that is about to be closed.
		w.Header().Set("Connection", "close")
	}
	if s.refusesEarly(w, r) {
		return
	}
	if r.Method == http.MethodHead && !isDocs(r.URL.Path) {
		// As GET, with the same headers. net/http knows the request that it read, and sends no body.
		get := *r
		get.Method = http.MethodGet
		r = get.WithContext(context.WithValue(get.Context(), headKey{}, true))
	}
	if r.Header.Get("Accept-Encoding") == "" || r.URL.Path == streamPath { // a stream is never compressed
		w.Header()["Vary"] = []string{"Accept-Encoding"} // the compressing handler sets it, too
		s.plain.ServeHTTP(w, r)
		return
	}
	s.compressing.ServeHTTP(w, r)
}

// Contract returns the contract that requests are checked against.
func (s *Server) Contract() *contract.Contract { return s.o.Contract }

// Serve accepts requests on the listener until ctx ends, then waits until running requests finish.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	// Requests go on while the server drains, so their contexts must not end with ctx.
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	go s.limiter.Run(background)
	go s.shed.report(background)
	listener = &onceListener{Listener: listener}
	httpServer := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       headerTimeout + bodyTimeout,
		WriteTimeout:      bodyTimeout + handleTimeout + writeTimeout, // counted from the end of the headers
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ConnState:         s.connections.changed,
		BaseContext:       func(net.Listener) context.Context { return background },
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() { served <- httpServer.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.draining.Store(true)
	s.streams.stop() // clients go on elsewhere
	slog.InfoContext(ctx, "server_drain_started")
	time.Sleep(s.o.DrainDelay)
	_ = listener.Close()
	s.awaitConnections(s.o.IdleDelay)
	drainCtx, cancel := context.WithTimeout(background, s.o.ShutdownTimeout)
	defer cancel()
	err := httpServer.Shutdown(drainCtx)
	s.streams.running.Wait()                                         // each ends with its next write
	if reportErr := s.limiter.Report(background); reportErr != nil { // has its own timeout
		slog.WarnContext(drainCtx, "rate_report_failed", "error", reportErr)
	}
	if err != nil {
		return fmt.Errorf("requests were still running after %s: %w", s.o.ShutdownTimeout, err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// onceListener may be closed twice: here, and later by net/http.
type onceListener struct {
	net.Listener
	once sync.Once
	err  error
}

func (l *onceListener) Close() error {
	l.once.Do(func() { l.err = l.Listener.Close() })
	return l.err
}

// awaitConnections returns when no connection is open, or after the time.
func (s *Server) awaitConnections(limit time.Duration) {
	const poll = 20 * time.Millisecond
	for end := time.Now().Add(limit); time.Now().Before(end) && !s.connections.none(); {
		time.Sleep(poll)
	}
}
