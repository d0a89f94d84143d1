// Package gunzip reads files that people may have compressed with gzip.
package gunzip

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
)

// IsPacked reports whether a file that begins with head is compressed with gzip. Two bytes are enough.
func IsPacked(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b}) }

// NewReader returns what a compressed file holds. damaged makes the error for data that is cut or damaged; what was unpacked before it can
// still be used. Other errors are those of r, or of the header.
func NewReader(r io.Reader, damaged func(err error) error) (io.Reader, error) {
	unpacked, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	return reader{unpacked, damaged}, nil
}

type reader struct {
	r       *gzip.Reader
	damaged func(err error) error
}

func (g reader) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	if corrupt || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = g.damaged(err)
	}
	return n, err
}
