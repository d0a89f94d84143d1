package intent

import (
	"slices"
	"strings"

	"github.com/ultimatecoach/api/internal/tools/text"
)

// shortestCorrected is the length from which a word is corrected: shorter ones are too often other words.
const shortestCorrected = 6

// corrections are the words of questions that are worth correcting, by their first letter.
var corrections = func() map[byte][]string {
	byLetter := map[byte][]string{}
	for _, kind := range []string{"nutrient", "day", "weekday", "month", "span", "meal"} {
		for phrase := range lexicons[kind].values {
			if len(phrase) >= shortestCorrected && !strings.ContainsAny(phrase, " -'") {
				byLetter[phrase[0]] = append(byLetter[phrase[0]], phrase)
			}
		}
	}
	return byLetter
}()

// correctWords are the words of all tables.
var correctWords = func() map[string]bool {
	words := map[string]bool{}
	for _, lexicon := range lexicons {
		for phrase := range lexicon.values {
			for word := range strings.FieldsSeq(phrase) {
				words[word] = true
			}
		}
	}
	return words
}()

// correctFoods are foods that a slip divides from a day.
var correctFoods = []string{"quinoa", "domino", "sundae"}

// spelled corrects words with one wrong, missing, added or exchanged letter that can only be one word of questions: "protien", "yesteday".
func spelled(t string) string {
	words := strings.Split(t, " ")
	for i, w := range words {
		bare := strings.Trim(w, ".,;:!?")
		if len(bare) < shortestCorrected || correctWords[bare] || slices.Contains(correctFoods, bare) {
			continue
		}
		if right := onlyNeighbour(bare); right != "" {
			words[i] = strings.Replace(w, bare, right, 1)
		}
	}
	return strings.Join(words, " ")
}

// onlyNeighbour returns the word that a word is a misspelling of; "" when it could be several.
func onlyNeighbour(w string) (right string) {
	for _, known := range corrections[w[0]] {
		switch {
		case !isOneSlip(w, known):
		case right != "" && right[:len(right)-1] != known && known[:len(known)-1] != right: // but "protein" and "proteins" are one
			return ""
		default:
			right = known
		}
	}
	return right
}

// isOneSlip returns whether one wrong, missing, added or exchanged letter divides two words.
func isOneSlip(a, b string) bool {
	return text.OneLetterApart([]byte(a), []byte(b)) || areTwoExchanged(a, b)
}

// areTwoExchanged returns whether two words differ by neighbours that changed their places.
func areTwoExchanged(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
