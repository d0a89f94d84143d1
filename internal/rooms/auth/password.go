package auth

import (
	"context"
	"log/slog"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
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
	proof, err := h.tryPassword(ctx, me.Email, r.Body.CurrentPassword, true)
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

// ResetPassword verifies the token of a mail, sets the password and signs the user in. It refuses the token of any mail but one that
// RequestPasswordReset asked for, because Supabase Auth would set a password for the token of a magic link too.
func (h *Handlers) ResetPassword(ctx context.Context, r api.ResetPasswordRequestObject) (api.ResetPasswordResponseObject, error) {
	if err := checkPassword("new_password", r.Body.NewPassword); err != nil {
		return nil, err
	}
	s, err := h.verifyMailToken(ctx, gotrue.TypeRecovery, r.Body.TokenHash, r.Body.Email, r.Body.Token)
	if err != nil {
		return nil, err
	}
	asked, err := h.db.IsRecoveryMail(db.AsService(ctx), s.User.ID)
	if err == nil && !asked {
		err = problem.New(mailTokenInvalid)
	}
	if err != nil {
		h.endSession(ctx, s)
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
	return api.ResetPassword200JSONResponse(body), nil
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
	return api.VerifyEmail200JSONResponse(body), nil
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
