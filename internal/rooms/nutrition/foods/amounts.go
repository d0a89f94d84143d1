package foods

import (
	"slices"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// amounts are what one statement of a source says 100 g hold: for each nutrient the amounts that it gives, the preferred
// first. Energy may be given in kcal and in kJ, sodium also as salt.
type amounts [nutrient.Count][]float64

func (a *amounts) add(id nutrient.ID, amount float64) { a[id] = append(a[id], amount) }

func (a amounts) empty() bool {
	return !slices.ContainsFunc(a[:], func(list []float64) bool { return len(list) > 0 })
}

// bestValues returns the most plausible values of several statements about one food, the preferred one first: the macros
// are those of one statement, everything else is taken from the first one in which it is possible.
func bestValues(statements []amounts) (best nutrient.Values) {
	values := make([]nutrient.Values, len(statements))
	for i := range statements {
		values[i] = statements[i].values()
	}
	if len(values) == 0 {
		return best
	}
	base := slices.IndexFunc(values, plausible)
	if base < 0 {
		base = max(0, slices.IndexFunc(values, possible))
	}
	best = values[base]
	for _, v := range values {
		for id := range nutrient.Count {
			if amount, known := v.Get(id); known && inRange(&v, id) && (!best.Knows(id) || !inRange(&best, id)) {
				best.Set(id, amount)
			}
		}
	}
	return best
}

// possible reports whether energy and macros are known and can be in 100 g.
func possible(v nutrient.Values) bool {
	for id := range nutrient.ID(nutrient.Macros) {
		if !v.Knows(id) || !inRange(&v, id) {
			return false
		}
	}
	return macroGrams(&v) <= 100+macroSlack
}

// plausible is possible with an energy that fits the macros.
func plausible(v nutrient.Values) bool {
	off, _ := EnergyOff(&v)
	return possible(v) && !off
}

// values returns of each nutrient the first amount that is plausible: in range, an energy that fits the macros, a sodium whose
// salt has room beside them. Where none is, it returns the first one in range, or the first one, for check to judge.
func (a *amounts) values() (v nutrient.Values) {
	for id := range nutrient.Count {
		for _, amount := range a[id] {
			if !v.Knows(id) || !inRange(&v, id) {
				v.Set(id, amount)
			}
		}
		if len(a[id]) > 0 && !inRange(&v, id) {
			v.Set(id, a[id][0])
		}
	}
	a.prefer(&v, nutrient.Calories, func(v *nutrient.Values) bool {
		off, _ := EnergyOff(v)
		return !off
	})
	a.prefer(&v, nutrient.Sodium, saltFits)
	return v
}

// prefer sets the first amount in range with which the values fit. If there is none it changes nothing.
func (a *amounts) prefer(v *nutrient.Values, id nutrient.ID, fits func(*nutrient.Values) bool) {
	for _, amount := range a[id] {
		changed := *v
		changed.Set(id, amount)
		if inRange(&changed, id) && fits(&changed) {
			*v = changed
			return
		}
	}
}

// saltFits reports whether the sodium, as salt, weighs no more than the macros leave of 100 g. It chooses between two amounts;
// it refuses none, since sodium is not always that of salt.
func saltFits(v *nutrient.Values) bool {
	return v.Amount(nutrient.Sodium)*100/nutrient.Table[nutrient.Sodium].Max+macroGrams(v) <= 100+macroSlack
}
