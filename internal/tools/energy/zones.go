package energy

import "math"

// MaxHeartRate returns the measured highest heart rate or, without one, 208 − 0.7 × age (Tanaka 2001; people differ by 10 beats). nil when
// neither is known.
func MaxHeartRate(measured, age *int) *int {
	switch {
	case measured != nil:
		return measured
	case age != nil:
		return new(int(math.Round(208 - 0.7*float64(*age))))
	}
	return nil
}

// zoneShares are the lower bounds of the five zones.
var zoneShares = [5]float64{0.5, 0.6, 0.7, 0.8, 0.9}

// Zones are five zones of heart rate.
type Zones struct {
	// Bounds are the lower bounds in beats per minute.
	Bounds [5]int `json:"bounds_bpm"`
	// Max is the highest heart rate that the bounds follow from, and Measured whether it was measured or follows from the age.
	Max      int  `json:"max_bpm"`
	Measured bool `json:"measured"`
	// Resting is the resting heart rate; with it the bounds are shares of the reserve between resting and highest.
	Resting *int `json:"resting_bpm,omitempty"`
}

// ZonesOf returns the zones of a person; nil when the highest heart rate is unknown. Bounds are rounded half up.
func ZonesOf(measuredMax, resting, age *int) *Zones {
	highest := MaxHeartRate(measuredMax, age)
	if highest == nil || resting != nil && *resting >= *highest {
		return nil
	}
	z := &Zones{Max: *highest, Measured: measuredMax != nil, Resting: resting}
	from, reserve := 0.0, float64(*highest)
	if measuredMax == nil {
		reserve = 208 - 0.7*float64(*age)
	}
	if resting != nil {
		from, reserve = float64(*resting), reserve-float64(*resting)
	}
	for i, share := range zoneShares {
		z.Bounds[i] = int(math.Floor(from + share*reserve + 0.5))
	}
	return z
}
