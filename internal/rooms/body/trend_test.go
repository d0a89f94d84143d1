package body_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

func trend(t testing.TB, p *apitest.Person, from, to openapi_types.Date) api.WeightTrend {
	t.Helper()
	r, err := p.GetWeightTrendWithResponse(t.Context(), &api.GetWeightTrendParams{From: from, To: to})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

// weighOn logs weights on the days after 1 March 2026.
func weighOn(t testing.TB, p *apitest.Person, days []int, kg []float64) {
	t.Helper()
	for i, d := range days {
		r, err := p.CreateMeasurementWithResponse(t.Context(), nil, api.MeasurementCreate{
			MeasuredAt: new(day("2026-03-01").AddDate(0, 0, d)), Timezone: new("UTC"), WeightKg: &kg[i],
		})
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	}
}

func TestGetWeightTrend_GoldenNumbers(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	weighOn(t, p, []int{0, 1, 2, 5, 6, 13}, []float64{80.0, 80.4, 79.8, 79.2, 79.6, 78.4})
	weigh(t, p, `{"weight_kg":99,"measured_at":"2026-03-02T20:00:00Z","timezone":"UTC"}`) // the second weight of a day
	got := trend(t, p, day("2026-03-02"), day("2026-03-14"))
	require.Len(t, got.Data, 13)
	require.Equal(t, 80.038, *got.Data[0].TrendKg, "the day before the range counts")
	require.Equal(t, 80.4, *got.Data[0].RawKg)
	require.Equal(t, 80.015, *got.Data[2].TrendKg, "carried")
	require.Nil(t, got.Data[2].RawKg)
	require.False(t, got.Data[2].Observed)
	require.Equal(t, 79.093, *got.Data[12].TrendKg)
	require.Equal(t, api.WeightRateStatusPreliminary, got.Rate.Status)
	require.Equal(t, []api.MissingData{
		{What: api.MissingDataWhatWeighIns, Amount: 2}, {What: api.MissingDataWhatSpanDays, Amount: 7},
	}, got.Rate.Missing)
	require.Equal(t, api.WeightProjectionStatusNoGoal, got.Projection.Status)
}

// The instants of a day reach from 14 hours before that day of UTC until 12 hours after it.
func TestGetWeightTrend_WeighInsFarFromUTC_AreOnTheirLocalDay(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	weigh(t, p, `{"weight_kg":80,"measured_at":"2026-03-01T10:10:00Z","timezone":"Pacific/Kiritimati"}`) // 00:10 of 2 March
	weigh(t, p, `{"weight_kg":81,"measured_at":"2026-03-04T11:50:00Z","timezone":"Etc/GMT+12"}`)         // 23:50 of 3 March
	got := trend(t, p, day("2026-03-02"), day("2026-03-03"))
	require.Equal(t, []float64{80, 81}, []float64{*got.Data[0].RawKg, *got.Data[1].RawKg})
}

func TestGetWeightTrend_Goal_IsProjected(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	_, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{GoalWeightKg: nullable.NewNullableWithValue(78.0)})
	require.NoError(t, err)
	weighOn(t, p,
		[]int{0, 1, 2, 4, 5, 7, 8, 9, 11, 12, 14, 16, 17, 19, 20},
		[]float64{82.4, 82.1, 82.6, 82.0, 81.8, 81.9, 81.4, 81.7, 81.3, 81.5, 81.0, 80.9, 81.2, 80.6, 80.8})
	got := trend(t, p, day("2026-03-01"), day("2026-03-21"))
	require.Equal(t, api.WeightRateStatusOk, got.Rate.Status)
	require.Equal(t, []float64{-0.597, -0.703, -0.492}, []float64{*got.Rate.KgPerWeek, *got.Rate.Low, *got.Rate.High})
	require.Equal(t, "2026-02-22", got.Rate.WindowFrom.String())
	require.Equal(t, []string{"2026-04-22", "2026-04-17", "2026-04-28"}, []string{
		got.Projection.Date.String(), got.Projection.Earliest.String(), got.Projection.Latest.String(),
	})
	require.Equal(t, 4.5, *got.Projection.Weeks)

	status := func(profile string) api.WeightProjectionStatus {
		r, err := p.UpdateMeWithBodyWithResponse(t.Context(), nil, "application/json", strings.NewReader(profile))
		require.NoError(t, err)
		require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
		return trend(t, p, day("2026-03-01"), day("2026-03-21")).Projection.Status
	}
	require.Equal(t, api.WeightProjectionStatusNotReachable, status(`{"goal_weight_kg":85}`))
	require.Equal(t, api.WeightProjectionStatusReached, status(`{"primary_goal":"lose_weight"}`), "it is behind them")
	require.Equal(t, api.WeightProjectionStatusNotReachable, status(`{"primary_goal":"build_muscle"}`))
}
