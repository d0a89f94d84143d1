package activities_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/oapi-codegen/nullable"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

const (
	ride = `"category":"cardio_steady_state","started_at":"2026-11-23T07:00:00+01:00","elapsed_s":3600,` +
		`"metrics":{"kind":"cycling","distance_km":20,"avg_speed_kph":20,"cadence_rpm":85.5,"laps":[{"timer_s":1800},{"timer_s":1800}]}`
	lap = `{"timer_s":1800}`
)

// metricsJSON returns the metrics as they are sent.
func metricsJSON(t testing.TB, a api.Activity) string {
	t.Helper()
	require.NotNil(t, a.Metrics)
	raw, err := a.Metrics.MarshalJSON()
	require.NoError(t, err)
	return string(raw)
}

func TestUpdateActivity_MetricsPatch_MergesMembers(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, ride)

	r, err := p.UpdateActivityWithResponse(t.Context(), made.ID, nil, api.ActivityPatch{
		Metrics: nullable.NewNullableWithValue(api.ActivityMetricsPatch{
			AvgHeartRate: nullable.NewNullableWithValue(150), CadenceRpm: nullable.NewNullNullable[float64](),
		}),
	})
	require.NoError(t, err)
	require.NotNil(t, r.JSON200, "%s", r.Body)
	require.JSONEq(
		t,
		`{"kind":"cycling","distance_km":20,"avg_speed_kph":20,"avg_heart_rate":150,"laps":[`+lap+`,`+lap+`]}`,
		metricsJSON(t, *r.JSON200),
	)
	require.JSONEq(t, metricsJSON(t, *r.JSON200), metricsJSON(t, get(t, p, made.ID)), "it is what is stored")

	farther := patch(t, a, p, made.ID, `{"metrics":{"distance_km":25.5,"laps":[`+lap+`]}}`)
	require.Equal(t, 25500.0, *farther.DistanceM)
	require.JSONEq(
		t,
		`{"kind":"cycling","distance_km":25.5,"avg_speed_kph":20,"avg_heart_rate":150,"laps":[`+lap+`]}`,
		metricsJSON(t, farther),
		"a list is replaced",
	)
	require.Nil(t, patch(t, a, p, made.ID, `{"metrics":null}`).Metrics)
}

func TestUpdateActivity_MetricsPatchThatChangesNothing_KeepsTheVersion(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, ride)
	for _, same := range []string{`{}`, `{"max_power_watts":null}`, `{"kind":"cycling"}`, `{"laps":[` + lap + `,` + lap + `],"cadence_rpm":85.5}`} {
		r, body := send(t, p, http.MethodPatch, a.URL+activities+"/"+made.ID.String(), `{"metrics":`+same+`}`)
		require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
		require.Equal(t, `"1"`, r.Header.Get("ETag"), same)
	}
}

func TestUpdateActivity_MetricsPatchOutsideTheKind_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, ride)
	bare := logActivity(t, a, p, `"category":"sports","started_at":"2026-11-22T07:00:00Z","elapsed_s":600`)
	for _, c := range []struct {
		activity           api.Activity
		metrics            string
		status             int
		field, code, wants string
	}{
		{made, `{"avg_pace_s_per_km":300}`, 422, "metrics.avg_pace_s_per_km", "wrong_kind", "a member of another kind"},
		{made, `{"kind":"running"}`, 422, "metrics.cadence_rpm", "wrong_kind", "what is stored does not fit the new kind"},
		{made, `{"laps":3}`, 422, "metrics.laps", "wrong_type", "laps of a pool"},
		{made, `{"laps":[{"timer_s":"x"}]}`, 400, "metrics.laps[0].timer_s", "wrong_type", "no lap"},
		{made, `{"kind":null}`, 400, "metrics.kind", "wrong_type", "the kind stays"},
		{made, `{"strokes":3}`, 400, "metrics.strokes", "unknown_field", "no kind has it"},
		{bare, `{"distance_km":3}`, 422, "metrics.kind", "required", "there are no metrics yet"},
	} {
		r, body := send(t, p, http.MethodPatch, a.URL+activities+"/"+c.activity.ID.String(), `{"metrics":`+c.metrics+`}`)
		t.Log(c.wants)
		requireRefused(t, r, body, c.status, c.field, c.code)
	}
	require.JSONEq(t, metricsJSON(t, made), metricsJSON(t, get(t, p, made.ID)))

	run := patch(t, a, p, made.ID, `{"metrics":{"kind":"running","avg_speed_kph":null,"cadence_rpm":null,"cadence_spm":170}}`)
	require.JSONEq(t, `{"kind":"running","distance_km":20,"cadence_spm":170,"laps":[`+lap+`,`+lap+`]}`, metricsJSON(t, run))
	require.Equal(t, 3000.0, *patch(t, a, p, bare.ID, `{"metrics":{"kind":"sport","distance_km":3}}`).DistanceM)
}

func TestUpdateActivity_NewCategory_NeedsMetricsThatFitIt(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, ride)
	url := a.URL + activities + "/" + made.ID.String()
	r, body := send(t, p, http.MethodPatch, url, `{"category":"strength_training"}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "metrics", "wrong_kind")
	r, body = send(t, p, http.MethodPatch, url, `{"category":"strength_training","metrics":{"avg_heart_rate":120}}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "metrics", "wrong_kind")
	require.Equal(t, api.ActivityCategoryCardioSteadyState, get(t, p, made.ID).Category)

	require.NotNil(t, patch(t, a, p, made.ID, `{"category":"cardio_interval"}`).Metrics, "a ride may be one of intervals")
	require.Nil(t, patch(t, a, p, made.ID, `{"category":"strength_training","metrics":null}`).Metrics)
	lifted := patch(t, a, p, made.ID, `{"metrics":{"kind":"strength"}}`)
	require.JSONEq(t, `{"kind":"strength"}`, metricsJSON(t, lifted))
}

func TestCreateActivity_KindAndCategory_HaveTheRuleOfPatch(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	const when = `"started_at":"2026-11-23T07:00:00Z","elapsed_s":600`
	refused := map[string][]api.ActivityCategory{
		"strength": {api.ActivityCategoryCardioSteadyState},
		"running":  {api.ActivityCategoryStrengthTraining, api.ActivityCategoryFlexibility},
		"cycling":  {api.ActivityCategoryStrengthTraining, api.ActivityCategoryFlexibility},
		"swimming": {api.ActivityCategoryStrengthTraining, api.ActivityCategoryFlexibility},
		"sport":    {api.ActivityCategoryStrengthTraining, api.ActivityCategoryFlexibility},
		"other":    nil,
	}
	for kind, wrong := range refused {
		for _, category := range []api.ActivityCategory{
			api.ActivityCategoryCardioSteadyState, api.ActivityCategoryCardioInterval, api.ActivityCategoryStrengthTraining,
			api.ActivityCategorySports, api.ActivityCategoryFlexibility, api.ActivityCategoryOther,
		} {
			metrics := `"metrics":{"kind":"` + kind + `"}`
			bare := logActivity(t, a, p, when+`,"category":"`+string(category)+`"`)
			plain := logActivity(t, a, p, when+`,"category":"other",`+metrics)
			for name, send := range map[string]func() (*http.Response, []byte){
				"create": func() (*http.Response, []byte) {
					return send(t, p, http.MethodPost, a.URL+activities, `{`+when+`,"category":"`+string(category)+`",`+metrics+`}`)
				},
				"new metrics": func() (*http.Response, []byte) {
					return send(t, p, http.MethodPatch, a.URL+activities+"/"+bare.ID.String(), `{`+metrics+`}`)
				},
				"new category": func() (*http.Response, []byte) {
					return send(t, p, http.MethodPatch, a.URL+activities+"/"+plain.ID.String(), `{"category":"`+string(category)+`"}`)
				},
			} {
				r, body := send()
				t.Log(name, kind, category)
				if slices.Contains(wrong, category) {
					requireRefused(t, r, body, http.StatusUnprocessableEntity, "metrics", "wrong_kind")
				} else {
					require.Less(t, r.StatusCode, 300, "%s", body)
				}
			}
		}
	}
}

func TestCreateActivity_SetsOfACircuit_FitTheCategoryOfTheActivity(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	const sets = `"started_at":"2026-11-23T07:00:00Z","elapsed_s":600,"metrics":{"kind":"strength"}`
	made := logActivity(t, a, p, sets+`,"activity":"crossfit"`)
	require.Equal(t, api.ActivityCategoryCardioInterval, made.Category)

	r, body := send(t, p, http.MethodPost, a.URL+activities, `{`+sets+`,"activity":"running"}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "metrics", "wrong_kind")
	whole := logActivity(t, a, p, `"category":"other","started_at":"2026-11-23T07:00:00Z","elapsed_s":600`)
	r, body = send(
		t,
		p,
		http.MethodPost,
		a.URL+activities,
		`{`+sets+`,"activity":"running","leg_index":0,"parent_id":"`+whole.ID.String()+`"}`,
	)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "metrics", "wrong_kind")
}
