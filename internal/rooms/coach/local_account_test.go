package coach_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
)

// questionsOfAll are questions of every kind, each with a word of the reply to a person who has logged nothing and has no profile.
var questionsOfAll = map[string][][2]string{
	"en": {
		{
			"how much protein do I have left today",
			"date of birth",
		},
		{"what is left of my fibre?", "fibre"},
		{"what did I eat today", "Nothing"},
		{
			"what did I eat on Monday",
			"Nothing",
		},
		{"how many calories did I eat yesterday?", "Nothing"},
		{"how much sugar for breakfast?", "No such meal"},
		{
			"average calories this month",
			"Nothing",
		},
		{"which day did I eat the least fat", "Nothing"},
		{"how often do I eat rice", "not logged"},
		{
			"how is my weight going?",
			"No weight",
		},
		{"how many calories did I burn this week", "No activity"},
		{"did I train yesterday?", "No activity"},
		{"how many calories would I burn walking 30 minutes", "weight"},
		{"what are my targets?", "date of birth"},
		{"how much protein is in 100 g tofu?", "Tofu"},
		{"recommend something for dinner", "fit"},
		{"what can you do?", "log"},
		{"order me a pizza", "can't"},
		{"lorem ipsum dolor", "understand"},
		{"hello", "Hello"},
		{"thank you!", "welcome"},
	},
	"de": {
		{"Wie viele Kalorien sind heute noch übrig?", "Geburtsdatum"},
		{"Was habe ich gestern gegessen?", "Gestern ist nichts eingetragen"},
		{
			"Wie viel Fett habe ich heute gegessen?",
			"noch nichts",
		},
		{"Durchschnitt der Kalorien in den letzten 7 Tagen", "nichts eingetragen"},
		{"Wie oft esse ich Reis?", "nicht eingetragen"},
		{"Wie entwickelt sich mein Gewicht?", "kein Gewicht"},
		{"Habe ich heute trainiert?", "keine Aktivität"},
		{"Was sind meine Ziele?", "Geburtsdatum"},
		{"Was kannst du?", "eintragen"},
		{"Wie viele Kalorien haben 100 g Reis?", "kcal"},
		{"Bestelle mir bitte eine Pizza", "kann ich nicht"},
		{"Danke", "Gern"},
	},
	"fr": {
		{"combien de calories me reste-t-il ?", "date de naissance"},
		{"qu'est-ce que j'ai mangé hier ?", "Rien"},
		{"combien de lipides ai-je mangé aujourd'hui ?", "Rien"},
		{"moyenne des calories de la semaine dernière", "Rien"},
		{
			"combien de fois je mange du riz ?",
			"pas noté",
		},
		{"comment évolue mon poids ?", "Aucun poids"},
		{"quels sont mes objectifs ?", "date de naissance"},
		{"que peux-tu faire ?", "noter"},
		{"combien de calories dans 100 g de riz ?", "kcal"},
		{"merci beaucoup", "plaisir"},
	},
	"es": {
		{
			"¿cuántas calorías me quedan hoy?",
			"fecha de nacimiento",
		},
		{"¿qué comí ayer?", "nada anotado"},
		{"¿cuánta grasa he comido hoy?", "nada anotado"},
		{"promedio de calorías de la semana pasada", "nada anotado"},
		{"¿con qué frecuencia como arroz?", "no has anotado"},
		{
			"¿cómo va mi peso?",
			"ningún peso",
		},
		{"¿cuál es mi objetivo de calorías?", "fecha de nacimiento"},
		{"¿qué puedes hacer?", "anotar"},
		{"¿cuántas calorías tienen 100 g de arroz?", "kcal"},
		{"gracias", "De nada"},
	},
	"pt": {
		{
			"quantas calorias restam hoje?",
			"data de nascimento",
		},
		{"o que eu comi ontem?", "nada registrado"},
		{"quanta gordura eu comi hoje?", "nada registrado"},
		{"média de calorias da semana passada", "nada registrado"},
		{"com que frequência eu como arroz?", "não registrou"},
		{
			"como está o meu peso?",
			"nenhum peso",
		},
		{"qual é a minha meta de calorias?", "data de nascimento"},
		{"o que você pode fazer?", "registrar"},
		{"quantas calorias tem 100 g de arroz?", "kcal"},
		{"obrigado", "De nada"},
	},
}

func TestLocal_EmptyAccount_HasAnHonestReplyToEveryQuestion(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	for language, questions := range questionsOfAll {
		p := a.Person(t)
		update(t, p, `{"language":"`+language+`","timezone":"UTC"}`)
		for _, q := range questions {
			events, reply := talk(t, p, q[0])
			require.Contains(t, reply, q[1], q[0])
			require.Empty(t, only[api.CoachEventProposal](events), q[0])
		}
	}
}

// Who asks for the day on which the goal is reached is told why there is none.
func TestLocal_GoalWeight_IsToldWhateverBecomesOfIt(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	update(t, p, fullProfile)
	now := time.Now().UTC()
	for day := range 25 { // 0.7 kg a week less, 79.5 kg today
		weigh(t, p, now.AddDate(0, 0, -day), 79.5+float64(day)*0.1)
	}
	questions := map[string]string{
		"en": "How is my weight going?", "de": "Wie entwickelt sich mein Gewicht?", "fr": "Comment évolue mon poids ?",
		"es": "¿Cómo va mi peso?", "pt": "Como está o meu peso?",
	}
	for profile, of := range map[string]map[string]string{
		`"primary_goal":"lose_weight","goal_weight_kg":85`:  {"en": "reached", "de": "erreicht.", "fr": "atteint", "es": "alcanzado", "pt": "chegou"},
		`"primary_goal":"build_muscle","goal_weight_kg":85`: {"en": "nobody can say"},
		`"primary_goal":"lose_weight","goal_weight_kg":77`:  {"en": "between"},
		`"primary_goal":"lose_weight","goal_weight_kg":55`:  {"en": "35 weeks", "de": "35 Wochen", "fr": "35 semaines", "es": "35 semanas", "pt": "35 semanas"},
	} {
		for language, want := range of {
			update(t, p, `{"language":"`+language+`",`+profile+`}`)
			_, reply := talk(t, p, questions[language])
			require.Contains(t, reply, want, "%s: %s", profile, reply)
		}
	}
}
