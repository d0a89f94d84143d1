package coach_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/rooms/coach"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

func TestLocal_DishesTheCatalogueLacks_AreEstimatedUnderTheirOwnName(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for _, c := range []struct {
		language, text, name string
		least, most          float64 // kcal
		reply                string
	}{
		{"en", "2 custard tarts", "Custard tarts", 300, 450, "I estimated “custard tarts” like “Pie, egg custard, commercially prepared”"},
		{"de", "ein Stück Leberkäse zum Mittag", "Leberkäse", 300, 450, "ist nicht im Katalog, ich habe es wie „Liver cheese, pork“ geschätzt: 125 g"},
		{"fr", "un pain au chocolat ce matin", "Pain au chocolat", 230, 330, "n'est pas dans le catalogue"},
		{"es", "200 g de tortilla de patatas", "Tortilla de patatas", 280, 380, "no está en el catálogo, lo he estimado como «tortilla francesa»: 200 g"},
		{"pt", "comi uma coxinha", "Coxinha", 150, 260, "não está no catálogo"},
	} {
		events, reply := talk(t, diarist(t, a, c.language), c.text)
		require.Len(t, only[api.CoachEventProposal](events), 1, "%s: %s", c.text, reply)
		p := only[api.CoachEventProposal](events)[0].Proposal
		require.True(t, p.Estimated, c.text)
		require.Len(t, p.Preview.Items, 1, c.text)
		require.Equal(t, c.name, p.Preview.Items[0].Name)
		require.GreaterOrEqual(t, *p.Preview.Items[0].Calories, c.least, c.text)
		require.LessOrEqual(t, *p.Preview.Items[0].Calories, c.most, c.text)
		require.Positive(t, *p.Preview.FatG, c.text)
		require.Contains(t, reply, c.reply)
		require.Contains(t, reply, "450 kcal", "how to correct it")
	}
}

func TestLocal_DishBesideFoods_IsOneOfTheItems(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "fr")
	events, _ := talk(t, p, "un café et un pain au chocolat")
	made := proposed(t, p, events)
	require.Len(t, made.Preview.Items, 2)
	require.Contains(t, made.Preview.Items[0].Name, "coffee")
	require.Equal(t, "Pain au chocolat", made.Preview.Items[1].Name)
	require.Equal(t, api.ProposalStatusConfirmed, confirm(t, p, made.ID).Status)
}

func TestLocal_CorrectedEnergy_ReplacesTheEstimate(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for _, c := range []struct {
		texts []string
		item  int
	}{
		{[]string{"pain au chocolat and a banana", "no, 450 kcal"}, 0},
		{[]string{"a banana and a pain au chocolat", "no, it was 450 kcal"}, 1},
		{[]string{"eine Currywurst mit Pommes Schranke", "nein, 450 kcal"}, 1},
		{[]string{"2 eggs", "actually 450 calories"}, 0},
	} {
		events, reply := talk(t, p, c.texts...)
		made := only[api.CoachEventProposal](events)
		require.Len(t, made, 1, "%v: %s", c.texts, reply)
		require.InDelta(t, 450, *made[0].Proposal.Preview.Items[c.item].Calories, 0.01, c.texts)
	}
}

func TestLocal_UnknownFood_TakesTheEnergyThatThePersonSays(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for _, c := range []struct {
		texts []string
		kcal  float64
	}{
		{[]string{"a zorgblatt for lunch", "450"}, 450},
		{[]string{"a zorgblatt for lunch", "about 300 kcal"}, 300},
		{[]string{"ein Zorgblatt zum Mittag", "ungefähr 300 kcal"}, 300},
		{[]string{"zorgblatt with 200 g rice", "90"}, 90},
		{[]string{"200 g fish", "250 kcal"}, 250},
	} {
		events, reply := talk(t, p, c.texts[0])
		require.Empty(t, only[api.CoachEventProposal](events), reply)
		require.Contains(t, reply, "kcal", "what the person may say")
		events, _ = talk(t, p, c.texts...)
		made := proposed(t, p, events)
		require.InDelta(t, c.kcal, *made.Preview.Items[0].Calories, 0.01, c.texts)
	}
}

func TestLocal_WordForManyFoods_IsAskedAboutWithThree(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := diarist(t, a, "en")
	for language, c := range map[string]struct {
		text    string
		choices []string
	}{
		"en": {"200 g fish", []string{"1) Fish, salmon", "2) Fish, cod", "3) Fish, tuna"}},
		"de": {"200 g Fisch", []string{"1) Lachs", "2) Kabeljau", "3) Thunfisch"}},
		"es": {"200 g de pescado", []string{"1) salmón", "2) bacalao", "3) atún"}},
	} {
		events, reply := talk(t, diarist(t, a, language), c.text)
		require.Empty(t, only[api.CoachEventProposal](events), c.text)
		for _, choice := range c.choices {
			require.Contains(t, reply, choice, c.text)
		}
	}
	events, _ := talk(t, p, "200 g fish", "2")
	made := proposed(t, p, events)
	require.Equal(t, "Fish, cod, Atlantic, cooked, dry heat", made.Preview.Items[0].Name)
	require.InDelta(t, 200, *made.Preview.Items[0].Grams, 0.01)
}

func TestLocal_EveryDish_IsLikeAFoodOfTheCatalogue(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	missing, err := handlers(a).DishesLikeNothing(t.Context(), a.Person(t).ID)
	require.NoError(t, err)
	require.Empty(t, missing)
}

// The table has five lists of names on each line; a name that two lines have would hide one of them.
func TestDishes_Names_AreDifferent(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("local_dishes.tsv")
	require.NoError(t, err)
	for i, language := range safety.Languages {
		names := 0
		for _, line := range strings.Split(strings.TrimSpace(string(source)), "\n")[1:] {
			cells := strings.Split(line, "\t")
			require.Len(t, cells, 3+len(safety.Languages), line)
			names += len(strings.FieldsFunc(cells[3+i], func(r rune) bool { return r == '|' }))
		}
		require.Equal(t, names, coach.DishesOf(language), language)
		require.GreaterOrEqual(t, names, 200, language)
	}
}
