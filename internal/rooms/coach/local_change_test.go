package coach_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// somebody returns a person with a profile who has logged nothing.
func somebody(t testing.TB, a *apitest.API, language string) *apitest.Person {
	t.Helper()
	p := a.Person(t)
	update(t, p, strings.Replace(fullProfile, "{", fmt.Sprintf(`{"language":%q,`, language), 1))
	return p
}

func TestLocal_TargetInAMessage_IsProposedAndOnlyConfirmedChanged(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for language, message := range map[string]string{
		"en": "set my protein goal to 150 g", "de": "setz mein Eiweißziel auf 150 g", "fr": "mets mon objectif de protéines à 150 g",
		"es": "pon mi objetivo de proteína en 150 g", "pt": "muda minha meta de proteína para 150 g",
	} {
		p := somebody(t, a, language)
		events, reply := talk(t, p, message)
		require.NotEmpty(t, only[api.CoachEventProposal](events), "%s: %s", message, reply)
		made := proposed(t, p, events)
		require.Equal(t, api.ProposalKindTargets, made.Kind, message)
		require.Contains(t, reply, "150 g", message)
		before, err := p.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		require.NotEqual(t, 150, before.JSON200.Targets.ProteinG, message)
		require.Equal(t, api.ProposalStatusConfirmed, confirm(t, p, made.ID).Status)
		after, err := p.GetMeWithResponse(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, 150, after.JSON200.Targets.ProteinG, message)
		require.Equal(t, before.JSON200.Targets.Calories, after.JSON200.Targets.Calories, message)
	}
}

func TestLocal_GoalOrHeightInAMessage_IsProposedForTheProfile(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for message, want := range map[string]string{
		"change my goal to build muscle": `"primary_goal":"build_muscle"`, "I want to lose 2 kg": `"goal_weight_kg":78`,
		"ich möchte 2 kg abnehmen": `"goal_weight_kg":78`, "my height is 182 cm": `"height_cm":182`, "ich bin 1,82 m groß": `"height_cm":182`,
		"je veux perdre 2 kg": `"goal_weight_kg":78`, "mi altura es 182 cm": `"height_cm":182`, "quero perder 2 kg": `"goal_weight_kg":78`,
		"my goal weight is 74 kg": `"goal_weight_kg":74`,
	} {
		p := somebody(t, a, "en")
		update(t, p, `{"current_weight_kg":80}`)
		events, reply := talk(t, p, message)
		require.NotEmpty(t, only[api.CoachEventProposal](events), "%s: %s", message, reply)
		made := proposed(t, p, events)
		require.Equal(t, api.ProposalKindProfile, made.Kind, message)
		draft, err := made.Draft.MarshalJSON()
		require.NoError(t, err)
		require.Contains(t, strings.ReplaceAll(string(draft), " ", ""), want, message)
		require.Equal(t, api.ProposalStatusConfirmed, confirm(t, p, made.ID).Status, message)
	}
}

func TestLocal_UnsafeTargetOrGoal_IsNotProposed(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for _, c := range [][2]string{
		{"set my calorie target to 700 kcal", `{"current_weight_kg":80}`}, {"set my calories to 1250", `{"current_weight_kg":80}`}, // 0.9 of what is burnt at rest is more
		{"I want to lose 2 kg", `{"current_weight_kg":55}`}, {"change my goal to lose weight", `{"birth_date":"2012-01-01"}`},
	} {
		p := somebody(t, a, "en")
		update(t, p, c[1])
		events, reply := talk(t, p, c[0])
		require.Empty(t, only[api.CoachEventProposal](events), c)
		require.NotContains(t, reply, "Shall I", c)
		require.NotEmpty(t, reply, c)
	}
}
