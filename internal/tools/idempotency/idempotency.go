// Package idempotency remembers what was answered to a write, by the key that its client gave it, so that sending it
// again answers the same and writes nothing.
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

// ErrMismatch means that the key was used for another request.
var ErrMismatch = errors.New("the idempotency key was used for another request")

// Response is what went to the client.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Keys are the keys of all people, in Postgres.
type Keys struct{ db *db.DB }

// New keeps them in d.
func New(d *db.DB) Keys { return Keys{d} }

// Claim takes the key of the person in ctx until the unit of work ends. It travels with the next statement, which does
// not run where the key is taken or was answered before.
func (k Keys) Claim(ctx context.Context, key string) error {
	return k.db.ClaimIdempotencyKey(db.Queued(ctx), queries.ClaimIdempotencyKeyParams{UserID: db.IdentityFrom(ctx).UserID, Key: key})
}

// Refused tells whether err is a claim's: the key is taken at this moment, or was answered before.
func Refused(err error) bool {
	refusal, ok := db.RefusalOf(err)
	return ok && strings.HasPrefix(refusal.Code, "idempotency_")
}

// Find answers what the same request was answered before, or nil.
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
	answer := Response{Status: int(row.Status), Body: row.Body}
	if err := json.Unmarshal(row.Headers, &answer.Header); err != nil {
		return nil, fmt.Errorf("read stored headers: %w", err)
	}
	return &answer, nil
}

// Store records the answer and commits the unit of work.
func (k Keys) Store(ctx context.Context, key string, fingerprint []byte, a Response) error {
	headers, err := json.Marshal(a.Header)
	if err != nil {
		return err
	}
	if a.Body == nil {
		a.Body = []byte{}
	}
	return k.db.StoreIdempotentAnswer(db.AndCommit(ctx), queries.StoreIdempotentAnswerParams{
		UserID: db.IdentityFrom(ctx).UserID, Key: key, Fingerprint: fingerprint, Status: int16(a.Status), Headers: headers, Body: a.Body,
	})
}
