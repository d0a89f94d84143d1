// Package nutrition is what people eat: the catalogue of foods and people's own, the meals that they log, and their days.
package nutrition

import (
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/page"
)

// Handlers are the operations of the room.
type Handlers struct {
	db      *db.DB
	cursors page.Cursors
	now     func() time.Time
}

// New opens the room.
func New(d *db.DB, cursors page.Cursors, now func() time.Time) *Handlers {
	return &Handlers{d, cursors, now}
}
