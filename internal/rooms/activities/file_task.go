package activities

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"

	"github.com/ultimatecoach/api/db"
	"github.com/ultimatecoach/api/gen/queries"
	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/gunzip"
	"github.com/ultimatecoach/api/internal/tools/optional"
	"github.com/ultimatecoach/api/internal/tools/problem"
	"github.com/ultimatecoach/api/internal/tools/room"
	"github.com/ultimatecoach/api/internal/tools/sleep"
	"github.com/ultimatecoach/api/internal/tools/validation"
)

// Larger files are worked in the background. On two busy cores a file of this size takes about half a second and the largest one more than
// two, packed ones unpack to about eight times as much.
const (
	largeFile   = 4 << 20
	largePacked = 512 << 10
)

const (
	// maxImportAttempts is how often a file is tried, so that one that kills its worker does not kill all.
	maxImportAttempts = 3
	// endTimeout is how long storing the end of an import may take, also when its time is over.
	endTimeout = 5 * time.Second

	// An import is looked at after firstPause, then after twice the time each, until lastPause.
	firstPause = 50 * time.Millisecond
	lastPause  = time.Second
)

// errLost means that another worker has taken the import over.
var errLost = errors.New("another worker has taken the import over")

// prefersAsync reports whether a Prefer header has respond-async (RFC 7240).
func prefersAsync(header *string) bool {
	for preference := range strings.SplitSeq(optional.OrZero(header), ",") {
		name, _, _ := strings.Cut(preference, ";")
		if strings.EqualFold(strings.TrimSpace(name), "respond-async") {
			return true
		}
	}
	return false
}

// isLarge reports whether a file of that size takes too long for its request.
func isLarge(size int, body *bufio.Reader) bool {
	if head, err := body.Peek(2); err == nil && gunzip.IsPacked(head) {
		return size > largePacked
	}
	return size > largeFile
}

// queueImport stores a file for a worker.
func (h *Handlers) queueImport(
	ctx context.Context, id uuid.UUID, body io.Reader, size int, o importOptions,
) (api.ImportTask, error) {
	task := api.ImportTask{ID: id, Status: api.ImportTaskStatusQueued}
	var packed bytes.Buffer
	packer, err := newPacker(&packed)
	if err != nil {
		return task, err
	}
	_, err = io.Copy(packer, body)
	if err := errors.Join(err, packer.Close()); err != nil {
		return task, fmt.Errorf("compress a file: %w", err)
	}
	options, err := json.Marshal(o)
	if err != nil {
		return task, fmt.Errorf("encode the options of an import: %w", err)
	}
	task.CreatedAt, err = h.db.AddActivityImport(ctx, queries.AddActivityImportParams{
		UserID: db.IdentityFrom(ctx).UserID, ImportID: task.ID, Content: packed.Bytes(), SizeBytes: int32(size), Options: options,
		Queue: h.queue(importQueue),
	})
	if err == nil {
		slog.InfoContext(ctx, "activity_import_queued", "import_id", task.ID, "bytes", size)
	}
	return task, err
}

// GetActivityImport returns how far an import is, and what became of it.
func (h *Handlers) GetActivityImport(
	ctx context.Context, r api.GetActivityImportRequestObject,
) (api.GetActivityImportResponseObject, error) {
	task, err := h.importTask(ctx, r.ID)
	left := time.Duration(optional.OrZero(r.Params.Wait)) * time.Second
	for pause := firstPause; err == nil && task.CompletedAt == nil && left > 0; pause = min(2*pause, lastPause) {
		pause = min(pause, left)
		if err = room.Wait(ctx, func() error { return sleep.For(ctx, pause) }); err == nil {
			task, err = h.importTask(ctx, r.ID)
		}
		left -= pause
	}
	if err != nil {
		return nil, err
	}
	return api.GetActivityImport200JSONResponse(task), nil
}

func (h *Handlers) importTask(ctx context.Context, id uuid.UUID) (api.ImportTask, error) {
	row, err := h.db.GetActivityImport(ctx, queries.GetActivityImportParams{UserID: db.IdentityFrom(ctx).UserID, ImportID: id})
	if err != nil {
		return api.ImportTask{}, problem.IfNoRows(err, importNotFound)
	}
	task := api.ImportTask{
		ID: row.ID, Status: api.ImportTaskStatus(row.Status), Progress: float64(row.Progress),
		CreatedAt: row.CreatedAt, CompletedAt: row.CompletedAt,
	}
	if row.Result != nil {
		err = json.Unmarshal(row.Result, &task.Result)
	}
	if row.Problem != nil {
		err = json.Unmarshal(row.Problem, &task.Problem)
	}
	if err != nil {
		return api.ImportTask{}, fmt.Errorf("decode an import: %w", err)
	}
	return task, nil
}

// workImport is the job that imports one file. It may run twice: all that it stores is stored with the end of the import.
func (h *Handlers) workImport(ctx context.Context, job fileImport, _ bool) error {
	ctx = db.WithIdentity(ctx, &db.Identity{UserID: job.UserID, Unattended: true})
	begun, err := h.db.BeginActivityImport(ctx, queries.BeginActivityImportParams{UserID: job.UserID, ImportID: job.ImportID})
	if db.IsNoRows(err) || db.Diagnose(err) == db.SessionEnded {
		return nil // it has ended, or is worked elsewhere, or the person is gone
	}
	if err != nil {
		return err
	}
	w := importWork{h, job, begun.Attempt}
	if begun.Attempt > maxImportAttempts { // its workers died
		return w.fail(ctx, problem.New(importFailed))
	}
	err = validation.FromRefusal(w.run(ctx, begun), "")
	refused, isRefused := errors.AsType[*problem.Problem](err)
	switch {
	case err == nil, errors.Is(err, errLost):
		return nil
	case isRefused:
		slog.InfoContext(ctx, "activity_import_refused", "import_id", job.ImportID, "code", refused.Type.Code)
		return w.fail(ctx, refused)
	case begun.Attempt == maxImportAttempts:
		return errors.Join(err, w.fail(ctx, problem.New(importFailed)))
	}
	return errors.Join(err, w.release(ctx))
}

// importWork is one attempt at an import.
type importWork struct {
	h       *Handlers
	job     fileImport
	attempt int32
}

// run reads the file, and stores its activities and the end of the import in one transaction.
func (w importWork) run(ctx context.Context, begun queries.BeginActivityImportRow) error {
	var o importOptions
	if err := json.Unmarshal(begun.Options, &o); err != nil {
		return fmt.Errorf("decode the options of an import: %w", err)
	}
	unpacked, err := zstd.NewReader(bytes.NewReader(begun.Content), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return fmt.Errorf("unpack a file: %w", err)
	}
	defer unpacked.Close()
	report := func(progress float32) { w.report(ctx, progress) }
	file, err := readFile(ctx, &reportingReader{r: unpacked, size: int(begun.SizeBytes), report: report}, o, w.h.now())
	if err != nil {
		return err
	}
	created, err := w.store(ctx, file)
	if db.Diagnose(err) == db.Duplicate { // the same file was stored meanwhile, and is found now
		created, err = w.store(ctx, file)
	}
	if created {
		logImported(ctx, file)
	}
	return err
}

func (w importWork) store(ctx context.Context, file *uploadedFile) (created bool, err error) {
	err = w.h.db.Tx(ctx, func(ctx context.Context) error {
		var err error
		if created, err = w.h.importFile(ctx, file, importIDs{file: w.job.ImportID}); err != nil {
			return err
		}
		result, err := json.Marshal(file.response)
		if err != nil {
			return fmt.Errorf("encode an import: %w", err)
		}
		return w.end(ctx, result, nil)
	})
	return created && err == nil, err
}

// end stores the result or the problem. It returns errLost when the import is no longer this worker's.
func (w importWork) end(ctx context.Context, result, problem []byte) error {
	n, err := w.h.db.EndActivityImport(ctx, queries.EndActivityImportParams{
		UserID: w.job.UserID, ImportID: w.job.ImportID, Attempt: w.attempt, Result: result, Problem: problem,
	})
	if err == nil && n == 0 {
		return errLost
	}
	return err
}

func (w importWork) fail(ctx context.Context, p *problem.Problem) error {
	document, err := json.Marshal(p.Document(""))
	if err != nil {
		return fmt.Errorf("encode a problem: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if err := w.end(ctx, nil, document); !errors.Is(err, errLost) {
		return err
	}
	return nil
}

// release lets another attempt begin, also when the process stops.
func (w importWork) release(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	return w.h.db.ReleaseActivityImport(ctx, queries.ReleaseActivityImportParams{
		UserID: w.job.UserID, ImportID: w.job.ImportID, Attempt: w.attempt,
	})
}

func (w importWork) report(ctx context.Context, progress float32) {
	err := w.h.db.ReportActivityImport(ctx, queries.ReportActivityImportParams{
		UserID: w.job.UserID, ImportID: w.job.ImportID, Attempt: w.attempt, Progress: progress,
	})
	if err != nil { // the import goes on without it
		slog.WarnContext(ctx, "activity_import_progress_failed", "import_id", w.job.ImportID, "error", err)
	}
}

// reportingReader reports each quarter that was read, but for the last one: then there is still the storing.
type reportingReader struct {
	r          io.Reader
	size, read int
	quarters   int // reported
	report     func(progress float32)
}

func (p *reportingReader) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.read += n
	if quarters := min(4*p.read/max(p.size, 1), 3); quarters > p.quarters {
		p.quarters = quarters
		p.report(float32(quarters) / 4)
	}
	return n, err
}
