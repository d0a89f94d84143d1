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

// The ids in the docs' examples.
const (
	demoRun      = "7d1f3c1e-2b64-4c0c-9d0e-3f5b8f0f2c01"
	demoStrength = "7d1f3c1e-2b64-4c0c-9d0e-3f5b8f0f2c02"
	demoDip      = "7d1f3c1e-2b64-4c0c-9d0e-3f5b8f0f2c03"
)

// demoDays is how many days the demo activities cover.
const demoDays = 14

// Demonstrate adds an exercise and logs two weeks of activities. Each one always has the same id, so that it is not logged twice, nor again after it was
// deleted.
func (h *Handlers) Demonstrate(ctx context.Context, d room.Demo) error {
	_, err := h.CreateExercise(ctx, api.CreateExerciseRequestObject{Body: &api.ExerciseCreate{
		ID: new(d.ID(demoDip)), Name: "Ring dip", LoadMode: new(api.LoadModeBodyweightPlus),
	}})
	if err != nil && db.Diagnose(err) != db.Duplicate {
		return fmt.Errorf("add the demo exercise: %w", err)
	}
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

// demoActivities returns the activities of a day: a run on every second day, strength training on the day before every fourth one.
func demoActivities(d room.Demo, back int) []api.ActivityCreate {
	day := d.Day.AddDate(0, 0, -back)
	a := api.ActivityCreate{StartedAt: day.Add(6 * time.Hour), Timezone: &d.Zone, Metrics: &api.ActivityMetrics{}}
	documented := demoRun
	switch {
	case back%2 == 0:
		a.Category, a.Name, a.ElapsedS = new(api.ActivityCategoryCardioSteadyState), new("Along the river"), new(1800)
		_ = a.Metrics.FromRunningMetrics(api.RunningMetrics{DistanceKm: new(5.0)}) // cannot fail: the struct has only strings and numbers
	case back%4 == 1:
		documented = demoStrength
		a.Category, a.Name, a.ElapsedS = new(api.ActivityCategoryStrengthTraining), new("Legs"), new(2700)
		a.StartedAt = day.Add(17 * time.Hour)
		_ = a.Metrics.FromStrengthMetrics(demoSquats(100 - 2.5*float64(back/4)))
	default:
		return nil
	}
	first := d.ID(documented)
	a.ID = new(uuid.NewSHA1(first, fmt.Appendf(nil, "%d days before: %s", back, *a.Category)))
	if back <= 1 {
		a.ID = &first
	}
	return []api.ActivityCreate{a}
}

func demoSquats(kg float64) api.StrengthMetrics {
	warmUp := api.StrengthSet{Type: new(api.SetTypeWarmup), Reps: new(5), WeightKg: new(60.0)}
	work := api.StrengthSet{Reps: new(5), WeightKg: &kg, Rpe: new(8.0)}
	return api.StrengthMetrics{Exercises: []api.StrengthExercise{
		{ExerciseID: new("Barbell_Squat"), Name: "Barbell Squat", Sets: []api.StrengthSet{warmUp, work, work}},
	}}
}
