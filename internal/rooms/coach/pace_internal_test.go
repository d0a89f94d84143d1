package coach

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// said is what a pacer says, and when.
type said struct {
	texts []string
	at    []time.Duration
}

// pace lets a pacer speak, in simulated time.
func pace(ctx context.Context, pause time.Duration, texts ...string) (all said, took time.Duration, err error) {
	start := time.Now()
	p := pacer{ctx: ctx, pause: pause, left: maxPauses * pause, say: func(text string) error {
		all.texts, all.at = append(all.texts, text), append(all.at, time.Since(start))
		return nil
	}}
	for _, text := range texts {
		if err = p.speak(text); err != nil {
			break
		}
	}
	return all, time.Since(start), err
}

func TestPacer_Sentence_ComesWordByWord(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all, took, err := pace(t.Context(), 40*time.Millisecond, "You have 84 g left.")
		require.NoError(t, err)
		require.Equal(t, []string{"You ", "have ", "84 ", "g ", "left."}, all.texts)
		require.Equal(t, 80*time.Millisecond, all.at[2])
		require.Equal(t, 200*time.Millisecond, took)
	})
}

func TestPacer_LongReply_TakesNoLongerThanTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		long := strings.Repeat("word ", 500)
		all, took, err := pace(t.Context(), 40*time.Millisecond, long, long, "The end of it.")
		require.NoError(t, err)
		require.Equal(t, long+long+"The end of it.", strings.Join(all.texts, ""))
		require.LessOrEqual(t, took, 1200*time.Millisecond)
		last := all.at[len(all.at)-4:]
		require.Greater(t, last[3], last[0], "what is said last comes in pieces too")
	})
}

func TestPacer_ReplyIsStopped_SaysNothingMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancelCause(t.Context())
		time.AfterFunc(100*time.Millisecond, func() { stop(errCancelled) })
		all, took, err := pace(ctx, 40*time.Millisecond, strings.Repeat("word ", 15), "The end of it.")
		require.ErrorIs(t, err, errCancelled)
		require.Equal(t, 100*time.Millisecond, took)
		require.Len(t, all.texts, 3)
	})
}

func TestPacer_NoPause_SaysTheTextAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		all, took, err := pace(t.Context(), 0, "You have 84 g left.")
		require.NoError(t, err)
		require.Len(t, all.texts, 1)
		require.Zero(t, took)
	})
}
