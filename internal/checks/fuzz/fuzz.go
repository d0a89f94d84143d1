// Package fuzz tests the running server with schemathesis: valid requests must succeed as the contract says, invalid requests
// must be refused, and every response must be documented.
package fuzz

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/logs"
)

const (
	// deterministic phases send the examples of the contract and the boundary values of every schema, without random data.
	deterministic = "examples,coverage"
	allPhases     = deterministic + ",fuzzing,stateful"
)

// endsSession lists the operations that end the session of the request. They run apart from the others, each case with a new
// person (hooks.py), and not in the stateful phase, which reuses its session.
var endsSession = []string{"deleteMe", "logout", "changePassword", "refreshSession", "revokeSession"}

// options of one run.
type options struct {
	phases string
	seed   int
	// cases per operation in the fuzzing phase; schemathesis.toml lowers it for some.
	cases int
}

// out returns a path in the module's folder for test output.
func out(t *testing.T, path ...string) string {
	t.Helper()
	full, err := filepath.Abs(filepath.Join(append([]string{"..", "..", "..", "out"}, path...)...))
	require.NoError(t, err)
	return full
}

// run fuzzes a new server and reports every finding to t. Requests and responses are in out/fuzz.
func run(t *testing.T, o options) {
	t.Helper()
	report := out(t, "fuzz", strings.ReplaceAll(t.Name(), "/", "_"))
	require.NoError(t, os.RemoveAll(report))
	require.NoError(t, os.MkdirAll(report, 0o755))
	tool := install(t)
	serverErrors := logTo(t, filepath.Join(report, "server.log"))
	a := newAPI(t)
	data := serveFixtures(t, a)
	// Each part is one process, so that its requests depend on the seed only, and parts run at the same time.
	seen := newCoverage(a.Server.Contract())
	var parts sync.WaitGroup
	for _, part := range split(a.Server.Contract()) {
		parts.Go(func() {
			if output, err := tool.run(t.Context(), a.URL, data, o, part, report); err != nil {
				t.Errorf("schemathesis: %v; the full output is in %s\n%s", err, report, output)
			}
		})
	}
	parts.Wait()
	for _, part := range split(a.Server.Contract()) {
		require.NoError(t, seen.read(filepath.Join(report, part.name, "har.json")))
	}
	t.Logf("seed %d:\n%s", o.seed, seen)
	for _, gap := range seen.gaps() {
		t.Error(gap)
	}
	for _, line := range serverErrors() {
		t.Errorf("the server logged: %s", line)
	}
}

// newAPI starts a server without rate limits: with limits, most responses would be 429.
func newAPI(t *testing.T) *apitest.API {
	t.Helper()
	return apitest.New(t, apitest.Setup{Server: func(o *server.Options) {
		o.Rates = server.Rates{SignIn: 1e6, Refresh: 1e6, Read: 1e6, Write: 1e6, Coach: 1e6, Public: 1e6, Failed: 1e6}
	}})
}

// part is a group of operations.
type part struct {
	name       string
	operations []string
	// stateless parts are not in the stateful phase.
	stateless bool
}

// split returns three groups: operations that are slow (bcrypt, constant response time), operations that end their session,
// and the rest.
func split(c *contract.Contract) []part {
	signIn, ending, rest := part{name: "sign_in", stateless: true}, part{name: "ends_session", stateless: true}, part{name: "rest"}
	for _, op := range c.Operations() {
		group := &rest
		switch {
		case slices.Contains(endsSession, op.ID):
			group = &ending
		case op.RateClass == "sign_in":
			group = &signIn
		}
		group.operations = append(group.operations, op.ID)
	}
	return []part{signIn, ending, rest}
}

// run runs schemathesis and returns its findings.
func (x tool) run(ctx context.Context, url string, data *fixtures, o options, p part, report string) (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(report, p.name)
	spec := filepath.Join(folder, "openapi.yaml")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(spec, gen.OpenAPI, 0o644); err != nil {
		return "", err
	}
	phases := o.phases
	if p.stateless {
		phases = strings.TrimSuffix(phases, ",stateful")
	}
	args := []string{
		"-m", "schemathesis.cli", "--config-file", filepath.Join(here, "schemathesis.toml"), "run", spec,
		"--url", url, "--phases", phases, "--seed", strconv.Itoa(o.seed), "--max-examples", strconv.Itoa(max(o.cases, 1)),
		// With more workers (threads), Python 3.11 sometimes fails ("AST constructor recursion depth mismatch") and Hypothesis
		// loses cases.
		"--checks", "all", "--workers", "1", "--no-color",
		"--report", "har", "--report-har-path", "har.json",
		// Without it, a failing operation ends its phase.
		"--continue-on-failure",
		// The tokens are worthless after the test.
		"--output-sanitize", "false",
	}
	for _, id := range p.operations {
		args = append(args, "--include-operation-id", id)
	}
	cmd := exec.CommandContext(ctx, x.python, args...)
	cmd.Dir = folder // schemathesis writes .hypothesis into its working directory
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1",
		"FUZZ_HOOKS="+filepath.Join(here, "hooks.py"), "FUZZ_PEOPLE="+data.people, "FUZZ_FIXTURES="+data.url)
	output, err := cmd.CombinedOutput()
	if writing := os.WriteFile(filepath.Join(cmd.Dir, "summary.txt"), output, 0o644); err == nil {
		err = writing
	}
	return findings(string(output)), err
}

// findings removes the progress lines before the results.
func findings(output string) string {
	for _, section := range []string{"ERRORS", "FAILURES", "WARNINGS", "SUMMARY"} {
		if start := strings.Index(output, "= "+section+" ="); start >= 0 {
			return output[start:]
		}
	}
	return output
}

// logTo writes the server's log to a file. It returns a function that returns the lines with errors: causes of a 500.
func logTo(t *testing.T, name string) func() []string {
	t.Helper()
	file, err := os.Create(name)
	require.NoError(t, err)
	before := slog.Default()
	logger, flush := logs.New(logs.Options{Out: file})
	slog.SetDefault(logger)
	t.Cleanup(func() {
		slog.SetDefault(before)
		flush()
		_ = file.Close()
	})
	return func() (found []string) {
		flush()
		text, err := os.ReadFile(name)
		if err != nil {
			return []string{err.Error()}
		}
		for line := range strings.Lines(string(text)) {
			var entry struct {
				Level string `json:"level"`
			}
			if json.Unmarshal([]byte(line), &entry) != nil || entry.Level == "ERROR" || entry.Level == "CRITICAL" {
				found = append(found, line)
			}
		}
		return found[:min(len(found), 20)]
	}
}
