package coach

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// Propose makes a proposal of a person, as a reply does.
func (h *Handlers) Propose(
	ctx context.Context,
	user, conversation, reply uuid.UUID,
	draft string,
	confidence float64,
) (api.Proposal, error) {
	t := turn{UserID: user, ConversationID: conversation, ReplyID: reply, SentAt: time.Now()}
	return h.proposeIn(ctx, t, draft, confidence)
}

// ProposeSentAt makes a proposal as the reply to a message that was sent at a time, from a device in a zone.
func (h *Handlers) ProposeSentAt(
	ctx context.Context, user, conversation, reply uuid.UUID, draft string, sent time.Time, zone string,
) (api.Proposal, error) {
	return h.proposeIn(ctx, turn{UserID: user, ConversationID: conversation, ReplyID: reply, SentAt: sent, Timezone: zone}, draft, 1)
}

func (h *Handlers) proposeIn(ctx context.Context, t turn, draft string, confidence float64) (api.Proposal, error) {
	var d api.ProposalDraft
	if err := d.UnmarshalJSON([]byte(draft)); err != nil {
		return api.Proposal{}, err
	}
	ctx = db.WithIdentity(ctx, &db.Identity{UserID: t.UserID, Unattended: true})
	return h.propose(ctx, t, suggestion{Draft: d, Confidence: confidence}, func(string, any) error { return nil })
}

// ErrTooUnsure is what propose returns when the coach has to ask.
var ErrTooUnsure = errTooUnsure

// Reply makes a reply as a worker does, with what speak says.
func (h *Handlers) Reply(ctx context.Context, user, reply uuid.UUID, speak func(say func(string) error) error) error {
	job := makeReply{user, reply}
	begun, err := h.db.BeginReply(db.AsService(ctx), queries.BeginReplyParams{UserID: user, MessageID: reply})
	if err != nil {
		return err
	}
	s := h.newSpeaker(ctx, job, begun)
	defer s.release()
	s.provider, s.model = "scripted", "scripted"
	if err := s.emit(
		started,
		map[string]any{"conversation_id": begun.ConversationID, "provider": "scripted", "model": "scripted"},
	); err != nil {
		return err
	}
	return h.finish(s, ended{outcome{Finish: api.FinishReasonStop}, speak(s.say)})
}

// Written waits until everything that was said is written.
func (h *Handlers) Written(reply uuid.UUID) error {
	h.writer.mu.Lock()
	s := h.writer.open[reply]
	h.writer.mu.Unlock()
	return s.drain()
}

// RunJob runs the job of a reply.
func (h *Handlers) RunJob(ctx context.Context, user, reply uuid.UUID) error {
	return h.reply(ctx, makeReply{user, reply}, true)
}

// ErrLost is what a worker gets that has lost its reply.
var ErrLost = errLost

// Understood is a food that the local coach found in a message.
type Understood struct {
	Name string
	// Dish is the name that is logged, of what the catalogue lacks; Name is then what it is like.
	Dish  string
	Grams float64
	Sure  bool
	// Asked is what the coach asks about when it is not sure.
	Asked string
}

// Understand returns the foods that the local coach finds in a message of a person.
func (h *Handlers) Understand(ctx context.Context, user uuid.UUID, u intent.Utterance) ([]Understood, error) {
	r := &localReply{h: h, ctx: db.WithIdentity(ctx, &db.Identity{UserID: user, Unattended: true}), u: u}
	found, err := r.findFoods(u.Items)
	out := make([]Understood, len(found))
	for i, f := range found {
		names := []string{f.words}
		for _, c := range f.candidates {
			names = append(names, c.Hit.Name)
		}
		out[i].Asked = strings.Join(names, " | ")
		if f.food != nil {
			out[i] = Understood{f.food.Hit.Name, "", f.grams, f.known(), out[i].Asked}
		}
		if f.dish != nil {
			out[i].Dish = f.dish.name
		}
	}
	return out, err
}

// Corrected returns the items of a meal after a correction.
func Corrected(items []intent.Item, u intent.Utterance) []intent.Item { return correctItems(items, u) }

// DishesLikeNothing returns the dishes that are like a food which a person does not find in the catalogue, or that have no energy.
func (h *Handlers) DishesLikeNothing(ctx context.Context, user uuid.UUID) (names []string, err error) {
	r := &localReply{h: h, ctx: db.WithIdentity(ctx, &db.Identity{UserID: user, Unattended: true}), u: intent.Utterance{Language: "en"}}
	var found []foundFood
	likes := map[string]bool{}
	for _, d := range dishes()["en"] {
		if likes[d.like] {
			continue
		}
		likes[d.like] = true
		found = append(found, foundFood{item: intent.Item{Rest: d.name}, dish: d})
	}
	if err := r.compare(found); err != nil {
		return nil, err
	}
	for _, f := range found {
		if f.food == nil || !f.known() || f.quickItem().Calories <= 0 {
			names = append(names, f.dish.name)
		}
	}
	return names, nil
}

// DishesOf returns how many names the table of dishes has in a language.
func DishesOf(language string) int { return len(dishes()[language]) }
