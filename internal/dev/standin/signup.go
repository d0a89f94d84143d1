package standin

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

var errUserExists = refuse(http.StatusUnprocessableEntity, "user_already_exists", "User already registered")

type signupParams struct {
	Email    string         `json:"email"`
	Phone    string         `json:"phone"`
	Password string         `json:"password"`
	Data     map[string]any `json:"data"`
	challenge
}

func (s *Server) signup(w http.ResponseWriter, r *http.Request) error {
	var in signupParams
	if err := decode(r, &in); err != nil {
		return err
	}
	email, err := s.checkSignup(r, in)
	if err != nil {
		return err
	}
	// Before the lookup, so that a taken address takes as long as a new one.
	hash, err := s.hash(in.Password)
	if err != nil {
		return err
	}
	a, g, err := s.createOrRemind(r, in, email, hash)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.ConstraintName == "users_email_partial_key" {
		// Two signups of one address at once; the real server returns 500.
		if s.o.Autoconfirm {
			return errUserExists
		}
		a, err = nil, nil
	}
	if err != nil {
		return saveError(err)
	}
	switch {
	case a == nil:
		writeJSON(w, http.StatusOK, s.inventedUser(email, in.Data))
	case g == nil:
		writeJSON(w, http.StatusOK, a)
	default:
		// The real server returns what it has in memory, where metadata and identity are one map.
		a.Identities[0].Data["email_verified"] = true
		g.announce(w)
		writeJSON(w, http.StatusOK, g)
	}
	return nil
}

// checkSignup checks a signup in the order of the real server and returns the address in lower case.
func (s *Server) checkSignup(r *http.Request, in signupParams) (email string, err error) {
	switch {
	case in.Email == "" && in.Phone == "":
		return "", refuse(http.StatusUnprocessableEntity, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")
	case s.o.SignupDisabled:
		return "", refuse(http.StatusUnprocessableEntity, "signup_disabled", "Signups not allowed for this instance")
	case foreignAudience(r):
		return "", errAudience
	case in.Password == "":
		return "", invalid("Signup requires a valid password")
	}
	if err := s.checkPassword(in.Password); err != nil {
		return "", err
	}
	if in.Email != "" && in.Phone != "" {
		return "", invalid("Only an email address or phone number should be provided on signup.")
	}
	if in.Phone != "" {
		return "", refuse(http.StatusBadRequest, "phone_provider_disabled", "Phone signups are disabled")
	}
	if err := in.challenge.check(); err != nil {
		return "", err
	}
	return address(in.Email)
}

// createOrRemind creates the account, or sends the confirmation mail of an unconfirmed one again. It returns a session only with
// Autoconfirm, and no account when the address is taken and that must stay hidden.
func (s *Server) createOrRemind(r *http.Request, in signupParams, email, hash string) (a *account, g *grant, err error) {
	ctx := r.Context()
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		found, err := accountByEmail(ctx, tx, email)
		switch {
		case errors.Is(err, errNoAccount):
			a = s.newAccount(email, hash, in.Data)
			if err := a.insert(ctx, tx, merged(a.UserMetadata, nil)); err != nil {
				return err
			}
		case err != nil:
			return err
		case s.o.Autoconfirm:
			return errUserExists
		case found.confirmed():
			return nil
		default:
			// The first password and metadata stay: this may be somebody else.
			if a, err = lockAccount(ctx, tx, found.ID); err != nil {
				return err
			}
		}
		if !s.o.Autoconfirm {
			return s.mailToken(ctx, tx, r, a, mailing{kind: kindSignup, challenge: in.challenge})
		}
		a.confirm(s.now())
		opened, err := s.openSession(ctx, tx, r, a, "password")
		g = &opened
		return err
	})
	return a, g, err
}

// newAccount returns an account with e-mail and password that is not in the database yet.
func (s *Server) newAccount(email, hash string, data map[string]any) *account {
	now := s.now()
	id := uuid.New()
	return &account{
		ID: id, Aud: ownAudience, Role: "authenticated", Email: email, passwordHash: hash,
		AppMetadata: map[string]any{"provider": "email", "providers": []string{"email"}},
		// The server's own keys overwrite those of the caller.
		UserMetadata: merged(merged(nil, data), map[string]any{
			"sub": id.String(), "email": email, "email_verified": false, "phone_verified": false,
		}),
		CreatedAt: now, UpdatedAt: now,
	}
}

// inventedUser returns a user that hides that the address is taken: it looks like a new one with a mail sent.
func (s *Server) inventedUser(email string, data map[string]any) *account {
	now := s.now()
	return &account{
		ID: uuid.New(), Aud: ownAudience, Email: email, ConfirmationSentAt: &now,
		AppMetadata:  map[string]any{"provider": "email", "providers": []string{"email"}},
		UserMetadata: merged(nil, data), Identities: []identity{},
		CreatedAt: now, UpdatedAt: now,
	}
}

// recover sends a mail if the address has an account. The response is always the same.
func (s *Server) recover(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Email string `json:"email"`
		challenge
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if in.Email == "" {
		return invalid("Password recovery requires an email")
	}
	if err := in.challenge.check(); err != nil {
		return err
	}
	email, err := address(in.Email)
	if err != nil {
		return err
	}
	return s.mailTo(w, r, email, mailing{kind: kindRecovery, challenge: in.challenge}, nil)
}

// resend sends a confirmation mail again if the confirmation is missing.
func (s *Server) resend(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Type  string `json:"type"`
		Email string `json:"email"`
		Phone string `json:"phone"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	switch in.Type {
	case kindSignup, kindEmailChange:
	case "sms", "phone_change":
		return refuse(http.StatusBadRequest, "phone_provider_disabled", "Phone logins are disabled")
	default:
		return invalid("Missing one of these types: signup, email_change, sms, phone_change")
	}
	if in.Email == "" {
		return invalid("Type provided requires an email address")
	}
	if in.Phone != "" {
		return invalid("Only an email address or phone number should be provided.")
	}
	email, err := address(in.Email)
	if err != nil {
		return err
	}
	return s.mailTo(w, r, email, mailing{kind: in.Type}, func(a *account) bool {
		if in.Type == kindSignup {
			return !a.confirmed()
		}
		return a.EmailChange != ""
	})
}

// otp sends a sign-in link to a known address. It creates no users.
func (s *Server) otp(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Email string `json:"email"`
		Phone string `json:"phone"`
		challenge
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if in.Phone != "" {
		return refuse(http.StatusUnprocessableEntity, "phone_provider_disabled", "Phone logins are disabled")
	}
	if err := in.challenge.check(); err != nil {
		return err
	}
	email, err := address(in.Email)
	if err != nil {
		return err
	}
	if _, err := accountByEmail(r.Context(), s.o.Pool, email); errors.Is(err, errNoAccount) {
		return refuse(http.StatusUnprocessableEntity, "otp_disabled", "Signups not allowed for otp")
	}
	return s.mailTo(w, r, email, mailing{kind: kindMagicLink, challenge: in.challenge}, nil)
}

// mailTo sends a mail if the address has an account and condition, which may be nil, returns true. The response is always the same.
func (s *Server) mailTo(w http.ResponseWriter, r *http.Request, email string, m mailing, condition func(*account) bool) error {
	ctx := r.Context()
	err := pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		found, err := accountByEmail(ctx, tx, email)
		if errors.Is(err, errNoAccount) {
			return nil
		}
		if err != nil {
			return err
		}
		a, err := lockAccount(ctx, tx, found.ID)
		if errors.Is(err, errNoAccount) {
			return nil
		}
		if err != nil {
			return err
		}
		if condition != nil && !condition(a) {
			return nil
		}
		err = s.mailToken(ctx, tx, r, a, m)
		return err
	})
	if err != nil {
		return fmt.Errorf("mail %s: %w", m.kind, err)
	}
	writeJSON(w, http.StatusOK, struct{}{})
	return nil
}
