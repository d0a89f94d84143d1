package text_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ultimatecoach/api/internal/tools/text"
)

func TestOneLetterApart_OneChange_IsFound(t *testing.T) {
	t.Parallel()
	for words, want := range map[[2]string]bool{
		{"banana", "bannana"}: true, {"bannana", "banana"}: true, {"banana", "bonana"}: true, {"crème", "creme"}: true, {"", "a"}: true,
		{"banana", "banana"}: false, {"banana", "bonano"}: false, {"protein", "protien"}: false, {"oat", "oatss"}: false, {"", ""}: false,
	} {
		assert.Equal(t, want, text.OneLetterApart([]rune(words[0]), []rune(words[1])), words)
	}
}
