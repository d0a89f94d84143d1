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

// ChangePassword proves the current password by signing in with it; the session this makes ends with all others.
func (h *Handlers) ChangePassword(ctx context.Context, r api.ChangePasswordRequestObject) (api.ChangePasswordResponseObject, error) {
	if err := checkPassword("new_password", r.Body.NewPassword); err != nil {
		return nil, err
	}
	me, err := h.db.GetMe(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	proof, err := h.attempt(ctx, me.Email, r.Body.CurrentPassword)
	switch gotrue.CodeOf(err) {
	case gotrue.CodeInvalidCredentials:
		return nil, problem.Unprocessable(wrongPassword.At("current_password")).Wrap(err)
	case gotrue.CodeEmailNotConfirmed:
		return nil, problem.New(emailNotConfirmed).Wrap(err)
	}
	if err != nil {
		return nil, tokenRefused(err) // banned while we asked
	}
	if err := h.setPassword(ctx, session.From(ctx).AccessToken, r.Body.NewPassword); err != nil {
		h.drop(ctx, proof)
		return nil, tokenRefused(err)
	}
	slog.InfoContext(ctx, "user_password_changed")
	return api.ChangePassword204Response{}, nil
}

// RequestPasswordReset answers alike for every address.
func (h *Handlers) RequestPasswordReset(ctx context.Context, r api.RequestPasswordResetRequestObject) (api.RequestPasswordResetResponseObject, error) {
	start := time.Now()
	err := h.auth.Recover(ctx, session.Caller(ctx), normal(r.Body.Email), "")
	if err := h.discreet(ctx, "password_reset", r.Body.Email, start, err); err != nil {
		return nil, err
	}
	return api.RequestPasswordReset202Response{}, nil
}

// ResetPassword lets somebody in who holds a mail, and sets the password before anything else can happen.
func (h *Handlers) ResetPassword(ctx context.Context, r api.ResetPasswordRequestObject) (api.ResetPasswordResponseObject, error) {
	if err := checkPassword("new_password", r.Body.NewPassword); err != nil {
		return nil, err
	}
	s, err := h.redeem(ctx, gotrue.TypeRecovery, r.Body.TokenHash, r.Body.Email, r.Body.Token)
	if err != nil {
		return nil, err
	}
	err = h.setPassword(ctx, s.AccessToken, r.Body.NewPassword)
	if gotrue.CodeOf(err) == gotrue.CodeSamePassword {
		// They remember it after all. What a new password does to other sessions is done here.
		err = h.auth.Logout(ctx, session.Caller(ctx), s.AccessToken, gotrue.ScopeOthers)
	}
	if accountGone(err) { // while we asked; as if it had gone before the mail was opened
		return nil, problem.New(mailTokenInvalid).Wrap(err)
	}
	if err != nil {
		h.drop(ctx, s)
		return nil, err
	}
	body, err := h.signedIn(ctx, s)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "user_password_reset")
	return api.ResetPassword200JSONResponse{Body: body}, nil
}

// VerifyEmail confirms an address and signs its owner in.
func (h *Handlers) VerifyEmail(ctx context.Context, r api.VerifyEmailRequestObject) (api.VerifyEmailResponseObject, error) {
	s, err := h.redeem(ctx, gotrue.TypeSignup, r.Body.TokenHash, r.Body.Email, r.Body.Token)
	if err != nil {
		return nil, err
	}
	body, err := h.signedIn(ctx, s)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "user_email_verified")
	return api.VerifyEmail200JSONResponse{Body: body}, nil
}

// ResendVerification answers alike for every address.
func (h *Handlers) ResendVerification(ctx context.Context, r api.ResendVerificationRequestObject) (api.ResendVerificationResponseObject, error) {
	start := time.Now()
	err := h.auth.Resend(ctx, session.Caller(ctx), gotrue.TypeSignup, normal(r.Body.Email))
	if err := h.discreet(ctx, "email_verification", r.Body.Email, start, err); err != nil {
		return nil, err
	}
	return api.ResendVerification202Response{}, nil
}

// discreet swallows every refusal of a mail, for each would tell something about the address.
func (h *Handlers) discreet(ctx context.Context, kind, email string, start time.Time, err error) error {
	if errors.Is(err, gotrue.ErrUnavailable) && gotrue.CodeOf(err) != gotrue.CodeOverEmailSendRate {
		return err
	}
	evenOut(ctx, start)
	slog.InfoContext(ctx, "auth_mail_requested", "kind", kind, "email", logs.Mask(normal(email)), "mail_error", gotrue.CodeOf(err))
	return nil
}

// redeem exchanges a mail's token for a session.
func (h *Handlers) redeem(ctx context.Context, kind gotrue.VerifyType, tokenHash, email, token *string) (gotrue.Session, error) {
	var s gotrue.Session
	var err error
	switch {
	case tokenHash != nil && email == nil && token == nil:
		s, err = h.auth.Verify(ctx, session.Caller(ctx), gotrue.VerifyRequest{Type: kind, TokenHash: *tokenHash})
	case tokenHash == nil && email != nil && token != nil:
		address := normal(*email)
		// Six digits could be guessed in a day; the budget is apart from that of passwords, for who has used that one up
		// asks for a mail.
		s, err = h.guarded(ctx, address, "code", func() (gotrue.Session, error) {
			return h.auth.Verify(ctx, session.Caller(ctx), gotrue.VerifyRequest{Type: kind, Email: address, Token: *token})
		})
	default:
		return gotrue.Session{}, problem.Unprocessable(mailTokenRequired.At("token_hash"))
	}
	if refused(err) {
		return gotrue.Session{}, problem.New(mailTokenInvalid).Wrap(err)
	}
	return s, err
}

func (h *Handlers) setPassword(ctx context.Context, accessToken, password string) error {
	_, err := h.auth.UpdateUser(ctx, session.Caller(ctx), accessToken, gotrue.UserUpdate{Password: &password})
	if err != nil {
		return passwordRefused("new_password", err)
	}
	return nil
}

// drop ends a session that served its purpose.
func (h *Handlers) drop(ctx context.Context, s gotrue.Session) {
	if err := h.auth.Logout(context.WithoutCancel(ctx), session.Caller(ctx), s.AccessToken, gotrue.ScopeLocal); err != nil {
		slog.WarnContext(ctx, "session_drop_failed", "error", err)
	}
}
