package activities

import (
	"fmt"

	api "github.com/ultimatecoach/api/gen/server"
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
