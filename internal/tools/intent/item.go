package intent

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	decimalComma = regexp.MustCompile(`([0-9]),([0-9])`)
	mixed        = regexp.MustCompile(`\b([0-9]+) ([1-9])/([2-9])\b`)
	fraction     = regexp.MustCompile(`(^|[^0-9/])([1-9])/([2-9])\b`)
)

// numbersAsDigits writes numbers that are words, and fractions, as decimal numbers.
func numbersAsDigits(t string) string {
	t = writtenHundred(decimalComma.ReplaceAllString(t, "$1.$2"))
	t = mixed.ReplaceAllStringFunc(t, func(s string) string {
		m := mixed.FindStringSubmatch(s)
		return format(number(m[1]) + number(m[2])/number(m[3]))
	})
	t = fraction.ReplaceAllStringFunc(t, func(s string) string {
		m := fraction.FindStringSubmatch(s)
		return m[1] + format(number(m[2])/number(m[3]))
	})
	l := lexicons["number"]
	t = l.all.ReplaceAllStringFunc(t, func(s string) string {
		if strings.HasSuffix(s, "-") || strings.HasSuffix(s, "'") { // "demi-tasse", "un quart d'avocat"
			return l.values[s] + " "
		}
		return l.values[s]
	})
	t = halfMore.ReplaceAllString(t, "${1}.5 $2 ")
	return halfMoreOfFood.ReplaceAllString(t, "${1}.5 $2$3")
}

// halfMoreOfFood is a half behind a food: "un kiwi y medio".
var halfMoreOfFood = regexp.MustCompile(`\b([0-9]+) ([a-z]{3,}) (?:et|y|e|and) (?:a )?0\.5 ?($|[,;.])`)

// halfMore is a half behind its unit: "un litre et demi", "70 kilos y medio".
var halfMore = regexp.MustCompile(
	`\b([0-9]+) (litres?|liters?|litros?|kilos?|quilos?|kg|tasses?|tazas?|xicaras?|cups?|verres?|vasos?|copos?|cucharadas?|colheres|heures?|horas?)` +
		` (?:et|y|e|and) (?:a )?0\.5\b ?`,
)

func format(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// mealPhrase is a meal with the words before it that belong to it.
var mealPhrase = regexp.MustCompile(`(?:\b(?:` + alternatives("before_meal") + `) )*\b(?:` + alternatives("meal") + `)\b`)

// halfDays are parts of the day without a meal; "après-midi" has the word for noon in it.
var halfDays = regexp.MustCompile(
	`\b(?:(?:this |in the |mid-)?(?:afternoon|morning)|(?:am |heute )?(?:nach|vor)mittags?|(?:cet |dans )?(?:l')?apres-midi|(?:por|en) la tarde|` +
		`esta tarde|(?:a|de|da) tarde)\b`,
)

// afternoon is when people eat what is no meal.
var afternoon = regexp.MustCompile(`\b(?:afternoon|nachmittags?|apres-midi|(?:por|en|esta|de|a|da) (?:la )?tarde)\b`)

// withoutMeals removes the names of meals, and the days.
func (p *parser) withoutMeals(t string) string {
	t = lexicons["evening"].all.ReplaceAllString(t, " ")
	t = lexicons["day"].all.ReplaceAllString(t, " ")
	t = halfDays.ReplaceAllString(t, " ")
	t = ago.ReplaceAllString(numbersAsDigits(t), " ")
	t = onWeekday.ReplaceAllString(t, " ")
	t = mealPhrase.ReplaceAllString(t, " ")
	return strings.Join(strings.Fields(t), " ")
}

// onWeekday is a weekday with the word before it.
var onWeekday = regexp.MustCompile(
	`\b(?:(?:last|on|am|letzten|le|el|na|no) )*(?:` + alternatives("weekday") + `)\b(?: (?:passe|pasado|passada))?`,
)

var mealHeading = regexp.MustCompile(`(?:^|[;,.] ?|\band |\bund |\bet |\by |\be )((?:` + alternatives("meal") + `)) ?: `)

// mealAndItems reads the foods of a message with one meal, or with a heading for each of several.
func (p *parser) mealAndItems() {
	headings := mealHeading.FindAllStringSubmatchIndex(p.text, 12)
	if len(headings) == 0 {
		p.meal()
		p.u.Items = p.itemsOf(p.withoutMeals(p.text))
		return
	}
	for i, h := range headings {
		end := len(p.text)
		if i+1 < len(headings) {
			end = headings[i+1][0]
		}
		kind := lexicons["meal"].values[p.text[h[2]:h[3]]]
		for _, item := range p.itemsOf(p.text[h[1]:end]) {
			item.Meal = kind
			p.u.Items = append(p.u.Items, item)
		}
	}
	if len(headings) == 1 {
		p.u.Meal = lexicons["meal"].values[p.text[headings[0][2]:headings[0][3]]]
	}
}

// separator divides foods. What follows a word for "with" comes with the food before.
var (
	separator = regexp.MustCompile(
		`\s*[,;+&\n]\s*|\s*\.\s+|\s+(?:and|und|et|y|e|plus|then|with|mit|avec|con|com|on|auf|sur|sobre|in my|in mein(?:em|en|er)|dans m(?:on|a|es)|en mi|no meu|na minha)\s+`,
	)
	withWord = regexp.MustCompile(`\b(?:with|mit|avec|con|com)\b`)
	joining  = regexp.MustCompile(`[a-z&]`)
	without  = regexp.MustCompile(`(?:^|\s)(?:without|ohne|sans|sin|sem|not|nicht|nao|keine?n?|pas de|no|zero)\s.*$`)
)

// maxItems is how many foods of one message are looked up.
const maxItems = 20

// piece is the text of one food, and what stands before it.
type piece struct{ text, separator string }

// madeOfEggs is a dish of eggs with their number, by which it is counted.
var madeOfEggs = regexp.MustCompile(
	`\b(?:(?:1|an?) )?(omelet[a-z]*|omelete|tortilla francesa|ruhrei|oeufs brouilles|huevos revueltos|ovos mexidos|scrambled eggs)` +
		` (?:de|d'|of|aus|con|com|mit|from|with|avec) ([0-9]+) (?:eggs?|eiern?|oeufs?|huevos?|ovos?)\b`,
)

// itemsOf returns the foods of a text.
func (p *parser) itemsOf(t string) (items []Item) {
	t = madeOfEggs.ReplaceAllString(numbersAsDigits(strings.Trim(t, " .!?")), "$2 $1")
	var pieces []piece
	last, before := 0, ""
	for _, m := range separator.FindAllStringIndex(t, 4*maxItems) {
		pieces = append(pieces, piece{t[last:m[0]], before})
		last, before = m[1], t[m[0]:m[1]]
	}
	pieces = append(pieces, piece{t[last:], before})
	for i := 0; i < len(pieces); i++ {
		if first, rest := nextAmount(p.withoutFillers(pieces[i].text)); rest != "" {
			pieces[i].text = first
			pieces = slices.Insert(pieces, i+1, piece{rest, ","})
		}
		item, ok := p.item(pieces[i].text)
		if m := onlyWeight.FindStringSubmatch(item.Text()); m != nil && len(items) > 0 && !weighed.MatchString(items[len(items)-1].Rest) {
			before := &items[len(items)-1]
			before.Amount, before.Rest = number(m[1]), m[2]+" "+container.ReplaceAllString(before.Rest, "")
			continue
		}
		item.Rest = sameUnit(item, items)
		if before := len(items) - 1; onlyParts.MatchString(item.Rest) && item.Amount > 0 && before >= 0 && items[before].Amount == 0 {
			items[before].Amount, items[before].Rest = item.Amount, item.Rest+" "+items[before].Rest
			continue
		}
		if !ok || len(items) == maxItems || amountOfSame(items, item) {
			continue
		}
		item.Accompaniment = withWord.MatchString(pieces[i].separator)
		if i > 0 && len(items) > 0 && item.Amount == 0 && joining.MatchString(pieces[i].separator) {
			one := items[len(items)-1].Text() + " " + strings.TrimSpace(pieces[i].separator) + " " + item.Rest
			items[len(items)-1].Joined = one
		}
		items = append(items, item)
	}
	return items
}

// cookedAs is what stands behind a food that is cooked in some way: "al horno".
var cookedAs = regexp.MustCompile(
	`^(?:al|a la|au|a l'|no|na|aus dem|vom) [a-z]+$|^(?:grill|rot|cuit|asad|grelhad|assad|gebraten|gegrillt)[a-z]*$`,
)

// amountOfSame gives a food that was named without an amount the one that it is named with again: "cod with potatoes, 250 g of cod". It
// returns false when the item is another food.
func amountOfSame(items []Item, item Item) bool {
	food := container.ReplaceAllString(weighed.ReplaceAllString(item.Rest, ""), "")
	food = noUnitBefore.ReplaceAllString(food, "")
	for i := range items {
		named := items[i].Rest == food || cookedAs.MatchString(strings.TrimPrefix(items[i].Rest, food+" "))
		if item.Amount > 0 && items[i].Amount == 0 && named {
			items[i].Amount, items[i].Rest = item.Amount, strings.TrimSuffix(item.Rest, food)+items[i].Rest
			return true
		}
	}
	return false
}

// containers are what food is in, and parts of it.
const containers = `piece|bowl|punnet|barquette|schale|schalchen|bandeja|ravier|plate|slice|portion|cup|tub|pot|pack|serving|stuck|schussel|teller|scheibe|becher|packung|morceau|bol|assiette|tranche|` +
	`trozo|plato|porcion|tarrina|bote|pedaco|prato|fatia|porcao|pote|bouteille|bottle|flasche|botella|garrafa|glas|glass|verre|vaso|copo`

var (
	noUnitBefore = regexp.MustCompile(`^(?:de |d'|of |von )`)
	unitBefore   = regexp.MustCompile(`^([^0-9]+?) (?:de |d'|of |von )`)
)

// sameUnit returns the words of an item with the unit of the one before, which it leaves out: "2 spoons of oil and one of vinegar".
func sameUnit(item Item, before []Item) string {
	if item.Amount == 0 || len(before) == 0 || !noUnitBefore.MatchString(item.Rest) {
		return item.Rest
	}
	if m := unitBefore.FindStringSubmatch(before[len(before)-1].Rest); m != nil && before[len(before)-1].Amount > 0 {
		return m[1] + " " + item.Rest
	}
	return item.Rest
}

// partNames are what is counted of a food that was named before.
const partNames = `slices?|pieces?|scheiben?|stucke?|tranches?|parts?|morceaux?|rebanadas?|porcion(?:es)?|trozos?|fatias?|pedacos?|portion(?:s|en)?|` +
	`bowls?|plates?|teller|assiettes?|platos?|pratos?|glasses|glass|scoops?`

const amountPattern = `([0-9]+(?:\.[0-9]+)?)`

// Forms of an amount.
var (
	eachBefore = regexp.MustCompile(
		`^` + amountPattern + `(?: ?x ?| )` + amountPattern + ` ?(g|gr|gramm|grams?|grammes|gramos|gramas|ml|cl|oz|kg|l)\b ?(?:of |de |d')?(.+)$`,
	)
	eachBehind = regexp.MustCompile(
		`^` + amountPattern + ` (.+?) (?:a|de|of|von|zu|je|each|com|con|with) ` + amountPattern + ` ?(g|gr|gramm|grams?|ml|cl|oz)\b(?: each| je| chacun| cada)?$`,
	)
	behind = regexp.MustCompile(`^([^0-9]+?) ?:? ` + amountPattern + ` ?(g|gr|gramm|grams?|grammes|gramos|gramas|ml|cl|oz|kg|l)$`)
	// vague is an amount that a weight behind it makes precise: "a small piece of salmon 120 g".
	vague = regexp.MustCompile(
		`^(?:1|a|an) (?:(?:small|little|big|large|kleine[srn]?|grosse[srn]?|petite?|grande?|pequen[oa]) )?` +
			`(?:` + containers + `)(?: of| de| d'| von)? ?([^0-9]+? [0-9.]+ ?[a-z]+)$`,
	)
	// oneWeighed is one of a food with its weight behind it: "a steak 125 g".
	oneWeighed = regexp.MustCompile(`^(?:1|a|an) ([^0-9]+?),? ` + amountPattern + ` ?(g|gr|gramm|grams?|grammes|gramos|gramas|ml|cl|oz)$`)
	// howMany is a number behind a food: "galletas maria 4".
	howMany = regexp.MustCompile(`^([a-z][^0-9]*[a-z]) ([0-9](?:\.[0-9]+)?|[12][0-9])$`)
	// onlyParts are what the food before was counted in: "pizza, 4 slices".
	onlyParts = regexp.MustCompile(`^(?:` + partNames + `)$`)
	// onlyWeight is an amount of the food before: "a tub of quark, 150 g".
	onlyWeight = regexp.MustCompile(`^` + amountPattern + ` ?(g|gr|gramm|grams?|grammes|gramos|gramas|ml|cl|oz|kg)$`)
	weighed    = regexp.MustCompile(`^(?:g|gr|gramm|grams?|grammes|gramos|gramas|ml|cl|oz|kg) `)
	container  = regexp.MustCompile(
		`^(?:(?:small|little|big|large|kleine[srn]?|grosse[srn]?|petite?|grande?|pequen[oa]) )?(?:` + containers + `)s?(?: of| de| d'| von)? `,
	)
	times   = regexp.MustCompile(`^(.+?) ?x ?([0-9]+)$`)
	ranged  = regexp.MustCompile(`^` + amountPattern + ` ?(?:-|to|bis|a|or|oder|ou|o) ?` + amountPattern + `\b ?(.*)$`)
	leading = regexp.MustCompile(`^` + amountPattern + ` ?(?:x )?(.*)$`)
	article = regexp.MustCompile(`^(?:a|an) (.+)$`)
)

// item reads one food. ok is false when nothing is left.
func (p *parser) item(t string) (item Item, ok bool) {
	cut := without
	t = " " + t
	if p.u.Language == "pt" { // "no" is "in the"
		t = strings.ReplaceAll(t, " no ", " ")
	}
	t = p.withoutFillers(strings.TrimSpace(cut.ReplaceAllString(t, "")))
	t = strings.Trim(t, " .!?()~-")
	if m := vague.FindStringSubmatch(t); m != nil {
		t = m[1]
	}
	if m := article.FindStringSubmatch(t); m != nil {
		t = "1 " + m[1]
	}
	switch {
	case eachBefore.MatchString(t):
		m := eachBefore.FindStringSubmatch(t)
		return Item{Amount: number(m[1]) * number(m[2]), Rest: m[3] + " " + m[4]}, true
	case eachBehind.MatchString(t):
		m := eachBehind.FindStringSubmatch(t)
		return Item{Amount: number(m[1]) * number(m[3]), Rest: m[4] + " " + m[2]}, true
	case behind.MatchString(t):
		m := behind.FindStringSubmatch(t)
		return Item{Amount: number(m[2]), Rest: m[3] + " " + m[1]}, true
	case oneWeighed.MatchString(t):
		m := oneWeighed.FindStringSubmatch(t)
		return Item{Amount: number(m[2]), Rest: m[3] + " " + m[1]}, true
	case times.MatchString(t):
		m := times.FindStringSubmatch(t)
		return Item{Amount: number(m[2]), Rest: m[1]}, true
	case howMany.MatchString(t):
		m := howMany.FindStringSubmatch(t)
		return Item{Amount: number(m[2]), Rest: m[1]}, number(m[2]) > 0
	}
	if m := ranged.FindStringSubmatch(t); m != nil && number(m[1]) < number(m[2]) {
		return Item{Amount: (number(m[1]) + number(m[2])) / 2, Rest: m[3]}, true
	}
	if m := leading.FindStringSubmatch(t); m != nil && number(m[1]) > 0 && !strings.HasPrefix(m[2], "%") && !strings.HasPrefix(m[2], "/") {
		return Item{Amount: number(m[1]), Rest: slicesOf(m[2])}, true
	}
	return Item{Rest: t}, t != "" && joining.MatchString(t)
}

// slicesOf names slices as such where a language has another word for them that would be another unit ("trois parts de pizza").
func slicesOf(t string) string {
	first, rest, _ := strings.Cut(t, " ")
	if name, ok := lexicons["slice"].values[first]; ok && rest != "" {
		return name + " " + rest
	}
	return t
}

// foodInLanguage are fillers of one language that are foods in another: tea and corn.
var foodInLanguage = map[string]string{"the": "fr", "mais": "de"}

// withoutFillers removes words that say nothing about a food at the beginning and the end of a text.
func (p *parser) withoutFillers(t string) string {
	words := strings.Fields(t)
	filler := func(w []string) bool {
		phrase := strings.Trim(strings.Join(w, " "), ".,!:;")
		_, is := lexicons["drop"].values[phrase]
		return is && foodInLanguage[phrase] != p.u.Language
	}
	for n := 3; n > 0; n-- {
		for len(words) >= n && filler(words[:n]) {
			words = words[n:]
			n = min(3, max(1, len(words)))
		}
	}
	for n := 3; n > 0; n-- {
		for len(words) >= n && filler(words[len(words)-n:]) {
			words = words[:len(words)-n]
		}
	}
	return strings.Join(words, " ")
}
