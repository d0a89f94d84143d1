package auth

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/session"
	"github.com/ultimatecoach/api/internal/tools/text"
)

// Signup creates an account. A database trigger creates its profile.
func (h *Handlers) Signup(ctx context.Context, r api.SignupRequestObject) (api.SignupResponseObject, error) {
	start := time.Now()
	email := normalizeEmail(r.Body.Email)
	if err := checkPassword("password", r.Body.Password); err != nil {
		return nil, err
	}
	var fullName string
	if r.Body.FullName != nil {
		fullName = text.Clean(*r.Body.FullName)
	}
	made, err := h.auth.Signup(ctx, session.Caller(ctx), gotrue.SignupRequest{Email: email, Password: r.Body.Password, FullName: fullName})
	switch gotrue.CodeOf(err) {
	case gotrue.CodeUserAlreadyExists, gotrue.CodeEmailExists:
		return nil, problem.New(emailTaken).Wrap(err)
	case gotrue.CodeSignupDisabled, "email_provider_disabled":
		return nil, problem.New(signupClosed).Wrap(err)
	case gotrue.CodeWeakPassword:
		return nil, passwordProblem("password", err)
	case gotrue.CodeValidationFailed, "email_address_invalid", "email_address_not_authorized":
		return nil, problem.Unprocessable(emailRefused.At("email")).Wrap(err)
	case gotrue.CodeOverEmailSendRate:
		err = nil // a mail was sent a moment ago; an error would show that the address waits for its confirmation
	}
	if err != nil {
		return nil, err
	}
	if made.Session == nil {
		waitMinResponseTime(ctx, start)
		slog.InfoContext(ctx, "user_signup_pending", "email", logs.Mask(email), "ip", session.Caller(ctx).IP)
		return api.Signup201JSONResponse(api.AuthResponse{User: api.AuthUser{
			ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte("mailto:"+email)), Email: email, FullName: r.Body.FullName,
		}}), nil
	}
	body, err := h.signIn(ctx, *made.Session)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "user_signup_success", "email", logs.Mask(email), "ip", session.Caller(ctx).IP)
	slog.InfoContext(ctx, "profile_created")
	return api.Signup201JSONResponse(body), nil
}

// Login checks a password. An unknown address and a wrong password return the same problem.
func (h *Handlers) Login(ctx context.Context, r api.LoginRequestObject) (api.LoginResponseObject, error) {
	start := time.Now()
	email := normalizeEmail(r.Body.Email)
	s, err := h.tryPassword(ctx, email, r.Body.Password, false)
	switch gotrue.CodeOf(err) {
	// Supabase Auth reports a ban even with a wrong password, so reporting it here would show that the address is known.
	case gotrue.CodeInvalidCredentials, gotrue.CodeUserBanned, gotrue.CodeValidationFailed:
		waitMinResponseTime(ctx, start)
		slog.InfoContext(ctx, "user_login_refused", "email", logs.Mask(email), "ip", session.Caller(ctx).IP)
		return nil, problem.New(problem.InvalidCredentials).Wrap(err)
	case gotrue.CodeEmailNotConfirmed:
		return nil, problem.New(emailNotConfirmed).Wrap(err)
	}
	if err != nil {
		return nil, err
	}
	body, err := h.signIn(ctx, s)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "user_login_success", "email", logs.Mask(email), "ip", session.Caller(ctx).IP)
	return api.Login200JSONResponse(body), nil
}

// RefreshSession exchanges the refresh cookie. Equal tokens at the same moment share one request to Supabase Auth, and two
// replicas that send the same token receive the same session.
//
// A late response must not replace or clear the cookies of a session that the browser has opened meanwhile. Signing in ends the
// browser's previous session, so a refresh whose session ended while it was under way changes no cookie.
func (h *Handlers) RefreshSession(ctx context.Context, _ api.RefreshSessionRequestObject) (api.RefreshSessionResponseObject, error) {
	token, err := session.RefreshToken(ctx)
	if err != nil {
		return nil, err
	}
	if token == "" {
		return nil, problem.New(missingRefresh)
	}
	owner, alive, err := h.sessionOfCookie(ctx, token)
	if err != nil {
		return nil, err
	}
	if alive {
		if err := h.checkOwner(ctx, owner); err != nil {
			return nil, err
		}
	}
	shared, err, _ := h.refreshes.Do(token, func() (any, error) {
		// The first caller may disconnect while others wait for the result.
		return h.auth.Refresh(context.WithoutCancel(ctx), session.Caller(ctx), token)
	})
	if alive && gotrue.CodeOf(err) == gotrue.CodeRefreshTokenNotFound {
		return nil, problem.New(problem.SessionEnded).Wrap(err) // it ended meanwhile
	}
	if isRefusal(err) {
		session.SignOut(ctx)
		return nil, problem.New(invalidRefresh).Wrap(err)
	}
	if err != nil {
		return nil, err
	}
	renewed := shared.(gotrue.Session)
	body, _, err := h.load(ctx, renewed) // checks that the session is alive, too
	if err != nil {
		return nil, err
	}
	if err := session.SignIn(ctx, renewed); err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "user_session_refreshed")
	return api.RefreshSession200JSONResponse(body), nil
}

// checkOwner returns a problem when the refresh token is not of the user that the client expects, or not of the session of the
// access cookie, which may have expired.
func (h *Handlers) checkOwner(ctx context.Context, owner ownSession) error {
	if err := session.CheckExpectedUser(ctx, owner.user); err != nil {
		return err
	}
	access, err := session.AccessCookie(ctx)
	if err != nil {
		return err
	}
	if identity, err := h.verifier.VerifyExpired(ctx, access); err == nil && identity.SessionID != owner.id {
		return problem.New(sessionReplaced)
	}
	return nil
}
