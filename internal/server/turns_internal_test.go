package server

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// line starts takes of several callers in order, and returns channels that receive whether each got its turn.
func line(t *testing.T, turns *turns, callers ...string) (releases []func(), got []chan bool) {
	t.Helper()
	releases = make([]func(), len(callers))
	for i, caller := range callers {
		result := make(chan bool, 1)
		got = append(got, result)
		go func() {
			release, ok := turns.take(t.Context(), caller)
			releases[i] = release
			result <- ok
		}()
		synctest.Wait()
	}
	return releases, got
}

func someCallers(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprint("caller ", i))
	}
	return names
}

func TestTurns_MoreCallersThanTurns_WorkInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(2)
		releases, got := line(t, turns, "a", "b", "c", "d")
		require.Len(t, got[0], 1)
		require.Len(t, got[1], 1)
		require.Empty(t, got[2])
		releases[0]()
		synctest.Wait()
		require.True(t, <-got[2])
		require.Empty(t, got[3])
		releases[2]()
		require.True(t, <-got[3])
	})
}

func TestTurns_OneCallerSendsMany_AnotherGetsATurnAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(4)
		releases, got := line(t, turns, "a", "a", "a", "a", "a", "a")
		time.Sleep(time.Minute) // a waits for itself, which is no overload
		_, other := line(t, turns, "b")
		require.True(t, <-other[0])
		require.False(t, turns.crowded(time.Now()))
		require.Empty(t, got[3])
		for i := range 3 {
			require.True(t, <-got[i])
			releases[i]()
		}
		for i := range 3 {
			require.True(t, <-got[3+i])
		}
	})
}

func TestTurns_LongLine_RefusesThoseWhoWaitedLongestAndThoseWhoCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(2)
		releases, got := line(t, turns, someCallers(10)...)
		time.Sleep(overloadWait)
		require.False(t, turns.hasRefused(time.Now()))
		releases[0]()
		synctest.Wait()
		served := 0
		for _, result := range got[2:] {
			if <-result {
				served++
			}
		}
		require.Equal(t, 1, served, "the last in line got the turn, the others were refused")
		require.True(t, turns.hasRefused(time.Now()))

		_, late := line(t, turns, "x", "y")
		require.Empty(t, late[0], "one may wait")
		require.False(t, <-late[1], "the next is refused at once")
		require.True(t, turns.crowded(time.Now()))

		time.Sleep(overloadCalm + time.Millisecond)
		_, calm := line(t, turns, "z")
		require.Empty(t, calm[0], "nobody was refused for a while: the overload is over")
		releases[1]()
		require.True(t, <-late[0])
		require.Empty(t, calm[0])
	})
}

func TestTurns_CallerGoesAway_LeavesTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(2)
		releases, _ := line(t, turns, "a", "b")
		ctx, leave := context.WithCancel(t.Context())
		gone := make(chan bool)
		go func() {
			_, ok := turns.take(ctx, "c")
			gone <- ok
		}()
		synctest.Wait()
		leave()
		require.False(t, <-gone)
		releases[0]()
		releases[1]()
		require.Zero(t, turns.working)
		require.Empty(t, turns.held)
		require.Empty(t, turns.line)
	})
}
