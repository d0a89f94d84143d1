package coach

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
)

const (
	eventsPage = 500
	pollEvents = 250 * time.Millisecond
)

// ListMessageEvents returns the events of a reply after a position, and waits for the next one where there is none.
func (h *Handlers) ListMessageEvents(
	ctx context.Context,
	r api.ListMessageEventsRequestObject,
) (api.ListMessageEventsResponseObject, error) {
	after := int32(0)
	if r.Params.After != nil {
		after = int32(*r.Params.After)
	}
	var wait time.Duration
	if r.Params.Wait != nil {
		wait = time.Duration(*r.Params.Wait) * time.Second
	}
	deadline := time.Now().Add(wait)
	for {
		events, done, err := h.eventsAfter(ctx, r.ID, after)
		if err != nil {
			return nil, err
		}
		if len(events) == 0 && !done && time.Now().Before(deadline) {
			time.Sleep(pollEvents)
			continue
		}
		response := api.CoachEventList{Data: make([]api.CoachEvent, len(events)), NextAfter: int(after), Done: done}
		for i, e := range events {
			if err := response.Data[i].UnmarshalJSON(eventJSON(r.ID, e)); err != nil {
				return nil, fmt.Errorf("read event: %w", err)
			}
			response.NextAfter = int(e.Seq)
		}
		return api.ListMessageEvents200JSONResponse{Body: response}, nil
	}
}

// eventsAfter returns the next events of a reply, and whether they are the last.
func (h *Handlers) eventsAfter(ctx context.Context, reply uuid.UUID, after int32) ([]queries.ListReplyEventsRow, bool, error) {
	user := db.IdentityFrom(ctx).UserID
	m, err := h.db.GetReply(ctx, queries.GetReplyParams{UserID: user, MessageID: reply})
	if err != nil {
		return nil, false, notFoundIfNoRows(err, messageNotFound)
	}
	events, err := h.db.ListReplyEvents(
		ctx,
		queries.ListReplyEventsParams{UserID: user, MessageID: reply, After: after, PageSize: eventsPage},
	)
	if err != nil {
		return nil, false, err
	}
	last := after
	if len(events) > 0 {
		last = events[len(events)-1].Seq
	}
	return events, m.CompletedAt != nil && last >= m.LastSeq, nil
}

// eventJSON returns an event as clients see it.
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
	after := int32(0)
	for _, position := range []*int{r.Params.After, r.Params.LastEventID} {
		if position != nil {
			after = max(after, int32(*position))
		}
	}
	events, done, err := h.eventsAfter(ctx, r.Params.MessageID, after)
	if err != nil {
		return nil, err
	}
	if done && len(events) == 0 {
		return api.StreamMessage204Response{}, nil
	}
	return stream{h, ctx, r.Params.MessageID, after}, nil
}

// stream writes events until the reply is complete or the client is gone.
type stream struct {
	h     *Handlers
	ctx   context.Context
	reply uuid.UUID
	after int32
}

// VisitStreamMessageResponse implements the generated interface.
func (s stream) VisitStreamMessageResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store, no-transform")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	flush := http.NewResponseController(w)
	if _, err := w.Write([]byte("retry: 2000\n:\n\n")); err != nil {
		return err
	}
	for s.ctx.Err() == nil {
		events, done, err := s.h.eventsAfter(s.ctx, s.reply, s.after)
		if err != nil {
			return err
		}
		for _, e := range events {
			line := "id: " + strconv.Itoa(int(e.Seq)) + "\ndata: " + string(eventJSON(s.reply, e)) + "\n\n"
			if _, err := w.Write([]byte(line)); err != nil {
				return err
			}
			s.after = e.Seq
		}
		if err := flush.Flush(); err != nil || done {
			return err
		}
		time.Sleep(pollEvents)
	}
	return nil
}
