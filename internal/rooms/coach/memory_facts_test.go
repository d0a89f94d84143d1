package coach

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/server"
)

// asLine writes facts as testdata/facts.tsv does.
func asLine(facts []fact) string {
	parts := make([]string, len(facts))
	for i, f := range facts {
		parts[i] = string(f.Kind) + "=" + f.Content
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, "|")
}

func TestFactsIn_ManyMessages_StateWhatTheyState(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/facts.tsv")
	require.NoError(t, err)
	n := 0
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		message, want, found := strings.Cut(line, "\t")
		require.True(t, found, "%q has no expectation", line)
		if got := asLine(factsIn(message)); got != want {
			t.Errorf("%s\n  got  %s\n  want %s", message, got, want)
		}
		n++
	}
	require.Greater(t, n, 150)
}

func TestFactRules_EachIsReachedByItsExample(t *testing.T) {
	t.Parallel()
	kinds := []api.MemoryKind{
		api.MemoryKindAllergy, api.MemoryKindDislike, api.MemoryKindGoal, api.MemoryKindHabit, api.MemoryKindInjury, api.MemoryKindSchedule,
	}
	for _, rule := range factRules {
		require.Contains(t, kinds, rule.kind)
		require.NotEmpty(t, rule.example, "%s", rule.pattern)
		folded, _ := fold(rule.example)
		require.True(t, rule.pattern.MatchString(folded), "%s\n%s", rule.example, rule.pattern)
		facts := factsIn(rule.example)
		require.Len(t, facts, 1, rule.example)
		require.Equal(t, rule.kind, facts[0].Kind, rule.example)
	}
}

func TestFactsIn_OfALongMessage_AreFewAndShort(t *testing.T) {
	t.Parallel()
	require.Empty(t, factsIn("I'm allergic to "+strings.Repeat("very many ", 30)+"things"))
	var message strings.Builder
	for _, thing := range []string{"eggs", "milk", "nuts", "fish", "soy", "sesame", "celery", "mustard"} {
		message.WriteString("I'm allergic to " + thing + ". ")
	}
	require.Len(t, factsIn(message.String()), maxFacts)
	require.Len(t, factsIn(strings.Repeat("I hate fish. ", 300)), 1)
}

func FuzzFactsIn(f *testing.F) {
	for _, s := range []string{"I'm allergic to nuts, and I hate fish?", "ß œ ¿Soy alérgico a ﬁ", "\xff\x00 je n'aime pas l'", "İ'm allergic to İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, message string) {
		for _, found := range factsIn(message) {
			if n := utf8.RuneCountInString(found.Content); n == 0 || n > maxFactLength {
				t.Errorf("a fact of %d characters", n)
			}
		}
	})
}
