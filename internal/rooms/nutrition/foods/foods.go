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
	Nutrients  Nutrients
	Servings   []Serving
}

// Nutrients are per 100 g; nil is unknown, never 0. The first four must be known.
type Nutrients struct {
	Calories, Protein, Carbs, Fat                           *float64
	Fiber, Sugar, AddedSugar, SaturatedFat, Alcohol         *float64 // g
	Cholesterol, Sodium, Potassium, Calcium, Iron, Caffeine *float64 // mg
	VitaminD                                                *float64 // µg
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
	switch n := &f.Nutrients; {
	case f.SourceID == "" || len(f.SourceID) > 100:
		return []Finding{NoID}
	case f.Name == "":
		return []Finding{NoName}
	case n.Calories == nil || n.Protein == nil || n.Carbs == nil || n.Fat == nil:
		return []Finding{NoMacros}
	case !within(n.Calories, 1000) || !within(n.Protein, 100) || !within(n.Carbs, 100) || !within(n.Fat, 100):
		return []Finding{OutOfRange}
	case *n.Protein+*n.Carbs+*n.Fat > 100+macroSlack:
		return []Finding{OverHundred}
	}
	n := &f.Nutrients
	dropped := false
	for _, grams := range []**float64{&n.Fiber, &n.Sugar, &n.AddedSugar, &n.SaturatedFat, &n.Alcohol} {
		dropped = keepWithin(grams, 100) || dropped
	}
	for _, small := range []**float64{&n.Cholesterol, &n.Sodium, &n.Potassium, &n.Calcium, &n.Iron, &n.Caffeine, &n.VitaminD} {
		dropped = keepWithin(small, 100_000) || dropped
	}
	if dropped {
		findings = append(findings, DroppedValue)
	}
	if *n.Protein+*n.Carbs+*n.Fat > 100.01 {
		findings = append(findings, RoundedMacros)
	}
	if n.Sugar != nil && *n.Sugar > *n.Carbs+sugarSlack {
		n.Sugar, n.AddedSugar = nil, nil
		findings = append(findings, SugarOverCarbs)
	}
	if off, _ := EnergyOff(n); off {
		findings = append(findings, OddEnergy)
	}
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
	if len(f.Aliases) > 100 {
		f.Aliases = f.Aliases[:100]
	}
	return findings
}

// EnergyOff compares the energy with what the macros make: 4 kcal per g of protein and carbohydrates, 9 of fat, 7 of
// alcohol, 2 of fibre. Labels count fibre among the carbohydrates in America and beside them in Europe, and some give it
// none of its energy, so anything between these readings is right. off is a difference above 20 % or 10 kcal, whichever
// is more; expected is the nearest reading.
func EnergyOff(n *Nutrients) (off bool, expected float64) {
	if n.Calories == nil || n.Protein == nil || n.Carbs == nil || n.Fat == nil {
		return false, 0
	}
	base := 4**n.Protein + 4**n.Carbs + 9**n.Fat + 7*value(n.Alcohol)
	low, high := base-2*min(value(n.Fiber), *n.Carbs), base+2*value(n.Fiber)
	expected = min(max(*n.Calories, low), high)
	return math.Abs(*n.Calories-expected) > max(0.2*expected, 10), expected
}

func value(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}

func within(v *float64, most float64) bool { return *v >= 0 && *v <= most } // NaN is not

// keepWithin forgets a value that cannot be, and tells.
func keepWithin(v **float64, most float64) bool {
	if *v == nil || within(*v, most) {
		return false
	}
	*v = nil
	return true
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
