package foods_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/dev/dbtest"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
)

func TestLoadStarter_Twice_LoadsOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	loaded, err := foods.LoadStarter(t.Context(), d.OwnerURL)
	require.NoError(t, err)
	require.True(t, loaded)

	type golden struct {
		ID, Label                            string
		Calories, Protein, Carbs, Fat, Grams float64
	}
	for _, want := range []golden{
		{"09040", "1 medium (7\" to 7-7/8\" long)", 89, 1.09, 22.84, 0.33, 118},
		{"01123", "1 large", 143, 12.56, 0.72, 9.51, 50},
		{"05064", "", 165, 31.02, 0, 3.57, 0},
		{"20045", "1 cup", 130, 2.69, 28.17, 0.28, 158},
		{"08120", "", 379, 13.15, 67.7, 6.52, 0},
		{"04053", "1 tablespoon", 884, 0, 0, 100, 13.5},
		{"14209", "", 1, 0.12, 0, 0.02, 0},
	} {
		rows, err := d.Owner.Query(t.Context(), `
			select f.source_id, coalesce(s.label, ''), f.calories, f.protein_g, f.carbs_g, f.fat_g, coalesce(s.grams, 0)
			from public.foods f
			left join public.food_servings s on s.food_id = f.id and s.is_default
			where f.source = 'usda_sr28' and f.source_id = $1`, want.ID)
		require.NoError(t, err)
		got, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[golden])
		require.NoError(t, err)
		if want.Label == "" {
			require.NotEmpty(t, got.Label)
			got.Label, got.Grams = "", 0
		}
		require.Equal(t, want, got)
	}
	count := func(sql string) (n int) {
		require.NoError(t, d.Owner.QueryRow(t.Context(), sql).Scan(&n))
		return n
	}
	require.Equal(t, 2, count(`select count(*) from public.food_servings where food_id = 'f0000000-0000-4000-8000-000000000001'
		and (id, label) in (('f0000000-0000-4000-8000-000000000011', '1 large'), ('f0000000-0000-4000-8000-000000000012', '1 medium'))`), "the ids of the docs' examples")
	require.Equal(t, 8257, count("select count(*) from public.foods where source = 'usda_sr28'"))
	require.Equal(
		t,
		8257,
		count("select count(*) from private.food_search s join public.foods f on f.id = s.food_id where f.source = 'usda_sr28'"),
	)
	require.Greater(t, count("select count(*) from public.foods where added_sugar_g is null"), 8000, "unknown is not 0")
	require.Zero(t, count("select count(*) from public.food_servings where label ~ 'NLEA|yield from|refuse'"))

	loaded, err = foods.LoadStarter(t.Context(), d.OwnerURL)
	require.NoError(t, err)
	require.False(t, loaded, "the same files again")

	_, err = d.Owner.Exec(t.Context(), "delete from private.food_seeds")
	require.NoError(t, err)
	_, err = foods.LoadStarter(t.Context(), d.OwnerURL)
	require.NoError(t, err)
	require.Zero(t, count("select count(*) from public.foods where version > 1"), "foods that are as they were stay untouched")
	require.Zero(t, count("select count(*) from public.food_servings where deleted_at is not null"))
}
