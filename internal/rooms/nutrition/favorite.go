package nutrition

import (
	"context"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// ListFavoriteFoods returns the favourites, the newest first.
func (h *Handlers) ListFavoriteFoods(
	ctx context.Context, r api.ListFavoriteFoodsRequestObject,
) (api.ListFavoriteFoodsResponseObject, error) {
	window, err := h.cursors.Newest("listFavoriteFoods", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	rows, err := h.db.ListFavoriteFoods(ctx, queries.ListFavoriteFoodsParams{
		UserID: db.IdentityFrom(ctx).UserID, BeforeAt: window.BeforeAt, BeforeID: window.BeforeID, MaxRows: window.Size,
	})
	if err != nil {
		return nil, err
	}
	rows, next, err := page.Rows(window, rows, func(row queries.ListFavoriteFoodsRow) page.Key {
		return page.Key{At: row.FavoriteAt, ID: row.FoodList.ID}
	})
	if err != nil {
		return nil, err
	}
	response := api.FoodPage{Data: make([]api.FoodHit, len(rows)), NextCursor: next}
	for i, row := range rows {
		response.Data[i] = hitOf(row.FoodList)
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
	ctx context.Context, r api.RemoveFavoriteFoodRequestObject,
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
