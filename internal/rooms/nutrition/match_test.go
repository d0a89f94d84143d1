package nutrition_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ultimatecoach/api/internal/rooms/nutrition"
)

func TestCutUnit_TextWithAndWithoutAUnit_IsDividedBehindIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"slices of toast": {"slices of", "toast"}, "g oats": {"g", "oats"}, "colheres de sopa de azeite": {"colheres de sopa de", "azeite"},
		"g": {"g", ""}, "toast": {"", "toast"}, "": {"", ""},
	} {
		unit, food, ok := nutrition.CutUnit(text)
		assert.Equal(t, want, [2]string{unit, food}, text)
		assert.Equal(t, want[0] != "", ok, text)
	}
}
