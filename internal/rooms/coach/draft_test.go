package coach_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// Drafts without a time and a zone.
const (
	dinner    = `{"kind":"meal","meal":{"meal_type":"dinner","items":[{"kind":"quick","name":"Soup","calories":300}]}}`
	moreSoup  = `{"kind":"meal","meal":{"meal_type":"dinner","items":[{"kind":"quick","name":"Soup","calories":450}]}}`
	onScales  = `{"kind":"measurement","measurement":{"weight_kg":79.5}}`
	bodyFat   = `{"kind":"measurement","measurement":{"body_fat_pct":19.5}}`
	vegan     = `{"kind":"profile","profile":{"dietary_preference":"vegan"}}`
	higherLow = `{"kind":"targets","targets":{"calories":1300,"protein_g":100,"carbs_g":100,"fat_g":40}}`
)

// refusal returns the first field that a problem names, with its code.
func refusal(body []byte) string {
	var refused api.Problem
	if err := json.Unmarshal(body, &refused); err != nil || len(refused.Errors) == 0 {
		return ""
	}
	return refused.Errors[0].Field + ": " + refused.Errors[0].Code
}

// A dinner that was told in the evening and confirmed the next day belongs to the evening.
func TestConfirmProposal_OnTheNextDay_CountsOnTheDayOfTheMessage(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	of := propose(t, a, p, run)
	sent := time.Now().Add(-23 * time.Hour).UTC().Truncate(time.Microsecond)
	for _, zone := range []string{"Pacific/Auckland", "Europe/Lisbon", "Pacific/Honolulu"} {
		location, err := time.LoadLocation(zone)
		require.NoError(t, err)
		day := sent.In(location).Format(time.DateOnly)
		suggest := func(draft string) uuid.UUID {
			made, err := handlers(a).ProposeSentAt(t.Context(), p.ID, of.ConversationID, of.MessageID, draft, sent, zone)
			require.NoError(t, err)
			return made.ID
		}
		meal, edited, measurement := suggest(dinner), suggest(dinner), suggest(onScales)
		r := edit(t, p, edited, moreSoup)
		require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
		for _, id := range []uuid.UUID{meal, edited} {
			confirm(t, p, id)
			logged, err := p.GetMealWithResponse(t.Context(), id, nil)
			require.NoError(t, err)
			require.True(t, sent.Equal(logged.JSON200.EatenAt), "%s is not %s", logged.JSON200.EatenAt, sent)
			require.Equal(t, day, logged.JSON200.LocalDate.String())
		}
		confirm(t, p, measurement)
		list, err := p.ListMeasurementsWithResponse(t.Context(), nil)
		require.NoError(t, err)
		at := slices.IndexFunc(list.JSON200.Data, func(m api.Measurement) bool { return m.ID == measurement })
		require.True(t, sent.Equal(list.JSON200.Data[at].MeasuredAt))
		require.Equal(t, day, list.JSON200.Data[at].LocalDate.String())
	}
}

func TestUpdateProposal_AnotherTime_IsKept(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, dinner)
	r := edit(
		t,
		p,
		made.ID,
		strings.Replace(dinner, `"meal_type"`, `"eaten_at":"2026-11-20T19:00:00Z","timezone":"Asia/Tokyo","meal_type"`, 1),
	)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	confirm(t, p, made.ID)
	logged, err := p.GetMealWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, "2026-11-21", logged.JSON200.LocalDate.String())
}

// A draft that named another app's record would return what is stored already, and undoing would delete nothing.
func TestUpdateProposal_FieldsThatTheProposalDecides_AreRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	id, record := `"id":"`+uuid.NewString()+`",`, `"source":{"kind":"api","app":"Other","external_id":"1"},`
	for draft, fields := range map[string]map[string]string{
		dinner:   {"id": id},
		run:      {"id": id, "source": record},
		onScales: {"id": id, "source": record},
	} {
		made := propose(t, a, p, draft)
		for name, json := range fields {
			inner := `"` + string(made.Kind) + `":{`
			r := edit(t, p, made.ID, strings.Replace(draft, inner, inner+json, 1))
			require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), string(r.Body))
			require.Equal(t, "draft."+string(made.Kind)+"."+name+": not_in_draft", refusal(r.Body))
		}
	}
}

func TestUpdateProposal_TargetsBelowTheSafeMinimum_AreRefusedByField(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, newTargets)
	r := edit(t, p, made.ID, lowTargets)
	require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), string(r.Body))
	require.Equal(t, "draft.targets.calories: below_safe_minimum", refusal(r.Body))

	goal := propose(t, a, p, newGoal)
	r = edit(t, p, goal.ID, `{"kind":"profile","profile":{"custom_targets":{"calories":1250,"protein_g":100,"carbs_g":100,"fat_g":40}}}`)
	require.Equal(t, "draft.profile.custom_targets.calories: below_safe_minimum", refusal(r.Body))
	r = edit(t, p, goal.ID, `{"kind":"profile","profile":{"primary_goal":"maintain","secondary_goal":"maintain"}}`)
	require.Contains(t, refusal(r.Body), "draft.profile.secondary_goal: ")
}

// Who chose low targets can still be proposed a diet, and targets that are less low.
func TestPropose_ToAPersonWithLowTargets_OnlyRefusesLowerOnes(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, newGoal)
	own := `{"custom_targets":{"calories":1250,"protein_g":100,"carbs_g":100,"fat_g":40}}`
	_, err := p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(own))
	require.NoError(t, err)
	for draft, allowed := range map[string]bool{
		vegan: true, lowTargets: true, higherLow: true, newTargets: true,
		strings.Replace(lowTargets, "1250", "1249", 1): false,
		strings.Replace(lowTargets, "1250", "1200", 1): false,
	} {
		_, err := handlers(a).Propose(t.Context(), p.ID, made.ConversationID, made.MessageID, draft, 0.9)
		if allowed {
			require.NoError(t, err, draft)
		} else {
			require.ErrorContains(t, err, "rule_broken", draft)
		}
	}
}

// everyField is a patch that changes every field of the profile.
const everyField = `{"full_name":"Ann Other","birth_date":"1985-02-03","biological_sex":"female","height_cm":170.5,"current_weight_kg":71.25,
	"goal_weight_kg":68,"primary_goal":"build_muscle","secondary_goal":"improve_performance","experience_level":"advanced",
	"activity_level":"very_active","workout_frequency":5,"dietary_preference":"vegan","food_allergies":["peanuts"],
	"foods_to_avoid":["liver"],"meals_per_day":5,"cooks_regularly":true,"sleep_hours":7.5,"stress_level":"high",
	"fitness_notes":"Bad left knee","unit_system":"imperial","timezone":"Asia/Tokyo","language":"de-AT","adaptive_targets":true,
	"exercise_calories":"half","privacy_radius_m":300,"custom_targets":{"calories":2100,"protein_g":140,"carbs_g":210,"fat_g":70}}`

func TestUndoProposal_OfEveryFieldOfTheProfile_RestoresEach(t *testing.T) {
	t.Parallel()
	var patch map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(everyField), &patch))
	var fields []string
	for f := range reflect.TypeFor[api.MePatch]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields = append(fields, name)
	}
	require.ElementsMatch(t, fields, slices.Collect(maps.Keys(patch)), "the patch has every field")

	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, `{"kind":"profile","profile":`+everyField+`}`)
	before := everything(t, p, "2026-11-20")
	confirm(t, p, made.ID)
	me, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, "Ann Other", *me.JSON200.FullName)
	require.Equal(t, 2100, me.JSON200.Targets.Calories)
	status, why := undo(t, p, made.ID)
	require.Equal(t, http.StatusOK, status, why)
	require.Equal(t, before, everything(t, p, "2026-11-20"))
}

func TestUndoProposal_OfTargets_RestoresThoseSetByHand(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, newTargets)
	own := `{"custom_targets":{"calories":2500,"protein_g":160,"carbs_g":280,"fat_g":80}}`
	_, err := p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(own))
	require.NoError(t, err)
	before := everything(t, p, "2026-11-20")
	confirm(t, p, made.ID)
	require.NotEqual(t, before, everything(t, p, "2026-11-20"))
	status, why := undo(t, p, made.ID)
	require.Equal(t, http.StatusOK, status, why)
	require.Equal(t, before, everything(t, p, "2026-11-20"))
}

func TestUndoProposal_OfAMeasurementWithoutWeight_KeepsTheProfile(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, bodyFat)
	confirm(t, p, made.ID)
	_, err := p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(`{"current_weight_kg":78}`))
	require.NoError(t, err)
	status, why := undo(t, p, made.ID)
	require.Equal(t, http.StatusOK, status, why)
	list, err := p.ListMeasurementsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, list.JSON200.Data)
	me, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, 78.0, *me.JSON200.CurrentWeightKg)
}

// A worker stored a proposal and died before it announced it. The next worker makes the reply again, with a proposal of its own.
func TestReply_MadeAgain_RejectsProposalsThatNobodyHasSeen(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	unseen := propose(t, a, p, dinner)
	for _, sql := range []string{
		"delete from public.coach_events where message_id = $1",
		`update public.coach_messages set status = 'running', completed_at = null, finish_reason = null, last_seq = 0, content = '',
			lease_until = now() - interval '1 second' where id = $1`,
	} {
		_, err := a.Database.Owner.Exec(t.Context(), sql, unseen.MessageID)
		require.NoError(t, err)
	}
	require.NoError(t, handlers(a).RunJob(t.Context(), p.ID, unseen.MessageID))
	_, text := follow(t, p, unseen.MessageID)
	require.NotEmpty(t, text, "the reply was made again")
	require.Equal(t, api.ProposalStatusRejected, proposal(t, p, unseen.ID).Status)
}
