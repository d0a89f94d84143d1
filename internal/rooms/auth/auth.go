// Package auth is accounts, passwords and sessions. Supabase Auth keeps them; this room decides what a client may learn.
package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// Answers that must not tell whether an address is known never come faster than this. Supabase Auth needs some 60 ms
// where it hashes and 1 ms where it does not, and a mail server's handshake on top where it mails.
const evenTime = 400 * time.Millisecond

// Handlers are the operations of the room.
type Handlers struct {
	db       *db.DB
	auth     *gotrue.Client
	verifier *session.Verifier
	limiter  *rate.Limiter
	failures rate.Class
	cursors  page.Cursors
	// refreshes lets tabs that refresh at the same moment ask Supabase Auth once.
	refreshes singleflight.Group
}

// New makes the room.
func New(d room.Deps) *Handlers {
	return &Handlers{db: d.DB, auth: d.Auth, verifier: d.Verifier, limiter: d.Limiter, failures: d.FailedSignIns, cursors: d.Cursors}
}

// signedIn sets the cookies and tells who it is.
func (h *Handlers) signedIn(ctx context.Context, s gotrue.Session) (api.AuthResponse, error) {
	// The token passes the same check as it will in the next request: a server that is set up for another issuer or key
	// says so here, not with a riddle later.
	identity, err := h.verifier.Verify(ctx, s.AccessToken)
	if p, ok := errors.AsType[*problem.Problem](err); ok && p.Cause.Code == problem.AuthUnavailable.Code {
		return api.AuthResponse{}, err // the keys cannot be had yet
	}
	if err != nil {
		return api.AuthResponse{}, fmt.Errorf("verify the token that Supabase Auth just made (JWT_SECRET, JWT_ISSUER?): %s", err) //nolint:errorlint // text only: a 401 of ours would blame the client
	}
	me, err := h.db.GetMe(db.WithIdentity(ctx, identity), identity.UserID)
	if err != nil {
		return api.AuthResponse{}, fmt.Errorf("load profile: %w", err)
	}
	logs.ScopeFrom(ctx).UserID = identity.UserID.String()
	session.SignIn(ctx, s)
	return api.AuthResponse{
		User: api.AuthUser{
			ID: s.User.ID, Email: me.Email, FullName: me.FullName,
			EmailConfirmed: s.User.EmailConfirmedAt != nil, OnboardingCompleted: me.OnboardingCompleted,
		},
		Session: &api.AuthSessionInfo{ExpiresAt: s.ExpiresAt},
	}, nil
}

// normal is an address as it is stored and compared.
func normal(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// account names an account, a client address and what is tried there in a rate bucket without writing any of it down.
func account(ctx context.Context, email, what string) string {
	sum := sha256.Sum256([]byte(what + "\x00" + email + "\x00" + rate.Address(session.Caller(ctx).IP)))
	return hex.EncodeToString(sum[:16])
}

// attempt tries a password.
func (h *Handlers) attempt(ctx context.Context, email, password string) (gotrue.Session, error) {
	return h.guarded(ctx, email, "password", func() (gotrue.Session, error) {
		return h.auth.SignInWithPassword(ctx, session.Caller(ctx), email, password)
	})
}

// guarded tries something that could be guessed, within the budget of failures of its account and client address.
func (h *Handlers) guarded(ctx context.Context, email, what string, try func() (gotrue.Session, error)) (gotrue.Session, error) {
	who := account(ctx, email, what)
	// Taken before and given back after: a hundred guesses at the same moment are still ten.
	d, err := h.limiter.Take(ctx, h.failures, who)
	if err != nil {
		return gotrue.Session{}, err
	}
	if !d.Allowed {
		slog.WarnContext(ctx, "user_login_throttled", "email", logs.Mask(email), "ip", session.Caller(ctx).IP)
		return gotrue.Session{}, problem.New(tooManyFailures).WithRetryAfter(d.RetryAfter)
	}
	s, err := try()
	// Who hangs up before the answer has guessed, too.
	if hungUp := err != nil && errors.Is(err, context.Canceled); hungUp || refused(err) && gotrue.CodeOf(err) != gotrue.CodeEmailNotConfirmed {
		return gotrue.Session{}, err
	}
	if returned := h.limiter.GiveBack(context.WithoutCancel(ctx), h.failures, who); returned != nil {
		slog.WarnContext(ctx, "rate_return_failed", "error", returned)
	}
	return s, err
}

// evenOut waits until an answer that must not tell anything is as old as all of its kind.
func evenOut(ctx context.Context, start time.Time) {
	timer := time.NewTimer(evenTime - time.Since(start))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// checkPassword says what the contract's schema cannot: bcrypt sees 72 bytes, and a letter may be four.
func checkPassword(field, password string) error {
	if len(password) > 72 {
		return problem.Unprocessable(passwordTooLong.At(field))
	}
	return nil
}

// passwordRefused reads what Supabase Auth has against a new password; other errors pass through.
func passwordRefused(field string, err error) error {
	switch gotrue.CodeOf(err) {
	case gotrue.CodeWeakPassword:
		return problem.Unprocessable(weakPassword.At(field)).Wrap(err)
	case gotrue.CodeSamePassword:
		return problem.Unprocessable(samePassword.At(field)).Wrap(err)
	case gotrue.CodeValidationFailed:
		return problem.Unprocessable(unfitPassword.At(field)).Wrap(err)
	}
	return err
}

// tokenRefused reads what Supabase Auth has against the token of somebody signed in; other errors pass through. The token
// was checked here first, so a bad one has expired: we forgive a clock that is late, Supabase Auth does not.
func tokenRefused(err error) error {
	switch {
	case gotrue.CodeOf(err) == gotrue.CodeBadJWT:
		return problem.New(problem.ExpiredToken).Wrap(err)
	case accountGone(err):
		return problem.New(problem.SessionEnded).Wrap(err)
	}
	return err
}

// accountGone reports whether the session, or the account behind it, is no more or is banned.
func accountGone(err error) bool {
	switch gotrue.CodeOf(err) {
	case gotrue.CodeSessionNotFound, gotrue.CodeUserNotFound, gotrue.CodeUserBanned:
		return true
	}
	return false
}

// refused reports whether Supabase Auth said no, as opposed to nothing. A refusal without a code is not its own: a
// gateway missed a key, or a proxy had a page to show.
func refused(err error) bool {
	return gotrue.CodeOf(err) != "" && !errors.Is(err, gotrue.ErrUnavailable)
}
