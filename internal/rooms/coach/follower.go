package coach

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
)

const (
	// pollEvery is how often events are looked for where notifications do not arrive, and pollQuietEvery when nothing happened lately.
	pollEvery      = 250 * time.Millisecond
	pollQuietEvery = time.Second
	// checkEvery is how often everything that is followed is read even though no notification arrived.
	checkEvery = 5 * time.Second
	// sessionsEvery is how often the sessions of open streams are checked.
	sessionsEvery = 10 * time.Second
	// readTimeout is how long reading events may take.
	readTimeout = 5 * time.Second
	// followerBuffer is how many batches may wait for a slow reader before it has to read them again itself.
	followerBuffer = 16
)

// follower tells streams of new events: one connection that listens, and one statement for all replies that are followed in this process.
type follower struct {
	db *db.DB

	mu      sync.Mutex
	replies map[uuid.UUID]*followed
	running bool
	wake    chan struct{} // has a value when there is something to read
}

// followed is a reply that somebody follows.
type followed struct {
	user     uuid.UUID
	position int32 // of the newest event that was delivered
	flagged  bool  // there may be newer ones
	readers  map[*reader]bool
}

// reader receives the events of one reply.
type reader struct {
	reply, user, session uuid.UUID
	events               chan []queries.ListReplyEventsRow
	// missed has a value when events did not fit into the channel.
	missed chan struct{}
	// ended is closed when the session has ended.
	ended chan struct{}
}

func newFollower(d *db.DB) *follower {
	return &follower{db: d, replies: map[uuid.UUID]*followed{}, wake: make(chan struct{}, 1)}
}

// follow lets a reader receive what happens to a reply from now on. What happened before, it reads itself, after this call.
func (f *follower) follow(ctx context.Context, reply uuid.UUID, position int32) *reader {
	id := db.IdentityFrom(ctx)
	r := &reader{
		reply: reply, user: id.UserID, session: id.SessionID, events: make(chan []queries.ListReplyEventsRow, followerBuffer),
		missed: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.replies[reply] == nil {
		f.replies[reply] = &followed{user: id.UserID, position: position, readers: map[*reader]bool{}}
	}
	f.replies[reply].readers[r] = true
	if !f.running {
		f.running = true
		go f.run(context.WithoutCancel(ctx))
	}
	return r
}

// leave ends following.
func (f *follower) leave(r *reader) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if of := f.replies[r.reply]; of != nil {
		delete(of.readers, r)
		if len(of.readers) == 0 {
			delete(f.replies, r.reply)
		}
	}
}

// run delivers events while somebody follows a reply.
func (f *follower) run(ctx context.Context) {
	ctx, stop := context.WithCancel(db.AsService(ctx))
	defer stop()
	listens := f.db.CanListen()
	if listens {
		go f.db.Listen(ctx, "coach_events", f.flagAll, f.flag)
	}
	wait := pollEvery
	sessions := time.NewTicker(sessionsEvery)
	defer sessions.Stop()
	for {
		if listens {
			wait = checkEvery
		}
		select {
		case <-f.wake:
		case <-time.After(wait):
			f.flagAll()
		case <-sessions.C:
			f.checkSessions(ctx)
			if f.stopped() {
				return
			}
			continue
		}
		wait = pollQuietEvery
		if f.read(ctx) {
			wait = pollEvery
		}
	}
}

// stopped reports whether nobody follows anything any more, and the goroutine may end.
func (f *follower) stopped() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running = len(f.replies) > 0
	return !f.running
}

// flag notes the replies of a notification.
func (f *follower) flag(payload string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name := range strings.FieldsSeq(payload) {
		id, err := uuid.Parse(name)
		if err == nil && f.replies[id] != nil {
			f.replies[id].flagged = true
			f.wakeUp()
		}
	}
}

func (f *follower) flagAll() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, of := range f.replies {
		of.flagged = true
		f.wakeUp()
	}
}

func (f *follower) wakeUp() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// read reads the new events of all flagged replies in one statement, and reports whether there were any.
func (f *follower) read(ctx context.Context) bool {
	var p queries.ReadEventsParams
	f.mu.Lock()
	for id, of := range f.replies {
		if of.flagged {
			of.flagged = false
			p.Owners, p.Messages, p.Positions = append(p.Owners, of.user), append(p.Messages, id), append(p.Positions, of.position)
		}
	}
	f.mu.Unlock()
	if len(p.Messages) == 0 {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	rows, err := f.db.ReadEvents(ctx, p)
	if err != nil {
		slog.WarnContext(ctx, "coach_follow_failed", "replies", len(p.Messages), "error", err)
		f.mu.Lock()
		defer f.mu.Unlock()
		for _, id := range p.Messages { // again with the next round
			if of := f.replies[id]; of != nil {
				of.flagged = true
			}
		}
		return false
	}
	for start := 0; start < len(rows); {
		end := start
		var events []queries.ListReplyEventsRow
		for ; end < len(rows) && rows[end].MessageID == rows[start].MessageID; end++ {
			events = append(events, queries.ListReplyEventsRow{Seq: rows[end].Seq, Type: rows[end].Type, Data: rows[end].Data})
		}
		f.deliver(rows[start].MessageID, events)
		start = end
	}
	return len(rows) > 0
}

// deliver hands events to the readers of a reply. Who is too slow reads them again.
func (f *follower) deliver(reply uuid.UUID, events []queries.ListReplyEventsRow) {
	f.mu.Lock()
	defer f.mu.Unlock()
	of := f.replies[reply]
	if of == nil {
		return
	}
	of.position = max(of.position, events[len(events)-1].Seq)
	for r := range of.readers {
		select {
		case r.events <- events:
		default:
			select {
			case r.missed <- struct{}{}:
			default:
			}
		}
	}
}

// checkSessions ends the streams of sessions that have ended, with one statement for all.
func (f *follower) checkSessions(ctx context.Context) {
	var p queries.EndedSessionsParams
	readers := map[uuid.UUID][]*reader{}
	f.mu.Lock()
	for _, of := range f.replies {
		for r := range of.readers {
			if readers[r.session] == nil {
				p.Sessions, p.People = append(p.Sessions, r.session), append(p.People, r.user)
			}
			readers[r.session] = append(readers[r.session], r)
		}
	}
	f.mu.Unlock()
	if len(p.Sessions) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	ended, err := f.db.EndedSessions(ctx, p)
	if err != nil {
		slog.WarnContext(ctx, "coach_sessions_unchecked", "sessions", len(p.Sessions), "error", err)
		return
	}
	for _, session := range ended {
		for _, r := range readers[session] {
			f.leave(r)
			close(r.ended)
		}
	}
}
