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

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/idempotency"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

const (
	headerIdempotencyKey     = "Idempotency-Key"
	headerIdempotentReplayed = "Idempotent-Replayed"
)

// runOnce runs the handler once per key. It opens the transaction that the handler joins, claims the key with the handler's
// first statement, stores the response in the same transaction, and sends it after the commit. So the handler's writes and
// the stored response are saved together or not at all. For a key with a stored response it sends that response.
//
// Only successes are stored. A refused request has written nothing: the client may correct it and send it with the same key.
func (s *Server) runOnce(c echo.Context, op *contract.Operation, key string, body []byte, next echo.HandlerFunc) error {
	wire, request := c.Response(), c.Request()
	fingerprint, err := fingerprintOf(op, request, body)
	if err != nil {
		return err
	}
	var response idempotency.Response
	err = s.o.DB.Tx(request.Context(), func(ctx context.Context) error {
		if err := s.idempotency.Claim(ctx, key); err != nil {
			return err
		}
		buffer := &buffered{header: http.Header{}}
		c.SetResponse(echo.NewResponse(buffer, c.Echo()))
		c.SetRequest(request.WithContext(ctx))
		defer func() { // also after a panic, whose error response must reach the client
			c.SetResponse(wire)
			c.SetRequest(request)
		}()
		if err := next(c); err != nil {
			return err
		}
		if buffer.status < 200 || buffer.status > 299 {
			return fmt.Errorf("%s returned status %d without an error", op.ID, buffer.status)
		}
		if err := s.limitKeys(ctx); err != nil {
			return err
		}
		response = idempotency.Response{Status: buffer.status, Header: buffer.header, Body: buffer.body.Bytes()}
		return s.idempotency.Store(ctx, key, fingerprint, response)
	})
	// A handler may refuse before its first statement, which would have claimed the key, although the first try succeeded.
	if _, refused := errors.AsType[*problem.Problem](err); refused || idempotency.Refused(err) {
		stored, findErr := s.idempotency.Find(request.Context(), key, fingerprint)
		switch {
		case errors.Is(findErr, idempotency.ErrMismatch):
			return problem.New(problem.IdempotencyMismatch).Wrap(findErr)
		case findErr != nil:
			return findErr
		case stored != nil:
			response, err = *stored, nil
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
	send(wire, response.Status, response.Header, response.Body) // a lost client can send the request again with the key
	return nil
}

// limitKeys counts a response that is to be stored. Above the limit the request fails, and its transaction is rolled back.
func (s *Server) limitKeys(ctx context.Context) error {
	d, err := s.limiter.Take(ctx, s.classes[classKeys], db.IdentityFrom(ctx).UserID.String())
	if err != nil || d.Allowed {
		return err
	}
	p := problem.New(problem.RateLimited).WithRetryAfter(d.RetryAfter)
	p.Detail = fmt.Sprintf("Too many requests with an Idempotency-Key: %d in 24 hours. Nothing was written.", maxKeys)
	return p
}

// fingerprintOf hashes operation, path, query and the validated body. The order of JSON names and white space do not
// change the hash; of a file each byte counts.
func fingerprintOf(op *contract.Operation, r *http.Request, body []byte) ([]byte, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%q\n%q\n", op.ID, r.URL.EscapedPath(), r.URL.RawQuery)
	if op.TakesFile() {
		_, _ = h.Write(body)
		return h.Sum(nil), nil
	}
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

// takesKey reports whether the operation has the header Idempotency-Key in the contract.
func takesKey(op *contract.Operation) bool {
	return slices.Contains(op.Parameters("header"), headerIdempotencyKey)
}

// send writes a response that was collected. That the client is lost is in the access log.
func send(w http.ResponseWriter, status int, header http.Header, body []byte) {
	maps.Copy(w.Header(), header)
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// buffered collects a response: until the commit with an Idempotency-Key, and until the slot is released.
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
