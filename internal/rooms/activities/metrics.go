package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// checkMetrics checks what the schema of metrics cannot say.
func checkMetrics(fields *validation.Errors, m *api.ActivityMetrics) error {
	value, err := m.ValueByDiscriminator()
	if err != nil {
		return fmt.Errorf("read metrics: %w", err)
	}
	strength, ok := value.(api.StrengthMetrics)
	if !ok {
		return nil
	}
	for i, exercise := range strength.Exercises {
		for j, set := range exercise.Sets {
			field := fmt.Sprintf("metrics.exercises[%d].sets[%d].rir", i, j)
			fields.AddIf(set.Rpe != nil && set.Rir != nil, field, rpeOrRIR)
		}
	}
	return nil
}

// mergedMetrics returns the stored metrics after a merge patch (RFC 7396). Their members are scalars and lists, so nothing is merged
// deeper. What comes of it must be what the contract allows for a new activity.
func (h *Handlers) mergedMetrics(ctx context.Context, stored, patch json.RawMessage) (*api.ActivityMetrics, error) {
	merged, err := membersOf(stored)
	if err != nil {
		return nil, err
	}
	changes, err := membersOf(patch)
	if err != nil {
		return nil, err
	}
	for name, value := range changes {
		if string(value) == "null" {
			delete(merged, name)
		} else {
			merged[name] = value
		}
	}
	created, err := json.Marshal(map[string]any{"started_at": "2000-01-01T00:00:00Z", "metrics": merged})
	if err != nil {
		return nil, fmt.Errorf("merge metrics: %w", err)
	}
	checked, err := h.contract.Find(http.MethodPost, "/api/v1/activities").CheckBody(ctx, created)
	if err != nil {
		return nil, asRuleBroken(err)
	}
	var a api.ActivityCreate
	if err := json.Unmarshal(checked, &a); err != nil {
		return nil, fmt.Errorf("merge metrics: %w", err)
	}
	return a.Metrics, nil
}

// membersOf returns the members of a JSON object; none of null or of nothing.
func membersOf(object json.RawMessage) (map[string]json.RawMessage, error) {
	members := map[string]json.RawMessage{}
	err := readMetrics(object, &members)
	return members, err
}

// asRuleBroken makes a 422 of what the contract says of merged metrics: the patch alone matched it.
func asRuleBroken(err error) error {
	invalid, ok := errors.AsType[*problem.Problem](err)
	if !ok {
		return err
	}
	fields := invalid.Errors
	for i, f := range fields {
		if f.Code == problem.UnknownField.Code && strings.Count(f.Field, ".") == 1 {
			fields[i] = wrongKind.WithMessage(f.Field, "is not in metrics of this kind; null removes what is stored")
		}
	}
	return problem.Unprocessable(fields...)
}

// sameJSON reports whether two values are equal, whatever the order of their members.
func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// fitsCategory reports whether metrics of this kind can be of an activity of the category: no sets in steady endurance, no endurance in
// strength training and stretching. Circuits and other mixed training have sets too.
func fitsCategory(kind string, category api.ActivityCategory) bool {
	switch kind {
	case "strength":
		return category != api.ActivityCategoryCardioSteadyState
	case "running", "cycling", "swimming", "sport":
		return category != api.ActivityCategoryStrengthTraining && category != api.ActivityCategoryFlexibility
	}
	return true
}
