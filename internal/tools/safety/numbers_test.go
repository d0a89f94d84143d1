package safety_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ultimatecoach/api/internal/tools/safety"
)

// records are what a reply is made from: 1450 of 2100 kcal eaten, 84.3 of 140 g protein, and three days.
func records() *safety.Numbers {
	n := new(safety.Numbers)
	n.AddText("I had about 500 kcal of cake")
	n.AddData("```data x\n" + `{"get_day":{"targets":{"calories":2100,"protein_g":140},` +
		`"eaten":{"calories":{"amount":1450},"protein_g":{"amount":84.3},"carbs_g":{"amount":160}},"note":"soup of 230 kcal"}}` + "\n```end x")
	n.AddData(`{"list_days":{"data":[{"calories":1800,"protein_g":90},{"calories":2000,"protein_g":99},{"calories":1750,"protein_g":80}]}}`)
	return n
}

// A reply, and whether its number is in the records.
var statements = []struct {
	language, text string
	known          bool
}{
	{"en", "You have eaten 1,450 kcal today.", true},
	{"en", "You ate about 1,500 kcal today.", true}, // rounded
	{"en", "You have 650 kcal left today.", true},   // 2100 − 1450
	{"en", "You've had 84 g of protein so far.", true},
	{"en", "Your average was 1,850 kcal over the three days.", true},
	{"en", "Your total for the three days is 5,550 kcal.", true},
	{"en", "You had 500 kcal of cake and a soup of 230 kcal.", true},
	{"en", "So far: 1450 kcal, 84 g protein and 160 g carbs.", true},
	{"en", "1 g of protein has 4 kcal, and an egg has about 78 kcal.", true},
	{"en", "You could have 30 g of protein at dinner, such as 120 g of tuna.", true},
	{"en", "If you ate 800 kcal more, you would be over your target.", true},
	{"en", "You have plenty left, and a banana has 105 kcal.", true},
	{"en", "You have 650 kcal left: a yogurt (120 kcal) and a banana (105 kcal).", true},
	{"en", "You have enough left for a banana with 105 kcal.", true},
	{"en", "You ran 5 km and slept 7 hours.", true},

	{"en", "You have eaten 1,234 kcal today.", false},
	{"en", "You have 915 kcal left today.", false},
	{"en", "Your average this week is 2,345 kcal.", false},
	{"en", "Your protein target is 172 g of protein.", false},
	{"en", "So far: 1450 kcal, 113 g protein and 160 g carbs.", false},
	{"en", "You have had 1450 g of protein.", false}, // of another nutrient
	{"de", "Du hast heute 1.450 kcal gegessen.", true},
	{"de", "Du hast heute 1.234 kcal gegessen.", false},
	{"de", "Dir bleiben heute noch 915 kcal.", false},
	{"de", "Dein Tagesziel sind 172 g Eiweiß.", false},
	{"de", "Ein Ei hat etwa 78 kcal, und 1 g Eiweiß hat 4 kcal.", true},
	{"fr", "Tu as mangé 1 450 kcal aujourd'hui.", true},
	{"fr", "Tu as mangé 1 234 kcal aujourd'hui.", false},
	{"fr", "Il te reste 915 kcal.", false},
	{"fr", "Un œuf a environ 78 kcal.", true},
	{"es", "Has comido 1450 kcal hoy.", true},
	{"es", "Has comido 1234 kcal hoy.", false},
	{"es", "Te quedan 113 g de proteína.", false},
	{"es", "Un huevo tiene unas 78 kcal.", true},
	{"pt", "Você comeu 1450 kcal hoje.", true},
	{"pt", "Você comeu 1234 kcal hoje.", false},
	{"pt", "Restam 113 g de proteína.", false},
	{"pt", "Um ovo tem cerca de 78 kcal.", true},
}

func TestCheckReply_NumberAboutThePerson_IsInTheRecordsOrReplaced(t *testing.T) {
	t.Parallel()
	for _, c := range statements {
		in := safety.ReplyContext{Finding: safety.Finding{Language: c.language}, Numbers: records()}
		got := safety.CheckReply(c.text, in)
		if c.known && (got.Text != c.text || len(got.Changes) > 0) {
			t.Errorf("%q became %q: %v", c.text, got.Text, got.Changes)
		}
		replaced := len(got.Changes) == 1 && got.Changes[0].Reason == safety.ReasonUnknownNumber && !strings.Contains(got.Text, c.text)
		if !c.known && !replaced {
			t.Errorf("%q became %q: %v", c.text, got.Text, got.Changes)
		}
	}
}

func TestCheckReply_NumbersAreNotKnown_AreNotChecked(t *testing.T) {
	t.Parallel()
	const reply = "You have eaten 1,234 kcal today."
	require.Equal(t, reply, safety.CheckReply(reply, safety.ReplyContext{Finding: safety.Finding{Language: "en"}}).Text)
}

func TestStream_NumberOfALaterTool_IsKnownFromThenOn(t *testing.T) {
	t.Parallel()
	n := new(safety.Numbers)
	s := safety.NewStream(safety.ReplyContext{Finding: safety.Finding{Language: "en"}, Numbers: n})
	require.Equal(t, "I leave out a number that I don't find in your records. ", s.Write("You ate 1950 kcal. So"))
	n.AddData(`{"get_day":{"calories":1950}}`)
	require.Empty(t, s.Write(" you ate 1950 kcal."))
	require.Equal(t, "So you ate 1950 kcal.", s.Close())
}
