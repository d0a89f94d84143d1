package foods

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// readable returns the content of a file as UTF-8 without a byte order mark: it unpacks gzip and converts UTF-16 and
// Windows-1252, of which Latin-1 is a part.
func readable(in io.Reader) (io.Reader, error) {
	packed, start, err := peek(in, 2)
	if err != nil {
		return nil, err
	}
	in = packed
	if bytes.HasPrefix(start, []byte{0x1f, 0x8b}) {
		if in, err = gzip.NewReader(packed); err != nil {
			return nil, err
		}
	}
	return asUTF8(in)
}

func asUTF8(in io.Reader) (io.Reader, error) {
	buffered, start, err := peek(in, 4)
	if err != nil {
		return nil, err
	}
	unmarked := transform.Transformer(transform.Nop)
	switch {
	case len(start) < 4:
	case start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0:
		unmarked = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0:
		unmarked = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	return transform.NewReader(buffered, transform.Chain(unicode.BOMOverride(unmarked), windows1252{})), nil
}

func peek(in io.Reader, n int) (*bufio.Reader, []byte, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	start, err := buffered.Peek(n)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	return buffered, start, nil
}

// windows1252 keeps UTF-8 as it is and converts bytes that are not UTF-8 as Windows-1252.
type windows1252 struct{ transform.NopResetter }

// Transform implements transform.Transformer.
func (windows1252) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && size == 1 {
			if !atEOF && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, transform.ErrShortSrc
			}
			r = charmap.Windows1252.DecodeByte(src[nSrc])
		}
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}
