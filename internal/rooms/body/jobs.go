package body

import (
	"time"

	"github.com/ultimatecoach/api/internal/tools/jobs"
)

// purgeEvery is the interval of the purge job; it may be any time far below the 30 days after which rows are erased.
const purgeEvery = 10 * time.Minute

// Jobs returns the background jobs of this room.
func (h *Handlers) Jobs() []jobs.Job {
	return []jobs.Job{jobs.Purge[purgeBody](purgeEvery, h.db.PurgeBody)}
}

// purgeBody erases measurements, water and sleep that were deleted more than 30 days ago.
type purgeBody struct{}

func (purgeBody) Kind() string { return "purge_body" }
