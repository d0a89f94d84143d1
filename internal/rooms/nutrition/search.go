package nutrition

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/page"
)

// foodKey is the position after the last food of a page. Searched are the words that were searched for instead of the query, Ignored
// the words that were left out, Reading which reading of the query the first page understood.
type foodKey struct {
	Section   int32     `json:"s"`
	Score     int64     `json:"r"`
	ID        uuid.UUID `json:"i"`
	Searched  string    `json:"f,omitempty"`
	Corrected bool      `json:"c,omitempty"`
	Ignored   []string  `json:"o,omitempty"`
	Reading   int32     `json:"u"`
}

// SearchFoods returns the page that private.search_foods finds and orders.
func (h *Handlers) SearchFoods(ctx context.Context, r api.SearchFoodsRequestObject) (api.SearchFoodsResponseObject, error) {
	limit := page.Limit(r.Params.Limit)
	readings := readQuery(r.Params.Q)
	p := searchParams(r.Params, readings)
	p.UserID, p.MaxRows = db.IdentityFrom(ctx).UserID, int32(limit+1)
	// A cursor is valid only for the search that returned it.
	list := "searchFoods\x00" + p.Scope + "\x00" + r.Params.Q
	var after foodKey
	if r.Params.Cursor != nil {
		if err := h.cursors.Decode(list, *r.Params.Cursor, &after); err != nil {
			return nil, err
		}
		p.AfterSection, p.AfterScore, p.AfterID = &after.Section, &after.Score, &after.ID
		p.Searched = optional.NonEmpty(after.Searched)
	}
	rows, err := h.db.SearchFoods(ctx, p)
	if err != nil {
		return nil, err
	}
	if r.Params.Cursor == nil && len(rows) > 0 {
		first := rows[0]
		after = foodKey{Searched: first.Searched, Corrected: first.IsCorrected, Ignored: first.Ignored, Reading: first.Reading}
	}
	rows, next, err := page.Next(h.cursors, list, limit, rows, func(last queries.SearchFoodsRow) foodKey {
		key := after
		key.Section, key.Score, key.ID = last.Section, last.Score, last.FoodList.ID
		return key
	})
	if err != nil {
		return nil, err
	}
	response := searchPage(rows, readings, after)
	response.NextCursor = next
	return api.SearchFoods200JSONResponse(response), nil
}

func searchParams(params api.SearchFoodsParams, readings []reading) queries.SearchFoodsParams {
	p := queries.SearchFoodsParams{Scope: string(optional.Or(params.Scope, api.FoodScopeAll))}
	if gtin, ok := foods.GTIN14(params.Q); ok {
		p.Gtin = &gtin
	}
	for _, r := range readings {
		p.Readings = append(p.Readings, r.words)
		p.WithServings = p.WithServings || r.amount != nil
	}
	return p
}

// searchPage returns found foods, with what was understood of the query beside their words.
func searchPage(rows []queries.SearchFoodsRow, readings []reading, understood foodKey) api.FoodSearchPage {
	response := api.FoodSearchPage{Data: make([]api.FoodHit, len(rows))}
	if len(rows) == 0 {
		return response
	}
	r := readings[max(1, int(understood.Reading))-1]
	for i, row := range rows {
		response.Data[i] = hitOf(row.FoodList)
		if r.amount != nil {
			response.Data[i].Portion = portionOf(r.amount, row.Servings)
		}
	}
	if r.amount != nil {
		response.Understood = understoodOf(r.amount, response.Data[0].Portion)
	}
	response.Ignored = slices.Concat(r.leftOut, understood.Ignored)
	if understood.Corrected {
		response.DidYouMean = &understood.Searched
	}
	return response
}

// recentKey is the position after the last food of a page. Times is 0 when the list is ordered by time alone.
type recentKey struct {
	Times int64     `json:"n"`
	At    time.Time `json:"t"`
	ID    uuid.UUID `json:"i"`
}

// lastAmount returns the amount in a form that can be logged again: in grams when the serving was deleted.
func lastAmount(row queries.ListRecentFoodsRow) api.LastAmount {
	if row.LastServingID == nil {
		label := strconv.FormatFloat(row.LastGrams, 'f', -1, 64) + " g"
		return api.LastAmount{Kind: api.LastAmountKindGrams, Grams: row.LastGrams, Label: label}
	}
	return api.LastAmount{
		Kind: api.LastAmountKindServing, ServingID: row.LastServingID, Count: row.LastCount, Grams: row.LastGrams, Label: row.LastLabel,
	}
}

// ListRecentFoods returns the foods that the user logged in the last 90 days, each with the last amount.
func (h *Handlers) ListRecentFoods(ctx context.Context, r api.ListRecentFoodsRequestObject) (api.ListRecentFoodsResponseObject, error) {
	limit := page.Limit(r.Params.Limit)
	order := optional.Or(r.Params.Order, api.RecentOrderRecent)
	p := queries.ListRecentFoodsParams{
		UserID: db.IdentityFrom(ctx).UserID, MealType: (*string)(r.Params.MealType),
		ByTimes: order == api.RecentOrderFrequent, MaxRows: int32(limit + 1),
	}
	list := "listRecentFoods\x00" + string(order) + "\x00" + string(optional.OrZero(r.Params.MealType))
	if r.Params.Cursor != nil {
		var after recentKey
		if err := h.cursors.Decode(list, *r.Params.Cursor, &after); err != nil {
			return nil, err
		}
		p.AfterTimes, p.AfterAt, p.AfterID = &after.Times, &after.At, &after.ID
	}
	rows, err := h.db.ListRecentFoods(ctx, p)
	if err != nil {
		return nil, err
	}
	rows, next, err := page.Next(h.cursors, list, limit, rows, func(last queries.ListRecentFoodsRow) recentKey {
		key := recentKey{At: last.LastAt, ID: last.FoodList.ID}
		if p.ByTimes {
			key.Times = last.Times
		}
		return key
	})
	if err != nil {
		return nil, err
	}
	response := api.RecentFoodPage{Data: make([]api.RecentFood, len(rows)), NextCursor: next}
	for i, row := range rows {
		response.Data[i] = api.RecentFood{
			Food: hitOf(row.FoodList), Times: int(row.Times), LastLoggedAt: row.LastAt.UTC(), Last: lastAmount(row),
		}
	}
	return api.ListRecentFoods200JSONResponse(response), nil
}
