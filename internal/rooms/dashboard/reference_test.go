package dashboard

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// 22 references for each sex and each of 6 groups of age.
func TestReferences_EveryGroup_HasEveryNutrient(t *testing.T) {
	t.Parallel()
	require.Len(t, references, 2*6*22)
	for _, sex := range []string{"male", "female"} {
		for age := 13; age <= 120; age++ {
			require.Len(t, referencesFor(sex, age), 22, "%s of %d years", sex, age)
		}
	}
	for _, c := range []struct {
		sex  string
		age  int
		want float64
	}{{"male", 30, 8}, {"female", 30, 18}, {"female", 51, 8}} {
		for _, r := range referencesFor(c.sex, c.age) {
			if r.nutrient == nutrient.Iron {
				require.Equal(t, c.want, r.amount)
			}
		}
	}
}
