package nutrition

import (
	"context"
	"errors"
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
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(ctx context.Context, existing []serving) error {
		var fields validation.Errors
		added := newServings(&fields, existing, []api.FoodServingCreate{*r.Body}, func(_ int, name string) string { return name })
		fields.AddIf(len(existing) >= maxServings, "", tooManyServings)
		if err := fields.Err(); err != nil {
			return err
		}
		if added[0].IsDefault && len(existing) > 0 {
			if err := h.clearDefault(ctx, r.ID); err != nil {
				return err
			}
		}
		return h.insertServings(ctx, r.ID, added)
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "food_serving_added", "food_id", r.ID)
	return api.AddFoodServing201JSONResponse{Body: f, Headers: api.AddFoodServing201ResponseHeaders{ETag: &tag}}, nil
}

// UpdateFoodServing changes a serving. Meals that were logged with it stay unchanged.
func (h *Handlers) UpdateFoodServing(
	ctx context.Context,
	r api.UpdateFoodServingRequestObject,
) (api.UpdateFoodServingResponseObject, error) {
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(ctx context.Context, existing []serving) error {
		index, err := servingIndex(existing, r.ServingID)
		if err != nil {
			return err
		}
		changed := existing[index]
		var fields validation.Errors
		if r.Body.Label != nil {
			changed.Label = fields.Text("label", *r.Body.Label)
			others := slices.Delete(slices.Clone(existing), index, index+1)
			taken := slices.ContainsFunc(others, func(s serving) bool { return normalizeLabel(s.Label) == normalizeLabel(changed.Label) })
			fields.AddIf(taken, "label", labelTaken)
		}
		if r.Body.Grams != nil {
			changed.Grams = roundServingGrams(*r.Body.Grams)
		}
		if r.Body.IsDefault != nil {
			changed.IsDefault = *r.Body.IsDefault || len(existing) == 1 // the only serving is always the default
		}
		if err := fields.Err(); err != nil {
			return err
		}
		if changed == existing[index] {
			return errUnchanged
		}
		if changed.IsDefault != existing[index].IsDefault {
			if err := h.clearDefault(ctx, r.ID); err != nil {
				return err
			}
			if !changed.IsDefault {
				if err := h.makeOtherDefault(ctx, r.ID, existing, index); err != nil {
					return err
				}
			}
		}
		return h.updateServing(ctx, r.ID, changed)
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "food_serving_updated", "food_id", r.ID)
	return api.UpdateFoodServing200JSONResponse{Body: f, Headers: api.UpdateFoodServing200ResponseHeaders{ETag: &tag}}, nil
}

// DeleteFoodServing deletes a serving. If it was the default, the first of the others becomes the default.
func (h *Handlers) DeleteFoodServing(
	ctx context.Context,
	r api.DeleteFoodServingRequestObject,
) (api.DeleteFoodServingResponseObject, error) {
	me := db.IdentityFrom(ctx).UserID
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(ctx context.Context, existing []serving) error {
		index, err := servingIndex(existing, r.ServingID)
		if err != nil {
			return err
		}
		if err := h.db.DeleteFoodServing(
			db.Queued(ctx),
			queries.DeleteFoodServingParams{ID: r.ServingID, FoodID: r.ID, UserID: me},
		); err != nil {
			return err
		}
		if existing[index].IsDefault {
			return h.makeOtherDefault(ctx, r.ID, existing, index)
		}
		return nil
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

// errUnchanged is returned when there is nothing to write.
var errUnchanged = errors.New("unchanged")

// changeServings runs write while the food is locked, then increments the food's version unless write returned errUnchanged.
func (h *Handlers) changeServings(
	ctx context.Context,
	id uuid.UUID,
	ifMatch *string,
	write func(context.Context, []serving) error,
) (f api.Food, tag string, err error) {
	me := db.IdentityFrom(ctx).UserID
	err = h.db.Tx(ctx, func(ctx context.Context) error {
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
		var existing []serving
		for _, r := range rows {
			if r.ServingID != nil {
				existing = append(existing, serving{*r.ServingID, *r.Label, *r.Grams, *r.IsDefault, *r.Position})
			}
		}
		err = write(ctx, existing)
		if err == nil {
			err = h.db.TouchCustomFood(db.Queued(ctx), queries.TouchCustomFoodParams{ID: id, UserID: me})
		}
		if err != nil && !errors.Is(err, errUnchanged) {
			return err
		}
		f, tag, err = h.food(db.AndCommit(ctx), id)
		return err
	})
	return f, tag, err
}

func servingIndex(existing []serving, id uuid.UUID) (int, error) {
	index := slices.IndexFunc(existing, func(s serving) bool { return s.ID == id })
	if index < 0 {
		return 0, problem.New(servingNotFound)
	}
	return index, nil
}

// makeOtherDefault makes the first serving other than existing[except] the default.
func (h *Handlers) makeOtherDefault(ctx context.Context, food uuid.UUID, existing []serving, except int) error {
	for i, s := range existing {
		if i != except {
			s.IsDefault = true
			return h.updateServing(ctx, food, s)
		}
	}
	return nil
}

func (h *Handlers) updateServing(ctx context.Context, food uuid.UUID, s serving) error {
	return h.db.UpdateFoodServing(db.Queued(ctx), queries.UpdateFoodServingParams{
		ID: s.ID, FoodID: food, UserID: db.IdentityFrom(ctx).UserID, Label: s.Label, Grams: s.Grams, IsDefault: s.IsDefault,
	})
}

func (h *Handlers) clearDefault(ctx context.Context, food uuid.UUID) error {
	return h.db.ClearDefaultServing(db.Queued(ctx), queries.ClearDefaultServingParams{FoodID: food, UserID: db.IdentityFrom(ctx).UserID})
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

// newServings checks that labels differ, among the requested servings and from the existing ones, and that one is the default.
// field returns the name that the request has for a member of the ith serving.
func newServings(
	fields *validation.Errors,
	existing []serving,
	requested []api.FoodServingCreate,
	field func(i int, name string) string,
) []serving {
	taken := map[string]bool{}
	position := int32(0)
	hasDefault, wantsDefault := false, false
	for _, s := range existing {
		taken[normalizeLabel(s.Label)] = true
		position = max(position, s.Position+1)
		hasDefault = hasDefault || s.IsDefault
	}
	servings := make([]serving, len(requested))
	for i, w := range requested {
		s := serving{
			ID:        idOrNew(w.ID),
			Grams:     roundServingGrams(w.Grams),
			IsDefault: optional.OrZero(w.IsDefault),
			Position:  position + int32(i),
		}
		s.Label = fields.Text(field(i, "label"), w.Label)
		if taken[normalizeLabel(s.Label)] {
			fields.Add(field(i, "label"), labelTaken)
		}
		taken[normalizeLabel(s.Label)] = true
		if s.IsDefault {
			if wantsDefault {
				fields.Add(field(i, "is_default"), oneDefault)
			}
			wantsDefault = true
		}
		servings[i] = s
	}
	if !wantsDefault && !hasDefault && len(servings) > 0 {
		servings[0].IsDefault = true
	}
	return servings
}

// roundServingGrams rounds to the 4 decimals that the column stores.
func roundServingGrams(grams float64) float64 { return math.Round(grams*1e4) / 1e4 }
