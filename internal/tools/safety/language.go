package safety

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// commonWords are frequent short words of each language. Words that two of the languages share count for both.
var commonWords = map[string]map[string]bool{
	"en": wordSet("the a an and or but i im you your is are was were be have has had do does did dont to of in on for with my " +
		"me this that it its not what how much many can should would will want today yesterday if so from at by there they we " +
		"about more than eat log ate please no yes two three four drank eggs bread milk glass glasses cup grams slices slept hours left"),
	"de": wordSet("der die das den dem ein eine einen und oder aber ich du dein deine ist sind war bin habe hast hat haben zu " +
		"von im auf fur mit mein meine mir mich dich dir es nicht was wie viel viele kann soll wurde will heute gestern wenn " +
		"so aus bei nach auch noch nur sich wir sie man kein keine sehr dass als am zum zur um uber bitte ja zwei drei vier gegessen " +
		"getrunken eier brot milch glas scheiben gramm tasse wiege stunden hab"),
	"fr": wordSet("le la les un une des et ou mais je j tu ton ta tes est sont etait suis ai as a avoir de du en dans sur pour " +
		"avec mon ma mes me ce cette ca c ne pas que qu quoi comment combien peux dois veux aujourd hui hier si tres plus par " +
		"il elle nous vous on l d n au aux bien tout fait deux trois quatre mange bu oeufs pain lait verre verres tasse grammes pese " +
		"heures reste"),
	"es": wordSet("el la los las un una unos y o pero yo tu tus es son era soy estoy esta he has ha tengo tiene de del en sobre " +
		"para con mi mis me te se este esto no que como cuanto cuanta cuantas puedo debo quiero hoy ayer si muy mas por lo al " +
		"cuando hay tambien nada cada vez dos tres cuatro comi bebi cene desayune almorce huevos pan leche pollo vaso vasos taza gramos " +
		"anoche peso kilos horas dormi queda"),
	"pt": wordSet("o a os as um uma e ou mas eu voce seu sua seus suas meu minha meus sao era sou estou esta tenho tem de do da " +
		"dos das em no na nos nas para pra com me te se este isto isso nao que como quanto quantas posso devo quero hoje ontem " +
		"muito mais por ao quando ha tambem nada cada vez foi bem dois duas tres quatro comi bebi jantei almocei ovos pao leite frango " +
		"copo copos xicara gramas peso quilos horas dormi"),
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// DetectLanguage returns the language of a text among Languages, by its common words; when they do not decide, the base of the
// fallback tag ("de-AT" gives "de"), which may be another language.
func DetectLanguage(text, fallback string) string {
	base := baseLanguage(fallback)
	counts := countCommonWords(foldWords(text))
	best, second := "", 0
	for _, l := range Languages {
		switch {
		case best == "" || counts[l] > counts[best]:
			if best != "" {
				second = counts[best]
			}
			best = l
		case counts[l] > second:
			second = counts[l]
		}
	}
	if counts[best] == 0 || counts[best] == second && counts[base] == second {
		return base
	}
	if counts[best] < 3 && counts[base] >= counts[best]-1 && base != "" {
		return base
	}
	return best
}

func countCommonWords(words []word) map[string]int {
	counts := map[string]int{}
	for _, w := range words {
		for l, set := range commonWords {
			if set[w.text] {
				counts[l]++
			}
		}
	}
	return counts
}

func baseLanguage(tag string) string {
	parsed, err := language.Parse(tag)
	if err != nil {
		return "en"
	}
	base, _ := parsed.Base()
	return base.String()
}

// latinLetters returns how many letters are Latin and how many are not.
func latinLetters(s string) (latin, other int) {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		if unicode.Is(unicode.Latin, r) {
			latin++
		} else {
			other++
		}
	}
	return latin, other
}
