package contract_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/gen"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/problem"
)

func TestSchemas_ParametersAndBodies_AreWholeAndChecked(t *testing.T) {
	t.Parallel()
	schemas, err := contract.NewSchemas(gen.OpenAPI)
	require.NoError(t, err)
	days, err := schemas.Parameters("listDays", "from", "to")
	require.NoError(t, err)
	meal, err := schemas.Body("createMeal", "meal_type", "items")
	require.NoError(t, err)
	meal, err = meal.With("confidence", true, map[string]any{"type": "number", "minimum": 0, "maximum": 1})
	require.NoError(t, err)
	require.NotContains(t, string(meal.Schema), "$ref")
	require.NotContains(t, string(meal.Schema), "discriminator")

	const items = `"items":[{"kind":"grams","food_id":"c0d40000-0000-4000-8000-000000000001","grams":100}]`
	for _, c := range []struct {
		of        *contract.Arguments
		raw       string
		wrong     string
		wrongCode string
	}{
		{days, `{"from":"2026-11-01","to":"2026-11-02"}`, "", ""},
		{days, `{"from":"2026-11-01"}`, "to", "required"},
		{days, `{"from":"2026-11-01","to":"yesterday"}`, "to", "wrong_format"},
		{days, `{"from":"2026-11-01","to":"2026-11-02","user_id":"x"}`, "user_id", "unknown_field"},
		{days, `{"from`, "", "malformed"},
		{days, `[]`, "", "wrong_type"},
		{meal, `{"meal_type":"lunch","confidence":0.7,` + items + `}`, "", ""},
		{meal, `{"meal_type":"lunch",` + items + `}`, "confidence", "required"},
		{meal, `{"meal_type":"brunch","confidence":0.7,` + items + `}`, "meal_type", "not_allowed"},
		{meal, `{"meal_type":"lunch","confidence":0.7,"items":[{"kind":"grams","grams":-1}]}`, "items[0].food_id", "required"},
	} {
		err := c.of.Check([]byte(c.raw))
		if c.wrongCode == "" {
			require.NoError(t, err, c.raw)
			continue
		}
		var p *problem.Problem
		require.ErrorAs(t, err, &p, c.raw)
		require.Equal(t, c.wrong, p.Errors[0].Field, c.raw)
		require.Equal(t, c.wrongCode, p.Errors[0].Code, c.raw)
	}
	var asJSON map[string]any
	require.NoError(t, json.Unmarshal(days.Schema, &asJSON))
	require.Equal(t, []any{"from", "to"}, asJSON["required"])
}

func TestSchemas_UnknownOperationOrParameter_IsAnError(t *testing.T) {
	t.Parallel()
	schemas, err := contract.NewSchemas(gen.OpenAPI)
	require.NoError(t, err)
	_, err = schemas.Parameters("listDays", "from", "until")
	require.ErrorContains(t, err, "takes no until")
	_, err = schemas.Body("listDays", "from")
	require.Error(t, err)
	_, err = schemas.Parameters("listDaze")
	require.Error(t, err)
}
