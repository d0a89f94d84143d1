package standin

import (
	"context"
	"errors"
	"net/http"

	"github.com/jackc/pgx/v5"
)

var errEmailExists = refuse(http.StatusUnprocessableEntity, "email_exists", "A user with this email address has already been registered")

func (s *Server) getUser(w http.ResponseWriter, r *http.Request) error {
	who, err := s.authenticate(r)
	if err != nil {
		return err
	}
	if len(who.claims.Audience) == 0 || foreignAudience(r) {
		return errAudience
	}
	writeJSON(w, http.StatusOK, who.account)
	return nil
}

// updateUser changes password, address or metadata of the signed-in user.
func (s *Server) updateUser(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	who, err := s.authenticate(r)
	if err != nil {
		return err
	}
	var in userParams
	if err := decode(r, &in); err != nil {
		return err
	}
	email, hash, err := s.checkUserUpdate(ctx, who, in)
	if err != nil {
		return err
	}
	var a *account
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		var err error
		if a, err = lockAccount(ctx, tx, who.account.ID); err != nil {
			return err
		}
		if hash != "" {
			if err := a.setPassword(ctx, tx, hash, who.session); err != nil {
				return err
			}
		}
		if in.Data != nil {
			a.mergeUserMetadata(in.Data)
		}
		if in.AppMetadata != nil {
			a.mergeAppMetadata(in.AppMetadata)
		}
		if email != "" && email != a.Email {
			a.EmailChange = email
			return s.mailToken(ctx, tx, r, a, mailing{kind: kindEmailChange, challenge: in.challenge})
		}
		return a.save(ctx, tx, s.now())
	})
	if err != nil {
		return saveError(err)
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}

type userParams struct {
	Email       *string        `json:"email"`
	Phone       string         `json:"phone"`
	Password    *string        `json:"password"`
	Data        map[string]any `json:"data"`
	AppMetadata map[string]any `json:"app_metadata"`
	challenge
}

// checkUserUpdate checks an update in the order of the real server. It returns the new address and the new password hash, each
// "" when it does not change.
func (s *Server) checkUserUpdate(ctx context.Context, who caller, in userParams) (email, hash string, err error) {
	if in.AppMetadata != nil && who.claims.Role != "service_role" && who.claims.Role != "supabase_admin" {
		return "", "", refuse(http.StatusForbidden, "not_admin", "Updating app_metadata requires admin privileges")
	}
	if in.Phone != "" {
		return "", "", refuse(http.StatusBadRequest, "phone_provider_disabled", "Phone logins are disabled")
	}
	if err := in.challenge.check(); err != nil {
		return "", "", err
	}
	if in.Email != nil && *in.Email != "" {
		if email, err = address(*in.Email); err != nil {
			return "", "", err
		}
	}
	if email != "" && email != who.account.Email {
		switch _, err := accountByEmail(ctx, s.o.Pool, email); {
		case err == nil:
			return "", "", errEmailExists
		case !errors.Is(err, errNoAccount):
			return "", "", err
		}
	}
	if in.Password == nil {
		return email, "", nil
	}
	if err := s.checkPassword(*in.Password); err != nil {
		return "", "", err
	}
	if who.account.passwordHash != "" && s.matches(who.account, *in.Password) {
		return "", "", refuse(http.StatusUnprocessableEntity, "same_password", "New password should be different from the old password.")
	}
	hash, err = s.hash(*in.Password)
	return email, hash, err
}

// reauthenticate mails a code. Nothing requires it: password changes need no nonce here.
func (s *Server) reauthenticate(w http.ResponseWriter, r *http.Request) error {
	who, err := s.authenticate(r)
	if err != nil {
		return err
	}
	return s.mailTo(w, r, who.account.Email, mailing{kind: kindReauth}, nil)
}
