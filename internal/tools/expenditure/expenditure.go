// Package expenditure estimates how much energy a person uses a day (TDEE) from what they weigh and what they log to eat. The estimate
// is "in the person's logging": who always logs 10 % too little gets a figure that is 10 % too low, and targets that fit all the same.
package expenditure

import (
	"math"
	"time"

	"gonum.org/v1/gonum/stat"

	"github.com/ultimatecoach/api/internal/tools/weighttrend"
)

// DefaultKcalPerKg is the energy of a kilogram of body weight: 32.2 MJ. It is right for people with more than about 30 kg of fat (Hall KD,
// Int J Obes 2008;32:573–6).
const DefaultKcalPerKg = 7700

// KcalPerKg returns the energy of a kilogram of body weight by Forbes, for a person with that much fat in kg: leaner people lose more
// lean tissue, which holds less energy.
func KcalPerKg(fatKg float64) float64 {
	const (
		fat, lean = 9441, 1816 // kcal per kg
		forbes    = 10.4       // kg
	)
	return (fat*fatKg + lean*forbes) / (fatKg + forbes)
}

// formulaSD is the standard deviation of a formula's TDEE, as a share of it.
const formulaSD = 0.11

// Day is the intake of a local day.
type Day struct {
	Day  time.Time
	Kcal float64
	// Logged says that the day was logged well enough to count; Kcal of other days is not used.
	Logged bool
}

// Estimate is a TDEE in kcal with its uncertainty.
type Estimate struct {
	TDEE, SE float64
	// degreesOfFreedom are those of the regression behind it; 0 for a formula.
	degreesOfFreedom int
}

// Margin is half the width of the interval of [weighttrend.Level].
func (e Estimate) Margin() float64 {
	if e.degreesOfFreedom == 0 {
		return normalQuantile * e.SE
	}
	return weighttrend.Quantile(e.degreesOfFreedom) * e.SE
}

// normalQuantile is how many standard deviations the interval of [weighttrend.Level] reaches to each side.
const normalQuantile = 1.2815515655446004

// FromFormula returns the estimate of a formula such as Mifflin–St Jeor times an activity factor.
func FromFormula(tdee float64) Estimate { return Estimate{TDEE: tdee, SE: formulaSD * tdee} }

// FromWeights returns the estimate from weigh-ins and intake. days are consecutive; weights are in order, on one of those days or on the
// day after the last. A weigh-in is in the morning: it has seen what was eaten on the days before.
//
// Weight minus the weight of everything eaten so far (its energy divided by kcalPerKg) falls on a straight line, by TDEE / kcalPerKg a
// day, whatever the intake does. So TDEE is the slope of that line. The difference of smoothed weights, or the mean intake minus the
// slope of the weight, are biased when the intake changes within the window. A day that was not logged takes the mean of the others.
func FromWeights(weights []weighttrend.Weight, days []Day, kcalPerKg float64) Estimate {
	mean, sd, logged := intake(days)
	var x []int
	var y []float64
	eaten, day := 0.0, 0
	for _, w := range weights {
		for ; day < len(days) && days[day].Day.Before(w.Day); day++ {
			if days[day].Logged {
				eaten += days[day].Kcal
			} else {
				eaten += mean
			}
		}
		x, y = append(x, int(w.Day.Sub(days[0].Day)/(24*time.Hour))), append(y, w.Kg-eaten/kcalPerKg)
	}
	line := weighttrend.Fit(x, y)
	missing := float64(len(days)-logged) / float64(len(days))
	return Estimate{
		TDEE:             -kcalPerKg * line.Slope,
		SE:               math.Hypot(kcalPerKg*line.SE, sd*math.Sqrt(missing/float64(logged))),
		degreesOfFreedom: line.N - 2,
	}
}

// intake returns the mean and the standard deviation of the days that were logged, and how many they are.
func intake(days []Day) (mean, sd float64, logged int) {
	var kcal []float64
	for _, d := range days {
		if d.Logged {
			kcal = append(kcal, d.Kcal)
		}
	}
	if len(kcal) < 2 {
		return stat.Mean(kcal, nil), 0, len(kcal)
	}
	mean, sd = stat.MeanStdDev(kcal, nil)
	return mean, sd, len(kcal)
}

// Combine returns the mean of both, each weighted by the inverse of its variance. So there is no jump when the estimate from weights
// becomes available, and a bad one counts little. share is the weight of e.
func (e Estimate) Combine(formula Estimate) (combined Estimate, share float64) {
	if e.SE == 0 {
		return e, 1
	}
	mine, theirs := 1/(e.SE*e.SE), 1/(formula.SE*formula.SE)
	share = mine / (mine + theirs)
	return Estimate{
		TDEE: share*e.TDEE + (1-share)*formula.TDEE, SE: math.Sqrt(1 / (mine + theirs)), degreesOfFreedom: e.degreesOfFreedom,
	}, share
}
