package coach

import (
	"math"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// frequencyDays is how many days are looked at when the message names none.
const frequencyDays = 30

// frequency says on how many days a food was eaten, or how much of it.
func (r *localReply) frequency() error {
	texts, err := r.h.rooms.Nutrition.MatchFoods(r.ctx, []string{r.u.Phrase})
	if err != nil {
		return err
	}
	if r.u.Counts {
		counted, err := r.countFood(texts[0].Words)
		if counted || err != nil {
			return err
		}
	}
	eaten, err := r.eaten(foodsWith(texts[0]))
	if err != nil {
		return err
	}
	name := r.w.quoted(r.typed(texts[0].Words))
	if len(eaten) == 0 {
		return r.tell("frequency_never", values{"food": name, "range": r.timeOfFood()})
	}
	return r.tellDays("frequency", values{"food": name, "range": r.timeOfFood()}, eaten)
}

// tellDays says on how many days a food was eaten, and on which the last time.
func (r *localReply) tellDays(id string, v values, eaten []queries.ListEatenFoodRow) error {
	days := 0
	for i, e := range eaten {
		if i == 0 || !e.LocalDate.Equal(eaten[i-1].LocalDate) {
			days++
		}
		r.cite(daySource(e.LocalDate))
	}
	v["count"], v["day"] = days, r.w.onDay(eaten[0].LocalDate)
	return r.tell(id, v)
}

// timeOfFood returns the days that are looked at, inside a sentence.
func (r *localReply) timeOfFood() string {
	from, to := r.span(frequencyDays)
	if from.Equal(to) {
		return r.w.onDay(from)
	}
	return r.w.days(from, to)
}

// countFood says how much of a food was eaten. It returns false when no weight of it was logged.
func (r *localReply) countFood(words string) (counted bool, err error) {
	found, err := r.findFoods([]intent.Item{{Amount: 1, Rest: words}})
	if err != nil || len(found) != 1 || found[0].food == nil {
		return false, err
	}
	kind := kindOfFood(found[0].food.Hit.Name)
	eaten, err := r.eaten([]uuid.UUID{found[0].food.Hit.ID}, []string{"^" + namePattern(words) + "$", "^" + namePattern(kind) + "(,|$)"})
	if err != nil || weightOf(eaten) == 0 {
		return false, err
	}
	return true, r.tellEaten(words, found[0].grams, eaten)
}

// tellEaten says how much of a food was eaten: its weight, and as pieces or servings where one has a usual weight.
func (r *localReply) tellEaten(words string, piece float64, eaten []queries.ListEatenFoodRow) error {
	v := values{"food": r.w.quoted(r.typed(words)), "range": r.timeOfFood(), "grams": r.w.grams(weightOf(eaten))}
	pieces, err := r.piecesOf(piece, eaten)
	if err != nil {
		return err
	}
	id := "eaten_grams"
	if pieces > 0 {
		id, v["number"] = "eaten_pieces", r.w.nearly(pieces)
	}
	if err := r.tell(id, v); err != nil {
		return err
	}
	if err := r.tellDays("eaten_days", values{}, eaten); err != nil {
		return err
	}
	if n := unweighed(eaten); n > 0 {
		return r.tell("eaten_unweighed", values{"count": n})
	}
	return nil
}

// piecesOf returns how many pieces or servings were eaten; 0 when the weight of one is not known. Each food has a piece of its own, and
// usual is that of the others.
func (r *localReply) piecesOf(usual float64, eaten []queries.ListEatenFoodRow) (n float64, err error) {
	if usual == 0 {
		return 0, nil
	}
	items := make([]intent.Item, len(eaten))
	for i, e := range eaten {
		items[i] = intent.Item{Amount: 1, Rest: e.Name}
	}
	found, err := r.findWhole(items)
	if err != nil {
		return 0, err
	}
	for i, e := range eaten {
		piece := usual
		if found[i].known() && found[i].grams > 0 {
			piece = found[i].grams
		}
		if isPiece(e, piece) {
			n += e.Servings
		} else {
			n += e.Grams / piece
		}
	}
	return n, nil
}

// isPiece reports whether the servings of an entry are pieces of some size, as large eggs are, and not cups or packets.
func isPiece(e queries.ListEatenFoodRow, piece float64) bool {
	return e.Servings > 0 && e.Grams/e.Servings > piece/2 && e.Grams/e.Servings < piece*2
}

// nearly returns a number of pieces, with a word before it when it is not a whole number.
func (w *writer) nearly(n float64) string {
	if math.Abs(n-math.Round(n)) < 0.05 {
		return w.number(n, 0)
	}
	return w.text("about", values{"number": w.number(n, 1)})
}

func weightOf(eaten []queries.ListEatenFoodRow) (grams float64) {
	for _, e := range eaten {
		grams += e.Grams
	}
	return grams
}

func unweighed(eaten []queries.ListEatenFoodRow) (n int) {
	for _, e := range eaten {
		n += int(e.Unweighed)
	}
	return n
}

func (r *localReply) eaten(foods []uuid.UUID, patterns []string) ([]queries.ListEatenFoodRow, error) {
	from, to := r.span(frequencyDays)
	return r.h.db.ListEatenFood(r.ctx, queries.ListEatenFoodParams{
		UserID: r.t.UserID, FromDay: from, ToDay: to, Foods: foods, Patterns: patterns,
	})
}

// foodsWith returns the foods that a text may name, and patterns of the names that contain it.
func foodsWith(m nutrition.MatchedText) (ids []uuid.UUID, patterns []string) {
	ids, patterns = []uuid.UUID{}, []string{namePattern(m.Words)}
	for _, f := range m.Foods {
		if f.Match >= nutrition.MatchBegins {
			ids, patterns = append(ids, f.Hit.ID), append(patterns, namePattern(kindOfFood(f.Hit.Name)))
		}
	}
	return ids, patterns
}

// groups begin the names of foods of many kinds: "Alcoholic beverage, beer, regular".
var groups = regexp.MustCompile(
	`(?i)^(alcoholic beverage|beans|beverages|bread|candies|cereals|cheese|crustaceans|fish|game meat|mollusks|nuts|oil|` +
		`restaurant|sauce|seeds|snacks|soup|spices)s?$`,
)

// kindOfFood returns the part of a name that says what it is: "Egg" of "Egg, whole, raw", "Fish, salmon" of "Fish, salmon, smoked".
func kindOfFood(name string) string {
	parts := strings.SplitN(name, ",", 3)
	if len(parts) > 1 && groups.MatchString(parts[0]) {
		return parts[0] + "," + parts[1]
	}
	return parts[0]
}
