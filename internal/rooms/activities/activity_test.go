package activities_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

const (
	// run is half an hour of running, without the braces of an object, so that tests add fields.
	run        = `"category":"cardio_steady_state","started_at":"2026-11-23T07:00:00+01:00","elapsed_s":1800,"metrics":{"kind":"running","distance_km":5}`
	berlin     = `,"timezone":"Europe/Berlin"`
	activities = "/api/v1/activities"
)

// send sends a body as it is written.
func send(t testing.TB, p *apitest.Person, method, url, body string, header ...string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := p.HTTP.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	var out bytes.Buffer
	_, err = out.ReadFrom(response.Body)
	require.NoError(t, err)
	return response, out.Bytes()
}

func read[T any](t testing.TB, body []byte) T {
	t.Helper()
	var v T
	require.NoError(t, json.Unmarshal(body, &v), "%s", body)
	return v
}

// logActivity creates an activity; fields are the members of its JSON object.
func logActivity(t testing.TB, a *apitest.API, p *apitest.Person, fields string) api.Activity {
	t.Helper()
	r, body := send(t, p, http.MethodPost, a.URL+activities, `{`+fields+`}`)
	require.Equal(t, http.StatusCreated, r.StatusCode, "%s", body)
	return read[api.Activity](t, body)
}

// patch changes an activity and requires success.
func patch(t testing.TB, a *apitest.API, p *apitest.Person, id uuid.UUID, body string) api.Activity {
	t.Helper()
	r, answer := send(t, p, http.MethodPatch, a.URL+activities+"/"+id.String(), body)
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", answer)
	return read[api.Activity](t, answer)
}

// get reads an activity.
func get(t testing.TB, p *apitest.Person, id uuid.UUID) api.Activity {
	t.Helper()
	r, err := p.GetActivityWithResponse(t.Context(), id, nil)
	require.NoError(t, err)
	require.NotNil(t, r.JSON200, "%s", r.Body)
	return *r.JSON200
}

// requireRefused requires a problem of this status with an error of the field with this code; without a field, a problem with this code.
func requireRefused(t testing.TB, r *http.Response, body []byte, status int, field, code string) {
	t.Helper()
	require.Equal(t, status, r.StatusCode, "%s", body)
	p := read[api.Problem](t, body)
	if p.Code == code && field == "" {
		return
	}
	if p.Errors != nil {
		for _, e := range p.Errors {
			if e.Field == field && e.Code == code {
				return
			}
		}
	}
	require.Fail(t, "another reason", "want %s %s: %s", field, code, body)
}

func TestCreateActivity_Run_IsStoredWithDayAndLength(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, run+berlin+`,"name":" Along  the river ","notes":"Windy","rpe":6.5`)

	require.Equal(t, "Along the river", *made.Name)
	require.Equal(t, time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC), made.StartedAt)
	require.Equal(t, time.Date(2026, 11, 23, 6, 30, 0, 0, time.UTC), made.EndedAt)
	require.Equal(t, "2026-11-23", made.LocalDate.String())
	require.Equal(t, api.ZoneSourceRequest, made.ZoneSource)
	require.Equal(t, 1800, made.TimerS)
	require.Nil(t, made.MovingS, "not known is absent")
	require.Equal(t, 5000.0, *made.DistanceM)
	require.Equal(t, 6.5, *made.Rpe)
	require.Equal(t, api.ActivitySourceKindManual, made.Source.Kind)
	require.Equal(t, api.ActivityRecordedManual, *made.Source.Recorded)
	metrics, err := made.Metrics.AsRunningMetrics()
	require.NoError(t, err)
	require.Equal(t, 5.0, *metrics.DistanceKm)

	got, err := p.GetActivityWithResponse(t.Context(), made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, &made, got.JSON200, "the response shows what is stored")
	tag := got.HTTPResponse.Header.Get("ETag")
	again, err := p.GetActivityWithResponse(t.Context(), made.ID, &api.GetActivityParams{IfNoneMatch: &tag})
	require.NoError(t, err)
	require.Equal(t, http.StatusNotModified, again.StatusCode())
}

func TestCreateActivity_Lengths_FollowFromEachOtherOrAreRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	const start = `"category":"sports","started_at":"2026-11-23T07:00:00Z"`
	for name, test := range map[string]struct {
		fields, field, code string
		elapsed, timer      int
	}{
		"end":                        {fields: `"ended_at":"2026-11-23T08:30:00Z"`, elapsed: 5400, timer: 5400},
		"elapsed":                    {fields: `"elapsed_s":5400`, elapsed: 5400, timer: 5400},
		"timer":                      {fields: `"timer_s":5000`, elapsed: 5000, timer: 5000},
		"end and elapsed":            {fields: `"ended_at":"2026-11-23T08:30:00.400Z","elapsed_s":5400,"timer_s":5000`, elapsed: 5400, timer: 5000},
		"timer a second longer":      {fields: `"elapsed_s":5400,"timer_s":5401`, elapsed: 5400, timer: 5400},
		"28 days with two hours":     {fields: `"elapsed_s":2419200,"timer_s":7373`, elapsed: 2419200, timer: 7373},
		"nothing":                    {fields: `"notes":"?"`, field: "elapsed_s", code: "required"},
		"end before start":           {fields: `"ended_at":"2026-11-23T06:30:00Z"`, field: "ended_at", code: "ends_before_start"},
		"end is start":               {fields: `"ended_at":"2026-11-23T07:00:00Z"`, field: "ended_at", code: "ends_before_start"},
		"end and elapsed disagree":   {fields: `"ended_at":"2026-11-23T08:30:00Z","elapsed_s":5402`, field: "elapsed_s", code: "durations_disagree"},
		"timer longer than elapsed":  {fields: `"elapsed_s":5400,"timer_s":5402`, field: "timer_s", code: "durations_disagree"},
		"moving longer than elapsed": {fields: `"elapsed_s":5400,"moving_s":5402`, field: "moving_s", code: "durations_disagree"},
		"two days without pauses":    {fields: `"elapsed_s":172800`, field: "timer_s", code: "too_large"},
		"end after two months":       {fields: `"ended_at":"2027-01-23T07:00:00Z"`, field: "ended_at", code: "too_large"},
		"unknown zone":               {fields: `"elapsed_s":60,"timezone":"Mars/Olympus"`, field: "timezone", code: "unknown_timezone"},
		"long ago":                   {fields: `"elapsed_s":60,"started_at":"1999-12-31T23:59:59Z"`, field: "started_at", code: "date_out_of_range"},
		"a version of no record": {
			fields: `"elapsed_s":60,"source":{"kind":"device","external_version":1}`, field: "source.external_version", code: "needs_external_id",
		},
		"rpe and rir": {
			fields: `"elapsed_s":60,"metrics":{"kind":"strength","exercises":[{"name":"Squat","sets":[{"reps":5,"rpe":8,"rir":2}]}]}`,
			field:  "metrics.exercises[0].sets[0].rir", code: "rpe_or_rir",
		},
	} {
		t.Run(name, func(t *testing.T) {
			body := `{` + start + `,` + test.fields + `}`
			if strings.Contains(test.fields, "started_at") {
				body = `{"category":"sports",` + test.fields + `}`
			}
			r, answer := send(t, p, http.MethodPost, a.URL+activities, body)
			if test.code != "" {
				requireRefused(t, r, answer, http.StatusUnprocessableEntity, test.field, test.code)
				return
			}
			require.Equal(t, http.StatusCreated, r.StatusCode, "%s", answer)
			made := read[api.Activity](t, answer)
			require.Equal(t, test.elapsed, made.ElapsedS)
			require.Equal(t, test.timer, made.TimerS)
			require.InDelta(t, float64(made.ElapsedS), made.EndedAt.Sub(made.StartedAt).Seconds(), 1)
		})
	}
}

func TestCreateActivity_EachKindOfMetrics_ComesBackAsSent(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for sent, distance := range map[string]float64{
		`{"kind":"running","distance_km":10.5,"avg_pace_s_per_km":331.5,"avg_heart_rate":150,"elevation_gain_m":85.5,"laps":[{"timer_s":300.5}]}`:                      10500,
		`{"kind":"cycling","distance_km":38.2,"avg_power_watts":168,"cadence_rpm":88}`:                                                                                 38200,
		`{"kind":"swimming","laps":60,"pool_length_m":22.86,"stroke":"freestyle"}`:                                                                                     1371.6,
		`{"kind":"swimming","distance_m":1500}`:                                                                                                                        1500,
		`{"kind":"strength","exercises":[{"name":"Squat","superset_id":1,"sets":[{"type":"warmup","reps":5,"weight_kg":60},{"reps":5,"weight_kg":100.5,"rpe":8.5}]}]}`: 0,
		`{"kind":"sport","sport":"Tennis","score_us":6,"score_them":4,"opponent":"Ann"}`:                                                                               0,
		`{"kind":"transition"}`: 0,
		`{"kind":"running","laps":[{"timer_s":60},{"timer_s":61,"distance_m":200}]}`: 0,
		`{"kind":"cycling","laps":[]}`:                                                  0,
		`{"kind":"other","laps":[{"timer_s":60}]}`:                                      0,
		`{"kind":"swimming","laps":0,"pool_length_m":25,"distance_m":50}`:               50,
		`{"kind":"other","distance_km":2,"details":[{"name":"Water","value":"18 °C"}]}`: 2000,
	} {
		made := logActivity(t, a, p, `"category":"other","started_at":"2026-11-23T07:00:00Z","elapsed_s":600,"metrics":`+sent)
		got, err := json.Marshal(get(t, p, made.ID).Metrics)
		require.NoError(t, err)
		require.JSONEq(t, sent, string(got))
		if distance == 0 {
			require.Nil(t, made.DistanceM, "unknown is not 0")
		} else {
			require.Equal(t, distance, *made.DistanceM)
		}
	}
	for _, wrong := range []string{`{"distance_km":5}`, `{"kind":"running","laps":3}`, `{"kind":"dancing"}`, `{"kind":"running","distance_km":501}`} {
		r, _ := send(t, p, http.MethodPost, a.URL+activities,
			`{"category":"other","started_at":"2026-11-23T07:00:00Z","elapsed_s":600,"metrics":`+wrong+`}`)
		require.Equal(t, http.StatusBadRequest, r.StatusCode, wrong)
	}
}

func TestUpdateActivity_Times_KeepLengthOrChangeIt(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, run+berlin)

	later := patch(t, a, p, made.ID, `{"started_at":"2026-11-23T23:50:00+01:00"}`)
	require.Equal(t, 1800, later.ElapsedS)
	require.Equal(t, "2026-11-23", later.LocalDate.String())
	require.Equal(t, time.Date(2026, 11, 23, 23, 20, 0, 0, time.UTC), later.EndedAt)
	elsewhere := patch(t, a, p, made.ID, `{"timezone":"Asia/Tokyo"}`)
	require.Equal(t, "2026-11-24", elsewhere.LocalDate.String())
	longer := patch(t, a, p, made.ID, `{"elapsed_s":2100}`)
	require.Equal(t, 2100, longer.TimerS, "the timer was the whole length")
	shorter := patch(t, a, p, made.ID, `{"timer_s":2000}`)
	require.Equal(t, 2100, shorter.ElapsedS)
	same := patch(t, a, p, made.ID, `{"ended_at":"2026-11-24T00:00:00Z"}`)
	require.Equal(t, 4200, same.ElapsedS)
	require.Equal(t, 2000, same.TimerS)
	r, body := send(t, p, http.MethodPatch, a.URL+activities+"/"+made.ID.String(), `{"elapsed_s":1000}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "elapsed_s", "durations_disagree")
	require.Contains(t, string(body), "timer_s, which is 2000")
	r, body = send(t, p, http.MethodPatch, a.URL+activities+"/"+made.ID.String(), `{"ended_at":"2026-11-23T23:10:00Z"}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "ended_at", "durations_disagree")

	// Moving the profile moves nothing that is stored.
	_, err := a.Database.Owner.Exec(t.Context(), "update public.profiles set timezone = 'Pacific/Kiritimati' where id = $1", p.ID)
	require.NoError(t, err)
	require.Equal(t, "2026-11-24", patch(t, a, p, made.ID, `{"name":"Late"}`).LocalDate.String())
	require.Equal(t, "Asia/Tokyo", patch(t, a, p, made.ID, `{"started_at":"2026-11-23T16:00:00Z"}`).Timezone)
}

func TestUpdateActivity_PatchThatChangesNothing_KeepsTheVersion(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, run+`,"name":"Run"`)
	r, body := send(t, p, http.MethodPatch, a.URL+activities+"/"+made.ID.String(), `{"name":"Run"}`)
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	require.Equal(t, `"1"`, r.Header.Get("ETag"))
	r, _ = send(t, p, http.MethodPatch, a.URL+activities+"/"+made.ID.String(), `{"name":null}`, "If-Match", `"1"`)
	require.Equal(t, `"2"`, r.Header.Get("ETag"))
	r, body = send(t, p, http.MethodPatch, a.URL+activities+"/"+made.ID.String(), `{"name":"Lost"}`, "If-Match", `"1"`)
	requireRefused(t, r, body, http.StatusPreconditionFailed, "", "precondition_failed")
	require.Nil(t, get(t, p, made.ID).Name)
}

func TestCreateActivity_ExternalID_HigherVersionReplacesEqualOrLowerDoesNot(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	sync := func(app string, version, seconds int) (int, api.Activity) {
		r, body := send(t, p, http.MethodPost, a.URL+activities, fmt.Sprintf(
			`{"category":"sports","started_at":"2026-11-23T07:00:00Z","elapsed_s":%d,"source":{"kind":"api","app":%q,"external_id":"9","external_version":%d}}`,
			seconds,
			app,
			version,
		))
		return r.StatusCode, read[api.Activity](t, body)
	}
	status, first := sync("Watch", 2, 600)
	require.Equal(t, http.StatusCreated, status)
	patch(t, a, p, first.ID, `{"name":"Match"}`)
	for _, version := range []int{1, 2} {
		status, same := sync("Watch", version, 700)
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, first.ID, same.ID)
		require.Equal(t, 600, same.ElapsedS)
	}
	status, newer := sync("Watch", 3, 800)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, first.ID, newer.ID)
	require.Equal(t, 800, newer.ElapsedS)
	require.Equal(t, "Match", *newer.Name, "the record does not have a name, the person gave one")
	status, other := sync("Phone", 1, 600)
	require.Equal(t, http.StatusCreated, status, "another app")
	require.NotEqual(t, first.ID, other.ID)

	r, _ := send(t, p, http.MethodDelete, a.URL+activities+"/"+first.ID.String(), "")
	require.Equal(t, http.StatusNoContent, r.StatusCode)
	r, body := send(
		t,
		p,
		http.MethodPost,
		a.URL+activities,
		`{"category":"sports","started_at":"2026-11-23T07:00:00Z","elapsed_s":60,"source":{"kind":"api","app":"Watch","external_id":"9","external_version":4}}`,
	)
	requireRefused(t, r, body, http.StatusConflict, "source.external_id", "deleted_record")
}

func TestCreateActivity_SameExternalIDAtTheSameTime_IsStoredOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	statuses := make(chan int)
	for range 4 {
		go func() {
			r, err := p.HTTP.Post(a.URL+activities, "application/json",
				strings.NewReader(`{`+run+`,"source":{"kind":"device","external_id":"7"}}`))
			if err != nil {
				statuses <- 0
				return
			}
			r.Body.Close()
			statuses <- r.StatusCode
		}()
	}
	count := map[int]int{}
	for range 4 {
		count[<-statuses]++
	}
	require.Equal(t, map[int]int{http.StatusCreated: 1, http.StatusOK: 3}, count)
}

func TestCreateActivity_MultiSport_ShowsLegsAndMovesVersion(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	whole := logActivity(t, a, p, `"category":"sports","started_at":"2026-11-23T07:00:00Z","elapsed_s":7200,"name":"Triathlon"`)
	leg := func(index int, metrics string) api.Activity {
		return logActivity(t, a, p, fmt.Sprintf(
			`"category":"cardio_steady_state","started_at":"2026-11-23T07:00:00Z","elapsed_s":1200,"parent_id":%q,"leg_index":%d,"metrics":%s`,
			whole.ID,
			index,
			metrics,
		))
	}
	ride := leg(2, `{"kind":"cycling","distance_km":20}`)
	leg(0, `{"kind":"swimming","distance_m":750}`)
	leg(1, `{"kind":"transition"}`)
	shown := get(t, p, whole.ID)
	require.Len(t, shown.Legs, 3)
	for i, leg := range shown.Legs {
		require.Equal(t, i, leg.LegIndex)
	}
	r, _ := send(t, p, http.MethodGet, a.URL+activities+"/"+whole.ID.String(), "")
	require.Equal(t, `"4"`, r.Header.Get("ETag"), "the whole shows its legs")

	listed, err := p.ListActivitiesWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, listed.JSON200.Data, 1, "legs are in their whole")

	r, body := send(t, p, http.MethodPost, a.URL+activities, fmt.Sprintf(`{`+run+`,"parent_id":%q,"leg_index":0}`, ride.ID))
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "parent_id", "not_a_leg")
	r, body = send(t, p, http.MethodPost, a.URL+activities, `{`+run+`,"leg_index":0}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "leg_index", "not_a_leg")
	r, body = send(t, p, http.MethodPost, a.URL+activities, fmt.Sprintf(`{`+run+`,"parent_id":%q}`, whole.ID))
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "leg_index", "required")

	// A leg that was deleted before stays deleted when the whole comes back.
	for _, id := range []uuid.UUID{ride.ID, whole.ID} {
		r, _ = send(t, p, http.MethodDelete, a.URL+activities+"/"+id.String(), "")
		require.Equal(t, http.StatusNoContent, r.StatusCode)
	}
	r, body = send(t, p, http.MethodPost, a.URL+activities+"/"+ride.ID.String()+"/restore", "")
	requireRefused(t, r, body, http.StatusNotFound, "", "activity_not_found")
	r, body = send(t, p, http.MethodPost, a.URL+activities+"/"+whole.ID.String()+"/restore", "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	require.Len(t, read[api.Activity](t, body).Legs, 2)
	r, body = send(t, p, http.MethodPost, a.URL+activities+"/"+ride.ID.String()+"/restore", "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	require.Len(t, get(t, p, whole.ID).Legs, 3)
}

func TestCreateActivity_LegOutsideItsWhole_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	whole := logActivity(t, a, p, `"category":"sports","started_at":"2026-11-23T07:00:00Z","elapsed_s":7200`)
	leg := func(times string) string {
		return fmt.Sprintf(`"category":"cardio_steady_state","parent_id":%q,"leg_index":0,%s`, whole.ID, times)
	}
	for times, field := range map[string]string{
		`"started_at":"2026-08-23T07:00:00Z","elapsed_s":600`:                   "started_at",
		`"started_at":"2026-11-23T06:54:59Z","elapsed_s":600`:                   "started_at",
		`"started_at":"2026-11-23T08:00:00Z","elapsed_s":3901`:                  "elapsed_s",
		`"started_at":"2026-11-23T08:00:00Z","ended_at":"2026-11-23T09:05:01Z"`: "ended_at",
		`"started_at":"2027-02-23T07:00:00Z","ended_at":"2027-02-23T09:05:01Z"`: "ended_at",
	} {
		r, body := send(t, p, http.MethodPost, a.URL+activities, `{`+leg(times)+`}`)
		requireRefused(t, r, body, http.StatusUnprocessableEntity, field, "outside_whole")
	}
	require.Empty(t, get(t, p, whole.ID).Legs)
	made := logActivity(t, a, p, leg(`"started_at":"2026-11-23T06:55:00Z","ended_at":"2026-11-23T09:05:00Z"`))

	url := a.URL + activities + "/"
	r, body := send(t, p, http.MethodPatch, url+made.ID.String(), `{"started_at":"2026-11-23T06:00:00Z"}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "started_at", "outside_whole")
	r, body = send(t, p, http.MethodPatch, url+made.ID.String(), `{"elapsed_s":9000}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "elapsed_s", "outside_whole")
	r, body = send(t, p, http.MethodPatch, url+whole.ID.String(), `{"elapsed_s":3600}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "elapsed_s", "outside_whole")
	r, body = send(t, p, http.MethodPatch, url+whole.ID.String(), `{"ended_at":"2026-11-23T08:00:00Z"}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "ended_at", "outside_whole")
	require.Equal(t, 7200, get(t, p, whole.ID).ElapsedS)

	// A deleted leg is in nobody's way, and comes back only into its whole.
	r, _ = send(t, p, http.MethodDelete, url+made.ID.String(), "")
	require.Equal(t, http.StatusNoContent, r.StatusCode)
	patch(t, a, p, whole.ID, `{"elapsed_s":3600}`)
	r, body = send(t, p, http.MethodPost, url+made.ID.String()+"/restore", "")
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "ended_at", "outside_whole")
	patch(t, a, p, whole.ID, `{"elapsed_s":7200}`)
	r, body = send(t, p, http.MethodPost, url+made.ID.String()+"/restore", "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
}

func TestUpdateActivity_NewStartOfTheWhole_MovesItsLegs(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	whole := logActivity(t, a, p, `"category":"sports","started_at":"2026-11-23T07:00:00Z","elapsed_s":7200`)
	made := logActivity(t, a, p, fmt.Sprintf(
		`"category":"strength_training","started_at":"2026-11-23T08:00:00Z","elapsed_s":600,"parent_id":%q,"leg_index":0,`+
			`"metrics":{"kind":"strength","exercises":[{"name":"Press","sets":[{"reps":5,"weight_kg":60}]}]}`, whole.ID))
	moved := patch(t, a, p, whole.ID, `{"started_at":"2026-11-20T06:30:00Z","elapsed_s":6000}`)
	require.Len(t, moved.Legs, 1)
	require.Equal(t, time.Date(2026, 11, 20, 7, 30, 0, 0, time.UTC), moved.Legs[0].StartedAt)
	leg := get(t, p, made.ID)
	require.Equal(t, "2026-11-20", leg.LocalDate.String())
	require.Equal(t, 600, leg.ElapsedS)
	require.Equal(t, "2026-11-20", leg.Strength.Records[0].Date.String(), "its records move with it")
}

// The sums of the longest legs are larger than what one activity can have.
func TestCreateActivity_101stLeg_IsRefused(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	const longest = `"category":"other","activity":"running","started_at":"2026-11-23T07:00:00Z","elapsed_s":86400`
	whole := logActivity(t, a, p, `"category":"sports","started_at":"2026-11-23T07:00:00Z","elapsed_s":2678400,"timer_s":86400`)
	leg := fmt.Sprintf(
		longest+`,"kcal":30000,"metrics":{"kind":"other","distance_km":1000,"elevation_gain_m":20000},"parent_id":%q,"leg_index":0`,
		whole.ID,
	)
	first := logActivity(t, a, p, leg)
	_, err := a.Database.Owner.Exec(t.Context(), `
		insert into public.activities (user_id, parent_id, leg_index, category, activity, started_at, ended_at, local_date, timezone, zone_source,
		  elapsed_s, timer_s, metrics, source_kind, recorded, user_kcal, kcal, kcal_net, energy_source)
		select a.user_id, a.parent_id, n, a.category, a.activity, a.started_at, a.ended_at, a.local_date, a.timezone, a.zone_source,
		  a.elapsed_s, a.timer_s, a.metrics, a.source_kind, a.recorded, a.user_kcal, a.kcal, a.kcal_net, a.energy_source
		from public.activities a, generate_series(1, 98) n where a.user_id = $1 and a.id = $2`, p.ID, first.ID)
	require.NoError(t, err)
	last := logActivity(t, a, p, leg)
	r, body := send(t, p, http.MethodPost, a.URL+activities, `{`+leg+`}`)
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "parent_id", "too_many_legs")

	deleted, err := p.DeleteActivityWithResponse(t.Context(), last.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, deleted.StatusCode())
	logActivity(t, a, p, leg)
	r, body = send(t, p, http.MethodPost, a.URL+activities+"/"+last.ID.String()+"/restore", "")
	requireRefused(t, r, body, http.StatusUnprocessableEntity, "parent_id", "too_many_legs")

	shown := get(t, p, whole.ID)
	require.Len(t, shown.Legs, 100)
	require.Equal(t, []float64{1e8, 2e6, 3e6}, []float64{*shown.DistanceM, *shown.AscentM, shown.Energy.Kcal})
	summary, err := p.GetActivitySummaryWithResponse(t.Context(), &api.GetActivitySummaryParams{Date: new("2026-11-23")})
	require.NoError(t, err)
	require.Equal(t, 3e6, summary.JSON200.Totals.Kcal)
	dashboard, err := p.GetDayWithResponse(t.Context(), "2026-11-23")
	require.NoError(t, err)
	require.Equal(t, 3e6, dashboard.JSON200.Activities.Kcal)
}

func TestListActivities_Pages_AreNewestFirstAndFiltered(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	var want []string
	for day := 1; day <= 9; day++ {
		category := "sports"
		if day%2 == 0 {
			category = "flexibility"
		}
		logActivity(t, a, p, fmt.Sprintf(`"category":%q,"started_at":"2026-11-0%dT07:00:00Z","elapsed_s":600`, category, day))
		want = append([]string{fmt.Sprintf("2026-11-0%d", day)}, want...)
	}
	list := func(params api.ListActivitiesParams) (days []string) {
		params.Limit = new(2)
		for {
			page, err := p.ListActivitiesWithResponse(t.Context(), &params)
			require.NoError(t, err)
			require.NotNil(t, page.JSON200, "%s", page.Body)
			for _, entry := range page.JSON200.Data {
				days = append(days, entry.LocalDate.String())
			}
			if params.Cursor = page.JSON200.NextCursor; params.Cursor == nil {
				return days
			}
		}
	}
	require.Equal(t, want, list(api.ListActivitiesParams{}))
	require.Equal(t, want[2:6], list(api.ListActivitiesParams{From: day(4), To: day(7)}))
	require.Equal(t, []string{"2026-11-08", "2026-11-06", "2026-11-04", "2026-11-02"},
		list(api.ListActivitiesParams{Category: new(api.ActivityCategoryFlexibility)}))
}

func TestDeleteActivity_ThenRestore_BringsItBack(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	made := logActivity(t, a, p, run)
	url := a.URL + activities + "/" + made.ID.String()
	r, _ := send(t, p, http.MethodDelete, url, "")
	require.Equal(t, http.StatusNoContent, r.StatusCode)
	for _, method := range []string{http.MethodGet, http.MethodDelete} {
		r, body := send(t, p, method, url, "")
		requireRefused(t, r, body, http.StatusNotFound, "", "activity_not_found")
	}
	r, _ = send(t, p, http.MethodPost, url+"/restore", "")
	require.Equal(t, http.StatusOK, r.StatusCode)
	require.Equal(t, made.Metrics, get(t, p, made.ID).Metrics)

	r, _ = send(t, p, http.MethodDelete, url, "")
	require.Equal(t, http.StatusNoContent, r.StatusCode)
	_, err := a.Database.Owner.Exec(
		t.Context(),
		"update public.activities set deleted_at = now() - interval '30 days' where id = $1",
		made.ID,
	)
	require.NoError(t, err)
	r, body := send(t, p, http.MethodPost, url+"/restore", "")
	requireRefused(t, r, body, http.StatusNotFound, "", "activity_not_found")
}

func day(n int) *openapi_types.Date {
	return &openapi_types.Date{Time: time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC)}
}
