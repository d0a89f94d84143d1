package foods

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/text"
)

// manyScans is how many people must have scanned a product for it to count as well known.
const manyScans = 100

// offProduct has the fields of a product that we use.
type offProduct struct {
	code, id, lang, abbreviated, brandOwner, servingSize, servingUnit string

	name, generic          offTexts
	brands, brandTags      []string
	servingQuantity, scans looseNumber
	modified               looseNumber // Unix time
	obsolete               bool

	// schema 1003 and later
	sets []offSet
	// earlier schemas
	per100, perServing offAmounts
	// hasPrepared is whether there are values of the prepared product, which we do not use.
	hasPrepared bool
}

// offTexts is a text in several languages by their codes; "" is the main one.
type offTexts map[string]string

// offAmounts are amounts by the names of Open Food Facts: grams, kJ, kcal, % by volume of alcohol.
type offAmounts map[string]float64

// productSetters read the fields that we use, from their JSON.
var productSetters = map[string]func(p *offProduct, raw jsontext.Value){
	"code":                     func(p *offProduct, raw jsontext.Value) { p.code = textOf(raw) },
	"_id":                      func(p *offProduct, raw jsontext.Value) { p.id = textOf(raw) },
	"id":                       func(p *offProduct, raw jsontext.Value) { p.id = textOf(raw) },
	"lang":                     func(p *offProduct, raw jsontext.Value) { p.lang = textOf(raw) },
	"abbreviated_product_name": func(p *offProduct, raw jsontext.Value) { p.abbreviated = textOf(raw) },
	"brands":                   func(p *offProduct, raw jsontext.Value) { p.brands = textsOf(raw) },
	"brands_tags":              func(p *offProduct, raw jsontext.Value) { p.brandTags = textsOf(raw) },
	"brand_owner":              func(p *offProduct, raw jsontext.Value) { p.brandOwner = textOf(raw) },
	"serving_size":             func(p *offProduct, raw jsontext.Value) { p.servingSize = textOf(raw) },
	"serving_quantity":         func(p *offProduct, raw jsontext.Value) { p.servingQuantity = numberOf(raw) },
	"serving_quantity_unit":    func(p *offProduct, raw jsontext.Value) { p.servingUnit = textOf(raw) },
	"unique_scans_n":           func(p *offProduct, raw jsontext.Value) { p.scans = numberOf(raw) },
	"last_modified_t":          func(p *offProduct, raw jsontext.Value) { p.modified = numberOf(raw) },
	"obsolete":                 func(p *offProduct, raw jsontext.Value) { p.obsolete = boolOf(raw) },
	"nutriments":               (*offProduct).setNutriments,
	"nutrition":                (*offProduct).setNutrition,
}

// setterOf returns the function that reads a field, or nil for a field that we do not use.
func setterOf(field string) func(p *offProduct, raw jsontext.Value) {
	if set, ok := productSetters[field]; ok {
		return set
	}
	if language, ok := strings.CutPrefix(field, "product_name"); ok {
		return func(p *offProduct, raw jsontext.Value) { p.name.set(language, raw) }
	}
	if language, ok := strings.CutPrefix(field, "generic_name"); ok {
		return func(p *offProduct, raw jsontext.Value) { p.generic.set(language, raw) }
	}
	if language, ok := strings.CutPrefix(field, "brands_"); ok && len(language) == 2 {
		return func(p *offProduct, raw jsontext.Value) {
			if len(p.brands) == 0 {
				p.brands = textsOf(raw)
			}
		}
	}
	return nil
}

// set reads one field of a product. raw is its JSON.
func (p *offProduct) set(field string, raw jsontext.Value) {
	if set := setterOf(field); set != nil {
		set(p, raw)
	}
}

// set reads product_name (suffix ""), product_name_de (suffix "_de"), an object of texts by language
// (product_name_languages), or a list of {lang, text} (the Parquet export, where the main language is "main").
func (t *offTexts) set(suffix string, raw jsontext.Value) {
	language := strings.TrimPrefix(suffix, "_")
	switch raw.Kind() {
	case '{':
		for name, value := range fieldsOf(raw) {
			if language == "languages" {
				t.add(name, textOf(value))
			}
		}
	case '[':
		for element := range elementsOf(raw) {
			lang := language
			for name, value := range fieldsOf(element) {
				if name == "lang" {
					lang = textOf(value)
				}
			}
			t.add(lang, textOf(element))
		}
	case '"', '0':
		t.add(language, textOf(raw))
	}
}

func (t *offTexts) add(language, value string) {
	if *t == nil {
		*t = offTexts{}
	}
	if language == "main" {
		language = ""
	}
	if value = text.Clean(value); value != "" && (*t)[language] == "" {
		(*t)[language] = value
	}
}

// best returns the main text, else that in the main language, else in English, else in the first of the other languages.
func (t offTexts) best(lang string) string {
	others := slices.Sorted(maps.Keys(t))
	for _, language := range append([]string{"", lang, "en"}, others...) {
		if t[language] != "" {
			return t[language]
		}
	}
	return ""
}

// setNutriments reads the nutrition of schemas before 1003, or the list of {name, 100g, serving} of the Parquet export.
func (p *offProduct) setNutriments(raw jsontext.Value) {
	for field, value := range fieldsOf(raw) {
		p.setFlat(field, numberOf(value))
	}
	for element := range elementsOf(raw) {
		var name string
		var per100, perServing looseNumber
		for field, value := range fieldsOf(element) {
			switch field {
			case "name":
				name = textOf(value)
			case "100g":
				per100 = numberOf(value)
			case "serving":
				perServing = numberOf(value)
			case "prepared_100g", "prepared_serving":
				p.hasPrepared = p.hasPrepared || numberOf(value).v != nil
			}
		}
		p.per100.add(name, per100)
		p.perServing.add(name, perServing)
	}
}

// isFlatAmount reports whether setFlat reads a field.
func isFlatAmount(field string) bool {
	return strings.HasSuffix(field, "_100g") || strings.HasSuffix(field, "_serving")
}

// setFlat reads an amount from a field such as fat_100g, fat_serving or fat_prepared_100g.
func (p *offProduct) setFlat(field string, amount looseNumber) {
	name, per100 := strings.CutSuffix(field, "_100g")
	name, perServing := strings.CutSuffix(name, "_serving")
	switch {
	case amount.v == nil || !per100 && !perServing:
	case strings.HasSuffix(name, "_prepared"):
		p.hasPrepared = true
	case per100:
		p.per100.add(name, amount)
	case perServing:
		p.perServing.add(name, amount)
	}
}

func (a *offAmounts) add(name string, amount looseNumber) {
	if amount.v == nil {
		return
	}
	if *a == nil {
		*a = offAmounts{}
	}
	(*a)[name] = *amount.v
}

// times returns the amounts multiplied by factor.
func (a offAmounts) times(factor float64) offAmounts {
	out := offAmounts{}
	for name, amount := range a {
		out[name] = amount * factor
	}
	return out
}

// statement returns the amounts in our nutrients and units.
func (a offAmounts) statement() (s amounts) {
	for id := range nutrient.Count {
		for _, source := range nutrient.Table[id].OpenFoodFacts {
			if amount, ok := a[source.Name]; ok {
				s.add(id, amount*source.Factor)
			}
		}
	}
	return s
}

// statements returns everything that is said about 100 g of the product as it is sold, the preferred first.
func (p *offProduct) statements() (all []amounts) {
	serving, _ := p.servingGrams()
	slices.SortStableFunc(p.sets, func(a, b offSet) int { return cmp.Compare(a.order(), b.order()) })
	for _, set := range p.sets {
		if factor, ok := set.factor(serving); ok {
			all = append(all, set.nutrients.times(factor).statement())
		}
	}
	all = append(all, p.per100.statement())
	if serving >= minReference {
		all = append(all, p.perServing.times(100/serving).statement())
	}
	return slices.DeleteFunc(all, amounts.empty)
}

// servingGrams returns the weight of the serving; ml count as grams.
func (p *offProduct) servingGrams() (grams float64, ok bool) {
	if p.servingQuantity.v == nil || *p.servingQuantity.v <= 0 {
		return 0, false
	}
	factor, ok := weights[normalUnit(p.servingUnit)]
	if p.servingUnit == "" {
		factor, ok = 1, true
	}
	return *p.servingQuantity.v * factor, ok
}

func (p *offProduct) food() (f Food, found []Finding) {
	statements := p.statements()
	f = Food{
		SourceID: text.FirstNonEmpty(p.code, p.id), Tier: TierRest, Nutrients: bestValues(statements),
		Name:       text.FirstNonEmpty(p.name.best(p.lang), p.generic.best(p.lang), p.abbreviated),
		Brand:      p.brand(),
		FiberApart: true,
	}
	if p.scans.v != nil && *p.scans.v >= manyScans {
		f.Tier = TierPlain
	}
	if gtin, ok := SourceGTIN14(f.SourceID); ok {
		// The code as Open Food Facts writes it today, so that older spellings of it are the same product.
		f.Barcode, f.SourceID = gtin, offCode(gtin)
	} else if f.SourceID != "" {
		found = append(found, BadBarcode)
	}
	if p.obsolete {
		found = append(found, Superseded)
	}
	if len(statements) == 0 && p.hasPrepared {
		found = append(found, OnlyPrepared)
	}
	if grams, ok := p.servingGrams(); ok {
		label := text.Cut(p.servingSize, maxLabel)
		if label == "" {
			label = strconv.FormatFloat(grams, 'f', -1, 64) + " g"
		}
		f.Servings = []Serving{{Label: label, Grams: grams, IsDefault: true}}
	} else if p.servingQuantity.v != nil && *p.servingQuantity.v > 0 {
		found = append(found, DroppedPortion)
	}
	return f, found
}

// brand returns the first brand. Tags such as "xx:ben-jerry-s" are the last resort: they have lost their spelling.
func (p *offProduct) brand() string {
	if brand := text.FirstNonEmpty(append(p.brands, p.brandOwner)...); brand != "" {
		return brand
	}
	for _, tag := range p.brandTags {
		_, name, found := strings.Cut(tag, ":")
		if !found {
			name = tag
		}
		if name = text.Clean(strings.ReplaceAll(name, "-", " ")); name != "" {
			return name
		}
	}
	return ""
}
