// Package foods fills the catalogue of foods: with the starter foods embedded in the binary, and from the files that USDA
// and Open Food Facts publish. Loading the same data again changes nothing; a food keeps its id.
package foods

import (
	"cmp"
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/text"
)

// Names of the catalogue's sources, as foods carry them.
const (
	SR28       = "usda_sr28"
	Own        = "ultimate_coach"
	FoodData   = "usda_fdc"
	OpenFood   = "open_food_facts"
	CustomFood = "user" // what people add for themselves
)

// Source holds the licence of a source and where to read about it; URL may be empty.
type Source struct{ License, URL string }

// Sources are the terms of each source by its name.
var Sources = map[string]Source{
	SR28: {
		"Public domain",
		"https://www.ars.usda.gov/northeast-area/beltsville-md-bhnrc/beltsville-human-nutrition-research-center/methods-and-application-of-food-composition-laboratory/mafcl-site-pages/sr11-sr28/",
	},
	Own:      {License: "Proprietary"}, // figures of labels and recipes, put together by us
	FoodData: {"CC0-1.0", "https://fdc.nal.usda.gov/"},
	OpenFood: {"ODbL-1.0", "https://world.openfoodfacts.org/"},
}

// Tiers are the order in which search looks through the foods.
const (
	TierPopular = 0 // what nearly everybody logs, some twenty thousand at most
	TierPlain   = 1 // plain foods, and products that many people scan
	TierRest    = 2
)

// Food is one entry of the catalogue, nutrients per 100 g.
type Food struct {
	// ID is the id of a new food; with the zero UUID the database chooses one.
	ID       uuid.UUID
	SourceID string
	Name     string
	Brand    string
	Barcode  string // GTIN-14 or empty
	Aliases  []string
	Tier     int
	// Popularity is the rank among the foods that people log, 1 the most logged; 0 is unknown.
	Popularity int
	// Nutrients must have energy and all macros, or the food is refused.
	Nutrients nutrient.Values
	Servings  []Serving
	// FiberApart is whether the carbohydrates do not include the fibre, as on European labels.
	FiberApart bool
	// Warnings are the codes of what an import found odd; see Warnings.
	Warnings []string
}

// addWarning adds the code of a finding, if people should know of it.
func (f *Food) addWarning(finding Finding) {
	if w, ok := warnings[finding]; ok && !slices.Contains(f.Warnings, w.code) {
		f.Warnings = append(f.Warnings, w.code)
	}
}

// Serving is a household measure; Grams is the weight of everything that the label says.
type Serving struct {
	ID        uuid.UUID `json:"-"` // as Food.ID
	Label     string    `json:"label"`
	Grams     float64   `json:"grams"`
	IsDefault bool      `json:"is_default"`
}

// Finding is the reason why a row was refused, or what is odd about a row that was kept.
type Finding string

// The findings.
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
	OnlyPrepared   Finding = "only values of the prepared product, and none as it is sold"
	PartOverWhole  Finding = "a part weighs more than the whole, such as saturated fat than fat, and was left out"
	SugarOverCarbs Finding = "more sugar than carbohydrates, the sugar was left out"
	DroppedValue   Finding = "an optional value out of range was left out"
	BadBarcode     Finding = "barcode with a wrong check digit was left out"
	DroppedPortion Finding = "a serving without a weight in grams was left out"
)

// Refused reports whether a row with this finding is left out.
func (f Finding) Refused() bool {
	switch f {
	case NoID, NoName, NoMacros, OnlyPrepared, OutOfRange, Superseded, Unreadable, OverHundred:
		return true
	}
	return false
}

// warning is what people read about a finding.
type warning struct{ code, message string }

// warnings are the findings that people should know of.
var warnings = map[Finding]warning{
	OddEnergy:      {"energy_off", "The energy does not fit the macros."},
	RoundedMacros:  {"macros_over_100g", "Protein, carbohydrates and fat make a little more than 100 g per 100 g."},
	SugarOverCarbs: {"sugar_left_out", "The source gives more sugar than carbohydrates; the sugar was left out."},
	PartOverWhole:  {"part_left_out", "The source gives more of a part than of the whole; the part was left out."},
	DroppedValue:   {"value_left_out", "The source gives a value that cannot be; it was left out."},
	BadBarcode:     {"barcode_left_out", "The barcode of the source has a wrong check digit; it was left out."},
	DroppedPortion: {"serving_left_out", "A serving of the source has no weight; it was left out."},
}

// EnergyOffCode is the code of the warning that the energy does not fit the macros.
const EnergyOffCode = "energy_off"

// WarningMessage returns the message of a code in Food.Warnings, or "" for an unknown one.
func WarningMessage(code string) string {
	for _, w := range warnings {
		if w.code == code {
			return w.message
		}
	}
	return ""
}

const (
	maxName, maxBrand, maxLabel = 300, 200, 100 // runes, as the tables have it
	maxServings                 = 40
	// Labels are rounded: macros may be macroSlack grams over 100 g, and a part partSlack grams over its whole.
	macroSlack, partSlack = 5, 0.5
)

// check corrects the food where possible and returns its findings. A food with a finding that is Refused must not be written.
func (f *Food) check() (findings []Finding) {
	f.Name, f.Brand = text.Cut(f.Name, maxName), text.Cut(f.Brand, maxBrand)
	n := &f.Nutrients
	switch {
	case f.SourceID == "" || len(f.SourceID) > 100:
		return []Finding{NoID}
	case f.Name == "":
		return []Finding{NoName}
	case !n.Knows(nutrient.Calories, nutrient.Protein, nutrient.Carbs, nutrient.Fat):
		return []Finding{NoMacros}
	case !inRange(n, nutrient.Calories) || !inRange(n, nutrient.Protein) || !inRange(n, nutrient.Carbs) || !inRange(n, nutrient.Fat):
		return []Finding{OutOfRange}
	case macroGrams(n) > 100+macroSlack:
		return []Finding{OverHundred}
	}
	if dropOutOfRange(n) {
		findings = append(findings, DroppedValue)
	}
	if macroGrams(n) > 100.01 {
		findings = append(findings, RoundedMacros)
	}
	findings = append(findings, f.dropParts()...)
	if off, _ := EnergyOff(n); off {
		findings = append(findings, OddEnergy)
	}
	f.checkServings()
	f.Aliases = f.Aliases[:min(len(f.Aliases), 100)]
	return findings
}

// PartRule bounds a nutrient by what it is a part of, or by the room that other nutrients leave it in 100 g.
type PartRule struct {
	Part nutrient.ID
	// Whole is what it is a part of; nutrient.Count where the bound is room in 100 g.
	Whole nutrient.ID
	room  func(n *nutrient.Values, f fiberIn) float64
	slack float64
}

// fiberIn says whether carbohydrates include the fibre.
type fiberIn int

const (
	fiberUnknown fiberIn = iota // either reading is right
	fiberInside                 // as on American labels
	fiberApart                  // as on European labels
)

// partRules come in the order in which they apply: sugar before its own part.
var partRules = []PartRule{
	partOf(nutrient.Sugar, nutrient.Carbs),
	partOf(nutrient.AddedSugar, nutrient.Sugar),
	partOf(nutrient.AddedSugar, nutrient.Carbs),
	partOf(nutrient.SaturatedFat, nutrient.Fat),
	partOf(nutrient.TransFat, nutrient.Fat),
	partOf(nutrient.MonounsaturatedFat, nutrient.Fat),
	partOf(nutrient.PolyunsaturatedFat, nutrient.Fat),
	{Part: nutrient.Fiber, Whole: nutrient.Count, slack: partSlack, room: func(n *nutrient.Values, f fiberIn) float64 {
		inside, apart := n.Amount(nutrient.Carbs), 100-n.Amount(nutrient.Carbs)
		switch f {
		case fiberInside:
			return inside
		case fiberApart:
			return apart
		}
		return max(inside, apart)
	}},
	{Part: nutrient.Alcohol, Whole: nutrient.Count, slack: macroSlack, room: func(n *nutrient.Values, _ fiberIn) float64 {
		return 100 - macroGrams(n)
	}},
	// Sodium is not always that of salt: bouillon has it in glutamate, which is protein.
	{Part: nutrient.Sodium, Whole: nutrient.Count, slack: 1000 * macroSlack, room: func(n *nutrient.Values, _ fiberIn) float64 {
		return 1000 * (100 - macroGrams(n))
	}},
}

func partOf(part, whole nutrient.ID) PartRule {
	return PartRule{Part: part, Whole: whole, slack: partSlack, room: func(n *nutrient.Values, _ fiberIn) float64 {
		if amount, known := n.Get(whole); known {
			return amount
		}
		return math.Inf(1)
	}}
}

func (r PartRule) brokenBy(n *nutrient.Values, f fiberIn) bool {
	return n.Knows(r.Part) && n.Amount(r.Part) > r.room(n, f)+r.slack
}

// BrokenPartRules returns the rules that a food breaks of which nobody knows whether its carbohydrates include the fibre.
func BrokenPartRules(n *nutrient.Values) (broken []PartRule) {
	for _, r := range partRules {
		if r.brokenBy(n, fiberUnknown) {
			broken = append(broken, r)
		}
	}
	return broken
}

// dropParts makes parts unknown that weigh more than their whole, because energy and macros are needed; and what has no room
// beside the macros: fibre where it is no part of the carbohydrates, alcohol, sodium.
func (f *Food) dropParts() (findings []Finding) {
	n, fiber := &f.Nutrients, fiberInside
	if f.FiberApart {
		fiber = fiberApart
	}
	for _, r := range partRules {
		if !r.brokenBy(n, fiber) {
			continue
		}
		finding := PartOverWhole
		n.Forget(r.Part)
		if r.Part == nutrient.Sugar {
			finding = SugarOverCarbs
			n.Forget(nutrient.AddedSugar)
		}
		if !slices.Contains(findings, finding) {
			findings = append(findings, finding)
		}
	}
	return findings
}

// checkServings removes servings without a label or a possible weight and duplicates, and makes exactly one the default.
func (f *Food) checkServings() {
	seen := map[string]bool{"": true}
	f.Servings = slices.DeleteFunc(f.Servings, func(s Serving) bool {
		label := text.Cut(s.Label, maxLabel)
		if seen[label] || !(s.Grams > 0.00005 && s.Grams <= 10_000) {
			return true
		}
		seen[label] = true
		return false
	})
	f.Servings = f.Servings[:min(len(f.Servings), maxServings)]
	hasDefault := false
	for i := range f.Servings {
		s := &f.Servings[i]
		s.Label = text.Cut(s.Label, maxLabel)
		s.IsDefault = s.IsDefault && !hasDefault
		hasDefault = hasDefault || s.IsDefault
	}
	if !hasDefault && len(f.Servings) > 0 {
		f.Servings[0].IsDefault = true
	}
}

// EnergyOff compares the energy with the energy of the macros: 4 kcal per g of protein and carbohydrates, 9 of fat, 7 of
// alcohol, 2 of fibre. American labels count fibre as part of the carbohydrates, European labels do not, and some labels
// give fibre no energy; any energy between these readings is right. off is true when the difference is above 20 % or
// 10 kcal, whichever is more; expected is the nearest reading.
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

// macroGrams is the weight of protein, carbohydrates and fat.
func macroGrams(n *nutrient.Values) float64 {
	return n.Amount(nutrient.Protein) + n.Amount(nutrient.Carbs) + n.Amount(nutrient.Fat)
}

func inRange(n *nutrient.Values, id nutrient.ID) bool {
	amount, known := n.Get(id)
	return !known || amount >= 0 && amount <= nutrient.Table[id].Max // NaN is not
}

// dropOutOfRange makes optional amounts that are out of range unknown, and returns whether there were any.
func dropOutOfRange(n *nutrient.Values) (dropped bool) {
	for id := range nutrient.Count {
		if id >= nutrient.Macros && !inRange(n, id) {
			n.Forget(id)
			dropped = true
		}
	}
	return dropped
}

// sortByHouseholdUse sorts the servings that people are most likely to use to the front, and makes the first the default.
func sortByHouseholdUse(servings []Serving, category string) []Serving {
	servings = slices.DeleteFunc(servings, func(s Serving) bool { return notHousehold.MatchString(s.Label) })
	slices.SortStableFunc(servings, func(a, b Serving) int {
		return cmp.Compare(householdOrder(a, category), householdOrder(b, category))
	})
	for i := range servings {
		servings[i].IsDefault = i == 0
	}
	return servings
}
