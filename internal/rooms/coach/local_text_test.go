package coach

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

// textForms are the forms of each text of a language: one, or one for each plural.
func textForms(t testing.TB, language string) map[string][]string {
	t.Helper()
	raw, err := textFiles.ReadFile("texts/" + language + ".json")
	require.NoError(t, err)
	var texts map[string]any
	require.NoError(t, json.Unmarshal(raw, &texts))
	forms := map[string][]string{}
	for id, text := range texts {
		switch text := text.(type) {
		case string:
			forms[id] = []string{text}
		case map[string]any:
			for _, form := range text {
				forms[id] = append(forms[id], form.(string)) //nolint:forcetypeassert // it fails the test
			}
		}
	}
	return forms
}

var placeholder = regexp.MustCompile(`{{\.(\w+)}}`)

func placeholders(forms []string) (names []string) {
	for _, form := range forms {
		for _, m := range placeholder.FindAllStringSubmatch(form, -1) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestTexts_EachLanguage_HasTheSameTextsWithTheSameValues(t *testing.T) {
	t.Parallel()
	english := textForms(t, "en")
	for _, language := range safety.Languages {
		forms := textForms(t, language)
		require.Len(t, forms, len(english), language)
		for id := range english {
			require.Equal(t, placeholders(english[id]), placeholders(forms[id]), "%s in %s", id, language)
		}
	}
}

func TestTexts_EachTextAndNumber_IsWrittenWithoutAGap(t *testing.T) {
	t.Parallel()
	for _, language := range safety.Languages {
		for id, forms := range textForms(t, language) {
			counts := []any{nil}
			if len(forms) > 1 {
				counts = []any{0, 1, 2, 5, 1_000_000}
			}
			for _, count := range counts {
				w := newWriter(language, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC))
				v := values{}
				for _, name := range placeholders(forms) {
					v[name] = "value"
				}
				if count != nil {
					v["count"] = count
				}
				text := w.text(id, v)
				require.NoError(t, w.err, "%s in %s", id, language)
				require.NotEmpty(t, text, "%s in %s", id, language)
				require.NotContains(t, text, "no value", "%s in %s", id, language)
				require.NotContains(t, text, "{{", "%s in %s", id, language)
			}
		}
	}
}

func TestWriter_ValueThatIsMissing_IsAnError(t *testing.T) {
	t.Parallel()
	w := newWriter("de", time.Now())
	require.Empty(t, w.text("remaining_today", nil))
	require.ErrorContains(t, w.err, "remaining_today")
}

func TestWriter_EachNutrientDayAndMonth_HasAText(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, language := range safety.Languages {
		w := newWriter(language, today)
		for id := range nutrient.Count {
			require.Contains(t, w.amount(id, 12), "12 ", language)
		}
		for day := range 366 {
			require.NotEmpty(t, w.onDay(today.AddDate(0, 0, -day)))
		}
		require.NoError(t, w.err)
	}
}

func TestWriter_Numbers_AreThoseOfTheLanguage(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"en": "1,234.5 g fat", "de": "1.234,5 g Fett", "es": "1234,5 g de grasas", "pt": "1.234,5 g de gordura",
	} {
		w := newWriter(language, time.Now())
		got := w.amount(nutrient.Fat, 1234.49)
		if language == "es" { // with or without a separator, depending on the edition of CLDR
			got = strings.Replace(got, "1.234", "1234", 1)
		}
		require.Equal(t, want, got)
	}
	w := newWriter("en", time.Now())
	require.Equal(t, "0 g fat", w.amount(nutrient.Fat, -0.001))
	require.Equal(t, "0.25 g fat", w.amount(nutrient.Fat, 0.251))
	require.Equal(t, "523 kcal", w.amount(nutrient.Calories, 523.4))
}

func TestShownName_OfAFood_HasNoLinkAndOneLine(t *testing.T) {
	t.Parallel()
	require.Equal(t, "Soup !(http example.test)", shownName("Soup\n![](http://example.test)"))
	require.Len(t, []rune(shownName(strings.Repeat("ü", 500))), maxShownName)
}

func TestWriter_Days_AreNamedAsPeopleNameThem(t *testing.T) {
	t.Parallel()
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC) }
	w := newWriter("en", day(time.November, 28)) // a Saturday
	for want, days := range map[string][2]time.Time{
		"this week":                        {day(time.November, 23), day(time.November, 28)},
		"last week":                        {day(time.November, 16), day(time.November, 22)},
		"this month":                       {day(time.November, 1), day(time.November, 28)},
		"last month":                       {day(time.October, 1), day(time.October, 31)},
		"over the last 14 days":            {day(time.November, 15), day(time.November, 28)},
		"from 1 September to 30 September": {day(time.September, 1), day(time.September, 30)},
	} {
		require.Equal(t, want, w.days(days[0], days[1]))
	}
	require.Equal(t, "du 1er septembre au 3 octobre", newWriter("fr", w.today).days(day(time.September, 1), day(time.October, 3)))
	require.NoError(t, w.err)
}
