package coach_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// kitchen starts an API with the starter foods.
func kitchen(t testing.TB) *apitest.API {
	t.Helper()
	d := apitest.Foods(t)
	return apitest.New(t, apitest.Setup{Database: &d})
}

// diarist returns a person with a profile, and with meals, an activity and weights of today and the days before.
func diarist(t testing.TB, a *apitest.API, language string) *apitest.Person {
	t.Helper()
	p := a.Person(t)
	update(t, p, strings.Replace(fullProfile, "{", fmt.Sprintf(`{"language":%q,`, language), 1))
	now := time.Now().UTC()
	for day := range 5 {
		at := now.AddDate(0, 0, -day)
		meal(
			t,
			p,
			fmt.Sprintf(
				`{"meal_type":"breakfast","eaten_at":%q,"timezone":"UTC","items":[{"kind":"quick","name":"Egg omelet","calories":%d,"protein_g":30.5,"carbs_g":12,"fat_g":20}]}`,
				at.Format(time.RFC3339),
				400+day*10,
			),
		)
		weigh(t, p, at, 80.5-float64(day)*0.01)
	}
	body := fmt.Sprintf(
		`{"activity":"running","started_at":%q,"timezone":"UTC","elapsed_s":1800}`,
		now.AddDate(0, 0, -1).Format(time.RFC3339),
	)
	r, err := p.CreateActivityWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return p
}

func meal(t testing.TB, p *apitest.Person, body string) {
	t.Helper()
	r, err := p.CreateMealWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
}

func weigh(t testing.TB, p *apitest.Person, at time.Time, kg float64) {
	t.Helper()
	body := fmt.Sprintf(`{"weight_kg":%.2f,"measured_at":%q,"timezone":"UTC"}`, kg, at.Format(time.RFC3339))
	r, err := p.CreateMeasurementWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
}

// talk sends messages to one conversation and returns the events and the text of the last reply.
func talk(t testing.TB, p *apitest.Person, texts ...string) (events []any, reply string) {
	t.Helper()
	c := converse(t, p)
	for _, text := range texts {
		body, err := json.Marshal(api.MessageSend{Content: text})
		require.NoError(t, err)
		events, reply = follow(t, p, send(t, p, c.ID, string(body)).ReplyID)
		require.Len(t, only[api.CoachEventCompleted](events), 1, "%s: %v", text, events)
	}
	return events, reply
}

func TestLocal_WhatIsLeft_AreTheNumbersOfTheDashboard(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for language, question := range map[string]string{
		"en": "how much protein do I have left today", "de": "Wie viel Eiweiß fehlt mir heute noch?", "fr": "combien de protéines me reste-t-il ?",
		"es": "¿cuánta proteína me queda hoy?", "pt": "quanta proteína ainda falta hoje?",
	} {
		p := diarist(t, a, language)
		day, err := p.GetDayWithResponse(t.Context(), "today")
		require.NoError(t, err)
		events, reply := talk(t, p, question)
		left := fmt.Sprintf("%.1f g", day.JSON200.Remaining.ProteinG)
		if language != "en" {
			left = strings.Replace(left, ".", ",", 1)
		}
		require.Contains(t, reply, left, language)
		require.Empty(t, only[api.CoachEventProposal](events), language)
		sources := only[api.CoachEventCompleted](events)[0].Sources
		require.Len(t, sources, 1, language)
		require.Equal(t, "/api/v1/days/"+day.JSON200.Date.String(), *sources[0].URL, language)
	}
}

// numbersIn returns a text without what divides thousands and decimals, which depends on the language.
func numbersIn(text string) string {
	return strings.NewReplacer(".", "", ",", "", " ", "").Replace(text)
}

func TestLocal_Questions_AreAnsweredWithTheNumbersOfTheOperations(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for language, questions := range map[string][5]string{
		"en": {
			"how many calories did I eat yesterday?", "average calories over the last two weeks", "which day did I eat the most calories?",
			"how many calories did I burn yesterday?", "what are my targets?",
		},
		"de": {
			"Wie viele Kalorien habe ich gestern gegessen?", "Durchschnitt der Kalorien in den letzten zwei Wochen",
			"An welchem Tag habe ich am meisten Kalorien gegessen?", "Wie viele Kalorien habe ich gestern verbrannt?", "Was sind meine Ziele?",
		},
		"fr": {
			"combien de calories ai-je mangé hier ?", "moyenne des calories des deux dernières semaines", "quel jour ai-je mangé le plus de calories ?",
			"combien de calories ai-je brûlé hier ?", "quels sont mes objectifs ?",
		},
		"es": {
			"¿cuántas calorías comí ayer?", "promedio de calorías de las últimas dos semanas", "¿qué día comí más calorías?",
			"¿cuántas calorías quemé ayer?", "¿cuáles son mis objetivos?",
		},
		"pt": {
			"quantas calorias eu comi ontem?", "média de calorias das últimas duas semanas", "em que dia eu comi mais calorias?",
			"quantas calorias queimei ontem?", "quais são as minhas metas?",
		},
	} {
		p := diarist(t, a, language)
		yesterday := time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly)
		day, err := p.GetDayWithResponse(t.Context(), yesterday)
		require.NoError(t, err)
		me, err := p.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		for i, want := range []string{
			fmt.Sprintf("%.0f kcal", day.JSON200.Nutrition.Totals.Calories), "420 kcal", "440 kcal",
			fmt.Sprintf("%.0f kcal", day.JSON200.Activities.Kcal), fmt.Sprintf("%d kcal", me.JSON200.Targets.Calories),
		} {
			events, reply := talk(t, p, questions[i])
			require.Contains(t, numbersIn(reply), numbersIn(want), questions[i])
			require.NotEmpty(t, only[api.CoachEventCompleted](events)[0].Sources, questions[i])
			require.NotEmpty(t, only[api.CoachEventDelta](events), questions[i])
		}
	}
}

func TestLocal_Suggestions_KeepToTheLimitsAndToWhatIsAvoided(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	events, reply := talk(t, p, "suggest a snack with 15 g protein under 200 kcal")
	require.Contains(t, reply, "These would fit")
	var foods int
	for _, s := range only[api.CoachEventCompleted](events)[0].Sources {
		if s.Kind != api.CoachSourceKindFood {
			continue
		}
		foods++
		r, err := p.GetFoodWithResponse(t.Context(), *s.ID, nil)
		require.NoError(t, err)
		serving := r.JSON200.Servings[0].Grams / 100
		require.LessOrEqual(t, r.JSON200.Per100G.Calories*serving, 200.5, r.JSON200.Name)
		require.GreaterOrEqual(t, r.JSON200.Per100G.ProteinG*serving, 14.9, r.JSON200.Name)
	}
	require.Equal(t, 3, foods)

	update(t, p, `{"dietary_preference":"vegan","food_allergies":["peanuts"]}`)
	_, reply = talk(t, p, "what should I eat?")
	for _, no := range []string{"Chicken", "Fish", "Egg", "Yogurt", "Cheese", "Milk", "Peanut"} {
		require.NotContains(t, reply, no)
	}
}

// What the operations take is bounded, and they rely on it.
func TestLocal_WeightOfNobody_IsRefusedWithTheBound(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for text, bound := range map[string]string{
		"I weigh 29 kg": "at least 30", "I weigh 301 kg": "at most 300", "my goal weight is 29 kg": "at least 30",
	} {
		events, reply := ask(t, p, text)
		require.Empty(t, only[api.CoachEventFailed](events), text)
		require.Empty(t, only[api.CoachEventProposal](events), text)
		require.Contains(t, reply, bound, text)
	}
}
