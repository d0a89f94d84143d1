// Package nutrition is what people eat: the catalogue of foods and people's own, the meals that they log, and their days.
package nutrition

import (
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// Handlers are the operations of the room.
type Handlers struct {
	db      *db.DB
	cursors page.Cursors
	now     func() time.Time
	// products looks up barcodes at Open Food Facts; nil when that is switched off.
	products       *foods.Lookup
	productFetches singleflight.Group
}

// New returns the room's handlers.
func New(d room.Deps) *Handlers {
	h := &Handlers{db: d.DB, cursors: d.Cursors, now: d.Now}
	if d.OpenFoodFactsURL != "" {
		h.products = foods.NewLookup(d.OpenFoodFactsURL, "UltimateCoach/"+d.Version+" ("+d.SiteURL+")")
	}
	return h
}
