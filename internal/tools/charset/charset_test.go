package charset_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/charset"
)

func TestUTF8_EncodingsOfFiles_AreConverted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"UTF-8":                      {"Käse", "Käse"},
		"UTF-8 with a mark":          {"\ufeffKäse", "Käse"},
		"UTF-16 with a mark":         {"\xff\xfeK\x00\xe4\x00s\x00e\x00", "Käse"},
		"UTF-16, big end first":      {"\xfe\xff\x00K\x00\xe4\x00s\x00e", "Käse"},
		"UTF-16 without a mark":      {"K\x00a\x00\xe4\x00", "Kaä"},
		"Windows-1252":               {"K\xe4se \x80", "Käse €"},
		"UTF-8 and Windows-1252":     {"Käse, K\xe4se", "Käse, Käse"},
		"cut in a character":         {"K\xc3", "KÃ"},
		"characters at a buffer end": {strings.Repeat("a", 65_535) + "ä", strings.Repeat("a", 65_535) + "ä"},
		"empty":                      {"", ""},
		"a mark alone":               {"\ufeff", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := charset.UTF8(strings.NewReader(c.in))
			require.NoError(t, err)
			got, err := io.ReadAll(text)
			require.NoError(t, err)
			require.Equal(t, c.want, string(got))
		})
	}
}

func TestUTF8_ReaderThatFails_ReturnsItsError(t *testing.T) {
	t.Parallel()
	_, err := charset.UTF8(io.MultiReader(strings.NewReader("ab"), failing{}))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }
