package safety

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxWords limits the words of a text that are checked. A message of the contract has far fewer.
const maxWords = 20000

// A pause is what stands before a word.
type pause int

const (
	noPause  pause = iota
	comma          // a comma, colon, dash, bracket or quotation mark: the clause ends
	fullStop       // the sentence ends
)

// word is one word or number of a text, in the form that the tables use: lower case, without accents.
type word struct {
	text   string
	number float64 // valid when digits is true
	digits bool
	before pause
}

// foldWords splits a text into words.
func foldWords(text string) []word {
	words := make([]word, 0, len(text)/5+1)
	s := scanner{before: fullStop}
	text = ordinalDot.ReplaceAllString(strings.ToValidUTF8(text, " "), "$1 $2")
	for _, r := range norm.NFKD.String(text) {
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			continue // accents after decomposition, and invisible characters inside words
		}
		words = s.add(words, unicode.ToLower(r))
		if len(words) >= maxWords {
			return words
		}
	}
	words = s.flush(words)
	return joinNumbers(words)
}

// ordinalDot is the dot of a German ordinal, which ends no sentence.
var ordinalDot = regexp.MustCompile(`(?i)\b([0-9]{1,2})\. ?(klasse|schuljahr|ssw|schwangerschaftswoche)`)

// scanner collects the characters of one word.
type scanner struct {
	runes     []rune
	before    pause
	lineEnded bool // a line ended since the last word
}

func (s *scanner) add(words []word, r rune) []word {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		if r == 'ß' {
			s.runes = append(s.runes, 's', 's')
			return words
		}
		if n := len(s.runes); n > 0 && unicode.IsDigit(s.runes[0]) && allDigits(s.runes) && unicode.IsLetter(r) {
			words = s.flush(words) // "80g" is a number and a unit
		}
		s.runes = append(s.runes, r)
		return words
	case isApostrophe(r):
		if elision[string(s.runes)] { // French "j'ai" is two words, English "don't" is one
			return s.flush(words)
		}
		return words
	case (r == '.' || r == ',') && len(s.runes) > 0 && allDigits(s.runes):
		s.runes = append(s.runes, r) // may be a decimal or a thousands separator; parseNumber decides
		return words
	}
	words = s.flush(words)
	switch r {
	case '.', '!', '?', ';', '…', '。', '！', '？', '¿', '¡':
		s.before = fullStop
	case '\n':
		if s.lineEnded { // an empty line
			s.before = fullStop
		}
		s.lineEnded, s.before = true, max(s.before, comma)
	case ',', ':', '(', ')', '[', ']', '"', '“', '”', '„', '«', '»', '–', '—', '|':
		s.before = max(s.before, comma)
	}
	return words
}

func (s *scanner) flush(words []word) []word {
	if len(s.runes) == 0 {
		return words
	}
	w := word{before: s.before}
	s.before, s.lineEnded = noPause, false
	if unicode.IsDigit(s.runes[0]) {
		text := string(s.runes)
		trimmed := strings.TrimRight(text, ".,")
		w.number, w.digits = parseNumber(trimmed), true
		w.text = trimmed
		if strings.HasSuffix(text, ".") {
			s.before = fullStop
		} else if strings.HasSuffix(text, ",") {
			s.before = comma
		}
	} else {
		w.text = unmask(s.runes)
	}
	s.runes = s.runes[:0]
	return append(words, w)
}

// unmask undoes the usual disguises: letters written as digits ("su1cide"), and letters typed three times or more ("pleeease").
func unmask(runes []rune) string {
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		if as, ok := digitLetters[r]; ok && i+1 < len(runes) && unicode.IsLetter(runes[i+1]) {
			r = as
		}
		if n := len(out); n >= 2 && out[n-1] == r && out[n-2] == r {
			out = out[:n-1]
			continue
		}
		if n := len(out); n >= 1 && i >= 2 && out[n-1] == r && runes[i-1] == r && runes[i-2] == r {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

var digitLetters = map[rune]rune{'0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's'}

// elision holds the words that French and Portuguese shorten before an apostrophe.
var elision = map[string]bool{
	"l": true, "d": true, "j": true, "n": true, "c": true, "s": true, "m": true, "t": true,
	"qu": true, "jusqu": true, "lorsqu": true, "puisqu": true,
}

func isApostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == '´' || r == '`' || r == 'ʼ'
}

func allDigits(runes []rune) bool {
	for _, r := range runes {
		if !unicode.IsDigit(r) && r != '.' && r != ',' {
			return false
		}
	}
	return true
}

// parseNumber reads "1500", "1,500", "1.500" and "0,5". A separator before exactly three digits separates thousands.
func parseNumber(s string) float64 {
	var value, scale float64 = 0, 0
	for i, r := range s {
		switch {
		case r == '.' || r == ',':
			rest := s[i+1:]
			next := strings.IndexAny(rest, ".,")
			if next < 0 {
				next = len(rest)
			}
			if next == 3 && scale == 0 && value > 0 {
				continue
			}
			if scale > 0 {
				return value // "1.2.3": the first part is enough
			}
			scale = 1
		case unicode.IsDigit(r):
			d := float64(digitValue(r))
			if scale > 0 {
				scale /= 10
				value += d * scale
			} else if value < 1e12 {
				value = value*10 + d
			}
		}
	}
	return value
}

// digitValue returns the value of a decimal digit of any script: their ten digits follow each other.
func digitValue(r rune) int {
	if r >= '0' && r <= '9' {
		return int(r - '0')
	}
	zero := r
	for i := 0; i < 9 && unicode.IsDigit(zero-1); i++ {
		zero--
	}
	return int(r - zero)
}

// joinNumbers joins "1 200" and "eight hundred" into one number, and turns kilojoules into kilocalories.
func joinNumbers(words []word) []word {
	out := words[:0]
	for _, w := range words {
		var last *word
		if n := len(out); n > 0 {
			last = &out[n-1]
		}
		switch {
		case last != nil && w.before == noPause && isThousands(last, &w):
			last.number = last.number*1000 + w.number
			continue
		case last != nil && (w.text == "hundred" || w.text == "cents") && spelled[last.text] > 0 && spelled[last.text] < 12:
			last.number, last.digits = spelled[last.text]*100, true
			continue
		case last != nil && last.digits && (w.text == "kj" || w.text == "kilojoule" || w.text == "kilojoules"):
			last.number /= kilojoulesPerKcal
			w.text = "kcal"
		case spelled[w.text] > 0:
			w.number, w.digits = spelled[w.text], true
		}
		out = append(out, w)
	}
	return out
}

const kilojoulesPerKcal = 4.184

// isThousands reports whether "1 200" is written as two numbers: one digit, then exactly three.
func isThousands(last, w *word) bool {
	digit := func(text string) bool { return text[0] >= '0' && text[0] <= '9' }
	return last.digits && w.digits && len(last.text) == 1 && len(w.text) == 3 && digit(last.text) && digit(w.text) && last.number >= 1
}

// spelled are numbers in words: those up to seventeen, and the hundreds that are one word.
var spelled = parseSpelled(
	"2 two zwei deux dos dois duas", "3 three drei trois tres", "4 four vier quatre cuatro quatro", "5 five funf cinq cinco",
	"6 six sechs seis", "7 seven sieben sept siete sete", "8 eight acht huit ocho oito", "9 nine neun neuf nueve nove",
	"10 ten zehn dix diez dez", "11 eleven elf onze once", "12 twelve zwolf douze doce doze", "13 thirteen dreizehn treize trece treze",
	"14 fourteen vierzehn quatorze catorce catorze", "15 fifteen funfzehn quinze quince", "16 sixteen sechzehn seize dieciseis dezesseis",
	"17 seventeen siebzehn diecisiete dezessete",
	"200 zweihundert doscientas doscientos duzentas", "300 dreihundert trescientas trescientos trezentas",
	"400 vierhundert cuatrocientas cuatrocientos quatrocentas", "500 funfhundert quinientas quinientos quinhentas",
	"600 sechshundert seiscientas seiscientos seiscentas", "700 siebenhundert setecientas setecientos setecentas",
	"800 achthundert ochocientas ochocientos oitocentas", "900 neunhundert novecientas novecientos novecentas",
	"1000 tausend eintausend", "1100 elfhundert",
)

func parseSpelled(lines ...string) map[string]float64 {
	values := map[string]float64{}
	for _, line := range lines {
		fields := strings.Fields(line)
		value := parseNumber(fields[0])
		for _, name := range fields[1:] {
			values[name] = value
		}
	}
	return values
}
