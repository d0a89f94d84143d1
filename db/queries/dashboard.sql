-- name: GetDashboard :many
-- A row per day: the day and as many days before it as asked for, each with what was logged. The profile is in every row; the weigh-ins
-- of the 400 days before, and the meals and activities as JSON, are only in the last one. With lists, the days before have only what was
-- eaten, for the mean of the week. Columns of one day are joined by lists that
-- are read once: each has the bounds of the range itself, because Postgres does not see them in g.day.
with me as (
  select p.id, x.day, x.day - @days_before::integer as first_day, case when @lists::boolean then x.day else x.day - @days_before::integer end as first_shown
  from public.profiles p
  cross join lateral (select coalesce(sqlc.narg('day')::date, private.local_date(@now::timestamptz, p.timezone)) as day) x
  where p.id = @user_id
), weights as materialized (
  select me.day, w.days::date[] as days, w.weights::float8[] as weights
  from me
  cross join lateral private.daily_weights(@user_id::uuid, me.first_day - 400, me.day) w
)
select g.day::date as day, sqlc.embed(p),
  coalesce(n.items, 0)::integer as items, private.day_sums(n) as sums, private.day_known(n)::integer[] as known,
  coalesce(c.meals, 0)::integer as meals_count, coalesce(k.complete, false)::boolean as complete,
  coalesce(a.records, 0)::integer as activities_count, coalesce(a.seconds, 0)::float8 as activity_seconds,
  coalesce(a.kcal, 0)::float8 as activity_kcal, coalesce(a.kcal_net, 0)::float8 as activity_kcal_net,
  coalesce(a.net_unknown, 0)::integer as activity_net_unknown,
  coalesce(w.amount_ml, 0)::integer as water_ml, coalesce(s.asleep_minutes, 0)::integer as asleep_minutes,
  coalesce(b.days, '{}')::date[] as weight_days, coalesce(b.weights, '{}')::float8[] as weights,
  coalesce(case when g.day = me.day and @lists::boolean then (
    select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'meal_type', m.meal_type, 'eaten_at', m.eaten_at,
      'calories', (select coalesce(sum(i.calories), 0) from public.meal_items i where i.user_id = @user_id and i.meal_id = m.id and i.deleted_at is null))
      order by m.eaten_at, m.id)
    from public.meals m
    where m.user_id = @user_id and m.local_date = me.day and m.deleted_at is null
  ) end, '[]')::jsonb as meals,
  coalesce(case when g.day = me.day and @lists::boolean then (
    select jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'category', x.category, 'activity', x.activity, 'started_at', x.started_at,
      'minutes', round(x.timer_s / 60.0, 1), 'kcal', x.kcal, 'kcal_net', x.kcal_net, 'counted_share', x.counted_share)
      order by x.started_at, x.id)
    from (
      select *
      from public.activities y
      where y.user_id = @user_id and y.local_date = me.day and y.parent_id is null and y.deleted_at is null
      order by y.started_at, y.id
      limit 100
    ) x
  ) end, '[]')::jsonb as activities
from me
join public.profiles p on p.id = @user_id
cross join lateral (select me.first_day + i as day from generate_series(0, me.day - me.first_day) i) g
left join public.nutrition_days n on n.user_id = @user_id and n.local_date = g.day
  and n.local_date between (select first_day from me) and (select day from me)
left join (
  select m.local_date, count(*) as meals
  from public.meals m
  where m.user_id = @user_id and m.local_date between (select first_shown from me) and (select day from me) and m.deleted_at is null
  group by m.local_date
) c on c.local_date = g.day
left join public.complete_days k on k.user_id = @user_id and k.local_date = g.day
  and k.local_date between (select first_shown from me) and (select day from me)
left join private.daily_activity(@user_id::uuid, (select first_shown from me), (select day from me)) a on a.local_date = g.day
left join (
  select e.local_date, sum(e.amount_ml) as amount_ml
  from public.water_entries e
  where e.user_id = @user_id and e.local_date between (select first_shown from me) and (select day from me) and e.deleted_at is null
  group by e.local_date
) w on w.local_date = g.day
left join (
  select e.local_date, sum(e.asleep_minutes) as asleep_minutes
  from public.sleep_entries e
  where e.user_id = @user_id and e.local_date between (select first_shown from me) and (select day from me) and e.deleted_at is null
  group by e.local_date
) s on s.local_date = g.day
left join weights b on b.day = g.day
order by g.day;

-- name: SetDayCompletion :exec
insert into public.complete_days as d (user_id, local_date, complete)
select p.id, @day::date, @complete::boolean
from public.profiles p
where p.id = @user_id
on conflict (user_id, local_date) do update set complete = excluded.complete, updated_at = now()
where d.user_id = @user_id and d.complete <> excluded.complete;
