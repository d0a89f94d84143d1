package validation

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// FromRefusal turns the refusal of an SQL function (db.RefusalOf) into a problem. It returns every other error unchanged.
//
// The SQL function raises a problem code and optionally fields. A field with a place belongs to that entry of the request's
// list, whose JSON name is list; "" means that the request is about a single entry.
func FromRefusal(err error, list string) error {
	refusal, ok := db.RefusalOf(err)
	if _, isProblem := errors.AsType[*problem.Problem](err); isProblem || !ok {
		return err
	}
	kind, ok := problem.TypeOf(refusal.Code)
	if !ok {
		return err
	}
	fields, readErr := refusedFields(refusal.Detail, list)
	if readErr != nil {
		return readErr
	}
	return problem.New(kind).With(fields...).Wrap(err)
}

// refusedFields decodes the JSON list [{place?, field, code}].
func refusedFields(detail, list string) (fields []problem.Field, err error) {
	if detail == "" {
		return nil, nil
	}
	var refused []struct {
		Place       *int
		Field, Code string
	}
	if err := json.Unmarshal([]byte(detail), &refused); err != nil {
		return nil, fmt.Errorf("decode refused fields: %w", err)
	}
	for _, r := range refused {
		code, ok := problem.FieldCodeOf(r.Code)
		if !ok {
			return nil, fmt.Errorf("the database refused %s with %q, which is not a field code", r.Field, r.Code)
		}
		if list != "" && r.Place != nil {
			r.Field = fmt.Sprintf("%s[%d].%s", list, *r.Place, r.Field)
		}
		fields = append(fields, code.At(r.Field))
	}
	return fields, nil
}
