package main

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// schema is an object of the contract with a field for each nutrient.
type schema struct {
	name, goType string
	// head is the text before the properties.
	head string
	// field returns the schema of a property; tail is the text after the properties.
	field func(id nutrient.ID, n nutrient.Nutrient) string
	tail  string
}

// per100g amounts are stored to 0.000001, so that a serving has exactly the values of its label; logged amounts to 0.001.
func per100g(_ nutrient.ID, n nutrient.Nutrient) string {
	return number("number", n.Max, n.Name+" in "+unitName(n.Unit)+", to 0.000001.")
}

// upTo returns a field for items, labels and sums. The limit is far above anything that people eat; it limits what must be read.
func upTo(limit float64, digits string) func(nutrient.ID, nutrient.Nutrient) string {
	return func(_ nutrient.ID, n nutrient.Nutrient) string {
		return number("number", limit, n.Name+" in "+unitName(n.Unit)+digits)
	}
}

var all = []schema{
	{
		"Nutrients", "nutrient.Values", `
    description: What 100 g hold. A nutrient that is not known is absent; 0 means none.
    required: [calories, protein_g, carbs_g, fat_g]`, per100g, "",
	},
	{
		"NutrientsCreate", "nutrient.Values", `
    additionalProperties: false
    description: What 100 g hold. Leave out what you do not know.
    required: [calories, protein_g, carbs_g, fat_g]`, per100g, "",
	},
	{
		"NutrientsPatch", "nutrient.Patch", `
    additionalProperties: false
    minProperties: 1
    description: JSON merge-patch of what 100 g hold; ` + "`null`" + ` makes a nutrient unknown again.`,
		func(id nutrient.ID, n nutrient.Nutrient) string {
			if id < nutrient.Macros {
				return per100g(id, n)
			}
			return number("[number, 'null']", n.Max, n.Name+" in "+unitName(n.Unit)+", to 0.000001.")
		}, "",
	},
	{
		"ServingNutrientsCreate", "nutrient.Values", `
    additionalProperties: false
    description: What one serving holds. Leave out what you do not know.
    required: [calories, protein_g, carbs_g, fat_g]`, upTo(1e6, "."), "",
	},
	{
		"ItemNutrients", "nutrient.Values", `
    description: What this amount holds. A nutrient that is not known is absent; 0 means none.
    required: [calories]`, upTo(1e8, ", to 0.001."), "",
	},
	{
		"Coverage", "nutrient.Values", `
    description: For each nutrient, the share (0 to 1, to 0.001) of the items whose value is known. Empty when there are no items.`,
		func(_ nutrient.ID, n nutrient.Nutrient) string {
			name := []rune(n.Name)
			return number("number", 1, "Of "+string(unicode.ToLower(name[0]))+string(name[1:])+".")
		}, "",
	},
	{
		"Totals", "nutrient.Totals", `
    description: |
      The exact sum of the items. What no item knows is absent, never 0; where only some know it, the sum is of those and ` + "`coverage`" + ` says how many.
      Of nothing, energy and the three macronutrients are 0.
    required: [calories, coverage]`, upTo(1e10, ", to 0.001."), `
      coverage: {$ref: '#/schemas/Coverage'}`,
	},
}

func number(kind string, limit float64, description string) string {
	return fmt.Sprintf("{type: %s, minimum: 0, maximum: %.0f, description: '%s'}", kind, limit, description)
}

func unitName(u nutrient.Unit) string {
	if u == nutrient.G {
		return "grams"
	}
	return string(u)
}

// document returns openapi/nutrients.yaml: the schemas, and the nutrients of the docs' egg, from which plugin.mjs makes examples.
func document(egg nutrient.Values) string {
	var out strings.Builder
	out.WriteString("# Written by internal/tools/nutrient/generate from the table of nutrients; do not edit.\n")
	out.WriteString("keys: [" + strings.Join(nutrient.Keys(), ", ") + "]\negg:\n")
	for id, n := range nutrient.Table {
		if amount, known := egg.Get(nutrient.ID(id)); known {
			fmt.Fprintf(&out, "  %s: %v\n", n.Key, amount)
		}
	}
	out.WriteString("schemas:\n")
	for _, s := range all {
		fmt.Fprintf(&out, `  %s:
    type: object
    x-go-type: %s
    x-go-type-import: {path: github.com/ultimatecoach/api/internal/tools/nutrient}%s
    properties:
`, s.name, s.goType, s.head)
		for id, n := range nutrient.Table {
			fmt.Fprintf(&out, "      %s: %s\n", n.Key, s.field(nutrient.ID(id), n))
		}
		out.WriteString(strings.TrimPrefix(s.tail, "\n"))
		if s.tail != "" {
			out.WriteString("\n")
		}
	}
	return out.String()
}
