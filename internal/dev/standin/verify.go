package standin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

var (
	errLink = refuse(http.StatusForbidden, "otp_expired", "Email link is invalid or has expired")
	errCode = refuse(http.StatusForbidden, "otp_expired", "Token has expired or is invalid")
)

// firstConfirmationMessage is the message when the first of two addresses has confirmed a change.
const firstConfirmationMessage = "Confirmation link accepted. Please proceed to confirm link sent to the other email"

// verify uses a token that an application posts: a hash from a link, or a code that a user typed.
func (s *Server) verify(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var in struct {
		Type      string `json:"type"`
		Token     string `json:"token"`
		TokenHash string `json:"token_hash"`
		Email     string `json:"email"`
		Phone     string `json:"phone"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	hash, wrong := in.TokenHash, errLink
	switch {
	case in.Type == "":
		return invalid("Verify requires a verification type")
	case in.Token == "" && in.TokenHash == "":
		return invalid("Verify requires either a token or a token hash")
	case in.Token != "" && in.TokenHash != "":
		return invalid("Verify requires either a token or a token hash")
	case in.TokenHash != "" && (in.Email != "" || in.Phone != ""):
		return invalid("Only the token_hash and type should be provided")
	case in.Token != "":
		email, err := address(in.Email)
		if err != nil {
			return err
		}
		hash, wrong = tokenHash(email, in.Token), errCode
	}

	var g *grant
	err := pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		a, complete, err := s.useToken(ctx, tx, in.Type, hash, wrong)
		if in.Token != "" && errors.Is(err, wrong) {
			// The code of a PKCE mail is stored under the hash with prefix.
			a, complete, err = s.useToken(ctx, tx, in.Type, pkcePrefix+hash, wrong)
		}
		if err != nil || !complete {
			return err
		}
		opened, err := s.openSession(ctx, tx, r, a, "otp")
		g = &opened
		return err
	})
	if err != nil {
		return err
	}
	if g == nil {
		writeJSON(w, http.StatusOK, map[string]any{"msg": firstConfirmationMessage, "code": "200"})
		return nil
	}
	g.announce(w)
	writeJSON(w, http.StatusOK, g)
	return nil
}

// verifyLink uses the token of a clicked link and redirects the browser to the application, with
// the session or the error in the fragment.
func (s *Server) verifyLink(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	q := r.URL.Query()
	kind, token := q.Get("type"), q.Get("token")
	if token == "" {
		token = q.Get("token_hash")
	}
	switch {
	case kind == "":
		return invalid("Verify requires a verification type")
	case token == "":
		return invalid("Verify requires a token or a token hash")
	}
	target := s.redirectTarget(r)
	pkce := strings.HasPrefix(token, pkcePrefix)

	var g *grant
	complete := false
	err := pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		a, done, err := s.useToken(ctx, tx, kind, token, errLink)
		complete = done
		if err != nil || !done || pkce {
			return err
		}
		opened, err := s.openSession(ctx, tx, r, a, "otp")
		g = &opened
		return err
	})
	if err == nil && pkce && complete {
		code, ok := s.flows.code(token, s.now())
		if ok {
			http.Redirect(w, r, withQuery(target, url.Values{"code": {code}}), http.StatusSeeOther)
			return nil
		}
		err = errNoFlow
	}
	var refused *refusal
	switch {
	case errors.As(err, &refused) && refused.status < 500:
		v := url.Values{"error": {"access_denied"}, "error_code": {refused.code}, "error_description": {refused.msg}}
		if pkce {
			target = withQuery(target, v)
		}
		v.Set("sb", "")
		http.Redirect(w, r, withFragment(target, v), http.StatusSeeOther)
	case err != nil:
		return err
	case g == nil:
		http.Redirect(w, r, withFragment(target, url.Values{"message": {firstConfirmationMessage}, "sb": {""}}), http.StatusSeeOther)
	default:
		g.announce(w)
		http.Redirect(w, r, withFragment(target, url.Values{
			"access_token": {g.AccessToken}, "refresh_token": {g.RefreshToken}, "token_type": {"bearer"},
			"expires_in": {fmt.Sprint(g.ExpiresIn)}, "expires_at": {fmt.Sprint(g.ExpiresAt)},
			"type": {kind}, "sb": {""}, // tells the client library that the fragment is from Supabase Auth
		}), http.StatusSeeOther)
	}
	return nil
}

// useToken deletes a one-time token and does what it is for. complete is false when another address
// must confirm too. The returned account is locked and, when complete, saved.
func (s *Server) useToken(ctx context.Context, tx pgx.Tx, kind, hash string, wrong error) (a *account, complete bool, err error) {
	columns, err := tokenColumns(kind)
	if err != nil {
		return nil, false, err
	}
	owner, column, err := ownerOfToken(ctx, tx, hash, columns...)
	if errors.Is(err, errNoAccount) {
		return nil, false, wrong
	}
	if err != nil {
		return nil, false, err
	}
	if a, err = lockAccount(ctx, tx, owner); err != nil {
		return nil, false, err
	}
	now := s.now()
	// Only one of several concurrent requests deletes the row.
	tag, err := tx.Exec(ctx, `delete from auth.one_time_tokens where user_id = $1 and token_hash = $2`, owner, hash)
	if err != nil {
		return nil, false, fmt.Errorf("use one-time token: %w", err)
	}
	sent := a.tokenSentAt(column)
	switch {
	case tag.RowsAffected() == 0 || sent == nil || now.Sub(*sent) > otpLife:
		return nil, false, wrong
	case a.banned(now):
		return nil, false, refuse(http.StatusForbidden, "user_banned", "User is banned")
	}
	switch column {
	case changeTokenNew, changeTokenOld:
		complete, err = s.confirmChange(ctx, tx, a, column)
		return a, complete, err
	case recoveryToken:
		a.recoveryToken = ""
	case confirmationToken:
		if err := a.verifyIdentity(ctx, tx, now); err != nil {
			return nil, false, err
		}
	}
	if !a.confirmed() {
		// Whoever reads the mail owns the address, whatever the mail was for.
		a.confirm(now)
		if err := dropOneTimeToken(ctx, tx, a.ID, confirmationToken); err != nil {
			return nil, false, err
		}
	}
	a.confirmationToken = ""
	return a, true, a.reread(ctx, tx, now)
}

// tokenColumns returns the kinds of one-time tokens that a verification type accepts.
func tokenColumns(kind string) ([]string, error) {
	switch kind {
	case kindSignup, kindInvite:
		return []string{confirmationToken}, nil
	case kindRecovery, kindMagicLink:
		return []string{recoveryToken}, nil
	case "email":
		return []string{confirmationToken, recoveryToken}, nil
	case kindEmailChange:
		return []string{changeTokenNew, changeTokenOld}, nil
	}
	return nil, invalid("Invalid email verification type")
}

// tokenSentAt returns when the mail with that kind of token was sent, or nil.
func (a *account) tokenSentAt(column string) *time.Time {
	switch column {
	case confirmationToken:
		return a.ConfirmationSentAt
	case recoveryToken:
		return a.RecoverySentAt
	case changeTokenNew, changeTokenOld:
		return a.EmailChangeSentAt
	}
	return nil
}

// confirmChange counts a confirmation and sets the new address with the second one.
func (s *Server) confirmChange(ctx context.Context, tx pgx.Tx, a *account, column string) (complete bool, err error) {
	now := s.now()
	if column == changeTokenNew {
		a.changeTokenNew = ""
	} else {
		a.changeTokenOld = ""
	}
	if a.changeConfirmations == 0 {
		a.changeConfirmations = 1
		return false, a.save(ctx, tx, now)
	}
	a.Email, a.EmailChange = a.EmailChange, ""
	a.changeTokenNew, a.changeTokenOld, a.changeConfirmations = "", "", 0
	a.EmailConfirmedAt = &now
	if err := a.verifyIdentity(ctx, tx, now); err != nil {
		return false, err
	}
	err = a.save(ctx, tx, now)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.ConstraintName == "users_email_partial_key" {
		return false, errEmailExists // another account took it meanwhile
	}
	if err != nil {
		return false, err
	}
	return true, a.reread(ctx, tx, now)
}

// verifyIdentity marks the account's address in its identity as verified.
func (a *account) verifyIdentity(ctx context.Context, tx pgx.Tx, now time.Time) error {
	_, err := tx.Exec(ctx, `
		update auth.identities
		set identity_data = identity_data || jsonb_build_object('email', $2::text, 'email_verified', true), updated_at = $3
		where user_id = $1 and provider = 'email'`, a.ID, a.Email, now)
	if err != nil {
		return fmt.Errorf("update identity: %w", err)
	}
	return nil
}

// reread saves the account and reads it back with its generated columns.
func (a *account) reread(ctx context.Context, tx pgx.Tx, now time.Time) error {
	if err := a.save(ctx, tx, now); err != nil {
		return err
	}
	fresh, err := accountByID(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	*a = *fresh
	return nil
}

func withQuery(target string, v url.Values) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	q := u.Query()
	for k := range v {
		q.Set(k, v.Get(k))
	}
	u.RawQuery = q.Encode()
	return u.String()
}

func withFragment(target string, v url.Values) string {
	base, _, _ := strings.Cut(target, "#")
	return base + "#" + v.Encode()
}
