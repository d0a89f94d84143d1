// Package body handles weight, body fat and girths over time, water and sleep, and what follows from them.
package body

import (
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// Handlers implements the operations of this room.
type Handlers struct {
	db      *db.DB
	cursors page.Cursors
	now     func() time.Time
}

// New returns the handlers.
func New(d room.Deps) *Handlers {
	return &Handlers{db: d.DB, cursors: d.Cursors, now: d.Now}
}
