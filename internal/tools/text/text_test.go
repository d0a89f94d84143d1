package text_test

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/text"
)

func TestClean_EachKindOfRubbish_IsRemoved(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"plain":                        {"Oat crackers", "Oat crackers"},
		"white space":                  {" \tOat\u00a0 \u2003crackers\r\n", "Oat crackers"},
		"line separators":              {"Oat\u2028crackers\u0085x", "Oat crackers x"},
		"named entity":                 {"Ben &amp; Jerry&apos;s", "Ben & Jerry's"},
		"accented entity":              {"Caf&eacute; au lait", "Café au lait"},
		"decimal and hex entities":     {"L&#39;Or &#x2122;", "L'Or ™"},
		"entity of a space":            {"Oat&nbsp;crackers&nbsp;", "Oat crackers"},
		"entity of something hidden":   {"Oat&#8203;meal&shy;", "Oatmeal"},
		"decoded once":                 {"A &amp;amp; B", "A &amp; B"},
		"no semicolon, no entity":      {"M&Ms R&D &notes &amp", "M&Ms R&D &notes &amp"},
		"unknown entity":               {"A &bogus; B", "A &bogus; B"},
		"control characters":           {"Oat\x00me\x07al\x1b", "Oatmeal"},
		"zero width":                   {"\ufeffOat\u200bmeal\u2060\u200d", "Oatmeal"},
		"soft hyphen":                  {"Schoko\u00adlade", "Schokolade"},
		"direction marks":              {"\u202eetalocohc\u202c\u200f", "etalocohc"},
		"tags":                         {"A\U000e0041\U000e0042", "A"},
		"bytes that are no UTF-8":      {"Oat\xffmeal", "Oatmeal"},
		"joiners of Persian stay":      {"ماست می\u200cخواهم", "ماست می\u200cخواهم"},
		"joiners of an emoji stay":     {"👩\u200d🍳 soup ☕\ufe0f", "👩\u200d🍳 soup ☕\ufe0f"},
		"joiners of a long emoji stay": {"🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"},
		"joiners at the end do not":    {"ماست\u200c", "ماست"},
		"only invisible":               {"\u200b\u2060\ufeff\u00ad\u200d\u200c\u034f\u115f\u1160\u3164\uffa0\u2800\u180e\ufe0f\x00\x7f", ""},
		"only entities of invisible":   {"&#8203;&nbsp;&ZeroWidthSpace;", ""},
		"only spaces":                  {" \u3000\u00a0\t", ""},
	} {
		require.Equal(t, c.want, text.Clean(c.in), name)
	}
}

func TestCut_LongText_EndsWithAnEllipsis(t *testing.T) {
	t.Parallel()
	require.Equal(t, "Süßes", text.Cut(" Süßes ", 5))
	require.Equal(t, "Süß…", text.Cut("Süß Speise", 5))
}

func TestFirstNonEmpty_SkipsTextsWithoutVisibleCharacters(t *testing.T) {
	t.Parallel()
	require.Equal(t, "b", text.FirstNonEmpty("", "\u200b", " b ", "c"))
	require.Empty(t, text.FirstNonEmpty(" ", "\u2060"))
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "a &amp; b", "\u200b", "👩\u200d🍳", "\xff", "a\u200c\u200cb", "&#0;", "م\u200c\u200bم"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := text.Clean(s)
		require.True(t, utf8.ValidString(got))
		require.LessOrEqual(t, utf8.RuneCountInString(got), utf8.RuneCountInString(s))
		require.NotContains(t, got, "\x00")
		require.NotContains(t, got, "  ")
	})
}
