-- name: SearchFoods :many
-- private.search_foods finds and orders; foods and servings are then read under row level security. All servings of a food are read
-- only when the query has an amount, to find the one that it means.
select sqlc.embed(l), h.section::integer as section, h.score::bigint as score, h.reading::integer as reading,
  coalesce(h.searched, '')::text as searched, h.is_corrected::boolean as is_corrected, coalesce(h.ignored, '{}')::text[] as ignored,
  (
    select v.servings
    from public.serving_lists v
    where @with_servings::boolean and v.food_id = l.id and v.created_by is not distinct from l.created_by
  ) as servings
from private.search_foods(@readings::text[], sqlc.narg('gtin')::text, @scope::text, sqlc.narg('searched')::text,
  sqlc.narg('after_section')::integer, sqlc.narg('after_score')::bigint, sqlc.narg('after_id')::uuid, @max_rows::integer)
  as h (food_id, section, score, searched, reading, is_corrected, ignored)
join public.food_list l on l.id = h.food_id and (l.created_by is null or l.created_by = @user_id::uuid)
order by h.section, h.score, h.food_id;

-- name: ListRecentFoods :many
-- Foods logged in the last 90 days, each once, with the last amount; its serving may have been deleted.
with logged as (
  select distinct on (i.food_id) i.food_id, i.created_at as last_at, i.serving_id, i.count, i.grams, i.label,
    count(*) over (partition by i.food_id) as times
  from public.meal_items i
  join public.meals m on m.user_id = i.user_id and m.id = i.meal_id and m.deleted_at is null
  where i.user_id = @user_id::uuid
    and i.deleted_at is null
    and i.food_id is not null
    and i.created_at > now() - interval '90 days'
    and (sqlc.narg('meal_type')::text is null or m.meal_type = sqlc.narg('meal_type')::text)
  order by i.food_id, i.created_at desc, i.id desc
)
select sqlc.embed(l), g.last_at::timestamptz as last_at, g.times::bigint as times,
  s.id as last_serving_id, g.count as last_count, g.grams::numeric as last_grams, g.label::text as last_label
from logged g
left join public.food_servings s on s.id = g.serving_id and s.food_id = g.food_id and s.deleted_at is null
  and (s.created_by is null or s.created_by = @user_id::uuid)
join public.food_list l on l.id = g.food_id and (l.created_by is null or l.created_by = @user_id::uuid)
where sqlc.narg('after_id')::uuid is null
  -- times is 0 for every food when the latest come first, so that one cursor fits both orders
  or (case when @by_times::bool then g.times else 0 end, g.last_at, l.id)
    < (sqlc.narg('after_times')::bigint, sqlc.narg('after_at')::timestamptz, sqlc.narg('after_id')::uuid)
order by case when @by_times::bool then g.times else 0 end desc, g.last_at desc, l.id desc
limit @max_rows;

-- name: ListFavoriteFoods :many
select sqlc.embed(l), v.created_at as favorite_at
from public.food_favorites v
join public.food_list l on l.id = v.food_id and (l.created_by is null or l.created_by = @user_id::uuid)
where v.user_id = @user_id::uuid
  and (sqlc.narg('before_id')::uuid is null
    or (v.created_at, v.food_id) < (sqlc.narg('before_at')::timestamptz, sqlc.narg('before_id')::uuid))
order by v.created_at desc, v.food_id desc
limit @max_rows;

-- name: GetFood :one
select *
from public.food_details
where id = @id
  and (created_by is null or created_by = @user_id::uuid);

-- name: GetFoodByBarcode :one
-- The first food that has the barcode: own foods before the catalogue, then the more popular.
select *
from public.food_details
where barcode = @barcode::text
  and (created_by is null or created_by = @user_id::uuid)
order by created_by nulls last, tier, popularity nulls last, updated_at desc, id
limit 1;

-- name: NeedsNoProductLookup :one
select private.needs_no_product_lookup(@barcode::text)::bool;

-- name: StoreUnknownBarcode :exec
select private.store_unknown_barcode(@barcode::text);

-- name: StoreProduct :exec
select private.store_product(@product::jsonb);

-- name: GetCustomFoodForUpdate :one
-- Locks the food, which may be deleted: the next write depends on this row.
select f.id, f.name, f.brand, f.barcode, private.food_nutrients(f) as nutrients, f.version, f.deleted_at
from public.foods f
where f.id = @id
  and f.created_by = @user_id::uuid
for update;

-- name: CreateCustomFood :exec
select private.insert_food(@nutrients::jsonb || jsonb_build_object('id', @id::uuid, 'created_by', @user_id::uuid, 'source', 'user',
  'name', @name::text, 'brand', sqlc.narg('brand')::text, 'barcode', sqlc.narg('barcode')::text));

-- name: UpdateCustomFood :exec
-- Writes the whole row: the handler has locked and read it and merged the patch into it.
update public.foods f
set name = @name, brand = sqlc.narg('brand'), barcode = sqlc.narg('barcode'), version = f.version + 1, updated_at = now(),
  -- nutrients: {} = n.{}
  calories = n.calories, protein_g = n.protein_g, carbs_g = n.carbs_g, fat_g = n.fat_g, fiber_g = n.fiber_g, sugar_g = n.sugar_g,
  added_sugar_g = n.added_sugar_g, saturated_fat_g = n.saturated_fat_g, cholesterol_mg = n.cholesterol_mg, sodium_mg = n.sodium_mg,
  potassium_mg = n.potassium_mg, calcium_mg = n.calcium_mg, iron_mg = n.iron_mg, vitamin_d_mcg = n.vitamin_d_mcg,
  caffeine_mg = n.caffeine_mg, alcohol_g = n.alcohol_g, trans_fat_g = n.trans_fat_g, monounsaturated_fat_g = n.monounsaturated_fat_g,
  polyunsaturated_fat_g = n.polyunsaturated_fat_g, magnesium_mg = n.magnesium_mg, phosphorus_mg = n.phosphorus_mg, zinc_mg = n.zinc_mg,
  selenium_mcg = n.selenium_mcg, vitamin_a_mcg = n.vitamin_a_mcg, vitamin_c_mg = n.vitamin_c_mg, vitamin_e_mg = n.vitamin_e_mg,
  vitamin_k_mcg = n.vitamin_k_mcg, vitamin_b6_mg = n.vitamin_b6_mg, vitamin_b12_mcg = n.vitamin_b12_mcg, thiamin_mg = n.thiamin_mg,
  riboflavin_mg = n.riboflavin_mg, niacin_mg = n.niacin_mg, folate_mcg = n.folate_mcg, choline_mg = n.choline_mg
  -- nutrients end
from jsonb_populate_record(null::public.foods, @nutrients::jsonb) n
where f.id = @id
  and f.created_by = @user_id::uuid
  and f.deleted_at is null;

-- name: SetCustomFoodDeleted :exec
-- Deletes, or restores what was deleted in the last 30 days.
update public.foods
set deleted_at = case when @deleted::bool then now() end, version = version + 1, updated_at = now()
where id = @id
  and created_by = @user_id::uuid
  and (@deleted::bool or deleted_at > now() - interval '30 days');

-- name: TouchCustomFood :exec
-- A food's version also changes with its servings.
update public.foods
set version = version + 1, updated_at = now()
where id = @id
  and created_by = @user_id::uuid;

-- name: LockCustomFood :exec
-- Writers of servings lock the food first.
select
from public.foods
where id = @id
  and created_by = @user_id::uuid
for update;

-- name: ListServingsOfLockedFood :many
-- A row per serving, or one row with nulls. A statement after the one that locks: its snapshot is taken when the lock is held.
select f.version, f.deleted_at, s.id as serving_id, s.label, s.grams, s.is_default, s.position
from public.foods f
left join public.food_servings s on s.food_id = f.id and s.created_by = f.created_by and s.deleted_at is null
where f.id = @food_id
  and f.created_by = @user_id::uuid
order by s.is_default desc, s.position, s.id;

-- name: CreateFoodServings :exec
insert into public.food_servings (id, food_id, created_by, label, grams, is_default, position)
select id, @food_id::uuid, @user_id::uuid, label, grams, is_default, position
from rows from (
  unnest(@ids::uuid[]), unnest(@labels::text[]), unnest(@grams::float8[]), unnest(@defaults::bool[]), unnest(@positions::integer[])
) as s (id, label, grams, is_default, position);

-- name: UpdateFoodServing :exec
update public.food_servings
set label = @label, grams = @grams, is_default = @is_default
where id = @id
  and food_id = @food_id
  and created_by = @user_id::uuid;

-- name: DeleteFoodServing :exec
update public.food_servings
set deleted_at = now(), is_default = false
where id = @id
  and food_id = @food_id
  and created_by = @user_id::uuid;

-- name: ClearDefaultServing :exec
-- Run it before another serving becomes the default: a unique index allows only one.
update public.food_servings
set is_default = false
where food_id = @food_id
  and created_by = @user_id::uuid
  and is_default
  and deleted_at is null;

-- name: AddFavoriteFood :one
-- Returns whether the user can see the food; row level security checks it again on insert.
with visible as (
  select f.id
  from public.foods f
  where f.id = @food_id
    and f.deleted_at is null
    and (f.created_by is null or f.created_by = @user_id::uuid)
), added as (
  insert into public.food_favorites (user_id, food_id)
  select @user_id::uuid, v.id from visible v
  on conflict do nothing
)
select exists (select from visible)::bool;

-- name: RemoveFavoriteFood :one
-- Returns whether the user can see the food.
select private.remove_favorite(@user_id::uuid, @food_id::uuid)::bool;

-- name: PurgeFoods :one
select private.purge_foods()::integer;

-- name: MatchFoods :many
-- Searches for several texts at once: texts is a JSON list with the readings of each. The foods of each are in the order of the search,
-- with all their servings. score is that of private.food_score; a food that the lexicon means has a negative one.
select t.number::integer as text_number, h.score::bigint as score, h.reading::integer as reading, coalesce(h.searched, '')::text as searched,
  h.is_corrected::boolean as is_corrected, coalesce(h.ignored, '{}')::text[] as ignored, sqlc.embed(l),
  (
    select v.servings from public.serving_lists v where v.food_id = l.id and v.created_by is not distinct from l.created_by
  ) as servings
from jsonb_array_elements(@texts::jsonb) with ordinality t (readings, number)
cross join lateral (
  select f.*, row_number() over () as place
  from private.search_foods(array(select jsonb_array_elements_text(t.readings)), null, 'all', null, null, null, null, @max_rows::integer)
    as f (food_id, section, score, searched, reading, is_corrected, ignored)
) h
join public.food_list l on l.id = h.food_id and (l.created_by is null or l.created_by = @user_id::uuid)
order by t.number, h.place;
