package nutrition

import (
	"math"

	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
)

// nutrients are the sixteen that the service knows, in the contract's order; nil is not known. Energy comes first.
type nutrients [16]*float64

// nutrientsOf reads a line of the diary.
func nutrientsOf(d queries.Diary) nutrients {
	return nutrients{
		d.Calories, d.ProteinG, d.CarbsG, d.FatG, d.FiberG, d.SugarG, d.AddedSugarG, d.SaturatedFatG,
		d.CholesterolMg, d.SodiumMg, d.PotassiumMg, d.CalciumMg, d.IronMg, d.VitaminDMcg, d.CaffeineMg, d.AlcoholG,
	}
}

func (n nutrients) item() api.ItemNutrients {
	return api.ItemNutrients{
		Calories: value(n[0]), ProteinG: n[1], CarbsG: n[2], FatG: n[3], FiberG: n[4], SugarG: n[5], AddedSugarG: n[6], SaturatedFatG: n[7],
		CholesterolMg: n[8], SodiumMg: n[9], PotassiumMg: n[10], CalciumMg: n[11], IronMg: n[12], VitaminDMcg: n[13], CaffeineMg: n[14], AlcoholG: n[15],
	}
}

// precision is what the database keeps of a nutrient: 0.001, so sums are made of whole thousandths and lose nothing.
// A float64 holds 2⁵³ of them exactly: nine thousand tonnes.
const precision = 1000

// tally is an exact sum of items.
type tally struct {
	items int
	sum   [16]int64 // thousandths
	known [16]int   // how many items know the nutrient
}

func (t *tally) add(n nutrients) {
	t.items++
	for i, v := range n {
		if v != nil {
			t.sum[i] += thousandths(*v)
			t.known[i]++
		}
	}
}

func (t *tally) merge(other tally) {
	t.items += other.items
	for i := range t.sum {
		t.sum[i] += other.sum[i]
		t.known[i] += other.known[i]
	}
}

// macros are the nutrients that a sum of nothing has: no food is no energy.
const macros = 4

// totals leave out what no item knows.
func (t *tally) totals() api.Totals { return t.over(1) }

// over is the average of so many.
func (t *tally) over(divisor int) api.Totals {
	var n, share nutrients
	for i := range t.sum {
		if t.known[i] > 0 || t.items == 0 && i < macros {
			n[i] = new(math.Round(float64(t.sum[i])/float64(divisor)) / precision)
		}
		if t.items > 0 {
			share[i] = new(math.Round(float64(t.known[i])/float64(t.items)*precision) / precision)
		}
	}
	return api.Totals{
		Calories: value(n[0]), ProteinG: n[1], CarbsG: n[2], FatG: n[3], FiberG: n[4], SugarG: n[5], AddedSugarG: n[6], SaturatedFatG: n[7],
		CholesterolMg: n[8], SodiumMg: n[9], PotassiumMg: n[10], CalciumMg: n[11], IronMg: n[12], VitaminDMcg: n[13], CaffeineMg: n[14], AlcoholG: n[15],
		Coverage: api.Coverage{
			Calories: share[0], ProteinG: share[1], CarbsG: share[2], FatG: share[3], FiberG: share[4], SugarG: share[5], AddedSugarG: share[6], SaturatedFatG: share[7],
			CholesterolMg: share[8], SodiumMg: share[9], PotassiumMg: share[10], CalciumMg: share[11], IronMg: share[12], VitaminDMcg: share[13], CaffeineMg: share[14], AlcoholG: share[15],
		},
	}
}

func thousandths(v float64) int64 { return int64(math.Round(v * precision)) }

// value is 0 for nil: only where the database has no null.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
