package weighttrend

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var start = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func on(day int) time.Time { return start.AddDate(0, 0, day) }

func weights(days []int, kg []float64) (all []Weight) {
	for i, d := range days {
		all = append(all, Weight{on(d), kg[i]})
	}
	return all
}

func TestSmooth_GoldenNumbers(t *testing.T) {
	t.Parallel()
	got := Smooth(weights([]int{0, 1, 2, 5, 6, 13}, []float64{80.0, 80.4, 79.8, 79.2, 79.6, 78.4}))
	for i, want := range []float64{80, 80.0377105, 80.0153001, 79.8057656, 79.7863668, 79.0931834} {
		require.InDelta(t, want, got[i], 5e-8)
	}
}

// The trend is the mean of all weights, each halved every seven days, apart from the first, which has the rest.
func TestSmooth_IsTheWeightedMean(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var days []int
		var kg []float64
		day := 0
		for range rapid.IntRange(1, 40).Draw(t, "n") {
			days, kg = append(days, day), append(kg, rapid.Float64Range(30, 300).Draw(t, "kg"))
			day += rapid.IntRange(1, FreshStartDays).Draw(t, "gap")
		}
		last := days[len(days)-1]
		want, rest := 0.0, 1.0
		for i := len(days) - 1; i > 0; i-- {
			share := math.Exp2(-float64(last-days[i])/HalfLifeDays) - math.Exp2(-float64(last-days[i-1])/HalfLifeDays)
			want += share * kg[i]
			rest -= share
		}
		want += rest * kg[0]
		got := Smooth(weights(days, kg))
		require.InDelta(t, want, got[len(got)-1], 1e-9)
	})
}

// A steady slope shows the lag that the contract states.
func TestSmooth_SteadySlope_LagsByLagDays(t *testing.T) {
	t.Parallel()
	var all []Weight
	for day := range 300 {
		all = append(all, Weight{on(day), 100 - 0.1*float64(day)})
	}
	trend := Smooth(all)
	require.InDelta(t, LagDays, (trend[299]-all[299].Kg)/0.1, 0.05)
}

func TestDays_WithoutWeighIn_CarryTheTrend(t *testing.T) {
	t.Parallel()
	all := Days(weights([]int{0, 2, 31}, []float64{80, 81, 90}), on(-1), on(61))
	require.Nil(t, all[0].Trend, "before the first")
	require.Equal(t, 80.0, *all[1].Trend)
	require.Equal(t, 80.0, *all[2].Trend, "carried")
	require.Nil(t, all[2].Raw)
	require.Equal(t, 81.0, *all[3].Raw)
	require.NotNil(t, all[1+30].Trend, "28 days after the last one")
	require.Nil(t, all[1+60].Trend, "29 days after the last one")
	require.True(t, all[1+31].Restarted, "29 days after the one before")
	require.Equal(t, 90.0, *all[1+31].Trend)
	require.False(t, all[3].Restarted)
}

var (
	goldenDays = []int{0, 1, 2, 4, 5, 7, 8, 9, 11, 12, 14, 16, 17, 19, 20}
	goldenKg   = []float64{82.4, 82.1, 82.6, 82.0, 81.8, 81.9, 81.4, 81.7, 81.3, 81.5, 81.0, 80.9, 81.2, 80.6, 80.8}
)

func TestFit_GoldenNumbers(t *testing.T) {
	t.Parallel()
	l := Fit(goldenDays, goldenKg)
	require.InDelta(t, 82.37174009, l.Intercept, 5e-9)
	require.InDelta(t, -0.0853524229, l.Slope, 5e-11)
	require.Equal(t, 0.3, l.Correlation)
	require.InDelta(t, 0.0111570, l.SE, 5e-8)
	require.InDelta(t, 0.0081870, l.SE/math.Sqrt(1.3/0.7), 5e-8)
	require.InDelta(t, 1.3501713, Quantile(13), 5e-8)
	require.InDelta(t, 1.3406056, Quantile(15), 5e-8)
}

func TestRateAt_GoldenNumbers(t *testing.T) {
	t.Parallel()
	r := RateAt(weights(goldenDays, goldenKg), on(20))
	require.Equal(t, OK, r.Status)
	require.InDelta(t, -0.597467, r.KgPerWeek, 5e-7)
	require.InDelta(t, -0.702914, r.Low, 5e-7)
	require.InDelta(t, -0.492020, r.High, 5e-7)
}

// Noise that stays over several days is a sign of correlation, and widens the interval; at most as far as the bound.
func TestFit_CorrelatedNoise_IsWidened(t *testing.T) {
	t.Parallel()
	var days []int
	var kg []float64
	for day := range 28 {
		days, kg = append(days, day), append(kg, 80+0.5*math.Sin(float64(day)/2))
	}
	require.Equal(t, maxCorrelation, Fit(days, kg).Correlation)
}

func TestRateAt_TooFewWeighIns_SaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		days                     []int
		want                     Status
		missing, missingSpanDays int
	}{
		{nil, InsufficientData, 8, 21},
		{[]int{0, 5, 10, 15, 20}, InsufficientData, 3, 0},
		{[]int{0, 2, 4, 6, 8, 12}, InsufficientData, 2, 8},
		{[]int{0, 2, 4, 6, 8, 13}, Preliminary, 2, 7},
		{[]int{0, 2, 4, 6, 8, 10, 12, 20}, OK, 0, 0},
		{[]int{-13, -12, -11, -10, -9, -8, -7, 20}, InsufficientData, 6, 0}, // only two of them are in the window
	} {
		kg := make([]float64, len(c.days))
		for i := range kg {
			kg[i] = 80 - 0.1*float64(i)
		}
		r := RateAt(weights(c.days, kg), on(20))
		require.Equal(t, c.want, r.Status, c.days)
		require.Equal(t, []int{c.missing, c.missingSpanDays}, []int{r.Missing.WeighIns, r.Missing.SpanDays}, c.days)
	}
}

func TestProject_Goal_IsARangeOfDates(t *testing.T) {
	t.Parallel()
	r := RateAt(weights(goldenDays, goldenKg), on(20))
	// The line is at 80.6647 kg on day 20.
	p := r.Project(78, EitherWay)
	require.Equal(t, Reachable, p.Reach)
	require.InDelta(t, 4.460, p.Weeks, 5e-4)
	require.Equal(t, []time.Time{on(20 + 32), on(20 + 27), on(20 + 38)}, []time.Time{p.Date, p.Earliest, p.Latest})

	require.Equal(t, NotReachable, r.Project(85, EitherWay).Reach, "it points away")
	require.Equal(t, Reached, r.Project(85, Down).Reach, "it is behind somebody who loses weight")
	require.Equal(t, NotReachable, r.Project(85, Up).Reach)
	require.Equal(t, Reached, r.Project(78, Up).Reach, "it is behind somebody who gains weight")
	require.Equal(t, p, r.Project(78, Down))
	require.Equal(t, Reached, r.Project(80.7, EitherWay).Reach)
	far := r.Project(60, EitherWay)
	require.Equal(t, Reachable, far.Reach)
	require.True(t, far.Date.IsZero(), "a straight line over 26 weeks is too rosy")
	require.InDelta(t, 34.59, far.Weeks, 0.01)
	require.Equal(t, Unknown, RateAt(nil, on(20)).Project(78, EitherWay).Reach)
}

func TestProject_RateThatMayBeZero_IsNotReachable(t *testing.T) {
	t.Parallel()
	kg := make([]float64, len(goldenDays))
	for i := range kg {
		kg[i] = 80 + 0.8*float64(i%2) - 0.001*float64(i)
	}
	r := RateAt(weights(goldenDays, kg), on(20))
	require.Less(t, r.Low, 0.0)
	require.Positive(t, r.High)
	require.Equal(t, NotReachable, r.Project(79, EitherWay).Reach)
	require.Equal(t, NotReachable, r.Project(85, EitherWay).Reach)
}
