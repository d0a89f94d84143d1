package activities

import (
	"time"

	"github.com/ultimatecoach/api/internal/tools/jobs"
)

// purgeEvery is the interval of the purge job; it may be any time far below the 30 days in which a restore is possible.
const purgeEvery = 10 * time.Minute

// Jobs returns the background jobs of this room.
func (h *Handlers) Jobs() []jobs.Job {
	return []jobs.Job{jobs.Purge[purgeActivities](purgeEvery, h.db.PurgeActivities)}
}

// purgeActivities erases deleted activities that can no longer be restored.
type purgeActivities struct{}

func (purgeActivities) Kind() string { return "purge_activities" }
