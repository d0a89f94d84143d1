package coach

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

const (
	// historyLength is how many earlier messages a reply is made from.
	historyLength = 40
	// maxAttempts is how many workers may die over a reply before it fails.
	maxAttempts = 5
)

// turn is what one reply is made from.
type turn struct {
	UserID, ConversationID uuid.UUID
	// MessageID is the message of the user, ReplyID the reply to it.
	MessageID, ReplyID uuid.UUID
	Text               string
	// Timezone is that of the device; empty means the profile's.
	Timezone string
	SentAt   time.Time
	// History are the messages before, the oldest first. Replies that failed are left out.
	History []queries.GetTurnRow
	// LeftOut is how many messages of the conversation are older than History.
	LeftOut int
	// Person is who wrote the message, and Finding is what the guard found in it.
	Person  person
	Finding safety.Finding
}

// outcome is how a reply ended.
type outcome struct {
	Finish  api.FinishReason
	Sources []api.CoachSource
	Usage   *api.CoachUsage
	// Native is what the provider wants to have back in the next turn; it may be nil.
	Native json.RawMessage
}

// responder makes the text of replies: the local coach, or a language model.
type responder interface {
	// name returns the provider and the model that make the reply.
	name() (provider, model string)
	// respond makes one reply. It runs with the rights of the person; what it says goes to the speaker. It stops when ctx ends.
	respond(ctx context.Context, t turn, s *speaker) (outcome, error)
}

// errGivenUp is why a reply fails that no worker could finish.
var errGivenUp = errors.New("each worker of the reply died")

// reply is the job that makes one reply.
func (h *Handlers) reply(ctx context.Context, job makeReply, _ bool) error {
	begun, err := h.db.BeginReply(db.AsService(ctx), queries.BeginReplyParams{UserID: job.UserID, MessageID: job.MessageID})
	if db.IsNoRows(err) {
		return nil // complete, deleted, or at work elsewhere
	}
	if err != nil {
		return err
	}
	s := h.newSpeaker(ctx, job, begun)
	defer s.release()
	switch {
	case begun.Said: // a second half would contradict the first
		return s.complete(outcome{Finish: api.FinishReasonInterrupted})
	case begun.Cancelled:
		return s.complete(outcome{Finish: api.FinishReasonCancelled})
	case begun.Attempt > maxAttempts:
		slog.ErrorContext(ctx, "coach_reply_given_up", "reply_id", job.MessageID, "attempts", begun.Attempt-1)
		return s.fail(problemOf(errGivenUp, h.now()), outcome{})
	}
	person := db.WithIdentity(s.ctx, &db.Identity{UserID: job.UserID, Unattended: true})
	if begun.Attempt > 1 {
		if err := h.dropUnseenProposals(person, job, begun); err != nil {
			return err
		}
	}
	t, err := h.loadTurn(person, job.UserID, job.MessageID, begun)
	if err != nil {
		return err
	}
	return h.finish(s, h.respond(person, t, s))
}

// ended is how responding went.
type ended struct {
	outcome outcome
	err     error
}

func (h *Handlers) respond(ctx context.Context, t turn, s *speaker) ended {
	h.nameConversation(ctx, t)
	kept := h.rememberFacts(ctx, t)
	t, err := h.examine(ctx, t)
	if err != nil {
		return ended{err: err}
	}
	r := h.responderTo(t)
	s.provider, s.model = r.name()
	if s.isNew() {
		err = s.emit(started, map[string]any{"conversation_id": t.ConversationID, "provider": s.provider, "model": s.model})
	}
	for _, m := range kept {
		if err == nil {
			err = s.emit(remembered, map[string]any{"id": m.ID, "kind": m.Kind, "text": m.Content})
		}
	}
	if err == nil && t.Finding.Action == safety.ActionGuide {
		err = h.guide(t, s)
	}
	if err != nil {
		return ended{err: err}
	}
	o, err := r.respond(ctx, t, s)
	return ended{o, err}
}

// finish stores how the reply ended.
func (h *Handlers) finish(s *speaker, e ended) error {
	switch cause := context.Cause(s.ctx); {
	case errors.Is(cause, errLost):
		return nil // the other worker finishes it
	case errors.Is(cause, errCancelled):
		e.outcome.Finish = api.FinishReasonCancelled
		return s.complete(e.outcome)
	case errors.Is(cause, context.Canceled) && !s.hasSaid():
		return nil // the process stops before anything was said: another worker makes the reply
	case (cause != nil || e.err != nil) && s.hasSaid(): // what was said stays, and is not shown as complete
		slog.WarnContext(s.ctx, "coach_reply_interrupted", "reply_id", s.job.MessageID, "error", e.err)
		e.outcome.Finish = api.FinishReasonInterrupted
		return s.complete(e.outcome)
	case cause != nil || e.err != nil: // also when the time of the job is over: another worker would need as long
		slog.ErrorContext(s.ctx, "coach_reply_failed", "reply_id", s.job.MessageID, "error", e.err)
		return s.fail(problemOf(e.err, h.now()), e.outcome)
	}
	return s.complete(e.outcome)
}

func (h *Handlers) loadTurn(ctx context.Context, user, reply uuid.UUID, begun queries.BeginReplyRow) (turn, error) {
	rows, err := h.db.GetTurn(ctx, queries.GetTurnParams{UserID: user, LastMessageID: begun.ReplyTo, PageSize: historyLength + 1})
	if err != nil {
		return turn{}, fmt.Errorf("load the conversation: %w", err)
	}
	if len(rows) == 0 || rows[0].ID != begun.ReplyTo {
		return turn{}, fmt.Errorf("message %s of the reply is missing", begun.ReplyTo)
	}
	t := turn{
		UserID:         user,
		ConversationID: begun.ConversationID,
		MessageID:      begun.ReplyTo,
		ReplyID:        reply,
		Text:           rows[0].Content,
		SentAt:         rows[0].CreatedAt,
		LeftOut:        int(rows[len(rows)-1].Position) - 1,
	}
	if rows[0].Timezone != nil {
		t.Timezone = *rows[0].Timezone
	}
	for i := len(rows) - 1; i > 0; i-- {
		if rows[i].Status == string(api.MessageStatusCompleted) {
			t.History = append(t.History, rows[i])
		}
	}
	return t, nil
}

// maxTitle is how many characters a title has that is made from a message.
const maxTitle = 60

// nameConversation gives a conversation the beginning of its first message as title.
func (h *Handlers) nameConversation(ctx context.Context, t turn) {
	title := strings.Join(strings.Fields(t.Text), " ")
	if utf8.RuneCountInString(title) > maxTitle {
		cut := string([]rune(title)[:maxTitle])
		if at := strings.LastIndex(cut, " "); at > maxTitle/2 {
			cut = cut[:at]
		}
		title = cut + "…"
	}
	err := h.db.TitleConversation(db.AsService(ctx), queries.TitleConversationParams{
		UserID: t.UserID, ConversationID: t.ConversationID, Title: title,
	})
	if err != nil { // a conversation can be read without a title
		slog.WarnContext(ctx, "conversation_title_failed", "conversation_id", t.ConversationID, "error", err)
	}
}
