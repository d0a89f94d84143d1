package energy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/energy"
)

const hour = 3600

func TestCompute_RowsOfTheTable_AreMETTimesWeightTimesHours(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code       string
		kg         float64
		seconds    int
		gross, net float64
	}{
		{"12050", 70, hour / 2, 325.5, 290.5},
		{"17190", 80, hour, 304, 224},
		{"02054", 80, hour, 280, 200},
		{"01014", 75, hour * 3 / 4, 393.75, 337.5},
		{"18240", 65, hour / 2, 188.5, 156},
		{"02150", 60, hour, 138, 78},
		{"17080", 82.5, hour * 5 / 2, 1237.5, 1031.25},
		{"02210", 70, hour / 3, 163.33, 140},
		{"02068", 70, hour / 6, 128.33, 116.67},
		{"15610", 75, hour * 3 / 2, 787.5, 675},
	} {
		row, ok := energy.FindCode(test.code)
		require.True(t, ok, test.code)
		r, missing := energy.Compute(energy.Input{Row: &row, TimerS: test.seconds, WeightKg: &test.kg})
		require.Empty(t, missing)
		require.Equal(t, test.gross, r.Kcal, test.code)
		require.Equal(t, test.net, *r.Net, test.code)
		require.Equal(t, energy.METTable, r.Source)
		require.Equal(t, test.code, r.Code)
	}
	sleep, _ := energy.FindCode("07030")
	r, _ := energy.Compute(energy.Input{Row: &sleep, TimerS: 8 * hour, WeightKg: new(80.0)})
	require.GreaterOrEqual(t, *r.Net, 0.0)
	r, _ = energy.Compute(energy.Input{Row: &energy.Row{MET: 1}, TimerS: 8 * hour, WeightKg: new(80.0)})
	require.Equal(t, 0.0, *r.Net, "rest costs nothing above rest")
}

func TestCompute_Sources_AreTakenInOrder(t *testing.T) {
	t.Parallel()
	ride := energy.Find("cycling")
	all := energy.Input{
		Category: "cardio_steady_state", Activity: ride, TimerS: hour, DistanceM: new(30_000.0), AveragePowerW: new(200.0),
		HeartRate: energy.HeartRateInput{Average: new(150)},
		UserKcal:  new(500.0), DeviceKcal: new(640.0), DeviceRestingKcal: new(90.0),
		WeightKg: new(80.0), AgeYears: new(30), Sex: new("male"),
	}
	r, _ := energy.Compute(all)
	require.Equal(t, energy.User, r.Source)
	require.Equal(t, 500.0, r.Kcal)
	require.Equal(t, 420.0, *r.Net)
	all.UserKcal = nil
	r, _ = energy.Compute(all)
	require.Equal(t, energy.Device, r.Source)
	require.Equal(t, 550.0, *r.Net, "the device knows its own rest")
	all.DeviceRestingKcal = nil
	r, _ = energy.Compute(all)
	require.Equal(t, 560.0, *r.Net)
	all.DeviceKcal = nil
	r, _ = energy.Compute(all)
	require.Equal(t, energy.Power, r.Source)
	require.InDelta(t, 717.0, r.Kcal, 0.05, "720 kJ at 24 %")
	all.AveragePowerW = nil
	r, _ = energy.Compute(all)
	require.Equal(t, energy.HeartRate, r.Source)
	require.InDelta(t, 14.6972*60, r.Kcal, 0.01)
	all.HeartRate.Average = nil
	r, _ = energy.Compute(all)
	require.Equal(t, energy.METTable, r.Source, "speed says little of a ride")
	require.Equal(t, "01014", r.Code)
	all.Activity = nil
	r, _ = energy.Compute(all)
	require.Equal(t, energy.CategoryDefault, r.Source)
	require.Equal(t, 560.0, r.Kcal)
	require.Empty(t, r.Code)
	all.WeightKg = nil
	r, missing := energy.Compute(all)
	require.Nil(t, r)
	require.Equal(t, []energy.Missing{energy.Weight}, missing)
}

func TestCompute_TypedInWithoutWeight_HasNoNet(t *testing.T) {
	t.Parallel()
	r, _ := energy.Compute(energy.Input{Category: "sports", TimerS: hour, UserKcal: new(300.0)})
	require.Equal(t, 300.0, r.Kcal)
	require.Nil(t, r.Net)
}

func TestCompute_Speed_ChoosesTheBand(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		meters  float64
		code    string
		met     float64
		seconds int
	}{
		{"running", 10_000, "12050", 9.3, hour},
		{"walking", 5_000, "17190", 3.8, hour},
		{"running", 9_700, "12050", 9.3, hour}, // from its lower bound
		{"running", 9_690, "12045", 9.0, hour},
		{"Laufen", 10_000, "12050", 9.3, hour},
	} {
		r, _ := energy.Compute(
			energy.Input{Activity: energy.Find(test.name), DistanceM: &test.meters, TimerS: test.seconds, WeightKg: new(70.0)},
		)
		require.Equal(t, energy.Speed, r.Source)
		require.Equal(t, test.code, r.Code)
		require.Equal(t, test.met, r.MET)
	}
	paused, _ := energy.Compute(energy.Input{
		Activity: energy.Find("running"), DistanceM: new(10_000.0), TimerS: 2 * hour, MovingS: new(hour), WeightKg: new(70.0),
	})
	require.Equal(t, 651.0, paused.Kcal, "9.3 × 70 kg × the hour in motion")
	rowing, _ := energy.Compute(energy.Input{
		Activity: energy.Find("rowing machine"), AveragePowerW: new(160.0), TimerS: hour, WeightKg: new(70.0),
	})
	require.Equal(t, energy.Power, rowing.Source)
	require.Equal(t, "02073", rowing.Code)
}

func TestCompute_HeartRate_IsKeytelOnlyWhereItHolds(t *testing.T) {
	t.Parallel()
	input := func(sex string, heartRate int, kg float64, years int) energy.Input {
		return energy.Input{
			Category: "cardio_steady_state", TimerS: hour, HeartRate: energy.HeartRateInput{Average: &heartRate},
			WeightKg: &kg, AgeYears: &years, Sex: &sex,
		}
	}
	for _, test := range []struct {
		in        energy.Input
		perMinute float64
	}{
		{input("male", 150, 80, 30), 14.6972},
		{input("female", 150, 60, 30), 9.8757},
		{input("male", 120, 80, 30), 10.1735},
		{input("female", 110, 60, 45), 5.8656},
	} {
		r, _ := energy.Compute(test.in)
		require.Equal(t, energy.HeartRate, r.Source)
		require.InDelta(t, test.perMinute, r.Kcal/60, 0.0002)
	}
	for name, change := range map[string]func(*energy.Input){
		"strength":           func(in *energy.Input) { in.Category = "strength_training" },
		"intervals":          func(in *energy.Input) { in.Category = "cardio_interval" },
		"nine minutes":       func(in *energy.Input) { in.TimerS = 9 * 60 },
		"half of the time":   func(in *energy.Input) { in.HeartRate.Coverage = new(0.5) },
		"at rest":            func(in *energy.Input) { in.HeartRate.Average = new(60) },
		"above 90 %":         func(in *energy.Input) { in.HeartRate.Average = new(170) },
		"low for a high max": func(in *energy.Input) { in.HeartRate.Average, in.HeartRate.Max = new(115), new(205) },
		"age unknown":        func(in *energy.Input) { in.AgeYears = nil },
		"sex unknown":        func(in *energy.Input) { in.Sex = nil },
		"weight unknown":     func(in *energy.Input) { in.WeightKg = nil },
		"device total":       func(in *energy.Input) { in.DeviceKcal = new(500.0) },
	} {
		in := input("male", 150, 80, 30)
		change(&in)
		r, _ := energy.Compute(in)
		require.True(t, r == nil || r.Source != energy.HeartRate, name)
	}
}

func TestZonesOf_AgeAndResting_GiveTheBounds(t *testing.T) {
	t.Parallel()
	require.Equal(t, [5]int{94, 112, 131, 150, 168}, energy.ZonesOf(nil, nil, new(30)).Bounds)
	require.Equal(t, [5]int{124, 136, 149, 162, 174}, energy.ZonesOf(nil, new(60), new(30)).Bounds)
	require.Equal(t, [5]int{100, 120, 140, 160, 180}, energy.ZonesOf(new(200), nil, nil).Bounds)
	require.Nil(t, energy.ZonesOf(nil, new(60), nil))
	require.Nil(t, energy.ZonesOf(new(60), new(60), nil))
}
