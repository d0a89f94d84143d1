package coach_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
)

// exampleOfGuide is a line of the guide's table: a message, and what the coach does.
var exampleOfGuide = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (proposes|answers|asks)")

func TestLocal_ExamplesOfTheGuide_DoWhatItSays(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../../openapi/guides/coach-without-a-model.md")
	require.NoError(t, err)
	examples := exampleOfGuide.FindAllStringSubmatch(string(guide), -1)
	require.Len(t, examples, 20)
	p := kitchen(t).Person(t)
	update(t, p, fullProfile)
	for _, e := range examples {
		events, reply := talk(t, p, e[1])
		if e[2] == "proposes" {
			require.Len(t, only[api.CoachEventProposal](events), 1, "%s: %s", e[1], reply)
			continue
		}
		require.Empty(t, only[api.CoachEventProposal](events), e[1])
		require.NotContains(t, reply, "without a language model", e[1])
		require.NotContains(t, reply, "I log nothing.", e[1])
		if e[2] == "asks" {
			require.Contains(t, reply, "1)", e[1])
		}
	}
}
