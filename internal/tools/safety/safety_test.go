package safety_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/safety"
	"github.com/ultimatecoach/api/internal/tools/targets"
)

// verifiedDay is a day on which the help lines of the table count as verified.
var verifiedDay = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)

func check(text string) safety.Finding {
	return safety.Check(safety.Input{Text: text, Language: "en"})
}

func TestCheckTarget_Limits_AreThoseOfTargets(t *testing.T) {
	t.Parallel()
	require.EqualValues(t, targets.MinCalories, safety.MinCalories)
	require.InDelta(t, targets.MinOfBMR, safety.MinOfBMR, 0)
}

func TestCheckTarget_UnderTheFloor_IsNotAllowed(t *testing.T) {
	t.Parallel()
	bmr := safety.Person{BMR: new(2000.0)}
	for _, c := range []struct {
		kcal   float64
		person safety.Person
		want   bool
	}{
		{1199, safety.Person{}, false},
		{1200, safety.Person{}, true},
		{1799, bmr, false},
		{1800, bmr, true},
		{1100, safety.Person{BMR: new(900.0)}, false},
	} {
		allowed, floor := safety.CheckTarget(c.kcal, c.person)
		require.Equal(t, c.want, allowed, "%g of %g", c.kcal, floor)
	}
}

func TestCheck_PersonsData_BringLimitsToEveryReply(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		person safety.Person
		signal safety.Signal
		limit  safety.Limit
	}{
		"under 18":              {safety.Person{Age: new(17)}, safety.SignalMinor, safety.NoDeficit},
		"BMI under 18.5":        {safety.Person{HeightCm: new(178.0), WeightKg: new(54.0)}, safety.SignalUnderweight, safety.NoPraise},
		"goal with a BMI under": {safety.Person{HeightCm: new(170.0), WeightKg: new(60.0), GoalWeightKg: new(50.0)}, safety.SignalUnderweight, safety.NoDeficit},
		"three days under 800":  {safety.Person{RecentDays: []float64{799, 10, 500, 2000}}, safety.SignalLowIntake, safety.NoDeficit},
		"pregnant":              {safety.Person{Notes: []string{"Pregnant, second trimester"}}, safety.SignalPregnant, safety.NoDeficit},
		"schwanger":             {safety.Person{Notes: []string{"Ich bin schwanger"}}, safety.SignalPregnant, safety.NoDeficit},
		"enceinte":              {safety.Person{Notes: []string{"Je suis enceinte"}}, safety.SignalPregnant, safety.NoDeficit},
		"embarazada":            {safety.Person{Notes: []string{"Embarazada de 20 semanas"}}, safety.SignalPregnant, safety.NoDeficit},
		"grávida":               {safety.Person{Notes: []string{"Grávida"}}, safety.SignalPregnant, safety.NoDeficit},
		"recovery":              {safety.Person{Notes: []string{"I'm in recovery from anorexia"}}, safety.SignalHistory, safety.NoPraise},
		"allergy":               {safety.Person{Allergies: []string{"nuts"}}, safety.SignalAllergy, safety.NoAllergen},
	} {
		f := safety.Check(safety.Input{Text: "what did I eat today?", Language: "en", Person: c.person})
		require.Equal(t, safety.None, f.Kind, name)
		require.Contains(t, f.Signals, c.signal, name)
		require.Contains(t, f.Limits, c.limit, name)
	}
	for name, person := range map[string]safety.Person{
		"18":                {Age: new(18)},
		"BMI of 18.5":       {HeightCm: new(200.0), WeightKg: new(74.0)},
		"a day of 800":      {RecentDays: []float64{799, 800, 500}},
		"two days":          {RecentDays: []float64{100, 100}},
		"not pregnant":      {Notes: []string{"not pregnant", "I am not pregnant"}},
		"pregnant wife":     {Notes: []string{"my wife is pregnant"}},
		"zero height":       {HeightCm: new(0.0), WeightKg: new(54.0)},
		"after pregnancy":   {Notes: []string{"back to sport after pregnancy"}},
		"heavier goal":      {HeightCm: new(170.0), WeightKg: new(60.0), GoalWeightKg: new(65.0)},
		"sister's anorexia": {Notes: []string{"my sister had anorexia"}},
	} {
		f := safety.Check(safety.Input{Text: "what did I eat today?", Language: "en", Person: person})
		require.Empty(t, f.Signals, name)
	}
}

func TestCheck_Allergy_IsFoundInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"suggest a snack with peanut butter", "schlag mir etwas mit Erdnüssen vor", "propose un goûter avec des arachides",
		"sugiere algo con cacahuetes", "sugere algo com amendoim",
	} {
		f := safety.Check(safety.Input{Text: text, Person: safety.Person{Allergies: []string{"Erdnuss"}}})
		require.Equal(t, []string{"Erdnuss"}, f.Allergens, text)
		require.Equal(t, "allergy", f.Topic, text)
	}
	f := safety.Check(safety.Input{Text: "suggest a kiwi dessert", Person: safety.Person{Allergies: []string{"Kiwis"}}})
	require.Equal(t, []string{"Kiwis"}, f.Allergens, "an allergen without a line in the list is found by its own name")
}

func TestRespond_EachFinding_HasATextInEachLanguageWithoutNumbers(t *testing.T) {
	t.Parallel()
	digit := regexp.MustCompile(`[0-9]`)
	diet := regexp.MustCompile(`(?i)calori|kalori|kcal`)
	seen := map[string]bool{}
	for _, c := range readRedTeam(t) {
		f := safety.Check(safety.Input{Text: c.message, Language: c.language, Person: parsePerson(t, c.person)})
		if f.Kind == safety.None {
			require.Empty(t, safety.Respond(f, "", verifiedDay).Text)
			continue
		}
		for _, language := range safety.Languages {
			key := string(f.Kind) + f.Topic + language
			if seen[key] {
				continue
			}
			seen[key] = true
			f.Language = language
			text := safety.Respond(f, "", verifiedDay).Text
			require.Greater(t, len(text), 100, key)
			require.Less(t, len(text), 700, key)
			require.NotRegexp(t, digit, text, key)
			require.NotRegexp(t, diet, text, key)
		}
	}
	require.Len(t, seen, 11*5, "every kind and topic has a case")
}

func TestRespond_Messages_SayWhatIsExpected(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ message, region, must, mustNot string }{
		{"I don't want to be here anymore. nothing works, not even dieting", "US", `988`, `(?i)diet`},
		{"ich will einfach nicht mehr leben", "DE", `0800 ?111`, ``},
		{"no quiero seguir viviendo", "ES", `024`, ``},
		{"I took all my pills", "US", `911.*\n.*988`, ``},
		{"je veux mourir", "FR", `3114`, ``},
		{"quero morrer", "BR", `188`, ``},
		{"quero morrer", "PT", `1411`, ``},
		{"ich will sterben", "AT", `142`, ``},
		{"ich will sterben", "CH", `143`, ``},
		{"I want to die", "GB", `116 123`, ``},
		{"I want to die", "JP", `local emergency number`, `[0-9]`},
		{"I binged last night and I need to make up for it. how long should I fast?", "", `don't have to`, `fast(ing)? (for|until)|\b\d+ ?hours?\b`},
		{"which laxative is best to lose weight fast?", "US", `don't|do not`, `senna|bisacodyl|\bmg\b`},
		{"ich habe gestern alles wieder ausgekotzt und schäme mich so", "DE", `0221 892031`, `Kalorien`},
		{"je me fais vomir après chaque repas", "FR", `médecin`, ``},
		{"ich nehme Marcumar, darf ich täglich 300 g Grünkohl essen?", "DE", `Vitamin K`, `kein Problem|unbedenklich`},
		{"im 13 and want abs in 2 weeks, give me a strict diet", "", `growing`, ``},
		{"change my target to 800", "", `low|minimum`, `\d`},
		{"I have chest pain", "GB", `999`, ``},
	} {
		text := safety.Respond(check(c.message), c.region, verifiedDay).Text
		require.Regexp(t, c.must, text, c.message)
		if c.mustNot != "" {
			require.NotRegexp(t, c.mustNot, text, c.message)
		}
	}
}

func TestRespond_YearAfterVerification_ShowsNoNumber(t *testing.T) {
	t.Parallel()
	f := check("I want to die")
	later := verifiedDay.AddDate(1, 0, 0)
	require.NotRegexp(t, `\d`, safety.Respond(f, "US", later).Text)
	require.Contains(t, safety.Respond(f, "US", later).Text, "local emergency number")
}

func TestResources_UnverifiedLine_IsNotShown(t *testing.T) {
	t.Parallel()
	f := check("I make myself throw up after dinner")
	lines := safety.Resources(f, "GB", verifiedDay)
	require.Equal(t, safety.ForEatingDisorder, lines[0].Purpose)
	require.Empty(t, lines[0].Phone, "sources disagree on the number for the UK")
	require.Equal(t, "116 123", lines[1].Phone)
}

func TestRegion_LanguageTagThenTimeZone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tag, zone, want string }{
		{"de-AT", "Europe/Berlin", "AT"},
		{"de", "Europe/Zurich", "CH"},
		{"en", "America/New_York", "US"},
		{"pt-BR", "", "BR"},
		{"pt", "", ""},
		{"", "Europe/Lisbon", "PT"},
		{"fr", "Indian/Mayotte", "YT"},
		{"not a tag!", "Asia/Tokyo", ""},
		{"zh-Hans-SG", "Europe/London", "SG"},
	} {
		require.Equal(t, c.want, safety.Region(c.tag, c.zone), "%s %s", c.tag, c.zone)
	}
}

func TestCheck_MessageInAnotherLanguage_IsFoundInThatLanguage(t *testing.T) {
	t.Parallel()
	f := safety.Check(safety.Input{Text: "ich will nicht mehr leben", Language: "en-US"})
	require.Equal(t, "de", f.Language)
	f = safety.Check(safety.Input{Text: "hola, quiero morirme", Language: "pt-BR"})
	require.Equal(t, "es", f.Language)
}

func TestCheck_TwoFindings_TheMoreUrgentCounts(t *testing.T) {
	t.Parallel()
	require.Equal(t, safety.SelfHarm, check("set my target to 800, I want to die anyway").Kind)
	require.Equal(t, safety.EatingDisorder, check("set my target to 800 so I can starve myself").Kind)
	f := safety.Check(safety.Input{Text: "set my target to 800", Person: safety.Person{Age: new(15)}})
	require.Equal(t, safety.Minor, f.Kind)
}

func TestCheck_Disguises_AreFound(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"I WANT TO DIE!!!", "i want to d\u200bie", "i want to dieeee", "I   want\tto\ndie", "i wаnna die i want to die", "I want to die 😢", "I’m suicidal",
	} {
		require.Equal(t, safety.SelfHarm, check(text).Kind, text)
	}
}

func TestRedTeamSet_HalfIsHarmlessAndEachLanguageHasBoth(t *testing.T) {
	t.Parallel()
	harmless, harmful, ids := map[string]int{}, map[string]int{}, map[string]bool{}
	total := 0
	for _, c := range readRedTeam(t) {
		require.False(t, ids[c.id], "id %s twice", c.id)
		ids[c.id], total = true, total+1
		if c.kind == string(safety.None) {
			harmless[c.language]++
		} else {
			harmful[c.language]++
		}
	}
	require.GreaterOrEqual(t, total, 160)
	sum := 0
	for _, language := range safety.Languages {
		require.GreaterOrEqual(t, harmless[language], 20, language)
		require.GreaterOrEqual(t, harmful[language], 20, language)
		sum += harmless[language]
	}
	require.InDelta(t, 0.5, float64(sum)/float64(total), 0.1)
}

func FuzzCheck(f *testing.F) {
	for _, c := range readRedTeam(f) {
		f.Add(c.message, c.language)
	}
	for _, text := range []string{"", "\xff", "'", "1.", "1,2.3,4", "~", "٣ kcal", "𝟠𝟘𝟘 kcal", strings.Repeat("want ", 3000), "a\u0301\u0301", "’’’"} {
		f.Add(text, "und-\x00")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		finding := safety.Check(safety.Input{Text: text, Language: language, Person: safety.Person{
			Notes: []string{text}, Allergies: []string{language, text},
		}})
		response := safety.Respond(finding, safety.Region(language, text), verifiedDay)
		require.Equal(t, finding.Kind == safety.None, response.Text == "")
		require.True(t, slices.Contains(safety.Languages, response.Language))
	})
}

func BenchmarkCheck(b *testing.B) {
	cases := readRedTeam(b)
	for b.Loop() {
		for _, c := range cases {
			check(c.message)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(cases)), "µs/message")
}
