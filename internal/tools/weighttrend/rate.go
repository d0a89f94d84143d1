package weighttrend

import (
	"math"
	"time"
)

// Status says how far a figure can be relied on.
type Status string

// The statuses.
const (
	OK               Status = "ok"
	Preliminary      Status = "preliminary"
	InsufficientData Status = "insufficient_data"
)

// RateWindowDays is how many days the rate looks back.
const RateWindowDays = 28

// need is what a status needs: so many weigh-ins, over so many days, the first and the last one included.
type need struct{ weighIns, spanDays int }

var needs = map[Status]need{OK: {8, 21}, Preliminary: {6, 14}}

// Rate is the change of weight per week, by regression on the weigh-ins of the last RateWindowDays. The trend is not used: it lags.
type Rate struct {
	Status Status
	// Missing is what Status OK still needs; it is zero when nothing is missing.
	Missing struct{ WeighIns, SpanDays int }
	// WeighIns are the days with a weigh-in in the window, SpanDays the days from the first to the last of them.
	WeighIns, SpanDays int
	// KgPerWeek and its interval of [Level]; they are only there when the status is not InsufficientData.
	KgPerWeek, Low, High float64
	// kg is the weight on the last day of the window by the fitted line.
	kg   float64
	last time.Time
}

// RateAt returns the rate of the window that ends with the day last.
func RateAt(weights []Weight, last time.Time) Rate {
	r := Rate{Status: InsufficientData, last: last}
	var x []int
	var y []float64
	first := last.AddDate(0, 0, 1-RateWindowDays)
	for _, w := range weights {
		if !w.Day.Before(first) && !w.Day.After(last) {
			x, y = append(x, days(first, w.Day)), append(y, w.Kg)
		}
	}
	if r.WeighIns = len(x); r.WeighIns > 0 {
		r.SpanDays = x[len(x)-1] - x[0] + 1
	}
	for _, status := range []Status{Preliminary, OK} {
		if n := needs[status]; r.WeighIns >= n.weighIns && r.SpanDays >= n.spanDays {
			r.Status = status
		}
	}
	r.Missing.WeighIns = max(0, needs[OK].weighIns-r.WeighIns)
	r.Missing.SpanDays = max(0, needs[OK].spanDays-r.SpanDays)
	if r.Status == InsufficientData {
		return r
	}
	line := Fit(x, y)
	margin := line.Margin()
	r.KgPerWeek = 7 * line.Slope
	r.Low, r.High = 7*(line.Slope-margin), 7*(line.Slope+margin)
	r.kg = line.Intercept + line.Slope*(RateWindowDays-1)
	return r
}

// Reach says whether and when a goal weight is reached at the present rate.
type Reach string

// The values of Reach.
const (
	Reachable    Reach = "reachable"
	Reached      Reach = "reached"
	NotReachable Reach = "not_reachable"
	Unknown      Reach = "unknown"
)

const (
	// reachedWithin is how near to the goal counts as reached, in kg: less than scales and days differ.
	reachedWithin = 0.1
	// maxDateWeeks is up to how many weeks ahead a date is given. Losing weight slows down: at the new steady state about 24 kcal a
	// day change a kilogram, half of it within a year (Hall KD et al., Lancet 2011;378:826–37), so that a straight line is too rosy.
	maxDateWeeks = 26
	// maxWeeks is the most that is returned: a rate next to nothing takes longer than a life.
	maxWeeks = 10_000
)

// Projection is when the goal is reached at the present rate.
type Projection struct {
	Reach Reach
	// Weeks is how long it takes from the last day of the rate's window.
	Weeks float64
	// Date, Earliest and Latest are zero when Weeks is more than maxDateWeeks. The range comes from both ends of the rate's interval.
	Date, Earliest, Latest time.Time
}

// Way is which way a person wants their weight to go.
type Way int

// The ways.
const (
	EitherWay Way = iota
	Down
	Up
)

// Project returns when the goal in kg is reached. A weight that is beyond it, in the way that the person wants, has reached it. A rate whose
// interval contains 0, or points away from the goal, never reaches it.
func (r Rate) Project(goalKg float64, way Way) Projection {
	if r.Status == InsufficientData {
		return Projection{Reach: Unknown}
	}
	left := goalKg - r.kg
	if math.Abs(left) <= reachedWithin || way == Down && left > 0 || way == Up && left < 0 {
		return Projection{Reach: Reached}
	}
	if left > 0 && r.Low <= 0 || left < 0 && r.High >= 0 {
		return Projection{Reach: NotReachable}
	}
	fastest, slowest := r.Low, r.High
	if left > 0 {
		fastest, slowest = r.High, r.Low
	}
	p := Projection{Reach: Reachable, Weeks: min(left/r.KgPerWeek, maxWeeks)}
	if p.Weeks <= maxDateWeeks {
		p.Date, p.Earliest, p.Latest = r.after(p.Weeks), r.after(left/fastest), r.after(left/slowest)
	}
	return p
}

// after returns the day that many weeks after the window, at most 10 years.
func (r Rate) after(weeks float64) time.Time {
	return r.last.AddDate(0, 0, int(math.Ceil(min(weeks*7, 3653))))
}
