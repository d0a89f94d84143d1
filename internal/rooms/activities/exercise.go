package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/etag"
	"github.com/ultimatecoach/api/internal/tools/exercise"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// ListExercises returns own exercises and those of the catalogue.
func (h *Handlers) ListExercises(ctx context.Context, r api.ListExercisesRequestObject) (api.ListExercisesResponseObject, error) {
	p := r.Params
	query, muscle, equipment := optional.OrZero(p.Q), optional.OrZero(p.Muscle), optional.OrZero(p.Equipment)
	limit := page.Limit(p.Limit)
	own, err := h.db.ListCustomExercises(ctx, db.IdentityFrom(ctx).UserID)
	if err != nil {
		return nil, err
	}
	list := api.ExerciseList{Data: []api.Exercise{}}
	for _, e := range own {
		if muscle == "" && equipment == "" && len(list.Data) < limit && exercise.Matches(e.Name, query) {
			list.Data = append(list.Data, ownExercise(e))
		}
	}
	for _, e := range exercise.Search(query, muscle, equipment, limit-len(list.Data)) {
		list.Data = append(list.Data, catalogueExercise(&e))
	}
	return api.ListExercises200JSONResponse(list), nil
}

// CreateExercise stores an exercise of the person's own.
func (h *Handlers) CreateExercise(ctx context.Context, r api.CreateExerciseRequestObject) (api.CreateExerciseResponseObject, error) {
	var fields validation.Errors
	p := queries.CreateCustomExerciseParams{
		UserID: db.IdentityFrom(ctx).UserID, ID: optional.Or(r.Body.ID, uuid.New()), Name: fields.Text("name", r.Body.Name),
		LoadMode: string(optional.Or(r.Body.LoadMode, api.LoadModeExternal)), Notes: r.Body.Notes,
	}
	if err := fields.Err(); err != nil {
		return nil, err
	}
	e, err := h.db.CreateCustomExercise(ctx, p)
	if err != nil {
		return nil, err
	}
	slog.InfoContext(ctx, "exercise_created", "exercise_id", e.ID)
	return api.CreateExercise201JSONResponse{
		Body:    ownExercise(e),
		Headers: api.CreateExercise201ResponseHeaders{ETag: new(etag.Of(e.Version))},
	}, nil
}

// UpdateExercise merges a patch into an own exercise.
func (h *Handlers) UpdateExercise(ctx context.Context, r api.UpdateExerciseRequestObject) (api.UpdateExerciseResponseObject, error) {
	id, err := ownExerciseID(r.ID)
	if err != nil {
		return nil, err
	}
	var fields validation.Errors
	p := queries.UpdateCustomExerciseParams{
		UserID: db.IdentityFrom(ctx).UserID, ExerciseID: id, Name: fields.OptionalText("name", r.Body.Name),
		LoadMode: (*string)(r.Body.LoadMode), SetNotes: r.Body.Notes.IsSpecified(), Notes: optional.Value(r.Body.Notes),
	}
	if err := fields.Err(); err != nil {
		return nil, err
	}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	e, err := h.db.UpdateCustomExercise(ctx, p)
	if err != nil {
		return nil, h.exerciseMissingOrStale(ctx, id, err)
	}
	slog.InfoContext(ctx, "exercise_updated", "exercise_id", e.ID)
	return api.UpdateExercise200JSONResponse{
		Body:    ownExercise(e),
		Headers: api.UpdateExercise200ResponseHeaders{ETag: new(etag.Of(e.Version))},
	}, nil
}

// DeleteExercise soft-deletes an own exercise; what was logged with it stays. RestoreExercise restores it.
func (h *Handlers) DeleteExercise(ctx context.Context, r api.DeleteExerciseRequestObject) (api.DeleteExerciseResponseObject, error) {
	id, err := ownExerciseID(r.ID)
	if err != nil {
		return nil, err
	}
	p := queries.DeleteCustomExerciseParams{UserID: db.IdentityFrom(ctx).UserID, ExerciseID: id}
	p.AnyVersion, p.Versions = etag.Versions(r.Params.IfMatch)
	if _, err := h.db.DeleteCustomExercise(ctx, p); err != nil {
		return nil, h.exerciseMissingOrStale(ctx, id, err)
	}
	slog.InfoContext(ctx, "exercise_deleted", "exercise_id", id)
	return api.DeleteExercise204Response{}, nil
}

// RestoreExercise undoes DeleteExercise. It changes nothing when the exercise is not deleted.
func (h *Handlers) RestoreExercise(ctx context.Context, r api.RestoreExerciseRequestObject) (api.RestoreExerciseResponseObject, error) {
	id, err := ownExerciseID(r.ID)
	if err != nil {
		return nil, err
	}
	p := queries.RestoreCustomExerciseParams{UserID: db.IdentityFrom(ctx).UserID, ExerciseID: id}
	e, err := h.db.RestoreCustomExercise(ctx, p)
	if err != nil {
		return nil, problem.IfNoRows(err, exerciseNotFound)
	}
	slog.InfoContext(ctx, "exercise_restored", "exercise_id", e.ID)
	return api.RestoreExercise200JSONResponse{
		Body:    ownExercise(e),
		Headers: api.RestoreExercise200ResponseHeaders{ETag: new(etag.Of(e.Version))},
	}, nil
}

// ownExerciseID returns the id of an own exercise. Every other id is one of the catalogue, or of nothing.
func ownExerciseID(id string) (uuid.UUID, error) {
	own, err := uuid.Parse(id)
	if err != nil {
		return uuid.Nil, problem.New(exerciseNotFound)
	}
	return own, nil
}

// exerciseMissingOrStale returns why a write found no row: exercise_not_found, or precondition_failed when it has another version.
func (h *Handlers) exerciseMissingOrStale(ctx context.Context, id uuid.UUID, err error) error {
	if !db.IsNoRows(err) {
		return err
	}
	_, err = h.db.GetCustomExercise(ctx, queries.GetCustomExerciseParams{UserID: db.IdentityFrom(ctx).UserID, ExerciseID: id})
	if err != nil {
		return problem.IfNoRows(err, exerciseNotFound)
	}
	return problem.New(problem.PreconditionFailed)
}

// GetExerciseHistory returns a page of sessions and all records of an exercise, read in one round trip.
func (h *Handlers) GetExerciseHistory(
	ctx context.Context, r api.GetExerciseHistoryRequestObject,
) (api.GetExerciseHistoryResponseObject, error) {
	window, err := h.cursors.Newest("getExerciseHistory", r.Params.Limit, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	p := queries.GetExerciseHistoryParams{
		UserID: db.IdentityFrom(ctx).UserID, Exercise: r.ID, BeforeAt: window.BeforeAt, BeforeID: window.BeforeID, PageSize: window.Size,
	}
	if id, err := uuid.Parse(r.ID); err == nil {
		p.Exercise = id.String()
	}
	row, err := h.db.GetExerciseHistory(ctx, p)
	if err != nil {
		return nil, err
	}
	var found struct {
		Own *struct {
			ID       uuid.UUID
			Name     string
			LoadMode string `json:"load_mode"`
			Notes    *string
		}
		Records  []api.PersonalRecord
		Sessions []api.ExerciseSession
	}
	if err := json.Unmarshal(row, &found); err != nil {
		return nil, fmt.Errorf("decode a history: %w", err)
	}
	sessions, next, err := page.Rows(window, found.Sessions, func(s api.ExerciseSession) page.Key {
		return page.Key{At: s.StartedAt, ID: s.ActivityID}
	})
	if err != nil {
		return nil, err
	}
	history := api.ExerciseHistory{Data: sessions, Records: found.Records, NextCursor: next}
	switch known := exercise.Find(r.ID); {
	case known != nil:
		history.Exercise = new(catalogueExercise(known))
	case found.Own != nil:
		history.Exercise = new(ownExercise(queries.CustomExercise{
			ID: found.Own.ID, Name: found.Own.Name, LoadMode: found.Own.LoadMode, Notes: found.Own.Notes,
		}))
	case len(sessions) == 0 && !strings.HasPrefix(r.ID, "name:") && r.Params.Cursor == nil:
		return nil, problem.New(exerciseNotFound)
	}
	return api.GetExerciseHistory200JSONResponse(history), nil
}

func ownExercise(e queries.CustomExercise) api.Exercise {
	return api.Exercise{
		ID: e.ID.String(), Name: e.Name, IsCustom: true, LoadMode: api.LoadMode(e.LoadMode), Notes: e.Notes,
		PrimaryMuscles: []string{}, SecondaryMuscles: []string{},
	}
}

func catalogueExercise(e *exercise.Exercise) api.Exercise {
	return api.Exercise{
		ID: e.ID, Name: e.Name, LoadMode: api.LoadMode(e.LoadMode), PerSide: &e.PerSide, Category: &e.Category,
		Equipment: optional.NonEmpty(e.Equipment), Mechanic: optional.NonEmpty(e.Mechanic), Force: optional.NonEmpty(e.Force),
		PrimaryMuscles: e.PrimaryMuscles, SecondaryMuscles: e.SecondaryMuscles,
	}
}
