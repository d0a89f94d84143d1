package etag_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ultimatecoach/api/internal/tools/etag"
)

func TestMatches_UsesStrongComparison(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		header, current string
		matches         bool
	}{
		{`"7"`, `"7"`, true},
		{`"7"`, `"8"`, false},
		{`"7", "8"`, `"8"`, true},
		{`"7","8"`, `"8"`, true},
		{"\t\"8\" ", `"8"`, true},
		{`*`, `"8"`, true},
		{` * `, `"8"`, true},
		{`W/"8"`, `"8"`, false},
		{`W/"8", "8"`, `"8"`, true},
		{`8`, `"8"`, false},
		{`"8`, `"8"`, false},
		{``, `"8"`, false},
		{`,`, `"8"`, false},
		{`"*"`, `"8"`, false},
		{`"8,9"`, `"8"`, false}, // one tag of another server, with a comma in it
	} {
		require.Equal(t, c.matches, etag.Matches(&c.header, c.current), "If-Match: %s on %s", c.header, c.current)
	}
	require.True(t, etag.Matches(nil, `"8"`), "without If-Match every write is allowed")
}

func TestNotModified_UsesWeakComparison(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		header, current string
		same            bool
	}{
		{`"7"`, `"7"`, true},
		{`W/"7"`, `"7"`, true},
		{`"7"`, `W/"7"`, true},
		{`W/"6", W/"7"`, `"7"`, true},
		{`*`, `"7"`, true},
		{`w/"7"`, `"7"`, false}, // the W is case-sensitive
		{`"8"`, `"7"`, false},
		{``, `"7"`, false},
	} {
		require.Equal(t, c.same, etag.NotModified(&c.header, c.current), "If-None-Match: %s on %s", c.header, c.current)
	}
	require.False(t, etag.NotModified(nil, `"7"`), "without If-None-Match the response is never 304")
}

func TestMatches_ListOfTags_MatchesWhenItContainsTheTag(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tags := rapid.SliceOfN(rapid.StringMatching(`(W/)?"[0-9a-c-]{0,3}"`), 1, 6).Draw(t, "tags")
		current := rapid.StringMatching(`"[0-9a-c-]{0,3}"`).Draw(t, "current")
		header := strings.Join(tags, rapid.SampledFrom([]string{",", ", ", " ,\t"}).Draw(t, "separator"))
		var strong, weak bool
		for _, tag := range tags {
			strong = strong || tag == current
			weak = weak || strings.TrimPrefix(tag, "W/") == current
		}
		require.Equal(t, strong, etag.Matches(&header, current), header)
		require.Equal(t, weak, etag.NotModified(&header, current), header)
	})
}

func TestVersions_AgreeWithMatches(t *testing.T) {
	t.Parallel()
	for header, want := range map[string][]int32{
		`"7"`: {7}, `"7", "8"`: {7, 8}, `W/"7"`: {}, `7`: {}, `"7`: {}, `"07"`: {}, `"+7"`: {}, `"7-31"`: {}, `"99999999999"`: {}, ``: {}, `,"8"`: {8},
	} {
		all, got := etag.Versions(&header)
		require.False(t, all, header)
		require.Equal(t, want, got, header)
		for _, v := range []int32{7, 8} {
			require.Equal(t, slices.Contains(got, v), etag.Matches(&header, fmt.Sprintf(`"%d"`, v)), header)
		}
	}
	for _, everything := range []*string{nil, new("*"), new(" * ")} {
		all, _ := etag.Versions(everything)
		require.True(t, all)
	}
}
