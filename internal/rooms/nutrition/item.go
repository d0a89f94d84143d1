package nutrition

import (
	"context"
	"encoding/json"
	"log/slog"
	"reflect"
	"slices"

	"github.com/google/uuid"
	"github.com/oapi-codegen/nullable"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// AddMealItems appends to the meal.
func (h *Handlers) AddMealItems(ctx context.Context, r api.AddMealItemsRequestObject) (api.AddMealItemsResponseObject, error) {
	items, err := json.Marshal(r.Body.Items)
	if err != nil {
		return nil, err
	}
	p := queries.TakeMealPlacesParams{UserID: db.IdentityFrom(ctx).UserID, MealID: r.ID, Items: int32(len(r.Body.Items))}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	m, tag, err := h.write(ctx, r.ID, func(ctx context.Context) error {
		if _, err := h.db.TakeMealPlaces(ctx, p); err != nil {
			return gone(err, p.AnyVersion)
		}
		return h.db.InsertMealItems(db.Queued(ctx), queries.InsertMealItemsParams{UserID: p.UserID, MealID: r.ID, Items: items})
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "items")
	}
	slog.InfoContext(ctx, "meal_items_added", "meal_id", r.ID, "items", len(r.Body.Items))
	return api.AddMealItems201JSONResponse{Body: *m, Headers: api.AddMealItems201ResponseHeaders{ETag: tag}}, nil
}

// UpdateMealItem measures the item's new amount with the values that it was logged with.
func (h *Handlers) UpdateMealItem(ctx context.Context, r api.UpdateMealItemRequestObject) (api.UpdateMealItemResponseObject, error) {
	m, tag, err := h.write(ctx, r.ID, func(ctx context.Context) error {
		row, err := h.lockItem(ctx, r.ID, r.ItemID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		wanted := wantedOf(row)
		if err := wanted.merge(*r.Body); err != nil || reflect.DeepEqual(wanted, wantedOf(row)) {
			return err
		}
		return h.measure(ctx, r.ID, r.ItemID, wanted)
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "meal_item_updated", "meal_id", r.ID, "item_id", r.ItemID)
	return api.UpdateMealItem200JSONResponse{Body: *m, Headers: api.UpdateMealItem200ResponseHeaders{ETag: tag}}, nil
}

// DeleteMealItem removes the item; the meal stays.
func (h *Handlers) DeleteMealItem(ctx context.Context, r api.DeleteMealItemRequestObject) (api.DeleteMealItemResponseObject, error) {
	p := queries.DeleteMealItemParams{UserID: db.IdentityFrom(ctx).UserID, MealID: r.ID, ItemID: r.ItemID}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	m, tag, err := h.write(ctx, r.ID, func(ctx context.Context) error {
		_, err := h.db.DeleteMealItem(ctx, p)
		if db.IsNoRows(err) {
			_, err = h.lockItem(ctx, r.ID, r.ItemID, r.Params.IfMatch) // which of the three is it?
			if err == nil {
				err = problem.New(problem.PreconditionFailed) // it has come back in this very moment
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "meal_item_deleted", "meal_id", r.ID, "item_id", r.ItemID)
	return api.DeleteMealItem200JSONResponse{Body: *m, Headers: api.DeleteMealItem200ResponseHeaders{ETag: tag}}, nil
}

// RefreshMealItem measures the same amount with the food as it is now, and writes it when asked to.
func (h *Handlers) RefreshMealItem(ctx context.Context, r api.RefreshMealItemRequestObject) (api.RefreshMealItemResponseObject, error) {
	answer := api.MealItemRefreshed{Applied: r.Body.Apply != nil && *r.Body.Apply}
	var tag *string
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		row, err := h.lockItem(ctx, r.ID, r.ItemID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		if answer.Before, err = itemFrom(row.Item); err != nil {
			return err
		}
		wanted := wantedOf(row)
		if wanted.Kind == string(api.ItemKindQuick) {
			return problem.Unprocessable(notForThisKind.WithMessage("", "was typed in by hand and has no food"))
		}
		wanted.forget()
		if !answer.Applied {
			tag = new(versionTag(row.Version))
			answer.After, err = h.look(db.AndCommit(ctx), r.ItemID, wanted)
			return err
		}
		if err := h.measure(ctx, r.ID, r.ItemID, wanted); err != nil {
			return err
		}
		after, afterTag, err := h.meal(db.AndCommit(ctx), r.ID)
		if err != nil {
			return err
		}
		tag = afterTag
		at := slices.IndexFunc(after.Items, func(item api.MealItem) bool { return item.ID == r.ItemID }) // there: its lock is ours
		answer.After = after.Items[at]
		return nil
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "meal_item_refreshed", "meal_id", r.ID, "item_id", r.ItemID, "applied", answer.Applied)
	return api.RefreshMealItem200JSONResponse{Body: answer, Headers: api.RefreshMealItem200ResponseHeaders{ETag: tag}}, nil
}

// lockItem reads an item and keeps its meal from changing until the unit of work ends.
func (h *Handlers) lockItem(ctx context.Context, meal, item uuid.UUID, ifMatch *string) (row queries.GetMealItemForUpdateRow, err error) {
	who := db.IdentityFrom(ctx).UserID
	row, err = h.db.GetMealItemForUpdate(ctx, queries.GetMealItemForUpdateParams{UserID: who, MealID: meal, ItemID: item})
	if db.IsNoRows(err) {
		state, err := h.db.GetMealState(ctx, queries.GetMealStateParams{UserID: who, MealID: meal})
		if db.IsNoRows(err) || err == nil && state.Deleted {
			return row, problem.New(mealNotFound)
		}
		if err != nil {
			return row, err
		}
		return row, problem.New(mealItemNotFound)
	}
	if err == nil && !etag.Matches(ifMatch, versionTag(row.Version)) {
		err = problem.New(problem.PreconditionFailed)
	}
	return row, err
}

// measure writes an item whose lock is held, together with the next statement, which answers what was refused.
func (h *Handlers) measure(ctx context.Context, meal, item uuid.UUID, wanted wanted) error {
	items, err := json.Marshal([]any{wanted})
	if err != nil {
		return err
	}
	return h.db.UpdateMealItem(db.Queued(ctx), queries.UpdateMealItemParams{UserID: db.IdentityFrom(ctx).UserID, MealID: meal, ItemID: item, Items: items})
}

// look measures without writing.
func (h *Handlers) look(ctx context.Context, id uuid.UUID, wanted wanted) (item api.MealItem, err error) {
	items, err := json.Marshal([]any{wanted})
	if err != nil {
		return item, err
	}
	measured, err := h.db.MeasureItem(ctx, queries.MeasureItemParams{UserID: db.IdentityFrom(ctx).UserID, Items: items})
	if err != nil {
		return item, err
	}
	item, err = itemFrom(measured)
	item.ID = id
	return item, err
}

// itemFrom reads a row of public.meal_items or private.portions as JSON: the columns are the contract's fields.
func itemFrom(row json.RawMessage) (item api.MealItem, err error) {
	if err := json.Unmarshal(row, &item); err != nil {
		return item, err
	}
	return item, json.Unmarshal(row, &item.Nutrients)
}

// wanted is an item as private.portions takes it, with the values that it was logged with.
type wanted struct {
	Kind         string          `json:"kind"`
	FoodID       *uuid.UUID      `json:"food_id,omitempty"`
	ServingID    *uuid.UUID      `json:"serving_id,omitempty"`
	Grams        *float64        `json:"grams,omitempty"`
	Count        *float64        `json:"count,omitempty"`
	ServingGrams *float64        `json:"serving_grams,omitempty"`
	Label        string          `json:"label,omitempty"`
	Basis        json.RawMessage `json:"basis,omitempty"`
	Name         string          `json:"name,omitempty"`
	Calories     float64         `json:"calories"`
	ProteinG     *float64        `json:"protein_g,omitempty"`
	CarbsG       *float64        `json:"carbs_g,omitempty"`
	FatG         *float64        `json:"fat_g,omitempty"`
}

func wantedOf(row queries.GetMealItemForUpdateRow) wanted {
	return wanted{
		Kind: row.Kind, FoodID: row.FoodID, ServingID: row.ServingID, Grams: row.Grams, Count: row.Count,
		ServingGrams: row.ServingGrams, Label: row.Label, Basis: row.Basis,
		Name: row.Name, Calories: row.Nutrients.Amount(nutrient.Calories), ProteinG: known(row.Nutrients, nutrient.Protein),
		CarbsG: known(row.Nutrients, nutrient.Carbs), FatG: known(row.Nutrients, nutrient.Fat),
	}
}

func known(v nutrient.Values, id nutrient.ID) *float64 {
	if amount, ok := v.Get(id); ok {
		return &amount
	}
	return nil
}

// forget leaves the amount and drops the values it was logged with, so that the food is asked again.
func (w *wanted) forget() { w.Basis, w.ServingGrams, w.Label = nil, nil, "" }

// merge lays a patch over the item and refuses what does not go with its kind.
func (w *wanted) merge(patch api.MealItemPatch) error {
	var fields validation.Errors
	refuse := func(field string, given bool, code problem.FieldCode, message string) {
		if given {
			fields.AddMessage(field, code, "%s", message)
		}
	}
	if w.Kind == string(api.ItemKindQuick) {
		const message = "is not for an item that was typed in by hand"
		refuse("grams", patch.Grams != nil, notForThisKind, message)
		refuse("serving_id", patch.ServingID != nil, notForThisKind, message)
		refuse("count", patch.Count != nil, notForThisKind, message)
		set(&w.Name, patch.Name)
		set(&w.Calories, patch.Calories)
		merge(&w.ProteinG, patch.ProteinG)
		merge(&w.CarbsG, patch.CarbsG)
		merge(&w.FatG, patch.FatG)
		return fields.Err()
	}
	const message = "follows from the food"
	refuse("name", patch.Name != nil, notForThisKind, message)
	refuse("calories", patch.Calories != nil, notForThisKind, message)
	refuse("protein_g", patch.ProteinG.IsSpecified(), notForThisKind, message)
	refuse("carbs_g", patch.CarbsG.IsSpecified(), notForThisKind, message)
	refuse("fat_g", patch.FatG.IsSpecified(), notForThisKind, message)
	byServing := patch.ServingID != nil || patch.Count != nil
	refuse("grams", patch.Grams != nil && byServing, problem.Ambiguous, "is another amount than the servings")
	refuse("count", patch.Count == nil && patch.ServingID != nil && w.Count == nil, problem.Required, "is required to count by servings")
	refuse("serving_id", patch.ServingID == nil && patch.Count != nil && w.ServingID == nil, problem.Required, "is required to count by servings")
	if patch.Grams != nil {
		w.Kind, w.Grams = string(api.ItemKindGrams), patch.Grams
	}
	if byServing {
		w.Kind = string(api.ItemKindServing)
	}
	if patch.ServingID != nil && (w.ServingID == nil || *patch.ServingID != *w.ServingID) {
		w.ServingID, w.ServingGrams, w.Label = patch.ServingID, nil, ""
	}
	if patch.Count != nil {
		w.Count = patch.Count
	}
	return fields.Err()
}

func set[T any](into *T, value *T) {
	if value != nil {
		*into = *value
	}
}

func merge[T any](into **T, value nullable.Nullable[T]) {
	if value.IsSpecified() {
		*into = optional(value)
	}
}

func itemOf(d queries.Diary) api.MealItem {
	return api.MealItem{
		ID: *d.ItemID, Kind: api.ItemKind(*d.Kind), FoodID: d.FoodID, ServingID: d.ServingID, Count: d.Count,
		Name: *d.Name, Brand: d.Brand, Label: *d.Label, Grams: d.Grams, Nutrients: d.Nutrients,
	}
}
