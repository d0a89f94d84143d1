package main

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPI_LinksNoDevelopmentOrTestPackages(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	deps := strings.Fields(string(out))
	require.Contains(t, deps, "github.com/ultimatecoach/api/internal/server")
	for _, dep := range deps {
		for _, unwanted := range []string{"/internal/dev/", "/internal/checks/", "/gen/client", "kin-openapi", "testify"} {
			require.NotContains(t, dep, unwanted)
		}
	}
}
