package coach

import (
	"context"

	"github.com/google/uuid"

	api "github.com/ultimatecoach/api/gen/server"
)

// Remember, Recall, IndexMemories and Source let tests call what replies and jobs use.
func (h *Handlers) Remember(ctx context.Context, message uuid.UUID, text string) ([]api.Memory, error) {
	return h.remember(ctx, message, text)
}

// Recall calls recall.
func (h *Handlers) Recall(ctx context.Context, about string) ([]Recollection, error) {
	return h.recall(ctx, about)
}

// IndexMemories runs the job once.
func (h *Handlers) IndexMemories(ctx context.Context) error { return h.indexMemories(ctx) }

// Source calls source.
func (r Recollection) Source() api.CoachSource { return r.source() }
