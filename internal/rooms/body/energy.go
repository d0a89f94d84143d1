package body

import (
	"context"
	"fmt"
	"math"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/expenditure"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/targets"
	"github.com/ultimatecoach/api/internal/tools/weighttrend"
)

// GetEnergy returns the energy expenditure that is learned from weights and meals.
func (h *Handlers) GetEnergy(ctx context.Context, _ api.GetEnergyRequestObject) (api.GetEnergyResponseObject, error) {
	in, err := expenditure.Load(ctx, h.db, db.IdentityFrom(ctx).UserID, h.now())
	if err != nil {
		return nil, problem.IfNoRows(err, problem.NotFound) // the account was deleted during the request
	}
	return api.GetEnergy200JSONResponse(energyOf(in, targets.ProfileAt(in.Profile, h.now()))), nil
}

func energyOf(in expenditure.Inputs, p targets.Profile) api.EnergyExpenditure {
	a, w := in.Assess(p), api.EnergyWindow{}
	kcalPerKg, forbes := in.KcalPerKg()
	w.From, w.To = openapi_types.Date{Time: a.Window.First}, openapi_types.Date{Time: a.Window.Last}
	w.Days, w.WeighIns, w.LoggedDays = a.Window.Days(), a.Window.WeighIns, a.Window.LoggedDays
	if w.LoggedDays > 0 {
		w.MeanKcal = kcal(a.Window.MeanKcal)
	}
	e := api.EnergyExpenditure{
		Status:     api.EnergyExpenditureStatus(a.Status),
		Basis:      api.EnergyExpenditureBasis(a.Basis),
		Level:      weighttrend.Level,
		Confidence: api.EnergyExpenditureConfidence(a.Confidence()),
		AsOf:       openapi_types.Date{Time: a.AsOf},
		Limited:    a.Limited,
		WeightsShare: math.Round(
			a.Share*100,
		) / 100,
		KcalPerKg:      *kcal(kcalPerKg),
		KcalPerKgBasis: api.EnergyExpenditureKcalPerKgBasisDefault,
		Window:         w,
		Targets:        api.EnergyOfTargets{Adaptive: p.AdaptiveTargets && p.AdaptiveTDEE != nil},
	}
	if forbes {
		e.KcalPerKgBasis = api.EnergyExpenditureKcalPerKgBasisForbes
	}
	if a.Basis != expenditure.None {
		margin := a.Estimate.Margin()
		e.TDEEKcal, e.LowKcal, e.HighKcal = kcal(a.Estimate.TDEE), kcal(a.Estimate.TDEE-margin), kcal(a.Estimate.TDEE+margin)
	}
	if bmr, tdee, ok := p.Formula(); ok {
		e.Formula = &api.FormulaEnergy{BMRKcal: *kcal(bmr), TDEEKcal: *kcal(tdee)}
	}
	if p.TargetTDEE != nil {
		e.Targets.TDEEKcal = new(int(*p.TargetTDEE))
	}
	if e.Targets.Adaptive {
		e.Targets.Since = &openapi_types.Date{Time: *p.AdaptiveTDEEOn}
	}
	e.Missing = missingForEnergy(a, p)
	e.Explanation = explain(a, p)
	return e
}

// missingForEnergy returns what is needed before anything is learned, and the fields that the formula needs.
func missingForEnergy(a expenditure.Assessment, p targets.Profile) []api.MissingData {
	amounts := map[api.MissingDataWhat]int{
		api.MissingDataWhatWeighIns:   a.Window.Missing.WeighIns,
		api.MissingDataWhatSpanDays:   a.Window.Missing.Days,
		api.MissingDataWhatLoggedDays: a.Window.Missing.LoggedDays,
	}
	for _, field := range p.Inputs().Missing() {
		amounts[api.MissingDataWhat(field)] = 1
	}
	return weighttrend.MissingData(amounts)
}

// explain returns sentences about the figure: why it is held or not there, and what it means.
func explain(a expenditure.Assessment, p targets.Profile) []api.Reason {
	reasons := []api.Reason{}
	add := func(code, format string, args ...any) {
		reasons = append(reasons, api.Reason{Code: code, Message: fmt.Sprintf(format, args...)})
	}
	switch {
	case a.Status == expenditure.Holding && p.TargetStepOn != nil && !p.TargetStepOn.Before(a.AsOf):
		add("holding_target_change", "Your targets changed by more than %d kcal: the water of the first week would look like fat. "+
			"The last figure is kept until there are 21 days after that week.", targets.StepKcal)
	case a.Status == expenditure.Holding:
		add("holding_gap", "Since %s fewer than 4 of 7 days are logged, or there is no weigh-in for more than 7 days: "+
			"the last figure is kept.", a.AsOf.Format("2 January"))
	case a.Basis == expenditure.FormulaOnly:
		add("formula_only", "The formula is used until there are 21 days with 14 logged days and 8 weigh-ins.")
	case a.Basis == expenditure.None:
		add("nothing_known", "Log meals and weights, or fill in the profile: then there is a figure.")
	}
	if a.Basis == expenditure.FormulaOnly || a.Basis == expenditure.None {
		if a.Window.GapInWeighIns {
			add("gap_in_weigh_ins", "There are more than 7 days without a weigh-in.")
		}
		if a.Window.GapInLog {
			add("gap_in_log", "In some week fewer than 4 of 7 days are logged.")
		}
		return reasons
	}
	if a.Limited {
		add(
			"limited",
			"The data say more than 3 times or less than once the energy that the body needs at rest: nobody has that, so look for "+
				"meals that were not logged.",
		)
	}
	add(
		"in_your_logging",
		"It is what you use in terms of what you log: who always logs too little gets a figure that is as much too low, "+
			"and targets that fit all the same.",
	)
	return reasons
}

func kcal(v float64) *int { return new(int(math.Round(v))) }
