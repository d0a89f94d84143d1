package nutrition_test

import (
	"archive/zip"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// zoneNames returns every zone that a client may send: the names of Go's database and of Postgres' that zone.Load accepts.
func zoneNames(t *testing.T, a *apitest.API) []string {
	t.Helper()
	rows, err := a.Database.Owner.Query(t.Context(), "select name from pg_timezone_names")
	require.NoError(t, err)
	candidates, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	archive, err := zip.OpenReader(
		filepath.Join(runtime.GOROOT(), "lib", "time", "zoneinfo.zip")) //nolint:staticcheck // the test runs on the machine that built it
	require.NoError(t, err)
	defer archive.Close()
	for _, file := range archive.File {
		candidates = append(candidates, file.Name)
	}
	var names []string
	seen := map[string]bool{}
	for _, name := range candidates {
		if _, err := zone.Load(name); err == nil && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	require.Greater(t, len(names), 500)
	return names
}

// Postgres computes local dates, Go ages and weeks: for both a zone must have the same clock. All zones are compared in each week of ten
// years, on each day of the weeks in which the clock changes, and at each hour of the days on which it does.
//
// Go and Postgres may have different releases of the IANA database, which corrects a few hours of the past with each release, and knows
// different things about the future. So the ten years are past ones, and a few zones may differ by some hours. A name that means
// another zone differs by months.
func TestZones_LocalTime_IsTheSameInGoAndPostgres(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	first, last := time.Date(2016, 1, 1, 12, 0, 0, 0, time.UTC), time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	corrected := map[string]int{}
	for _, name := range zoneNames(t, a) {
		location, err := zone.Load(name)
		require.NoError(t, err)
		for _, week := range clockChanges(t, a, name, first, last, 7*24*time.Hour) {
			for _, day := range clockChanges(t, a, name, week.Add(-7*24*time.Hour), week, 24*time.Hour) {
				eachOffset(t, a, name, day.Add(-24*time.Hour), day, time.Hour, func(hour time.Time, offset int) {
					if offset != offsetAt(hour, location) {
						corrected[name]++
					}
				})
			}
		}
	}
	for name, hours := range corrected {
		t.Logf("%s differs in %d hours of ten years", name, hours)
		require.LessOrEqual(t, hours, 24, name)
	}
	require.LessOrEqual(t, len(corrected), 10)
}

// clockChanges returns the steps before which the clock of a zone has changed, and requires that Go has the same clock at all steps.
func clockChanges(t *testing.T, a *apitest.API, name string, first, last time.Time, step time.Duration) (changed []time.Time) {
	t.Helper()
	location, err := zone.Load(name)
	require.NoError(t, err)
	before := offsetAt(first, location)
	eachOffset(t, a, name, first, last, step, func(moment time.Time, offset int) {
		require.Equal(t, offsetAt(moment, location), offset, "%s at %s", name, moment)
		if offset != before {
			changed = append(changed, moment)
		}
		before = offset
	})
	return changed
}

// eachOffset calls fn with the offset from UTC, in seconds, that Postgres has for a zone at each step from first to last.
func eachOffset(
	t *testing.T, a *apitest.API, name string, first, last time.Time, step time.Duration, fn func(moment time.Time, offset int),
) {
	t.Helper()
	rows, err := a.Database.Owner.Query(t.Context(), `
		select m, extract(epoch from l)::bigint - extract(epoch from m)::bigint
		from generate_series($2::timestamptz, $3, make_interval(secs => $4)) m
		cross join private.local_time(m, $1) l`, name, first, last, step.Seconds())
	require.NoError(t, err)
	var moment time.Time
	var offset int
	_, err = pgx.ForEachRow(rows, []any{&moment, &offset}, func() error {
		fn(moment.UTC(), offset)
		return nil
	})
	require.NoError(t, err)
}

func offsetAt(moment time.Time, location *time.Location) int {
	_, offset := moment.In(location).Zone()
	return offset
}

func TestCreateMeal_ZoneThatIsAnAbbreviationToPostgres_HasSummerTime(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, name := range []string{"CET", "MET", "EET"} {
		m := logMeal(t, a, p, `"timezone":"`+name+`","eaten_at":"2026-07-01T22:30:00Z",`, espresso) // 00:30 in summer
		require.Equal(t, "2026-07-02", m.LocalDate.String(), name)
	}
	require.Equal(t, "2026-07-02", logMeal(t, a, p, `"timezone":"WET","eaten_at":"2026-07-01T23:30:00Z",`, espresso).LocalDate.String())
}

func TestCopyMeal_LocalTimeThatTheClockSkips_StaysOnTheDay(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, c := range []struct{ zone, eatenAt, day, want string }{
		{"America/Nuuk", "2026-03-20T23:30:00-02:00", "2026-03-28", "2026-03-28T22:30:00-02:00"}, // from 23:00 to midnight
		{"America/Santiago", "2026-09-01T00:30:00-04:00", "2026-09-06", "2026-09-06T01:30:00-03:00"},
		{"Europe/Berlin", "2026-03-20T02:30:00+01:00", "2026-03-29", "2026-03-29T03:30:00+02:00"},
		{"Australia/Lord_Howe", "2026-09-01T02:15:00+10:30", "2026-10-04", "2026-10-04T02:45:00+11:00"}, // by half an hour
		{"Antarctica/Troll", "2026-01-10T01:30:00Z", "2026-03-29", "2026-03-29T03:30:00+02:00"},         // by two hours
		{"Africa/Casablanca", "2026-01-10T02:15:00+01:00", "2026-03-22", "2026-03-22T03:15:00+01:00"},
		{"Pacific/Apia", "2011-12-20T12:00:00-10:00", "2011-12-29", "2011-12-29T12:00:00-10:00"},
		{"Pacific/Apia", "2011-12-20T12:00:00-10:00", "2011-12-31", "2011-12-31T12:00:00+14:00"},
	} {
		m := logMeal(t, a, p, `"timezone":"`+c.zone+`","eaten_at":"`+c.eatenAt+`",`, espresso)
		day, err := time.Parse(time.DateOnly, c.day)
		require.NoError(t, err)
		r, err := p.CopyMealWithResponse(
			t.Context(),
			m.ID,
			nil,
			api.MealCopy{Date: date(day.Year(), day.Month(), day.Day()), Timezone: &c.zone},
		)
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
		require.Equal(t, c.day, r.JSON201.LocalDate.String(), "%+v", c)
		want, err := time.Parse(time.RFC3339, c.want)
		require.NoError(t, err)
		require.Equal(t, want.UTC(), r.JSON201.EatenAt, "%+v", c)
	}
}

func TestCopy_ToADayThatTheZoneSkipped_Is422(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for zoneName, day := range map[string]string{"Pacific/Apia": "2011-12-30", "Pacific/Fakaofo": "2011-12-30"} {
		m := logMeal(t, a, p, `"timezone":"`+zoneName+`","eaten_at":"2011-12-20T12:00:00Z",`, espresso)
		meals := a.URL + "/api/v1/nutrition/meals/"
		r, body := post(t, p.Client, meals+m.ID.String()+"/copy", `{"date":"`+day+`","timezone":"`+zoneName+`"}`)
		refused(t, r, body, http.StatusUnprocessableEntity, "date", "day_skipped")
		days := a.URL + "/api/v1/nutrition/days/"
		r, body = post(t, p.Client, days+m.LocalDate.String()+"/copy", `{"to":"`+day+`","timezone":"`+zoneName+`"}`)
		refused(t, r, body, http.StatusUnprocessableEntity, "to", "day_skipped")
		require.Empty(t, dayOf(t, p, day).Meals)
	}
}

// Every time of day is copied to the same day in every zone, whatever its clocks do on that day.
func TestSameTimeOn_EveryZoneAndDayOfAClockChange_StaysOnTheDay(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	names := zoneNames(t, a)
	rows, err := a.Database.Owner.Query(t.Context(), `
		select concat_ws(' ', z, s.day, clock)
		from unnest($1::text[]) z
		cross join lateral (
			select distinct d::date as day
			from generate_series(timestamptz '2026-01-01 12:00Z', '2027-01-01 12:00Z', '1 day') d
			where private.local_time(d, z) - private.local_time(d - interval '1 day', z) <> interval '1 day'
		) changed
		cross join generate_series(0, 23) hour
		cross join lateral (select make_time(hour, 30, 0) as clock) c
		cross join lateral (
			select changed.day + o as day, private.same_time_on(changed.day + o, private.instant_of(date '2026-01-15' + clock, 'UTC'), 'UTC', z) as instant
			from unnest(array[-1, 0, 1]) o
		) s
		where s.instant is null or private.local_date(s.instant, z) <> s.day`, names)
	require.NoError(t, err)
	wrong, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Empty(t, wrong, strings.Join(wrong, ", "))
}

// Three times a third is the whole: a count like 1/3 keeps its value.
func TestCreateMeal_AThirdOfAServing_KeepsItsValue(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, grams := range []float64{50, 100, 37.5, 1.5} {
		f := newFood(t, a, nil, map[string]float64{"calories": 110 * 100 / max(grams, 37.5), "protein_g": 7}, grams)
		whole := logMeal(t, a, p, "", byServing(f, 1)).Totals
		for parts, count := range map[float64]float64{3: 1.0 / 3, 6: 1.0 / 6, 7: 1.0 / 7, 1.5: 2.0 / 3} {
			item := logMeal(t, a, p, "", byServing(f, count)).Items[0]
			require.InDelta(t, count, *item.Count, 1e-9)
			require.InDelta(t, whole.Calories/parts, item.Nutrients.Calories, 0.00051)
			require.InDelta(t, *whole.ProteinG/parts, *item.Nutrients.ProteinG, 0.00051)
			got, err := p.GetMealWithResponse(t.Context(), logMeal(t, a, p, "", byServing(f, count)).ID, nil)
			require.NoError(t, err)
			require.Equal(t, *item.Count, *got.JSON200.Items[0].Count)
		}
	}
}
