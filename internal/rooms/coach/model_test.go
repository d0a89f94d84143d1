package coach_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/llm"
	"github.com/ultimatecoach/api/internal/tools/room"
)

var formats = []llm.Format{llm.ChatCompletions, llm.AnthropicMessages}

// provider returns the settings of a scripted provider that is asked once.
func provider(s *llmtest.Server, format llm.Format) llm.Config {
	return llm.Config{
		Name: "scripted", Format: format, BaseURL: s.URL, Model: "m", Tries: 1, RetryWait: time.Nanosecond, BreakerPause: time.Nanosecond,
		Prices: &llm.Prices{Input: 1, Cached: 0.5, Output: 2},
	}
}

// withModel starts an API whose replies are made by providers. change may be nil.
func withModel(t testing.TB, change func(*room.Coach), providers ...llm.Config) *apitest.API {
	t.Helper()
	coach, err := room.NewCoach(providers...)
	require.NoError(t, err)
	if change != nil {
		change(&coach)
	}
	return apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Coach = coach }})
}

// stored returns the newest message of a conversation.
func stored(t testing.TB, p *apitest.Person, conversation uuid.UUID) api.Message {
	t.Helper()
	r, err := p.ListMessagesWithResponse(t.Context(), conversation, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return r.JSON200.Data[0]
}

// say sends a text to a conversation and returns the events of the reply with their text.
func say(t testing.TB, p *apitest.Person, conversation uuid.UUID, text string) (events []any, reply string) {
	t.Helper()
	body, err := json.Marshal(api.MessageSend{Content: text})
	require.NoError(t, err)
	return follow(t, p, send(t, p, conversation, string(body)).ReplyID)
}

func TestModel_Reply_IsStoredAsItWasStreamed(t *testing.T) {
	t.Parallel()
	for _, format := range formats {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			s := llmtest.New(t, llmtest.Always(llmtest.Reply{
				Text: []string{
					"You ate ",
					"an app",
					"le. That is fine – ",
					"“really”.",
				},
				Usage: llmtest.Usage{Input: 120, Cached: 20, Output: 7},
			}))
			p := withModel(t, nil, provider(s, format)).Person(t)
			c := converse(t, p)
			events, text := say(t, p, c.ID, "what did I eat?")
			require.Equal(t, "You ate an apple. That is fine – “really”.", text)
			last := only[api.CoachEventCompleted](events)[0]
			require.Equal(t, api.FinishReasonStop, last.FinishReason)
			sum := sha256.Sum256([]byte(text))
			require.Equal(t, hex.EncodeToString(sum[:]), last.Sha256)
			require.Equal(t, 120, last.Usage.InputTokens)
			require.Equal(t, 20, *last.Usage.CachedTokens)
			require.Equal(t, 7, last.Usage.OutputTokens)
			require.InDelta(t, (100*1+20*0.5+7*2)/1e6, *last.Usage.CostUsd, 1e-9)
			m := stored(t, p, c.ID)
			require.Equal(t, text, m.Content)
			require.Equal(t, "scripted", *m.Provider)
			require.Equal(t, last.Usage, m.Usage)
		})
	}
}

// Package llm tests that a cut at each byte is an error. This test takes every 37th, in one reply after the other, so that the circuit
// breaker lets each request through.
func TestModel_CutAnywhere_NeverLooksComplete(t *testing.T) {
	t.Parallel()
	whole := llmtest.Reply{Text: []string{"You ate ", "an apple. ", "Good."}}
	said := strings.Join(whole.Text, "")
	for _, format := range formats {
		length := len(whole.Transcript(format))
		s := llmtest.New(t, func(n int, _ llmtest.Request) llmtest.Reply {
			cut := whole
			cut.Cut, cut.CutAt = true, n*37
			return cut
		})
		p := withModel(t, nil, provider(s, format)).Person(t)
		finished, unfinished := map[api.FinishReason]int{}, false
		for at := 0; at < length; at += 37 {
			events, text := ask(t, p, "what did I eat?")
			if failed := only[api.CoachEventFailed](events); len(failed) > 0 {
				require.Equal(t, "provider_unavailable", failed[0].Problem.Code)
				require.Empty(t, text)
				finished["failed"]++
				continue
			}
			reason := only[api.CoachEventCompleted](events)[0].FinishReason
			finished[reason]++
			if reason == api.FinishReasonStop { // only bytes after the end of the reply were lost
				require.Equal(t, said, text)
				continue
			}
			require.Equal(t, api.FinishReasonInterrupted, reason)
			require.NotEmpty(t, text)
			unfinished = unfinished || text == "You ate "
			require.True(t, strings.HasPrefix(said, text), text)
		}
		require.Positive(t, finished["failed"])
		require.Positive(t, finished[api.FinishReasonInterrupted])
		require.Less(t, finished[api.FinishReasonStop], 8)
		require.True(t, unfinished, "half a sentence is kept")
	}
}

func TestRegression_15_UsersMessageLostWhenTheModelFailed(t *testing.T) {
	t.Parallel()
	garbage := "<html>bad gateway</html>"
	for name, c := range map[string]struct {
		reply llmtest.Reply
		code  string
	}{
		"rate limited": {
			llmtest.Reply{Failure: &llmtest.Failure{Status: 429, Type: "rate_limit_error"}, Header: map[string]string{"Retry-After": "120"}},
			"provider_rate_limited",
		},
		"overloaded":       {llmtest.Reply{Failure: &llmtest.Failure{Status: 529, Type: "overloaded_error"}}, "provider_unavailable"},
		"broken":           {llmtest.Reply{Failure: &llmtest.Failure{Status: 500}}, "provider_unavailable"},
		"no JSON":          {llmtest.Reply{Failure: &llmtest.Failure{Status: 502, Raw: &garbage}}, "provider_unavailable"},
		"no stream":        {llmtest.Reply{Raw: garbage}, "provider_unavailable"},
		"wrong key":        {llmtest.Reply{Failure: &llmtest.Failure{Status: 401, Type: "authentication_error"}}, "provider_unavailable"},
		"nothing said":     {llmtest.Reply{}, "coach_failed"},
		"connection reset": {llmtest.Reply{Cut: true, Reset: true}, "provider_unavailable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, format := range formats {
				p := withModel(t, nil, provider(llmtest.New(t, llmtest.Always(c.reply)), format)).Person(t)
				conversation := converse(t, p)
				events, text := say(t, p, conversation.ID, "how am I doing?")
				require.Empty(t, text)
				failed := only[api.CoachEventFailed](events)
				require.Len(t, failed, 1, "%v", events)
				require.Equal(t, c.code, failed[0].Problem.Code)
				if name == "rate limited" {
					require.InDelta(t, 120, *failed[0].Problem.RetryAfter, 5)
				}
				r, err := p.ListMessagesWithResponse(t.Context(), conversation.ID, nil)
				require.NoError(t, err)
				require.Len(t, r.JSON200.Data, 2)
				require.Equal(t, "how am I doing?", r.JSON200.Data[1].Content)
				require.Equal(t, api.MessageStatusFailed, r.JSON200.Data[0].Status)

				// The next message is replied to; the guard needs no provider.
				events, text = say(t, p, conversation.ID, "I don't want to live anymore")
				require.NotEmpty(t, text)
				require.Len(t, only[api.CoachEventSafety](events), 1)
				require.Equal(t, api.FinishReasonStop, only[api.CoachEventCompleted](events)[0].FinishReason)
			}
		})
	}
}

func TestModel_FirstProviderDown_NextOneReplies(t *testing.T) {
	t.Parallel()
	down := provider(llmtest.New(t, llmtest.Always(llmtest.Reply{Failure: &llmtest.Failure{Status: 500}})), llm.ChatCompletions)
	up := provider(llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"Hello."}})), llm.AnthropicMessages)
	up.Name = "second"
	p := withModel(t, nil, down, up).Person(t)
	c := converse(t, p)
	_, text := say(t, p, c.ID, "hello")
	require.Equal(t, "Hello.", text)
	require.Equal(t, "second", *stored(t, p, c.ID).Provider)

	p = withModel(t, func(c *room.Coach) { c.Local = true }, down).Person(t)
	c = converse(t, p)
	_, text = say(t, p, c.ID, "what can you do?")
	require.NotEmpty(t, text)
	require.Equal(t, "local", *stored(t, p, c.ID).Provider)
}

func TestModel_ProviderEndsEarly_IsSaid(t *testing.T) {
	t.Parallel()
	for reason, want := range map[[2]string]api.FinishReason{
		{"length", "max_tokens"}:      api.FinishReasonLength,
		{"content_filter", "refusal"}: api.FinishReasonFiltered,
		{"tired", "tired"}:            api.FinishReasonInterrupted,
	} {
		for i, format := range formats {
			s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"You could try"}, Reason: reason[i]}))
			events, text := ask(t, withModel(t, nil, provider(s, format)).Person(t), "any idea?")
			require.Equal(t, "You could try", text)
			require.Equal(t, want, only[api.CoachEventCompleted](events)[0].FinishReason, reason[i])
		}
	}
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{Reason: "content_filter"}))
	events, text := ask(t, withModel(t, nil, provider(s, llm.ChatCompletions)).Person(t), "eine Frage zu meinem Essen")
	require.Contains(t, text, "Sprachmodell")
	require.Equal(t, api.FinishReasonFiltered, only[api.CoachEventCompleted](events)[0].FinishReason)
}

func TestModel_EndlessOutput_EndsAsLength(t *testing.T) {
	t.Parallel()
	many := make([]string, 200)
	for i := range many {
		many[i] = strings.Repeat("An apple a day is fine. ", 40)
	}
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: many}))
	events, text := ask(t, withModel(t, nil, provider(s, llm.AnthropicMessages)).Person(t), "tell me a story")
	require.Equal(t, api.FinishReasonLength, only[api.CoachEventCompleted](events)[0].FinishReason)
	require.Less(t, len(text), 70_000)
}

func TestModel_Cancelled_DisconnectsFromTheProvider(t *testing.T) {
	t.Parallel()
	hangs := llmtest.Reply{Text: []string{"One moment. And then? "}, Hang: true}.CutAfter(llm.AnthropicMessages, "moment")
	s := llmtest.New(t, llmtest.Always(hangs))
	p := withModel(t, nil, provider(s, llm.AnthropicMessages)).Person(t)
	sent := send(t, p, converse(t, p).ID, question)
	_, err := p.ListMessageEventsWithResponse(t.Context(), sent.ReplyID, &api.ListMessageEventsParams{After: new(1), Wait: new(25)})
	require.NoError(t, err) // its first words are there, and nothing more comes
	r, err := p.CancelMessageWithResponse(t.Context(), sent.ReplyID)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, r.StatusCode())
	<-s.Disconnects()
	events, _ := follow(t, p, sent.ReplyID)
	require.Equal(t, api.FinishReasonCancelled, only[api.CoachEventCompleted](events)[0].FinishReason)
}

func TestModel_NumberThatNoRecordHas_IsReplacedBeforeItIsShown(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, func(_ int, r llmtest.Request) llmtest.Reply {
		if len(resultsIn(r)) == 0 {
			return llmtest.Reply{Text: []string{"Let me see. "}, Calls: []llmtest.Call{call("get_day", `{"date":"today"}`)}}
		}
		return llmtest.Reply{Text: []string{"You have eaten 1,4", "50 kcal today. You have 9", "15 kcal left. An egg has 78 kcal."}}
	})
	p := withModel(t, nil, provider(s, llm.ChatCompletions)).Person(t)
	meal(t, p, `{"meal_type":"lunch","items":[{"kind":"quick","name":"Soup","calories":1450}]}`)
	events, text := say(t, p, converse(t, p).ID, "what is left for today?")
	require.Contains(t, text, "You have eaten 1,450 kcal today. "+
		"I leave out a number that I don't find in your records. An egg has 78 kcal.")
	for _, e := range only[api.CoachEventDelta](events) {
		require.NotContains(t, e.Text, "915")
	}
}
