// Package page implements keyset pages. A cursor is the sort key of the last row, signed and opaque to clients.
package page

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

const (
	// DefaultLimit is the page size when the client sends none. The contract has the same number.
	DefaultLimit = 20
	macLen       = 8 // bytes; 64 bits are enough, since a forged cursor could only read the client's own rows
)

// Cursors signs cursors, so that a changed cursor is refused. Replicas share the key.
type Cursors struct{ key []byte }

// NewCursors derives the signing key from any secret.
func NewCursors(secret string) Cursors {
	sum := sha256.Sum256([]byte("cursor\x00" + secret))
	return Cursors{sum[:]}
}

// Encode turns a sort key into a cursor. list is the name of the list (its operation): a cursor of one list is not valid
// for another.
func (c Cursors) Encode(list string, key any) (string, error) {
	body, err := json.Marshal(key)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(c.mac(list, body), body...)), nil
}

// Decode reads a cursor of that list into key. For any other text it returns the 400 problem `invalid_cursor`.
func (c Cursors) Decode(list, cursor string, key any) error {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	// encoding/base64 skips line breaks even in strict mode.
	if err != nil || strings.ContainsAny(cursor, "\r\n") || len(raw) < macLen || !hmac.Equal(raw[:macLen], c.mac(list, raw[macLen:])) {
		return invalid(nil)
	}
	if err := json.Unmarshal(raw[macLen:], key); err != nil {
		return invalid(err)
	}
	return nil
}

func invalid(err error) *problem.Problem {
	return problem.New(problem.InvalidCursor).With(problem.Malformed.At("cursor")).Wrap(err)
}

func (c Cursors) mac(list string, body []byte) []byte {
	h := hmac.New(sha256.New, c.key)
	h.Write([]byte(list))
	h.Write([]byte{0})
	h.Write(body)
	return h.Sum(nil)[:macLen]
}

// Limit returns the requested page size, or the default.
func Limit(limit *int) int {
	if limit == nil {
		return DefaultLimit
	}
	return *limit
}

// Cut shortens the rows of a query that asked for limit + 1 rows, and reports whether there are more.
func Cut[T any](rows []T, limit int) ([]T, bool) {
	if len(rows) > limit {
		return rows[:limit], true
	}
	return rows, false
}

// Key is the position after the last row of a page in a list whose newest rows come first: the row's time, and its id where times are equal.
type Key struct {
	At time.Time `json:"t"`
	ID uuid.UUID `json:"i"`
}

// Newest is one page of such a list.
type Newest struct {
	// BeforeAt and BeforeID are where the page begins; nil for the first page.
	BeforeAt *time.Time
	BeforeID *uuid.UUID
	// Size is how many rows to read: one more than the page has, which tells whether another page follows.
	Size int32

	cursors Cursors
	list    string
}

// Newest reads the limit and the cursor of a request for a page of a list, which is named as in Encode.
func (c Cursors) Newest(list string, limit *int, cursor *string) (Newest, error) {
	p := Newest{Size: int32(Limit(limit) + 1), cursors: c, list: list}
	if cursor == nil {
		return p, nil
	}
	var after Key
	if err := c.Decode(list, *cursor, &after); err != nil {
		return p, err
	}
	p.BeforeAt, p.BeforeID = &after.At, &after.ID
	return p, nil
}

// Rows returns the rows of the page, of those that were read, and the cursor of the page that follows, or nil.
func Rows[T any](p Newest, rows []T, keyOf func(row T) Key) (page []T, next *string, err error) {
	return Next(p.cursors, p.list, int(p.Size)-1, rows, keyOf)
}

// Next is Rows for a list with a sort key of its own: limit + 1 rows were read, and the cursor holds the key of the last row of the page.
func Next[T, K any](c Cursors, list string, limit int, rows []T, keyOf func(row T) K) (page []T, next *string, err error) {
	page, more := Cut(rows, limit)
	if !more {
		return page, nil, nil
	}
	cursor, err := c.Encode(list, keyOf(page[len(page)-1]))
	return page, &cursor, err
}
