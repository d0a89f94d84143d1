-- +goose Up
-- +goose StatementBegin

-- Who may update every column of a table, or delete its rows, may also lock the whole table (lock table … in access exclusive
-- mode) and keep everybody else out of it. Requests get the columns that they write. Whose a row is and what it belongs to is
-- not among them. The one request that deletes a row calls a function.
do $$
declare
  nutrients constant text := (
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
    from pg_attribute a
    join pg_attribute known on known.attrelid = a.attrelid and known.attname = a.attname || '_known'
    where a.attrelid = 'public.nutrition_days'::regclass);
begin
  revoke update on public.foods, public.food_servings, public.meals, public.meal_items, private.idempotency_keys from authenticated;
  revoke delete on public.food_favorites from authenticated;
  execute format('grant update (name, brand, barcode, %s, version, updated_at, deleted_at) on public.foods to authenticated', nutrients);
  execute format(
    'grant update (kind, food_id, serving_id, count, serving_grams, label, name, brand, grams, basis, %s, updated_at, deleted_at)
     on public.meal_items to authenticated',
    nutrients);
end $$;
grant update (label, grams, is_default, deleted_at) on public.food_servings to authenticated;
grant update (name, meal_type, eaten_at, local_date, timezone, notes, next_position, version, updated_at, deleted_at)
  on public.meals to authenticated;
grant update (fingerprint, status, headers, body, created_at) on private.idempotency_keys to authenticated;

create or replace procedure private.add_nutrient(key text, most numeric) language plpgsql set search_path = '' as $$
begin
  execute format('alter table public.foods add column %1$I numeric(12, 6) check (%1$I between 0 and %2$s)', key, most);
  execute format('alter table public.meal_items add column %1$I numeric(12, 3) check (%1$I >= 0 and %1$I <> ''NaN'')', key);
  execute format('grant update (%1$I) on public.foods, public.meal_items to authenticated', key);
  call private.add_nutrient_to_days(key);
end $$;
revoke execute on procedure private.add_nutrient from public;

-- +goose StatementEnd
