// Package docstest tests the documentation: in a browser, and by running its examples.
package docstest

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	tools  = "../../../openapi/docs"
	client = "../../../clients/typescript"
)

// installing prevents two tests from installing into one folder at the same time.
var installing sync.Mutex

func TestSite_InABrowser_HasNoFindings(t *testing.T) {
	t.Parallel()
	chromium(t)
	packages(t, tools)

	api, _ := server(t)

	check := exec.CommandContext(t.Context(), "node", "check.mjs")
	if folder := os.Getenv("SCREENSHOTS"); folder != "" {
		check.Args = append(check.Args, folder)
	}
	check.Dir = tools
	check.Env = append(os.Environ(), "DOCS_URL="+api)
	out, err := check.CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}

func TestSite_DeprecatedOperation_ShowsItsDates(t *testing.T) {
	t.Parallel()
	packages(t, tools)
	check := exec.CommandContext(t.Context(), "node", "--test", "deprecation.test.mjs")
	check.Dir = tools
	out, err := check.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestSamples_InTypeScript_CompileAgainstTheClient(t *testing.T) {
	t.Parallel()
	packages(t, tools)
	packages(t, client)
	check := exec.CommandContext(t.Context(), "node", "types.mjs")
	check.Dir = tools
	out, err := check.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestSamples_InCurl_ReturnDocumentedStatuses(t *testing.T) {
	t.Parallel()
	if os.Getenv("API_URL") != "" {
		t.Skip("the last sample deletes the demo account, which the server at API_URL may still need")
	}
	packages(t, tools)
	api, auth := server(t)
	run := exec.CommandContext(t.Context(), "node", "run.mjs")
	run.Dir = tools
	run.Env = append(os.Environ(), "API_URL="+api, "SUPABASE_AUTH_URL="+auth)
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// chromium fails the test when there is no browser.
func chromium(t *testing.T) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "../../../scripts/need", "chromium").CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// packages installs the npm packages of a folder when they are missing.
func packages(t *testing.T, folder string) {
	t.Helper()
	installing.Lock()
	defer installing.Unlock()
	// npm writes this file last.
	if _, err := os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json")); err == nil {
		return
	}
	install := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts")
	install.Dir = folder
	out, err := install.CombinedOutput()
	require.NoError(t, err, "%s", out)
}
