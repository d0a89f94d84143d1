// Package nutrition is what people eat: the catalogue of foods and people's own, the meals that they log, and their days.
package nutrition

import (
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/page"
)

// Handlers are the operations of the room.
type Handlers struct {
	db      *db.DB
	cursors page.Cursors
	now     func() time.Time
	// products knows barcodes that nobody here has; it may be nil.
	products *foods.Lookup
	learning singleflight.Group
}

// New opens the room. products may be nil.
func New(d *db.DB, cursors page.Cursors, now func() time.Time, products *foods.Lookup) *Handlers {
	return &Handlers{db: d, cursors: cursors, now: now, products: products}
}
