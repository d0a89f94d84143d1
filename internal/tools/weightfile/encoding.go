package weightfile

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decoded returns the file as UTF-8 without a mark of its encoding, and how it begins. Spreadsheets also write UTF-16 with a mark, and
// Windows-1252.
func decoded(in *bufio.Reader) (*bufio.Reader, string, error) {
	const enough = 4096
	start, err := in.Peek(enough)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(start, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3)
		return in, string(start[3:]), nil
	case !utf8.Valid(start[:wholeCharacters(start)]):
		from = charmap.Windows1252
	default:
		return in, string(start), nil
	}
	in = bufio.NewReaderSize(from.NewDecoder().Reader(in), enough)
	start, err = in.Peek(enough)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	return in, string(start), nil
}

// wholeCharacters returns the length without a character that is cut at the end.
func wholeCharacters(text []byte) int {
	for i := len(text) - 1; i >= max(0, len(text)-utf8.UTFMax); i-- {
		if utf8.RuneStart(text[i]) && !utf8.FullRune(text[i:]) {
			return i
		}
	}
	return len(text)
}
