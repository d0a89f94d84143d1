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

// size is how much there is to look through. It is made the same way every time.
type size struct {
	foods  int // products in the catalogue, besides the starter foods
	people int // odd, so that each of them has meals of one and of two items
	days   int // that each of them has logged
}

//go:embed diary.sql
var diarySQL string

//go:embed catalogue.sql
var catalogueSQL string

// The products of the bench have the words of the starter foods; those of the world have a hundred thousand more. A half of
// one word and a half of another are as near to each other as words are.
const vocabularySQL = `
	insert into private.food_words (word, foods, sure, offered)
	select distinct left(a.word, 4) || right(b.word, 4), 1 + abs(hashtext(a.word || b.word)) % 20, true, true
	from (select word from private.food_words order by md5(word) limit 400) a
	cross join (select word from private.food_words order by md5('b' || word) limit 300) b
	on conflict do nothing`

// owner is a connection past every policy.
func (h *house) owner(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.Connect(ctx, h.ownerURL)
	if err != nil {
		return nil, err
	}
	_, err = conn.Exec(ctx, `select set_config('bench.foods', $1, false), set_config('bench.people', $2, false), set_config('bench.days', $3, false)`,
		fmt.Sprint(h.size.foods), fmt.Sprint(h.size.people), fmt.Sprint(h.size.days))
	return conn, err
}

// fill runs a script of many statements, and what cannot be in one transaction with them; once under each name.
func (h *house) fill(ctx context.Context, name, script string, after ...string) error {
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
	if _, err := conn.Exec(ctx, "checkpoint"); err != nil { // or the readers would write out what was filled
		return fmt.Errorf("fill %s: %w", name, err)
	}
	fmt.Fprintf(os.Stderr, "filled %s in %v\n", name, time.Since(began).Round(time.Second))
	return nil
}

func (h *house) fillDiary(ctx context.Context) error {
	return h.fill(ctx, "the diary", diarySQL, "vacuum (analyze) public.meals, public.meal_items, public.nutrition_days, public.profiles, auth.users, auth.sessions")
}

func (h *house) fillCatalogue(ctx context.Context) error {
	if err := h.fill(ctx, "the catalogue", catalogueSQL); err != nil {
		return err
	}
	// What the trigger would have written, on two connections.
	var halves errgroup.Group
	for half := range 2 {
		halves.Go(func() error {
			conn, err := h.owner(ctx)
			if err != nil {
				return err
			}
			defer conn.Close(context.WithoutCancel(ctx))
			// Foreign keys would be looked up one by one, in a table whose indexes are off.
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

// eater is somebody of the filled diary.
type eater struct {
	id    uuid.UUID
	heavy bool
}

func (h *house) eaters(ctx context.Context) ([]eater, error) {
	conn, err := h.owner(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	rows, err := conn.Query(ctx, "select md5('person ' || n)::uuid, n % 100 = 0 from generate_series(1, $1::integer) n", h.size.people)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (e eater, err error) {
		err = row.Scan(&e.id, &e.heavy)
		return e, err
	})
}

// printSizes shows how much room relations take.
func (h *house) printSizes(ctx context.Context, pattern string) error {
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

// printPostgres says what the database is: numbers of another one are other numbers.
func (h *house) printPostgres(ctx context.Context) error {
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
