package coach

import (
	"context"

	"github.com/ultimatecoach/api/internal/tools/room"
)

// demoMemory is the id in the docs' examples.
const demoMemory = "d0d40000-0000-4000-8000-000000000001"

// demonstrateMemory keeps what the person says in the last message of the demo conversation.
func (h *Handlers) demonstrateMemory(ctx context.Context, d room.Demo) error {
	last := demoExchanges[len(demoExchanges)-1]
	_, err := h.keepFact(ctx, d.ID(demoMemory), d.ID(last.message), factsIn(last.said)[0])
	return err
}
