package rooms_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	_ "github.com/ultimatecoach/api/internal/rooms" // their codes
	"github.com/ultimatecoach/api/internal/tools/problem"
)

var (
	raised       = regexp.MustCompile(`raise exception '([a-z_]+)' using errcode = 'UC000'`)
	chosenType   = regexp.MustCompile(`(?:bool_or\([^)]*\) then|else) '([a-z_]+)'\s+(?:when|else|end\s+into problems)`)
	refusedField = regexp.MustCompile(`refuse_field\([^;]*?, '([a-z_]+)'\);`)
	listedField  = regexp.MustCompile(`select '[a-z_]+'(?: as field)?, '([a-z_]+)'(?: as code)? where`)
)

// What SQL functions refuse they name by a code; status and sentence are where the code is defined in Go.
func TestCodes_ThatSQLFunctionsRaise_AreDefined(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../db/functions/*.sql")
	require.NoError(t, err)
	types, fields := 0, 0
	for _, name := range files {
		source, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, pattern := range []*regexp.Regexp{raised, chosenType} {
			for _, m := range pattern.FindAllStringSubmatch(string(source), -1) {
				if m[1] == "idempotency_answered" {
					continue // never leaves package idempotency: the stored response is sent
				}
				_, ok := problem.TypeOf(m[1])
				require.True(t, ok, "%s: no problem type %s", name, m[1])
				types++
			}
		}
		for _, pattern := range []*regexp.Regexp{refusedField, listedField} {
			for _, m := range pattern.FindAllStringSubmatch(string(source), -1) {
				_, ok := problem.FieldCodeOf(m[1])
				require.True(t, ok, "%s: no field code %s", name, m[1])
				fields++
			}
		}
	}
	require.GreaterOrEqual(t, types, 4)
	require.GreaterOrEqual(t, fields, 7)
}
