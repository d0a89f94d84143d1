// Package weighttrend computes what body weights mean over time: the smoothed trend, the rate per week with its uncertainty, and
// when a goal is reached. It only computes; it reads no database.
package weighttrend

import (
	"math"
	"time"
)

const (
	// HalfLifeDays is after how many days a weigh-in counts half in the trend.
	HalfLifeDays = 7
	// FreshStartDays is the longest gap that the trend bridges: after more days it starts again at the next weigh-in.
	FreshStartDays = 28
	// LagDays is how far the trend is behind a weight that changes steadily: (1−α)/α with α = 1 − 2^(−1/HalfLifeDays).
	LagDays = 9.6
	// MemoryDays is how many days before the first one weigh-ins are read for: what an older one changes in the trend is far below the gram
	// to which it is rounded, because it counts half with every HalfLifeDays.
	MemoryDays = 200
)

// Weight is the weigh-in of a local day: the first one, where there are several.
type Weight struct {
	// Day is the local day, as midnight UTC.
	Day time.Time
	Kg  float64
}

// Day is one local day of the trend.
type Day struct {
	Day time.Time
	// Raw is nil on a day without a weigh-in.
	Raw *float64
	// Trend is nil before the first weigh-in, and when the last one is more than FreshStartDays ago.
	Trend *float64
	// Restarted says that the trend starts again on this day, because the weigh-in before is more than FreshStartDays older.
	Restarted bool
}

// Smooth returns the trend after each weight: an exponentially weighted mean whose weights depend on days, not on the number of
// weigh-ins, so that gaps do not slow it down. It starts at the first weight, and again after a gap of more than FreshStartDays.
func Smooth(weights []Weight) []float64 {
	trend := make([]float64, len(weights))
	for i, w := range weights {
		switch {
		case i == 0 || restarts(weights, i):
			trend[i] = w.Kg
		default:
			alpha := 1 - math.Exp2(-float64(days(weights[i-1].Day, w.Day))/HalfLifeDays)
			trend[i] = trend[i-1] + alpha*(w.Kg-trend[i-1])
		}
	}
	return trend
}

// Days returns every day from the first to the last, both included. weights are in order; those before the first day count as well.
func Days(weights []Weight, first, last time.Time) []Day {
	trend := Smooth(weights)
	all := make([]Day, 0, days(first, last)+1)
	next := 0 // the first weight after the day
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		for next < len(weights) && !weights[next].Day.After(day) {
			next++
		}
		d := Day{Day: day}
		if i := next - 1; i >= 0 && days(weights[i].Day, day) <= FreshStartDays {
			d.Trend = &trend[i]
			if weights[i].Day.Equal(day) {
				d.Raw, d.Restarted = &weights[i].Kg, restarts(weights, i)
			}
		}
		all = append(all, d)
	}
	return all
}

func restarts(weights []Weight, i int) bool {
	return i > 0 && days(weights[i-1].Day, weights[i].Day) > FreshStartDays
}

// days returns the number of days from one local day to another.
func days(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }
