package standin

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// querier is the pool or a transaction.
type querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// account is a row of auth.users with its identities, in the JSON shape of responses.
type account struct {
	ID                 uuid.UUID      `json:"id"`
	Aud                string         `json:"aud"`
	Role               string         `json:"role"`
	Email              string         `json:"email"`
	EmailConfirmedAt   *time.Time     `json:"email_confirmed_at,omitempty"`
	InvitedAt          *time.Time     `json:"invited_at,omitempty"`
	Phone              string         `json:"phone"`
	ConfirmationSentAt *time.Time     `json:"confirmation_sent_at,omitempty"`
	ConfirmedAt        *time.Time     `json:"confirmed_at,omitempty"` // a generated column: only rows read back have it
	RecoverySentAt     *time.Time     `json:"recovery_sent_at,omitempty"`
	EmailChange        string         `json:"new_email,omitempty"`
	EmailChangeSentAt  *time.Time     `json:"email_change_sent_at,omitempty"`
	PhoneChange        string         `json:"new_phone,omitempty"`
	ReauthSentAt       *time.Time     `json:"reauthentication_sent_at,omitempty"`
	LastSignInAt       *time.Time     `json:"last_sign_in_at,omitempty"`
	AppMetadata        map[string]any `json:"app_metadata"`
	UserMetadata       map[string]any `json:"user_metadata"`
	Identities         []identity     `json:"identities"`
	CreatedAt          time.Time      `json:"created_at"`
	UpdatedAt          time.Time      `json:"updated_at"`
	BannedUntil        *time.Time     `json:"banned_until,omitempty"`
	DeletedAt          *time.Time     `json:"deleted_at,omitempty"`
	IsAnonymous        bool           `json:"is_anonymous"`

	passwordHash        string
	confirmationToken   string
	recoveryToken       string
	changeTokenNew      string
	changeTokenOld      string // sent to the old address
	changeConfirmations int16  // confirmations received so far
	reauthToken         string
}

type identity struct {
	ID           uuid.UUID      `json:"identity_id"`
	ProviderID   string         `json:"id"`
	UserID       uuid.UUID      `json:"user_id"`
	Data         map[string]any `json:"identity_data,omitempty"`
	Provider     string         `json:"provider"`
	LastSignInAt *time.Time     `json:"last_sign_in_at,omitempty"`
	CreatedAt    time.Time      `json:"created_at"`
	UpdatedAt    time.Time      `json:"updated_at"`
	Email        string         `json:"email,omitempty"`
}

var errNoAccount = errors.New("no such account")

func (a *account) confirmed() bool { return a.EmailConfirmedAt != nil }

func (a *account) banned(now time.Time) bool {
	return a.BannedUntil != nil && now.Before(*a.BannedUntil)
}

// confirm marks the address as confirmed.
func (a *account) confirm(now time.Time) {
	a.EmailConfirmedAt = &now
	a.confirmationToken = ""
	a.mergeUserMetadata(map[string]any{"email_verified": true})
}

// mergeUserMetadata sets keys; null removes them.
func (a *account) mergeUserMetadata(data map[string]any) {
	a.UserMetadata = merged(a.UserMetadata, data)
}

func (a *account) mergeAppMetadata(data map[string]any) { a.AppMetadata = merged(a.AppMetadata, data) }

func merged(old, add map[string]any) map[string]any {
	out := maps.Clone(old)
	if out == nil {
		out = map[string]any{}
	}
	for k, v := range add {
		if v == nil {
			delete(out, k)
		} else {
			out[k] = v
		}
	}
	return out
}

const accountColumns = `
  id, coalesce(aud, ''), coalesce(role, ''), coalesce(email, ''), email_confirmed_at, invited_at,
  coalesce(phone, ''), confirmation_sent_at, confirmed_at, recovery_sent_at,
  coalesce(email_change, ''), email_change_sent_at, coalesce(phone_change, ''), reauthentication_sent_at, last_sign_in_at,
  coalesce(raw_app_meta_data, '{}'), coalesce(raw_user_meta_data, '{}'),
  created_at, updated_at, banned_until, deleted_at, is_anonymous,
  coalesce(encrypted_password, ''), coalesce(confirmation_token, ''), coalesce(recovery_token, ''),
  coalesce(email_change_token_new, ''), coalesce(email_change_token_current, ''),
  coalesce(email_change_confirm_status, 0), coalesce(reauthentication_token, '')`

func scanAccount(row pgx.CollectableRow) (*account, error) {
	var a account
	var created, updated *time.Time
	err := row.Scan(
		&a.ID, &a.Aud, &a.Role, &a.Email, &a.EmailConfirmedAt, &a.InvitedAt,
		&a.Phone, &a.ConfirmationSentAt, &a.ConfirmedAt, &a.RecoverySentAt,
		&a.EmailChange, &a.EmailChangeSentAt, &a.PhoneChange, &a.ReauthSentAt, &a.LastSignInAt,
		&a.AppMetadata, &a.UserMetadata,
		&created, &updated, &a.BannedUntil, &a.DeletedAt, &a.IsAnonymous,
		&a.passwordHash, &a.confirmationToken, &a.recoveryToken,
		&a.changeTokenNew, &a.changeTokenOld,
		&a.changeConfirmations, &a.reauthToken,
	)
	if err != nil {
		return nil, err
	}
	for _, t := range []**time.Time{
		&a.EmailConfirmedAt, &a.InvitedAt, &a.ConfirmationSentAt, &a.ConfirmedAt, &a.RecoverySentAt,
		&a.EmailChangeSentAt, &a.ReauthSentAt, &a.LastSignInAt, &a.BannedUntil, &a.DeletedAt, &created, &updated,
	} {
		if *t != nil {
			*t = new((*t).UTC())
		}
	}
	// NULL in rows that were not written by an auth server.
	if created != nil {
		a.CreatedAt = *created
	}
	if updated != nil {
		a.UpdatedAt = *updated
	}
	return &a, nil
}

func accountByID(ctx context.Context, q querier, id uuid.UUID) (*account, error) {
	return oneAccount(ctx, q, `where id = $1`, id)
}

// lockAccount reads and locks the row until the transaction ends. Data read before the lock may
// be stale.
func lockAccount(ctx context.Context, tx pgx.Tx, id uuid.UUID) (*account, error) {
	return oneAccount(ctx, tx, `where id = $1 for update`, id)
}

func accountByEmail(ctx context.Context, q querier, email string) (*account, error) {
	return oneAccount(ctx, q, `where email = $1 and aud = $2 and not is_sso_user`, email, ownAudience)
}

func oneAccount(ctx context.Context, q querier, where string, args ...any) (*account, error) {
	rows, err := q.Query(ctx, `select`+accountColumns+` from auth.users `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("load account: %w", err)
	}
	a, err := pgx.CollectExactlyOneRow(rows, scanAccount)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, errNoAccount
	}
	if err != nil {
		return nil, fmt.Errorf("load account: %w", err)
	}
	if a.Identities, err = identitiesOf(ctx, q, a.ID); err != nil {
		return nil, err
	}
	return a, nil
}

func identitiesOf(ctx context.Context, q querier, user uuid.UUID) ([]identity, error) {
	rows, err := q.Query(ctx, `
		select id, provider_id, user_id, identity_data, provider, last_sign_in_at,
		       coalesce(created_at, 'epoch'), coalesce(updated_at, 'epoch'), coalesce(email, '')
		from auth.identities
		where user_id = $1
		order by created_at, id`, user)
	if err != nil {
		return nil, fmt.Errorf("load identities: %w", err)
	}
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (identity, error) {
		var i identity
		err := row.Scan(&i.ID, &i.ProviderID, &i.UserID, &i.Data, &i.Provider, &i.LastSignInAt, &i.CreatedAt, &i.UpdatedAt, &i.Email)
		i.CreatedAt, i.UpdatedAt = i.CreatedAt.UTC(), i.UpdatedAt.UTC()
		if i.LastSignInAt != nil {
			i.LastSignInAt = new(i.LastSignInAt.UTC())
		}
		return i, err
	})
	if err != nil {
		return nil, fmt.Errorf("load identities: %w", err)
	}
	return out, nil
}

// insert writes the row and its identity. Token columns are empty, never NULL: with a NULL a real
// server returns 500 at login.
func (a *account) insert(ctx context.Context, tx pgx.Tx, identityData map[string]any) error {
	_, err := tx.Exec(ctx, `
		insert into auth.users (
		  instance_id, id, aud, role, email, encrypted_password,
		  confirmation_token, recovery_token, email_change_token_new, email_change,
		  raw_app_meta_data, raw_user_meta_data, created_at, updated_at
		) values ($1, $2, $3, $4, $5, $6, '', '', '', '', $7, $8, $9, $9)`,
		uuid.Nil, a.ID, a.Aud, a.Role, a.Email, a.passwordHash, a.AppMetadata, a.UserMetadata, a.CreatedAt)
	if err != nil {
		return fmt.Errorf("insert user: %w", err)
	}
	_, err = tx.Exec(ctx, `
		insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
		values ($1, $2, $3, 'email', $4, $4, $4)`,
		a.ID.String(), a.ID, identityData, a.CreatedAt)
	if err != nil {
		return fmt.Errorf("insert identity: %w", err)
	}
	a.Identities, err = identitiesOf(ctx, tx, a.ID)
	return err
}

// save writes all columns that can change. The row must be locked or new.
func (a *account) save(ctx context.Context, tx pgx.Tx, now time.Time) error {
	a.UpdatedAt = now
	_, err := tx.Exec(ctx, `
		update auth.users
		set role = $2, email = $3, encrypted_password = $4, email_confirmed_at = $5, invited_at = $6,
		    confirmation_token = $7, confirmation_sent_at = $8,
		    recovery_token = $9, recovery_sent_at = $10,
		    email_change_token_new = $11, email_change_token_current = $12, email_change = $13,
		    email_change_sent_at = $14, email_change_confirm_status = $15,
		    reauthentication_token = $16, reauthentication_sent_at = $17,
		    last_sign_in_at = $18, raw_app_meta_data = $19, raw_user_meta_data = $20,
		    banned_until = $21, updated_at = $22
		where id = $1`,
		a.ID, a.Role, a.Email, a.passwordHash, a.EmailConfirmedAt, a.InvitedAt,
		a.confirmationToken, a.ConfirmationSentAt,
		a.recoveryToken, a.RecoverySentAt,
		a.changeTokenNew, a.changeTokenOld, a.EmailChange,
		a.EmailChangeSentAt, a.changeConfirmations,
		a.reauthToken, a.ReauthSentAt,
		a.LastSignInAt, a.AppMetadata, a.UserMetadata,
		a.BannedUntil, a.UpdatedAt)
	if err != nil {
		return fmt.Errorf("save user: %w", err)
	}
	return nil
}

// setPassword changes the password and deletes all one-time tokens and all sessions except keep.
func (a *account) setPassword(ctx context.Context, tx pgx.Tx, hash string, keep uuid.UUID) error {
	a.passwordHash = hash
	a.confirmationToken, a.ConfirmationSentAt = "", nil
	a.recoveryToken, a.RecoverySentAt = "", nil
	a.changeTokenNew, a.changeTokenOld, a.EmailChangeSentAt = "", "", nil
	a.reauthToken, a.ReauthSentAt = "", nil
	if _, err := tx.Exec(ctx, `delete from auth.one_time_tokens where user_id = $1`, a.ID); err != nil {
		return fmt.Errorf("delete one-time tokens: %w", err)
	}
	if _, err := tx.Exec(ctx, `delete from auth.sessions where user_id = $1 and id <> $2`, a.ID, keep); err != nil {
		return fmt.Errorf("delete sessions: %w", err)
	}
	return nil
}

// The kinds of one-time tokens, as in the database type.
const (
	confirmationToken = "confirmation_token"
	recoveryToken     = "recovery_token"
	changeTokenNew    = "email_change_token_new"
	changeTokenOld    = "email_change_token_current"
	reauthToken       = "reauthentication_token"
)

// setOneTimeToken replaces the token of that kind, so that only the newest mail works.
func setOneTimeToken(ctx context.Context, tx pgx.Tx, user uuid.UUID, kind, hash, address string, now time.Time) error {
	if err := dropOneTimeToken(ctx, tx, user, kind); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to, created_at, updated_at)
		values ($1, $2, $3::text::auth.one_time_token_type, $4, $5, $6, $6)`,
		uuid.New(), user, kind, hash, address, now)
	if err != nil {
		return fmt.Errorf("insert one-time token: %w", err)
	}
	return nil
}

func dropOneTimeToken(ctx context.Context, tx pgx.Tx, user uuid.UUID, kind string) error {
	_, err := tx.Exec(
		ctx,
		`delete from auth.one_time_tokens where user_id = $1 and token_type = $2::text::auth.one_time_token_type`,
		user,
		kind,
	)
	if err != nil {
		return fmt.Errorf("delete one-time token: %w", err)
	}
	return nil
}

// ownerOfToken returns the user of a token and its kind, which is one of kinds.
func ownerOfToken(ctx context.Context, q querier, hash string, kinds ...string) (owner uuid.UUID, kind string, err error) {
	err = q.QueryRow(ctx, `
		select user_id, token_type::text
		from auth.one_time_tokens
		where token_hash = $1 and token_type::text = any ($2::text[])
		limit 1`, hash, kinds).Scan(&owner, &kind)
	if errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, "", errNoAccount
	}
	if err != nil {
		return uuid.Nil, "", fmt.Errorf("find one-time token: %w", err)
	}
	return owner, kind, nil
}
