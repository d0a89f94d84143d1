package coach_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/llmtest"
	"github.com/ultimatecoach/api/internal/tools/llm"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// calling returns a script in which the model makes the calls in its first reply to a message of the person, and then says what the tools
// returned last, or what says when it is not empty.
func calling(says string, calls ...llmtest.Call) llmtest.Script {
	return func(_ int, r llmtest.Request) llmtest.Reply {
		if results := resultsIn(r); len(results) == 0 {
			return llmtest.Reply{Calls: calls}
		}
		if says == "" {
			says = "Done."
		}
		return llmtest.Reply{Text: []string{says}}
	}
}

func call(name, arguments string) llmtest.Call {
	return llmtest.Call{ID: "c" + uuid.NewString(), Name: name, Arguments: []string{arguments}}
}

// resultsIn returns the results of tools behind the last message of the person.
func resultsIn(r llmtest.Request) (results []string) {
	var body struct {
		Messages []struct {
			Role    string          `json:"role"`
			Content json.RawMessage `json:"content"`
		} `json:"messages"`
	}
	if err := json.Unmarshal(r.Body, &body); err != nil {
		panic(err)
	}
	for _, m := range body.Messages {
		switch {
		case m.Role == "user" && !strings.Contains(string(m.Content), `"tool_result"`):
			results = nil
		case m.Role == "tool" || m.Role == "user":
			results = append(results, string(m.Content))
		}
	}
	return results
}

// lastResults returns the results that the last request had.
func lastResults(s *llmtest.Server) string {
	requests := s.Requests()
	return strings.Join(resultsIn(requests[len(requests)-1]), "\n")
}

func logQuick(t testing.TB, p *apitest.Person, name string, kcal float64) api.Meal {
	t.Helper()
	var item api.MealItemCreate
	require.NoError(t, item.FromQuickItem(api.QuickItem{Kind: "quick", Name: name, Calories: kcal}))
	r, err := p.CreateMealWithResponse(t.Context(), nil, api.MealCreate{MealType: "lunch", Items: []api.MealItemCreate{item}})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return *r.JSON201
}

func TestTools_EachOfThem_ReadsOnlyTheOwnersData(t *testing.T) {
	t.Parallel()
	const everyDay = `{"from":"2026-11-01","to":"2027-01-15"}`
	calls := []llmtest.Call{
		call("search_foods", `{"q":"oats"}`), call("list_recent_foods", `{}`), call("get_day", `{"date":"today"}`),
		call("list_meals", `{}`), call("list_activities", `{}`), call("get_activity_summary", `{}`),
		call("get_weight_trend", everyDay), call("get_profile", `{}`),
	}
	more := []llmtest.Call{
		call("list_days", everyDay), call("get_energy_estimate", ""), call("search_exercises", `{"q":"squat"}`),
		call("search_activity_catalogue", `{"q":"run"}`), call("get_exercise_history", `{"id":"squat"}`),
	}
	for _, format := range formats {
		s := llmtest.New(t, func(_ int, r llmtest.Request) llmtest.Reply {
			switch len(resultsIn(r)) {
			case 0:
				return llmtest.Reply{Calls: calls}
			case len(calls), 1: // Anthropic has the results of one round in one message
				return llmtest.Reply{Calls: more}
			}
			return llmtest.Reply{Text: []string{"You had oats."}}
		})
		a := withModel(t, nil, provider(s, format))
		other, p := a.Person(t), a.Person(t)
		logQuick(t, other, "Secret soup", 999)
		update(t, other, `{"fitness_notes":"secret notes"}`)
		meal := logQuick(t, p, "Own oats", 389)
		events, text := ask(t, p, "what did I eat?")
		require.Equal(t, "You had oats.", text)
		results := lastResults(s)
		require.Contains(t, results, "Own oats")
		require.NotContains(t, strings.ToLower(results), "secret")
		require.NotContains(t, results, p.Email, "a model needs no address")
		started := only[api.CoachEventToolStarted](events)
		finished := only[api.CoachEventToolFinished](events)
		require.Len(t, started, len(calls)+len(more))
		require.Len(t, finished, len(started))
		failed := map[string]bool{}
		for i, f := range finished {
			require.Equal(t, started[i].CallID, f.CallID)
			require.NotEmpty(t, started[i].Label)
			failed[f.Tool] = !f.Ok
		}
		require.Equal(t, "Looking for foods", started[0].Label)
		sources := only[api.CoachEventCompleted](events)[0].Sources
		ids := map[string]bool{}
		for _, source := range sources {
			ids[*source.URL] = true
		}
		require.True(t, ids["/api/v1/nutrition/meals/"+meal.ID.String()], "%v", ids)
		require.True(t, ids["/api/v1/users/me"])
		for _, name := range []string{"search_foods", "get_day", "list_days", "list_meals", "get_profile", "get_weight_trend"} {
			require.False(t, failed[name], name)
		}
	}
}

func TestTools_RecordOfAnotherPerson_IsNotFound(t *testing.T) {
	t.Parallel()
	var food string
	s := llmtest.New(t, func(n int, r llmtest.Request) llmtest.Reply {
		return calling("", call("get_food", fmt.Sprintf(`{"id":%q}`, food)))(n, r)
	})
	a := withModel(t, nil, provider(s, llm.ChatCompletions))
	other, p := a.Person(t), a.Person(t)
	created, err := other.CreateCustomFoodWithBodyWithResponse(t.Context(), nil, "application/json",
		strings.NewReader(`{"name":"Secret soup","per_100g":{"calories":50,"protein_g":1,"carbs_g":1,"fat_g":1}}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, created.StatusCode(), string(created.Body))
	food = created.JSON201.ID.String()
	events, _ := ask(t, p, "what is in it?")
	require.Contains(t, lastResults(s), "food_not_found")
	require.NotContains(t, lastResults(s), "Secret")
	require.False(t, only[api.CoachEventToolFinished](events)[0].Ok)
}

func TestTools_WrongCalls_AreToldToTheModel(t *testing.T) {
	t.Parallel()
	again := call("get_day", `{"date":"today"}`)
	s := llmtest.New(t, calling("",
		call("delete_everything", `{}`), call("search_foods", `{"q":"egg","user_id":"someone"}`), call("search_foods", `{"q":`),
		call("list_days", `{"from":"2026-11-02","to":"2026-11-01"}`), again, call("get_day", ` {"date": "today"} `),
		call("confirm_proposal", `{"id":"c0d40000-0000-4000-8000-000000000001"}`), call("get_day", `{}`), call("get_profile", `{}`),
	))
	p := withModel(t, nil, provider(s, llm.ChatCompletions)).Person(t)
	_, text := ask(t, p, "hello")
	require.Equal(t, "Done.", text)
	requests := s.Requests()
	results := resultsIn(requests[len(requests)-1])
	for i, want := range []string{
		"no such tool", "user_id", "malformed", "reversed_range", "nutrition", "before", "no such tool", "required", "Too many calls",
	} {
		require.Contains(t, results[i], want, "call %d", i)
	}
}

func TestModel_CallsToolsForEver_Ends(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, func(round int, _ llmtest.Request) llmtest.Reply {
		return llmtest.Reply{Text: []string{"Wait. "}, Calls: []llmtest.Call{call("search_foods", fmt.Sprintf(`{"q":"egg %d"}`, round/2))}}
	})
	p := withModel(t, nil, provider(s, llm.AnthropicMessages)).Person(t)
	events, _ := ask(t, p, "hello")
	require.Equal(t, api.FinishReasonInterrupted, only[api.CoachEventCompleted](events)[0].FinishReason)
	require.Len(t, s.Requests(), 9)
	require.Contains(t, lastResults(s), "last lookup")
	require.Len(t, only[api.CoachEventToolStarted](events), 4, "identical calls are made once")
}

func TestModel_Proposal_IsShownAndWritesNothing(t *testing.T) {
	t.Parallel()
	const meal = `"meal_type":"breakfast","items":[{"kind":"quick","name":"Oats","calories":389}]`
	s := llmtest.New(t, calling("Shall I log it? I have logged it for you.",
		call("propose_meal", `{"confidence":0.9,`+meal+`}`), call("propose_meal", `{"confidence":0.4,`+meal+`}`),
		call("propose_measurement", `{"confidence":0.9,"weight_kg":81.5}`),
		call("propose_activity", `{"confidence":0.8,"activity":"running","started_at":"2026-11-20T06:30:00Z","elapsed_s":1800}`),
		call("propose_targets", `{"confidence":0.9,"custom_targets":{"calories":1250,"protein_g":60,"carbs_g":80,"fat_g":30}}`),
		call("propose_profile", `{"confidence":0.9,"food_allergies":["peanuts"]}`),
	))
	p := withModel(t, nil, provider(s, llm.ChatCompletions)).Person(t)
	update(t, p, fullProfile)
	events, text := ask(t, p, "oats for breakfast, and I weigh 81.5 kg")
	require.Contains(t, text, "Shall I log it?")
	require.Contains(t, text, "below the minimum", "the reviewed text says why there is no proposal of targets")
	require.NotContains(t, text, "I have logged", "nothing is written before the person confirms")
	proposals := only[api.CoachEventProposal](events)
	kinds := map[api.ProposalKind]int{}
	for _, e := range proposals {
		kinds[e.Proposal.Kind]++
		require.Equal(t, api.ProposalStatusOpen, e.Proposal.Status)
	}
	require.Equal(t, map[api.ProposalKind]int{"meal": 1, "measurement": 1, "activity": 1, "profile": 1}, kinds, lastResults(s))
	require.Contains(t, lastResults(s), "below_safe_minimum")
	require.Contains(t, lastResults(s), "not sure enough")

	meals, err := p.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, meals.JSON200.Data)
	me, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.InDelta(t, 80, *me.JSON200.CurrentWeightKg, 0.01)
	require.Empty(t, me.JSON200.FoodAllergies)
	confirm(t, p, proposals[0].Proposal.ID)
	meals, err = p.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, meals.JSON200.Data, 1)
}

func TestModel_PersonWhoMustNotLoseWeight_GetsNoProposalToEatLess(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, calling("",
		call("propose_targets", `{"confidence":0.9,"custom_targets":{"calories":1800,"protein_g":100,"carbs_g":200,"fat_g":60}}`),
		call("propose_profile", `{"confidence":0.9,"primary_goal":"lose_weight"}`),
		call("propose_profile", `{"confidence":0.9,"goal_weight_kg":45}`),
	))
	p := withModel(t, nil, provider(s, llm.ChatCompletions)).Person(t)
	update(
		t,
		p,
		`{"height_cm":180,"current_weight_kg":55,"birth_date":"1990-01-01","biological_sex":"male","activity_level":"moderately_active","primary_goal":"maintain"}`,
	)
	events, _ := ask(t, p, "what could I change?")
	require.Empty(t, only[api.CoachEventProposal](events))
	require.Equal(t, 3, strings.Count(lastResults(s), "no_deficit"))
}

func TestModel_Budget_IsUsedUp(t *testing.T) {
	t.Parallel()
	s := llmtest.New(t, llmtest.Always(llmtest.Reply{Text: []string{"Hello."}, Usage: llmtest.Usage{Input: 900, Output: 100}}))
	for name, limit := range map[string]func(*room.Coach){
		"tokens":  func(c *room.Coach) { c.DailyTokens = 1500 },
		"dollars": func(c *room.Coach) { c.DailyUSD = 0.0015 },
	} {
		p := withModel(t, limit, provider(s, llm.ChatCompletions)).Person(t)
		c := converse(t, p)
		for range 2 { // the second message is accepted, since less than the budget is used
			say(t, p, c.ID, "hello")
		}
		r, err := p.SendMessageWithResponse(t.Context(), c.ID, nil, api.MessageSend{Content: "hello"})
		require.NoError(t, err)
		require.Equal(t, http.StatusTooManyRequests, r.StatusCode(), name)
		require.Contains(t, string(r.Body), "coach_budget_used")
		require.NotEmpty(t, r.HTTPResponse.Header.Get("Retry-After"))
		events, _ := say(t, p, c.ID, "I want to kill myself") // help has no budget
		require.Len(t, only[api.CoachEventSafety](events), 1)
	}
}
