package coach_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// eat logs what messages say.
func eat(t testing.TB, p *apitest.Person, texts ...string) {
	t.Helper()
	for _, text := range texts {
		events, _ := talk(t, p, text)
		require.Equal(t, api.ProposalStatusConfirmed, confirm(t, p, proposed(t, p, events).ID).Status)
	}
}

func TestLocal_HowManyOfAFood_AreThePiecesAndTheGramsThatWereLogged(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := diarist(t, a, "en")
	eat(t, p, "2 eggs", "3 boiled eggs", "2 beers", "a glass of red wine", "2 bananas yesterday", "150 g rice", "a cup of coffee")
	last30Days := "Over the last 30 days"
	if time.Now().UTC().Day() == 30 {
		last30Days = "This month"
	}
	for text, want := range map[string]string{
		"how many eggs did I eat today?":                 "Today you logged 5 pieces or servings of “eggs” (238 g in all).",
		"wie viele Eier habe ich heute gegessen?":        "Heute hast du 5 Stück oder Portionen „Eier“ eingetragen (zusammen 238 g).",
		"combien d'œufs j'ai mangé aujourd'hui ?":        "tu as noté 5 pièces ou portions de « œufs » (238 g en tout).",
		"¿cuántos huevos he comido hoy?":                 "Hoy anotaste 5 piezas o porciones de «huevos» (238 g en total).",
		"quantos ovos eu comi hoje?":                     "Hoje você registrou 5 unidades ou porções de “ovos” (238 g no total).",
		"how many beers did I drink in the last 45 days": "Over the last 45 days you logged 2 pieces or servings of “beers” (660 g in all). That was on 1 day: today.",
		"how many bananas":                               last30Days + " you logged 2 pieces or servings of “bananas” (236 g in all). That was on 1 day: yesterday.",
		"how much rice did I eat today":                  "(150 g in all)",
		"how much coffee today":                          "1 pieces or servings of “coffee”",
	} {
		events, reply := talk(t, p, text)
		require.Contains(t, reply, want, text)
		require.NotEmpty(t, only[api.CoachEventCompleted](events)[0].Sources, text)
	}
	_, reply := talk(t, p, "how often did I eat eggs today?")
	require.Contains(t, reply, "on 1 day: today.")
}

func TestLocal_PlanToSkipAMeal_SaysWhatIsLeftAndLogsNothing(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for language, c := range map[string]struct {
		want  string
		texts []string
	}{
		"en": {"up to you", []string{"I feel like skipping dinner", "I'd rather skip lunch", "I think I'll skip breakfast tomorrow"}},
		"de": {"entscheidest du", []string{"mir ist danach, das Abendessen ausfallen zu lassen", "ich überlege, das Mittagessen auszulassen"}},
		"fr": {"c'est toi qui décides", []string{"j'ai envie de sauter le dîner"}},
		"es": {"lo decides tú", []string{"prefiero no cenar hoy"}},
		"pt": {"você quem decide", []string{"estou a pensar saltar o jantar", "quero pular o almoço"}},
	} {
		p := diarist(t, a, language)
		for _, text := range c.texts {
			events, reply := talk(t, p, text)
			require.Contains(t, reply, c.want, text)
			require.Contains(t, reply, "kcal", text)
			require.Empty(t, only[api.CoachEventProposal](events), text)
		}
	}
}
