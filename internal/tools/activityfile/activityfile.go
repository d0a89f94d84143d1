// Package activityfile reads the files that sports watches, bike computers and phones record: FIT, GPX and TCX, also
// compressed with gzip. It reads a file once, from beginning to end, with bounded memory, because every byte of it was
// chosen by the person who uploads it.
package activityfile

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/ultimatecoach/api/internal/tools/gunzip"
)

// Limits of one file. The largest of 172 real files has 55 000 messages and 8 MB.
const (
	// MaxBytes limits the file as it was sent, and what it unpacks to.
	MaxBytes = 25 << 20
	// MaxPoints is almost six days at one point a second. Points take 40 bytes each.
	MaxPoints = 500_000

	readTimeout = 10 * time.Second // the slowest of the hostile files within the other limits takes 3 s
)

// Options configure Read. The zero value is right for a first try.
type Options struct {
	// AllowDamaged accepts a file that is cut or has a wrong checksum, with what can be read of it.
	AllowDamaged bool
	// StartedAt replaces the start of a recording that has none, or whose clock was wrong. It is not used when the file knows its time.
	StartedAt time.Time
	// Earliest and Latest bound the starts that a right clock can say. Without them only a clock that was never set is wrong.
	Earliest, Latest time.Time
	// Named is the format that the sender says the file has, if any. The content decides; a file whose content has no known beginning is
	// then damaged, and not of another type.
	Named Format
	// Unpacked receives the file without its compression, if it is set.
	Unpacked io.Writer
	// Timeout is how long reading may take; 10 seconds when it is 0.
	Timeout time.Duration
}

// Format is the type of a file, without its compression.
type Format string

// The formats that Read knows.
const (
	FIT Format = "fit"
	GPX Format = "gpx"
	TCX Format = "tcx"
)

// FormatNamed returns the format of a file with that name, "" where the name says nothing.
func FormatNamed(name string) Format {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	for _, f := range []Format{FIT, GPX, TCX} {
		if strings.HasSuffix(name, "."+string(f)) {
			return f
		}
	}
	return ""
}

// Result is the content of a file.
type Result struct {
	Format Format
	// Activities are sorted by start. One file has several when the device stored them so.
	Activities []Activity
	// Device is the maker and model, for example "garmin fr255"; "" is unknown.
	Device string
	// ExternalID names the recording on its device, in FIT files only. Two copies of one recording have the same.
	ExternalID string
	// Damage is set when the file is damaged and was read nevertheless.
	Damage *Damage
	// Warnings say what was odd, each code once.
	Warnings []Warning
}

// Warning is something odd in a file that did not stop its import.
type Warning struct {
	Code    string
	Message string
}

// Damage says what could be read of a damaged file.
type Damage struct {
	// Seconds between the first and the last point.
	Seconds int
	// Points that could be read.
	Points int
}

// Read returns the activities of a FIT, GPX or TCX file, which may be compressed with gzip. Its errors are of type
// [*Error], except those of r and ctx. A damaged file is an error unless the options allow it; the result then holds what
// could be read. Reading takes at most o.Timeout, so r should be a body that has already arrived.
func Read(ctx context.Context, r io.Reader, o Options) (Result, error) {
	limited, cancel := context.WithTimeoutCause(
		ctx,
		cmp.Or(o.Timeout, readTimeout),
		&Error{Code: TooComplex, Detail: "Reading the file took too long."},
	)
	defer cancel()
	content, err := open(r, o.Named)
	if err != nil {
		return Result{}, err
	}
	if o.Unpacked != nil {
		content.Reader = bufio.NewReaderSize(io.TeeReader(content.Reader, o.Unpacked), headSize)
	}
	parsed, err := parse(limited, content)
	_, atEnd := io.Copy(io.Discard, content) // a checksum of gzip is at the end
	err = cmp.Or(err, atEnd)
	var e *Error
	if err != nil && !errors.As(cmp.Or(context.Cause(limited), err), &e) {
		return Result{}, fmt.Errorf("read activity file: %w", err)
	}
	if e != nil && e.Code != Damaged {
		return Result{}, e
	}
	result, err := parsed.result(o)
	switch {
	case e == nil:
		return result, err
	case err != nil: // damaged, and nothing in it can be used
		e.Recoverable = Damage{}
		return Result{}, e
	}
	e.Recoverable = parsed.damage(result)
	result.Damage = &e.Recoverable
	if o.AllowDamaged {
		return result, nil
	}
	return result, e
}

// content is a file without its compression.
type content struct {
	*bufio.Reader
	format Format // "" is some XML
}

// headSize is enough for the header of a FIT file, and for the blanks that some programs write before XML.
const headSize = 4096

func open(r io.Reader, named Format) (content, error) {
	buffered := bufio.NewReaderSize(&sizeLimit{r: r, left: MaxBytes}, headSize)
	head, err := peek(buffered)
	if err != nil {
		return content{}, err
	}
	if gunzip.IsPacked(head) {
		unpacked, err := gunzip.NewReader(buffered, damagedPacking)
		if err != nil {
			return content{}, &Error{Code: Damaged, Detail: "The gzip header is damaged.", Err: err}
		}
		buffered = bufio.NewReaderSize(&sizeLimit{r: unpacked, left: MaxBytes}, headSize)
		if head, err = peek(buffered); err != nil {
			return content{}, err
		}
	}
	switch {
	case len(head) >= 12 && (head[0] == 12 || head[0] == 14) && string(head[8:12]) == ".FIT":
		return content{buffered, FIT}, nil
	case bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff"))), []byte("<")):
		return content{buffered, ""}, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe<\x00")), bytes.HasPrefix(head, []byte("\xfe\xff\x00<")): // UTF-16
		return content{}, unreadable(wrongEncoding)
	case named != "":
		return content{}, &Error{
			Code:   Damaged,
			Detail: fmt.Sprintf("The file is called a %s file and does not begin like one.", strings.ToUpper(string(named))),
		}
	}
	return content{}, &Error{Code: UnknownType, Detail: "The file is neither FIT nor GPX nor TCX."}
}

// peek returns the first bytes; a short file is no error.
func peek(r *bufio.Reader) ([]byte, error) {
	head, err := r.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return nil, err
	}
	return head, nil
}

func parse(ctx context.Context, c content) (*recording, error) {
	if c.format == FIT {
		return parseFIT(ctx, c)
	}
	return parseXML(ctx, c)
}

// sizeLimit returns an error as soon as r has more bytes than are left. It counts while reading: the length in a gzip
// file, or in a header, is whatever its author wrote.
type sizeLimit struct {
	r    io.Reader
	left int
}

func (l *sizeLimit) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= n; l.left < 0 {
		return 0, &Error{Code: TooLarge, Detail: "The file is larger than 25 MB, or unpacks to more."}
	}
	var known *Error
	if err != nil && err != io.EOF && !errors.As(err, &known) {
		err = sourceError{err}
	}
	return n, err
}

// sourceError is an error of the reader that Read was given, not of the file.
type sourceError struct{ error }

func (e sourceError) Unwrap() error { return e.error }

func damagedPacking(err error) error {
	return &Error{Code: Damaged, Detail: "The compressed file is cut or damaged.", Err: err}
}
