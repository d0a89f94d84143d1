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

// ListSleep returns every day of a range with the sleep that ended on it.
func (h *Handlers) ListSleep(ctx context.Context, r api.ListSleepRequestObject) (api.ListSleepResponseObject, error) {
	from, to := r.Params.From.Time, r.Params.To.Time
	var fields validation.Errors
	fields.Days(from, to)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	rows, err := h.db.ListSleep(ctx, queries.ListSleepParams{UserID: db.IdentityFrom(ctx).UserID, FromDay: from, ToDay: to})
	if err != nil {
		return nil, err
	}
	response := api.SleepDays{Data: []api.SleepDay{}}
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		d := api.SleepDay{Date: openapi_types.Date{Time: day}, Entries: []api.SleepEntry{}}
		for ; len(rows) > 0 && rows[0].LocalDate.Equal(day); rows = rows[1:] {
			d.Entries = append(d.Entries, sleepOf(rows[0]))
			d.AsleepMinutes += int(rows[0].AsleepMinutes)
		}
		response.Data = append(response.Data, d)
	}
	return api.ListSleep200JSONResponse(response), nil
}

// CreateSleep stores an entry of sleep. Its rules are those of private.bound_sleep.
func (h *Handlers) CreateSleep(ctx context.Context, r api.CreateSleepRequestObject) (api.CreateSleepResponseObject, error) {
	b := r.Body
	var fields validation.Errors
	fields.Zone("timezone", b.Timezone)
	fields.Moment("started_at", &b.StartedAt, h.now())
	if err := fields.Err(); err != nil {
		return nil, err
	}
	row, err := h.db.CreateSleep(ctx, queries.CreateSleepParams{
		UserID: db.IdentityFrom(ctx).UserID, ID: optional.Or(b.ID, uuid.New()), Timezone: b.Timezone,
		StartedAt: b.StartedAt.Truncate(time.Microsecond), EndedAt: b.EndedAt.Truncate(time.Microsecond),
		AsleepMinutes: converted[int32](b.AsleepMinutes), Quality: converted[int16](b.Quality), Notes: b.Notes,
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "sleep_created", "entry_id", row.ID)
	tag := etag.Of(row.Version)
	return api.CreateSleep201JSONResponse{Body: sleepOf(row), Headers: api.CreateSleep201ResponseHeaders{ETag: &tag}}, nil
}

// GetSleep returns one entry of sleep.
func (h *Handlers) GetSleep(ctx context.Context, r api.GetSleepRequestObject) (api.GetSleepResponseObject, error) {
	row, err := h.db.GetSleep(ctx, queries.GetSleepParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID})
	if err != nil {
		return nil, problem.IfNoRows(err, entryNotFound)
	}
	tag := etag.Of(row.Version)
	if etag.NotModified(r.Params.IfNoneMatch, tag) {
		return api.GetSleep304Response{Headers: api.GetSleep304ResponseHeaders{ETag: &tag}}, nil
	}
	return api.GetSleep200JSONResponse{Body: sleepOf(row), Headers: api.GetSleep200ResponseHeaders{ETag: &tag}}, nil
}

// UpdateSleep merges a patch into an entry of sleep. A patch that changes nothing keeps the version.
func (h *Handlers) UpdateSleep(ctx context.Context, r api.UpdateSleepRequestObject) (api.UpdateSleepResponseObject, error) {
	b := r.Body
	var fields validation.Errors
	fields.Zone("timezone", b.Timezone)
	fields.Moment("started_at", b.StartedAt, h.now())
	if err := fields.Err(); err != nil {
		return nil, err
	}
	p := queries.UpdateSleepParams{
		UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID, StartedAt: truncated(b.StartedAt), EndedAt: truncated(b.EndedAt),
		Timezone: b.Timezone, Moves: b.EndedAt != nil || b.Timezone != nil,
		SetAsleep: b.AsleepMinutes.IsSpecified(), AsleepMinutes: converted[int32](optional.Value(b.AsleepMinutes)),
		SetQuality: b.Quality.IsSpecified(), Quality: converted[int16](optional.Value(b.Quality)),
		SetNotes: b.Notes.IsSpecified(), Notes: optional.Value(b.Notes),
	}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	row, err := h.db.UpdateSleep(ctx, p)
	if err != nil {
		return nil, h.sleepMissingOrStale(ctx, r.ID, err)
	}
	slog.InfoContext(ctx, "sleep_updated", "entry_id", r.ID)
	tag := etag.Of(row.Version)
	return api.UpdateSleep200JSONResponse{Body: sleepOf(row), Headers: api.UpdateSleep200ResponseHeaders{ETag: &tag}}, nil
}

// DeleteSleep soft-deletes an entry of sleep; RestoreSleep restores it.
func (h *Handlers) DeleteSleep(ctx context.Context, r api.DeleteSleepRequestObject) (api.DeleteSleepResponseObject, error) {
	p := queries.DeleteSleepParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	if _, err := h.db.DeleteSleep(ctx, p); err != nil {
		return nil, h.sleepMissingOrStale(ctx, r.ID, err)
	}
	slog.InfoContext(ctx, "sleep_deleted", "entry_id", r.ID)
	return api.DeleteSleep204Response{}, nil
}

// RestoreSleep undoes DeleteSleep. It changes nothing when the entry is not deleted.
func (h *Handlers) RestoreSleep(ctx context.Context, r api.RestoreSleepRequestObject) (api.RestoreSleepResponseObject, error) {
	row, err := h.db.RestoreSleep(ctx, queries.RestoreSleepParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID})
	if err != nil {
		return nil, validation.FromRefusal(problem.IfNoRows(err, entryNotFound), "")
	}
	slog.InfoContext(ctx, "sleep_restored", "entry_id", r.ID)
	tag := etag.Of(row.Version)
	return api.RestoreSleep200JSONResponse{Body: sleepOf(row), Headers: api.RestoreSleep200ResponseHeaders{ETag: &tag}}, nil
}

func (h *Handlers) sleepMissingOrStale(ctx context.Context, id uuid.UUID, err error) error {
	return missingOrStale(err, func() error {
		_, err := h.db.GetSleep(ctx, queries.GetSleepParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: id})
		return err
	})
}

func sleepOf(row queries.SleepEntry) api.SleepEntry {
	return api.SleepEntry{
		ID: row.ID, StartedAt: row.StartedAt.UTC(), EndedAt: row.EndedAt.UTC(), LocalDate: openapi_types.Date{Time: row.LocalDate},
		Timezone: row.Timezone, AsleepMinutes: int(row.AsleepMinutes), Quality: converted[int](row.Quality), Notes: row.Notes,
		CreatedAt: row.CreatedAt.UTC(), UpdatedAt: row.UpdatedAt.UTC(),
	}
}
