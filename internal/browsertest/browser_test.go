package browsertest

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/apitest"
	"github.com/ultimatecoach/api/internal/server"
)

const client = "../../clients/typescript"

func TestTypeScriptClient_InABrowser(t *testing.T) {
	t.Parallel()
	command(t, ".", "../../scripts/need", "chromium")
	packages(t, ".")
	packages(t, client)
	command(t, client, "npm", "run", "--silent", "build")

	page, sibling := site(t, "127.0.0.1"), site(t, "127.0.0.1")
	foreign := site(t, "localhost") // to a browser another site than 127.0.0.1
	api := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Origins = append(o.Origins, origin(page)) }})

	node(t, ".", []string{"--test-timeout=60000", "client.test.mjs"},
		"API_URL="+api.URL, "PAGE_URL="+page, "SIBLING_URL="+sibling, "FOREIGN_URL="+foreign)
}

func TestTypeScriptClient_InNode(t *testing.T) {
	t.Parallel()
	packages(t, client)
	api := apitest.New(t)
	cmd := exec.CommandContext(t.Context(), "npm", "test", "--silent")
	cmd.Dir = client
	cmd.Env = append(os.Environ(), "API_URL="+api.URL)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}

// site serves page.html beneath the path of the cookies, and the client for it; what it returns is the page's address.
func site(t *testing.T, host string) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/auth/page.html", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, "page.html") })
	mux.Handle("GET /client/", http.StripPrefix("/client/", http.FileServer(http.Dir(filepath.Join(client, "dist", "esm")))))
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	_, port, err := net.SplitHostPort(s.Listener.Addr().String())
	require.NoError(t, err)
	return fmt.Sprintf("http://%s:%s/api/v1/auth/page.html", host, port)
}

func origin(page string) string {
	before, _, _ := strings.Cut(page, "/api/")
	return before
}

// packages makes sure that a folder's npm packages are there and are those of its lock file.
func packages(t *testing.T, folder string) {
	t.Helper()
	installed, err := os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json"))
	locked, lockErr := os.Stat(filepath.Join(folder, "package-lock.json"))
	require.NoError(t, lockErr)
	if err == nil && !installed.ModTime().Before(locked.ModTime()) {
		return
	}
	command(t, folder, "npm", "ci", "--no-audit", "--no-fund")
}

func command(t *testing.T, folder, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// node runs a test file of node's own runner.
func node(t *testing.T, folder string, args []string, env ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", append([]string{"--test", "--test-reporter=spec"}, args...)...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}
