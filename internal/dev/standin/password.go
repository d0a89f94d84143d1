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

// maxPassword is all bcrypt looks at, in bytes, whatever the message calls them.
const maxPassword = 72

// checkPassword applies the rules for new passwords.
func (s *Server) checkPassword(password string) error {
	if len(password) > maxPassword {
		return invalid(fmt.Sprintf("Password cannot be longer than %d characters", maxPassword))
	}
	if w := s.weakness(password); w != nil {
		return &refusal{status: http.StatusUnprocessableEntity, code: "weak_password", msg: w.Message, reasons: w.Reasons}
	}
	return nil
}

// weakness says why a password would not be taken today. It is told at login, too.
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

// matches takes the same time whether there is an account or not: without one, the password is
// compared with a hash that nobody knows the password of.
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

// addressForm is the expression the real server uses: `a@b` and `a..b@example.com` pass, ü does not.
var addressForm = regexp.MustCompile(
	"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
)

// address checks an e-mail address and answers it in lower case, untrimmed.
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
