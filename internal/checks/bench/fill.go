package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"github.com/ultimatecoach/api/internal/rooms/nutrition/foods"
)

// dataSize is how many rows are inserted. The rows are the same in every run.
type dataSize struct {
	foods  int // products in the catalogue, in addition to the starter foods
	people int // odd, so that each of them has meals of one and of two items
	days   int // logged by each person
}

//go:embed diary.sql
var diarySQL string

//go:embed activities.sql
var activitiesSQL string

//go:embed catalogue.sql
var catalogueSQL string

// The inserted products have only the words of the starter foods, but a real catalogue has some 100 000 more. New words are made
// from the beginning of one word and the end of another, so that they are as similar to each other as real words.
const vocabularySQL = `
	insert into private.food_words (word, foods, sure, offered)
	select distinct left(a.word, 4) || right(b.word, 4), 1 + abs(hashtext(a.word || b.word)) % 20, true, true
	from (select word from private.food_words order by md5(word) limit 400) a
	cross join (select word from private.food_words order by md5('b' || word) limit 300) b
	on conflict do nothing`

// owner connects as the owner of the tables, whom row level security does not restrict.
func (h *environment) owner(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, h.ownerURL)
	if err != nil {
		return nil, err
	}
	_, err = conn.Exec(
		ctx,
		`select set_config('bench.foods', $1, false), set_config('bench.people', $2, false), set_config('bench.days', $3, false)`,
		fmt.Sprint(h.size.foods),
		fmt.Sprint(h.size.people),
		fmt.Sprint(h.size.days),
	)
	return conn, err
}

// fill runs a script, then the statements that cannot run in a transaction (vacuum). It runs once per name.
func (h *environment) fill(ctx context.Context, name, script string, after ...string) error {
	if h.filled[name] {
		return nil
	}
	h.filled[name] = true
	began := time.Now()
	if _, err := foods.LoadStarter(ctx, h.ownerURL); err != nil {
		return err
	}
	conn, err := h.owner(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.PgConn().Exec(ctx, script).ReadAll(); err != nil {
		return fmt.Errorf("fill %s: %w", name, err)
	}
	for _, sql := range after {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("fill %s: %w", name, err)
		}
	}
	if _, err := conn.Exec(ctx, "checkpoint"); err != nil { // otherwise the measured reads would have to write dirty pages
		return fmt.Errorf("fill %s: %w", name, err)
	}
	fmt.Fprintf(os.Stderr, "filled %s in %v\n", name, time.Since(began).Round(time.Second))
	return nil
}

func (h *environment) fillDiary(ctx context.Context) error {
	return h.fill(
		ctx,
		"the diary",
		diarySQL,
		"vacuum (analyze) public.meals, public.meal_items, public.nutrition_days, public.profiles, auth.users, auth.sessions",
	)
}

// fillActivities adds activities, weights, water and sleep to the diary.
func (h *environment) fillActivities(ctx context.Context) error {
	if err := h.fillDiary(ctx); err != nil {
		return err
	}
	return h.fill(
		ctx,
		"the activities",
		activitiesSQL,
		"vacuum (analyze) public.activities, public.body_measurements, public.water_entries, public.sleep_entries",
	)
}

func (h *environment) fillCatalogue(ctx context.Context) error {
	if err := h.fill(ctx, "the catalogue", catalogueSQL); err != nil {
		return err
	}
	// The script disables the trigger of the search table; this does the trigger's work on two connections.
	var halves errgroup.Group
	for half := range 2 {
		halves.Go(func() error {
			conn, err := h.owner(ctx)
			if err != nil {
				return err
			}
			defer conn.Close(context.WithoutCancel(ctx))
			// Without triggers: foreign keys would be checked row by row, without the disabled indexes.
			if _, err := conn.Exec(ctx, "set session_replication_role = replica"); err != nil {
				return err
			}
			_, err = conn.Exec(ctx, `
				insert into private.food_search (food_id, owner, tier, rank, keys, sorted_keys, name_key, lexemes)
				select f.id, f.created_by, f.tier, e.rank, e.keys, e.sorted_keys, e.name_key, e.lexemes
				from public.foods f
				cross join lateral private.food_entry(f.name, f.brand, f.aliases, f.popularity) e
				where f.source = 'bench' and f.source_id::integer % 2 = $1`, half)
			return err
		})
	}
	if err := halves.Wait(); err != nil {
		return fmt.Errorf("fill the search table: %w", err)
	}
	err := h.fill(ctx, "the search", "reindex table public.foods; reindex table private.food_search; select private.count_food_words()",
		"vacuum (analyze) public.foods, private.food_search")
	if err != nil {
		return err
	}
	return h.fill(ctx, "the vocabulary", vocabularySQL, "vacuum (analyze) private.food_words")
}

// diaryUser is a person whose diary was filled.
type diaryUser struct {
	id    uuid.UUID
	heavy bool
}

func (h *environment) diaryUsers(ctx context.Context) ([]diaryUser, error) {
	conn, err := h.owner(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	rows, err := conn.Query(ctx, "select md5('person ' || n)::uuid, n % 100 = 0 from generate_series(1, $1::integer) n", h.size.people)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (e diaryUser, err error) {
		err = row.Scan(&e.id, &e.heavy)
		return e, err
	})
}

// printSizes prints rows and sizes of the tables and indexes whose name matches the pattern.
func (h *environment) printSizes(ctx context.Context, pattern string) error {
	conn, err := h.owner(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	rows, err := conn.Query(ctx, `
		select c.oid::regclass::text, c.reltuples::bigint, pg_size_pretty(pg_table_size(c.oid))
		from pg_class c
		where c.relkind in ('r', 'i') and c.relname ~ $1 and pg_table_size(c.oid) > 1000000
		order by c.relkind desc, pg_table_size(c.oid) desc`, pattern)
	if err != nil {
		return err
	}
	defer rows.Close()
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\ntable or index\trows\tsize\t")
	for rows.Next() {
		var name, bytes string
		var n int64
		if err := rows.Scan(&name, &n, &bytes); err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t\n", name, n, bytes)
	}
	fmt.Fprintln(w)
	if err := w.Flush(); err != nil {
		return err
	}
	return rows.Err()
}

// printPostgres prints the version and the settings that the numbers depend on.
func (h *environment) printPostgres(ctx context.Context) error {
	conn, err := h.owner(ctx)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var settings string
	err = conn.QueryRow(ctx, `
		select 'Postgres ' || current_setting('server_version') || ', ' || string_agg(s || ' ' || current_setting(s), ', ' order by n)
		from unnest(array['shared_buffers', 'work_mem', 'fsync', 'synchronous_commit', 'full_page_writes', 'jit']) with ordinality x (s, n)`).Scan(&settings)
	if err != nil {
		return err
	}
	fmt.Printf("%s; data in memory where /dev/shm has room. Nothing waits for a disk.\n\n", settings)
	return nil
}
