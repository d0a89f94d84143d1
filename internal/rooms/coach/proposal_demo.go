package coach

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// The ids in the docs' examples. The egg is one of the starter foods.
const (
	demoMealProposal   = "c0d40000-0000-4000-8000-000000000004"
	demoWeightProposal = "c0d40000-0000-4000-8000-000000000006"
	demoEgg            = "f0000000-0000-4000-8000-000000000001"
	demoLargeEgg       = "f0000000-0000-4000-8000-000000000011"
)

// demoBreakfastAt is the time of day of the demo conversation, in UTC.
const demoBreakfastAt = 6*time.Hour + 10*time.Minute

// demoProposal is a proposal with the id that the docs show.
type demoProposal struct {
	id    string
	draft api.ProposalDraft
}

// demoProposals returns a breakfast, which the examples confirm and undo, and a weight, which they reject.
func demoProposals(d room.Demo) ([]demoProposal, error) {
	at := d.Day.Add(demoBreakfastAt)
	var eggs api.MealItemCreate
	err := eggs.FromItemByServing(api.ItemByServing{
		FoodID: uuid.MustParse(demoEgg), ServingID: uuid.MustParse(demoLargeEgg), Count: 2,
	})
	if err != nil {
		return nil, err
	}
	meal, weight := demoProposal{id: demoMealProposal}, demoProposal{id: demoWeightProposal}
	err = meal.draft.FromMealDraft(api.MealDraft{Meal: api.MealCreate{
		MealType: api.MealTypeBreakfast, EatenAt: &at, Items: []api.MealItemCreate{eggs},
	}})
	if err != nil {
		return nil, err
	}
	err = weight.draft.FromMeasurementDraft(api.MeasurementDraft{Measurement: api.MeasurementCreate{MeasuredAt: &at, WeightKg: new(79.9)}})
	return []demoProposal{meal, weight}, err
}

// demonstrateProposals stores what the reply of an exchange proposes, and returns what was not stored before.
func (h *Handlers) demonstrateProposals(ctx context.Context, d room.Demo, t turn, e exchange) (made []api.Proposal, err error) {
	all, err := e.proposes(d)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		row, err := h.newProposal(ctx, t, suggestion{Draft: p.draft, Confidence: 0.9})
		if err != nil {
			return nil, fmt.Errorf("check a demo proposal: %w", err)
		}
		row.ID = d.ID(p.id)
		stored, _, err := h.storeProposal(ctx, row, nil)
		switch {
		case err == nil:
			made = append(made, stored)
		case db.Diagnose(err) != db.Duplicate:
			return nil, fmt.Errorf("add a demo proposal: %w", err)
		}
	}
	return made, nil
}
