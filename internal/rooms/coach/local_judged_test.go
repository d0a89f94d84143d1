package coach_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/rooms/coach"
	"github.com/ultimatecoach/api/internal/tools/energy"
	"github.com/ultimatecoach/api/internal/tools/intent"
)

// saturday is the day on which the judged messages are written.
var saturday = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)

// judged reads a table of testdata, without its heading.
func judged(t testing.TB, name string) (rows [][]string) {
	t.Helper()
	source, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	for line := range strings.SplitSeq(strings.TrimSpace(string(source)), "\n") {
		rows = append(rows, append(strings.Split(line, "\t"), "", ""))
	}
	return rows[1:]
}

// statements are intents that are no questions.
var statements = []intent.Intent{
	intent.Log, intent.Quick, intent.Activity, intent.Weight, intent.Copy, intent.Correct, intent.TakeBack, intent.None, intent.Unknown,
}

// wanted is what a sentence says: a food, or an activity, a weight or energy.
type wanted struct {
	Food, Not string
	G         []float64
	Quick     float64
	Activity  string
	Minutes   float64
	Km        float64
	Kg        float64
}

// matches returns what is wrong with a found food; "" when nothing is.
func (w wanted) matches(f coach.Understood) string {
	switch {
	case !f.Sure:
		return "is asked about: " + f.Asked
	case !isNamed(f, w.Food):
		return "is " + f.Name
	case w.Not != "" && regexp.MustCompile("(?i)"+w.Not).MatchString(f.Name):
		return "must not be " + f.Name
	case len(w.G) == 2 && (f.Grams < w.G[0]-0.5 || f.Grams > w.G[1]+0.5):
		return fmt.Sprintf("has %.0f g of %s, not %v", f.Grams, f.Name, w.G)
	}
	return ""
}

// isNamed returns whether a food, or the dish that is estimated from it, has a name of a pattern.
func isNamed(f coach.Understood, pattern string) bool {
	name := regexp.MustCompile("(?i)" + pattern)
	return name.MatchString(f.Name) || name.MatchString(f.Dish)
}

// said returns what is wrong with a statement that names no food.
func (w wanted) said(u intent.Utterance) string {
	a := energy.Find(u.Activity)
	switch {
	case w.Quick > 0 && w.Quick != u.Kcal:
		return fmt.Sprintf("has %v kcal", u.Kcal)
	case w.Kg > 0 && math.Abs(w.Kg-u.WeightKg) > 0.05:
		return fmt.Sprintf("has %v kg", u.WeightKg)
	case w.Minutes > 0 && w.Minutes != u.Minutes:
		return fmt.Sprintf("has %v minutes", u.Minutes)
	case w.Km > 0 && w.Km != u.DistanceKm:
		return fmt.Sprintf("has %v km", u.DistanceKm)
	case w.Activity != "" && (a == nil || !regexp.MustCompile(w.Activity).MatchString(a.Key)):
		return fmt.Sprintf("is the activity %q", u.Activity)
	}
	return ""
}

// statementsIn returns the statements of a message, and their intents in the order of the alphabet.
func statementsIn(u intent.Utterance) (all []intent.Utterance, intents string) {
	all = append([]intent.Utterance{u}, u.Also...)
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = string(one.Intent)
	}
	slices.Sort(names)
	return all, strings.Join(names, "+")
}

// judgeSentence returns what is wrong with how a sentence is understood, and whether a food is proposed that nobody named.
func judgeSentence(t testing.TB, h *coach.Handlers, p *apitest.Person, row []string) (wrong string, invented bool) {
	t.Helper()
	in := intent.Context{Today: saturday, Language: row[1]}
	all, intents := statementsIn(intent.Parse(row[2], in))
	logs := strings.Contains(intents, string(intent.Log))
	if row[4] == "question" {
		if slices.Contains(statements, all[0].Intent) {
			return "is understood as " + intents, logs
		}
		return "", false
	}
	if !slices.Contains(strings.Split(row[4], "|"), intents) {
		return "is understood as " + intents, logs
	}
	var want []wanted
	require.NoError(t, json.Unmarshal([]byte(row[7]), &want))
	for _, u := range all {
		if u.Intent == intent.Correct && row[3] != "" {
			u = intent.Utterance{Language: u.Language, Intent: intent.Log, Items: coach.Corrected(intent.Parse(row[3], in).Items, u)}
		}
		if wrong = wrongMoment(t, u, row); wrong == "" && u.Intent == intent.Log {
			wrong, invented = judgeFoods(t, h, p, u, row, want)
		} else if wrong == "" && len(want) == 1 && len(all) == 1 {
			wrong = want[0].said(u)
		}
		if wrong != "" || invented {
			return wrong, invented
		}
	}
	return "", false
}

// wrongMoment compares the day and the meal.
func wrongMoment(t testing.TB, u intent.Utterance, row []string) string {
	t.Helper()
	day, err := strconv.Atoi(row[6])
	require.NoError(t, err)
	if day != 0 && !u.From.Equal(saturday.AddDate(0, 0, day)) {
		return "is of " + u.From.Format(time.DateOnly)
	}
	if !strings.Contains(row[5], ",") && u.Meal != row[5] && row[5] != "" && u.Intent != intent.Activity && u.Intent != intent.Weight {
		return "is for the meal " + u.Meal
	}
	return ""
}

func judgeFoods(
	t testing.TB,
	h *coach.Handlers,
	p *apitest.Person,
	u intent.Utterance,
	row []string,
	want []wanted,
) (wrong string, invented bool) {
	t.Helper()
	found, err := h.Understand(t.Context(), p.ID, u)
	require.NoError(t, err)
	mayAsk := strings.Contains(row[4], "ask")
	for i, f := range found {
		switch {
		case !f.Sure, f.Dish != "" && row[8] == "": // a dish has the person's own name
		case row[8] != "" && regexp.MustCompile("(?i)"+row[8]).MatchString(f.Name), i >= len(want):
			wrong, invented = "has "+f.Name, true
		case !isNamed(f, want[i].Food):
			wrong, invented = "has "+f.Name, true
		}
		if i < len(want) && wrong == "" && !mayAsk {
			wrong = want[i].matches(f)
		}
	}
	if len(found) != len(want) && !mayAsk {
		wrong = fmt.Sprintf("has %d foods; %s", len(found), wrong)
	}
	return wrong, invented
}

func TestLocal_JudgedSentences_AreUnderstood(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p, h := a.Person(t), handlers(a)
	for _, name := range []string{"local_sentences.tsv", "local_sentences_own.tsv", "local_sentences_others.tsv"} {
		rows := judged(t, name)
		right := 0
		for _, row := range rows {
			wrong, invented := judgeSentence(t, h, p, row)
			if wrong == "" {
				right++
			} else {
				t.Logf("%s %q %s", row[0], row[2], wrong)
			}
			if invented {
				t.Errorf("%s %q proposes a food that nobody named: %s", row[0], row[2], wrong)
			}
		}
		t.Logf("%s: %d of %d", name, right, len(rows))
		require.GreaterOrEqual(t, right*100, len(rows)*95, name)
	}
}

func TestLocal_JudgedQuestions_AreUnderstood(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"local_questions.tsv", "local_questions_own.tsv", "local_questions_others.tsv"} {
		rows := judged(t, name)
		right := 0
		for _, row := range rows {
			if wrong := judgeQuestion(t, row); wrong == "" {
				right++
			} else {
				t.Logf("%s %q %s", row[0], row[2], wrong)
			}
		}
		t.Logf("%s: %d of %d", name, right, len(rows))
		require.GreaterOrEqual(t, right*100, len(rows)*90, name)
	}
}

// judgeQuestion returns what is wrong with how a question is understood.
func judgeQuestion(t testing.TB, row []string) string {
	t.Helper()
	u := intent.Parse(row[2], intent.Context{Today: saturday, Language: row[1]})
	if !slices.Contains(strings.Split(row[3], "|"), string(u.Intent)) {
		return "is understood as " + string(u.Intent)
	}
	var want struct {
		Nutrient, Stat, Meal, Food string
		Day                        any
		Days                       int
		Min, Max                   map[string]float64
		DistanceKm                 float64 `json:"distance_km"`
	}
	require.NoError(t, json.Unmarshal([]byte(row[4]), &want))
	subject := u.Phrase
	if len(u.Items) > 0 {
		subject = u.Items[0].Rest
	}
	switch {
	case want.Nutrient != "" && want.Nutrient != u.Nutrient:
		return "is about " + u.Nutrient
	case want.Stat != "" && want.Stat != string(u.Stat):
		return "wants the " + string(u.Stat)
	case want.Meal != "" && want.Meal != u.Meal:
		return "is about the meal " + u.Meal
	case want.Food != "" && !strings.Contains(subject, want.Food):
		return "is about the food " + subject
	case want.Days > 0 && want.Days != int(u.To.Sub(u.From).Hours()/24)+1:
		return "is about " + u.From.String()
	case want.DistanceKm != u.DistanceKm:
		return fmt.Sprint("is about km ", u.DistanceKm)
	case len(want.Min) > 0 && fmt.Sprint(want.Min) != fmt.Sprint(u.Min), len(want.Max) > 0 && fmt.Sprint(want.Max) != fmt.Sprint(u.Max):
		return fmt.Sprint("has the limits ", u.Min, u.Max)
	}
	return wrongDay(u, want.Day)
}

// wrongDay compares the day of a question: a number relative to today, or the name of a weekday before it.
func wrongDay(u intent.Utterance, want any) string {
	day := saturday
	switch want := want.(type) {
	case nil:
		return ""
	case float64:
		day = day.AddDate(0, 0, int(want))
		if want == 0 && u.From.IsZero() {
			return ""
		}
	case string:
		for day = day.AddDate(0, 0, -1); !strings.EqualFold("last "+day.Weekday().String(), want); {
			day = day.AddDate(0, 0, -1)
		}
	}
	if !u.From.Equal(day) {
		return "is about " + u.From.Format(time.DateOnly)
	}
	return ""
}
