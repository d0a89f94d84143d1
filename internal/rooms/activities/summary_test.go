package activities_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// summarize reads the summary of a range of days in November 2026.
func summarize(t testing.TB, p *apitest.Person, from, to int) api.ActivitySummary {
	t.Helper()
	r, err := p.GetActivitySummaryWithResponse(t.Context(), &api.GetActivitySummaryParams{From: day(from), To: day(to)})
	require.NoError(t, err)
	require.NotNil(t, r.JSON200, "%s", r.Body)
	return *r.JSON200
}

// logAt logs an activity in November 2026 (day, hour and minute in UTC) with these fields.
func logAt(t testing.TB, a *apitest.API, p *apitest.Person, day, hour, minute, seconds int, fields string) api.Activity {
	t.Helper()
	at := time.Date(2026, 11, day, hour, minute, 0, 0, time.UTC).Format(time.RFC3339)
	return logActivity(t, a, p, fmt.Sprintf(`"started_at":%q,"elapsed_s":%d,%s`, at, seconds, fields))
}

func TestGetActivitySummary_Range_HasEveryDayAndWeeksWithDivisor(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	setProfile(t, a, p, `"workout_frequency":3`)
	logAt(t, a, p, 9, 7, 0, 3600, `"activity":"soccer"`)             // Monday
	logAt(t, a, p, 10, 7, 0, 3600, `"activity":"walking"`)           // 3.8 MET
	logAt(t, a, p, 11, 7, 0, 3600, `"activity":"strength_training"`) // 3.5 MET
	logAt(t, a, p, 11, 18, 0, 1800, `"category":"cardio_steady_state","metrics":{"kind":"running","distance_km":5,"elevation_gain_m":40}`)
	logAt(t, a, p, 18, 7, 0, 3600, `"activity":"hatha_yoga"`) // below 3 MET
	s := summarize(t, p, 10, 18)

	require.Len(t, s.Data, 9)
	for i, entry := range s.Data {
		require.Equal(t, fmt.Sprintf("2026-11-%d", 10+i), entry.Date.String())
	}
	require.Equal(t, 4, s.Totals.Count)
	require.Equal(t, 210.0, s.Totals.Minutes)
	require.Equal(t, 304+280+372+184.0, s.Totals.Kcal)
	require.Equal(t, 224+200+332+104.0, s.Totals.KcalNet)
	require.Equal(t, 5000.0, *s.Totals.DistanceM)
	require.Equal(t, 40.0, *s.Totals.AscentM)
	require.Equal(t, 0, s.Data[2].Totals.Count)
	require.Nil(t, s.Data[0].Totals.DistanceM, "unknown is not 0")
	require.Len(t, s.Data[1].ByCategory, 2)
	require.Len(t, s.ByCategory, 3)

	require.Len(t, s.Weeks, 2)
	first := s.Weeks[0]
	require.Equal(t, "2026-11-09", first.WeekStart.String())
	require.Equal(t, 2, first.DaysActive)
	require.Equal(t, 6, first.Divisor, "Tuesday to Sunday")
	require.Equal(t, 150.0, first.Totals.Minutes)
	require.Equal(t, 25.0, first.Averages.Minutes)
	// The whole week, Monday too: 60 + 60 moderate, 60 + 30 vigorous.
	require.Equal(t, api.WeekRecommendation{
		ModerateMinutes: 120, VigorousMinutes: 90, Minutes: 300, GoalMinutes: 150, StrengthDays: 1, GoalStrengthDays: 2,
	}, first.Recommendation)
	require.Equal(t, &api.WeekGoal{ActiveDays: 3, GoalDays: 3, Share: 1}, first.Goal)
	require.Equal(t, 3, s.Weeks[1].Divisor)
	require.Equal(t, 0.0, s.Weeks[1].Recommendation.Minutes)

	one, err := p.GetActivitySummaryWithResponse(t.Context(), &api.GetActivitySummaryParams{Date: new("2026-11-11")})
	require.NoError(t, err)
	require.Equal(t, s.Data[1], one.JSON200.Data[0])
	require.Equal(t, s.Data[1].Totals, one.JSON200.Totals)
	require.Equal(t, first.Recommendation, one.JSON200.Weeks[0].Recommendation)
}

func TestGetActivitySummary_Parameters_NameOneRange(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for query, want := range map[string][2]string{
		"?from=2026-11-01":               {"to", "required"},
		"?to=2026-11-01":                 {"from", "required"},
		"?date=today&from=2026-11-01":    {"date", "ambiguous"},
		"?date=2026-02-30":               {"date", "wrong_format"},
		"?from=2026-11-02&to=2026-11-01": {"to", "reversed_range"},
		"?from=2025-11-01&to=2026-11-02": {"to", "range_too_long"},
		"?from=1800-01-01&to=1800-01-01": {"from", "date_out_of_range"},
	} {
		r, body := send(t, p, http.MethodGet, a.URL+activities+"/summary"+query, "")
		requireRefused(t, r, body, http.StatusUnprocessableEntity, want[0], want[1])
	}
	r, body := send(t, p, http.MethodGet, a.URL+activities+"/summary?from=2024-01-01&to=2024-12-31", "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	require.Len(t, read[api.ActivitySummary](t, body).Data, 366)
	r, body = send(t, p, http.MethodGet, a.URL+activities+"/summary", "")
	require.Equal(t, http.StatusOK, r.StatusCode, "%s", body)
	require.Equal(t, time.Now().UTC().Format(time.DateOnly), read[api.ActivitySummary](t, body).From.String(), "today")
}

func TestGetActivitySummary_RecordsWithoutMET_AreNamedAsUnknown(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	logAt(t, a, p, 9, 7, 0, 3600, `"activity":"soccer"`)
	logAt(t, a, p, 9, 9, 0, 3600, `"activity":"walking","kcal":200`)
	s := summarize(t, p, 9, 9)
	require.Equal(t, 200.0, s.Totals.Kcal)
	require.Equal(t, 2, s.Totals.KcalUnknown, "neither has a net figure without a weight")
	require.Equal(t, 2, s.Weeks[0].Recommendation.Unknown)

	q := somebody(t, a)
	logAt(t, a, q, 9, 7, 0, 3600, `"activity":"walking","device_kcal":520`) // 6.5 kcal per kg and hour
	require.Equal(t, 60.0, summarize(t, q, 9, 9).Weeks[0].Recommendation.VigorousMinutes)
}

func TestGetActivitySummary_Streaks_GoByStoredDays(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	today := time.Now().UTC().Truncate(24 * time.Hour)
	logDaysAgo := func(days ...int) {
		for _, n := range days {
			at := today.AddDate(0, 0, -n).Add(12 * time.Hour).Format(time.RFC3339)
			logActivity(t, a, p, fmt.Sprintf(`"category":"sports","started_at":%q,"elapsed_s":600,"timezone":"UTC"`, at))
		}
	}
	streaks := func() api.SummaryStreaks {
		r, err := p.GetActivitySummaryWithResponse(t.Context(), &api.GetActivitySummaryParams{Date: new("today")})
		require.NoError(t, err)
		require.NotNil(t, r.JSON200, "%s", r.Body)
		return r.JSON200.Streaks
	}
	require.Equal(t, api.Streak{}, streaks().Days)
	logDaysAgo(1, 2, 10, 11, 12, 13)
	require.Equal(t, api.Streak{Current: 2, Longest: 4}, streaks().Days, "today is not over")
	logDaysAgo(0)
	require.Equal(t, api.Streak{Current: 3, Longest: 4, Running: true}, streaks().Days)
	logDaysAgo(-3)
	require.Equal(t, 3, streaks().Days.Current, "what is planned does not count yet")

	// Moving to another zone moves no stored day.
	_, err := a.Database.Owner.Exec(t.Context(), "update public.activities set local_date = local_date - 30 where user_id = $1", p.ID)
	require.NoError(t, err)
	require.Equal(t, api.Streak{Current: 0, Longest: 4}, streaks().Days)
}

func TestGetActivitySummary_WeekStreak_KeepsTheRunningWeekOpen(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	setProfile(t, a, p, `"workout_frequency":2`)
	monday := time.Now().UTC().Truncate(24 * time.Hour)
	for monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, -1)
	}
	logOn := func(weeksAgo, weekday int) {
		at := monday.AddDate(0, 0, -7*weeksAgo+weekday).Add(12 * time.Hour).Format(time.RFC3339)
		logActivity(t, a, p, fmt.Sprintf(`"category":"sports","started_at":%q,"elapsed_s":600,"timezone":"UTC"`, at))
	}
	for _, week := range []int{1, 2, 3, 5, 6, 7, 8} {
		logOn(week, 0)
		logOn(week, 3)
	}
	logOn(4, 1) // one of two
	r, err := p.GetActivitySummaryWithResponse(t.Context(), &api.GetActivitySummaryParams{Date: new("today")})
	require.NoError(t, err)
	require.Equal(t, api.Streak{Current: 3, Longest: 4}, r.JSON200.Streaks.Weeks)
	require.Equal(t, 2, r.JSON200.Streaks.GoalDays)
}

// One workout was counted three times: as the watch recorded it, as it was entered by hand, and in the active energy of the phone's day.
func TestRegression_WatchManualAndActiveEnergy_AreCountedOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	manual := logAt(t, a, p, 9, 7, 0, 3600, `"activity":"running"`)
	watch := logAt(t, a, p, 9, 7, 3, 3480,
		`"activity":"running","device_kcal":700,"device_resting_kcal":100,"source":{"kind":"device","app":"Watch","external_id":"1"}`)
	phone := logAt(
		t,
		a,
		p,
		9,
		0,
		0,
		86400,
		`"category":"other","device_kcal":900,"metrics":{"kind":"day_total","steps":9000},"source":{"kind":"device","app":"Phone","external_id":"2"}`,
	)

	s := summarize(t, p, 9, 9)
	require.Equal(t, 1, s.Totals.Count)
	require.Equal(t, 58.0, s.Totals.Minutes)
	require.Equal(t, 900.0, s.Totals.KcalNet, "600 of the run, 300 of the rest of the day")
	reasons := map[uuid.UUID]api.SummaryLeftOut{}
	for _, entry := range s.LeftOut {
		reasons[entry.ID] = entry
	}
	require.Len(t, reasons, 2)
	require.Equal(t, api.LeftOutReasonDuplicate, reasons[manual.ID].Reason)
	require.Equal(t, watch.ID, reasons[manual.ID].Overlaps[0].ID)
	require.Equal(t, 3420, reasons[manual.ID].Overlaps[0].OverlapS)
	require.Equal(t, api.LeftOutReasonReduced, reasons[phone.ID].Reason)
	require.InDelta(t, 1.0/3, reasons[phone.ID].CountedShare, 0.0001)
	require.Equal(t, 0.0, get(t, p, manual.ID).CountedShare, "the activity shows it too")

	// Without the watch the manual entry counts again, and the phone's rest is larger.
	r, _ := send(t, p, http.MethodDelete, a.URL+activities+"/"+watch.ID.String(), "")
	require.Equal(t, http.StatusNoContent, r.StatusCode)
	require.Equal(t, 1.0, get(t, p, manual.ID).CountedShare)
	s = summarize(t, p, 9, 9)
	require.Equal(t, 1, s.Totals.Count)
	require.Equal(t, 900.0, s.Totals.KcalNet)
	r, _ = send(t, p, http.MethodPost, a.URL+activities+"/"+watch.ID.String()+"/restore", "")
	require.Equal(t, http.StatusOK, r.StatusCode)
	require.Equal(t, 0.0, get(t, p, manual.ID).CountedShare)
}

func TestCounting_Duplicates_StrongestCounts(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	for name, test := range map[string]struct {
		first, second      string
		second0            int // minutes after the first one's start
		seconds1, seconds2 int
		share1, share2     float64
	}{
		"measured before entered":    {`"activity":"running","kcal":500`, `"activity":"running","device_kcal":400`, 0, 3600, 3600, 0, 1},
		"entered before computed":    {`"activity":"running"`, `"activity":"running","kcal":400`, 0, 3600, 3500, 0, 1},
		"then the longer one":        {`"activity":"running"`, `"activity":"running"`, 0, 3500, 3600, 0, 1},
		"of one family":              {`"activity":"hiking"`, `"activity":"running"`, 0, 3600, 3500, 1, 0},
		"one of an unknown family":   {`"activity":"soccer"`, `"category":"other"`, 0, 3600, 3500, 1, 0},
		"half an hour of an hour":    {`"activity":"running"`, `"activity":"running"`, 0, 3600, 1800, 1, 0},
		"half an hour later":         {`"activity":"running"`, `"activity":"running"`, 30, 3600, 3600, 1, 0.5},
		"of two families":            {`"activity":"soccer"`, `"activity":"cycling"`, 45, 3600, 3600, 1, 0.75},
		"started within ten minutes": {`"activity":"running"`, `"activity":"running"`, 9, 1800, 1790, 1, 0},
		"one after the other":        {`"activity":"running"`, `"activity":"running"`, 8, 480, 480, 1, 1},
		"a minute apart":             {`"activity":"running"`, `"activity":"cycling"`, 61, 3600, 3600, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := somebody(t, a)
			first := logAt(t, a, p, 9, 7, 0, test.seconds1, test.first)
			second := logAt(t, a, p, 9, 7+test.second0/60, test.second0%60, test.seconds2, test.second)
			require.Equal(t, test.share1, get(t, p, first.ID).CountedShare)
			require.Equal(t, test.share2, second.CountedShare)
		})
	}
}

func TestCounting_Choices_OfThePersonDecide(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	watch := logAt(t, a, p, 9, 7, 0, 3600, `"activity":"running","device_kcal":700`)
	manual := logAt(t, a, p, 9, 7, 0, 3600, `"activity":"running"`)
	shares := func() [2]float64 {
		return [2]float64{get(t, p, watch.ID).CountedShare, get(t, p, manual.ID).CountedShare}
	}
	require.Equal(t, [2]float64{1, 0}, shares())
	patch(t, a, p, manual.ID, `{"counting":"prefer"}`)
	require.Equal(t, [2]float64{0, 1}, shares())
	patch(t, a, p, manual.ID, `{"counting":"keep_both"}`)
	require.Equal(t, [2]float64{1, 1}, shares())
	patch(t, a, p, watch.ID, `{"counting":"exclude"}`)
	require.Equal(t, [2]float64{0, 1}, shares())
	require.Equal(t, api.LeftOutReasonExcluded, summarize(t, p, 9, 9).LeftOut[0].Reason)
	patch(t, a, p, manual.ID, `{"counting":"automatic","started_at":"2026-11-12T07:00:00Z"}`)
	patch(t, a, p, watch.ID, `{"counting":"automatic"}`)
	require.Equal(t, [2]float64{1, 1}, shares(), "on another day")
}

// A record of 28 days with two hours of timer covers everything in between.
func TestCounting_RecordThatWasNeverStopped_CoversOnlyItsTimer(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	logActivity(t, a, p, `"activity":"running","started_at":"2026-11-01T07:00:00Z","elapsed_s":2410560,"timer_s":7373,"device_kcal":900`)
	other := logAt(t, a, p, 9, 7, 0, 3600, `"activity":"running"`)
	require.Equal(t, 1.0, other.CountedShare)
}

// A swim has no ascent and a strength training no distance: they leave nothing unknown.
func TestGetActivitySummary_LegsOfKindsWithoutANumber_LeaveTheSumKnown(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	log := func(day int, legs ...string) api.Activity {
		whole := logAt(t, a, p, day, 7, 0, 7200, `"category":"sports"`)
		for i, fields := range legs {
			logAt(t, a, p, day, 7, 10*i, 600, fmt.Sprintf(`"parent_id":%q,"leg_index":%d,%s`, whole.ID, i, fields))
		}
		return get(t, p, whole.ID)
	}
	const (
		swim     = `"activity":"swimming","metrics":{"kind":"swimming","distance_m":750}`
		ride     = `"activity":"cycling","metrics":{"kind":"cycling","distance_km":20,"elevation_gain_m":150}`
		flatRide = `"activity":"cycling","metrics":{"kind":"cycling","distance_km":20}`
		jog      = `"activity":"running","metrics":{"kind":"running","distance_km":5,"elevation_gain_m":50}`
		lifts    = `"activity":"strength_training","metrics":{"kind":"strength","exercises":[]}`
	)
	known := log(9, swim, ride, jog, lifts)
	require.Equal(t, []float64{25750, 200}, []float64{*known.DistanceM, *known.AscentM})
	totals := summarize(t, p, 9, 9).Totals
	require.Equal(t, []float64{25750, 200}, []float64{*totals.DistanceM, *totals.AscentM})

	unknown := log(10, swim, flatRide, jog)
	require.Equal(t, 25750.0, *unknown.DistanceM)
	require.Nil(t, unknown.AscentM)
	require.Nil(t, summarize(t, p, 10, 10).Totals.AscentM)
}

func TestGetActivitySummary_MultiSport_IsCountedOnce(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := somebody(t, a)
	whole := logAt(t, a, p, 9, 7, 0, 7200, `"category":"sports"`)
	for i, fields := range []string{
		`"activity":"swimming","device_kcal":300,"metrics":{"kind":"swimming","distance_m":750}`,
		`"category":"other","device_kcal":20,"metrics":{"kind":"transition"}`,
		`"activity":"cycling","device_kcal":500,"metrics":{"kind":"cycling","distance_km":20}`,
	} {
		logAt(t, a, p, 9, 7, 10*i, 1200, fmt.Sprintf(`"parent_id":%q,"leg_index":%d,%s`, whole.ID, i, fields))
	}
	s := summarize(t, p, 9, 9)
	require.Equal(t, 1, s.Totals.Count)
	require.Equal(t, 120.0, s.Totals.Minutes)
	require.Equal(t, 820.0, s.Totals.Kcal)
	require.Equal(t, 20750.0, *s.Totals.DistanceM)
	require.Empty(t, s.LeftOut)

	// The legs make the whole a measured one, which counts instead of an entry by hand.
	manual := logAt(t, a, p, 9, 7, 0, 7200, `"category":"sports","kcal":1000`)
	require.Equal(t, 0.0, manual.CountedShare)
}
