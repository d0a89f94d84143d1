package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/ultimatecoach/api/db"
	api "github.com/ultimatecoach/api/gen/server"
)

// measureYear compares the summary of a year with 2 000 activities with plain SQL.
func measureYear(ctx context.Context, h *environment, o options) error {
	from, to := diaryEnd.AddDate(-1, 0, 0), diaryEnd.AddDate(0, 0, -1)
	path := "/api/v1/activities/summary?from=" + from.Format(time.DateOnly) + "&to=" + to.Format(time.DateOnly)
	return compareRange[api.ActivitySummary](ctx, h, "GET /activities/summary of a year with 2 000 activities", path, yearSQL, o, from, to)
}

// measureDashboard compares everything of a day with plain SQL.
func measureDashboard(ctx context.Context, h *environment, o options) error {
	day := diaryEnd.AddDate(0, 0, -10)
	path := "/api/v1/days/" + day.Format(time.DateOnly)
	return compareRange[api.DashboardDay](ctx, h, "GET /days/{date} with activities and weights", path, dashboardSQL, o, day)
}

// compareRange sends a request to the API's handler in this process, and in alternation the statements written by hand. These run in one
// batch, with row level security and the check of the session; their rows are not even decoded, and then the API's own response is encoded
// as JSON. So the ratio is everything that the API does beyond reading rows and writing JSON.
func compareRange[T any](ctx context.Context, h *environment, title, path string, statements []string, o options, days ...any) error {
	users, err := h.diaryUsers(ctx)
	if err != nil {
		return err
	}
	readers, err := h.signIn(ctx, users[:min(20, len(users))])
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, h.appURL)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	handler, stop, err := h.startInProcess(db.Options{URL: h.appURL, MaxConns: 1})
	if err != nil {
		return err
	}
	defer stop()

	ours := func(r reader) error { _, err := askHandler(handler, path, r.token); return err }
	body, err := askHandler(handler, path, readers[0].token)
	if err != nil {
		return err
	}
	var response T
	if err := json.Unmarshal(body, &response); err != nil {
		return err
	}
	theirs := func(r reader) error {
		if err := readRows(ctx, conn, r.id, statements, days); err != nil {
			return err
		}
		_, err := json.Marshal(response)
		return err
	}
	fmt.Printf("\n%s, %d bytes\n\n", title, len(body))
	return alternate(readers, ours, theirs, o)
}

// alternate measures both in turns and prints the medians of each round, and the median of their ratios.
func alternate(readers []reader, ours, theirs func(reader) error, o options) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "round\tAPI p50\thand p50\tratio\tbudget\t")
	var ratios []float64
	for round := range o.rounds + 1 {
		var took [2][]time.Duration
		for began, i := time.Now(), 0; time.Since(began) < o.span || i < 2*len(readers); i++ {
			for n, run := range []func(reader) error{ours, theirs} {
				start := time.Now()
				if err := run(readers[i%len(readers)]); err != nil {
					return err
				}
				took[n] = append(took[n], time.Since(start))
			}
		}
		if round == 0 { // plans and caches
			continue
		}
		slices.Sort(took[0])
		slices.Sort(took[1])
		a, b := took[0][len(took[0])/2], took[1][len(took[1])/2]
		ratios = append(ratios, float64(a)/float64(b))
		fmt.Fprintf(w, "%d\t%v\t%v\t%.2f\t\t\n", round, short(a), short(b), float64(a)/float64(b))
	}
	slices.Sort(ratios)
	fmt.Fprintf(w, "median\t\t\t%.2f\t≤ 1.20\t\n", ratios[len(ratios)/2])
	return w.Flush()
}

func askHandler(handler http.Handler, path, token string) ([]byte, error) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return nil, fmt.Errorf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.Bytes(), nil
}

// readRows runs the statements as the person. $1 is the person, the others are days.
func readRows(ctx context.Context, conn *pgx.Conn, person uuid.UUID, statements []string, days []any) error {
	b := &pgx.Batch{}
	b.Queue(`select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1::text, true),
		private.require_session($2::uuid, $1::uuid)`, person.String(), person)
	for _, sql := range statements {
		b.Queue(sql, append([]any{person}, days...)...)
	}
	results := conn.SendBatch(ctx, b)
	defer results.Close()
	for range b.Len() {
		rows, err := results.Query()
		if err != nil {
			return err
		}
		for rows.Next() {
			_ = rows.RawValues()
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return results.Close()
}

var yearSQL = []string{
	"select timezone, workout_frequency from public.profiles where id = $1 and $2::date <= $3::date",
	`with l as materialized (
		select parent_id, sum(kcal) as kcal, sum(kcal_net) as kcal_net
		from public.activities
		where user_id = $1 and parent_id is not null and deleted_at is null
		group by parent_id
	)
	select a.local_date, a.category, count(*), sum(a.timer_s * a.counted_share::float8),
		sum(coalesce(l.kcal, a.kcal)::float8 * a.counted_share::float8), sum(coalesce(l.kcal_net, a.kcal_net)::float8 * a.counted_share::float8),
		count(*) filter (where a.kcal_net is null), sum(a.distance_m::float8 * a.counted_share::float8),
		sum(a.ascent_m::float8 * a.counted_share::float8),
		sum(a.timer_s * a.counted_share::float8) filter (where a.met >= 3 and a.met < 6),
		sum(a.timer_s * a.counted_share::float8) filter (where a.met >= 6)
	from public.activities a
	left join l on l.parent_id = a.id
	where a.user_id = $1 and a.local_date between $2 and $3 and a.parent_id is null and a.deleted_at is null and a.counted_share > 0
	group by a.local_date, a.category
	order by a.local_date, a.category`,
	`select id, local_date, counting, counted_share::float8, overlapping from public.activities
	where user_id = $1 and local_date between $2 and $3 and parent_id is null and deleted_at is null and counted_share < 1
	order by local_date, id`,
	`select distinct local_date from public.activities
	where user_id = $1 and $2::date <= $3 and parent_id is null and deleted_at is null and counted_share > 0 and family is distinct from 'day_total'`,
}

var dashboardSQL = []string{
	"select * from public.profiles where id = $1 and $2::date is not null",
	"select * from public.nutrition_days where user_id = $1 and local_date between $2::date - 6 and $2",
	`select m.id, m.name, m.meal_type, m.eaten_at, sum(i.calories) from public.meals m
	left join public.meal_items i on i.user_id = m.user_id and i.meal_id = m.id and i.deleted_at is null
	where m.user_id = $1 and m.local_date = $2 and m.deleted_at is null
	group by m.user_id, m.id order by m.eaten_at, m.id`,
	"select complete from public.complete_days where user_id = $1 and local_date = $2",
	`select a.id, a.name, a.category, a.activity, a.started_at, a.timer_s, a.kcal, a.kcal_net, a.counted_share, l.kcal, l.kcal_net
	from public.activities a
	left join lateral (
		select sum(g.kcal) as kcal, sum(g.kcal_net) as kcal_net from public.activities g
		where g.user_id = $1 and g.parent_id = a.id and g.deleted_at is null
	) l on true
	where a.user_id = $1 and a.local_date = $2 and a.parent_id is null and a.deleted_at is null order by a.started_at, a.id`,
	"select sum(amount_ml) from public.water_entries where user_id = $1 and local_date = $2 and deleted_at is null",
	"select sum(asleep_minutes) from public.sleep_entries where user_id = $1 and local_date = $2 and deleted_at is null",
	`select distinct on (local_date) local_date, weight_kg::float8 from public.body_measurements
	where user_id = $1 and local_date between $2::date - 200 and $2 and deleted_at is null and weight_kg is not null
	order by local_date, measured_at, id`,
}
