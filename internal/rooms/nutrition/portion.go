package nutrition

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

// explained turns what private.portions and the bounds of the diary refused into an answer. list is where the items are
// in the request, "" when the request is about one item alone.
func explained(err error, list string) error {
	refusal, ok := db.RefusalOf(err)
	if _, done := errors.AsType[*problem.Problem](err); done || !ok {
		return err
	}
	switch refusal.Rule {
	case "day_full":
		return problem.Broken(problem.Field{Field: "", Code: "day_full", Message: "the day has 100 meals already"}).Because(err)
	case "meal_full":
		return problem.Broken(problem.Field{Field: "items", Code: "meal_full", Message: "the meal would have more than 100 items"}).Because(err)
	case "portions":
	default:
		return err
	}
	var places []struct {
		Place       int
		Field, Code string
	}
	if broken := json.Unmarshal([]byte(refusal.Detail), &places); broken != nil {
		return fmt.Errorf("read what was refused: %w", broken)
	}
	fields := make([]problem.Field, len(places))
	foodMissing := false
	for i, p := range places {
		fields[i] = problem.Field{Field: p.Field, Code: p.Code, Message: refusals[p.Code]}
		if list != "" {
			fields[i].Field = fmt.Sprintf("%s[%d].%s", list, p.Place, p.Field)
		}
		foodMissing = foodMissing || p.Code == problem.FoodNotFound.Code
	}
	switch {
	case refusal.Status != http.StatusNotFound:
		return problem.Broken(fields...).Because(err)
	case foodMissing:
		return problem.New(problem.FoodNotFound).With(fields...).Because(err)
	default:
		return problem.New(problem.ServingNotFound).With(fields...).Because(err)
	}
}

var refusals = map[string]string{
	"food_not_found":          "there is no such food",
	"serving_not_found":       "there is no such serving",
	"serving_of_another_food": "is a serving of another food",
	"blank":                   "must not be blank",
	"too_heavy":               "makes more than 10 kg together with the serving",
}
