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
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/server"
)

const client = "../../../clients/typescript"

func TestTypeScriptClient_InABrowser(t *testing.T) {
	t.Parallel()
	command(t, ".", nil, "../../../scripts/need", "chromium")
	packages(t, ".")
	build(t)

	page, sibling := site(t, "127.0.0.1"), site(t, "127.0.0.1")
	foreign := site(t, "localhost") // a browser treats it as another site than 127.0.0.1
	api := apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Origins = append(o.Origins, origin(page)) }})

	t.Logf("%s", command(t, ".", []string{"API_URL=" + api.URL, "PAGE_URL=" + page, "SIBLING_URL=" + sibling, "FOREIGN_URL=" + foreign},
		"node", "--test", "--test-reporter=spec", "--test-timeout=60000", "client.test.mjs"))
}

func TestTypeScriptClient_InNode(t *testing.T) {
	t.Parallel()
	build(t)
	withFoods := apitest.Foods(t)
	api := apitest.New(t, apitest.Setup{Database: &withFoods})
	t.Logf("%s", command(t, client, []string{"API_URL=" + api.URL}, "npm", "run", "--silent", "test:built"))
}

// Deno, Cloudflare Workers, React Native, rendering on a server, settings of TypeScript and eslint.
func TestTypeScriptClient_InOtherEnvironments(t *testing.T) {
	t.Parallel()
	build(t)
	packages(t, filepath.Join(client, "environments"))
	api := apitest.New(t)
	token := api.Person(t).Cookie(t, "access_token")
	t.Logf("%s", command(t, client, []string{"API_URL=" + api.URL, "TOKEN=" + token}, "npm", "run", "--silent", "test:environments"))
}

func TestTypeScriptClient_Package_PassesLint(t *testing.T) {
	t.Parallel()
	build(t)
	t.Logf("%s", command(t, client, nil, "npm", "run", "--silent", "lint"))
}

// build builds the package once for all tests, which run in parallel.
func build(t *testing.T) {
	t.Helper()
	buildOnce.Do(func() {
		packages(t, client)
		command(t, client, nil, "npm", "run", "--silent", "build")
	})
	if _, err := os.Stat(filepath.Join(client, "dist", "cjs", "package.json")); err != nil {
		t.Fatal("the client was not built; see the failure of another test")
	}
}

var buildOnce sync.Once

// site serves page.html under the path of the cookies, and the client for it. It returns the address of the page.
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

// packages installs the npm packages of a folder when they are missing or older than its lock file.
func packages(t *testing.T, folder string) {
	t.Helper()
	installed, err := os.Stat(filepath.Join(folder, "node_modules", ".package-lock.json"))
	locked, lockErr := os.Stat(filepath.Join(folder, "package-lock.json"))
	require.NoError(t, lockErr)
	if err == nil && !installed.ModTime().Before(locked.ModTime()) {
		return
	}
	command(t, folder, nil, "npm", "ci", "--no-audit", "--no-fund")
}

// command runs a program to its end. When it fails, the test fails with its output.
func command(t *testing.T, folder string, env []string, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return out
}
