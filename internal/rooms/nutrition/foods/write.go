package foods

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/ultimatecoach/api/internal/tools/nutrient"
)

// batchSize is how many foods are written at once: more need more memory, and are not faster per row.
const batchSize = 2000

var foodColumns = append(
	[]string{"id", "source_id", "name", "brand", "barcode", "aliases", "tier", "popularity", "warnings"},
	nutrient.Keys()...)

var servingColumns = []string{"id", "source_id", "label", "grams", "is_default", "position"}

// row returns the values of foodColumns. Nutrients are rounded to the digits that sources are exact to.
func (f *Food) row() []any {
	row := []any{
		orNull(f.ID), f.SourceID, f.Name, orNull(f.Brand), orNull(f.Barcode), append([]string{}, f.Aliases...), int16(f.Tier),
		orNull(int32(f.Popularity)), f.Warnings,
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

// listOf returns an SQL list with an entry for each column.
func listOf(columns []string, entry string) string {
	entries := make([]string, len(columns))
	for i, column := range columns {
		entries[i] = strings.ReplaceAll(entry, "{}", column)
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
		create temp table if not exists incoming_foods as select ` + listOf(foodColumns, "{}") + ` from public.foods with no data;
		create temp table if not exists incoming_servings (
		  id uuid, source_id text, label text, grams numeric, is_default boolean, position integer, food_id uuid
		);
		truncate incoming_foods, incoming_servings;`
	changing    = foodColumns[2:] // all but the ids
	upsertFoods = `
		insert into public.foods as f (source, id, source_id, ` + listOf(changing, "{}") + `)
		select $1::text, coalesce(id, gen_random_uuid()), source_id, ` + listOf(changing, "{}") + `
		from incoming_foods
		on conflict (source, source_id) where created_by is null and source_id is not null do update set
		  ` + listOf(changing, "{} = excluded.{}") + `, version = f.version + 1, updated_at = now(), deleted_at = null
		where (f.deleted_at, ` + listOf(changing, "f.{}") + `) is distinct from (null, ` + listOf(changing, "excluded.{}") + `)`
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

// write writes checked foods of a source, and returns how many were new or different. conn is that of the owner of the schema. also runs in
// the same transaction; it may be nil.
func write(ctx context.Context, conn *pgx.Conn, source string, batch []Food, also func(pgx.Tx) error) (changed int64, err error) {
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if len(batch) > 0 {
			if changed, err = upsert(ctx, tx, source, batch); err != nil {
				return fmt.Errorf("write %d foods: %w", len(batch), err)
			}
		}
		if also == nil {
			return nil
		}
		return also(tx)
	})
	return changed, err
}

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
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"incoming_servings"}, servingColumns, pgx.CopyFromRows(servings)); err != nil {
		return 0, err
	}
	b := &pgx.Batch{}
	b.Queue(upsertFoods, source).Exec(func(tag pgconn.CommandTag) error {
		changed = tag.RowsAffected()
		return nil
	})
	b.Queue(findFoods, source)
	b.Queue(hideServings, source)
	for _, statement := range []string{clearDefaults, updateServings, insertServings} {
		b.Queue(statement)
	}
	return changed, tx.SendBatch(ctx, b).Close()
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
