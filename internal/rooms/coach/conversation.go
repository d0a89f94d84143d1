package coach

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// ListConversations returns a page of conversations.
func (h *Handlers) ListConversations(
	ctx context.Context,
	r api.ListConversationsRequestObject,
) (api.ListConversationsResponseObject, error) {
	window, err := h.cursors.Newest("listConversations", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	p := queries.ListConversationsParams{
		UserID:   db.IdentityFrom(ctx).UserID,
		Archived: r.Params.Archived,
		BeforeAt: window.BeforeAt,
		BeforeID: window.BeforeID,
		PageSize: window.Size,
	}
	rows, err := h.db.ListConversations(ctx, p)
	if err != nil {
		return nil, err
	}
	rows, next, err := page.Rows(window, rows, func(row queries.CoachConversation) page.Key {
		return page.Key{At: row.LastMessageAt, ID: row.ID}
	})
	if err != nil {
		return nil, err
	}
	response := api.ConversationPage{Data: make([]api.Conversation, len(rows)), NextCursor: next}
	for i, row := range rows {
		response.Data[i] = conversationOf(row)
	}
	return api.ListConversations200JSONResponse(response), nil
}

// CreateConversation stores a conversation without messages.
func (h *Handlers) CreateConversation(
	ctx context.Context,
	r api.CreateConversationRequestObject,
) (api.CreateConversationResponseObject, error) {
	var fields validation.Errors
	p := queries.CreateConversationParams{
		UserID: db.IdentityFrom(ctx).UserID, ID: uuid.New(), Title: fields.OptionalText("title", r.Body.Title),
	}
	if err := fields.Err(); err != nil {
		return nil, err
	}
	if r.Body.ID != nil {
		p.ID = *r.Body.ID
	}
	row, err := h.db.CreateConversation(ctx, p)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "conversation_created", "conversation_id", row.ID)
	tag := conversationTag(row)
	return api.CreateConversation201JSONResponse{
		Body: conversationOf(row), Headers: api.CreateConversation201ResponseHeaders{ETag: &tag},
	}, nil
}

// GetConversation returns one conversation.
func (h *Handlers) GetConversation(ctx context.Context, r api.GetConversationRequestObject) (api.GetConversationResponseObject, error) {
	row, err := h.db.GetConversation(ctx, queries.GetConversationParams{UserID: db.IdentityFrom(ctx).UserID, ConversationID: r.ID})
	if err != nil {
		return nil, problem.IfNoRows(err, conversationNotFound)
	}
	tag := conversationTag(row)
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetConversation304Response{Headers: api.GetConversation304ResponseHeaders{ETag: &tag}}, nil
	}
	return api.GetConversation200JSONResponse{
		Body: conversationOf(row), Headers: api.GetConversation200ResponseHeaders{ETag: &tag},
	}, nil
}

// UpdateConversation merges a patch into the conversation.
func (h *Handlers) UpdateConversation(
	ctx context.Context,
	r api.UpdateConversationRequestObject,
) (api.UpdateConversationResponseObject, error) {
	var fields validation.Errors
	var title *string
	if r.Body.Title.IsSpecified() && !r.Body.Title.IsNull() {
		given := r.Body.Title.MustGet()
		title = fields.OptionalText("title", &given)
	}
	if err := fields.Err(); err != nil {
		return nil, err
	}
	var row queries.CoachConversation
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		c, err := h.lockConversation(ctx, r.ID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		p := queries.UpdateConversationParams{
			UserID: c.UserID, ConversationID: c.ID, Title: c.Title, TitleSource: c.TitleSource, Archived: c.Archived,
		}
		if r.Body.Title.IsSpecified() {
			p.Title, p.TitleSource = title, string(api.ConversationTitleSourceUser)
			if title == nil {
				p.TitleSource = string(api.ConversationTitleSourceAutomatic)
			}
		}
		if r.Body.Archived != nil {
			p.Archived = *r.Body.Archived
		}
		row, err = h.db.UpdateConversation(db.AndCommit(ctx), p)
		return err
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "conversation_updated", "conversation_id", row.ID)
	tag := conversationTag(row)
	return api.UpdateConversation200JSONResponse{
		Body: conversationOf(row), Headers: api.UpdateConversation200ResponseHeaders{ETag: &tag},
	}, nil
}

// DeleteConversation soft-deletes the conversation and its messages.
func (h *Handlers) DeleteConversation(
	ctx context.Context,
	r api.DeleteConversationRequestObject,
) (api.DeleteConversationResponseObject, error) {
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		c, err := h.lockConversation(ctx, r.ID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		return h.db.DeleteConversation(db.AndCommit(ctx), queries.DeleteConversationParams{UserID: c.UserID, ConversationID: c.ID})
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "conversation_deleted", "conversation_id", r.ID)
	return api.DeleteConversation204Response{}, nil
}

func (h *Handlers) lockConversation(ctx context.Context, id uuid.UUID, ifMatch *string) (queries.CoachConversation, error) {
	row, err := h.db.LockConversation(ctx, queries.LockConversationParams{UserID: db.IdentityFrom(ctx).UserID, ConversationID: id})
	if err != nil {
		return row, problem.IfNoRows(err, conversationNotFound)
	}
	if !etag.Matches(ifMatch, conversationTag(row)) {
		return row, problem.New(problem.PreconditionFailed)
	}
	return row, nil
}

// conversationTag changes with everything that the conversation shows, so also with new messages.
func conversationTag(c queries.CoachConversation) string {
	state := "idle"
	if c.ActiveMessageID != nil {
		state = "active"
	}
	return fmt.Sprintf(`"%d-%d-%s"`, c.Version, c.MessageCount, state)
}

func conversationOf(c queries.CoachConversation) api.Conversation {
	return api.Conversation{
		ID: c.ID, Title: c.Title, TitleSource: api.ConversationTitleSource(c.TitleSource), Archived: c.Archived,
		MessageCount: int(c.MessageCount), LastMessageAt: c.LastMessageAt, ActiveMessageID: c.ActiveMessageID, Version: int(c.Version),
		CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
	}
}
