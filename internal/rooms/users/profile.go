package users

import (
	"fmt"
	"strings"
	"time"

	"github.com/oapi-codegen/nullable"
	openapi_types "github.com/oapi-codegen/runtime/types"
	"golang.org/x/text/language"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/targets"
	"github.com/ultimatecoach/api/internal/tools/validation"
	"github.com/ultimatecoach/api/internal/tools/zone"
)

// The columns store 0.0001 cm (5 feet 9 inches is 175.26 cm) and 0.01 kg: values are rounded to 1/digits.
const (
	heightDigits = 10_000
	weightDigits = 100
)

// profile is a row while a patch is merged into it.
type profile struct {
	targets.Profile
}

// merge applies a JSON merge patch: an absent field is kept, null clears, a value sets. It checks what the contract's schema
// cannot say and returns all field errors at once.
func (p *profile) merge(patch api.MePatch, now time.Time) error {
	var fields validation.Errors
	setName(&fields, &p.FullName, patch.FullName) // trimmed as at signup
	set(&p.BiologicalSex, patch.BiologicalSex)
	setRounded(&p.HeightCm, patch.HeightCm, heightDigits)
	setWeight(p, patch.CurrentWeightKg, now)
	setRounded(&p.GoalWeightKg, patch.GoalWeightKg, weightDigits)
	set(&p.PrimaryGoal, patch.PrimaryGoal)
	set(&p.SecondaryGoal, patch.SecondaryGoal)
	replace(&p.ExperienceLevel, patch.ExperienceLevel)
	set(&p.ActivityLevel, patch.ActivityLevel)
	if patch.WorkoutFrequency.IsSpecified() {
		p.WorkoutFrequency = nil
		if n, err := patch.WorkoutFrequency.Get(); err == nil {
			p.WorkoutFrequency = new(int16(n))
		}
	}
	replace(&p.DietaryPreference, patch.DietaryPreference)
	if patch.FoodAllergies != nil {
		p.FoodAllergies = cleanWords(&fields, "food_allergies", *patch.FoodAllergies)
	}
	if patch.FoodsToAvoid != nil {
		p.FoodsToAvoid = cleanWords(&fields, "foods_to_avoid", *patch.FoodsToAvoid)
	}
	if patch.MealsPerDay != nil {
		p.MealsPerDay = int16(*patch.MealsPerDay)
	}
	if patch.CooksRegularly.IsSpecified() {
		p.CooksRegularly = optional.Value(patch.CooksRegularly)
	}
	setRounded(&p.SleepHours, patch.SleepHours, 10)
	set(&p.StressLevel, patch.StressLevel)
	setTrimmed(&p.FitnessNotes, patch.FitnessNotes)
	replace(&p.UnitSystem, patch.UnitSystem)
	if patch.AdaptiveTargets != nil {
		p.AdaptiveTargets = *patch.AdaptiveTargets
	}
	replace(&p.ExerciseCalories, patch.ExerciseCalories)
	if patch.PrivacyRadiusM != nil {
		p.PrivacyRadiusM = int32(*patch.PrivacyRadiusM)
	}

	if patch.Timezone != nil {
		local, err := zone.Load(*patch.Timezone)
		if err != nil {
			fields.Add("timezone", validation.UnknownZone)
		} else {
			p.Timezone, p.Today = *patch.Timezone, targets.DateIn(now, local)
		}
	}
	if patch.Language != nil {
		tag, err := language.Parse(*patch.Language)
		if err != nil {
			fields.Add("language", unknownLanguage)
		} else {
			p.Language = tag.String()
		}
	}
	if patch.BirthDate.IsSpecified() {
		p.BirthDate = nil
		if born, err := patch.BirthDate.Get(); err == nil {
			p.BirthDate = &born.Time
			checkBirthDate(&fields, born.Time, p.Today)
		}
	}
	same := p.PrimaryGoal != nil && p.SecondaryGoal != nil && *p.PrimaryGoal == *p.SecondaryGoal
	fields.AddIf(same, "secondary_goal", sameAsPrimaryGoal)
	return fields.Err()
}

// checkBirthDate adds an error when the date is in the future or the age is not between targets.MinAge and targets.MaxAge.
func checkBirthDate(fields *validation.Errors, born, today time.Time) {
	switch years := targets.Age(born, today); {
	case born.After(today):
		fields.Add("birth_date", inTheFuture)
	case years < targets.MinAge:
		fields.AddMessage("birth_date", tooYoung, "must make an age of at least %d years", targets.MinAge)
	case years > targets.MaxAge:
		fields.AddMessage("birth_date", tooOld, "must make an age of at most %d years", targets.MaxAge)
	}
}

// etag contains the row's version and the age, because the age in the response changes on a birthday without a write.
func (p *profile) etag() string {
	years := 0
	if p.BirthDate != nil {
		years = targets.Age(*p.BirthDate, p.Today)
	}
	return fmt.Sprintf(`"%d-%d"`, p.Version, years)
}

// me returns the profile as the contract's Me.
func (p *profile) me() api.Me {
	m := api.Me{
		ID: p.ID, Email: p.Email, FullName: p.FullName,
		CreatedAt: p.CreatedAt.UTC(), UpdatedAt: p.UpdatedAt.UTC(),
		OnboardingCompleted: p.OnboardingCompleted,
		BiologicalSex:       as[api.BiologicalSex](p.BiologicalSex),
		HeightCm:            p.HeightCm, CurrentWeightKg: p.CurrentWeightKg, GoalWeightKg: p.GoalWeightKg,
		PrimaryGoal: as[api.Goal](p.PrimaryGoal), SecondaryGoal: as[api.Goal](p.SecondaryGoal),
		ExperienceLevel:   api.ExperienceLevel(p.ExperienceLevel),
		ActivityLevel:     as[api.ActivityLevel](p.ActivityLevel),
		DietaryPreference: api.DietaryPreference(p.DietaryPreference),
		FoodAllergies:     p.FoodAllergies, FoodsToAvoid: p.FoodsToAvoid,
		MealsPerDay: int(p.MealsPerDay), CooksRegularly: p.CooksRegularly, SleepHours: p.SleepHours,
		StressLevel: as[api.StressLevel](p.StressLevel), FitnessNotes: p.FitnessNotes,
		UnitSystem: api.UnitSystem(p.UnitSystem), Timezone: p.Timezone, Language: p.Language,
		AdaptiveTargets: p.AdaptiveTargets, ExerciseCalories: api.ExerciseCalories(p.ExerciseCalories),
		PrivacyRadiusM: int(p.PrivacyRadiusM), Targets: p.Targets(),
	}
	if p.WorkoutFrequency != nil {
		m.WorkoutFrequency = new(int(*p.WorkoutFrequency))
	}
	if p.BirthDate != nil {
		m.BirthDate = &openapi_types.Date{Time: *p.BirthDate}
		m.Age = new(targets.Age(*p.BirthDate, p.Today))
	}
	return m
}

// set writes a patched value into a nullable text column.
func set[T ~string](column **string, value nullable.Nullable[T]) {
	if !value.IsSpecified() {
		return
	}
	*column = nil
	if v, err := value.Get(); err == nil {
		*column = new(string(v))
	}
}

// setTrimmed is set without surrounding spaces; text of only spaces clears.
func setTrimmed(column **string, value nullable.Nullable[string]) {
	set(column, value)
	if *column != nil {
		*column = optional.NonEmpty(strings.TrimSpace(**column))
	}
}

// setName is set with a cleaned name. A name of only spaces clears, as in a signup; one of invisible characters is an error.
func setName(fields *validation.Errors, column **string, value nullable.Nullable[string]) {
	setTrimmed(column, value)
	if *column != nil && value.IsSpecified() {
		*column = new(fields.Text("full_name", **column))
	}
}

// cleanWords returns the words as text.Clean does. One without a visible character is an error.
func cleanWords(fields *validation.Errors, field string, words []string) []string {
	cleaned := make([]string, len(words))
	for i, word := range words {
		cleaned[i] = fields.Text(fmt.Sprintf("%s[%d]", field, i), word)
	}
	return cleaned
}

// setRounded rounds to the precision of the column, so that targets are computed from what is stored.
func setRounded(column **float64, value nullable.Nullable[float64], digits float64) {
	if !value.IsSpecified() {
		return
	}
	*column = nil
	if v, err := value.Get(); err == nil {
		*column = rounded(&v, digits)
	}
}

// setWeight also notes when the weight was typed in: an older measurement does not replace it.
func setWeight(p *profile, value nullable.Nullable[float64], now time.Time) {
	before := p.CurrentWeightKg
	setRounded(&p.CurrentWeightKg, value, weightDigits)
	switch {
	case p.CurrentWeightKg == nil:
		p.CurrentWeightAt = nil
	case before == nil || *before != *p.CurrentWeightKg:
		p.CurrentWeightAt = new(now.UTC())
	}
}

func replace[T ~string](column *string, value *T) {
	if value != nil {
		*column = string(*value)
	}
}

// as converts a nullable text column to an enum of the contract.
func as[T ~string](s *string) *T {
	if s == nil {
		return nil
	}
	return new(T(*s))
}
