package foods

import (
	"errors"
	"io"
	"os"
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

// Plain is plain, Write is write.
var (
	Plain = plain
	Write = write
)

// ReadProducts returns how many products of a file of Open Food Facts can be read before its end or an error.
func ReadProducts(t *testing.T, path string) (products int, err error) {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	next, err := new(Import).offFile(file)
	if err != nil {
		return 0, err
	}
	for {
		switch _, err := next(); {
		case errors.Is(err, io.EOF):
			return products, nil
		case errors.Is(err, errUnreadable), errors.Is(err, errBlank):
		case err != nil:
			return products, err
		default:
			products++
		}
	}
}
