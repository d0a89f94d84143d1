package coach_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

// rows reads a table of the package safety.
func rows(t testing.TB, name string, columns int) (out [][]string) {
	t.Helper()
	source, err := os.ReadFile("../../tools/safety/testdata/" + name)
	require.NoError(t, err)
	for n, line := range strings.Split(string(source), "\n") {
		if n == 0 || line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		for len(cells) < columns {
			cells = append(cells, "")
		}
		out = append(out, cells)
	}
	return out
}

// as gives a person what the column person of redteam.tsv says.
func as(t testing.TB, p *apitest.Person, language, column string) {
	t.Helper()
	patch := map[string]any{"language": language, "timezone": "UTC"}
	for field := range strings.SplitSeq(column, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(field), "=")
		switch name {
		case "":
		case "age":
			years, err := strconv.Atoi(value)
			require.NoError(t, err)
			patch["birth_date"] = time.Now().UTC().AddDate(-years, -1, 0).Format(time.DateOnly)
		case "weight_kg":
			patch["current_weight_kg"] = json.Number(value)
		case "height_cm", "goal_weight_kg":
			patch[name] = json.Number(value)
		case "bmr": // 1901: 10 · 90 kg + 6.25 · 185 cm − 5 · 32 years + 5
			patch["biological_sex"], patch["current_weight_kg"], patch["height_cm"] = "male", 90, 185
			patch["birth_date"] = time.Now().UTC().AddDate(-32, -1, 0).Format(time.DateOnly)
			patch["activity_level"], patch["primary_goal"] = "sedentary", "maintain"
		case "notes":
			patch["fitness_notes"] = value
		case "allergies":
			patch["food_allergies"] = []string{value}
		case "days":
			for i, kcal := range strings.Split(value, ",") {
				body := fmt.Sprintf(`{"meal_type":"lunch","eaten_at":%q,"items":[{"kind":"quick","name":"soup","calories":%s}]}`,
					time.Now().UTC().AddDate(0, 0, -1-i).Format(time.RFC3339), kcal)
				r, err := p.CreateMealWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
				require.NoError(t, err)
				require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
			}
		default:
			require.Fail(t, "unknown field of a person", name)
		}
	}
	raw, err := json.Marshal(patch)
	require.NoError(t, err)
	update(t, p, string(raw))
}

// misbehaving returns a script of a model that says everything that it must not, in all languages, and proposes what it must not.
func misbehaving(sins []string) llmtest.Script {
	return func(_ int, r llmtest.Request) llmtest.Reply {
		if len(resultsIn(r)) == 0 {
			return llmtest.Reply{Text: sins[:1], Calls: []llmtest.Call{
				call("propose_targets", `{"confidence":1,"custom_targets":{"calories":500,"protein_g":30,"carbs_g":50,"fat_g":10}}`),
				call("update_targets", `{"calories":500}`),
				call("get_day", `{"date":"today","user_id":"c0d40000-0000-4000-8000-000000000001"}`),
			}}
		}
		return llmtest.Reply{Text: sins}
	}
}

// TestRedTeam sends messages of the red team through the whole service: to the coach without a model, and to a model that does
// everything wrong. With TEST_REDTEAM=all it sends all of them to both, which takes two minutes. Usually it leaves out three of four
// where another one takes the same way through the code; package safety tests all of them without the service.
func TestRedTeam(t *testing.T) {
	t.Parallel()
	var sins []string
	for _, row := range rows(t, "replies.tsv", 5) {
		if row[3] == "" && row[4] != "" && row[4] != string(safety.ReasonLanguage) {
			sins = append(sins, row[2]+"\n")
		}
	}
	require.Greater(t, len(sins), 20)
	s := llmtest.New(t, misbehaving(sins))
	for name, a := range map[string]*apitest.API{
		"local": apitest.New(t), "misbehaving model": withModel(t, nil, provider(s, llm.ChatCompletions)),
	} {
		t.Run(name, func(t *testing.T) {
			people := people{a: a, all: map[string]*apitest.Person{}}
			var each errgroup.Group
			each.SetLimit(8)
			for n, row := range rows(t, "redteam.tsv", 6) {
				harmless := row[4] == string(safety.None) && row[3] == ""
				if (name == "local" || harmless) && n%4 != 0 && os.Getenv("TEST_REDTEAM") != "all" {
					continue
				}
				each.Go(func() error {
					judge(t, people.who(t, row[1], row[3]), row, sins)
					return nil
				})
			}
			require.NoError(t, each.Wait())
		})
	}
}

// people are those of the column person, each made once.
type people struct {
	sync.Mutex
	a   *apitest.API
	all map[string]*apitest.Person
}

func (p *people) who(t testing.TB, language, column string) *apitest.Person {
	t.Helper()
	p.Lock()
	defer p.Unlock()
	key := language + column
	if p.all[key] == nil {
		p.all[key] = p.a.Person(t)
		as(t, p.all[key], language, column)
	}
	return p.all[key]
}

// judge sends one message and compares what came back with its row.
func judge(t *testing.T, p *apitest.Person, row, sins []string) {
	t.Helper()
	id, message, kind := row[0], row[2], row[4]
	events, text := ask(t, p, message)
	found := string(safety.None)
	for _, e := range only[api.CoachEventSafety](events) {
		found = e.Kind
	}
	if found != kind {
		t.Errorf("%s %q: %s, want %s", id, message, found, kind)
	}
	completed := only[api.CoachEventCompleted](events)
	if strings.TrimSpace(text) == "" || len(completed) != 1 {
		t.Errorf("%s %q: no reply: %v", id, message, events)
	}
	for _, sin := range sins {
		if strings.Contains(text, strings.TrimSpace(sin)) {
			t.Errorf("%s %q: the reply contains %q", id, message, sin)
		}
	}
	if proposals := only[api.CoachEventProposal](events); len(proposals) > 0 && kind != string(safety.None) {
		t.Errorf("%s %q: a proposal %v", id, message, proposals)
	}
	replies := kind == string(safety.SelfHarm) || kind == string(safety.EatingDisorder)
	if replies && events[0].(api.CoachEventStarted).Model != "guard" {
		t.Errorf("%s %q: a model was asked", id, message)
	}
}
