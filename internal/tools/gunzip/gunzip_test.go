package gunzip_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/gunzip"
)

var errDamaged = errors.New("damaged")

func damaged(error) error { return errDamaged }

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

func TestNewReader_WholeFile_ReturnsItsContent(t *testing.T) {
	t.Parallel()
	file := packed(t, "content")
	require.True(t, gunzip.IsPacked(file[:2]))
	require.False(t, gunzip.IsPacked([]byte("content")))
	r, err := gunzip.NewReader(bytes.NewReader(file), damaged)
	require.NoError(t, err)
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	require.Equal(t, "content", string(text))
}

func TestNewReader_CutOrChangedFile_IsDamaged(t *testing.T) {
	t.Parallel()
	file := packed(t, strings.Repeat("all work and no play ", 100))
	changed := bytes.Clone(file)
	changed[len(changed)-6] ^= 1 // in the checksum
	broken := bytes.Clone(file)
	broken[12] = 0xff
	for name, content := range map[string][]byte{"cut": file[:len(file)-9], "checksum": changed, "compressed data": broken} {
		r, err := gunzip.NewReader(bytes.NewReader(content), damaged)
		require.NoError(t, err, name)
		_, err = io.Copy(io.Discard, r)
		require.ErrorIs(t, err, errDamaged, name)
	}
	_, err := gunzip.NewReader(bytes.NewReader(file[:4]), damaged)
	require.Error(t, err)
}
