package coach_test

import (
	"encoding/json"
	"fmt"
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
	intent.Log, intent.Quick, intent.Activity, intent.Weight, intent.Copy, intent.Correct, intent.None, intent.Unknown,
}

type wantedFood struct {
	Food, Not string
	G         []float64
	Quick     float64
}

// matches returns what is wrong with a found food; "" when nothing is.
func (w wantedFood) matches(f coach.Understood) string {
	switch {
	case !f.Sure:
		return "is asked about"
	case !regexp.MustCompile("(?i)" + w.Food).MatchString(f.Name):
		return "is " + f.Name
	case w.Not != "" && regexp.MustCompile("(?i)"+w.Not).MatchString(f.Name):
		return "must not be " + f.Name
	case len(w.G) == 2 && (f.Grams < w.G[0]-0.5 || f.Grams > w.G[1]+0.5):
		return fmt.Sprintf("has %.0f g of %s, not %v", f.Grams, f.Name, w.G)
	}
	return ""
}

// judgeSentence returns what is wrong with how a sentence is understood, and whether a food is proposed that nobody named.
func judgeSentence(t testing.TB, h *coach.Handlers, p *apitest.Person, row []string) (wrong string, invented bool) {
	t.Helper()
	u := intent.Parse(row[2], intent.Context{Today: saturday, Language: row[1]})
	if row[4] == "question" {
		if slices.Contains(statements, u.Intent) {
			return "is understood as " + string(u.Intent), u.Intent == intent.Log
		}
		return "", false
	}
	if !slices.Contains(strings.Split(row[4], "|"), string(u.Intent)) {
		return "is understood as " + string(u.Intent), u.Intent == intent.Log
	}
	day, err := strconv.Atoi(row[6])
	require.NoError(t, err)
	if got := u.From; day != 0 && !got.Equal(saturday.AddDate(0, 0, day)) {
		return "is of " + got.Format(time.DateOnly), false
	}
	if !strings.Contains(row[5], ",") && u.Meal != row[5] && row[5] != "" {
		return "is " + u.Meal, false
	}
	var want []wantedFood
	require.NoError(t, json.Unmarshal([]byte(row[7]), &want))
	if u.Intent != intent.Log {
		if len(want) == 1 && want[0].Quick != u.Kcal && want[0].Quick > 0 {
			return fmt.Sprintf("has %v kcal", u.Kcal), false
		}
		return "", false
	}
	found, err := h.Understand(t.Context(), p.ID, u)
	require.NoError(t, err)
	for i, f := range found {
		switch {
		case !f.Sure:
		case row[8] != "" && regexp.MustCompile("(?i)"+row[8]).MatchString(f.Name), i >= len(want):
			invented = true
		case !regexp.MustCompile("(?i)" + want[i].Food).MatchString(f.Name):
			invented = true
		}
		if i < len(want) && wrong == "" && !strings.Contains(row[4], "ask") {
			wrong = want[i].matches(f)
		}
	}
	if len(found) != len(want) && !strings.Contains(row[4], "ask") {
		wrong = fmt.Sprintf("has %d foods", len(found))
	}
	return wrong, invented
}

func TestLocal_JudgedSentences_AreUnderstood(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p, h := a.Person(t), handlers(a)
	for _, name := range []string{"local_sentences.tsv", "local_sentences_own.tsv"} {
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
	for _, name := range []string{"local_questions.tsv", "local_questions_own.tsv"} {
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
	if string(u.Intent) != row[3] {
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
