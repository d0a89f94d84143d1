//go:build fuzz

package fuzz

import (
	"flag"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	seeds = flag.String("seeds", "1,2,3,4", "one run for each")
	cases = flag.Int("cases", 100, "per operation in the fuzzing phase")
)

// It has a build tag because it takes minutes: `make fuzz`.
func TestContractFuzz_AllPhases(t *testing.T) {
	for seed := range strings.SplitSeq(*seeds, ",") {
		n, err := strconv.Atoi(seed)
		require.NoError(t, err)
		t.Run("seed_"+seed, func(t *testing.T) { run(t, options{phases: allPhases, seed: n, cases: *cases}) })
	}
}
