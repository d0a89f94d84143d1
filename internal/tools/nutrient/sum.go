package nutrient

import "math"

// thousand is what the database keeps of a logged nutrient: 0.001. Sums are made of whole thousandths, and so lose
// nothing: an int64 holds nine thousand million tonnes of them.
const thousand = 1000

// Sum adds up items exactly.
type Sum struct {
	items   int
	amounts [Count]int64 // thousandths
	known   [Count]int   // how many items know the nutrient
}

// SumOf is a sum that the database made: of so many items, of which known[id] know a nutrient.
func SumOf(items int, sums Values, known []int32) Sum {
	s := Sum{items: items}
	for id := range Count {
		s.amounts[id] = thousandths(sums.Amount(id))
		s.known[id] = int(known[id])
	}
	return s
}

// Items is how many were added.
func (s *Sum) Items() int { return s.items }

// Add adds an item.
func (s *Sum) Add(v Values) {
	s.items++
	for id := range Count {
		if amount, ok := v.Get(id); ok {
			s.amounts[id] += thousandths(amount)
			s.known[id]++
		}
	}
}

// Merge adds the items of another sum.
func (s *Sum) Merge(other Sum) {
	s.items += other.items
	for id := range Count {
		s.amounts[id] += other.amounts[id]
		s.known[id] += other.known[id]
	}
}

// Remaining is a target less what was eaten.
func (s *Sum) Remaining(id ID, target int) float64 {
	return float64(int64(target)*thousand-s.amounts[id]) / thousand
}

// Totals leave out what no item knows. Nothing eaten is no energy and no macros, but says nothing of other nutrients.
func (s *Sum) Totals() Totals { return s.Average(1) }

// Average is a share of the totals, as of one of so many days.
func (s *Sum) Average(divisor int) (t Totals) {
	for id := range Count {
		if s.known[id] > 0 || s.items == 0 && id < Macros {
			t.Set(id, math.Round(float64(s.amounts[id])/float64(divisor))/thousand)
		}
		if s.items > 0 {
			t.Coverage.Set(id, math.Round(float64(s.known[id])/float64(s.items)*thousand)/thousand)
		}
	}
	return t
}

// Totals are a sum of items, and how much of it is known.
type Totals struct {
	Values
	// Coverage is the share of the items that know a nutrient, 0 to 1; empty without items.
	Coverage Values
}

// MarshalJSON writes the amounts, and the coverage as a field beside them.
func (t Totals) MarshalJSON() ([]byte, error) {
	b := t.appendFields([]byte{'{'})
	if len(b) > 1 {
		b = append(b, ',')
	}
	b = append(b, `"coverage":{`...)
	return append(t.Coverage.appendFields(b), '}', '}'), nil
}

func thousandths(v float64) int64 { return int64(math.Round(v * thousand)) }
