package activities

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/activityfile"
)

func TestFileProblems_EachCodeOfFiles_HasItsProblem(t *testing.T) {
	t.Parallel()
	for _, code := range []activityfile.Code{
		activityfile.TooLarge, activityfile.UnknownType, activityfile.Damaged, activityfile.Unreadable, activityfile.NoActivity,
		activityfile.TimeUnknown, activityfile.TooComplex,
	} {
		require.Equal(t, string(code), fileProblems[code].Code)
	}
	require.Len(t, fileProblems, 7)
}
