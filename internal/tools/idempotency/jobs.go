package idempotency

import (
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/jobs"
)

// Jobs returns the background jobs of this package.
func Jobs(d *db.DB) []jobs.Job {
	return []jobs.Job{jobs.Purge[purgeKeys](10*time.Minute, d.PurgeIdempotencyKeys)}
}

// purgeKeys deletes responses that are older than a day.
type purgeKeys struct{}

func (purgeKeys) Kind() string { return "purge_idempotency_keys" }
