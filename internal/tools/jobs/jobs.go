// Package jobs runs background jobs with River, on the same Postgres in its own schema. Rooms declare their jobs; the
// process passes them in.
package jobs

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/ultimatecoach/api/db"
)

const (
	maxWorkers = 4 // jobs at the same time in one process; they share the pool with its requests

	// Workers with LISTEN hear of new jobs at once. Retries and later jobs are found by polling, and behind a transaction
	// pooler all jobs are. River's own timers are 5 s too.
	pollEvery = 5 * time.Second

	// Behind a transaction pooler somebody waits for these.
	crowdPollEvery = 250 * time.Millisecond

	jobTimeout = time.Minute
	// A killed worker leaves its job in the state running. Longer than any job may take.
	rescueAfter = 15 * time.Minute

	keepCompleted = time.Hour      // longer than the interval of any periodic job, which looks for its last run
	keepFailed    = 24 * time.Hour // for whoever looks for the reason

	maxAttempts  = 3               // of one run; after three failures the job waits for its next run
	restartDelay = 2 * time.Second // while Postgres is down
	stopTimeout  = 5 * time.Second // for cancelled jobs, and for River to save their state; it would try for minutes
)

// Options configure New.
type Options struct {
	DB   *db.DB
	Jobs []Job
	// Queue is the queue to work on; river.QueueDefault unless set. Tests have queues of their own in one database.
	Queue string
	// ShutdownTimeout is how long jobs may go on after a stop, before they are cancelled.
	ShutdownTimeout time.Duration
}

// Job registers one kind of job.
type Job func(*declared)

// declared is what the jobs of one process consist of.
type declared struct {
	*river.Config
	rounds []round
}

// round is what a process does again and again by itself.
type round struct {
	name  string
	every time.Duration
	work  func(context.Context) error
}

// Every declares a periodic job, which runs on one replica at a time. A is its kind. A run has one minute, may happen
// twice, and is cancelled through its context.
func Every[A river.JobArgs](interval time.Duration, work func(context.Context) error) Job {
	return func(c *declared) {
		river.AddWorker(c.Workers, river.WorkFunc(func(ctx context.Context, _ *river.Job[A]) error { return work(ctx) }))
		c.PeriodicJobs = append(c.PeriodicJobs, river.NewPeriodicJob(
			river.PeriodicInterval(interval),
			func() (river.JobArgs, *river.InsertOpts) {
				var args A
				// A new leader inserts each job at once, because it does not know when it ran last. ByPeriod keeps it to one
				// per interval.
				return args, &river.InsertOpts{MaxAttempts: maxAttempts, UniqueOpts: river.UniqueOpts{ByPeriod: interval}}
			},
			&river.PeriodicJobOpts{RunOnStart: true},
		))
	}
}

// InEachProcess declares work that every process does for itself at an interval, while its workers run. It is no job: it needs neither a
// row nor the process that leads, so that it goes on at once when that one dies. A run has the time of a job, and must be harmless when
// other processes do the same at that moment. Like periodic jobs, it is left out where the workers have a queue of their own.
func InEachProcess(name string, every time.Duration, work func(context.Context) error) Job {
	return func(c *declared) {
		c.rounds = append(c.rounds, round{name, every, work})
	}
}

// Args are the arguments of a job; their Kind names it. They are stored as JSON until the job is deleted.
type Args = river.JobArgs

// On declares a job that is run once for each [Queue.Add]. It has one minute and may run twice. After an error it is tried again; last
// says that this is the last attempt.
func On[A Args](work func(ctx context.Context, args A, last bool) error) Job {
	return func(c *declared) {
		river.AddWorker(c.Workers, river.WorkFunc(func(ctx context.Context, job *river.Job[A]) error {
			return work(ctx, job.Args, job.Attempt >= job.MaxAttempts)
		}))
	}
}

// Crowd says how jobs run of which there are many at the same time, because each mostly waits for somebody else and holds no connection
// meanwhile. They have a queue of their own, so that they take no place from other jobs.
type Crowd struct {
	Queue   string
	Workers int // at the same time in one process
	Timeout time.Duration
}

// OnMany declares a job like [On] with a queue and a timeout of its own. Jobs are added by SQL, in the transaction that makes them
// necessary.
func OnMany[A Args](crowd Crowd, work func(ctx context.Context, args A, last bool) error) Job {
	return func(c *declared) {
		c.Queues[crowd.Queue] = river.QueueConfig{MaxWorkers: crowd.Workers, FetchPollInterval: crowdPollEvery}
		river.AddWorker(c.Workers, &crowdWorker[A]{timeout: crowd.Timeout, work: work})
	}
}

type crowdWorker[A Args] struct {
	river.WorkerDefaults[A]
	timeout time.Duration
	work    func(ctx context.Context, args A, last bool) error
}

func (w *crowdWorker[A]) Timeout(*river.Job[A]) time.Duration { return w.timeout }

func (w *crowdWorker[A]) Work(ctx context.Context, job *river.Job[A]) error {
	return w.work(ctx, job.Args, job.Attempt >= job.MaxAttempts)
}

// Queue adds jobs for the workers of all processes.
type Queue struct {
	client *river.Client[pgx.Tx]
	name   string
}

// NewQueue returns a queue that runs nothing itself. The name is river.QueueDefault where empty.
func NewQueue(d *db.DB, name string) (*Queue, error) {
	driver, _ := d.Jobs()
	client, err := river.NewClient(driver, &river.Config{Schema: db.JobsSchema, Logger: slog.New(warnings{slog.Default().Handler()})})
	if err != nil {
		return nil, fmt.Errorf("set up job queue: %w", err)
	}
	return &Queue{client, cmp.Or(name, river.QueueDefault)}, nil
}

// Add stores a job; a worker runs it soon after.
func (q *Queue) Add(ctx context.Context, args Args) error {
	if _, err := q.client.Insert(ctx, args, &river.InsertOpts{Queue: q.name, MaxAttempts: maxAttempts}); err != nil {
		return fmt.Errorf("add job %s: %w", args.Kind(), err)
	}
	return nil
}

// maxBatches is half a million rows of most tables. What is left then waits for the next run.
const maxBatches = 100

// Purge declares a periodic job that deletes expired rows. Each call of deleteBatch deletes a bounded number of rows and
// returns the count; the job calls it until it returns 0.
func Purge[A river.JobArgs](interval time.Duration, deleteBatch func(context.Context) (int32, error)) Job {
	return Every[A](interval, func(ctx context.Context) error {
		var kind A
		total := 0
		for range maxBatches {
			deleted, err := deleteBatch(db.AsService(ctx))
			if err != nil {
				return fmt.Errorf("after %d rows: %w", total, err)
			}
			if deleted == 0 {
				break
			}
			total += int(deleted)
		}
		if total > 0 {
			slog.InfoContext(ctx, "rows_purged", "job_kind", kind.Kind(), "rows", total)
		}
		return nil
	})
}

// Workers runs the jobs of one process.
type Workers struct {
	client          *river.Client[pgx.Tx]
	rounds          []round
	shutdownTimeout time.Duration
}

// New returns the workers. It runs no job and does not connect to Postgres.
func New(o Options) (*Workers, error) {
	driver, listens := o.DB.Jobs()
	c := &river.Config{
		Schema:            db.JobsSchema,
		Queues:            map[string]river.QueueConfig{cmp.Or(o.Queue, river.QueueDefault): {MaxWorkers: maxWorkers}},
		Workers:           river.NewWorkers(),
		PollOnly:          !listens,
		FetchPollInterval: pollEvery,
		// During a deployment an old replica must leave the jobs that only the new version has.
		FetchOnlyKnownKinds: true,
		JobTimeout:          jobTimeout,
		// Arguments may contain an email address.
		CompletedJobRetentionPeriod: keepCompleted,
		DiscardedJobRetentionPeriod: keepFailed,
		CancelledJobRetentionPeriod: keepFailed,
		RescueStuckJobsAfter:        rescueAfter,
		SoftStopTimeout:             o.ShutdownTimeout,
		ReindexerIndexNames:         []string{}, // only the owner of a table may reindex it, and the role app owns none
		ErrorHandler:                failures{},
		Logger:                      slog.New(warnings{slog.Default().Handler()}),
	}
	all := declared{Config: c}
	for _, declare := range o.Jobs {
		declare(&all)
	}
	if o.Queue != "" {
		all.rounds = nil // other workers use the same database
	}
	client, err := river.NewClient(driver, c)
	if err != nil {
		return nil, fmt.Errorf("set up jobs: %w", err)
	}
	return &Workers{client, all.rounds, o.ShutdownTimeout}, nil
}

// Run runs jobs until ctx ends. Then it takes no more and lets the running ones finish. Postgres may be down at the start
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
		case <-time.After(restartDelay):
		}
	}
	slog.InfoContext(ctx, "jobs_started")
	var rounds sync.WaitGroup
	for _, r := range w.rounds {
		rounds.Go(func() { r.run(ctx) })
	}
	<-ctx.Done()
	rounds.Wait()
	select {
	case <-w.client.Stopped():
	case <-time.After(w.shutdownTimeout + stopTimeout):
		return fmt.Errorf("jobs were still running, or Postgres was down, after %s", w.shutdownTimeout)
	}
	slog.InfoContext(ctx, "jobs_stopped")
	return nil
}

// run does the work until ctx ends.
func (r round) run(ctx context.Context) {
	tick := time.NewTicker(r.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		limited, cancel := context.WithTimeout(ctx, jobTimeout)
		if err := r.work(limited); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "round_failed", "name", r.name, "error", err)
		}
		cancel()
	}
}

// failures logs failed jobs. River retries them.
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

// warnings drops River's own lines below warn.
type warnings struct{ slog.Handler }

func (h warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}
