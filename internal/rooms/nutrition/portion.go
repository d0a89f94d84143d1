package nutrition

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/server"
)

// labelledServing is a serving of a found food.
type labelledServing struct {
	ID    uuid.UUID `json:"id"`
	Label string    `json:"label"`
	Grams float64   `json:"grams"`
}

// portionOf returns how much of a food an amount means, in a form that can be logged: by one of the food's servings when one fits
// the unit, otherwise in grams; nil when the unit says nothing about this food. servings is JSON, the default serving first.
func portionOf(a *amountInQuery, servings []byte) *api.FoodPortion {
	var list []labelledServing
	if len(servings) > 0 && json.Unmarshal(servings, &list) != nil {
		return nil
	}
	unit := queryUnits[a.unit]
	if unit.grams > 0 {
		return gramsPortion(a.value * unit.grams)
	}
	if s, perServing := servingFor(a.unit, list); s != nil {
		return servingPortion(s, a.value/perServing)
	}
	if unit.millilitres > 0 {
		if density := gramsPerMillilitre(list); density > 0 {
			return gramsPortion(a.value * unit.millilitres * density)
		}
	}
	return nil
}

// servingFor returns the serving whose label has the unit, and how many of the unit it is. A piece is the default serving unless that is
// a measure, or another one is a whole piece.
func servingFor(unit string, servings []labelledServing) (*labelledServing, float64) {
	for _, name := range namesOfUnit(unit) {
		for i, s := range servings {
			if n, words := splitLabel(
				s.Label,
			); strings.HasPrefix(words+" ", name+" ") || strings.Contains(words, " "+name+" ") ||
				unitOfLabel(words) == name {
				return &servings[i], n
			}
		}
	}
	if unit == "piece" || unit == "serving" {
		if len(servings) > 0 {
			n, words := splitLabel(servings[0].Label)
			if u := queryUnits[unitOfLabel(words)]; u.grams == 0 && u.millilitres == 0 || unit == "serving" {
				return &servings[0], n
			}
		}
	}
	return nil, 0
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
func gramsPerMillilitre(servings []labelledServing) float64 {
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

func servingPortion(s *labelledServing, count float64) *api.FoodPortion {
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
		u.ServingID = first.ServingID
		u.Grams = &first.Grams
	}
	return u
}
