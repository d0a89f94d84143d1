package llm

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func FuzzStream_AnyBytes_EndOnlyWithAReason(f *testing.F) {
	for _, seed := range []string{
		`data: {"choices":[{"delta":{"content":"a","tool_calls":[{"index":0,"id":"b","function":{"name":"c","arguments":"{}"}}]}}]}` + "\n\n" +
			`data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}` + "\n\ndata: [DONE]\n\n",
		`data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"c","arguments":{}}},{"index":-1,"id":"d"}]}}]}` + "\n\n: wait\n\n",
		`data: {"error":{"code":429}}` + "\r\n\r\n",
	} {
		f.Add(seed, false)
	}
	for _, seed := range []string{
		`data: {"type":"message_start","message":{"usage":{"input_tokens":1}}}` + "\n\n" +
			`data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"b","input":{}}}` + "\n\n" +
			`data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{"}}` + "\n\n" +
			`data: {"type":"message_delta","delta":{"stop_reason":"tool_use"}}` + "\n\n" + `data: {"type":"message_stop"}` + "\n\n",
		`data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"a","signature":"b"}}` + "\n\n" +
			`data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}` + "\n\n" + `data: {"type":"message_stop"}` + "\n\n",
	} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, anthropic bool) {
		format, mark := ChatCompletions, "finish_reason"
		if anthropic {
			format, mark = AnthropicMessages, "message_stop"
		}
		client, err := NewClient(Config{Name: "fuzz", Format: format, BaseURL: "http://fuzz.example", Model: "m", Tries: 1})
		require.NoError(t, err)
		client.http.Transport = roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(text))}, nil
		})
		request := Request{MaxTokens: 1, Messages: []Message{{Role: RoleUser, Text: "Hello"}}}
		reply, err := Collect(client.Stream(t.Context(), request))
		if err == nil {
			require.NotNil(t, reply.End)
			require.NotNil(t, reply.Usage)
			require.Contains(t, strings.ToLower(text), mark) // encoding/json ignores the case of names
			next := Request{MaxTokens: 1, Messages: append(request.Messages, reply.Message(), Message{Role: RoleUser, Text: "Go on"})}
			_, _, err := client.prepare(next)
			require.NoError(t, err, "every reply can be part of the next request")
		}
	})
}
