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

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
)

var (
	// ErrInProgress means that another request holds the key at this moment.
	ErrInProgress = errors.New("the idempotency key is taken at the moment")
	// ErrMismatch means that the key was used for another request.
	ErrMismatch = errors.New("the idempotency key was used for another request")
)

// Answer is what went to the client.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Keys are the keys of all people, in Postgres.
type Keys struct{ db *db.DB }

// New keeps them in d.
func New(d *db.DB) Keys { return Keys{d} }

// Claim takes the key of the person in ctx until the unit of work ends. It answers what the same request was answered
// before, or nil when it has to be done now.
func (k Keys) Claim(ctx context.Context, key string, fingerprint []byte) (*Answer, error) {
	row, err := k.db.ClaimIdempotencyKey(ctx, queries.ClaimIdempotencyKeyParams{UserID: db.IdentityFrom(ctx).UserID, Key: key})
	refusal, refused := db.RefusalOf(err)
	switch {
	case db.IsNoRows(err):
		return nil, nil
	case refused && refusal.Rule == "idempotency_in_progress":
		return nil, ErrInProgress
	case err != nil:
		return nil, err
	case !bytes.Equal(row.Fingerprint, fingerprint):
		return nil, ErrMismatch
	}
	answer := Answer{Status: int(row.Status), Body: row.Body}
	if err := json.Unmarshal(row.Headers, &answer.Header); err != nil {
		return nil, fmt.Errorf("read stored headers: %w", err)
	}
	return &answer, nil
}

// Store records the answer and commits the unit of work.
func (k Keys) Store(ctx context.Context, key string, fingerprint []byte, a Answer) error {
	headers, err := json.Marshal(a.Header)
	if err != nil {
		return err
	}
	if a.Body == nil {
		a.Body = []byte{}
	}
	return k.db.StoreIdempotentAnswer(db.Last(ctx), queries.StoreIdempotentAnswerParams{
		UserID: db.IdentityFrom(ctx).UserID, Key: key, Fingerprint: fingerprint, Status: int16(a.Status), Headers: headers, Body: a.Body,
	})
}
