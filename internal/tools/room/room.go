// Package room holds what rooms share: their dependencies, and the interfaces that a room may implement.
package room

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// Deps are the dependencies of rooms. A room takes what it uses.
type Deps struct {
	DB *db.DB
	// Contract checks what is made of a request and of stored data. It is nil where no requests are served.
	Contract *contract.Contract
	Auth     *gotrue.Client
	Verifier *session.Verifier
	Limiter  *rate.Limiter
	// FailedSignIns is the rate class of failed sign-ins per account and client address.
	FailedSignIns rate.Class
	Cursors       page.Cursors
	// AddJob adds a job for the workers of all processes; see jobs.Queue.
	AddJob func(context.Context, jobs.Args) error
	// Queue returns the name that a queue of jobs has here. It may be nil: then it is the queue's own name, which all processes share.
	Queue func(name string) string
	// Embedder makes the vectors of what the coach remembers. It may be nil: then its memory is searched by words alone.
	Embedder embed.Embedder
	// Coach says who makes the coach's replies.
	Coach Coach
	Now   func() time.Time

	Version, Environment string
	// SiteURL is the frontend.
	SiteURL string
	// OpenFoodFactsURL is asked about barcodes that the catalogue does not have. Empty: no such requests.
	OpenFoodFactsURL string
	// Draining reports whether the process is shutting down. Shedding reports whether it refuses requests because it has too many.
	Draining, Shedding func() bool
}

// QueueName returns the name that a queue of jobs has here.
func (d Deps) QueueName(name string) string {
	if d.Queue == nil {
		return name
	}
	return d.Queue(name)
}

// Worker is a room with background jobs.
type Worker interface {
	Jobs() []jobs.Job
}

// Demonstrator is a room with demo data: the rows that the guides and the examples of the docs use. Demonstrate creates them for
// the person in the context. Called again, it creates only what is missing.
type Demonstrator interface {
	Demonstrate(ctx context.Context, d Demo) error
}

// Demo describes the demo data of one person.
type Demo struct {
	// Day is the last day of the data, as midnight UTC. Zone is the person's time zone.
	Day  time.Time
	Zone string
	// ID maps an id in the docs to the id of the person's own row. For the demo account both are the same.
	ID func(documented string) uuid.UUID
}
