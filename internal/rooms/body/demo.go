package body

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// The ids in the docs' examples.
const (
	demoWeight = "b0d40000-0000-4000-8000-000000000001"
	demoWater  = "b0d40000-0000-4000-8000-000000000002"
	demoSleep  = "b0d40000-0000-4000-8000-000000000003"
)

// demoDays is how many mornings the demo account was weighed.
const demoDays = 21

// demoNoise makes the demo weights look like those of a scale, in kg. It repeats each week, so that the figures of the guides stay.
var demoNoise = [7]float64{0, 0.3, -0.2, 0.4, -0.3, 0.2, -0.1}

// Demonstrate adds a weight every morning for three weeks, and a week of water and sleep. Each row always has the same id, so that it is
// not added twice, nor again after it was deleted.
func (h *Handlers) Demonstrate(ctx context.Context, d room.Demo) error {
	for back := range demoDays {
		morning := d.Day.AddDate(0, 0, -back).Add(6*time.Hour + 10*time.Minute)
		weight := math.Round((80+0.07*float64(back)+demoNoise[back%len(demoNoise)])*10) / 10
		_, err := h.CreateMeasurement(ctx, api.CreateMeasurementRequestObject{Body: &api.MeasurementCreate{
			ID: new(demoID(d, demoWeight, back)), MeasuredAt: &morning, Timezone: &d.Zone, WeightKg: &weight,
		}})
		if err != nil && db.Diagnose(err) != db.Duplicate {
			return fmt.Errorf("add a demo weight: %w", err)
		}
	}
	for back := range 7 {
		day := d.Day.AddDate(0, 0, -back)
		_, err := h.CreateWater(ctx, api.CreateWaterRequestObject{Body: &api.WaterCreate{
			ID: new(demoID(d, demoWater, back)), DrunkAt: new(day.Add(9 * time.Hour)), Timezone: &d.Zone, AmountMl: 500,
		}})
		if err != nil && db.Diagnose(err) != db.Duplicate {
			return fmt.Errorf("add demo water: %w", err)
		}
		_, err = h.CreateSleep(ctx, api.CreateSleepRequestObject{Body: &api.SleepCreate{
			ID: new(demoID(d, demoSleep, back)), StartedAt: day.Add(-90 * time.Minute), EndedAt: day.Add(6 * time.Hour),
			Timezone: &d.Zone, AsleepMinutes: new(420 + 5*back), Quality: new(4),
		}})
		if _, refused := db.RefusalOf(err); err != nil && !refused && db.Diagnose(err) != db.Duplicate { // other sleep is there already
			return fmt.Errorf("add demo sleep: %w", err)
		}
	}
	return nil
}

// demoID returns the documented id for the last day, and one that follows from it for the days before.
func demoID(d room.Demo, documented string, back int) uuid.UUID {
	if back == 0 {
		return d.ID(documented)
	}
	return uuid.NewSHA1(d.ID(documented), fmt.Appendf(nil, "%d days before", back))
}
