package activities

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/activityfile"
	"github.com/ultimatecoach/api/internal/tools/energy"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// fileSource is what all records of one file have in common.
type fileSource struct {
	sha256     []byte
	device     string
	externalID string // of the recording on its device; "" is unknown
	count      int    // activities of the file
}

// id returns the external id of the activity with this index. A recording with several activities has one for each.
func (f fileSource) id(index int) *string {
	switch {
	case f.externalID == "":
		return nil
	case f.count == 1:
		return &f.externalID
	}
	return new(fmt.Sprintf("%s#%d", f.externalID, index))
}

// sportOf says what a family of sports is in our tables: its category, and the activity of the catalogue that it stands for where the
// device's own words name none; "" has none.
type sportOf struct{ category, activity string }

const (
	steady   = string(api.ActivityCategoryCardioSteadyState)
	interval = string(api.ActivityCategoryCardioInterval)
	other    = string(api.ActivityCategoryOther)
)

var sports = map[activityfile.Family]sportOf{
	activityfile.Running:     {steady, "running"},
	activityfile.Walking:     {steady, "walking"},
	activityfile.Hiking:      {steady, "hiking"},
	activityfile.Cycling:     {steady, "cycling"},
	activityfile.Swimming:    {steady, "swimming"},
	activityfile.Rowing:      {steady, "rowing"},
	activityfile.Paddling:    {steady, ""},
	activityfile.Skiing:      {steady, ""},
	activityfile.Skating:     {steady, ""},
	activityfile.Climbing:    {other, "climbing"},
	activityfile.Strength:    {string(api.ActivityCategoryStrengthTraining), "strength_training"},
	activityfile.Interval:    {interval, "hiit"},
	activityfile.Cardio:      {steady, ""},
	activityfile.Flexibility: {string(api.ActivityCategoryFlexibility), ""},
	activityfile.Game:        {string(api.ActivityCategorySports), ""},
	activityfile.Transition:  {other, ""},
	activityfile.MultiSport:  {steady, ""},
	activityfile.Other:       {other, ""},
}

// activityNamed returns the key of the activity that the device's words name, such as trail_running for "running/trail"; else that of
// the family; nil when there is none.
func activityNamed(s activityfile.Sport) *string {
	words := strings.Split(strings.ReplaceAll(s.Name, "_", " "), "/")
	slices.Reverse(words) // the most special one first
	for _, name := range []string{strings.Join(words, " "), words[0], sports[s.Family].activity} {
		if a := energy.Find(name); name != "" && a != nil && s.Family != activityfile.MultiSport && s.Family != activityfile.Transition {
			return &a.Key
		}
	}
	return nil
}

// fileRecord returns the row for an activity of a file, without its zone and without what follows from the profile. cut reports that the
// file has more time than a row may have.
func fileRecord(a *activityfile.Activity, f fileSource) (r *record, cut bool, err error) {
	sport := sports[a.Sport.Family]
	a.Points = untilLongest(a)
	elapsed, timer := wholeSeconds(a.Elapsed), wholeSeconds(a.Timer)
	r = &record{
		ID: uuid.New(), Category: sport.category, StartedAt: a.StartedAt.UTC().Truncate(time.Microsecond),
		ElapsedS: max(1, min(elapsed, maxElapsed)), Counting: "automatic",
		SourceKind: string(api.ActivitySourceKindFile), Recorded: string(api.ActivityRecordedAutomatic),
		ContentSHA256: new(`\x` + hex.EncodeToString(f.sha256)),
		DeviceKcal:    limited(a.Kcal, 0, 30_000), DeviceRestingKcal: limited(a.RestingKcal, 0, 30_000),
	}
	r.TimerS = max(1, min(timer, maxTimer, r.ElapsedS))
	r.EndedAt = r.StartedAt.Add(time.Duration(r.ElapsedS) * time.Second)
	if a.Moving != nil {
		r.MovingS = new(min(wholeSeconds(*a.Moving), r.TimerS))
	}
	r.Activity = activityNamed(a.Sport)
	if a.AvgHeartRate != nil && len(a.Points) > 0 {
		r.HeartRateZones = &heartRateZones{Coverage: heartRateCoverage(a)}
	}
	if a.Name != "" {
		r.Name = (&validation.Errors{}).OptionalText("name", &a.Name)
	}
	if f.device != "" {
		r.SourceDevice = (&validation.Errors{}).OptionalText("source.device", &f.device)
	}
	if a.PerceivedExertion != nil {
		r.RPE = limited(new(math.Round(*a.PerceivedExertion*2)/2), 1, 10)
	}
	var m api.ActivityMetrics
	if err := setFileMetrics(&m, a); err != nil {
		return nil, false, err
	}
	r.Metrics, err = m.MarshalJSON()
	return r, elapsed > maxElapsed || timer > maxTimer, err
}

// cutTo ends a leg with its whole, which may have been cut; the times of both were rounded.
func (r *record) cutTo(end time.Time) {
	if r.EndedAt.After(end) {
		r.EndedAt, r.ElapsedS = end, max(1, wholeSeconds(end.Sub(r.StartedAt)))
		r.TimerS = min(r.TimerS, r.ElapsedS)
		if r.MovingS != nil {
			r.MovingS = new(min(*r.MovingS, r.TimerS))
		}
	}
}

// untilLongest returns the points of the longest time that an activity may take; later ones have a wrong time.
func untilLongest(a *activityfile.Activity) []activityfile.Point {
	end := a.StartedAt.Add(maxElapsed * time.Second).UnixMilli()
	n, _ := slices.BinarySearchFunc(a.Points, end, func(p activityfile.Point, end int64) int { return cmp.Compare(p.UnixMilli, end) })
	return a.Points[:n]
}

// heartRateCoverage returns the share of the time for which the heart rate is known, two decimals.
func heartRateCoverage(a *activityfile.Activity) *float64 {
	var known, all float64
	eachSecond(a, func(pulse int16, seconds float64) {
		all += seconds
		if pulse > 0 {
			known += seconds
		}
	})
	if all == 0 {
		return nil
	}
	return new(math.Round(100*known/all) / 100)
}

// eachSecond calls f with the heart rate of each point and the time until the next one, pauses left out.
func eachSecond(a *activityfile.Activity, f func(pulse int16, seconds float64)) {
	const longest = 10 // s; a longer gap is a pause
	for i := 1; i < len(a.Points); i++ {
		seconds := float64(a.Points[i].UnixMilli-a.Points[i-1].UnixMilli) / 1000
		if seconds <= longest {
			f(a.Points[i-1].HeartRate, seconds)
		}
	}
}

// addZoneSeconds fills the time below zone 1 and in each zone, when the bounds are known.
func (r *record) addZoneSeconds(a *activityfile.Activity) {
	if r.HeartRateZones == nil || r.HeartRateZones.Zones == nil || len(a.Points) == 0 {
		return
	}
	bounds := r.HeartRateZones.Zones.Bounds
	var seconds [len(bounds) + 1]float64
	eachSecond(a, func(pulse int16, s float64) {
		if pulse > 0 {
			zone := 0
			for zone < len(bounds) && int(pulse) >= bounds[zone] {
				zone++
			}
			seconds[zone] += s
		}
	})
	r.HeartRateZones.Seconds = nil
	for _, s := range seconds {
		r.HeartRateZones.Seconds = append(r.HeartRateZones.Seconds, min(int(math.Round(s)), maxTimer))
	}
}

func wholeSeconds(d time.Duration) int { return int(math.Round(d.Seconds())) }

// limited returns nil for a number that is unknown or that the contract does not allow: a device that measures it is wrong.
func limited[N int | float64](v *N, low, high float64) *float64 {
	if v == nil || float64(*v) < low || float64(*v) > high {
		return nil
	}
	return new(float64(*v))
}

// setFileMetrics fills the metrics of the kind that the sport has.
func setFileMetrics(m *api.ActivityMetrics, a *activityfile.Activity) error {
	n := fileNumbers(a)
	switch a.Sport.Family {
	case activityfile.Running, activityfile.Walking, activityfile.Hiking:
		return m.FromRunningMetrics(api.RunningMetrics{
			DistanceKm: n.km(500), AvgPaceSPerKm: n.pace(), AvgHeartRate: n.avgPulse, MaxHeartRate: n.maxPulse,
			ElevationGainM: n.ascent, CadenceSpm: n.cadence(300), AvgPowerWatts: n.avgPower, Laps: fileLaps(a),
		})
	case activityfile.Cycling:
		return m.FromCyclingMetrics(api.CyclingMetrics{
			DistanceKm: n.km(1000), AvgSpeedKph: n.speed(), AvgHeartRate: n.avgPulse, MaxHeartRate: n.maxPulse,
			ElevationGainM: n.ascent, CadenceRpm: n.cadence(200), AvgPowerWatts: n.avgPower, MaxPowerWatts: n.maxPower, Laps: fileLaps(a),
		})
	case activityfile.Swimming:
		return m.FromSwimmingMetrics(swimming(a, n))
	case activityfile.Strength:
		return m.FromStrengthMetrics(api.StrengthMetrics{Exercises: fileExercises(a), AvgHeartRate: n.avgPulse, MaxHeartRate: n.maxPulse})
	case activityfile.Game:
		s := api.SportMetrics{DistanceKm: n.km(500), AvgHeartRate: n.avgPulse, MaxHeartRate: n.maxPulse}
		if words := strings.Split(a.Sport.Name, "/"); words[0] != "" {
			s.Sport = new(sentence(words[len(words)-1]))
		}
		return m.FromSportMetrics(s)
	case activityfile.Transition:
		return m.FromTransitionMetrics(api.TransitionMetrics{DistanceKm: n.km(50), AvgHeartRate: n.avgPulse, MaxHeartRate: n.maxPulse})
	}
	return m.FromOtherMetrics(api.OtherMetrics{
		DistanceKm: n.km(1000), ElevationGainM: n.ascent, AvgHeartRate: n.avgPulse, MaxHeartRate: n.maxPulse,
		AvgPowerWatts: n.avgPower, Laps: fileLaps(a),
	})
}

// numbers are measurements within the limits of the contract.
type numbers struct {
	a                  *activityfile.Activity
	avgPulse, maxPulse *int
	avgPower, maxPower *float64
	ascent             *float64
}

func fileNumbers(a *activityfile.Activity) numbers {
	return numbers{
		a: a, avgPulse: pulse(a.AvgHeartRate), maxPulse: pulse(a.MaxHeartRate),
		avgPower: limited(a.AvgPower, 0, 2000), maxPower: limited(a.MaxPower, 0, 3000), ascent: limited(a.AscentM, 0, 20_000),
	}
}

func pulse(v *int) *int {
	if v == nil || *v < 40 || *v > 220 {
		return nil
	}
	return v
}

func (n numbers) km(most float64) *float64 {
	if n.a.DistanceM == nil {
		return nil
	}
	return limited(new(math.Round(*n.a.DistanceM*100)/100/1000), 0, most)
}

func (n numbers) pace() *float64 {
	if n.a.DistanceM == nil {
		return nil
	}
	return limited(new(math.Round(n.a.Timer.Seconds() / *n.a.DistanceM * 10_000)/10), 60, 7200)
}

func (n numbers) speed() *float64 {
	if n.a.DistanceM == nil || n.a.Timer == 0 {
		return nil
	}
	return limited(new(math.Round(*n.a.DistanceM/n.a.Timer.Seconds()*36)/10), 0, 100)
}

func (n numbers) cadence(most float64) *float64 { return limited(n.a.AvgCadence, 0, most) }

const (
	maxLaps      = 500 // limits of the contract
	maxLengths   = 1000
	maxExercises = 40
	maxSets      = 30
)

func fileLaps(a *activityfile.Activity) []api.ActivityLap {
	if len(a.Laps) < 2 { // one lap says what the activity says
		return nil
	}
	var laps []api.ActivityLap
	for _, l := range a.Laps[:min(len(a.Laps), maxLaps)] {
		laps = append(laps, api.ActivityLap{
			TimerS: min(l.Timer.Seconds(), maxTimer), AvgHeartRate: pulse(l.AvgHeartRate), DistanceM: limited(l.DistanceM, 0, 1e6),
			ElevationGainM: limited(l.AscentM, 0, 20_000), AvgPowerWatts: limited(l.AvgPower, 0, 3000),
		})
	}
	return laps
}

func swimming(a *activityfile.Activity, n numbers) api.SwimmingMetrics {
	m := api.SwimmingMetrics{
		AvgHeartRate: n.avgPulse, MaxHeartRate: n.maxPulse, PoolLengthM: limited(a.PoolLengthM, 5, 200),
		DistanceM: limited(a.DistanceM, 0, 1e5),
	}
	active := 0
	for _, l := range a.Lengths {
		lap := api.ActivityLap{TimerS: min(l.Duration.Seconds(), maxTimer)}
		if !l.Rest {
			active++
			lap.Strokes, lap.Stroke = l.Strokes, new(strokeOf(l.Stroke))
			lap.DistanceM = m.PoolLengthM
		}
		if len(m.Lengths) < maxLengths {
			m.Lengths = append(m.Lengths, lap)
		}
	}
	if active > 0 && active <= 10_000 {
		m.Laps = &active
	}
	return m
}

var strokes = map[string]api.SwimStroke{
	"freestyle": api.SwimStrokeFreestyle, "backstroke": api.SwimStrokeBackstroke, "breaststroke": api.SwimStrokeBreaststroke,
	"butterfly": api.SwimStrokeButterfly, "drill": api.SwimStrokeDrill, "mixed": api.SwimStrokeMixed, "im": api.SwimStrokeMixed,
}

func strokeOf(name string) api.SwimStroke {
	if s, known := strokes[name]; known {
		return s
	}
	return api.SwimStrokeUnknown
}

// hasTooManyParts reports whether an activity of a file has more parts than the contract allows.
func hasTooManyParts(a *activityfile.Activity) bool {
	sets := 0
	for _, e := range fileExercises(a) {
		sets += len(e.Sets)
	}
	return len(a.Laps) > maxLaps || len(a.Lengths) > maxLengths || sets < len(a.Sets)
}

// fileExercises groups neighbouring sets with the same first guess or, of a long circuit, all of them. They wait for the person to confirm
// them.
func fileExercises(a *activityfile.Activity) []api.StrengthExercise {
	exercises := groupSets(a.Sets, true)
	if len(exercises) > maxExercises {
		exercises = groupSets(a.Sets, false)
	}
	return exercises[:min(len(exercises), maxExercises)]
}

func groupSets(sets []activityfile.Set, onlyNeighbours bool) []api.StrengthExercise {
	var exercises []api.StrengthExercise
	group := map[string]int{} // of the name, the last one
	for _, s := range sets {
		name := "Unknown exercise"
		if len(s.Guesses) > 0 {
			name = sentence(s.Guesses[0])
		}
		set := api.StrengthSet{
			RestS: limited(new(s.Rest.Seconds()), 0.001, 7200), DurationS: limited(new(s.Duration.Seconds()), 0.001, maxTimer),
			WeightKg: limited(s.WeightKg, 0, 1000),
		}
		if s.Repetitions != nil && *s.Repetitions <= 1000 {
			set.Reps = s.Repetitions
		}
		i, known := group[name]
		if known && len(exercises[i].Sets) < maxSets && (i == len(exercises)-1 || !onlyNeighbours) {
			exercises[i].Sets = append(exercises[i].Sets, set)
			continue
		}
		group[name] = len(exercises)
		exercises = append(exercises, api.StrengthExercise{Name: name, Unconfirmed: new(true), Sets: []api.StrengthSet{set}})
	}
	return exercises
}

// sentence turns bench_press into "Bench press".
func sentence(word string) string {
	word = strings.ReplaceAll(word, "_", " ")
	if word == "" {
		return word
	}
	return strings.ToUpper(word[:1]) + word[1:]
}
