// Package docstest reads the documentation as a partner does: in a browser, and by pasting its examples.
package docstest

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"net/http"

	"github.com/ultimatecoach/api/internal/docs"
)

const tools = "../../openapi/docs"

func TestSite_InABrowser_BreaksNoPolicyAndAsksNobodyElse(t *testing.T) {
	t.Parallel()
	chromium(t)
	packages(t)

	server := httptest.NewServer(docs.Handler(http.NotFoundHandler()))
	t.Cleanup(server.Close)

	check := exec.CommandContext(t.Context(), "node", "check.mjs")
	if folder := os.Getenv("SCREENSHOTS"); folder != "" {
		check.Args = append(check.Args, folder)
	}
	check.Dir = tools
	check.Env = append(os.Environ(), "DOCS_URL="+server.URL)
	out, err := check.CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}

// chromium makes sure that the browser is there.
func chromium(t *testing.T) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "../../scripts/need", "chromium").CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// packages makes sure that the tools' npm packages are there.
func packages(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(tools, "node_modules", "playwright-core")); err == nil {
		return
	}
	install := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	install.Dir = tools
	out, err := install.CombinedOutput()
	require.NoError(t, err, "%s", out)
}
