package nutrition

import (
	"context"
	"log/slog"
	"math"
	"slices"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// maxServings is how many servings a custom food may have; the contract has the same limit.
const maxServings = 50

// AddFoodServing adds a serving to a custom food.
func (h *Handlers) AddFoodServing(ctx context.Context, r api.AddFoodServingRequestObject) (api.AddFoodServingResponseObject, error) {
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(servings []serving) ([]serving, error) {
		var fields validation.Errors
		fields.AddIf(len(servings) >= maxServings, "", tooManyServings)
		servings = addServings(&fields, servings, []api.FoodServingCreate{*r.Body}, func(_ int, name string) string { return name })
		return servings, fields.Err()
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "food_serving_added", "food_id", r.ID)
	return api.AddFoodServing201JSONResponse{Body: f, Headers: api.AddFoodServing201ResponseHeaders{ETag: &tag}}, nil
}

// UpdateFoodServing changes a serving. Meals that were logged with it stay unchanged.
func (h *Handlers) UpdateFoodServing(
	ctx context.Context, r api.UpdateFoodServingRequestObject,
) (api.UpdateFoodServingResponseObject, error) {
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(servings []serving) ([]serving, error) {
		index := indexOfServing(servings, r.ServingID)
		if index < 0 {
			return nil, problem.New(servingNotFound)
		}
		var fields validation.Errors
		changed := &servings[index]
		if r.Body.Label != nil {
			changed.Label = fields.Text("label", *r.Body.Label)
			taken := func(s serving) bool {
				return s.ID != changed.ID && normalizeLabel(s.Label) == normalizeLabel(changed.Label)
			}
			fields.AddIf(slices.ContainsFunc(servings, taken), "label", labelTaken)
		}
		if r.Body.Grams != nil {
			changed.Grams = roundServingGrams(*r.Body.Grams)
		}
		changed.IsDefault = optional.Or(r.Body.IsDefault, changed.IsDefault)
		chooseDefault(servings, index)
		return servings, fields.Err()
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "food_serving_updated", "food_id", r.ID)
	return api.UpdateFoodServing200JSONResponse{Body: f, Headers: api.UpdateFoodServing200ResponseHeaders{ETag: &tag}}, nil
}

// DeleteFoodServing deletes a serving. If it was the default, the first of the others becomes the default.
func (h *Handlers) DeleteFoodServing(
	ctx context.Context, r api.DeleteFoodServingRequestObject,
) (api.DeleteFoodServingResponseObject, error) {
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(servings []serving) ([]serving, error) {
		index := indexOfServing(servings, r.ServingID)
		if index < 0 {
			return nil, problem.New(servingNotFound)
		}
		servings = slices.Delete(servings, index, index+1)
		chooseDefault(servings, -1)
		return servings, nil
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "food_serving_deleted", "food_id", r.ID)
	return api.DeleteFoodServing200JSONResponse{Body: f, Headers: api.DeleteFoodServing200ResponseHeaders{ETag: &tag}}, nil
}

// serving is a serving of a custom food.
type serving struct {
	ID        uuid.UUID
	Label     string
	Grams     float64
	IsDefault bool
	Position  int32
}

// changeServings lets change make another list of the servings while the food is locked, and stores what differs. A list that stays the
// same keeps the food's version.
func (h *Handlers) changeServings(
	ctx context.Context, id uuid.UUID, ifMatch *string, change func([]serving) ([]serving, error),
) (f api.Food, tag string, err error) {
	me := db.IdentityFrom(ctx).UserID
	return h.writeFood(ctx, id, func(ctx context.Context) error {
		if err := h.db.LockCustomFood(db.Queued(ctx), queries.LockCustomFoodParams{ID: id, UserID: me}); err != nil {
			return err
		}
		rows, err := h.db.ListServingsOfLockedFood(ctx, queries.ListServingsOfLockedFoodParams{FoodID: id, UserID: me})
		switch {
		case err != nil:
			return err
		case len(rows) == 0 || rows[0].DeletedAt != nil:
			return problem.New(foodNotFound)
		case !foodETagMatches(ifMatch, rows[0].Version):
			return problem.New(problem.PreconditionFailed)
		}
		var stored []serving
		for _, r := range rows {
			if r.ServingID != nil {
				stored = append(stored, serving{*r.ServingID, *r.Label, *r.Grams, *r.IsDefault, *r.Position})
			}
		}
		changed, err := change(slices.Clone(stored))
		if err != nil {
			return err
		}
		return h.writeServings(ctx, id, stored, changed)
	})
}

func indexOfServing(servings []serving, id uuid.UUID) int {
	return slices.IndexFunc(servings, func(s serving) bool { return s.ID == id })
}

// chooseDefault makes exactly one serving the default: the one at preferred (-1 for none) if it is marked so, else the one that is, else the
// first other one.
func chooseDefault(servings []serving, preferred int) {
	chosen := slices.IndexFunc(servings, func(s serving) bool { return s.IsDefault })
	switch {
	case preferred >= 0 && servings[preferred].IsDefault:
		chosen = preferred
	case chosen < 0 && preferred == 0 && len(servings) > 1:
		chosen = 1
	case chosen < 0:
		chosen = 0
	}
	for i := range servings {
		servings[i].IsDefault = i == chosen
	}
}

// writeServings queues what turns the stored servings into the changed ones, and increments the food's version.
func (h *Handlers) writeServings(ctx context.Context, food uuid.UUID, stored, changed []serving) error {
	if slices.Equal(stored, changed) {
		return nil
	}
	ctx, me := db.Queued(ctx), db.IdentityFrom(ctx).UserID
	if err := h.db.ClearDefaultServing(ctx, queries.ClearDefaultServingParams{FoodID: food, UserID: me}); err != nil {
		return err
	}
	for _, s := range stored {
		if indexOfServing(changed, s.ID) >= 0 {
			continue
		}
		if err := h.db.DeleteFoodServing(ctx, queries.DeleteFoodServingParams{ID: s.ID, FoodID: food, UserID: me}); err != nil {
			return err
		}
	}
	var added []serving
	for _, s := range changed {
		i := indexOfServing(stored, s.ID)
		if i < 0 {
			added = append(added, s)
		} else if s != stored[i] || s.IsDefault {
			p := queries.UpdateFoodServingParams{ID: s.ID, FoodID: food, UserID: me, Label: s.Label, Grams: s.Grams, IsDefault: s.IsDefault}
			if err := h.db.UpdateFoodServing(ctx, p); err != nil {
				return err
			}
		}
	}
	if err := h.insertServings(ctx, food, added); err != nil {
		return err
	}
	return h.db.TouchCustomFood(ctx, queries.TouchCustomFoodParams{ID: food, UserID: me})
}

func (h *Handlers) insertServings(ctx context.Context, food uuid.UUID, servings []serving) error {
	if len(servings) == 0 {
		return nil
	}
	p := queries.CreateFoodServingsParams{FoodID: food, UserID: db.IdentityFrom(ctx).UserID}
	for _, s := range servings {
		p.Ids, p.Labels, p.Grams = append(p.Ids, s.ID), append(p.Labels, s.Label), append(p.Grams, s.Grams)
		p.Defaults, p.Positions = append(p.Defaults, s.IsDefault), append(p.Positions, s.Position)
	}
	return h.db.CreateFoodServings(db.Queued(ctx), p)
}

// addServings returns the servings with the requested ones behind them. It checks that all labels differ, and that at most one requested
// serving is to be the default. field returns the name that the request has for a member of the ith one.
func addServings(
	fields *validation.Errors, servings []serving, requested []api.FoodServingCreate, field func(i int, name string) string,
) []serving {
	taken, preferred, position := map[string]bool{}, -1, int32(0)
	for _, s := range servings {
		taken[normalizeLabel(s.Label)] = true
		position = max(position, s.Position+1)
	}
	for i, w := range requested {
		s := serving{
			ID: optional.Or(w.ID, uuid.New()), Label: fields.Text(field(i, "label"), w.Label), Grams: roundServingGrams(w.Grams),
			IsDefault: optional.OrZero(w.IsDefault), Position: position + int32(i),
		}
		fields.AddIf(taken[normalizeLabel(s.Label)], field(i, "label"), labelTaken)
		taken[normalizeLabel(s.Label)] = true
		if s.IsDefault {
			fields.AddIf(preferred >= 0, field(i, "is_default"), oneDefault)
			preferred = len(servings)
		}
		servings = append(servings, s)
	}
	chooseDefault(servings, preferred)
	return servings
}

// roundServingGrams rounds to the 4 decimals that the column stores.
func roundServingGrams(grams float64) float64 { return math.Round(grams*1e4) / 1e4 }
