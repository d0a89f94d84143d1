package nutrient

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// Values are amounts of nutrients, each known or unknown; unknown is not 0. In the zero value all are unknown. Values can be
// compared with ==. As JSON they are an object with the known amounts by key.
type Values struct {
	amounts [Count]float64 // 0 where unknown
	known   set
}

// set is a set of nutrients, one bit each.
type set uint64

func (s set) has(id ID) bool { return s&(1<<id) != 0 }
func (s *set) add(id ID)     { *s |= 1 << id }
func (s *set) remove(id ID)  { *s &^= 1 << id }

// Of returns values with the amounts of a map.
func Of(amounts map[ID]float64) (v Values) {
	for id, amount := range amounts {
		v.Set(id, amount)
	}
	return v
}

// ValuesOf returns known amounts of all nutrients, in the order of Table; more than that are those of a newer release.
func ValuesOf(amounts []float64) (v Values) {
	for id := range Count {
		v.Set(id, amounts[id])
	}
	return v
}

// Get returns an amount, and whether it is known.
func (v *Values) Get(id ID) (amount float64, known bool) { return v.amounts[id], v.known.has(id) }

// Amount returns the amount, 0 when it is unknown.
func (v *Values) Amount(id ID) float64 { return v.amounts[id] }

// Knows reports whether all of these are known.
func (v *Values) Knows(ids ...ID) bool {
	for _, id := range ids {
		if !v.known.has(id) {
			return false
		}
	}
	return true
}

// Set sets an amount.
func (v *Values) Set(id ID, amount float64) {
	v.amounts[id] = amount
	v.known.add(id)
}

// Forget makes an amount unknown.
func (v *Values) Forget(id ID) {
	v.amounts[id] = 0
	v.known.remove(id)
}

// Times returns every amount multiplied by factor and rounded to digits decimal places.
func (v Values) Times(factor float64, digits int) Values {
	scale := math.Pow10(digits)
	for id := range Count {
		if v.known.has(id) {
			v.amounts[id] = math.Round(v.amounts[id]*factor*scale) / scale
		}
	}
	return v
}

// MarshalJSON writes the known amounts in the order of the table.
func (v Values) MarshalJSON() ([]byte, error) { return append(v.appendFields([]byte{'{'}), '}'), nil }

// appendFields writes the known amounts as fields of an object, without its braces.
func (v *Values) appendFields(b []byte) []byte {
	first := true
	for id := range Count {
		if !v.known.has(id) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(append(b, '"'), Table[id].Key...), '"', ':')
		b = strconv.AppendFloat(b, v.amounts[id], 'f', -1, 64)
	}
	return b
}

// UnmarshalJSON reads the amounts of an object and ignores its other fields; null is unknown.
func (v *Values) UnmarshalJSON(b []byte) error {
	*v = Values{}
	return eachField(b, func(id ID, amount *float64) {
		if amount != nil {
			v.Set(id, *amount)
		}
	})
}

func eachField(b []byte, take func(ID, *float64)) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	for id := range Count {
		raw, ok := fields[Table[id].Key]
		if !ok {
			continue
		}
		var amount *float64
		if err := json.Unmarshal(raw, &amount); err != nil {
			return fmt.Errorf("%s: %w", Table[id].Key, err)
		}
		take(id, amount)
	}
	return nil
}

// Patch is a JSON merge patch of values: an amount is set, null makes it unknown, an absent field changes nothing.
type Patch struct {
	set     Values
	cleared set
}

// UnmarshalJSON reads the patch.
func (p *Patch) UnmarshalJSON(b []byte) error {
	*p = Patch{}
	return eachField(b, func(id ID, amount *float64) {
		if amount == nil {
			p.cleared.add(id)
		} else {
			p.set.Set(id, *amount)
		}
	})
}

// Apply applies the patch to v.
func (p *Patch) Apply(v *Values) {
	for id := range Count {
		switch amount, set := p.set.Get(id); {
		case set:
			v.Set(id, amount)
		case p.cleared.has(id):
			v.Forget(id)
		}
	}
}
