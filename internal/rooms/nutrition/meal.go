package nutrition

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// ListMeals returns a page of meals, the newest first.
func (h *Handlers) ListMeals(ctx context.Context, r api.ListMealsRequestObject) (api.ListMealsResponseObject, error) {
	window, err := h.cursors.Newest("listMeals", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	p := queries.ListMealsParams{
		UserID: db.IdentityFrom(ctx).UserID, From: optional.Date(r.Params.From), To: optional.Date(r.Params.To),
		MealType: (*string)(r.Params.MealType), BeforeAt: window.BeforeAt, BeforeID: window.BeforeID, PageSize: window.Size,
	}
	var fields validation.Errors
	fields.Range(p.From, p.To)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	lines, err := h.db.ListMeals(ctx, p)
	if err != nil {
		return nil, err
	}
	meals, next, err := page.Rows(window, mealsOf(lines), func(m api.Meal) page.Key { return page.Key{At: m.EatenAt, ID: m.ID} })
	if err != nil {
		return nil, err
	}
	return api.ListMeals200JSONResponse{Data: meals, NextCursor: next}, nil
}

// CreateMeal stores a meal with its items in one transaction.
func (h *Handlers) CreateMeal(ctx context.Context, r api.CreateMealRequestObject) (api.CreateMealResponseObject, error) {
	m, tag, err := h.LogMeal(ctx, *r.Body, api.MealSourceManual)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "meal_created", "meal_id", m.ID, "items", len(m.Items))
	return api.CreateMeal201JSONResponse{Body: *m, Headers: api.CreateMeal201ResponseHeaders{ETag: tag}}, nil
}

// LogMeal stores a meal and says how it came to be logged. It returns the meal with its ETag.
func (h *Handlers) LogMeal(ctx context.Context, b api.MealCreate, source api.MealSource) (*api.Meal, *string, error) {
	var fields validation.Errors
	name := fields.OptionalText("name", b.Name)
	fields.Zone("timezone", b.Timezone)
	fields.Moment("eaten_at", b.EatenAt, h.now())
	if err := fields.Err(); err != nil {
		return nil, nil, err
	}
	items, err := itemsInput(b.Items)
	if err != nil {
		return nil, nil, err
	}
	p := queries.CreateMealParams{
		UserID: db.IdentityFrom(ctx).UserID, ID: optional.Or(b.ID, uuid.New()), Name: name, MealType: string(b.MealType),
		EatenAt: optional.Or(b.EatenAt, h.now()).Truncate(time.Microsecond), Timezone: b.Timezone,
		Notes: b.Notes, Source: string(source), Items: int32(len(b.Items)),
	}
	m, tag, err := h.write(ctx, p.ID, func(ctx context.Context) error {
		if err := h.db.CreateMeal(db.Queued(ctx), p); err != nil {
			return err
		}
		return h.db.InsertMealItems(db.Queued(ctx), queries.InsertMealItemsParams{UserID: p.UserID, MealID: p.ID, Items: items})
	})
	if err != nil {
		return nil, nil, validation.FromRefusal(err, "items")
	}
	return m, tag, nil
}

// GetMeal returns one meal.
func (h *Handlers) GetMeal(ctx context.Context, r api.GetMealRequestObject) (api.GetMealResponseObject, error) {
	m, tag, err := h.meal(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	if etag.NotModified(r.Params.IfNoneMatch, *tag) {
		return api.GetMeal304Response{Headers: api.GetMeal304ResponseHeaders{ETag: tag}}, nil
	}
	return api.GetMeal200JSONResponse{Body: *m, Headers: api.GetMeal200ResponseHeaders{ETag: tag}}, nil
}

// UpdateMeal merges a patch into the meal; items have their own operations.
func (h *Handlers) UpdateMeal(ctx context.Context, r api.UpdateMealRequestObject) (api.UpdateMealResponseObject, error) {
	b := r.Body
	var fields validation.Errors
	name := fields.OptionalText("name", optional.Value(b.Name))
	fields.Zone("timezone", b.Timezone)
	fields.Moment("eaten_at", b.EatenAt, h.now())
	if err := fields.Err(); err != nil {
		return nil, err
	}
	p := queries.UpdateMealParams{
		UserID: db.IdentityFrom(ctx).UserID, MealID: r.ID,
		SetName: b.Name.IsSpecified(), Name: name, SetNotes: b.Notes.IsSpecified(), Notes: optional.Value(b.Notes),
		MealType: (*string)(b.MealType), EatenAt: b.EatenAt, Timezone: b.Timezone, Moves: b.EatenAt != nil || b.Timezone != nil,
	}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	m, tag, err := h.write(ctx, r.ID, func(ctx context.Context) error {
		_, err := h.db.UpdateMeal(ctx, p)
		return notFoundIfAnyVersion(err, p.AnyVersion)
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "meal_updated", "meal_id", m.ID)
	return api.UpdateMeal200JSONResponse{Body: *m, Headers: api.UpdateMeal200ResponseHeaders{ETag: tag}}, nil
}

// DeleteMeal soft-deletes the meal and its items; RestoreMeal restores them.
func (h *Handlers) DeleteMeal(ctx context.Context, r api.DeleteMealRequestObject) (api.DeleteMealResponseObject, error) {
	p := queries.DeleteMealParams{UserID: db.IdentityFrom(ctx).UserID, MealID: r.ID}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		if _, err := h.db.DeleteMeal(ctx, p); err != nil {
			return h.missingOrStale(ctx, r.ID, notFoundIfAnyVersion(err, p.AnyVersion))
		}
		return h.db.DeleteMealItems(db.AndCommit(ctx), queries.DeleteMealItemsParams{UserID: p.UserID, MealID: r.ID})
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "meal_deleted", "meal_id", r.ID)
	return api.DeleteMeal204Response{}, nil
}

// RestoreMeal undoes DeleteMeal. It changes nothing when the meal is not deleted.
func (h *Handlers) RestoreMeal(ctx context.Context, r api.RestoreMealRequestObject) (api.RestoreMealResponseObject, error) {
	m, tag, err := h.write(ctx, r.ID, func(ctx context.Context) error {
		return h.db.RestoreMeal(db.Queued(ctx), queries.RestoreMealParams{UserID: db.IdentityFrom(ctx).UserID, MealID: r.ID})
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "meal_restored", "meal_id", r.ID)
	return api.RestoreMeal200JSONResponse{Body: *m, Headers: api.RestoreMeal200ResponseHeaders{ETag: tag}}, nil
}

// CopyMeal copies the meal to another day.
func (h *Handlers) CopyMeal(ctx context.Context, r api.CopyMealRequestObject) (api.CopyMealResponseObject, error) {
	b := r.Body
	var fields validation.Errors
	fields.Zone("timezone", b.Timezone)
	fields.TargetDay("date", b.Date.Time, h.now())
	if err := fields.Err(); err != nil {
		return nil, err
	}
	p := queries.CopyMealParams{
		UserID: db.IdentityFrom(ctx).UserID, MealID: r.ID, CopyID: optional.Or(b.ID, uuid.New()), ToDay: b.Date.Time,
		Timezone: b.Timezone, MealType: (*string)(b.MealType),
	}
	m, tag, err := h.write(ctx, p.CopyID, func(ctx context.Context) error { return h.db.CopyMeal(db.Queued(ctx), p) })
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "meal_copied", "meal_id", r.ID, "copy_id", p.CopyID)
	return api.CopyMeal201JSONResponse{Body: *m, Headers: api.CopyMeal201ResponseHeaders{ETag: tag}}, nil
}

// write runs fn, which changes a meal, and returns the changed meal, in one transaction.
func (h *Handlers) write(ctx context.Context, id uuid.UUID, fn func(ctx context.Context) error) (m *api.Meal, tag *string, err error) {
	err = h.db.Tx(ctx, func(ctx context.Context) error {
		if err := fn(ctx); err != nil {
			return h.missingOrStale(ctx, id, err)
		}
		m, tag, err = h.meal(db.AndCommit(ctx), id)
		return err
	})
	return m, tag, err
}

// notFoundIfAnyVersion turns "no rows" into meal_not_found when the write accepted any version: then no meal was there.
func notFoundIfAnyVersion(err error, anyVersion bool) error {
	if anyVersion && db.IsNoRows(err) {
		return problem.New(mealNotFound)
	}
	return err
}

// missingOrStale returns why a write found no row: meal_not_found, or precondition_failed when the meal has another version.
func (h *Handlers) missingOrStale(ctx context.Context, id uuid.UUID, err error) error {
	if !db.IsNoRows(err) {
		return validation.FromRefusal(err, "items")
	}
	return h.notFoundOr(ctx, id, problem.PreconditionFailed)
}

// notFoundOr returns meal_not_found when there is no such meal, else the other problem.
func (h *Handlers) notFoundOr(ctx context.Context, id uuid.UUID, other problem.Type) error {
	exists, err := h.db.MealExists(ctx, queries.MealExistsParams{UserID: db.IdentityFrom(ctx).UserID, MealID: id})
	switch {
	case err != nil:
		return err
	case exists:
		return problem.New(other)
	}
	return problem.New(mealNotFound)
}

func (h *Handlers) meal(ctx context.Context, id uuid.UUID) (*api.Meal, *string, error) {
	lines, err := h.db.GetMeal(ctx, queries.GetMealParams{UserID: db.IdentityFrom(ctx).UserID, MealID: id})
	if err != nil {
		return nil, nil, err
	}
	meals := mealsOf(lines)
	if len(meals) == 0 {
		return nil, nil, problem.New(mealNotFound)
	}
	return &meals[0], new(etag.Of(*lines[0].Version)), nil
}

// mealsOf groups lines of the diary, which are ordered by meal, into meals with their totals. It skips lines without a meal,
// which an outer join returns.
func mealsOf(lines []queries.Diary) []api.Meal {
	meals := []api.Meal{}
	var sum nutrient.Sum
	for i, d := range lines {
		if d.MealID == nil {
			continue
		}
		if i == 0 || lines[i-1].MealID == nil || *lines[i-1].MealID != *d.MealID {
			sum = nutrient.Sum{}
			meals = append(meals, api.Meal{
				ID: *d.MealID, Name: d.MealName, MealType: api.MealType(*d.MealType), EatenAt: d.EatenAt.UTC(),
				LocalDate: openapi_types.Date{Time: *d.LocalDate}, Timezone: *d.Timezone, Notes: d.Notes, Source: api.MealSource(*d.Source),
				Items: []api.MealItem{}, CreatedAt: d.CreatedAt.UTC(), UpdatedAt: d.UpdatedAt.UTC(), Totals: sum.Totals(),
			})
		}
		if d.ItemID == nil {
			continue
		}
		m := &meals[len(meals)-1]
		m.Items = append(m.Items, itemOf(d))
		sum.Add(d.Nutrients)
		m.Totals = sum.Totals()
	}
	return meals
}
