package coach_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

func drink(t testing.TB, p *apitest.Person, at time.Time, ml int) {
	t.Helper()
	body := fmt.Sprintf(`{"amount_ml":%d,"drunk_at":%q,"timezone":"UTC"}`, ml, at.Format(time.RFC3339))
	r, err := p.CreateWaterWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
}

func sleep(t testing.TB, p *apitest.Person, end time.Time, asleep time.Duration) {
	t.Helper()
	body := fmt.Sprintf(`{"started_at":%q,"ended_at":%q,"timezone":"UTC"}`, end.Add(-asleep).Format(time.RFC3339), end.Format(time.RFC3339))
	r, err := p.CreateSleepWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
}

func TestLocal_WaterAndSleep_AreToldFromTheirEntries(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	today := time.Now().UTC().Truncate(24 * time.Hour)
	for language, questions := range map[string][4]string{
		"en": {"how much water did I drink today?", "how did I sleep yesterday", "average water over the last 3 days", "how much did I sleep today?"},
		"de": {"Wie viel Wasser habe ich heute getrunken?", "wie habe ich gestern geschlafen", "Wasser im Schnitt der letzten 3 Tage", "wie viel hab ich heute geschlafen?"},
		"fr": {"combien d'eau j'ai bu aujourd'hui", "comment j'ai dormi hier", "moyenne d'eau des 3 derniers jours", "j'ai dormi combien aujourd'hui ?"},
		"es": {"¿cuánta agua he bebido hoy?", "cómo dormí ayer", "promedio de agua de los últimos 3 días", "¿cuánto he dormido hoy?"},
		"pt": {"quanta água eu bebi hoje?", "como dormi ontem", "média de água dos últimos 3 dias", "quanto dormi hoje?"},
	} {
		p := a.Person(t)
		update(t, p, fmt.Sprintf(`{"language":%q,"timezone":"UTC"}`, language))
		drink(t, p, today, 500)
		drink(t, p, today.AddDate(0, 0, -1), 1500)
		drink(t, p, today.AddDate(0, 0, -1), 500)
		sleep(t, p, today.AddDate(0, 0, -1).Add(7*time.Hour), 450*time.Minute)
		for i, want := range []string{"500 ml", "7 h 30 min", "1.25 l", ""} {
			_, reply := talk(t, p, questions[i])
			require.Contains(t, strings.ReplaceAll(reply, ",", "."), want, questions[i])
		}
	}
}

func TestLocal_WaterAndSleepThatIsTold_IsNotClaimedToBeStored(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	events, reply := talk(t, p, "I drank 500 ml of water")
	require.Len(t, only[api.CoachEventProposal](events), 1)
	require.Contains(t, reply, "under Water in the app")
	events, reply = talk(t, p, "slept 7.5 hours")
	require.Empty(t, only[api.CoachEventProposal](events))
	require.Contains(t, reply, "I can't log sleep")
}

func TestLocal_Comparison_TellsBothTimes(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	_, reply := talk(t, p, "did I eat more than yesterday?")
	require.Contains(t, reply, "Today: 400 kcal")
	require.Contains(t, reply, "Yesterday: 410 kcal")
	_, reply = talk(t, p, "how much protein and how much fat did I have yesterday")
	require.Contains(t, reply, "Yesterday: 30.5 g protein and 20 g fat.")
}
