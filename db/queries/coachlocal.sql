-- name: ListEatenFood :many
-- What was eaten of a food by day and name, the latest first: items of the foods, and items whose name matches one of the patterns.
-- servings are those of items that were logged by serving, unweighed are the items without a weight.
select m.local_date::date as local_date, i.name, coalesce(sum(i.grams), 0)::double precision as grams,
  coalesce(sum(i.count), 0)::double precision as servings, count(*) filter (where i.grams is null) as unweighed
from public.meal_items i
join public.meals m on m.user_id = i.user_id and m.id = i.meal_id and m.deleted_at is null
where i.user_id = @user_id
  and i.deleted_at is null
  and i.local_date between @from_day::date and @to_day::date
  and (i.food_id = any (@foods::uuid[]) or i.name ~* any (@patterns::text[]))
group by m.local_date, i.name, i.count is null
order by m.local_date desc, i.name;

-- name: SuggestFoods :many
-- Usual portions of foods that are within bounds, own and logged foods first, then common foods of the catalogue. Bounds are positions in
-- the list of nutrients with amounts. A portion that is no food to suggest is left out: raw meat, powders, food for infants, alcohol,
-- and what weighs nearly nothing or more than a plate holds.
with logged as (
  select i.food_id, count(*) as times
  from public.meal_items i
  where i.user_id = @user_id
    and i.deleted_at is null
    and i.food_id is not null
    and i.created_at > now() - interval '90 days'
  group by i.food_id
  order by count(*) desc, i.food_id
  limit 200
),
candidates as (
  select f.id, coalesce(g.times, 0) as times, f.popularity, f.calories
  from public.foods f
  left join logged g on g.food_id = f.id
  where f.deleted_at is null
    and (f.created_by is null or f.created_by = @user_id::uuid)
    and (g.food_id is not null or f.created_by = @user_id or f.tier = 0 and f.popularity is not null)
    and coalesce(f.alcohol_g, 0) < 1
    and not (f.protein_g > 10 and f.name ~* '\mraw\M')
    and f.name !~* '\m(infant|babyfood|baby food|powder|dry|dried mix|flour|uncooked|unprepared|yeast|spices?)\M'
    and not f.name ~* any (@avoided::text[])
)
select sqlc.embed(l), (c.times > 0)::boolean as was_logged
from candidates c
join public.food_list l on l.id = c.id and (l.created_by is null or l.created_by = @user_id::uuid)
where l.serving_grams between 15 and 500
  and l.serving_nutrients[1] between 15 and 700
  and not (c.calories > 350 and l.serving_grams > 60)
  and not exists (
    select from generate_subscripts(@least_of::integer[], 1) i
    where coalesce(l.serving_nutrients[(@least_of::integer[])[i]], 0) < (@least::float8[])[i])
  and not exists (
    select from generate_subscripts(@most_of::integer[], 1) i
    where coalesce(l.serving_nutrients[(@most_of::integer[])[i]], 'infinity') > (@most::float8[])[i])
order by c.times desc, c.popularity nulls last, c.id
limit @max_rows;
