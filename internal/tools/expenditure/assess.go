package expenditure

import (
	"math"
	"time"

	"github.com/ultimatecoach/api/internal/tools/weighttrend"
)

const (
	// usualWindow and widestWindow are how many days an assessment looks back. The wider one is used while the usual one is not certain
	// enough: with 28 days two of three people are within 5 % of the truth, with 42 days six of seven.
	usualWindow, widestWindow = 28, 42
	// shortestWindow is the least for which there is an estimate.
	shortestWindow = 21
	minLoggedDays  = 14
	minWeighIns    = 8
	// maxGap is the longest time between two weigh-ins, in days.
	maxGap = 7
	// Of any 7 days in a row at least 4 are logged.
	weekDays, minLoggedOfWeek = 7, 4
	// waterDays are left out after a change of the targets of more than targets.StepKcal: the water that the body gains or loses then looks like
	// 300 to 700 kcal a day.
	waterDays = 7
	// holdDays is for how many days an estimate is kept while newer data do not suffice.
	holdDays = 60

	highConfidence, mediumConfidence = 125, 250 // kcal, half the width of the interval

	// The least and the most TDEE that is believed, as multiples of BMR.
	minOfBMR, maxOfBMR = 1.0, 3.0
)

// DaysNeeded is how many days before today an assessment can use.
const DaysNeeded = widestWindow + holdDays

// A day counts as logged when it is marked complete, or has minMeals and minShareOfBMR of the energy that the body needs at rest.
const (
	minMeals      = 2
	minShareOfBMR = 0.5
	usualBMR      = 1400 // kcal, where the person's is not known
)

// IsLogged reports whether a day with these meals counts. bmr is nil where it is not known.
func IsLogged(meals int, kcal float64, complete bool, bmr *float64) bool {
	least := minShareOfBMR * usualBMR
	if bmr != nil {
		least = minShareOfBMR * *bmr
	}
	return complete || meals >= minMeals && kcal >= least
}

// Person is what an assessment knows beside weights and intake.
type Person struct {
	// Today is the local date; the day is not over and does not count, but its weigh-in does.
	Today time.Time
	// BMR and Formula are BMR and TDEE by formula in kcal, nil where an input is missing.
	BMR, Formula *float64
	KcalPerKg    float64
	// TargetStepOn is the day of the last change of targets by more than targets.StepKcal, or nil.
	TargetStepOn *time.Time
}

// Status says what the figure does at present.
type Status string

// The statuses.
const (
	// Updating follows new data.
	Updating Status = "updating"
	// Calibrating is not certain enough yet.
	Calibrating Status = "calibrating"
	// Holding keeps the last figure, because newer data do not suffice.
	Holding Status = "holding"
)

// Basis says what a figure is computed from.
type Basis string

// The bases.
const (
	Combined    Basis = "combined"
	WeightsOnly Basis = "weights_and_meals"
	FormulaOnly Basis = "formula"
	None        Basis = "none"
)

// Assessment is the estimate for a person, and how it came about.
type Assessment struct {
	Status Status
	Basis  Basis
	// Estimate is zero when Basis is None. Share is the part of the weights in it.
	Estimate Estimate
	Share    float64
	// AsOf is the last day that was used.
	AsOf time.Time
	// Window is what the estimate was computed from or, where it suffices for none, what there is.
	Window Window
	// Limited says that the figure was outside of what is believed, and is at its limit.
	Limited bool
}

// Confidence returns high, medium or low.
func (a Assessment) Confidence() string {
	switch margin := a.Estimate.Margin(); {
	case a.Basis == None || margin > mediumConfidence:
		return "low"
	case margin > highConfidence:
		return "medium"
	}
	return "high"
}

// Adaptive reports whether the figure comes from weights and meals, so that targets may use it.
func (a Assessment) Adaptive() bool {
	return (a.Basis == Combined || a.Basis == WeightsOnly) && a.Status != Calibrating
}

// Window is the data of an assessment.
type Window struct {
	// First and Last are its days.
	First, Last          time.Time
	WeighIns, LoggedDays int
	MeanKcal             float64
	// Missing is what an estimate still needs; all zero when nothing is missing.
	Missing struct{ Days, LoggedDays, WeighIns int }
	// GapInWeighIns and GapInLog say that the data suffice, but not everywhere.
	GapInWeighIns, GapInLog bool

	weights []weighttrend.Weight
	days    []Day
}

// Days returns how many days the window has.
func (w Window) Days() int { return len(w.days) }

func (w Window) suffices() bool {
	return w.Missing.Days+w.Missing.LoggedDays+w.Missing.WeighIns == 0 && !w.GapInWeighIns && !w.GapInLog
}

// Assess returns the estimate of today or, when the data do not suffice, of the last day on which they did. weights and days are in order;
// days are consecutive and end before today.
func Assess(weights []weighttrend.Weight, days []Day, p Person) Assessment {
	for back := range holdDays + 1 {
		today := p.Today.AddDate(0, 0, -back)
		w := windowOf(weights, days, p, today, usualWindow)
		if !w.suffices() {
			continue
		}
		a := p.assess(w)
		if wide := windowOf(weights, days, p, today, widestWindow); a.Confidence() != "high" && wide.suffices() && wide.Days() > w.Days() {
			a = p.assess(wide)
		}
		a.Status = Updating
		switch {
		case back > 0:
			a.Status = Holding
		case a.Confidence() == "low":
			a.Status = Calibrating
		}
		return a
	}
	a := Assessment{Status: Calibrating, Basis: None, AsOf: p.Today, Window: windowOf(weights, days, p, p.Today, usualWindow)}
	if p.Formula != nil {
		a.Basis, a.Estimate = FormulaOnly, FromFormula(*p.Formula)
	}
	return a
}

// assess computes the estimate of a window.
func (p Person) assess(w Window) Assessment {
	a := Assessment{Basis: WeightsOnly, Estimate: FromWeights(w.weights, w.days, p.KcalPerKg), Share: 1, AsOf: w.Last, Window: w}
	if p.Formula != nil {
		a.Basis = Combined
		a.Estimate, a.Share = a.Estimate.Combine(FromFormula(*p.Formula))
	}
	if p.BMR != nil {
		believed := min(max(a.Estimate.TDEE, minOfBMR**p.BMR), maxOfBMR**p.BMR)
		a.Limited, a.Estimate.TDEE = believed != a.Estimate.TDEE, believed
	}
	return a
}

// windowOf returns the data of at most length days before today, and what is missing in them.
func windowOf(weights []weighttrend.Weight, days []Day, p Person, today time.Time, length int) Window {
	w := Window{First: today.AddDate(0, 0, -length), Last: today.AddDate(0, 0, -1)}
	if step := p.TargetStepOn; step != nil && step.Before(today) {
		if after := step.AddDate(0, 0, waterDays); after.After(w.First) {
			w.First = after
		}
	}
	// What was eaten before the first weigh-in says nothing.
	for _, x := range weights {
		if !x.Day.Before(w.First) && !x.Day.After(today) {
			w.weights = append(w.weights, x)
		}
	}
	w.First = today
	if len(w.weights) > 0 {
		w.First = w.weights[0].Day
	}
	for _, d := range days {
		if !d.Day.Before(w.First) && d.Day.Before(today) {
			w.days = append(w.days, d)
		}
	}
	w.WeighIns = len(w.weights)
	w.MeanKcal, _, w.LoggedDays = intake(w.days)
	if math.IsNaN(w.MeanKcal) {
		w.MeanKcal = 0
	}
	w.Missing.Days = max(0, shortestWindow-len(w.days))
	w.Missing.LoggedDays = max(0, minLoggedDays-w.LoggedDays)
	w.Missing.WeighIns = max(0, minWeighIns-w.WeighIns)
	w.GapInWeighIns = longestGap(w.weights, today) > maxGap
	w.GapInLog = leastLoggedOfWeek(w.days) < minLoggedOfWeek
	return w
}

// longestGap returns the most days between two weigh-ins, or between the last one and today.
func longestGap(weights []weighttrend.Weight, today time.Time) (longest int) {
	for i, w := range weights {
		next := today
		if i+1 < len(weights) {
			next = weights[i+1].Day
		}
		longest = max(longest, int(next.Sub(w.Day)/(24*time.Hour)))
	}
	return longest
}

// leastLoggedOfWeek returns the fewest logged days of any weekDays in a row.
func leastLoggedOfWeek(days []Day) int {
	least := weekDays
	for end := weekDays; end <= len(days); end++ {
		logged := 0
		for _, d := range days[end-weekDays : end] {
			if d.Logged {
				logged++
			}
		}
		least = min(least, logged)
	}
	return least
}
