-- name: GetMeal :many
-- A row per item; no row when there is no such meal.
select *
from public.diary
where user_id = @user_id::uuid
  and meal_id = @meal_id::uuid
order by position, item_id;

-- name: ListMeals :many
-- The newest first, with their items. The limit counts meals, not items, hence the inner query.
with page as (
  select m.user_id, m.id
  from public.meals m
  where m.user_id = @user_id
    and m.deleted_at is null
    and (sqlc.narg('from')::date is null or m.local_date >= sqlc.narg('from')::date)
    and (sqlc.narg('to')::date is null or m.local_date <= sqlc.narg('to')::date)
    and (sqlc.narg('meal_type')::text is null or m.meal_type = sqlc.narg('meal_type')::text)
    and (sqlc.narg('before_at')::timestamptz is null or (m.eaten_at, m.id) < (sqlc.narg('before_at')::timestamptz, sqlc.narg('before_id')::uuid))
  order by m.eaten_at desc, m.id desc
  limit @page_size
)
select d.*
from page
join public.diary d on d.user_id = page.user_id and d.meal_id = page.id
order by d.eaten_at desc, d.meal_id desc, d.position, d.item_id;

-- name: ListMealsByID :many
select *
from public.diary
where user_id = @user_id::uuid
  and meal_id = any(@meal_ids::uuid[])
order by eaten_at, meal_id, position, item_id;

-- name: MealExists :one
select exists (
  select from public.meals where user_id = @user_id and id = @meal_id and deleted_at is null
)::bool;

-- name: CreateMeal :exec
-- Inserts the meal and reserves positions for its items, which InsertMealItems inserts.
insert into public.meals (user_id, id, name, meal_type, eaten_at, local_date, timezone, notes, source, next_position)
select p.id, @id::uuid, sqlc.narg('name')::text, @meal_type::text, @eaten_at::timestamptz,
  private.local_date(@eaten_at::timestamptz, coalesce(sqlc.narg('timezone')::text, p.timezone)), coalesce(sqlc.narg('timezone')::text, p.timezone),
  sqlc.narg('notes')::text, @source::text, @items::integer
from public.profiles p
where p.id = @user_id;

-- name: InsertMealItems :exec
-- Inserts items at the last reserved positions of the meal. Raises when a food or serving does not exist.
insert into public.meal_items (
  user_id, id, meal_id, local_date, position, kind, food_id, serving_id, count, serving_grams, label, name, brand, grams, basis,
  -- nutrients: {}
  calories, protein_g, carbs_g, fat_g, fiber_g, sugar_g, added_sugar_g, saturated_fat_g, cholesterol_mg, sodium_mg, potassium_mg,
  calcium_mg, iron_mg, vitamin_d_mcg, caffeine_mg, alcohol_g, trans_fat_g, monounsaturated_fat_g, polyunsaturated_fat_g, magnesium_mg,
  phosphorus_mg, zinc_mg, selenium_mcg, vitamin_a_mcg, vitamin_c_mg, vitamin_e_mg, vitamin_k_mcg, vitamin_b6_mg, vitamin_b12_mcg,
  thiamin_mg, riboflavin_mg, niacin_mg, folate_mcg, choline_mg
  -- nutrients end
)
select m.user_id, x.id, m.id, m.local_date, m.next_position - jsonb_array_length(@items::jsonb) + x.place,
  x.kind, x.food_id, x.serving_id, x.count, x.serving_grams, x.label, x.name, x.brand, x.grams, x.basis,
  -- nutrients: x.{}
  x.calories, x.protein_g, x.carbs_g, x.fat_g, x.fiber_g, x.sugar_g, x.added_sugar_g, x.saturated_fat_g, x.cholesterol_mg, x.sodium_mg,
  x.potassium_mg, x.calcium_mg, x.iron_mg, x.vitamin_d_mcg, x.caffeine_mg, x.alcohol_g, x.trans_fat_g, x.monounsaturated_fat_g,
  x.polyunsaturated_fat_g, x.magnesium_mg, x.phosphorus_mg, x.zinc_mg, x.selenium_mcg, x.vitamin_a_mcg, x.vitamin_c_mg, x.vitamin_e_mg,
  x.vitamin_k_mcg, x.vitamin_b6_mg, x.vitamin_b12_mcg, x.thiamin_mg, x.riboflavin_mg, x.niacin_mg, x.folate_mcg, x.choline_mg
  -- nutrients end
from public.meals m
cross join private.portions(@user_id, @items::jsonb) x
where m.user_id = @user_id
  and m.id = @meal_id;

-- name: UpdateMeal :one
-- The foreign key of the items updates their local_date. The day changes only with eaten_at or timezone, not when the profile's zone
-- has changed since.
update public.meals as m
set name = case when @set_name::bool then sqlc.narg('name')::text else m.name end,
  notes = case when @set_notes::bool then sqlc.narg('notes')::text else m.notes end,
  meal_type = coalesce(sqlc.narg('meal_type')::text, m.meal_type),
  eaten_at = coalesce(sqlc.narg('eaten_at')::timestamptz, m.eaten_at),
  timezone = coalesce(sqlc.narg('timezone')::text, m.timezone),
  local_date = case when @moves::bool
    then private.local_date(coalesce(sqlc.narg('eaten_at')::timestamptz, m.eaten_at), coalesce(sqlc.narg('timezone')::text, m.timezone))
    else m.local_date end,
  version = m.version + 1,
  updated_at = now()
where m.user_id = @user_id
  and m.id = @meal_id
  and m.deleted_at is null
  and (@any_version::bool or m.version = any(@versions::integer[]))
returning m.version;

-- name: DeleteMeal :one
update public.meals as m
set deleted_at = now(), version = m.version + 1, updated_at = now()
where m.user_id = @user_id
  and m.id = @meal_id
  and m.deleted_at is null
  and (@any_version::bool or m.version = any(@versions::integer[]))
returning m.version;

-- name: DeleteMealItems :exec
-- The items get the same deleted_at as the meal, so that restoring finds exactly them. A statement after the one that locks the
-- meal: its snapshot has items that were added while the lock was waited for.
update public.meal_items as i
set deleted_at = now()
where i.user_id = @user_id
  and i.meal_id = @meal_id
  and i.deleted_at is null;

-- name: RestoreMeal :exec
select private.restore_meal(@user_id::uuid, @meal_id::uuid);

-- name: CopyMeal :exec
select private.copy_meals(@user_id::uuid, @meal_id::uuid, null, @copy_id::uuid, @to_day::date, sqlc.narg('timezone')::text, sqlc.narg('meal_type')::text);

-- name: CopyMealsOfDay :one
-- Returns the ids of the copies.
select private.copy_meals(@user_id::uuid, null, @day::date, null, @to_day::date, sqlc.narg('timezone')::text, null)::uuid[];

-- name: TakeMealPlaces :one
-- Reserves positions for more items. The update locks the meal, so that concurrent writers get later positions.
update public.meals as m
set version = m.version + 1, next_position = m.next_position + @items::integer, updated_at = now()
where m.user_id = @user_id
  and m.id = @meal_id
  and m.deleted_at is null
  and (@any_version::bool or m.version = any(@versions::integer[]))
returning m.version;

-- name: GetMealItemForUpdate :one
-- Locks the meal first, as all writers do, then the item: otherwise the item could be read as it was before the wait.
select m.version, i.kind, i.food_id, i.serving_id, i.count, i.serving_grams, i.label, i.name, i.grams, i.basis,
  private.item_nutrients(i) as nutrients, to_jsonb(i)::jsonb as item
from public.meals m
join public.meal_items i on i.user_id = m.user_id and i.meal_id = m.id
where m.user_id = @user_id
  and m.id = @meal_id
  and m.deleted_at is null
  and i.id = @item_id
  and i.deleted_at is null
for update of m, i;

-- name: UpdateMealItem :exec
-- Writes all columns of the item, as private.portions computes them.
with meal as (
  update public.meals as m
  set version = m.version + 1, updated_at = now()
  where m.user_id = @user_id
    and m.id = @meal_id
)
update public.meal_items as i
set kind = x.kind, food_id = x.food_id, serving_id = x.serving_id, count = x.count, serving_grams = x.serving_grams, label = x.label,
  name = x.name, brand = x.brand, grams = x.grams, basis = x.basis,
  -- nutrients: {} = x.{},
  calories = x.calories, protein_g = x.protein_g, carbs_g = x.carbs_g, fat_g = x.fat_g, fiber_g = x.fiber_g, sugar_g = x.sugar_g,
  added_sugar_g = x.added_sugar_g, saturated_fat_g = x.saturated_fat_g, cholesterol_mg = x.cholesterol_mg, sodium_mg = x.sodium_mg,
  potassium_mg = x.potassium_mg, calcium_mg = x.calcium_mg, iron_mg = x.iron_mg, vitamin_d_mcg = x.vitamin_d_mcg,
  caffeine_mg = x.caffeine_mg, alcohol_g = x.alcohol_g, trans_fat_g = x.trans_fat_g, monounsaturated_fat_g = x.monounsaturated_fat_g,
  polyunsaturated_fat_g = x.polyunsaturated_fat_g, magnesium_mg = x.magnesium_mg, phosphorus_mg = x.phosphorus_mg, zinc_mg = x.zinc_mg,
  selenium_mcg = x.selenium_mcg, vitamin_a_mcg = x.vitamin_a_mcg, vitamin_c_mg = x.vitamin_c_mg, vitamin_e_mg = x.vitamin_e_mg,
  vitamin_k_mcg = x.vitamin_k_mcg, vitamin_b6_mg = x.vitamin_b6_mg, vitamin_b12_mcg = x.vitamin_b12_mcg, thiamin_mg = x.thiamin_mg,
  riboflavin_mg = x.riboflavin_mg, niacin_mg = x.niacin_mg, folate_mcg = x.folate_mcg, choline_mg = x.choline_mg,
  -- nutrients end
  updated_at = now()
from private.portions(@user_id, @items::jsonb) x
where i.user_id = @user_id
  and i.meal_id = @meal_id
  and i.id = @item_id
  and i.deleted_at is null;

-- name: MeasureItem :one
-- Computes an item without storing it.
select to_jsonb(x)::jsonb as item
from private.portions(@user_id, @items::jsonb) x;

-- name: DeleteMealItem :one
with meal as (
  update public.meals as m
  set version = m.version + 1, updated_at = now()
  where m.user_id = @user_id
    and m.id = @meal_id
    and m.deleted_at is null
    and (@any_version::bool or m.version = any(@versions::integer[]))
    and exists (
      select from public.meal_items x
      where x.user_id = m.user_id and x.meal_id = m.id and x.id = @item_id and x.deleted_at is null)
  returning m.user_id, m.id, m.version
), item as (
  update public.meal_items as i
  set deleted_at = now()
  from meal
  where i.user_id = meal.user_id
    and i.meal_id = meal.id
    and i.id = @item_id
    and i.deleted_at is null -- checked again when the lock is held: another request may have deleted it
  returning i.id
)
select meal.version from meal join item on true;

-- name: PurgeDiary :one
select private.purge_diary()::integer;
