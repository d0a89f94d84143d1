package safety

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"
)

//go:embed responses.tsv
var responseTable string

// responseKey names a reviewed text.
type responseKey struct{ kind, topic, language string }

var responses = parseResponses(responseTable)

func parseResponses(source string) map[responseKey]string {
	texts := map[responseKey]string{}
	for n, line := range strings.Split(strings.TrimSpace(source), "\n") {
		cells := strings.Split(line, "\t")
		if n == 0 {
			continue
		}
		if len(cells) != 4 {
			panic(fmt.Sprintf("responses.tsv:%d: %d columns", n+1, len(cells)))
		}
		texts[responseKey{cells[0], cells[1], cells[2]}] = cells[3]
	}
	return texts
}

// Response is what the person reads.
type Response struct {
	// Text is the reviewed text, with the resources as its last lines.
	Text      string
	Language  string
	Resources []Resource
}

// Respond returns the reviewed text for a finding in its language, with the help lines of the country. The text is "" when
// the kind is None.
func Respond(f Finding, region string, now time.Time) Response {
	r := Response{Language: f.replyLanguage(), Resources: Resources(f, region, now)}
	var text strings.Builder
	text.WriteString(responses[responseKey{string(f.Kind), f.Topic, r.Language}])
	if showsResources(f) {
		for _, line := range r.Resources {
			text.WriteString("\n– " + line.Name)
			if line.Phone != "" {
				text.WriteString(": " + line.Phone)
			}
		}
	}
	r.Text = text.String()
	return r
}

// showsResources reports whether the resources are lines of the text. The other texts name the doctor in their sentences.
func showsResources(f Finding) bool { return f.Action == ActionReply }

// replyLanguage returns the language of the reviewed text: the finding's, or English when we have no text in it.
func (f *Finding) replyLanguage() string {
	if slices.Contains(Languages, f.Language) {
		return f.Language
	}
	return "en"
}

// localPhrases are the words for those who can help, in one language.
type localPhrases struct {
	emergency, localEmergency, trustedPerson, eatingDisorderDoctor, doctor string
}

var phrases = map[string]localPhrases{
	"en": {
		"Emergency services", "Your local emergency number", "Someone you trust, or a doctor",
		"Your doctor, or an eating disorder service near you", "Your doctor or a dietitian",
	},
	"de": {
		"Notruf", "Die Notrufnummer deines Landes", "Ein Mensch, dem du vertraust, oder eine Ärztin oder ein Arzt",
		"Deine Ärztin, dein Arzt oder eine Beratungsstelle für Essstörungen", "Deine Ärztin, dein Arzt oder eine Ernährungsfachkraft",
	},
	"fr": {
		"Urgences", "Le numéro d'urgence de ton pays", "Une personne de confiance ou un médecin",
		"Ton médecin ou un service spécialisé dans les troubles alimentaires", "Ton médecin ou un diététicien",
	},
	"es": {
		"Emergencias", "El número de emergencias de tu país", "Una persona de confianza o un médico",
		"Tu médico o un servicio de trastornos alimentarios", "Tu médico o un dietista",
	},
	"pt": {
		"Emergência", "O número de emergência do seu país", "Uma pessoa de confiança ou um médico",
		"Seu médico ou um serviço de transtornos alimentares", "Seu médico ou um nutricionista",
	},
}
