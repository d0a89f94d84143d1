package standin

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

// maxPassword is the number of bytes that bcrypt uses. The real server's message says characters.
const maxPassword = 72

// checkPassword checks a new password.
func (s *Server) checkPassword(password string) error {
	if len(password) > maxPassword {
		return invalid(fmt.Sprintf("Password cannot be longer than %d characters", maxPassword))
	}
	if w := s.weakness(password); w != nil {
		return &refusal{status: http.StatusUnprocessableEntity, code: "weak_password", msg: w.Message, reasons: w.Reasons}
	}
	return nil
}

// weakness returns why a password would be refused as a new one, or nil. Login returns it too.
func (s *Server) weakness(password string) *weakPassword {
	if len(password) >= s.o.PasswordMinLength {
		return nil
	}
	return &weakPassword{
		Message: fmt.Sprintf("Password should be at least %d characters.", s.o.PasswordMinLength),
		Reasons: []string{"length"},
	}
}

type weakPassword struct {
	Message string   `json:"message"`
	Reasons []string `json:"reasons"`
}

func (s *Server) hash(password string) (string, error) {
	b, err := bcrypt.GenerateFromPassword([]byte(password), s.o.HashCost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return string(b), nil
}

// matches takes the same time whether there is an account or not: without one, it compares the
// password with the hash of a random one.
func (s *Server) matches(a *account, password string) bool {
	if a == nil || a.passwordHash == "" {
		_ = s.compare(s.dummyHash, []byte(password))
		return false
	}
	return s.compare([]byte(a.passwordHash), []byte(password)) == nil
}

func randomPassword() string {
	b := make([]byte, 32)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// addressForm is the regular expression of the real server: `a@b` and `a..b@example.com` pass, ü does not.
var addressForm = regexp.MustCompile(
	"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
)

// address checks an e-mail address and returns it in lower case, not trimmed.
func address(email string) (string, error) {
	switch {
	case email == "":
		return "", invalid("An email address is required")
	case len(email) > 255:
		return "", invalid("An email address is too long")
	case !addressForm.MatchString(email):
		return "", invalid("Unable to validate email address: invalid format")
	}
	return strings.ToLower(email), nil
}
