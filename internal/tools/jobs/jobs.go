// Package jobs does what nobody waits for: River, on the same Postgres, in a schema of its own. It knows no room; rooms
// declare their jobs, and whoever starts the process hands them over.
package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/ultimatecoach/api/db"
)

const (
	atOnce = 4 // jobs of one process; they share the pool with its requests

	// Whoever listens is told of new jobs at once. What is tried again or due later is found by looking, as everything is
	// behind a transaction pooler. River's own timers, of which there are some, take 5 s as well.
	lookEvery = 5 * time.Second

	jobTimeout = time.Minute
	// A worker that was killed leaves its job running. Well past the time that a job may take.
	rescueAfter = 5 * time.Minute

	attempts   = 3               // of one run; what fails three times is due again with the next
	startAgain = 2 * time.Second // while Postgres is away
	goodbye    = 5 * time.Second // for jobs that were cancelled, and for what River notes of them; it tries for minutes
)

// Options say what to work on.
type Options struct {
	DB   *db.DB
	Jobs []Job
	// ShutdownTimeout is how long jobs may finish after a stop was asked for, before they are cancelled.
	ShutdownTimeout time.Duration
}

// Job is one kind of work, as a room declares it.
type Job func(*river.Config)

// Every declares work that is due again and again, on one replica at a time. A is its kind. It has a minute, may run
// twice, and is cancelled through its context.
func Every[A river.JobArgs](interval time.Duration, work func(context.Context) error) Job {
	return func(c *river.Config) {
		river.AddWorker(c.Workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[A]) error { return work(ctx) }))
		c.PeriodicJobs = append(c.PeriodicJobs, river.NewPeriodicJob(
			river.PeriodicInterval(interval),
			func() (river.JobArgs, *river.InsertOpts) {
				var args A
				// A new leader begins by asking for each job, since it cannot know when it was run last. Once per interval
				// is enough, whoever asks.
				return args, &river.InsertOpts{MaxAttempts: attempts, UniqueOpts: river.UniqueOpts{ByPeriod: interval}}
			},
			&river.PeriodicJobOpts{RunOnStart: true},
		))
	}
}

// maxBites is half a million rows of most tables. What is left then waits for the next time.
const maxBites = 100

// Purge declares that rows past their time are erased every interval: one bounded bite after another, each answering how
// many rows went, until one finds nothing.
func Purge[A river.JobArgs](interval time.Duration, bite func(context.Context) (int32, error)) Job {
	return Every[A](interval, func(ctx context.Context) error {
		var kind A
		total := 0
		for range maxBites {
			gone, err := bite(ctx)
			if err != nil {
				return fmt.Errorf("after %d rows: %w", total, err)
			}
			if gone == 0 {
				break
			}
			total += int(gone)
		}
		if total > 0 {
			slog.InfoContext(ctx, "rows_purged", "job_kind", kind.Kind(), "rows", total)
		}
		return nil
	})
}

// Workers work the jobs of one process.
type Workers struct {
	client          *river.Client[pgx.Tx]
	shutdownTimeout time.Duration
}

// New makes the workers; nothing is worked yet, and Postgres is not asked.
func New(o Options) (*Workers, error) {
	driver, listens := o.DB.Jobs()
	c := &river.Config{
		Schema:            db.JobsSchema,
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: atOnce}},
		Workers:           river.NewWorkers(),
		PollOnly:          !listens,
		FetchPollInterval: lookEvery,
		// While versions follow one another, a replica leaves the jobs that only the next one knows.
		FetchOnlyKnownKinds:  true,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: rescueAfter,
		SoftStopTimeout:      o.ShutdownTimeout,
		ReindexerIndexNames:  []string{}, // only the owner of a table may, and app owns nothing
		ErrorHandler:         failures{},
		Logger:               slog.New(troubles{slog.Default().Handler()}),
	}
	for _, declare := range o.Jobs {
		declare(c)
	}
	client, err := river.NewClient(driver, c)
	if err != nil {
		return nil, fmt.Errorf("set up jobs: %w", err)
	}
	return &Workers{client, o.ShutdownTimeout}, nil
}

// Run works jobs until ctx ends; then it takes no more and lets those at work finish. Postgres may be away at the start
// and later.
func (w *Workers) Run(ctx context.Context) error {
	for {
		err := w.client.Start(ctx)
		if err == nil {
			break
		}
		slog.WarnContext(ctx, "jobs_start_failed", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(startAgain):
		}
	}
	slog.InfoContext(ctx, "jobs_started")
	<-ctx.Done()
	select {
	case <-w.client.Stopped():
	case <-time.After(w.shutdownTimeout + goodbye):
		return fmt.Errorf("jobs were still at work, or Postgres away, after %s", w.shutdownTimeout)
	}
	slog.InfoContext(ctx, "jobs_stopped")
	return nil
}

// failures puts the jobs that failed into the log. River tries them again by itself.
type failures struct{}

// HandleError implements river.ErrorHandler.
func (failures) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	slog.ErrorContext(ctx, "job_failed", "job_kind", job.Kind, "job_id", job.ID, "attempt", job.Attempt, "error", err)
	return nil
}

// HandlePanic implements river.ErrorHandler.
func (failures) HandlePanic(ctx context.Context, job *rivertype.JobRow, value any, trace string) *river.ErrorHandlerResult {
	err := fmt.Errorf("panic: %v\n%s", value, trace)
	slog.ErrorContext(ctx, "job_panicked", "job_kind", job.Kind, "job_id", job.ID, "attempt", job.Attempt, "error", err)
	return nil
}

// troubles leaves out what River says of itself while all is well.
type troubles struct{ slog.Handler }

func (h troubles) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}
