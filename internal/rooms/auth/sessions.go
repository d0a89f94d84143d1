package auth

import (
	"context"
	"log/slog"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// ListSessions returns the user's sessions, newest first.
func (h *Handlers) ListSessions(ctx context.Context, r api.ListSessionsRequestObject) (api.ListSessionsResponseObject, error) {
	me := db.IdentityFrom(ctx)
	window, err := h.cursors.Newest("listSessions", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	params := queries.ListSessionsParams{UserID: me.UserID, BeforeTime: window.BeforeAt, BeforeID: window.BeforeID, MaxRows: window.Size}
	rows, err := h.db.ListSessions(ctx, params)
	if err != nil {
		return nil, err
	}
	rows, next, err := page.Rows(window, rows, func(row queries.ListSessionsRow) page.Key {
		return page.Key{At: row.CreatedAt, ID: row.ID}
	})
	if err != nil {
		return nil, err
	}
	response := api.AuthSessionPage{Data: make([]api.AuthSession, len(rows)), NextCursor: next}
	for i, row := range rows {
		response.Data[i] = api.AuthSession{
			ID: row.ID, CreatedAt: row.CreatedAt.UTC(), LastUsedAt: row.LastUsedAt.UTC(),
			UserAgent: optional.NonEmpty(row.UserAgent), IP: optional.NonEmpty(row.IP), IsCurrent: row.ID == me.SessionID,
		}
	}
	return api.ListSessions200JSONResponse(response), nil
}

// RevokeSession ends one of the user's sessions; it may be the current one.
func (h *Handlers) RevokeSession(ctx context.Context, r api.RevokeSessionRequestObject) (api.RevokeSessionResponseObject, error) {
	me := db.IdentityFrom(ctx)
	ended, err := h.db.RevokeSession(ctx, queries.RevokeSessionParams{SessionID: r.ID, UserID: me.UserID})
	if err != nil {
		return nil, err
	}
	if !ended {
		return nil, problem.New(sessionNotFound)
	}
	if r.ID == me.SessionID {
		session.SignOut(ctx)
	}
	slog.InfoContext(ctx, "user_session_revoked", "session_id", r.ID)
	return api.RevokeSession204Response{}, nil
}
