package foods

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// batchSize is how many foods are written at once: more need more memory, and are not faster per row.
const batchSize = 2000

// Writer writes foods of one source into the catalogue in batches. Its connection must be that of the owner of the schema.
type Writer struct {
	conn   *pgx.Conn
	source string
	batch  []Food
	// Changed is how many foods were new or different.
	Changed int64
}

// NewWriter returns a Writer on conn.
func NewWriter(conn *pgx.Conn, source string) *Writer {
	return &Writer{conn: conn, source: source}
}

// Add takes a food that was checked, and writes the batch when it is full; wrote reports whether it did.
func (w *Writer) Add(ctx context.Context, f Food) (wrote bool, err error) {
	w.batch = append(w.batch, f)
	if len(w.batch) < batchSize {
		return false, nil
	}
	return true, w.Flush(ctx, nil)
}

// Flush writes the waiting foods. also runs in the same transaction; it may be nil.
func (w *Writer) Flush(ctx context.Context, also func(pgx.Tx) error) error {
	err := pgx.BeginFunc(ctx, w.conn, func(tx pgx.Tx) error {
		if len(w.batch) > 0 {
			changed, err := upsert(ctx, tx, w.source, w.batch)
			if err != nil {
				return err
			}
			w.Changed += changed
		}
		if also != nil {
			return also(tx)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write %d foods: %w", len(w.batch), err)
	}
	w.batch = w.batch[:0]
	return nil
}

var foodColumns = append(
	[]string{"id", "source_id", "name", "brand", "barcode", "aliases", "tier", "popularity", "warnings"},
	nutrient.Keys()...)

// row returns the values of foodColumns. Nutrients are rounded to the digits that sources are exact to.
func (f *Food) row() []any {
	aliases := f.Aliases
	if aliases == nil {
		aliases = []string{}
	}
	row := []any{
		orNull(f.ID),
		f.SourceID,
		f.Name,
		orNull(f.Brand),
		orNull(f.Barcode),
		aliases,
		int16(f.Tier),
		orNull(int32(f.Popularity)),
		f.Warnings,
	}
	fine, coarse := f.Nutrients.Times(1, 4), f.Nutrients.Times(1, 3)
	for id, n := range nutrient.Table {
		rounded := &coarse
		if n.Unit == nutrient.G {
			rounded = &fine
		}
		var column *float64
		if amount, known := rounded.Get(nutrient.ID(id)); known {
			column = &amount
		}
		row = append(row, column)
	}
	return row
}

// forEach returns an SQL list with an entry for each nutrient.
func forEach(entry string) string {
	entries := make([]string, nutrient.Count)
	for id, n := range nutrient.Table {
		entries[id] = fmt.Sprintf(entry, n.Key)
	}
	return strings.Join(entries, ", ")
}

func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// The statements of one batch, in order. An unchanged food is not updated, so that a repeated import writes nothing. A
// serving keeps its id as long as its label stays. A serving that is not in the source any more is hidden, not deleted,
// because meals may refer to it; a hidden one that comes again with its own id is shown again.
var (
	createIncoming = `
		create temp table if not exists incoming_foods (
		  id uuid, source_id text, name text, brand text, barcode text, aliases text[], tier smallint, popularity integer, warnings text[],
		  ` + forEach("%s numeric") + `
		);
		create temp table if not exists incoming_servings (
		  id uuid, source_id text, label text, grams numeric, is_default boolean, position integer, food_id uuid
		);
		truncate incoming_foods, incoming_servings;`
	upsertFoods = `
		insert into public.foods as f (id, source, source_id, name, brand, barcode, aliases, tier, popularity, warnings, ` + forEach("%s") + `)
		select distinct on (source_id) coalesce(id, gen_random_uuid()), $1::text, source_id, name, brand, barcode, aliases, tier, popularity,
		  warnings, ` + forEach("%s") + `
		from incoming_foods
		order by source_id
		on conflict (source, source_id) where created_by is null and source_id is not null do update set
		  name = excluded.name, brand = excluded.brand, barcode = excluded.barcode, aliases = excluded.aliases,
		  tier = excluded.tier, popularity = excluded.popularity, warnings = excluded.warnings, ` + forEach("%[1]s = excluded.%[1]s") + `,
		  version = f.version + 1, updated_at = now(), deleted_at = null
		where (f.name, f.brand, f.barcode, f.aliases, f.tier, f.popularity, f.warnings, f.deleted_at, ` + forEach("f.%s") + `)
		  is distinct from (excluded.name, excluded.brand, excluded.barcode, excluded.aliases, excluded.tier, excluded.popularity, excluded.warnings, null,
		    ` + forEach("excluded.%s") + `)`
)

const (
	findFoods = `
		update incoming_servings i
		set food_id = f.id
		from public.foods f
		where f.source = $1 and f.source_id = i.source_id and f.created_by is null`
	hideServings = `
		update public.food_servings s
		set deleted_at = now(), is_default = false
		from public.foods f
		join incoming_foods n on n.source_id = f.source_id
		where f.source = $1 and f.created_by is null and s.food_id = f.id and s.created_by is null and s.deleted_at is null
		  and not exists (select from incoming_servings i where i.food_id = s.food_id and i.label = s.label)`
	// Runs before another serving becomes the default: the index allows only one at any moment.
	clearDefaults = `
		update public.food_servings s
		set is_default = false
		from incoming_servings i
		where i.food_id = s.food_id and i.label = s.label and s.is_default and not i.is_default and s.deleted_at is null`
	updateServings = `
		update public.food_servings s
		set grams = round(i.grams, 4), is_default = i.is_default, position = i.position
		from incoming_servings i
		where i.food_id = s.food_id and i.label = s.label and s.created_by is null and s.deleted_at is null
		  and (s.grams, s.is_default, s.position) is distinct from (round(i.grams, 4), i.is_default, i.position)`
	insertServings = `
		insert into public.food_servings as s (id, food_id, label, grams, is_default, position)
		select coalesce(i.id, gen_random_uuid()), i.food_id, i.label, round(i.grams, 4), i.is_default, i.position
		from incoming_servings i
		where i.food_id is not null
		  and not exists (select from public.food_servings h where h.food_id = i.food_id and h.label = i.label and h.deleted_at is null)
		on conflict (id) do update set
		  label = excluded.label, grams = excluded.grams, is_default = excluded.is_default, position = excluded.position, deleted_at = null
		where s.food_id = excluded.food_id and s.created_by is null and s.deleted_at is not null`
)

func upsert(ctx context.Context, tx pgx.Tx, source string, batch []Food) (changed int64, err error) {
	if _, err := tx.Exec(ctx, createIncoming); err != nil {
		return 0, err
	}
	// Of a food that comes twice in one batch the last one is written, as it would be in two batches.
	last := make(map[string]int, len(batch))
	for i := range batch {
		last[batch[i].SourceID] = i
	}
	var foods, servings [][]any
	for i := range batch {
		f := &batch[i]
		if last[f.SourceID] != i {
			continue
		}
		foods = append(foods, f.row())
		for position, s := range f.Servings {
			servings = append(servings, []any{orNull(s.ID), f.SourceID, s.Label, s.Grams, s.IsDefault, int32(position)})
		}
	}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"incoming_foods"}, foodColumns, pgx.CopyFromRows(foods)); err != nil {
		return 0, err
	}
	_, err = tx.CopyFrom(
		ctx,
		pgx.Identifier{"incoming_servings"},
		[]string{"id", "source_id", "label", "grams", "is_default", "position"},
		pgx.CopyFromRows(servings),
	)
	if err != nil {
		return 0, err
	}
	tag, err := tx.Exec(ctx, upsertFoods, source)
	if err != nil {
		return 0, err
	}
	for _, statement := range []string{findFoods, hideServings} {
		if _, err := tx.Exec(ctx, statement, source); err != nil {
			return 0, err
		}
	}
	for _, statement := range []string{clearDefaults, updateServings, insertServings} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return 0, err
		}
	}
	return tag.RowsAffected(), nil
}

// refreshSearch updates the word counts of search and the statistics of the planner.
func refreshSearch(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, "select private.count_food_words()"); err != nil {
		return fmt.Errorf("count the words of the catalogue: %w", err)
	}
	if _, err := conn.Exec(ctx, "analyze public.foods, public.food_servings, private.food_search, private.food_words"); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	return nil
}
