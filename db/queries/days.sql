-- name: GetDay :many
-- One line per item of the day, with the person's zone and targets on each; one line with nulls when nothing was logged.
-- The day is found out in a query of its own, so that the meals are looked up by it: asked for with a column of profiles,
-- Postgres reads everything that the person ever logged.
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
-- The days that have a meal. A sum of numerics is exact, and so is what a float8 keeps of 15 digits.
with meal as (
  select m.local_date, count(*) as meals
  from public.meals m
  where m.user_id = @user_id
    and m.local_date between @from_day::date and @to_day::date
    and m.deleted_at is null
  group by m.local_date
), item as (
  select i.local_date, count(*) as items,
    sum(i.calories)::float8 as calories, count(i.calories) as calories_known, sum(i.protein_g)::float8 as protein_g, count(i.protein_g) as protein_g_known,
    sum(i.carbs_g)::float8 as carbs_g, count(i.carbs_g) as carbs_g_known, sum(i.fat_g)::float8 as fat_g, count(i.fat_g) as fat_g_known,
    sum(i.fiber_g)::float8 as fiber_g, count(i.fiber_g) as fiber_g_known, sum(i.sugar_g)::float8 as sugar_g, count(i.sugar_g) as sugar_g_known,
    sum(i.added_sugar_g)::float8 as added_sugar_g, count(i.added_sugar_g) as added_sugar_g_known, sum(i.saturated_fat_g)::float8 as saturated_fat_g, count(i.saturated_fat_g) as saturated_fat_g_known,
    sum(i.cholesterol_mg)::float8 as cholesterol_mg, count(i.cholesterol_mg) as cholesterol_mg_known, sum(i.sodium_mg)::float8 as sodium_mg, count(i.sodium_mg) as sodium_mg_known,
    sum(i.potassium_mg)::float8 as potassium_mg, count(i.potassium_mg) as potassium_mg_known, sum(i.calcium_mg)::float8 as calcium_mg, count(i.calcium_mg) as calcium_mg_known,
    sum(i.iron_mg)::float8 as iron_mg, count(i.iron_mg) as iron_mg_known, sum(i.vitamin_d_mcg)::float8 as vitamin_d_mcg, count(i.vitamin_d_mcg) as vitamin_d_mcg_known,
    sum(i.caffeine_mg)::float8 as caffeine_mg, count(i.caffeine_mg) as caffeine_mg_known, sum(i.alcohol_g)::float8 as alcohol_g, count(i.alcohol_g) as alcohol_g_known
  from public.meal_items i
  where i.user_id = @user_id
    and i.local_date between @from_day::date and @to_day::date
    and i.deleted_at is null
  group by i.local_date
)
select meal.local_date, meal.meals, coalesce(item.items, 0)::bigint as items,
  item.calories, coalesce(item.calories_known, 0)::bigint as calories_known, item.protein_g, coalesce(item.protein_g_known, 0)::bigint as protein_g_known,
  item.carbs_g, coalesce(item.carbs_g_known, 0)::bigint as carbs_g_known, item.fat_g, coalesce(item.fat_g_known, 0)::bigint as fat_g_known,
  item.fiber_g, coalesce(item.fiber_g_known, 0)::bigint as fiber_g_known, item.sugar_g, coalesce(item.sugar_g_known, 0)::bigint as sugar_g_known,
  item.added_sugar_g, coalesce(item.added_sugar_g_known, 0)::bigint as added_sugar_g_known, item.saturated_fat_g, coalesce(item.saturated_fat_g_known, 0)::bigint as saturated_fat_g_known,
  item.cholesterol_mg, coalesce(item.cholesterol_mg_known, 0)::bigint as cholesterol_mg_known, item.sodium_mg, coalesce(item.sodium_mg_known, 0)::bigint as sodium_mg_known,
  item.potassium_mg, coalesce(item.potassium_mg_known, 0)::bigint as potassium_mg_known, item.calcium_mg, coalesce(item.calcium_mg_known, 0)::bigint as calcium_mg_known,
  item.iron_mg, coalesce(item.iron_mg_known, 0)::bigint as iron_mg_known, item.vitamin_d_mcg, coalesce(item.vitamin_d_mcg_known, 0)::bigint as vitamin_d_mcg_known,
  item.caffeine_mg, coalesce(item.caffeine_mg_known, 0)::bigint as caffeine_mg_known, item.alcohol_g, coalesce(item.alcohol_g_known, 0)::bigint as alcohol_g_known
from meal
left join item on item.local_date = meal.local_date
order by meal.local_date;

-- name: GetToday :one
select private.local_date(@now::timestamptz, p.timezone)::date as today
from public.profiles p
where p.id = @user_id;
