package coach

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
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
	return h.propose(ctx, t, suggestion{Draft: d, Confidence: confidence})
}

// Reply makes a reply, as the job does.
func (h *Handlers) Reply(ctx context.Context, user, reply uuid.UUID) error {
	return h.reply(ctx, makeReply{UserID: user, MessageID: reply}, false)
}

// ErrTooUnsure is what propose returns when the coach has to ask.
var ErrTooUnsure = errTooUnsure
