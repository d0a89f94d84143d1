package idempotency

import (
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/jobs"
)

// Jobs are what this package has done in the background.
func Jobs(d *db.DB) []jobs.Job {
	return []jobs.Job{jobs.Purge[purgeKeys](10*time.Minute, d.PurgeIdempotencyKeys)}
}

// purgeKeys forgets answers that are older than a day.
type purgeKeys struct{}

func (purgeKeys) Kind() string { return "purge_idempotency_keys" }
