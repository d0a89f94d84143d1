package safety_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/ultimatecoach/api/internal/tools/safety"
)

// replyCase is a line of testdata/replies.tsv: a model's reply, the limits for it, and why it must be changed; no reason: as it is.
type replyCase struct {
	id, language, reply, reason string
	in                          safety.ReplyContext
}

func readReplies(t testing.TB) []replyCase {
	t.Helper()
	source, err := os.ReadFile("testdata/replies.tsv")
	require.NoError(t, err)
	var cases []replyCase
	for n, line := range strings.Split(strings.TrimSpace(string(source)), "\n") {
		if n == 0 {
			continue
		}
		cells := append(strings.Split(line, "\t"), "", "")
		c := replyCase{id: cells[0], language: cells[1], reply: cells[2], reason: cells[4]}
		c.in.Finding.Language = c.language
		if allergen, ok := strings.CutPrefix(cells[3], "allergen="); ok {
			c.in.Finding.Limits, c.in.Finding.Allergens = []safety.Limit{safety.NoAllergen}, []string{allergen}
		} else if cells[3] != "" {
			c.in.Finding.Limits = []safety.Limit{safety.Limit(cells[3])}
		}
		cases = append(cases, c)
	}
	require.Greater(t, len(cases), 70)
	return cases
}

func TestCheckReply_SentenceInAnotherLanguage_IsChangedAllTheSame(t *testing.T) {
	t.Parallel()
	for _, c := range readReplies(t) {
		if c.reason == "" || len(c.in.Finding.Limits) > 0 || c.reason == string(safety.ReasonLanguage) {
			continue
		}
		for _, language := range safety.Languages {
			in := safety.ReplyContext{Finding: safety.Finding{Language: language}}
			if got := safety.CheckReply(c.reply, in); strings.Contains(got.Text, c.reply) {
				t.Errorf("%s %q in a reply in %s became %q", c.id, c.reply, language, got.Text)
			}
		}
	}
}

func TestCheckReply_EachCase_IsChangedForItsReasonAlone(t *testing.T) {
	t.Parallel()
	for _, c := range readReplies(t) {
		got := safety.CheckReply(c.reply, c.in)
		if c.reason == "" {
			if got.Text != c.reply || len(got.Changes) > 0 {
				t.Errorf("%s %q became %q: %v", c.id, c.reply, got.Text, got.Changes)
			}
			continue
		}
		if len(got.Changes) == 0 || string(got.Changes[0].Reason) != c.reason || got.Text == c.reply {
			t.Errorf("%s %q became %q: %v, want %s", c.id, c.reply, got.Text, got.Changes, c.reason)
		}
		require.NotEmpty(t, strings.TrimSpace(got.Text), c.id)
	}
}

// replyPieces draws a reply made of the sentences of testdata/replies.tsv and of text that is hard to cut.
func drawReply(t *rapid.T, cases []replyCase) string {
	hard := []string{
		"\n",
		"1. ",
		"approx. 800 kcal a day. ",
		"“Quoted.” ",
		"![a. b](http://evil.test/x) ",
		"\xff\xfe",
		"。",
		"日本語です。",
		"…",
		" ",
		strings.Repeat(
			"a",
			1500,
		),
		strings.Repeat("word ", 300),
		"http://evil.test/" + strings.Repeat("x", 2000) + " ",
		"é",
		"👩‍🍳 ",
		"\u200b",
	}
	var b strings.Builder
	for range rapid.IntRange(0, 6).Draw(t, "parts") {
		if rapid.Bool().Draw(t, "hard") {
			b.WriteString(rapid.SampledFrom(hard).Draw(t, "text"))
		} else {
			b.WriteString(rapid.SampledFrom(cases).Draw(t, "sentence").reply + " ")
		}
	}
	return b.String()
}

func TestStream_AnyPieces_ReturnTheTextOfTheWhole(t *testing.T) {
	t.Parallel()
	cases := readReplies(t)
	rapid.Check(t, func(r *rapid.T) {
		reply := drawReply(r, cases)
		in := safety.ReplyContext{Finding: safety.Finding{Language: "en", Limits: []safety.Limit{safety.NoDose, safety.NoPraise}}}
		whole := safety.CheckReply(reply, in)
		stream := safety.NewStream(in)
		var shown strings.Builder
		for rest := reply; rest != ""; {
			n := min(len(rest), rapid.IntRange(1, 400).Draw(r, "bytes"))
			shown.WriteString(stream.Write(rest[:n]))
			rest = rest[n:]
		}
		shown.WriteString(stream.Close())
		require.Equal(r, whole.Text, shown.String())
		require.Equal(r, whole.Changes, stream.Changes())
		require.NotContains(r, whole.Text, "evil.test")
	})
}

func TestStream_FinishedSentence_IsReleasedBeforeTheNextOneEnds(t *testing.T) {
	t.Parallel()
	s := safety.NewStream(safety.ReplyContext{Finding: safety.Finding{Language: "en"}})
	require.Empty(t, s.Write("You have 400 kcal"))
	require.Empty(t, s.Write(" left today."), "a mark at the end decides nothing: the text may go on")
	require.Equal(t, "You have 400 kcal left today. ", s.Write(" Your plan: 800 kcal"))
	require.Empty(t, s.Write(" a day"))
	require.Contains(t, s.Close(), "doctor or dietitian")
}

func TestCheckReply_NothingLeft_IsASentenceThatSaysSo(t *testing.T) {
	t.Parallel()
	got := safety.CheckReply("Heute kannst du noch ein Brot mit Käse und ein Ei essen.", safety.ReplyContext{
		Finding: safety.Finding{Language: "en"},
	})
	require.Equal(t, "I could not give a good reply to that. Please ask again in other words.", got.Text)
	require.Empty(t, safety.CheckReply("", safety.ReplyContext{}).Text, "an empty reply stays empty")
}

func TestCheckReply_ReasonTwice_HasOneReviewedSentence(t *testing.T) {
	t.Parallel()
	got := safety.CheckReply("I have logged it. I have saved your lunch. Enjoy your day!", safety.ReplyContext{
		Finding: safety.Finding{Language: "en"},
	})
	require.Equal(t, "I have not saved anything yet: only what you confirm is saved. Enjoy your day!", got.Text)
	require.Len(t, got.Changes, 2)
}

func TestCheckReply_ConfirmedProposal_MaySayThatItIsSaved(t *testing.T) {
	t.Parallel()
	const reply = "I have logged it."
	got := safety.CheckReply(reply, safety.ReplyContext{Finding: safety.Finding{Language: "en"}, Confirmed: true})
	require.Equal(t, reply, got.Text)
}

func TestCheckReply_TargetUnderBMR_IsReplaced(t *testing.T) {
	t.Parallel()
	const reply = "I suggest a target of 1600 kcal a day."
	in := safety.ReplyContext{Finding: safety.Finding{Language: "en"}}
	require.Equal(t, reply, safety.CheckReply(reply, in).Text)
	in.Person.BMR = new(1900.0)
	require.NotContains(t, safety.CheckReply(reply, in).Text, "1600")
}

func TestCheckReply_HelpLineOfTheTable_Stays(t *testing.T) {
	t.Parallel()
	in := safety.ReplyContext{Finding: safety.Finding{Language: "de"}}
	const reply = "Ruf die TelefonSeelsorge an: 0800 1110111."
	require.Equal(t, reply, safety.CheckReply(reply, in).Text)
	require.NotContains(t, safety.CheckReply("Ruf 0800 9999999 an.", in).Text, "9999999")
}

func FuzzCheckReply(f *testing.F) {
	for _, c := range readReplies(f) {
		f.Add(c.reply, c.language)
	}
	f.Add("\xff\xfe\x00", "xx")
	f.Add("![a. b](http://evil.test/"+strings.Repeat("x", 3000), "en")
	f.Fuzz(func(t *testing.T, reply, language string) {
		in := safety.ReplyContext{Finding: safety.Finding{Language: language, Limits: []safety.Limit{safety.NoDose, safety.NoDeficit}}}
		got := safety.CheckReply(reply, in)
		require.NotContains(t, strings.ToLower(got.Text), "http://", "no link is left")
		if utf8.ValidString(reply) {
			require.True(t, utf8.ValidString(got.Text))
		}
	})
}
