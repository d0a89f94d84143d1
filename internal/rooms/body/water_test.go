package body_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// night is a night of six hours in bed.
const night = `{"started_at":"2026-03-01T23:00:00+01:00","ended_at":"2026-03-02T05:00:00+01:00","timezone":"Europe/Berlin","asleep_minutes":330}`

// drink creates an entry of water.
func drink(t testing.TB, p *apitest.Person, body string) (entry api.WaterEntry) {
	t.Helper()
	r, err := p.CreateWaterWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	return *r.JSON201
}

// rest creates an entry of sleep.
func rest(t testing.TB, p *apitest.Person, body string) (entry api.SleepEntry) {
	t.Helper()
	r, err := p.CreateSleepWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	require.NoError(t, json.Unmarshal(r.Body, &entry))
	return entry
}

// waterSums returns the sum of each day.
func waterSums(t testing.TB, p *apitest.Person, from, to string) (sums []int) {
	t.Helper()
	r, err := p.ListWaterWithResponse(t.Context(), &api.ListWaterParams{From: day(from), To: day(to)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	for _, d := range r.JSON200.Data {
		sums = append(sums, d.TotalMl)
	}
	return sums
}

func day(text string) openapi_types.Date {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return openapi_types.Date{Time: d}
}

func TestListWater_EveryDay_HasItsSum(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	drink(t, p, `{"amount_ml":250,"drunk_at":"2026-03-01T23:30:00Z","timezone":"Europe/Berlin"}`)
	drink(t, p, `{"amount_ml":300,"drunk_at":"2026-03-02T10:00:00Z","timezone":"Europe/Berlin"}`)
	removed := drink(t, p, `{"amount_ml":999,"drunk_at":"2026-03-02T11:00:00Z"}`)
	d, err := p.DeleteWaterWithResponse(t.Context(), removed.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, d.StatusCode())
	require.Equal(t, []int{0, 550, 0}, waterSums(t, p, "2026-03-01", "2026-03-03"), "23:30 UTC is the next day in Berlin")
}

func TestCreateWater_FullDay_Returns422(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for range 100 {
		drink(t, p, `{"amount_ml":1,"drunk_at":"2026-03-02T10:00:00Z"}`)
	}
	r, err := p.CreateWaterWithBodyWithResponse(t.Context(), nil, "application/json",
		strings.NewReader(`{"amount_ml":1,"drunk_at":"2026-03-02T10:00:00Z"}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode())
	require.Contains(t, string(r.Body), "too_many_entries")
}

func TestListSleep_Night_CountsForTheDayOnWhichItEnds(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	rest(t, p, night)
	rest(t, p, `{"started_at":"2026-03-02T13:00:00+01:00","ended_at":"2026-03-02T13:40:00+01:00","timezone":"Europe/Berlin"}`)
	r, err := p.ListSleepWithResponse(t.Context(), &api.ListSleepParams{From: day("2026-03-01"), To: day("2026-03-02")})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	require.Equal(t, 0, r.JSON200.Data[0].AsleepMinutes)
	require.Equal(t, 330+40, r.JSON200.Data[1].AsleepMinutes)
}

func TestCreateSleep_BrokenRule_Returns422(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	rest(t, p, night)
	for body, refusal := range map[string][2]string{
		`{"started_at":"2026-03-05T06:00:00Z","ended_at":"2026-03-05T06:00:00Z"}`:                         {"ended_at", "ends_before_start"},
		`{"started_at":"2026-03-05T06:00:00Z","ended_at":"2026-03-05T06:00:59Z"}`:                         {"ended_at", "sleep_too_short"},
		`{"started_at":"2026-03-05T06:00:00Z","ended_at":"2026-03-06T06:00:01Z"}`:                         {"ended_at", "sleep_too_long"},
		`{"started_at":"2026-03-05T06:00:00Z","ended_at":"2026-03-05T07:00:00Z","asleep_minutes":61}`:     {"asleep_minutes", "longer_than_in_bed"},
		`{"started_at":"2026-03-02T03:59:00Z","ended_at":"2026-03-02T08:00:00Z","timezone":"Etc/GMT-14"}`: {"started_at", "sleep_overlaps"},
	} {
		r, err := p.CreateSleepWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
		require.NoError(t, err)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), body)
		require.Equal(t, refusal, [2]string{r.ApplicationProblemJSON422.Errors[0].Field, r.ApplicationProblemJSON422.Errors[0].Code}, body)
	}
	rest(t, p, `{"started_at":"2026-03-02T04:00:00Z","ended_at":"2026-03-02T08:00:00Z"}`)
}

func TestUpdateWater_AnotherTime_MovesItToThatDay(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	entry := drink(t, p, `{"amount_ml":250,"drunk_at":"2026-03-02T10:00:00Z","timezone":"Europe/Berlin"}`)
	r, err := p.UpdateWaterWithResponse(
		t.Context(),
		entry.ID,
		&api.UpdateWaterParams{IfMatch: new(`"1"`)},
		api.WaterPatch{AmountMl: new(300)},
	)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	require.Equal(t, `"2"`, r.HTTPResponse.Header.Get("ETag"))
	require.Equal(t, []int{0, 300}, waterSums(t, p, "2026-03-01", "2026-03-02"), "the amount alone does not move it")

	moved := time.Date(2026, 3, 1, 22, 30, 0, 0, time.UTC)
	r, err = p.UpdateWaterWithResponse(t.Context(), entry.ID, nil, api.WaterPatch{DrunkAt: &moved, Timezone: new("Europe/Berlin")})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	require.Equal(t, []int{300, 0}, waterSums(t, p, "2026-03-01", "2026-03-02"))

	r, err = p.UpdateWaterWithResponse(t.Context(), entry.ID, &api.UpdateWaterParams{IfMatch: new(`"2"`)}, api.WaterPatch{AmountMl: new(1)})
	require.NoError(t, err)
	require.Equal(t, http.StatusPreconditionFailed, r.StatusCode())
	r, err = p.UpdateWaterWithResponse(t.Context(), entry.ID, nil, api.WaterPatch{AmountMl: new(300)})
	require.NoError(t, err)
	require.Equal(t, `"3"`, r.HTTPResponse.Header.Get("ETag"), "a patch that changes nothing keeps the version")
}

func TestDeleteWater_ThenRestore_BringsItBack(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	entry := drink(t, p, `{"amount_ml":250,"drunk_at":"2026-03-02T10:00:00Z"}`)
	stale, err := p.DeleteWaterWithResponse(t.Context(), entry.ID, &api.DeleteWaterParams{IfMatch: new(`"9"`)})
	require.NoError(t, err)
	require.Equal(t, http.StatusPreconditionFailed, stale.StatusCode())
	for range 2 { // the second restoring changes nothing
		d, err := p.DeleteWaterWithResponse(t.Context(), entry.ID, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusNoContent, d.StatusCode())
		require.Equal(t, []int{0}, waterSums(t, p, "2026-03-02", "2026-03-02"))
		gone, err := p.GetWaterWithResponse(t.Context(), entry.ID, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusNotFound, gone.StatusCode())
		again, err := p.DeleteWaterWithResponse(t.Context(), entry.ID, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusNotFound, again.StatusCode())
		r, err := p.RestoreWaterWithResponse(t.Context(), entry.ID, nil)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
		require.Equal(t, []int{250}, waterSums(t, p, "2026-03-02", "2026-03-02"))
		unchanged, err := p.RestoreWaterWithResponse(t.Context(), entry.ID, nil)
		require.NoError(t, err)
		require.Equal(t, r.HTTPResponse.Header.Get("ETag"), unchanged.HTTPResponse.Header.Get("ETag"))
		require.Equal(t, r.JSON200, unchanged.JSON200)
	}
}

func TestRestoreWater_FullDay_Returns422(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	removed := drink(t, p, `{"amount_ml":1,"drunk_at":"2026-03-02T10:00:00Z"}`)
	d, err := p.DeleteWaterWithResponse(t.Context(), removed.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, d.StatusCode())
	for range 100 {
		drink(t, p, `{"amount_ml":1,"drunk_at":"2026-03-02T10:00:00Z"}`)
	}
	r, err := p.RestoreWaterWithResponse(t.Context(), removed.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), string(r.Body))
	require.Contains(t, string(r.Body), "too_many_entries")
}

func TestUpdateSleep_Minutes_FollowTheirRules(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	entry := rest(t, p, night)
	for _, c := range []struct {
		body            string
		status, minutes int
		field, code     string
	}{
		{`{"quality":5,"notes":"Deep"}`, http.StatusOK, 330, "", ""},
		{`{"asleep_minutes":361}`, http.StatusUnprocessableEntity, 0, "asleep_minutes", "longer_than_in_bed"},
		{`{"ended_at":"2026-03-02T04:00:00+01:00"}`, http.StatusUnprocessableEntity, 0, "ended_at", "shorter_than_asleep"},
		{`{"started_at":"2026-03-02T01:00:00+01:00"}`, http.StatusUnprocessableEntity, 0, "started_at", "shorter_than_asleep"},
		{`{"ended_at":"2026-03-02T04:00:00+01:00","asleep_minutes":null}`, http.StatusOK, 300, "", ""},
		{`{"started_at":"2026-03-02T04:00:00+01:00"}`, http.StatusUnprocessableEntity, 0, "started_at", "ends_before_start"},
		{`{"started_at":"2026-03-02T03:59:30+01:00","asleep_minutes":null}`, http.StatusUnprocessableEntity, 0, "started_at", "sleep_too_short"},
		{`{"ended_at":"2026-03-03T04:00:00+01:00"}`, http.StatusUnprocessableEntity, 0, "ended_at", "sleep_too_long"},
		{`{"timezone":"Mars/Olympus"}`, http.StatusUnprocessableEntity, 0, "timezone", "unknown_timezone"},
		{`{"quality":null}`, http.StatusOK, 300, "", ""},
	} {
		r, err := p.UpdateSleepWithBodyWithResponse(t.Context(), entry.ID, nil, "application/json", strings.NewReader(c.body))
		require.NoError(t, err)
		require.Equal(t, c.status, r.StatusCode(), c.body+string(r.Body))
		if c.status == http.StatusOK {
			require.Equal(t, c.minutes, r.JSON200.AsleepMinutes, c.body)
			continue
		}
		refusal := r.ApplicationProblemJSON422.Errors[0]
		require.Equal(t, [2]string{c.field, c.code}, [2]string{refusal.Field, refusal.Code}, c.body)
	}
	r, err := p.GetSleepWithResponse(t.Context(), entry.ID, nil)
	require.NoError(t, err)
	require.Equal(t, "Deep", *r.JSON200.Notes, "what a patch does not name stays")
	require.Nil(t, r.JSON200.Quality)
}

func TestSleep_AtATimeThatIsLogged_IsNeitherMovedNorRestored(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	removed := rest(t, p, night)
	d, err := p.DeleteSleepWithResponse(t.Context(), removed.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, d.StatusCode())
	other := rest(t, p, night)
	restored, err := p.RestoreSleepWithResponse(t.Context(), removed.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, restored.StatusCode())
	require.Contains(t, string(restored.Body), "sleep_overlaps")

	noon := rest(t, p, `{"started_at":"2026-03-02T13:00:00+01:00","ended_at":"2026-03-02T13:40:00+01:00"}`)
	moved, err := p.UpdateSleepWithResponse(t.Context(), noon.ID, nil, api.SleepPatch{StartedAt: new(other.EndedAt.Add(-time.Minute))})
	require.NoError(t, err)
	require.Equal(t, http.StatusUnprocessableEntity, moved.StatusCode())
	require.Contains(t, string(moved.Body), "sleep_overlaps")
	longer, err := p.UpdateSleepWithResponse(t.Context(), other.ID, nil, api.SleepPatch{EndedAt: new(noon.StartedAt.Add(time.Minute))})
	require.NoError(t, err)
	require.Equal(t, "ended_at", longer.ApplicationProblemJSON422.Errors[0].Field, "the start was not sent")

	d, err = p.DeleteSleepWithResponse(t.Context(), other.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, d.StatusCode())
	restored, err = p.RestoreSleepWithResponse(t.Context(), removed.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, restored.StatusCode(), string(restored.Body))
	require.Equal(t, removed.AsleepMinutes, restored.JSON200.AsleepMinutes)
}

func TestUpdateEntry_AnotherTime_KeepsItsZone(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	const tokyo = `"timezone":"Asia/Tokyo"`
	weight := weigh(t, p, `{"weight_kg":80,"measured_at":"2026-03-01T12:00:00Z",`+tokyo+`}`)
	water := drink(t, p, `{"amount_ml":250,"drunk_at":"2026-03-01T12:00:00Z",`+tokyo+`}`)
	sleep := rest(t, p, `{"started_at":"2026-03-01T12:00:00Z","ended_at":"2026-03-01T13:00:00Z",`+tokyo+`}`)
	const nextDayThere = "2026-03-05T16:00:00Z"

	for name, change := range map[string]func() (any, error){
		"weight": func() (any, error) {
			r, err := p.UpdateMeasurementWithResponse(t.Context(), weight.ID, nil, api.MeasurementPatch{MeasuredAt: moment(nextDayThere)})
			return r.JSON200, err
		},
		"water": func() (any, error) {
			r, err := p.UpdateWaterWithResponse(t.Context(), water.ID, nil, api.WaterPatch{DrunkAt: moment(nextDayThere)})
			return r.JSON200, err
		},
		"sleep": func() (any, error) {
			r, err := p.UpdateSleepWithResponse(t.Context(), sleep.ID, nil, api.SleepPatch{
				StartedAt: moment("2026-03-05T15:00:00Z"), EndedAt: moment(nextDayThere),
			})
			return r.JSON200, err
		},
	} {
		changed, err := change()
		require.NoError(t, err)
		body, err := json.Marshal(changed)
		require.NoError(t, err)
		require.Contains(t, string(body), `"timezone":"Asia/Tokyo"`, name)
		require.Contains(t, string(body), `"local_date":"2026-03-06"`, name)
	}
}

func moment(rfc3339 string) *time.Time {
	at, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		panic(err)
	}
	return &at
}
