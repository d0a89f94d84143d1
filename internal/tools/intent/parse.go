package intent

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ultimatecoach/api/internal/tools/energy"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

// Context is what a message is read with.
type Context struct {
	// Today is the local day of the person.
	Today time.Time
	// Language is that of the profile, for messages whose words do not decide.
	Language string
}

// maxLength is how many bytes of a message are read: longer ones are no messages about a meal.
const maxLength = 4000

// Parse returns what a message says. It takes time in proportion to the length of the text.
func Parse(text string, in Context) Utterance {
	if len(text) > maxLength {
		text = strings.ToValidUTF8(text[:maxLength], "")
	}
	p := parser{in: in, text: usual(plain(text)), asked: strings.Contains(text, "?")}
	p.u.Language = safety.DetectLanguage(text, in.Language)
	p.parse()
	return p.u
}

type parser struct {
	in    Context
	text  string
	asked bool
	// halfDay is the meal that the part of the day beside a time means.
	halfDay string
	u       Utterance
}

// question is the name of the rules for texts that ask for something without a question mark.
const question Intent = "question"

// talk are intents that say all by themselves, and those of messages that are about another message.
var talk = []Intent{Greeting, Thanks, Yes, No, TakeBack, Choose, Help}

func (p *parser) parse() {
	isTalk := func(i Intent) bool { return slices.Contains(talk, i) }
	switch r := matching(p.text, isTalk); {
	case p.text == "":
		p.u.Intent = Unknown
		return
	case r != nil:
		p.u.Intent = r.intent
		p.choice()
		if r.intent == TakeBack && r.pattern.SubexpIndex("food") > 0 {
			p.u.Without = []string{p.subject(r.pattern)}
		}
		return
	}
	p.days()
	if (!p.asked || politely.MatchString(p.text)) && p.change() {
		return
	}
	isCopy := func(i Intent) bool { return i == Copy }
	isQuestion := func(i Intent) bool { return i == question }
	if p.asked || matching(p.text, isCopy) == nil && (matching(p.text, isQuestion) != nil || p.asksInParts()) {
		p.ask()
		return
	}
	if !p.isOnlyWeight() && !p.isOnlySkip() && p.several() {
		return
	}
	p.clock()
	p.one()
}

// politely begins a wish in the form of a question.
var politely = regexp.MustCompile(
	`^(?:please |hey |coach )*(?:can|could|would|will) you|^(?:kannst|konntest) du|^(?:peux-tu|tu peux|pourrais-tu)|^puedes|^(?:voce )?pode`,
)

// isOnlyWeight returns whether the text is a weight and nothing else: "meu peso é 70 kg" is one statement.
func (p *parser) isOnlyWeight() bool {
	t := numbersAsDigits(p.text)
	m := heft.FindStringIndex(t)
	return m != nil && p.saysNothing(t[:m[0]]+" "+t[m[1]:])
}

// isOnlySkip returns whether a text is a plan to leave out a meal and says nothing that was eaten.
func (p *parser) isOnlySkip() bool {
	isSkip := func(i Intent) bool { return i == Skip }
	return matching(p.text, isSkip) != nil && !digits.MatchString(numbersAsDigits(p.text)) && !has("ate", p.text)
}

var ordinals = [][]string{
	{"first", "erste", "premier", "primer", "primeir"}, {"second", "zweite", "deuxieme", "segund"},
	{"third", "dritte", "troisieme", "tercer", "terceir"}, {"fourth", "vierte", "quatrieme", "cuart", "quart"},
}

var digits = regexp.MustCompile(`[0-9]+`)

// choice reads which of several things is chosen.
func (p *parser) choice() {
	if p.u.Intent != Choose {
		return
	}
	if n, err := strconv.Atoi(digits.FindString(p.text)); err == nil {
		p.u.Choice = n
		return
	}
	for i, words := range ordinals {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p.text, w) }) {
			p.u.Choice = i + 1
			return
		}
	}
}

// questions are the intents of questions and requests.
var questions = []Intent{
	Cannot,
	Skip,
	SuggestFood,
	EnergyEstimate,
	Frequency,
	Remaining,
	FoodFacts,
	Advice,
	Targets,
	WeightTrend,
	ActivitySummary,
	RangeSummary,
	MealsList,
	DayTotal,
}

// ask reads a question.
func (p *parser) ask() {
	p.u.Intent = Unknown
	p.text = compound.ReplaceAllString(spelled(p.text), "$1 $2")
	if p.u.From.IsZero() {
		p.days()
	}
	p.period()
	p.nutrient()
	r := p.rule()
	switch {
	case p.record(r), p.strongly():
	case r != nil && (r.intent != DayTotal || p.u.Meal != ""):
		p.u.Intent = r.intent
	default:
		p.weakly()
	}
	if p.u.Intent == Unknown && r != nil {
		p.u.Intent = r.intent
	}
	p.meal()
	p.stat()
	p.details(r)
}

// macros are what was eaten where a day is named, otherwise targets.
var macros = regexp.MustCompile(`\b(?:macros|makros)\b`)

// compound is a German word of a nutrient and what is asked about it: "Zuckerlimit".
var compound = regexp.MustCompile(
	`\b(` + alternatives("nutrient") + `)` +
		`(limit|menge|zufuhr|aufnahme|gehalt|bilanz|budget|rest|uberschuss|schnitt|ziele?|bedarf|reich|arm|haltig)\b`,
)

// rule returns the first rule of questions that the text matches.
func (p *parser) rule() *rule {
	self := has("self", p.text)
	for i := range rules {
		r := &rules[i]
		switch {
		case !slices.Contains(questions, r.intent) || r.intent == FoodFacts && self || !r.pattern.MatchString(p.text):
		case r.intent == FoodFacts && (p.foodIn(p.text) == "" || p.foodIn(p.subject(r.pattern)) == ""): // "calories for the last ten days"
		case r.intent == Targets && !p.u.From.IsZero() && macros.MatchString(p.text) && !aGoal.MatchString(p.text): // "today's macros"
		case r.intent == Targets && p.u.To.After(p.u.From) && p.u.Nutrient != "" && !aGoal.MatchString(p.text): // "kcal per day in May"
		default:
			return r
		}
	}
	return nil
}

// howOften asks for a number of days or meals, not for an amount.
var howOften = regexp.MustCompile(
	`\b(?:often|times|oft|haufig|fois|veces|vezes|(?:how many|wie vielen?|combien de|cuantos|quantos) (?:days|tagen?|jours|dias))\b`,
)

// details reads what belongs to the intent of a question.
func (p *parser) details(r *rule) {
	subject := p.text
	if r != nil && r.intent == p.u.Intent {
		subject = p.subject(r.pattern)
	}
	switch p.u.Intent {
	case SuggestFood:
		p.bounds()
	case FoodFacts:
		if len(p.u.Items) == 0 {
			p.u.Items = p.itemsOf(subject)
		}
	case Advice:
		p.u.Items = p.itemsOf(lexicons["advice"].all.ReplaceAllString(p.withoutMeals(p.text), " "))
	case Frequency:
		if p.u.Phrase == "" {
			p.u.Phrase = p.foodIn(subject)
		}
		p.u.Counts = has("how_many", p.text) && !howOften.MatchString(p.text)
	case EnergyEstimate:
		p.amounts()
		p.u.Phrase, p.u.Activity = activityIn(p.text)
	case RangeSummary, DayTotal:
		if p.u.To.After(p.u.From) || p.u.Compares || slices.Contains([]Stat{Max, Min, Average}, p.u.Stat) {
			p.u.Intent = RangeSummary
		} else {
			p.u.Intent = DayTotal
		}
	}
}

// subject returns what a question is about: the group named food of its pattern, or what stands behind the pattern.
func (p *parser) subject(pattern *regexp.Regexp) string {
	t := strings.Trim(p.text, " ?!.")
	m := pattern.FindStringSubmatchIndex(t)
	if m == nil {
		return t
	}
	if g := pattern.SubexpIndex("food"); g > 0 && m[2*g] >= 0 {
		return t[m[2*g]:m[2*g+1]]
	}
	return strings.TrimSpace(t[m[1]:])
}

func (p *parser) nutrient() {
	for _, phrase := range lexicons["nutrient"].all.FindAllString(p.text, 20) {
		switch key := lexicons["nutrient"].values[phrase]; {
		case p.u.Nutrient == "":
			p.u.Nutrient = key
		case key != p.u.Nutrient && !slices.Contains(p.u.AlsoNutrients, key):
			p.u.AlsoNutrients = append(p.u.AlsoNutrients, key)
		}
	}
}

func (p *parser) meal() {
	if kind, ok := find("meal", halfDays.ReplaceAllString(p.text, " ")); ok {
		p.u.Meal = kind
	} else if kind, ok := find("evening", p.text); ok {
		p.u.Meal = kind
	} else if p.halfDay == "" && afternoon.MatchString(p.text) {
		p.u.Meal = "snack"
	} else {
		p.u.Meal = p.halfDay
	}
}

func (p *parser) stat() {
	if s, ok := find("stat", p.text); ok && !p.u.Compares {
		p.u.Stat = Stat(s)
	}
}

// quantity is a number with a unit of g, mg or kcal, and optionally a nutrient behind it.
var quantity = regexp.MustCompile(
	`([0-9]+(?:[.,][0-9]+)?) ?(kcals?|cals?|calories|kalorien|calorias|g|gr|gramm|grams|mg)\b(?: (?:of |de |d'|von |an )?(` + alternatives(
		"nutrient",
	) + `)\b)?`,
)

// bounds reads limits such as "20 g protein under 200 kcal".
func (p *parser) bounds() {
	p.u.Min, p.u.Max = map[string]float64{}, map[string]float64{}
	end := 0
	for _, m := range quantity.FindAllStringSubmatchIndex(p.text, 20) {
		n := number(p.text[m[2]:m[3]])
		key := "calories"
		switch {
		case m[6] >= 0:
			key = lexicons["nutrient"].values[p.text[m[6]:m[7]]]
		case strings.HasPrefix(p.text[m[4]:m[5]], "g") || strings.HasPrefix(p.text[m[4]:m[5]], "m"):
			continue
		}
		before := p.text[end:m[0]]
		if key == "calories" || has("below", before) && !has("above", before) {
			p.u.Max[key] = n
		} else {
			p.u.Min[key] = n
		}
		end = m[1]
	}
	p.u.Nutrient, p.u.AlsoNutrients = "", nil
}

// one reads a single statement.
func (p *parser) one() {
	if r := matching(p.text, func(i Intent) bool { return slices.Contains([]Intent{Cannot, Copy, Skip, None, Targets}, i) }); r != nil {
		p.u.Intent = r.intent
		p.u.Record, _ = find("record", p.text)
		p.meal()
		if r.intent == Copy {
			p.earliestDay()
		}
		return
	}
	if p.correction() {
		return
	}
	p.amounts()
	switch {
	case p.weight(), p.activity(), p.quick():
		return
	}
	if has("stat", p.text) && has("nutrient", p.text) && !digits.MatchString(p.text) && !leading.MatchString(numbersAsDigits(p.text)) {
		// "average calories", but not "half an avocado with salt", where a half is also an average in Spanish
		p.ask()
		return
	}
	p.log()
}

var (
	correcting = regexp.MustCompile(`^(?:` + alternatives("sorry") + `)(?:[,:;.!-]+ ?| )(.+)$`)
	changing   = regexp.MustCompile(`^(?:` + alternatives("change") + `)[,:]? ?(.+?)(?: draus| daraus| instead| stattdessen| a la place)?$`)
	notThisBut = regexp.MustCompile(
		`^(?:not|nicht|pas|no|nao)(?: de| d'| du| des| era| eran| foi| fue| war| waren)? (.+?)(?: ?[,;] ?(?:(?:but|sondern|mais|sino|mas|era|eran|foi|fue|des|du|de la) )?| but | sondern | mais | sino | mas )(.+)$`,
	)
	thisNotThat = regexp.MustCompile(
		`^(.+?),? (?:and not|not|nicht|pas|no|nao|instead of|statt|anstatt|au lieu d[eu]|en vez de|em vez de) (.+)$`,
	)
	withoutOnly = regexp.MustCompile(`^(?:without|ohne|sans|sin|sem|no|kein|keine|keinen)(?: any| the)? ([^0-9]{2,40})$`)
	inside      = regexp.MustCompile(` (?:im|in|dans|aus|from) .*$`) // "sugar in my coffee"
	removing    = regexp.MustCompile(
		`^(?:` + alternatives("remove") + `) (?:` + alternatives("the") + `)?([^0-9,]{2,40}?)(?: (?:` + alternatives("away") + `))*$`,
	)
	polite = regexp.MustCompile(`^(?:please|bitte|por favor|s'il te plait|can you|could you|kannst du|puedes|pode)\b,? ?`)
)

// onlyAmount is an amount without a food: "only one".
var onlyAmount = regexp.MustCompile(`^(?:only|just|nur|seulement|juste|solo|so|apenas) ([0-9.]+(?: (?:[a-z]{1,2}|` + partNames + `))?)$`)

// What stands behind a correction, and behind what is to be removed.
var (
	correctingBehind = regexp.MustCompile(`^(.+?),? (?:actually|i meant|eigentlich|meinte ich|en fait|en realidad|na verdade)$`)
	removingBehind   = regexp.MustCompile(
		`^(?:the|die|den|das|le|la|les|el|o|a) ([^0-9,]{2,40}?) (?:weg|raus|out|off|away|wegnehmen|loschen)$`,
	)
)

// sorryNo is a "no" that stands before words, not before a comma or an amount: it corrects only where itWas follows.
var (
	sorryNo = regexp.MustCompile(`^(?:no|nein|non|nao) (?:[^0-9io])`)
	itWas   = regexp.MustCompile(
		`^(?:no|nein|non|nao) (?:es waren?|das waren?|c'etait|c'etaient|eran?|fue|fueron|foi|foram|they were|pardon|perdon|sorry|wait|desculpa|desculpe|moment|warte|espera|attends|quatsch|doch|seulement|solo|nur|apenas)[ ,]`,
	)
)

// isDenial returns whether a text that begins with "no" corrects nothing: "no sugar".
func isDenial(t string) bool {
	return sorryNo.MatchString(t) && (!itWas.MatchString(t) || notThisBut.MatchString(t))
}

// correction reads a correction of the message before.
func (p *parser) correction() bool {
	t := polite.ReplaceAllString(p.text, "")
	if p.u.Language == "pt" { // "no" is "in the"
		t = strings.TrimPrefix(t, "no ")
	}
	said := false
	for range 2 { // "sorry, I meant"
		if m := correcting.FindStringSubmatch(t); m != nil && !isDenial(numbersAsDigits(t)) {
			t, said = strings.TrimSpace(m[1]), true
		}
	}
	for _, pattern := range []*regexp.Regexp{changing, onlyAmount} {
		if m := pattern.FindStringSubmatch(numbersAsDigits(t)); m != nil {
			t, said = m[1], true
		}
	}
	if m := correctingBehind.FindStringSubmatch(t); m != nil {
		t, said = m[1], true
	}
	if m := removingBehind.FindStringSubmatch(t); m != nil {
		p.u.Intent, p.u.Without = Correct, []string{m[1]}
		return true
	}
	switch {
	case notThisBut.MatchString(t) && !has("day", t):
		m := notThisBut.FindStringSubmatch(t)
		p.u.Without, t = []string{m[1]}, m[2]
	case said && thisNotThat.MatchString(t):
		m := thisNotThat.FindStringSubmatch(t)
		p.u.Without, t = []string{m[2]}, m[1]
	case withoutOnly.MatchString(t):
		p.u.Without, t = []string{inside.ReplaceAllString(withoutOnly.FindStringSubmatch(t)[1], "")}, ""
	case removing.MatchString(t):
		p.u.Without, t = []string{removing.FindStringSubmatch(t)[1]}, ""
	case !said:
		return false
	}
	p.u.Intent = Correct
	if inDigits := numbersAsDigits(t); calories.MatchString(inDigits) {
		p.u.Kcal = number(calories.FindStringSubmatch(inDigits)[1])
		t = calories.ReplaceAllString(inDigits, " ")
	}
	p.meal() // "no, for lunch"
	if t = p.withoutMeals(t); !p.saysNothing(t) {
		p.u.Items = p.itemsOf(t)
	}
	return true
}

var (
	duration = regexp.MustCompile(`\b([0-9]+(?:\.[0-9]+)?|half an|half a) ?(` + alternatives("unit_of_time") + `)\b`)
	distance = regexp.MustCompile(`\b([0-9]+(?:\.[0-9]+)?) ?(` + alternatives("unit_of_length") + `)\b`)
	heft     = regexp.MustCompile(`\b([0-9]+(?:\.[0-9]+)?) ?(` + alternatives("unit_of_weight") + `)\b`)
	calories = regexp.MustCompile(`\b([0-9]+(?:\.[0-9]+)?) ?(?:` + alternatives("unit_of_energy") + `)\b`)
)

// amounts reads durations, distances and energy.
func (p *parser) amounts() {
	t := numbersAsDigits(p.text)
	for _, m := range duration.FindAllStringSubmatch(t, 3) {
		p.u.Minutes += number(m[1]) * number(lexicons["unit_of_time"].values[m[2]])
	}
	if m := distance.FindStringSubmatch(t); m != nil {
		p.u.DistanceKm = number(m[1]) * number(lexicons["unit_of_length"].values[m[2]])
	}
	if m := calories.FindStringSubmatch(t); m != nil {
		p.u.Kcal = number(m[1])
	}
}

// weight reads a weight of the person.
func (p *parser) weight() bool {
	t := numbersAsDigits(p.text)
	m := heft.FindStringSubmatchIndex(t)
	verb := has("weigh", t)
	if m == nil {
		n := decimal.FindString(t)
		if !verb || n == "" || !isWeight(number(n)) || !p.saysNothing(strings.Replace(t, n, " ", 1)) {
			return false
		}
		p.u.Intent, p.u.WeightKg = Weight, number(n)
		return true
	}
	if !verb && !p.saysNothing(t[:m[0]]+" "+t[m[1]:]) || verb && has("ate", t) {
		return false
	}
	kg := number(t[m[2]:m[3]]) * number(lexicons["unit_of_weight"].values[t[m[4]:m[5]]])
	if !isWeight(kg) { // of the food before, or of what is to be lost
		return false
	}
	p.u.Intent, p.u.WeightKg = Weight, kg
	return true
}

// saysNothing returns whether a text has no words but those around a weight: "today", "on the scale".
func (p *parser) saysNothing(t string) bool {
	for _, kind := range []string{"weigh", "evening", "day"} {
		t = lexicons[kind].all.ReplaceAllString(t, " ")
	}
	for w := range strings.FieldsFuncSeq(t, func(r rune) bool { return strings.ContainsRune(" .!:,;", r) }) {
		if _, isBe := lexicons["be"].values[w]; !isBe && p.withoutFillers(w) != "" {
			return false
		}
	}
	return true
}

// isWeight returns whether a number can be the weight of a person in kg.
func isWeight(kg float64) bool { return kg >= 25 && kg <= 350 }

var decimal = regexp.MustCompile(`[0-9]+(?:\.[0-9]+)?`)

var articleBefore = regexp.MustCompile(`^(?:a|an|ein|eine|einen|un|une|una|um|uma) `)

// activity reads an activity that was done.
func (p *parser) activity() bool {
	phrase, name := activityIn(p.text)
	measured := p.u.Minutes > 0 || p.u.DistanceKm > 0
	if phrase == "" && p.u.Minutes == 0 {
		return false
	}
	rest := lexicons["day"].all.ReplaceAllString(p.text, " ")
	rest = p.withoutFillers(strings.Join(strings.Fields(rest), " "))
	if !measured && articleBefore.ReplaceAllString(rest, "") != phrase {
		return false
	}
	if phrase == "" {
		rest = p.withoutFillers(duration.ReplaceAllString(numbersAsDigits(rest), " "))
		if digits.MatchString(rest) || has("ate", p.text) { // "2 eggs, boiled for 8 minutes"
			return false
		}
		phrase = rest
	}
	p.u.Intent, p.u.Phrase, p.u.Activity = Activity, phrase, name
	p.meal()
	return true
}

// activityIn returns the longest run of words of a text that names an activity, and its name in the catalogue of activities.
func activityIn(t string) (phrase, name string) {
	words := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(" ,.;:!?()", r) })
	words = words[:min(len(words), 60)]
	for n := min(4, len(words)); n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			phrase := strings.Join(words[i:i+n], " ")
			if key, known := lexicons["activity"].values[phrase]; known {
				return phrase, key
			}
			if len(phrase) > 3 && (energy.Find(phrase) != nil || len(energy.Candidates(phrase)) > 0) {
				return phrase, phrase
			}
		}
	}
	return "", ""
}

// quick reads energy without a food that could be looked up, or for a food whose energy the person says.
func (p *parser) quick() bool {
	if p.u.Kcal == 0 {
		return false
	}
	p.meal()
	rest := calories.ReplaceAllString(numbersAsDigits(p.text), " ")
	rest = strings.NewReplacer("quick add", " ", "quick", " ", "schnell", " ", "rapide", " ", "rapido", " ").Replace(rest)
	p.u.Intent, p.u.Phrase = Quick, p.withoutFillers(p.withoutMeals(rest))
	return true
}

// log reads foods that were eaten.
func (p *parser) log() {
	p.u.Intent = Log
	p.mealAndItems()
	p.u.Bare = !digits.MatchString(numbersAsDigits(p.text)) && !has("ate", p.text) && p.u.Meal == "" && p.u.From.IsZero()
	if len(p.u.Items) == 0 {
		p.u.Intent = Unknown
		if has("ate", p.text) {
			p.u.Intent = Log
		}
	}
}

func number(s string) float64 {
	if strings.HasPrefix(s, "half") {
		return 0.5
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil {
		return 0
	}
	return n
}
