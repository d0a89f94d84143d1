package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// statusCallerGone is nginx's status for a client that closed the connection. It appears in logs only.
const statusCallerGone = 499

// writeError writes the response for an error. No other function does.
func (s *Server) writeError(err error, c echo.Context) {
	ctx := c.Request().Context()
	p := toProblem(err)
	if p.Type == problem.NotFound && !strings.Contains(c.Path(), ":") {
		// The path names nothing that could be missing except the account: it was deleted during this request.
		p = problem.New(problem.SessionEnded).Wrap(err)
	}
	logError(ctx, p, err)
	w := c.Response()
	if w.Committed {
		return // part of the response is sent; the closed connection tells the client
	}
	if p.Type.Status == http.StatusUnauthorized {
		w.Header().Set(echo.HeaderWWWAuthenticate, challenge(p.Type.Code))
		w.Header().Del("X-User-Id") // the token was valid, but nobody is signed in
	}
	if p.RetryAfter > 0 {
		w.Header().Set(echo.HeaderRetryAfter, strconv.Itoa(rate.Seconds(p.RetryAfter)))
	}
	if allow := w.Header().Get(echo.HeaderAllow); p.Type.Status == http.StatusMethodNotAllowed {
		w.Header().Set(echo.HeaderAllow, allowHead(allow))
	}
	body, _ := json.Marshal(p.Document(logs.ScopeFrom(ctx).RequestID)) // strings and numbers only
	w.Header().Set(echo.HeaderContentType, "application/problem+json")
	w.WriteHeader(p.Type.Status)
	if c.Request().Method != http.MethodHead {
		_, _ = w.Write(append(body, '\n')) // a lost client is in the access log
	}
}

// allowHead adds HEAD to a list of methods that has GET.
func allowHead(methods string) string {
	if list := strings.Split(methods, ", "); slices.Contains(list, http.MethodGet) && !slices.Contains(list, http.MethodHead) {
		return methods + ", " + http.MethodHead
	}
	return methods
}

// challenge returns the WWW-Authenticate value of RFC 6750. It has no error attribute when no token was sent.
func challenge(code string) string {
	if code == problem.MissingToken.Code || code == problem.InvalidCredentials.Code {
		return "Bearer"
	}
	return `Bearer error="invalid_token"`
}

// toProblem converts an error to the problem that a client may read.
func toProblem(err error) *problem.Problem {
	err = validation.FromRefusal(err, "")
	var p *problem.Problem
	var httpError *echo.HTTPError
	var auth *gotrue.Error
	switch {
	case errors.As(err, &p):
		if p.Type.Status == http.StatusServiceUnavailable && p.RetryAfter == 0 {
			return p.WithRetryAfter(time.Second)
		}
		return p
	case errors.As(err, &httpError):
		switch httpError.Code {
		case http.StatusNotFound:
			return problem.New(problem.RouteNotFound)
		case http.StatusMethodNotAllowed:
			return problem.New(problem.MethodNotAllowed)
		case http.StatusRequestEntityTooLarge:
			return problem.New(problem.BodyTooLarge)
		case http.StatusBadRequest: // a parameter that the generated code could not read
			return problem.Invalid(problem.InvalidValue.At("")).Wrap(err)
		}
		return problem.New(problem.InternalError).Wrap(err)
	case errors.Is(err, gotrue.ErrUnavailable):
		wait := time.Second
		if errors.As(err, &auth) && auth.Status == http.StatusTooManyRequests {
			return problem.New(problem.IdentityProviderBusy).Wrap(err).WithRetryAfter(max(auth.RetryAfter, 2*time.Second))
		}
		return problem.New(problem.AuthUnavailable).Wrap(err).WithRetryAfter(wait)
	}
	switch db.Diagnose(err) {
	case db.SessionEnded:
		return problem.New(problem.SessionEnded).Wrap(err)
	case db.NoRows, db.Refused:
		return problem.New(problem.NotFound).Wrap(err)
	case db.Duplicate:
		return problem.New(problem.Conflict).Wrap(err)
	case db.Unavailable:
		if errors.Is(err, db.ErrBusy) {
			return problem.New(problem.Overloaded).Wrap(err).WithRetryAfter(time.Second)
		}
		return problem.New(problem.DatabaseUnavailable).Wrap(err).WithRetryAfter(time.Second)
	case db.CallerGone:
		return problem.New(problem.TimedOut).Wrap(err).WithRetryAfter(time.Second) // the client is gone and does not read it
	}
	return problem.New(problem.InternalError).Wrap(err)
}

// logError logs at info what a client caused, at warn what ends by itself, and at error what somebody must fix.
func logError(ctx context.Context, p *problem.Problem, err error) {
	level, event := slog.LevelInfo, "api_refused"
	switch {
	case ctx.Err() == context.Canceled && p.Type.Code != problem.BodyTooSlow.Code: // net/http cancels the context of a slow body, too
		event = "api_caller_gone"
	case p.Type.Code == problem.DatabaseUnavailable.Code:
		level, event = logs.LevelCritical, "db_query_failed"
	case p.Type.Code == problem.Overloaded.Code && p.Err == nil: // a full server, one line of level info: there may be thousands a second
		event = "api_unavailable"
	case p.Type.Status == http.StatusServiceUnavailable:
		level, event = slog.LevelWarn, "api_unavailable"
	case p.Type.Status >= http.StatusInternalServerError:
		level, event = slog.LevelError, "api_error"
	case p.Type.Code == problem.MissingToken.Code:
		event = "auth_missing_token"
	case p.Type.Status == http.StatusUnauthorized:
		event = "auth_invalid_token"
	}
	slog.LogAttrs(ctx, level, event, slog.String("code", p.Type.Code), slog.Int("status", p.Type.Status), slog.Any("error", err))
}
