package coach

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/tools/intent"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

//go:embed local_dishes.tsv
var dishTable string

// dish is something that the catalogue lacks. Its energy is estimated from the food of the catalogue that it is most like.
type dish struct {
	name string // as people write it
	like string // the name of a food of the catalogue
	// factor is how much energy 100 g of it have, compared with that food.
	factor float64
	// portions are grams by unit; usual are those of one without a unit.
	portions map[string]float64
	usual    float64
}

// dishes has the dishes by language and name, in the form of intent.Words. It is made when it is first needed: that takes 100 ms.
var dishes = sync.OnceValue(func() map[string]map[string]*dish {
	lines := strings.Split(strings.TrimSpace(dishTable), "\n")
	heading := strings.Split(lines[0], "\t")
	all := map[string]map[string]*dish{}
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		like := dish{like: cells[0], factor: numberOr(cells[1], 1), portions: map[string]float64{}}
		for portion := range strings.SplitSeq(cells[2], ";") {
			unit, grams, _ := strings.Cut(portion, " ")
			like.portions[unit] = numberOr(grams, 0)
			like.usual = cmp.Or(like.usual, like.portions[unit])
		}
		for i, language := range heading[3:] {
			if all[language] == nil {
				all[language] = map[string]*dish{}
			}
			for name := range strings.SplitSeq(cells[3+i], "|") {
				if name == "" { // not eaten where the language is spoken
					continue
				}
				d := like
				d.name = name
				all[language][intent.Words(name)] = &d
			}
		}
	}
	return all
})

func numberOr(s string, fallback float64) float64 {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return n
	}
	return fallback
}

// lettersOfForeignName is how long a name must be to be understood in a message of another language: short ones are other words there.
const lettersOfForeignName = 6

// dishNamed returns the dish with a name, in the language of the message or another; nil when there is none.
func dishNamed(language, words string) *dish {
	if d := dishIn(language, words); d != nil {
		return d
	}
	if len(words) < lettersOfForeignName {
		return nil
	}
	for _, l := range safety.Languages {
		if d := dishIn(l, words); d != nil {
			return d
		}
	}
	return nil
}

func dishIn(language, words string) *dish {
	if d := dishes()[language][words]; d != nil {
		return d
	}
	return dishes()[language][withoutPlurals(words)]
}

// dishOf returns the dish that an item names.
func dishOf(language string, item intent.Item) *dish {
	_, food, _ := nutrition.CutUnit(item.Rest)
	return cmp.Or(dishNamed(language, item.Rest), dishNamed(language, food))
}

// isFood reports whether the catalogue has the dish, or the person has an own food with its name. The search finds other foods under the
// names of dishes too: those that are like them.
func (d *dish) isFood(f *nutrition.MatchedFood) bool {
	return f.Match >= nutrition.MatchExact && (f.Hit.IsCustom || strings.Contains(intent.Words(f.Hit.Name), intent.Words(d.name)))
}

// gramsOfVolume are the grams of one unit of a dish, by units of volume.
var gramsOfVolume = map[string]float64{"ml": 1, "cl": 10, "dl": 100, "l": 1000}

// weighs are units whose grams do not depend on what is weighed.
var weighs = []string{"g", "kg", "mg", "oz", "lb"}

// estimate turns a found food into the dish that is like it: its grams are those of the amount, or of the usual portion.
func (d *dish) estimate(item intent.Item, m nutrition.MatchedText) foundFood {
	f := foundFood{item: item, words: d.name, dish: d, estimated: true, confidence: unsure}
	i := slices.IndexFunc(m.Foods, func(found nutrition.MatchedFood) bool { return found.Hit.Name == d.like })
	if i < 0 {
		return f // somebody's catalogue lacks it
	}
	f.food, f.confidence = &m.Foods[i], sureCorrected
	count, unit := m.Amount, m.Unit
	if count == 0 {
		count, unit = 1, noUnit
		if item.Accompaniment {
			unit = withUnit
		}
	}
	switch p := f.food.Hit.Portion; {
	case slices.Contains(weighs, unit) && p != nil:
		f.grams = p.Grams
	case gramsOfVolume[unit] > 0:
		f.grams = count * gramsOfVolume[unit]
	default:
		f.grams = count * d.usual * cmp.Or(sizes[unit], 1)
		if own := d.portions[unit]; own > 0 {
			f.grams = count * own
		}
	}
	if f.grams > maxGramsOfItem {
		f.confidence = unsure
	}
	return f
}

// quickItem returns what a dish is logged as: its energy and main nutrients, under its own name.
func (f *foundFood) quickItem() api.QuickItem {
	amount := func(id nutrient.ID) float64 {
		return math.Round(f.food.Hit.Per100G.Amount(id) * f.dish.factor * f.grams / 100)
	}
	return api.QuickItem{
		Name: capital(f.dish.name), Calories: amount(nutrient.Calories),
		ProteinG: new(amount(nutrient.Protein)), CarbsG: new(amount(nutrient.Carbs)), FatG: new(amount(nutrient.Fat)),
	}
}
