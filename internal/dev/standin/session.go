package standin

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// grant is the response that opens or renews a session.
type grant struct {
	AccessToken  string   `json:"access_token"`
	TokenType    string   `json:"token_type"`
	ExpiresIn    int64    `json:"expires_in"`
	ExpiresAt    int64    `json:"expires_at"`
	RefreshToken string   `json:"refresh_token"`
	User         *account `json:"user"`

	session uuid.UUID
}

// announce sets the response headers of the real server.
func (g grant) announce(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Sb-Auth-User-Id", g.User.ID.String())
	h.Set("Sb-Auth-Session-Id", g.session.String())
	h.Set("Sb-Auth-Refresh-Token-Prefix", g.RefreshToken[:5])
}

// openSession creates a session and saves the account, whose row must be locked or new.
func (s *Server) openSession(ctx context.Context, tx pgx.Tx, r *http.Request, a *account, method string) (grant, error) {
	now := s.now()
	id := uuid.New()
	a.LastSignInAt = &now
	if err := a.save(ctx, tx, now); err != nil {
		return grant{}, err
	}
	_, err := tx.Exec(ctx, `
		insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip)
		values ($1, $2, $3, $3, 'aal1', $4, $5)`,
		id, a.ID, now, userAgent(r), clientIP(r))
	if err != nil {
		return grant{}, fmt.Errorf("insert session: %w", err)
	}
	_, err = tx.Exec(ctx, `
		insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
		values ($1, $2, $3, $3, $4)`, uuid.New(), id, now, method)
	if err != nil {
		return grant{}, fmt.Errorf("insert sign-in method: %w", err)
	}
	token, err := insertRefreshToken(ctx, tx, a.ID, id, nil, now)
	if err != nil {
		return grant{}, err
	}
	return s.grant(ctx, tx, a, id, token)
}

// grant signs an access token for a session.
func (s *Server) grant(ctx context.Context, tx pgx.Tx, a *account, session uuid.UUID, refreshToken string) (grant, error) {
	type signIn struct {
		Method    string `json:"method"`
		Timestamp int64  `json:"timestamp"`
	}
	rows, err := tx.Query(ctx, `
		select authentication_method, updated_at
		from auth.mfa_amr_claims
		where session_id = $1
		order by updated_at desc`, session)
	if err != nil {
		return grant{}, fmt.Errorf("load sign-in methods: %w", err)
	}
	methods, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (signIn, error) {
		var m signIn
		var at time.Time
		err := row.Scan(&m.Method, &at)
		m.Timestamp = at.Unix()
		return m, err
	})
	if err != nil {
		return grant{}, fmt.Errorf("load sign-in methods: %w", err)
	}
	issued := s.o.Clock()
	expires := issued.Add(s.o.JWTExpiry).Unix()
	token, err := s.keys.sign(map[string]any{
		"iss": s.o.Issuer, "sub": a.ID, "aud": a.Aud, "iat": issued.Unix(), "exp": expires,
		"email": a.Email, "phone": a.Phone,
		"app_metadata": a.AppMetadata, "user_metadata": a.UserMetadata,
		"role": a.Role, "aal": "aal1", "amr": methods,
		"session_id": session, "is_anonymous": a.IsAnonymous,
	})
	if err != nil {
		return grant{}, fmt.Errorf("sign token: %w", err)
	}
	return grant{
		AccessToken: token, TokenType: "bearer",
		ExpiresIn: int64(s.o.JWTExpiry / time.Second), ExpiresAt: expires,
		RefreshToken: refreshToken, User: a, session: session,
	}, nil
}

func sessionLives(ctx context.Context, q querier, session, user uuid.UUID, now time.Time) (bool, error) {
	var lives bool
	err := q.QueryRow(ctx, `
		select exists (
		  select from auth.sessions
		  where id = $1 and user_id = $2 and (not_after is null or not_after > $3)
		)`, session, user, now).Scan(&lives)
	if err != nil {
		return false, fmt.Errorf("look for session: %w", err)
	}
	return lives, nil
}

func insertRefreshToken(ctx context.Context, tx pgx.Tx, user, session uuid.UUID, parent *string, now time.Time) (string, error) {
	token := newRefreshToken()
	_, err := tx.Exec(ctx, `
		insert into auth.refresh_tokens (instance_id, token, user_id, parent, session_id, revoked, created_at, updated_at)
		values ($1, $2, $3, $4, $5, false, $6, $6)`,
		uuid.Nil, token, user.String(), parent, session, now)
	if err != nil {
		return "", fmt.Errorf("insert refresh token: %w", err)
	}
	return token, nil
}

// newRefreshToken returns 60 random bits as 12 letters and digits, as the real server does.
func newRefreshToken() string {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567" // 32 characters: five bits of each byte are uniform
	b := make([]byte, 12)
	rand.Read(b)
	for i := range b {
		b[i] = alphabet[b[i]&31]
	}
	return string(b)
}

// rotation is the result of presenting a refresh token.
type rotation struct {
	user, session uuid.UUID // set when the token is known
	grant         *grant
	fresh         bool // a new token was created
	reused        bool // an old token was presented, long after its exchange; the session was deleted
	banned        bool
}

var errNoRefreshToken = errors.New("no such refresh token")

// rotate exchanges a refresh token. It locks the session's row: of many equal requests at once the
// first creates the new token, and the others find that theirs is its parent.
func (s *Server) rotate(ctx context.Context, r *http.Request, presented string) (rotation, error) {
	now := s.now()
	var out rotation
	err := pgx.BeginFunc(ctx, s.o.Pool, func(tx pgx.Tx) error {
		var err error
		if out.session, out.user, err = lockSessionOfToken(ctx, tx, presented, now); err != nil {
			return err
		}
		a, err := accountByID(ctx, tx, out.user)
		if errors.Is(err, errNoAccount) {
			return errNoRefreshToken
		}
		if err != nil {
			return err
		}
		if a.banned(now) {
			out.banned = true
			return nil
		}
		issued, err := s.tokenAfter(ctx, tx, &out, presented, now)
		if err != nil || out.reused {
			return err
		}
		_, err = tx.Exec(ctx, `
			update auth.sessions
			set refreshed_at = $2, updated_at = $3, user_agent = $4, ip = coalesce($5, ip)
			where id = $1`,
			out.session, now, now, userAgent(r), clientIP(r))
		if err != nil {
			return fmt.Errorf("update session: %w", err)
		}
		g, err := s.grant(ctx, tx, a, out.session, issued)
		if err != nil {
			return err
		}
		out.grant = &g
		return nil
	})
	return out, err
}

// lockSessionOfToken locks the session of a refresh token and returns it with its user.
func lockSessionOfToken(ctx context.Context, tx pgx.Tx, token string, now time.Time) (session, user uuid.UUID, err error) {
	var notAfter *time.Time
	err = tx.QueryRow(ctx, `
		select s.id, s.user_id, s.not_after
		from auth.refresh_tokens t
		join auth.sessions s on s.id = t.session_id
		where t.token = $1
		for update of s`, token).Scan(&session, &user, &notAfter)
	if errors.Is(err, pgx.ErrNoRows) || (err == nil && notAfter != nil && !notAfter.After(now)) {
		return uuid.Nil, uuid.Nil, errNoRefreshToken
	}
	if err != nil {
		return uuid.Nil, uuid.Nil, fmt.Errorf("lock session: %w", err)
	}
	return session, user, nil
}

// tokenAfter returns the refresh token that replaces the presented one, whose session is locked. It sets out.fresh when it made a
// new one, and out.reused when the presented token was exchanged long ago; then it has deleted the session.
func (s *Server) tokenAfter(ctx context.Context, tx pgx.Tx, out *rotation, presented string, now time.Time) (string, error) {
	// A separate statement after the lock, so that it sees what the previous holder of the lock has written.
	var revoked bool
	var updated time.Time
	err := tx.QueryRow(ctx, `select coalesce(revoked, false), coalesce(updated_at, 'epoch') from auth.refresh_tokens where token = $1`, presented).
		Scan(&revoked, &updated)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", errNoRefreshToken
	}
	if err != nil {
		return "", fmt.Errorf("load refresh token: %w", err)
	}
	if revoked {
		active, parent, err := activeRefreshToken(ctx, tx, out.session)
		switch {
		case err != nil:
			return "", err
		case active != "" && parent == presented:
			return active, nil // the response was lost, or a second tab refreshes: no reuse
		case now.After(updated.Add(s.o.ReuseInterval)):
			// Somebody kept an old token. The real server revokes the tokens but leaves the
			// session, and revives it for whoever holds the newest one; we delete it.
			out.reused = true
			if _, err := tx.Exec(ctx, `delete from auth.sessions where id = $1`, out.session); err != nil {
				return "", fmt.Errorf("delete session: %w", err)
			}
			return "", nil
		}
	}
	if _, err := tx.Exec(
		ctx,
		`update auth.refresh_tokens set revoked = true, updated_at = $2 where token = $1 and not coalesce(revoked, false)`,
		presented,
		now,
	); err != nil {
		return "", fmt.Errorf("revoke refresh token: %w", err)
	}
	out.fresh = true
	return insertRefreshToken(ctx, tx, out.user, out.session, &presented, now)
}

// activeRefreshToken returns the newest valid token of a session and its parent, both "" when there is none.
func activeRefreshToken(ctx context.Context, tx pgx.Tx, session uuid.UUID) (token, parent string, err error) {
	err = tx.QueryRow(ctx, `
		select token, coalesce(parent, '')
		from auth.refresh_tokens
		where session_id = $1 and not revoked
		order by id desc
		limit 1`, session).Scan(&token, &parent)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return "", "", fmt.Errorf("find active refresh token: %w", err)
	}
	return token, parent, nil
}
