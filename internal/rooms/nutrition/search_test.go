package nutrition_test

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	api "github.com/ultimatecoach/api/gen/client"
	"github.com/ultimatecoach/api/internal/checks/apitest"
)

// kitchen returns an API whose catalogue has the starter foods.
func kitchen(t *testing.T) *apitest.API {
	t.Helper()
	d := apitest.Foods(t)
	_, err := d.Owner.Exec(t.Context(), `
		insert into public.foods (source, source_id, name, barcode, calories, protein_g, carbs_g, fat_g) values
		  ('open_food_facts', 'gtin-ean13', 'Oat crackers', '04006381333931', 400, 10, 60, 12),
		  ('open_food_facts', 'gtin-upca', 'Paper-thin crackers', '00036000291452', 400, 10, 60, 12),
		  ('open_food_facts', 'gtin-upce', 'Rye crackers', '00042100005264', 400, 10, 60, 12),
		  ('open_food_facts', 'gtin-ean8', 'Spelt crackers', '00000096385074', 400, 10, 60, 12)`)
	require.NoError(t, err)
	return apitest.New(t, apitest.Setup{Database: &d})
}

func search(t *testing.T, p *apitest.Person, params api.SearchFoodsParams) *api.FoodSearchPage {
	t.Helper()
	r, err := p.SearchFoodsWithResponse(t.Context(), &params)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, r.StatusCode(), "%s: %s", params.Q, r.Body)
	return r.JSON200
}

func names(page *api.FoodSearchPage) []string {
	out := make([]string, len(page.Data))
	for i, hit := range page.Data {
		out[i] = hit.Name
	}
	return out
}

// judgedQuery is a line of testdata/search.tsv: a query, the source ids of the foods of which one should come first, and the amount
// that is understood, if the line names one.
type judgedQuery struct {
	q          string
	right      []string
	understood string
}

func judgedQueries(t *testing.T) []judgedQuery {
	t.Helper()
	file, err := os.ReadFile("testdata/search.tsv")
	require.NoError(t, err)
	var judged []judgedQuery
	for line := range strings.Lines(string(file)) {
		if q, right, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			right, understood, _ := strings.Cut(right, "\t")
			judged = append(judged, judgedQuery{q, strings.Split(right, ","), understood})
		}
	}
	return judged
}

// requireScore scores the search on queries that were judged by hand. The bounds are a little below the present score: a change that
// makes the search worse fails.
func requireScore(t *testing.T, a *apitest.API, p *apitest.Person) {
	t.Helper()
	rows, err := a.Database.Owner.Query(t.Context(), "select id, source_id from public.foods")
	require.NoError(t, err)
	sourceIDs := map[uuid.UUID]string{}
	known := map[string]bool{}
	for rows.Next() {
		var id uuid.UUID
		var source string
		require.NoError(t, rows.Scan(&id, &source))
		sourceIDs[id], known[source] = source, true
	}
	require.NoError(t, rows.Err())
	var first, third int
	var reciprocal float64
	var took []time.Duration
	judged := judgedQueries(t)
	for _, c := range judged {
		for _, id := range c.right {
			require.True(t, known[id], "%s: %s", c.q, id)
		}
		start := time.Now()
		page := search(t, p, api.SearchFoodsParams{Q: c.q, Limit: new(10)})
		took = append(took, time.Since(start))
		if c.understood != "" && assert.NotNil(t, page.Understood, c.q) {
			assert.Equal(t, c.understood, fmt.Sprint(page.Understood.Amount, " ", page.Understood.Unit), c.q)
		}
		place := slices.IndexFunc(page.Data, func(hit api.FoodHit) bool { return slices.Contains(c.right, sourceIDs[hit.ID]) })
		if place == 0 {
			first++
		}
		if place >= 0 && place < 3 {
			third++
		} else {
			t.Logf("%q wants %s: place %d of %q", c.q, c.right, place, names(page)[:min(4, len(page.Data))])
		}
		if place >= 0 {
			reciprocal += 1 / float64(place+1)
		}
	}
	slices.SortFunc(took, cmp.Compare)
	n := float64(len(judged))
	top1, top3, mrr := float64(first)/n, float64(third)/n, reciprocal/n
	t.Logf("%.0f queries: top-1 %.3f, top-3 %.3f, MRR %.3f; p50 %s, p99 %s", n, top1, top3, mrr, took[len(took)/2], took[len(took)*99/100])
	require.GreaterOrEqual(t, len(judged), 800)
	assert.GreaterOrEqual(t, top1, 0.99)
	assert.GreaterOrEqual(t, top3, 0.99)
	assert.GreaterOrEqual(t, mrr, 0.99)
}

func TestSearchFoods_JudgedQueries_FindTheRightFood(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	requireScore(t, a, a.Person(t))
}

// Who logs some foods every day finds the others as well as everybody else.
func TestSearchFoods_JudgedQueriesOfAPersonWithAHistory_FindTheRightFood(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	for _, q := range []string{"egg", "egg noodles", "skim milk", "peanut butter", "greek yogurt", "chicken noodle soup", "brown rice", "apple pie",
		"chocolate milk", "whole wheat bread", "cream cheese", "tomato soup", "orange juice", "beef stew", "fried rice"} {
		logOften(t, p, search(t, p, api.SearchFoodsParams{Q: q}).Data[0].ID)
	}
	requireScore(t, a, p)
}

// logOften logs a food often enough for the search to know it as a frequent one.
func logOften(t *testing.T, p *apitest.Person, id uuid.UUID) {
	t.Helper()
	var item api.MealItemCreate
	require.NoError(t, item.FromItemByGrams(api.ItemByGrams{FoodID: id, Grams: 100}))
	body := api.MealCreate{MealType: api.MealTypeDinner, Items: []api.MealItemCreate{item, item, item}}
	r, err := p.CreateMealWithResponse(t.Context(), nil, body)
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
}

func TestSearchFoods_OddInput_NeverFails(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	for _, q := range []string{"%", "_", "'", `"`, `\`, "...", "-", "&", "!!!", "🍌", "🍌🍎", "()", "' or 1=1 --", "a:*&!b", ":*", "the", " ", "\u200b", "x & | ! <-> y", "''''", `\\''`, "%%%___", "\ufffd", strings.Repeat("a ", 100)} {
		require.NotNil(t, search(t, p, api.SearchFoodsParams{Q: q}).Data, q)
	}
	for _, q := range []string{strings.Repeat("x", 10_000), "egg\x00", "", "\xff"} {
		r, err := p.SearchFoodsWithResponse(t.Context(), &api.SearchFoodsParams{Q: q})
		require.NoError(t, err)
		require.Equal(t, http.StatusBadRequest, r.StatusCode(), "%.20q", q)
	}
	// Names in any script are found, also by their beginning.
	for _, name := range []string{"خبز عربي", "ข้าวผัดกุ้ง", "味噌ラーメン", "Борщ украинский", "φέτα τυρί", "пельмени", "Müsli Größe", "smørrebrød", "50% Kakao", "M&M's", "Ben & Jerry's", "Coca‑Cola", "L’Étoile", "ＦＵＬＬ width"} {
		body := granola()
		body.Name = name
		made := createFood(t, p, body)
		runes := []rune(name)
		for _, q := range []string{name, strings.ToUpper(name), strings.ToLower(name), string(runes[:len(runes)-1])} {
			page := search(t, p, api.SearchFoodsParams{Q: q})
			require.NotEmpty(t, page.Data, q)
			require.Equal(t, made.ID, page.Data[0].ID, q)
		}
	}
}

// Normalization turns some characters into apostrophes, quotes or brackets: a prime, the letter ŉ, ⑴.
func TestSearchFoods_CharactersThatNormalizeToOperators_NeverFail(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	rows, err := a.Database.Owner.Query(t.Context(), `
		select chr(i)
		from generate_series(1, 1114111) i
		where i not between 55296 and 57343 -- no characters
			and concat(extensions.unaccent(chr(i)), normalize(chr(i), nfkc), extensions.unaccent(normalize(chr(i), nfkc))) ~ '[''\\&|!():*<>]'`)
	require.NoError(t, err)
	characters, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Subset(t, characters, []string{"'", `\`, "′", "＇", "‛", "ŉ", "ʹ", "⑴", "＼", "＆"})
	for _, c := range characters {
		for _, q := range []string{c, "o" + c + "neil", c + "a" + c, "egg " + c} {
			search(t, p, api.SearchFoodsParams{Q: q, Limit: new(1)})
		}
	}
	own := granola()
	own.Name = "O'Neil's stew"
	stew := createFood(t, p, own)
	for _, apostrophe := range []string{"", "'", "’", "‘", "‛", "′", "＇", "ʻ", "ʼ", "ˈ", "`", "´"} {
		page := search(t, p, api.SearchFoodsParams{Q: "o" + apostrophe + "neil" + apostrophe + "s"})
		require.Len(t, page.Data, 1, apostrophe)
		require.Equal(t, stew.ID, page.Data[0].ID, apostrophe)
	}
}

func TestSearchFoods_InvisibleCharacters_AreIgnored(t *testing.T) {
	t.Parallel()
	a := apitest.New(t)
	p := a.Person(t)
	seen := createFood(t, p, granola())
	for _, c := range []rune{0xad, 0x34f, 0x61c, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x202e, 0x2060, 0x2063, 0x3164, 0xfe0f, 0xfeff, 0xe0001} {
		for _, q := range []string{"gra" + string(c) + "nola", string(c) + "granola", "granola" + string(c)} {
			page := search(t, p, api.SearchFoodsParams{Q: q})
			require.Len(t, page.Data, 1, "%U", c)
			require.Equal(t, seen.ID, page.Data[0].ID, "%U", c)
			require.Nil(t, page.DidYouMean, "%U", c)
		}
	}
}

func FuzzSearchFoods(f *testing.F) {
	for _, seed := range []string{"egg", "l'été-2%", "a & b | !c", `\':*`, "味噌", "\u0301", "12345670"} {
		f.Add(seed)
	}
	a := apitest.New(f)
	token := a.Person(f).Cookie(f, "access_token")
	f.Fuzz(func(t *testing.T, q string) {
		r, err := a.Bearer(t, token).SearchFoodsWithResponse(t.Context(), &api.SearchFoodsParams{Q: q})
		require.NoError(t, err)
		require.Contains(t, []int{http.StatusOK, http.StatusBadRequest}, r.StatusCode(), string(r.Body))
	})
}

// Search found nothing for a brand or for words that are not adjacent, and everything for a SQL wildcard.
func TestRegression3_BrandsAndWordsInAnyOrderAreFound_AndSignsAreNoWildcards(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	for q, brand := range map[string]string{"mcdonald": "McDonald's Corporation", "mcdonald's fries": "McDonald's Corporation", "campbell soup": "Campbell Soup Co."} {
		require.Equal(t, brand, *search(t, p, api.SearchFoodsParams{Q: q}).Data[0].Brand, q)
	}
	for _, q := range []string{"grilled chicken", "chicken grilled", "breast chicken"} {
		got := search(t, p, api.SearchFoodsParams{Q: q})
		require.NotEmpty(t, got.Data, q)
		require.Nil(t, got.DidYouMean, q)
		require.Contains(t, got.Data[0].Name, "Chicken", q)
	}
	for _, q := range []string{"%", "_", "%%", "___", "_gg"} {
		require.NotContains(t, names(search(t, p, api.SearchFoodsParams{Q: q})), "Egg, whole, raw, fresh", q)
	}
}

func TestSearchFoods_Pages_HaveEachFoodOnce(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	own := granola()
	own.Name = "Chicken of my own"
	createFood(t, p, own)
	for _, q := range []string{"chicken", "chiken", "mcdonald", "banana"} {
		whole := search(t, p, api.SearchFoodsParams{Q: q, Limit: new(100)})
		var pages []string
		params := api.SearchFoodsParams{Q: q, Limit: new(7)}
		for len(pages) < len(whole.Data) {
			page := search(t, p, params)
			require.Equal(t, whole.DidYouMean, page.DidYouMean, q)
			for _, hit := range page.Data {
				pages = append(pages, hit.ID.String())
			}
			if params.Cursor = page.NextCursor; params.Cursor == nil {
				break
			}
		}
		var once []string
		for _, hit := range whole.Data {
			once = append(once, hit.ID.String())
		}
		require.Equal(t, once, pages[:len(once)], q)
	}
	first := search(t, p, api.SearchFoodsParams{Q: "chicken", Limit: new(1)})
	for _, other := range []api.SearchFoodsParams{{Q: "beef", Cursor: first.NextCursor}, {Q: "chicken", Scope: new(api.FoodScopeOwn), Cursor: first.NextCursor}} {
		r, err := p.SearchFoodsWithResponse(t.Context(), &other)
		require.NoError(t, err)
		require.Equal(t, "invalid_cursor", r.ApplicationProblemJSON400.Code)
	}
}

// For a word of thousands of foods, foods with exactly that word come first; foods in which a word only begins like it follow.
func TestSearchFoods_WordOfThousandsOfFoods_IsFoundAsAPrefixToo(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	whole := func(q string) *api.FoodSearchPage { return search(t, p, api.SearchFoodsParams{Q: q, Limit: new(100)}) }
	queries := []string{"cheese ham", "veggie ham", "mcdonald chick", "chedder cheese", "ham of vegetables"}
	before := map[string][]string{}
	for _, q := range queries {
		before[q] = names(whole(q))
		require.NotEmpty(t, before[q], q)
		require.Less(t, len(before[q]), 100, q)
	}
	changed, err := a.Database.Owner.Exec(
		t.Context(),
		"update private.food_words set foods = 100000 where word in ('ham', 'chick', 'cheese', 'vegetable')",
	)
	require.NoError(t, err)
	require.EqualValues(t, 4, changed.RowsAffected())
	for _, q := range queries {
		require.ElementsMatch(t, before[q], names(whole(q)), q)
		var pages []string
		for params := (api.SearchFoodsParams{Q: q, Limit: new(2)}); ; {
			page := search(t, p, params)
			pages = append(pages, names(page)...)
			if params.Cursor = page.NextCursor; params.Cursor == nil {
				break
			}
		}
		require.Equal(t, names(whole(q)), pages, q)
	}
	ham := slices.IndexFunc(before["cheese ham"], func(name string) bool { return strings.Contains(name, "croissant") })
	require.Less(t, slices.Index(names(whole("cheese ham")), before["cheese ham"][ham]), ham, "before the hamburgers with cheese")
}

func TestSearchFoods_MisspelledWord_SuggestsTheRightOne(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	for q, meant := range map[string]string{
		"egss": "eggs", "rcie": "rice", "mlk": "milk", "mik": "milk", "suagr": "sugar", "yogrut": "yogurt", "oinon": "onion", // short words
		"samlon": "salmon", "toamto": "tomato", "shirmp": "shrimp", "quiona": "quinoa", "chikcen": "chicken", // letters swapped
		"braed": "bread", "bred": "bread", "carot": "carrot", "cofee": "coffee", "buter": "butter", // left out
		"bannana": "banana", "carrrot": "carrot", "beaf": "beef", "spinich": "spinach", "expresso": "espresso", // one too many, one wrong
		"pare": "pear", "borccoli": "broccoli", // in another place
		"lettus": "lettuce", "spagetty": "spaghetti", // more than one typo
		"cheees": "cheese", "parsnps": "parsnips", // as people write it, not as it is folded
		"turky": "turkey", "chickn": "chicken", // before the puns of products
		"brown rcie": "brown rice", "turky breast": "turkey breast", "gren tea": "green tea",
	} {
		got := search(t, p, api.SearchFoodsParams{Q: q})
		require.NotNil(t, got.DidYouMean, q)
		require.Equal(t, meant, *got.DidYouMean, q)
		require.NotEmpty(t, got.Data, q)
	}
	for _, q := range []string{"pinon", "fritos", "smacks", "stakes", "juicy", "turk", "gjet", "pinyo", "kelloggs", "courgettes", "cheese", "and"} {
		got := search(t, p, api.SearchFoodsParams{Q: q})
		require.Nil(t, got.DidYouMean, q)
		require.NotEmpty(t, got.Data, q)
	}
}

// Words of the catalogue are not corrected, and every suggestion is a word of the catalogue.
func TestSearchFoods_DidYouMean_SuggestsWordsOfFoods_AndCorrectsNoneOfThem(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	words := func(sql string) []string {
		rows, err := a.Database.Owner.Query(t.Context(), sql)
		require.NoError(t, err)
		found, err := pgx.CollectRows(rows, pgx.RowTo[string])
		require.NoError(t, err)
		return found
	}
	written := map[string]bool{}
	for _, w := range words(`
		select w
		from public.foods f
		cross join unnest(array[f.name, f.brand] || f.aliases) n
		cross join unnest(private.tokens(n)) w
		union
		select unnest(words) from private.food_aliases
		union
		select unnest(string_to_array(phrase, ' ')) from private.food_lexicon`) {
		written[strings.NewReplacer("-", "", "&", "").Replace(w)] = true
		for part := range strings.FieldsFuncSeq(w, func(r rune) bool { return r == '-' || r == '&' }) {
			written[part] = true
		}
	}
	offered := words("select word from private.food_words where offered")
	require.Greater(t, len(offered), 2000)
	for _, w := range offered {
		require.True(t, written[w], w)
	}
	require.Subset(t, offered, []string{"cheese", "eggs", "onion", "parsnips", "pear", "courgette"})
	require.Empty(
		t,
		words(
			"select word from private.food_words where sure and (private.correct_food_words(array[word], null, 'all', true)).corrected is not null",
		),
	)
}

// Foods whose alias begins with the query come after foods whose name does.
func TestSearchFoods_UnfinishedWord_ReturnsNamesBeforeAliases(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	got := names(search(t, a.Person(t), api.SearchFoodsParams{Q: "chick"}))
	egg := slices.Index(got, "Egg, whole, raw, fresh") // also "chicken egg"
	require.GreaterOrEqual(t, egg, 10)
	for _, name := range got[:egg] {
		require.True(t, strings.HasPrefix(name, "Chick"), name)
	}
}

// Words of own foods are suggested to their owner, never to anybody else.
func TestSearchFoods_DidYouMean_KnowsTheWordsOfOwnFoodsOnly(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	ann, bob := a.Person(t), a.Person(t)
	own := granola()
	own.Name = "Zwiebelkuchen of Zyzzyva"
	f := createFood(t, ann, own)
	_, err := a.Database.Owner.Exec(t.Context(), "select private.count_food_words()") // as an import does
	require.NoError(t, err)
	for _, scope := range []api.FoodScope{api.FoodScopeAll, api.FoodScopeOwn} {
		got := search(t, ann, api.SearchFoodsParams{Q: "zwiebelkuhcen", Scope: &scope})
		require.Equal(t, "zwiebelkuchen", *got.DidYouMean)
		require.Equal(t, f.ID, got.Data[0].ID)
	}
	require.Equal(t, "chicken", *search(t, ann, api.SearchFoodsParams{Q: "chiken"}).DidYouMean)
	require.Equal(
		t,
		"zwiebelkuchen zyzzyva",
		*search(t, ann, api.SearchFoodsParams{Q: "zwiebelkuhcen zyzzyva"}).DidYouMean,
		"what one's own food has is right",
	)
	for _, nothing := range []*api.FoodSearchPage{
		search(t, ann, api.SearchFoodsParams{Q: "zwiebelkuhcen", Scope: new(api.FoodScopeCatalogue)}),
		search(t, ann, api.SearchFoodsParams{Q: "chiken", Scope: new(api.FoodScopeOwn)}),
		search(t, bob, api.SearchFoodsParams{Q: "zwiebelkuhcen"}),
		search(t, bob, api.SearchFoodsParams{Q: "zwiebelkuchen"}),
		search(t, bob, api.SearchFoodsParams{Q: "zyzzyv"}),
	} {
		require.Nil(t, nothing.DidYouMean)
		require.Empty(t, nothing.Data)
	}
}

func TestSearchFoods_OwnAndFrequentFoods_ComeFirst(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	usual := search(t, p, api.SearchFoodsParams{Q: "egg"})
	require.Equal(t, "Egg, whole, raw, fresh", usual.Data[0].Name)
	require.Equal(t, "1 large", usual.Data[0].DefaultServing.Label)
	require.Equal(t, 71.5, usual.Data[0].DefaultServing.Nutrients.Calories)

	// A food that is logged often comes before the others that match as well, not before those that match better. Own foods come first.
	scrambled := search(t, p, api.SearchFoodsParams{Q: "scrambled egg"}).Data[0]
	logOften(t, p, scrambled.ID)
	own := granola()
	own.Name = "Pie with eggs of my aunt"
	pie := createFood(t, p, own)
	got := search(t, p, api.SearchFoodsParams{Q: "egg", Limit: new(100)})
	require.Equal(t, []uuid.UUID{pie.ID, usual.Data[0].ID, scrambled.ID}, []uuid.UUID{got.Data[0].ID, got.Data[1].ID, got.Data[2].ID})
	seen := map[uuid.UUID]bool{}
	for _, hit := range got.Data {
		require.False(t, seen[hit.ID], "%s twice", hit.Name)
		seen[hit.ID] = true
	}
	require.Len(t, search(t, p, api.SearchFoodsParams{Q: "egg", Scope: new(api.FoodScopeOwn)}).Data, 1)
	for _, hit := range search(t, p, api.SearchFoodsParams{Q: "egg", Scope: new(api.FoodScopeCatalogue)}).Data {
		require.False(t, hit.IsCustom)
	}
	require.Equal(
		t,
		usual.Data[0].ID,
		search(t, a.Person(t), api.SearchFoodsParams{Q: "egg"}).Data[0].ID,
		"for everybody else nothing changed",
	)
}

// Who logged eggs got an egg first for "chicken", because one of its names is "chicken egg".
func TestSearchFoods_FrequentFoodThatMatchesLess_ComesAfterBetterMatches(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	for _, q := range []string{"egg", "milk chocolate", "peanut butter cookie"} {
		logOften(t, p, search(t, p, api.SearchFoodsParams{Q: q}).Data[0].ID)
	}
	for q, want := range map[string]string{"chicken": "Chicken, ", "milk": "Milk, ", "peanut butter": "Peanut butter, ", "chick": "Chick", "2 chicken": "Chicken, "} {
		got := names(search(t, p, api.SearchFoodsParams{Q: q}))
		require.True(t, strings.HasPrefix(got[0], want), "%s: %s", q, got[0])
	}
}

// Every name of the lexicon finds the food that it means, and is not corrected.
func TestSearchFoods_NamesInOtherLanguages_FindTheirFood(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	rows, err := a.Database.Owner.Query(t.Context(), `
		select l.phrase || ' (' || l.language || '): ' || f.name, array_position(h.ids, l.food_id), h.corrected
		from private.food_lexicon l
		join public.foods f on f.id = l.food_id
		cross join lateral (
			select array_agg(x.food_id order by x.section, x.score, x.food_id) as ids, bool_or(x.is_corrected) as corrected
			from private.search_foods(array[l.phrase], null, 'catalogue', null, null, null, null, 3) x
		) h`)
	require.NoError(t, err)
	var all, notFirst int
	for rows.Next() {
		var name string
		var place *int
		var corrected *bool
		require.NoError(t, rows.Scan(&name, &place, &corrected))
		all++
		if assert.NotNil(t, place, name) && *place != 1 {
			notFirst++
			t.Logf("place %d: %s", *place, name)
		}
		assert.False(t, *corrected, name)
	}
	require.NoError(t, rows.Err())
	require.GreaterOrEqual(t, all, 2000)
	require.LessOrEqual(t, notFirst, 2, "Pommes means fries in German and apples in French")
}

func TestSearchFoods_WordOfAnotherLanguage_IsNotCorrectedToAnUnlikeFood(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	for q := range strings.FieldsSeq(`Eier leite Mandeln pâtes Brot lait huevos ovos Apfelschorle Kartoffelsuppe pommes Kaese Broetchen Mettwurst
		Harzer Lakritz cèpes merguez madeleine chocolatine taboulé salmorejo manchego sidra alfajor`) {
		got := search(t, p, api.SearchFoodsParams{Q: q})
		require.Nil(t, got.DidYouMean, q)
	}
	for q, meant := range map[string]string{"Kartofel": "kartoffel", "Haferflockn": "haferflocken", "zanahria": "zanahoria", "fromge": "fromage",
		"pomme de tere": "pomme de terre"} {
		got := search(t, p, api.SearchFoodsParams{Q: q})
		require.NotNil(t, got.DidYouMean, q)
		require.Equal(t, meant, *got.DidYouMean)
	}
}

func TestSearchFoods_AmountInQuery_IsReadyToBeLogged(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	for _, c := range []struct {
		q       string
		amount  float64
		unit    string
		kind    api.FoodPortionKind
		label   string
		grams   float64
		ignored []string
	}{
		{"2 large eggs", 2, "large", api.FoodPortionKindServing, "1 large", 100, nil},
		{"egg", 0, "", "", "", 0, nil},
		{"large organic egg", 1, "large", api.FoodPortionKindServing, "1 large", 50, []string{"organic"}},
		{"3 eggs", 3, "piece", api.FoodPortionKindServing, "1 medium", 132, nil},
		{"100g chicken breast", 100, "g", api.FoodPortionKindGrams, "100 g", 100, nil},
		{"2 oz cheddar", 2, "oz", api.FoodPortionKindGrams, "56.699 g", 56.699, nil},
		{"glass of milk", 1, "glass", api.FoodPortionKindServing, "1 cup", 244, nil},
		{"500 ml milk", 500, "ml", api.FoodPortionKindGrams, "", 0, nil},
		{"2 EL Olivenöl", 2, "tbsp", api.FoodPortionKindServing, "1 tablespoon", 27, nil},
		{"homemade soup", 0, "", "", "", 0, []string{"homemade"}},
		{"moms famous lasagna", 0, "", "", "", 0, []string{"moms", "famous"}},
		{"7 up", 0, "", "", "", 0, nil},
	} {
		got := search(t, p, api.SearchFoodsParams{Q: c.q})
		require.NotEmpty(t, got.Data, c.q)
		require.Equal(t, c.ignored, got.Ignored, c.q)
		if c.unit == "" {
			require.Nil(t, got.Understood, c.q)
			require.Nil(t, got.Data[0].Portion, c.q)
			continue
		}
		require.NotNil(t, got.Understood, c.q)
		require.Equal(t, c.amount, got.Understood.Amount, c.q)
		require.Equal(t, c.unit, got.Understood.Unit, c.q)
		portion := got.Data[0].Portion
		require.NotNil(t, portion, c.q)
		require.Equal(t, c.kind, portion.Kind, c.q)
		if c.label != "" {
			require.Equal(t, c.label, portion.Label, c.q)
			require.Equal(t, c.grams, portion.Grams, c.q)
		}
		require.Equal(t, portion.ServingID, got.Understood.ServingID, c.q)

		var item api.MealItemCreate // one tap
		if portion.Kind == api.FoodPortionKindServing {
			require.NoError(
				t,
				item.FromItemByServing(api.ItemByServing{FoodID: got.Data[0].ID, ServingID: *portion.ServingID, Count: *portion.Count}),
			)
		} else {
			require.NoError(t, item.FromItemByGrams(api.ItemByGrams{FoodID: got.Data[0].ID, Grams: portion.Grams}))
		}
		r, err := p.CreateMealWithResponse(t.Context(), nil, api.MealCreate{MealType: api.MealTypeLunch, Items: []api.MealItemCreate{item}})
		require.NoError(t, err)
		require.Equal(t, http.StatusCreated, r.StatusCode(), string(r.Body))
		require.Equal(t, portion.Grams, *r.JSON201.Items[0].Grams, c.q)
	}
}

// The words that are taken for an amount, a size or an adjective never hide a food that has them in its name.
func TestSearchFoods_NameWithAmountOrAdjective_IsFoundByItsWholeName(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	for _, name := range []string{"Organic milk", "2 cups of soup", "Large egg salad", "Homemade bread", "Slice", "Glass noodle soup", "5 grain bread", "Fresh cheese", "XL cookie"} {
		own := granola()
		own.Name = name
		made := createFood(t, p, own)
		require.Equal(t, made.ID, search(t, p, api.SearchFoodsParams{Q: name}).Data[0].ID, name)
	}
	_, err := a.Database.Owner.Exec(t.Context(), `
		insert into public.foods (source, source_id, tier, name, calories, protein_g, carbs_g, fat_g) values
			('open_food_facts', 'o1', 2, 'Homemade style lentil soup', 60, 3, 8, 1), ('open_food_facts', 'o2', 2, '9 grain crisps', 400, 9, 60, 9),
			('open_food_facts', 'o3', 2, 'Large oat cookies', 450, 6, 60, 20)`)
	require.NoError(t, err)
	for q, want := range map[string]string{"homemade lentil soup": "Homemade style lentil soup", "9 grain crisps": "9 grain crisps", "large oat cookies": "Large oat cookies"} {
		require.Contains(t, names(search(t, p, api.SearchFoodsParams{Q: q})), want, q)
	}
}

func TestSearchFoods_PagesOfAQueryWithAnAmount_HaveEachFoodOnce(t *testing.T) {
	t.Parallel()
	a := kitchen(t)
	p := a.Person(t)
	for _, q := range []string{"2 large eggs", "organic milk", "7 up", "moms famous lasagna", "Huhn", "mc donalds"} {
		seen := map[uuid.UUID]bool{}
		var first *api.FoodSearchPage
		params := api.SearchFoodsParams{Q: q, Limit: new(7)}
		for range 5 {
			page := search(t, p, params)
			if first == nil {
				first = page
			}
			require.Equal(t, first.Ignored, page.Ignored, q)
			require.Equal(t, first.Understood == nil, page.Understood == nil, q)
			for _, hit := range page.Data {
				require.False(t, seen[hit.ID], "%s: %s twice", q, hit.Name)
				seen[hit.ID] = true
			}
			if params.Cursor = page.NextCursor; params.Cursor == nil {
				break
			}
		}
	}
}
