package gotrue

import (
	"crypto/sha256"
	"encoding/base64"
	"testing"

	"github.com/google/uuid"
)

// version2Token is a refresh token of algorithm version 2 with a signature of zeros.
func version2Token(session uuid.UUID, version byte) string {
	raw := append([]byte{version}, session[:]...)
	raw = append(raw, 7)                   // counter
	raw = append(raw, make([]byte, 16)...) // signature
	sum := sha256.Sum256(raw)
	return base64.RawURLEncoding.EncodeToString(append(raw, sum[:4]...))
}

func TestSessionOfRefreshToken_Version2_ReturnsSession(t *testing.T) {
	t.Parallel()
	session := uuid.New()
	got, ok := SessionOfRefreshToken(version2Token(session, 0))
	if !ok || got != session {
		t.Fatalf("got %v, %v, want %v", got, ok, session)
	}
}

func TestSessionOfRefreshToken_OtherTokens_ReturnNothing(t *testing.T) {
	t.Parallel()
	valid := version2Token(uuid.New(), 0)
	wrong := []byte(valid)
	wrong[len(wrong)-3] = 'A' // a whole digit of the checksum; the last one has bits that nobody reads
	if valid[len(valid)-3] == 'A' {
		wrong[len(wrong)-3] = 'B'
	}
	for name, token := range map[string]string{
		"version 1": "abcdefghijkl", "empty": "", "another version": version2Token(uuid.New(), 1),
		"wrong checksum": string(wrong), "cut off": valid[:len(valid)-8], "not base64": "!" + valid,
	} {
		if got, ok := SessionOfRefreshToken(token); ok {
			t.Errorf("%s: %v", name, got)
		}
	}
}
