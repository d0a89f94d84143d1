package foods

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/tools/charset"
	"github.com/ultimatecoach/api/internal/tools/gunzip"
)

// Import is one run over the files of one source.
type Import struct {
	// OwnerURL connects as the owner of the schema.
	OwnerURL string
	// Progress receives a line about the running import now and then; it may be nil. With Terminal the line is overwritten.
	Progress io.Writer
	Terminal bool

	conn         *pgx.Conn
	batch        []Food // to be written next
	source       string
	file         string // the fingerprint of the files
	entries      *entries
	done         int64 // the position up to which an earlier run has written the foods
	report       Report
	startedAt    time.Time
	shownAt      time.Time
	size         int64   // bytes of all files
	read         counter // bytes read so far
	skippedBytes int64   // bytes of read that an earlier run had imported
	phase        string
}

// Report is what an import did.
type Report struct {
	// Rows is how many were read, Foods how many were written, Changed how many of those were new or different.
	Rows, Foods, Changed int64
	// Resumed is how many rows an earlier, interrupted run had imported.
	Resumed int64
	// Findings are the counts per finding, with the first few ids.
	Findings map[Finding]*Found
	Took     time.Duration
}

// Found is how often a finding occurred.
type Found struct {
	Count    int64
	Examples []string
}

// Write prints the report for people.
func (r Report) Write(w io.Writer) {
	took := r.Took.Round(time.Second / 10)
	fmt.Fprintf(w, "%d rows read, %d foods written, %d of them new or changed, in %s\n", r.Rows, r.Foods, r.Changed, took)
	if r.Resumed > 0 {
		fmt.Fprintf(w, "went on from where an earlier run had stopped (%d)\n", r.Resumed)
	}
	for _, f := range r.sortedFindings() {
		word := "kept   "
		if f.Refused() {
			word = "refused"
		}
		fmt.Fprintf(w, "  %s %8d  %s, such as %v\n", word, r.Findings[f].Count, f, r.Findings[f].Examples)
	}
}

// open connects to the database and returns how many rows an interrupted run on the same files has imported.
func (im *Import) open(ctx context.Context, source string, paths ...string) (err error) {
	im.source, im.startedAt, im.report.Findings = source, time.Now(), map[Finding]*Found{}
	if im.file, im.size, err = fingerprint(paths); err != nil {
		return err
	}
	if im.conn, err = pgx.Connect(ctx, im.OwnerURL); err != nil {
		return errors.New("connect as owner: the database cannot be reached") // pgx's own error can quote the password
	}
	// One import of a source at a time. The lock ends with the connection; that of a killed import may last a moment.
	for _, statement := range []string{"set lock_timeout = '5s'", fmt.Sprintf("select pg_advisory_lock(%d, hashtext('%s'))", seedLock, source), "reset lock_timeout"} {
		if _, err := im.conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("is another import of %s running? %w", source, err)
		}
	}
	err = im.conn.QueryRow(ctx, `
		insert into private.food_imports as i (source, file) values ($1, $2)
		on conflict (source, file) do update
		  set rows_done = case when i.finished_at is null then i.rows_done else 0 end, finished_at = null, updated_at = now()
		returning rows_done`, source, im.file).Scan(&im.done)
	if err != nil {
		return fmt.Errorf("look for an earlier run: %w", err)
	}
	im.report.Resumed = im.done
	im.entries, err = newEntries()
	return err
}

func (im *Import) close(ctx context.Context) {
	if im.conn != nil {
		_ = im.conn.Close(context.WithoutCancel(ctx))
	}
	if im.entries != nil {
		im.entries.close()
	}
}

// add checks a food that was read, and keeps it if it can be used. position says where it is in the source; modified is the
// time of its last change, 0 if unknown.
func (im *Import) add(ctx context.Context, f Food, position, modified int64, found ...Finding) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	isNew := position > im.done // else an earlier run has written and counted it
	if isNew {
		if im.report.Rows++; im.report.Rows == 1 && im.report.Resumed > 0 {
			im.skippedBytes = im.read.Load()
		}
	}
	found = append(found, f.check()...)
	refused := false
	for _, finding := range found {
		if isNew {
			im.addFinding(finding, f.SourceID)
		}
		refused = refused || finding.Refused()
		f.addWarning(finding)
	}
	im.showProgress()
	if refused {
		return nil
	}
	return im.entries.add(f, position, modified, isNew)
}

// addUnreadable counts a row that cannot be read.
func (im *Import) addUnreadable(position int64, id string) {
	if position > im.done {
		im.report.Rows++
		im.addFinding(Unreadable, id)
	}
}

// writeEntries writes the newest entry of each product.
func (im *Import) writeEntries(ctx context.Context) error {
	im.begin("importing")
	return im.entries.each(ctx, func(f Food, position int64, newest bool) error {
		if !newest {
			im.addFinding(Superseded, f.SourceID)
			return nil
		}
		im.batch = append(im.batch, f)
		im.report.Foods++
		im.showProgress()
		if len(im.batch) < batchSize {
			return nil
		}
		return im.flush(ctx, position)
	})
}

func (im *Import) addFinding(finding Finding, id string) {
	f := im.report.Findings[finding]
	if f == nil {
		f = &Found{}
		im.report.Findings[finding] = f
	}
	f.Count++
	if len(f.Examples) < 3 && id != "" {
		f.Examples = append(f.Examples, id)
	}
}

// flush writes the waiting foods and the number of imported rows in one transaction.
func (im *Import) flush(ctx context.Context, done int64) error {
	changed, err := write(ctx, im.conn, im.source, im.batch, func(tx pgx.Tx) error {
		const statement = "update private.food_imports set rows_done = $3, updated_at = now() where source = $1 and file = $2"
		_, err := tx.Exec(ctx, statement, im.source, im.file, done)
		return err
	})
	im.report.Changed += changed
	im.batch = im.batch[:0]
	return err
}

// finish writes what was read; last is the position of the last row.
func (im *Import) finish(ctx context.Context, last int64) (Report, error) {
	if err := im.writeEntries(ctx); err != nil {
		return im.report, err
	}
	if err := im.flush(ctx, last); err != nil {
		return im.report, err
	}
	im.begin("counting words")
	if err := refreshSearch(ctx, im.conn); err != nil {
		return im.report, err
	}
	const statement = "update private.food_imports set finished_at = now() where source = $1 and file = $2"
	if _, err := im.conn.Exec(ctx, statement, im.source, im.file); err != nil {
		return im.report, fmt.Errorf("record the end: %w", err)
	}
	im.report.Took = time.Since(im.startedAt)
	if im.Progress != nil && im.Terminal {
		fmt.Fprint(im.Progress, "\r\x1b[K")
	}
	return im.report, im.report.err()
}

// ErrRefused is returned by an import of which nearly nothing was written, although it ran to its end.
var ErrRefused = errors.New("nearly all rows were refused")

// minKept is the share of rows that must be usable. Even the poorest of the published files have several times as many.
const minKept = 0.1

// err returns an ErrRefused with the reasons when there were no rows, or nearly all of them were refused.
func (r Report) err() error {
	superseded := int64(0)
	if f := r.Findings[Superseded]; f != nil {
		superseded = f.Count
	}
	rows := r.Rows - superseded
	switch {
	case r.Resumed > 0: // the rest of a file says little about the whole
		return nil
	case r.Rows == 0:
		return fmt.Errorf("%w: there are no foods in the file", ErrRefused)
	case rows == 0 || float64(r.Foods) >= minKept*float64(rows):
		return nil
	}
	var reasons []string
	for _, f := range r.sortedFindings() {
		if f.Refused() && f != Superseded {
			reasons = append(reasons, fmt.Sprintf("%d × %s", r.Findings[f].Count, f))
		}
	}
	return fmt.Errorf("%w: %d of %d were written; %s", ErrRefused, r.Foods, rows, strings.Join(reasons, ", "))
}

// sortedFindings returns the findings, the most frequent first.
func (r Report) sortedFindings() []Finding {
	return slices.SortedFunc(maps.Keys(r.Findings), func(a, b Finding) int {
		return cmp.Or(cmp.Compare(r.Findings[b].Count, r.Findings[a].Count), cmp.Compare(a, b))
	})
}

// begin begins a phase and shows it.
func (im *Import) begin(phase string) {
	im.phase, im.shownAt = phase, time.Time{}
	im.showProgress()
}

// showProgress writes a line of progress once a second on a terminal, else every ten seconds.
func (im *Import) showProgress() {
	now := time.Now()
	pause := 10 * time.Second
	if im.Terminal {
		pause = time.Second
	}
	if im.Progress == nil || now.Sub(im.shownAt) < pause {
		return
	}
	im.shownAt = now
	took := now.Sub(im.startedAt)
	speed := float64(im.report.Rows) / took.Seconds()
	line := fmt.Sprintf("%s: %d rows, %d foods, %.0f rows/s", im.phase, im.report.Rows, im.report.Foods, speed)
	if read := im.read.Load(); read > 0 && im.size > 0 && read <= im.size {
		line += fmt.Sprintf(", %.0f %%", 100*float64(read)/float64(im.size))
		if now := float64(read - im.skippedBytes); now > 0 {
			line += fmt.Sprintf(", %s to go", (time.Duration(float64(took) * float64(im.size-read) / now)).Round(time.Second))
		}
	}
	if im.Terminal {
		fmt.Fprintf(im.Progress, "\r\x1b[K%s", line)
	} else {
		fmt.Fprintln(im.Progress, line)
	}
}

// count returns a reader that counts the bytes read, for the progress.
func (im *Import) count(r io.Reader) io.Reader { return io.TeeReader(r, &im.read) }

// counter counts the bytes that are written to it.
type counter struct{ atomic.Int64 }

// Write counts.
func (c *counter) Write(p []byte) (int, error) {
	c.Add(int64(len(p)))
	return len(p), nil
}

// fingerprint identifies files without reading all of them: by name, size and first bytes. Of a folder it takes the size of its files. It
// also returns the size of all.
func fingerprint(paths []string) (hash string, size int64, err error) {
	sum := sha256.New()
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return "", 0, err
		}
		bytes := info.Size()
		if info.IsDir() {
			if bytes, err = sizeOfFiles(path); err != nil {
				return "", 0, err
			}
		}
		size += bytes
		fmt.Fprintf(sum, "%s %d\n", filepath.Base(path), bytes)
		if info.IsDir() {
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			return "", 0, err
		}
		_, err = io.Copy(sum, io.LimitReader(f, 64<<10))
		f.Close()
		if err != nil {
			return "", 0, err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), size, nil
}

func sizeOfFiles(folder string) (size int64, err error) {
	entries, err := os.ReadDir(folder)
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
	}
	return size, err
}

// readable returns the content of a file, gzipped or not, as UTF-8 without a byte order mark.
func readable(in io.Reader) (io.Reader, error) {
	packed := bufio.NewReaderSize(in, 1<<16)
	start, err := packed.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !gunzip.IsPacked(start) {
		return charset.UTF8(packed)
	}
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	return charset.UTF8(unpacked)
}
