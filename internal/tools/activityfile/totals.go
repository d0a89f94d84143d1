package activityfile

import (
	"math"
	"slices"
	"time"
)

const (
	// A gap longer than this, at less than this speed, is a pause when the file has no pauses of its own.
	pauseGap   = 10 * time.Second
	pauseSpeed = 1.0 // m/s

	standingSpeed = 0.5 // m/s; slower is standing still: half of a slow walk, and more than the noise of a GPS at rest

	fastestOnFoot = 100 / 3.6 // m/s; a faster step is an error of the GPS
)

// addTimes fills elapsed and timer time, and finds pauses in a file that does not have them.
func (r *recording) addTimes(a *Activity) {
	var recorded time.Duration
	if n := len(a.Points); n > 0 {
		recorded = time.Duration(a.Points[n-1].UnixMilli-a.StartedAt.UnixMilli()) * time.Millisecond
	}
	if a.Timer > a.Elapsed && a.Elapsed > 0 {
		if a.Timer-a.Elapsed > time.Second { // else it is rounding
			r.warn("timer_longer_than_elapsed", "The device says that the time without pauses is longer than the whole; the whole is used.")
		}
		a.Elapsed = max(a.Elapsed, min(recorded, a.Timer))
		a.Timer = min(a.Timer, a.Elapsed)
	}
	if a.Elapsed <= 0 {
		a.Elapsed = max(recorded, a.Timer)
	}
	if len(a.Pauses) == 0 && (a.Timer == 0 || a.Elapsed-a.Timer > pauseGap) {
		a.findPauses()
	}
	if a.Timer > 0 {
		return
	}
	a.Timer = a.Elapsed
	for _, p := range a.Pauses {
		a.Timer -= p.To.Sub(p.From)
	}
	a.Timer = max(a.Timer, 0)
}

// findPauses takes breaks of the recording, and long gaps without progress, for pauses. A gap is long compared with the
// usual one: loggers for hikes write a point every half minute.
func (a *Activity) findPauses() {
	long := max(pauseGap, 3*a.usualGap())
	for i := 1; i < len(a.Points); i++ {
		from, to := a.Points[i-1], a.Points[i]
		gap := time.Duration(to.UnixMilli-from.UnixMilli) * time.Millisecond
		if gap <= long {
			continue
		}
		m, known := step(from, to)
		if to.AfterBreak || known && m/gap.Seconds() < pauseSpeed {
			a.Pauses = append(a.Pauses, Pause{from.Time(), to.Time()})
		}
	}
}

// usualGap returns the median time between two points.
func (a *Activity) usualGap() time.Duration {
	if len(a.Points) < 2 {
		return 0
	}
	gaps := make([]int64, 0, len(a.Points)-1)
	for i := 1; i < len(a.Points); i++ {
		gaps = append(gaps, a.Points[i].UnixMilli-a.Points[i-1].UnixMilli)
	}
	slices.Sort(gaps)
	return time.Duration(gaps[len(gaps)/2]) * time.Millisecond
}

// step returns the metres between two points.
func step(from, to Point) (m float64, known bool) {
	lat1, lon1, ok1 := from.Position()
	lat2, lon2, ok2 := to.Position()
	if ok1 && ok2 {
		return Distance(lat1, lon1, lat2, lon2), true
	}
	if absent(from.DistanceM) || absent(to.DistanceM) {
		return 0, false
	}
	return float64(to.DistanceM - from.DistanceM), true
}

// steps calls f for every two neighbouring points that no pause separates, in order.
func (a *Activity) steps(f func(from, to *Point, seconds float64)) {
	pause := 0
	for i := 1; i < len(a.Points); i++ {
		from, to := &a.Points[i-1], &a.Points[i]
		for pause < len(a.Pauses) && a.Pauses[pause].To.UnixMilli() <= from.UnixMilli {
			pause++
		}
		if pause < len(a.Pauses) && a.Pauses[pause].From.UnixMilli() < to.UnixMilli {
			continue
		}
		f(from, to, float64(to.UnixMilli-from.UnixMilli)/1000)
	}
}

// addDistance fills the distance and its stream, and the speeds when the file has none.
func (r *recording) addDistance(a *Activity) {
	if a.DistanceM != nil && *a.DistanceM <= 0 {
		a.DistanceM = nil
	}
	if a.DistanceM == nil && a.PoolLengthM != nil {
		active := 0
		for _, l := range a.Lengths {
			if !l.Rest {
				active++
			}
		}
		if active > 0 {
			a.DistanceM = new(float64(active) * *a.PoolLengthM)
		}
	}
	total := a.measuredDistance()
	if total == 0 && a.PoolLengthM == nil {
		total = a.addDistanceFromPositions()
	}
	if a.DistanceM == nil && total > 0 {
		a.DistanceM = new(total)
	}
	a.addSpeeds()
}

// measuredDistance returns the last distance of a device that measured it, and 0 when none did.
func (a *Activity) measuredDistance() float64 {
	var last float32
	for _, p := range a.Points {
		if p.DistanceM > last { // false for unknown
			last = p.DistanceM
		}
	}
	return float64(last)
}

// addDistanceFromPositions adds up the way between the points, without pauses and without jumps.
func (a *Activity) addDistanceFromPositions() float64 {
	var last *Point // the last with a position
	total, pause := 0.0, 0
	for i := range a.Points {
		p := &a.Points[i]
		if !p.HasPosition() {
			continue
		}
		if last != nil {
			for pause < len(a.Pauses) && a.Pauses[pause].To.UnixMilli() <= last.UnixMilli {
				pause++
			}
			paused := pause < len(a.Pauses) && a.Pauses[pause].From.UnixMilli() < p.UnixMilli
			m, _ := step(*last, *p)
			seconds := float64(p.UnixMilli-last.UnixMilli) / 1000
			if !paused && !p.AfterBreak {
				if a.Sport.onFoot() && m > fastestOnFoot*seconds {
					continue // the next step is measured from the last good position
				}
				total += m
			}
		}
		p.DistanceM = float32(total)
		last = p
	}
	if last == nil || total == 0 {
		return 0
	}
	return math.Round(total*10) / 10
}

// addSpeeds computes speeds from distances over at least five seconds when the file has no speed at all.
func (a *Activity) addSpeeds() {
	for _, p := range a.Points {
		if !absent(p.SpeedMPS) {
			return
		}
	}
	const window = 5000 // ms; over one second the noise of a GPS is as large as the speed of a walk
	from := 0
	for i := range a.Points {
		p := &a.Points[i]
		if absent(p.DistanceM) {
			continue
		}
		for from+1 < i && a.Points[from+1].UnixMilli <= p.UnixMilli-window {
			from++
		}
		f := &a.Points[from]
		if seconds := float64(p.UnixMilli-f.UnixMilli) / 1000; seconds > 0 && !absent(f.DistanceM) {
			p.setSpeed(float64(p.DistanceM-f.DistanceM) / seconds)
		}
	}
}

// addMoving fills the moving time where the file has lengths, speeds or distances.
func (r *recording) addMoving(a *Activity) {
	var swimming time.Duration
	for _, l := range a.Lengths {
		if !l.Rest {
			swimming += l.Duration
		}
	}
	if a.Moving == nil && swimming > 0 {
		a.Moving = &swimming
	}
	if a.Moving != nil {
		a.Moving = new(min(*a.Moving, a.Timer))
		return
	}
	var moving, seen float64
	a.steps(func(from, to *Point, seconds float64) {
		speed := float64(to.SpeedMPS)
		if absent(to.SpeedMPS) {
			m, known := step(*from, *to)
			if !known {
				return
			}
			speed = m / seconds
		}
		seen += seconds
		if speed >= standingSpeed {
			moving += seconds
		}
	})
	if seen > 0 {
		a.Moving = new(min(time.Duration(moving*float64(time.Second)).Round(time.Second), a.Timer))
	}
}

// stepsFrom is the cadence above which a device counted every step. Below it, it counted every second one, as FIT and TCX
// define it for sports on foot.
const stepsFrom = 120

// doubleSteps makes the cadence of sports on foot steps a minute.
func (a *Activity) doubleSteps() {
	if !a.Sport.onFoot() {
		return
	}
	avg := a.AvgCadence
	if avg == nil {
		avg, _ = a.average(func(p *Point) int16 { return p.Cadence })
	}
	if avg == nil || *avg > stepsFrom {
		return
	}
	double := func(v *int) *int {
		if v == nil {
			return nil
		}
		return new(2 * *v)
	}
	a.AvgCadence, a.MaxCadence = double(a.AvgCadence), double(a.MaxCadence)
	for i := range a.Laps {
		a.Laps[i].AvgCadence = double(a.Laps[i].AvgCadence)
	}
	for i := range a.Points {
		if c := &a.Points[i].Cadence; *c > 0 {
			*c *= 2
		}
	}
}

// addAverages fills means and maxima of heart rate, cadence and power.
func (a *Activity) addAverages() {
	for _, v := range []struct {
		avg, max **int
		of       func(p *Point) int16
	}{
		{&a.AvgHeartRate, &a.MaxHeartRate, func(p *Point) int16 { return p.HeartRate }},
		{&a.AvgCadence, &a.MaxCadence, func(p *Point) int16 { return p.Cadence }},
		{&a.AvgPower, &a.MaxPower, func(p *Point) int16 { return p.Power }},
	} {
		avg, highest := a.average(v.of)
		if *v.avg == nil || **v.avg == 0 {
			*v.avg = avg
		}
		if *v.max == nil || **v.max == 0 {
			*v.max = highest
		}
	}
}

// average returns the mean over time and the largest value. Both are nil when no value is known or all are 0.
func (a *Activity) average(of func(p *Point) int16) (mean, highest *int) {
	const longest = 10_000 // ms; a value stands for the time until the next point, but not for a pause
	var total, weights float64
	top := int16(0)
	for i := range a.Points {
		v := of(&a.Points[i])
		if v == noInt {
			continue
		}
		weight := 1000.0
		if i+1 < len(a.Points) {
			weight = float64(min(a.Points[i+1].UnixMilli-a.Points[i].UnixMilli, longest))
		}
		total += float64(v) * weight
		weights += weight
		top = max(top, v)
	}
	if weights == 0 || top == 0 {
		return nil, nil
	}
	return rounded(total / weights), new(int(top))
}

func rounded(f float64) *int { return new(int(math.Round(f))) }

// earthRadius is the mean radius of the IUGG, in metres.
const earthRadius = 6_371_008.8

// Distance returns the metres between two places, by the haversine formula.
func Distance(lat1, lon1, lat2, lon2 float64) float64 {
	const radians = math.Pi / 180
	dLat, dLon := (lat2-lat1)*radians, (lon2-lon1)*radians
	sinLat, sinLon := math.Sin(dLat/2), math.Sin(dLon/2)
	h := sinLat*sinLat + math.Cos(lat1*radians)*math.Cos(lat2*radians)*sinLon*sinLon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(h, 1)))
}

const (
	ascentWindow = 5 // points of the moving mean

	// A climb counts when it is higher than the noise of the sensor. With these, the median of 55 recordings is 1.02 times
	// the ascent of the device; the plain sum of rises is 1.22 times it, and up to 2.95 times.
	barometerNoise = 2.0 // m; watches and bike computers
	gpsNoise       = 3.0 // m; phones, which write GPX
)

// ascent returns the metres climbed, from turning points of the smoothed altitude. It is nil with fewer than two altitudes.
func ascent(points []Point, format Format) *float64 {
	threshold := barometerNoise
	if format == GPX {
		threshold = gpsNoise
	}
	var altitudes []float32
	for _, p := range points {
		if !absent(p.AltitudeM) {
			altitudes = append(altitudes, p.AltitudeM)
		}
	}
	if len(altitudes) < 2 {
		return nil
	}
	var total, low, high float64
	sum := 0.0
	for i := range altitudes {
		sum += float64(altitudes[i])
		from := max(0, i-ascentWindow+1)
		if i >= ascentWindow {
			sum -= float64(altitudes[i-ascentWindow])
		}
		h := sum / float64(i-from+1)
		switch {
		case i == 0:
			low, high = h, h
		case h > high:
			high = h
		case high-h >= threshold: // the climb before is confirmed
			if high-low >= threshold {
				total += high - low
			}
			low, high = h, h
		case h < low && high-low < threshold:
			low, high = h, h
		}
	}
	if high-low >= threshold {
		total += high - low
	}
	return new(math.Round(total*10) / 10)
}
