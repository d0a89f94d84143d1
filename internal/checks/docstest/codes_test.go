package docstest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/problem"
)

// TestErrorsGuide_ListsEveryCode compares the guide with the codes of the server.
// UPDATE=1 rewrites the guide; build the site after that.
func TestErrorsGuide_ListsEveryCode(t *testing.T) {
	t.Parallel()
	file := filepath.Join(guides, "errors.md")
	source, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(source), "<!-- codes:begin -->\n")
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, "<!-- codes:end -->")
	require.True(t, ok)

	var table strings.Builder
	table.WriteString("<!-- codes:begin -->\n| Status | Code | What it says | What to do |\n|---|---|---|---|\n")
	for _, c := range problem.Types() {
		fmt.Fprintf(&table, "| %d | `%s` | %s | %s |\n", c.Status, c.Code, c.Detail, c.Fix)
	}
	table.WriteString("<!-- codes:end -->")
	want := before + table.String() + after

	if os.Getenv("UPDATE") != "" {
		require.NoError(t, os.WriteFile(file, []byte(want), 0o644))
		return
	}
	require.Equal(t, want, string(source), "run UPDATE=1 go test ./internal/checks/docstest -run ErrorsGuide")
}
