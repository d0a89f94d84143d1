package safety

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reason says why a part of a model's text was changed.
type Reason string

// The reasons. Those from low_target to deficit are topics of the tables.
const (
	ReasonLowTarget           Reason = "low_target"            // energy a day under the person's least
	ReasonDose                Reason = "dose"                  // a dose of a medicine
	ReasonWriteClaim          Reason = "write_claim"           // says that something was saved, without a confirmed proposal
	ReasonPraise              Reason = "praise"                // praise of a person at risk of an eating disorder
	ReasonPraiseOfRestriction Reason = "praise_of_restriction" // praise of fasting or starving, of anybody
	ReasonDeficit             Reason = "deficit"               // advice to eat less, to a person who must not
	ReasonAllergen            Reason = "allergen"              // one of the person's allergens
	ReasonUnknownNumber       Reason = "unknown_number"        // an amount about the person that no record has
	ReasonLanguage            Reason = "language"              // not the person's language
	ReasonLink                Reason = "link"
	ReasonImage               Reason = "image"
	ReasonPhoneNumber         Reason = "phone_number" // not one of our help lines
	ReasonUnreadable          Reason = "unreadable"   // encoded text
)

// Change is what CheckReply did to one sentence.
type Change struct {
	Reason Reason
	// Sentence counts the sentences of the reply from 0.
	Sentence int
	// Replaced is true when a reviewed sentence stands in the place of the model's, false when its words were removed.
	Replaced bool
}

// Verdict is a reply that may be shown, and what was changed in it.
type Verdict struct {
	Text    string
	Changes []Change
}

// ReplyContext is what a reply is checked against.
type ReplyContext struct {
	Finding Finding
	Person  Person
	// Confirmed is true when the person confirmed a proposal in this turn: only then may the reply say that something is saved.
	Confirmed bool
	// Numbers are those that the reply may state about the person's energy and macronutrients; nil lets all through. More may be added while the
	// reply is made.
	Numbers *Numbers
}

// CheckReply returns a model's whole text without what must not reach the person.
func CheckReply(text string, in ReplyContext) Verdict {
	s := NewStream(in)
	shown := s.Write(text)
	return Verdict{Text: shown + s.Close(), Changes: s.Changes()}
}

// Stream checks a model's text while it arrives, sentence by sentence. The texts that Write and Close return make up the
// text that CheckReply returns for the whole, however the text was cut into pieces.
type Stream struct {
	in       ReplyContext
	floor    float64
	language string // "": a language that is not checked
	pending  string
	sentence int
	shown    bool            // something readable was released
	cut      bool            // the sentence before was cut inside a word that is dropped
	replaced map[Reason]bool // a reviewed sentence is shown once
	changes  []Change
}

// NewStream returns a stream for one reply.
func NewStream(in ReplyContext) *Stream {
	language := in.Finding.Language
	if !slices.Contains(Languages, language) {
		language = ""
	}
	return &Stream{in: in, floor: in.Person.floor(), language: language, replaced: map[Reason]bool{}}
}

// Write takes the next piece and returns the text that may be shown now.
func (s *Stream) Write(piece string) string {
	s.pending += piece
	return s.release(false)
}

// Close returns the rest of the text. When nothing readable is left of the whole reply, it is a sentence that says so.
func (s *Stream) Close() string {
	rest := s.release(true)
	if !s.shown && len(s.changes) > 0 {
		rest += reviewed(replyTexts["empty"], s.in.Finding.replyLanguage())
		s.shown = true
	}
	return rest
}

// Changes returns what was changed so far.
func (s *Stream) Changes() []Change { return s.changes }

func (s *Stream) release(final bool) string {
	var out strings.Builder
	for {
		n, inWord := sentenceEnd(s.pending, final)
		if n == 0 {
			return out.String()
		}
		checked := s.check(s.pending[:n], inWord)
		s.pending = s.pending[n:]
		if strings.ContainsFunc(checked, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			s.shown = true
		}
		out.WriteString(checked)
	}
}

// maxSentence is the length in bytes after which a text without an end of a sentence is checked as it is.
const maxSentence = 1000

// sentenceEnd returns the length of the first sentence of a text, or 0 when more text is needed to know. inWord is true when
// the sentence was cut inside a word because it is too long.
func sentenceEnd(text string, final bool) (n int, inWord bool) {
	window, complete := text, final
	if len(text) > maxSentence {
		window, complete = text[:maxSentence], true
	}
	for i := 0; i < len(window); {
		r, size := utf8.DecodeRuneInString(window[i:])
		i += size
		switch r {
		case '\n', '。', '！', '？':
			return i, false
		case '.', '!', '?', '…':
			end, known := endsSentence(window, i, r)
			if end > 0 {
				return end, false
			}
			if !known && !complete {
				return 0, false
			}
		}
	}
	switch {
	case !complete || text == "":
		return 0, false
	case len(text) <= maxSentence:
		return len(text), false
	}
	if at := strings.LastIndexAny(window, " \t"); at >= 0 {
		return at + 1, false
	}
	n = maxSentence
	for n > maxSentence-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return n, true
}

// endsSentence decides about a mark that stands before i: it ends a sentence when white space follows, and after a full stop
// something else than a small letter or a digit ("approx. 800 kcal"). known is false when the text ends too early to decide.
func endsSentence(text string, i int, mark rune) (end int, known bool) {
	for i < len(text) && strings.ContainsRune(`"')]*_`, rune(text[i])) {
		i++
	}
	spaces := i
	for spaces < len(text) && (text[spaces] == ' ' || text[spaces] == '\t') {
		spaces++
	}
	if spaces == len(text) || !utf8.FullRuneInString(text[spaces:]) {
		return 0, false
	}
	if spaces == i && text[i] != '\n' {
		return 0, true
	}
	next, _ := utf8.DecodeRuneInString(text[spaces:])
	if mark == '.' && (unicode.IsLower(next) || unicode.IsDigit(next)) {
		return 0, true
	}
	return spaces, true
}

// check returns what may be shown of one sentence.
func (s *Stream) check(sentence string, inWord bool) string {
	defer func() { s.sentence++ }()
	if s.cut { // the rest of a long word that was dropped
		i := strings.IndexFunc(sentence, unicode.IsSpace)
		if i < 0 {
			s.cut = inWord
			return ""
		}
		sentence = sentence[i:]
	}
	s.cut = false
	cleaned := s.removeLinks(sentence)
	if inWord && cleaned != sentence {
		s.cut = true
	}
	body := strings.TrimRightFunc(cleaned, unicode.IsSpace)
	if strings.TrimSpace(body) == "" {
		return cleaned
	}
	reason := s.reasonAgainst(body)
	if reason == "" {
		return cleaned
	}
	space := cleaned[len(body):]
	text, ok := replyTexts[reason]
	if !ok || s.replaced[reason] {
		s.note(reason, false)
		if strings.Contains(space, "\n") {
			return "\n"
		}
		return ""
	}
	s.replaced[reason] = true
	s.note(reason, true)
	if space == "" {
		space = " "
	}
	return reviewed(text, s.in.Finding.replyLanguage()) + space
}

func (s *Stream) note(reason Reason, replaced bool) {
	s.changes = append(s.changes, Change{Reason: reason, Sentence: s.sentence, Replaced: replaced})
}

// reasonAgainst returns why a sentence must not be shown, or "".
func (s *Stream) reasonAgainst(sentence string) Reason {
	t := newText(sentence, s.floor)
	written := DetectLanguage(sentence, s.language)
	var near []*table // of the languages that the sentence may be in
	for i := range tables {
		if l := tables[i].language; s.language == "" || l == s.language || l == written {
			near = append(near, &tables[i])
		}
	}
	for _, topic := range replyTopics {
		if !topic.applies(s) {
			continue
		}
		for i := range tables {
			if (topic.anyLanguage || slices.Contains(near, &tables[i])) && tables[i].replyMatches(topic.name, t) {
				return topic.reason
			}
		}
	}
	if slices.Contains(s.in.Finding.Limits, NoDose) && ratio.MatchString(sentence) {
		return ReasonDose
	}
	if s.namesAllergen(t) {
		return ReasonAllergen
	}
	if s.inventsNumber(t, near) {
		return ReasonUnknownNumber
	}
	if s.isForeign(sentence, t.words) {
		return ReasonLanguage
	}
	return ""
}

// replyTopic is a topic of reply rules.
type replyTopic struct {
	name    string
	reason  Reason
	applies func(*Stream) bool
	// anyLanguage lets the rules of all languages look for the topic: a model may write a short sentence in another language than it
	// should. The others have words that are harmless in another language ("plan", "of").
	anyLanguage bool
}

// replyTopics are the topics of the tables' reply rules, and when they apply.
var replyTopics = []replyTopic{
	{"low_target", ReasonLowTarget, always, true},
	{"dose", ReasonDose, always, true},
	{"any_dose", ReasonDose, limited(NoDose), false},
	{"write_claim", ReasonWriteClaim, func(s *Stream) bool { return !s.in.Confirmed }, true},
	{"praise_of_restriction", ReasonPraiseOfRestriction, always, true},
	{"praise", ReasonPraise, limited(NoPraise), false},
	{"deficit", ReasonDeficit, limited(NoDeficit), false},
}

func always(*Stream) bool { return true }

func limited(l Limit) func(*Stream) bool {
	return func(s *Stream) bool { return slices.Contains(s.in.Finding.Limits, l) }
}

// replyMatches reports whether a reply rule of this topic holds for a sentence.
func (tb *table) replyMatches(topic string, t *text) bool {
	for i := range tb.replies {
		if r := &tb.replies[i]; r.topic == topic && r.match(tb, t) {
			return true
		}
	}
	return false
}

// namesAllergen reports whether a sentence names one of the person's allergens without speaking of the allergy.
func (s *Stream) namesAllergen(t *text) bool {
	if !slices.Contains(s.in.Finding.Limits, NoAllergen) || len(s.in.Finding.Allergens) == 0 {
		return false
	}
	if slices.ContainsFunc(t.words, func(w word) bool {
		return strings.HasPrefix(w.text, "allerg") || strings.HasPrefix(w.text, "alerg") || strings.HasPrefix(w.text, "unvertrag")
	}) {
		return false
	}
	return slices.ContainsFunc(s.in.Finding.Allergens, t.namesAllergen)
}

// isForeign reports whether a sentence is clearly in another language than the person's.
func (s *Stream) isForeign(sentence string, words []word) bool {
	if s.language == "" {
		return false
	}
	const letters, common = 10, 4 // fewer say too little: names of foods, a greeting
	if latin, other := latinLetters(sentence); other >= letters && other > latin {
		return true
	}
	counts := countCommonWords(words)
	own := counts[s.language]
	for _, l := range Languages {
		if counts[l] >= common && counts[l] >= 2*own {
			return l != s.language
		}
	}
	return false
}

var (
	images = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)?|(?i)<\s*/?\s*(?:img|svg|video|audio|iframe|picture|source|object|embed)\b[^>]*>?`)
	tags   = regexp.MustCompile(`(?i)<\s*/?\s*(?:a|script|link|style|form|meta|base|input|button)\b[^>]*>?`)
	named  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)?`)
	labels = regexp.MustCompile(`\[[^\]]+\]:\s*\S+`)
	urls   = regexp.MustCompile(`(?i)(?:https?|ftp|file|wss?)://[^\s<>")\]]*|\b(?:javascript|mailto|tel|sms):[^\s<>")\]]+|` +
		`\bdata:[a-z]+/[^\s<>")\]]*|\bwww\.[^\s<>")\]]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+|` +
		`\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|info|app|dev|test|example|xyz|top|site|online|shop|club|link|click|biz)\b(?:[/?#:][^\s<>")\]]*)?|` +
		`\b(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>")\]]*`)
	emptyLink = regexp.MustCompile(`\[?\]\(\s*\)|<\s*>`)
	phone     = regexp.MustCompile(`\+\d[\d ().-]{5,}\d|\b\d[\d ().-]{5,}\d\b`)
	calls     = regexp.MustCompile(
		`(?i)\b(?:call|dial|phone|ring|text|tel|hotline|ruf|wähl|anruf|telefon|appel|compos|llam|marca|ligue|ligar)`,
	)
	encoded = regexp.MustCompile(`[A-Za-z0-9+/_-]{20,}={0,2}`)
	spaces  = regexp.MustCompile(`[ \t]{2,}`)
	ratio   = regexp.MustCompile(`\b1\s*:\s*\d+\b`)
)

// removeLinks removes links, images, phone numbers that are not ours, and encoded text. The words of a named link stay.
// What is removed may have hidden a link ("ht<>tp://"), so it looks again until nothing changes.
func (s *Stream) removeLinks(sentence string) string {
	const rounds = 8 // more are an attack: then the sentence goes
	for range rounds {
		out := s.removeLinksOnce(sentence)
		if out == sentence {
			return out
		}
		sentence = out
	}
	return ""
}

func (s *Stream) removeLinksOnce(sentence string) string {
	out := s.replace(sentence, ReasonImage, images, "")
	out = s.replace(out, ReasonLink, tags, "")
	out = s.replace(out, ReasonLink, labels, "")
	out = s.replace(out, ReasonLink, named, "$1")
	out = s.replace(out, ReasonLink, urls, "")
	out = s.replaceFunc(out, ReasonUnreadable, encoded, isEncoded)
	out = s.replaceFunc(out, ReasonPhoneNumber, phone, func(number string) bool {
		return !isHelpLine(number) && (number[0] == '+' || calls.MatchString(sentence))
	})
	if out != sentence {
		out = spaces.ReplaceAllString(emptyLink.ReplaceAllString(out, ""), " ")
	}
	return out
}

func (s *Stream) replace(text string, reason Reason, find *regexp.Regexp, with string) string {
	out := find.ReplaceAllString(text, with)
	if out != text {
		s.note(reason, false)
	}
	return out
}

func (s *Stream) replaceFunc(text string, reason Reason, find *regexp.Regexp, remove func(string) bool) string {
	out := find.ReplaceAllStringFunc(text, func(found string) string {
		if remove(found) {
			return ""
		}
		return found
	})
	if out != text {
		s.note(reason, false)
	}
	return out
}

// isEncoded reports whether a long word is base64 rather than a name: it has small and capital letters and digits.
func isEncoded(word string) bool {
	return strings.ContainsFunc(word, unicode.IsDigit) && strings.ContainsFunc(word, unicode.IsUpper) &&
		strings.ContainsFunc(word, unicode.IsLower) || strings.HasSuffix(word, "==")
}

// isHelpLine reports whether a number is one of our help lines.
func isHelpLine(number string) bool {
	wanted := digitsOf(number)
	for _, h := range helpLines {
		for own := range strings.SplitSeq(h.phone, ",") {
			if digitsOf(own) == wanted && !h.verifiedAt.IsZero() {
				return true
			}
		}
	}
	return false
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// reviewed returns a text in a language.
func reviewed(texts map[string]string, language string) string { return texts[language] }

// replyTexts are the reviewed sentences that stand in the place of a model's. A reason without one removes the sentence.
var replyTexts = map[Reason]map[string]string{
	ReasonLowTarget: {
		"en": "I don't suggest eating that little; a safe target is one to agree on with a doctor or dietitian.",
		"de": "So wenig zu essen schlage ich nicht vor; ein sicheres Ziel besprichst du am besten ärztlich oder mit einer Ernährungsfachkraft.",
		"fr": "Je ne propose pas de manger si peu ; un objectif sûr se décide avec un médecin ou un diététicien.",
		"es": "No propongo comer tan poco; un objetivo seguro se acuerda con un médico o dietista.",
		"pt": "Não proponho comer tão pouco; uma meta segura se combina com um médico ou nutricionista.",
	},
	ReasonDose: {
		"en": "How much of a medicine to take is a question for your doctor or pharmacist.",
		"de": "Wie viel du von einem Medikament nimmst, ist eine Frage für deine Ärztin, deinen Arzt oder die Apotheke.",
		"fr": "La quantité d'un médicament à prendre est une question pour ton médecin ou ton pharmacien.",
		"es": "Cuánto tomar de un medicamento es una pregunta para tu médico o farmacéutico.",
		"pt": "Quanto tomar de um medicamento é uma pergunta para seu médico ou farmacêutico.",
	},
	ReasonWriteClaim: {
		"en": "I have not saved anything yet: only what you confirm is saved.",
		"de": "Ich habe noch nichts gespeichert: Gespeichert wird nur, was du bestätigst.",
		"fr": "Je n'ai encore rien enregistré : seul ce que tu confirmes est enregistré.",
		"es": "Todavía no he guardado nada: solo se guarda lo que confirmas.",
		"pt": "Ainda não salvei nada: só é salvo o que você confirma.",
	},
	ReasonUnknownNumber: {
		"en": "I leave out a number that I don't find in your records.",
		"de": "Eine Zahl, die ich in deinen Einträgen nicht finde, lasse ich weg.",
		"fr": "Je laisse de côté un nombre que je ne trouve pas dans tes données.",
		"es": "Dejo fuera un número que no encuentro en tus registros.",
		"pt": "Deixo de fora um número que não encontro nos seus registros.",
	},
	ReasonAllergen: {
		"en": "I leave out what your profile lists as an allergy.",
		"de": "Was in deinem Profil als Allergie steht, lasse ich weg.",
		"fr": "Je laisse de côté ce que ton profil indique comme allergie.",
		"es": "Dejo fuera lo que tu perfil indica como alergia.",
		"pt": "Deixo de fora o que seu perfil indica como alergia.",
	},
	"empty": {
		"en": "I could not give a good reply to that. Please ask again in other words.",
		"de": "Darauf konnte ich keine gute Antwort geben. Frag bitte noch einmal mit anderen Worten.",
		"fr": "Je n'ai pas pu donner une bonne réponse. Repose la question avec d'autres mots, s'il te plaît.",
		"es": "No he podido dar una buena respuesta. Pregúntalo de nuevo con otras palabras, por favor.",
		"pt": "Não consegui dar uma boa resposta. Pergunte de novo com outras palavras, por favor.",
	},
}
