package llm

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRetryWait_DoublesWithJitter_AndIsNeverShorterThanTheProviderAsks(t *testing.T) {
	t.Parallel()
	client, err := NewClient(
		Config{Name: "a", Format: ChatCompletions, BaseURL: "http://a.example", Model: "m", Tries: 9, RetryWait: time.Second},
	)
	require.NoError(t, err)
	failed := func(code Code, wait time.Duration) error { return &Error{Code: code, wait: wait} }
	for _, c := range []struct {
		try    int
		err    error
		random float64
		wait   time.Duration
		retry  bool
	}{
		{1, failed(ErrFailed, 0), 0, 500 * time.Millisecond, true},
		{1, failed(ErrFailed, 0), 0.5, time.Second, true},
		{2, failed(ErrFailed, 0), 0.5, 2 * time.Second, true},
		{3, failed(ErrFailed, 0), 0.5, 4 * time.Second, true},
		{8, failed(ErrFailed, 0), 0.5, maxWait, true},
		{9, failed(ErrFailed, 0), 0.5, 0, false},
		{1, failed(ErrRateLimited, 4*time.Second), 0, 4 * time.Second, true},
		{3, failed(ErrRateLimited, 4*time.Second), 0.5, 4200 * time.Millisecond, true},
		{1, failed(ErrBadRequest, 0), 0.5, 0, false},
		{1, errors.New("cancelled"), 0.5, 0, false},
	} {
		wait, retry := client.retryWait(c.try, c.err, c.random)
		require.Equal(t, c.wait, wait, "%+v", c)
		require.Equal(t, c.retry, retry, "%+v", c)
	}
	_, retry := client.retryWait(1, failed(ErrRateLimited, maxWait+1), 0)
	require.False(t, retry, "nobody waits for so long")
}

func TestPolicies_EachCode_HasOne(t *testing.T) {
	t.Parallel()
	for _, code := range codeOfWord {
		require.Contains(t, policies, code)
	}
	for status := range 600 {
		require.Contains(t, policies, codeOfStatus(status))
	}
}
