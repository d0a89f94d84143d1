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
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// maxServings is how many a food of one's own may have; the contract says the same.
const maxServings = 50

// AddFoodServing hangs a serving on a food of the person's own.
func (h *Handlers) AddFoodServing(ctx context.Context, r api.AddFoodServingRequestObject) (api.AddFoodServingResponseObject, error) {
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(ctx context.Context, have []serving) error {
		var fields validation.Errors
		added := newServings(&fields, have, []api.FoodServingCreate{*r.Body}, func(_ int, name string) string { return name })
		fields.AddIf(len(have) >= maxServings, "", tooManyServings)
		if err := fields.Err(); err != nil {
			return err
		}
		if added[0].IsDefault && len(have) > 0 {
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

// UpdateFoodServing changes a serving; meals keep what they were logged with.
func (h *Handlers) UpdateFoodServing(ctx context.Context, r api.UpdateFoodServingRequestObject) (api.UpdateFoodServingResponseObject, error) {
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(ctx context.Context, have []serving) error {
		at, err := place(have, r.ServingID)
		if err != nil {
			return err
		}
		changed := have[at]
		var fields validation.Errors
		if r.Body.Label != nil {
			changed.Label = fields.Text("label", *r.Body.Label)
			others := slices.Delete(slices.Clone(have), at, at+1)
			taken := slices.ContainsFunc(others, func(s serving) bool { return label(s.Label) == label(changed.Label) })
			fields.AddIf(taken, "label", labelTaken)
		}
		if r.Body.Grams != nil {
			changed.Grams = serviceable(*r.Body.Grams)
		}
		if r.Body.IsDefault != nil {
			changed.IsDefault = *r.Body.IsDefault || len(have) == 1 // nobody else could take it
		}
		if err := fields.Err(); err != nil {
			return err
		}
		if changed == have[at] {
			return errUnchanged
		}
		if changed.IsDefault != have[at].IsDefault {
			if err := h.clearDefault(ctx, r.ID); err != nil {
				return err
			}
			if !changed.IsDefault {
				if err := h.promote(ctx, r.ID, have, at); err != nil {
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

// DeleteFoodServing takes a serving away; another becomes the default when it was it.
func (h *Handlers) DeleteFoodServing(ctx context.Context, r api.DeleteFoodServingRequestObject) (api.DeleteFoodServingResponseObject, error) {
	me := db.IdentityFrom(ctx).UserID
	f, tag, err := h.changeServings(ctx, r.ID, r.Params.IfMatch, func(ctx context.Context, have []serving) error {
		at, err := place(have, r.ServingID)
		if err != nil {
			return err
		}
		if err := h.db.DeleteFoodServing(db.Queued(ctx), queries.DeleteFoodServingParams{ID: r.ServingID, FoodID: r.ID, UserID: me}); err != nil {
			return err
		}
		if have[at].IsDefault {
			return h.promote(ctx, r.ID, have, at)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "food_serving_deleted", "food_id", r.ID)
	return api.DeleteFoodServing200JSONResponse{Body: f, Headers: api.DeleteFoodServing200ResponseHeaders{ETag: &tag}}, nil
}

// serving is one of a food of the person's own.
type serving struct {
	ID        uuid.UUID
	Label     string
	Grams     float64
	IsDefault bool
	Position  int32
}

// errUnchanged says that there is nothing to write.
var errUnchanged = errors.New("unchanged")

// changeServings writes servings under the food's lock, and moves its version unless nothing changed.
func (h *Handlers) changeServings(ctx context.Context, id uuid.UUID, ifMatch *string, write func(context.Context, []serving) error) (f api.Food, tag string, err error) {
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
		case !foodMatches(ifMatch, rows[0].Version):
			return problem.New(problem.PreconditionFailed)
		}
		var have []serving
		for _, r := range rows {
			if r.ServingID != nil {
				have = append(have, serving{*r.ServingID, *r.Label, *r.Grams, *r.IsDefault, *r.Position})
			}
		}
		err = write(ctx, have)
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

func place(have []serving, id uuid.UUID) (int, error) {
	at := slices.IndexFunc(have, func(s serving) bool { return s.ID == id })
	if at < 0 {
		return 0, problem.New(servingNotFound)
	}
	return at, nil
}

// promote makes the first of the others the default.
func (h *Handlers) promote(ctx context.Context, food uuid.UUID, have []serving, but int) error {
	for i, s := range have {
		if i != but {
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

// newServings checks wanted servings against each other and those that are there: labels differ, one is the default.
// field is what the request calls a member of the ith one.
func newServings(fields *validation.Errors, have []serving, wanted []api.FoodServingCreate, field func(i int, name string) string) []serving {
	taken := map[string]bool{}
	position := int32(0)
	hasDefault, wantsDefault := false, false
	for _, s := range have {
		taken[label(s.Label)] = true
		position = max(position, s.Position+1)
		hasDefault = hasDefault || s.IsDefault
	}
	servings := make([]serving, len(wanted))
	for i, w := range wanted {
		s := serving{ID: orNew(w.ID), Grams: serviceable(w.Grams), IsDefault: value(w.IsDefault), Position: position + int32(i)}
		s.Label = fields.Text(field(i, "label"), w.Label)
		if taken[label(s.Label)] {
			fields.Add(field(i, "label"), labelTaken)
		}
		taken[label(s.Label)] = true
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

// serviceable keeps as many digits of a weight as its column does.
func serviceable(grams float64) float64 { return math.Round(grams*1e4) / 1e4 }

// value is 0 for nil: only where the database has no null.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
