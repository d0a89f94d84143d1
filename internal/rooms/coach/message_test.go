package coach_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// converse starts a conversation.
func converse(t testing.TB, p *apitest.Person) api.Conversation {
	t.Helper()
	r, err := p.CreateConversationWithResponse(t.Context(), nil, api.ConversationCreate{})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return *r.JSON201
}

// send sends a message with a body as written.
func send(t testing.TB, p *apitest.Person, conversation uuid.UUID, body string) api.MessageSent {
	t.Helper()
	r, err := p.SendMessageWithBodyWithResponse(t.Context(), conversation, nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, http.StatusAccepted, r.StatusCode(), string(r.Body))
	return *r.JSON202
}

// follow reads the events of a reply until the last one, and returns them with the text that they make. The stream has the same ones; the
// client compares each with the contract.
func follow(t testing.TB, p *apitest.Person, reply uuid.UUID) (events []any, text string) {
	t.Helper()
	after := 0
	for {
		r, err := p.ListMessageEventsWithResponse(t.Context(), reply, &api.ListMessageEventsParams{After: &after, Wait: new(25)})
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
		for _, e := range r.JSON200.Data {
			event, err := e.ValueByDiscriminator()
			require.NoError(t, err)
			if delta, ok := event.(api.CoachEventDelta); ok {
				text += delta.Text
			}
			events = append(events, event)
		}
		after = r.JSON200.NextAfter
		if r.JSON200.Done {
			s, err := p.StreamMessageWithResponse(t.Context(), &api.StreamMessageParams{MessageID: reply})
			require.NoError(t, err)
			require.Equal(t, http.StatusOK, s.StatusCode(), string(s.Body))
			require.Equal(t, len(events), strings.Count(string(s.Body), "\ndata: "))
			return events, text
		}
	}
}

func TestSendMessage_Question_GetsAReplyWhoseTextIsWhatWasStreamed(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	c := converse(t, p)
	sent := send(t, p, c.ID, question)
	require.Equal(t, "what can you do?", sent.Message.Content)
	events, text := follow(t, p, sent.ReplyID)
	require.NotEmpty(t, text)
	require.IsType(t, api.CoachEventStarted{}, events[0])
	last, ok := events[len(events)-1].(api.CoachEventCompleted)
	require.True(t, ok)
	require.Equal(t, api.FinishReasonStop, last.FinishReason)
	sum := sha256.Sum256([]byte(text))
	require.Equal(t, hex.EncodeToString(sum[:]), last.Sha256)
	require.Equal(t, len(text), last.Bytes)

	r, err := p.ListMessagesWithResponse(t.Context(), c.ID, nil)
	require.NoError(t, err)
	require.Len(t, r.JSON200.Data, 2)
	require.Equal(t, text, r.JSON200.Data[0].Content)
	require.True(t, r.JSON200.Data[0].IsAi)
	got, err := p.GetConversationWithResponse(t.Context(), c.ID, nil)
	require.NoError(t, err)
	require.Nil(t, got.JSON200.ActiveMessageID)
	require.Equal(t, "what can you do?", *got.JSON200.Title)
}
