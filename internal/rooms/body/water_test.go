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
	d, err := p.DeleteWaterWithResponse(t.Context(), removed.ID)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, d.StatusCode())
	r, err := p.ListWaterWithResponse(t.Context(), &api.ListWaterParams{From: day("2026-03-01"), To: day("2026-03-03")})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	var sums []int
	for _, d := range r.JSON200.Data {
		sums = append(sums, d.TotalMl)
	}
	require.Equal(t, []int{0, 550, 0}, sums, "23:30 UTC is the next day in Berlin")
	require.Len(t, r.JSON200.Data[1].Entries, 2)
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
	for body, code := range map[string]string{
		`{"started_at":"2026-03-05T06:00:00Z","ended_at":"2026-03-05T06:00:00Z"}`:                         "ends_before_start",
		`{"started_at":"2026-03-05T06:00:00Z","ended_at":"2026-03-06T06:00:01Z"}`:                         "sleep_too_long",
		`{"started_at":"2026-03-05T06:00:00Z","ended_at":"2026-03-05T07:00:00Z","asleep_minutes":61}`:     "longer_than_in_bed",
		`{"started_at":"2026-03-02T03:59:00Z","ended_at":"2026-03-02T08:00:00Z","timezone":"Etc/GMT-14"}`: "sleep_overlaps",
	} {
		r, err := p.CreateSleepWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
		require.NoError(t, err)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), body)
		require.Contains(t, string(r.Body), code)
	}
	rest(t, p, `{"started_at":"2026-03-02T04:00:00Z","ended_at":"2026-03-02T08:00:00Z"}`)
}
