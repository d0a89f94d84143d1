package coach

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"

	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

//go:embed local_whole.tsv
var wholeTable string

// wholeFood is what people count by the animal: half a chicken is no breast, and a trout is no fillet.
type wholeFood struct {
	name string
	// grams are what is edible of one; 0 when that differs too much to be estimated.
	grams float64
	// whole are names of the animal as it is served. part are names that mean the animal only of a half, a quarter or a whole one:
	// of "2 chickens" the coach asks how much it was.
	whole, part *regexp.Regexp
}

var wholeFoods = func() (list []wholeFood) {
	only := func(names string) *regexp.Regexp { return regexp.MustCompile("^(?:" + names + ")$") }
	for _, line := range strings.Split(strings.TrimSpace(wholeTable), "\n")[1:] {
		cells := append(strings.Split(line, "\t"), "")
		list = append(list, wholeFood{cells[0], numberOr(cells[1], 0), only(cells[2]), only(cells[3])})
	}
	return list
}()

// saidWhole are the words for an undivided one.
var saidWhole = regexp.MustCompile(`\b(?:whole|entire|ganze[nrsm]?|entiere?s?|enter[oa]s?|inteir[oa]s?)\b`)

// wholeOf returns the animal that an item counts; nil when it is something else. isSure is false when the amount may be another one.
func wholeOf(item intent.Item) (w *wholeFood, isSure bool) {
	_, words, hasUnit := nutrition.CutUnit(item.Rest)
	isWhole := saidWhole.MatchString(words)
	if hasUnit || item.Amount == 0 && !isWhole {
		return nil, false
	}
	words = strings.Join(strings.Fields(saidWhole.ReplaceAllString(words, " ")), " ")
	for i := range wholeFoods {
		w := &wholeFoods[i]
		if words != "" && w.whole.MatchString(words) {
			return w, true
		}
		if words != "" && w.part.MatchString(words) {
			return w, isWhole || item.Amount < 1
		}
	}
	return nil, false
}

// of returns the animal as the food of an item.
func (w *wholeFood) of(item intent.Item, isSure bool, m nutrition.MatchedText) foundFood {
	f := foundFood{item: item, words: foodOf(item.Rest), estimated: true, confidence: unsure}
	i := slices.IndexFunc(m.Foods, func(found nutrition.MatchedFood) bool { return found.Hit.Name == w.name })
	if i < 0 {
		return f // somebody's catalogue lacks it
	}
	f.food, f.grams = &m.Foods[i], w.grams*cmp.Or(item.Amount, 1)
	if isSure && f.grams > 0 && f.grams <= maxGramsOfItem {
		f.confidence = sureUsual
	}
	return f
}
