package coach

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/room"
)

const (
	// eventsPage is how many events are read at once.
	eventsPage = 500
	// heartbeat is how often a stream says that it is alive.
	heartbeat = 15 * time.Second
)

// ListMessageEvents returns the events of a reply after a position, and waits for the next one where there is none.
func (h *Handlers) ListMessageEvents(
	ctx context.Context,
	r api.ListMessageEventsRequestObject,
) (api.ListMessageEventsResponseObject, error) {
	after := position(r.Params.After)
	events, done, err := h.eventsAfter(ctx, r.ID, after)
	if err == nil && len(events) == 0 && !done && r.Params.Wait != nil && *r.Params.Wait > 0 {
		events, done, err = h.awaitEvents(ctx, r.ID, after, time.Duration(*r.Params.Wait)*time.Second)
	}
	if err != nil {
		return nil, err
	}
	response := api.CoachEventList{Data: make([]api.CoachEvent, len(events)), NextAfter: int(after), Done: done}
	for i, e := range events {
		if err := response.Data[i].UnmarshalJSON(eventJSON(r.ID, e)); err != nil {
			return nil, fmt.Errorf("read event: %w", err)
		}
		response.NextAfter = int(e.Seq)
	}
	return api.ListMessageEvents200JSONResponse(response), nil
}

// awaitEvents waits until something happens to a reply of the person, or for the time, and returns what did.
func (h *Handlers) awaitEvents(
	ctx context.Context, reply uuid.UUID, after int32, limit time.Duration,
) ([]queries.ListReplyEventsRow, bool, error) {
	r := h.follower.follow(ctx, reply, after)
	defer h.follower.leave(r)
	events, done, err := h.eventsAfter(ctx, reply, after) // what happened before it was followed
	if err != nil || done || len(events) > 0 {
		return events, done, err
	}
	if err := waitForEvent(ctx, r, limit); err != nil {
		return nil, false, err
	}
	return h.eventsAfter(ctx, reply, after)
}

// waitForEvent returns when something happens to the reply, or after the time.
func waitForEvent(ctx context.Context, r *reader, limit time.Duration) error {
	return room.Wait(ctx, func() error {
		timer := time.NewTimer(limit)
		defer timer.Stop()
		select {
		case <-r.events:
		case <-r.missed:
		case <-r.ended:
		case <-timer.C:
		case <-ctx.Done():
		}
		return ctx.Err()
	})
}

func position(given ...*int) (after int32) {
	for _, p := range given {
		if p != nil {
			after = max(after, int32(*p))
		}
	}
	return after
}

// eventsAfter returns the next events of a reply, and whether they are the last. Of a reply whose events are gone, they are made from its
// text.
func (h *Handlers) eventsAfter(ctx context.Context, reply uuid.UUID, after int32) ([]queries.ListReplyEventsRow, bool, error) {
	user := db.IdentityFrom(ctx).UserID
	m, err := h.db.GetReply(ctx, queries.GetReplyParams{UserID: user, MessageID: reply})
	if err != nil {
		return nil, false, problem.IfNoRows(err, messageNotFound)
	}
	if m.CompletedAt != nil && after >= m.LastSeq {
		return nil, true, nil
	}
	events, err := h.db.ListReplyEvents(
		ctx,
		queries.ListReplyEventsParams{UserID: user, MessageID: reply, After: after, PageSize: eventsPage},
	)
	if err != nil {
		return nil, false, err
	}
	if m.CompletedAt != nil && len(events) == 0 {
		events, err := eventsOf(m, after)
		return events, true, err
	}
	last := after
	if len(events) > 0 {
		last = events[len(events)-1].Seq
	}
	return events, m.CompletedAt != nil && last >= m.LastSeq, nil
}

// eventsOf returns what a reply consists of whose events were erased: a reader that has none of it gets its whole text.
func eventsOf(m queries.CoachMessage, after int32) (events []queries.ListReplyEventsRow, err error) {
	message, err := messageOf(m)
	if err != nil {
		return nil, err
	}
	add := func(seq int32, kind string, data map[string]any) {
		if seq > after && err == nil {
			var raw []byte
			raw, err = json.Marshal(data)
			events = append(events, queries.ListReplyEventsRow{Seq: seq, Type: kind, Data: raw})
		}
	}
	if m.Provider != nil && m.Model != nil {
		add(1, started, map[string]any{"conversation_id": m.ConversationID, "provider": *m.Provider, "model": *m.Model})
	}
	if m.Content != "" {
		add(2, delta, map[string]any{"text": m.Content})
	}
	if message.Problem != nil {
		add(m.LastSeq, failed, map[string]any{"problem": message.Problem})
		return events, err
	}
	sum := sha256.Sum256([]byte(m.Content))
	end := map[string]any{
		"finish_reason": message.FinishReason, "sources": message.Sources, "bytes": len(m.Content), "sha256": hex.EncodeToString(sum[:]),
	}
	if message.Usage != nil {
		end["usage"] = message.Usage
	}
	add(m.LastSeq, completed, end)
	return events, err
}

// eventJSON returns an event as clients see it, in one line.
func eventJSON(reply uuid.UUID, e queries.ListReplyEventsRow) []byte {
	out := fmt.Appendf(nil, `{"type":%q,"message_id":%q,"seq":%d`, e.Type, reply, e.Seq)
	if len(e.Data) > len("{}") {
		out = append(out, ',')
		return append(out, e.Data[1:]...)
	}
	return append(out, '}')
}

// StreamMessage sends the events of a reply as they happen.
func (h *Handlers) StreamMessage(ctx context.Context, r api.StreamMessageRequestObject) (api.StreamMessageResponseObject, error) {
	after := position(r.Params.After, r.Params.LastEventID)
	events, done, err := h.eventsAfter(ctx, r.Params.MessageID, after)
	if err != nil {
		return nil, err
	}
	if done && len(events) == 0 {
		return api.StreamMessage204Response{}, nil
	}
	return &stream{h: h, ctx: ctx, reply: r.Params.MessageID, after: after}, nil
}

// stream writes events until the reply is complete, the session has ended, or the client is gone.
type stream struct {
	h     *Handlers
	ctx   context.Context // of the request
	reply uuid.UUID
	after int32
}

// VisitStreamMessageResponse implements the generated interface.
func (s *stream) VisitStreamMessageResponse(w http.ResponseWriter) error {
	header := http.Header{
		"Content-Type": {"text/event-stream"}, "Cache-Control": {"no-store, no-transform"}, "X-Accel-Buffering": {"no"},
	}
	if room.StartStream(s.ctx, header, s.run) {
		return nil
	}
	for name, values := range header {
		w.Header()[name] = values
	}
	w.WriteHeader(http.StatusOK)
	return s.run(s.ctx, w)
}

// run implements room.Stream.
func (s *stream) run(ctx context.Context, w io.Writer) error {
	// At once, so that proxies and browsers know that it has begun.
	if _, err := io.WriteString(w, "retry: 2000\n:\n\n"); err != nil {
		return err
	}
	r := s.h.follower.follow(ctx, s.reply, s.after)
	defer s.h.follower.leave(r)
	done, err := s.catchUp(ctx, w)
	timer := time.NewTimer(heartbeat)
	defer timer.Stop()
	for !done && err == nil {
		timer.Reset(heartbeat)
		select {
		case events := <-r.events:
			done, err = s.write(w, events)
		case <-r.missed:
			done, err = s.catchUp(ctx, w)
		case <-timer.C:
			_, err = io.WriteString(w, ":\n\n")
		case <-r.ended:
			return nil // signed out
		case <-ctx.Done():
			return nil // the server stops; the client goes on elsewhere
		}
	}
	if err != nil && db.Diagnose(err) == db.SessionEnded {
		return nil // signed out in this moment
	}
	return err
}

// catchUp writes what is stored already, and reports whether the reply is complete.
func (s *stream) catchUp(ctx context.Context, w io.Writer) (bool, error) {
	for {
		events, done, err := s.h.eventsAfter(ctx, s.reply, s.after)
		if err != nil {
			return false, err
		}
		if _, err := s.write(w, events); err != nil || done || len(events) == 0 {
			return done, err
		}
	}
}

// write writes the events that were not written yet, and reports whether the last one was among them.
func (s *stream) write(w io.Writer, events []queries.ListReplyEventsRow) (done bool, err error) {
	var out []byte
	for _, e := range events {
		if e.Seq <= s.after {
			continue
		}
		out = append(out, "id: "...)
		out = strconv.AppendInt(out, int64(e.Seq), 10)
		out = append(out, "\ndata: "...)
		out = append(out, eventJSON(s.reply, e)...)
		out = append(out, "\n\n"...)
		s.after = e.Seq
		done = done || e.Type == completed || e.Type == failed
	}
	if len(out) == 0 {
		return done, nil
	}
	_, err = w.Write(out)
	return done, err
}

// The types of events that rooms and clients branch on.
const (
	started    = string(api.CoachEventStartedTypeMessageStarted)
	delta      = string(api.CoachEventDeltaTypeMessageDelta)
	completed  = string(api.CoachEventCompletedTypeMessageCompleted)
	proposed   = string(api.CoachEventProposalTypeProposal)
	remembered = string(api.CoachEventMemoryTypeMemory)
	failed     = string(api.CoachEventFailedTypeMessageFailed)
)
