package foods

import (
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
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

// Import is one run over one source's files.
type Import struct {
	// OwnerURL connects as the owner of the schema.
	OwnerURL string
	// Progress gets a line about a running import now and then; nil keeps it to itself. Terminal overwrites that line.
	Progress io.Writer
	Terminal bool

	conn   *pgx.Conn
	writer *Writer
	source string
	file   string // identifies it, see fingerprint
	report Report
	began  time.Time
	told   time.Time
	size   int64
	read   atomic.Int64 // of size
	before int64        // of read, what an earlier run had done
	phase  string
}

// Report is what an import did.
type Report struct {
	// Rows were read, Foods written, Changed of them new or different.
	Rows, Foods, Changed int64
	// Resumed is how far an earlier run had come.
	Resumed int64
	// Findings are counted, with the first few ids of each.
	Findings map[Finding]*Found
	Took     time.Duration
}

// Found counts a finding.
type Found struct {
	Count    int64
	Examples []string
}

// Write prints the report for people.
func (r Report) Write(w io.Writer) {
	fmt.Fprintf(w, "%d rows read, %d foods written, %d of them new or changed, in %s\n", r.Rows, r.Foods, r.Changed, r.Took.Round(time.Second/10))
	if r.Resumed > 0 {
		fmt.Fprintf(w, "went on from where an earlier run had stopped (%d)\n", r.Resumed)
	}
	for _, f := range slices.SortedFunc(maps.Keys(r.Findings), func(a, b Finding) int { return int(r.Findings[b].Count - r.Findings[a].Count) }) {
		word := "kept   "
		if f.Refused() {
			word = "refused"
		}
		fmt.Fprintf(w, "  %s %8d  %s, such as %v\n", word, r.Findings[f].Count, f, r.Findings[f].Examples)
	}
}

// open connects and finds out how far an earlier run on the same file came.
func (im *Import) open(ctx context.Context, source string, paths ...string) (done int64, err error) {
	im.source, im.began, im.report.Findings = source, time.Now(), map[Finding]*Found{}
	for _, path := range paths {
		size, err := sizeOf(path)
		if err != nil {
			return 0, err
		}
		im.size += size
	}
	if im.file, err = fingerprint(paths); err != nil {
		return 0, err
	}
	if im.conn, err = pgx.Connect(ctx, im.OwnerURL); err != nil {
		return 0, errors.New("connect as owner: the database cannot be reached") // pgx's own error can quote the password
	}
	im.writer = NewWriter(im.conn, source)
	// One import of a source at a time; the lock ends with the connection. One that was killed may take a moment to.
	for _, statement := range []string{"set lock_timeout = '5s'", fmt.Sprintf("select pg_advisory_lock(%d, hashtext('%s'))", seedLock, source), "reset lock_timeout"} {
		if _, err := im.conn.Exec(ctx, statement); err != nil {
			return 0, fmt.Errorf("is another import of %s running? %w", source, err)
		}
	}
	err = im.conn.QueryRow(ctx, `
		insert into private.food_imports as i (source, file) values ($1, $2)
		on conflict (source, file) do update
		  set rows_done = case when i.finished_at is null then i.rows_done else 0 end, finished_at = null, updated_at = now()
		returning rows_done`, source, im.file).Scan(&done)
	if err != nil {
		return 0, fmt.Errorf("look for an earlier run: %w", err)
	}
	im.report.Resumed = done
	return done, nil
}

func (im *Import) close(ctx context.Context) {
	if im.conn != nil {
		_ = im.conn.Close(context.WithoutCancel(ctx))
	}
}

// add checks a food and passes it on; done is how far the import is once the food is written.
func (im *Import) add(ctx context.Context, f Food, done int64, found ...Finding) error {
	if im.report.Rows++; im.report.Rows == 1 && im.report.Resumed > 0 {
		im.before = im.read.Load()
	}
	found = append(found, f.check()...)
	refused := false
	for _, finding := range found {
		im.note(finding, f.SourceID)
		refused = refused || finding.Refused()
	}
	if !refused {
		im.writer.batch = append(im.writer.batch, f)
		im.report.Foods++
	}
	if len(im.writer.batch) >= batchSize {
		if err := im.flush(ctx, done); err != nil {
			return err
		}
	}
	im.tell()
	return nil
}

func (im *Import) note(finding Finding, id string) {
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

// flush writes what is waiting and how far that is, both or neither.
func (im *Import) flush(ctx context.Context, done int64) error {
	return im.writer.Flush(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "update private.food_imports set rows_done = $3, updated_at = now() where source = $1 and file = $2", im.source, im.file, done)
		return err
	})
}

func (im *Import) finish(ctx context.Context, done int64) (Report, error) {
	if err := im.flush(ctx, done); err != nil {
		return im.report, err
	}
	im.phase = "counting words"
	im.told = time.Time{}
	im.tell()
	if err := refreshSearch(ctx, im.conn); err != nil {
		return im.report, err
	}
	if _, err := im.conn.Exec(ctx, "update private.food_imports set finished_at = now() where source = $1 and file = $2", im.source, im.file); err != nil {
		return im.report, fmt.Errorf("note the end: %w", err)
	}
	im.report.Changed, im.report.Took = im.writer.Changed, time.Since(im.began)
	if im.Progress != nil && im.Terminal {
		fmt.Fprint(im.Progress, "\r\x1b[K")
	}
	return im.report, nil
}

// tell reports progress once a second on a terminal, once in ten elsewhere.
func (im *Import) tell() {
	now := time.Now()
	pause := 10 * time.Second
	if im.Terminal {
		pause = time.Second
	}
	if im.Progress == nil || now.Sub(im.told) < pause {
		return
	}
	im.told = now
	took := now.Sub(im.began)
	line := fmt.Sprintf("%s: %d rows, %d foods, %.0f rows/s", im.phase, im.report.Rows, im.report.Foods, float64(im.report.Rows)/took.Seconds())
	if read := im.read.Load(); read > 0 && im.size > 0 && read <= im.size {
		line += fmt.Sprintf(", %.0f %%", 100*float64(read)/float64(im.size))
		if now := float64(read - im.before); now > 0 {
			line += fmt.Sprintf(", %s to go", (time.Duration(float64(took) * float64(im.size-read) / now)).Round(time.Second))
		}
	}
	if im.Terminal {
		fmt.Fprintf(im.Progress, "\r\x1b[K%s", line)
	} else {
		fmt.Fprintln(im.Progress, line)
	}
}

// count lets progress see how much of the files was read.
func (im *Import) count(r io.Reader) io.Reader { return &counter{r, &im.read} }

type counter struct {
	io.Reader
	n *atomic.Int64
}

// Read counts.
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

// fingerprint tells files apart without reading all of them: name, size, and how each begins.
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
