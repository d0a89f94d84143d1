package intent

import (
	"regexp"
	"strconv"
	"strings"
)

// usualForms write what people write in several ways in one way.
var usualForms = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{decimalComma, "$1.$2"},
	{regexp.MustCompile(`^(?:um|uhm|uh|erm),? (so|i|like|well|yeah)\b`), "$1"},
	{regexp.MustCompile(` w/ ?`), " with "},
	{regexp.MustCompile(` c/ ?`), " com "},
	{regexp.MustCompile(` s/ ?`), " sem "},
	{regexp.MustCompile(`\bcuppa(?: tea)?\b`), "cup of tea"},
	{regexp.MustCompile(`^(?:no thanks|nein danke|non merci|no gracias|nao obrigad[oa])[,.!]? (\S)`), "$1"},
	{
		regexp.MustCompile(
			`^(?:i |sorry,? i |ich habe? |j'ai |me |eu )?(?:forgot to (?:log|add|track|enter|write down)|vergessen (?:einzutragen|zu loggen)|` +
				`oublie de (?:noter|mettre|rentrer)|olvide (?:anotar|apuntar|registrar)|he olvidado (?:anotar|apuntar)|esqueci(?:-me)? de (?:anotar|registrar|marcar))[:,]? `,
		),
		"",
	},
	{
		regexp.MustCompile(
			`([a-z]) (?:[0-9]|[12][0-9])(?:\.[0-9])? ?%(?: (?:fat|fett|mg|de mg|de matieres? grasses?|grasa|materia grasa|de gordura))?($|[,;]| [0-9])`,
		),
		"$1$2",
	},
	{regexp.MustCompile(`\bchili sin carne\b`), "chili"},
	{regexp.MustCompile(`\bau four\b`), "roti"},
	{regexp.MustCompile(`\bmais tarde\b`), "logo"}, // "mais" is "but" in French
	{regexp.MustCompile(`\bnothing (?:but|except|other than) `), ""},
	// Names with a word for a number, for "without", or for "in the".
	{regexp.MustCompile(`\bdemi[- ]?ecreme\b`), "semi-ecreme"},
	{regexp.MustCompile(`\bmeio[- ]gordo\b`), "semidesnatado"},
	{regexp.MustCompile(`\bmeia de leite\b`), "galao"},
	{regexp.MustCompile(`\b(mille?|mil)[- ]?(feuilles?|hojas|folhas)\b`), "milhojas"},
	{regexp.MustCompile(`\bcastanhas?[- ]do[- ]para\b`), "castanhas do brasil"},
	{
		regexp.MustCompile(`\b(?:bier|biere|cerveza|cerveja|beer)s? (?:ohne|sans|sin|sem|without) (?:alkohol|alcool|alcohol)\b`),
		"non alcoholic beer",
	},
	{
		regexp.MustCompile(
			`\b(?:coca[- ]cola|coca|cola|coke|pepsi) (?:ohne|sans|sin|sem|without|no) (?:zucker|sucres?|azucar|acucar|sugar)\b`,
		),
		"coke zero",
	},
	{ // a size that says nothing certain
		regexp.MustCompile(
			`\b(?:small|little|big|large|huge|good|decent|heaped|heaping|level|kleine[rsn]?|grosse[rsn]?|gute[rsn]?|gehaufte[rsn]?|gestrichene[rsn]?|` +
				`petite?s?|grande?s?|gros|grosse|bon|bonne|pequen[oa]s?|buena?|bo[am]) (` + containers + `|handful|spoon|spoonful|tablespoon|teaspoon|` +
				`handvoll|el|tl|loffel|poignee|cuillere|punado|cucharada|punhado|colher)\b`,
		),
		"$1",
	},
	// Slices by other names.
	{regexp.MustCompile(`\b(?:tartines?|toasts?) de (pain|seigle)\b`), "tranches de $1"},
	{regexp.MustCompile(`\btostadas? de pan\b`), "rebanadas de pan"},
	{regexp.MustCompile(`\btorradas? de pao\b`), "fatias de pao"},
	{ // when it was
		regexp.MustCompile(
			` (?:(?:after|before) (?:work|bed|bedtime|the gym|gym|training|my workout|the workout|workout|my run|school|going to bed|football|practice)|` +
				`(?:nach|vor) (?:der arbeit|dem (?:training|sport|schlafen(?: ?gehen)?|bett|laufen|lauf)|feierabend)|` +
				`(?:apres|avant) (?:le (?:sport|travail|boulot|footing|lit)|la (?:muscu|salle|seance)|l'entrainement|de (?:dormir|me coucher|courir))|` +
				`(?:despues|antes) (?:de (?:entrenar|correr|dormir|acostarme|ir a la cama|trabajar)|del? (?:gimnasio|gym|trabajo|entreno|entrenamiento))|` +
				`(?:depois|antes) (?:d[oa] (?:treino|academia|trabalho|corrida|ginasio)|de (?:treinar|dormir|correr|deitar)))(?:$|([,;.]))`,
		),
		"$1",
	},
	{regexp.MustCompile(`\b(?:can|do|are) u\b`), "can you"},
	{ // where it was
		regexp.MustCompile(
			` (?:(?:at|in) (?:the |my |a )?(?:pub|restaurant|cafe|office|gym|canteen|cinema|party|work|home|school|uni|car)|` +
				`(?:im (?:buro|restaurant|kino|auto|cafe)|auf der arbeit|in der (?:mensa|kantine|schule|uni)|zu hause)|` +
				`(?:au (?:resto|restaurant|bureau|boulot|cinema|lycee)|a la (?:maison|cantine))|` +
				`(?:en (?:el |la |un )?(?:bar|restaurante|oficina|trabajo|casa|colegio))|` +
				`(?:no|na|em) (?:restaurante|trabalho|escola|casa|escritorio))$`,
		), "",
	},
	{regexp.MustCompile(`\b(pizzas?) (?:4|quatre|cuatro|quatro|vier) (?:fromages|quesos|queijos|kase)\b`), "$1"},
	{
		regexp.MustCompile(
			`\b(?:about|around|approx(?:imately)?\.?|roughly|ca\.?|circa|etwa|ungefahr|so um die|environ|unos|unas|cerca de) ([0-9]+ ?[a-z])`,
		),
		"$1",
	},
	{regexp.MustCompile(` n `), " and "},
	{regexp.MustCompile(`([a-z]) u\.? ([0-9]|ein|zwei|drei|[a-z]{3,})`), "$1 und $2"},
	{regexp.MustCompile(` w `), " with "},
	{regexp.MustCompile(`\bnix\b`), "nichts"},
	{regexp.MustCompile(`\by'?day\b`), "yesterday"},
	{regexp.MustCompile(`\bdoch nur\b`), "nur"},
	{regexp.MustCompile(`\b(when|where|who|how)s\b`), "$1's"},
	{regexp.MustCompile(`^(?:ne|no|noe|nee)[ ,]+(hab|ich|das|es|doch|nur)\b`), "nein, $1"},
	{regexp.MustCompile(`\b([0-9]+) (?:y medi[oa]|e mei[oa]|et demie?|and a half)($|[ ,;.])`), "$1.5$2"},
	{ // a little of something is its usual amount
		regexp.MustCompile(
			`\b(?:un (?:petit )?peu d(?:e |u |')|un poc[oa] de |um pouc[oa] de |um pouquinho de |ein (?:bisschen|wenig|bissl) |` +
				`a (?:little|tiny|wee) bit of |a little )`,
		),
		"",
	},
	{ // which course it was
		regexp.MustCompile(
			`(?:^| )(?:(?:for|as) (?:dessert|pudding|afters|(?:a )?starter)|(?:zum|als) (?:nachtisch|dessert|vorspeise|hauptgang)|` +
				`(?:en|comme) (?:dessert|entree|plat)|de (?:postre|sobremesa|entrante))(?:$|([,;.:]))`,
		),
		"$1",
	},
	{ // with whom it was
		regexp.MustCompile(
			` (?:with (?:my |the |some )?(?:friends?|mates?|family|kids|wife|husband|boyfriend|girlfriend|colleagues|parents|mum|mom|dad|team)|` +
				`mit (?:den |meine[nmr] )?(?:freunden|freundin|freund|kollegen|familie|frau|mann|kindern|eltern|mama|papa)|` +
				`(?:avec|chez) (?:des |mes |les |ma |mon |un |une )?(?:amie?s?|potes?|copains?|copines?|collegues?|famille|enfants|femme|mari|parents|mere|pere)|` +
				`con (?:los |las |mis |unos |mi |la )?(?:amig[oa]s?|familia|companeros|hijos|mujer|marido|novi[oa]|padres)|` +
				`com (?:os |as |meus |minhas? |uns |a |o )?(?:amig[oa]s?|familia|colegas|filhos|mulher|marido|namorad[oa]|pais))\b`,
		),
		"",
	},
	{ // a place as a heading
		regexp.MustCompile(
			`(^| )(?:in der |im |at the |a la |au |en el |no |na )?(?:kantine|mensa|cantine|canteen|cafeteria|restaurant|restaurante|resto|imbiss|buffet|bistro): `,
		),
		"$1",
	},
	{regexp.MustCompile(`\b(?:between|zwischen|entre) ([0-9.]+) ?(?:g |gr )?(?:and|und|et|y|e) ([0-9.]+)`), "$1-$2"},
	{regexp.MustCompile(`\b(?:an? |one |une |una |uma |eine )?(?:hour and a half|heure et demie|hora y media|hora e meia)\b`), "90 min"},
	{regexp.MustCompile(`\b(?:dreiviertelstunde|trois quarts d'heure|tres cuartos de hora|three quarters of an hour)\b`), "45 min"},
	{
		regexp.MustCompile(`\b(?:eine )?(?:viertelstunde)|(?:a )?quarter of an hour|(?:un )?quart d'heure|(?:un )?cuarto de hora\b`),
		"15 min",
	},
	{regexp.MustCompile(`\bhalf (?:an )?hour\b`), "30 min"},
	{
		regexp.MustCompile(
			`\b(?:an? |one |une |una |uma |eine )?(?:hour and a quarter|heure et quart|hora y cuarto|hora e (?:um )?quarto|eineinviertel stunden?)\b`,
		),
		"75 min",
	},
	{regexp.MustCompile(`\b([0-9]{1,3})[.,' ]([0-9]{3}) ?(steps|schritte|pas|pasos|passos)\b`), "$1$2 $3"},
	{regexp.MustCompile(`\b([0-9]{2,3}) ?(kilos?|quilos?|kg) (?:et |y |e )?([0-9])$`), "$1.$3 kg"},
	{
		regexp.MustCompile(
			`\b([0-9]{2,3}) ?(kilos?|quilos?|kg) (?:et |y |e |und |and )?([0-9]{3})(?: ?(?:g|gr|gramm|gramos|gramas|grammes))?$`,
		),
		"$1.$3 kg",
	},
	{regexp.MustCompile(`(^|[,;] |\by |\be )doce `), "${1}12 "}, // elsewhere it is "sweet"
	{regexp.MustCompile(`\ban hour\b`), "1 hour"},
	{regexp.MustCompile(`\bj ?ai (bu|mange|pris|couru|fait|nage|marche|dormi|bois|grignote|avale)\b`), "j'ai $1"}, // without its apostrophe
	{regexp.MustCompile(`\b(d|l|qu) (eau|huile|oeufs?|orange|avoine|amandes?|abricots?|ananas|avocat|il|elle|ai)\b`), "$1'$2"},
}

var (
	hoursAndMinutes   = regexp.MustCompile(`\b([0-9]{1,2}) ?h ?([0-5][0-9])\b(?: ?min[a-z]*)?`)
	minutesAndSeconds = regexp.MustCompile(`\b(in|en|em) ([0-9]{1,3}):([0-5][0-9])\b`)
)

// stoneAndPounds is a weight such as "11 stone 4".
var stoneAndPounds = regexp.MustCompile(`\b([0-9]{1,2}) ?(?:st|stone) ([0-9]{1,2})(?: ?(?:lbs?|pounds?))?$`)

func usual(t string) string {
	t = stoneAndPounds.ReplaceAllStringFunc(t, func(s string) string {
		m := stoneAndPounds.FindStringSubmatch(s)
		return format(number(m[1])*14+number(m[2])) + " lb"
	})
	for _, f := range usualForms {
		t = f.pattern.ReplaceAllString(t, f.with)
	}
	if !strings.HasPrefix(t, "a ") && !strings.Contains(t, " a ") { // "à 8h30" is a time of the day
		t = hoursAndMinutes.ReplaceAllStringFunc(t, func(s string) string {
			m := hoursAndMinutes.FindStringSubmatch(s)
			return format(number(m[1])*60+number(m[2])) + " min"
		})
	}
	return minutesAndSeconds.ReplaceAllStringFunc(t, func(s string) string {
		m := minutesAndSeconds.FindStringSubmatch(s)
		return m[1] + " " + format(number(m[2])+number(m[3])/60) + " min"
	})
}

var (
	numeral  = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?(?:[a-z]{1,3})?$`)
	bareUnit = regexp.MustCompile(`^(?:g|gr|gramm|grams?|grammes?|gramos?|gramas?|ml|cl|dl|l|kg|oz|kcal|x|el|tl)$`)
	between  = regexp.MustCompile(`^(?:x|of|de|d'|zu|von|a|an|each|je|or|to|bis|oder|ou|o|con|com|with|no\.?|nr\.?|-|up|percent)$`)
)

// nextAmount divides foods that follow each other without a separator: "1 yogurt 1 apple", "chicken 200 g rice 100 g". rest is empty when
// there is one food.
func nextAmount(t string) (first, rest string) {
	words := strings.Fields(t)
	if len(words) < 3 {
		return t, ""
	}
	isFood := func(w string) bool {
		return !numeral.MatchString(w) && !bareUnit.MatchString(w) && !between.MatchString(w)
	}
	has := func(words []string) bool {
		for _, w := range words {
			if isFood(w) {
				return true
			}
		}
		return false
	}
	for i := 1; i < len(words); i++ {
		if !numeral.MatchString(words[i]) || between.MatchString(words[i-1]) || numeral.MatchString(words[i-1]) {
			continue
		}
		end := i + 1
		if end < len(words) && bareUnit.MatchString(words[end]) {
			end++
		}
		switch behind := !numeral.MatchString(words[0]); {
		case behind && has(words[:i]) && has(words[end:]) && trailing(words):
			return strings.Join(words[:end], " "), strings.Join(words[end:], " ")
		case !behind && has(words[1:i]) && has(words[end:]):
			return strings.Join(words[:i], " "), strings.Join(words[i:], " ")
		}
	}
	return t, ""
}

// trailing returns whether a text ends with an amount.
func trailing(words []string) bool {
	n := len(words) - 1
	return numeral.MatchString(words[n]) || n > 0 && bareUnit.MatchString(words[n]) && numeral.MatchString(words[n-1])
}

// germanHundred is a number such as "zweihundertfünfzig".
var germanHundred = regexp.MustCompile(`\b(ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)?hundert(?:und)?([a-z]+)?\b`)

// writtenHundred writes German numbers over 100, which are one word, as digits.
func writtenHundred(t string) string {
	return germanHundred.ReplaceAllStringFunc(t, func(s string) string {
		m := germanHundred.FindStringSubmatch(s)
		hundreds, rest := 1.0, 0.0
		if m[1] != "" {
			hundreds = number(lexicons["number"].values[m[1]])
		}
		if m[2] != "" {
			value, ok := lexicons["number"].values[m[2]]
			if !ok {
				return s
			}
			rest = number(value)
		}
		return strconv.Itoa(int(hundreds*100 + rest))
	})
}
