// Package page makes keyset pages: a cursor is the sort key of the last row, opaque to clients and checked when it comes back.
package page

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

const (
	// DefaultLimit is how many entries a page has when the client does not say; the contract tells the same number.
	DefaultLimit = 20
	macLen       = 8 // 64 bits: a forged cursor only ever reads the forger's own rows
)

// Cursors signs cursors, so that a changed one is refused instead of misread. Replicas share the key.
type Cursors struct{ key []byte }

// NewCursors takes any secret; it is hashed with a purpose of its own.
func NewCursors(secret string) Cursors {
	sum := sha256.Sum256([]byte("cursor\x00" + secret))
	return Cursors{sum[:]}
}

// Encode turns a sort key into a cursor. list names the list (its operation), so that a cursor of one list is no cursor
// of another.
func (c Cursors) Encode(list string, key any) (string, error) {
	body, err := json.Marshal(key)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(c.mac(list, body), body...)), nil
}

// Decode reads a cursor of that list into key. Anything else is a 400 problem `invalid_cursor`.
func (c Cursors) Decode(list, cursor string, key any) error {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	// encoding/base64 skips line breaks even when it is strict.
	if err != nil || strings.ContainsAny(cursor, "\r\n") || len(raw) < macLen || !hmac.Equal(raw[:macLen], c.mac(list, raw[macLen:])) {
		return problem.New(problem.InvalidCursor)
	}
	if err := json.Unmarshal(raw[macLen:], key); err != nil {
		return problem.New(problem.InvalidCursor).Wrap(err)
	}
	return nil
}

func (c Cursors) mac(list string, body []byte) []byte {
	h := hmac.New(sha256.New, c.key)
	h.Write([]byte(list))
	h.Write([]byte{0})
	h.Write(body)
	return h.Sum(nil)[:macLen]
}

// Limit is the page size asked for, or the default.
func Limit(limit *int) int {
	if limit == nil {
		return DefaultLimit
	}
	return *limit
}

// Cut takes the rows of a query that asked for one more than limit, and tells whether there are more.
func Cut[T any](rows []T, limit int) ([]T, bool) {
	if len(rows) > limit {
		return rows[:limit], true
	}
	return rows, false
}
