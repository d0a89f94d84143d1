package server

import (
	"context"
	"runtime"
	"testing"
	"weak"

	"github.com/stretchr/testify/require"
)

type testKey struct{}

func TestWithEndOf_OneContextEnds_ReadsTheValuesOfTheOther(t *testing.T) {
	t.Parallel()
	request, endRequest := context.WithCancel(context.WithValue(t.Context(), testKey{}, "ann"))
	process, stop := context.WithCancel(t.Context())
	ctx, cancel := withEndOf(request, process)
	defer cancel()
	endRequest()
	require.NoError(t, ctx.Err())
	require.Equal(t, "ann", ctx.Value(testKey{}))
	stop()
	<-ctx.Done()
}

// A process serves streams for weeks: each must be forgotten when it is over.
func TestWithEndOf_Canceled_KeepsNothingOfTheRequest(t *testing.T) {
	t.Parallel()
	process, stop := context.WithCancel(t.Context())
	defer stop()
	request := new([1 << 16]byte)
	kept := weak.Make(request)
	_, cancel := withEndOf(context.WithValue(t.Context(), testKey{}, request), process)
	cancel()
	cancel, request = nil, nil //nolint:ineffassign,wastedassign // nothing else refers to the request
	runtime.GC()
	require.Nil(t, kept.Value())
}
