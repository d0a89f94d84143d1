package coach_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
)

func TestLocal_PartOfAnAnimal_IsOfTheWholeOne(t *testing.T) {
	t.Parallel()
	p := diarist(t, kitchen(t), "en")
	for text, want := range map[string]struct {
		name  string
		grams float64
	}{
		"half a chicken":                {"^Chicken, .*meat and skin", 350},
		"half a roast chicken":          {"^Chicken, .*meat and skin", 350},
		"ein halbes Hähnchen":           {"^Chicken, .*meat and skin", 350},
		"un quart de poulet":            {"^Chicken, .*meat and skin", 175},
		"medio pollo asado":             {"^Chicken, .*meat and skin", 350},
		"meio frango":                   {"^Chicken, .*meat and skin", 350},
		"a whole chicken":               {"^Chicken, .*meat and skin", 700},
		"half a chicken breast":         {"^Chicken, .*breast", 86},
		"200 g chicken":                 {"^Chicken, .*breast", 200},
		"eine halbe Ente":               {"^Duck, .*meat and skin", 380},
		"half a rabbit":                 {"^Game meat, rabbit", 450},
		"a whole trout":                 {"^Fish, trout", 170},
		"eine ganze Forelle":            {"^Fish, trout", 170},
		"une truite entière":            {"^Fish, trout", 170},
		"half a rack of ribs":           {"^Pork, .*spareribs", 225},
		"a lobster":                     {"^Crustaceans, lobster", 145},
		"half a melon":                  {"^Melons", 400},
		"a whole camembert":             {"(?i)camembert", 250},
		"una trucha entera":             {"^Fish, trout", 170},
		"half a chicken and 200 g rice": {"^Chicken, .*meat and skin", 350},
	} {
		events, _ := talk(t, p, text)
		made := proposed(t, p, events)
		require.Regexp(t, regexp.MustCompile(want.name), made.Preview.Items[0].Name, text)
		require.InDelta(t, want.grams, *made.Preview.Items[0].Grams, 1, text)
	}
	for _, text := range []string{"2 chickens", "a duck", "half a turkey"} {
		events, reply := talk(t, p, text)
		require.Empty(t, only[api.CoachEventProposal](events), text)
		require.Contains(t, reply, "How much was it", text)
	}
}
