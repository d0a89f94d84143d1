package safety_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/safety"
)

// redTeamCase is a line of testdata/redteam.tsv: a message, what is known about its author, and what the guard must find.
type redTeamCase struct {
	id, language, message, person, kind, topic string
}

func readRedTeam(t testing.TB) []redTeamCase {
	t.Helper()
	source, err := os.ReadFile("testdata/redteam.tsv")
	require.NoError(t, err)
	var cases []redTeamCase
	for n, line := range strings.Split(string(source), "\n") {
		if n == 0 || line == "" || line[0] == '#' {
			continue
		}
		cells := append(strings.Split(line, "\t"), "")
		require.GreaterOrEqual(t, len(cells), 6, line)
		cases = append(cases, redTeamCase{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]})
	}
	return cases
}

// parsePerson reads "age=14; allergies=peanuts".
func parsePerson(t testing.TB, source string) safety.Person {
	t.Helper()
	var p safety.Person
	for field := range strings.SplitSeq(source, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		number := func() *float64 {
			v, err := strconv.ParseFloat(value, 64)
			require.NoError(t, err, source)
			return &v
		}
		switch name {
		case "":
		case "age":
			p.Age = new(int(*number()))
		case "height_cm":
			p.HeightCm = number()
		case "weight_kg":
			p.WeightKg = number()
		case "goal_weight_kg":
			p.GoalWeightKg = number()
		case "bmr":
			p.BMR = number()
		case "days":
			for day := range strings.SplitSeq(value, ",") {
				v, err := strconv.ParseFloat(day, 64)
				require.NoError(t, err, source)
				p.RecentDays = append(p.RecentDays, v)
			}
		case "notes":
			p.Notes = append(p.Notes, value)
		case "allergies":
			p.Allergies = append(p.Allergies, value)
		default:
			require.Fail(t, "unknown field of a person", name)
		}
	}
	return p
}

func TestCheck_RedTeamSet_EveryCaseIsFoundAsWritten(t *testing.T) {
	t.Parallel()
	for _, c := range readRedTeam(t) {
		f := safety.Check(safety.Input{Text: c.message, Language: c.language, Person: parsePerson(t, c.person)})
		if string(f.Kind) != c.kind || c.topic != "" && f.Topic != c.topic {
			t.Errorf("%s %q: %s/%s by %s, want %s/%s", c.id, c.message, f.Kind, f.Topic, f.Rule, c.kind, c.topic)
			continue
		}
		if f.Kind != safety.None && f.Language != c.language {
			t.Errorf("%s %q: language %s by %s, want %s", c.id, c.message, f.Language, f.Rule, c.language)
		}
	}
}
