package intent

import (
	"regexp"
	"slices"
	"strings"
)

// A question is often no phrase of the table of rules, but is made of a subject (a nutrient, a meal, a food, sport, the weight), a measure
// (what is left, an average, how often, more than before) and a time. This file reads those parts.

var (
	// compared is a measure that is compared with that of another time: "more protein than last week", "plus que la semaine dernière".
	compared = regexp.MustCompile(
		`\b(?:more|less|fewer|better|worse|mehr|weniger|besser|schlechter|plus|moins|mieux|mas|menos|mejor|peor|mais|melhor|pior)\b` +
			`.{0,30}?\b(?:than|als|qu'|que)\b(.+)$|\b(?:compared (?:to|with)|versus|vs\.?|im vergleich (?:zu[rm]?|mit)|verglichen mit|par rapport a|` +
			`compare a|comparado (?:con|com)|en comparacion con|em comparacao com)\b(.+)$`,
	)
	// perHundred is the amount of a food in a question about it.
	perHundred = regexp.MustCompile(`\b(?:per|pro|pour|por|auf|je|each|in) 100 ?(?:g|gr|grams?|gramm|grammes|gramos|gramas|ml)\b`)
	eatenByMe  = regexp.MustCompile(
		`\b(?:i|we|ich|wir|je|j'ai|ai-je|on|nous|yo|he|hemos|eu|tenho|ando)\b.{0,30}\b(?:` + alternatives(
			"ate",
		) + `|eat|drink|eating|drinking|comido|comendo|bebendo)\b|` +
			`\b(?:have|did) i\b|\b(?:hab|hatt|ess|trink)e? ich\b|\b(?:comi|como|bebi|bebo|tome|tomo|tomei|` + alternatives("we_ate") + `)\b`,
	)
	// mustDo asks for an activity that would burn something.
	mustDo = regexp.MustCompile(`\b(?:have to|need to|must|muss|musste|faut|dois|devrais|tengo que|hay que|debo|tenho que|preciso|devo)\b`)
	// asksHow begins a question about a night.
	asksHow = regexp.MustCompile(`\b(?:how (?:did|have|do|was|well|long)|wie (?:hab|war|lange|gut)|comment|como)\b`)
)

// record reads questions about water and sleep. It returns false when another subject is meant ("what should I eat for better sleep").
func (p *parser) record(r *rule) bool {
	about, ok := find("record", p.text)
	if !ok || r != nil && !slices.Contains([]Intent{Cannot, Copy, Frequency, Remaining, RangeSummary, MealsList, DayTotal}, r.intent) {
		return false
	}
	if p.u.Nutrient != "" || p.u.From.IsZero() && !has("how_many", p.text) && !has("stat", p.text) && !asksHow.MatchString(p.text) {
		return false
	}
	p.u.Intent, p.u.Record = DayTotal, about
	return true
}

// strongly reads the questions whose parts say more than any phrase in them. It returns false when there is none.
func (p *parser) strongly() bool {
	t := numbersAsDigits(p.text)
	_, activity := activityIn(p.text)
	measured := duration.MatchString(t) || distance.MatchString(t)
	switch m := compared.FindStringSubmatch(p.text); {
	case m != nil && p.compare(m[1]+m[2]):
	case measured && activity != "" && p.u.From.IsZero() && (has("burn", t) || asksForEnergy(t)) && !has("left", t):
		p.u.Intent = EnergyEstimate
	case activity != "" && has("burn", t) && mustDo.MatchString(t):
		p.u.Intent = EnergyEstimate
	case calories.MatchString(t) && has("below", t) && (has("something", p.text) || has("meal", t)) && !has("ate", t),
		quantity.MatchString(t) && has("could", t) && has("meal", t):
		p.u.Intent = SuggestFood
	default:
		return false
	}
	return true
}

func asksForEnergy(t string) bool {
	key, ok := find("nutrient", t)
	return ok && key == "calories"
}

// compare reads the time that another one is compared with.
func (p *parser) compare(t string) bool {
	other := parser{in: p.in, text: strings.TrimSpace(t)}
	other.days()
	other.period()
	if other.u.From.IsZero() {
		return false
	}
	p.u.From, p.u.To, p.u.Compares = other.u.From, other.u.To, true
	switch {
	case has("weight_of", p.text):
		p.u.Intent = WeightTrend
	case has("sport", p.text) || has("activity", p.text):
		p.u.Intent = ActivitySummary
	default:
		p.u.Intent = RangeSummary
		if p.u.Nutrient == "" { // "did I eat more"
			p.u.Nutrient = "calories"
		}
	}
	return true
}

// weakly reads the questions that no phrase decides.
func (p *parser) weakly() {
	food := p.foodIn(p.text)
	isFood := len(p.itemsOf(food)) > 0
	counts := has("how_many", p.text)
	switch {
	case p.u.Nutrient != "" && isFood && !has("self", p.text) && p.u.From.IsZero():
		p.u.Intent = FoodFacts
		p.u.Items = p.itemsOf(food)
	case p.u.Nutrient == "" && has("weight_of", p.text) && !has("ate", p.text):
		p.u.Intent = WeightTrend
	case p.u.Nutrient == "" && isFood && counts && eatenByMe.MatchString(p.text):
		p.u.Intent, p.u.Phrase = Frequency, food
	case p.u.Nutrient == "" && isFood && counts && !p.isOtherThanFood(): // "how many beers on Saturday"
		p.u.Intent, p.u.Phrase = Frequency, food
	case p.u.Nutrient != "", counts && eatenByMe.MatchString(p.text) && !isFood:
		p.u.Intent = DayTotal
	case has("sport", p.text) || has("activity", p.text):
		p.u.Intent = ActivitySummary
	case has("diary", p.text) || has("meal", p.text) || has("food_of", p.text) || eatenByMe.MatchString(p.text):
		p.u.Intent = MealsList
	case !p.u.From.IsZero() && (has("self", p.text) || macros.MatchString(p.text)): // "how was my Tuesday"
		p.u.Intent = DayTotal
	}
}

// isOtherThanFood returns whether the text is about activities, weight, whole meals or entries.
func (p *parser) isOtherThanFood() bool {
	return slices.ContainsFunc(
		[]string{"sport", "activity", "burn", "diary", "meal", "food_of", "weight_of", "record"},
		func(kind string) bool {
			return has(kind, p.text)
		},
	)
}

// asksInParts returns whether a text without a question word is a question by its parts: a nutrient with a time or a measure and nothing
// else, what is left of a nutrient, or several days, which nothing can be logged for.
func (p *parser) asksInParts() bool {
	t := numbersAsDigits(p.text)
	_, nutrient := find("nutrient", t)
	time := !p.u.From.IsZero() || aMonth.MatchString(t) || since.MatchString(t) || has("moment", t)
	switch {
	case calories.MatchString(t) && has("below", t) && (has("something", p.text) || has("meal", t)) && !has("ate", t):
		return true
	case matching(p.text, func(i Intent) bool { return i == None }) != nil: // "no alcohol this weekend"
		return false
	case has("record", t) && asksHow.MatchString(t):
		return true
	case has("stat", t) && has("weight_of", t) && !digits.MatchString(t):
		return true
	case p.u.To.After(p.u.From) && !calories.MatchString(t) && !heft.MatchString(t):
		return true
	case !nutrient:
		return false
	case has("left", t) && !digits.MatchString(t):
		return true
	case (time || has("stat", t)) && p.foodIn(p.text) == "":
		return true
	}
	return compared.MatchString(t)
}

// foodIn returns the words of a question that name a food: the longest run without the words of nutrients and times, and without the
// words around them ("how much … is there in a …").
func (p *parser) foodIn(t string) (food string) {
	t = strings.Trim(numbersAsDigits(t), " ?!.")
	t = eatenByMe.ReplaceAllString(perHundred.ReplaceAllString(t, "|"), "|")
	for _, pattern := range timesOfQuestions {
		t = pattern.ReplaceAllString(t, "|")
	}
	for _, kind := range []string{"nutrient", "evening", "day", "weekday", "this", "stat", "moment", "ate"} {
		t = lexicons[kind].all.ReplaceAllString(t, "|")
	}
	for part := range strings.SplitSeq(t, "|") {
		if part = p.withoutKind("around", part); len(part) > len(food) && p.withoutMeals(part) != "" {
			food = part
		}
	}
	return food
}

// timesOfQuestions are several days, and months.
var timesOfQuestions = []*regexp.Regexp{weekend, fromDayTo, dayAndMonth, dayOfMonth, aMonth, ago, longAgo, aSpan, since}

// aSpan is a number of days, weeks or months: "the last two weeks", "semana pasada".
var aSpan = func() *regexp.Regexp {
	last := "(?:" + alternatives("last") + ")"
	before := "(?:(?:" + last + "|" + alternatives("this") + "|[0-9]+) )*"
	return regexp.MustCompile(`\b` + before + `(?:` + alternatives("span") + `)(?:'s)?\b(?: ` + last + `)?`)
}()

// withoutKind removes phrases of a kind at the beginning and at the end of a text.
func (p *parser) withoutKind(kind, t string) string {
	words := strings.Fields(strings.NewReplacer(",", " ", "d'", "d' ", "l'", "l' ", "?", " ", ";", " ").Replace(t))
	isOne := func(w []string) bool {
		phrase := strings.Trim(strings.Join(w, " "), ".,!:;")
		_, is := lexicons[kind].values[phrase]
		return is && foodInLanguage[phrase] != p.u.Language
	}
	for cut := true; cut; {
		cut = false
		for n := min(3, len(words)); n > 0; n-- {
			if len(words) >= n && isOne(words[:n]) {
				words, cut = words[n:], true
			}
			if len(words) >= n && isOne(words[len(words)-n:]) {
				words, cut = words[:len(words)-n], true
			}
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(strings.Join(words, " "), "d' ", "d'"), "l' ", "l'")
}
