package body_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/server"
)

// clock is the time of a test server.
type clock struct{ at atomic.Pointer[time.Time] }

func (c *clock) now() time.Time { return *c.at.Load() }

func (c *clock) goOn(days int) { c.at.Store(new(c.now().AddDate(0, 0, days))) }

// newAPI returns a server with a clock, which is at noon.
func newAPI(t testing.TB) (*apitest.API, *clock) {
	t.Helper()
	c := &clock{}
	c.at.Store(new(time.Now().UTC().Truncate(24 * time.Hour).Add(12 * time.Hour)))
	return apitest.New(t, apitest.Setup{Server: func(o *server.Options) { o.Now = c.now }}), c
}

// eat logs two meals of half the energy on each of the days before now, as many as given.
func eat(t testing.TB, p *apitest.Person, now time.Time, days int, kcal float64) {
	t.Helper()
	for back := 1; back <= days; back++ {
		for _, hour := range []int{8, 18} {
			var item api.MealItemCreate
			require.NoError(t, item.FromQuickItem(api.QuickItem{Name: "All of it", Calories: kcal / 2}))
			at := now.Truncate(24*time.Hour).AddDate(0, 0, -back).Add(time.Duration(hour) * time.Hour)
			r, err := p.CreateMealWithResponse(t.Context(), nil, api.MealCreate{
				MealType: api.MealTypeOther, EatenAt: &at, Timezone: new("UTC"), Items: []api.MealItemCreate{item},
			})
			require.NoError(t, err)
			require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
		}
	}
}

// weighDaily logs a weight on the morning of today and of the days before, with a change per day.
func weighDaily(t testing.TB, p *apitest.Person, now time.Time, days int, kgToday, kgPerDay float64) {
	t.Helper()
	for back := days; back >= 0; back-- {
		at := now.Truncate(24*time.Hour).AddDate(0, 0, -back).Add(6 * time.Hour)
		r, err := p.CreateMeasurementWithResponse(t.Context(), nil, api.MeasurementCreate{
			MeasuredAt: &at, Timezone: new("UTC"), WeightKg: new(kgToday - kgPerDay*float64(back)),
		})
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	}
}

func energy(t testing.TB, p *apitest.Person) api.EnergyExpenditure {
	t.Helper()
	r, err := p.GetEnergyWithResponse(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	return *r.JSON200
}

func TestGetEnergy_NewUser_SaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	p := apitest.New(t).Person(t)
	e := energy(t, p)
	require.Equal(t, api.EnergyExpenditureStatusCalibrating, e.Status)
	require.Equal(t, api.EnergyExpenditureBasisNone, e.Basis)
	require.Nil(t, e.TDEEKcal)
	require.Nil(t, e.Formula)
	what := map[api.MissingDataWhat]int{}
	for _, m := range e.Missing {
		what[m.What] = m.Amount
	}
	require.Equal(t, map[api.MissingDataWhat]int{
		"weigh_ins": 8, "span_days": 21, "logged_days": 14, "height_cm": 1, "birth_date": 1, "biological_sex": 1, "activity_level": 1,
		"current_weight_kg": 1,
	}, what)
}

func TestGetEnergy_FourWeeks_AreLearnedAndTargetsFollowWhenAsked(t *testing.T) {
	t.Parallel()
	a, c := newAPI(t)
	p := a.Person(t)
	fillIn(t, p)
	// 0.1 kg a day is 770 kcal: 2 400 were eaten, 3 170 used.
	weighDaily(t, p, c.now(), 28, 80, -0.1)
	eat(t, p, c.now(), 28, 2400)
	e := energy(t, p)
	require.Equal(t, api.EnergyExpenditureStatusUpdating, e.Status)
	require.Equal(t, api.EnergyExpenditureBasisCombined, e.Basis)
	require.InDelta(t, 3170, *e.TDEEKcal, 1)
	require.Equal(t, api.EnergyExpenditureConfidenceHigh, e.Confidence)
	require.Equal(t, []int{28, 29, 28, 2400}, []int{e.Window.Days, e.Window.WeighIns, e.Window.LoggedDays, *e.Window.MeanKcal})
	require.Empty(t, e.Missing)
	require.False(t, e.Targets.Adaptive)
	require.Equal(t, 2759, *e.Targets.TDEEKcal, "nobody asked for it")

	r, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{AdaptiveTargets: new(true)})
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), string(r.Body))
	require.Equal(t, *e.TDEEKcal, *r.JSON200.Targets.TDEE)
	require.Equal(t, *e.TDEEKcal-500, r.JSON200.Targets.Calories)
	require.Equal(t, "adaptive_tdee_changed", r.JSON200.TargetsChange.Reasons[0].Code)
	e = energy(t, p)
	require.Equal(t, *e.TDEEKcal, *e.Targets.TDEEKcal, "the same number everywhere")
	require.True(t, e.Targets.Adaptive)

	// Within a week a weigh-in moves the targets only by its weight.
	weigh(t, p, `{"weight_kg":79.9}`)
	require.Equal(t, 3170, *profile(t, p).Targets.TDEE)

	off, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{AdaptiveTargets: new(false)})
	require.NoError(t, err)
	require.Equal(t, 2757, *off.JSON200.Targets.TDEE, "the formula's, of 79.9 kg")
}

func TestCreateMeasurement_AWeekAfterLearning_TargetsFollow(t *testing.T) {
	t.Parallel()
	a, c := newAPI(t)
	p := a.Person(t)
	fillIn(t, p)
	weighDaily(t, p, c.now(), 28, 80, -0.1)
	eat(t, p, c.now(), 28, 2200) // so that the step of the targets is small, and no week is left out
	_, err := p.UpdateMeWithResponse(t.Context(), nil, api.MePatch{AdaptiveTargets: new(true)})
	require.NoError(t, err)
	before := *profile(t, p).Targets.TDEE

	c.goOn(6)
	weighDaily(t, p, c.now(), 5, 80, 0)
	require.Equal(t, before, *profile(t, p).Targets.TDEE, "it is not time yet")
	c.goOn(1)
	eat(t, p, c.now(), 7, 3200)
	m := weigh(t, p, `{"weight_kg":80}`)
	e := energy(t, p)
	require.Equal(t, api.EnergyExpenditureStatusUpdating, e.Status)
	require.NotEqual(t, before, *e.TDEEKcal)
	require.Equal(t, *e.TDEEKcal, *m.TargetsChange.After.TDEE, "the weigh-in itself counts")
	require.Equal(t, c.now().Format(time.DateOnly), e.Targets.Since.String())
}

func TestGetEnergy_BodyFat_ChangesTheEnergyOfAKilogram(t *testing.T) {
	t.Parallel()
	a, c := newAPI(t)
	p := a.Person(t)
	fillIn(t, p)
	require.Equal(t, api.EnergyExpenditureKcalPerKgBasisDefault, energy(t, p).KcalPerKgBasis)
	weighDaily(t, p, c.now(), 28, 80, -0.1)
	eat(t, p, c.now(), 28, 2400)
	weigh(t, p, `{"weight_kg":80,"body_fat_pct":12.5}`)
	e := energy(t, p)
	require.Equal(t, api.EnergyExpenditureKcalPerKgBasisForbes, e.KcalPerKgBasis)
	require.Equal(t, 5554, e.KcalPerKg, "10 kg of fat")
	require.InDelta(t, 2400+555, *e.TDEEKcal, 1)
}
