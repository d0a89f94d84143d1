package standin

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/crypto/bcrypt"
)

// adminParams are the fields of a user that an administrator may set.
type adminParams struct {
	ID           string         `json:"id"`
	Role         string         `json:"role"`
	Email        string         `json:"email"`
	Phone        string         `json:"phone"`
	Password     *string        `json:"password"`
	PasswordHash string         `json:"password_hash"`
	EmailConfirm bool           `json:"email_confirm"`
	UserMetadata map[string]any `json:"user_metadata"`
	AppMetadata  map[string]any `json:"app_metadata"`
	BanDuration  string         `json:"ban_duration"`
}

// adminPasswordHash returns the hash of the given password or the given hash, or "" when there is neither.
func (s *Server) adminPasswordHash(in adminParams) (string, error) {
	switch {
	case in.PasswordHash != "" && in.Password != nil:
		return "", invalid("Only a password or a password hash should be provided")
	case in.PasswordHash != "":
		if _, err := bcrypt.Cost([]byte(in.PasswordHash)); err != nil {
			return "", invalid("Password hash is not a bcrypt hash")
		}
		return in.PasswordHash, nil
	case in.Password == nil || *in.Password == "":
		return "", nil
	case len(*in.Password) > maxPassword:
		// The only rule for administrators. The real server panics here.
		return "", invalid(fmt.Sprintf("Password cannot be longer than %d characters", maxPassword))
	}
	return s.hash(*in.Password)
}

func (s *Server) ban(a *account, duration string) error {
	switch duration {
	case "":
		return nil
	case "none":
		a.BannedUntil = nil
		return nil
	}
	d, err := time.ParseDuration(duration)
	if err != nil {
		return invalid("invalid format for ban duration: " + err.Error())
	}
	a.BannedUntil = new(s.now().Add(d))
	return nil
}

func (s *Server) adminCreateUser(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var in adminParams
	if err := decode(r, &in); err != nil {
		return err
	}
	a, err := s.accountFromAdmin(in)
	if err != nil {
		return err
	}
	identityData := map[string]any{"sub": a.ID.String(), "email": a.Email, "email_verified": false, "phone_verified": false}
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		if _, err := accountByEmail(ctx, tx, a.Email); !errors.Is(err, errNoAccount) {
			if err == nil {
				err = errEmailExists
			}
			return err
		}
		if err := a.insert(ctx, tx, identityData); err != nil {
			return err
		}
		if in.EmailConfirm {
			a.confirm(s.now())
		}
		return a.save(ctx, tx, s.now())
	})
	if err != nil {
		return adminSaveError(err)
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}

// accountFromAdmin checks an administrator's parameters and returns the new account, which is not in the database yet.
func (s *Server) accountFromAdmin(in adminParams) (*account, error) {
	if in.Email == "" {
		return nil, invalid("Cannot create a user without either an email or phone")
	}
	email, err := address(in.Email)
	if err != nil {
		return nil, err
	}
	hash, err := s.adminPasswordHash(in)
	if err != nil {
		return nil, err
	}
	if hash == "" {
		if hash, err = s.hash(randomPassword()); err != nil {
			return nil, err
		}
	}
	a := s.newAccount(email, hash, nil)
	if in.ID != "" {
		if a.ID, err = uuid.Parse(in.ID); err != nil {
			return nil, invalid("ID must conform to the uuid v4 format")
		}
		if a.ID == uuid.Nil {
			return nil, invalid("ID cannot be a nil uuid")
		}
	}
	if in.Role != "" {
		a.Role = in.Role
	}
	a.UserMetadata = merged(nil, in.UserMetadata)
	a.mergeAppMetadata(in.AppMetadata)
	a.AppMetadata["provider"], a.AppMetadata["providers"] = "email", []string{"email"}
	return a, s.ban(a, in.BanDuration)
}

// adminSaveError returns the error of an administrator's failed write: email_exists when another request created the same account at
// the same time.
func adminSaveError(err error) error {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if ok && (pg.ConstraintName == "users_email_partial_key" || pg.ConstraintName == "users_pkey") {
		return errEmailExists
	}
	return saveError(err)
}

func (s *Server) adminListUsers(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	page, err := positive(r, "page", 1)
	if err != nil {
		return err
	}
	perPage, err := positive(r, "per_page", 50)
	if err != nil {
		return err
	}
	var total int
	if err := s.o.Pool.QueryRow(ctx, `select count(*) from auth.users`).Scan(&total); err != nil {
		return fmt.Errorf("count users: %w", err)
	}
	rows, err := s.o.Pool.Query(ctx, `select`+accountColumns+`
		from auth.users
		order by created_at desc, id
		limit $1 offset $2`, perPage, (page-1)*perPage)
	if err != nil {
		return fmt.Errorf("list users: %w", err)
	}
	users, err := pgx.CollectRows(rows, scanAccount) // without identities: the real server's list has null there
	if err != nil {
		return fmt.Errorf("list users: %w", err)
	}
	last := max(1, (total+perPage-1)/perPage)
	link := func(page int, rel string) string {
		return fmt.Sprintf(`<%s?page=%d&per_page=%d>; rel="%s"`, r.URL.Path, page, perPage, rel)
	}
	links := []string{}
	if page < last {
		links = append(links, link(page+1, "next"))
	}
	links = append(links, link(last, "last"))
	w.Header().Set("Link", strings.Join(links, ", "))
	w.Header().Set("X-Total-Count", strconv.Itoa(total))
	writeJSON(w, http.StatusOK, map[string]any{"users": users, "aud": ownAudience})
	return nil
}

func positive(r *http.Request, name string, unset int) (int, error) {
	v := r.URL.Query().Get(name)
	if v == "" {
		return unset, nil
	}
	// Bounded, so that page times size does not overflow in Postgres.
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, invalid("Bad Pagination Parameters: " + name + " has to be a number from 1")
	}
	return n, nil
}

var errNoUser = refuse(http.StatusNotFound, "user_not_found", "User not found")

func (s *Server) adminTarget(r *http.Request) (uuid.UUID, error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return uuid.Nil, refuse(http.StatusNotFound, "validation_failed", "user_id must be an UUID")
	}
	return id, nil
}

func (s *Server) adminGetUser(w http.ResponseWriter, r *http.Request) error {
	id, err := s.adminTarget(r)
	if err != nil {
		return err
	}
	a, err := accountByID(r.Context(), s.o.Pool, id)
	if errors.Is(err, errNoAccount) {
		return errNoUser
	}
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}

func (s *Server) adminUpdateUser(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := s.adminTarget(r)
	if err != nil {
		return err
	}
	var in adminParams
	if err := decode(r, &in); err != nil {
		return err
	}
	email := ""
	if in.Email != "" {
		if email, err = address(in.Email); err != nil {
			return err
		}
	}
	hash, err := s.adminPasswordHash(in)
	if err != nil {
		return err
	}
	var a *account
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		var err error
		a, err = lockAccount(ctx, tx, id)
		if errors.Is(err, errNoAccount) {
			return errNoUser
		}
		if err != nil {
			return err
		}
		return s.applyAdminUpdate(ctx, tx, a, in, email, hash)
	})
	if err != nil {
		return adminSaveError(err)
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}

// applyAdminUpdate changes a locked account and saves it. An empty email or hash means no change.
func (s *Server) applyAdminUpdate(ctx context.Context, tx pgx.Tx, a *account, in adminParams, email, hash string) error {
	if in.Role != "" {
		a.Role = in.Role
	}
	if hash != "" {
		if err := a.setPassword(ctx, tx, hash, uuid.Nil); err != nil {
			return err
		}
	}
	if email != "" && email != a.Email {
		a.Email = email
		_, err := tx.Exec(ctx, `
			update auth.identities
			set identity_data = identity_data || jsonb_build_object('email', $2::text), updated_at = $3
			where user_id = $1 and provider = 'email'`, a.ID, email, s.now())
		if err != nil {
			return fmt.Errorf("update identity: %w", err)
		}
	}
	if in.EmailConfirm && !a.confirmed() {
		a.confirm(s.now())
	}
	a.mergeUserMetadata(in.UserMetadata)
	a.mergeAppMetadata(in.AppMetadata)
	if err := s.ban(a, in.BanDuration); err != nil {
		return err
	}
	return a.reread(ctx, tx, s.now())
}

// adminDeleteUser deletes an account. With should_soft_delete it keeps a row without personal data.
func (s *Server) adminDeleteUser(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	id, err := s.adminTarget(r)
	if err != nil {
		return err
	}
	var in struct {
		Soft bool `json:"should_soft_delete"`
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return refuse(http.StatusBadRequest, "bad_json", "Could not read body into byte slice")
	}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &in); err != nil {
			return refuse(http.StatusBadRequest, "bad_json", "Could not parse request body as JSON: "+err.Error())
		}
	}
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		a, err := lockAccount(ctx, tx, id)
		if errors.Is(err, errNoAccount) {
			return errNoUser
		}
		if err != nil {
			return err
		}
		if in.Soft {
			return s.softDelete(ctx, tx, a)
		}
		if _, err := tx.Exec(ctx, `delete from auth.users where id = $1`, id); err != nil {
			return fmt.Errorf("delete user: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, struct{}{})
	return nil
}

// softDelete replaces personal data by hashes, as the real server does. The address can be used again.
func (s *Server) softDelete(ctx context.Context, tx pgx.Tx, a *account) error {
	obscure := func(value string) string {
		sum := sha256.Sum256([]byte(a.ID.String() + value))
		return base64.RawURLEncoding.EncodeToString(sum[:])
	}
	now := s.now()
	_, err := tx.Exec(ctx, `
		update auth.users
		set email = $2, phone = $3, encrypted_password = '',
		    email_change = $4, phone_change = $5,
		    confirmation_token = $6, recovery_token = $7, email_change_token_current = $8,
		    email_change_token_new = $9, phone_change_token = $10, reauthentication_token = '',
		    raw_user_meta_data = '{}', raw_app_meta_data = '{}', deleted_at = $11, updated_at = $11
		where id = $1`,
		a.ID, obscure(a.Email), obscure(a.Phone)[:15], // a phone number has at most 15 digits
		obscure(a.EmailChange), obscure(a.PhoneChange)[:15],
		obscure(a.confirmationToken), obscure(a.recoveryToken), obscure(a.changeTokenOld),
		obscure(a.changeTokenNew), obscure(""), now)
	if err != nil {
		return fmt.Errorf("soft delete user: %w", err)
	}
	for _, i := range a.Identities {
		if _, err := tx.Exec(
			ctx,
			`update auth.identities set provider_id = $2, identity_data = '{}' where id = $1`,
			i.ID,
			obscure(i.ProviderID),
		); err != nil {
			return fmt.Errorf("soft delete identity: %w", err)
		}
	}
	for _, sql := range []string{
		`delete from auth.sessions where user_id = $1`,
		`delete from auth.one_time_tokens where user_id = $1`,
	} {
		if _, err := tx.Exec(ctx, sql, a.ID); err != nil {
			return fmt.Errorf("soft delete user: %w", err)
		}
	}
	return nil
}

// adminGenerateLink returns the one-time token that a mail would contain. It sends no mail.
func (s *Server) adminGenerateLink(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var in linkParams
	if err := decode(r, &in); err != nil {
		return err
	}
	email, err := address(in.Email)
	if err != nil {
		return err
	}
	found, err := accountByEmail(ctx, s.o.Pool, email)
	if err != nil && !errors.Is(err, errNoAccount) {
		return err
	}
	if found == nil && in.Type == kindMagicLink {
		in.Type, in.Password = kindSignup, randomPassword()
	}
	hash, err := s.linkPasswordHash(in, found)
	if err != nil {
		return err
	}
	var a *account
	var t oneTime
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		var err error
		if a, err = s.lockOrInsert(ctx, tx, found, email, hash, in.Data); err != nil {
			return err
		}
		tokens, err := s.issue(ctx, tx, a, mailing{kind: in.Type})
		if err == nil {
			t = tokens[0]
		}
		return err
	})
	if err != nil {
		return adminSaveError(err)
	}
	target := s.allowedTarget(in.RedirectTo)
	writeJSON(w, http.StatusOK, struct {
		*account
		ActionLink       string `json:"action_link"`
		EmailOTP         string `json:"email_otp"`
		HashedToken      string `json:"hashed_token"`
		VerificationType string `json:"verification_type"`
		RedirectTo       string `json:"redirect_to"`
	}{a, s.verifyLinkTo(in.Type, t.hash, target), t.code, t.hash, in.Type, target})
	return nil
}

type linkParams struct {
	Type       string         `json:"type"`
	Email      string         `json:"email"`
	Password   string         `json:"password"`
	Data       map[string]any `json:"data"`
	RedirectTo string         `json:"redirect_to"`
}

// linkPasswordHash checks that a link of that type can be made for the account, which may be nil. It returns the password hash
// of a new account, or "" for an existing one.
func (s *Server) linkPasswordHash(in linkParams, found *account) (string, error) {
	switch in.Type {
	case kindSignup, kindInvite:
		if found != nil && found.confirmed() {
			return "", errEmailExists
		}
		if found != nil {
			return "", nil
		}
		if in.Type == kindInvite {
			return s.hash(randomPassword())
		}
		if in.Password == "" {
			return "", invalid("Signup requires a valid password")
		}
		if err := s.checkPassword(in.Password); err != nil {
			return "", err
		}
		return s.hash(in.Password)
	case kindRecovery, kindMagicLink:
		if found == nil {
			return "", refuse(http.StatusNotFound, "user_not_found", "User with this email not found")
		}
		return "", nil
	}
	return "", invalid("Invalid email action link type requested: " + in.Type)
}

// lockOrInsert locks the account, or creates one as administrators do: with metadata of its own
// and without the address in it.
func (s *Server) lockOrInsert(ctx context.Context, tx pgx.Tx, found *account, email, hash string, data map[string]any) (*account, error) {
	if found != nil {
		return lockAccount(ctx, tx, found.ID)
	}
	a := s.newAccount(email, hash, nil)
	identityData := a.UserMetadata
	a.UserMetadata = merged(nil, data)
	return a, a.insert(ctx, tx, identityData)
}

// invite creates an account without a password and mails a link that confirms it.
func (s *Server) invite(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var in struct {
		Email string         `json:"email"`
		Data  map[string]any `json:"data"`
	}
	if err := decode(r, &in); err != nil {
		return err
	}
	email, err := address(in.Email)
	if err != nil {
		return err
	}
	found, err := accountByEmail(ctx, s.o.Pool, email)
	if err != nil && !errors.Is(err, errNoAccount) {
		return err
	}
	if found != nil && found.confirmed() {
		return errEmailExists
	}
	hash, err := s.hash(randomPassword())
	if err != nil {
		return err
	}
	var a *account
	err = pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		var err error
		if a, err = s.lockOrInsert(ctx, tx, found, email, hash, in.Data); err != nil {
			return err
		}
		err = s.mailToken(ctx, tx, r, a, mailing{kind: kindInvite})
		return err
	})
	if err != nil {
		return adminSaveError(err)
	}
	writeJSON(w, http.StatusOK, a)
	return nil
}
