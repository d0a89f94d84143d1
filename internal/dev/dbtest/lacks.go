package dbtest

import (
	"os"
	"testing"
)

// Lacks ends a test that needs a program which is not on this machine: it is skipped, except in CI, where nothing may be
// skipped silently.
func Lacks(tb testing.TB, program string, err error) {
	tb.Helper()
	if os.Getenv("CI") != "" {
		tb.Fatalf("CI has to bring %s: %v", program, err)
	} else {
		tb.Skipf("there is no %s on this machine: %v", program, err)
	}
}
