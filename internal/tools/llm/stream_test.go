package llm_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
)

var formats = []llm.Format{llm.ChatCompletions, llm.AnthropicMessages}

const testKey = "sk-test-0123456789"

// newClient returns a client of the server with one try and limits that no test reaches by accident.
func newClient(t testing.TB, s *llmtest.Server, f llm.Format, change ...func(*llm.Config)) *llm.Client {
	t.Helper()
	config := llm.Config{
		Name: "scripted", Format: f, BaseURL: s.URL, Model: "m", Key: testKey,
		Tries: 1, RetryWait: time.Millisecond, FirstTimeout: time.Minute, IdleTimeout: time.Minute,
	}
	for _, c := range change {
		c(&config)
	}
	client, err := llm.NewClient(config)
	require.NoError(t, err)
	return client
}

func tries(n int) func(*llm.Config) { return func(c *llm.Config) { c.Tries = n } }

func question() llm.Request {
	return llm.Request{
		System: "You are a coach.", MaxTokens: 500, Messages: []llm.Message{{Role: llm.RoleUser, Text: "What did I eat?"}},
		Tools: []llm.Tool{{Name: "search_foods", Description: "Finds foods.", Schema: []byte(`{"type":"object"}`)}},
	}
}

func fullReply() llmtest.Reply {
	return llmtest.Reply{
		Text:     []string{"Let me ", "look: ", "Äpfel, 豆腐."},
		Thinking: "The person means tofu.", Signature: "c2lnbg==",
		Calls: []llmtest.Call{
			{ID: "call_a", Name: "search_foods", Arguments: []string{`{"query":`, `"tofu"}`}},
			{ID: "call_b", Name: "search_foods", Arguments: []string{`{"query":"egg"}`}},
		},
		Usage: llmtest.Usage{Input: 1200, Cached: 1000, Output: 42},
	}
}

func TestStream_EachVariant_ReturnsTheWholeReply(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		sets := [][]llmtest.Variant{
			nil,
			{llmtest.SameIndex, llmtest.NoCallIDs},
			{llmtest.NoIndex, llmtest.RepeatedNames},
			{llmtest.NoDone, llmtest.NoUsage},
		}
		for _, v := range llmtest.VariantsOf(f) {
			sets = append(sets, []llmtest.Variant{v})
		}
		for _, variants := range sets {
			t.Run(fmt.Sprint(f, variants), func(t *testing.T) {
				t.Parallel()
				script := fullReply()
				script.Variants = variants
				s := llmtest.New(t, llmtest.Always(script))
				reply, err := llm.Collect(newClient(t, s, f).Stream(t.Context(), question()))
				require.NoError(t, err)
				require.Equal(t, "Let me look: Äpfel, 豆腐.", reply.Text())
				calls := reply.ToolCalls()
				require.Len(t, calls, 2)
				require.JSONEq(t, `{"query":"tofu"}`, calls[0].Arguments)
				require.JSONEq(t, `{"query":"egg"}`, calls[1].Arguments)
				require.Equal(t, "search_foods", calls[0].Name)
				require.Equal(t, "search_foods", calls[1].Name)
				if slices.Contains(variants, llmtest.NoCallIDs) {
					require.NotEmpty(t, calls[0].ID)
					require.NotEqual(t, calls[0].ID, calls[1].ID)
				} else {
					require.Equal(t, []string{"call_a", "call_b"}, []string{calls[0].ID, calls[1].ID})
				}
				require.Equal(t, llm.ReasonToolCalls, reply.End.Reason)
				require.Equal(t, "scripted-model", reply.End.Model)
				if slices.Contains(variants, llmtest.NoUsage) {
					require.True(t, reply.Usage.Estimated)
					require.Positive(t, reply.Usage.Output)
					return
				}
				require.Equal(t, &llm.Usage{Input: 200, Cached: 1000, Output: 42}, reply.Usage)
			})
		}
	}
}

// A cut loses nothing once the event that says how the reply ended has arrived: finish_reason or message_stop.
func TestStream_CutAtEachByte_NeverEndsCleanly(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		for _, reset := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, connection reset: %v", f, reset), func(t *testing.T) {
				t.Parallel()
				script := llmtest.Reply{
					Text:  []string{"Half a ", "sentence."},
					Calls: []llmtest.Call{{ID: "c1", Name: "search_foods", Arguments: []string{`{"q":`, `1}`}}},
					Usage: llmtest.Usage{Input: 10, Output: 5}, Header: map[string]string{"Connection": "close"},
				}
				transcript := script.Transcript(f)
				whole := len(transcript) // an Anthropic reply is complete with the blank line after message_stop
				if f == llm.ChatCompletions {
					reason := strings.Index(transcript, `"finish_reason":"tool_calls"`)
					whole = reason + strings.Index(transcript[reason:], "\n\n") + 2
				}
				require.Less(t, 500, whole)
				s := llmtest.New(t, func(n int, _ llmtest.Request) llmtest.Reply {
					r := script
					r.Cut, r.CutAt, r.Reset = true, n, reset
					return r
				})
				for offset := range len(transcript) {
					reply, err := llm.Collect(newClient(t, s, f).Stream(t.Context(), question()))
					if offset >= whole {
						require.NoError(t, err, "cut at byte %d", offset)
						require.Equal(t, "Half a sentence.", reply.Text())
						require.Equal(t, `{"q":1}`, reply.ToolCalls()[0].Arguments)
						continue
					}
					require.ErrorIs(t, err, llm.ErrCut, "cut at byte %d", offset)
					require.Nil(t, reply.End)
					require.Contains(t, []string{"", "Half a ", "Half a sentence."}, reply.Text())
				}
			})
		}
	}
}

func TestStream_EndMarkWithoutReason_IsCut(t *testing.T) {
	t.Parallel()
	for f, raw := range map[llm.Format]string{
		llm.ChatCompletions: `data: {"choices":[{"index":0,"delta":{"content":"Half"}}]}` + "\n\ndata: [DONE]\n\n",
		llm.AnthropicMessages: `data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Half"}}` + "\n\n" +
			`data: {"type":"message_stop"}` + "\n\n",
	} {
		s := llmtest.New(t, llmtest.Always(llmtest.Reply{Raw: raw}))
		reply, err := llm.Collect(newClient(t, s, f).Stream(t.Context(), question()))
		require.ErrorIs(t, err, llm.ErrCut)
		require.Equal(t, "Half", reply.Text())
	}
}

func TestStream_ReasonOfEnd_IsTranslated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format llm.Format
		reason string
		want   llm.Reason
	}{
		{llm.ChatCompletions, "stop", llm.ReasonStop},
		{llm.ChatCompletions, "length", llm.ReasonLength},
		{llm.ChatCompletions, "content_filter", llm.ReasonFiltered},
		{llm.ChatCompletions, "tool_calls", llm.ReasonOther}, // but there is none
		{llm.ChatCompletions, "a new word", llm.ReasonOther},
		{llm.AnthropicMessages, "end_turn", llm.ReasonStop},
		{llm.AnthropicMessages, "stop_sequence", llm.ReasonStop},
		{llm.AnthropicMessages, "max_tokens", llm.ReasonLength},
		{llm.AnthropicMessages, "model_context_window_exceeded", llm.ReasonLength},
		{llm.AnthropicMessages, "refusal", llm.ReasonFiltered},
		{llm.AnthropicMessages, "pause_turn", llm.ReasonOther},
	} {
		s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"Hello"}, Reason: c.reason}))
		reply, err := llm.Collect(newClient(t, s, c.format).Stream(t.Context(), question()))
		require.NoError(t, err)
		require.Equal(t, c.want, reply.End.Reason, "%s %s", c.format, c.reason)
		require.Equal(t, c.reason, reply.End.ProviderReason)
	}
	for _, reason := range []string{"error", "abort"} {
		s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"Hello"}, Reason: reason}))
		_, err := llm.Collect(newClient(t, s, llm.ChatCompletions).Stream(t.Context(), question()))
		require.ErrorIs(t, err, llm.ErrCut, reason)
	}
}

func TestStream_RefusalInChatCompletions_IsTextAndFiltered(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{
		Raw: `data: {"choices":[{"index":0,"delta":{"refusal":"I cannot."},"finish_reason":"stop"}]}` + "\n\n",
	}))
	reply, err := llm.Collect(newClient(t, s, llm.ChatCompletions).Stream(t.Context(), question()))
	require.NoError(t, err)
	require.Equal(t, "I cannot.", reply.Text())
	require.Equal(t, llm.ReasonFiltered, reply.End.Reason)
}

func TestStream_ErrorWithinTheStream_IsTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		format  llm.Format
		failure llmtest.Failure
		want    llm.Code
	}{
		{llm.ChatCompletions, llmtest.Failure{Type: "server_error", Message: "sorry"}, llm.ErrFailed},
		{llm.ChatCompletions, llmtest.Failure{Code: "429", Message: "slow down"}, llm.ErrRateLimited},
		{llm.ChatCompletions, llmtest.Failure{Code: "content_filter"}, llm.ErrRefused},
		{llm.ChatCompletions, llmtest.Failure{Message: "unknown"}, llm.ErrFailed},
		{llm.AnthropicMessages, llmtest.Failure{Type: "overloaded_error"}, llm.ErrOverloaded},
		{llm.AnthropicMessages, llmtest.Failure{Type: "rate_limit_error"}, llm.ErrRateLimited},
		{llm.AnthropicMessages, llmtest.Failure{Type: "api_error"}, llm.ErrFailed},
	} {
		script := llmtest.Reply{
			Text:       []string{"One ", "two ", "three"},
			ErrorAfter: 5,
			Error:      &c.failure,
			Usage:      llmtest.Usage{Input: 7, Output: 9},
		}
		s := llmtest.New(t, llmtest.Always(script))
		reply, err := llm.Collect(newClient(t, s, c.format, tries(3)).Stream(t.Context(), question()))
		require.ErrorIs(t, err, c.want, "%s %+v", c.format, c.failure)
		require.Len(t, s.Requests(), 1, "text was received: no retry")
		require.NotEmpty(t, reply.Text())
		require.Nil(t, reply.End)
		require.True(t, reply.Usage.Estimated, "a reply that broke off costs money too")
		require.Positive(t, reply.Usage.Output)
		require.Positive(t, reply.Usage.Input)
	}
}

func TestStream_GarbageAndGiants_AreRefusedWithinLimits(t *testing.T) {
	t.Parallel()
	call := strings.Repeat("x", 1<<16)
	for name, c := range map[string]struct {
		format llm.Format
		reply  llmtest.Reply
		want   llm.Code
	}{
		"no JSON":            {llm.ChatCompletions, llmtest.Reply{Raw: "data: {]\n\n"}, llm.ErrMalformed},
		"no JSON, Anthropic": {llm.AnthropicMessages, llmtest.Reply{Raw: "data: hello\n\n"}, llm.ErrMalformed},
		"wrong types":        {llm.ChatCompletions, llmtest.Reply{Raw: `data: {"choices":"none"}` + "\n\n"}, llm.ErrMalformed},
		"no events":          {llm.ChatCompletions, llmtest.Reply{Raw: "hello\nworld\n"}, llm.ErrCut},
		"a web page": {llm.ChatCompletions, llmtest.Reply{
			Raw: "<html></html>", Header: map[string]string{"Content-Type": "text/html"},
		}, llm.ErrMalformed},
		"an error with status 200": {llm.ChatCompletions, llmtest.Reply{
			Raw: `{"error":{"code":429,"message":"slow"}}`, Header: map[string]string{"Content-Type": "application/json"},
		}, llm.ErrRateLimited},
		"a delta without a block": {llm.AnthropicMessages, llmtest.Reply{
			Raw: `data: {"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"x"}}` + "\n\n",
		}, llm.ErrMalformed},
		"a call without a name": {llm.ChatCompletions, llmtest.Reply{
			Raw: `data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a"}]},"finish_reason":"tool_calls"}]}` + "\n\n",
		}, llm.ErrMalformed},
		"an endless line":  {llm.ChatCompletions, llmtest.Reply{Raw: "data: ", Endless: call}, llm.ErrMalformed},
		"an endless event": {llm.ChatCompletions, llmtest.Reply{Raw: "data: \n", Endless: "data: " + call + "\n"}, llm.ErrMalformed},
		"endless comments": {llm.ChatCompletions, llmtest.Reply{Raw: ":\n", Endless: ": " + call + "\n"}, llm.ErrMalformed},
		"endless text": {llm.ChatCompletions, llmtest.Reply{
			Raw: ":\n", Endless: `data: {"choices":[{"delta":{"content":"` + call + `"}}]}` + "\n\n",
		}, llm.ErrOutputTooLarge},
		"endless thinking": {llm.AnthropicMessages, llmtest.Reply{
			Raw:     `data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking"}}` + "\n\n",
			Endless: `data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"` + call + `"}}` + "\n\n",
		}, llm.ErrOutputTooLarge},
		"endless tool calls": {llm.ChatCompletions, llmtest.Reply{
			Raw: ":\n", Endless: `data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}}]}` + "\n\n",
		}, llm.ErrOutputTooLarge},
		"endless tool calls, Anthropic": {llm.AnthropicMessages, llmtest.Reply{
			Raw: ":\n", Endless: `data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f"}}` + "\n\n",
		}, llm.ErrOutputTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := llmtest.New(t, llmtest.Always(c.reply))
			reply, err := llm.Collect(newClient(t, s, c.format).Stream(t.Context(), question()))
			require.ErrorIs(t, err, c.want)
			require.Nil(t, reply.End)
			require.Less(t, len(reply.Text()), 2<<20)
			require.LessOrEqual(t, len(reply.ToolCalls()), 65)
			if name != "endless comments" { // which take no memory
				require.Less(t, s.Sent(), int64(16<<20), "what the buffers of the connection hold is included")
			}
			if c.reply.Endless != "" {
				<-s.Disconnects() // the connection was closed
			}
		})
	}
}

func TestStream_SilentProvider_TimesOut(t *testing.T) {
	t.Parallel()
	// Long enough for a busy machine to send the request, and the text where there is some. The cases run at the same time.
	const short = 3 * time.Second
	first := func(c *llm.Config) { c.FirstTimeout = short }
	idle := func(c *llm.Config) { c.IdleTimeout = short }
	total := func(c *llm.Config) { c.TotalTimeout = short }
	text := llmtest.Reply{Text: []string{"One ", "two"}}
	silent := text.CutAfter(llm.ChatCompletions, "One")
	silent.Hang = true
	alive := text.CutAfter(llm.ChatCompletions, "One")
	alive.Endless = ": wait\n"
	for name, c := range map[string]struct {
		reply llmtest.Reply
		limit func(*llm.Config)
		text  bool
	}{
		"no response":              {llmtest.Reply{Delay: time.Hour}, first, false},
		"no event":                 {llmtest.Reply{Raw: ":\n", Hang: true}, first, false},
		"only comments":            {llmtest.Reply{Raw: ":\n", Pause: time.Millisecond, Endless: ": wait\n"}, first, false},
		"silent in the middle":     {silent, idle, true},
		"events that never end":    {alive, total, true},
		"a wait before each event": {llmtest.Reply{Text: text.Text, Pause: time.Hour}, total, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := llmtest.New(t, llmtest.Always(c.reply))
			reply, err := llm.Collect(newClient(t, s, llm.ChatCompletions, tries(3), c.limit).Stream(t.Context(), question()))
			require.ErrorIs(t, err, llm.ErrTimeout)
			require.Equal(t, c.text, reply.Text() != "")
			<-s.Disconnects()
			require.Len(t, s.Requests(), 1, "the provider had its time: no retry")
		})
	}
}

func TestStream_CompleteReplyWithOpenConnection_EndsCleanly(t *testing.T) {
	t.Parallel()
	open := llmtest.Reply{Text: []string{"Hello"}, Variants: []llmtest.Variant{llmtest.NoDone}}
	silent, comments := open, open
	silent.Hang, comments.Endless = true, ": wait\n"
	for _, script := range []llmtest.Reply{silent, comments} {
		s := llmtest.New(t, llmtest.Always(script))
		client := newClient(
			t,
			s,
			llm.ChatCompletions,
			func(c *llm.Config) { c.IdleTimeout, c.TotalTimeout = 500*time.Millisecond, 5*time.Second },
		)
		begin := time.Now()
		reply, err := llm.Collect(client.Stream(t.Context(), question()))
		require.NoError(t, err)
		require.Equal(t, llm.ReasonStop, reply.End.Reason)
		require.Less(t, time.Since(begin), 4*time.Second)
		<-s.Disconnects()
	}
}

func TestStream_CommentsOfASlowProvider_KeepTheReplyAlive(t *testing.T) {
	t.Parallel()
	const idle = time.Second
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{
		Text: []string{"Hello"}, Variants: []llmtest.Variant{llmtest.Comments, llmtest.NoUsage, llmtest.NoDone}, Pause: idle * 6 / 10,
	}))
	client := newClient(t, s, llm.ChatCompletions, func(c *llm.Config) { c.IdleTimeout = idle })
	reply, err := llm.Collect(client.Stream(t.Context(), question()))
	require.NoError(t, err)
	require.Equal(t, "Hello", reply.Text())
}

func TestStream_SlowConsumer_IsNoSilenceOfTheProvider(t *testing.T) {
	t.Parallel()
	const idle = 400 * time.Millisecond
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"One ", "two ", "three"}, Pause: 10 * time.Millisecond}))
	client := newClient(t, s, llm.ChatCompletions, func(c *llm.Config) { c.IdleTimeout = idle })
	for chunk, err := range client.Stream(t.Context(), question()) {
		require.NoError(t, err)
		if chunk.Text == "two " {
			<-time.After(idle + idle/2)
		}
	}
}

func TestStream_CallerLeaves_ClosesTheConnection(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		hanging := llmtest.Reply{Text: []string{"One ", "two "}}.CutAfter(f, "One")
		hanging.Hang = true
		s := llmtest.New(t, llmtest.Always(hanging))
		client := newClient(t, s, f, tries(3))
		for _, err := range client.Stream(t.Context(), question()) {
			require.NoError(t, err)
			break
		}
		<-s.Disconnects()

		ctx, cancel := context.WithCancel(t.Context())
		t.Cleanup(cancel)
		var last error
		for _, err := range client.Stream(ctx, question()) {
			cancel()
			last = err
		}
		require.ErrorIs(t, last, context.Canceled)
		<-s.Disconnects()
		require.Len(t, s.Requests(), 2, "no retry")
	}
}

func TestStream_CancelledBeforeTheResponse_ReturnsTheCallersReason(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	reason := errors.New("the person has closed the page")
	s := llmtest.New(t, func(int, llmtest.Request) llmtest.Reply {
		cancel(reason)
		return llmtest.Reply{Delay: time.Hour}
	})
	_, err := llm.Collect(newClient(t, s, llm.ChatCompletions, tries(3)).Stream(ctx, question()))
	require.ErrorIs(t, err, reason)
	<-s.Disconnects()
	require.Len(t, s.Requests(), 1)
}

func TestStream_FurtherReplies_UseTheSameConnection(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		script := fullReply()
		script.EndDelay = 20 * time.Millisecond
		s := llmtest.New(t, llmtest.Always(script))
		client := newClient(t, s, f)
		connections := map[string]bool{}
		for n := range 10 {
			_, err := llm.Collect(client.Stream(t.Context(), question()))
			require.NoError(t, err)
			connections[s.Requests()[n].RemoteAddr] = true
		}
		// One would be enough, but on a busy machine the end of a response can come too late for its connection to be kept.
		require.LessOrEqual(t, len(connections), 5)
	}
}

func TestStream_Redirect_IsNotFollowed(t *testing.T) {
	t.Parallel()
	other := llmtest.New(t, llmtest.Always(fullReply()))
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{
		Failure: &llmtest.Failure{Status: http.StatusTemporaryRedirect}, Header: map[string]string{"Location": other.URL + "/messages"},
	}))
	_, err := llm.Collect(newClient(t, s, llm.AnthropicMessages).Stream(t.Context(), question()))
	require.ErrorIs(t, err, llm.ErrBadRequest)
	require.Empty(t, other.Requests())
}
