package llm

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

const (
	// maxEvent in bytes: servers that send a tool call whole put all its arguments into one event.
	maxEvent = 1 << 20
	// maxStream in bytes: 1 MiB of text, a letter per event of 250 bytes, would be 250 MiB; real replies stay below 10.
	maxStream = 64 << 20
)

// errTooLong means that a line, an event or the whole response is longer than the limits.
var errTooLong = errors.New("longer than the limit")

// eventReader reads server-sent events within fixed memory.
type eventReader struct {
	r    *bufio.Reader
	line []byte
	data []byte
	read int
}

func newEventReader(r io.Reader) *eventReader { return &eventReader{r: bufio.NewReaderSize(r, 16<<10)} }

// next returns the data of the next event, or nil for a comment, which shows that the connection is alive. An event that the end of the
// stream cuts off is dropped, as the standard asks. The result is valid until the next call.
func (r *eventReader) next() ([]byte, error) {
	r.data = r.data[:0]
	hasData := false
	for {
		line, err := r.readLine()
		switch {
		case err != nil:
			return nil, err
		case len(line) == 0 && hasData:
			return r.data, nil
		case len(line) == 0:
		case line[0] == ':' && !hasData:
			return nil, nil
		default:
			name, value, _ := bytes.Cut(line, []byte(":"))
			if string(name) != "data" { // the other fields repeat what the data says
				continue
			}
			if hasData {
				r.data = append(r.data, '\n')
			}
			hasData = true
			r.data = append(r.data, bytes.TrimPrefix(value, []byte(" "))...)
			if len(r.data) > maxEvent {
				return nil, errTooLong
			}
		}
	}
}

// readLine returns the next line without its end.
func (r *eventReader) readLine() ([]byte, error) {
	r.line = r.line[:0]
	for {
		piece, err := r.r.ReadSlice('\n')
		first := r.read == 0
		r.read += len(piece)
		r.line = append(r.line, piece...)
		if len(r.line) > maxEvent || r.read > maxStream {
			return nil, errTooLong
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if first {
			r.line = bytes.TrimPrefix(r.line, []byte("\ufeff"))
		}
		return bytes.TrimRight(r.line, "\r\n"), nil
	}
}
