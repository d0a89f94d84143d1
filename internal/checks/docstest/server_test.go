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

// program is the module's, seen from this folder.
const program = "../../cmd/dev"

// ready is the last line that `make run` prints when everything is up.
const ready = "Ctrl-C stops everything"

var address = regexp.MustCompile(`(?m)^\s*(API|Auth)\s+(http\S+)`)

// server returns the addresses of the API and of Supabase Auth. They are what `make run` brings up, because that is
// what the guides promise, on free ports and with data of its own; or API_URL and SUPABASE_AUTH_URL when they are set.
func server(t *testing.T) (api, auth string) {
	t.Helper()
	if api := os.Getenv("API_URL"); api != "" {
		return api, os.Getenv("SUPABASE_AUTH_URL")
	}

	binary := filepath.Join(t.TempDir(), "dev")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, program).CombinedOutput()
	require.NoError(t, err, "%s", out)

	run := exec.Command(binary) // ends with an interrupt, below, so that its Postgres ends with it
	run.Env = append(os.Environ(),
		"HOST=127.0.0.1", "PORT=0", "STANDIN_ADDR=", "DATA_DIR="+t.TempDir(), "LOG_LEVEL=info",
		"DATABASE_URL=", "DATABASE_OWNER_URL=", "SUPABASE_URL=", "SUPABASE_AUTH_URL=", "ENVIRONMENT=development",
	)
	stdout, err := run.StdoutPipe()
	require.NoError(t, err)
	var complaints strings.Builder
	run.Stderr = &complaints
	require.NoError(t, run.Start())
	t.Cleanup(func() {
		_ = run.Process.Signal(os.Interrupt) // gone already: Wait tells
		_ = run.Wait()
	})

	var said strings.Builder
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), ready) {
			break
		}
	}
	found := map[string]string{}
	for _, m := range address.FindAllStringSubmatch(said.String(), -1) {
		found[m[1]] = m[2]
	}
	require.NotEmpty(t, found["API"], "the server did not come up:\n%s\n%s", said.String(), complaints.String())
	require.NotEmpty(t, found["Auth"], said.String())
	require.NotContains(t, said.String(), "api_request", "the demo account is made without a line of log for each of its requests")
	go func() {
		for lines.Scan() { // a full pipe would stop the server
		}
	}()
	return found["API"], found["Auth"]
}
