package body

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// ListWater returns every day of a range with its entries of water.
func (h *Handlers) ListWater(ctx context.Context, r api.ListWaterRequestObject) (api.ListWaterResponseObject, error) {
	from, to := r.Params.From.Time, r.Params.To.Time
	var fields validation.Errors
	fields.Days(from, to)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	rows, err := h.db.ListWater(ctx, queries.ListWaterParams{UserID: db.IdentityFrom(ctx).UserID, FromDay: from, ToDay: to})
	if err != nil {
		return nil, err
	}
	response := api.WaterDays{Data: []api.WaterDay{}}
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		d := api.WaterDay{Date: openapi_types.Date{Time: day}, Entries: []api.WaterEntry{}}
		for ; len(rows) > 0 && rows[0].LocalDate.Equal(day); rows = rows[1:] {
			d.Entries = append(d.Entries, waterOf(rows[0]))
			d.TotalMl += int(rows[0].AmountMl)
		}
		response.Data = append(response.Data, d)
	}
	return api.ListWater200JSONResponse{Body: response}, nil
}

// CreateWater stores an entry of water.
func (h *Handlers) CreateWater(ctx context.Context, r api.CreateWaterRequestObject) (api.CreateWaterResponseObject, error) {
	var fields validation.Errors
	fields.Zone("timezone", r.Body.Timezone)
	fields.Moment("drunk_at", r.Body.DrunkAt, h.now())
	if err := fields.Err(); err != nil {
		return nil, err
	}
	p := queries.CreateWaterParams{
		UserID: db.IdentityFrom(ctx).UserID, ID: valueOr(r.Body.ID, uuid.New()), Timezone: r.Body.Timezone,
		DrunkAt: valueOr(r.Body.DrunkAt, h.now()).Truncate(time.Microsecond), AmountMl: int32(r.Body.AmountMl),
	}
	var row queries.WaterEntry
	err := h.db.Tx(ctx, func(ctx context.Context) (err error) {
		check := queries.CheckWaterParams{UserID: p.UserID, DrunkAt: p.DrunkAt, Timezone: p.Timezone}
		if err := h.db.CheckWater(db.Queued(ctx), check); err != nil {
			return err
		}
		row, err = h.db.CreateWater(db.AndCommit(ctx), p)
		return err
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "water_created", "entry_id", row.ID)
	return api.CreateWater201JSONResponse{Body: waterOf(row)}, nil
}

// DeleteWater soft-deletes an entry of water.
func (h *Handlers) DeleteWater(ctx context.Context, r api.DeleteWaterRequestObject) (api.DeleteWaterResponseObject, error) {
	_, err := h.db.DeleteWater(ctx, queries.DeleteWaterParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID})
	if err != nil {
		return nil, notFoundIfNoRows(err, entryNotFound)
	}
	slog.InfoContext(ctx, "water_deleted", "entry_id", r.ID)
	return api.DeleteWater204Response{}, nil
}

func waterOf(row queries.WaterEntry) api.WaterEntry {
	return api.WaterEntry{
		ID: row.ID, DrunkAt: row.DrunkAt.UTC(), LocalDate: openapi_types.Date{Time: row.LocalDate}, Timezone: row.Timezone,
		AmountMl: int(row.AmountMl), CreatedAt: row.CreatedAt.UTC(),
	}
}
