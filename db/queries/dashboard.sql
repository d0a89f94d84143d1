-- name: GetDashboard :one
-- A day with all that was logged on it. Lists are JSON, or arrays of the same length: the days of the week before with something eaten, each
-- with an array of nutrients that is one dimension more, and the weigh-ins that the trend needs.
with me as materialized (
  select p.id, coalesce(sqlc.narg('day')::date, private.local_date(@now::timestamptz, p.timezone)) as day
  from public.profiles p
  where p.id = @user_id
)
select me.day::date as day, sqlc.embed(p),
  n.days::date[] as week_days, n.items::integer[] as week_items, n.sums::numeric[] as week_sums, n.known::integer[] as week_known,
  coalesce((
    select k.complete
    from public.complete_days k
    where k.user_id = @user_id and k.local_date = me.day
  ), false)::boolean as complete,
  coalesce(a.records, 0)::integer as activities_count, coalesce(a.seconds, 0)::float8 as activity_seconds,
  coalesce(a.kcal, 0)::float8 as activity_kcal, coalesce(a.kcal_net, 0)::float8 as activity_kcal_net,
  coalesce(a.net_unknown, 0)::integer as activity_net_unknown,
  coalesce((
    select sum(e.amount_ml)
    from public.water_entries e
    where e.user_id = @user_id and e.local_date = me.day and e.deleted_at is null
  ), 0)::integer as water_ml,
  coalesce((
    select sum(e.asleep_minutes)
    from public.sleep_entries e
    where e.user_id = @user_id and e.local_date = me.day and e.deleted_at is null
  ), 0)::integer as asleep_minutes,
  w.days::date[] as weight_days, w.weights::float8[] as weights,
  coalesce((
    select json_agg(json_build_object('id', m.id, 'name', m.name, 'meal_type', m.meal_type, 'eaten_at', m.eaten_at,
      'calories', (select coalesce(sum(i.calories), 0) from public.meal_items i where i.user_id = @user_id and i.meal_id = m.id and i.deleted_at is null))
      order by m.eaten_at, m.id)
    from public.meals m
    where m.user_id = @user_id and m.local_date = me.day and m.deleted_at is null
  ), '[]')::json as meals,
  coalesce((
    select json_agg(json_build_object('id', x.id, 'name', x.name, 'category', x.category, 'activity', x.activity, 'started_at', x.started_at,
      'minutes', round(x.timer_s / 60.0, 1), 'kcal', x.kcal, 'kcal_net', x.kcal_net, 'counted_share', x.counted_share)
      order by x.started_at, x.id)
    from (
      select *
      from public.counted_activities y
      where y.user_id = @user_id and y.local_date = me.day
      order by y.started_at, y.id
      limit 100
    ) x
  ), '[]')::json as activities
from me
join public.profiles p on p.id = @user_id
left join lateral private.daily_activity(@user_id::uuid, me.day, me.day) a on true
cross join lateral private.daily_weights(@user_id::uuid, me.day - @weight_days_before::integer, me.day) w
cross join lateral (
  select coalesce(array_agg(d.local_date order by d.local_date), '{}') as days,
    coalesce(array_agg(d.items order by d.local_date), '{}') as items,
    coalesce(array_agg(private.day_sums(d) order by d.local_date), '{}') as sums,
    coalesce(array_agg(private.day_known(d) order by d.local_date), '{}') as known
  from public.nutrition_days d
  where d.user_id = @user_id and d.local_date between me.day - 6 and me.day and d.items > 0
) n;

-- name: ListDashboardDays :many
-- A row per day of a range, each with what was logged. The profile is in every row; the weigh-ins that the trend needs are only in the
-- last one. Columns of one day are joined by lists that are read once.
with dates as (
  select sqlc.arg('from_day')::date + i as day
  from generate_series(0, sqlc.arg('to_day')::date - @from_day::date) i
), weights as materialized (
  select w.days::date[] as days, w.weights::float8[] as weights
  from private.daily_weights(@user_id::uuid, sqlc.arg('from_day')::date - @weight_days_before::integer, @to_day::date) w
)
select g.day::date as day, sqlc.embed(p),
  coalesce(n.items, 0)::integer as items, private.day_sums(n) as sums, private.day_known(n)::integer[] as known,
  coalesce(c.meals, 0)::integer as meals_count, coalesce(k.complete, false)::boolean as complete,
  coalesce(a.records, 0)::integer as activities_count, coalesce(a.seconds, 0)::float8 as activity_seconds,
  coalesce(a.kcal, 0)::float8 as activity_kcal, coalesce(a.kcal_net, 0)::float8 as activity_kcal_net,
  coalesce(w.amount_ml, 0)::integer as water_ml, coalesce(s.asleep_minutes, 0)::integer as asleep_minutes,
  coalesce(b.days, '{}')::date[] as weight_days, coalesce(b.weights, '{}')::float8[] as weights
from public.profiles p
cross join dates g
left join public.nutrition_days n on n.user_id = @user_id and n.local_date = g.day and n.local_date between @from_day::date and @to_day::date
left join (
  select m.local_date, count(*) as meals
  from public.meals m
  where m.user_id = @user_id and m.local_date between @from_day::date and @to_day::date and m.deleted_at is null
  group by m.local_date
) c on c.local_date = g.day
left join public.complete_days k on k.user_id = @user_id and k.local_date = g.day and k.local_date between @from_day::date and @to_day::date
left join private.daily_activity(@user_id::uuid, @from_day::date, @to_day::date) a on a.local_date = g.day
left join (
  select e.local_date, sum(e.amount_ml) as amount_ml
  from public.water_entries e
  where e.user_id = @user_id and e.local_date between @from_day::date and @to_day::date and e.deleted_at is null
  group by e.local_date
) w on w.local_date = g.day
left join (
  select e.local_date, sum(e.asleep_minutes) as asleep_minutes
  from public.sleep_entries e
  where e.user_id = @user_id and e.local_date between @from_day::date and @to_day::date and e.deleted_at is null
  group by e.local_date
) s on s.local_date = g.day
left join weights b on g.day = @to_day::date
where p.id = @user_id
order by g.day;

-- name: SetDayCompletion :exec
insert into public.complete_days as d (user_id, local_date, complete)
select p.id, @day::date, @complete::boolean
from public.profiles p
where p.id = @user_id
on conflict (user_id, local_date) do update set complete = excluded.complete, updated_at = now()
where d.user_id = @user_id and d.complete <> excluded.complete;
