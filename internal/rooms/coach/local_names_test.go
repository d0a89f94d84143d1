package coach_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
)

func TestLocal_FoodsInReplies_HaveNamesOfTheLanguage(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for language, c := range map[string]struct {
		said  string
		names []string
		list  string
		again []string
	}{
		"de": {"zwei Eier, 200 g Lachs und 100 g Haferflocken zum Frühstück", []string{"Eier (88 g)", "Lachs (200 g)", "Haferflocken (100 g)"},
			"was habe ich heute gegessen?", []string{"Ei (88 g)", "Lachs (200 g)", "Haferflocken (100 g)"}},
		"fr": {"deux œufs et 200 g de saumon au petit-déjeuner", []string{"ufs (88 g)", "saumon (200 g)"},
			"qu'est-ce que j'ai mangé aujourd'hui ?", []string{"œuf (88 g)", "saumon (200 g)"}},
		"es": {"dos huevos y 200 g de salmón para desayunar", []string{"uevos (88 g)", "salmón (200 g)"},
			"¿qué he comido hoy?", []string{"huevo (88 g)", "salmón (200 g)"}},
		"pt": {"dois ovos e 200 g de salmão no café da manhã", []string{"vos (88 g)", "salmão (200 g)"},
			"o que eu comi hoje?", []string{"ovo (88 g)", "salmão (200 g)"}},
		"en": {"two eggs and 200 g salmon for breakfast", []string{"Egg, whole, raw, fresh (88 g)", "Fish, salmon"},
			"what did I eat today?", []string{"Egg, whole, raw, fresh (88 g)", "Fish, salmon"}},
	} {
		p := diarist(t, a, language)
		events, reply := talk(t, p, c.said)
		for _, name := range c.names {
			require.Contains(t, reply, name, language)
		}
		made := proposed(t, p, events)
		require.Contains(t, made.Preview.Items[0].Name, "Egg", "what is stored has the catalogue's name")
		require.Equal(t, api.ProposalStatusConfirmed, confirm(t, p, made.ID).Status)
		_, reply = talk(t, p, c.list)
		for _, name := range c.again {
			require.Contains(t, reply, name, language)
		}
	}
}

func TestLocal_FoodThatIsAskedFor_IsChosenByItsNameOfTheLanguage(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "de")
	_, reply := talk(t, p, "200 g Fisch")
	require.Contains(t, reply, "1) Lachs")
	events, reply := talk(t, p, "200 g Fisch", "Lachs")
	require.Contains(t, proposed(t, p, events).Preview.Items[0].Name, "salmon")
	require.Contains(t, reply, "Lachs (200 g)")
}

func TestLocal_QuickEntry_KeepsTheAccentsOfThePerson(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "fr")
	events, _ := talk(t, p, "une crêpe bretonne 350 kcal")
	require.Contains(t, proposed(t, p, events).Preview.Items[0].Name, "rêpe bretonne")
}

func TestLocal_MessageThatShowsNoLanguage_IsAnsweredInThatOfTheConversation(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	_, reply := talk(t, p, "zwei Eier und 200 g Lachs zum Frühstück", "lösch das")
	require.Contains(t, reply, "Gut, ich habe den Eintrag verworfen.")
}
