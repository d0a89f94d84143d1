package nutrition_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
	"github.com/ultimatecoach/api/internal/dev/dbtest"
)

// shelf is a small catalogue. Tier 0 has what nearly everybody logs, tier 1 plain foods and well-known products, tier 2 the rest;
// popularity is the place among the foods that people log, 0 is unknown.
var shelf = []struct {
	tier, popularity int
	name, brand      string
	aliases          []string
}{
	{0, 1, "Egg, whole, raw", "", nil},
	{0, 2, "Milk, whole", "", nil},
	{0, 3, "Chicken breast, roasted", "", nil},
	{0, 4, "Eggplant, raw", "", []string{"aubergine"}},
	{0, 5, "Chickpeas, cooked", "", []string{"garbanzo beans"}},
	{0, 6, "Banana, raw", "", nil},
	{1, 0, "Egg noodles", "", nil},
	{1, 0, "Egg noodles, cooked", "", nil},
	{1, 0, "Salad of chicken and egg", "", nil},
	{1, 0, "Milk", "Farmhouse", nil},
	{1, 0, "Rice, brown, cooked", "", nil},
	{2, 0, "Low-fat milk drink", "Farmhouse", nil},
	{2, 0, "Milk", "Valley", nil},
	{2, 0, "Shake", "Eggers", nil},
	{2, 0, "Bananarama", "Pun & Co.", nil},
}

// To add a case, add a line to the table (and a food to the shelf): what somebody types, and what is found, in order. To run it:
// go run ./internal/cmd/testdb -- go test ./internal/rooms/nutrition -run SearchFoods_Order
func TestSearchFoods_Order(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for _, f := range shelf {
		_, err := d.Owner.Exec(t.Context(), `
			insert into public.foods (source, tier, popularity, name, brand, aliases, calories, protein_g, carbs_g, fat_g)
			values ('test', $1, nullif($2, 0), $3, nullif($4, ''), coalesce($5, '{}'::text[]), 100, 5, 10, 4)`,
			f.tier, f.popularity, f.name, f.brand, f.aliases)
		require.NoError(t, err)
	}
	_, err := d.Owner.Exec(t.Context(), "select private.count_food_words()") // as an import does
	require.NoError(t, err)
	a := apitest.New(t, apitest.Setup{Database: &d})

	// Somebody who has a food of their own and logs noodles often.
	ann := a.Person(t)
	own := granola()
	own.Name, own.Brand = "Bread with egg", nil
	createFood(t, ann, own)
	noodles := search(t, ann, api.SearchFoodsParams{Q: "egg noodles cooked"}).Data
	require.Len(t, noodles, 1)
	for range 3 {
		var item api.MealItemCreate
		require.NoError(t, item.FromItemByGrams(api.ItemByGrams{FoodID: noodles[0].ID, Grams: 100}))
		r, err := ann.CreateMealWithResponse(
			t.Context(),
			nil,
			api.MealCreate{MealType: api.MealTypeDinner, Items: []api.MealItemCreate{item}},
		)
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
	}
	everybody := a.Person(t)

	for _, c := range []struct {
		why   string
		who   *apitest.Person
		query string
		want  []string
	}{
		{"popular foods come first, then the tiers; in a tier names that begin with the query, then brands that do", everybody, "egg",
			[]string{"Egg, whole, raw", "Eggplant, raw", "Egg noodles", "Egg noodles, cooked", "Salad of chicken and egg", "Shake (Eggers)"}},
		{"own foods come before all, then what the person logs often", ann, "egg",
			[]string{"Bread with egg", "Egg noodles, cooked", "Egg, whole, raw", "Eggplant, raw", "Egg noodles", "Salad of chicken and egg", "Shake (Eggers)"}},
		{"own foods are nobody else's; a word that no food has is left out", everybody, "bread with egg",
			[]string{"Egg, whole, raw", "Eggplant, raw", "Egg noodles", "Egg noodles, cooked", "Salad of chicken and egg", "Shake (Eggers)"}},
		{"what has exactly the name comes before more popular foods", everybody, "milk",
			[]string{"Milk (Farmhouse)", "Milk (Valley)", "Milk, whole", "Low-fat milk drink (Farmhouse)"}},
		{"a brand is a word like others", everybody, "farmhouse milk", []string{"Milk (Farmhouse)", "Low-fat milk drink (Farmhouse)"}},
		{"all words have to be there, in any order", everybody, "chicken egg", []string{"Salad of chicken and egg"}},
		{"the last word may go on", everybody, "chick", []string{"Chicken breast, roasted", "Chickpeas, cooked", "Salad of chicken and egg"}},
		{"a word before the last may not, and is corrected", everybody, "chick egg", []string{"Salad of chicken and egg"}},
		{"singular and plural are the same", everybody, "egg noodle", []string{"Egg noodles", "Egg noodles, cooked"}},
		{"an alias is a name", everybody, "aubergine", []string{"Eggplant, raw"}},
		{"a word with a hyphen is also one without", everybody, "lowfat", []string{"Low-fat milk drink (Farmhouse)"}},
		{"and two words", everybody, "low fat milk", []string{"Low-fat milk drink (Farmhouse)"}},
		{"stop words do not matter", everybody, "salad with the egg", []string{"Salad of chicken and egg"}},
		{"a letter too many is corrected", everybody, "bananna", []string{"Banana, raw", "Bananarama (Pun & Co.)"}},
		{"letters that changed places are", everybody, "brown rcie", []string{"Rice, brown, cooked"}},
		{"what is misspelled is corrected to a word of an own food as well", ann, "braed", []string{"Bread with egg"}},
		{"one or two letters look in no more than the popular and the plain foods", everybody, "sh", []string{}},
		{"what nobody sells is not found", everybody, "xyzzy", []string{}},
		{"an amount is not searched for", everybody, "100g brown rice", []string{"Rice, brown, cooked"}},
		{"a number alone neither", everybody, "2 banana", []string{"Banana, raw", "Bananarama (Pun & Co.)"}},
		{"two words that are one are joined", everybody, "egg plant", []string{"Eggplant, raw"}},
		{"a compound is split", everybody, "brownrice", []string{"Rice, brown, cooked"}},
		{"what is logged often comes before foods that match as well, not before those that match better", ann, "cooked",
			[]string{"Egg noodles, cooked", "Chickpeas, cooked", "Rice, brown, cooked"}},
	} {
		t.Run(c.query+": "+c.why, func(t *testing.T) {
			t.Parallel()
			got := []string{}
			for _, hit := range search(t, c.who, api.SearchFoodsParams{Q: c.query}).Data {
				name := hit.Name
				if hit.Brand != nil {
					name += " (" + *hit.Brand + ")"
				}
				got = append(got, name)
			}
			require.Equal(t, c.want, got)
		})
	}
}
