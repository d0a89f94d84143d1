package standin

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// challenge is the public part of a PKCE exchange. With one, the link in a mail returns a code
// instead of tokens, and only the client that has the verifier can exchange it.
type challenge struct {
	Challenge string `json:"code_challenge"`
	Method    string `json:"code_challenge_method"`
}

// pkcePrefix marks one-time tokens that lead to a code.
const pkcePrefix = "pkce_"

var challengeForm = regexp.MustCompile(`^[A-Za-z0-9._~-]{43,128}$`)

func (c challenge) asked() bool { return c.Challenge != "" }

func (c challenge) check() error {
	switch {
	case (c.Challenge == "") != (c.Method == ""):
		return invalid("PKCE flow requires code_challenge_method and code_challenge")
	case c.Challenge == "":
		return nil
	case !strings.EqualFold(c.Method, "s256") && !strings.EqualFold(c.Method, "plain"):
		return invalid("code challenge method not supported")
	case !challengeForm.MatchString(c.Challenge):
		return invalid("code challenge has to be between 43 and 128 characters of the unreserved set")
	}
	return nil
}

func (c challenge) matches(verifier string) bool {
	if strings.EqualFold(c.Method, "s256") {
		sum := sha256.Sum256([]byte(verifier))
		verifier = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	return subtle.ConstantTimeCompare([]byte(verifier), []byte(c.Challenge)) == 1
}

// flows are unfinished PKCE sign-ins. They last minutes, so they are kept in memory only: after a
// restart the user requests another mail.
type flows struct {
	mu      sync.Mutex
	waiting map[string]flow // by one-time token
	codes   map[string]flow
}

type flow struct {
	challenge
	user uuid.UUID
	at   time.Time
}

// codeLife is the real server's default.
const codeLife = 5 * time.Minute

func newFlows() *flows { return &flows{waiting: map[string]flow{}, codes: map[string]flow{}} }

func (f *flows) expect(token string, user uuid.UUID, c challenge, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for k, w := range f.waiting {
		if now.Sub(w.at) > otpLife {
			delete(f.waiting, k)
		}
	}
	f.waiting[token] = flow{challenge: c, user: user, at: now}
}

// code returns an authorization code for a used one-time token.
func (f *flows) code(token string, now time.Time) (string, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	w, ok := f.waiting[token]
	if !ok {
		return "", false
	}
	delete(f.waiting, token)
	for k, c := range f.codes {
		if now.Sub(c.at) > codeLife {
			delete(f.codes, k)
		}
	}
	w.at = now
	code := uuid.NewString()
	f.codes[code] = w
	return code, true
}

var errNoFlow = refuse(http.StatusNotFound, "flow_state_not_found", "invalid flow state, no valid flow state found")

// redeem uses a code and returns its user. A wrong verifier does not use it up.
func (f *flows) redeem(code, verifier string, now time.Time) (uuid.UUID, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c, ok := f.codes[code]
	switch {
	case !ok:
		return uuid.Nil, errNoFlow
	case now.Sub(c.at) > codeLife:
		delete(f.codes, code)
		return uuid.Nil, refuse(http.StatusForbidden, "flow_state_expired", "invalid flow state, flow state has expired")
	case !c.matches(verifier):
		return uuid.Nil, refuse(http.StatusBadRequest, "bad_code_verifier", "code challenge does not match previously saved code verifier")
	}
	delete(f.codes, code)
	return c.user, nil
}

func (s *Server) pkceGrant(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		AuthCode     string `json:"auth_code"`
		CodeVerifier string `json:"code_verifier"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if in.AuthCode == "" || in.CodeVerifier == "" {
		return invalid("invalid request: both auth code and code verifier should be non-empty")
	}
	user, err := s.flows.redeem(in.AuthCode, in.CodeVerifier, s.now())
	if err != nil {
		return err
	}
	var g grant
	err = pgx.BeginFunc(r.Context(), s.o.Pool, func(tx pgx.Tx) error {
		a, err := lockAccount(r.Context(), tx, user)
		if errors.Is(err, errNoAccount) {
			return errNoFlow
		}
		if err != nil {
			return err
		}
		if a.banned(s.now()) {
			return refuse(http.StatusForbidden, "user_banned", "User is banned")
		}
		g, err = s.openSession(r.Context(), tx, r, a, "otp")
		return err
	})
	if err != nil {
		return err
	}
	g.announce(w)
	writeJSON(w, http.StatusOK, g)
	return nil
}
