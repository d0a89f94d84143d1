package body_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	serverapi "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// create sends a body as written, and returns the status and the response.
func create(t testing.TB, p *apitest.Person, body string) (int, api.MeasurementWritten) {
	t.Helper()
	r, err := p.CreateMeasurementWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	var m api.MeasurementWritten
	if r.StatusCode() < 300 {
		require.NoError(t, json.Unmarshal(r.Body, &m))
	}
	return r.StatusCode(), m
}

// weigh creates a measurement.
func weigh(t testing.TB, p *apitest.Person, body string) api.MeasurementWritten {
	t.Helper()
	status, m := create(t, p, body)
	require.Equal(t, http.StatusCreated, status)
	return m
}

// patch updates a measurement with a body as written.
func patch(t testing.TB, p *apitest.Person, id uuid.UUID, body string) (int, api.MeasurementWritten) {
	t.Helper()
	r, err := p.UpdateMeasurementWithBodyWithResponse(t.Context(), id, nil, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	var m api.MeasurementWritten
	if r.StatusCode() < 300 {
		require.NoError(t, json.Unmarshal(r.Body, &m))
	}
	return r.StatusCode(), m
}

func remove(t testing.TB, p *apitest.Person, id uuid.UUID) {
	t.Helper()
	r, err := p.DeleteMeasurementWithResponse(t.Context(), id, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, r.StatusCode(), string(r.Body))
}

func profile(t testing.TB, p *apitest.Person) api.Me {
	t.Helper()
	r, err := p.GetMeWithResponse(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func value[T any](v T) nullable.Nullable[T] { return nullable.NewNullableWithValue(v) }

// fillIn gives the person every input of targets but the weight.
func fillIn(t testing.TB, p *apitest.Person) {
	t.Helper()
	r, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{
		BirthDate:     value(openapi_types.Date{Time: time.Now().UTC().AddDate(-30, 0, -1)}),
		BiologicalSex: value(api.BiologicalSexMale), HeightCm: value(180.0),
		PrimaryGoal: value(api.GoalLoseWeight), ActivityLevel: value(api.ActivityLevelModeratelyActive),
	})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
}

func daysAgo(days int) string { return time.Now().UTC().AddDate(0, 0, -days).Format(time.RFC3339) }

func at(days int, kg float64) string {
	return fmt.Sprintf(`{"measured_at":%q,"weight_kg":%v}`, daysAgo(days), kg)
}

func TestCreateMeasurement_NewestWeight_BecomesTheProfilesAndChangesTargets(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	fillIn(t, p)
	first := weigh(t, p, at(2, 81))
	require.Nil(t, first.TargetsChange.Before, "there were none without a weight")
	newest := weigh(t, p, `{"weight_kg":80}`)
	require.Equal(t, 2259, newest.TargetsChange.After.Calories)
	require.Equal(t, first.TargetsChange.After, newest.TargetsChange.Before)
	require.Equal(t, "current_weight_kg_changed", newest.TargetsChange.Reasons[0].Code)
	me := profile(t, p)
	require.Equal(t, 80.0, *me.CurrentWeightKg)
	require.Equal(t, newest.TargetsChange.After, me.Targets)

	older := weigh(t, p, at(1, 82))
	require.Nil(t, older.TargetsChange)
	require.Equal(t, 80.0, *profile(t, p).CurrentWeightKg)
}

func TestUpdateMeasurement_NewestWeight_MovesTheProfileBothWays(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	weigh(t, p, at(2, 81))
	newest := weigh(t, p, at(1, 85))
	_, m := patch(t, p, newest.ID, `{"weight_kg":80.5}`)
	require.Equal(t, 80.5, *m.WeightKg)
	require.Equal(t, 80.5, *profile(t, p).CurrentWeightKg)

	_, _ = patch(t, p, newest.ID, fmt.Sprintf(`{"measured_at":%q}`, daysAgo(3)))
	require.Equal(t, 81.0, *profile(t, p).CurrentWeightKg, "another one is the newest now")
	_, _ = patch(t, p, newest.ID, fmt.Sprintf(`{"measured_at":%q}`, daysAgo(0)))
	require.Equal(t, 80.5, *profile(t, p).CurrentWeightKg)
	remove(t, p, newest.ID)
	require.Equal(t, 81.0, *profile(t, p).CurrentWeightKg)
}

func TestRestoreMeasurement_NewestWeight_BecomesTheProfilesAgain(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	fillIn(t, p)
	weigh(t, p, at(2, 81))
	newest := weigh(t, p, at(1, 80))
	remove(t, p, newest.ID)
	require.Equal(t, 81.0, *profile(t, p).CurrentWeightKg)
	r, err := p.RestoreMeasurementWithResponse(t.Context(), newest.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	var restored, again api.MeasurementWritten
	require.NoError(t, json.Unmarshal(r.Body, &restored))
	require.Equal(t, 80.0, *restored.WeightKg)
	require.Equal(t, newest.LocalDate, restored.LocalDate)
	require.Equal(t, "current_weight_kg_changed", restored.TargetsChange.Reasons[0].Code)
	require.Equal(t, 80.0, *profile(t, p).CurrentWeightKg)

	r, err = p.RestoreMeasurementWithResponse(t.Context(), newest.ID, nil)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(r.Body, &again))
	restored.TargetsChange = nil
	require.Equal(t, restored, again, "one that is not deleted is returned unchanged")
	require.Equal(t, `"3"`, r.HTTPResponse.Header.Get("ETag"))
}

func TestRestoreMeasurement_After30Days_IsNotFound(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	m := weigh(t, p, `{"weight_kg":80}`)
	water, sleep := drink(t, p, `{"amount_ml":250}`), rest(t, p, night)
	remove(t, p, m.ID)
	_, err := p.DeleteWaterWithResponse(t.Context(), water.ID, nil)
	require.NoError(t, err)
	_, err = p.DeleteSleepWithResponse(t.Context(), sleep.ID, nil)
	require.NoError(t, err)
	for _, table := range []string{"body_measurements", "water_entries", "sleep_entries"} {
		_, err = a.Database.Owner.Exec(
			t.Context(),
			"update public."+table+" set deleted_at = now() - interval '31 days' where user_id = $1",
			p.ID,
		)
		require.NoError(t, err)
	}
	r, err := p.RestoreMeasurementWithResponse(t.Context(), m.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, r.StatusCode())
	w, err := p.RestoreWaterWithResponse(t.Context(), water.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, w.StatusCode())
	s, err := p.RestoreSleepWithResponse(t.Context(), sleep.ID, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, s.StatusCode())
}

func TestCreateMeasurement_OlderThanTheTypedWeight_KeepsTheProfile(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	r, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{CurrentWeightKg: value(90.0)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode())
	old := weigh(t, p, at(400, 70))
	require.Equal(t, 90.0, *profile(t, p).CurrentWeightKg)
	remove(t, p, old.ID)
	weigh(t, p, `{"weight_kg":89}`)
	require.Equal(t, 89.0, *profile(t, p).CurrentWeightKg)
}

// A clock that is wrong by a year must not decide what the newest weight is.
func TestCreateMeasurement_FarAhead_KeepsTheProfile(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	weigh(t, p, `{"weight_kg":80}`)
	weigh(t, p, at(-200, 70))
	require.Equal(t, 80.0, *profile(t, p).CurrentWeightKg)
}

func TestCreateMeasurement_Pounds_ComeBackAsEntered(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	const kgPerPound = 0.45359237
	for pounds := 180.0; pounds < 181; pounds += 0.1 {
		m := weigh(t, p, fmt.Sprintf(`{"weight_kg":%v}`, pounds*kgPerPound))
		require.InDelta(t, pounds, *m.WeightKg/kgPerPound, 0.0002)
		require.Equal(t, math.Round(pounds*10), math.Round(*m.WeightKg/kgPerPound*10))
	}
}

func TestCreateMeasurement_WithoutValue_Returns422(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	for body, code := range map[string]string{
		`{"notes":"Nothing"}`: "nothing_measured",
		`{"weight_kg":80,"source":{"kind":"api","external_version":1}}`: "needs_external_id",
		`{"weight_kg":80,"timezone":"Mars/Olympus"}`:                    "unknown_timezone",
		`{"weight_kg":80,"measured_at":"1999-01-01T00:00:00Z"}`:         "date_out_of_range",
	} {
		r, err := p.CreateMeasurementWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(body))
		require.NoError(t, err)
		require.Equal(t, http.StatusUnprocessableEntity, r.StatusCode(), body)
		require.Contains(t, string(r.Body), code)
	}
}

func TestUpdateMeasurement_Girths_AreMerged(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	m := weigh(t, p, `{"girths":{"waist_cm":84.567,"hips_cm":98}}`)
	require.Equal(t, 84.57, *m.Girths.WaistCm)
	_, m = patch(t, p, m.ID, `{"girths":{"waist_cm":null,"neck_cm":38}}`)
	require.Equal(t, api.Girths{HipsCm: new(98.0), NeckCm: new(38.0)}, *m.Girths)
	status, _ := patch(t, p, m.ID, `{"girths":null}`)
	require.Equal(t, http.StatusUnprocessableEntity, status, "nothing would be left")
	_, m = patch(t, p, m.ID, `{"girths":null,"body_fat_pct":20.1234}`)
	require.Nil(t, m.Girths)
	require.Equal(t, 20.123, *m.BodyFatPct)
}

func TestGirths_OfThePatch_AreThoseOfTheMeasurement(t *testing.T) {
	t.Parallel()
	names := func(of any) (all []string) {
		for i := range reflect.TypeOf(of).NumField() {
			all = append(all, reflect.TypeOf(of).Field(i).Tag.Get("json"))
		}
		slices.Sort(all)
		return all
	}
	require.Equal(t, names(serverapi.Girths{}), names(serverapi.GirthsPatch{}))
}

func TestUpdateMeasurement_WithoutChange_KeepsTheVersion(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	m := weigh(t, p, `{"weight_kg":80}`)
	r, err := p.UpdateMeasurementWithBodyWithResponse(
		t.Context(), m.ID, &api.UpdateMeasurementParams{IfMatch: new(`"1"`)}, "application/json", strings.NewReader(`{"weight_kg":80}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode())
	require.Equal(t, `"1"`, r.HTTPResponse.Header.Get("ETag"))
}

func TestCreateMeasurement_RecordOfAnotherApp_IsStoredOnce(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	record := func(version int, kg float64) string {
		return fmt.Sprintf(
			`{"weight_kg":%v,"source":{"kind":"device","app":"openScale","external_id":"7","external_version":%d}}`,
			kg,
			version,
		)
	}
	first := weigh(t, p, record(2, 80))
	for _, version := range []int{1, 2} {
		status, again := create(t, p, record(version, 99))
		require.Equal(t, http.StatusOK, status)
		first.TargetsChange, again.TargetsChange = nil, nil
		require.Equal(t, first, again, "equal and lower versions change nothing")
	}
	status, replaced := create(t, p, record(3, 81))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, first.ID, replaced.ID)
	require.Equal(t, 81.0, *replaced.WeightKg)
	require.Equal(t, 81.0, *profile(t, p).CurrentWeightKg)

	remove(t, p, first.ID)
	status, _ = create(t, p, record(3, 81))
	require.Equal(t, http.StatusConflict, status, "a deleted record does not come back by itself")
	status, revived := create(t, p, record(4, 82))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, first.ID, revived.ID)
	other, err := p.CreateMeasurementWithBodyWithResponse(t.Context(), nil, "application/json",
		strings.NewReader(`{"weight_kg":80,"source":{"kind":"device","app":"Libra","external_id":"7"}}`))
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, other.StatusCode(), "another app has its own ids")
}

func TestListMeasurements_Pages_HaveEachOnce(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	var want []uuid.UUID
	for day := range 5 {
		want = append(want, weigh(t, p, at(day, 80)).ID)
	}
	var got []uuid.UUID
	params := api.ListMeasurementsParams{Limit: new(2)}
	for {
		r, err := p.ListMeasurementsWithResponse(t.Context(), &params)
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
		for _, m := range r.JSON200.Data {
			got = append(got, m.ID)
		}
		if params.Cursor = r.JSON200.NextCursor; params.Cursor == nil {
			break
		}
	}
	require.Equal(t, want, got)
	day := openapi_types.Date{Time: time.Now().UTC().AddDate(0, 0, -1)}
	r, err := p.ListMeasurementsWithResponse(t.Context(), &api.ListMeasurementsParams{From: &day, To: &day})
	require.NoError(t, err)
	require.Len(t, r.JSON200.Data, 1)
}

func TestMeasurement_ProfilesZoneChanges_KeepsItsDay(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	m := weigh(t, p, `{"weight_kg":80,"measured_at":"2026-03-01T23:30:00Z","timezone":"Asia/Tokyo"}`)
	require.Equal(t, "2026-03-02", m.LocalDate.String())
	_, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{Timezone: new("America/New_York")})
	require.NoError(t, err)
	_, m = patch(t, p, m.ID, `{"weight_kg":81}`)
	require.Equal(t, "2026-03-02", m.LocalDate.String())
	_, m = patch(t, p, m.ID, `{"timezone":"America/New_York"}`)
	require.Equal(t, "2026-03-01", m.LocalDate.String())
}
