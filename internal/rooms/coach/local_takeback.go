package coach

import (
	"slices"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// takeBack handles an order to delete something: an open proposal is rejected or loses the food that is named. What is logged already is
// for the person to undo or to delete.
func (r *localReply) takeBack() error {
	made, err := r.proposalsHere()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(made, r.isOpen) {
		if r.namesPartOfMeal() {
			return r.correct()
		}
		return r.rejectOpen(made)
	}
	if slices.ContainsFunc(made, r.canBeUndone) {
		return r.tell("undo_by_hand", nil)
	}
	return r.tell("delete_by_hand", nil)
}

// decline handles "no": it rejects what the reply before proposed.
func (r *localReply) decline() error {
	made, err := r.proposalsHere()
	if err != nil {
		return err
	}
	return r.rejectOpen(made)
}

// rejectOpen rejects those of some proposals that the reply before made and that are still open, and says so.
func (r *localReply) rejectOpen(made []api.Proposal) error {
	for _, p := range made {
		if !r.isOpen(p) {
			continue
		}
		if err := r.reject(p); err != nil {
			return err
		}
	}
	switch {
	case slices.ContainsFunc(made, r.isConfirmed):
		return r.tell("undo_by_hand", nil)
	case r.proposedBefore():
		return r.tell("dropped", nil)
	}
	return r.tell("none", nil)
}

// reject closes an open proposal and shows it as it is now.
func (r *localReply) reject(p api.Proposal) error {
	response, err := r.h.RejectProposal(r.ctx, api.RejectProposalRequestObject{ID: p.ID})
	rejected, err := okOr[api.RejectProposal200JSONResponse](response, err)
	if err != nil {
		return err
	}
	return r.emit("proposal.replaced", map[string]any{"proposal": rejected.Body})
}

// proposalsHere returns the newest proposals of the conversation.
func (r *localReply) proposalsHere() ([]api.Proposal, error) {
	response, err := r.h.ListProposals(r.ctx, api.ListProposalsRequestObject{
		Params: api.ListProposalsParams{ConversationID: &r.t.ConversationID},
	})
	found, err := okOr[api.ListProposals200JSONResponse](response, err)
	return found.Data, err
}

// isOpen reports whether a proposal was made by the reply before and is still open.
func (r *localReply) isOpen(p api.Proposal) bool {
	return p.Status == api.ProposalStatusOpen && r.isOfReplyBefore(p)
}

func (r *localReply) isOfReplyBefore(p api.Proposal) bool {
	return r.before.DidPropose && r.before.Reply != nil && p.MessageID == *r.before.Reply
}

// canBeUndone reports whether the person can undo what they confirmed.
func (r *localReply) canBeUndone(p api.Proposal) bool {
	return p.Status == api.ProposalStatusConfirmed && p.UndoUntil != nil && p.UndoUntil.After(r.t.Person.Now)
}

// isLogged reports whether the person has confirmed what the reply before proposed.
func (r *localReply) isLogged() (bool, error) {
	if !r.before.DidPropose {
		return false, nil
	}
	made, err := r.proposalsHere()
	return slices.ContainsFunc(made, r.isConfirmed), err
}

// isConfirmed reports whether a proposal was made by the reply before and is confirmed.
func (r *localReply) isConfirmed(p api.Proposal) bool {
	return p.Status == api.ProposalStatusConfirmed && r.isOfReplyBefore(p)
}

// namesPartOfMeal reports whether the message names one of several foods of the proposed meal.
func (r *localReply) namesPartOfMeal() bool {
	return slices.ContainsFunc(r.before.Proposed, func(m draftedMeal) bool {
		return len(m.Items) > 1 && slices.ContainsFunc(m.Items, func(i intent.Item) bool {
			return len(r.u.Without) > 0 && sharedWords(r.u.Without[0], i.Rest) > 0
		})
	})
}
