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
	// proposes returns what the reply proposes; it may be nil.
	proposes func(d room.Demo) ([]demoProposal, error)
}

var demoExchanges = []exchange{
	{
		message: "c0d40000-0000-4000-8000-000000000002", said: "How much protein do I have left today?",
		reply: "c0d40000-0000-4000-8000-000000000003", replied: "You have 84 g of protein left today, of 140 g.",
		proposes: demoProposals,
	},
	{
		message: "c0d40000-0000-4000-8000-000000000004", said: "I'm allergic to peanuts. What is a good snack?",
		reply: "c0d40000-0000-4000-8000-000000000005", replied: "A yoghurt with berries has no peanuts and a good part of your protein.",
	},
}

// Demonstrate lets the coach remember, and adds a conversation with proposals and a fact. Each row always has the same id, so that it is not added twice, nor again
// after it was deleted.
func (h *Handlers) Demonstrate(ctx context.Context, d room.Demo) error {
	conversation := d.ID(demoConversation)
	_, err := h.db.CreateConversation(ctx, queries.CreateConversationParams{
		UserID: identity(ctx), ID: conversation, Title: new("Breakfast"),
	})
	if err != nil && db.Diagnose(err) != db.Duplicate {
		return fmt.Errorf("add the demo conversation: %w", err)
	}
	added := err == nil
	if added {
		if err := h.db.SetCoachMemory(ctx, queries.SetCoachMemoryParams{UserID: identity(ctx), Enabled: true}); err != nil {
			return fmt.Errorf("switch the demo memory on: %w", err)
		}
	}
	for _, e := range demoExchanges {
		if err := h.demonstrateExchange(ctx, d, conversation, e); err != nil {
			return fmt.Errorf("add a demo message: %w", err)
		}
	}
	if !added {
		return nil
	}
	return h.demonstrateMemory(ctx, d)
}

// demonstrateExchange adds a message with a complete reply. The job that the message queues then finds nothing to do.
func (h *Handlers) demonstrateExchange(ctx context.Context, d room.Demo, conversation uuid.UUID, e exchange) error {
	t := turn{
		UserID: identity(ctx), ConversationID: conversation, MessageID: d.ID(e.message), ReplyID: d.ID(e.reply),
		Text: e.said, Timezone: d.Zone, SentAt: d.Day.Add(demoBreakfastAt),
	}
	_, err := h.db.SendMessage(ctx, queries.SendMessageParams{
		UserID: t.UserID, ConversationID: conversation, MessageID: t.MessageID, ReplyID: t.ReplyID, Content: t.Text, Timezone: &t.Timezone,
		Queue: h.queue(),
	})
	if _, refused := db.RefusalOf(err); err != nil && !refused && db.Diagnose(err) != db.Duplicate { // else it is there already
		return err
	}
	var made []api.Proposal
	if e.proposes != nil {
		if made, err = h.demonstrateProposals(ctx, d, t, e); err != nil {
			return err
		}
	}
	return h.demonstrateReply(ctx, t, e.replied, made)
}

// demonstrateReply makes the reply that the docs show, unless a worker makes one of its own or has made it.
func (h *Handlers) demonstrateReply(ctx context.Context, t turn, text string, made []api.Proposal) error {
	begun, err := h.db.BeginReply(db.AsService(ctx), queries.BeginReplyParams{UserID: t.UserID, MessageID: t.ReplyID})
	if db.IsNoRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	s := h.newSpeaker(ctx, makeReply{UserID: t.UserID, MessageID: t.ReplyID}, begun)
	defer s.release()
	s.provider, s.model = localCoach{}.name()
	err = s.emit(started, map[string]any{"conversation_id": t.ConversationID, "provider": s.provider, "model": s.model})
	if err != nil {
		return err
	}
	if err := s.say(text); err != nil {
		return err
	}
	for _, p := range made {
		if err := s.emit("proposal", map[string]any{"proposal": p}); err != nil {
			return err
		}
	}
	return s.complete(outcome{Finish: api.FinishReasonStop})
}
