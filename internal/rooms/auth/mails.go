package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/logs"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// sendMail asks Supabase Auth for a mail. It is a job, so that the response does not show whether the address has an account, however
// long Supabase Auth and its mail server take.
type sendMail struct {
	// Type is gotrue.TypeRecovery or gotrue.TypeSignup.
	Type      gotrue.VerifyType `json:"type"`
	Email     string            `json:"email"`
	IP        string            `json:"ip"`
	UserAgent string            `json:"user_agent"`
}

// Kind names the job.
func (sendMail) Kind() string { return "send_auth_mail" }

// Jobs implements room.Worker.
func (h *Handlers) Jobs() []jobs.Job { return []jobs.Job{jobs.On(h.sendMail)} }

// sendMail drops refusals of Supabase Auth. It returns an error while Supabase Auth is unavailable, except at the last attempt: then the
// person has to ask again.
func (h *Handlers) sendMail(ctx context.Context, m sendMail, last bool) error {
	if m.Type == gotrue.TypeRecovery {
		if err := h.db.ExpectRecoveryMail(db.AsService(ctx), m.Email); err != nil {
			return fmt.Errorf("expect recovery mail: %w", err)
		}
	}
	err := h.askForMail(ctx, m)
	tooOften := gotrue.CodeOf(err) == gotrue.CodeOverEmailSendRate
	if errors.Is(err, gotrue.ErrUnavailable) && !tooOften && !last {
		return err
	}
	if m.Type == gotrue.TypeRecovery {
		if err := h.db.KeepRecoveryMail(db.AsService(ctx), m.Email); err != nil {
			return fmt.Errorf("keep recovery mail: %w", err)
		}
	}
	slog.InfoContext(ctx, "auth_mail_requested", "kind", m.Type, "email", logs.Mask(m.Email), "mail_error", gotrue.CodeOf(err))
	return nil
}

func (h *Handlers) askForMail(ctx context.Context, m sendMail) error {
	caller := gotrue.Caller{IP: m.IP, UserAgent: m.UserAgent}
	if m.Type == gotrue.TypeRecovery {
		return h.auth.Recover(ctx, caller, m.Email, "")
	}
	return h.auth.Resend(ctx, caller, m.Type, m.Email)
}

// addMail adds the job of a mail for the request in ctx.
func (h *Handlers) addMail(ctx context.Context, kind gotrue.VerifyType, email string) error {
	caller := session.Caller(ctx)
	return h.addJob(ctx, sendMail{Type: kind, Email: normalizeEmail(email), IP: caller.IP, UserAgent: caller.UserAgent})
}

// RequestPasswordReset returns the same response for every address, before Supabase Auth is asked for the mail.
func (h *Handlers) RequestPasswordReset(
	ctx context.Context,
	r api.RequestPasswordResetRequestObject,
) (api.RequestPasswordResetResponseObject, error) {
	if err := h.addMail(ctx, gotrue.TypeRecovery, r.Body.Email); err != nil {
		return nil, err
	}
	return api.RequestPasswordReset202Response{}, nil
}

// ResendVerification returns the same response for every address, before Supabase Auth is asked for the mail.
func (h *Handlers) ResendVerification(
	ctx context.Context,
	r api.ResendVerificationRequestObject,
) (api.ResendVerificationResponseObject, error) {
	if err := h.addMail(ctx, gotrue.TypeSignup, r.Body.Email); err != nil {
		return nil, err
	}
	return api.ResendVerification202Response{}, nil
}
