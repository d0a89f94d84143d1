// Package nutrient has the list of the nutrients that the service knows, and types for amounts of them. Columns, fields of
// the contract, headings of the seed files, sums and imports are derived from [Table]; CONTRIBUTING says how to add one.
package nutrient

// ID is the index of a nutrient in [Table].
type ID uint8

// The nutrients. New ones are added at the end: arrays from the database are read by index, during a deployment also by
// servers of the release before.
const (
	Calories ID = iota
	Protein
	Carbs
	Fat
	Fiber
	Sugar
	AddedSugar
	SaturatedFat
	Cholesterol
	Sodium
	Potassium
	Calcium
	Iron
	VitaminD
	Caffeine
	Alcohol
	TransFat
	MonounsaturatedFat
	PolyunsaturatedFat
	Magnesium
	Phosphorus
	Zinc
	Selenium
	VitaminA
	VitaminC
	VitaminE
	VitaminK
	VitaminB6
	VitaminB12
	Thiamin
	Riboflavin
	Niacin
	Folate
	Choline

	// Count is the number of nutrients.
	Count
)

// Macros is the number of nutrients at the start of the table that every food must have: energy and the macronutrients.
const Macros = 4

// Nutrient is one line of the table.
type Nutrient struct {
	// Key is the column, the field of the contract and the heading of the seed files.
	Key string
	// Name is the English name, with which descriptions begin.
	Name string
	Unit Unit
	// Max is the most that 100 g can hold: of minerals what their richest compound in foods has, such as pure salt of sodium.
	Max float64
	// FDC are its numbers in FoodData Central, the preferred first: the ids, and the older numbers that FNDDS uses.
	FDC []Source
	// OpenFoodFacts are its names in Open Food Facts, the preferred first.
	OpenFoodFacts []Source
}

// Unit is the unit of an amount.
type Unit string

// The units.
const (
	Kcal Unit = "kcal"
	G    Unit = "g"
	Mg   Unit = "mg"
	Mcg  Unit = "µg"
)

// Source is the name of a nutrient in data of others, and the factor that converts their amounts into ours.
type Source struct {
	Name   string
	Factor float64
}

const (
	kcalPerKJ = 1 / 4.184
	// Open Food Facts has weights in grams, whatever the nutrient.
	mgPerG  = 1e3
	mcgPerG = 1e6
	// sodiumOfSalt is the share of sodium in table salt, as labels in the EU compute it.
	sodiumOfSalt = 1 / 2.5
	// alcoholPerVolume is the weight of 1 ml of ethanol; Open Food Facts has % by volume.
	alcoholPerVolume = 0.789
	vitaminDPerIU    = 0.025
)

// Table is every nutrient.
var Table = [Count]Nutrient{
	Calories: {
		"calories", "Energy", Kcal, 1000,
		// As it is stated, by specific Atwater factors, by general ones, in kJ.
		[]Source{{"1008", 1}, {"208", 1}, {"2048", 1}, {"958", 1}, {"2047", 1}, {"957", 1}, {"1062", kcalPerKJ}, {"268", kcalPerKJ}},
		[]Source{{"energy-kcal", 1}, {"energy-kj", kcalPerKJ}, {"energy", kcalPerKJ}},
	},
	Protein: {"protein_g", "Protein", G, 100, unscaled("1003", "203"), unscaled("proteins")},
	// By difference, by summation.
	Carbs: {"carbs_g", "Carbohydrates", G, 100, unscaled("1005", "205", "1050"), unscaled("carbohydrates", "carbohydrates-total")},
	// Total lipid, NLEA.
	Fat:          {"fat_g", "Fat", G, 100, unscaled("1004", "204", "1085", "298"), unscaled("fat")},
	Fiber:        {"fiber_g", "Dietary fibre", G, 100, unscaled("1079", "291", "2033", "293"), unscaled("fiber")},
	Sugar:        {"sugar_g", "Sugars", G, 100, unscaled("2000", "269", "1063"), unscaled("sugars")},
	AddedSugar:   {"added_sugar_g", "Added sugars", G, 100, unscaled("1235", "539"), unscaled("added-sugars")},
	SaturatedFat: {"saturated_fat_g", "Saturated fat", G, 100, unscaled("1258", "606"), unscaled("saturated-fat")},
	Cholesterol:  {"cholesterol_mg", "Cholesterol", Mg, 100_000, unscaled("1253", "601"), scaled(mgPerG, "cholesterol")},
	Sodium: {
		"sodium_mg", "Sodium", Mg, 39_340, unscaled("1093", "307"),
		[]Source{{"sodium", mgPerG}, {"salt", mgPerG * sodiumOfSalt}},
	},
	Potassium: {"potassium_mg", "Potassium", Mg, 52_450, unscaled("1092", "306"), scaled(mgPerG, "potassium")},
	Calcium:   {"calcium_mg", "Calcium", Mg, 40_050, unscaled("1087", "301"), scaled(mgPerG, "calcium")},
	Iron:      {"iron_mg", "Iron", Mg, 32_870, unscaled("1089", "303"), scaled(mgPerG, "iron")},
	VitaminD: {
		"vitamin_d_mcg", "Vitamin D", Mcg, 100_000,
		[]Source{{"1114", 1}, {"328", 1}, {"1110", vitaminDPerIU}, {"324", vitaminDPerIU}},
		scaled(mcgPerG, "vitamin-d"),
	},
	Caffeine:           {"caffeine_mg", "Caffeine", Mg, 100_000, unscaled("1057", "262"), scaled(mgPerG, "caffeine")},
	Alcohol:            {"alcohol_g", "Alcohol", G, 100, unscaled("1018", "221"), scaled(alcoholPerVolume, "alcohol")},
	TransFat:           {"trans_fat_g", "Trans fat", G, 100, unscaled("1257", "605"), unscaled("trans-fat")},
	MonounsaturatedFat: {"monounsaturated_fat_g", "Monounsaturated fat", G, 100, unscaled("1292", "645"), unscaled("monounsaturated-fat")},
	PolyunsaturatedFat: {"polyunsaturated_fat_g", "Polyunsaturated fat", G, 100, unscaled("1293", "646"), unscaled("polyunsaturated-fat")},
	Magnesium:          {"magnesium_mg", "Magnesium", Mg, 60_310, unscaled("1090", "304"), scaled(mgPerG, "magnesium")},
	Phosphorus:         {"phosphorus_mg", "Phosphorus", Mg, 31_610, unscaled("1091", "305"), scaled(mgPerG, "phosphorus")},
	Zinc:               {"zinc_mg", "Zinc", Mg, 80_340, unscaled("1095", "309"), scaled(mgPerG, "zinc")},
	Selenium:           {"selenium_mcg", "Selenium", Mcg, 100_000, unscaled("1103", "317"), scaled(mcgPerG, "selenium")},
	VitaminA: {
		"vitamin_a_mcg", "Vitamin A (retinol activity equivalents)", Mcg, 100_000,
		unscaled("1106", "320"), scaled(mcgPerG, "vitamin-a"),
	},
	VitaminC:   {"vitamin_c_mg", "Vitamin C", Mg, 100_000, unscaled("1162", "401"), scaled(mgPerG, "vitamin-c")},
	VitaminE:   {"vitamin_e_mg", "Vitamin E (alpha-tocopherol)", Mg, 100_000, unscaled("1109", "323"), scaled(mgPerG, "vitamin-e")},
	VitaminK:   {"vitamin_k_mcg", "Vitamin K", Mcg, 100_000, unscaled("1185", "430"), scaled(mcgPerG, "vitamin-k")},
	VitaminB6:  {"vitamin_b6_mg", "Vitamin B6", Mg, 100_000, unscaled("1175", "415"), scaled(mgPerG, "vitamin-b6")},
	VitaminB12: {"vitamin_b12_mcg", "Vitamin B12", Mcg, 100_000, unscaled("1178", "418"), scaled(mcgPerG, "vitamin-b12")},
	Thiamin:    {"thiamin_mg", "Thiamin (vitamin B1)", Mg, 100_000, unscaled("1165", "404"), scaled(mgPerG, "vitamin-b1")},
	Riboflavin: {"riboflavin_mg", "Riboflavin (vitamin B2)", Mg, 100_000, unscaled("1166", "405"), scaled(mgPerG, "vitamin-b2")},
	Niacin:     {"niacin_mg", "Niacin (vitamin B3)", Mg, 100_000, unscaled("1167", "406"), scaled(mgPerG, "vitamin-pp")},
	Folate: {
		"folate_mcg", "Folate (dietary folate equivalents)", Mcg, 100_000,
		unscaled("1190", "435"), scaled(mcgPerG, "vitamin-b9"),
	},
	Choline: {"choline_mg", "Choline", Mg, 100_000, unscaled("1180", "421"), scaled(mgPerG, "choline")},
}

// FDCLabel are the names of nutrients in labelNutrients of FoodData Central: what the label says of one serving, in our units. Its
// vitamin D is left out, because labels had it in IU before they had it in µg.
var FDCLabel = map[string]ID{
	"calories": Calories, "protein": Protein, "carbohydrates": Carbs, "fat": Fat, "fiber": Fiber, "sugars": Sugar,
	"addedSugar": AddedSugar, "saturatedFat": SaturatedFat, "transFat": TransFat, "cholesterol": Cholesterol, "sodium": Sodium,
	"potassium": Potassium, "calcium": Calcium, "iron": Iron,
}

func unscaled(names ...string) []Source { return scaled(1, names...) }

func scaled(factor float64, names ...string) []Source {
	sources := make([]Source, len(names))
	for i, name := range names {
		sources[i] = Source{name, factor}
	}
	return sources
}

// Keys are the keys of all nutrients, in the order of the table.
func Keys() []string {
	keys := make([]string, Count)
	for id, n := range Table {
		keys[id] = n.Key
	}
	return keys
}

var byKey = func() map[string]ID {
	ids := map[string]ID{}
	for id, n := range Table {
		ids[n.Key] = ID(id)
	}
	return ids
}()

// ByKey returns the nutrient with this key.
func ByKey(key string) (id ID, ok bool) {
	id, ok = byKey[key]
	return id, ok
}
