// Package fuzz holds the running server to its contract with schemathesis: requests that fit the contract must be served
// as it says, requests that do not must be refused, and no answer may be anything but what is written there.
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
	// deterministic phases send the contract's own examples and every boundary of every schema; they need no luck.
	deterministic = "examples,coverage"
	allPhases     = deterministic + ",fuzzing,stateful"
)

// Operations that end the session they are called with. They are fuzzed apart from the others, each case by a person of
// its own (hooks.py), and not in the stateful phase, which goes on using what it has.
var endsSession = []string{"deleteMe", "logout", "changePassword", "refreshSession", "revokeSession"}

// options of one run.
type options struct {
	phases string
	seed   int
	// cases per operation in the fuzzing phase; schemathesis.toml lowers it for some.
	cases int
}

// out is the module's folder for what tests leave behind.
func out(t *testing.T, path ...string) string {
	t.Helper()
	full, err := filepath.Abs(filepath.Join(append([]string{"..", "..", "..", "out"}, path...)...))
	require.NoError(t, err)
	return full
}

// run fuzzes a server of its own and reports every failure to t. What was sent and answered is in out/fuzz.
func run(t *testing.T, o options) {
	t.Helper()
	report := out(t, "fuzz", strings.ReplaceAll(t.Name(), "/", "_"))
	require.NoError(t, os.RemoveAll(report))
	require.NoError(t, os.MkdirAll(report, 0o755))
	tool := install(t)
	complaints := logTo(t, filepath.Join(report, "server.log"))
	a := newAPI(t)
	people := openDesk(t, a)
	// Each part is one process, so that a seed alone decides what it sends, and one waits while another works.
	seen := newCoverage(a.Server.Contract())
	var parts sync.WaitGroup
	for _, part := range split(a.Server.Contract()) {
		parts.Go(func() {
			if words, err := tool.run(t.Context(), a.URL, people, o, part, report); err != nil {
				t.Errorf("schemathesis: %v; all of it is in %s\n%s", err, report, words)
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
	for _, line := range complaints() {
		t.Errorf("the server logged: %s", line)
	}
}

// newAPI starts a server without limits: a limited run tests the limiter and nothing else.
func newAPI(t *testing.T) *apitest.API {
	t.Helper()
	return apitest.New(t, apitest.Setup{Server: func(o *server.Options) {
		o.Rates = server.Rates{SignIn: 1e6, Refresh: 1e6, Read: 1e6, Write: 1e6, Public: 1e6, Failed: 1e6}
	}})
}

// part is a share of the operations.
type part struct {
	name       string
	operations []string
	// stateless parts take no part in the stateful phase.
	stateless bool
}

// split parts the operations that wait (for bcrypt and for answers that are evened out) and those that would end the
// session of all others from the rest.
func split(c *contract.Contract) []part {
	signIn, apart, rest := part{name: "sign_in", stateless: true}, part{name: "ends_session", stateless: true}, part{name: "rest"}
	for _, op := range c.Operations() {
		to := &rest
		switch {
		case slices.Contains(endsSession, op.ID):
			to = &apart
		case op.RateClass == "sign_in":
			to = &signIn
		}
		to.operations = append(to.operations, op.ID)
	}
	return []part{signIn, apart, rest}
}

// run calls schemathesis and answers what it says of its findings.
func (x tool) run(ctx context.Context, url string, people *desk, o options, p part, report string) (string, error) {
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	into := filepath.Join(report, p.name)
	spec := filepath.Join(into, "openapi.yaml")
	if err := os.MkdirAll(into, 0o755); err != nil {
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
		// More workers are threads, in which Python 3.11 now and then loses its parser ("AST constructor recursion depth
		// mismatch") and Hypothesis some of its cases.
		"--checks", "all", "--workers", "1", "--no-color",
		"--report", "har", "--report-har-path", "har.json",
		// A failing operation would end its phase and hide what comes after.
		"--continue-on-failure",
		// The tokens in it die with the database.
		"--output-sanitize", "false",
	}
	for _, id := range p.operations {
		args = append(args, "--include-operation-id", id)
	}
	cmd := exec.CommandContext(ctx, x.python, args...)
	cmd.Dir = into // it leaves .hypothesis where it stands
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1",
		"FUZZ_HOOKS="+filepath.Join(here, "hooks.py"), "FUZZ_PEOPLE="+people.people, "FUZZ_DESK="+people.url)
	words, err := cmd.CombinedOutput()
	if writing := os.WriteFile(filepath.Join(cmd.Dir, "summary.txt"), words, 0o644); err == nil {
		err = writing
	}
	return findings(string(words)), err
}

// findings cuts off the progress before the first chapter of results.
func findings(words string) string {
	for _, chapter := range []string{"ERRORS", "FAILURES", "WARNINGS", "SUMMARY"} {
		if at := strings.Index(words, "= "+chapter+" ="); at >= 0 {
			return words[at:]
		}
	}
	return words
}

// logTo sends the server's log to a file and answers what in it is an error: a 500 that a client was allowed to see.
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
