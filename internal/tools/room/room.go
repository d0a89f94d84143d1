// Package room is what rooms have in common: what they stand on, and what they may have besides their operations.
package room

import (
	"context"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/gotrue"
	"github.com/ultimatecoach/api/internal/tools/jobs"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/rate"
	"github.com/ultimatecoach/api/internal/tools/session"
)

// Deps are what a room may stand on. A room takes what it uses.
type Deps struct {
	DB       *db.DB
	Auth     *gotrue.Client
	Verifier *session.Verifier
	Limiter  *rate.Limiter
	// FailedSignIns is the budget of failed sign-ins per account and client address.
	FailedSignIns rate.Class
	Cursors       page.Cursors
	Now           func() time.Time

	Version, Environment string
	// SiteURL is the frontend.
	SiteURL string
	// OpenFoodFactsURL is asked about barcodes that nobody here has; "" asks nobody.
	OpenFoodFactsURL string
	// Draining tells whether the process is shutting down.
	Draining func() bool
}

// Worker is a room that has something done in the background.
type Worker interface {
	Jobs() []jobs.Job
}

// Demonstrator is a room with data to show: it gives the person of the context's identity what the guides and the docs' examples speak
// of. It may be called again, and then brings what is missing and nothing twice.
type Demonstrator interface {
	Demonstrate(ctx context.Context, d Demo) error
}

// Demo says whose demonstration it is.
type Demo struct {
	// Day is the last one of the data, as midnight UTC; the person lives in Zone.
	Day  time.Time
	Zone string
	// ID turns the id that the docs show for a thing into that of the person's own: the demo account has the ids of the docs.
	ID func(documented string) uuid.UUID
}
