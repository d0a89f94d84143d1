package resilience_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/checks/contracttest"
	"github.com/ultimatecoach/api/internal/server"
)

// Identity, session check and statement are one round trip; so are BEGIN and the first statement of a write.
func TestOperations_DatabaseRoundTrips(t *testing.T) {
	t.Parallel()
	var o server.Options
	a := apitest.New(t, apitest.Setup{Server: func(options *server.Options) { o = *options }})
	p := newProxy(t, a.Database.AppURL)
	d, err := db.Open(db.Options{URL: p.through(t, a.Database.AppURL), MaxConns: 1, AcquireTimeout: time.Hour})
	require.NoError(t, err)
	t.Cleanup(d.Close)
	o.DB = d
	counted, err := server.New(o) // a second server, which does not report rates in the background
	require.NoError(t, err)
	web := httptest.NewServer(counted)
	t.Cleanup(web.Close)

	person := a.Person(t)
	client := func(token string) *api.ClientWithResponses {
		c, err := api.NewClientWithResponses(
			web.URL,
			api.WithHTTPClient(&http.Client{Transport: &apitest.Checked{TB: t}}),
			api.WithRequestEditorFn(apitest.Token(token)),
		)
		require.NoError(t, err)
		return c
	}
	c := client(person.Cookie(t, "access_token"))
	endedPerson := person.SignIn(t)
	ended := client(endedPerson.Cookie(t, "access_token"))
	r, err := endedPerson.LogoutWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, r.StatusCode())

	made, err := c.CreateMealWithResponse(t.Context(), nil, meal(t))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, made.StatusCode(), string(made.Body))

	propose := proposer(t, a, person)
	confirm := func(t *testing.T, kind, draft string) (uuid.UUID, int, error) {
		id := propose(t, kind, draft)
		r, err := c.ConfirmProposalWithResponse(t.Context(), id, nil)
		return id, r.StatusCode(), err
	}
	calories := 7.0
	imports, imported, task := 0, uuid.Nil, uuid.Nil
	for _, op := range []struct {
		name string
		want int64
		call func(t *testing.T) (status int, err error)
	}{
		{"getMe", 1, func(t *testing.T) (int, error) {
			r, err := c.GetMeWithResponse(t.Context(), nil)
			return r.StatusCode(), err
		}},
		{"getMe of a session that ended", 1, func(t *testing.T) (int, error) {
			r, err := ended.GetMeWithResponse(t.Context(), nil)
			return r.StatusCode(), err
		}},
		{"previewTargets", 1, func(t *testing.T) (int, error) {
			r, err := c.PreviewTargetsWithResponse(t.Context(), api.PreviewTargetsJSONRequestBody{})
			return r.StatusCode(), err
		}},
		{"updateMe", 3, func(t *testing.T) (int, error) {
			r, err := c.UpdateMeWithResponse(t.Context(), nil, api.MePatch{FullName: nullable.NewNullableWithValue(uuid.NewString())})
			return r.StatusCode(), err
		}},
		{"listSessions", 1, func(t *testing.T) (int, error) {
			r, err := c.ListSessionsWithResponse(t.Context(), nil)
			return r.StatusCode(), err
		}},
		{"revokeSession", 1, func(t *testing.T) (int, error) {
			r, err := c.RevokeSessionWithResponse(t.Context(), uuid.New())
			return r.StatusCode(), err
		}},
		{"createMeasurement", 2, func(t *testing.T) (int, error) {
			r, err := c.CreateMeasurementWithResponse(t.Context(), nil, api.MeasurementCreate{WeightKg: new(80.0)})
			return r.StatusCode(), err
		}},
		{"createWater", 1, func(t *testing.T) (int, error) {
			r, err := c.CreateWaterWithResponse(t.Context(), nil, api.WaterCreate{AmountMl: 250})
			return r.StatusCode(), err
		}},
		{"getEnergy", 1, func(t *testing.T) (int, error) {
			r, err := c.GetEnergyWithResponse(t.Context())
			return r.StatusCode(), err
		}},
		{"getDay", 1, func(t *testing.T) (int, error) {
			r, err := c.GetDayWithResponse(t.Context(), "today")
			return r.StatusCode(), err
		}},
		{"createActivity", 2, func(t *testing.T) (int, error) {
			r, err := c.CreateActivityWithResponse(t.Context(), nil, strengthTraining(t))
			return r.StatusCode(), err
		}},
		{"createActivity with a key", 3, func(t *testing.T) (int, error) {
			r, err := c.CreateActivityWithResponse(t.Context(), &api.CreateActivityParams{IdempotencyKey: new(uuid.NewString())}, strengthTraining(t))
			return r.StatusCode(), err
		}},
		{"listActivities", 1, func(t *testing.T) (int, error) {
			r, err := c.ListActivitiesWithResponse(t.Context(), nil)
			return r.StatusCode(), err
		}},
		{"getActivitySummary", 1, func(t *testing.T) (int, error) {
			r, err := c.GetActivitySummaryWithResponse(t.Context(), &api.GetActivitySummaryParams{Date: new("today")})
			return r.StatusCode(), err
		}},
		{"getExerciseHistory", 1, func(t *testing.T) (int, error) {
			r, err := c.GetExerciseHistoryWithResponse(t.Context(), "Barbell_Squat", nil)
			return r.StatusCode(), err
		}},
		{"createMeal", 1, func(t *testing.T) (int, error) {
			r, err := c.CreateMealWithResponse(t.Context(), nil, meal(t))
			return r.StatusCode(), err
		}},
		{"createMeal with a key", 2, func(t *testing.T) (int, error) {
			r, err := c.CreateMealWithResponse(t.Context(), &api.CreateMealParams{IdempotencyKey: new(uuid.NewString())}, meal(t))
			return r.StatusCode(), err
		}},
		{"addMealItems", 2, func(t *testing.T) (int, error) {
			r, err := c.AddMealItemsWithResponse(t.Context(), made.JSON201.ID, nil, api.MealItemsCreate{Items: meal(t).Items[:1]})
			return r.StatusCode(), err
		}},
		{"updateMeal", 2, func(t *testing.T) (int, error) {
			r, err := c.UpdateMealWithResponse(t.Context(), made.JSON201.ID, nil, api.MealPatch{MealType: new(api.MealTypeDinner)})
			return r.StatusCode(), err
		}},
		{"updateMealItem", 2, func(t *testing.T) (int, error) {
			calories++ // a write that changes nothing needs fewer trips
			r, err := c.UpdateMealItemWithResponse(t.Context(), made.JSON201.ID, made.JSON201.Items[0].ID, nil, api.MealItemPatch{Calories: &calories})
			return r.StatusCode(), err
		}},
		{"addMealItems with a key", 3, func(t *testing.T) (int, error) {
			r, err := c.AddMealItemsWithResponse(t.Context(), made.JSON201.ID, &api.AddMealItemsParams{IdempotencyKey: new(uuid.NewString())}, api.MealItemsCreate{Items: meal(t).Items[:1]})
			return r.StatusCode(), err
		}},
		{"createCustomFood with a key", 2, func(t *testing.T) (int, error) {
			r, err := c.CreateCustomFoodWithResponse(t.Context(), &api.CreateCustomFoodParams{IdempotencyKey: new(uuid.NewString())}, api.FoodCreate{
				Name: "Pancake", Per100G: &api.NutrientsCreate{Calories: 227, ProteinG: 6.4, CarbsG: 28.3, FatG: 9.7},
				Servings: []api.FoodServingCreate{{Label: "piece", Grams: 40}},
			})
			return r.StatusCode(), err
		}},
		{"copyMeal", 1, func(t *testing.T) (int, error) {
			r, err := c.CopyMealWithResponse(t.Context(), made.JSON201.ID, nil, api.MealCopy{Date: made.JSON201.LocalDate})
			return r.StatusCode(), err
		}},
		{"copyNutritionDay", 2, func(t *testing.T) (int, error) {
			to := made.JSON201.LocalDate
			to.Time = to.AddDate(0, 0, -1)
			r, err := c.CopyNutritionDayWithResponse(t.Context(), made.JSON201.LocalDate.String(), nil, api.NutritionDayCopy{To: to})
			return r.StatusCode(), err
		}},
		{"listMeals", 1, func(t *testing.T) (int, error) {
			r, err := c.ListMealsWithResponse(t.Context(), nil)
			return r.StatusCode(), err
		}},
		{"getMeal", 1, func(t *testing.T) (int, error) {
			r, err := c.GetMealWithResponse(t.Context(), made.JSON201.ID, nil)
			return r.StatusCode(), err
		}},
		{"getNutritionDay", 1, func(t *testing.T) (int, error) {
			r, err := c.GetNutritionDayWithResponse(t.Context(), "today")
			return r.StatusCode(), err
		}},
		{"listNutritionDays", 1, func(t *testing.T) (int, error) {
			r, err := c.ListNutritionDaysWithResponse(t.Context(), &api.ListNutritionDaysParams{From: made.JSON201.LocalDate, To: made.JSON201.LocalDate})
			return r.StatusCode(), err
		}},
		{"importActivity", 3, func(t *testing.T) (int, error) {
			imports++ // another file each time
			file := strings.Replace(contracttest.SampleFile, "<trk>", fmt.Sprintf("<trk><name>%d</name>", imports), 1)
			r, err := c.ImportActivityWithBodyWithResponse(t.Context(), nil, "application/octet-stream", strings.NewReader(file))
			if err == nil && r.JSON201 != nil {
				imported = *r.JSON201.Activities[0].ID
			}
			return r.StatusCode(), err
		}},
		{"importActivity in the background", 1, func(t *testing.T) (int, error) {
			file := strings.NewReader(contracttest.SampleFile)
			r, err := c.ImportActivityWithBodyWithResponse(
				t.Context(), &api.ImportActivityParams{Prefer: new("respond-async")}, "application/octet-stream", file)
			if err == nil && r.JSON202 != nil {
				task = r.JSON202.ID
			}
			return r.StatusCode(), err
		}},
		{"getActivityImport", 1, func(t *testing.T) (int, error) {
			r, err := c.GetActivityImportWithResponse(t.Context(), task, nil)
			return r.StatusCode(), err
		}},
		{"getActivityStreams", 1, func(t *testing.T) (int, error) {
			r, err := c.GetActivityStreamsWithResponse(t.Context(), imported, nil)
			return r.StatusCode(), err
		}},
		{"getActivityTrack", 1, func(t *testing.T) (int, error) {
			r, err := c.GetActivityTrackWithResponse(t.Context(), imported, nil)
			return r.StatusCode(), err
		}},
		{"getProposal", 1, func(t *testing.T) (int, error) {
			r, err := c.GetProposalWithResponse(t.Context(), propose(t, "meal", mealDraft), nil)
			return r.StatusCode(), err
		}},
		{"listProposals", 1, func(t *testing.T) (int, error) {
			r, err := c.ListProposalsWithResponse(t.Context(), nil)
			return r.StatusCode(), err
		}},
		{"updateProposal", 4, func(t *testing.T) (int, error) {
			body := strings.NewReader(`{"draft":` + mealDraft + `}`)
			r, err := c.UpdateProposalWithBodyWithResponse(t.Context(), propose(t, "meal", mealDraft), nil, "application/json", body)
			return r.StatusCode(), err
		}},
		{"rejectProposal", 2, func(t *testing.T) (int, error) {
			r, err := c.RejectProposalWithResponse(t.Context(), propose(t, "meal", mealDraft), nil)
			return r.StatusCode(), err
		}},
		{"confirmProposal of a meal", 3, func(t *testing.T) (int, error) {
			_, status, err := confirm(t, "meal", mealDraft)
			return status, err
		}},
		{"confirmProposal of an activity", 4, func(t *testing.T) (int, error) {
			_, status, err := confirm(t, "activity", activityDraft)
			return status, err
		}},
		{"confirmProposal of a weight", 6, func(t *testing.T) (int, error) {
			_, status, err := confirm(t, "measurement", weightDraft)
			return status, err
		}},
		{"confirmProposal of targets", 4, func(t *testing.T) (int, error) {
			_, status, err := confirm(t, "targets", targetsDraft)
			return status, err
		}},
		{"confirmProposal and undoProposal of a meal", 3 + 5, func(t *testing.T) (int, error) {
			id, _, err := confirm(t, "meal", mealDraft)
			require.NoError(t, err)
			r, err := c.UndoProposalWithResponse(t.Context(), id, nil)
			return r.StatusCode(), err
		}},
		{"confirmProposal and undoProposal of targets", 4 + 5, func(t *testing.T) (int, error) {
			id, _, err := confirm(t, "targets", targetsDraft)
			require.NoError(t, err)
			r, err := c.UndoProposalWithResponse(t.Context(), id, nil)
			return r.StatusCode(), err
		}},
		{"getReadiness", 1, func(t *testing.T) (int, error) {
			r, err := c.GetReadinessWithResponse(t.Context())
			return r.StatusCode(), err
		}},
		{"getLiveness", 0, func(t *testing.T) (int, error) {
			r, err := c.GetLivenessWithResponse(t.Context())
			return r.StatusCode(), err
		}},
	} {
		t.Run(op.name, func(t *testing.T) {
			// The first call also connects and prepares, and a connection that was idle for a second is pinged first.
			fewest := int64(100)
			for range 5 {
				before := p.trips.Load()
				status, err := op.call(t)
				require.NoError(t, err)
				require.Less(t, status, http.StatusInternalServerError)
				if strings.Contains(op.name, "Proposal") { // a refused one needs fewer trips
					require.Equal(t, http.StatusOK, status)
				}
				fewest = min(fewest, p.trips.Load()-before)
			}
			require.Equal(t, op.want, fewest)
		})
	}
}

// meal returns a meal with the maximum number of items.
func meal(t *testing.T) api.MealCreate {
	t.Helper()
	m := api.MealCreate{MealType: api.MealTypeSnack}
	for range 50 {
		var item api.MealItemCreate
		require.NoError(t, item.FromQuickItem(api.QuickItem{Name: "Espresso", Calories: 3}))
		m.Items = append(m.Items, item)
	}
	return m
}

// strengthTraining is the activity whose write does most: sets and personal records.
func strengthTraining(t *testing.T) api.ActivityCreate {
	t.Helper()
	a := api.ActivityCreate{
		Category: new(api.ActivityCategoryStrengthTraining), StartedAt: time.Now(), ElapsedS: new(1800), Metrics: &api.ActivityMetrics{},
	}
	require.NoError(t, a.Metrics.FromStrengthMetrics(api.StrengthMetrics{Exercises: []api.StrengthExercise{{
		ExerciseID: new("Barbell_Squat"), Name: "Squat", Sets: []api.StrengthSet{{Reps: new(5), WeightKg: new(100.0)}},
	}}}))
	return a
}

// Drafts of the coach, one of each way to write.
const (
	mealDraft     = `{"kind":"meal","meal":{"meal_type":"snack","timezone":"UTC","items":[{"kind":"quick","name":"Espresso","calories":3}]}}`
	activityDraft = `{"kind":"activity","activity":{"activity":"running","started_at":"2026-11-20T06:30:00Z","timezone":"UTC","elapsed_s":600}}`
	weightDraft   = `{"kind":"measurement","measurement":{"weight_kg":79.5,"timezone":"UTC"}}`
	targetsDraft  = `{"kind":"targets","targets":{"calories":2200,"protein_g":150,"carbs_g":200,"fat_g":70}}`
)

// proposer returns a function that stores open proposals of a person, as the coach does, over another connection than the counted one.
func proposer(t *testing.T, a *apitest.API, p *apitest.Person) func(t *testing.T, kind, draft string) uuid.UUID {
	t.Helper()
	conversation, question, reply := uuid.New(), uuid.New(), uuid.New()
	exec := func(t *testing.T, sql string, args ...any) {
		t.Helper()
		_, err := a.Database.Owner.Exec(t.Context(), sql, args...)
		require.NoError(t, err)
	}
	exec(t, `insert into public.coach_conversations (user_id, id) values ($1, $2)`, p.ID, conversation)
	exec(t, `insert into public.coach_messages (user_id, id, conversation_id, position, role, reply_to, status, completed_at)
		values ($1, $2, $4, 1, 'user', null, 'completed', now()), ($1, $3, $4, 2, 'assistant', $2, 'completed', now())`,
		p.ID, question, reply, conversation)
	return func(t *testing.T, kind, draft string) uuid.UUID {
		t.Helper()
		id := uuid.New()
		exec(t, `insert into public.coach_proposals (user_id, id, conversation_id, message_id, kind, draft, confidence)
			values ($1, $2, $3, $4, $5, $6, 0.9)`, p.ID, id, conversation, reply, kind, draft)
		return id
	}
}
