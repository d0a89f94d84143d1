package coach

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// demoConversation is the id in the docs' examples.
const demoConversation = "c0d40000-0000-4000-8000-000000000001"

// exchange is a message of the person and its reply, with the ids in the docs' examples.
type exchange struct {
	message, reply string
	said, replied  string
}

var demoExchanges = []exchange{
	{
		message: "c0d40000-0000-4000-8000-000000000002", said: "How much protein do I have left today?",
		reply: "c0d40000-0000-4000-8000-000000000003", replied: "You have 84 g of protein left today, of 140 g.",
	},
	{
		message: "c0d40000-0000-4000-8000-000000000004", said: "I'm allergic to peanuts. What is a good snack?",
		reply: "c0d40000-0000-4000-8000-000000000005", replied: "A yoghurt with berries has no peanuts and a good part of your protein.",
	},
}

// Demonstrate lets the coach remember, and adds a conversation with a question, a fact, and their replies. They always have the same ids,
// so that they are not added twice, nor again after they were deleted.
func (h *Handlers) Demonstrate(ctx context.Context, d room.Demo) error {
	user := db.IdentityFrom(ctx).UserID
	conversation := d.ID(demoConversation)
	_, err := h.db.CreateConversation(ctx, queries.CreateConversationParams{UserID: user, ID: conversation, Title: new("Breakfast")})
	switch {
	case err != nil && db.Diagnose(err) == db.Duplicate:
		return nil
	case err != nil:
		return fmt.Errorf("add a demo conversation: %w", err)
	}
	if err := h.db.SetCoachMemory(ctx, queries.SetCoachMemoryParams{UserID: user, Enabled: true}); err != nil {
		return fmt.Errorf("switch the demo memory on: %w", err)
	}
	for _, e := range demoExchanges {
		if err := h.demonstrateExchange(ctx, d, conversation, e); err != nil {
			return fmt.Errorf("add a demo message: %w", err)
		}
	}
	return h.demonstrateMemory(ctx, d)
}

// demonstrateExchange adds a message with a complete reply. The job that the message queues finds nothing left to do.
func (h *Handlers) demonstrateExchange(ctx context.Context, d room.Demo, conversation uuid.UUID, e exchange) error {
	user, reply := db.IdentityFrom(ctx).UserID, d.ID(e.reply)
	_, err := h.db.SendMessage(ctx, queries.SendMessageParams{
		UserID:         user,
		ConversationID: conversation,
		MessageID:      d.ID(e.message),
		ReplyID:        reply,
		Content:        e.said,
		Timezone:       &d.Zone,
		Queue:          h.queue(),
	})
	if err != nil {
		return err
	}
	begun, err := h.db.BeginReply(db.AsService(ctx), queries.BeginReplyParams{UserID: user, MessageID: reply})
	if db.IsNoRows(err) {
		return nil // a worker was faster, and makes a reply of its own
	}
	if err != nil {
		return err
	}
	s := h.newSpeaker(ctx, makeReply{UserID: user, MessageID: reply}, begun)
	defer s.release()
	s.provider, s.model = localName, localName
	started := map[string]any{"conversation_id": conversation, "provider": localName, "model": localName}
	if err := s.emit("message.started", started); err != nil {
		return err
	}
	if err := s.say(e.replied); err != nil {
		return err
	}
	return s.complete(outcome{Finish: api.FinishReasonStop})
}
