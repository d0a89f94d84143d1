// Package weightfile reads weights, body fat and girths from the exports of other apps: Libra, openScale, Withings and other CSV files, the
// export.xml of Apple Health, and records of Health Connect as JSON. It reads a file of any length row by row, in little memory.
package weightfile

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/ultimatecoach/api/internal/tools/charset"
	"github.com/ultimatecoach/api/internal/tools/gunzip"
)

// Row is one record of a file.
type Row struct {
	// Place is the line of a CSV file, or which record it is of others, from 1.
	Place int
	At    time.Time
	// Values are nil where the record has none. Weights are in kg, body fat in %, girths in cm by their name in the contract.
	WeightKg, BodyFatPct *float64
	Girths               map[string]float64
	Notes                string
	// App and Device are what the record says of its source; ID and Version what the app calls it.
	App, Device, ID string
	Version         *int64
	// Refused is why the record cannot be used: "bad_time", "bad_number", "bad_columns", "unknown_unit" or "no_value". Empty: it can.
	Refused string
}

// Format is what a file was recognised as.
type Format string

// The formats.
const (
	CSV           Format = "csv"
	AppleHealth   Format = "apple_health"
	HealthConnect Format = "health_connect"
)

// Options are what a file itself does not say.
type Options struct {
	// Zone is that of times without an offset.
	Zone *time.Location
	// Pounds says that weights without a unit are in pounds.
	Pounds bool
	// DateOrder says what 03/04/2026 is. Without it such a time is refused.
	DateOrder DateOrder
	// MaxBytes is the most that is read, after unpacking gzip.
	MaxBytes int64
}

// unit is the factor of weights whose heading names no unit.
func (o Options) unit() float64 {
	if o.Pounds {
		return kgPerPound
	}
	return 1
}

// Errors of a file as a whole.
var (
	ErrUnknownFormat = errors.New("not a file that is known")
	ErrTooLarge      = errors.New("larger than allowed")
	ErrDamaged       = errors.New("damaged")
)

const (
	kgPerPound = 0.45359237
	kgPerStone = 14 * kgPerPound
	cmPerInch  = 2.54
)

// Read finds out the format and calls yield for each record with a weight, body fat or a girth, and for each that should have one and is
// refused. An error of yield ends it.
func Read(ctx context.Context, file io.Reader, o Options, yield func(Row) error) (Format, error) {
	in := bufio.NewReaderSize(&limited{ctx, file, o.MaxBytes}, 64<<10)
	if head, _ := in.Peek(2); gunzip.IsPacked(head) {
		unpacked, err := gunzip.NewReader(in, func(error) error { return ErrDamaged })
		if err != nil {
			return "", ErrDamaged
		}
		in = bufio.NewReaderSize(&limited{ctx, unpacked, o.MaxBytes}, 64<<10)
	}
	text, err := charset.UTF8(in)
	if err != nil {
		return "", err
	}
	const enough = 4096
	in = bufio.NewReaderSize(text, enough)
	start, err := in.Peek(enough)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	switch text := strings.TrimSpace(string(start)); {
	case strings.HasPrefix(text, "<"):
		return AppleHealth, readAppleHealth(in, o, yield)
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
		return HealthConnect, readHealthConnect(in, o, yield)
	case text == "":
		return "", ErrUnknownFormat
	}
	return CSV, readCSV(in, o, yield)
}

// sourceError is an error of the reader that Read was given, or of ctx.
type sourceError struct{ error }

func (e sourceError) Unwrap() error { return e.error }

// fileError returns ErrDamaged for what a parser says of the file: they have errors of many types. Other errors stay as they are.
func fileError(err error) error {
	_, ofSource := errors.AsType[sourceError](err)
	if ofSource || errors.Is(err, ErrTooLarge) || errors.Is(err, ErrUnknownFormat) {
		return err
	}
	return ErrDamaged
}

// limited fails when more is read than allowed, or when ctx ends.
type limited struct {
	ctx  context.Context
	from io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, sourceError{err}
	}
	if l.left < 0 {
		return 0, ErrTooLarge
	}
	n, err := l.from.Read(p[:min(int64(len(p)), l.left+1)])
	if l.left -= int64(n); l.left < 0 {
		return 0, ErrTooLarge
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, ErrDamaged) {
		err = sourceError{err}
	}
	return n, err
}
