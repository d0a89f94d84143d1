package nutrition

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	api "github.com/ultimatecoach/api/gen/server"
)

// portionOf returns how much of a food an amount means, in a form that can be logged: by one of the food's servings when one fits
// the unit, otherwise in grams; nil when the unit says nothing about this food. The default serving is the first one.
func portionOf(a *amountInQuery, servings []api.FoodServing) *api.FoodPortion {
	unit := queryUnits[a.unit]
	if unit.grams > 0 {
		return gramsPortion(a.value * unit.grams)
	}
	if s, perServing := servingFor(a.unit, servings); s != nil {
		return servingPortion(s, a.value/perServing)
	}
	if unit.millilitres > 0 {
		if density := gramsPerMillilitre(servings); density > 0 {
			return gramsPortion(a.value * unit.millilitres * density)
		}
	}
	return nil
}

// servingFor returns the serving whose label has the unit, and how many of the unit it is. A piece is the default serving unless that is
// a measure, or another one is a whole piece.
func servingFor(unit string, servings []api.FoodServing) (*api.FoodServing, float64) {
	for _, name := range namesOfUnit(unit) {
		for i, s := range servings {
			n, words := splitLabel(s.Label)
			leading := unitOfLabel(words)
			if leading == name || strings.HasPrefix(words+" ", name+" ") ||
				strings.Contains(words+" ", " "+name+" ") && !isMeasure(leading) { // "cup, whole" is no whole piece
				return &servings[i], n
			}
		}
	}
	if len(servings) > 0 && (unit == "piece" || unit == "serving") {
		n, words := splitLabel(servings[0].Label)
		if !isMeasure(unitOfLabel(words)) || unit == "serving" {
			return &servings[0], n
		}
	}
	return nil, 0
}

// isMeasure reports whether a unit is one of mass or volume.
func isMeasure(unit string) bool {
	u := queryUnits[unit]
	return u.grams > 0 || u.millilitres > 0
}

var labelNumber = regexp.MustCompile(`^(\d+(?:[.,]\d+)?|\d+/\d+)\s+`)

// splitLabel splits "3 oz, cooked" into 3 and "oz cooked".
func splitLabel(label string) (float64, string) {
	n := 1.0
	if m := labelNumber.FindStringSubmatch(label); m != nil {
		if v, ok := parseNumber(m[1]); ok && v > 0 {
			n = v
		}
		label = label[len(m[0]):]
	}
	return n, strings.Join(strings.FieldsFunc(plainWord(label), func(r rune) bool { return strings.ContainsRune(" ,;()", r) }), " ")
}

// unitOfLabel returns the unit that a label begins with, "" for other labels.
func unitOfLabel(words string) string {
	fields := strings.Fields(words)
	for n := min(3, len(fields)); n > 0; n-- {
		if name, ok := unitOf[strings.Join(fields[:n], " ")]; ok {
			return name
		}
	}
	return ""
}

// gramsPerMillilitre is the density that a serving by volume implies; 0 when there is none.
func gramsPerMillilitre(servings []api.FoodServing) float64 {
	for _, s := range servings {
		n, words := splitLabel(s.Label)
		if u := queryUnits[unitOfLabel(words)]; u.millilitres > 0 {
			return s.Grams / (n * u.millilitres)
		}
	}
	return 0
}

func gramsPortion(grams float64) *api.FoodPortion {
	grams = math.Round(grams*1000) / 1000
	if grams < 0.01 || grams > 10_000 {
		return nil
	}
	return &api.FoodPortion{Kind: api.FoodPortionKindGrams, Grams: grams, Label: strconv.FormatFloat(grams, 'f', -1, 64) + " g"}
}

func servingPortion(s *api.FoodServing, count float64) *api.FoodPortion {
	grams := math.Round(count*s.Grams*1000) / 1000
	if count < 0.01 || count > 50 || grams > 10_000 {
		return nil
	}
	return &api.FoodPortion{Kind: api.FoodPortionKindServing, ServingID: &s.ID, Count: &count, Grams: grams, Label: s.Label}
}

// understoodOf is the amount of a query, with the serving of the first food that it means.
func understoodOf(a *amountInQuery, first *api.FoodPortion) *api.UnderstoodAmount {
	u := &api.UnderstoodAmount{Amount: a.value, Unit: a.unit}
	if first != nil {
		u.ServingID, u.Grams = first.ServingID, &first.Grams
	}
	return u
}
