package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// identifyRequest sets the request id, which is the client's X-Request-ID when that is valid, and the trace id.
func (s *Server) identifyRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		id := r.Header.Get(echo.HeaderXRequestID)
		if !validID(id) {
			id = rand.Text()
		}
		c.Response().Header()["X-Request-Id"] = []string{id}
		scope := &logs.Scope{RequestID: id, TraceID: traceID(r.Header.Get("traceparent"))}
		c.SetRequest(r.WithContext(logs.WithScope(r.Context(), scope)))
		return next(c)
	}
}

// validID accepts only letters, digits and `._-`, so that clients cannot write anything else into logs and headers.
func validID(id string) bool {
	if len(id) == 0 || len(id) > 128 {
		return false
	}
	for i := range len(id) {
		b := id[i]
		letter := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
		if !letter && b != '.' && b != '_' && b != '-' {
			return false
		}
	}
	return true
}

// traceID returns the trace id of a W3C traceparent header: version-traceid-parent-flags.
func traceID(traceparent string) string {
	if traceparent == "" {
		return ""
	}
	parts := strings.Split(traceparent, "-")
	if len(parts) < 4 || len(parts[1]) != 32 || !validID(parts[1]) {
		return ""
	}
	return parts[1]
}

// recoverPanics runs inside the access log, so that a request that panicked is logged too.
func recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if r == http.ErrAbortHandler { //nolint:errorlint // the value of a panic is not a wrapped error
					panic(r) // net/http closes the connection
				}
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return next(c)
	}
}

// Headers of every response, allocated once. Keys below are canonical, so that net/http need not convert them. The slices
// are shared: code may replace or append to a header, and must not change an element.
var (
	noSniff     = []string{"nosniff"}
	noReferrer  = []string{"no-referrer"}
	embedNone   = []string{"default-src 'none'; frame-ancestors 'none'"}
	privateOnly = []string{"private, no-cache"}
)

// secureHeaders sets the headers of responses for programs: no page may embed them and no shared cache may keep them.
func secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		setSecurityHeaders(h)
		if c.IsTLS() || c.Request().Header.Get("X-Forwarded-Proto") == "https" {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

func setSecurityHeaders(h http.Header) {
	h["X-Content-Type-Options"] = noSniff
	h["Referrer-Policy"] = noReferrer
	h["Content-Security-Policy"] = embedNone
	h["Cache-Control"] = privateOnly
}

func corsConfig(origins []string) middleware.CORSConfig {
	return middleware.CORSConfig{
		Skipper:          func(echo.Context) bool { return len(origins) == 0 }, // echo reads an empty list as *
		AllowOrigins:     origins,
		AllowCredentials: true,
		AllowMethods:     []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete},
		AllowHeaders: []string{
			"Authorization",
			"Content-Type",
			"If-Match",
			"If-None-Match",
			"Last-Event-ID",
			headerIdempotencyKey,
			"Prefer",
			"X-Expected-User-Id",
			"X-Request-ID",
			"Traceparent",
		},
		ExposeHeaders: []string{
			"ETag",
			headerIdempotentReplayed,
			"Retry-After",
			"RateLimit",
			"RateLimit-Policy",
			"X-Request-ID",
			"X-User-Id",
			"Location",
			"Deprecation",
			"Sunset",
			"Link",
		},
		MaxAge: 600,
	}
}

// allowBearerFromAnyOrigin lets pages of all origins call with a bearer token: the token proves that they may, and their browser sends no
// cookies with such a request. Origins that we trust are left to CORS, which also allows cookies.
func allowBearerFromAnyOrigin(trusted []string) echo.MiddlewareFunc {
	config := corsConfig(trusted)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r, h := c.Request(), c.Response().Header()
			origin := r.Header.Get(echo.HeaderOrigin)
			if origin == "" || slices.Contains(trusted, origin) {
				return next(c)
			}
			preflight := r.Method == http.MethodOptions && r.Header.Get(echo.HeaderAccessControlRequestMethod) != ""
			switch asked := strings.ToLower(r.Header.Get(echo.HeaderAccessControlRequestHeaders)); {
			case preflight && slices.Contains(strings.Split(strings.ReplaceAll(asked, " ", ""), ","), "authorization"):
				h.Add(echo.HeaderVary, echo.HeaderOrigin)
				h.Set(echo.HeaderAccessControlAllowOrigin, "*")
				h.Set(echo.HeaderAccessControlAllowMethods, strings.Join(config.AllowMethods, ","))
				h.Set(echo.HeaderAccessControlAllowHeaders, strings.Join(config.AllowHeaders, ","))
				h.Set(echo.HeaderAccessControlMaxAge, strconv.Itoa(config.MaxAge))
				return c.NoContent(http.StatusNoContent)
			case !preflight && r.Header.Get(echo.HeaderAuthorization) != "":
				h.Set(echo.HeaderAccessControlAllowOrigin, "*")
				h.Set(echo.HeaderAccessControlExposeHeaders, strings.Join(config.ExposeHeaders, ","))
			}
			return next(c)
		}
	}
}

// refuseCrossOrigin refuses writes with cookies from sites that we do not trust. Requests with a bearer token pass: no site
// can make a browser send one.
func refuseCrossOrigin(protection *http.CrossOriginProtection) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if !session.UsesBearer(c.Request()) {
				if err := protection.Check(c.Request()); err != nil {
					return problem.New(problem.CrossOriginRefused).Wrap(err)
				}
			}
			return next(c)
		}
	}
}

// keepContract checks a request against the contract: operation, user, rate limit, parameters and body. In this order, so
// that a client without a token gets 401 and no details of the schema.
func (s *Server) keepContract(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		op := s.o.Contract.Find(r.Method, c.Path())
		if methods := s.o.Contract.Methods(r.URL.Path); op != nil && c.Path() != r.URL.Path && methods != nil {
			c.Response().Header().Set(echo.HeaderAllow, "OPTIONS, "+strings.Join(methods, ", ")) // in the form that echo writes
			op, next = nil, func(echo.Context) error { return echo.ErrMethodNotAllowed }
		}
		if op == nil {
			if isDocs(c.Path()) {
				return next(c)
			}
			if err := s.limit(c, classPublic, rate.Address(c.RealIP())); err != nil {
				return err
			}
			return next(c) // echo's 404 or 405
		}
		logs.ScopeFrom(r.Context()).Operation = op.ID
		if err := s.refuseWhenFull(op); err != nil {
			return err
		}
		ctx := s.o.Cookies.Receive(r, c.Response().Header(), c.RealIP())
		var who string
		if op.NeedsUser {
			identity, err := s.o.Verifier.Require(ctx)
			if err != nil {
				if limited := s.limit(c, classPublic, rate.Address(c.RealIP())); limited != nil {
					return limited
				}
				return err
			}
			who = identity.UserID.String()
			ctx = db.WithIdentity(ctx, identity)
			session.SetUser(ctx, identity.UserID)
		} else {
			who = rate.Address(c.RealIP())
		}
		c.SetRequest(r.WithContext(ctx))
		return s.handle(c, op, who, next)
	}
}

// pathParam returns a function that returns parameters in the path, unescaped. Where a client escapes more than it has to, such as %3a for a
// colon, the router works with the path as it was sent, and has its parameters escaped.
func pathParam(c echo.Context) func(name string) string {
	return func(name string) string {
		value := c.Param(name)
		if c.Request().URL.RawPath == "" {
			return value
		}
		unescaped, err := url.PathUnescape(value)
		if err != nil { // the path was read before, so it cannot be
			return value
		}
		return unescaped
	}
}

// handle counts the request, validates it, and calls the handler.
func (s *Server) handle(c echo.Context, op *contract.Operation, who string, next echo.HandlerFunc) error {
	if err := s.limit(c, op.RateClass, who); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if me := db.IdentityFrom(ctx); me != nil && c.Request().Method != http.MethodGet {
		if err := session.CheckExpectedUser(ctx, me.UserID); err != nil {
			return err
		}
	}
	if op.RateClass == classNone {
		return inTime(ctx, c, handleTimeout, next) // a probe; some orchestrators add their own parameters
	}
	if err := op.CheckParameters(c.Request(), pathParam(c)); err != nil {
		return err
	}
	var received contract.File
	if op.HasBody() {
		body, done, err := s.receive(c, op, who)
		if err != nil {
			return err
		}
		defer done()
		received = body
	}
	return s.inSlot(c, op, who, func(c echo.Context) error {
		var body []byte
		switch {
		case op.TakesFile():
			body = received.Content
			file := room.File{Name: received.Name, Type: received.Type, Bytes: len(body)}
			r := c.Request().WithContext(room.WithFile(c.Request().Context(), file))
			r.Body = io.NopCloser(bytes.NewReader(body)) // the handler reads it itself
			c.SetRequest(r)
		case op.HasBody():
			var err error
			if body, err = op.CheckBody(c.Request().Context(), received.Content); err != nil {
				return err
			}
			c.Set(bodyKey, body)
		}
		if key := c.Request().Header.Get(headerIdempotencyKey); key != "" && takesKey(op) {
			return s.runOnce(c, op, key, body, next)
		}
		return next(c)
	})
}

// inTime limits the time of the handler. net/http limits the time that the body takes.
func inTime(ctx context.Context, c echo.Context, limit time.Duration, next echo.HandlerFunc) error {
	r := c.Request()
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	c.SetRequest(r.WithContext(bounded))
	err := next(c)
	if err != nil && errors.Is(bounded.Err(), context.DeadlineExceeded) {
		err = problem.New(problem.TimedOut).Wrap(err).WithRetryAfter(time.Second)
	}
	// Later middleware must not read our own cancel as a lost client.
	c.SetRequest(r)
	return err
}

const bodyKey = "validated body"

// binder decodes the validated bytes, never the request itself.
type binder struct{}

func (binder) Bind(into any, c echo.Context) error {
	body, _ := c.Get(bodyKey).([]byte)
	if err := json.Unmarshal(body, into); err != nil {
		// The contract accepted the body, so the contract and the generated type differ.
		return fmt.Errorf("decode validated body: %w", err)
	}
	return nil
}

// logAccess writes one log line per request, after the response.
func (s *Server) logAccess(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		r, w := c.Request(), c.Response()
		status := w.Status
		if r.Context().Err() == context.Canceled && !w.Committed {
			status = statusCallerGone
		}
		slog.LogAttrs(r.Context(), slog.LevelInfo, "api_request",
			slog.String("method", r.Method),
			slog.String("path", clip(r.URL.Path)),
			slog.Int("status", status),
			slog.Float64("duration_ms", float64(time.Since(start).Microseconds())/1000),
			slog.Int64("bytes", w.Size),
			slog.String("ip", c.RealIP()),
			slog.String("user_agent", clip(r.UserAgent())),
		)
		return nil // the response is written
	}
}

// clip shortens a client's text for the log.
func clip(s string) string {
	const limit = 300
	if len(s) > limit {
		return strings.ToValidUTF8(s[:limit], "") + "…"
	}
	return s
}
