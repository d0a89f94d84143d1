package nutrition

import (
	"time"

	"github.com/ultimatecoach/api/internal/tools/jobs"
)

// purgeEvery is far below the 30 days that what was deleted can be brought back.
const purgeEvery = 10 * time.Minute

// Jobs are what the room has done in the background.
func (h *Handlers) Jobs() []jobs.Job {
	return []jobs.Job{
		jobs.Purge[purgeDiary](purgeEvery, h.db.PurgeDiary),
		jobs.Purge[purgeFoods](purgeEvery, h.db.PurgeFoods),
	}
}

// purgeDiary erases meals and items that can no longer be brought back.
type purgeDiary struct{}

func (purgeDiary) Kind() string { return "purge_diary" }

// purgeFoods erases people's own foods that can no longer be brought back.
type purgeFoods struct{}

func (purgeFoods) Kind() string { return "purge_foods" }
