package coach

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/calendar"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

//go:embed texts/*.json texts/nutrients.tsv
var textFiles embed.FS

// textBundle has the sentences of the local coach in the languages of package safety. A test writes each of them.
var textBundle = func() *i18n.Bundle {
	b := i18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, l := range safety.Languages {
		if _, err := b.LoadMessageFileFS(textFiles, "texts/"+l+".json"); err != nil {
			panic(err) // the files are part of the program
		}
	}
	addNutrients(b)
	return b
}()

// addNutrients adds the amounts of nutrients, which have a table of their own so that a new nutrient is one line.
func addNutrients(b *i18n.Bundle) {
	table, err := textFiles.ReadFile("texts/nutrients.tsv")
	if err != nil {
		panic(err)
	}
	lines := strings.Split(strings.TrimSpace(string(table)), "\n")
	languages := strings.Split(lines[0], "\t")[1:]
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		for i, l := range languages {
			b.MustAddMessages(language.Make(l), &i18n.Message{ID: cells[0], Other: cells[i+1]})
		}
	}
}

// strictTemplates refuses a template whose value is missing.
var strictTemplates = &template.TextParser{Option: "missingkey=error"}

// values are what a template names.
type values map[string]any

// writer writes sentences in one language. Its first error is kept in err, so that callers check once.
type writer struct {
	texts   *i18n.Localizer
	numbers *message.Printer
	today   time.Time
	err     error
}

func newWriter(tag string, today time.Time) *writer {
	return &writer{texts: i18n.NewLocalizer(textBundle, tag), numbers: message.NewPrinter(language.Make(tag)), today: today}
}

// text returns one text. The value count decides on its plural form.
func (w *writer) text(id string, v values) string {
	c := &i18n.LocalizeConfig{MessageID: id, TemplateData: map[string]any(v), TemplateParser: strictTemplates}
	if v == nil {
		c.TemplateData = map[string]any{}
	}
	if count, ok := v["count"]; ok {
		c.PluralCount = count
	}
	s, err := w.texts.Localize(c)
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("write %s: %w", id, err)
	}
	return s
}

// sentence returns a text that begins with a capital letter.
func (w *writer) sentence(id string, v values) string { return capital(w.text(id, v)) }

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// number returns a number with at most so many digits after the decimal point.
func (w *writer) number(n float64, digits int) string {
	n = roundTo(n, digits)
	return strings.ReplaceAll(w.numbers.Sprint(number.Decimal(n, number.MaxFractionDigits(digits))), "\u00a0", " ")
}

func roundTo(n float64, digits int) float64 {
	factor := math.Pow10(digits)
	if n = math.Round(n*factor) / factor; n == 0 {
		return 0 // never -0
	}
	return n
}

// kilograms returns a weight; digits of small changes matter more.
func (w *writer) kilograms(kg float64, digits int) string { return w.number(kg, digits) + " kg" }

func (w *writer) kcal(n float64) string { return w.number(n, 0) + " kcal" }

// grams returns the amount of a food.
func (w *writer) grams(g float64) string {
	if g < 10 {
		return w.number(g, 1) + " g"
	}
	return w.number(g, 0) + " g"
}

// amount returns an amount of a nutrient with its name.
func (w *writer) amount(id nutrient.ID, n float64) string {
	return w.text(nutrient.Table[id].Key, values{"amount": w.bareAmount(id, n)})
}

// bareAmount returns an amount of a nutrient: energy in whole numbers, others with one digit after the point, or two of small ones.
func (w *writer) bareAmount(id nutrient.ID, n float64) string {
	digits := 1
	switch unit := nutrient.Table[id].Unit; {
	case unit == nutrient.Kcal:
		digits = 0
	case math.Abs(n) < 1:
		digits = 2
	}
	return w.number(n, digits) + " " + string(nutrient.Table[id].Unit)
}

// mainNutrients are those that have targets.
var mainNutrients = []nutrient.ID{nutrient.Calories, nutrient.Protein, nutrient.Carbs, nutrient.Fat}

// amounts returns the known ones of some nutrients as a list.
func (w *writer) amounts(v *nutrient.Values, ids ...nutrient.ID) string {
	var parts []string
	for _, id := range ids {
		if n, known := v.Get(id); known {
			parts = append(parts, w.amount(id, n))
		}
	}
	return w.list("and", parts)
}

// list joins parts with commas and, before the last one, a word: "and" or "or".
func (w *writer) list(word string, parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := len(parts) - 1
	return w.text(word, values{"list": strings.Join(parts[:last], ", "), "last": parts[last]})
}

// quoted returns words of the person, or an example, in quotation marks.
func (w *writer) quoted(s string) string { return w.text("quoted", values{"text": shownName(s)}) }

// example returns one of the examples in quotation marks.
func (w *writer) example(name string) string { return w.quoted(w.text("example_"+name, nil)) }

// onDay returns a day inside a sentence: "today", "on Monday, 23 November".
func (w *writer) onDay(day time.Time) string {
	if id := w.nearDay(day); id != "" {
		return w.text(id, nil)
	}
	return w.text("on_date", values{"date": w.date(day)})
}

// day returns a day as the beginning of a line.
func (w *writer) day(day time.Time) string {
	if id := w.nearDay(day); id != "" {
		return w.sentence(id, nil)
	}
	return capital(w.date(day))
}

func (w *writer) nearDay(day time.Time) string {
	switch {
	case day.Equal(w.today):
		return "today"
	case day.Equal(w.today.AddDate(0, 0, -1)):
		return "yesterday"
	}
	return ""
}

// date returns a date with its weekday; the year only where it is another one.
func (w *writer) date(day time.Time) string {
	if day.Year() != w.today.Year() {
		return w.dateOfYear(day)
	}
	weekday := w.text(fmt.Sprintf("weekday_%d", day.Weekday()), nil)
	return w.text("date", values{"weekday": weekday, "day": w.dayNumber(day), "month": w.month(day)})
}

func (w *writer) dateOfYear(day time.Time) string {
	return w.text("date_of_year", values{"day": w.dayNumber(day), "month": w.month(day), "year": strconv.Itoa(day.Year())})
}

func (w *writer) month(day time.Time) string {
	return w.text(fmt.Sprintf("month_%d", day.Month()), nil)
}

// days returns a range inside a sentence: "this week", "over the last 14 days", "from 3 October to 9 October".
func (w *writer) days(from, to time.Time) string {
	week, month := calendar.Monday(w.today), calendar.FirstOfMonth(w.today)
	is := func(first, last time.Time) bool { return from.Equal(first) && to.Equal(last) }
	switch {
	case is(week, w.today):
		return w.text("this_week", nil)
	case is(week.AddDate(0, 0, -7), week.AddDate(0, 0, -1)):
		return w.text("last_week", nil)
	case is(month, w.today):
		return w.text("this_month", nil)
	case is(month.AddDate(0, -1, 0), month.AddDate(0, 0, -1)):
		return w.text("last_month", nil)
	case to.Equal(w.today):
		return w.text("last_days", values{"number": int(to.Sub(from).Hours()/24) + 1})
	}
	format := w.dateOfYear
	if from.Year() == w.today.Year() && to.Year() == w.today.Year() {
		format = w.dayOfMonth
	}
	return w.text("range", values{"from": format(from), "to": format(to)})
}

func (w *writer) dayOfMonth(day time.Time) string {
	return w.text("date_short", values{"day": w.dayNumber(day), "month": w.month(day)})
}

// dayNumber returns the number of a day in its month; some languages write the first one in another way.
func (w *writer) dayNumber(day time.Time) string {
	if day.Day() == 1 {
		return w.text("first_day", nil)
	}
	return strconv.Itoa(day.Day())
}

func (w *writer) meal(kind api.MealType) string { return w.text("meal_"+string(kind), nil) }

// missing returns what is missing for a computation, as a list.
func (w *writer) missing(data []api.MissingData) string {
	parts := make([]string, len(data))
	for i, d := range data {
		var v values
		if d.Amount > 0 { // of days and weigh-ins; fields of the profile have none
			v = values{"count": d.Amount}
		}
		parts[i] = w.text("missing_"+string(d.What), v)
	}
	return w.list("and", parts)
}

// maxShownName is how many characters of a name are shown in a sentence.
const maxShownName = 80

// shownName returns a name of a food, or words of the person, as they are shown in a sentence: on one line, without marks that an app may
// read as a link or an image.
func shownName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("<>[]`*_|\\", r) {
			return -1
		}
		return r
	}, strings.Join(strings.Fields(s), " "))
	s = strings.ReplaceAll(s, "://", " ")
	if runes := []rune(s); len(runes) > maxShownName {
		return string(runes[:maxShownName-1]) + "…"
	}
	return s
}
