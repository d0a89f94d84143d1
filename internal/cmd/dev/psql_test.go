package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/postgres"
)

func TestPSQL_NoDatabase_ReturnsHelpAndCreatesNone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "postgres")
	_, err := openEmbedded(t.Context(), dir)
	require.ErrorContains(t, err, "make run")
	_, err = os.Stat(dir)
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestPSQL_OpensTheDatabaseOfMakeRun(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(openTempDir(t), "postgres")
	up, err := postgres.Start(t.Context(), postgres.Options{Dir: dir})
	require.NoError(t, err)
	for _, borrowed := range []bool{true, false} {
		server, err := openEmbedded(t.Context(), dir)
		require.NoError(t, err)
		require.Equal(t, borrowed, server.Borrowed)
		program := server.Program("psql")
		if _, err := os.Stat(program); err == nil { // else the server is the system's, without its clients
			file := filepath.Join(t.TempDir(), "out")
			require.NoError(
				t,
				psqlCommand{Args: []string{"-q", "-A", "-t", "-o", file, "-c", "select current_database()"}}.run(program, server.URL),
			)
			out, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, "ultimate_coach\n", string(out))
		}
		require.NoError(t, server.Stop())
		if borrowed {
			require.NoError(t, up.Stop())
		}
	}
}

// openTempDir is a folder that Postgres can enter when it runs as another user than root.
func openTempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "coach-psql-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}
