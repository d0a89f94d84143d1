package llm_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
)

var cutAfterAWord = llmtest.Reply{Text: []string{"Hello ", "you"}}.CutAfter(llm.ChatCompletions, "Hello")

func failure(status int) llmtest.Reply {
	return llmtest.Reply{Failure: &llmtest.Failure{Status: status}}
}

func TestStream_FailureBeforeTheFirstToken_IsRetried(t *testing.T) {
	t.Parallel()
	hello := llmtest.Reply{Text: []string{"Hello"}}
	for name, first := range map[string]llmtest.Reply{
		"408": failure(408), "409": failure(409), "429": failure(429), "500": failure(500), "502": failure(502), "503": failure(503),
		"504": failure(504), "529": failure(529),
		"connection reset":         {Raw: ":\n", Reset: true},
		"cut before any text":      {Text: []string{"Hello"}, Cut: true, CutAt: 100},
		"error as the first event": {Error: &llmtest.Failure{Type: "overloaded_error", Code: "server_overloaded"}},
		"400, but told to retry":   {Failure: &llmtest.Failure{Status: 400}, Header: map[string]string{"X-Should-Retry": "true"}},
		"retry after 1 ms":         {Failure: &llmtest.Failure{Status: 429}, Header: map[string]string{"Retry-After-Ms": "1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, f := range formats {
				s := llmtest.New(t, llmtest.Sequence(t, first, first, hello))
				reply, err := llm.Collect(newClient(t, s, f, tries(3)).Stream(t.Context(), question()))
				require.NoError(t, err)
				require.Equal(t, "Hello", reply.Text(), "nothing twice")
				requests := s.Requests()
				require.Len(t, requests, 3)
				require.Equal(t, string(requests[0].Body), string(requests[2].Body))
			}
		})
	}
}

func TestStream_FailureThatARetryCannotMend_IsReturnedAtOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply llmtest.Reply
		want  llm.Code
	}{
		"400": {failure(400), llm.ErrBadRequest},
		"401": {failure(401), llm.ErrUnauthorized},
		"402": {failure(402), llm.ErrUnauthorized},
		"403": {failure(403), llm.ErrUnauthorized},
		"404": {failure(404), llm.ErrBadRequest},
		"413": {failure(413), llm.ErrContextTooLong},
		"429 without quota": {
			llmtest.Reply{Failure: &llmtest.Failure{Status: 429, Type: "insufficient_quota", Code: "insufficient_quota"}},
			llm.ErrUnauthorized,
		},
		"500, told not to": {
			llmtest.Reply{Failure: &llmtest.Failure{Status: 500}, Header: map[string]string{"X-Should-Retry": "false"}},
			llm.ErrFailed,
		},
		"429 for an hour": {
			llmtest.Reply{Failure: &llmtest.Failure{Status: 429}, Header: map[string]string{"Retry-After": "3600"}},
			llm.ErrRateLimited,
		},
		"cut after text": {cutAfterAWord, llm.ErrCut},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := llmtest.New(t, llmtest.Always(c.reply))
			_, err := llm.Collect(newClient(t, s, llm.ChatCompletions, tries(3)).Stream(t.Context(), question()))
			require.ErrorIs(t, err, c.want)
			require.Len(t, s.Requests(), 1)
		})
	}
}

func TestStream_LastTryFails_ReturnsItsError(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, llmtest.Sequence(t, failure(429), failure(429), failure(529)))
	_, err := llm.Collect(newClient(t, s, llm.AnthropicMessages, tries(3)).Stream(t.Context(), question()))
	require.ErrorIs(t, err, llm.ErrOverloaded)
	require.Len(t, s.Requests(), 3)
}

func TestStream_NobodyListens_Fails(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
	client, err := llm.NewClient(llm.Config{
		Name: "nobody", Format: llm.ChatCompletions, BaseURL: "http://" + l.Addr().String(), Model: "m", RetryWait: time.Millisecond,
	})
	require.NoError(t, err)
	_, err = llm.Collect(client.Stream(t.Context(), question()))
	require.ErrorIs(t, err, llm.ErrFailed)
}

func TestStream_RateLimit_SaysWhenItEnds(t *testing.T) {
	t.Parallel()
	for name, header := range map[string]map[string]string{
		"seconds": {"Retry-After": "3600"}, "milliseconds": {"Retry-After-Ms": "3600000"},
		"date": {"Retry-After": time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)},
		"OpenAI": {
			"X-Ratelimit-Remaining-Tokens": "0", "X-Ratelimit-Reset-Tokens": "1h0m0s",
			"X-Ratelimit-Remaining-Requests": "5", "X-Ratelimit-Reset-Requests": "9h",
		},
		"Anthropic": {
			"Anthropic-Ratelimit-Tokens-Remaining": "0",
			"Anthropic-Ratelimit-Tokens-Reset":     time.Now().Add(time.Hour).UTC().Format(time.RFC3339),
		},
	} {
		reply := failure(429)
		reply.Header = header
		reply.Header["Request-Id"] = "req_7"
		s := llmtest.New(t, llmtest.Always(reply))
		_, err := llm.Collect(newClient(t, s, llm.AnthropicMessages).Stream(t.Context(), question()))
		var failed *llm.Error
		require.ErrorAs(t, err, &failed)
		require.WithinDuration(t, time.Now().Add(time.Hour), failed.ResetAt, time.Minute, name)
		require.Equal(t, 429, failed.Status)
		require.Equal(t, "req_7", failed.RequestID)
	}
}

func TestBreaker_FailuresInARow_StopRequestsForAWhile(t *testing.T) {
	t.Parallel()
	var up atomic.Bool
	s := llmtest.New(t, func(int, llmtest.Request) llmtest.Reply {
		if !up.Load() {
			return failure(500)
		}
		return llmtest.Reply{Text: []string{"Hello"}}
	})
	const pause = time.Second
	client := newClient(t, s, llm.ChatCompletions, tries(3), func(c *llm.Config) { c.BreakerPause = pause })
	ask := func() error {
		_, err := llm.Collect(client.Stream(t.Context(), question()))
		return err
	}
	require.ErrorIs(t, ask(), llm.ErrFailed)
	require.ErrorIs(t, ask(), llm.ErrFailed)
	require.Len(t, s.Requests(), 5, "the fifth failure opens the circuit and ends the retries")
	require.ErrorIs(t, ask(), llm.ErrUnavailable)
	require.Len(t, s.Requests(), 5)
	up.Store(true)
	require.Eventually(t, func() bool { return ask() == nil }, 30*time.Second, pause/4)
	require.NoError(t, ask())
}

func TestBreaker_RepliesThatBreakOff_StopRequests(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, llmtest.Always(cutAfterAWord))
	client := newClient(t, s, llm.ChatCompletions)
	for range 30 {
		_, err := llm.Collect(client.Stream(t.Context(), question()))
		require.Error(t, err)
	}
	require.Less(t, len(s.Requests()), 15)
}

func TestBreaker_FaultsOfTheCaller_DoNotCount(t *testing.T) {
	t.Parallel()
	for name, reply := range map[string]llmtest.Reply{
		"wrong request": failure(400), "wrong key": failure(401), "rate limit": failure(429), "the caller leaves": {Delay: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived := make(chan struct{}, 10)
			s := llmtest.New(t, func(n int, _ llmtest.Request) llmtest.Reply {
				if n == 10 {
					return llmtest.Reply{Text: []string{"Hello"}}
				}
				arrived <- struct{}{}
				return reply
			})
			client := newClient(t, s, llm.ChatCompletions)
			for range 10 {
				ctx, cancel := context.WithCancel(t.Context())
				go func() {
					<-arrived
					if reply.Delay > 0 {
						cancel()
					}
				}()
				_, err := llm.Collect(client.Stream(ctx, question()))
				require.Error(t, err)
				cancel()
			}
			_, err := llm.Collect(client.Stream(t.Context(), question()))
			require.NoError(t, err)
		})
	}
}

func TestBreaker_CallerLeavesTheTestRequest_TheNextOneIsSent(t *testing.T) {
	t.Parallel()
	var slow atomic.Bool
	slow.Store(true)
	s := llmtest.New(t, func(n int, _ llmtest.Request) llmtest.Reply {
		switch {
		case n < 5:
			return failure(500)
		case slow.Load():
			return llmtest.Reply{Delay: time.Hour}
		}
		return llmtest.Reply{Text: []string{"Hello"}}
	})
	client := newClient(t, s, llm.ChatCompletions, func(c *llm.Config) { c.BreakerPause = 50 * time.Millisecond })
	for range 5 {
		_, err := llm.Collect(client.Stream(t.Context(), question()))
		require.ErrorIs(t, err, llm.ErrFailed)
	}
	ask := func(limit time.Duration) error {
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		_, err := llm.Collect(client.Stream(ctx, question()))
		return err
	}
	require.Eventually(
		t,
		func() bool { return errors.Is(ask(200*time.Millisecond), context.DeadlineExceeded) },
		30*time.Second,
		20*time.Millisecond,
	)
	slow.Store(false)
	require.Eventually(t, func() bool { return ask(time.Minute) == nil }, 30*time.Second, 20*time.Millisecond)
}

func chain(t *testing.T, servers ...*llmtest.Server) llm.Provider {
	t.Helper()
	var configs []llm.Config
	for i, s := range servers {
		format := formats[i%len(formats)]
		configs = append(
			configs,
			llm.Config{Name: string(rune('a' + i)), Format: format, BaseURL: s.URL, Model: "m", Tries: 2, RetryWait: time.Millisecond},
		)
	}
	p, err := llm.New(configs...)
	require.NoError(t, err)
	return p
}

func TestChain_FirstProviderFails_TheNextReplies(t *testing.T) {
	t.Parallel()
	for _, status := range []int{401, 404, 413, 429, 500, 529} {
		first, second := llmtest.New(
			t,
			llmtest.Always(failure(status)),
		), llmtest.New(
			t,
			llmtest.Always(llmtest.Reply{Text: []string{"Hello"}}),
		)
		reply, err := llm.Collect(chain(t, first, second).Stream(t.Context(), question()))
		require.NoError(t, err, status)
		require.Equal(t, "Hello", reply.Text())
		require.Equal(t, "b", reply.End.Provider)
	}
}

func TestChain_FirstProviderWorks_TheNextIsNotAsked(t *testing.T) {
	t.Parallel()
	first, second := llmtest.New(t, llmtest.Always(fullReply())), llmtest.New(t, llmtest.Always(fullReply()))
	reply, err := llm.Collect(chain(t, first, second).Stream(t.Context(), question()))
	require.NoError(t, err)
	require.Equal(t, "a", reply.End.Provider)
	require.Empty(t, second.Requests())
	for _, err := range chain(t, first, second).Stream(t.Context(), question()) {
		require.NoError(t, err)
		break
	}
	require.Empty(t, second.Requests())
}

func TestChain_FailureThatTheNextCannotMend_IsReturned(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply llmtest.Reply
		want  llm.Code
	}{
		"refused":          {llmtest.Reply{Failure: &llmtest.Failure{Status: 400, Code: "content_policy_violation"}}, llm.ErrRefused},
		"cut after a word": {cutAfterAWord, llm.ErrCut},
	} {
		first, second := llmtest.New(t, llmtest.Always(c.reply)), llmtest.New(t, llmtest.Always(fullReply()))
		_, err := llm.Collect(chain(t, first, second).Stream(t.Context(), question()))
		require.ErrorIs(t, err, c.want, name)
		require.Empty(t, second.Requests(), name)
	}
}

func TestChain_AllProvidersFail_ReturnsAllErrors(t *testing.T) {
	t.Parallel()
	first, second := llmtest.New(t, llmtest.Always(failure(429))), llmtest.New(t, llmtest.Always(failure(529)))
	_, err := llm.Collect(chain(t, first, second).Stream(t.Context(), question()))
	require.ErrorIs(t, err, llm.ErrRateLimited)
	require.ErrorIs(t, err, llm.ErrOverloaded)
	var failed *llm.Error
	require.ErrorAs(t, err, &failed)
	require.Equal(t, "a", failed.Provider)
	require.Len(t, first.Requests(), 2)
	require.Len(t, second.Requests(), 2)
}
