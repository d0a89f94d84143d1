package coach_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/rooms"
	"github.com/ultimatecoach/api/internal/rooms/coach"
	"github.com/ultimatecoach/api/internal/server"
	"github.com/ultimatecoach/api/internal/tools/room"
)

const (
	breakfast   = `{"kind":"meal","meal":{"meal_type":"breakfast","timezone":"UTC","items":[{"kind":"quick","name":"Oats","calories":389,"protein_g":16.9}]}}`
	twoOats     = `{"kind":"meal","meal":{"meal_type":"breakfast","timezone":"UTC","items":[{"kind":"quick","name":"Oats","calories":778,"protein_g":33.8}]}}`
	run         = `{"kind":"activity","activity":{"activity":"running","started_at":"2026-11-20T06:30:00Z","timezone":"UTC","elapsed_s":1800}}`
	weighing    = `{"kind":"measurement","measurement":{"weight_kg":79.5,"timezone":"UTC"}}`
	newGoal     = `{"kind":"profile","profile":{"primary_goal":"maintain","goal_weight_kg":null}}`
	newTargets  = `{"kind":"targets","targets":{"calories":2200,"protein_g":150,"carbs_g":200,"fat_g":70}}`
	lowTargets  = `{"kind":"targets","targets":{"calories":1250,"protein_g":100,"carbs_g":100,"fat_g":40}}`
	fullProfile = `{"height_cm":180,"current_weight_kg":80,"goal_weight_kg":75,"birth_date":"1990-01-01","biological_sex":"male","activity_level":"moderately_active","primary_goal":"lose_weight","timezone":"UTC"}`
)

// handlers returns the room as a worker of the API has it.
func handlers(a *apitest.API) *coach.Handlers {
	return rooms.New(room.Deps{DB: a.DB, Now: time.Now}).Coach
}

// replica starts another server with the database and the Supabase Auth of a.
func replica(t testing.TB, a *apitest.API) *apitest.API {
	t.Helper()
	return apitest.New(t, apitest.Setup{Database: &a.Database, Server: func(o *server.Options) { o.Verifier = a.Verifier }})
}

// propose makes a proposal of a person with a profile, in a new conversation.
func propose(t testing.TB, a *apitest.API, p *apitest.Person, draft string) api.Proposal {
	t.Helper()
	r, err := p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(fullProfile))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	c := converse(t, p)
	reply := send(t, p, c.ID, question).ReplyID
	follow(t, p, reply)
	made, err := handlers(a).Propose(t.Context(), p.ID, c.ID, reply, draft, 0.9)
	require.NoError(t, err)
	return proposal(t, p, made.ID)
}

func proposal(t testing.TB, p *apitest.Person, id uuid.UUID) api.Proposal {
	t.Helper()
	r, err := p.GetProposalWithResponse(t.Context(), id, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func confirm(t testing.TB, p *apitest.Person, id uuid.UUID) api.Proposal {
	t.Helper()
	r, err := p.ConfirmProposalWithResponse(t.Context(), id, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

// edit replaces the draft of a proposal.
func edit(t testing.TB, p *apitest.Person, id uuid.UUID, draft string) *api.UpdateProposalResponse {
	t.Helper()
	r, err := p.UpdateProposalWithBodyWithResponse(t.Context(), id, nil, "application/json", strings.NewReader(`{"draft":`+draft+`}`))
	require.NoError(t, err)
	return r
}

// undo returns the status and, of a refusal, its code.
func undo(t testing.TB, p *apitest.Person, id uuid.UUID) (int, string) {
	t.Helper()
	r, err := p.UndoProposalWithResponse(t.Context(), id, nil)
	require.NoError(t, err)
	return r.StatusCode(), code(r.Body)
}

func code(body []byte) string {
	var refused api.Problem
	_ = json.Unmarshal(body, &refused)
	return refused.Code
}

// everything returns what the dashboard shows of a day, and the profile.
func everything(t testing.TB, p *apitest.Person, day string) []string {
	t.Helper()
	dashboard, err := p.GetDayWithResponse(t.Context(), day)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, dashboard.StatusCode(), string(dashboard.Body))
	me, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	me.JSON200.UpdatedAt = time.Time{}
	profile, err := json.Marshal(me.JSON200)
	require.NoError(t, err)
	return []string{string(dashboard.Body), string(profile)}
}

// Confirmed meals of the coach came out empty, and a double confirm made two.
func TestRegression_ConfirmedCoachMeal_TwiceOnTwoReplicas_IsOneCompleteMeal(t *testing.T) {
	t.Parallel()
	first := apitest.New(t)
	second := replica(t, first)
	p := first.Person(t)
	made := propose(t, first, p, breakfast)
	require.Equal(t, 389.0, *made.Preview.Calories)

	other := second.Bearer(t, p.Cookie(t, "access_token"))
	key := uuid.NewString()
	var all sync.WaitGroup
	for i := range 8 {
		client, params := p.Client, &api.ConfirmProposalParams{}
		if i%2 == 1 {
			client = other
		}
		if i >= 4 {
			params.IdempotencyKey = &key
		}
		all.Go(func() {
			r, err := client.ConfirmProposalWithResponse(t.Context(), made.ID, params)
			if assert.NoError(t, err) && r.StatusCode() != http.StatusConflict { // the same key is at work
				assert.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
			}
		})
	}
	all.Wait()

	meals, err := p.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, meals.JSON200.Data, 1)
	meal := meals.JSON200.Data[0]
	require.Equal(t, made.ID, meal.ID)
	require.Equal(t, api.MealSourceCoach, meal.Source)
	require.Len(t, meal.Items, 1)
	require.Equal(t, "Oats", meal.Items[0].Name)
	require.Equal(t, api.ProposalStatusConfirmed, proposal(t, p, made.ID).Status)
}

func TestUndoProposal_OfEachKind_RestoresEverything(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	t.Run("kinds", func(t *testing.T) { // returns when all of them have ended
		for name, draft := range map[string]string{
			"meal": breakfast, "activity": run, "measurement": weighing, "profile": newGoal, "targets": newTargets,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				p := a.Person(t)
				made := propose(t, a, p, draft)
				day := time.Now().UTC().Format(time.DateOnly)
				if name == "activity" {
					day = "2026-11-20"
				}
				before := everything(t, p, day)
				done := confirm(t, p, made.ID)
				require.Equal(t, api.ProposalStatusConfirmed, done.Status)
				require.NotEmpty(t, done.ResultURL)
				require.NotEqual(t, before, everything(t, p, day))
				for range 2 { // a second time changes nothing
					status, _ := undo(t, p, made.ID)
					require.Equal(t, http.StatusOK, status)
				}
				require.Equal(t, before, everything(t, p, day))
				require.Equal(t, api.ProposalStatusUndone, proposal(t, p, made.ID).Status)
				again, err := p.ConfirmProposalWithResponse(t.Context(), made.ID, nil)
				require.NoError(t, err)
				require.Equal(t, "proposal_closed", code(again.Body))
			})
		}
	})
}

func TestUndoProposal_ChangedSince_ChangesNothing(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	meal := propose(t, a, p, breakfast)
	confirm(t, p, meal.ID)
	r, err := p.UpdateMealWithBodyWithResponse(t.Context(), meal.ID, nil, "application/json", strings.NewReader(`{"notes":"with milk"}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	status, why := undo(t, p, meal.ID)
	require.Equal(t, http.StatusConflict, status)
	require.Equal(t, "changed_since", why)

	goal := propose(t, a, p, newGoal)
	confirm(t, p, goal.ID)
	_, err = p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(`{"primary_goal":"build_muscle"}`))
	require.NoError(t, err)
	status, why = undo(t, p, goal.ID)
	require.Equal(t, http.StatusConflict, status)
	require.Equal(t, "changed_since", why)

	renamed := propose(t, a, p, run)
	confirm(t, p, renamed.ID)
	_, err = p.UpdateActivityWithBodyWithResponse(
		t.Context(),
		renamed.ID,
		nil,
		"application/json",
		strings.NewReader(`{"name":"With Ann"}`),
	)
	require.NoError(t, err)
	_, why = undo(t, p, renamed.ID)
	require.Equal(t, "changed_since", why)

	gone := propose(t, a, p, twoOats)
	confirm(t, p, gone.ID)
	_, err = p.DeleteMealWithResponse(t.Context(), gone.ID, nil)
	require.NoError(t, err)
	status, _ = undo(t, p, gone.ID)
	require.Equal(t, http.StatusOK, status, "it is gone already")
}

// The watch sends the run that the person has told the coach about: what the coach logged is as it was, and can be taken back.
func TestUndoProposal_OfAnActivityThatAnotherRecordCountsFor_IsPossible(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, run)
	confirm(t, p, made.ID)
	logged, err := p.GetActivityWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	watch, err := p.CreateActivityWithResponse(t.Context(), nil, api.ActivityCreate{
		Category: &logged.JSON200.Category, StartedAt: logged.JSON200.StartedAt, ElapsedS: &logged.JSON200.ElapsedS, DeviceKcal: new(400.0),
	})
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, watch.StatusCode(), string(watch.Body))
	counted, err := p.GetActivityWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Zero(t, counted.JSON200.CountedShare)
	require.NotEqual(t, logged.HTTPResponse.Header.Get("ETag"), counted.HTTPResponse.Header.Get("ETag"))
	status, code := undo(t, p, made.ID)
	require.Equal(t, http.StatusOK, status, code)
	gone, err := p.GetActivityWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, gone.StatusCode())
}

func TestConfirmProposal_ThatExpired_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, breakfast)
	_, err := a.Database.Owner.Exec(t.Context(), "update public.coach_proposals set expires_at = now() where id = $1", made.ID)
	require.NoError(t, err)
	r, err := p.ConfirmProposalWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusConflict, r.StatusCode())
	require.Equal(t, "proposal_expired", code(r.Body))
	list, err := p.ListProposalsWithResponse(t.Context(), &api.ListProposalsParams{Status: new(api.ProposalStatusExpired)})
	require.NoError(t, err)
	require.Len(t, list.JSON200.Data, 1)
}

func TestUndoProposal_ADayLater_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, breakfast)
	confirm(t, p, made.ID)
	_, err := a.Database.Owner.Exec(
		t.Context(), "update public.coach_proposals set confirmed_at = now() - interval '25 hours' where id = $1", made.ID)
	require.NoError(t, err)
	status, why := undo(t, p, made.ID)
	require.Equal(t, http.StatusConflict, status)
	require.Equal(t, "undo_expired", why)
}

func TestUpdateProposal_AnotherAmount_CountsWhenItIsConfirmed(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, breakfast)
	edited := edit(t, p, made.ID, twoOats)
	require.Equal(t, http.StatusOK, edited.StatusCode(), string(edited.Body))
	require.Equal(t, 778.0, *edited.JSON200.Preview.Calories)

	stale := `"1"`
	r, err := p.ConfirmProposalWithResponse(t.Context(), made.ID, &api.ConfirmProposalParams{IfMatch: &stale})
	require.NoError(t, err)
	require.Equal(t, http.StatusPreconditionFailed, r.StatusCode(), "it was edited meanwhile")

	other := edit(t, p, made.ID, run)
	require.Equal(t, http.StatusUnprocessableEntity, other.StatusCode())
	require.Contains(t, string(other.Body), "kind_fixed")
	unknown := edit(t, p, made.ID,
		`{"kind":"meal","meal":{"meal_type":"lunch","items":[{"kind":"grams","food_id":"`+uuid.NewString()+`","grams":5}]}}`)
	require.Equal(t, http.StatusNotFound, unknown.StatusCode(), string(unknown.Body))
	require.Contains(t, string(unknown.Body), "draft.meal.items[0].food_id")

	confirm(t, p, made.ID)
	late := edit(t, p, made.ID, breakfast)
	require.Equal(t, "proposal_closed", code(late.Body))
	meals, err := p.ListMealsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, meals.JSON200.Data, 1)
}

func TestPropose_UnsafeOrUnsure_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, breakfast)
	h := handlers(a)
	_, err := h.Propose(t.Context(), p.ID, made.ConversationID, made.MessageID, breakfast, 0.59)
	require.ErrorIs(t, err, coach.ErrTooUnsure)
	_, err = h.Propose(t.Context(), p.ID, made.ConversationID, made.MessageID, lowTargets, 0.9)
	require.ErrorContains(t, err, "rule_broken")
	list, err := p.ListProposalsWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, list.JSON200.Data, 1)
}

func TestRejectProposal_Open_CannotBeConfirmed(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := propose(t, a, p, breakfast)
	for range 2 {
		r, err := p.RejectProposalWithResponse(t.Context(), made.ID, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	}
	r, err := p.ConfirmProposalWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, "proposal_closed", code(r.Body))
	status, why := undo(t, p, made.ID)
	require.Equal(t, http.StatusConflict, status)
	require.Equal(t, "proposal_closed", why)
}
