package coach_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// takeBacks are orders to delete something, by language.
var takeBacks = map[string][]string{
	"en": {"delete my last meal", "undo that", "remove the eggs I logged", "take back the run", "please delete that entry again"},
	"de": {"lösch meine letzte Mahlzeit", "mach das rückgängig", "entferne die Eier, die ich eingetragen habe", "nimm den Lauf zurück"},
	"fr": {"supprime mon dernier repas", "annule ça", "enlève les œufs que j'ai notés", "supprime la course"},
	"es": {"borra mi última comida", "deshaz eso", "quita los huevos que registré", "borra la carrera"},
	"pt": {"apaga minha última refeição", "desfaz isso", "tira os ovos que registrei", "apaga a corrida"},
}

func TestLocal_TakeBackWithoutAProposal_SaysThatTheDiaryDoesIt(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for language, want := range map[string]string{
		"en": "open it in your diary", "de": "in deinem Tagebuch", "fr": "ton journal", "es": "tu diario", "pt": "seu diário",
	} {
		p := diarist(t, a, language)
		for _, text := range takeBacks[language] {
			events, reply := talk(t, p, text)
			require.Contains(t, reply, want, text)
			require.Empty(t, only[api.CoachEventProposal](events), text)
		}
	}
}

// after proposes two eggs, does something with the proposal, and returns it and the reply to an order to delete it.
func after(t testing.TB, p *apitest.Person, do func(api.Proposal), text string) (made api.Proposal, events []any, reply string) {
	t.Helper()
	c := converse(t, p)
	events, _ = follow(t, p, send(t, p, c.ID, `{"content":"2 eggs"}`).ReplyID)
	made = proposed(t, p, events)
	do(made)
	events, reply = follow(t, p, send(t, p, c.ID, `{"content":"`+text+`"}`).ReplyID)
	return proposal(t, p, made.ID), events, reply
}

func TestLocal_TakeBackOfAnOpenProposal_RejectsIt(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for _, text := range []string{"undo that", "delete my last meal", "no", "remove the eggs", "delete the eggs I added"} {
		made, events, reply := after(t, p, func(api.Proposal) {}, text)
		require.Equal(t, api.ProposalStatusRejected, made.Status, text)
		require.Contains(t, reply, "I rejected the entry", text)
		shown := only[api.CoachEventProposalReplaced](events)
		require.Len(t, shown, 1, text)
		require.Equal(t, made, shown[0].Proposal, text)
	}
}

func TestLocal_TakeBackOfOneFoodOfAnOpenProposal_LeavesTheOthers(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	events, _ := talk(t, p, "2 eggs and 100 g oats", "remove the eggs I added")
	items := proposed(t, p, events).Preview.Items
	require.Len(t, items, 1)
	require.Contains(t, items[0].Name, "oats")
}

func TestLocal_TakeBackOrCorrectionOfAConfirmedProposal_PointsToUndo(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for _, text := range []string{"undo that", "delete my last meal", "no", "no, three"} {
		made, events, reply := after(t, p, func(made api.Proposal) { confirm(t, p, made.ID) }, text)
		require.Equal(t, api.ProposalStatusConfirmed, made.Status, text)
		require.Contains(t, reply, "take back yourself", text)
		require.Empty(t, only[api.CoachEventProposal](events), text)
	}
}
