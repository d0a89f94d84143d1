package docstest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const guides = "../../../openapi/guides"

// base is the address in the guides; the test replaces it by the real one.
const base = "http://127.0.0.1:8000"

// block is one fenced block of a guide.
type block struct {
	language, text string
	line           int
	// follows is set when only blank lines are between it and the previous block: it shows the output of that block.
	follows bool
}

// TestGuides_PastedInOrder_PrintWhatTheyShow runs all bash blocks of a guide in one shell: first in bash, then in the same
// folder a second time, in zsh, the shell of macOS. A text block directly after one is its output. A JSON block is a part of its
// output: every field must exist with a value of the same type, and numbers, codes and error types must be equal.
func TestGuides_PastedInOrder_PrintWhatTheyShow(t *testing.T) {
	t.Parallel()
	api, auth := server(t)

	files, err := filepath.Glob(filepath.Join(guides, "*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	t.Run("guides", func(t *testing.T) { // returns when all parallel subtests have finished
		for _, file := range files {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".md"), func(t *testing.T) {
				t.Parallel()
				folder := t.TempDir()
				for _, shell := range shells(t) {
					requireShown(t, shell, folder, file, api, auth)
				}
			})
		}
	})
	// Last, because it changes the demo account.
	t.Run("README", func(t *testing.T) {
		source, err := os.ReadFile("../../../README.md")
		require.NoError(t, err)
		folder := t.TempDir()
		for _, shell := range shells(t) {
			var printed strings.Builder
			for _, text := range run(t, shell, folder, blocks(t, string(source)), api, auth) {
				printed.WriteString(text)
			}
			for _, want := range []string{`"onboarding_completed":true`, `"targets_change":`, `"Espresso"`, `"remaining":`, "204\n", `"status":401`} {
				require.Contains(t, printed.String(), want, shell[0])
			}
		}
	})
}

// requireShown runs one guide and compares its output with the blocks that show it.
func requireShown(t *testing.T, shell []string, folder, file, api, auth string) {
	t.Helper()
	source, err := os.ReadFile(file)
	require.NoError(t, err)
	all := blocks(t, string(source))
	printed := run(t, shell, folder, all, api, auth)
	for i, shown := range all {
		if !shown.follows || all[i-1].language != "bash" {
			continue
		}
		got := printed[i-1]
		where := fmt.Sprintf("%s:%d in %s", filepath.Base(file), shown.line, shell[0])
		switch shown.language {
		case "text":
			require.Equal(t, strings.TrimSpace(shown.text), strings.TrimSpace(got), where)
		case "json":
			var want, have any
			require.NoError(t, json.Unmarshal([]byte(shown.text), &want), where)
			require.NoError(t, json.Unmarshal([]byte(got), &have), "%s: %s", where, got)
			requireShape(t, want, have, where, got)
		}
	}
}

var fence = regexp.MustCompile("(?m)^```([a-z]*)\n((?s:.*?))^```$")

func blocks(t *testing.T, source string) []block {
	t.Helper()
	var found []block
	end := 0
	for _, at := range fence.FindAllStringSubmatchIndex(source, -1) {
		found = append(found, block{
			language: source[at[2]:at[3]],
			text:     source[at[4]:at[5]],
			line:     1 + strings.Count(source[:at[0]], "\n"),
			follows:  len(found) > 0 && strings.TrimSpace(source[end:at[0]]) == "",
		})
		end = at[1]
	}
	require.Equal(t, strings.Contains(source, "\n```"), len(found) > 0, "code blocks that were not understood")
	return found
}

// shells returns the commands that run the blocks of a guide, one after the other. Where zsh is not installed, bash runs them twice.
func shells(t *testing.T) [][]string {
	t.Helper()
	bash := []string{"bash", "--noprofile", "--norc", "-c"}
	if _, err := exec.LookPath("zsh"); err != nil {
		require.Empty(t, os.Getenv("CI"), "zsh is missing; scripts/need zsh installs it")
		return [][]string{bash, bash}
	}
	return [][]string{bash, {"zsh", "-f", "-c"}}
}

// run runs the bash blocks in one shell and returns the output of each by its index among all blocks.
func run(t *testing.T, command []string, folder string, all []block, api, auth string) map[int]string {
	t.Helper()
	var script strings.Builder
	script.WriteString("set -u -o pipefail\n")
	for i, b := range all {
		if b.language != "bash" {
			continue
		}
		require.NotRegexp(t, `(?m)^\s*#`, b.text, "line %d: zsh runs a comment that is pasted as a command", b.line)
		fmt.Fprintf(&script, "printf '\\036%%d\\n' %d\n", i)
		script.WriteString(strings.ReplaceAll(b.text, base, api))
		// A block that fails ends the guide.
		fmt.Fprintf(&script, "[ $? -eq 0 ] || { echo 'the block in line %d failed' >&2; exit 1; }\n", b.line)
	}

	shell := exec.CommandContext(t.Context(), command[0], append(slices.Clone(command[1:]), script.String())...)
	shell.Dir = folder
	shell.Env = append(os.Environ(), "SUPABASE_AUTH_URL="+auth, "SUPABASE_ANON_KEY=anon", "NO_PROXY=*", "no_proxy=*")
	var out, stderr bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &stderr
	require.NoError(t, shell.Run(), "%s: %s\n%s", command[0], stderr.String(), out.String())
	require.Empty(t, stderr.String(), command[0])

	printed := map[int]string{}
	for part := range strings.SplitSeq(out.String(), "\x1e") {
		number, text, ok := strings.Cut(part, "\n")
		if !ok {
			continue
		}
		var i int
		_, err := fmt.Sscan(number, &i)
		require.NoError(t, err)
		printed[i] = text
	}
	return printed
}

// requireShape fails when something that the guide shows is not in the response.
func requireShape(t *testing.T, want, have any, where, response string) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		object, ok := have.(map[string]any)
		require.True(t, ok, "%s: not an object in %s", where, response)
		for name, value := range want {
			require.Contains(t, object, name, "%s: %s", where, response)
			if name == "code" || name == "type" || name == "field" {
				require.Equal(t, value, object[name], "%s.%s: %s", where, name, response)
			}
			requireShape(t, value, object[name], where+"."+name, response)
		}
	case []any:
		list, ok := have.([]any)
		require.True(t, ok, "%s: not a list in %s", where, response)
		for i, value := range want {
			require.Greater(t, len(list), i, "%s: too short in %s", where, response)
			requireShape(t, value, list[i], fmt.Sprintf("%s[%d]", where, i), response)
		}
	case float64:
		require.Equal(t, want, have, "%s: %s", where, response)
	default:
		require.IsType(t, want, have, "%s: %s", where, response)
	}
}
