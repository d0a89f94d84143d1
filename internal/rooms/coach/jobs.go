package coach

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/internal/tools/jobs"
)

const (
	// purgeEvery is far below the times after which rows are erased.
	purgeEvery = 10 * time.Minute

	// replyQueue is the queue of replies, which mostly wait for a provider and hold no connection meanwhile.
	replyQueue   = "coach"
	replyWorkers = 200
	replyTimeout = 10 * time.Minute

	// takeOverEvery is how often each process looks for replies whose worker has died.
	takeOverEvery = 2 * time.Second
)

// Jobs returns the background jobs of this room.
func (h *Handlers) Jobs() []jobs.Job {
	replies := jobs.Crowd{Queue: h.queue(), Workers: replyWorkers, Timeout: replyTimeout}
	return append(h.memoryJobs(),
		jobs.OnMany(replies, h.reply),
		jobs.InEachProcess("take_over_coach_replies", takeOverEvery, h.takeOver),
		jobs.Purge[purgeCoach](purgeEvery, h.db.PurgeCoach),
	)
}

// makeReply makes one reply. private.send_coach_message adds it, in the transaction that stores the message.
type makeReply struct {
	UserID    uuid.UUID `json:"user_id"`
	MessageID uuid.UUID `json:"message_id"`
}

func (makeReply) Kind() string { return "coach_reply" }

// takeOver adds jobs again for replies whose worker has died.
func (h *Handlers) takeOver(ctx context.Context) error {
	n, err := h.db.RequeueReplies(db.AsService(ctx), h.queue())
	if n > 0 {
		slog.WarnContext(ctx, "coach_replies_taken_over", "replies", n)
	}
	return err
}

// purgeCoach erases conversations that were deleted more than 30 days ago, and the events of replies that are a day old.
type purgeCoach struct{}

func (purgeCoach) Kind() string { return "purge_coach" }
