package activityfile

import (
	"bufio"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// Limits of an XML file. Libraries for GPX build a tree of the whole file, which takes up to 2 GB for 25 MB.
const (
	maxDepth      = 64      // elements; real files have 8
	maxToken      = 1 << 20 // bytes of one tag, text or comment; the decoder holds a token in memory
	maxText       = 256     // bytes of a value
	maxActivities = 100     // tracks or activities in one file, and legs of an activity
	checkEvery    = 1000    // tokens between two looks at the clock
)

// xmlContent receives the elements of one format. Names are without their namespace: real files use prefixes that they
// never declare.
type xmlContent interface {
	start(name string, attributes []xml.Attr)
	// end is called with the text of an element, without its children, and the name of its parent.
	end(name, parent, text string)
	recording() *recording
	err() error
}

// parseXML reads GPX and TCX; the root element says which.
func parseXML(ctx context.Context, c content) (*recording, error) {
	r := &xmlReader{tokens: &tokenLimit{Reader: c.Reader}}
	r.decoder = xml.NewDecoder(r.tokens)
	r.decoder.CharsetReader = r.charset
	for n := 0; ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return r.found(), ctx.Err()
		}
		r.tokens.read = 0
		token, err := r.decoder.Token()
		if err != nil {
			return r.found(), r.failed(err)
		}
		if err := r.take(token); err != nil {
			return r.found(), err
		}
		if err := r.contentError(); err != nil {
			return r.found(), err
		}
		if r.content != nil && len(r.path) == 0 {
			return r.found(), nil
		}
	}
}

type xmlReader struct {
	decoder *xml.Decoder
	tokens  *tokenLimit
	content xmlContent // nil before the root element
	path    []string   // open elements
	text    []byte     // of the innermost element
}

func (r *xmlReader) found() *recording {
	if r.content == nil {
		return &recording{}
	}
	return r.content.recording()
}

func (r *xmlReader) contentError() error {
	if r.content == nil {
		return nil
	}
	return r.content.err()
}

func (r *xmlReader) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return unreadable("The file has a document type, which no GPX or TCX file needs.")
	case xml.StartElement:
		name := t.Name.Local
		if len(r.path) == maxDepth {
			return unreadable(fmt.Sprintf("Elements are nested deeper than %d.", maxDepth))
		}
		if len(r.path) == 0 {
			if err := r.root(name); err != nil {
				return err
			}
		}
		r.path, r.text = append(r.path, name), r.text[:0]
		r.content.start(name, t.Attr)
	case xml.CharData:
		if room := maxText - len(r.text); room > 0 && r.content != nil {
			r.text = append(r.text, t[:min(room, len(t))]...)
		}
	case xml.EndElement:
		last := len(r.path) - 1
		parent := ""
		if last > 0 {
			parent = r.path[last-1]
		}
		r.content.end(r.path[last], parent, strings.TrimSpace(string(r.text)))
		r.path, r.text = r.path[:last], r.text[:0]
	}
	return nil
}

func (r *xmlReader) root(name string) error {
	switch name {
	case "gpx":
		r.content = newGPX()
	case "TrainingCenterDatabase":
		r.content = newTCX()
	default:
		return &Error{Code: UnknownType, Detail: "The file is XML, but neither GPX nor TCX."}
	}
	return nil
}

// failed says why the decoder could not go on.
func (r *xmlReader) failed(err error) error {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.As(err, &sourceError{}):
		return err
	case r.content == nil:
		return &Error{Code: Unreadable, Detail: "The file is not XML that can be read.", Err: err}
	}
	return damaged("The file is cut or is not valid XML.", err)
}

const wrongEncoding = "The encoding of the file must be UTF-8, ISO-8859-1, Windows-1252 or ASCII."

func unreadable(detail string) *Error { return &Error{Code: Unreadable, Detail: detail} }

// charset decodes the encodings that real files have beside UTF-8.
func (r *xmlReader) charset(name string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "us-ascii", "ascii":
		return input, nil
	case "iso-8859-1", "latin1", "latin-1":
		return charmap.ISO8859_1.NewDecoder().Reader(input), nil
	case "windows-1252", "cp1252":
		return charmap.Windows1252.NewDecoder().Reader(input), nil
	}
	return nil, unreadable(wrongEncoding)
}

// tokenLimit returns an error when one token has more than maxToken bytes. The reader sets read to 0 before each.
type tokenLimit struct {
	*bufio.Reader
	read int
}

func (l *tokenLimit) ReadByte() (byte, error) {
	if l.read++; l.read > maxToken {
		return 0, unreadable("A tag or a text in the file is longer than 1 MB.")
	}
	return l.Reader.ReadByte()
}

func (l *tokenLimit) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if l.read += n; l.read > maxToken {
		return 0, unreadable("A tag or a text in the file is longer than 1 MB.")
	}
	return n, err
}

func attribute(attributes []xml.Attr, name string) string {
	for _, a := range attributes {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number returns NaN for what is no number; the setters of a point ignore it.
func number(s string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// duration returns 0 for what is no number of seconds.
func duration(s string) time.Duration {
	const longest = 1e8 // s: three years
	if v := number(s); v > 0 && v < longest {
		return time.Duration(v * float64(time.Second))
	}
	return 0
}

func positiveNumber(s string) *float64 {
	if v := number(s); v > 0 && v < math.MaxInt32 {
		return &v
	}
	return nil
}

func positiveWhole(s string) *int {
	if v := positiveNumber(s); v != nil && *v >= 0.5 {
		return rounded(*v)
	}
	return nil
}

// xmlTimes reads the times of points and remembers what they say about the zone.
type xmlTimes struct {
	offset      *time.Duration
	zoneMissing bool
}

// read returns the zero time for what is no time in ISO 8601.
func (t *xmlTimes) read(s string) time.Time {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		if at, err = time.Parse("2006-01-02T15:04:05", s); err != nil {
			return time.Time{}
		}
		t.zoneMissing = true
	}
	if _, seconds := at.Zone(); t.offset == nil && seconds != 0 {
		t.offset = believable(time.Duration(seconds)*time.Second, false)
	}
	return at.UTC()
}

// xmlPoints collects points, and stops at the limits.
type xmlPoints struct {
	times     xmlTimes
	point     Point
	at        time.Time // of the point
	inside    bool      // a point is open
	broken    bool      // the recording was interrupted before the next point
	untimed   bool      // some point had no time
	total     int       // points in all activities
	exceeding error
}

func (x *xmlPoints) open() { x.point, x.at, x.inside = NewPoint(time.Time{}), time.Time{}, true }

// close adds the point to a.
func (x *xmlPoints) close(a *Activity) {
	x.inside = false
	if x.at.IsZero() {
		x.untimed = true
		return
	}
	x.point.UnixMilli = x.at.UnixMilli()
	x.point.AfterBreak = x.broken && len(a.Points) > 0
	x.broken = false
	if x.total++; x.total > MaxPoints {
		x.exceeding = &Error{Code: TooComplex, Detail: fmt.Sprintf("The file has more than %d points.", MaxPoints)}
		return
	}
	a.Points = append(a.Points, x.point)
}

// finish adds what the points said about time to the recording and to a.
func (x *xmlPoints) finish(r *recording, a *Activity) {
	a.UTCOffset = x.times.offset
	if x.times.zoneMissing {
		r.warn("times_without_zone", "The times of the points have no zone; they are read as UTC.")
	}
	if x.untimed && len(a.Points) > 0 {
		r.warn("points_without_time", "Some points have no time; they are left out.")
	}
}
