package fuzz

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// tool is an installed schemathesis.
type tool struct {
	python string
}

// install installs requirements.txt with pip into out/, once per version of the file.
func install(t *testing.T) tool {
	t.Helper()
	version, err := exec.Command("python3", "-c", "import sys; print(sys.version_info >= (3, 11), sys.version)").CombinedOutput()
	require.NoError(t, err, "fuzzing needs Python 3.11 or newer: %s", version)
	require.True(t, bytes.HasPrefix(version, []byte("True")), "fuzzing needs Python 3.11 or newer, not %s", version)
	pins, err := os.ReadFile("requirements.txt")
	require.NoError(t, err)
	sum := sha256.New()
	sum.Write(version)
	sum.Write(pins)
	want := fmt.Appendf(nil, "%x", sum.Sum(nil))

	venv := out(t, "venv")
	require.NoError(t, os.MkdirAll(filepath.Dir(venv), 0o755))
	// Two test runs in one tree must not install at the same time.
	lock, err := os.Create(venv + ".lock")
	require.NoError(t, err)
	defer lock.Close()
	require.NoError(t, syscall.Flock(int(lock.Fd()), syscall.LOCK_EX))
	x := tool{python: filepath.Join(venv, "bin", "python")}
	marker := filepath.Join(venv, "installed")
	if have, err := os.ReadFile(marker); err == nil && bytes.Equal(have, want) {
		return x
	}
	require.NoError(t, os.RemoveAll(venv))
	pip := []string{
		"-m",
		"pip",
		"--disable-pip-version-check",
		"--no-input",
		"install",
		"--quiet",
		"--require-hashes",
		"--only-binary=:all:",
		"-r",
		"requirements.txt",
	}
	for _, command := range []*exec.Cmd{
		// --without-pip: Debian does not ship what venv needs to install pip.
		exec.CommandContext(t.Context(), "python3", "-m", "venv", "--without-pip", venv),
		exec.CommandContext(t.Context(), "python3", append([]string{"-m", "pip", "--python", x.python}, pip[2:]...)...),
	} {
		output, err := command.CombinedOutput()
		require.NoError(t, err, "%s: %s", command, output)
	}
	require.NoError(t, os.WriteFile(marker, want, 0o644))
	return x
}
