package nutrient

import "math"

// thousand converts to thousandths. Logged amounts have three decimal places, so sums of whole thousandths are exact; an
// int64 is large enough for thousands of millions of tonnes.
const thousand = 1000

// Sum adds up items exactly.
type Sum struct {
	items   int
	amounts [Count]int64 // thousandths
	known   [Count]int   // how many items know the nutrient
}

// SumOf returns a sum that the database computed: of that many items, known[id] of which have the nutrient.
func SumOf(items int, sums Values, known []int32) Sum {
	s := Sum{items: items}
	for id := range Count {
		s.amounts[id] = thousandths(sums.Amount(id))
		s.known[id] = int(known[id])
	}
	return s
}

// Items returns how many items were added.
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

// Remaining returns the target minus the sum.
func (s *Sum) Remaining(id ID, target int) float64 {
	return float64(int64(target)*thousand-s.amounts[id]) / thousand
}

// Totals returns the sums; a nutrient that no item has is unknown. Without items, energy and macros are 0.
func (s *Sum) Totals() Totals { return s.Average(1) }

// Average returns the totals divided by divisor, such as a number of days.
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

// Totals are the sums of items, and the share of items that each is known of.
type Totals struct {
	Values
	// Coverage is the share of the items that have a nutrient, 0 to 1; empty without items.
	Coverage Values
}

// MarshalJSON writes the amounts, and the field coverage.
func (t Totals) MarshalJSON() ([]byte, error) {
	b := t.appendFields([]byte{'{'})
	if len(b) > 1 {
		b = append(b, ',')
	}
	b = append(b, `"coverage":{`...)
	return append(t.Coverage.appendFields(b), '}', '}'), nil
}

func thousandths(v float64) int64 { return int64(math.Round(v * thousand)) }
