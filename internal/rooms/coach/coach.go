// Package coach holds conversations with a coach that knows the person's data. It uses the other rooms; none uses it.
package coach

import (
	"sync"
	"time"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/rooms/activities"
	"github.com/ultimatecoach/api/internal/rooms/body"
	"github.com/ultimatecoach/api/internal/rooms/dashboard"
	"github.com/ultimatecoach/api/internal/rooms/nutrition"
	"github.com/ultimatecoach/api/internal/rooms/users"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/page"
	"github.com/ultimatecoach/api/internal/tools/room"
)

// Rooms are the other rooms: their operations are what the coach can look up and propose.
type Rooms struct {
	Users      *users.Handlers
	Nutrition  *nutrition.Handlers
	Activities *activities.Handlers
	Body       *body.Handlers
	Dashboard  *dashboard.Handlers
}

// Handlers implements the operations of this room.
type Handlers struct {
	db      *db.DB
	cursors page.Cursors
	now     func() time.Time
	rooms   Rooms
	queue   func() string
	writer  *eventWriter
	// follower tells streams of new events.
	follower *follower
	// embedder makes the vectors of the memory; nil when there is none.
	embedder embed.Embedder
	absent   sync.Once // said that the local model is absent
	coach    room.Coach
	// tools returns the tools of language models; the first call makes them.
	tools func() (toolSet, error)
}

// New returns the handlers.
func New(d room.Deps, rooms Rooms) *Handlers {
	h := &Handlers{db: d.DB, cursors: d.Cursors, now: d.Now, rooms: rooms, embedder: d.Embedder, coach: d.Coach}
	h.writer, h.follower = newEventWriter(d.DB), newFollower(d.DB)
	h.tools = sync.OnceValues(h.makeTools)
	h.queue = func() string { return d.QueueName(replyQueue) }
	return h
}
