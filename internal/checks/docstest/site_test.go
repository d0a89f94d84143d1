// Package docstest reads the documentation as a partner does: in a browser, and by pasting its examples.
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

// installing keeps two tests from filling one folder at once.
var installing sync.Mutex

func TestSite_InABrowser_BreaksNoPolicyAndAsksNobodyElse(t *testing.T) {
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

func TestSamples_InTypeScript_CompileAgainstTheClient(t *testing.T) {
	t.Parallel()
	packages(t, tools)
	packages(t, client)
	check := exec.CommandContext(t.Context(), "node", "types.mjs")
	check.Dir = tools
	out, err := check.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestSamples_InCurl_AnswerAsDocumented(t *testing.T) {
	t.Parallel()
	if os.Getenv("API_URL") != "" {
		t.Skip("the samples end by deleting the demo account; API_URL is a server that somebody still needs")
	}
	packages(t, tools)
	api, auth := server(t)
	run := exec.CommandContext(t.Context(), "node", "run.mjs")
	run.Dir = tools
	run.Env = append(os.Environ(), "API_URL="+api, "SUPABASE_AUTH_URL="+auth)
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// chromium makes sure that the browser is there.
func chromium(t *testing.T) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "../../../scripts/need", "chromium").CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// packages makes sure that the npm packages of a folder are there.
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
