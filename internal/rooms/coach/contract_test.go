package coach_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	client "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

type (
	request = contracttest.Request
	world   = contracttest.World
)

const question = `{"content":"what can you do?"}`

func TestContract(t *testing.T) {
	const (
		ok, created, accepted, noContent = http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent
		notModified, moved, refused      = http.StatusNotModified, http.StatusPreconditionFailed, http.StatusUnprocessableEntity
		fault                            = http.StatusInternalServerError
		notFound                         = http.StatusNotFound
	)
	contracttest.Run(t, contracttest.Room{
		Tag:     "coach",
		Foreign: foreign,
		Scenarios: map[string]map[int]contracttest.Scenario{
			"createConversation": {created: contracttest.As(request{Body: `{"title":"Breakfast"}`})},
			"getConversation":    {ok: onConversation(request{}), notModified: onConversation(request{Header: contracttest.Current})},
			"updateConversation": {
				ok:      onConversation(request{Body: `{"archived":true}`}),
				moved:   onConversation(request{Body: `{"archived":true}`, Header: contracttest.Stale}),
				refused: onConversation(request{Body: `{"title":"\n"}`}),
			},
			"deleteConversation": {noContent: onConversation(request{}), moved: onConversation(request{Header: contracttest.Stale})},
			"listMessages":       {ok: onConversation(request{})},
			"sendMessage": {
				accepted: onConversation(request{Body: question}),
				refused:  onConversation(request{Body: `{"content":"hello","timezone":"Nowhere/City"}`}),
			},
			"streamMessage": {
				ok: onReply(request{}), noContent: onReply(request{Query: "after=1000000"}),
				notFound: contracttest.As(request{Query: "message_id=c0d40000-0000-4000-8000-00000000dead"}),
				fault:    contracttest.Fault(request{Query: "message_id=c0d40000-0000-4000-8000-00000000dead"}),
			},
			"listMessageEvents": {ok: onReply(request{Query: "wait=1"})},
			"cancelMessage":     {noContent: onReply(request{})},
			"listMemories":      {ok: onMemory(request{})},
			"deleteMemories":    {noContent: onMemory(request{})},
			"deleteMemory": {
				noContent: onMemory(request{}), notFound: contracttest.As(request{ID: "d0d40000-0000-4000-8000-00000000dead"}),
			},
			"getCoachSettings":    {ok: onMemory(request{})},
			"updateCoachSettings": {ok: onMemory(request{Body: `{"memory_enabled":false}`})}, // with what will be erased
			"getProposal":         {ok: onProposal(request{}), notModified: onProposal(request{Header: contracttest.Current})},
			"updateProposal": {
				ok:      onProposal(request{Body: `{"draft":` + breakfast + `}`}),
				moved:   onProposal(request{Body: `{"draft":` + breakfast + `}`, Header: contracttest.Stale}),
				refused: onProposal(request{Body: `{"draft":` + run + `}`}),
			},
			"confirmProposal": {ok: onProposal(request{}), moved: onProposal(request{Header: contracttest.Stale})},
			"rejectProposal":  {ok: onProposal(request{}), moved: onProposal(request{Header: contracttest.Stale})},
			"undoProposal":    {ok: onConfirmed(request{}), moved: onConfirmed(request{Header: contracttest.Stale})},
		},
	})
}

// foreign creates a conversation and a reply of another user.
func foreign(t *testing.T, w *world, owner *apitest.Person) map[string]request {
	c := converse(t, owner)
	sent := send(t, owner, c.ID, question)
	follow(t, owner, sent.ReplyID) // complete, so that it does not change any more
	reply, conversation := request{ID: sent.ReplyID.String()}, request{ID: c.ID.String()}
	made := request{ID: propose(t, w.Usual, owner, breakfast).ID.String()}
	edit := made
	edit.Body = `{"draft":` + breakfast + `}`
	messages := conversation
	messages.Body = question
	return map[string]request{
		"/api/v1/coach/conversations/:id":          conversation,
		"/api/v1/coach/conversations/:id/messages": messages,
		"/api/v1/coach/messages/:id/events":        reply,
		"/api/v1/coach/messages/:id/cancel":        reply,
		"/api/v1/coach/memories/:id":               {ID: remembered(t, owner).ID.String()},
		"/api/v1/coach/proposals/:id":              edit,
		"/api/v1/coach/proposals/:id/confirm":      made,
		"/api/v1/coach/proposals/:id/reject":       made,
		"/api/v1/coach/proposals/:id/undo":         made,
	}
}

// onConversation sends a request about a new conversation.
func onConversation(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		r.Op, r.ID = op, converse(t, p).ID.String()
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// remembered returns a new memory of a person.
func remembered(t *testing.T, p *apitest.Person) client.Memory {
	r, err := p.UpdateCoachSettingsWithResponse(t.Context(), client.CoachSettingsPatch{MemoryEnabled: new(true)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	follow(t, p, send(t, p, converse(t, p).ID, `{"content":"I'm allergic to peanuts"}`).ReplyID)
	memories, err := p.ListMemoriesWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, memories.JSON200.Data, 1)
	return memories.JSON200.Data[0]
}

// onMemory sends a request about a new memory.
func onMemory(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		id := remembered(t, p).ID.String()
		if op.ID == "deleteMemory" {
			r.ID = id
		}
		r.Op = op
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// onReply sends a request about a complete reply.
func onReply(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		id := send(t, p, converse(t, p).ID, question).ReplyID
		follow(t, p, id)
		r.Op, r.ID = op, id.String()
		r.Query = strings.TrimPrefix(r.Query+"&message_id="+r.ID, "&")
		if op.ID != "streamMessage" {
			r.Query = strings.TrimSuffix(strings.TrimSuffix(r.Query, "message_id="+r.ID), "&")
		}
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// onProposal sends a request about an open proposal.
func onProposal(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		r.Op, r.ID = op, propose(t, w.Usual, p, breakfast).ID.String()
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}

// onConfirmed sends a request about a confirmed proposal.
func onConfirmed(r request) contracttest.Scenario {
	return func(t *testing.T, w *world, op *contract.Operation) {
		p := w.Usual.Person(t)
		made := propose(t, w.Usual, p, breakfast)
		confirm(t, p, made.ID)
		r.Op, r.ID = op, made.ID.String()
		w.Send(t, p.Client, w.Usual.URL, r)
	}
}
