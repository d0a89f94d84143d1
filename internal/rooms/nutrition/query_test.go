package nutrition

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadQuery_Amounts_AreNotSearchedFor(t *testing.T) {
	t.Parallel()
	for q, want := range map[string]struct {
		words string // of the barest reading
		value float64
		unit  string
	}{
		"large egg":                      {"egg", 1, "large"},
		"2 large eggs":                   {"eggs", 2, "large"},
		"1 apple":                        {"apple", 1, "piece"},
		"apple 1":                        {"apple", 1, "piece"},
		"two eggs":                       {"eggs", 2, "piece"},
		"a dozen eggs":                   {"eggs", 12, "piece"},
		"half an avocado":                {"avocado", 0.5, "piece"},
		"1/2 avocado":                    {"avocado", 0.5, "piece"},
		"½ avocado":                      {"avocado", 0.5, "piece"},
		"1½ bananas":                     {"bananas", 1.5, "piece"},
		"1 1/2 cups rice":                {"rice", 1.5, "cup"},
		"2x eggs":                        {"eggs", 2, "piece"},
		"2 x eggs":                       {"eggs", 2, "piece"},
		"100g chicken breast":            {"chicken breast", 100, "g"},
		"100 g chicken breast":           {"chicken breast", 100, "g"},
		"chicken breast 100g":            {"chicken breast", 100, "g"},
		"chicken breast 100 grams":       {"chicken breast", 100, "g"},
		"chicken breast 1,5 kg":          {"chicken breast", 1.5, "kg"},
		"6 oz salmon":                    {"salmon", 6, "oz"},
		"1 lb ground beef":               {"ground beef", 1, "lb"},
		"250ml milk":                     {"milk", 250, "ml"},
		"8 fl oz milk":                   {"milk", 8, "fl oz"},
		"glass of milk":                  {"milk", 1, "glass"},
		"a glass of milk":                {"milk", 1, "glass"},
		"bowl of oatmeal":                {"oatmeal", 1, "bowl"},
		"slice of bread":                 {"bread", 1, "slice"},
		"bread slice":                    {"bread", 1, "slice"},
		"2 slices of wholemeal bread":    {"wholemeal bread", 2, "slice"},
		"3 tbsp olive oil":               {"olive oil", 3, "tbsp"},
		"1 clove of garlic":              {"garlic", 1, "clove"},
		"clove of garlic":                {"garlic", 1, "clove"},
		"2 bars chocolate":               {"chocolate", 2, "bar"},
		"2 protein bars":                 {"protein bars", 2, "piece"},
		"2 EL Olivenöl":                  {"Olivenöl", 2, "tbsp"},
		"1 Glas Milch":                   {"Milch", 1, "glass"},
		"eine Scheibe Brot":              {"Brot", 1, "slice"},
		"großer Apfel":                   {"Apfel", 1, "large"},
		"zwei Eier":                      {"Eier", 2, "piece"},
		"un verre de lait":               {"lait", 1, "glass"},
		"verre d'eau":                    {"eau", 1, "glass"},
		"2 cuillères à soupe d'huile":    {"huile", 2, "tbsp"},
		"une tranche de pain":            {"pain", 1, "slice"},
		"un vaso de leche":               {"leche", 1, "glass"},
		"dos huevos":                     {"huevos", 2, "piece"},
		"2 cucharadas de aceite":         {"aceite", 2, "tbsp"},
		"um copo de leite":               {"leite", 1, "glass"},
		"duas fatias de pão":             {"pão", 2, "slice"},
		"1 colher de sopa de azeite":     {"azeite", 1, "tbsp"},
		"100 gramas de arroz":            {"arroz", 100, "g"},
		"chicken breast 150g grilled":    {"chicken breast grilled", 150, "g"},
		"2 large organic eggs":           {"eggs", 2, "large"},
		"extra large egg":                {"egg", 1, "extra large"},
		"zehn Mandeln":                   {"Mandeln", 10, "piece"},
		"anderthalb Bananen":             {"Bananen", 1.5, "piece"},
		"egg x3":                         {"egg", 3, "piece"},
		"1 and a half bananas":           {"bananas", 1.5, "piece"},
		"2 and 1/2 cups of milk":         {"milk", 2.5, "cup"},
		"1 kilo y medio de pollo":        {"pollo", 1.5, "kg"},
		"half a dozen eggs":              {"eggs", 6, "piece"},
		"une demi-douzaine d'œufs":       {"œufs", 6, "piece"},
		"un demi-litre de lait":          {"lait", 0.5, "l"},
		"lait demi-écrémé":               {"lait demi-écrémé", 0, ""},
		"un quart de litre de lait":      {"lait", 0.25, "l"},
		"ein Viertel Liter Milch":        {"Milch", 0.25, "l"},
		"un cuarto de kilo de carne":     {"carne", 0.25, "kg"},
		"quarter of a watermelon":        {"watermelon", 0.25, "piece"},
		"ein halbes Pfund Hack":          {"Hack", 0.5, "metric pound"},
		"2 heaped tbsp sugar":            {"sugar", 2, "tbsp"},
		"una cucharada colmada de avena": {"avena", 1, "tbsp"},
		"3 c. à soupe de miel":           {"miel", 3, "tbsp"},
		"medio aguacate":                 {"aguacate", 0.5, "piece"},
		"media taza de avena":            {"avena", 0.5, "cup"},
		"pizza media":                    {"pizza", 1, "medium"},
		"un plátano pequeño":             {"plátano", 1, "small"},
		"2 manzanas grandes":             {"manzanas", 2, "large"},
		"bread and half butter":          {"bread and half butter", 0, ""},
		"organic milk":                   {"milk", 0, ""},
		"homemade soup":                  {"soup", 0, ""},
		"home made vegetable soup":       {"vegetable soup", 0, ""},
		"egg":                            {"egg", 0, ""},
		"chicken breast":                 {"chicken breast", 0, ""},
		"2% milk":                        {"2% milk", 0, ""},
		"80/20 ground beef":              {"80/20 ground beef", 0, ""},
		"100% orange juice":              {"100% orange juice", 0, ""},
		"protein bar":                    {"protein bar", 0, ""},
		"fish sticks":                    {"fish sticks", 0, ""},
		"el pan":                         {"el pan", 0, ""},
		"organic":                        {"organic", 0, ""},
		"5":                              {"5", 0, ""},
		"large":                          {"large", 0, ""},
		"glass":                          {"glass", 0, ""},
		"99999 eggs":                     {"99999 eggs", 0, ""},
	} {
		readings := readQuery(q)
		barest := readings[len(readings)-1]
		assert.Equal(t, want.words, barest.words, q)
		if want.unit == "" {
			assert.Nil(t, barest.amount, q)
			continue
		}
		if assert.NotNil(t, barest.amount, q) {
			assert.Equal(t, amountInQuery{want.value, want.unit}, *barest.amount, q)
		}
	}
}

func TestReadQuery_NumberOrSizeThatMayBeAName_HasAFullerReading(t *testing.T) {
	t.Parallel()
	for q, want := range map[string]string{
		"7 up": "7-up|up", "large egg": "large egg|egg", "organic milk": "organic milk|milk", "2 large eggs": "2-large eggs|large eggs|eggs",
		"glass noodles": "glass noodles|noodles", "100g rice": "rice", "glass of milk": "milk", "egg": "egg", "3 musketeers": "3-musketeers|musketeers",
	} {
		assert.Equal(t, want, strings.Join(Readings(q), "|"), q)
	}
}

// Every reading has words, and the barest one only words of the query.
func FuzzReadQuery(f *testing.F) {
	for _, q := range []string{"2 large eggs", "1½ x", "d'eau", "½", "100g", "x", "1/0 a", "a an one", "of of of", "- . -", "2 x", "verre d'"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		if strings.TrimSpace(q) == "" {
			return
		}
		readings := readQuery(q)
		require.NotEmpty(t, readings)
		require.LessOrEqual(t, len(readings), 3)
		for _, r := range readings {
			require.NotEmpty(t, r.words, q)
			if r.amount != nil {
				require.Contains(t, queryUnits, r.amount.unit)
				require.Positive(t, r.amount.value)
			}
		}
	})
}
