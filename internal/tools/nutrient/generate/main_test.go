package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

func TestFill_ReplacesWhatIsBetweenTheMarksAndNothingElse(t *testing.T) {
	t.Parallel()
	got, err := fill("select a,\n  -- nutrients: round(f.{}, 3),\n  old text\n  -- nutrients end\n  b")
	require.NoError(t, err)
	lines := strings.Split(got, "\n")
	require.Equal(t, []string{"select a,", "  -- nutrients: round(f.{}, 3),"}, lines[:2])
	require.Equal(t, []string{"  -- nutrients end", "  b"}, lines[len(lines)-2:])
	require.Equal(t, int(nutrient.Count), strings.Count(got, "round(f.")-1)
	require.True(t, strings.HasSuffix(lines[len(lines)-3], ","), "the entry ends with a comma")
	require.NotContains(t, got, "old text")
	again, err := fill(got)
	require.NoError(t, err)
	require.Equal(t, got, again)

	got, err = fill("-- nutrients: {}\n-- nutrients end")
	require.NoError(t, err)
	require.NotContains(t, got, ",\n-- nutrients end")
	for _, line := range strings.Split(got, "\n") {
		require.LessOrEqual(t, len(line), maxLine+1)
	}
}

func TestFill_OfMarksThatDoNotMatch_IsAnError(t *testing.T) {
	t.Parallel()
	for _, sql := range []string{"-- nutrients: {}", "-- nutrients end", "-- nutrients: {}\n-- nutrients: {}\n-- nutrients end"} {
		_, err := fill(sql)
		require.Error(t, err, sql)
	}
}
