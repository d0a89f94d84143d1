package resilience_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
)

const asked = "What did I eat yesterday?"

// talk is a conversation whose replies one process makes, while another one serves half of the followers.
type talk struct {
	api      *apitest.API
	person   *apitest.Person
	settings []string // of the provider
	speaking *process
	other    *process
	reply    uuid.UUID
}

// beginTalk sends a message through the process that will make the reply.
func beginTalk(t *testing.T, provider *llmtest.Server) *talk {
	t.Helper()
	a := apitest.New(t, apitest.Setup{Database: new(dbtest.New(t))})
	w := &talk{api: a, person: a.Person(t), settings: []string{
		"COACH_PROVIDERS=scripted", "COACH_SCRIPTED_FORMAT=" + string(llm.ChatCompletions), "COACH_SCRIPTED_BASE_URL=" + provider.URL,
		"COACH_SCRIPTED_MODEL=m",
	}}
	w.speaking = serve(t, a, w.settings...)
	w.other = serve(t, a, "WORKERS=off")
	c := w.speaking.client(t, w.person.Cookie(t, "access_token"))
	conversation, err := c.CreateConversationWithResponse(t.Context(), nil, api.ConversationCreate{})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, conversation.StatusCode(), string(conversation.Body))
	sent, err := c.SendMessageWithResponse(t.Context(), conversation.JSON201.ID, nil, api.MessageSend{Content: asked})
	require.NoError(t, err)
	require.Equal(t, http.StatusAccepted, sent.StatusCode(), string(sent.Body))
	w.reply = sent.JSON202.ReplyID
	return w
}

// heard is what a follower received.
type heard struct {
	events []event
	err    error
}

// event is an event of a reply, as far as these tests look at it.
type event struct {
	Seq          int    `json:"seq"`
	Type         string `json:"type"`
	Text         string `json:"text"`
	FinishReason string `json:"finish_reason"`
	Bytes        int    `json:"bytes"`
	SHA256       string `json:"sha256"`
}

func (e event) isLast() bool { return e.Type == "message.completed" || e.Type == "message.failed" }

// followers lets ten clients follow the reply until its last event, half of them at each process. A client whose connection is cut goes on
// at the other process. It returns when each has an answer to its first request.
func (w *talk) followers(t *testing.T) (all func() []heard) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*patience)
	t.Cleanup(cancel)
	token := w.person.Cookie(t, "access_token")
	results := make([]heard, 10)
	var begun, ended sync.WaitGroup
	for i := range results {
		begun.Add(1)
		first := sync.OnceFunc(begun.Done)
		at := []*process{w.speaking, w.other}[i%2]
		ended.Go(func() {
			h := &results[i]
			for h.err == nil && (len(h.events) == 0 || !h.events[len(h.events)-1].isLast()) {
				h.err = h.read(ctx, at.url, token, w.reply, first)
				at = w.other
			}
			first()
		})
	}
	begun.Wait()
	return func() []heard {
		ended.Wait()
		return results
	}
}

// read adds the events of one connection. A connection that is cut is no error.
func (h *heard) read(ctx context.Context, url, token string, reply uuid.UUID, begun func()) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/api/v1/coach/stream?message_id="+reply.String(), http.NoBody)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	if n := len(h.events); n > 0 {
		r.Header.Set("Last-Event-ID", fmt.Sprint(h.events[n-1].Seq))
	}
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		return ctx.Err()
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("follow: %s", response.Status)
	}
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() {
		begun()
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		var e event
		if err := json.Unmarshal([]byte(data), &e); err != nil {
			return err
		}
		h.events = append(h.events, e)
	}
	return ctx.Err()
}

// requireSame requires that each follower received the reply once, whole and as it is stored, and that the person's message is there.
func (w *talk) requireSame(t *testing.T, all []heard, text, reason string) {
	t.Helper()
	for _, h := range all {
		require.NoError(t, h.err)
		joined := ""
		for i, e := range h.events {
			require.Equal(t, i+1, e.Seq)
			require.Equal(t, i == 0, e.Type == "message.started")
			joined += e.Text
		}
		require.Equal(t, text, joined)
		last := h.events[len(h.events)-1]
		require.Equal(t, reason, last.FinishReason)
		sum := sha256.Sum256([]byte(joined))
		require.Equal(t, hex.EncodeToString(sum[:]), last.SHA256)
		require.Equal(t, len(joined), last.Bytes)
	}
	messages := w.messages(t)
	require.Len(t, messages, 2)
	require.Equal(t, text, messages[0].Content)
	require.Equal(t, asked, messages[1].Content)
}

func (w *talk) messages(t *testing.T) []api.Message {
	t.Helper()
	list, err := w.person.ListConversationsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, list.JSON200.Data, 1)
	require.Nil(t, list.JSON200.Data[0].ActiveMessageID, "the person can go on")
	messages, err := w.person.ListMessagesWithResponse(t.Context(), list.JSON200.Data[0].ID, nil)
	require.NoError(t, err)
	return messages.JSON200.Data
}

// awaitText returns when the reply has some text.
func (w *talk) awaitText(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool {
		var n int
		err := w.api.Database.Owner.QueryRow(t.Context(),
			"select count(*) from public.coach_events where message_id = $1 and type = 'message.delta'", w.reply).Scan(&n)
		return err == nil && n > 0
	}, patience, 5*time.Millisecond)
}

// awaitRequest returns when the provider was asked.
func awaitRequest(t *testing.T, provider *llmtest.Server) {
	t.Helper()
	require.Eventually(t, func() bool { return len(provider.Requests()) > 0 }, patience, 5*time.Millisecond)
}

// hanging is a reply of which no more comes than up to a text.
func hanging(text string) llmtest.Reply {
	r := llmtest.Reply{Text: []string{text}}
	if text == "" {
		r.Cut = true
	} else {
		r = r.CutAfter(llm.ChatCompletions, text)
	}
	r.Hang = true
	return r
}

func TestReply_ProcessKilledAfterTheFirstWords_EndsInterruptedForEachFollower(t *testing.T) {
	t.Parallel()
	provider := llmtest.New(t, llmtest.Sequence(t, hanging("You ate an apple. It was fine. And then there was a")))
	w := beginTalk(t, provider)
	all := w.followers(t)
	w.awaitText(t)
	start(t, w.api, "work", "jobs_started", w.settings...) // it began after the process that leads and makes the reply
	require.NoError(t, w.speaking.cmd.Process.Kill())
	w.requireSame(t, all(), "You ate an apple. It was fine. ", "interrupted")
}

func TestReply_ProcessKilledBeforeTheFirstWord_IsMadeByAnother(t *testing.T) {
	t.Parallel()
	provider := llmtest.New(t, llmtest.Sequence(t, hanging(""), llmtest.Reply{Text: []string{"You ate an apple. ", "It was fine."}}))
	w := beginTalk(t, provider)
	all := w.followers(t)
	awaitRequest(t, provider)
	start(t, w.api, "work", "jobs_started", w.settings...)
	require.NoError(t, w.speaking.cmd.Process.Kill())
	w.requireSame(t, all(), "You ate an apple. It was fine.", "stop")
}

// A process that was only frozen goes on when another one has ended its reply.
func TestReply_ProcessFrozen_AddsNothingToWhatAnotherHasEnded(t *testing.T) {
	t.Parallel()
	words := make([]string, 2000)
	for i := range words {
		words[i] = fmt.Sprintf("You ate apple %d. ", i)
	}
	provider := llmtest.New(t, llmtest.Sequence(t, llmtest.Reply{Text: words, Pause: 20 * time.Millisecond}))
	w := beginTalk(t, provider)
	w.awaitText(t)
	start(t, w.api, "work", "jobs_started", w.settings...)
	require.NoError(t, w.speaking.cmd.Process.Signal(syscall.SIGSTOP))
	t.Cleanup(func() { _ = w.speaking.cmd.Process.Signal(syscall.SIGCONT) })
	follow := func() heard {
		h := heard{}
		token := w.person.Cookie(t, "access_token")
		require.NoError(t, h.read(t.Context(), w.other.url, token, w.reply, func() {}))
		return h
	}
	before := follow()
	require.NoError(t, w.speaking.cmd.Process.Signal(syscall.SIGCONT))
	<-provider.Disconnects() // it noticed that the reply is not its own any more
	text := w.messages(t)[0].Content
	require.NotEmpty(t, text)
	w.requireSame(t, []heard{before, follow()}, text, "interrupted")
}
