package nutrition

import (
	"context"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/api"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/etag"
	"github.com/ultimatecoach/api/internal/foods"
	"github.com/ultimatecoach/api/internal/problem"
)

// GetFoodByBarcode finds the person's own food first, then the catalogue's.
func (h *Handlers) GetFoodByBarcode(ctx context.Context, r api.GetFoodByBarcodeRequestObject) (api.GetFoodByBarcodeResponseObject, error) {
	gtin, ok := foods.GTIN14(r.Gtin)
	if !ok {
		return nil, problem.Broken(problem.Field{Field: "gtin", Code: "bad_check_digit", Message: "has a wrong check digit"})
	}
	row, err := h.db.GetFoodByBarcode(ctx, queries.GetFoodByBarcodeParams{Barcode: gtin, UserID: db.IdentityFrom(ctx).UserID})
	if db.IsNoRows(err) {
		return nil, problem.New(problem.BarcodeNotFound).With(problem.Field{Field: "gtin", Code: problem.BarcodeNotFound.Code, Message: gtin})
	}
	if err != nil {
		return nil, err
	}
	f, tag, err := foodOf(queries.GetFoodRow(row))
	if err != nil {
		return nil, err
	}
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetFoodByBarcode304Response{Headers: api.GetFoodByBarcode304ResponseHeaders{ETag: &tag}}, nil
	}
	return api.GetFoodByBarcode200JSONResponse{Body: f, Headers: api.GetFoodByBarcode200ResponseHeaders{ETag: &tag}}, nil
}
