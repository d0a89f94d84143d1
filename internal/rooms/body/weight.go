package body

import (
	"context"
	"math"
	"time"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/targets"
)

// weight is the weight of a measurement.
type weight struct {
	id uuid.UUID
	at time.Time
	kg float64
}

// weightState is what a new weight may change.
type weightState struct {
	profile queries.Profile
	// newest are the two newest weights before the write, the newest first.
	newest []weight
}

func weightsOf(ids []uuid.UUID, times []time.Time, kg []float64) []weight {
	weights := make([]weight, len(ids))
	for i := range ids {
		weights[i] = weight{ids[i], times[i], kg[i]}
	}
	return weights
}

// weightOf returns nil when the measurement has no weight.
func weightOf(m queries.BodyMeasurement) *weight {
	if m.WeightKg == nil {
		return nil
	}
	return &weight{m.ID, m.MeasuredAt, *m.WeightKg}
}

// newer orders as private.newest_weights does.
func (w weight) newer(other weight) bool {
	if !w.at.Equal(other.at) {
		return w.at.After(other.at)
	}
	return w.id.String() > other.id.String()
}

// after returns the newest weight when the measurement with that id has become changed; nil: it has no weight any more. Like
// private.newest_weights it leaves out weights more than a day ahead.
func (s weightState) after(id uuid.UUID, changed *weight, now time.Time) *weight {
	var newest *weight
	if changed != nil && changed.at.Before(now.Add(24*time.Hour)) {
		newest = changed
	}
	for _, w := range s.newest {
		if w.id != id && (newest == nil || w.newer(*newest)) {
			return &w
		}
	}
	return newest
}

// moveWeight writes the newest weight into the profile when the change of a measurement makes it another one, and returns how
// the targets changed. The weight in the profile stays when it was typed in after the newest measurement.
func (h *Handlers) moveWeight(ctx context.Context, s weightState, id uuid.UUID, changed *weight) (*api.TargetsChange, error) {
	newest := s.after(id, changed, h.now())
	if newest == nil {
		return nil, nil
	}
	p, fromMeasurement := s.profile, false
	if len(s.newest) > 0 {
		before := s.newest[0]
		if before.id == newest.id && before.at.Equal(newest.at) && before.kg == newest.kg {
			return nil, nil
		}
		fromMeasurement = p.CurrentWeightAt != nil && p.CurrentWeightAt.Equal(before.at)
	}
	if p.CurrentWeightAt != nil && newest.at.Before(*p.CurrentWeightAt) && !fromMeasurement {
		return nil, nil
	}
	before, after := targets.ProfileAt(p, h.now()), targets.ProfileAt(p, h.now())
	after.CurrentWeightKg, after.CurrentWeightAt = new(math.Round(newest.kg*100)/100), new(newest.at)
	change := targets.Update(&before, &after, nullable.Nullable[api.CustomTargets]{})
	return change, h.db.SetWeightAndTargets(db.Queued(ctx), queries.SetWeightAndTargetsParams{
		UserID: p.ID, CurrentWeightKg: after.CurrentWeightKg, CurrentWeightAt: after.CurrentWeightAt,
		TargetSource: after.TargetSource, TargetCalories: after.TargetCalories, TargetProteinG: after.TargetProteinG,
		TargetCarbsG: after.TargetCarbsG, TargetFatG: after.TargetFatG, TargetBMR: after.TargetBMR, TargetTDEE: after.TargetTDEE,
		TargetExplanation: after.TargetExplanation,
	})
}
