package foods

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods/seed"
)

// seedLock is the advisory lock that keeps two processes from loading the foods at the same time; the number is arbitrary.
const seedLock = 0x666f6f64 // "food"

// LoadStarter loads the foods embedded in the binary unless the same ones were loaded before; loaded reports whether it did.
func LoadStarter(ctx context.Context, ownerURL string) (loaded bool, err error) {
	hash, err := seed.Hash()
	if err != nil {
		return false, fmt.Errorf("read the starter foods: %w", err)
	}
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return false, errors.New("connect as owner: the database cannot be reached") // pgx's own error can quote the password
	}
	defer conn.Close(context.WithoutCancel(ctx)) // releases the lock, too
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", int64(seedLock)); err != nil {
		return false, fmt.Errorf("lock the catalogue: %w", err)
	}
	var exists bool
	if err := conn.QueryRow(ctx, "select exists (select from private.food_seeds where hash = $1)", hash).
		Scan(&exists); err != nil ||
		exists {
		return false, err
	}
	usda, own, err := Starter()
	if err != nil {
		return false, fmt.Errorf("read the starter foods: %w", err)
	}
	for source, list := range map[string][]Food{SR28: usda, Own: own} {
		if _, err := write(ctx, conn, source, list, nil); err != nil { // small enough for one batch
			return false, err
		}
	}
	if err := loadAliases(ctx, conn); err != nil {
		return false, fmt.Errorf("load the aliases: %w", err)
	}
	if err := loadLexicon(ctx, conn, usda, own); err != nil {
		return false, fmt.Errorf("load the lexicon: %w", err)
	}
	if err := refreshSearch(ctx, conn); err != nil {
		return false, err
	}
	_, err = conn.Exec(ctx, "insert into private.food_seeds (hash) values ($1)", hash)
	return err == nil, err
}

// Starter reads the embedded files: the foods of USDA with the names that people use, and our own foods.
func Starter() (usda, own []Food, err error) {
	byID := map[string]*Food{}
	category := map[string]string{}
	var order []string
	err = eachRow("foods.csv.gz", func(r record) error {
		id := r.text("ndb_no")
		f := &Food{SourceID: id, Name: r.text("name"), Brand: r.text("manufacturer"), Tier: TierPlain, Nutrients: r.nutrients()}
		f.Aliases = r.list("common_names", ",")
		byID[id], category[id] = f, r.text("category")
		order = append(order, id)
		return r.err
	})
	if err != nil {
		return nil, nil, err
	}
	err = eachRow("servings.csv.gz", func(r record) error {
		f, grams := byID[r.text("ndb_no")], r.number("grams")
		if f == nil || grams == nil {
			return fmt.Errorf("serving of food %q", r.text("ndb_no"))
		}
		f.Servings = append(f.Servings, Serving{Label: r.text("label"), Grams: *grams})
		return r.err
	})
	if err != nil {
		return nil, nil, err
	}
	err = eachRow("popularity.csv", func(r record) error {
		f := byID[r.text("source_id")]
		if f == nil {
			return fmt.Errorf("popularity of food %q", r.text("source_id"))
		}
		f.Tier, f.Popularity = TierPopular, r.integer("rank")
		// Each name that people type is an alias of its own, which an exact match finds. USDA's common names are one alias together:
		// search finds their words, but none of them is an exact name.
		common := strings.Join(f.Aliases, ", ")
		f.Aliases = r.list("aliases", ";")
		if common != "" {
			f.Aliases = append(f.Aliases, common)
		}
		return r.err
	})
	if err != nil {
		return nil, nil, err
	}
	for _, id := range order {
		f := byID[id]
		f.Servings = sortByHouseholdUse(f.Servings, category[id])
		if err := f.refusal(); err != nil {
			return nil, nil, err
		}
		usda = append(usda, *f)
	}
	own, err = ownFoods()
	return withStableIDs(SR28, usda), withStableIDs(Own, own), err
}

// starterNamespace is the UUID namespace of the ids of the starter foods, which are the same on every machine.
var starterNamespace = uuid.MustParse("6f0d5c1e-0f3b-4b0e-9c57-6a1f9d1c8e55")

// eggNumber is the NDB number of the egg in the docs' examples, which has the ids that the docs show.
const eggNumber = "01123"

func withStableIDs(source string, list []Food) []Food {
	for i := range list {
		f := &list[i]
		f.ID = uuid.NewSHA1(starterNamespace, []byte(source+" "+f.SourceID))
		if source == SR28 && f.SourceID == eggNumber {
			f.ID = uuid.MustParse("f0000000-0000-4000-8000-000000000001")
		}
		for j := range f.Servings {
			f.Servings[j].ID = uuid.NewSHA1(f.ID, []byte(f.Servings[j].Label))
			if f.SourceID == eggNumber && j < 2 { // 1 large, 1 medium
				f.Servings[j].ID = uuid.MustParse(fmt.Sprintf("f0000000-0000-4000-8000-0000000000%d", 11+j))
			}
		}
	}
	return list
}

// ownFoods reads our own foods, which the USDA release of 2015 does not have.
func ownFoods() (own []Food, err error) {
	const rank = 120 // after what nearly everybody logs, before the rest
	err = eachRow("supplement.csv", func(r record) error {
		f := Food{
			SourceID: r.text("source_id"), Name: r.text("name"), Brand: r.text("brand"), Aliases: r.list("aliases", ";"),
			Tier: TierPopular, Popularity: rank, Nutrients: r.nutrients(), FiberApart: true, // figures of European labels
		}
		for _, s := range r.list("servings", ";") {
			label, weight, _ := strings.Cut(s, "=")
			grams, err := strconv.ParseFloat(strings.TrimSuffix(weight, "*"), 64)
			if err != nil {
				return fmt.Errorf("serving %q", s)
			}
			f.Servings = append(f.Servings, Serving{Label: label, Grams: grams, IsDefault: strings.HasSuffix(weight, "*")})
		}
		if err := f.refusal(); err != nil {
			return err
		}
		own = append(own, f)
		return r.err
	})
	return own, err
}

// loadAliases replaces the table of words with the same meaning.
func loadAliases(ctx context.Context, conn *pgx.Conn) error {
	b := &pgx.Batch{}
	b.Queue("delete from private.food_aliases")
	err := eachRow("aliases.csv", func(r record) error {
		b.Queue(`insert into private.food_aliases (words, means)
			values (string_to_array(private.food_key($1), ' '), private.tokens($2)) on conflict do nothing`, r.text("word"), r.text("means"))
		return r.err
	})
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return tx.SendBatch(ctx, b).Close() })
}

// withoutUmlauts spells German words as people do whose keyboard has no umlauts.
var withoutUmlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue")

// loadLexicon replaces the names that foods have in other languages. A name without English words of its own is searched for by
// the first name of its food.
func loadLexicon(ctx context.Context, conn *pgx.Conn, usda, own []Food) error {
	type named struct{ source, name string }
	byID := map[string]named{}
	for _, f := range usda {
		byID[f.SourceID] = named{SR28, f.Name}
		if f.Popularity > 0 {
			byID[f.SourceID] = named{SR28, f.Aliases[0]}
		}
	}
	for _, f := range own {
		byID[f.SourceID] = named{Own, f.Name}
	}
	b := &pgx.Batch{}
	b.Queue("delete from private.food_lexicon")
	err := eachRow("lexicon.csv", func(r record) error {
		var source, sourceID *string
		english := r.text("english")
		if id := r.text("food"); id != "" {
			f, ok := byID[id]
			if !ok {
				return fmt.Errorf("%q means an unknown food %q", r.text("word"), id)
			}
			source, sourceID, english = &f.source, &id, cmp.Or(english, f.name)
		}
		word, language := r.text("word"), r.text("language")
		phrases := []string{word}
		if language == "de" {
			phrases = append(phrases, withoutUmlauts.Replace(word))
		}
		b.Queue(`
			insert into private.food_lexicon (phrase, language, food_id, means)
			select distinct private.lexicon_phrase(p), $2,
				(select f.id from public.foods f where f.source = $3 and f.source_id = $4 and f.created_by is null), private.query_words($5)
			from unnest($1::text[]) p
			on conflict do nothing`, phrases, language, source, sourceID, english)
		return r.err
	})
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return tx.SendBatch(ctx, b).Close() })
}

// refusal checks the food, and returns why it cannot be used, or nil.
func (f *Food) refusal() error {
	for _, finding := range f.check() {
		if finding.Refused() {
			return fmt.Errorf("food %s: %s", f.SourceID, finding)
		}
	}
	return nil
}

func eachRow(file string, take func(record) error) error {
	opened, err := seed.Files.Open(file)
	if err != nil {
		return err
	}
	defer opened.Close()
	rows, err := openTable(opened)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = take(r)
		}
		if err != nil {
			line, _ := rows.csv.FieldPos(0)
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
	}
}
