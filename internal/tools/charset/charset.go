// Package charset reads texts in the encodings that people's files have.
package charset

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// UTF8 returns a text as UTF-8 without a byte order mark. It converts UTF-16, with a mark or beginning with two ASCII characters, and
// Windows-1252, of which Latin-1 is a part.
func UTF8(in io.Reader) (io.Reader, error) {
	buffered := bufio.NewReaderSize(in, 1<<16)
	start, err := buffered.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
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
