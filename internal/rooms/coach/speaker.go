package coach

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
)

const (
	// flushEvery is how often one process writes the events of all its replies, in one statement. A statement for each piece of text keeps
	// up with a quarter of 200 replies; see docs/decisions/0013-reply-streams.md.
	flushEvery = 50 * time.Millisecond
	// renewEvery is how often replies that say nothing renew their lease and ask whether they were stopped.
	renewEvery = 500 * time.Millisecond
	// leaseTime is how long a reply is kept for a worker that does not renew it; private.append_coach_events says the same.
	leaseTime = 15 * time.Second
	// flushTimeout is how long a flush may take.
	flushTimeout = 5 * time.Second
	// maxPending is how many bytes of a reply may wait to be written; then its provider has to wait.
	maxPending = 256 << 10
	// maxDelta is the longest piece of text of one event.
	maxDelta = 16 << 10
)

// Reasons why a reply is stopped from outside; they are the causes of its context.
var (
	errCancelled = errors.New("the person stopped the reply")
	errLost      = errors.New("the reply is not this worker's any more")
)

// eventWriter writes the events of all replies of one process.
type eventWriter struct {
	db *db.DB

	mu      sync.Mutex
	open    map[uuid.UUID]*speaker
	running bool
}

func newEventWriter(d *db.DB) *eventWriter {
	return &eventWriter{db: d, open: map[uuid.UUID]*speaker{}}
}

// add lets a reply be written until it is removed.
func (w *eventWriter) add(s *speaker) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.open[s.job.MessageID] = s
	if !w.running {
		w.running = true
		go w.run()
	}
}

func (w *eventWriter) remove(s *speaker) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.open[s.job.MessageID] == s {
		delete(w.open, s.job.MessageID)
	}
}

// run flushes while there are replies.
func (w *eventWriter) run() {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	renewed := time.Now()
	for range tick.C {
		w.mu.Lock()
		if len(w.open) == 0 {
			w.running = false
			w.mu.Unlock()
			return
		}
		speakers := make([]*speaker, 0, len(w.open))
		for _, s := range w.open {
			speakers = append(speakers, s)
		}
		w.mu.Unlock()
		renews := time.Since(renewed) >= renewEvery
		if renews {
			renewed = time.Now()
		}
		w.flush(speakers, renews)
	}
}

// flush writes what is pending of all replies, and renews their leases. Events stay pending when it fails.
func (w *eventWriter) flush(speakers []*speaker, renews bool) {
	var p queries.AppendEventsParams
	counts := make([]int, len(speakers))
	for i, s := range speakers {
		p.Owners, p.Held = append(p.Owners, s.job.UserID), append(p.Held, s.job.MessageID)
		p.Attempts = append(p.Attempts, s.attempt)
		counts[i] = s.collect(&p)
	}
	if len(p.Messages) == 0 && !renews {
		return
	}
	ctx, cancel := context.WithTimeout(db.AsService(context.Background()), flushTimeout)
	defer cancel()
	sent := time.Now()
	stopped, err := w.db.AppendEvents(ctx, p)
	if err != nil {
		slog.WarnContext(ctx, "coach_flush_failed", "replies", len(speakers), "error", err)
		for _, s := range speakers {
			s.expire(sent)
		}
		return
	}
	causes := map[uuid.UUID]error{}
	for _, r := range stopped {
		causes[r.MessageID] = errCancelled
		if r.Lost {
			causes[r.MessageID] = errLost
		}
	}
	for i, s := range speakers {
		s.flushed(counts[i], sent, causes[s.job.MessageID])
	}
}

// event is one event that is not written yet.
type event struct {
	seq  int32
	kind string
	data []byte
	text string // of a delta, whose data is made of it
}

// speaker adds events to one reply. Its methods return an error when the reply is stopped.
type speaker struct {
	h       *Handlers
	ctx     context.Context
	stop    context.CancelCauseFunc
	job     makeReply
	attempt int32
	// provider and model are set by respond.
	provider, model string

	mu      sync.Mutex
	changed *sync.Cond
	seq     int32
	pending []event
	bytes   int
	renewed time.Time
	said    bool // text or a proposal
	// sending is how many of the pending events are in the statement that runs: no text may be added to them.
	sending int
}

func (h *Handlers) newSpeaker(ctx context.Context, job makeReply, begun queries.BeginReplyRow) *speaker {
	ctx, stop := context.WithCancelCause(ctx)
	s := &speaker{h: h, ctx: ctx, stop: stop, job: job, attempt: begun.Attempt, seq: begun.LastSeq, renewed: time.Now()}
	s.changed = sync.NewCond(&s.mu)
	context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.changed.Broadcast()
	})
	h.writer.add(s)
	return s
}

// release ends the work on the reply.
func (s *speaker) release() {
	s.h.writer.remove(s)
	s.stop(nil)
}

// hasSaid reports whether the reply has text or a proposal.
func (s *speaker) hasSaid() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said
}

// isNew reports whether the reply has no event yet, not even of an earlier worker.
func (s *speaker) isNew() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seq == 0
}

// say adds a piece of text.
func (s *speaker) say(text string) error {
	for len(text) > 0 {
		piece := text
		if len(piece) > maxDelta {
			piece = piece[:cutAt(piece, maxDelta)]
		}
		text = text[len(piece):]
		if err := s.add(event{kind: delta, text: piece}); err != nil {
			return err
		}
	}
	return context.Cause(s.ctx)
}

// cutAt returns the last place up to limit that does not cut a character.
func cutAt(text string, limit int) int {
	for limit > 0 && text[limit]&0xC0 == 0x80 {
		limit--
	}
	return limit
}

// emit adds an event. Its data is an object without type, message_id and seq.
func (s *speaker) emit(kind string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("write event %s: %w", kind, err)
	}
	return s.add(event{kind: kind, data: raw})
}

func (s *speaker) add(e event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.bytes > maxPending && s.ctx.Err() == nil {
		s.changed.Wait()
	}
	if s.ctx.Err() != nil {
		return context.Cause(s.ctx)
	}
	s.bytes += len(e.data) + len(e.text)
	s.said = s.said || e.text != "" || e.kind == proposed
	if n := len(s.pending); n > s.sending && e.text != "" && s.pending[n-1].text != "" && len(s.pending[n-1].text)+len(e.text) <= maxDelta {
		s.pending[n-1].text += e.text // one event for all that is said until the next flush
		return nil
	}
	s.seq++
	e.seq = s.seq
	s.pending = append(s.pending, e)
	return nil
}

// collect adds the pending events to a flush and returns how many they are.
func (s *speaker) collect(p *queries.AppendEventsParams) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.pending {
		data := e.data
		if e.text != "" {
			data, _ = json.Marshal(map[string]string{"text": e.text}) // a string can always be written
		}
		p.Messages, p.Seqs = append(p.Messages, s.job.MessageID), append(p.Seqs, e.seq)
		p.Types, p.Datas = append(p.Types, e.kind), append(p.Datas, data)
	}
	s.sending = len(s.pending)
	return s.sending
}

// flushed removes events that are written now. cause says why the reply has to stop, if it does.
func (s *speaker) flushed(n int, at time.Time, cause error) {
	if cause != nil {
		s.stop(cause)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.pending[:n] {
		s.bytes -= len(e.data) + len(e.text)
	}
	s.pending, s.sending, s.renewed = s.pending[n:], 0, at
	s.changed.Broadcast()
}

// expire gives the reply up when its lease could not be renewed: another worker may have it by now.
func (s *speaker) expire(now time.Time) {
	s.mu.Lock()
	over := now.Sub(s.renewed) >= leaseTime
	s.mu.Unlock()
	if over {
		s.stop(errLost)
	}
}

// drain waits until everything is written.
func (s *speaker) drain() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.pending) > 0 {
		if errors.Is(context.Cause(s.ctx), errLost) {
			return errLost
		}
		s.changed.Wait()
	}
	return nil
}

// complete ends the reply with its last event.
func (s *speaker) complete(o outcome) error {
	if o.Sources == nil {
		o.Sources = []api.CoachSource{}
	}
	event := map[string]any{"finish_reason": o.Finish, "sources": o.Sources}
	if o.Usage != nil {
		event["usage"] = o.Usage
	}
	return s.end(completed, event, s.used(o))
}

// fail ends a reply that could not be made. What it used counts all the same.
func (s *speaker) fail(p api.CoachProblem, o outcome) error {
	return s.end(failed, map[string]any{"problem": p}, s.used(o))
}

// used returns what is stored of an outcome beside its event.
func (s *speaker) used(o outcome) map[string]any {
	used := map[string]any{}
	if s.provider != "" {
		used["provider"], used["model"] = s.provider, s.model
	}
	if o.Usage != nil {
		used["input_tokens"], used["output_tokens"], used["cached_tokens"] = o.Usage.InputTokens, o.Usage.OutputTokens, o.Usage.CachedTokens
		used["cost"] = o.Usage.CostUsd
	}
	if o.Native != nil {
		used["native"] = o.Native
	}
	return used
}

// end writes the last event, after all others.
func (s *speaker) end(kind string, event, used map[string]any) error {
	if err := s.drain(); err != nil {
		return nil //nolint:nilerr // whoever has the reply now ends it
	}
	rawEvent, err := json.Marshal(event)
	if err != nil {
		return fmt.Errorf("write event %s: %w", kind, err)
	}
	rawUsed, err := json.Marshal(used)
	if err != nil {
		return fmt.Errorf("write usage: %w", err)
	}
	_, err = s.h.db.EndReply(db.AsService(context.WithoutCancel(s.ctx)), queries.EndReplyParams{
		UserID: s.job.UserID, MessageID: s.job.MessageID, Attempt: s.attempt, EndType: kind, Outcome: rawEvent, Used: rawUsed,
	})
	if err != nil {
		return fmt.Errorf("end reply: %w", err)
	}
	return nil
}
