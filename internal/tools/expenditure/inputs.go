package expenditure

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/tools/targets"
	"github.com/ultimatecoach/api/internal/tools/weighttrend"
)

// Inputs are the stored data of a person that an assessment needs.
type Inputs struct {
	// Profile is the stored one.
	Profile queries.Profile
	// FatKg is 0 when body fat is not known.
	FatKg float64

	weights []weighttrend.Weight
	intake  map[time.Time]eaten
}

// eaten is what was logged on a day.
type eaten struct {
	kcal     float64
	meals    int
	complete bool
}

// Load reads the inputs, in one round trip.
func Load(ctx context.Context, d *db.DB, userID uuid.UUID, now time.Time) (Inputs, error) {
	// The day in the person's zone is at most one later.
	last := targets.DateIn(now, time.UTC).AddDate(0, 0, 1)
	row, err := d.GetEnergyInputs(ctx, queries.GetEnergyInputsParams{
		UserID: userID, FirstDay: last.AddDate(0, 0, -DaysNeeded-2), LastDay: last,
	})
	if err != nil {
		return Inputs{}, err
	}
	in := Inputs{Profile: row.Profile, FatKg: row.FatKg, intake: map[time.Time]eaten{}}
	for i := range row.WeightDays {
		in.weights = append(in.weights, weighttrend.Weight{Day: row.WeightDays[i], Kg: row.Weights[i]})
	}
	for i := range row.IntakeDays {
		in.intake[row.IntakeDays[i]] = eaten{row.Kcal[i], int(row.Meals[i]), row.Complete[i]}
	}
	return in, nil
}

// KcalPerKg returns the energy of a kilogram of this person's weight, and whether it follows from their body fat.
func (in Inputs) KcalPerKg() (kcal float64, forbes bool) {
	if in.FatKg > 0 {
		return KcalPerKg(in.FatKg), true
	}
	return DefaultKcalPerKg, false
}

// Assess returns the assessment for a profile, which may have changes that are not stored yet.
func (in Inputs) Assess(p targets.Profile) Assessment {
	person := Person{Today: p.Today, TargetStepOn: p.TargetStepOn}
	person.KcalPerKg, _ = in.KcalPerKg()
	if bmr, tdee, ok := p.Formula(); ok {
		person.BMR, person.Formula = &bmr, &tdee
	}
	var days []Day
	for day := p.Today.AddDate(0, 0, -DaysNeeded); day.Before(p.Today); day = day.AddDate(0, 0, 1) {
		e := in.intake[day]
		days = append(days, Day{Day: day, Kcal: e.kcal, Logged: IsLogged(e.meals, e.kcal, e.complete, person.BMR)})
	}
	return Assess(in.weights, days, person)
}

// LearnEvery is how often targets follow the learned figure, in days, so that they do not change every morning.
const LearnEvery = 7

// Learn writes the learned figure into a profile that wants it, for targets to use, and takes it out of one that does not. It changes
// nothing while there is no figure that is certain enough.
func (in Inputs) Learn(p *targets.Profile) {
	if !p.AdaptiveTargets {
		p.AdaptiveTDEE, p.AdaptiveTDEEOn = nil, nil
		return
	}
	if a := in.Assess(*p); a.Adaptive() {
		p.AdaptiveTDEE, p.AdaptiveTDEEOn = new(int32(a.Estimate.TDEE+0.5)), new(p.Today)
	}
}

// Due reports whether it is time to learn.
func Due(p targets.Profile) bool {
	return p.AdaptiveTargets && (p.AdaptiveTDEEOn == nil || !p.Today.Before(p.AdaptiveTDEEOn.AddDate(0, 0, LearnEvery)))
}
