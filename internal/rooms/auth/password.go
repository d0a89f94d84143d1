package auth

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// ChangePassword checks the current password by signing in with it. The session that this opens ends with all other sessions.
func (h *Handlers) ChangePassword(ctx context.Context, r api.ChangePasswordRequestObject) (api.ChangePasswordResponseObject, error) {
	if err := checkPassword("new_password", r.Body.NewPassword); err != nil {
		return nil, err
	}
	me, err := h.db.GetMe(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	proof, err := h.tryPassword(ctx, me.Email, r.Body.CurrentPassword)
	switch gotrue.CodeOf(err) {
	case gotrue.CodeInvalidCredentials:
		return nil, problem.Unprocessable(wrongPassword.At("current_password")).Wrap(err)
	case gotrue.CodeEmailNotConfirmed:
		return nil, problem.New(emailNotConfirmed).Wrap(err)
	}
	if err != nil {
		return nil, tokenProblem(err) // the user was banned meanwhile
	}
	if err := h.setPassword(ctx, session.From(ctx).AccessToken, r.Body.NewPassword); err != nil {
		h.endSession(ctx, proof)
		return nil, tokenProblem(err)
	}
	slog.InfoContext(ctx, "user_password_changed")
	return api.ChangePassword204Response{}, nil
}

// RequestPasswordReset returns the same response for every address.
func (h *Handlers) RequestPasswordReset(ctx context.Context, r api.RequestPasswordResetRequestObject) (api.RequestPasswordResetResponseObject, error) {
	start := time.Now()
	err := h.auth.Recover(ctx, session.Caller(ctx), normalizeEmail(r.Body.Email), "")
	if err := h.hideMailRefusal(ctx, "password_reset", r.Body.Email, start, err); err != nil {
		return nil, err
	}
	return api.RequestPasswordReset202Response{}, nil
}

// ResetPassword verifies the token of a mail, sets the password and signs the user in.
func (h *Handlers) ResetPassword(ctx context.Context, r api.ResetPasswordRequestObject) (api.ResetPasswordResponseObject, error) {
	if err := checkPassword("new_password", r.Body.NewPassword); err != nil {
		return nil, err
	}
	s, err := h.verifyMailToken(ctx, gotrue.TypeRecovery, r.Body.TokenHash, r.Body.Email, r.Body.Token)
	if err != nil {
		return nil, err
	}
	err = h.setPassword(ctx, s.AccessToken, r.Body.NewPassword)
	if gotrue.CodeOf(err) == gotrue.CodeSamePassword {
		// It is the current password. A new one would have ended the other sessions, so end them here.
		err = h.auth.Logout(ctx, session.Caller(ctx), s.AccessToken, gotrue.ScopeOthers)
	}
	if sessionOrUserMissing(err) { // deleted or banned meanwhile: same problem as for an invalid mail token
		return nil, problem.New(mailTokenInvalid).Wrap(err)
	}
	if err != nil {
		h.endSession(ctx, s)
		return nil, err
	}
	body, err := h.signIn(ctx, s)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "user_password_reset")
	return api.ResetPassword200JSONResponse{Body: body}, nil
}

// VerifyEmail confirms an email address and signs its owner in.
func (h *Handlers) VerifyEmail(ctx context.Context, r api.VerifyEmailRequestObject) (api.VerifyEmailResponseObject, error) {
	s, err := h.verifyMailToken(ctx, gotrue.TypeSignup, r.Body.TokenHash, r.Body.Email, r.Body.Token)
	if err != nil {
		return nil, err
	}
	body, err := h.signIn(ctx, s)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "user_email_verified")
	return api.VerifyEmail200JSONResponse{Body: body}, nil
}

// ResendVerification returns the same response for every address.
func (h *Handlers) ResendVerification(ctx context.Context, r api.ResendVerificationRequestObject) (api.ResendVerificationResponseObject, error) {
	start := time.Now()
	err := h.auth.Resend(ctx, session.Caller(ctx), gotrue.TypeSignup, normalizeEmail(r.Body.Email))
	if err := h.hideMailRefusal(ctx, "email_verification", r.Body.Email, start, err); err != nil {
		return nil, err
	}
	return api.ResendVerification202Response{}, nil
}

// hideMailRefusal drops refusals of Supabase Auth to send a mail, because each would show something about the address. It
// returns an error only when Supabase Auth is unavailable.
func (h *Handlers) hideMailRefusal(ctx context.Context, kind, email string, start time.Time, err error) error {
	if errors.Is(err, gotrue.ErrUnavailable) && gotrue.CodeOf(err) != gotrue.CodeOverEmailSendRate {
		return err
	}
	waitMinResponseTime(ctx, start)
	slog.InfoContext(ctx, "auth_mail_requested", "kind", kind, "email", logs.Mask(normalizeEmail(email)), "mail_error", gotrue.CodeOf(err))
	return nil
}

// verifyMailToken exchanges the token of a mail for a session.
func (h *Handlers) verifyMailToken(ctx context.Context, kind gotrue.VerifyType, tokenHash, email, token *string) (gotrue.Session, error) {
	var s gotrue.Session
	var err error
	switch {
	case tokenHash != nil && email == nil && token == nil:
		s, err = h.auth.Verify(ctx, session.Caller(ctx), gotrue.VerifyRequest{Type: kind, TokenHash: *tokenHash})
	case tokenHash == nil && email != nil && token != nil:
		address := normalizeEmail(*email)
		// Six digits could be guessed in a day. Codes and passwords have separate budgets: a user who has used up the
		// budget of passwords asks for a mail.
		s, err = h.withFailureBudget(ctx, address, "code", func() (gotrue.Session, error) {
			return h.auth.Verify(ctx, session.Caller(ctx), gotrue.VerifyRequest{Type: kind, Email: address, Token: *token})
		})
	default:
		return gotrue.Session{}, problem.Unprocessable(mailTokenRequired.At("token_hash"))
	}
	if isRefusal(err) {
		return gotrue.Session{}, problem.New(mailTokenInvalid).Wrap(err)
	}
	return s, err
}

func (h *Handlers) setPassword(ctx context.Context, accessToken, password string) error {
	_, err := h.auth.UpdateUser(ctx, session.Caller(ctx), accessToken, gotrue.UserUpdate{Password: &password})
	if err != nil {
		return passwordProblem("new_password", err)
	}
	return nil
}

// endSession ends a session that is no longer needed. A failure is logged only.
func (h *Handlers) endSession(ctx context.Context, s gotrue.Session) {
	if err := h.auth.Logout(context.WithoutCancel(ctx), session.Caller(ctx), s.AccessToken, gotrue.ScopeLocal); err != nil {
		slog.WarnContext(ctx, "session_drop_failed", "error", err)
	}
}
