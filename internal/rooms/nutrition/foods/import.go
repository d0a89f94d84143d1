package foods

import (
	"cmp"
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
)

// Import is one run over the files of one source.
type Import struct {
	// OwnerURL connects as the owner of the schema.
	OwnerURL string
	// Progress receives a line about the running import now and then; it may be nil. With Terminal the line is overwritten.
	Progress io.Writer
	Terminal bool

	conn         *pgx.Conn
	writer       *Writer
	source       string
	file         string // the fingerprint of the files
	entries      *entries
	done         int64 // the position up to which an earlier run has written the foods
	report       Report
	startedAt    time.Time
	shownAt      time.Time
	size         int64        // bytes of all files
	read         atomic.Int64 // bytes read so far
	skippedBytes int64        // bytes of read that an earlier run had imported
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
	fmt.Fprintf(
		w,
		"%d rows read, %d foods written, %d of them new or changed, in %s\n",
		r.Rows,
		r.Foods,
		r.Changed,
		r.Took.Round(time.Second/10),
	)
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
	for _, path := range paths {
		size, err := sizeOf(path)
		if err != nil {
			return err
		}
		im.size += size
	}
	if im.file, err = fingerprint(paths); err != nil {
		return err
	}
	if im.conn, err = pgx.Connect(ctx, im.OwnerURL); err != nil {
		return errors.New("connect as owner: the database cannot be reached") // pgx's own error can quote the password
	}
	im.writer = NewWriter(im.conn, source)
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
	im.phase = "importing"
	return im.entries.each(ctx, func(f Food, position int64, newest bool) error {
		if !newest {
			im.addFinding(Superseded, f.SourceID)
			return nil
		}
		im.writer.batch = append(im.writer.batch, f)
		im.report.Foods++
		im.showProgress()
		if len(im.writer.batch) < batchSize {
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
	return im.writer.Flush(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(
			ctx,
			"update private.food_imports set rows_done = $3, updated_at = now() where source = $1 and file = $2",
			im.source,
			im.file,
			done,
		)
		return err
	})
}

// finish writes what was read; last is the position of the last row.
func (im *Import) finish(ctx context.Context, last int64) (Report, error) {
	if err := im.writeEntries(ctx); err != nil {
		return im.report, err
	}
	if err := im.flush(ctx, last); err != nil {
		return im.report, err
	}
	im.phase = "counting words"
	im.shownAt = time.Time{}
	im.showProgress()
	if err := refreshSearch(ctx, im.conn); err != nil {
		return im.report, err
	}
	if _, err := im.conn.Exec(
		ctx,
		"update private.food_imports set finished_at = now() where source = $1 and file = $2",
		im.source,
		im.file,
	); err != nil {
		return im.report, fmt.Errorf("record the end: %w", err)
	}
	im.report.Changed, im.report.Took = im.writer.Changed, time.Since(im.startedAt)
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
	line := fmt.Sprintf(
		"%s: %d rows, %d foods, %.0f rows/s",
		im.phase,
		im.report.Rows,
		im.report.Foods,
		float64(im.report.Rows)/took.Seconds(),
	)
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
func (im *Import) count(r io.Reader) io.Reader { return &counter{r, &im.read} }

type counter struct {
	io.Reader
	n *atomic.Int64
}

// Read reads and counts.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	if !info.IsDir() {
		return info.Size(), nil
	}
	var total int64
	files, err := filepath.Glob(filepath.Join(path, "*"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			total += info.Size()
		}
	}
	return total, nil
}

// fingerprint identifies files without reading all of them: by name, size and first bytes.
func fingerprint(paths []string) (string, error) {
	sum := sha256.New()
	for _, path := range paths {
		size, err := sizeOf(path)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d\n", filepath.Base(path), size)
		if info, err := os.Stat(path); err != nil || info.IsDir() {
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			return "", err
		}
		_, err = io.Copy(sum, io.LimitReader(f, 64<<10))
		f.Close()
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
