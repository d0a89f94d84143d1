package coach

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// ListMemories returns a page of what the person has told the coach about themselves.
func (h *Handlers) ListMemories(ctx context.Context, r api.ListMemoriesRequestObject) (api.ListMemoriesResponseObject, error) {
	window, err := h.cursors.Newest("listMemories", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	p := queries.ListMemoriesParams{
		UserID:   db.IdentityFrom(ctx).UserID,
		BeforeAt: window.BeforeAt,
		BeforeID: window.BeforeID,
		PageSize: window.Size,
	}
	rows, err := h.db.ListMemories(ctx, p)
	if err != nil {
		return nil, err
	}
	rows, next, err := page.Rows(window, rows, func(row queries.CoachMemory) page.Key {
		return page.Key{At: row.CreatedAt, ID: row.ID}
	})
	if err != nil {
		return nil, err
	}
	response := api.MemoryPage{Data: make([]api.Memory, len(rows)), NextCursor: next}
	for i, row := range rows {
		response.Data[i] = memoryOf(row)
	}
	return api.ListMemories200JSONResponse(response), nil
}

// DeleteMemory erases one memory.
func (h *Handlers) DeleteMemory(ctx context.Context, r api.DeleteMemoryRequestObject) (api.DeleteMemoryResponseObject, error) {
	deleted, err := h.db.DeleteMemories(ctx, queries.DeleteMemoriesParams{UserID: db.IdentityFrom(ctx).UserID, MemoryID: &r.ID})
	if err != nil {
		return nil, err
	}
	if deleted == 0 {
		return nil, problem.New(memoryNotFound)
	}
	return api.DeleteMemory204Response{}, nil
}

// DeleteMemories erases all memories.
func (h *Handlers) DeleteMemories(ctx context.Context, _ api.DeleteMemoriesRequestObject) (api.DeleteMemoriesResponseObject, error) {
	if _, err := h.db.DeleteMemories(ctx, queries.DeleteMemoriesParams{UserID: db.IdentityFrom(ctx).UserID}); err != nil {
		return nil, err
	}
	return api.DeleteMemories204Response{}, nil
}

// GetCoachSettings returns whether the coach may remember.
func (h *Handlers) GetCoachSettings(
	ctx context.Context,
	_ api.GetCoachSettingsRequestObject,
) (api.GetCoachSettingsResponseObject, error) {
	settings, err := h.coachSettings(ctx)
	if err != nil {
		return nil, err
	}
	return api.GetCoachSettings200JSONResponse(settings), nil
}

// UpdateCoachSettings switches the memory on or off.
func (h *Handlers) UpdateCoachSettings(
	ctx context.Context,
	r api.UpdateCoachSettingsRequestObject,
) (api.UpdateCoachSettingsResponseObject, error) {
	if enabled := r.Body.MemoryEnabled; enabled != nil {
		err := h.db.SetCoachMemory(ctx, queries.SetCoachMemoryParams{UserID: db.IdentityFrom(ctx).UserID, Enabled: *enabled})
		if err != nil {
			return nil, err
		}
	}
	settings, err := h.coachSettings(ctx)
	if err != nil {
		return nil, err
	}
	return api.UpdateCoachSettings200JSONResponse(settings), nil
}

func (h *Handlers) coachSettings(ctx context.Context) (api.CoachSettings, error) {
	row, err := h.db.GetCoachSettings(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return api.CoachSettings{}, err
	}
	settings := api.CoachSettings{MemoryEnabled: row.MemoryEnabled}
	if row.EraseAt != nil && row.Facts+row.Texts > 0 {
		// The job comes every eraseEvery, and needs a moment.
		settings.Erasure = &api.MemoryErasure{
			Until:    row.EraseAt.Add(eraseEvery + time.Minute),
			Memories: int(row.Facts),
			Texts:    int(row.Texts),
		}
	}
	return settings, nil
}

// remember keeps the facts that a message states and returns those that are new. Without the person's consent it keeps none.
func (h *Handlers) remember(ctx context.Context, message uuid.UUID, text string) ([]api.Memory, error) {
	var kept []api.Memory
	for _, f := range factsIn(text) {
		rows, err := h.keepFact(ctx, uuid.New(), message, f)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			kept = append(kept, memoryOf(row))
		}
	}
	return kept, nil
}

// keepFact returns the stored fact, or none when it is known or may not be kept.
func (h *Handlers) keepFact(ctx context.Context, id, message uuid.UUID, f fact) ([]queries.CoachMemory, error) {
	rows, err := h.db.RememberFact(ctx, queries.RememberFactParams{
		UserID: db.IdentityFrom(ctx).UserID, MemoryID: id, MessageID: message, Kind: string(f.Kind), Content: f.Content,
	})
	if err != nil {
		return nil, fmt.Errorf("remember a fact: %w", err)
	}
	return rows, nil
}

// rememberFacts keeps the facts of a turn's message and returns the new ones. A reply is made without them too.
func (h *Handlers) rememberFacts(ctx context.Context, t turn) []api.Memory {
	kept, err := h.remember(ctx, t.MessageID, t.Text)
	if err != nil {
		slog.WarnContext(ctx, "facts_keep_failed", "message_id", t.MessageID, "error", err)
	} else if len(kept) > 0 {
		slog.InfoContext(ctx, "facts_kept", "message_id", t.MessageID, "count", len(kept))
	}
	return kept
}

func memoryOf(row queries.CoachMemory) api.Memory {
	return api.Memory{
		ID: row.ID, Kind: api.MemoryKind(row.Kind), Content: row.Content, MessageID: row.MessageID, CreatedAt: row.CreatedAt,
	}
}
