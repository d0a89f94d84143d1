// Package idempotency stores the response to a write under the key that its client sent. The same request with the same
// key gets the stored response and writes nothing.
package idempotency

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
)

// ErrMismatch means that the key was used for a different request.
var ErrMismatch = errors.New("the idempotency key was used for a different request")

// Response is a stored response.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Keys is the table of keys in Postgres.
type Keys struct{ db *db.DB }

// New returns the table of keys in d.
func New(d *db.DB) Keys { return Keys{d} }

// Claim locks the key of the person in ctx until the transaction ends. It is sent with the next statement, which does not
// run when the key is locked or has a stored response; Refused reports that.
func (k Keys) Claim(ctx context.Context, key string) error {
	return k.db.ClaimIdempotencyKey(db.Queued(ctx), queries.ClaimIdempotencyKeyParams{UserID: db.IdentityFrom(ctx).UserID, Key: key})
}

// Refused reports whether err means that a claimed key is locked now or has a stored response.
func Refused(err error) bool {
	refusal, ok := db.RefusalOf(err)
	return ok && strings.HasPrefix(refusal.Code, "idempotency_")
}

// Find returns the stored response of the same request, or nil.
func (k Keys) Find(ctx context.Context, key string, fingerprint []byte) (*Response, error) {
	row, err := k.db.GetIdempotentAnswer(ctx, queries.GetIdempotentAnswerParams{UserID: db.IdentityFrom(ctx).UserID, Key: key})
	switch {
	case db.IsNoRows(err):
		return nil, nil
	case err != nil:
		return nil, err
	case !bytes.Equal(row.Fingerprint, fingerprint):
		return nil, ErrMismatch
	}
	stored := Response{Status: int(row.Status), Body: row.Body}
	if err := json.Unmarshal(row.Headers, &stored.Header); err != nil {
		return nil, fmt.Errorf("read stored headers: %w", err)
	}
	return &stored, nil
}

// Store saves the response and commits the transaction.
func (k Keys) Store(ctx context.Context, key string, fingerprint []byte, r Response) error {
	headers, err := json.Marshal(r.Header)
	if err != nil {
		return err
	}
	if r.Body == nil {
		r.Body = []byte{}
	}
	return k.db.StoreIdempotentAnswer(db.AndCommit(ctx), queries.StoreIdempotentAnswerParams{
		UserID: db.IdentityFrom(ctx).UserID, Key: key, Fingerprint: fingerprint, Status: int16(r.Status), Headers: headers, Body: r.Body,
	})
}
