package coach

import (
	"context"

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
	var d api.ProposalDraft
	if err := d.UnmarshalJSON([]byte(draft)); err != nil {
		return api.Proposal{}, err
	}
	ctx = db.WithIdentity(ctx, &db.Identity{UserID: user, Unattended: true})
	t := turn{UserID: user, ConversationID: conversation, ReplyID: reply}
	return h.propose(ctx, t, suggestion{Draft: d, Confidence: confidence})
}

// ErrTooUnsure is what propose returns when the coach has to ask.
var ErrTooUnsure = errTooUnsure
