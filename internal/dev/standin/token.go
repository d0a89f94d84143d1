package standin

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
)

// token dispatches on grant_type from the query or a form. With a form there is no JSON body.
func (s *Server) token(w http.ResponseWriter, r *http.Request) error {
	switch r.FormValue("grant_type") {
	case "password":
		return s.passwordGrant(w, r)
	case "refresh_token":
		return s.refreshGrant(w, r)
	case "pkce":
		return s.pkceGrant(w, r)
	}
	return refuse(http.StatusBadRequest, "invalid_credentials", "unsupported_grant_type")
}

var errCredentials = refuse(http.StatusBadRequest, "invalid_credentials", "Invalid login credentials")

func (s *Server) passwordGrant(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var in struct {
		Email    string `json:"email"`
		Phone    string `json:"phone"`
		Password string `json:"password"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	switch {
	case in.Email != "" && in.Phone != "":
		return invalid("Only an email address or phone number should be provided on login.")
	case in.Phone != "":
		return refuse(http.StatusUnprocessableEntity, "phone_provider_disabled", "Phone logins are disabled")
	case in.Email == "":
		return invalid("missing email or phone")
	}
	a, err := accountByEmail(ctx, s.o.Pool, strings.ToLower(in.Email))
	if errors.Is(err, errNoAccount) || foreignAudience(r) {
		a = nil
	} else if err != nil {
		return err
	}
	if a != nil && a.banned(s.now()) {
		return refuse(http.StatusBadRequest, "user_banned", "User is banned")
	}
	if !s.matches(a, in.Password) {
		return errCredentials
	}
	if !a.confirmed() {
		return refuse(http.StatusBadRequest, "email_not_confirmed", "Email not confirmed")
	}
	var g grant
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		locked, err := lockAccount(ctx, tx, a.ID)
		if errors.Is(err, errNoAccount) || (err == nil && (locked.passwordHash != a.passwordHash || locked.banned(s.now()))) {
			return errCredentials // the account changed during the comparison
		}
		if err != nil {
			return err
		}
		g, err = s.openSession(ctx, tx, r, locked, "password")
		return err
	})
	if err != nil {
		return err
	}
	g.announce(w)
	writeJSON(w, http.StatusOK, struct {
		grant
		WeakPassword *weakPassword `json:"weak_password"`
	}{g, s.weakness(in.Password)})
	return nil
}

var refreshTokenForm = regexp.MustCompile(`^[a-z0-9]{12}$`)

func (s *Server) refreshGrant(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		RefreshToken string `json:"refresh_token"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	if !refreshTokenForm.MatchString(in.RefreshToken) {
		return invalid("Refresh token is not valid")
	}
	out, err := s.rotate(r.Context(), r, in.RefreshToken)
	switch {
	case errors.Is(err, errNoRefreshToken):
		return refuse(http.StatusBadRequest, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
	case err != nil:
		return err
	case out.banned:
		w.Header().Set("Sb-Auth-User-Id", out.user.String())
		return refuse(http.StatusBadRequest, "user_banned", "Invalid Refresh Token: User Banned")
	case out.reused:
		w.Header().Set("Sb-Auth-User-Id", out.user.String())
		w.Header().Set("Sb-Auth-Session-Id", out.session.String())
		return refuse(http.StatusBadRequest, "refresh_token_already_used", "Invalid Refresh Token: Already Used")
	}
	out.grant.announce(w)
	if out.fresh {
		w.Header().Set("Sb-Auth-Refresh-Token-Reuse", "false")
	}
	writeJSON(w, http.StatusOK, out.grant)
	return nil
}

func (s *Server) logout(w http.ResponseWriter, r *http.Request) error {
	who, err := s.authenticate(r)
	if err != nil {
		return err
	}
	id := who.account.ID
	scope := r.URL.Query().Get("scope")
	switch {
	case scope == "" || scope == "global" || (scope == "local" && who.session == [16]byte{}):
		// A token without a session ends all sessions.
		_, err = s.o.Pool.Exec(r.Context(), `delete from auth.sessions where user_id = $1`, id)
	case scope == "local":
		_, err = s.o.Pool.Exec(r.Context(), `delete from auth.sessions where user_id = $1 and id = $2`, id, who.session)
	case scope == "others":
		_, err = s.o.Pool.Exec(r.Context(), `delete from auth.sessions where user_id = $1 and id <> $2`, id, who.session)
	default:
		return invalid("Unsupported logout scope " + `"` + scope + `"`)
	}
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
