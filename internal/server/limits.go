package server

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/rate"
)

// Rates are the rate limits. All except Failed are per minute; their names are the contract's x-rate-class.
type Rates struct {
	SignIn, Refresh, Read, Write, Public int
	// Failed sign-ins in 15 minutes per account and client address.
	Failed int
}

const (
	classNone   = "none"
	classPublic = "public"
	classFailed = "failed_sign_in"
)

func (r Rates) classes() map[string]rate.Class {
	classes := map[string]rate.Class{classNone: {}}
	for _, c := range []rate.Class{
		{Name: "sign_in", Quota: r.SignIn, Window: time.Minute, Strict: true},
		{Name: classFailed, Quota: r.Failed, Window: 15 * time.Minute, Strict: true},
		{Name: "refresh", Quota: r.Refresh, Window: time.Minute},
		{Name: "read", Quota: r.Read, Window: time.Minute},
		{Name: "write", Quota: r.Write, Window: time.Minute},
		{Name: classPublic, Quota: r.Public, Window: time.Minute},
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
func limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if r := c.Request(); r.Body != http.NoBody {
			r.Body = http.MaxBytesReader(c.Response(), r.Body, maxBody)
		}
		return next(c)
	}
}

// shedLoad refuses requests above MaxInFlight. Probes of orchestrators are never refused.
func (s *Server) shedLoad(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if strings.HasPrefix(c.Path(), "/api/v1/health/") {
			return next(c)
		}
		select {
		case s.slots <- struct{}{}:
			defer func() { <-s.slots }()
			return next(c)
		default:
			return problem.New(problem.Overloaded).WithRetryAfter(time.Second)
		}
	}
}

// clientIP returns the client's address. It uses only the part of X-Forwarded-For that trusted proxies wrote.
func clientIP(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
