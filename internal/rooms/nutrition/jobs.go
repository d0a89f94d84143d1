package nutrition

import (
	"time"

	"github.com/ultimatecoach/api/internal/tools/jobs"
)

// purgeEvery is the interval of the purge jobs; it may be any time far below the 30 days in which a restore is possible.
const purgeEvery = 10 * time.Minute

// Jobs returns the background jobs of this room.
func (h *Handlers) Jobs() []jobs.Job {
	return []jobs.Job{
		jobs.Purge[purgeDiary](purgeEvery, h.db.PurgeDiary),
		jobs.Purge[purgeFoods](purgeEvery, h.db.PurgeFoods),
	}
}

// purgeDiary erases deleted meals and items that can no longer be restored.
type purgeDiary struct{}

func (purgeDiary) Kind() string { return "purge_diary" }

// purgeFoods erases deleted custom foods that can no longer be restored.
type purgeFoods struct{}

func (purgeFoods) Kind() string { return "purge_foods" }
