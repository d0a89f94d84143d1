package energy_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/energy"
)

func TestFiles_Checksums_AreThoseThatWereChecked(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"aliases.csv":     "daf9498f72a38bcddf90d58899674fdc21928068cfcdfdfc9ef962f275e709c7",
		"compendium.csv":  "c0c67ade24760855ce8a04fa575cdef26385db47746a089a6b7acc75d1889edb",
		"titles.csv":      "25ade1790206d9ddbe77f5c18910deb9e2c6a1fd6916ef65263eb4a2136a0481",
		"speed_bands.csv": "e03a3498b19c55199d64b6bd5230ea0c5113c74c647adaf322d1e7c385647429",
	} {
		content, err := os.ReadFile("data/" + name)
		require.NoError(t, err)
		sum := sha256.Sum256(content)
		require.Equal(t, want, hex.EncodeToString(sum[:]), name)
	}
}

func TestTable_EveryRow_IsComplete(t *testing.T) {
	t.Parallel()
	all, rows := energy.Search("", "en", 10_000)
	require.Len(t, all, 219)
	require.Empty(t, rows)
	names := map[string]string{}
	bands := 0
	for _, a := range all {
		require.NotZero(t, a.MET, a.Key)
		require.Same(t, a, energy.Find(a.Key))
		require.NotEmpty(t, energy.Family(a, "", ""), a.Key)
		for _, alias := range a.Aliases {
			name := energy.Normalize(alias)
			require.NotEmpty(t, name, alias)
			require.Empty(t, names[name], "%s is a name of %s and %s", alias, a.Key, names[name])
			names[name] = a.Key
			require.Nil(t, energy.Candidates(alias), "%s means several activities and is a name", alias)
			require.Same(t, a, energy.Find(alias))
		}
		bands += len(a.Bands)
		for i, band := range a.Bands {
			require.NotZero(t, band.MET)
			require.True(t, i == 0 || band.From > a.Bands[i-1].From, a.Key)
		}
	}
	require.Equal(t, 67, bands)
	odd, ok := energy.FindCode("19144")
	require.True(t, ok)
	require.Equal(t, 15.8, odd.MET)
}

func TestFind_Names_MatchAsAWhole(t *testing.T) {
	t.Parallel()
	for name, key := range map[string]string{
		"running": "running", " RUN ": "running", "Course à pied": "running", "fußball": "soccer", "FUSSBALL": "soccer",
		"rowing-machine": "rowing_machine", "Schwimmen": "swimming",
		"Spazierengehen": "walking", "Fahrrad fahren": "cycling", "andar en bici": "cycling", "treadmill": "running",
		"mowing the lawn": "mowing_lawn", "5-a-side": "futsal",
	} {
		require.NotNil(t, energy.Find(name), name)
		require.Equal(t, key, energy.Find(name).Key, name)
	}
	for _, name := range []string{"football", "hockey", "ski", "skating", "training", "sport"} {
		require.Nil(t, energy.Find(name), name)
		require.GreaterOrEqual(t, len(energy.Candidates(name)), 2, name)
		require.NotContains(t, energy.Candidates(name), (*energy.Activity)(nil), name)
	}
}

// "un" was a part of "running", so unknown activities got the MET of a run.
func TestRegression_PartOfAName_IsNoActivity(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"un", "r", "runn", "run with the dog to the shop", ""} {
		require.Nil(t, energy.Find(part), part)
	}
}

func TestSearch_Query_FindsNamesAndRows(t *testing.T) {
	t.Parallel()
	activities, _ := energy.Search("laufen", "en", 5)
	require.Equal(t, "running", activities[0].Key, "the exact name comes first")
	activities, _ = energy.Search("football", "en", 10)
	require.Equal(t, []string{"soccer", "american_football"}, []string{activities[0].Key, activities[1].Key})
	activities, rows := energy.Search("mopping", "en", 10)
	require.NotEmpty(t, rows)
	require.LessOrEqual(t, len(activities)+len(rows), 10)
	activities, rows = energy.Search("zzz", "en", 10)
	require.Empty(t, activities)
	require.Empty(t, rows)
}

func TestTitle_OfEveryActivity_IsOneOfItsNames(t *testing.T) {
	t.Parallel()
	all, _ := energy.Search("", "en", 10_000)
	for _, language := range energy.Languages {
		known := 0
		for _, a := range all {
			title, in := a.Title(language)
			require.Contains(t, []string{language, "en"}, in)
			require.Same(t, a, energy.Find(title), "%s is no name of %s", title, a.Key)
			if in == language {
				known++
			}
		}
		require.Greater(t, known, 200, language)
	}
	title, in := energy.Find("tennis").Title("pt")
	require.Equal(t, []string{"Tennis", "en"}, []string{title, in}, "where there is none it is in English")
	title, in = energy.Find("running").Title("xx")
	require.Equal(t, []string{"Running", "en"}, []string{title, in})
}

func TestSearch_AskedLanguage_ComesFirst(t *testing.T) {
	t.Parallel()
	first := func(query, language string) string {
		activities, _ := energy.Search(query, language, 3)
		return activities[0].Key
	}
	require.Equal(t, "vr_fitness", first("fitn", "fr"), "Fitness en réalité virtuelle")
	require.Equal(t, "group_fitness_class", first("fitn", "de"), "Fitnesskurs")
	require.Equal(t, "crossfit", first("fitn", "pt"), "no title, and so by key: it is also called functional fitness")
	require.Equal(t, "running", first("corrida", "de"), "the exact name comes first in every language")
}
