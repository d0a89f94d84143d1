package foods_test

import (
	"context"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

func TestWrite_AServingThatComesBack_IsShownAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	conn, err := pgx.Connect(t.Context(), d.OwnerURL)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	large := foods.Serving{ID: uuid.New(), Label: "1 large", Grams: 50, IsDefault: true}
	heavier := foods.Serving{ID: large.ID, Label: "1 large", Grams: 56, IsDefault: true}
	renamed := foods.Serving{ID: large.ID, Label: "1 large egg", Grams: 56, IsDefault: true}
	medium := foods.Serving{ID: uuid.New(), Label: "1 medium", Grams: 44, IsDefault: true}
	for _, release := range [][]foods.Serving{{large}, {medium}, {heavier}, nil, {renamed}, {medium}, {large}} {
		egg := foods.Food{SourceID: "egg", Name: "Egg", Tier: foods.TierPlain, Nutrients: nutrient.Of(map[nutrient.ID]float64{
			nutrient.Calories: 143, nutrient.Protein: 12.6, nutrient.Carbs: 0.7, nutrient.Fat: 9.5,
		}), Servings: release}
		_, err := foods.Write(t.Context(), conn, foods.Own, []foods.Food{egg}, nil)
		require.NoError(t, err)

		rows, err := conn.Query(
			t.Context(),
			`select id, label, grams::float8 as grams, is_default from public.food_servings where deleted_at is null`,
		)
		require.NoError(t, err)
		shown, err := pgx.CollectRows(rows, pgx.RowToStructByPos[foods.Serving])
		require.NoError(t, err)
		require.ElementsMatch(t, release, shown)
	}
}
