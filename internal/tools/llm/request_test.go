package llm_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
)

// conversation returns a request after n turns, each with a call of a tool, and another context each time.
func conversation(n int) llm.Request {
	r := question()
	r.Tools = []llm.Tool{
		{
			Name:        "get_day",
			Description: "Returns a day <of> the diary.",
			Schema:      json.RawMessage(`{"type":"object","properties":{"b":{},"a":{}}}`),
		},
		{Name: "search_foods", Description: "Finds foods.", Schema: json.RawMessage(`{"type":"object"}`)},
	}
	if n%2 == 1 {
		slices.Reverse(r.Tools)
	}
	r.Context = "It is turn " + string(rune('0'+n)) + "."
	r.CacheKey = "conversation-1"
	r.Messages = nil
	for i := range n {
		r.Messages = append(r.Messages,
			llm.Message{Role: llm.RoleUser, Text: "What did I eat?"},
			llm.Message{Role: llm.RoleAssistant, Text: "Let me look.", ToolCalls: []llm.ToolCall{
				{ID: "a" + string(rune('0'+i)), Name: "get_day", Arguments: `{"date": "2026-11-28"}`},
				{ID: "b" + string(rune('0'+i)), Name: "get_day"},
			}},
			llm.Message{Role: llm.RoleTool, ToolCallID: "a" + string(rune('0'+i)), Text: `{"calories":500}`},
			llm.Message{Role: llm.RoleTool, ToolCallID: "b" + string(rune('0'+i)), Text: "the date is missing", ToolFailed: true},
			llm.Message{Role: llm.RoleAssistant, Text: "An apple <and> 'cheese'."},
		)
	}
	r.Messages = append(r.Messages, llm.Message{Role: llm.RoleUser, Text: "And yesterday?"})
	return r
}

const mark = `,"cache_control":{"type":"ephemeral"}`

// sent returns the body that the client sends for a request.
func sent(t *testing.T, f llm.Format, r llm.Request, change ...func(*llm.Config)) string {
	t.Helper()
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"Hello"}}))
	_, err := llm.Collect(newClient(t, s, f, change...).Stream(t.Context(), r))
	require.NoError(t, err)
	body := string(s.Requests()[0].Body)
	require.True(t, json.Valid([]byte(body)))
	return body
}

func TestRequest_NextTurn_BeginsWithTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		one, two := conversation(1), conversation(2)
		// The last message of the first request is the user's; without its context it is part of the history of the second.
		two.Messages = slices.Concat(one.Messages, conversation(1).Messages[1:])
		first, second := sent(t, f, one), sent(t, f, two)
		// A mark says up to where the provider caches. It moves on, and is no part of what is cached.
		first, second = strings.ReplaceAll(first, mark, ""), strings.ReplaceAll(second, mark, "")
		common := 0
		for common < min(len(first), len(second)) && first[common] == second[common] {
			common++
		}
		last := strings.Index(first, "It is turn 1.")
		require.Positive(t, last)
		require.Equal(t, last, common, "%s: the requests differ at %q", f, first[common:min(common+60, len(first))])
	}
}

func TestRequest_NextRoundOfTools_BeginsWithTheWholeRequest(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		one := conversation(1)
		two := one
		two.Messages = append(slices.Clone(one.Messages),
			llm.Message{Role: llm.RoleAssistant, ToolCalls: []llm.ToolCall{{ID: "c", Name: "get_day", Arguments: `{}`}}},
			llm.Message{Role: llm.RoleTool, ToolCallID: "c", Text: "nothing"},
		)
		first, second := strings.ReplaceAll(sent(t, f, one), mark, ""), strings.ReplaceAll(sent(t, f, two), mark, "")
		require.True(t, strings.HasPrefix(second, strings.TrimSuffix(first, "]}")), "%s\n%s\n%s", f, first, second)
	}
}

func TestRequest_Tools_AreSortedByName(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		r := conversation(1)
		body := sent(t, f, r)
		slices.Reverse(r.Tools)
		require.Equal(t, body, sent(t, f, r))
		require.Less(t, strings.Index(body, `"name":"get_day"`), strings.Index(body, `"name":"search_foods"`))
		require.Contains(t, body, "Returns a day <of> the diary.")
	}
}

func TestRequest_Anthropic_MarksSystemHistoryAndLastMessage(t *testing.T) {
	t.Parallel()
	r := conversation(1)
	body := sent(t, llm.AnthropicMessages, r)
	require.Equal(t, 3, strings.Count(body, mark), body)
	require.Contains(t, body, `"system":[{"type":"text","text":"You are a coach."`+mark+`}]`)
	require.Contains(t, body, `{"type":"text","text":"An apple <and> 'cheese'."`+mark+`}`)
	require.True(t, strings.HasSuffix(body, `{"type":"text","text":"It is turn 1.\n\nAnd yesterday?"`+mark+`}]}]}`), body)

	r.Messages = append(r.Messages,
		llm.Message{Role: llm.RoleAssistant, ToolCalls: []llm.ToolCall{{ID: "c", Name: "get_day", Arguments: `{}`}}},
		llm.Message{Role: llm.RoleTool, ToolCallID: "c", Text: "nothing"},
	)
	body = sent(t, llm.AnthropicMessages, r)
	require.Equal(t, 3, strings.Count(body, mark), body)
	require.True(t, strings.HasSuffix(body, `{"type":"tool_result","tool_use_id":"c","content":"nothing"`+mark+`}]}]}`), body)
}

func TestRequest_Anthropic_HasTheFormOfTheAPI(t *testing.T) {
	t.Parallel()
	body := strings.ReplaceAll(sent(t, llm.AnthropicMessages, conversation(1)), mark, "")
	require.JSONEq(t, `{
		"model": "m", "max_tokens": 500, "stream": true,
		"tools": [
			{"name": "get_day", "description": "Returns a day <of> the diary.",
				"input_schema": {"type": "object", "properties": {"b": {}, "a": {}}}},
			{"name": "search_foods", "description": "Finds foods.", "input_schema": {"type": "object"}}
		],
		"system": [{"type": "text", "text": "You are a coach."}],
		"messages": [
			{"role": "user", "content": [{"type": "text", "text": "What did I eat?"}]},
			{"role": "assistant", "content": [
				{"type": "text", "text": "Let me look."},
				{"type": "tool_use", "id": "a0", "name": "get_day", "input": {"date": "2026-11-28"}},
				{"type": "tool_use", "id": "b0", "name": "get_day", "input": {}}
			]},
			{"role": "user", "content": [
				{"type": "tool_result", "tool_use_id": "a0", "content": "{\"calories\":500}"},
				{"type": "tool_result", "tool_use_id": "b0", "content": "the date is missing", "is_error": true}
			]},
			{"role": "assistant", "content": [{"type": "text", "text": "An apple <and> 'cheese'."}]},
			{"role": "user", "content": [{"type": "text", "text": "It is turn 1.\n\nAnd yesterday?"}]}
		]
	}`, body)
}

func TestRequest_ChatCompletions_HasTheFormOfTheAPI(t *testing.T) {
	t.Parallel()
	require.JSONEq(t, `{
		"model": "m", "max_tokens": 500, "stream": true, "stream_options": {"include_usage": true},
		"tools": [
			{"type": "function", "function": {"name": "get_day", "description": "Returns a day <of> the diary.",
				"parameters": {"type": "object", "properties": {"b": {}, "a": {}}}}},
			{"type": "function", "function": {"name": "search_foods", "description": "Finds foods.", "parameters": {"type": "object"}}}
		],
		"messages": [
			{"role": "system", "content": "You are a coach."},
			{"role": "user", "content": "What did I eat?"},
			{"role": "assistant", "content": "Let me look.", "tool_calls": [
				{"id": "a0", "type": "function", "function": {"name": "get_day", "arguments": "{\"date\": \"2026-11-28\"}"}},
				{"id": "b0", "type": "function", "function": {"name": "get_day", "arguments": "{}"}}
			]},
			{"role": "tool", "content": "{\"calories\":500}", "tool_call_id": "a0"},
			{"role": "tool", "content": "Error: the date is missing", "tool_call_id": "b0"},
			{"role": "assistant", "content": "An apple <and> 'cheese'."},
			{"role": "user", "content": "It is turn 1.\n\nAnd yesterday?"}
		]
	}`, sent(t, llm.ChatCompletions, conversation(1)))
}

func TestRequest_FieldsOfOpenAI_AreSentOnlyWhenConfigured(t *testing.T) {
	t.Parallel()
	body := sent(t, llm.ChatCompletions, conversation(1), func(c *llm.Config) { c.OpenAIFields = true })
	require.Contains(t, body, `"prompt_cache_key":"conversation-1"`)
	require.Contains(t, body, `"max_completion_tokens":500`)
	require.Contains(t, body, `"include_obfuscation":false`)
	require.NotContains(t, body, `"max_tokens"`)
}

func TestRequest_Key_IsSentAsTheFormatWants(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		s := llmtest.New(t, llmtest.Always(llmtest.Reply{}))
		_, err := llm.Collect(newClient(t, s, f).Stream(t.Context(), question()))
		require.NoError(t, err)
		header := s.Requests()[0].Header
		require.Equal(t, "application/json", header.Get("Content-Type"))
		require.Empty(t, header.Get("Accept-Encoding"), "compressed streams arrive in large pieces")
		if f == llm.AnthropicMessages {
			require.Equal(t, testKey, header.Get("X-Api-Key"))
			require.Equal(t, "2023-06-01", header.Get("Anthropic-Version"))
			require.Empty(t, header.Get("Authorization"))
		} else {
			require.Equal(t, "Bearer "+testKey, header.Get("Authorization"))
		}
	}
}

func TestRequest_SignedThinking_GoesBackUnchanged(t *testing.T) {
	t.Parallel()
	script := fullReply()
	script.Thinking, script.Signature = "The person <means> tofu \u2028.", "EqQBCg=="
	s := llmtest.New(t, llmtest.Always(script))
	client := newClient(t, s, llm.AnthropicMessages)
	r := question()
	reply, err := llm.Collect(client.Stream(t.Context(), r))
	require.NoError(t, err)
	require.NotContains(t, reply.Text(), "means", "thinking is not shown")

	stored, err := json.Marshal(reply.Message()) // as the coach does between two rounds
	require.NoError(t, err)
	var message llm.Message
	require.NoError(t, json.Unmarshal(stored, &message))
	r.Messages = append(r.Messages, message, llm.Message{Role: llm.RoleTool, ToolCallID: "call_a", Text: "1 food"},
		llm.Message{Role: llm.RoleTool, ToolCallID: "call_b", Text: "2 foods"})
	_, err = llm.Collect(client.Stream(t.Context(), r))
	require.NoError(t, err)
	var body struct {
		Messages []struct{ Content json.RawMessage }
	}
	require.NoError(t, json.Unmarshal(s.Requests()[1].Body, &body))
	thinking, err := json.Marshal(script.Thinking)
	require.NoError(t, err)
	require.JSONEq(t, `[
		{"type": "thinking", "thinking": `+string(thinking)+`, "signature": "EqQBCg=="},
		{"type": "text", "text": "Let me look: Äpfel, 豆腐."},
		{"type": "tool_use", "id": "call_a", "name": "search_foods", "input": {"query": "tofu"}},
		{"type": "tool_use", "id": "call_b", "name": "search_foods", "input": {"query": "egg"}}
	]`, string(body.Messages[1].Content))

	other := sent(t, llm.AnthropicMessages, r, func(c *llm.Config) { c.Name = "other" })
	require.NotContains(t, other, "EqQBCg==", "another provider cannot check the signature")
	require.Contains(t, other, "Let me look: Äpfel")
	require.Contains(t, sent(t, llm.ChatCompletions, r, func(c *llm.Config) { c.Name = "third" }), "Let me look: Äpfel")
}

func TestRequest_RedactedThinking_GoesBackUnchanged(t *testing.T) {
	t.Parallel()
	const redacted = `{"type":"redacted_thinking","data":"ZW5jcnlwdGVk"}`
	s := llmtest.New(
		t,
		llmtest.Always(llmtest.Reply{Raw: `data: {"type":"content_block_start","index":0,"content_block":` + redacted + "}\n\n" +
			`data: {"type":"content_block_stop","index":0}` + "\n\n" +
			`data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}` + "\n\n" + `data: {"type":"message_stop"}` + "\n\n"}),
	)
	reply, err := llm.Collect(newClient(t, s, llm.AnthropicMessages).Stream(t.Context(), question()))
	require.NoError(t, err)
	require.JSONEq(t, `[`+redacted+`]`, string(reply.End.Native.Content))
}

func TestRequest_ReplyWithoutContent_IsLeftOut(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		r := question()
		body := sent(t, f, r)
		r.Messages = append([]llm.Message{{Role: llm.RoleAssistant}}, r.Messages...)
		require.Equal(t, body, sent(t, f, r))
	}
}

func TestRequest_InvalidArguments_GoBackAsAnObject(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		for _, arguments := range []string{`{"date": `, `[1]`, `null`, `"x"`} {
			r := conversation(1)
			r.Messages[1].ToolCalls[0].Arguments = arguments
			require.Contains(t, sent(t, f, r), "invalid_json", arguments)
		}
	}
}

func TestRequest_ThatNoProviderAccepts_IsRefusedBeforeItIsSent(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*llm.Request){
		"MaxTokens must be positive":      func(r *llm.Request) { r.MaxTokens = 0 },
		"there is no message of the user": func(r *llm.Request) { r.Messages = nil },
		"message 0 has no text":           func(r *llm.Request) { r.Messages[0].Text = "" },
		"message 1 is the result of no": func(r *llm.Request) {
			r.Messages = append(r.Messages, llm.Message{Role: llm.RoleTool, Text: "x"})
		},
		"unknown role":                      func(r *llm.Request) { r.Messages = append(r.Messages, llm.Message{Role: "system", Text: "x"}) },
		"there are two tools search_foods":  func(r *llm.Request) { r.Tools = append(r.Tools, r.Tools[0]) },
		"other characters than letters":     func(r *llm.Request) { r.Tools[0].Name = "search foods" },
		"search_foods is not a JSON object": func(r *llm.Request) { r.Tools[0].Schema = nil },
	} {
		r := question()
		change(&r)
		s := llmtest.New(t, llmtest.Always(fullReply()))
		_, err := llm.Collect(newClient(t, s, llm.ChatCompletions).Stream(t.Context(), r))
		require.ErrorIs(t, err, llm.ErrBadRequest)
		require.ErrorContains(t, err, name)
		require.Empty(t, s.Requests())
	}
}

func TestRequest_LongerThanTheContextWindow_IsRefusedWithTheNumbers(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, llmtest.Always(fullReply()))
	client := newClient(t, s, llm.ChatCompletions, func(c *llm.Config) { c.ContextTokens = 8192 })
	r := question()
	_, err := llm.Collect(client.Stream(t.Context(), r))
	require.NoError(t, err)
	for _, long := range []func(*llm.Request){
		func(r *llm.Request) { r.System = strings.Repeat("word ", 8192) },
		func(r *llm.Request) { r.Context = strings.Repeat("word ", 8192) },
		func(r *llm.Request) { r.Messages[0].Text = strings.Repeat("豆", 8192) },
		func(r *llm.Request) { r.Tools[0].Description = strings.Repeat("word ", 8192) },
		func(r *llm.Request) { r.MaxTokens = 8192 },
	} {
		r := question()
		long(&r)
		_, err = llm.Collect(client.Stream(t.Context(), r))
		require.ErrorIs(t, err, llm.ErrContextTooLong)
		require.ErrorContains(t, err, "8192")
	}
	require.Len(t, s.Requests(), 1)
}
