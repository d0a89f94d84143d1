package docstest

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// program is the command behind `make run`.
const program = "../../cmd/dev"

// ready is the last line that `make run` prints when everything is up.
const ready = "Ctrl-C stops everything"

var address = regexp.MustCompile(`(?m)^\s*(API|Auth)\s+(http\S+)`)

// server returns the addresses of the API and of Supabase Auth. It starts what `make run` starts, as in the guides, on free
// ports and with its own data; or it returns API_URL and SUPABASE_AUTH_URL when they are set.
func server(t *testing.T) (api, auth string) {
	t.Helper()
	if api := os.Getenv("API_URL"); api != "" {
		return api, os.Getenv("SUPABASE_AUTH_URL")
	}

	binary := filepath.Join(t.TempDir(), "dev")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, program).CombinedOutput()
	require.NoError(t, err, "%s", out)

	run := exec.Command(binary) // stopped by an interrupt below, which also stops its Postgres
	run.Env = append(os.Environ(),
		"HOST=127.0.0.1", "PORT=0", "STANDIN_ADDR=", "DATA_DIR="+t.TempDir(), "LOG_LEVEL=info",
		"DATABASE_URL=", "DATABASE_OWNER_URL=", "SUPABASE_URL=", "SUPABASE_AUTH_URL=", "ENVIRONMENT=development",
		// All guides run at once, from one address and as one person: within a minute on a fast machine, and in a long line on a slow one.
		"RATE_SIGN_IN=100000", "RATE_COACH=100000", "RATE_READ=100000", "RATE_WRITE=100000", "MAX_AT_WORK=512",
	)
	pipe, err := run.StdoutPipe()
	require.NoError(t, err)
	var stderr strings.Builder
	run.Stderr = &stderr
	require.NoError(t, run.Start())
	t.Cleanup(func() {
		_ = run.Process.Signal(os.Interrupt) // Wait reports a process that has ended already
		_ = run.Wait()
	})

	var stdout strings.Builder
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		stdout.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), ready) {
			break
		}
	}
	found := map[string]string{}
	for _, m := range address.FindAllStringSubmatch(stdout.String(), -1) {
		found[m[1]] = m[2]
	}
	require.NotEmpty(t, found["API"], "the server did not start:\n%s\n%s", stdout.String(), stderr.String())
	require.NotEmpty(t, found["Auth"], stdout.String())
	require.NotContains(t, stdout.String(), "api_request", "the demo account must be made without a log line for each request")
	go func() {
		for lines.Scan() { // a full pipe would block the server
		}
	}()
	return found["API"], found["Auth"]
}
