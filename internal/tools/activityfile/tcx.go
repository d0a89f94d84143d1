package activityfile

import (
	"encoding/xml"
	"fmt"
	"time"

	"github.com/ultimatecoach/api/internal/tools/text"
)

// tcxContent reads the activities of a TCX file. Courses and workouts are no activities.
type tcxContent struct {
	found    recording
	points   xmlPoints
	activity *Activity  // nil between activities
	legs     []Activity // of the multi-sport recording that is open
	multi    bool       // a multi-sport recording is open
	count    int        // activities and legs
	laps     int        // in all activities
	lap      *Lap       // nil between laps
	tracks   int        // in the lap
	pulse    weightedMean
	cadence  weightedMean
	power    weightedMean
	lat      float64 // of the open point, until its longitude comes
}

// weightedMean is the mean of laps, by their time.
type weightedMean struct{ total, weight float64 }

func (m *weightedMean) add(v *int, t time.Duration) {
	if v != nil {
		m.total += float64(*v) * t.Seconds()
		m.weight += t.Seconds()
	}
}

func (m *weightedMean) mean() *int {
	if m.weight == 0 {
		return nil
	}
	return rounded(m.total / m.weight)
}

func newTCX() *tcxContent { return &tcxContent{found: recording{format: TCX}} }

func (t *tcxContent) recording() *recording {
	if t.lap != nil { // the file is cut
		t.endLap()
	}
	if t.activity != nil {
		t.endActivity()
	}
	if t.multi {
		t.endMultiSport()
	}
	return &t.found
}

func (t *tcxContent) err() error { return t.points.exceeding }

func (t *tcxContent) start(name string, attributes []xml.Attr) {
	switch name {
	case "MultiSportSession":
		t.multi, t.legs = true, nil
	case "Activity":
		t.startActivity(sportOf(attribute(attributes, "Sport")))
	case "Transition":
		t.startActivity(sportOf("transition"))
		t.startLap(attributes)
	case "Lap":
		if t.activity != nil { // a course has laps too
			t.startLap(attributes)
		}
	case "Track":
		t.points.broken = t.tracks > 0
		t.tracks++
	case "Trackpoint":
		t.points.open()
	case "Course", "Workout":
		t.found.notFound = "The TCX file has a course or a workout, but no recorded activity."
	}
}

func (t *tcxContent) startActivity(s Sport) {
	t.activity = &Activity{Sport: s}
	t.pulse, t.cadence, t.power = weightedMean{}, weightedMean{}, weightedMean{}
}

func (t *tcxContent) startLap(attributes []xml.Attr) {
	t.lap, t.tracks = &Lap{StartedAt: t.points.times.read(attribute(attributes, "StartTime"))}, 0
}

func (t *tcxContent) end(name, parent, value string) {
	switch {
	case name == "MultiSportSession":
		t.endMultiSport()
	case t.activity == nil:
	case name == "Activity":
		t.endActivity()
	case name == "Transition":
		t.endLap()
		t.endActivity()
	case name == "Trackpoint":
		t.points.close(t.activity)
	case t.points.inside:
		t.pointValue(name, parent, value)
	case name == "Lap":
		t.endLap()
	case t.lap != nil:
		t.lapValue(name, parent, value)
	case name == "Name" && parent == "Creator":
		t.found.device = text.Cut(value, maxName)
	}
}

func (t *tcxContent) pointValue(name, parent, value string) {
	p := &t.points.point
	switch name {
	case "Time":
		t.points.at = t.points.times.read(value)
	case "LatitudeDegrees":
		t.lat = number(value)
	case "LongitudeDegrees":
		p.setPosition(t.lat, number(value))
	case "AltitudeMeters":
		p.setAltitude(number(value))
	case "DistanceMeters":
		p.setDistance(number(value))
	case "Value":
		if parent == "HeartRateBpm" {
			p.setHeartRate(number(value))
		}
	case "Cadence", "RunCadence":
		p.setCadence(number(value))
	case "Speed":
		p.setSpeed(number(value))
	case "Watts":
		p.setPower(number(value))
	}
}

func (t *tcxContent) lapValue(name, parent, value string) {
	l := t.lap
	switch name {
	case "TotalTimeSeconds":
		l.Timer = duration(value)
	case "DistanceMeters":
		l.DistanceM = positiveNumber(value)
	case "Calories":
		l.Kcal = positiveWhole(value)
	case "Cadence", "AvgRunCadence":
		l.AvgCadence = positiveWhole(value)
	case "AvgWatts":
		l.AvgPower = positiveWhole(value)
	case "Value":
		switch parent {
		case "AverageHeartRateBpm":
			l.AvgHeartRate = positiveWhole(value)
		case "MaximumHeartRateBpm":
			l.MaxHeartRate = positiveWhole(value)
		}
	}
}

// endLap adds the lap to the totals of its activity.
func (t *tcxContent) endLap() {
	l, a := t.lap, t.activity
	t.lap = nil
	if l == nil || a == nil {
		return
	}
	if t.laps++; t.laps > maxSummaries {
		t.points.exceeding = &Error{Code: TooComplex, Detail: fmt.Sprintf("The file has more than %d laps.", maxSummaries)}
		return
	}
	if n := len(a.Points); n > 0 && !l.StartedAt.IsZero() {
		l.Elapsed = max(a.Points[n-1].Time().Sub(l.StartedAt), 0)
	}
	l.Elapsed = max(l.Elapsed, l.Timer)
	if a.StartedAt.IsZero() {
		a.StartedAt = l.StartedAt
	}
	a.Timer += l.Timer
	a.DistanceM = sum(a.DistanceM, l.DistanceM)
	a.Kcal = sum(a.Kcal, l.Kcal)
	a.MaxHeartRate = largest(a.MaxHeartRate, l.MaxHeartRate)
	t.pulse.add(l.AvgHeartRate, l.Timer)
	t.cadence.add(l.AvgCadence, l.Timer)
	t.power.add(l.AvgPower, l.Timer)
	a.Laps = append(a.Laps, *l)
}

func (t *tcxContent) endActivity() {
	a := t.activity
	t.activity = nil
	if a == nil {
		return
	}
	if t.count++; t.count > maxActivities {
		t.points.exceeding = tooManyActivities()
		return
	}
	a.AvgHeartRate, a.AvgCadence, a.AvgPower = t.pulse.mean(), t.cadence.mean(), t.power.mean()
	t.points.finish(&t.found, a)
	if t.multi {
		t.legs = append(t.legs, *a)
		return
	}
	t.found.activities = append(t.found.activities, *a)
}

func (t *tcxContent) endMultiSport() {
	t.multi = false
	switch legs := t.legs; len(legs) {
	case 0:
	case 1:
		t.found.activities = append(t.found.activities, legs[0])
	default:
		restartDistances(legs)
		t.found.activities = append(t.found.activities, Activity{Sport: sportOf("multisport"), Legs: legs})
	}
}
