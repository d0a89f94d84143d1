// Package auth handles accounts, passwords and sessions. Supabase Auth stores them; this package decides what a client may learn.
package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// minResponseTime is the least duration of a response that must not show whether an address is known. Supabase Auth needs
// about 60 ms where it hashes a password and 1 ms where it does not, and longer where it talks to a mail server.
const minResponseTime = 400 * time.Millisecond

// Handlers implements the operations of this room.
type Handlers struct {
	db       *db.DB
	auth     *gotrue.Client
	verifier *session.Verifier
	limiter  *rate.Limiter
	failures rate.Class
	cursors  page.Cursors
	addJob   func(context.Context, jobs.Args) error
	// refreshes merges equal refreshes at the same moment into one request to Supabase Auth.
	refreshes singleflight.Group
}

// New returns the handlers.
func New(d room.Deps) *Handlers {
	return &Handlers{
		db: d.DB, auth: d.Auth, verifier: d.Verifier, limiter: d.Limiter, failures: d.FailedSignIns, cursors: d.Cursors, addJob: d.AddJob,
	}
}

// signIn sets the cookies of a new session and returns its user. It ends the sessions of the cookies that the browser had before, so
// that a refresh of another tab that is still under way cannot bring them back. When the session cannot be a cookie, it ends.
func (h *Handlers) signIn(ctx context.Context, s gotrue.Session) (api.AuthResponse, error) {
	body, identity, err := h.load(ctx, s)
	if err != nil {
		return api.AuthResponse{}, err
	}
	previous, err := h.sessionsOfCookies(ctx)
	if err != nil {
		return api.AuthResponse{}, err
	}
	if err := session.SignIn(ctx, s); err != nil {
		h.end(ctx, ownSession{identity.SessionID, identity.UserID})
		return api.AuthResponse{}, err
	}
	for _, old := range previous {
		if old.id != identity.SessionID {
			h.end(ctx, old)
		}
	}
	return body, nil
}

// load verifies a session of Supabase Auth and returns the response with its user.
func (h *Handlers) load(ctx context.Context, s gotrue.Session) (api.AuthResponse, *db.Identity, error) {
	// Verify the token as the next request will: a wrong issuer or key in our settings fails here, with a clear error.
	identity, err := h.verifier.Verify(ctx, s.AccessToken)
	if p, ok := errors.AsType[*problem.Problem](err); ok && p.Type.Code == problem.AuthUnavailable.Code {
		return api.AuthResponse{}, nil, err // the signing keys are not available yet
	}
	if err != nil {
		// Only the text: a 401 of ours would blame the client.
		return api.AuthResponse{}, nil, errors.New(
			"verify the token that Supabase Auth just made (JWT_SECRET, JWT_ISSUER?): " + err.Error(),
		)
	}
	me, err := h.db.GetMe(db.WithIdentity(ctx, identity), identity.UserID)
	if err != nil {
		return api.AuthResponse{}, nil, fmt.Errorf("load profile: %w", err)
	}
	session.SetUser(ctx, identity.UserID)
	return api.AuthResponse{
		User: api.AuthUser{
			ID: s.User.ID, Email: me.Email, FullName: me.FullName,
			EmailConfirmed: s.User.EmailConfirmedAt != nil, OnboardingCompleted: me.OnboardingCompleted,
		},
		Session: &api.AuthSessionInfo{ExpiresAt: s.ExpiresAt},
	}, identity, nil
}

// end ends a session in the database. A failure is logged only: the session has no cookie any more.
func (h *Handlers) end(ctx context.Context, s ownSession) {
	_, err := h.db.EndSession(db.AsService(context.WithoutCancel(ctx)), queries.EndSessionParams{SessionID: s.id, UserID: s.user})
	if err != nil {
		slog.WarnContext(ctx, "session_end_failed", "error", err)
	}
}

// normalizeEmail returns the address as it is stored and compared: trimmed, in lower case.
func normalizeEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// waitMinResponseTime waits until minResponseTime has passed since start.
func waitMinResponseTime(ctx context.Context, start time.Time) {
	timer := time.NewTimer(minResponseTime - time.Since(start))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// checkPassword checks what the contract's schema cannot say: bcrypt uses only 72 bytes, and one character may have four.
func checkPassword(field, password string) error {
	if len(password) > 72 {
		return problem.Unprocessable(passwordTooLong.At(field))
	}
	return nil
}

// passwordProblem turns a refusal of a new password by Supabase Auth into a problem. Other errors are returned unchanged.
func passwordProblem(field string, err error) error {
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

// tokenProblem turns a refusal of an access token by Supabase Auth into a problem. Other errors are returned unchanged. The token
// was verified here before, so a bad one has expired meanwhile: we allow 30 s of clock difference, Supabase Auth does not.
func tokenProblem(err error) error {
	switch {
	case gotrue.CodeOf(err) == gotrue.CodeBadJWT:
		return problem.New(problem.ExpiredToken).Wrap(err)
	case sessionOrUserMissing(err):
		return problem.New(problem.SessionEnded).Wrap(err)
	}
	return err
}

// sessionOrUserMissing reports whether the session or its user was deleted, or the user is banned.
func sessionOrUserMissing(err error) bool {
	switch gotrue.CodeOf(err) {
	case gotrue.CodeSessionNotFound, gotrue.CodeUserNotFound, gotrue.CodeUserBanned:
		return true
	}
	return false
}

// isRefusal reports whether Supabase Auth refused the request, as opposed to being unavailable. An error without a code is not
// from Supabase Auth but from a gateway or proxy before it.
func isRefusal(err error) bool {
	return gotrue.CodeOf(err) != "" && !errors.Is(err, gotrue.ErrUnavailable)
}
