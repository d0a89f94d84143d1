package coach_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/rooms/coach"
	"github.com/ultimatecoach/api/internal/server"
)

// text has characters of one to four bytes, and a line break.
var text = []string{"Zwei Eier, ", "Grütze\nund ", "2 × 30 g Käse – ", "guten Appetit 🍳", "!"}

// withoutWorkers starts a server whose replies are made by the test alone.
func withoutWorkers(t testing.TB, setups ...func(*server.Options)) *apitest.API {
	t.Helper()
	return apitest.New(t, apitest.Setup{Server: func(o *server.Options) {
		o.Queue = func(string) string { return "nobody" }
		for _, setup := range setups {
			setup(o)
		}
	}})
}

// streamed is an event of a stream, as far as the tests look at it.
type streamed struct {
	Seq          int    `json:"seq"`
	Type         string `json:"type"`
	Text         string `json:"text"`
	FinishReason string `json:"finish_reason"`
	Bytes        int    `json:"bytes"`
	SHA256       string `json:"sha256"`
}

// open opens a stream without checks, so that it can be read piece by piece.
func open(t testing.TB, ctx context.Context, a *apitest.API, token string, reply uuid.UUID, lastEventID string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.URL+"/api/v1/coach/stream?message_id="+reply.String(), http.NoBody)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+token)
	if lastEventID != "" {
		r.Header.Set("Last-Event-ID", lastEventID)
	}
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { response.Body.Close() })
	return response
}

// parse returns the complete events of what arrived, and the id of the last one.
func parse(t testing.TB, body string) (events []streamed, lastID string) {
	t.Helper()
	blocks := strings.Split(body, "\n\n")
	for _, block := range blocks[:len(blocks)-1] {
		id, data, ok := strings.Cut(strings.TrimPrefix(block, "id: "), "\ndata: ")
		if !ok {
			continue
		}
		var e streamed
		require.NoError(t, json.Unmarshal([]byte(data), &e), block)
		events, lastID = append(events, e), id
	}
	return events, lastID
}

// requireWhole requires events without gaps and repetitions, whose text is the one that was stored.
func requireWhole(t testing.TB, events []streamed) {
	t.Helper()
	joined := ""
	for i, e := range events {
		require.Equal(t, i+1, e.Seq)
		joined += e.Text
	}
	require.Equal(t, strings.Join(text, ""), joined)
	last := events[len(events)-1]
	require.Equal(t, "message.completed", last.Type)
	require.Equal(t, len(joined), last.Bytes)
	sum := sha256.Sum256([]byte(joined))
	require.Equal(t, hex.EncodeToString(sum[:]), last.SHA256)
}

// sayAll says the text, each piece as an event of its own.
func sayAll(h *coach.Handlers, reply uuid.UUID) func(func(string) error) error {
	return func(say func(string) error) error {
		for _, piece := range text {
			if err := errors.Join(say(piece), h.Written(reply)); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestStreamMessage_CutAtEveryByte_GoesOnWithoutGapOrRepetition(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	p, h := a.Person(t), handlers(a)
	reply := send(t, p, converse(t, p).ID, question).ReplyID
	require.NoError(t, h.Reply(t.Context(), p.ID, reply, sayAll(h, reply)))
	token := p.Cookie(t, "access_token")
	response := open(t, t.Context(), a, token, reply, "")
	require.Equal(t, "no-store, no-transform", response.Header.Get("Cache-Control"))
	require.Equal(t, "no", response.Header.Get("X-Accel-Buffering"))
	require.Empty(t, response.Header.Get("Content-Encoding"))
	whole, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	events, _ := parse(t, string(whole))
	require.Len(t, events, len(text)+2)
	requireWhole(t, events)
	for cut := range whole {
		before, lastID := parse(t, string(whole[:cut]))
		rest, err := io.ReadAll(open(t, t.Context(), a, token, reply, lastID).Body)
		require.NoError(t, err)
		after, _ := parse(t, string(rest))
		requireWhole(t, append(before, after...))
	}
	require.Equal(t, http.StatusNoContent, open(t, t.Context(), a, token, reply, fmt.Sprint(len(events))).StatusCode)
}

func TestStreamMessage_FollowersOnTwoReplicas_SeeTheWholeReply(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	b := replica(t, a)
	p, h := a.Person(t), handlers(a)
	reply := send(t, p, converse(t, p).ID, question).ReplyID
	token := p.Cookie(t, "access_token")
	var all, begun sync.WaitGroup
	for i := range 10 {
		at := []*apitest.API{a, b}[i%2]
		begun.Add(1)
		all.Go(func() {
			body := bufio.NewReader(open(t, t.Context(), at, token, reply, "").Body)
			first, err := body.ReadString('\n') // at once, before anything is said
			begun.Done()
			require.NoError(t, err)
			rest, err := io.ReadAll(body)
			require.NoError(t, err)
			events, _ := parse(t, first+string(rest))
			requireWhole(t, events)
		})
	}
	begun.Wait()
	require.NoError(t, h.Reply(t.Context(), p.ID, reply, sayAll(h, reply)))
	all.Wait()
}

func TestStreamMessage_SignedOut_EndsOnEachReplica(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	b := replica(t, a)
	p := a.Person(t)
	reply := send(t, p, converse(t, p).ID, question).ReplyID
	here := open(t, t.Context(), a, p.Cookie(t, "access_token"), reply, "")
	there := open(t, t.Context(), b, p.Cookie(t, "access_token"), reply, "")
	r, err := p.LogoutWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, r.StatusCode())
	for _, response := range []*http.Response{here, there} {
		body, err := io.ReadAll(response.Body) // without the end, the test waits for ever
		require.NoError(t, err)
		require.NotContains(t, string(body), "data:")
	}
}

func TestCancelMessage_OnAnotherReplica_StopsTheWorker(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	b := replica(t, a)
	p, h := a.Person(t), handlers(a)
	reply := send(t, p, converse(t, p).ID, question).ReplyID
	other := b.Bearer(t, p.Cookie(t, "access_token"))
	said := 0
	require.NoError(t, h.Reply(t.Context(), p.ID, reply, func(say func(string) error) error {
		for {
			if err := errors.Join(say("more "), h.Written(reply)); err != nil {
				return err
			}
			if said++; said == 2 {
				r, err := other.CancelMessageWithResponse(t.Context(), reply)
				require.NoError(t, err)
				require.Equal(t, http.StatusNoContent, r.StatusCode())
			}
		}
	}))
	require.LessOrEqual(t, said, 4, "the next flush tells the worker")
	events, got := follow(t, p, reply)
	last, ok := events[len(events)-1].(api.CoachEventCompleted)
	require.True(t, ok)
	require.Equal(t, api.FinishReasonCancelled, last.FinishReason)
	require.Equal(t, last.Bytes, len(got))
}

func TestReply_WorkerThatLostItsLease_AddsNothing(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	p, h := a.Person(t), handlers(a)
	reply := send(t, p, converse(t, p).ID, question).ReplyID
	err := h.Reply(t.Context(), p.ID, reply, func(say func(string) error) error {
		if err := errors.Join(say("Begun"), h.Written(reply)); err != nil {
			return err
		}
		expireLease(t, a, reply)
		require.NoError(t, handlers(a).RunJob(t.Context(), p.ID, reply)) // another process
		return errors.Join(say(" and doubled"), h.Written(reply))
	})
	require.NoError(t, err)
	events, got := follow(t, p, reply)
	require.Equal(t, "Begun", got)
	last, ok := events[len(events)-1].(api.CoachEventCompleted)
	require.True(t, ok)
	require.Equal(t, api.FinishReasonInterrupted, last.FinishReason, "no second half is made")
}

func TestReply_WorkerDiedBeforeAnythingWasSaid_IsMadeByAnother(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	p, h := a.Person(t), handlers(a)
	reply := send(t, p, converse(t, p).ID, question).ReplyID
	_, err := a.Database.Owner.Exec(t.Context(), `
		update public.coach_messages set status = 'running', attempt = 1, lease_until = now() - interval '1 second' where id = $1`, reply)
	require.NoError(t, err)
	var requeued int
	require.NoError(t, a.Database.Owner.QueryRow(t.Context(), "select private.requeue_coach_replies('nobody')").Scan(&requeued))
	require.GreaterOrEqual(t, requeued, 1)
	require.NoError(t, h.RunJob(t.Context(), p.ID, reply))
	events, got := follow(t, p, reply)
	require.NotEmpty(t, got)
	last, ok := events[len(events)-1].(api.CoachEventCompleted)
	require.True(t, ok)
	require.Equal(t, api.FinishReasonStop, last.FinishReason)
}

func TestReply_WorkerDiedAfterACorrection_OpensAgainWhatItHadReplaced(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	p, h := a.Person(t), handlers(a)
	c := converse(t, p)
	const draft = `{"kind":"meal","meal":{"meal_type":"lunch","items":[{"kind":"quick","name":"Soup","calories":300}]}}`
	first := send(t, p, c.ID, question).ReplyID
	old, err := h.Propose(t.Context(), p.ID, c.ID, first, draft, 1)
	require.NoError(t, err)
	require.NoError(t, h.Reply(t.Context(), p.ID, first, sayAll(h, first)))
	second := send(t, p, c.ID, question).ReplyID
	unseen, err := h.Propose(t.Context(), p.ID, c.ID, second, draft, 1)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(
		t.Context(), "update public.coach_proposals set status = 'rejected', replaced_by = $1 where id = $2", unseen.ID, old.ID)
	require.NoError(t, err)
	_, err = a.Database.Owner.Exec(t.Context(), `
		update public.coach_messages set status = 'running', attempt = 1, lease_until = now() - interval '1 second' where id = $1`, second)
	require.NoError(t, err)

	require.NoError(t, h.RunJob(t.Context(), p.ID, second))
	require.Equal(t, api.ProposalStatusRejected, proposal(t, p, unseen.ID).Status)
	again := proposal(t, p, old.ID)
	require.Equal(t, api.ProposalStatusOpen, again.Status)
	require.Nil(t, again.ReplacedBy)
}

func TestReply_EachWorkerDied_Fails(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	p := a.Person(t)
	reply := send(t, p, converse(t, p).ID, question).ReplyID
	_, err := a.Database.Owner.Exec(t.Context(), `
		update public.coach_messages set status = 'running', attempt = 5, lease_until = now() - interval '1 second' where id = $1`, reply)
	require.NoError(t, err)
	require.NoError(t, handlers(a).RunJob(t.Context(), p.ID, reply))
	events, got := follow(t, p, reply)
	require.Empty(t, got)
	last, ok := events[len(events)-1].(api.CoachEventFailed)
	require.True(t, ok)
	require.Equal(t, "coach_failed", last.Problem.Code)
}

func TestStreamMessage_EventsAreErased_IsMadeFromTheText(t *testing.T) {
	t.Parallel()
	a := withoutWorkers(t)
	p, h := a.Person(t), handlers(a)
	reply := send(t, p, converse(t, p).ID, question).ReplyID
	require.NoError(t, h.Reply(t.Context(), p.ID, reply, sayAll(h, reply)))
	_, err := a.Database.Owner.Exec(t.Context(), "delete from public.coach_events where message_id = $1", reply)
	require.NoError(t, err)
	events, got := follow(t, p, reply)
	require.Len(t, events, 3)
	require.Equal(t, strings.Join(text, ""), got)
	last, ok := events[2].(api.CoachEventCompleted)
	require.True(t, ok)
	require.Equal(t, len(got), last.Bytes)
}

func expireLease(t testing.TB, a *apitest.API, reply uuid.UUID) {
	t.Helper()
	_, err := a.Database.Owner.Exec(
		t.Context(), "update public.coach_messages set lease_until = now() - interval '1 second' where id = $1", reply)
	require.NoError(t, err)
}
