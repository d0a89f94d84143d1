package coach

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	"github.com/ultimatecoach/api/internal/tools/embed"
	"github.com/ultimatecoach/api/internal/tools/jobs"
)

const (
	// indexEvery is how long it takes until something new can be recalled. What was said a minute ago is in the conversation anyway.
	indexEvery = time.Minute
	// eraseEvery and the 45 minutes of private.set_coach_memory are together less than an hour.
	eraseEvery = 10 * time.Minute

	readBatch  = 500 // rows in one transaction
	embedBatch = 64  // texts in one request
	// indexTime is how long one run goes on; a job has a minute.
	indexTime = 45 * time.Second
)

// memoryJobs returns the background jobs of the memory.
func (h *Handlers) memoryJobs() []jobs.Job {
	return []jobs.Job{
		jobs.Every[indexMemories](indexEvery, h.indexMemories),
		jobs.Purge[eraseMemories](eraseEvery, h.db.EraseMemories),
	}
}

// indexMemories reads new and changed sources, and makes the vectors that are missing or are of another model.
type indexMemories struct{}

func (indexMemories) Kind() string { return "index_memories" }

// eraseMemories erases what is left of memories that people have switched off.
type eraseMemories struct{}

func (eraseMemories) Kind() string { return "erase_memories" }

func (h *Handlers) indexMemories(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(db.AsService(ctx), indexTime)
	defer cancel()
	err := h.readSources(ctx)
	if err == nil && h.embedder != nil {
		err = h.embedTexts(ctx)
	}
	switch {
	case errors.Is(err, embed.ErrAbsent):
		h.sayAbsent(ctx)
		return nil
	case ctx.Err() != nil:
		return nil // the next run goes on
	}
	return err
}

func (h *Handlers) readSources(ctx context.Context) error {
	for {
		n, err := h.db.ReadMemorySources(ctx, readBatch)
		if err != nil {
			return fmt.Errorf("read sources: %w", err)
		}
		if n < readBatch {
			return nil
		}
	}
}

// embedTexts makes vectors until none is missing.
func (h *Handlers) embedTexts(ctx context.Context) error {
	for {
		rows, err := h.db.TextsWithoutVector(ctx, queries.TextsWithoutVectorParams{Model: h.embedder.Model(), Batch: embedBatch})
		if err != nil {
			return fmt.Errorf("find texts: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		stored, err := h.embedRows(ctx, rows)
		if err != nil {
			return err
		}
		if stored == 0 { // all of them have changed meanwhile
			return nil
		}
	}
}

func (h *Handlers) embedRows(ctx context.Context, rows []queries.TextsWithoutVectorRow) (stored int32, err error) {
	texts := make([]string, len(rows))
	p := queries.StoreVectorsParams{
		Model: h.embedder.Model(),
		Owners: make(
			[]uuid.UUID,
			len(rows),
		),
		Kinds:     make([]string, len(rows)),
		Sources:   make([]uuid.UUID, len(rows)),
		Revisions: make([]int32, len(rows)),
	}
	for i, row := range rows {
		texts[i] = row.Content
		p.Owners[i], p.Kinds[i], p.Sources[i], p.Revisions[i] = row.UserID, row.SourceKind, row.SourceID, row.Revision
	}
	vectors, err := h.embedder.Embed(ctx, texts)
	if err != nil {
		return 0, err
	}
	p.Vectors = slices.Concat(vectors...)
	p.Dimension = int32(len(vectors[0]))
	stored, err = h.db.StoreVectors(ctx, p)
	if err != nil {
		return 0, fmt.Errorf("store vectors: %w", err)
	}
	return stored, nil
}

// sayAbsent logs once that there is no model.
func (h *Handlers) sayAbsent(ctx context.Context) {
	h.absent.Do(func() {
		slog.InfoContext(ctx, "embedding_model_absent", "effect", "the memory is searched by words and the guard knows phrases alone")
	})
}
