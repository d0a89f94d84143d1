package foods

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// EachSeedRow reads a seed file, row by row, as cells by heading.
func EachSeedRow(t *testing.T, file string, take func(row map[string]string)) {
	t.Helper()
	require.NoError(t, eachRow(file, func(r record) error {
		row := map[string]string{}
		for heading := range r.columns {
			row[heading] = r.text(heading)
		}
		take(row)
		return nil
	}))
}
