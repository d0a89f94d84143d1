package energy

import (
	"cmp"
	"fmt"
	"math"
)

// Source says how a figure came about, from the most to the least trusted one.
type Source string

// Sources.
const (
	User            Source = "user"             // typed in
	Device          Source = "device"           // the device's own total
	Power           Source = "power"            // of the pedals or of a rowing machine
	HeartRate       Source = "heart_rate"       // Keytel 2005
	Speed           Source = "speed"            // a row of the Compendium for the speed
	METTable        Source = "met_table"        // the activity's row of the Compendium
	CategoryDefault Source = "category_default" // a MET for the category, when the activity is not known
)

// categoryMETs are the METs of an activity of which only the category is known.
var categoryMETs = map[string]float64{
	"cardio_steady_state": 7, "cardio_interval": 10, "strength_training": 5, "sports": 7, "flexibility": 3, "other": 5,
}

// Input is what is known about an activity. Absent members are unknown.
type Input struct {
	Category string
	Activity *Activity
	// Row is a row of the Compendium that was named by its code, instead of Activity.
	Row *Row
	// TimerS and MovingS are seconds.
	TimerS    int
	MovingS   *int
	DistanceM *float64
	// AveragePowerW counts only for cycling and rowing machines: power of running is an estimate.
	AveragePowerW *float64
	HeartRate     HeartRateInput
	// UserKcal was typed in; DeviceKcal is a device's total. Both contain rest. DeviceRestingKcal is the part of DeviceKcal that is rest.
	UserKcal, DeviceKcal, DeviceRestingKcal *float64

	WeightKg *float64
	// AgeYears at the time of the activity.
	AgeYears *int
	// Sex is male or female.
	Sex *string
}

// HeartRateInput is what is known about the heart rate, in beats per minute.
type HeartRateInput struct {
	Average *int
	// Coverage is the share of the time for which it was measured; nil means all of it.
	Coverage *float64
	// Max and Resting are the person's own, measured ones.
	Max, Resting *int
}

// Result is the energy of an activity.
type Result struct {
	// Kcal contains rest; Net does not. Net is nil when it would need a weight that is not known.
	Kcal   float64
	Net    *float64
	Source Source
	// MET, Code and Near are of the row that was used; 0 and "" without one. Code is "" for a category.
	MET  float64
	Code string
	Near bool
	// WeightKg is the weight that was used; nil when none was.
	WeightKg    *float64
	Explanation []Reason
}

// Reason is a step of the computation. Code is stable, Message is a sentence for people.
type Reason struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Missing are names of inputs, as the profile calls them.
type Missing string

// Weight is the only input without which there is no figure at all.
const Weight Missing = "weight_kg"

// Compute returns the energy by the best source that the input has, or what is missing.
func Compute(in Input) (*Result, []Missing) {
	for _, compute := range []func(Input) *Result{byUser, byDevice, byPower, byHeartRate, bySpeed, byTable, byCategory} {
		if r := compute(in); r != nil {
			r.round()
			return r, nil
		}
	}
	return nil, []Missing{Weight}
}

func hours(seconds int) float64 { return float64(seconds) / 3600 }

// net subtracts rest, which is 1 MET, from a total.
func (in Input) net(kcal float64) *float64 {
	if in.WeightKg == nil {
		return nil
	}
	return new(max(0, kcal-*in.WeightKg*hours(in.TimerS)))
}

// explainNet explains why the net figure is absent.
func (r *Result) explainNet(in Input) *Result {
	if r.Net == nil {
		r.explain("net_unknown", "The part above rest is not known without your weight.")
	}
	r.WeightKg = in.WeightKg
	return r
}

func byUser(in Input) *Result {
	if in.UserKcal == nil {
		return nil
	}
	r := &Result{Kcal: *in.UserKcal, Net: in.net(*in.UserKcal), Source: User}
	r.explain("typed_in", "You entered this figure.")
	return r.explainNet(in)
}

func byDevice(in Input) *Result {
	if in.DeviceKcal == nil {
		return nil
	}
	r := &Result{Kcal: *in.DeviceKcal, Source: Device}
	r.explain("device_total", "The device's own figure.")
	if in.DeviceRestingKcal != nil {
		r.Net = new(max(0, *in.DeviceKcal-*in.DeviceRestingKcal))
		r.explain("device_resting", "The device says which part of it is rest.")
		return r
	}
	r.Net = in.net(*in.DeviceKcal)
	return r.explainNet(in)
}

// efficiency is the share of the energy that reaches the pedals; people have 20 to 25 %.
const efficiency = 0.24

const kilojoulesPerKcal = 4.184

// byPower uses the work at the pedals; for a rowing machine, whose efficiency is another, it uses the row of the power.
func byPower(in Input) *Result {
	if in.AveragePowerW == nil || *in.AveragePowerW <= 0 || in.Activity == nil {
		return nil
	}
	if Family(in.Activity, "", "") == "cycling" {
		r := &Result{Kcal: *in.AveragePowerW * float64(in.TimerS) / 1000 / efficiency / kilojoulesPerKcal, Source: Power}
		r.Net = in.net(r.Kcal)
		r.explain("work", "Work at the pedals divided by an efficiency of 24 %; people have 20 to 25 %.")
		return r.explainNet(in)
	}
	row, ok := in.Activity.band(true, *in.AveragePowerW)
	if !ok || in.WeightKg == nil {
		return nil
	}
	r := in.byMET(row.MET, in.TimerS, Power)
	r.Code = row.Code
	r.explain("power_band", fmt.Sprintf("%.0f W: %s.", *in.AveragePowerW, row.Description))
	return r
}

// Conditions under which heart rate says something about energy.
const (
	minHeartRateSeconds  = 10 * 60
	minHeartRateCoverage = 0.8
	minHeartRateShare    = 0.57 // of the highest heart rate
	maxHeartRateShare    = 0.90
)

// byHeartRate is the equation of Keytel et al. (2005) without VO₂max. Below and above its range it is far off: at 60 beats per minute it says
// less than rest.
func byHeartRate(in Input) *Result {
	hr := in.HeartRate
	highest := MaxHeartRate(hr.Max, in.AgeYears)
	if hr.Average == nil || in.WeightKg == nil || in.AgeYears == nil || in.Sex == nil || highest == nil ||
		in.Category != "cardio_steady_state" {
		return nil
	}
	if in.TimerS < minHeartRateSeconds || hr.Coverage != nil && *hr.Coverage < minHeartRateCoverage {
		return nil
	}
	if share := float64(*hr.Average) / float64(*highest); share < minHeartRateShare || share > maxHeartRateShare {
		return nil
	}
	perMinute := keytel(*in.Sex == "male", float64(*hr.Average), *in.WeightKg, float64(*in.AgeYears))
	r := &Result{Kcal: perMinute * float64(in.TimerS) / 60, Source: HeartRate}
	r.Net = in.net(r.Kcal)
	r.explain("keytel_2005", fmt.Sprintf("Average heart rate %d, weight, age and sex by Keytel et al. (2005), r² 0.73.", *hr.Average))
	if *in.AgeYears < 18 || *in.AgeYears > 45 {
		r.explain("outside_study_ages", "The equation was measured with people of 18 to 45 years.")
	}
	return r.explainNet(in)
}

// keytel returns kcal per minute.
func keytel(male bool, heartRate, kg, years float64) float64 {
	if male {
		return (-55.0969 + 0.6309*heartRate + 0.1988*kg + 0.2017*years) / kilojoulesPerKcal
	}
	return (-20.4022 + 0.4472*heartRate - 0.1263*kg + 0.0740*years) / kilojoulesPerKcal
}

// bySpeed uses the row for the speed. It leaves out cycling, where wind, descents and motors decide more than speed.
func bySpeed(in Input) *Result {
	if in.DistanceM == nil || *in.DistanceM <= 0 || in.WeightKg == nil || in.Activity == nil || in.Activity.Key == "cycling" {
		return nil
	}
	seconds := in.TimerS
	if in.MovingS != nil && *in.MovingS > 0 {
		seconds = *in.MovingS
	}
	speed := *in.DistanceM / float64(seconds) * 3.6
	row, ok := in.Activity.band(false, speed)
	if !ok {
		return nil
	}
	r := in.byMET(row.MET, seconds, Speed)
	r.Code = row.Code
	r.explain("speed_band", fmt.Sprintf("%.1f km/h: %s.", speed, row.Description))
	return r
}

// byTable uses the activity's own row.
func byTable(in Input) *Result {
	if in.WeightKg == nil || in.Activity == nil && in.Row == nil {
		return nil
	}
	var row Row
	near := false
	if in.Row != nil {
		row = *in.Row
	} else {
		row, near = in.Activity.Row, in.Activity.Near
	}
	r := in.byMET(row.MET, in.TimerS, METTable)
	r.Code, r.Near = row.Code, near
	r.explain("table_row", row.Description+".")
	if near {
		r.explain("near_match", "The table has no row for this activity; this is the most similar one.")
	}
	return r
}

func byCategory(in Input) *Result {
	if in.WeightKg == nil {
		return nil
	}
	r := in.byMET(cmp.Or(categoryMETs[in.Category], categoryMETs["other"]), in.TimerS, CategoryDefault)
	r.explain("wide_range", "Only the category is known, whose activities differ widely. Name the activity for a better figure.")
	return r
}

// byMET is MET × kg × hours, the Compendium's own definition; net is without the 1 MET of rest.
func (in Input) byMET(met float64, seconds int, source Source) *Result {
	kgHours := *in.WeightKg * hours(seconds)
	r := &Result{Kcal: met * kgHours, Net: new(max(0, met-1) * kgHours), Source: source, MET: met, WeightKg: in.WeightKg}
	r.explain("met", fmt.Sprintf("%.1f MET × %s kg × %.2f h.", met, short(*in.WeightKg), hours(seconds)))
	if in.AgeYears != nil && *in.AgeYears >= 60 {
		r.explain("adult_table", "The table is for adults of 19 to 59; it overstates for people of 60 and over.")
	}
	return r
}

func short(kg float64) string { return fmt.Sprintf("%g", math.Round(kg*10)/10) }

func (r *Result) explain(code, message string) {
	r.Explanation = append(r.Explanation, Reason{code, message})
}

// round keeps two decimals, as the database does.
func (r *Result) round() {
	r.Kcal = math.Round(r.Kcal*100) / 100
	if r.Net != nil {
		r.Net = new(math.Round(*r.Net*100) / 100)
	}
}
