package safety

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParsePattern_Mistake_IsAnError(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"empty":                "",
		"gap at the end":       "want to ~3",
		"gap that is no count": "want ~x die",
		"gap too wide":         "want ~11 die",
		"unknown list":         "@nobody",
		"unknown number":       "#huge",
		"empty alternative":    "want|| die",
		"no word":              "want = die",
	} {
		_, err := parsePattern(source, classes{})
		require.Error(t, err, name)
	}
}

func TestParseTable_Mistake_IsAnErrorWithTheLine(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"unknown kind":    "selfharm\tgeneral\tdie",
		"unknown topic":   "self_harm\tgenerally\tdie",
		"unknown signal":  "signal\ttall\tdie",
		"unknown request": "request\tdance\tdie",
		"unknown reply":   "reply\tpoem\tdie",
		"no words":        "self_harm\tgeneral\t",
		"bad exclusion":   "self_harm\tgeneral\tdie\t@nobody",
	} {
		_, err := parseTable("en", "kind\ttopic\twords\tunless\n"+line)
		require.ErrorContains(t, err, "line 2", name)
	}
}

func TestPattern_Match_IsAsTheSyntaxSays(t *testing.T) {
	t.Parallel()
	lists := classes{"pills": {{"pills"}, {"sleeping", "tablets"}}}
	not := [][]string{{"not"}}
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"want to? die", "I want to die", true},
		{"want to? die", "I want die", true},
		{"want to? die", "I want it to die", false},
		{"took ~2 @pills", "took all my pills", true},
		{"took ~2 @pills", "took some sleeping tablets", true},
		{"took ~2 @pills", "took all of my pills", false},
		{"took ~2 @pills", "took not pills", false}, // a gap holds no negation
		{"took ~2 @pills", "took it. Pills", false}, // nothing crosses a sentence
		{"took ~2 @pills", "took, all pills", true}, // a comma may stand in a gap
		{"laxat*", "Laxatives", true},
		{"*tablette", "Schlaftablette", true},
		{"eat $", "stop eat", true},
		{"eat $", "stop eat, please", true},
		{"eat $", "eat sugar", false},
		{"^ eat", "please, eat", true},
		{"^ eat", "please eat", false},
		{"target #low", "target 800", true},
		{"target #low", "target 1,100", true},
		{"target #low", "target 1 100", true},
		{"target #low", "target 1.300", false},
		{"target #low", "target 1200", false},
		{"#low kcal", "3000 kJ", true},
		{"#low kcal", "eight hundred kcal", true},
		{"#low kcal", "huit cents kcal", true},
		{"#low kcal", "ochocientas kcal", true},
		{"#child years", "fourteen years", true},
		{"mochte", "MÖCHTE", true},
		{"suicide", "su1cide", true},
		{"suicide", "sui\u200bcide", true},
		{"please", "pleeeease", true},
		{"dont", "don’t", true},
		{"j ai", "j'ai", true},
	} {
		p, err := parsePattern(c.pattern, lists)
		require.NoError(t, err, c.pattern)
		text := newText(c.text, MinCalories)
		found := false
		text.find(p, 0, len(text.words), not, func(int, int) bool { found = true; return false })
		require.Equal(t, c.want, found, "%q in %q", c.pattern, c.text)
		if c.want {
			words := vocabulary{}
			words.index(p)
			text.has = make([]bool, len(words))
			for _, w := range text.words {
				if n, ok := words[w.text]; ok {
					text.has[n] = true
				}
			}
			require.True(t, text.possible(p), "the fast check of %q in %q", c.pattern, c.text)
		}
	}
}

// TestCheck_LongText_TakesTimeLinearInItsLength counts comparisons. The texts are made of the words that begin most rules.
func TestCheck_LongText_TakesTimeLinearInItsLength(t *testing.T) {
	t.Parallel()
	for _, words := range []string{
		"want to not die ", "i want i want to kill myself with squats ", "no quiero no quiero morir de risa ",
		"took took all all pills mg ", "eat eat eat 800 800 kcal a day ", "not not not not ", "a", "1 200 ", "ich ich ich nicht mehr ",
	} {
		steps := func(n int) int {
			text := newText(strings.Repeat(words, n), MinCalories)
			check(Input{}, text)
			return text.steps
		}
		small, large := steps(50), steps(200)
		require.LessOrEqual(t, large, 5*small+1000, "%q: %d and %d comparisons", words, small, large)
	}
}

func TestDetectLanguage_ShortTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, fallback, want string }{
		{"how much did I eat today", "de-DE", "en"},
		{"wie viel habe ich heute gegessen", "en-US", "de"},
		{"qu'est-ce que j'ai mangé hier", "en", "fr"},
		{"¿qué comí ayer y cuánto?", "en", "es"},
		{"o que eu comi ontem?", "en", "pt"},
		{"ok", "pt-BR", "pt"},
		{"", "fr", "fr"},
		{"banana", "not a tag!", "en"},
		{"dos vasos de agua", "es", "es"}, {"dois copos de água", "pt", "pt"}, {"zwei Eier", "de", "de"},
		{"バナナを食べました", "ja", "ja"},
	} {
		require.Equal(t, c.want, DetectLanguage(c.text, c.fallback), c.text)
	}
}
