// Package energy computes what activities cost in kcal, and says where each figure comes from. It has the 2024 Compendium of Physical
// Activities, names of activities in five languages, and the formulas for power and heart rate. It reads no database.
package energy

import (
	"cmp"
	"embed"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Year is the edition of the Compendium that all codes here belong to.
const Year = 2024

// Attribution has to be shown with every MET.
const Attribution = "Herrmann SD et al. 2024 Adult Compendium of Physical Activities. J Sport Health Sci 2024;13(1):6-12."

// Row is a row of the Compendium.
type Row struct {
	// Code has five digits, the first may be 0.
	Code, Heading, Description string
	MET                        float64
	// MET2011 is the value of the 2011 edition; nil where the code is newer.
	MET2011 *float64
}

// Activity is an activity that people can name.
type Activity struct {
	// Key is stable snake_case.
	Key string
	Row
	// Aliases are other names, in five languages.
	Aliases  []string
	titles   [len(Languages)]string // what to show, by language; "" where the table has none
	Category string
	// Near is true when the table has only a similar row.
	Near bool
	// Bands are the rows by speed or power, rising; empty when only Row is known.
	Bands []Band
}

// Band is the row that holds from a speed or power up to the next band of the same activity.
type Band struct {
	// Power is true when From is in watts; otherwise it is in km/h.
	Power bool
	From  float64
	Row
}

// Name returns the English name of the activity.
func (a *Activity) Name() string {
	name := []rune(strings.ReplaceAll(a.Key, "_", " "))
	name[0] = unicode.ToUpper(name[0])
	return string(name)
}

// Languages are those of the titles. The first one is known for every activity.
var Languages = [...]string{"en", "de", "fr", "es", "pt"}

// Title returns what to show in one of Languages, in English where the table has no title, and the language that it is in.
func (a *Activity) Title(language string) (title, in string) {
	if i := slices.Index(Languages[:], language); i > 0 && a.titles[i] != "" {
		return a.titles[i], language
	}
	return a.Name(), Languages[0]
}

// band returns the row for a speed in km/h or a power in watts; false when the activity has no such bands.
func (a *Activity) band(power bool, value float64) (row Row, ok bool) {
	for _, b := range a.Bands {
		if b.Power == power && value >= b.From {
			row, ok = b.Row, true
		}
	}
	return row, ok
}

// ambiguous are words that mean several activities, after normalising, with the keys of those.
var ambiguous = map[string][]string{
	"football": {"soccer", "american_football", "flag_football"},
	"hockey":   {"field_hockey", "ice_hockey", "floorball"},
	"skating":  {"ice_skating", "inline_skating", "roller_skating"},
	"ski":      {"skiing", "cross_country_skiing"},
	"marcha":   {"walking", "race_walking", "hiking"},
	"training": {"strength_training", "circuit_training", "gym_workout"},
	"workout":  {"gym_workout", "home_workout", "strength_training"},
	"sport":    {"gym_workout", "running", "soccer"},
	"cardio":   {"running", "elliptical", "aerobics"},
}

//go:embed data/*.csv
var files embed.FS

type catalogue struct {
	activities []*Activity // by key
	names      map[string]*Activity
	rows       map[string]Row
	codes      []string // sorted
}

// table reads the files when they are first needed. They are part of the program and tested, so reading them cannot fail.
var table = sync.OnceValue(func() *catalogue {
	c := &catalogue{names: map[string]*Activity{}, rows: map[string]Row{}}
	for _, line := range lines("compendium.csv") {
		row := Row{Code: line[0], Heading: line[1], MET: number(line[2]), Description: line[3]}
		if line[5] != "" {
			row.MET2011 = new(number(line[5]))
		}
		c.rows[row.Code] = row
	}
	c.codes = slices.Sorted(maps.Keys(c.rows))
	byKey := map[string]*Activity{}
	for _, line := range lines("aliases.csv") {
		a := &Activity{Key: line[0], Row: c.rows[line[1]], Aliases: strings.Split(line[2], "|"), Category: line[3], Near: line[4] == "near"}
		c.activities, byKey[a.Key] = append(c.activities, a), a
		for _, name := range append(a.Aliases, a.Key) {
			c.names[Normalize(name)] = a
		}
	}
	slices.SortFunc(c.activities, func(a, b *Activity) int { return cmp.Compare(a.Key, b.Key) })
	for _, line := range lines("titles.csv") {
		copy(byKey[line[0]].titles[1:], line[1:])
	}
	for _, line := range lines("speed_bands.csv") {
		a := byKey[line[0]]
		a.Bands = append(a.Bands, Band{Power: line[1] == "power_w", From: number(line[2]), Row: c.rows[line[3]]})
	}
	return c
})

// lines returns the lines of a file without its header.
func lines(name string) [][]string {
	f, err := files.Open("data/" + name)
	if err != nil {
		panic(err)
	}
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(fmt.Errorf("read %s: %w", name, err))
	}
	return all[1:]
}

func number(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// Normalize returns the form in which names are compared: lower case, without accents, with single spaces between letters and digits.
func Normalize(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), "ß", "ss")
	var out strings.Builder
	for _, r := range norm.NFKD.String(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			out.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			out.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// Find returns the activity with that key or name, compared as a whole; nil when there is none.
func Find(name string) *Activity { return table().names[Normalize(name)] }

// FindCode returns the row of a code of the Compendium.
func FindCode(code string) (Row, bool) {
	row, ok := table().rows[code]
	return row, ok
}

// Candidates returns the activities that a word may mean when it means several; nil otherwise.
func Candidates(name string) []*Activity {
	var all []*Activity
	for _, key := range ambiguous[Normalize(name)] {
		all = append(all, Find(key))
	}
	return all
}

// Search returns at most limit activities and, after them, rows of the Compendium that have no key. An activity with exactly that name comes
// first, then what an ambiguous word may mean, then activities with a name in which each word of the query begins a word: first those with
// such a title in the language. A code returns the activities that have it, also at one of their speeds, and its row when no activity has
// it as its own. An empty query returns the activities by key.
func Search(query, language string, limit int) (activities []*Activity, rows []Row) {
	c, words := table(), strings.Fields(Normalize(query))
	if row, ok := FindCode(strings.TrimSpace(query)); ok {
		return c.ofCode(row, limit)
	}
	if exact := Find(query); exact != nil {
		activities = append(activities, exact)
	}
	activities = append(activities, Candidates(query)...)
	byTitle := func(a *Activity) bool {
		title, in := a.Title(language)
		return in == language && begins(title, words)
	}
	byName := func(a *Activity) bool {
		return begins(a.Key, words) || slices.ContainsFunc(a.Aliases, func(alias string) bool { return begins(alias, words) })
	}
	for _, matches := range []func(*Activity) bool{byTitle, byName} {
		if len(words) == 0 {
			matches = byName // all of them, by key
		}
		for _, a := range c.activities {
			if matches(a) && !slices.Contains(activities, a) {
				activities = append(activities, a)
			}
		}
	}
	if len(activities) >= limit {
		return activities[:limit], nil
	}
	for _, code := range c.codes {
		row := c.rows[code]
		hasKey := slices.ContainsFunc(c.activities, func(a *Activity) bool { return a.Code == code })
		if len(words) > 0 && !hasKey && len(activities)+len(rows) < limit && begins(row.Heading+" "+row.Description, words) {
			rows = append(rows, row)
		}
	}
	return activities, rows
}

// ofCode returns the activities with the code of a row, those with it as their own first, and the row when there is none of those.
func (c *catalogue) ofCode(row Row, limit int) (activities []*Activity, rows []Row) {
	for _, a := range c.activities {
		if a.Code == row.Code {
			activities = append(activities, a)
		}
	}
	if len(activities) == 0 {
		rows = []Row{row}
	}
	for _, a := range c.activities {
		if a.Code != row.Code && slices.ContainsFunc(a.Bands, func(b Band) bool { return b.Code == row.Code }) {
			activities = append(activities, a)
		}
	}
	return activities[:min(len(activities), limit-len(rows))], rows
}

// begins reports whether each of the words begins a word of the name.
func begins(name string, words []string) bool {
	parts := strings.Fields(Normalize(name))
	for _, word := range words {
		if !slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(part, word) }) {
			return false
		}
	}
	return true
}
