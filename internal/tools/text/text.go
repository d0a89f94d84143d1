// Package text cleans the names that people type and that sources publish, so that all of them follow the same rules.
package text

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// entity matches an HTML entity. The semicolon is required: "M&Ms" and "R&D" are names.
var entity = regexp.MustCompile(`&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);`)

// Clean returns a name, brand or label as one line of visible text:
//   - HTML entities are decoded, once;
//   - control characters and invisible characters are removed, and so are bytes that are not UTF-8;
//   - white space of any kind becomes a single space, and is removed at both ends.
//
// The result is "" when nothing visible is left. It never has more characters than s.
func Clean(s string) string {
	if strings.ContainsRune(s, '&') {
		s = entity.ReplaceAllStringFunc(s, html.UnescapeString)
	}
	s = strings.ToValidUTF8(s, "")
	runes := []rune(s)
	var out strings.Builder
	out.Grow(len(s))
	space := false // white space to write before the next visible character
	for i, r := range runes {
		switch {
		case unicode.IsSpace(r):
			space = out.Len() > 0
		case invisible(r) && !joins(runes, i):
		default:
			if space {
				out.WriteByte(' ')
				space = false
			}
			out.WriteRune(r)
		}
	}
	return out.String()
}

// Cut is Clean with at most limit characters. A longer text ends with "…".
func Cut(s string, limit int) string {
	s = Clean(s)
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:limit-1])) + "…"
}

// FirstNonEmpty returns the first text that is not "" after Clean, or "".
func FirstNonEmpty(texts ...string) string {
	for _, t := range texts {
		if t = Clean(t); t != "" {
			return t
		}
	}
	return ""
}

// blankLetters are shown as nothing, although Unicode counts them as letters, marks or symbols.
var blankLetters = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x034f, 0x034f, 1}, // combining grapheme joiner
		{0x115f, 0x1160, 1}, // Hangul fillers
		{0x17b4, 0x17b5, 1}, // Khmer inherent vowels
		{0x180b, 0x180f, 1}, // Mongolian variation selectors
		{0x2800, 0x2800, 1}, // blank Braille pattern
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xfe00, 0xfe0f, 1}, // variation selectors
		{0xffa0, 0xffa0, 1}, // half-width Hangul filler
		{0xfffe, 0xffff, 1}, // no characters
	},
	R32: []unicode.Range32{
		{0x1d173, 0x1d17a, 1}, // musical formatting
		{0xe0000, 0xe0fff, 1}, // tags and variation selectors
	},
}

// invisible reports whether a character is shown as nothing: control and format characters, and the blank letters.
func invisible(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, blankLetters) }

// joins reports whether the invisible character at i changes how its visible neighbours are shown: the joiners of Persian,
// Indic scripts and emoji, and the selector that makes a symbol an emoji. Next to Latin letters they are rubbish of an editor.
func joins(runes []rune, i int) bool {
	const nonJoiner, joiner, emoji = '\u200c', '\u200d', '\ufe0f'
	r := runes[i]
	if r != nonJoiner && r != joiner && r != emoji || i == 0 {
		return false
	}
	before := runes[i-1]
	if before == emoji && r == joiner && i > 1 {
		before = runes[i-2]
	}
	if !shaped(before) {
		return false
	}
	return r == emoji || i+1 < len(runes) && shaped(runes[i+1])
}

// shaped reports whether a character belongs to the scripts and symbols in which joiners have a meaning.
func shaped(r rune) bool {
	return r >= 0x0590 && !invisible(r) && !unicode.IsSpace(r) && !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
}

// OneLetterApart reports whether one letter was left out, added or replaced.
func OneLetterApart[C byte | rune](a, b []C) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	rest := a[i:]
	if len(a) == len(b) && len(rest) > 0 {
		rest = rest[1:]
	}
	return i < len(b) && slices.Equal(rest, b[i+1:])
}
