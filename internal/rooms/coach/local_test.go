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
