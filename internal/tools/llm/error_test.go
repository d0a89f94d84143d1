package llm_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
)

func TestError_ResponseOfTheProvider_IsTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format llm.Format
		status int
		body   string
		want   llm.Code
	}{
		{
			llm.ChatCompletions, 400,
			`{"error":{"type":"invalid_request_error","code":"context_length_exceeded","message":"too long"}}`,
			llm.ErrContextTooLong,
		},
		{
			llm.ChatCompletions, 400,
			`{"object":"error","message":"This model's maximum context length is 8192 tokens.","code":400}`,
			llm.ErrContextTooLong,
		},
		{
			llm.ChatCompletions, 400,
			`{"error":{"message":"the request exceeds the available context size","type":"exceed_context_size_error","code":400}}`,
			llm.ErrContextTooLong,
		},
		{
			llm.ChatCompletions, 429,
			`{"error":{"message":"Request too large: context window","type":"tokens","code":null}}`,
			llm.ErrRateLimited,
		},
		{
			llm.ChatCompletions, 429,
			`{"error":{"type":"insufficient_quota","code":"insufficient_quota"}}`,
			llm.ErrUnauthorized,
		},
		{
			llm.ChatCompletions, 401,
			`{"error":{"type":"invalid_request_error","code":"invalid_api_key"}}`,
			llm.ErrUnauthorized,
		},
		{llm.ChatCompletions, 403, `{"error":{"code":403,"message":"Your input requires moderation"}}`, llm.ErrRefused},
		{llm.ChatCompletions, 400, `{"error":{"code":"content_filter","message":"filtered"}}`, llm.ErrRefused},
		{llm.ChatCompletions, 402, `{"error":{"code":402,"message":"no credit"}}`, llm.ErrUnauthorized},
		{llm.ChatCompletions, 404, `{"error":"model 'x' not found"}`, llm.ErrBadRequest},
		{llm.ChatCompletions, 422, `{"detail":[{"msg":"field required"}]}`, llm.ErrBadRequest},
		{llm.ChatCompletions, 500, `oops`, llm.ErrFailed},
		{llm.ChatCompletions, 502, `<html>Bad gateway</html>`, llm.ErrFailed},
		{llm.ChatCompletions, 503, ``, llm.ErrOverloaded},
		{llm.ChatCompletions, 504, ``, llm.ErrTimeout},
		{llm.ChatCompletions, 301, ``, llm.ErrBadRequest},
		{
			llm.AnthropicMessages, 400,
			`{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000"}}`,
			llm.ErrContextTooLong,
		},
		{
			llm.AnthropicMessages, 400,
			`{"type":"error","error":{"type":"invalid_request_error","message":"messages: roles"}}`,
			llm.ErrBadRequest,
		},
		{llm.AnthropicMessages, 413, `{"type":"error","error":{"type":"request_too_large"}}`, llm.ErrContextTooLong},
		{llm.AnthropicMessages, 429, `{"type":"error","error":{"type":"rate_limit_error"}}`, llm.ErrRateLimited},
		{llm.AnthropicMessages, 529, `{"type":"error","error":{"type":"overloaded_error"}}`, llm.ErrOverloaded},
		{llm.AnthropicMessages, 500, `{"type":"error","error":{"type":"api_error"}}`, llm.ErrFailed},
	} {
		s := llmtest.New(t, llmtest.Always(llmtest.Reply{Failure: &llmtest.Failure{Status: c.status, Raw: &c.body}}))
		_, err := llm.Collect(newClient(t, s, c.format).Stream(t.Context(), question()))
		require.ErrorIs(t, err, c.want, "%d %s", c.status, c.body)
		var failed *llm.Error
		require.ErrorAs(t, err, &failed)
		require.Equal(t, c.status, failed.Status)
		require.Equal(t, "scripted", failed.Provider)
	}
}

func TestError_MessageOfTheProvider_IsShortAndHidesTheKey(t *testing.T) {
	t.Parallel()
	long := "The key " + testKey + " is wrong. " + strings.Repeat("ü", 1<<19)
	for _, failure := range []llmtest.Failure{{Status: 401, Type: "authentication_error", Message: long}, {Status: 401, Raw: &long}} {
		s := llmtest.New(t, llmtest.Always(llmtest.Reply{Failure: &failure}))
		_, err := llm.Collect(newClient(t, s, llm.AnthropicMessages).Stream(t.Context(), question()))
		require.ErrorIs(t, err, llm.ErrUnauthorized)
		require.NotContains(t, err.Error(), testKey)
		require.Contains(t, err.Error(), "The key *** is wrong.")
		require.Less(t, len(err.Error()), 700)
	}
}
