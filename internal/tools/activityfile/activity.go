package activityfile

import (
	"math"
	"time"
)

// Activity is one recorded activity, or one leg of a multi-sport recording. nil is unknown, never zero.
type Activity struct {
	Sport Sport
	Name  string // what the person called it; "" is unknown
	// Legs are the parts of a multi-sport recording, transitions included, in order. A leg has no legs. The totals of the
	// whole are the sums of its legs; its points, laps and lengths are in the legs only.
	Legs []Activity

	StartedAt time.Time // UTC
	// UTCOffset is the local time of the device minus UTC, in whole quarters of an hour. nil when the file does not say, or
	// says something that cannot be right.
	UTCOffset *time.Duration

	Elapsed time.Duration  // from the start to the end, pauses included
	Timer   time.Duration  // without pauses; the usual duration
	Moving  *time.Duration // without pauses and without standing still

	DistanceM *float64
	AscentM   *float64
	// AscentFromDevice says that the ascent is the device's own total, not computed from the altitudes.
	AscentFromDevice bool

	AvgHeartRate, MaxHeartRate *int // beats a minute
	AvgCadence, MaxCadence     *int // steps a minute on foot, revolutions or strokes a minute otherwise
	AvgPower, MaxPower         *int // watts

	// Kcal is the device's total, which includes the energy that the body needs at rest.
	Kcal *int
	// RestingKcal is the part of Kcal that the body needs at rest.
	RestingKcal *int
	// PerceivedExertion is the person's own rating, 1 to 10.
	PerceivedExertion *float64

	PoolLengthM *float64 // two decimals: pools of 25 yards have 22.86 m
	Laps        []Lap
	Lengths     []Length
	Sets        []Set
	Pauses      []Pause
	Points      []Point // sorted by time
}

// Lap is a part of an activity that the person or the device marked.
type Lap struct {
	StartedAt                  time.Time
	Elapsed, Timer             time.Duration
	DistanceM, AscentM         *float64
	AvgHeartRate, MaxHeartRate *int
	AvgPower                   *int
	AvgCadence                 *int
	Kcal                       *int
}

// Length is one length of a pool, or a rest between lengths.
type Length struct {
	StartedAt time.Time
	Duration  time.Duration
	Rest      bool
	Strokes   *int
	Stroke    string // "freestyle", "backstroke", …; "" is unknown
}

// SWOLF returns the seconds plus the strokes of a length, rounded. A rest, and a length without a count of strokes, has none.
func (l Length) SWOLF() *int {
	if l.Rest || l.Strokes == nil {
		return nil
	}
	return new(int(math.Round(l.Duration.Seconds())) + *l.Strokes)
}

// Set is a set of strength training. Watches guess the exercise and count the repetitions from movements of the wrist, so
// the person has to confirm each set.
type Set struct {
	StartedAt time.Time
	Duration  time.Duration
	// Guesses are the exercises that the device thinks of, the best first. It may be empty.
	Guesses     []string
	Repetitions *int
	WeightKg    *float64 // nil when the person did not enter it
	Rest        time.Duration
}

// Pause is a time in which the device did not record.
type Pause struct{ From, To time.Time }

// Point is one moment of a recording. It is small because a long file has hundreds of thousands of them. Use the methods
// to tell unknown from zero.
type Point struct {
	UnixMilli    int64
	LatE7, LonE7 int32 // degrees times 10⁷: 1 cm
	AltitudeM    float32
	DistanceM    float32 // from the start of the activity
	SpeedMPS     float32
	HeartRate    int16
	Cadence      int16
	Power        int16
	// AfterBreak says that the recording was interrupted before this point.
	AfterBreak bool
}

// Absent values of a point. A device that has lost its sensor writes a heart rate of 0.
const (
	noPosition = math.MinInt32
	noInt      = -1
)

var noFloat = float32(math.NaN())

// NewPoint returns a point of which only the time is known.
func NewPoint(at time.Time) Point { return Unknown(at.UnixMilli()) }

// Unknown is NewPoint for a time in milliseconds.
func Unknown(unixMilli int64) Point {
	return Point{
		UnixMilli: unixMilli, LatE7: noPosition, LonE7: noPosition,
		AltitudeM: noFloat, DistanceM: noFloat, SpeedMPS: noFloat,
		HeartRate: noInt, Cadence: noInt, Power: noInt,
	}
}

// Time returns the time in UTC.
func (p Point) Time() time.Time { return time.UnixMilli(p.UnixMilli).UTC() }

// Position returns latitude and longitude in degrees.
func (p Point) Position() (lat, lon float64, known bool) {
	return float64(p.LatE7) / 1e7, float64(p.LonE7) / 1e7, p.HasPosition()
}

// HasPosition reports whether the position is known.
func (p Point) HasPosition() bool { return p.LatE7 != noPosition }

// ClearPosition makes the position unknown.
func (p *Point) ClearPosition() { p.LatE7, p.LonE7 = noPosition, noPosition }

// setPosition ignores what is no place on Earth, and 0/0, which devices write before they know where they are.
func (p *Point) setPosition(lat, lon float64) {
	if !(math.Abs(lat) <= 90 && math.Abs(lon) <= 180) || math.Abs(lat) < 1e-6 && math.Abs(lon) < 1e-6 {
		return
	}
	p.LatE7, p.LonE7 = int32(math.Round(lat*1e7)), int32(math.Round(lon*1e7))
}

// setDistance and the setters below ignore values that no sensor measures.
func (p *Point) setDistance(m float64) { p.DistanceM = within(m, 0, 1e7) }

func (p *Point) setAltitude(m float64) { p.AltitudeM = within(m, -500, 20_000) }

func (p *Point) setSpeed(mps float64) { p.SpeedMPS = within(mps, 0, 350) }

func (p *Point) setHeartRate(bpm float64) { p.HeartRate = wholeWithin(bpm, 1, 250) }

func (p *Point) setCadence(perMinute float64) { p.Cadence = wholeWithin(perMinute, 0, 300) }

func (p *Point) setPower(watts float64) { p.Power = wholeWithin(watts, 0, 4000) }

func within(v, low, high float64) float32 {
	if v >= low && v <= high {
		return float32(v)
	}
	return noFloat
}

func wholeWithin(v, low, high float64) int16 {
	if v >= low && v <= high {
		return int16(math.Round(v))
	}
	return noInt
}

// merge takes from q what p does not know. Some devices write the position and the heart rate of one second separately.
func (p *Point) merge(q Point) {
	if !p.HasPosition() {
		p.LatE7, p.LonE7 = q.LatE7, q.LonE7
	}
	for _, f := range []struct{ to, from *float32 }{
		{&p.AltitudeM, &q.AltitudeM}, {&p.DistanceM, &q.DistanceM}, {&p.SpeedMPS, &q.SpeedMPS},
	} {
		if absent(*f.to) {
			*f.to = *f.from
		}
	}
	for _, f := range []struct{ to, from *int16 }{{&p.HeartRate, &q.HeartRate}, {&p.Cadence, &q.Cadence}, {&p.Power, &q.Power}} {
		if *f.to == noInt {
			*f.to = *f.from
		}
	}
}

func absent(f float32) bool { return math.IsNaN(float64(f)) }
