package validation

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// FromRefusal turns what an SQL function refused (db.RefusalOf) into a problem; every other error it returns as it is.
//
// The function raised the code of a cause, and perhaps fields. Those with a place belong to an entry of a list, which the request calls
// list; with "" the request is about the one entry.
func FromRefusal(err error, list string) error {
	refusal, ok := db.RefusalOf(err)
	if _, done := errors.AsType[*problem.Problem](err); done || !ok {
		return err
	}
	cause, ok := problem.TypeOf(refusal.Code)
	if !ok {
		return err
	}
	fields, broken := refusedFields(refusal.Detail, list)
	if broken != nil {
		return broken
	}
	return problem.New(cause).With(fields...).Wrap(err)
}

// refusedFields reads [{place?, field, code}].
func refusedFields(detail, list string) (fields []problem.Field, err error) {
	if detail == "" {
		return nil, nil
	}
	var refused []struct {
		Place       *int
		Field, Code string
	}
	if err := json.Unmarshal([]byte(detail), &refused); err != nil {
		return nil, fmt.Errorf("read what was refused: %w", err)
	}
	for _, r := range refused {
		code, ok := problem.FieldCodeOf(r.Code)
		if !ok {
			return nil, fmt.Errorf("the database refused %s for %q, which is no field code", r.Field, r.Code)
		}
		if list != "" && r.Place != nil {
			r.Field = fmt.Sprintf("%s[%d].%s", list, *r.Place, r.Field)
		}
		fields = append(fields, code.At(r.Field))
	}
	return fields, nil
}
