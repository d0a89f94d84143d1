package activities

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/jobs"
)

const (
	// purgeEvery is the interval of the purge job; it may be any time far below the 30 days in which a restore is possible.
	purgeEvery = 10 * time.Minute

	// importQueue is the queue of files. Reading one takes a core for seconds, so a process works few at the same time, and the jobs of
	// others do not wait for them.
	importQueue   = "activity_imports"
	importWorkers = 2
	// importTimeout is shorter than the lease of a worker; see BeginActivityImport.
	importTimeout = time.Minute
	// requeueEvery is how often imports are looked for whose worker has died.
	requeueEvery = 30 * time.Second
)

// Jobs returns the background jobs of this room.
func (h *Handlers) Jobs() []jobs.Job {
	files := jobs.Crowd{Queue: h.queue(importQueue), Workers: importWorkers, Timeout: importTimeout}
	return []jobs.Job{
		jobs.Purge[purgeActivities](purgeEvery, h.db.PurgeActivities),
		jobs.OnMany(files, h.workImport),
		jobs.Every[requeueImports](requeueEvery, h.requeueImports),
	}
}

// purgeActivities erases deleted activities that can no longer be restored, and imports in the background after 7 days.
type purgeActivities struct{}

func (purgeActivities) Kind() string { return "purge_activities" }

// fileImport works one file. private.add_activity_import adds it, in the transaction that stores the file.
type fileImport struct {
	UserID   uuid.UUID `json:"user_id"`
	ImportID uuid.UUID `json:"import_id"`
}

func (fileImport) Kind() string { return "activity_import" }

// requeueImports adds jobs again for imports whose worker has died.
type requeueImports struct{}

func (requeueImports) Kind() string { return "requeue_activity_imports" }

func (h *Handlers) requeueImports(ctx context.Context) error {
	n, err := h.db.RequeueActivityImports(db.AsService(ctx), h.queue(importQueue))
	if n > 0 {
		slog.WarnContext(ctx, "activity_imports_requeued", "imports", n)
	}
	return err
}
