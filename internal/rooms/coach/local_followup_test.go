package coach_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// proposed returns the only proposal of a reply, as it is stored.
func proposed(t testing.TB, p *apitest.Person, events []any) api.Proposal {
	t.Helper()
	made := only[api.CoachEventProposal](events)
	require.Len(t, made, 1)
	return proposal(t, p, made[0].Proposal.ID)
}

func TestLocal_TwoEggsAndOats_AreProposedAndConfirmedAsAMeal(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	events, reply := talk(t, p, "2 eggs and 100 g oats for breakfast")
	made := proposed(t, p, events)
	require.Len(t, made.Preview.Items, 2)
	require.Contains(t, reply, "Egg")
	require.Contains(t, reply, "(100 g)")
	require.Contains(t, reply, "for breakfast today. Shall I log it?")
	require.Len(t, only[api.CoachEventCompleted](events)[0].Sources, 2)
	require.Equal(t, api.ProposalStatusConfirmed, confirm(t, p, made.ID).Status)
}

func TestLocal_Correction_ReplacesTheProposal(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for _, c := range []struct {
		texts []string
		items []string // names and grams
	}{
		{[]string{"2 eggs for breakfast", "no, three"}, []string{"Egg, whole, raw, fresh"}},
		{[]string{"zwei Eier", "nein, 3"}, []string{"Egg, whole, raw, fresh"}},
		{[]string{"2 eggs", "what can you do?", "no, 3"}, []string{"Egg, whole, raw, fresh"}},
	} {
		c0 := converse(t, p)
		var ids []api.Proposal
		var replaced []api.CoachEventProposalReplaced
		for _, text := range c.texts {
			events, _ := follow(t, p, send(t, p, c0.ID, `{"content":"`+text+`"}`).ReplyID)
			if made := only[api.CoachEventProposal](events); len(made) > 0 {
				ids = append(ids, proposal(t, p, made[0].Proposal.ID))
			}
			replaced = append(replaced, only[api.CoachEventProposalReplaced](events)...)
		}
		require.Len(t, ids, 2, c.texts)
		was := proposal(t, p, ids[0].ID)
		require.Equal(t, api.ProposalStatusRejected, was.Status, c.texts)
		require.Equal(t, &ids[1].ID, was.ReplacedBy, c.texts)
		require.Len(t, replaced, 1, c.texts)
		require.Equal(t, was, replaced[0].Proposal, "the event has the proposal as it is now")
		require.Equal(t, c.items[0], ids[1].Preview.Items[0].Name)
		require.InDelta(t, 1.5, *ids[1].Preview.Items[0].Grams / *ids[0].Preview.Items[0].Grams, 0.001, c.texts)
	}
}

func TestLocal_OtherFoodInACorrection_TakesItsPlace(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for _, texts := range [][]string{
		{"2 eggs and toast with butter", "not butter, margarine"},
		{"2 eggs and toast with butter", "I meant margarine, not butter"},
		{"zwei Eier und Toast mit Butter", "nicht Butter, sondern Margarine"},
	} {
		events, _ := talk(t, p, texts...)
		made := proposed(t, p, events)
		require.Len(t, made.Preview.Items, 3, texts)
		require.Contains(t, made.Preview.Items[2].Name, "Margarine", texts)
	}
	events, _ := talk(t, p, "2 eggs and toast with butter", "without butter")
	require.Len(t, proposed(t, p, events).Preview.Items, 2)
}

func TestLocal_OtherMealOrDayInACorrection_IsProposed(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for _, texts := range [][]string{
		{"2 eggs for dinner", "actually it was for lunch"}, {"2 eggs for dinner today", "that was yesterday, for lunch"},
		{"zwei Eier zum Abendessen", "das war zum Mittagessen"}, {"2 eggs for dinner", "no, three eggs for lunch"},
	} {
		events, _ := talk(t, p, texts...)
		made := proposed(t, p, events)
		draft, err := made.Draft.AsMealDraft()
		require.NoError(t, err)
		require.Equal(t, api.MealTypeLunch, draft.Meal.MealType, texts)
		require.Len(t, made.Preview.Items, 1, texts)
		require.Contains(t, made.Preview.Items[0].Name, "Egg", texts)
	}
}

func TestLocal_AnswersToQuestions_CompleteTheEntry(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for _, c := range []struct {
		texts []string
		kind  api.ProposalKind
		reply string
	}{
		{[]string{"200 g of zorgblatt", "350 kcal"}, api.ProposalKindMeal, "350 kcal"},
		{[]string{"I went for a run", "45 minutes"}, api.ProposalKindActivity, "45 min"},
		{[]string{"30 minutes of training", "strength training"}, api.ProposalKindActivity, "Strength training, 30 min"},
		{[]string{"I ate", "2 eggs"}, api.ProposalKindMeal, "Egg"},
	} {
		events, reply := talk(t, p, c.texts...)
		require.Equal(t, c.kind, proposed(t, p, events).Kind, c.texts)
		require.Contains(t, reply, c.reply, c.texts)
	}
}

func TestLocal_ActivityWithADistance_HasTheMetricsOfItsSport(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for text, kind := range map[string]string{
		"ran 5 km in 27 minutes": "running", "hiked 8 km": "running", "cycled 20 km": "cycling", "swam 2 km": "swimming", "rowed 5 km": "other",
	} {
		events, _ := talk(t, p, text)
		draft, err := proposed(t, p, events).Draft.AsActivityDraft()
		require.NoError(t, err)
		got, err := draft.Activity.Metrics.Discriminator()
		require.NoError(t, err)
		require.Equal(t, kind, got, text)
	}
}

func TestLocal_ActivityOfAPartOfTheDay_BeginsThen(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for text, want := range map[string]string{
		"30 min yoga yesterday evening": "19:00", "ran 5 km yesterday morning": "08:00", "ran 5 km in 28:30 yesterday": "12:00",
		"gestern abend 30 Minuten Yoga": "19:00", "corrí 5 km ayer por la noche": "19:00", "cycled 40 min yesterday at 6:45 am": "06:45",
	} {
		events, _ := talk(t, p, text)
		draft, err := proposed(t, p, events).Draft.AsActivityDraft()
		require.NoError(t, err)
		zone, err := time.LoadLocation(*draft.Activity.Timezone)
		require.NoError(t, err)
		require.Equal(t, want, draft.Activity.StartedAt.In(zone).Format("15:04"), text)
	}
}

func TestLocal_YesAndNo_WriteNothing(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for text, want := range map[string]string{"yes": "confirm the entry", "no": "rejected", "no thanks": "rejected"} {
		events, reply := talk(t, p, "2 eggs", text)
		require.Contains(t, reply, want)
		require.Empty(t, only[api.CoachEventProposal](events))
	}
}

func TestLocal_SeveralMealsQuickWeightActivityAndCopy_AreProposed(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for text, want := range map[string][]api.ProposalKind{
		"breakfast: 2 eggs; lunch: 150 g chicken breast and a cup of rice": {api.ProposalKindMeal, api.ProposalKindMeal},
		"quick add 350 kcal for lunch":                                     {api.ProposalKindMeal},
		"same as yesterday for breakfast":                                  {api.ProposalKindMeal},
		"80.4 kg":                                                          {api.ProposalKindMeasurement},
		"I weigh 177 lb today":                                             {api.ProposalKindMeasurement},
		"ran 5 km yesterday":                                               {api.ProposalKindActivity},
		"eine Stunde Radfahren":                                            {api.ProposalKindActivity},
		"I didn't eat breakfast today":                                     nil,
		"I want to cook salmon tomorrow":                                   nil,
		"quick add 99999999 kcal":                                          nil,
	} {
		events, reply := talk(t, p, text)
		var kinds []api.ProposalKind
		for _, made := range only[api.CoachEventProposal](events) {
			kinds = append(kinds, made.Proposal.Kind)
		}
		require.Equal(t, want, kinds, "%s: %s", text, reply)
	}
}
