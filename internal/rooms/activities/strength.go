package activities

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/exercise"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/text"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// setRow is a set in the form that private.write_sets reads.
type setRow struct {
	ExerciseIndex int      `json:"exercise_index"`
	SetIndex      int      `json:"set_index"`
	Exercise      string   `json:"exercise"`
	Name          string   `json:"name"`
	Type          string   `json:"type"`
	LoadMode      string   `json:"load_mode"`
	Side          string   `json:"side"`
	Reps          *int     `json:"reps"`
	WeightKg      *float64 `json:"weight_kg"`
	Reserve       *float64 `json:"reserve"`
	// Unconfirmed sets are a device's guess and make no records.
	Unconfirmed bool `json:"unconfirmed"`
}

// exercisesOf returns the exercises of strength training; none for other metrics.
func exercisesOf(metrics json.RawMessage) ([]api.StrengthExercise, error) {
	var m struct {
		Exercises []api.StrengthExercise `json:"exercises"`
	}
	err := readMetrics(metrics, &m)
	return m.Exercises, err
}

// ownExerciseIDs returns the ids that can only be those of own exercises.
func ownExerciseIDs(metrics json.RawMessage) ([]uuid.UUID, error) {
	ids := []uuid.UUID{}
	exercises, err := exercisesOf(metrics)
	for _, e := range exercises {
		if e.ExerciseID == nil {
			continue
		}
		if id, err := uuid.Parse(*e.ExerciseID); err == nil {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// sets returns the rows of all sets. own are the load modes of own exercises by id. An exercise that is neither in the catalogue nor the
// person's own is a field error; one without an id stands for its name.
func (r *record) sets(own map[string]string) ([]setRow, error) {
	exercises, err := exercisesOf(r.Metrics)
	if err != nil {
		return nil, err
	}
	var fields validation.Errors
	rows := []setRow{}
	for i, e := range exercises {
		key, mode := nameKey(e.Name), string(api.LoadModeExternal)
		if e.ExerciseID != nil {
			key, mode = *e.ExerciseID, ""
			if known := exercise.Find(key); known != nil {
				mode = known.LoadMode
			} else if id, err := uuid.Parse(key); err == nil { // in any way of writing it
				key, mode = id.String(), own[id.String()]
			}
			fields.AddIf(mode == "", fmt.Sprintf("metrics.exercises[%d].exercise_id", i), unknownExercise)
		}
		if e.LoadMode != nil {
			mode = string(*e.LoadMode)
		}
		for j, s := range e.Sets {
			rows = append(rows, setRow{
				ExerciseIndex: i, SetIndex: j, Exercise: key, Name: e.Name, Type: string(optional.Or(s.Type, api.SetTypeNormal)),
				LoadMode: mode, Side: string(optional.Or(s.Side, api.SetSideBoth)), Reps: s.Reps, WeightKg: s.WeightKg,
				Reserve: reserveOf(s), Unconfirmed: optional.OrZero(e.Unconfirmed),
			})
		}
	}
	return rows, fields.Err()
}

// nameKey identifies an exercise by its name: case and spaces do not matter.
func nameKey(name string) string { return "name:" + strings.ToLower(text.Clean(name)) }

// reserveOf returns the repetitions in reserve, which are 10 less RPE.
func reserveOf(s api.StrengthSet) *float64 {
	switch {
	case s.Rir != nil:
		return s.Rir
	case s.Rpe != nil:
		return new(10 - *s.Rpe)
	}
	return nil
}

// writeSets queues the write of the sets of an activity, which also computes the records again. before is the row before the write; nil for a
// new one.
func (h *Handlers) writeSets(ctx context.Context, in *inputs, r, before *record) error {
	own := map[string]string{}
	if in.OwnExercises != nil {
		if err := json.Unmarshal(in.OwnExercises, &own); err != nil {
			return fmt.Errorf("read own exercises: %w", err)
		}
	}
	rows, err := r.sets(own)
	if err != nil {
		return err
	}
	if len(rows) == 0 && (before == nil || !before.hasSets()) {
		return nil
	}
	sets, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	return h.db.WriteActivitySets(db.Queued(ctx), queries.WriteActivitySetsParams{UserID: in.userID, ActivityID: r.ID, Sets: sets})
}

func (r *record) hasSets() bool {
	exercises, err := exercisesOf(r.Metrics)
	return err == nil && len(exercises) > 0
}
