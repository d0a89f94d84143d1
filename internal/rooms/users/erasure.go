package users

import (
	"context"
	"log/slog"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/tools/jobs"
)

// eraseAuditLog deletes what the audit log of Supabase Auth keeps about a deleted account. It is a job because it reads the whole log.
type eraseAuditLog struct {
	UserID uuid.UUID `json:"user_id"`
	Email  string    `json:"email"`
}

// Kind names the job.
func (eraseAuditLog) Kind() string { return "erase_audit_log" }

// Jobs implements room.Worker.
func (h *Handlers) Jobs() []jobs.Job { return []jobs.Job{jobs.On(h.eraseAuditLog)} }

func (h *Handlers) eraseAuditLog(ctx context.Context, e eraseAuditLog, _ bool) error {
	erased, err := h.db.EraseAuditLog(db.AsService(ctx), queries.EraseAuditLogParams{UserID: e.UserID, Email: e.Email})
	switch {
	case err != nil:
		return err
	case erased < 0:
		slog.WarnContext(ctx, "audit_log_erase_refused", "user_id", e.UserID)
	default:
		slog.InfoContext(ctx, "audit_log_erased", "user_id", e.UserID, "entries", erased)
	}
	return nil
}
