package auth

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// sessionKey is the sort key of the list.
type sessionKey struct {
	CreatedAt time.Time `json:"c"`
	ID        uuid.UUID `json:"i"`
}

// ListSessions returns the user's sessions, newest first.
func (h *Handlers) ListSessions(ctx context.Context, r api.ListSessionsRequestObject) (api.ListSessionsResponseObject, error) {
	me := db.IdentityFrom(ctx)
	limit := page.Limit(r.Params.Limit)
	params := queries.ListSessionsParams{UserID: me.UserID, MaxRows: int32(limit + 1)}
	if r.Params.Cursor != nil {
		var key sessionKey
		if err := h.cursors.Decode("listSessions", *r.Params.Cursor, &key); err != nil {
			return nil, err
		}
		params.BeforeTime, params.BeforeID = &key.CreatedAt, &key.ID
	}
	rows, err := h.db.ListSessions(ctx, params)
	if err != nil {
		return nil, err
	}
	rows, more := page.Cut(rows, limit)
	response := api.AuthSessionPage{Data: make([]api.AuthSession, len(rows))}
	for i, row := range rows {
		response.Data[i] = api.AuthSession{
			ID: row.ID, CreatedAt: row.CreatedAt.UTC(), LastUsedAt: row.LastUsedAt.UTC(),
			UserAgent: nilIfEmpty(row.UserAgent), IP: nilIfEmpty(row.IP), IsCurrent: row.ID == me.SessionID,
		}
	}
	if more {
		last := rows[len(rows)-1]
		next, err := h.cursors.Encode("listSessions", sessionKey{last.CreatedAt, last.ID})
		if err != nil {
			return nil, err
		}
		response.NextCursor = &next
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

// nilIfEmpty returns nil for the empty string: Supabase Auth recorded nothing.
func nilIfEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
