// Package scripts_test holds the scripts beside it to what they say.
package scripts_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// machine is a folder that is the whole PATH: what is not in it is not installed.
type machine struct{ bin string }

func newMachine(t *testing.T, userID string) machine {
	t.Helper()
	m := machine{t.TempDir()}
	m.has(t, "id", "echo "+userID)
	m.has(t, "dpkg-query", "exit 1")
	m.has(t, "apt-get", `echo "apt-get $*" >>"$0.calls"`)
	for _, name := range []string{"mktemp", "rm", "cat"} {
		path, err := exec.LookPath(name)
		require.NoError(t, err)
		require.NoError(t, os.Symlink(path, filepath.Join(m.bin, name)))
	}
	return m
}

func (m machine) has(t *testing.T, name, script string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(m.bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755))
}

// need returns what the script complains about, and whether it succeeded.
func (m machine) need(t *testing.T, names ...string) (string, bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "/bin/sh", append([]string{"need"}, names...)...)
	cmd.Env = []string{"PATH=" + m.bin, "CHROMIUM=" + filepath.Join(m.bin, "chromium")}
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	err := cmd.Run()
	return complaints.String(), err == nil
}

func (m machine) aptCalls(t *testing.T) string {
	t.Helper()
	calls, err := os.ReadFile(filepath.Join(m.bin, "apt-get.calls"))
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return string(calls)
}

func TestNeed_WithoutTheRightToInstall_SaysAllThatIsMissingAtOnce(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "1000")
	m.has(t, "git", "")
	said, ok := m.need(t, "cc", "git", "curl", "python", "chromium", "pgbouncer", "postgresql")
	require.False(t, ok)
	for _, name := range []string{"cc ", "curl ", "python ", "chromium ", "pgbouncer ", "postgresql "} {
		require.Contains(t, said, "\n  "+name)
	}
	require.NotContains(t, said, "\n  git ")
	require.Contains(
		t,
		said,
		"sudo apt-get install -y --no-install-recommends gcc libc6-dev curl python3 python3-pip chromium pgbouncer postgresql\n",
	)
	require.Empty(t, m.aptCalls(t))
}

func TestNeed_AsRoot_InstallsWhatIsMissing(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "0")
	m.has(t, "apt-get", `echo "apt-get $*" >>"$0.calls"; printf '#!/bin/sh\n' >"${0%/*}/curl"; printf '#!/bin/sh\n' >"${0%/*}/git"; `+
		chmod(t)+` 755 "${0%/*}/curl" "${0%/*}/git"`)
	said, ok := m.need(t, "curl", "git")
	require.True(t, ok, said)
	require.Contains(t, m.aptCalls(t), "install -y --no-install-recommends curl git\n")

	_, ok = m.need(t, "curl", "git")
	require.True(t, ok)
	require.Equal(t, 1, bytes.Count([]byte(m.aptCalls(t)), []byte("install -y")), "nothing is missing any more")
}

func TestNeed_AsRoot_WhenInstallingFails_SaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "0")
	m.has(t, "apt-get", `echo "no network"; exit 1`)
	said, ok := m.need(t, "curl", "git")
	require.False(t, ok)
	require.Contains(t, said, "no network")
	require.Contains(t, said, "\n  curl ")
	require.Contains(t, said, "\n  git ")
}

func TestNeed_OfGo_DoesNotInstallAnOldOne(t *testing.T) {
	t.Parallel()
	m := newMachine(t, "0")
	said, ok := m.need(t, "go", "curl")
	require.False(t, ok)
	require.Contains(t, said, "https://go.dev/dl")
	require.Empty(t, m.aptCalls(t))
}

func chmod(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("chmod")
	require.NoError(t, err)
	return path
}
