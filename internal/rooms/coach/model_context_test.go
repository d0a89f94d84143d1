package coach_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
)

// prefix returns the bytes that two requests begin with. Marks of the cache move from turn to turn and do not count.
func prefix(a, b []byte) string {
	mark := []byte(`,"cache_control":{"type":"ephemeral"}`)
	a, b = bytes.ReplaceAll(a, mark, nil), bytes.ReplaceAll(b, mark, nil)
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return string(a[:n])
}

func TestModel_RequestsOfTwoTurns_BeginWithTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, format := range formats {
		s := llmtest.New(t, calling("You had nothing yet.", call("get_day", `{"date":"today"}`)))
		a := withModel(t, nil, provider(s, format))
		p := a.Person(t)
		c := converse(t, p)
		for _, text := range []string{"first question", "second question", "third question"} {
			logQuick(t, p, "More than before", 100) // the facts change from turn to turn
			_, reply := say(t, p, c.ID, text)
			require.Equal(t, "You had nothing yet.", reply)
		}
		requests := s.Requests()
		require.Len(t, requests, 6)
		same := prefix(requests[3].Body, requests[5].Body)
		for _, part := range []string{"You are the coach", "search_foods", "first question", "You had nothing yet."} {
			require.Contains(t, same, part)
		}
		require.Equal(t, 1, strings.Count(string(requests[5].Body), "facts_about_the_person"), "old facts are not sent again")

		// Another person's first request begins with the same instructions and tools.
		other := a.Person(t)
		ask(t, other, "first question")
		requests = s.Requests()
		same = prefix(requests[0].Body, requests[6].Body)
		require.Contains(t, same, "holds data in JSON")
		require.Contains(t, same, "propose_profile")
		require.NotContains(t, string(requests[6].Body), other.Email)
	}
}

func TestModel_LongConversation_IsShortenedAndSaysSo(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"Fine."}}))
	c := provider(s, llm.ChatCompletions)
	c.ContextTokens = 18_000 // instructions, tools, the reply, and about four messages
	p := withModel(t, nil, c).Person(t)
	conversation := converse(t, p)
	var shortened []api.CoachEventHistoryShortened
	for i := range 8 {
		events, _ := say(t, p, conversation.ID, fmt.Sprintf("message %d ", i)+strings.Repeat("word ", 750))
		require.Equal(t, api.FinishReasonStop, only[api.CoachEventCompleted](events)[0].FinishReason)
		shortened = only[api.CoachEventHistoryShortened](events)
	}
	require.Len(t, shortened, 1)
	requests := s.Requests()
	last := string(requests[len(requests)-1].Body)
	for i := range 8 {
		require.Equal(t, i*2 >= shortened[0].LeftOut, strings.Contains(last, fmt.Sprintf("message %d ", i)), "message %d", i)
	}
}

func TestModel_ContextTooLong_IsShortenedOrFails(t *testing.T) {
	t.Parallel()
	for _, format := range formats {
		failure := llmtest.Failure{
			Status:  400,
			Type:    "invalid_request_error",
			Code:    "context_length_exceeded",
			Message: "prompt is too long: 300000 tokens > 200000 maximum",
		}
		s := llmtest.New(t, func(_ int, r llmtest.Request) llmtest.Reply {
			if strings.Contains(string(r.Body), "the first message") || strings.Contains(string(r.Body), "too much") {
				return llmtest.Reply{Failure: &failure}
			}
			return llmtest.Reply{Text: []string{"Fine."}}
		})
		p := withModel(t, nil, provider(s, format)).Person(t)
		c := converse(t, p)
		events, _ := say(t, p, c.ID, "too much")
		require.Equal(t, "context_too_long", only[api.CoachEventFailed](events)[0].Problem.Code)
		say(t, p, c.ID, "the first message")
		events, text := say(t, p, c.ID, "the next message")
		require.Equal(t, "Fine.", text)
		require.Positive(t, only[api.CoachEventHistoryShortened](events)[0].LeftOut)
	}
}

func TestModel_ConfirmedProposal_MayBeCalledSaved(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, func(n int, r llmtest.Request) llmtest.Reply {
		if n == 0 {
			return llmtest.Reply{Calls: []llmtest.Call{
				call("propose_meal", `{"confidence":0.9,"meal_type":"lunch","items":[{"kind":"quick","name":"Oats","calories":389}]}`),
			}}
		}
		return llmtest.Reply{Text: []string{"I have logged it."}}
	})
	p := withModel(t, nil, provider(s, llm.AnthropicMessages)).Person(t)
	c := converse(t, p)
	events, text := say(t, p, c.ID, "oats for lunch")
	require.NotContains(t, text, "I have logged it")
	confirm(t, p, only[api.CoachEventProposal](events)[0].Proposal.ID)
	_, text = say(t, p, c.ID, "is it there?")
	require.Equal(t, "I have logged it.", text)
	requests := s.Requests()
	require.Contains(t, string(requests[len(requests)-1].Body), "confirmed")
	_, text = say(t, p, c.ID, "and the soup?")
	require.NotContains(t, text, "I have logged it", "nothing was confirmed since")
}

func TestModel_MemoryWithConsent_IsInTheFacts(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"Fine."}}))
	p := withModel(t, nil, provider(s, llm.AnthropicMessages)).Person(t)
	for _, enabled := range []bool{false, true} {
		r, err := p.UpdateCoachSettingsWithResponse(t.Context(), api.CoachSettingsPatch{MemoryEnabled: &enabled})
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
		ask(t, p, "I'm allergic to peanuts.")
		ask(t, p, "how are you?")
		requests := s.Requests()
		last := string(requests[len(requests)-1].Body)
		require.Equal(t, enabled, strings.Contains(last, "what_the_person_told_earlier"))
		require.Equal(t, enabled, strings.Contains(last, "peanuts"))
	}
}
