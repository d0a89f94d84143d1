package activities

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/oapi-codegen/nullable"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/energy"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// heartRateZones is the column: what the client knows, and the bounds that follow from it and the profile.
type heartRateZones struct {
	MaxBPM     *int          `json:"max_bpm,omitempty"`
	RestingBPM *int          `json:"resting_bpm,omitempty"`
	Coverage   *float64      `json:"coverage,omitempty"`
	Seconds    []int         `json:"seconds,omitempty"`
	Zones      *energy.Zones `json:"zones,omitempty"`
}

// zones returns the column as the contract's HeartRateZones; nil as long as no bounds are known.
func (z *heartRateZones) zones() *api.HeartRateZones {
	if z == nil || z.Zones == nil {
		return nil
	}
	shown := &api.HeartRateZones{
		BoundsBpm: z.Zones.Bounds[:], MaxBpm: z.Zones.Max, MaxSource: api.HeartRateZonesMaxSourceAge,
		RestingBpm: z.Zones.Resting, Method: api.HeartRateZonesMethodMax, Coverage: z.Coverage, Seconds: z.Seconds,
	}
	if z.Zones.Measured {
		shown.MaxSource = api.HeartRateZonesMaxSourceMeasured
	}
	if z.Zones.Resting != nil {
		shown.Method = api.HeartRateZonesMethodReserve
	}
	return shown
}

func (r *record) setHeartRateZones(sent *api.HeartRateZonesInput) {
	r.HeartRateZones = nil
	if sent != nil {
		r.HeartRateZones = &heartRateZones{MaxBPM: sent.MaxBpm, RestingBPM: sent.RestingBpm, Coverage: sent.Coverage, Seconds: sent.Seconds}
	}
}

// setActivity stores the key or the code of the activity that a client names, and its category where none was given.
func (r *record) setActivity(fields *validation.Errors, name *string) {
	r.Activity = nil
	if name == nil {
		return
	}
	if a := energy.Find(*name); a != nil {
		r.Activity = &a.Key
		if r.Category == "" {
			r.Category = a.Category
		}
		return
	}
	if _, ok := energy.FindCode(*name); ok {
		r.Activity = name
		return
	}
	var keys []string
	for _, candidate := range energy.Candidates(*name) {
		keys = append(keys, candidate.Key)
	}
	if len(keys) > 0 {
		fields.AddMessage("activity", ambiguousActivity, "means several activities: send %s", strings.Join(keys, ", "))
		return
	}
	fields.Add("activity", unknownActivity)
}

// energyColumns are the columns that the energy follows from. Others, such as the name, do not compute it again: the weight of the profile may
// have changed since.
func (r *record) energyColumns() []any {
	zones := heartRateZones{}
	if r.HeartRateZones != nil {
		zones = *r.HeartRateZones
		zones.Zones = nil
	}
	metrics, _ := measuredOf(r.Metrics)
	return []any{
		r.Category, r.Activity, r.StartedAt.UTC(), r.TimerS, r.MovingS, r.UserKcal, r.DeviceKcal, r.DeviceRestingKcal, zones, metrics,
	}
}

// computeEnergy fills in the columns of the energy, the family and the heart rate zones.
func (r *record) computeEnergy(in *inputs) error {
	if r.EnergyExplanation == nil {
		r.EnergyExplanation = []energy.Reason{}
	}
	if in.activity != nil && reflect.DeepEqual(r.energyColumns(), in.activity.energyColumns()) {
		return nil
	}
	measured, err := measuredOf(r.Metrics)
	if err != nil {
		return err
	}
	input := r.energyInput(in, measured)
	r.Family = nil
	if family := energy.Family(input.Activity, measured.Kind, r.Category); family != "" {
		r.Family = &family
	}
	if measured.Kind == dayTotal {
		r.Family = new(dayTotal)
		input.DeviceRestingKcal = new(0.0) // the figure is above rest
	}
	r.computeZones(input)
	r.Kcal, r.KcalNet, r.EnergySource, r.MET, r.METCode, r.METYear, r.EnergyMatch, r.WeightKg = nil, nil, nil, nil, nil, nil, nil, nil
	r.EnergyExplanation = []energy.Reason{}
	result, missing := energy.Compute(input)
	if len(missing) > 0 {
		return nil
	}
	r.Kcal, r.KcalNet, r.EnergySource, r.WeightKg = &result.Kcal, result.Net, new(string(result.Source)), result.WeightKg
	r.EnergyExplanation = result.Explanation
	if result.MET > 0 {
		r.MET = &result.MET
	}
	if result.Code != "" {
		r.METCode, r.METYear, r.EnergyMatch = &result.Code, new(energy.Year), new(string(api.EnergyMatchExact))
		if result.Near {
			r.EnergyMatch = new(string(api.EnergyMatchNear))
		}
	}
	return nil
}

// dayTotal is the kind of metrics, and the family, of the active energy of a day.
const dayTotal = "day_total"

// computeZones stores the bounds when a heart rate was measured.
func (r *record) computeZones(in energy.Input) {
	if r.HeartRateZones == nil {
		if in.HeartRate.Average == nil {
			return
		}
		r.HeartRateZones = &heartRateZones{}
	}
	r.HeartRateZones.Zones = energy.ZonesOf(r.HeartRateZones.MaxBPM, r.HeartRateZones.RestingBPM, in.AgeYears)
}

// energyInput collects what the energy follows from.
func (r *record) energyInput(in *inputs, m measured) energy.Input {
	input := energy.Input{
		Category: r.Category, Activity: m.activity(), TimerS: r.TimerS, MovingS: r.MovingS, DistanceM: m.distance(),
		AveragePowerW: m.AvgPowerWatts, HeartRate: energy.HeartRateInput{Average: m.AvgHeartRate},
		UserKcal: r.UserKcal, DeviceKcal: r.DeviceKcal, DeviceRestingKcal: r.DeviceRestingKcal,
		WeightKg: in.WeightKg, Sex: in.BiologicalSex, AgeYears: ageOn(in.BirthDate, r.StartedAt),
	}
	if r.Activity != nil {
		input.Activity = energy.Find(*r.Activity)
		if row, ok := energy.FindCode(*r.Activity); ok {
			input.Activity, input.Row = nil, &row
		}
	}
	if z := r.HeartRateZones; z != nil {
		input.HeartRate.Coverage, input.HeartRate.Max, input.HeartRate.Resting = z.Coverage, z.MaxBPM, z.RestingBPM
	}
	return input
}

// measured are the members of metrics that more than one kind has or that energy follows from.
type measured struct {
	Kind          string   `json:"kind"`
	Sport         *string  `json:"sport"`
	DistanceKm    *float64 `json:"distance_km"`
	DistanceM     *float64 `json:"distance_m"`
	PoolLengthM   *float64 `json:"pool_length_m"`
	AvgHeartRate  *int     `json:"avg_heart_rate"`
	AvgPowerWatts *float64 `json:"avg_power_watts"`
	// Laps is a number for swimming and a list for the other kinds.
	Laps json.RawMessage `json:"laps"`
}

func measuredOf(metrics json.RawMessage) (m measured, err error) {
	err = readMetrics(metrics, &m)
	return m, err
}

// activity returns the activity that the kind of metrics stands for when no activity is named.
func (m measured) activity() *energy.Activity {
	switch m.Kind {
	case "running", "cycling":
		return energy.Find(m.Kind)
	case "swimming":
		if m.PoolLengthM != nil {
			return energy.Find("lap_swimming")
		}
		return energy.Find("swimming")
	case "strength":
		return energy.Find("strength_training")
	case "sport":
		if m.Sport != nil {
			return energy.Find(*m.Sport)
		}
	}
	return nil
}

// distance returns metres; nil is unknown. The column distance_m has the same rule.
func (m measured) distance() *float64 {
	switch {
	case m.DistanceM != nil:
		return m.DistanceM
	case m.DistanceKm != nil:
		return new(*m.DistanceKm * 1000)
	case m.PoolLengthM != nil && len(m.Laps) > 0:
		var laps float64
		if json.Unmarshal(m.Laps, &laps) == nil {
			return new(laps * *m.PoolLengthM)
		}
	}
	return nil
}

// energy returns the columns as the contract's Energy; nil when it is not known.
func (r *record) energy() *api.ActivityEnergy {
	if r.Kcal == nil {
		return nil
	}
	e := &api.ActivityEnergy{
		Kcal: *r.Kcal, KcalNet: r.KcalNet, Source: api.EnergySource(*r.EnergySource), Met: r.MET, MetCode: r.METCode, MetYear: r.METYear,
		Match: (*api.EnergyMatch)(r.EnergyMatch), WeightKg: r.WeightKg, Explanation: []api.EnergyReason{},
	}
	for _, reason := range r.EnergyExplanation {
		e.Explanation = append(e.Explanation, api.EnergyReason{Code: reason.Code, Message: reason.Message})
	}
	if r.METCode != nil {
		e.Attribution = new(energy.Attribution)
	}
	return e
}

// sumLegs fills in what the whole does not have itself with the sum of its legs. A sum needs all its parts: with one leg unknown, the whole is.
func sumLegs(a *api.Activity) {
	if len(a.Legs) == 0 {
		return
	}
	if a.DistanceM == nil {
		a.DistanceM = sumOf(a.Legs, func(l api.ActivityLeg) *float64 { return l.DistanceM }, withoutDistance)
	}
	if a.AscentM == nil {
		a.AscentM = sumOf(a.Legs, func(l api.ActivityLeg) *float64 { return l.AscentM }, withoutAscent)
	}
	if a.Energy != nil && (a.Energy.Source == api.EnergySourceUser || a.Energy.Source == api.EnergySourceDevice) {
		return
	}
	kcal := sumOf(a.Legs, func(l api.ActivityLeg) *float64 { return kcalOf(l.Energy) }, withoutEnergy)
	if kcal == nil {
		return
	}
	a.Energy = &api.ActivityEnergy{
		Kcal: *kcal, KcalNet: sumOf(a.Legs, func(l api.ActivityLeg) *float64 { return netOf(l.Energy) }, withoutEnergy),
		Source:      api.EnergySourceLegs,
		Explanation: []api.EnergyReason{{Code: "legs", Message: "The sum of the legs."}},
	}
}

func kcalOf(e *api.ActivityEnergy) *float64 {
	if e == nil {
		return nil
	}
	return &e.Kcal
}

func netOf(e *api.ActivityEnergy) *float64 {
	if e == nil {
		return nil
	}
	return e.KcalNet
}

// sumOf returns the sum of what legs have; nil when one does not have it whose kind is not among without, or none has it.
func sumOf(legs []api.ActivityLeg, of func(api.ActivityLeg) *float64, without []string) *float64 {
	var sum *float64
	for _, leg := range legs {
		value := of(leg)
		if value == nil {
			if slices.Contains(without, kindOfLeg(leg)) {
				continue
			}
			return nil
		}
		if sum == nil {
			sum = new(0.0)
		}
		*sum += *value
	}
	if sum != nil {
		*sum = math.Round(*sum*100) / 100
	}
	return sum
}

// Kinds of legs that may be without a number: their metrics do not have it, or it is too small to be measured. The functions that sum up days
// have the same.
var (
	withoutEnergy   = []string{"transition"}
	withoutDistance = []string{"transition", "strength"}
	withoutAscent   = []string{"transition", "swimming", "strength", "sport"}
)

// kindOfLeg returns the kind of the metrics of a leg; "" without metrics.
func kindOfLeg(leg api.ActivityLeg) string {
	if leg.Metrics == nil {
		return ""
	}
	kind, err := leg.Metrics.Discriminator()
	if err != nil {
		return ""
	}
	return kind
}

// ageOn returns the age in whole years; nil without a date of birth.
func ageOn(born *time.Time, at time.Time) *int {
	if born == nil {
		return nil
	}
	years := at.Year() - born.Year()
	if at.Month() < born.Month() || at.Month() == born.Month() && at.Day() < born.Day() {
		years--
	}
	return &years
}

// tenths rounds to the column's 0.1 kcal.
func tenths(kcal *float64) *float64 {
	if kcal == nil {
		return nil
	}
	return new(math.Round(*kcal*10) / 10)
}

func setTenths(column **float64, value nullable.Nullable[float64]) {
	if value.IsSpecified() {
		*column = tenths(optional.Value(value))
	}
}
