package intent_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/ultimatecoach/api/internal/tools/intent"
	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// saturday is the day of all tests.
var saturday = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)

func parse(text string) intent.Utterance {
	return intent.Parse(text, intent.Context{Today: saturday, Language: "en"})
}

func TestParse_Days_AreThoseOfTheCalendar(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"what did I eat yesterday": "2026-11-27 2026-11-27", "was habe ich vorgestern gegessen?": "2026-11-26 2026-11-26",
		"what did I eat on Saturday": "2026-11-21 2026-11-21", "qu'est-ce que j'ai mangé lundi ?": "2026-11-23 2026-11-23",
		"o que eu comi na segunda-feira?": "2026-11-23 2026-11-23", "¿qué comí el miércoles?": "2026-11-25 2026-11-25",
		"average calories over the last two weeks": "2026-11-15 2026-11-28", "average calories last week": "2026-11-16 2026-11-22",
		"promedio de calorías de la semana pasada": "2026-11-16 2026-11-22", "moyenne des 3 derniers jours": "2026-11-26 2026-11-28",
		"Durchschnitt der letzten 10 Tage": "2026-11-19 2026-11-28", "total calories this week": "2026-11-23 2026-11-28",
		"average protein this month": "2026-11-01 2026-11-28", "média do mês passado": "2026-10-01 2026-10-31",
		"what did I eat 3 days ago": "2026-11-25 2026-11-25", "was habe ich vor 2 Tagen gegessen?": "2026-11-26 2026-11-26",
		"how is my weight?": "0001-01-01 0001-01-01", "how much sugar since Monday": "2026-11-23 2026-11-28",
		"average protein in October": "2026-10-01 2026-10-31", "Kalorien im Dezember": "2025-12-01 2025-12-31",
		"qu'est-ce que j'ai mangé le 3 novembre": "2026-11-03 2026-11-03", "was habe ich am 12.11. gegessen": "2026-11-12 2026-11-12",
		"calorías de lunes a jueves": "2026-11-23 2026-11-26", "quanto comi no fim de semana": "2026-11-21 2026-11-22",
		"calories in the past month": "2026-10-30 2026-11-28", "did I eat more than yesterday?": "2026-11-27 2026-11-27",
	} {
		u := parse(text)
		assert.Equal(t, want, u.From.Format(time.DateOnly)+" "+u.To.Format(time.DateOnly), text)
	}
}

func TestParse_Amounts_AreNumbersInFrontOfTheFood(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"half an avocado": "0.5 avocado", "one and a half bananas": "1.5 bananas", "anderthalb Avocados": "1.5 avocados",
		"1 1/2 cups of rice": "1.5 cups of rice", "½ cup oats": "0.5 cup oats", "1,5 l d'eau": "1.5 l d'eau", "eggs x3": "3 eggs",
		"2 x 170 g yogurt": "340 g yogurt", "two 150 g chicken breasts": "300 g chicken breasts", "deux yaourts de 125 g": "250 g yaourts",
		"2-3 slices of pizza": "2.5 slices of pizza", "120 to 150 g rice": "135 g rice", "chicken 180g": "180 g chicken",
		"une demi-tasse de riz": "0.5 tasse de riz", "meia xícara de arroz": "0.5 xicara de arroz", "trois parts de pizza": "3 slices de pizza",
		"three quarters of a cup of granola": "0.75 cup of granola", "black coffee, no sugar": "black coffee", "Kaffee ohne Zucker": "kaffee",
		"I just had a bagel, thanks!": "1 bagel", "café sem açúcar": "cafe", "0% greek yogurt": "0% greek yogurt",
	} {
		u := parse(text)
		assert.Equal(t, intent.Log, u.Intent, text)
		if assert.Len(t, u.Items, 1, text) {
			assert.Equal(t, want, u.Items[0].Text(), text)
		}
	}
}

func TestParse_Items_AreDividedAndMayBeJoined(t *testing.T) {
	t.Parallel()
	u := parse("mac and cheese with 200 g broccoli for dinner")
	assert.Equal(t, "dinner", u.Meal)
	if assert.Len(t, u.Items, 3) {
		assert.Equal(t, "mac and cheese", u.Items[0].Joined)
		assert.True(t, u.Items[2].Accompaniment)
		assert.Empty(t, u.Items[1].Joined, "an amount begins another food")
	}
	u = parse("breakfast: 2 eggs, toast; lunch: soup")
	if assert.Len(t, u.Items, 3) {
		assert.Equal(t, []string{"breakfast", "breakfast", "lunch"}, []string{u.Items[0].Meal, u.Items[1].Meal, u.Items[2].Meal})
	}
}

func TestParse_Corrections_NameWhatIsRightAndWhatIsWrong(t *testing.T) {
	t.Parallel()
	u := parse("no, two")
	assert.Equal(t, intent.Correct, u.Intent)
	assert.Equal(t, []intent.Item{{Amount: 2}}, u.Items)
	for _, text := range []string{"not butter, margarine", "I meant margarine, not butter", "nicht butter, sondern margarine", "pas butter mais margarine"} {
		u = parse(text)
		assert.Equal(t, intent.Correct, u.Intent, text)
		assert.Equal(t, []string{"butter"}, u.Without, text)
		if assert.Len(t, u.Items, 1, text) {
			assert.Equal(t, "margarine", u.Items[0].Rest, text)
		}
	}
}

func TestParse_Limits_AreByNutrient(t *testing.T) {
	t.Parallel()
	u := parse("suggest a snack with 20 g protein and 5 g fibre under 200 kcal and at most 10 g sugar")
	assert.Equal(t, intent.SuggestFood, u.Intent)
	assert.Equal(t, map[string]float64{"protein_g": 20, "fiber_g": 5}, u.Min)
	assert.Equal(t, map[string]float64{"calories": 200, "sugar_g": 10}, u.Max)
}

func TestParse_Weights_AreInKilograms(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"80.5 kg": 80.5, "ich wiege 80,5 kg": 80.5, "177 lb this morning": 80.286, "I weigh 12 st": 76.2, "weight 80": 80, "meu peso é 70 kg": 70,
	} {
		u := parse(text)
		assert.Equal(t, intent.Weight, u.Intent, text)
		assert.InDelta(t, want, u.WeightKg, 0.01, text)
	}
	for _, text := range []string{"1 lb of strawberries", "1 kg potatoes", "I want to lose 5 kg", "I am 18 and want to lose weight"} {
		assert.NotEqual(t, intent.Weight, parse(text).Intent, text)
	}
}

func TestParse_NutrientsOfTheTable_AreKnownToTheContract(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"protein", "Eiweiß", "glucides", "grasa", "fibra", "Zucker", "vitamin d", "hierro", "sódio"} {
		_, known := nutrient.ByKey(parse("how much " + text + " did I eat today?").Nutrient)
		assert.True(t, known, text)
	}
}

func TestParse_TimesOfTheDay_AreMinutesAndNoAmounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"at 8 two eggs": 480, "um 13 Uhr zwei Eier": 780, "à 8h30 deux oeufs": 510, "a las 7 de la tarde dos huevos": 1140, "às 8h dois ovos": 480,
		"at 7:30 pm two eggs": 1170,
	} {
		u := parse(text)
		assert.Equal(t, intent.Log, u.Intent, text)
		if assert.NotNil(t, u.Clock, text) && assert.Len(t, u.Items, 1, text) {
			assert.Equal(t, want, *u.Clock, text)
			assert.InDelta(t, 2.0, u.Items[0].Amount, 0, text)
		}
	}
	for _, text := range []string{"8 eggs", "about 8 almonds", "1h de natation", "a 2 g vitamin"} {
		assert.Nil(t, parse(text).Clock, text)
	}
}

func TestParse_SeveralStatements_AreReadEach(t *testing.T) {
	t.Parallel()
	u := parse("ran 5 km in 28 min, then ate a banana and 2 eggs for breakfast")
	assert.Equal(t, intent.Activity, u.Intent)
	assert.InDelta(t, 28.0, u.Minutes, 0)
	if assert.Len(t, u.Also, 1) {
		assert.Equal(t, intent.Log, u.Also[0].Intent)
		assert.Equal(t, "breakfast", u.Also[0].Meal)
		assert.Len(t, u.Also[0].Items, 2)
	}
	for _, text := range []string{"2 eggs and toast", "tea with milk but no sugar", "meu peso é 70 kg", "2 eggs, boiled for 8 minutes"} {
		assert.Empty(t, parse(text).Also, text)
	}
}

func TestParse_Changes_AreOfTargetsOrTheProfile(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]intent.Change{
		"set my protein goal to 150 g": {Target: 150}, "ich möchte 2 kg abnehmen": {Goal: "lose_weight", LoseKg: 2},
		"I'm 5 ft 9 tall": {HeightCm: 175.26}, "je mesure 1m80": {HeightCm: 180}, "my goal weight is 70 kg": {GoalWeightKg: 70},
		"change my goal to lose": {Goal: "lose_weight"}, "can you set my calories to 2000?": {Target: 2000},
	} {
		if u := parse(text); assert.NotNil(t, u.Change, text) {
			assert.Equal(t, want, *u.Change, text)
		}
	}
	for _, text := range []string{"put 300 kcal for lunch", "what is my goal?", "I want to eat pizza", "I lost 2 kg", "how do I lose weight?"} {
		assert.Nil(t, parse(text).Change, text)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "?", "2 eggs", "no, two", "½", "1/0 x", "x3", "breakfast:", "lunch: ; dinner:", "2-1 eggs", "le le le le", "d'", "999999999999999999 kg",
		"\x00\xff", "with with with", "how many calories are in", "not , but", "suggest 5 g", "1,5,5 l", "a a a a", "İ ß ﬁ",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u := parse(text)
		if u.Intent == "" || u.Language == "" {
			t.Fatalf("%q is %+v", text, u)
		}
		for _, item := range u.Items {
			if item.Amount < 0 || !utf8.ValidString(item.Rest) {
				t.Fatalf("%q has %+v", text, item)
			}
		}
	})
}

func TestParse_SlipsOfSpelling_AreCorrectedInQuestionsAlone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"how much protien did I have yesteday": "protein_g", "wie viel eiweis hatte ich gestern": "protein_g",
		"combien de protéinnes hier": "protein_g", "how many carbs in quinoa": "carbs_g",
	} {
		assert.Equal(t, want, parse(text).Nutrient, text)
	}
	assert.Equal(t, "quinoa", parse("how many carbs in quinoa").Items[0].Rest)
	assert.Equal(t, "caloreis bar", parse("2 caloreis bar").Items[0].Rest)
}

func TestParse_Distances_AreWholeNumbersOfKilometres(t *testing.T) {
	t.Parallel()
	for text, km := range map[string]float64{
		"ran 5 km": 5, "ran 1e9 km": 0, "8000 steps": 6, "caminé 10.000 pasos": 7.5, "bin 10.000 Schritte gegangen": 7.5,
	} {
		assert.InDelta(t, km, parse(text).DistanceKm, 0.001, text)
	}
}

func TestParse_AmountsInOtherPlaces_BelongToTheirFood(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"a tub of quark, 150 g":                            {"150 g quark"},
		"had pizza, 4 slices":                              {"4 slices pizza"},
		"un kiwi y medio":                                  {"1.5 kiwi"},
		"galletas maria 4":                                 {"4 galletas maria"},
		"dos cucharadas de aceite y una de vinagre":        {"2 cucharadas de aceite", "1 cucharadas de vinagre"},
		"a small bowl of berries":                          {"1 bowl of berries"},
		"lait demi-écrémé":                                 {"lait semi-ecreme"},
		"cerveza sin alcohol":                              {"non alcoholic beer"},
		"cashews before bed":                               {"cashews"},
		"ein Stück Kuchen am Nachmittag":                   {"1 stuck kuchen"},
		"I forgot to log my lunch, it was a tuna sandwich": {"1 tuna sandwich"},
	} {
		var items []string
		for _, item := range parse(text).Items {
			items = append(items, item.Text())
		}
		assert.Equal(t, want, items, text)
	}
}

func TestParse_WhatWasNotEaten_IsNotLogged(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"no thanks, no cake for me today", "kein Alkohol heute", "Ich überlege, ob ich noch ein Eis esse", "je pense manger des sushis ce soir",
		"ni un dulce en todo el día", "vou fazer uma vitamina mais tarde", "decided against dessert", "nachher gibt's noch Kuchen",
	} {
		assert.Equal(t, intent.None, parse(text).Intent, text)
	}
}

func TestParse_CorrectedEnergy_IsNoAmountOfAFood(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"no, 450 kcal", "nein, es waren 450 kcal", "non, 450 kcal", "no, eran 450 kcal", "não, 450 kcal"} {
		u := parse(text)
		assert.Equal(t, intent.Correct, u.Intent, text)
		assert.InDelta(t, 450, u.Kcal, 0.001, text)
		assert.Empty(t, u.Items, text)
	}
}

func TestParse_CopyOfAnotherDay_IsOfTheEarlierDay(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"heute Mittag das gleiche wie gestern Mittag", "repeat yesterday's lunch", "repite el almuerzo de ayer", "wieder das Mittagessen von gestern",
	} {
		u := parse(text)
		assert.Equal(t, intent.Copy, u.Intent, text)
		assert.Equal(t, "lunch", u.Meal, text)
		assert.Equal(t, saturday.AddDate(0, 0, -1), u.From, text)
	}
}

func TestParse_CorrectedMealOrDay_IsNoFood(t *testing.T) {
	t.Parallel()
	yesterday := saturday.AddDate(0, 0, -1)
	for text, want := range map[string]struct {
		meal string
		day  time.Time
	}{
		"actually it was for lunch": {meal: "lunch"}, "make it dinner": {meal: "dinner"}, "no, yesterday": {day: yesterday},
		"nein, zum Mittagessen": {meal: "lunch"}, "es war zum Frühstück": {meal: "breakfast"}, "nein, gestern": {day: yesterday},
		"c'était au déjeuner": {meal: "lunch"}, "non, hier": {day: yesterday}, "fue en el almuerzo": {meal: "lunch"},
		"no, ayer": {day: yesterday}, "foi no almoço": {meal: "lunch"}, "não, ontem": {day: yesterday},
	} {
		u := parse(text)
		assert.Equal(t, intent.Correct, u.Intent, text)
		assert.Equal(t, want.meal, u.Meal, text)
		assert.Equal(t, want.day, u.From, text)
		assert.Empty(t, u.Items, text)
	}
	u := parse("no, two eggs for lunch")
	assert.Equal(t, "lunch", u.Meal)
	assert.Equal(t, "2 eggs", u.Items[0].Text())
}

func TestParse_DeletingWhatIsStored_IsToTakeBack(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"delete my breakfast", "remove yesterday's dinner", "lösche den Eintrag von gestern", "supprime mon déjeuner", "borra mi cena de ayer",
		"apaga o meu almoço", "undo", "can you delete my last meal?",
	} {
		assert.Equal(t, intent.TakeBack, parse(text).Intent, text)
	}
	u := parse("remove the 2 eggs I logged")
	assert.Equal(t, intent.TakeBack, u.Intent)
	assert.Equal(t, []string{"2 eggs"}, u.Without)
}

func TestParse_SetsOfStrength_AreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"bench press 3x5 at 80 kg", "Bankdrücken 3x8 mit 60 kg", "développé couché 4 séries de 8 à 70 kg"} {
		assert.Equal(t, intent.Cannot, parse(text).Intent, text)
	}
	for text, want := range map[string]intent.Intent{"remove the butter": intent.Correct, "2 x 150 g chicken": intent.Log} {
		assert.Equal(t, want, parse(text).Intent, text)
	}
}

func TestParse_WhatIsNoFood_IsLeftOut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"3 rodajas de melón de postre": "3 rodajas de melon", "2 beers with my friends": "2 beers", "duas cervejas com os amigos": "2 cervejas",
		"half a melon for dessert": "0.5 melon", "10 almonds around 4": "10 almonds", "2 eggs at 8": "2 eggs", "un steak haché 125g": "125 g steak hache",
		"une omelette de 3 œufs": "3 omelette",
	} {
		u := parse(text)
		assert.Equal(t, intent.Log, u.Intent, text)
		if assert.Len(t, u.Items, 1, text) {
			assert.Equal(t, want, u.Items[0].Text(), text)
		}
	}
	u := parse("cod with potatoes, 250 g cod")
	if assert.Len(t, u.Items, 2) {
		assert.Equal(t, "250 g cod", u.Items[0].Text(), "a food that is named again has its amount")
	}
}

func TestParse_PlanToSkip_IsNoDenial(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"I feel like skipping dinner", "I'd rather skip lunch", "I'm thinking of fasting tomorrow", "I want to fast until noon",
		"ich überlege, das Abendessen ausfallen zu lassen", "je pense jeûner demain", "creo que voy a saltarme la cena", "quero pular o almoço",
	} {
		assert.Equal(t, intent.Skip, parse(text).Intent, text)
	}
	for _, text := range []string{"I skipped lunch", "ich habe das Mittagessen ausgelassen", "j'ai sauté le déjeuner", "me salté la cena", "pulei o almoço", "I want to run fast"} {
		assert.Equal(t, intent.None, parse(text).Intent, text)
	}
}

func TestParse_HowMany_CountsAndHowOften_DoesNot(t *testing.T) {
	t.Parallel()
	for text, counts := range map[string]bool{
		"how many eggs did I eat this week": true, "how much coffee this month": true, "how many beers on Saturday": true, "how many bananas": true,
		"how many eggs in the last 7 days": true, "how often did I eat eggs": false, "wie oft habe ich diese Woche Fisch gegessen": false,
		"on how many days did I eat eggs": false,
	} {
		u := parse(text)
		assert.Equal(t, intent.Frequency, u.Intent, text)
		assert.Equal(t, counts, u.Counts, text)
	}
}

func TestParse_QuestionsWithoutAMark_AreNoLogs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]intent.Intent{
		"so what did I eat on Tuesday": intent.MealsList, "whens the last time I ate sushi": intent.Frequency, "also was hatte ich gestern": intent.MealsList,
		"would a banana fit in my day": intent.Advice, "Kohlenhydrate in 200 g Kartoffeln": intent.FoodFacts, "j'ai grossi ou maigri": intent.WeightTrend,
		"c'était quand la dernière fois que j'ai mangé du poisson": intent.Frequency, "me puedo comer una donut": intent.Advice,
		"kannst du den letzten Eintrag löschen": intent.TakeBack, "sugere um lanche leve": intent.SuggestFood, "o que você consegue fazer": intent.Help,
	} {
		assert.Equal(t, want, parse(text).Intent, text)
	}
	u := parse("moyenne de protéines sur 7 jours")
	assert.Equal(t, "2026-11-22 2026-11-28", u.From.Format(time.DateOnly)+" "+u.To.Format(time.DateOnly))
}
