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

// longestSleep is also a constraint of the table.
const longestSleep = 24 * time.Hour

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
	return api.ListSleep200JSONResponse{Body: response}, nil
}

// CreateSleep stores an entry of sleep.
func (h *Handlers) CreateSleep(ctx context.Context, r api.CreateSleepRequestObject) (api.CreateSleepResponseObject, error) {
	b := r.Body
	starts, ends := b.StartedAt.Truncate(time.Microsecond), b.EndedAt.Truncate(time.Microsecond)
	inBed := ends.Sub(starts)
	// Less than a minute of sleep is rounded up.
	asleep := valueOr(b.AsleepMinutes, max(1, int(inBed/time.Minute)))
	var fields validation.Errors
	fields.Zone("timezone", b.Timezone)
	fields.Moment("started_at", &starts, h.now())
	switch {
	case inBed <= 0:
		fields.Add("ended_at", validation.EndsBeforeStart)
	case inBed > longestSleep:
		fields.Add("ended_at", sleepTooLong)
	case time.Duration(asleep)*time.Minute > inBed:
		fields.Add("asleep_minutes", longerThanInBed)
	}
	if err := fields.Err(); err != nil {
		return nil, err
	}
	p := queries.CreateSleepParams{
		UserID: db.IdentityFrom(ctx).UserID, ID: valueOr(b.ID, uuid.New()), StartedAt: starts, EndedAt: ends, Timezone: b.Timezone,
		AsleepMinutes: int32(asleep), Notes: b.Notes,
	}
	if b.Quality != nil {
		p.Quality = new(int16(*b.Quality))
	}
	var row queries.SleepEntry
	err := h.db.Tx(ctx, func(ctx context.Context) (err error) {
		check := queries.CheckSleepParams{UserID: p.UserID, StartedAt: starts, EndedAt: ends, Timezone: p.Timezone}
		if err := h.db.CheckSleep(db.Queued(ctx), check); err != nil {
			return err
		}
		row, err = h.db.CreateSleep(db.AndCommit(ctx), p)
		return err
	})
	if err != nil {
		return nil, validation.FromRefusal(err, "")
	}
	slog.InfoContext(ctx, "sleep_created", "entry_id", row.ID)
	return api.CreateSleep201JSONResponse{Body: sleepOf(row)}, nil
}

// DeleteSleep soft-deletes an entry of sleep.
func (h *Handlers) DeleteSleep(ctx context.Context, r api.DeleteSleepRequestObject) (api.DeleteSleepResponseObject, error) {
	_, err := h.db.DeleteSleep(ctx, queries.DeleteSleepParams{UserID: db.IdentityFrom(ctx).UserID, EntryID: r.ID})
	if err != nil {
		return nil, notFoundIfNoRows(err, entryNotFound)
	}
	slog.InfoContext(ctx, "sleep_deleted", "entry_id", r.ID)
	return api.DeleteSleep204Response{}, nil
}

func sleepOf(row queries.SleepEntry) api.SleepEntry {
	s := api.SleepEntry{
		ID: row.ID, StartedAt: row.StartedAt.UTC(), EndedAt: row.EndedAt.UTC(), LocalDate: openapi_types.Date{Time: row.LocalDate},
		Timezone: row.Timezone, AsleepMinutes: int(row.AsleepMinutes), Notes: row.Notes, CreatedAt: row.CreatedAt.UTC(),
	}
	if row.Quality != nil {
		s.Quality = new(int(*row.Quality))
	}
	return s
}
