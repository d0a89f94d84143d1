package exercise_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/exercise"
)

func TestFile_Checksum_IsTheOneThatWasChecked(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("data/exercises.csv")
	require.NoError(t, err)
	sum := sha256.Sum256(content)
	require.Equal(t, "51ee20436dba8ffded0f17286ed062d144acaf86a9770768f4b56cbb3fdc47ed", hex.EncodeToString(sum[:]))
}

func TestSearch_Query_FindsByWordsMuscleAndEquipment(t *testing.T) {
	t.Parallel()
	require.Len(t, exercise.Search("", "", "", 10_000), 873)
	for _, e := range exercise.Search("barb squ", "quadriceps", "barbell", 50) {
		require.Contains(t, e.Name, "Squat")
		require.Contains(t, e.PrimaryMuscles, "quadriceps")
		require.Equal(t, "barbell", e.Equipment)
		require.Equal(t, e.ID, exercise.Find(e.ID).ID)
	}
	require.NotEmpty(t, exercise.Search("barb squ", "quadriceps", "barbell", 50))
	require.Len(t, exercise.Search("", "", "", 3), 3)
	require.Empty(t, exercise.Search("quat", "", "", 10), "not in the middle of a word")
	require.Nil(t, exercise.Find("nothing"))
}
