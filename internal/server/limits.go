package server

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// Rates are the rate limits. All except Failed are per minute; their names are the contract's x-rate-class.
type Rates struct {
	SignIn, Refresh, Read, Write, Coach, Public int
	// Failed sign-ins in 15 minutes per account and client address.
	Failed int
}

const (
	classNone   = "none"
	classPublic = "public"
	classFailed = "failed_sign_in"
	classKeys   = "idempotency_keys"

	// maxKeys is how many responses are kept per person and day under an Idempotency-Key. They have up to some 20 kB each.
	maxKeys = 5000
)

func (r Rates) classes() map[string]rate.Class {
	classes := map[string]rate.Class{classNone: {}}
	for _, c := range []rate.Class{
		{Name: "sign_in", Quota: r.SignIn, Window: time.Minute, Strict: true},
		{Name: classFailed, Quota: r.Failed, Window: 15 * time.Minute, Strict: true},
		{Name: "refresh", Quota: r.Refresh, Window: time.Minute},
		{Name: "read", Quota: r.Read, Window: time.Minute},
		{Name: "write", Quota: r.Write, Window: time.Minute},
		{Name: "coach", Quota: r.Coach, Window: time.Minute},
		{Name: classPublic, Quota: r.Public, Window: time.Minute},
		{Name: classKeys, Quota: maxKeys, Window: 24 * time.Hour},
	} {
		classes[c.Name] = c
	}
	return classes
}

// limit counts one request of who in the class and sets the RateLimit headers.
func (s *Server) limit(c echo.Context, class, who string) error {
	if class == classNone {
		return nil
	}
	ctx := c.Request().Context()
	if s.classes[class].Strict { // needs the database
		bounded, cancel := context.WithTimeout(ctx, handleTimeout)
		defer cancel()
		ctx = bounded
	}
	d, err := s.limiter.Take(ctx, s.classes[class], who)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h["Ratelimit-Policy"] = s.policies[class] // the canonical spelling, so that net/http need not convert it
	h["Ratelimit"] = []string{d.Header()}
	if !d.Allowed {
		return tooMany(d)
	}
	return nil
}

func tooMany(d rate.Decision) error {
	p := problem.New(problem.RateLimited).WithRetryAfter(d.RetryAfter)
	p.Detail = fmt.Sprintf("Too many requests. Try again in %d seconds.", rate.Seconds(d.RetryAfter))
	return p
}

// limitBody limits how much of a body is read. When some of it is left, net/http closes the connection.
func (s *Server) limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.Body == http.NoBody {
			return next(c)
		}
		limit := maxBody
		if op := s.o.Contract.Find(r.Method, c.Path()); op != nil && op.TakesFile() {
			limit = max(limit, op.MaxFileBody())
		}
		r.Body = http.MaxBytesReader(c.Response(), r.Body, int64(limit))
		return next(c)
	}
}

// waitsForAuth are the rate classes of operations that wait for Supabase Auth. They have their own slots, so that a slow
// identity provider cannot hold those of the database.
var waitsForAuth = map[string]bool{"sign_in": true, "refresh": true}

const (
	// maxArrivals is how many bodies may be arriving at the same time. They hold memory, at most 1 MiB each, and no slot.
	maxArrivals = 512
	// maxUploads is how many files may be arriving or read at the same time. They hold up to 25 MiB each until they are stored.
	maxUploads = 8
	// uploadTimeout lets 25 MiB arrive at 3.5 Mbit/s.
	uploadTimeout = time.Minute
)

// slotsOf returns the slots that an operation uses.
func (s *Server) slotsOf(op *contract.Operation) *share {
	if waitsForAuth[op.RateClass] {
		return s.authSlots
	}
	return s.slots
}

// shedding reports whether the server refused a request within the last second because it has too many.
func (s *Server) shedding() bool { return s.slots.wasFull(s.o.Now()) || s.turns.hasRefused(time.Now()) }

// refuseWhenFull refuses a request before any work when no slot is free.
func (s *Server) refuseWhenFull(op *contract.Operation) error {
	if op.RateClass != classNone && s.slotsOf(op).full(s.o.Now()) {
		return overloaded()
	}
	return nil
}

func overloaded() *problem.Problem {
	return problem.New(problem.Overloaded).WithRetryAfter(time.Second)
}

// tooManyAtOnce refuses a caller that holds its share.
func tooManyAtOnce() *problem.Problem {
	p := overloaded()
	p.Detail = "The service is busy, and you have many requests at the same time. Try again in a moment, with fewer."
	return p
}

// receive reads a body. It holds no slot, so that slow clients keep nobody else waiting. done gives the place of the body back;
// it is called when the request has ended.
func (s *Server) receive(c echo.Context, op *contract.Operation, who string) (body contract.File, done func(), err error) {
	if err := op.CheckMedia(c.Request()); err != nil {
		return body, nil, err
	}
	places := s.arrivals
	if op.TakesFile() {
		places = s.uploads
	}
	release, ok := places.take(s.o.Now(), rate.Address(c.RealIP()), who)
	if !ok {
		return body, nil, tooManyAtOnce()
	}
	if !op.TakesFile() {
		defer release()
		body.Content, err = op.ReadBody(c.Response(), c.Request())
		return body, func() {}, err
	}
	wire := http.NewResponseController(c.Response())
	_ = wire.SetReadDeadline(time.Now().Add(uploadTimeout)) // not supported in tests without a connection
	_ = wire.SetWriteDeadline(time.Now().Add(uploadTimeout + handleTimeout + writeTimeout))
	if body, err = op.ReadFile(c.Response(), c.Request()); err != nil {
		release()
		return body, nil, err
	}
	return body, release, nil
}

// inSlot runs work while it holds a slot. The response is collected and sent after the slot is released, so that clients
// that read slowly keep nobody else waiting. A handler streams a response with room.StartStream.
func (s *Server) inSlot(c echo.Context, op *contract.Operation, who string, work echo.HandlerFunc) error {
	wire, buffer := c.Response(), &buffered{header: http.Header{}}
	var later handedOver
	if err := s.collect(c, op, who, work, buffer, &later); err != nil {
		return err
	}
	if later.stream != nil {
		return s.sendStream(c, who, later)
	}
	if buffer.status == http.StatusCreated || buffer.status == http.StatusAccepted {
		if location := op.Location(buffer.body.Bytes()); location != "" {
			buffer.header.Set(echo.HeaderLocation, location)
		}
	}
	send(wire, cmp.Or(buffer.status, http.StatusOK), buffer.header, buffer.body.Bytes())
	return nil
}

func (s *Server) collect(
	c echo.Context, op *contract.Operation, who string, work echo.HandlerFunc, buffer *buffered, later *handedOver,
) error {
	ctx := c.Request().Context()
	held := &slot{
		shared: s.slotsOf(op), waiting: s.waiting, address: rate.Address(c.RealIP()), account: who, now: s.o.Now, ctx: ctx,
	}
	if held.shared == s.slots && !op.TakesFile() { // a file is read for seconds, and few are at the same time
		held.turns = s.turns
	}
	if !held.take(ctx) {
		return tooManyAtOnce()
	}
	defer held.drop()
	wire := c.Response()
	c.SetResponse(echo.NewResponse(buffer, c.Echo()))
	defer c.SetResponse(wire) // also after a panic, whose error response must reach the client
	limit := handleTimeout
	if slices.Contains(op.Parameters("query"), "wait") {
		limit += longestWait
		_ = http.NewResponseController(wire).
			SetWriteDeadline(time.Now().Add(limit + writeTimeout))
		// not supported in tests without a connection
	}
	return inTime(room.WithStreamer(room.WithWaiter(ctx, held), later), c, limit, work)
}

// clientIP returns the client's address. It uses only the part of X-Forwarded-For that trusted proxies wrote.
func clientIP(trusted []netip.Prefix) echo.IPExtractor {
	direct := echo.ExtractIPDirect()
	return func(r *http.Request) string {
		client := direct(r)
		peer, ok := parseHop(client)
		if !ok || !trusts(trusted, peer) {
			return client
		}
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for _, text := range slices.Backward(hops) {
			text = strings.TrimSpace(text)
			if text == "" {
				continue
			}
			hop, ok := parseHop(text)
			if !ok {
				return unknownClient(text)
			}
			client = hop.String()
			if !trusts(trusted, hop) {
				break
			}
		}
		return client
	}
}

func trusts(proxies []netip.Prefix, address netip.Addr) bool {
	return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(address) })
}

// parseHop reads an address with or without a port. Some proxies write the port, too.
func parseHop(text string) (netip.Addr, bool) {
	text = strings.Trim(text, `"`)
	address, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		withPort, err := netip.ParseAddrPort(text)
		if err != nil {
			return netip.Addr{}, false
		}
		address = withPort.Addr()
	}
	return address.Unmap().WithZone(""), true
}

// unknownClient is a name for a client whose address the proxy did not write: another one for each text, and no address.
func unknownClient(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "unknown-" + hex.EncodeToString(sum[:8])
}
