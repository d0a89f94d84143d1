package gotrue

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"

	"github.com/google/uuid"
)

// SessionOfRefreshToken returns the session id in a refresh token of algorithm version 2: base64url of a zero byte, the session id, a
// counter, 16 bytes of signature and 4 bytes of checksum. It checks the checksum; only the server can check the signature. Version 1
// tokens (12 letters and digits) name no session; the server has a row for each.
func SessionOfRefreshToken(token string) (session uuid.UUID, ok bool) {
	const checksum, shortest = 4, 1 + 16 + 1 + 16 + 4
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < shortest || raw[0] != 0 {
		return uuid.Nil, false
	}
	sum := sha256.Sum256(raw[:len(raw)-checksum])
	if !bytes.Equal(sum[:checksum], raw[len(raw)-checksum:]) {
		return uuid.Nil, false
	}
	session, err = uuid.FromBytes(raw[1:17])
	return session, err == nil
}
