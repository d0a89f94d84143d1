-- name: GetDay :many
-- A row per item of the day, each with the zone and targets of the profile; one row with nulls when nothing was logged. The day is
-- computed in a subquery, so that Postgres looks up meals by it; joined to a column of profiles it would read all meals of the user.
select coalesce(sqlc.narg('day')::date, private.local_date(@now::timestamptz, p.timezone))::date as day, p.timezone as zone,
  p.target_calories, p.target_protein_g, p.target_carbs_g, p.target_fat_g,
  sqlc.embed(d)
from public.profiles p
left join public.diary d on d.user_id = p.id
  and d.local_date = (
    select coalesce(sqlc.narg('day')::date, private.local_date(@now::timestamptz, z.timezone))
    from public.profiles z
    where z.id = @user_id
  )
where p.id = @user_id
order by d.eaten_at, d.meal_id, d.position, d.item_id;

-- name: SumDays :many
-- The days that have a meal, with the sums of their items.
with day as (
  select m.local_date, count(*) as meals
  from public.meals m
  where m.user_id = @user_id
    and m.local_date between @from_day::date and @to_day::date
    and m.deleted_at is null
  group by m.local_date
)
select day.local_date, day.meals, coalesce(d.items, 0)::integer as items, private.day_sums(d) as sums, private.day_known(d)::integer[] as known
from day
left join public.nutrition_days d on d.user_id = @user_id and d.local_date = day.local_date
order by day.local_date;

-- name: GetToday :one
select private.local_date(@now::timestamptz, p.timezone)::date as today
from public.profiles p
where p.id = @user_id;
