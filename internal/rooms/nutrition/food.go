package nutrition

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// foodDigits is how many decimals the nutrient columns of a food store.
const foodDigits = 6

// customFood has the columns of a custom food that its owner can write.
type customFood = queries.GetCustomFoodForUpdateRow

// GetFood returns a food of the catalogue or a custom food of the user.
func (h *Handlers) GetFood(ctx context.Context, r api.GetFoodRequestObject) (api.GetFoodResponseObject, error) {
	f, tag, err := h.food(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetFood304Response{Headers: api.GetFood304ResponseHeaders{ETag: &tag}}, nil
	}
	return api.GetFood200JSONResponse{Body: f, Headers: api.GetFood200ResponseHeaders{ETag: &tag}}, nil
}

// CreateCustomFood stores a food with its servings. Only its owner sees it.
func (h *Handlers) CreateCustomFood(ctx context.Context, r api.CreateCustomFoodRequestObject) (api.CreateCustomFoodResponseObject, error) {
	me := db.IdentityFrom(ctx).UserID
	row := customFood{ID: optional.Or(r.Body.ID, uuid.New())}
	requested := r.Body.Servings
	var fields validation.Errors
	row.Name = fields.Text("name", r.Body.Name)
	row.Brand = fields.OptionalText("brand", r.Body.Brand)
	row.Barcode = checkBarcode(&fields, r.Body.Barcode)
	switch per100, serving := r.Body.Per100G, r.Body.PerServing; {
	case (per100 == nil) == (serving == nil):
		fields.Add("", exactlyOneOf)
	case per100 != nil:
		row.Nutrients = per100.Times(1, foodDigits)
		checkPlausible(&fields, "per_100g", &row.Nutrients)
	default:
		row.Nutrients = serving.Nutrients.Times(100/serving.Grams, foodDigits)
		checkPlausible(&fields, "per_serving.nutrients", &row.Nutrients)
		requested = append([]api.FoodServingCreate{{Label: serving.Label, Grams: serving.Grams}}, requested...)
	}
	fields.AddIf(len(requested) > maxServings, "servings", tooManyServings) // the contract limits only the listed ones
	servings := addServings(&fields, nil, requested, func(i int, name string) string {
		if r.Body.PerServing != nil {
			if i == 0 {
				return "per_serving." + name
			}
			i--
		}
		return fmt.Sprintf("servings[%d].%s", i, name)
	})
	if err := fields.Err(); err != nil {
		return nil, err
	}
	amounts, err := json.Marshal(row.Nutrients)
	if err != nil {
		return nil, err
	}
	p := queries.CreateCustomFoodParams{
		ID: row.ID, UserID: me, Name: row.Name, Brand: row.Brand, Barcode: row.Barcode, Nutrients: amounts,
	}
	f, tag, err := h.writeFood(ctx, row.ID, func(ctx context.Context) error {
		if err := h.db.CreateCustomFood(db.Queued(ctx), p); err != nil {
			return err
		}
		return h.insertServings(ctx, row.ID, servings)
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "custom_food_created", "food_id", f.ID)
	return api.CreateCustomFood201JSONResponse{Body: f, Headers: api.CreateCustomFood201ResponseHeaders{ETag: &tag}}, nil
}

// UpdateCustomFood merges a patch into the locked food. Meals keep the values that they were logged with.
func (h *Handlers) UpdateCustomFood(ctx context.Context, r api.UpdateCustomFoodRequestObject) (api.UpdateCustomFoodResponseObject, error) {
	f, tag, err := h.writeFood(ctx, r.ID, func(ctx context.Context) error {
		row, err := h.lockFood(ctx, r.ID, r.Params.IfMatch)
		if err != nil {
			return err
		}
		var fields validation.Errors
		if r.Body.Name != nil {
			row.Name = fields.Text("name", *r.Body.Name)
		}
		setIfSpecified(&row.Brand, r.Body.Brand)
		row.Brand = fields.OptionalText("brand", row.Brand)
		if r.Body.Barcode.IsSpecified() {
			row.Barcode = checkBarcode(&fields, optional.Value(r.Body.Barcode))
		}
		if p := r.Body.Per100G; p != nil {
			p.Apply(&row.Nutrients)
			row.Nutrients = row.Nutrients.Times(1, foodDigits)
			checkPlausible(&fields, "per_100g", &row.Nutrients)
		}
		if err := fields.Err(); err != nil {
			return err
		}
		amounts, err := json.Marshal(row.Nutrients)
		if err != nil {
			return err
		}
		changed := queries.UpdateCustomFoodParams{
			ID: row.ID, UserID: db.IdentityFrom(ctx).UserID, Name: row.Name, Brand: row.Brand, Barcode: row.Barcode, Nutrients: amounts,
		}
		return h.db.UpdateCustomFood(db.Queued(ctx), changed)
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "custom_food_updated", "food_id", r.ID)
	return api.UpdateCustomFood200JSONResponse{Body: f, Headers: api.UpdateCustomFood200ResponseHeaders{ETag: &tag}}, nil
}

// DeleteCustomFood soft-deletes a food; RestoreCustomFood restores it.
func (h *Handlers) DeleteCustomFood(ctx context.Context, r api.DeleteCustomFoodRequestObject) (api.DeleteCustomFoodResponseObject, error) {
	me := db.IdentityFrom(ctx).UserID
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		if _, err := h.lockFood(ctx, r.ID, r.Params.IfMatch); err != nil {
			return err
		}
		return h.db.SetCustomFoodDeleted(db.AndCommit(ctx), queries.SetCustomFoodDeletedParams{ID: r.ID, UserID: me, Deleted: true})
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "custom_food_deleted", "food_id", r.ID)
	return api.DeleteCustomFood204Response{}, nil
}

// RestoreCustomFood undoes DeleteCustomFood. It changes nothing when the food is not deleted.
func (h *Handlers) RestoreCustomFood(
	ctx context.Context, r api.RestoreCustomFoodRequestObject,
) (api.RestoreCustomFoodResponseObject, error) {
	p := queries.SetCustomFoodDeletedParams{ID: r.ID, UserID: db.IdentityFrom(ctx).UserID}
	f, tag, err := h.writeFood(ctx, r.ID, func(ctx context.Context) error { return h.db.SetCustomFoodDeleted(db.Queued(ctx), p) })
	if err == nil && !f.IsCustom {
		err = problem.New(foodNotFound)
	}
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "custom_food_restored", "food_id", r.ID)
	return api.RestoreCustomFood200JSONResponse{Body: f, Headers: api.RestoreCustomFood200ResponseHeaders{ETag: &tag}}, nil
}

// writeFood runs fn, which changes a food, and returns the changed food with its ETag, in one transaction.
func (h *Handlers) writeFood(ctx context.Context, id uuid.UUID, fn func(ctx context.Context) error) (f api.Food, tag string, err error) {
	err = h.db.Tx(ctx, func(ctx context.Context) error {
		if err := fn(ctx); err != nil {
			return err
		}
		f, tag, err = h.food(db.AndCommit(ctx), id)
		return err
	})
	return f, tag, err
}

// lockFood locks and returns a custom food that is not deleted and whose version satisfies If-Match.
func (h *Handlers) lockFood(ctx context.Context, id uuid.UUID, ifMatch *string) (customFood, error) {
	row, err := h.db.GetCustomFoodForUpdate(ctx, queries.GetCustomFoodForUpdateParams{ID: id, UserID: db.IdentityFrom(ctx).UserID})
	switch {
	case db.IsNoRows(err) || err == nil && row.DeletedAt != nil:
		return row, problem.New(foodNotFound)
	case err != nil:
		return row, err
	case !foodETagMatches(ifMatch, row.Version):
		return row, problem.New(problem.PreconditionFailed)
	}
	return row, nil
}

// foodETagMatches compares versions only: the ETag also depends on the favourite mark, which must not make a write fail.
func foodETagMatches(ifMatch *string, version int32) bool {
	return etag.Matches(ifMatch, foodTag(version, false)) || etag.Matches(ifMatch, foodTag(version, true))
}

func (h *Handlers) food(ctx context.Context, id uuid.UUID) (f api.Food, tag string, err error) {
	row, err := h.db.GetFood(ctx, queries.GetFoodParams{ID: id, UserID: db.IdentityFrom(ctx).UserID})
	if err != nil {
		return f, "", problem.IfNoRows(err, foodNotFound)
	}
	f, tag = foodOf(row)
	return f, tag, nil
}

// foodTag returns the ETag: the version, which also changes with the servings, and the favourite mark.
func foodTag(version int32, favorite bool) string {
	flag := 0
	if favorite {
		flag = 1
	}
	return fmt.Sprintf(`"%d-%d"`, version, flag)
}

func foodOf(row queries.FoodDetail) (api.Food, string) {
	f := api.Food{
		ID: row.ID, Name: row.Name, Brand: row.Brand, Barcode: row.Barcode, Source: sourceOf(row), Servings: row.Servings,
		Warnings: warningsOf(row), IsCustom: row.CreatedBy != nil, IsFavorite: row.IsFavorite, Per100G: row.Nutrients,
		CreatedAt: row.CreatedAt.UTC(), UpdatedAt: row.UpdatedAt.UTC(),
	}
	return f, foodTag(row.Version, row.IsFavorite)
}

func sourceOf(r queries.FoodDetail) api.FoodSource {
	s := api.FoodSource{Name: r.Source, ID: r.SourceID}
	if terms, ok := foods.Sources[r.Source]; ok {
		s.License = &terms.License
		if terms.URL != "" {
			s.URL = &terms.URL
		}
	}
	return s
}

// warningsOf returns what is implausible about a food: for a custom food its energy, for one of the catalogue what its import
// found.
func warningsOf(row queries.FoodDetail) (list []api.Reason) {
	codes := row.Warnings
	if off, _ := foods.EnergyOff(&row.Nutrients); off && row.CreatedBy != nil {
		codes = append(codes, foods.EnergyOffCode)
	}
	for _, code := range codes {
		message := foods.WarningMessage(code)
		if code == foods.EnergyOffCode {
			_, expected := foods.EnergyOff(&row.Nutrients)
			energy := row.Nutrients.Amount(nutrient.Calories)
			message = fmt.Sprintf("%.0f kcal do not fit the macros, which make about %.0f kcal per 100 g.", energy, expected)
		}
		if message != "" { // else it is of a newer version
			list = append(list, api.Reason{Code: code, Message: message})
		}
	}
	return list
}

// checkBarcode returns a scanned or typed barcode as a GTIN-14.
func checkBarcode(fields *validation.Errors, code *string) *string {
	if code == nil {
		return nil
	}
	gtin, ok := foods.GTIN14(*code)
	if !ok {
		fields.Add("barcode", badCheckDigit)
		return nil
	}
	return &gtin
}

// checkPlausible refuses impossible values per 100 g. Values sent per serving are converted before, so they can be above the contract's limits.
func checkPlausible(fields *validation.Errors, field string, n *nutrient.Values) {
	carbs := n.Amount(nutrient.Carbs)
	if grams := n.Amount(nutrient.Protein) + carbs + n.Amount(nutrient.Fat); grams > 100+1e-5 { // in floats, 0.2 + 83.9 + 15.9 > 100
		fields.Add(field, macrosOver100g)
		return
	}
	fields.AddIf(n.Amount(nutrient.Sugar) > carbs, field+".sugar_g", sugarOverCarbs)
	for _, r := range foods.BrokenPartRules(n) {
		key := field + "." + nutrient.Table[r.Part].Key
		switch {
		case r.Part == nutrient.Sugar: // is refused above, without the tolerance for rounded labels
		case r.Whole == nutrient.Count:
			fields.Add(key, noRoom)
		default:
			fields.AddMessage(key, partOverWhole, "must not be more than %s", nutrient.Table[r.Whole].Key)
		}
	}
	for id, row := range nutrient.Table {
		if amount := n.Amount(nutrient.ID(id)); amount > row.Max {
			fields.AddMessage(field+"."+row.Key, problem.TooLarge, "makes %g per 100 g, which is more than %g", amount, row.Max)
		}
	}
}

// hitOf returns a food in the form that lists have.
func hitOf(l queries.FoodList) api.FoodHit {
	hit := api.FoodHit{
		ID: l.ID, Name: l.Name, Brand: l.Brand, Source: l.Source, IsCustom: l.CreatedBy != nil, IsFavorite: l.IsFavorite,
		Per100G: l.Nutrients,
	}
	if l.ServingID != nil {
		hit.DefaultServing = &api.HitServing{
			ID: *l.ServingID, Label: *l.ServingLabel, Grams: *l.ServingGrams, Nutrients: l.ServingNutrients,
		}
	}
	return hit
}

// normalizeLabel returns the form in which labels are compared: case and spacing do not matter.
func normalizeLabel(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
