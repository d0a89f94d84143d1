package nutrition

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// GetFoodByBarcode returns the user's custom food with this barcode, else the catalogue's, else one from Open Food Facts.
func (h *Handlers) GetFoodByBarcode(ctx context.Context, r api.GetFoodByBarcodeRequestObject) (api.GetFoodByBarcodeResponseObject, error) {
	gtin, ok := foods.GTIN14(r.Gtin)
	if !ok {
		return nil, problem.Unprocessable(badCheckDigit.At("gtin"))
	}
	p := queries.GetFoodByBarcodeParams{Barcode: gtin, UserID: db.IdentityFrom(ctx).UserID}
	row, err := h.db.GetFoodByBarcode(ctx, p)
	if db.IsNoRows(err) && h.products != nil {
		if err := room.Wait(ctx, func() error { return h.fetchProduct(ctx, gtin) }); err != nil {
			return nil, err
		}
		row, err = h.db.GetFoodByBarcode(ctx, p)
	}
	if db.IsNoRows(err) {
		return nil, problem.New(barcodeNotFound).Prefilling(api.FoodPrefill{Barcode: gtin})
	}
	if err != nil {
		return nil, err
	}
	f, tag := foodOf(row)
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetFoodByBarcode304Response{Headers: api.GetFoodByBarcode304ResponseHeaders{ETag: &tag}}, nil
	}
	return api.GetFoodByBarcode200JSONResponse{Body: f, Headers: api.GetFoodByBarcode200ResponseHeaders{ETag: &tag}}, nil
}

// productTimeout ends a lookup that hangs; normally the lookup and the database together take far less.
const productTimeout = 5 * time.Second

// fetchProduct looks up a barcode at Open Food Facts and stores the result. Concurrent requests for one barcode share one lookup.
// When the lookup fails the barcode stays unknown. No database connection and no slot is held while waiting.
func (h *Handlers) fetchProduct(ctx context.Context, gtin string) error {
	_, err, _ := h.productFetches.Do(gtin, func() (any, error) {
		// Without an identity and without the request's cancellation: other requests wait for the same result.
		ctx, cancel := context.WithTimeout(db.WithIdentity(context.WithoutCancel(ctx), nil), productTimeout)
		defer cancel()
		if done, err := h.db.NeedsNoProductLookup(ctx, gtin); err != nil || done {
			return nil, err
		}
		f, err := h.products.Product(ctx, gtin)
		switch {
		case errors.Is(err, foods.ErrNotAsked):
			return nil, nil
		case err != nil:
			slog.WarnContext(ctx, "product_lookup_failed", "error", err)
			return nil, nil
		case f == nil:
			return nil, h.db.StoreUnknownBarcode(ctx, gtin)
		}
		product, err := f.Columns()
		if err != nil {
			return nil, err
		}
		return nil, h.db.StoreProduct(ctx, product)
	})
	return err
}
