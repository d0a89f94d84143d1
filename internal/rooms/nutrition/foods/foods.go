// Package foods fills the catalogue: with the starter foods that the binary carries, and from the files that USDA and
// Open Food Facts publish. Whatever it loads may be loaded again; a food keeps its id.
package foods

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// Names of the catalogue's sources, as foods carry them.
const (
	SR28       = "usda_sr28"
	Own        = "ultimate_coach"
	FoodData   = "usda_fdc"
	OpenFood   = "open_food_facts"
	CustomFood = "user" // what people add for themselves
)

// Source is where figures come from, which may be nowhere else, and on what terms.
type Source struct{ License, URL string }

// Sources are the terms of each source; attribution is what they ask for.
var Sources = map[string]Source{
	SR28:     {"Public domain", "https://www.ars.usda.gov/northeast-area/beltsville-md-bhnrc/beltsville-human-nutrition-research-center/methods-and-application-of-food-composition-laboratory/mafcl-site-pages/sr11-sr28/"},
	Own:      {License: "Proprietary"}, // figures of labels and recipes, put together by us
	FoodData: {"CC0-1.0", "https://fdc.nal.usda.gov/"},
	OpenFood: {"ODbL-1.0", "https://world.openfoodfacts.org/"},
}

// Tiers say how soon search asks for a food.
const (
	TierPopular = 0 // what nearly everybody logs, some twenty thousand at most
	TierPlain   = 1 // plain foods, and products that many people scan
	TierRest    = 2
)

// Food is one entry of the catalogue, nutrients per 100 g.
type Food struct {
	// ID is what a new food gets; the zero one lets the database choose.
	ID       uuid.UUID
	SourceID string
	Name     string
	Brand    string
	Barcode  string // GTIN-14 or empty
	Aliases  []string
	Tier     int
	// Popularity is its place among the foods people log, 1 the most logged; 0 is unknown.
	Popularity int
	// Nutrients has all macros, or the food is refused.
	Nutrients nutrient.Values
	Servings  []Serving
}

// Serving is a household measure; the grams belong to the whole label.
type Serving struct {
	ID        uuid.UUID `json:"-"` // as Food.ID
	Label     string    `json:"label"`
	Grams     float64   `json:"grams"`
	IsDefault bool      `json:"is_default"`
}

// Finding is why a row was refused, or what is odd about one that was kept.
type Finding string

// What may be wrong with a row.
const (
	NoID           Finding = "no id"
	NoName         Finding = "no name"
	NoMacros       Finding = "energy, protein, carbohydrates or fat unknown"
	OutOfRange     Finding = "energy or a macro out of range"
	Superseded     Finding = "superseded by a newer entry of the same product"
	Unreadable     Finding = "unreadable"
	OddEnergy      Finding = "energy is off what the macros make"
	OverHundred    Finding = "macros over 100 g per 100 g"
	RoundedMacros  Finding = "macros a little over 100 g per 100 g, as rounded labels have them"
	SugarOverCarbs Finding = "more sugar than carbohydrates, the sugar was left out"
	DroppedValue   Finding = "an optional value out of range was left out"
	BadBarcode     Finding = "barcode with a wrong check digit was left out"
	DroppedPortion Finding = "a serving without a weight in grams was left out"
)

// Refused reports whether the finding keeps a row out.
func (f Finding) Refused() bool {
	switch f {
	case NoID, NoName, NoMacros, OutOfRange, Superseded, Unreadable, OverHundred:
		return true
	}
	return false
}

const (
	maxName, maxBrand, maxLabel = 300, 200, 100 // runes, as the tables have it
	maxServings                 = 40
	// macroSlack is what rounding on labels may add up to, sugarSlack what it may add to sugar over carbohydrates.
	macroSlack, sugarSlack = 5, 0.5
)

// check mends what can be mended and tells what was found. A food with a refusing finding must not be written.
func (f *Food) check() (findings []Finding) {
	f.Name, f.Brand = tidy(f.Name, maxName), tidy(f.Brand, maxBrand)
	n := &f.Nutrients
	switch {
	case f.SourceID == "" || len(f.SourceID) > 100:
		return []Finding{NoID}
	case f.Name == "":
		return []Finding{NoName}
	case !n.Knows(nutrient.Calories, nutrient.Protein, nutrient.Carbs, nutrient.Fat):
		return []Finding{NoMacros}
	case !within(n, nutrient.Calories) || !within(n, nutrient.Protein) || !within(n, nutrient.Carbs) || !within(n, nutrient.Fat):
		return []Finding{OutOfRange}
	case grams(n) > 100+macroSlack:
		return []Finding{OverHundred}
	}
	if forgetWhatCannotBe(n) {
		findings = append(findings, DroppedValue)
	}
	if grams(n) > 100.01 {
		findings = append(findings, RoundedMacros)
	}
	if n.Amount(nutrient.Sugar) > n.Amount(nutrient.Carbs)+sugarSlack {
		n.Forget(nutrient.Sugar)
		n.Forget(nutrient.AddedSugar)
		findings = append(findings, SugarOverCarbs)
	}
	if off, _ := EnergyOff(n); off {
		findings = append(findings, OddEnergy)
	}
	f.checkServings()
	if len(f.Aliases) > 100 {
		f.Aliases = f.Aliases[:100]
	}
	return findings
}

// checkServings leaves out servings that cannot be or come twice, and makes one the default.
func (f *Food) checkServings() {
	f.Servings = slices.DeleteFunc(f.Servings, func(s Serving) bool {
		return tidy(s.Label, maxLabel) == "" || !(s.Grams > 0.00005 && s.Grams <= 10_000)
	})
	seen := map[string]bool{}
	f.Servings = slices.DeleteFunc(f.Servings, func(s Serving) bool {
		label := tidy(s.Label, maxLabel)
		again := seen[label]
		seen[label] = true
		return again
	})
	if len(f.Servings) > maxServings {
		f.Servings = f.Servings[:maxServings]
	}
	hasDefault := false
	for i := range f.Servings {
		s := &f.Servings[i]
		s.Label = tidy(s.Label, maxLabel)
		s.IsDefault = s.IsDefault && !hasDefault
		hasDefault = hasDefault || s.IsDefault
	}
	if !hasDefault && len(f.Servings) > 0 {
		f.Servings[0].IsDefault = true
	}
}

// EnergyOff compares the energy with what the macros make: 4 kcal per g of protein and carbohydrates, 9 of fat, 7 of
// alcohol, 2 of fibre. Labels count fibre among the carbohydrates in America and beside them in Europe, and some give it
// none of its energy, so anything between these readings is right. off is a difference above 20 % or 10 kcal, whichever
// is more; expected is the nearest reading.
func EnergyOff(n *nutrient.Values) (off bool, expected float64) {
	if !n.Knows(nutrient.Calories, nutrient.Protein, nutrient.Carbs, nutrient.Fat) {
		return false, 0
	}
	carbs, fiber := n.Amount(nutrient.Carbs), n.Amount(nutrient.Fiber)
	base := 4*n.Amount(nutrient.Protein) + 4*carbs + 9*n.Amount(nutrient.Fat) + 7*n.Amount(nutrient.Alcohol)
	low, high := base-2*min(fiber, carbs), base+2*fiber
	energy := n.Amount(nutrient.Calories)
	expected = min(max(energy, low), high)
	return math.Abs(energy-expected) > max(0.2*expected, 10), expected
}

// grams is the weight of the macros.
func grams(n *nutrient.Values) float64 {
	return n.Amount(nutrient.Protein) + n.Amount(nutrient.Carbs) + n.Amount(nutrient.Fat)
}

func within(n *nutrient.Values, id nutrient.ID) bool {
	amount, known := n.Get(id)
	return !known || amount >= 0 && amount <= nutrient.Table[id].Max // NaN is not
}

// forgetWhatCannotBe makes optional amounts out of range unknown, and tells whether there were any.
func forgetWhatCannotBe(n *nutrient.Values) (dropped bool) {
	for id := range nutrient.Count {
		if id >= nutrient.Macros && !within(n, id) {
			n.Forget(id)
			dropped = true
		}
	}
	return dropped
}

// tidy makes one line of valid text of it, without what the database cannot keep.
func tidy(s string, most int) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		s = strings.TrimSpace(string([]rune(s)[:most-1])) + "…"
	}
	return s
}

// byKitchen orders servings so that a household one comes first.
func byKitchen(servings []Serving, category string) []Serving {
	servings = slices.DeleteFunc(servings, func(s Serving) bool { return laboratory.MatchString(s.Label) })
	slices.SortStableFunc(servings, func(a, b Serving) int {
		return cmp.Compare(kitchenOrder(a, category), kitchenOrder(b, category))
	})
	for i := range servings {
		servings[i].IsDefault = i == 0
	}
	return servings
}
