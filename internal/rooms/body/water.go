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
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
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
	return api.ListWater200JSONResponse(response), nil
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
		UserID: db.IdentityFrom(ctx).UserID, ID: optional.Or(r.Body.ID, uuid.New()), Timezone: r.Body.Timezone,
		DrunkAt: optional.Or(r.Body.DrunkAt, h.now()).Truncate(time.Microsecond), AmountMl: int32(r.Body.AmountMl),
	}
	row, err := h.db.CreateWater(ctx, p)
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "water_created", "entry_id", row.ID)
	tag := etag.Of(row.Version)
	return api.CreateWater201JSONResponse{Body: waterOf(row), Headers: api.CreateWater201ResponseHeaders{ETag: &tag}}, nil
}

// GetWater returns one entry of water.
func (h *Handlers) GetWater(ctx context.Context, r api.GetWaterRequestObject) (api.GetWaterResponseObject, error) {
	row, err := h.db.GetWater(ctx, queries.GetWaterParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID})
	if err != nil {
		return nil, problem.IfNoRows(err, entryNotFound)
	}
	tag := etag.Of(row.Version)
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetWater304Response{Headers: api.GetWater304ResponseHeaders{ETag: &tag}}, nil
	}
	return api.GetWater200JSONResponse{Body: waterOf(row), Headers: api.GetWater200ResponseHeaders{ETag: &tag}}, nil
}

// UpdateWater merges a patch into an entry of water. A patch that changes nothing keeps the version.
func (h *Handlers) UpdateWater(ctx context.Context, r api.UpdateWaterRequestObject) (api.UpdateWaterResponseObject, error) {
	b := r.Body
	var fields validation.Errors
	fields.Zone("timezone", b.Timezone)
	fields.Moment("drunk_at", b.DrunkAt, h.now())
	if err := fields.Err(); err != nil {
		return nil, err
	}
	p := queries.UpdateWaterParams{
		UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID, DrunkAt: truncated(b.DrunkAt), Timezone: b.Timezone,
		Moves: b.DrunkAt != nil || b.Timezone != nil, AmountMl: converted[int32](b.AmountMl),
	}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	row, err := h.db.UpdateWater(ctx, p)
	if err != nil {
		return nil, h.waterMissingOrStale(ctx, r.ID, err)
	}
	slog.InfoContext(ctx, "water_updated", "entry_id", r.ID)
	tag := etag.Of(row.Version)
	return api.UpdateWater200JSONResponse{Body: waterOf(row), Headers: api.UpdateWater200ResponseHeaders{ETag: &tag}}, nil
}

// DeleteWater soft-deletes an entry of water; RestoreWater restores it.
func (h *Handlers) DeleteWater(ctx context.Context, r api.DeleteWaterRequestObject) (api.DeleteWaterResponseObject, error) {
	p := queries.DeleteWaterParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	if _, err := h.db.DeleteWater(ctx, p); err != nil {
		return nil, h.waterMissingOrStale(ctx, r.ID, err)
	}
	slog.InfoContext(ctx, "water_deleted", "entry_id", r.ID)
	return api.DeleteWater204Response{}, nil
}

// RestoreWater undoes DeleteWater. It changes nothing when the entry is not deleted.
func (h *Handlers) RestoreWater(ctx context.Context, r api.RestoreWaterRequestObject) (api.RestoreWaterResponseObject, error) {
	row, err := h.db.RestoreWater(ctx, queries.RestoreWaterParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID})
	if err != nil {
		return nil, validation.FromRefusal(problem.IfNoRows(err, entryNotFound), "")
	}
	slog.InfoContext(ctx, "water_restored", "entry_id", r.ID)
	tag := etag.Of(row.Version)
	return api.RestoreWater200JSONResponse{Body: waterOf(row), Headers: api.RestoreWater200ResponseHeaders{ETag: &tag}}, nil
}

func (h *Handlers) waterMissingOrStale(ctx context.Context, id uuid.UUID, err error) error {
	return missingOrStale(err, func() error {
		_, err := h.db.GetWater(ctx, queries.GetWaterParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: id})
		return err
	})
}

// missingOrStale returns why a write found no row of water or sleep: body_entry_not_found, or precondition_failed when read finds one, which
// then has another version.
func missingOrStale(err error, read func() error) error {
	if !db.IsNoRows(err) {
		return validation.FromRefusal(err, "")
	}
	if err := read(); err != nil {
		return problem.IfNoRows(err, entryNotFound)
	}
	return problem.New(problem.PreconditionFailed)
}

func waterOf(row queries.WaterEntry) api.WaterEntry {
	return api.WaterEntry{
		ID: row.ID, DrunkAt: row.DrunkAt.UTC(), LocalDate: openapi_types.Date{Time: row.LocalDate}, Timezone: row.Timezone,
		AmountMl: int(row.AmountMl), CreatedAt: row.CreatedAt.UTC(), UpdatedAt: row.UpdatedAt.UTC(),
	}
}
