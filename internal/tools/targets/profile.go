package targets

import (
	"reflect"
	"time"

	"github.com/oapi-codegen/nullable"

	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// Ages that the service is made for, in whole years.
const (
	MinAge = 13
	MaxAge = 120
)

// Profile is the row of a profile, with what of it depends on the date.
type Profile struct {
	queries.Profile
	// Today is the date in the person's time zone, as midnight UTC.
	Today time.Time
}

// ProfileAt returns the profile at that moment.
func ProfileAt(row queries.Profile, now time.Time) Profile {
	local, err := zone.Load(row.Timezone)
	if err != nil {
		local = time.UTC // the zone was valid when it was stored; an older zone database must not break reading
	}
	return Profile{row, DateIn(now, local)}
}

// DateIn returns the local date at an instant in a zone, as midnight UTC like dates from the database.
func DateIn(at time.Time, zone *time.Location) time.Time {
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Inputs returns the fields that targets are computed from.
func (p *Profile) Inputs() Inputs {
	return Inputs{
		BirthDate:     p.BirthDate,
		BiologicalSex: (*api.BiologicalSex)(p.BiologicalSex),
		HeightCm:      p.HeightCm,
		WeightKg:      p.CurrentWeightKg,
		Goal:          (*api.Goal)(p.PrimaryGoal),
		ActivityLevel: (*api.ActivityLevel)(p.ActivityLevel),
		AdaptiveTDEE:  p.AdaptiveTDEE,
		// What was learned contains exercise.
		SeparateExercise: p.AdaptiveTDEE == nil && p.ExerciseCalories != string(api.ExerciseCaloriesNone),
	}
}

// Formula returns BMR and TDEE by formula in kcal a day, exercise included. ok is false where an input is missing.
func (p *Profile) Formula() (bmr, tdee float64, ok bool) {
	in := p.Inputs()
	in.SeparateExercise = false
	return Expenditure(in, p.Today)
}

// Targets returns the targets stored in the row, or nil.
func (p *Profile) Targets() *api.Targets {
	if p.TargetSource == nil {
		return nil
	}
	t := &api.Targets{
		Calories: int(*p.TargetCalories), ProteinG: int(*p.TargetProteinG), CarbsG: int(*p.TargetCarbsG), FatG: int(*p.TargetFatG),
		BMR: number(p.TargetBMR), TDEE: number(p.TargetTDEE),
		Source: api.TargetsSource(*p.TargetSource), Explanation: p.TargetExplanation,
	}
	t.BurnGoal = burnGoal(t.BMR, t.TDEE)
	return t
}

// SetTargets writes t into the row; nil removes the targets.
func (p *Profile) SetTargets(t *api.Targets) {
	p.TargetSource, p.TargetExplanation = nil, []api.Reason{}
	p.TargetCalories, p.TargetProteinG, p.TargetCarbsG, p.TargetFatG, p.TargetBMR, p.TargetTDEE = nil, nil, nil, nil, nil, nil
	if t == nil {
		return
	}
	p.TargetSource, p.TargetExplanation = new(string(t.Source)), t.Explanation
	p.TargetCalories, p.TargetProteinG = new(int32(t.Calories)), new(int32(t.ProteinG))
	p.TargetCarbsG, p.TargetFatG = new(int32(t.CarbsG)), new(int32(t.FatG))
	if t.BMR != nil && t.TDEE != nil {
		p.TargetBMR, p.TargetTDEE = new(int32(*t.BMR)), new(int32(*t.TDEE))
	}
}

// IsCustom reports whether the user set the targets by hand.
func (p *Profile) IsCustom() bool {
	return p.TargetSource != nil && *p.TargetSource == string(api.TargetsSourceCustom)
}

// Update recomputes the targets of the changed profile when one of their inputs was edited, and returns what changed or
// nil. Nothing else changes targets: no birthday, no new release. custom are targets that the user sets by hand; null returns to
// computed ones.
func Update(before, changed *Profile, customPatch nullable.Nullable[api.CustomTargets]) *api.TargetsChange {
	reasons := changedInputs(before.Inputs(), changed.Inputs())
	var custom *api.CustomTargets
	if v, err := customPatch.Get(); err == nil {
		custom = &v
	}
	switch {
	case custom != nil:
		reasons.add("custom_targets_set", "You set your targets by hand.")
	case customPatch.IsNull() && before.IsCustom():
		reasons.add("custom_targets_cleared", "You returned to computed targets.")
	case len(reasons) == 0:
		return nil
	case before.IsCustom(): // targets set by hand are kept
		t := before.Targets()
		custom = &api.CustomTargets{Calories: t.Calories, ProteinG: t.ProteinG, CarbsG: t.CarbsG, FatG: t.FatG}
	}
	in := changed.Inputs()
	var targets *api.Targets
	switch {
	case custom != nil:
		targets = new(Custom(*custom, in, changed.Today))
	case len(in.Missing()) == 0:
		targets = new(Compute(in, changed.Today))
	}
	changed.SetTargets(targets)
	if reflect.DeepEqual(before.Targets(), changed.Targets()) {
		return nil
	}
	if isStep(before, changed) {
		changed.TargetStepOn = &changed.Today
	}
	return &api.TargetsChange{Before: before.Targets(), After: changed.Targets(), Reasons: reasons}
}

// changedInputs returns a reason for each input that differs.
func changedInputs(before, after Inputs) reasons {
	var changes reasons
	for _, field := range []struct {
		name, label   string
		before, after any
	}{
		{"birth_date", "birth date", before.BirthDate, after.BirthDate},
		{"biological_sex", "biological sex", before.BiologicalSex, after.BiologicalSex},
		{"height_cm", "height", before.HeightCm, after.HeightCm},
		{"current_weight_kg", "current weight", before.WeightKg, after.WeightKg},
		{"primary_goal", "primary goal", before.Goal, after.Goal},
		{"activity_level", "activity level", before.ActivityLevel, after.ActivityLevel},
		{"exercise_calories", "way to count exercise", before.SeparateExercise, after.SeparateExercise},
		{"adaptive_tdee", "learned energy expenditure", before.AdaptiveTDEE, after.AdaptiveTDEE},
	} {
		if !reflect.DeepEqual(field.before, field.after) {
			changes.add(field.name+"_changed", "Your %s changed.", field.label)
		}
	}
	return changes
}

// StepKcal is the change of the energy target after which the body's water changes noticeably.
const StepKcal = 300

func isStep(before, after *Profile) bool {
	if before.TargetCalories == nil || after.TargetCalories == nil {
		return false
	}
	change := *after.TargetCalories - *before.TargetCalories
	return change > StepKcal || change < -StepKcal
}

func number(n *int32) *int {
	if n == nil {
		return nil
	}
	return new(int(*n))
}
