package activities

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// ListActivities returns a page of activities, the newest first.
func (h *Handlers) ListActivities(ctx context.Context, r api.ListActivitiesRequestObject) (api.ListActivitiesResponseObject, error) {
	window, err := h.cursors.Newest("listActivities", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	p := queries.ListActivitiesParams{
		UserID: db.IdentityFrom(ctx).UserID, From: optional.Date(r.Params.From), To: optional.Date(r.Params.To),
		Category: (*string)(r.Params.Category), BeforeAt: window.BeforeAt, BeforeID: window.BeforeID, PageSize: window.Size,
	}
	var fields validation.Errors
	fields.Range(p.From, p.To)
	if err := fields.Err(); err != nil {
		return nil, err
	}
	rows, err := h.db.ListActivities(ctx, p)
	if err != nil {
		return nil, err
	}
	data := make([]api.Activity, len(rows))
	for i, row := range rows {
		a, _, err := activityOf(row)
		if err != nil {
			return nil, err
		}
		data[i] = *a
	}
	data, next, err := page.Rows(window, data, func(a api.Activity) page.Key { return page.Key{At: a.StartedAt, ID: a.ID} })
	if err != nil {
		return nil, err
	}
	return api.ListActivities200JSONResponse{Data: data, NextCursor: next}, nil
}

// CreateActivity stores an activity, or replaces the one that has the same external id when this version is newer.
func (h *Handlers) CreateActivity(ctx context.Context, r api.CreateActivityRequestObject) (api.CreateActivityResponseObject, error) {
	a, tag, existed, err := h.LogActivity(ctx, *r.Body)
	if err != nil {
		return nil, err
	}
	if existed {
		slog.InfoContext(ctx, "activity_synced", "activity_id", a.ID)
		return api.CreateActivity200JSONResponse{Body: *a, Headers: api.CreateActivity200ResponseHeaders{ETag: tag}}, nil
	}
	slog.InfoContext(ctx, "activity_created", "activity_id", a.ID)
	return api.CreateActivity201JSONResponse{Body: *a, Headers: api.CreateActivity201ResponseHeaders{ETag: tag}}, nil
}

// LogActivity stores an activity, and returns it with its ETag. existed says that another app's record was stored already.
func (h *Handlers) LogActivity(ctx context.Context, b api.ActivityCreate) (a *api.Activity, tag *string, existed bool, err error) {
	created, err := recordOf(b, h.now())
	if err != nil {
		return nil, nil, false, err
	}
	var existing *record
	a, tag, err = h.write(ctx, func(ctx context.Context) (uuid.UUID, error) {
		in, err := h.inputs(ctx, inputsOf{
			parent: created.ParentID, externalID: created.ExternalID, source: created.sourceName(), startedAt: &created.StartedAt,
			metrics: created.Metrics,
		})
		if err != nil {
			return uuid.Nil, err
		}
		if existing = in.recorded; existing != nil {
			return existing.ID, h.replace(ctx, in, created)
		}
		if err := created.checkParent(in.parent); err != nil {
			return uuid.Nil, err
		}
		if err := created.complete(in); err != nil {
			return uuid.Nil, err
		}
		columns, err := created.columns()
		if err != nil {
			return uuid.Nil, err
		}
		if err := h.db.CreateActivity(db.Queued(ctx), queries.CreateActivityParams{UserID: in.userID, Activity: columns}); err != nil {
			return uuid.Nil, err
		}
		return created.ID, h.writeSets(ctx, in, created, nil)
	})
	return a, tag, existing != nil, lengthAsSent(err, b.EndedAt)
}

// replace overwrites the stored record when the new one has a higher version. What people add to a record here stays when the new
// version does not have it.
func (h *Handlers) replace(ctx context.Context, in *inputs, newer *record) error {
	stored := in.recorded
	if stored.DeletedAt != nil {
		return problem.New(activityDeleted).With(deletedRecord.WithMessage("source.external_id", "was deleted here as %s", stored.ID))
	}
	if optional.OrZero(newer.ExternalVersion) <= optional.OrZero(stored.ExternalVersion) {
		return nil
	}
	newer.ID, newer.ParentID, newer.LegIndex = stored.ID, stored.ParentID, stored.LegIndex
	newer.keep(stored)
	if err := newer.complete(in); err != nil {
		return err
	}
	return h.update(ctx, in, newer, stored, true)
}

// GetActivity returns one activity.
func (h *Handlers) GetActivity(ctx context.Context, r api.GetActivityRequestObject) (api.GetActivityResponseObject, error) {
	a, tag, err := h.activity(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	if etag.NotModified(r.Params.IfNoneMatch, *tag) {
		return api.GetActivity304Response{Headers: api.GetActivity304ResponseHeaders{ETag: tag}}, nil
	}
	return api.GetActivity200JSONResponse{Body: *a, Headers: api.GetActivity200ResponseHeaders{ETag: tag}}, nil
}

// UpdateActivity merges a patch into the activity. A patch that changes nothing keeps the version.
func (h *Handlers) UpdateActivity(ctx context.Context, r api.UpdateActivityRequestObject) (api.UpdateActivityResponseObject, error) {
	a, tag, err := h.write(ctx, func(ctx context.Context) (uuid.UUID, error) {
		of := inputsOf{activity: &r.ID, ifMatch: r.Params.IfMatch, startedAt: r.Body.StartedAt}
		if metrics := optional.Value(r.Body.Metrics); metrics != nil {
			of.metrics = *metrics
		}
		in, err := h.inputs(ctx, of)
		if err != nil {
			return r.ID, err
		}
		patched := *in.activity
		if err := h.merge(ctx, &patched, *r.Body); err != nil {
			return r.ID, err
		}
		if err := patched.complete(in); err != nil {
			return r.ID, err
		}
		if same, err := patched.equal(in.activity); err != nil || same {
			return r.ID, err
		}
		return r.ID, h.update(ctx, in, &patched, in.activity, r.Body.StartedAt != nil || r.Body.Timezone != nil)
	})
	if err != nil {
		return nil, lengthAsSent(err, r.Body.EndedAt)
	}
	slog.InfoContext(ctx, "activity_updated", "activity_id", r.ID)
	return api.UpdateActivity200JSONResponse{Body: *a, Headers: api.UpdateActivity200ResponseHeaders{ETag: tag}}, nil
}

// DeleteActivity soft-deletes the activity and its legs; RestoreActivity restores them.
func (h *Handlers) DeleteActivity(ctx context.Context, r api.DeleteActivityRequestObject) (api.DeleteActivityResponseObject, error) {
	err := h.db.Tx(ctx, func(ctx context.Context) error {
		in, err := h.inputs(ctx, inputsOf{activity: &r.ID, ifMatch: r.Params.IfMatch})
		if err != nil {
			return err
		}
		return h.db.DeleteActivity(db.Queued(ctx), queries.DeleteActivityParams{UserID: in.userID, ActivityID: r.ID})
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "activity_deleted", "activity_id", r.ID)
	return api.DeleteActivity204Response{}, nil
}

// RestoreActivity undoes DeleteActivity. It changes nothing when the activity is not deleted.
func (h *Handlers) RestoreActivity(ctx context.Context, r api.RestoreActivityRequestObject) (api.RestoreActivityResponseObject, error) {
	a, tag, err := h.write(ctx, func(ctx context.Context) (uuid.UUID, error) {
		p := queries.RestoreActivityParams{UserID: db.IdentityFrom(ctx).UserID, ActivityID: r.ID}
		if err := h.db.LockActivities(db.Queued(ctx), p.UserID); err != nil {
			return r.ID, err
		}
		return r.ID, h.db.RestoreActivity(db.Queued(ctx), p)
	})
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "activity_restored", "activity_id", r.ID)
	return api.RestoreActivity200JSONResponse{Body: *a, Headers: api.RestoreActivity200ResponseHeaders{ETag: tag}}, nil
}

// inputs is what a write needs besides the request, read under the lock.
type inputs struct {
	queries.GetActivityInputsRow
	userID                     uuid.UUID
	activity, parent, recorded *record
}

// inputsOf names the rows that inputs reads.
type inputsOf struct {
	activity, parent   *uuid.UUID
	ifMatch            *string // the versions of the activity that may be written
	externalID, source *string
	startedAt          *time.Time      // of the activity after the write; nil keeps the stored one
	metrics            json.RawMessage // which name own exercises; nil keeps the stored ones
}

// inputs locks the person's activities until the transaction ends and reads what a write needs. An activity that is named and not found is
// activity_not_found; one of another version is precondition_failed.
func (h *Handlers) inputs(ctx context.Context, of inputsOf) (*inputs, error) {
	in := &inputs{userID: db.IdentityFrom(ctx).UserID}
	if err := h.db.LockActivities(db.Queued(ctx), in.userID); err != nil {
		return nil, err
	}
	exercises, err := ownExerciseIDs(of.metrics)
	if err != nil {
		return nil, err
	}
	in.GetActivityInputsRow, err = h.db.GetActivityInputs(ctx, queries.GetActivityInputsParams{
		UserID: in.userID, ActivityID: of.activity, ParentID: of.parent, ExternalID: of.externalID, Source: of.source,
		StartedAt: of.startedAt, ExerciseIds: exercises,
	})
	if err != nil {
		return nil, problem.IfNoRows(err, activityNotFound) // the account was deleted during the request
	}
	for into, row := range map[**record][]byte{&in.activity: in.Activity, &in.parent: in.Parent, &in.recorded: in.Recorded} {
		if *into, err = readRecord(row); err != nil {
			return nil, err
		}
	}
	switch {
	case of.activity == nil:
	case in.activity == nil:
		return nil, problem.New(activityNotFound)
	case !etag.Matches(of.ifMatch, *in.activity.tag()):
		return nil, problem.New(problem.PreconditionFailed)
	}
	return in, nil
}

// write runs fn, which changes an activity, and returns the changed activity, in one transaction.
func (h *Handlers) write(ctx context.Context, fn func(ctx context.Context) (uuid.UUID, error)) (a *api.Activity, tag *string, err error) {
	err = h.db.Tx(ctx, func(ctx context.Context) error {
		id, err := fn(ctx)
		if err != nil {
			return err
		}
		a, tag, err = h.activity(db.AndCommit(ctx), id)
		return err
	})
	return a, tag, err
}

// update queues the write of a whole row and, when they changed, of its sets. moves says that the day follows from the start and the zone
// again.
func (h *Handlers) update(ctx context.Context, in *inputs, r, before *record, moves bool) error {
	columns, err := r.columns()
	if err != nil {
		return err
	}
	p := queries.UpdateActivityParams{UserID: in.userID, Activity: columns, Moves: moves}
	if err := h.db.UpdateActivity(db.Queued(ctx), p); err != nil {
		return err
	}
	if bytes.Equal(r.Metrics, before.Metrics) && !moves {
		return nil
	}
	return h.writeSets(ctx, in, r, before)
}

func (h *Handlers) activity(ctx context.Context, id uuid.UUID) (*api.Activity, *string, error) {
	row, err := h.db.GetActivity(ctx, queries.GetActivityParams{UserID: db.IdentityFrom(ctx).UserID, ActivityID: id})
	if err != nil {
		return nil, nil, problem.IfNoRows(err, activityNotFound)
	}
	return activityOf(row)
}

func activityOf(row []byte) (*api.Activity, *string, error) {
	r, err := readRecord(row)
	if err != nil {
		return nil, nil, err
	}
	a, err := r.activity()
	return &a, r.tag(), err
}
