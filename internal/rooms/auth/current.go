package auth

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// GetSession returns who is signed in; user is null where nobody is.
func (h *Handlers) GetSession(ctx context.Context, _ api.GetSessionRequestObject) (api.GetSessionResponseObject, error) {
	current := api.CurrentSession{User: nullable.NewNullNullable[api.AuthUser]()}
	if _, found, err := h.sessionOfCookie(ctx, session.From(ctx).RefreshToken); err != nil {
		return nil, err
	} else if found {
		current.CanRefresh = true
	}
	identity, err := h.verifier.Optional(ctx)
	if err != nil {
		return nil, err
	}
	if identity == nil {
		return api.GetSession200JSONResponse(current), nil
	}
	me, err := h.db.GetCurrentUser(db.WithIdentity(ctx, identity), identity.UserID)
	if err != nil {
		if fault := db.Diagnose(err); fault == db.SessionEnded || fault == db.NoRows {
			return api.GetSession200JSONResponse(current), nil
		}
		return nil, fmt.Errorf("load profile: %w", err)
	}
	session.SetUser(ctx, identity.UserID)
	current.User.Set(api.AuthUser{
		ID: identity.UserID, Email: me.Email, FullName: me.FullName,
		EmailConfirmed: me.EmailConfirmed, OnboardingCompleted: me.OnboardingCompleted,
	})
	current.Session = &api.AuthSessionInfo{ExpiresAt: identity.Expires}
	return api.GetSession200JSONResponse(current), nil
}

// ownSession is a session and its user.
type ownSession struct{ id, user uuid.UUID }

// sessionOfCookie finds the session of a refresh token that is alive. It does not prove that the token is the newest one.
func (h *Handlers) sessionOfCookie(ctx context.Context, refreshToken string) (s ownSession, found bool, err error) {
	if refreshToken == "" || len(refreshToken) > maxRefreshToken {
		return ownSession{}, false, nil
	}
	params := queries.FindSessionParams{RefreshToken: refreshToken}
	if id, ok := gotrue.SessionOfRefreshToken(refreshToken); ok {
		params.SessionID = &id
	}
	row, err := h.db.FindSession(db.AsService(ctx), params)
	if db.IsNoRows(err) {
		return ownSession{}, false, nil
	}
	if err != nil {
		return ownSession{}, false, fmt.Errorf("find session of refresh token: %w", err)
	}
	return ownSession{row.ID, row.UserID}, true, nil
}

// maxRefreshToken is well above the 12 or 51 characters of a refresh token of Supabase Auth.
const maxRefreshToken = 256

// Logout ends the sessions of the request's tokens in the database, which every replica checks, and clears the cookies. With
// cookies it always succeeds: an expired or invalid access token and a session that has ended do not matter.
func (h *Handlers) Logout(ctx context.Context, _ api.LogoutRequestObject) (api.LogoutResponseObject, error) {
	credentials := session.From(ctx)
	if credentials.Bearer {
		return h.logoutBearer(ctx)
	}
	sessions, err := h.sessionsOfCookies(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range sessions { // all of them before any is ended
		if err := session.CheckExpectedUser(ctx, s.user); err != nil {
			return nil, err
		}
	}
	for _, s := range sessions {
		if _, err := h.db.EndSession(db.AsService(ctx), queries.EndSessionParams{SessionID: s.id, UserID: s.user}); err != nil {
			return nil, fmt.Errorf("end session: %w", err)
		}
		session.SetUser(ctx, s.user)
	}
	session.SignOut(ctx)
	slog.InfoContext(ctx, "user_logout_success", "sessions", len(sessions))
	return api.Logout204Response{}, nil
}

// logoutBearer ends the session of a valid bearer token.
func (h *Handlers) logoutBearer(ctx context.Context) (api.LogoutResponseObject, error) {
	me, err := h.verifier.Require(ctx)
	if err != nil {
		return nil, err
	}
	if err := session.CheckExpectedUser(ctx, me.UserID); err != nil {
		return nil, err
	}
	_, err = h.db.RevokeSession(db.WithIdentity(ctx, me), queries.RevokeSessionParams{SessionID: me.SessionID, UserID: me.UserID})
	if err != nil {
		return nil, err
	}
	session.SetUser(ctx, me.UserID)
	session.SignOut(ctx)
	slog.InfoContext(ctx, "user_logout_success", "sessions", 1)
	return api.Logout204Response{}, nil
}

// sessionsOfCookies returns the sessions that the request's cookies prove to be the browser's: those of access tokens with a valid
// signature, expired or not, and those of refresh tokens. With several cookies of one name it returns the sessions of all.
func (h *Handlers) sessionsOfCookies(ctx context.Context) ([]ownSession, error) {
	credentials := session.From(ctx)
	found := map[ownSession]bool{}
	for _, token := range limited(credentials.AccessCookies) {
		if identity, err := h.verifier.VerifyExpired(ctx, token); err == nil {
			found[ownSession{identity.SessionID, identity.UserID}] = true
		}
	}
	for _, token := range limited(credentials.RefreshCookies) {
		s, ok, err := h.sessionOfCookie(ctx, token)
		if err != nil {
			return nil, err
		}
		if !ok || found[s] {
			continue
		}
		if _, unproven := gotrue.SessionOfRefreshToken(token); unproven {
			// The token names its session, and only Supabase Auth can check that it is genuine.
			renewed, err := h.auth.Refresh(ctx, session.Caller(ctx), token)
			if isRefusal(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			h.endSession(ctx, renewed)
			continue
		}
		found[s] = true
	}
	return slices.Collect(maps.Keys(found)), nil
}

// limited bounds the work for a request with many cookies.
func limited(tokens []string) []string { return tokens[:min(len(tokens), 4)] }
