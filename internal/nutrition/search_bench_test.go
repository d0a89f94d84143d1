package nutrition_test

import (
	"cmp"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db/dbtest"
	"github.com/ultimatecoach/api/internal/foods"
)

// BenchmarkSearchFoods measures each class of queries on a catalogue of BENCH_FOODS foods (default 20 000). The budget is
// p99 ≤ 20 ms at a million, which takes five minutes to fill: BENCH_FOODS=1000000 go test -run - -bench SearchFoods ./internal/nutrition
func BenchmarkSearchFoods(b *testing.B) {
	size := 20_000
	if n, err := strconv.Atoi(os.Getenv("BENCH_FOODS")); err == nil {
		size = n
	}
	d := dbtest.New(b)
	_, err := foods.LoadStarter(b.Context(), d.OwnerURL)
	require.NoError(b, err)
	// Products with the words of real foods, some 20 000 brands, and one in five well known.
	_, err = d.Owner.Exec(b.Context(), `
		with base as (select array_agg(name) as names, count(*)::integer as n from public.foods)
		insert into public.foods (source, source_id, name, brand, tier, calories, protein_g, carbs_g, fat_g)
		select 'bench', i::text, left(names[(1 + i * 7919 % n)::integer] || ' ' || names[(1 + i * 104729 % n)::integer], (60 + i % 40)::integer), 'Brand ' || md5((i % 20000)::text),
		  case when i % 5 = 0 then 1 else 2 end, 100, 5, 10, 4
		from base, generate_series(1, $1::bigint) i`, size)
	require.NoError(b, err)
	_, err = d.Owner.Exec(b.Context(), "select private.count_food_words()")
	require.NoError(b, err)
	conn, err := pgx.Connect(b.Context(), d.OwnerURL)
	require.NoError(b, err)
	defer conn.Close(b.Context())
	_, err = conn.Exec(b.Context(), "vacuum analyze private.food_search, public.foods, private.food_words")
	require.NoError(b, err)
	for _, class := range []struct {
		name    string
		queries []string
	}{
		{"plain", []string{"egg", "banana", "chicken", "milk", "rice", "bread", "cheese", "salmon", "beef", "potato"}},
		{"two words", []string{"chicken breast", "brown rice", "peanut butter", "olive oil", "greek yogurt", "cooked beef", "raw cheese"}},
		{"unfinished", []string{"ban", "chi", "str", "bro", "pea", "coo", "with che", "a", "c", "be", "s"}},
		{"rare", []string{"teaseed oil", "gjetost", "dove squab", "zone bar", "kamut", "turtle green"}},
		{"common", []string{"chicken cooked", "beef lean cooked", "with added", "raw", "cooked", "oil", "cereal", "without salt added cooked"}},
		{"misspelled", []string{"bannana", "chiken breast", "avacado", "spagetti", "yougurt", "chedder cheese", "qwertyuiop"}},
		{"brand", []string{"mcdonalds", "kellogg", "big mac", "campbell soup", "snickers"}},
		{"nothing", []string{"xyzzy plugh", "aaaa bbbb cccc", "味噌"}},
	} {
		b.Run(class.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				for _, q := range class.queries {
					began := time.Now()
					rows, err := conn.Query(b.Context(), `
						select l.*
						from private.search_foods($1, null, 'all', null, null, null, null, 21) as h
						join public.food_list l on l.id = h.food_id
						order by h.section, h.score, h.food_id`, q)
					require.NoError(b, err)
					rows.Close()
					require.NoError(b, rows.Err())
					took = append(took, time.Since(began))
				}
			}
			slices.SortFunc(took, cmp.Compare)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}
