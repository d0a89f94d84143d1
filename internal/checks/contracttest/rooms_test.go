package contracttest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
	"github.com/ultimatecoach/api/internal/tools/contract"
)

// Every tag of the contract is a room with a contract test.
func TestTags_EachRoom_HasAContractTest(t *testing.T) {
	t.Parallel()
	c, err := contract.Compile(gen.OpenAPI)
	require.NoError(t, err)
	for _, op := range c.Operations() {
		file := filepath.Join("..", "..", "rooms", op.Tag, "contract_test.go")
		source, err := os.ReadFile(file)
		require.NoError(t, err, "%s has the tag %s", op.ID, op.Tag)
		require.Contains(t, string(source), "contracttest.Run(", file)
		require.Contains(t, string(source), `"`+op.Tag+`"`, file)
	}
}
