package coach

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// roleUser and roleAssistant say who speaks.
const (
	roleUser      = string(api.MessageRoleUser)
	roleAssistant = string(api.MessageRoleAssistant)
)

// messageKey is the position after the last message of a page.
type messageKey struct {
	Position int32 `json:"p"`
}

// ListMessages returns a page of the messages of a conversation, the newest first.
func (h *Handlers) ListMessages(ctx context.Context, r api.ListMessagesRequestObject) (api.ListMessagesResponseObject, error) {
	limit := page.Limit(r.Params.Limit)
	p := queries.ListMessagesParams{UserID: db.IdentityFrom(ctx).UserID, ConversationID: r.ID, PageSize: int32(limit + 1)}
	if r.Params.Cursor != nil {
		var after messageKey
		if err := h.cursors.Decode("listMessages", *r.Params.Cursor, &after); err != nil {
			return nil, err
		}
		p.Before = &after.Position
	}
	rows, err := h.db.ListMessages(ctx, p)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, problem.New(conversationNotFound)
	}
	if rows[0].ID == nil { // the conversation has no messages
		rows = nil
	}
	rows, more := page.Cut(rows, limit)
	response := api.MessagePage{Data: make([]api.Message, len(rows))}
	for i, row := range rows {
		if response.Data[i], err = messageOf(listedMessage(row)); err != nil {
			return nil, err
		}
	}
	if more {
		cursor, err := h.cursors.Encode("listMessages", messageKey{*rows[len(rows)-1].Position})
		if err != nil {
			return nil, err
		}
		response.NextCursor = &cursor
	}
	return api.ListMessages200JSONResponse(response), nil
}

// SendMessage stores a message and, in the same transaction, the job that makes its reply.
func (h *Handlers) SendMessage(ctx context.Context, r api.SendMessageRequestObject) (api.SendMessageResponseObject, error) {
	var fields validation.Errors
	fields.Zone("timezone", r.Body.Timezone)
	p := queries.SendMessageParams{
		UserID: db.IdentityFrom(ctx).UserID, ConversationID: r.ID, MessageID: uuid.New(), ReplyID: uuid.New(),
		Content: fields.Text("content", r.Body.Content), Timezone: r.Body.Timezone, Queue: h.queue(),
	}
	if err := fields.Err(); err != nil {
		return nil, err
	}
	if r.Body.ID != nil {
		p.MessageID = *r.Body.ID
	}
	if err := h.checkBudgetOf(ctx, p.Content, p.Timezone); err != nil {
		return nil, err
	}
	rows, err := h.db.SendMessage(ctx, p)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, problem.New(conversationNotFound)
	}
	message, err := messageOf(rows[0])
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "coach_message_sent", "conversation_id", r.ID, "message_id", p.MessageID, "reply_id", p.ReplyID)
	return api.SendMessage202JSONResponse(api.MessageSent{
		Message: message, ReplyID: p.ReplyID,
		StreamURL: "/api/v1/coach/stream?message_id=" + p.ReplyID.String(),
		EventsURL: fmt.Sprintf("/api/v1/coach/messages/%s/events", p.ReplyID),
	}), nil
}

// CancelMessage asks the worker of a reply to stop.
func (h *Handlers) CancelMessage(ctx context.Context, r api.CancelMessageRequestObject) (api.CancelMessageResponseObject, error) {
	found, err := h.db.CancelReply(ctx, queries.CancelReplyParams{UserID: db.IdentityFrom(ctx).UserID, MessageID: r.ID})
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, problem.New(messageNotFound)
	}
	slog.InfoContext(ctx, "coach_reply_cancelled", "reply_id", r.ID)
	return api.CancelMessage204Response{}, nil
}

// messageOf returns a message as clients see it.
func messageOf(m queries.CoachMessage) (api.Message, error) {
	out := api.Message{
		ID: m.ID, ConversationID: m.ConversationID, Role: api.MessageRole(m.Role), IsAi: m.Role == roleAssistant, ReplyTo: m.ReplyTo,
		Content: m.Content, Status: api.MessageStatus(m.Status), Provider: m.Provider, Model: m.Model,
		CreatedAt: m.CreatedAt, CompletedAt: m.CompletedAt,
	}
	if m.FinishReason != nil {
		out.FinishReason = new(api.FinishReason(*m.FinishReason))
	}
	if m.InputTokens != nil && m.OutputTokens != nil {
		out.Usage = &api.CoachUsage{InputTokens: int(*m.InputTokens), OutputTokens: int(*m.OutputTokens), CostUsd: m.Cost}
		if m.CachedTokens != nil {
			out.Usage.CachedTokens = new(int(*m.CachedTokens))
		}
	}
	if m.Problem != nil {
		if err := json.Unmarshal(m.Problem, &out.Problem); err != nil {
			return out, fmt.Errorf("read the problem of message %s: %w", m.ID, err)
		}
	}
	if m.Role == roleAssistant {
		if err := json.Unmarshal(m.Sources, &out.Sources); err != nil {
			return out, fmt.Errorf("read the sources of message %s: %w", m.ID, err)
		}
	}
	return out, nil
}

// listedMessage returns the row of a list that has a message.
func listedMessage(r queries.ListMessagesRow) queries.CoachMessage {
	return queries.CoachMessage{
		ID: *r.ID, ConversationID: *r.ConversationID, Position: *r.Position, Role: *r.Role, ReplyTo: r.ReplyTo, Content: *r.Content,
		Status: *r.Status, FinishReason: r.FinishReason, Problem: r.Problem, Provider: r.Provider, Model: r.Model,
		InputTokens: r.InputTokens, OutputTokens: r.OutputTokens, CachedTokens: r.CachedTokens, Cost: r.Cost, Sources: r.Sources,
		CreatedAt: *r.CreatedAt, CompletedAt: r.CompletedAt,
	}
}
