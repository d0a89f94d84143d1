package scripts_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// run returns what a command printed, both outputs together, and whether it succeeded.
func run(t *testing.T, dir string, env []string, args ...string) (string, bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if _, ended := errors.AsType[*exec.ExitError](err); !ended {
		require.NoError(t, err)
	}
	return string(out), err == nil
}

func mustRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	out, ok := run(t, dir, nil, args...)
	require.True(t, ok, "%v: %s", args, out)
	return out
}

// TestRelease_DryRun_BuildsWhatWouldBePublished_AndTagsNothing is the rehearsal of every change: the last commit can be released.
func TestRelease_DryRun_BuildsWhatWouldBePublished_AndTagsNothing(t *testing.T) {
	t.Parallel()
	const version = "999.0.0"
	before := mustRun(t, "..", "git", "status", "--porcelain")
	out, ok := run(t, "..", []string{"PLATFORMS=" + runtime.GOOS + "/" + runtime.GOARCH}, "scripts/release", "--dry-run", version)
	require.True(t, ok, out)
	require.Equal(t, before, mustRun(t, "..", "git", "status", "--porcelain"))
	require.Empty(t, mustRun(t, "..", "git", "tag", "--list", "v"+version))

	made := filepath.Join("../out/release", version)
	binary := "api_" + version + "_" + runtime.GOOS + "_" + runtime.GOARCH
	require.Equal(t, version+"\n", mustRun(t, made, "./"+binary, "version"))
	packages, err := filepath.Glob(filepath.Join(made, "ultimate-coach-client-*.tgz"))
	require.NoError(t, err)
	require.Len(t, packages, 1)
	require.Contains(t, mustRun(t, made, "tar", "-tzf", filepath.Base(packages[0])), "package/dist/esm/index.js\n")
	sums, err := os.ReadFile(filepath.Join(made, "SHA256SUMS"))
	require.NoError(t, err)
	for _, name := range []string{binary, filepath.Base(packages[0]), "openapi_" + version + ".yaml"} {
		require.Contains(t, string(sums), "  "+name+"\n")
	}
	changes, err := os.ReadFile(filepath.Join(made, "CHANGES.md"))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(changes), "## "+version+" – 2"), "%s", changes)
}

// TestRelease_DraftsFirst_ThenTagsWhatIsCommittedAndGreen releases a copy of the repository whose contract has lost a path.
func TestRelease_DraftsFirst_ThenTagsWhatIsCommittedAndGreen(t *testing.T) {
	t.Parallel()
	dir, bin := t.TempDir(), t.TempDir()
	mustRun(t, ".", "git", "clone", "--quiet", "--no-tags", "..", dir)
	mustRun(t, dir, "git", "config", "user.name", "A Releaser")
	mustRun(t, dir, "git", "config", "user.email", "releaser@example.com")
	for _, name := range []string{"scripts/release", "scripts/breaking"} { // as they are here, committed or not
		content, err := os.ReadFile(filepath.Join("..", name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), content, 0o755))
	}
	replace(t, filepath.Join(dir, "CHANGELOG.md"), "## 0.1.0 – unreleased", "## 0.1.0 – 2026-01-01")
	commit(t, dir, "Release 0.1.0")
	mustRun(t, dir, "git", "tag", "v0.1.0")
	replace(t, filepath.Join(dir, "gen/openapi.yaml"), "\n  /api/v1/health/live:\n", "\n  /api/v1/health/alive:\n")
	commit(t, dir, "Move a probe")
	// CI's verdict, and an npm that packs at once: the dry run above packs with the real one.
	verdict := filepath.Join(bin, "verdict")
	program(t, filepath.Join(bin, "gh"), `case $1 in run) cat "`+verdict+`";; esac`)
	program(t, filepath.Join(bin, "npm"), `case "$*" in pack*) touch "${!#}/package.tgz";; esac`)
	env := []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "PLATFORMS="}
	release := func(version string) (string, bool) { return run(t, dir, env, "scripts/release", version) }

	out, ok := release("one")
	require.False(t, ok)
	require.Contains(t, out, "usage:")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "left-over"), nil, 0o644))
	out, ok = release("0.2.0")
	require.False(t, ok)
	require.Contains(t, out, "not clean")
	require.NoError(t, os.Remove(filepath.Join(dir, "left-over")))
	out, ok = release("0.0.9")
	require.False(t, ok)
	require.Contains(t, out, "v0.1.0, which is newer")

	out, ok = release("0.1.1")
	require.False(t, ok)
	require.Contains(t, out, "has a draft for 0.1.1")
	changelog := read(t, filepath.Join(dir, "CHANGELOG.md"))
	require.Regexp(t, `## 0\.1\.1 – 20\d\d-\d\d-\d\d\n\nIn the contract, [^\n]*\n\n(- .*\n)*- .*/api/v1/health/live .*removed`, changelog)
	require.Contains(t, changelog, "\n\n## 0.1.0 – 2026-01-01\n")
	require.Contains(t, read(t, filepath.Join(dir, "openapi/openapi.yaml")), "\n  version: 0.1.1\n")
	require.Contains(t, read(t, filepath.Join(dir, "clients/typescript/package.json")), `"version": "0.1.1"`)
	replace(t, filepath.Join(dir, "gen/openapi.yaml"), "\n  version: 0.1.0\n", "\n  version: 0.1.1\n")
	commit(t, dir, "Release 0.1.1")
	out, ok = release("0.1.1")
	require.False(t, ok)
	require.Contains(t, out, "breaks clients of v0.1.0")

	out, ok = release("0.2.0")
	require.False(t, ok)
	require.Contains(t, out, "has a draft for 0.2.0")
	replace(t, filepath.Join(dir, "gen/openapi.yaml"), "\n  version: 0.1.1\n", "\n  version: 0.2.0\n")
	commit(t, dir, "Release 0.2.0")
	require.NoError(t, os.WriteFile(verdict, []byte("failure\n"), 0o644))
	out, ok = release("0.2.0")
	require.False(t, ok)
	require.Contains(t, out, "CI has not passed")
	require.NoError(t, os.WriteFile(verdict, []byte("success\n"), 0o644))
	out, ok = release("0.2.0")
	require.True(t, ok, out)
	require.Equal(t, mustRun(t, dir, "git", "rev-parse", "HEAD"), mustRun(t, dir, "git", "rev-parse", "v0.2.0^{commit}"))
	require.Contains(t, mustRun(t, dir, "git", "tag", "-l", "--format=%(contents)", "v0.2.0"), "/api/v1/health/live")
	out, ok = release("0.2.0")
	require.False(t, ok)
	require.Contains(t, out, "there is a tag v0.2.0 already")
}

func program(t *testing.T, file, script string) {
	t.Helper()
	require.NoError(t, os.WriteFile(file, []byte("#!/usr/bin/env bash\n"+script+"\n"), 0o755))
}

func commit(t *testing.T, dir, message string) {
	t.Helper()
	mustRun(t, dir, "git", "add", "--all")
	mustRun(t, dir, "git", "commit", "--quiet", "--message", message)
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(content)
}

func replace(t *testing.T, file, old, with string) {
	t.Helper()
	content := []byte(read(t, file))
	require.Equal(t, 1, bytes.Count(content, []byte(old)), "%s in %s", old, file)
	require.NoError(t, os.WriteFile(file, bytes.Replace(content, []byte(old), []byte(with), 1), 0o644))
}
