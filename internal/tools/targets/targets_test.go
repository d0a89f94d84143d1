package targets

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	api "github.com/ultimatecoach/api/gen/server"
)

var day = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func person(sex api.BiologicalSex, years int, cm, kg float64, activity api.ActivityLevel, goal api.Goal) Inputs {
	return Inputs{
		BirthDate: new(day.AddDate(-years, 0, 0)), BiologicalSex: &sex, HeightCm: &cm, WeightKg: &kg,
		ActivityLevel: &activity, Goal: &goal,
	}
}

func TestCompute_GoldenVectors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   Inputs
		want api.Targets
	}{
		"a man who wants to lose weight": {
			person(api.BiologicalSexMale, 30, 180, 80, api.ActivityLevelModeratelyActive, api.GoalLoseWeight),
			api.Targets{BMR: new(1780), TDEE: new(2759), Calories: 2259, ProteinG: 176, CarbsG: 231, FatG: 70, BurnGoal: new(979)},
		},
		"a woman who wants to maintain": {
			person(api.BiologicalSexFemale, 30, 165, 60, api.ActivityLevelSedentary, api.GoalMaintain),
			api.Targets{BMR: new(1320), TDEE: new(1584), Calories: 1584, ProteinG: 96, CarbsG: 190, FatG: 49, BurnGoal: new(264)},
		},
	} {
		got := Compute(c.in, day)
		got.Explanation, c.want.Source = nil, api.TargetsSourceComputed
		require.Equal(t, c.want, got, name)
	}
}

func TestCompute_LimitReached_IsExplained(t *testing.T) {
	t.Parallel()
	for code, in := range map[string]Inputs{
		"deficit_limited":   person(api.BiologicalSexFemale, 30, 165, 60, api.ActivityLevelSedentary, api.GoalLoseWeight),
		"minimum_intake":    person(api.BiologicalSexFemale, 80, 150, 40, api.ActivityLevelSedentary, api.GoalLoseWeight),
		"above_expenditure": person(api.BiologicalSexMale, 13, 100, 30, api.ActivityLevelSedentary, api.GoalLoseWeight),
		"protein_limited":   person(api.BiologicalSexFemale, 120, 100, 300, api.ActivityLevelSedentary, api.GoalLoseWeight),
	} {
		var codes []string
		for _, why := range Compute(in, day).Explanation {
			codes = append(codes, why.Code)
		}
		require.Contains(t, codes, code)
	}
}

func TestCompute_AboveExpenditure_IsExplained(t *testing.T) {
	t.Parallel()
	got := Compute(person(api.BiologicalSexMale, 13, 100, 30, api.ActivityLevelSedentary, api.GoalLoseWeight), day)
	require.Equal(t, 1200, got.Calories)
	require.Equal(t, 1038, *got.TDEE)
	require.Equal(t, []api.Reason{
		{Code: "minimum_intake", Message: "Never below 1200 kcal a day."},
		{
			Code:    "above_expenditure",
			Message: "That is more than you burn (TDEE 1038 kcal): less would not be healthy, so health comes before the goal.",
		},
	}, got.Explanation[4:6])
}

// TestCompute_AllAllowedInputs_StayWithinLimits draws inputs from the whole range that the contract allows.
func TestCompute_AllAllowedInputs_StayWithinLimits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		goal := rapid.SampledFrom([]api.Goal{api.GoalLoseWeight, api.GoalBuildMuscle, api.GoalMaintain, api.GoalImprovePerformance}).
			Draw(t, "goal")
		in := person(
			rapid.SampledFrom([]api.BiologicalSex{api.BiologicalSexMale, api.BiologicalSexFemale}).Draw(t, "sex"),
			rapid.IntRange(MinAge, MaxAge).Draw(t, "age"),
			float64(rapid.IntRange(1000, 3000).Draw(t, "mm"))/10,
			float64(rapid.IntRange(3000, 30000).Draw(t, "10 g"))/100,
			rapid.SampledFrom([]api.ActivityLevel{api.ActivityLevelSedentary, api.ActivityLevelLightlyActive, api.ActivityLevelModeratelyActive, api.ActivityLevelVeryActive, api.ActivityLevelExtremelyActive}).
				Draw(t, "activity"),
			goal,
		)
		got := Compute(in, day)
		bmr, tdee := expenditure(in, day)

		// The limits of the contract and of the table's CHECK constraints.
		require.GreaterOrEqual(t, got.Calories, 1200)
		require.LessOrEqual(t, got.Calories, 10000)
		require.True(t, 0 <= got.ProteinG && got.ProteinG <= 1000)
		require.True(t, 0 <= got.CarbsG && got.CarbsG <= 2500)
		require.True(t, 0 <= got.FatG && got.FatG <= 1000)
		require.True(t, 0 <= *got.BMR && *got.BMR <= 10000)
		require.True(t, 0 <= *got.TDEE && *got.TDEE <= 20000)

		require.GreaterOrEqual(t, float64(got.Calories), 0.9*bmr-0.5, "never below 90 % of BMR")
		require.GreaterOrEqual(t, float64(got.Calories), 0.75*tdee-0.5, "the deficit is at most 25 %")
		switch {
		case goal == api.GoalLoseWeight && tdee >= MinCalories:
			require.LessOrEqual(t, float64(got.Calories), tdee+0.5, "lose_weight is never above TDEE")
		case goal == api.GoalBuildMuscle:
			require.GreaterOrEqual(t, float64(got.Calories), tdee-0.5, "build_muscle is never below TDEE")
		}
		require.LessOrEqual(t, 4*got.ProteinG+9*got.FatG, got.Calories, "protein and fat never exceed the energy")
		require.LessOrEqual(
			t,
			math.Abs(float64(4*got.ProteinG+4*got.CarbsG+9*got.FatG-got.Calories)),
			4.0,
			"the three macros add up to the energy",
		)
		above := slices.ContainsFunc(got.Explanation, func(why api.Reason) bool { return why.Code == "above_expenditure" })
		less := goal == api.GoalLoseWeight || goal == api.GoalMaintain
		require.Equal(t, less && got.Calories > *got.TDEE && *got.TDEE < 1200, above, "targets above TDEE are explained")
	})
}

func TestAge_ChangesOnTheBirthday(t *testing.T) {
	t.Parallel()
	born := time.Date(2000, 2, 29, 0, 0, 0, 0, time.UTC)
	for today, want := range map[string]int{"2026-02-28": 25, "2026-03-01": 26, "2028-02-28": 27, "2028-02-29": 28, "2000-02-29": 0} {
		at, err := time.Parse(time.DateOnly, today)
		require.NoError(t, err)
		require.Equal(t, want, Age(born, at), today)
	}
}

func TestMissing_ReturnsUnknownInputs(t *testing.T) {
	t.Parallel()
	require.Equal(t, []api.TargetsPreviewMissing{
		"birth_date", "biological_sex", "height_cm", "current_weight_kg", "primary_goal", "activity_level",
	}, Inputs{}.Missing())
	require.Empty(t, person(api.BiologicalSexMale, 30, 180, 80, api.ActivityLevelSedentary, api.GoalMaintain).Missing())
}
