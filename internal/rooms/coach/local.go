package coach

import (
	"context"

	api "github.com/ultimatecoach/api/gen/server"
	"github.com/ultimatecoach/api/internal/tools/safety"
)

// localCoach replies without a language model and without a network.
type localCoach struct{ h *Handlers }

// localName is the name of the local coach as provider and as model.
const localName = "local"

func (localCoach) name() (provider, model string) { return localName, localName }

func (localCoach) respond(_ context.Context, t turn, s *speaker) (outcome, error) {
	language := safety.DetectLanguage(t.Text, "en")
	return outcome{Finish: api.FinishReasonStop}, s.say(helpTexts[language])
}

// helpTexts say what the local coach can do.
var helpTexts = map[string]string{
	"en": "Tell me what you ate, such as “2 eggs and 100 g oats for breakfast”, and I propose an entry. Or ask what is left for today.",
	"de": "Sag mir, was du gegessen hast, etwa „2 Eier und 100 g Haferflocken zum Frühstück“, und ich schlage einen Eintrag vor. Oder frag, was heute noch übrig ist.",
	"fr": "Dis-moi ce que tu as mangé, par exemple « 2 œufs et 100 g de flocons d'avoine au petit-déjeuner », et je te propose une entrée. Ou demande ce qu'il te reste aujourd'hui.",
	"es": "Dime qué has comido, por ejemplo «2 huevos y 100 g de avena para desayunar», y te propongo una entrada. O pregunta qué te queda para hoy.",
	"pt": "Diz-me o que comeste, por exemplo «2 ovos e 100 g de aveia ao pequeno-almoço», e proponho um registo. Ou pergunta o que falta hoje.",
}
