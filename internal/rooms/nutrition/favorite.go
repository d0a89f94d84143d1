package nutrition

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// favoriteKey is the position after the last food of a page.
type favoriteKey struct {
	At time.Time `json:"t"`
	ID uuid.UUID `json:"i"`
}

// ListFavoriteFoods returns the favourites, the newest first.
func (h *Handlers) ListFavoriteFoods(
	ctx context.Context,
	r api.ListFavoriteFoodsRequestObject,
) (api.ListFavoriteFoodsResponseObject, error) {
	limit := page.Limit(r.Params.Limit)
	p := queries.ListFavoriteFoodsParams{UserID: db.IdentityFrom(ctx).UserID, MaxRows: int32(limit + 1)}
	if r.Params.Cursor != nil {
		var before favoriteKey
		if err := h.cursors.Decode("listFavoriteFoods", *r.Params.Cursor, &before); err != nil {
			return nil, err
		}
		p.BeforeAt, p.BeforeID = &before.At, &before.ID
	}
	rows, err := h.db.ListFavoriteFoods(ctx, p)
	if err != nil {
		return nil, err
	}
	rows, more := page.Cut(rows, limit)
	response := api.FoodPage{Data: make([]api.FoodHit, len(rows))}
	for i, row := range rows {
		response.Data[i] = hitOf(row.FoodList)
	}
	if more {
		last := rows[len(rows)-1]
		next, err := h.cursors.Encode("listFavoriteFoods", favoriteKey{last.FavoriteAt, last.FoodList.ID})
		if err != nil {
			return nil, err
		}
		response.NextCursor = &next
	}
	return api.ListFavoriteFoods200JSONResponse(response), nil
}

// AddFavoriteFood marks a food that the user can see.
func (h *Handlers) AddFavoriteFood(ctx context.Context, r api.AddFavoriteFoodRequestObject) (api.AddFavoriteFoodResponseObject, error) {
	visible, err := h.db.AddFavoriteFood(ctx, queries.AddFavoriteFoodParams{UserID: db.IdentityFrom(ctx).UserID, FoodID: r.ID})
	if err != nil {
		return nil, err
	}
	if !visible {
		return nil, problem.New(foodNotFound)
	}
	return api.AddFavoriteFood204Response{}, nil
}

// RemoveFavoriteFood removes the mark, if there is one.
func (h *Handlers) RemoveFavoriteFood(
	ctx context.Context,
	r api.RemoveFavoriteFoodRequestObject,
) (api.RemoveFavoriteFoodResponseObject, error) {
	visible, err := h.db.RemoveFavoriteFood(ctx, queries.RemoveFavoriteFoodParams{UserID: db.IdentityFrom(ctx).UserID, FoodID: r.ID})
	if err != nil {
		return nil, err
	}
	if !visible {
		return nil, problem.New(foodNotFound)
	}
	return api.RemoveFavoriteFood204Response{}, nil
}
