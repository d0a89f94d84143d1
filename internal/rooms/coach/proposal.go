package coach

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// undoFor is how long a confirmed proposal can be undone.
const undoFor = 24 * time.Hour

// minConfidence is how sure the coach must be to propose something; below it asks.
const minConfidence = 0.6

// errTooUnsure is returned by propose for a draft that the coach has to ask about instead.
var errTooUnsure = errors.New("not sure enough to propose it")

// suggestion is what a coach wants to propose.
type suggestion struct {
	Draft      api.ProposalDraft
	Confidence float64
	Estimated  bool
	// Replaces is the reply whose open proposals this one corrects; it may be empty.
	Replaces *uuid.UUID
}

// propose checks a draft as it will be when it is confirmed, stores it and emits it. It writes nothing else.
func (h *Handlers) propose(ctx context.Context, t turn, s suggestion, emit func(kind string, data any) error) (api.Proposal, error) {
	row, err := h.newProposal(ctx, t, s)
	if err != nil {
		return api.Proposal{}, err
	}
	p, replaced, err := h.storeProposal(ctx, row, s.Replaces)
	if err != nil {
		return p, err
	}
	if err := emit(proposed, map[string]any{"proposal": p}); err != nil {
		return p, err
	}
	for _, old := range replaced {
		if err := emit("proposal.replaced", map[string]any{"proposal": old}); err != nil {
			return p, err
		}
	}
	return p, nil
}

// newProposal checks a suggestion and returns the row that it makes.
func (h *Handlers) newProposal(ctx context.Context, t turn, s suggestion) (p queries.CreateProposalParams, err error) {
	if s.Confidence < minConfidence {
		return p, errTooUnsure
	}
	draft, err := t.moment().addTo(s.Draft)
	if err != nil {
		return p, err
	}
	if err := t.permit(draft); err != nil {
		return p, err
	}
	if err := h.keepContract(draft); err != nil {
		return p, err
	}
	preview, err := h.check(ctx, draft)
	if err != nil {
		return p, err
	}
	kind, err := draft.Discriminator()
	if err != nil {
		return p, fmt.Errorf("read the kind of a draft: %w", err)
	}
	p = queries.CreateProposalParams{
		UserID: t.UserID, ID: uuid.New(), ConversationID: t.ConversationID, MessageID: t.ReplyID, Kind: kind,
		Confidence: s.Confidence, Estimated: s.Estimated,
	}
	if p.Draft, err = json.Marshal(draft); err != nil {
		return p, fmt.Errorf("write a draft: %w", err)
	}
	if p.Preview, err = json.Marshal(preview); err != nil {
		return p, fmt.Errorf("write a preview: %w", err)
	}
	return p, nil
}

// keepContract refuses a draft that a request could not have, for example of a weight that nobody has. The rules behind the contract
// rely on its bounds.
func (h *Handlers) keepContract(draft api.ProposalDraft) error {
	set, err := h.tools()
	if err != nil {
		return err
	}
	raw, err := json.Marshal(map[string]any{"draft": draft})
	if err != nil {
		return fmt.Errorf("write a draft: %w", err)
	}
	return set.draft.Check(raw)
}

// storeProposal stores a proposal and rejects the open ones of the reply that it replaces, which it returns too.
func (h *Handlers) storeProposal(
	ctx context.Context, p queries.CreateProposalParams, replaces *uuid.UUID,
) (made api.Proposal, replaced []api.Proposal, err error) {
	var row queries.CoachProposal
	var old []queries.CoachProposal
	err = h.db.Tx(ctx, func(ctx context.Context) (err error) {
		if replaces != nil {
			old, err = h.db.ReplaceOpenProposals(ctx, queries.ReplaceOpenProposalsParams{
				UserID: p.UserID, ConversationID: p.ConversationID, MessageID: *replaces, ReplacedBy: p.ID,
			})
			if err != nil {
				return err
			}
		}
		row, err = h.db.CreateProposal(db.AndCommit(ctx), p)
		return err
	})
	if err != nil {
		return made, nil, err
	}
	slog.InfoContext(ctx, "proposal_created", "proposal_id", row.ID, "kind", row.Kind)
	if replaced, err = h.proposalsOf(old); err != nil {
		return made, nil, err
	}
	made, err = h.proposalOf(row)
	return made, replaced, err
}

// dropUnseenProposals rejects what an earlier worker of a reply stored and did not announce, because the reply is made again: two open
// proposals of one meal could be confirmed both.
func (h *Handlers) dropUnseenProposals(ctx context.Context, job makeReply, begun queries.BeginReplyRow) error {
	err := h.db.DropOpenProposals(ctx, queries.DropOpenProposalsParams{
		UserID: job.UserID, ConversationID: begun.ConversationID, MessageID: job.MessageID,
	})
	if err != nil {
		return fmt.Errorf("reject the proposals of an earlier attempt: %w", err)
	}
	return nil
}

// ListProposals returns a page of proposals, the newest first.
func (h *Handlers) ListProposals(ctx context.Context, r api.ListProposalsRequestObject) (api.ListProposalsResponseObject, error) {
	window, err := h.cursors.Newest("listProposals", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	p := queries.ListProposalsParams{
		UserID:         identity(ctx),
		ConversationID: r.Params.ConversationID,
		Status:         (*string)(r.Params.Status),
		Now:            h.now(),
		BeforeAt:       window.BeforeAt, BeforeID: window.BeforeID, PageSize: window.Size,
	}
	rows, err := h.db.ListProposals(ctx, p)
	if err != nil {
		return nil, err
	}
	rows, next, err := page.Rows(window, rows, func(row queries.CoachProposal) page.Key { return page.Key{At: row.CreatedAt, ID: row.ID} })
	if err != nil {
		return nil, err
	}
	response := api.ProposalPage{NextCursor: next}
	if response.Data, err = h.proposalsOf(rows); err != nil {
		return nil, err
	}
	return api.ListProposals200JSONResponse(response), nil
}

// GetProposal returns one proposal.
func (h *Handlers) GetProposal(ctx context.Context, r api.GetProposalRequestObject) (api.GetProposalResponseObject, error) {
	row, err := h.db.GetProposal(ctx, queries.GetProposalParams{UserID: identity(ctx), ProposalID: r.ID})
	if err != nil {
		return nil, problem.IfNoRows(err, proposalNotFound)
	}
	tag := h.proposalTag(row)
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetProposal304Response{Headers: api.GetProposal304ResponseHeaders{ETag: &tag}}, nil
	}
	p, err := h.proposalOf(row)
	return api.GetProposal200JSONResponse{Body: p, Headers: api.GetProposal200ResponseHeaders{ETag: &tag}}, err
}

// UpdateProposal replaces the draft of an open proposal.
func (h *Handlers) UpdateProposal(ctx context.Context, r api.UpdateProposalRequestObject) (api.UpdateProposalResponseObject, error) {
	preview, refused := h.check(ctx, r.Body.Draft) // in a transaction of its own, which is rolled back
	p, tag, err := h.changeProposal(ctx, r.ID, r.Params.IfMatch, func(_ context.Context, row *queries.CoachProposal) error {
		if err := h.requireOpen(*row); err != nil {
			return err
		}
		kind, err := r.Body.Draft.Discriminator()
		if err != nil || kind != row.Kind {
			return problem.Unprocessable(kindFixed.At("draft.kind"))
		}
		if refused != nil {
			return refused
		}
		if row.Draft, err = editedDraft(*row, r.Body.Draft); err != nil {
			return err
		}
		if row.Preview, err = json.Marshal(preview); err != nil {
			return fmt.Errorf("write a preview: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return api.UpdateProposal200JSONResponse{Body: p, Headers: api.UpdateProposal200ResponseHeaders{ETag: &tag}}, nil
}

// editedDraft returns what replaces the draft of a proposal. It keeps the time and the zone when the new one has none.
func editedDraft(row queries.CoachProposal, edited api.ProposalDraft) (json.RawMessage, error) {
	var stored api.ProposalDraft
	if err := json.Unmarshal(row.Draft, &stored); err != nil {
		return nil, fmt.Errorf("read the draft of proposal %s: %w", row.ID, err)
	}
	kept, err := momentOf(stored)
	if err != nil {
		return nil, err
	}
	if edited, err = kept.addTo(edited); err != nil {
		return nil, err
	}
	return json.Marshal(edited)
}

// ConfirmProposal writes what the proposal says, once.
func (h *Handlers) ConfirmProposal(ctx context.Context, r api.ConfirmProposalRequestObject) (api.ConfirmProposalResponseObject, error) {
	p, tag, err := h.changeProposal(ctx, r.ID, r.Params.IfMatch, func(ctx context.Context, row *queries.CoachProposal) error {
		if row.Status == string(api.ProposalStatusConfirmed) {
			return errUnchanged
		}
		if err := h.requireOpen(*row); err != nil {
			return err
		}
		var draft api.ProposalDraft
		if err := json.Unmarshal(row.Draft, &draft); err != nil {
			return fmt.Errorf("read the draft of proposal %s: %w", row.ID, err)
		}
		w, err := h.write(ctx, row.ID, draft)
		if err != nil {
			return err
		}
		row.Status, row.ConfirmedAt = string(api.ProposalStatusConfirmed), new(h.now())
		row.ProfileBefore, row.ProfileAfter = w.before, w.after
		if w.etag != "" {
			row.ResultEtag = &w.etag
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return api.ConfirmProposal200JSONResponse{Body: p, Headers: api.ConfirmProposal200ResponseHeaders{ETag: &tag}}, nil
}

// RejectProposal closes an open proposal.
func (h *Handlers) RejectProposal(ctx context.Context, r api.RejectProposalRequestObject) (api.RejectProposalResponseObject, error) {
	p, tag, err := h.changeProposal(ctx, r.ID, r.Params.IfMatch, func(_ context.Context, row *queries.CoachProposal) error {
		switch api.ProposalStatus(row.Status) {
		case api.ProposalStatusRejected:
			return errUnchanged
		case api.ProposalStatusOpen:
			row.Status = string(api.ProposalStatusRejected)
			return nil
		}
		return problem.New(proposalClosed)
	})
	if err != nil {
		return nil, err
	}
	return api.RejectProposal200JSONResponse{Body: p, Headers: api.RejectProposal200ResponseHeaders{ETag: &tag}}, nil
}

// UndoProposal takes back what confirming wrote.
func (h *Handlers) UndoProposal(ctx context.Context, r api.UndoProposalRequestObject) (api.UndoProposalResponseObject, error) {
	p, tag, err := h.changeProposal(ctx, r.ID, r.Params.IfMatch, func(ctx context.Context, row *queries.CoachProposal) error {
		switch {
		case row.Status == string(api.ProposalStatusUndone):
			return errUnchanged
		case row.Status != string(api.ProposalStatusConfirmed):
			return problem.New(proposalClosed)
		case h.now().Sub(*row.ConfirmedAt) > undoFor:
			return problem.New(undoExpired)
		}
		w := written{before: row.ProfileBefore, after: row.ProfileAfter}
		if row.ResultEtag != nil {
			w.etag = *row.ResultEtag
		}
		if err := h.takeBack(ctx, row.ID, api.ProposalKind(row.Kind), w); err != nil {
			return err
		}
		row.Status = string(api.ProposalStatusUndone)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return api.UndoProposal200JSONResponse{Body: p, Headers: api.UndoProposal200ResponseHeaders{ETag: &tag}}, nil
}

// errUnchanged says that a proposal is already what it should become.
var errUnchanged = errors.New("nothing changes")

// changeProposal locks a proposal, lets change edit it and whatever belongs to it, and stores it, all in one transaction.
func (h *Handlers) changeProposal(
	ctx context.Context, id uuid.UUID, ifMatch *string, change func(context.Context, *queries.CoachProposal) error,
) (p api.Proposal, tag string, err error) {
	var row queries.CoachProposal
	changed := false
	err = h.db.Tx(ctx, func(ctx context.Context) (err error) {
		row, err = h.db.LockProposal(ctx, queries.LockProposalParams{UserID: identity(ctx), ProposalID: id})
		if err != nil {
			return problem.IfNoRows(err, proposalNotFound)
		}
		if !etag.Matches(ifMatch, h.proposalTag(row)) {
			return problem.New(problem.PreconditionFailed)
		}
		if err := change(ctx, &row); errors.Is(err, errUnchanged) {
			return nil
		} else if err != nil {
			return err
		}
		changed = true
		row, err = h.db.UpdateProposal(db.AndCommit(ctx), queries.UpdateProposalParams{
			UserID:        row.UserID,
			ProposalID:    row.ID,
			Draft:         row.Draft,
			Preview:       row.Preview,
			Status:        row.Status,
			ConfirmedAt:   row.ConfirmedAt,
			ResultEtag:    row.ResultEtag,
			ProfileBefore: row.ProfileBefore,
			ProfileAfter:  row.ProfileAfter,
		})
		return err
	})
	if err != nil {
		return p, "", err
	}
	if changed {
		slog.InfoContext(ctx, "proposal_changed", "proposal_id", row.ID, "kind", row.Kind, "status", row.Status)
	}
	p, err = h.proposalOf(row)
	return p, h.proposalTag(row), err
}

func (h *Handlers) requireOpen(row queries.CoachProposal) error {
	switch h.statusOf(row) {
	case api.ProposalStatusOpen:
		return nil
	case api.ProposalStatusExpired:
		return problem.New(proposalExpired)
	}
	return problem.New(proposalClosed)
}

func (h *Handlers) statusOf(row queries.CoachProposal) api.ProposalStatus {
	if row.Status == string(api.ProposalStatusOpen) && !h.now().Before(row.ExpiresAt) {
		return api.ProposalStatusExpired
	}
	return api.ProposalStatus(row.Status)
}

// proposalTag changes also when the proposal expires.
func (h *Handlers) proposalTag(row queries.CoachProposal) string {
	if h.statusOf(row) == api.ProposalStatusExpired {
		return fmt.Sprintf(`"%d-expired"`, row.Version)
	}
	return etag.Of(row.Version)
}

// resultPaths are where what was written can be read.
var resultPaths = map[api.ProposalKind]string{
	api.ProposalKindMeal:        "/api/v1/nutrition/meals/",
	api.ProposalKindActivity:    "/api/v1/activities/",
	api.ProposalKindMeasurement: "/api/v1/body/measurements/",
}

func (h *Handlers) proposalsOf(rows []queries.CoachProposal) (all []api.Proposal, err error) {
	all = make([]api.Proposal, len(rows))
	for i, row := range rows {
		if all[i], err = h.proposalOf(row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (h *Handlers) proposalOf(row queries.CoachProposal) (api.Proposal, error) {
	p := api.Proposal{
		ID:             row.ID,
		ConversationID: row.ConversationID,
		MessageID:      row.MessageID,
		Kind:           api.ProposalKind(row.Kind),
		Confidence:     row.Confidence,
		Estimated:      row.Estimated,
		Status:         h.statusOf(row),
		ReplacedBy:     row.ReplacedBy,
		ExpiresAt:      row.ExpiresAt,
		Version:        int(row.Version),
		CreatedAt:      row.CreatedAt,
		UpdatedAt:      row.UpdatedAt,
	}
	if err := json.Unmarshal(row.Draft, &p.Draft); err != nil {
		return p, fmt.Errorf("read the draft of proposal %s: %w", row.ID, err)
	}
	if err := json.Unmarshal(row.Preview, &p.Preview); err != nil {
		return p, fmt.Errorf("read the preview of proposal %s: %w", row.ID, err)
	}
	if p.Status == api.ProposalStatusConfirmed {
		p.UndoUntil = new(row.ConfirmedAt.Add(undoFor))
		url := "/api/v1/users/me"
		if path, ok := resultPaths[p.Kind]; ok {
			url = path + row.ID.String()
		}
		p.ResultURL = &url
	}
	return p, nil
}
