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
	"github.com/ultimatecoach/api/internal/tools/expenditure"
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

// store runs the statement that changes a measurement, and lets the profile follow: its weight, when the newest one changes, and the
// energy expenditure that targets use, when it is time to learn. It returns how the targets changed. changed is nil when the measurement
// has no weight any more.
func (h *Handlers) store(
	ctx context.Context,
	s weightState,
	id uuid.UUID,
	changed *weight,
	statement func(ctx context.Context) error,
) (*api.TargetsChange, error) {
	if err := statement(db.Queued(ctx)); err != nil {
		return nil, err
	}
	before, after := targets.ProfileAt(s.profile, h.now()), targets.ProfileAt(s.profile, h.now())
	moved := s.moveWeight(&after, s.after(id, changed, h.now()))
	learn := changed != nil && expenditure.Due(after)
	if learn {
		energy, err := expenditure.Load(ctx, h.db, s.profile.ID, h.now())
		if err != nil {
			return nil, err
		}
		energy.Learn(&after)
	}
	if !moved && !learn {
		return nil, nil
	}
	change := targets.Update(&before, &after, nullable.Nullable[api.CustomTargets]{})
	return change, h.db.SetWeightAndTargets(db.Queued(ctx), queries.SetWeightAndTargetsParams{
		UserID: after.ID, CurrentWeightKg: after.CurrentWeightKg, CurrentWeightAt: after.CurrentWeightAt,
		TargetSource: after.TargetSource, TargetCalories: after.TargetCalories, TargetProteinG: after.TargetProteinG,
		TargetCarbsG: after.TargetCarbsG, TargetFatG: after.TargetFatG, TargetBMR: after.TargetBMR, TargetTDEE: after.TargetTDEE,
		TargetExplanation: after.TargetExplanation, TargetStepOn: after.TargetStepOn,
		AdaptiveTDEE: after.AdaptiveTDEE, AdaptiveTDEEOn: after.AdaptiveTDEEOn,
	})
}

// moveWeight writes the newest weight into the profile when the write has made it another one, and reports whether it did. The weight in
// the profile stays when it was typed in after the newest measurement.
func (s weightState) moveWeight(p *targets.Profile, newest *weight) bool {
	if newest == nil {
		return false
	}
	fromMeasurement := false
	if len(s.newest) > 0 {
		before := s.newest[0]
		if before.id == newest.id && before.at.Equal(newest.at) && before.kg == newest.kg {
			return false
		}
		fromMeasurement = p.CurrentWeightAt != nil && p.CurrentWeightAt.Equal(before.at)
	}
	if p.CurrentWeightAt != nil && newest.at.Before(*p.CurrentWeightAt) && !fromMeasurement {
		return false
	}
	p.CurrentWeightKg, p.CurrentWeightAt = new(math.Round(newest.kg*100)/100), new(newest.at)
	return true
}
