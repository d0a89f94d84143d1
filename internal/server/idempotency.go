package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/idempotency"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

const (
	headerIdempotencyKey     = "Idempotency-Key"
	headerIdempotentReplayed = "Idempotent-Replayed"
)

// answerOnce lets the handler's writes and the record of its answer live or die together: it opens the unit of work that
// the handler joins, takes the key with the handler's first statement, and puts nothing on the wire before the commit. A
// key that was answered before is answered from the record.
//
// Only successes are recorded. A refusal has written nothing, so asking again does no harm, may well succeed by then,
// and can be mended under the same key.
func (s *Server) answerOnce(c echo.Context, op *contract.Operation, key string, body []byte, next echo.HandlerFunc) error {
	wire, request := c.Response(), c.Request()
	fingerprint, err := fingerprintOf(op, request, body)
	if err != nil {
		return err
	}
	var answer idempotency.Response
	err = s.o.DB.Tx(request.Context(), func(ctx context.Context) error {
		if err := s.idempotency.Claim(ctx, key); err != nil {
			return err
		}
		buffer := &buffered{header: http.Header{}}
		c.SetResponse(echo.NewResponse(buffer, c.Echo()))
		c.SetRequest(request.WithContext(ctx))
		defer func() { // after a panic too: what is answered then goes to the wire
			c.SetResponse(wire)
			c.SetRequest(request)
		}()
		if err := next(c); err != nil {
			return err
		}
		if buffer.status < 200 || buffer.status > 299 {
			return fmt.Errorf("%s answered %d without an error", op.ID, buffer.status)
		}
		answer = idempotency.Response{Status: buffer.status, Header: buffer.header, Body: buffer.body.Bytes()}
		return s.idempotency.Store(ctx, key, fingerprint, answer)
	})
	// A handler may refuse before its first statement, and so before the claim, what it did when it was first asked.
	if _, refused := errors.AsType[*problem.Problem](err); refused || idempotency.Refused(err) {
		before, lost := s.idempotency.Find(request.Context(), key, fingerprint)
		switch {
		case errors.Is(lost, idempotency.ErrMismatch):
			return problem.New(problem.IdempotencyMismatch).Wrap(lost)
		case lost != nil:
			return lost
		case before != nil:
			answer, err = *before, nil
			slog.InfoContext(request.Context(), "api_answer_replayed")
			wire.Header().Set(headerIdempotentReplayed, "true")
		}
	}
	if idempotency.Refused(err) {
		return problem.New(problem.IdempotencyInProgress).Wrap(err).WithRetryAfter(time.Second)
	}
	if err != nil {
		return err
	}
	maps.Copy(wire.Header(), answer.Header)
	wire.WriteHeader(answer.Status)
	_, _ = wire.Write(answer.Body) // a caller who is gone asks again with the key
	return nil
}

// fingerprintOf tells one request from another: operation, path, query and the validated body, whatever the order of its
// names and its white space.
func fingerprintOf(op *contract.Operation, r *http.Request, body []byte) ([]byte, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%q\n%q\n", op.ID, r.URL.EscapedPath(), r.URL.RawQuery)
	if body != nil {
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("decode validated body: %w", err)
		}
		if err := json.NewEncoder(h).Encode(value); err != nil {
			return nil, err
		}
	}
	return h.Sum(nil), nil
}

// takesKey reports whether the contract gives the operation the header.
func takesKey(op *contract.Operation) bool {
	return slices.Contains(op.Parameters("header"), headerIdempotencyKey)
}

// buffered is an answer that waits for the commit.
type buffered struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (b *buffered) Header() http.Header { return b.header }

func (b *buffered) WriteHeader(status int) {
	if b.status == 0 {
		b.status = status
	}
}

func (b *buffered) Write(p []byte) (int, error) {
	b.WriteHeader(http.StatusOK)
	return b.body.Write(p)
}
