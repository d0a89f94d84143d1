package nutrition

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/text"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// AddMealItems appends items to the meal.
func (h *Handlers) AddMealItems(ctx context.Context, r api.AddMealItemsRequestObject) (api.AddMealItemsResponseObject, error) {
	items, err := itemsInput(r.Body.Items)
	if err != nil {
		return nil, err
	}
	p := queries.TakeMealPlacesParams{UserID: db.IdentityFrom(ctx).UserID, MealID: r.ID, Items: int32(len(r.Body.Items))}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	m, tag, err := h.write(ctx, r.ID, func(ctx context.Context) error {
		if _, err := h.db.TakeMealPlaces(ctx, p); err != nil {
			return notFoundIfAnyVersion(err, p.AnyVersion)
		}
		return h.db.InsertMealItems(db.Queued(ctx), queries.InsertMealItemsParams{UserID: p.UserID, MealID: r.ID, Items: items})
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "items")
	}
	slog.InfoContext(ctx, "meal_items_added", "meal_id", r.ID, "items", len(r.Body.Items))
	return api.AddMealItems201JSONResponse{Body: *m, Headers: api.AddMealItems201ResponseHeaders{ETag: tag}}, nil
}

// UpdateMealItem changes an item's amount. Nutrients follow from the per-100-g values stored with the item, not from the food.
func (h *Handlers) UpdateMealItem(ctx context.Context, r api.UpdateMealItemRequestObject) (api.UpdateMealItemResponseObject, error) {
	m, tag, err := h.write(ctx, r.ID, func(ctx context.Context) error {
		row, err := h.lockItem(ctx, r.ID, r.ItemID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		input := portionInputOf(row)
		if err := input.applyPatch(*r.Body); err != nil || reflect.DeepEqual(input, portionInputOf(row)) {
			return err
		}
		return h.updateItem(ctx, r.ID, r.ItemID, input)
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
			_, err = h.lockItem(ctx, r.ID, r.ItemID, r.Params.IfMatch) // returns the reason: no such meal, no such item, or a stale version
			if err == nil {
				err = problem.New(problem.PreconditionFailed) // it was restored between the two statements
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

// RefreshMealItem computes the same amount from the food as it is now, and stores the result when apply is true.
func (h *Handlers) RefreshMealItem(ctx context.Context, r api.RefreshMealItemRequestObject) (api.RefreshMealItemResponseObject, error) {
	response := api.MealItemRefreshed{Applied: r.Body.Apply != nil && *r.Body.Apply}
	var tag *string
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		row, err := h.lockItem(ctx, r.ID, r.ItemID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		if response.Before, err = itemFrom(row.Item); err != nil {
			return err
		}
		input := portionInputOf(row)
		if input.Kind == string(api.ItemKindQuick) {
			return problem.Unprocessable(notForThisKind.WithMessage("", "was typed in by hand and has no food"))
		}
		input.dropLoggedValues()
		if !response.Applied {
			tag = new(etag.Of(row.Version))
			response.After, err = h.previewItem(db.AndCommit(ctx), r.ItemID, input)
			return err
		}
		if err := h.updateItem(ctx, r.ID, r.ItemID, input); err != nil {
			return err
		}
		after, afterTag, err := h.meal(db.AndCommit(ctx), r.ID)
		if err != nil {
			return err
		}
		tag = afterTag
		// It is found: this transaction holds its lock.
		index := slices.IndexFunc(after.Items, func(item api.MealItem) bool { return item.ID == r.ItemID })
		response.After = after.Items[index]
		return nil
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "meal_item_refreshed", "meal_id", r.ID, "item_id", r.ItemID, "applied", response.Applied)
	return api.RefreshMealItem200JSONResponse{Body: response, Headers: api.RefreshMealItem200ResponseHeaders{ETag: tag}}, nil
}

// lockItem reads an item and locks it and its meal until the transaction ends.
func (h *Handlers) lockItem(ctx context.Context, meal, item uuid.UUID, ifMatch *string) (row queries.GetMealItemForUpdateRow, err error) {
	who := db.IdentityFrom(ctx).UserID
	row, err = h.db.GetMealItemForUpdate(ctx, queries.GetMealItemForUpdateParams{UserID: who, MealID: meal, ItemID: item})
	if db.IsNoRows(err) {
		return row, h.notFoundOr(ctx, meal, mealItemNotFound)
	}
	if err == nil && !etag.Matches(ifMatch, etag.Of(row.Version)) {
		err = problem.New(problem.PreconditionFailed)
	}
	return row, err
}

// updateItem queues the write of a locked item. The next statement sends it, and returns its error if it is refused.
func (h *Handlers) updateItem(ctx context.Context, meal, item uuid.UUID, input portionInput) error {
	items, err := json.Marshal([]any{input})
	if err != nil {
		return err
	}
	p := queries.UpdateMealItemParams{UserID: db.IdentityFrom(ctx).UserID, MealID: meal, ItemID: item, Items: items}
	return h.db.UpdateMealItem(db.Queued(ctx), p)
}

// previewItem computes an item without storing it.
func (h *Handlers) previewItem(ctx context.Context, id uuid.UUID, input portionInput) (item api.MealItem, err error) {
	items, err := json.Marshal([]any{input})
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

// itemsInput returns the client's JSON of items, so that decimals are not rounded, with the names of quick items cleaned. A name
// without a visible character becomes "", which private.portions refuses.
func itemsInput(items []api.MealItemCreate) ([]byte, error) {
	list := make([]any, len(items))
	for i, item := range items {
		list[i] = item
		if kind, err := item.Discriminator(); err != nil || kind != string(api.ItemKindQuick) {
			continue
		}
		raw, err := json.Marshal(item)
		if err != nil {
			return nil, err
		}
		var fields map[string]json.RawMessage
		var name string
		if err := errors.Join(json.Unmarshal(raw, &fields), json.Unmarshal(fields["name"], &name)); err != nil {
			return nil, fmt.Errorf("read the name of item %d: %w", i, err)
		}
		if fields["name"], err = json.Marshal(text.Clean(name)); err != nil {
			return nil, err
		}
		list[i] = fields
	}
	return json.Marshal(list)
}

// itemFrom decodes a row of public.meal_items or private.portions, whose columns have the names of the contract's fields.
func itemFrom(row json.RawMessage) (item api.MealItem, err error) {
	if err := json.Unmarshal(row, &item); err != nil {
		return item, err
	}
	return item, json.Unmarshal(row, &item.Nutrients)
}

// portionInput is an item in the form that private.portions reads, with the values that it was logged with.
type portionInput struct {
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

func portionInputOf(row queries.GetMealItemForUpdateRow) portionInput {
	return portionInput{
		Kind: row.Kind, FoodID: row.FoodID, ServingID: row.ServingID, Grams: row.Grams, Count: row.Count,
		ServingGrams: row.ServingGrams, Label: row.Label, Basis: row.Basis,
		Name: row.Name, Calories: row.Nutrients.Amount(nutrient.Calories), ProteinG: amountIfKnown(row.Nutrients, nutrient.Protein),
		CarbsG: amountIfKnown(row.Nutrients, nutrient.Carbs), FatG: amountIfKnown(row.Nutrients, nutrient.Fat),
	}
}

func amountIfKnown(v nutrient.Values, id nutrient.ID) *float64 {
	if amount, ok := v.Get(id); ok {
		return &amount
	}
	return nil
}

// dropLoggedValues removes the values stored with the item, so that private.portions reads the food. The amount stays.
func (w *portionInput) dropLoggedValues() { w.Basis, w.ServingGrams, w.Label = nil, nil, "" }

// applyPatch merges a patch into the item and refuses fields that do not fit its kind.
func (w *portionInput) applyPatch(patch api.MealItemPatch) error {
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
		if patch.Name != nil {
			w.Name = fields.Text("name", *patch.Name)
		}
		w.Calories = optional.Or(patch.Calories, w.Calories)
		setIfSpecified(&w.ProteinG, patch.ProteinG)
		setIfSpecified(&w.CarbsG, patch.CarbsG)
		setIfSpecified(&w.FatG, patch.FatG)
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
	noServing := patch.ServingID == nil && patch.Count != nil && w.ServingID == nil
	refuse("serving_id", noServing, problem.Required, "is required to count by servings")
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

func setIfSpecified[T any](into **T, value nullable.Nullable[T]) {
	if value.IsSpecified() {
		*into = optional.Value(value)
	}
}

func itemOf(d queries.Diary) api.MealItem {
	return api.MealItem{
		ID: *d.ItemID, Kind: api.ItemKind(*d.Kind), FoodID: d.FoodID, ServingID: d.ServingID, Count: d.Count,
		Name: *d.Name, Brand: d.Brand, Label: *d.Label, Grams: d.Grams, Nutrients: d.Nutrients,
	}
}
