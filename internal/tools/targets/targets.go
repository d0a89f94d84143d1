// Package targets computes daily targets of energy and macronutrients from a profile, and decides when they change.
package targets

import (
	"fmt"
	"math"
	"strings"
	"time"

	api "github.com/ultimatecoach/api/gen/server"
)

// Inputs are the values that daily targets are computed from; nil means unknown.
type Inputs struct {
	BirthDate     *time.Time
	BiologicalSex *api.BiologicalSex
	HeightCm      *float64
	WeightKg      *float64
	Goal          *api.Goal
	ActivityLevel *api.ActivityLevel
	// AdaptiveTDEE is the TDEE in kcal that was learned from weights and meals, where the person wants targets to use it. nil: the
	// formula's is used.
	AdaptiveTDEE *int32
	// SeparateExercise says that the energy of activities is added day by day: TDEE is that of a day without exercise then.
	SeparateExercise bool
}

// Missing returns the profile fields of the unknown inputs.
func (in Inputs) Missing() []api.TargetsPreviewMissing {
	missing := []api.TargetsPreviewMissing{}
	for _, field := range []struct {
		name  api.TargetsPreviewMissing
		known bool
	}{
		{"birth_date", in.BirthDate != nil},
		{"biological_sex", in.BiologicalSex != nil},
		{"height_cm", in.HeightCm != nil},
		{"current_weight_kg", in.WeightKg != nil},
		{"primary_goal", in.Goal != nil},
		{"activity_level", in.ActivityLevel != nil},
	} {
		if !field.known {
			missing = append(missing, field.name)
		}
	}
	return missing
}

const (
	// MinCalories is the least daily energy without medical supervision. The contract and the table have the same limit.
	MinCalories = 1200
	// MinOfBMR is the least intake as a share of BMR, the energy that the body needs at rest.
	MinOfBMR = 0.9
	// maxDeficit is the largest deficit as a share of TDEE.
	maxDeficit = 0.25
	fatShare   = 0.28

	kcalPerGramFat     = 9
	kcalPerGramProtein = 4
	kcalPerGramCarbs   = 4
)

// activityFactors are the usual physical activity levels: TDEE divided by BMR.
var activityFactors = map[api.ActivityLevel]float64{
	api.ActivityLevelSedentary:        1.2,
	api.ActivityLevelLightlyActive:    1.375,
	api.ActivityLevelModeratelyActive: 1.55,
	api.ActivityLevelVeryActive:       1.725,
	api.ActivityLevelExtremelyActive:  1.9,
}

// goals maps each goal to the difference of energy from TDEE in kcal a day and to protein in g per kg of body weight.
var goals = map[api.Goal]struct{ energy, protein float64 }{
	api.GoalLoseWeight:         {-500, 2.2},
	api.GoalBuildMuscle:        {+250, 2.0},
	api.GoalImprovePerformance: {+100, 1.8},
	api.GoalMaintain:           {0, 1.6},
}

// Expenditure returns BMR and TDEE by formula in kcal a day. ok is false where an input is missing.
func Expenditure(in Inputs, today time.Time) (bmr, tdee float64, ok bool) {
	if in.BirthDate == nil || in.BiologicalSex == nil || in.HeightCm == nil || in.WeightKg == nil || in.ActivityLevel == nil {
		return 0, 0, false
	}
	in.AdaptiveTDEE = nil
	bmr, tdee = expenditure(in, today)
	return bmr, tdee, true
}

// expenditure returns BMR and TDEE in kcal a day. TDEE is the learned one where there is one.
//
// BMR is by Mifflin MD, St Jeor ST et al., Am J Clin Nutr 1990;51:241–7:
// 10·kg + 6.25·cm − 5·years + 5 (male) or − 161 (female). TDEE is BMR times the activity factor.
func expenditure(in Inputs, today time.Time) (bmr, tdee float64) {
	constant := 5.0
	if *in.BiologicalSex == api.BiologicalSexFemale {
		constant = -161
	}
	bmr = 10**in.WeightKg + 6.25**in.HeightCm - 5*float64(Age(*in.BirthDate, today)) + constant
	if in.AdaptiveTDEE != nil {
		return bmr, float64(*in.AdaptiveTDEE)
	}
	return bmr, bmr * activityFactors[in.level()]
}

// level returns the activity level whose factor TDEE has.
func (in Inputs) level() api.ActivityLevel {
	if in.SeparateExercise {
		return api.ActivityLevelSedentary
	}
	return *in.ActivityLevel
}

// Compute returns daily targets in whole numbers: energy in kcal, nutrients in grams. Every input must be known. The
// explanation lists each step and each limit that applied, in order.
func Compute(in Inputs, today time.Time) api.Targets {
	bmr, tdee := expenditure(in, today)
	goal := goals[*in.Goal]
	var explanation reasons
	explanation.expenditure(in, today, bmr, tdee)

	calories := tdee + goal.energy
	explanation.add("goal_energy", "To %s: TDEE %s kcal.", words(string(*in.Goal)), signed(goal.energy))
	if lowest := tdee * (1 - maxDeficit); calories < lowest {
		calories = math.Ceil(lowest)
		explanation.add("deficit_limited", "The deficit is limited to 25 %% of TDEE: %.0f kcal.", calories)
	}
	if lowest := bmr * MinOfBMR; calories < lowest {
		calories = math.Ceil(lowest)
		explanation.add("bmr_floor", "Never below 90 %% of BMR: %.0f kcal.", calories)
	}
	if calories < MinCalories {
		calories = MinCalories
		explanation.add("minimum_intake", "Never below %d kcal a day.", MinCalories)
		if burned := math.Round(tdee); goal.energy <= 0 && burned < MinCalories {
			explanation.add(
				"above_expenditure",
				"That is more than you burn (TDEE %.0f kcal): less would not be healthy, so health comes before the goal.",
				burned,
			)
		}
	}
	calories = math.Round(calories)

	// Grams are computed from the rounded energy, so that the numbers shown to the user add up.
	fat := math.Round(calories * fatShare / kcalPerGramFat)
	protein := math.Round(goal.protein * *in.WeightKg)
	explanation.add("protein", "Protein %.0f g: %.1f g per kg of weight.", protein, goal.protein)
	if most := math.Floor((calories - fat*kcalPerGramFat) / kcalPerGramProtein); protein > most {
		protein = most
		explanation.add("protein_limited", "Protein is limited to %.0f g, so that protein and fat fit into the energy.", protein)
	}
	carbs := math.Max(0, math.Round((calories-protein*kcalPerGramProtein-fat*kcalPerGramFat)/kcalPerGramCarbs))
	explanation.add("fat", "Fat %.0f g: 28 %% of the energy.", fat)
	explanation.add("carbs", "Carbohydrates %.0f g: the rest.", carbs)
	t := api.Targets{
		Calories: int(calories), ProteinG: int(protein), CarbsG: int(carbs), FatG: int(fat),
		Source: api.TargetsSourceComputed, Explanation: explanation,
	}
	setExpenditure(&t, bmr, tdee)
	return t
}

// Custom returns targets set by hand, with BMR and TDEE where their inputs are known.
func Custom(by api.CustomTargets, in Inputs, today time.Time) api.Targets {
	explanation := reasons{{Code: "custom", Message: "You set these targets by hand."}}
	t := api.Targets{
		Calories: by.Calories, ProteinG: by.ProteinG, CarbsG: by.CarbsG, FatG: by.FatG,
		Source: api.TargetsSourceCustom,
	}
	fromMacros := by.ProteinG*kcalPerGramProtein + by.CarbsG*kcalPerGramCarbs + by.FatG*kcalPerGramFat
	if off := float64(fromMacros - by.Calories); math.Abs(off) > 0.1*float64(by.Calories) {
		explanation.add("macros_differ", "Protein, carbohydrates and fat add up to %d kcal, not %d.", fromMacros, by.Calories)
	}
	if _, _, known := Expenditure(in, today); known {
		bmr, tdee := expenditure(in, today)
		explanation.expenditure(in, today, bmr, tdee)
		setExpenditure(&t, bmr, tdee)
	}
	t.Explanation = explanation
	return t
}

func setExpenditure(t *api.Targets, bmr, tdee float64) {
	roundedBMR, roundedTDEE := int(math.Round(bmr)), int(math.Round(tdee))
	t.BMR, t.TDEE = &roundedBMR, &roundedTDEE
	t.BurnGoal = burnGoal(t.BMR, t.TDEE)
}

// burnGoal returns the energy to burn by activity in kcal a day: TDEE minus BMR, or nil when unknown.
func burnGoal(bmr, tdee *int) *int {
	if bmr == nil || tdee == nil {
		return nil
	}
	return new(*tdee - *bmr)
}

// Age returns whole years on the date today.
func Age(birth, today time.Time) int {
	years := today.Year() - birth.Year()
	if today.Month() < birth.Month() || today.Month() == birth.Month() && today.Day() < birth.Day() {
		years--
	}
	return years
}

type reasons []api.Reason

func (r *reasons) add(code, format string, args ...any) {
	*r = append(*r, api.Reason{Code: code, Message: fmt.Sprintf(format, args...)})
}

func (r *reasons) expenditure(in Inputs, today time.Time, bmr, tdee float64) {
	constant := "+ 5"
	if *in.BiologicalSex == api.BiologicalSexFemale {
		constant = "− 161"
	}
	r.add("mifflin_st_jeor", "BMR %.0f kcal: 10 × %g kg + 6.25 × %g cm − 5 × %d years %s.",
		math.Round(bmr), *in.WeightKg, *in.HeightCm, Age(*in.BirthDate, today), constant)
	if in.AdaptiveTDEE != nil {
		r.add("adaptive_tdee", "TDEE %.0f kcal: learned from your weights and meals.", tdee)
		return
	}
	r.add(
		"activity_factor",
		"TDEE %.0f kcal: BMR × %g (%s).",
		math.Round(tdee),
		activityFactors[in.level()],
		words(string(in.level())),
	)
}

// signed formats a number with + or the minus sign U+2212, as the other messages do.
func signed(kcal float64) string {
	return strings.ReplaceAll(fmt.Sprintf("%+.0f", kcal), "-", "−")
}

// words turns an enum value into words: lose_weight → lose weight.
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }
