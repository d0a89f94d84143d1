package coach

import (
	"fmt"
	"math"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

// changeTargets proposes other targets of the day.
func (r *localReply) changeTargets() error {
	id, ok := nutrient.ByKey(r.u.Nutrient)
	t := r.t.Person.Targets
	switch {
	case t == nil:
		return r.tellMissingTargets()
	case !ok || r.u.Change.Target > maxQuickKcal:
		return r.targets()
	}
	c := api.CustomTargets{Calories: t.Calories, ProteinG: t.ProteinG, CarbsG: t.CarbsG, FatG: t.FatG}
	if !setTarget(&c, id, int(math.Round(r.u.Change.Target))) {
		return r.targets() // of another nutrient
	}
	s := suggestion{Confidence: sureExact}
	if err := s.Draft.FromTargetsDraft(api.TargetsDraft{Targets: c}); err != nil {
		return fmt.Errorf("write a draft: %w", err)
	}
	p, err := r.propose(s)
	if p == nil || err != nil {
		return err
	}
	r.cite(profileSource())
	amounts := targetValues(&api.DayTargets{Calories: c.Calories, ProteinG: c.ProteinG, CarbsG: c.CarbsG, FatG: c.FatG})
	return r.tell("propose_targets", values{"amounts": r.w.amounts(&amounts, mainNutrients...)})
}

// setTarget sets the target of one nutrient. Carbohydrates, or fat when they are what is set, fill the energy; when the others have more
// energy than that, the energy rises. It returns false for nutrients without a target.
func setTarget(c *api.CustomTargets, id nutrient.ID, amount int) bool {
	switch id {
	case nutrient.Calories:
		share := min(1, float64(amount)/float64(max(1, c.ProteinG*4+c.FatG*9)))
		c.Calories, c.ProteinG, c.FatG = amount, int(float64(c.ProteinG)*share), int(float64(c.FatG)*share)
	case nutrient.Protein:
		c.ProteinG = amount
	case nutrient.Fat:
		c.FatG = amount
	case nutrient.Carbs:
		c.CarbsG = amount
		c.FatG = max(0, (c.Calories-c.ProteinG*4-amount*4)/9)
		c.Calories = max(c.Calories, c.ProteinG*4+amount*4)
		return true
	default:
		return false
	}
	c.CarbsG = max(0, (c.Calories-c.ProteinG*4-c.FatG*9)/4)
	c.Calories = max(c.Calories, c.ProteinG*4+c.FatG*9)
	return true
}

// changeProfile proposes another goal, goal weight or height.
func (r *localReply) changeProfile() error {
	c, weight := r.u.Change, r.t.Person.Profile.CurrentWeightKg
	goalKg := c.GoalWeightKg
	if c.LoseKg != 0 && weight != nil {
		goalKg = *weight - c.LoseKg
	}
	var patch api.MePatch
	var changes []string
	if c.Goal != "" {
		patch.PrimaryGoal.Set(api.Goal(c.Goal))
		changes = append(changes, r.w.text("change_goal", values{"goal": r.w.text("goal_"+c.Goal, nil)}))
	}
	if goalKg > 0 {
		goalKg = roundTo(goalKg, 2)
		patch.GoalWeightKg.Set(goalKg)
		changes = append(changes, r.w.text("change_goal_weight", values{"weight": r.w.kilograms(goalKg, 1)}))
	}
	if c.HeightCm > 0 {
		cm := roundTo(c.HeightCm, 2)
		patch.HeightCm.Set(cm)
		changes = append(changes, r.w.text("change_height", values{"height": r.w.number(cm, 1) + " cm"}))
	}
	s := suggestion{Confidence: sureExact}
	if err := s.Draft.FromProfileDraft(api.ProfileDraft{Profile: patch}); err != nil {
		return fmt.Errorf("write a draft: %w", err)
	}
	p, err := r.propose(s)
	if p == nil || err != nil {
		return err
	}
	r.cite(profileSource())
	return r.tell("propose_profile", values{"changes": r.w.list("and", changes)})
}

// unsafeAnswer returns the reviewed text about too little energy, for what was refused because of it; otherwise "".
func (r *localReply) unsafeAnswer(refused *problem.Problem) string {
	for _, f := range refused.Errors {
		if isTooLittleEnergy(f) || f.Code == noDeficit.Code {
			found := safety.Finding{Kind: safety.MinimumIntake, Topic: "general", Language: r.u.Language}
			return safety.Respond(found, r.t.Person.Region, r.h.now()).Text
		}
	}
	return ""
}
