package foods

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/text"
)

// offSet is a set of nutrients of schema 1003 and later: nutrition.aggregated_set, which Open Food Facts makes of all sets
// that contributors and manufacturers entered, or one of these, nutrition.input_sets.
type offSet struct {
	aggregated  bool
	preparation string // as_sold or prepared
	per         string // 100g, 100ml, 1kg, 1l or serving
	quantity    looseNumber
	unit        string // of quantity
	source      string // manufacturer, packaging, usda or estimate
	nutrients   offAmounts
}

// minReference is the least grams that amounts must be given for to be converted to 100 g, as Open Food Facts has it.
const minReference = 5

// setNutrition reads the sets of a product. Those of the prepared product are left out, and so are estimates that Open Food
// Facts makes from ingredients: they are nothing that somebody has stated.
func (p *offProduct) setNutrition(raw jsontext.Value) {
	for field, value := range fieldsOf(raw) {
		switch field {
		case "aggregated_set":
			p.addSet(value, true)
		case "input_sets":
			for element := range elementsOf(value) {
				p.addSet(element, false)
			}
		}
	}
}

func (p *offProduct) addSet(raw jsontext.Value, aggregated bool) {
	set := offSet{aggregated: aggregated}
	for field, value := range fieldsOf(raw) {
		switch field {
		case "preparation":
			set.preparation = strings.ToLower(textOf(value))
		case "per":
			set.per = strings.ToLower(strings.ReplaceAll(textOf(value), " ", ""))
		case "per_quantity":
			set.quantity = numberOf(value)
		case "per_unit":
			set.unit = textOf(value)
		case "source":
			set.source = textOf(value)
		case "nutrients":
			set.setNutrients(value)
		}
	}
	switch {
	case len(set.nutrients) == 0 || set.source == "estimate":
	case set.preparation == "prepared":
		p.hasPrepared = true
	default:
		p.sets = append(p.sets, set)
	}
}

// setNutrients reads {"fat": {"value": 3.2, "unit": "g", "modifier": "<", "source": "packaging"}}, or a list of the same with names.
func (s *offSet) setNutrients(raw jsontext.Value) {
	for name, value := range fieldsOf(raw) {
		s.setNutrient(name, value)
	}
	for element := range elementsOf(raw) {
		s.setNutrient("", element)
	}
}

// setNutrient reads one nutrient. A bound or an estimate of the label ("<", "~") is used like a value: it is the best that is known.
// The modifier "-" says that the label has no value. An unknown unit makes the amount unknown.
func (s *offSet) setNutrient(name string, raw jsontext.Value) {
	amount, typedUnit := amountOf(raw) // also of a nutrient that is only a number
	var computed, entered looseNumber
	var unit, modifier, source string
	for field, value := range fieldsOf(raw) {
		switch field {
		case "name":
			name = textOf(value)
		case "value":
			amount, typedUnit = amountOf(value)
		case "value_computed":
			computed = numberOf(value)
		case "value_string":
			entered = numberOf(value)
		case "unit":
			unit = textOf(value)
		case "modifier":
			modifier = textOf(value)
		case "source":
			source = textOf(value)
		}
	}
	amount.v = cmp.Or(amount.v, entered.v, computed.v)
	factor, known := unitFactor(name, cmp.Or(typedUnit, unit))
	if amount.v != nil && known && source != "estimate" && modifier != "-" {
		s.nutrients.add(name, looseNumber{new(*amount.v * factor)})
	}
}

// withUnit is a number with its unit in one text: "13.5 g".
var withUnit = regexp.MustCompile(`^\s*([^\p{L}]*[0-9])\s*([\p{L}µ%]+)\s*$`)

// amountOf reads a number, and the unit that a text has behind it.
func amountOf(v jsontext.Value) (amount looseNumber, unit string) {
	if m := withUnit.FindStringSubmatch(textOf(v)); m != nil {
		amount.set(m[1])
		return amount, m[2]
	}
	return numberOf(v), ""
}

// order sorts sets, the preferred first: the aggregated one, then by source and reference as Open Food Facts does it.
func (s offSet) order() int {
	if s.aggregated {
		return 0
	}
	source := map[string]int{"manufacturer": 1, "packaging": 2, "usda": 3}
	per := map[string]int{"100g": 1, "100ml": 2, "1l": 3, "1kg": 4, "serving": 5}
	order := func(places map[string]int, key string) int {
		if place, ok := places[key]; ok {
			return place
		}
		return len(places) + 1
	}
	return 10*order(source, s.source) + order(per, s.per)
}

// factor converts the amounts of the set to 100 g; ml count as grams. serving is the weight of the product's serving.
func (s offSet) factor(serving float64) (factor float64, ok bool) {
	switch s.per {
	case "100g", "100ml":
		return 1, true
	case "1kg", "1l":
		return 0.1, true
	case "serving", "":
		grams := serving
		if weight, ok := weights[normalUnit(s.unit)]; ok && s.quantity.v != nil {
			grams = *s.quantity.v * weight
		} else if s.per == "" {
			grams = 100 // the aggregated set is always of 100 g or 100 ml
		}
		return 100 / max(grams, 1), grams >= minReference
	}
	return 0, false
}

// weights are the grams of units of weight and volume; ml count as grams.
var weights = map[string]float64{
	"g": 1, "mg": 1e-3, "mcg": 1e-6, "kg": 1e3, "ml": 1, "cl": 10, "dl": 100, "l": 1e3, "oz": 28.349523125, "floz": 29.5735295625,
}

// internationalUnits are the grams of one unit of the vitamins that labels give in IU.
var internationalUnits = map[string]float64{"vitamin-a": 0.3e-6, "vitamin-d": 0.025e-6, "vitamin-e": 0.67e-3}

const kJPerKcal = 4.184

// energyUnits are the factors that convert an energy into the unit that its name says.
var energyUnits = map[string]map[string]float64{
	"energy-kcal": {"kcal": 1, "kj": 1 / kJPerKcal}, "energy": {"kcal": kJPerKcal, "kj": 1}, "energy-kj": {"kcal": kJPerKcal, "kj": 1},
}

// unitFactor converts an amount in a unit to the standard unit of the nutrient, in which the table of nutrients expects it: kcal,
// kJ, % by volume for alcohol, grams for the others. Without a unit the amount is in the standard unit.
func unitFactor(name, unit string) (factor float64, ok bool) {
	unit = normalUnit(unit)
	if unit == "" {
		return 1, true
	}
	if factors, isEnergy := energyUnits[name]; isEnergy {
		factor, ok = factors[unit]
		return factor, ok
	}
	if name == "alcohol" {
		if strings.HasPrefix(unit, "%") {
			return 1, true
		}
		factor, ok = weights[unit]
		return factor / nutrient.Table[nutrient.Alcohol].OpenFoodFacts[0].Factor, ok
	}
	if unit == "iu" {
		factor, ok = internationalUnits[name]
		return factor, ok
	}
	factor, ok = weights[unit]
	return factor, ok
}

// spellings are other spellings of units, by which sources mean the usual ones.
var spellings = map[string]string{
	"µg": "mcg", "μg": "mcg", "ug": "mcg", "ui": "iu", "ie": "iu", "i.u.": "iu",
	"gr": "g", "gram": "g", "grams": "g", "grm": "g", "mlt": "ml",
}

// normalUnit returns the usual spelling of a unit, in lower case.
func normalUnit(unit string) string {
	unit = strings.ToLower(strings.ReplaceAll(text.Clean(unit), " ", ""))
	return cmp.Or(spellings[unit], unit)
}
