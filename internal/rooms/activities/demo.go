package activities

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// demoRun is the id in the docs' examples.
const demoRun = "7d1f3c1e-2b64-4c0c-9d0e-3f5b8f0f2c01"

// demoDays is how many days the demo activities cover.
const demoDays = 14

// Demonstrate logs two weeks of activities. Each one always has the same id, so that it is not logged twice, nor again after it was
// deleted.
func (h *Handlers) Demonstrate(ctx context.Context, d room.Demo) error {
	for back := range demoDays {
		for _, activity := range demoActivities(d, back) {
			_, err := h.CreateActivity(ctx, api.CreateActivityRequestObject{Body: &activity})
			if err != nil && db.Diagnose(err) != db.Duplicate {
				return fmt.Errorf("log a demo activity: %w", err)
			}
		}
	}
	return h.demonstrateFile(ctx, d)
}

// demoActivities returns the activities of a day: a run on every second day.
func demoActivities(d room.Demo, back int) []api.ActivityCreate {
	day := d.Day.AddDate(0, 0, -back)
	a := api.ActivityCreate{Category: new(api.ActivityCategoryCardioSteadyState), StartedAt: day.Add(6 * time.Hour), Timezone: &d.Zone}
	switch {
	case back%2 == 0:
		a.Name, a.ElapsedS = new("Along the river"), new(1800)
		a.Metrics = demoMetrics(api.RunningMetrics{DistanceKm: new(5.0)})
	default:
		return nil
	}
	first := d.ID(demoRun)
	a.ID = new(uuid.NewSHA1(first, fmt.Appendf(nil, "%d days before: %s", back, *a.Category)))
	if back == 0 {
		a.ID = &first
	}
	return []api.ActivityCreate{a}
}

func demoMetrics(run api.RunningMetrics) *api.ActivityMetrics {
	m := &api.ActivityMetrics{}
	_ = m.FromRunningMetrics(run) // cannot fail: the struct has only strings and numbers
	return m
}
