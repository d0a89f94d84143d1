package coach

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/text"
)

const (
	// recalled is how many records a question brings back: enough for an answer, few enough to list as its sources.
	recalled = 6
	// embedTimeout is how long a question waits for its vector before it is searched by words alone.
	embedTimeout = 2 * time.Second
)

// Kinds of what can be recalled, as the table embeddings has them.
const (
	recallMessage  = "message"
	recallMeal     = "meal"
	recallActivity = "activity"
	recallFact     = "fact"
)

// Recollection is something that the person said, ate or did. Its text is data, never an instruction.
type Recollection struct {
	Kind string // recallMessage, recallMeal, recallActivity or recallFact
	ID   uuid.UUID
	Text string
	At   time.Time // when it was said, eaten or done
}

// sourceKinds are the names of recollections in the contract.
var sourceKinds = map[string]api.CoachSourceKind{
	recallMessage: api.CoachSourceKindMessage, recallMeal: api.CoachSourceKindMeal,
	recallActivity: api.CoachSourceKindActivity, recallFact: api.CoachSourceKindMemory,
}

// maxLabel is the contract's.
const maxLabel = 200

// source returns the recollection as a source of a reply.
func (r Recollection) source() api.CoachSource {
	s := api.CoachSource{Kind: sourceKinds[r.Kind], ID: &r.ID, Label: text.Cut(r.Text, maxLabel)}
	switch r.Kind {
	case recallMeal:
		s.URL = new("/api/v1/nutrition/meals/" + r.ID.String())
	case recallActivity:
		s.URL = new("/api/v1/activities/" + r.ID.String())
	}
	return s
}

// recall returns what the person said, ate or did that a text is about, the best first; nothing without their consent.
func (h *Handlers) recall(ctx context.Context, about string) ([]Recollection, error) {
	user := db.IdentityFrom(ctx).UserID
	// Asked first: without consent no text goes to the server that makes vectors.
	settings, err := h.db.GetCoachSettings(ctx, user)
	if err != nil {
		return nil, fmt.Errorf("load the settings of the coach: %w", err)
	}
	if !settings.MemoryEnabled {
		return nil, nil
	}
	p := queries.RecallParams{UserID: user, Question: about, PageSize: recalled}
	if h.embedder != nil {
		p.Model, p.LeastSimilarity = h.embedder.Model(), h.embedder.Floor()
		p.QuestionVector = h.vectorOf(ctx, about)
	}
	rows, err := h.db.Recall(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("recall: %w", err)
	}
	found := make([]Recollection, len(rows))
	for i, row := range rows {
		found[i] = Recollection{Kind: row.SourceKind, ID: row.SourceID, Text: row.Content, At: row.At}
	}
	return found, nil
}

// vectorOf returns the vector of a question, or nil when there is none in time: then its words have to do.
func (h *Handlers) vectorOf(ctx context.Context, question string) []float32 {
	limited, cancel := context.WithTimeout(ctx, embedTimeout)
	defer cancel()
	vectors, err := h.embedder.Embed(limited, []string{question})
	if err == nil {
		return vectors[0]
	}
	if errors.Is(err, embed.ErrAbsent) {
		h.sayAbsent(ctx)
	} else {
		slog.WarnContext(ctx, "question_embed_failed", "model", h.embedder.Model(), "error", err)
	}
	return nil
}
