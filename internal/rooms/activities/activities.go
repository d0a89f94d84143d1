// Package activities is what people do: workouts, walks and matches, and the energy that they cost.
package activities

import (
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/contract"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// Handlers are the operations of the room.
type Handlers struct {
	db       *db.DB
	contract *contract.Contract
	cursors  page.Cursors
	now      func() time.Time
	queue    func(string) string
}

// New returns the room's handlers.
func New(d room.Deps) *Handlers {
	return &Handlers{db: d.DB, contract: d.Contract, cursors: d.Cursors, now: d.Now, queue: d.QueueName}
}
