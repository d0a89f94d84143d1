package nutrient_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

func TestTable_HasEveryLineFilledInAndNoNameTwice(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for id, n := range nutrient.Table {
		require.NotEmpty(t, n.Key, id)
		require.NotEmpty(t, n.Name, n.Key)
		require.Positive(t, n.Max, n.Key)
		names := []string{"key " + n.Key}
		for _, s := range n.FDC {
			names = append(names, "fdc "+s.Name)
			require.Positive(t, s.Factor, n.Key)
		}
		for _, s := range n.OpenFoodFacts {
			names = append(names, "off "+s.Name)
			require.Positive(t, s.Factor, n.Key)
		}
		for _, name := range names {
			require.Empty(t, seen[name], "%s belongs to %s and to %s", name, seen[name], n.Key)
			seen[name] = n.Key
		}
		suffix := map[nutrient.Unit]string{nutrient.G: "_g", nutrient.Mg: "_mg", nutrient.Mcg: "_mcg", nutrient.Kcal: ""}[n.Unit]
		require.True(t, strings.HasSuffix(n.Key, suffix), "%s is in %s", n.Key, n.Unit)
		found, ok := nutrient.ByKey(n.Key)
		require.True(t, ok)
		require.Equal(t, nutrient.ID(id), found)
	}
	_, ok := nutrient.ByKey("phlogiston_g")
	require.False(t, ok)
}

// drawValues has each nutrient known or not, with the three digits that the database keeps of a logged item.
func drawValues(t *rapid.T) (v nutrient.Values) {
	for id := range nutrient.Count {
		if rapid.Bool().Draw(t, "known") {
			v.Set(id, float64(rapid.IntRange(0, 1_000_000_000).Draw(t, "thousandths"))/1000)
		}
	}
	return v
}

func TestValues_AsJSON_ComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := drawValues(t)
		b, err := json.Marshal(v)
		require.NoError(t, err)
		var fields map[string]float64
		require.NoError(t, json.Unmarshal(b, &fields))
		for id, n := range nutrient.Table {
			amount, known := v.Get(nutrient.ID(id))
			got, there := fields[n.Key]
			require.Equal(t, known, there, n.Key)
			require.Equal(t, amount, got, n.Key)
		}
		var back nutrient.Values
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, v, back)
	})
}

func TestValues_FromJSON_IgnoreOtherFieldsAndRefuseOtherTypes(t *testing.T) {
	t.Parallel()
	var v nutrient.Values
	require.NoError(t, json.Unmarshal([]byte(`{"id":"x","calories":3,"protein_g":null}`), &v))
	require.Equal(t, nutrient.Of(map[nutrient.ID]float64{nutrient.Calories: 3}), v)
	require.ErrorContains(t, json.Unmarshal([]byte(`{"calories":"3"}`), &v), "calories")
	require.Error(t, json.Unmarshal([]byte(`[1]`), &v))
}

func TestPatch_SetsClearsAndKeeps(t *testing.T) {
	t.Parallel()
	v := nutrient.Of(map[nutrient.ID]float64{nutrient.Calories: 1, nutrient.Fiber: 2, nutrient.Sugar: 3})
	var p nutrient.Patch
	require.NoError(t, json.Unmarshal([]byte(`{"calories":10,"fiber_g":null,"iron_mg":0}`), &p))
	p.Apply(&v)
	require.Equal(t, nutrient.Of(map[nutrient.ID]float64{nutrient.Calories: 10, nutrient.Sugar: 3, nutrient.Iron: 0}), v)
	require.False(t, v.Knows(nutrient.Calories, nutrient.Fiber))
	require.True(t, v.Knows(nutrient.Iron), "0 is known")
}

// The sum is compared with one of rational numbers.
func TestSum_IsExactAndSaysHowMuchIsKnown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.IntRange(0, 6).Draw(t, "items")
		var whole, half nutrient.Sum
		exact := make([]*big.Rat, nutrient.Count)
		known := make([]int, nutrient.Count)
		for i := range items {
			v := drawValues(t)
			if i%2 == 0 {
				half.Add(v)
			} else {
				whole.Add(v)
			}
			for id := range nutrient.Count {
				if amount, ok := v.Get(id); ok {
					if exact[id] == nil {
						exact[id] = new(big.Rat)
					}
					exact[id].Add(exact[id], big.NewRat(int64(math.Round(amount*1000)), 1000))
					known[id]++
				}
			}
		}
		whole.Merge(half)
		require.Equal(t, items, whole.Items())
		totals := whole.Totals()
		for id := range nutrient.Count {
			amount, ok := totals.Get(id)
			share, hasShare := totals.Coverage.Get(id)
			require.Equal(t, items > 0, hasShare)
			if exact[id] == nil {
				require.Equal(t, items == 0 && id < nutrient.Macros, ok)
				require.Zero(t, amount)
				continue
			}
			want, _ := exact[id].Float64()
			require.Equal(t, want, amount)
			require.InDelta(t, float64(known[id])/float64(items), share, 0.0005)
		}
	})
}

func TestTotals_AsJSON_HaveTheCoverageBesideTheAmounts(t *testing.T) {
	t.Parallel()
	var s nutrient.Sum
	b, err := json.Marshal(s.Totals())
	require.NoError(t, err)
	require.JSONEq(t, `{"calories":0,"protein_g":0,"carbs_g":0,"fat_g":0,"coverage":{}}`, string(b))
	s.Add(nutrient.Of(map[nutrient.ID]float64{nutrient.Calories: 3.5}))
	s.Add(nutrient.Of(map[nutrient.ID]float64{nutrient.Calories: 1, nutrient.Iron: 0.001}))
	var got struct {
		Calories float64 `json:"calories"`
		Iron     float64 `json:"iron_mg"`
		Coverage map[string]float64
	}
	b, err = json.Marshal(s.Totals())
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &got))
	require.Equal(t, 4.5, got.Calories)
	require.Equal(t, 0.001, got.Iron)
	require.Equal(t, 1.0, got.Coverage["calories"])
	require.Equal(t, 0.5, got.Coverage["iron_mg"])
	require.Equal(t, 0.0, got.Coverage["protein_g"])
}
