-- Returns whether the barcode needs no lookup at Open Food Facts: they had no product in the last 24 hours, or the catalogue has it.
-- The catalogue is checked because another request may have stored the product meanwhile.
create or replace function private.needs_no_product_lookup(gtin text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from private.unknown_barcodes u where u.barcode = gtin and u.asked_at > now() - interval '24 hours')
    or exists (select from public.foods f where f.barcode = gtin and f.created_by is null and f.deleted_at is null)
$$;

-- Stores that Open Food Facts has no usable product for a barcode.
create or replace function private.store_unknown_barcode(gtin text) returns void
language sql security definer set search_path = '' as $$
  insert into private.unknown_barcodes (barcode) values (gtin) on conflict (barcode) do update set asked_at = now()
$$;

-- Inserts a food with the columns that are given, and returns its id. A food that its source has already is not changed.
create or replace function private.insert_food(food jsonb) returns uuid
language sql set search_path = '' as $$
  insert into public.foods
  select f.*
  from jsonb_populate_record(null::public.foods, jsonb_build_object('id', gen_random_uuid(), 'aliases', '[]'::jsonb, 'tier', 2,
    'version', 1, 'created_at', now(), 'updated_at', now()) || jsonb_strip_nulls(food)) f
  on conflict (source, source_id) where created_by is null and source_id is not null do nothing
  returning id
$$;
grant execute on function private.insert_food to app, authenticated;

-- Stores a product in the catalogue as an import would. An existing food is not changed: imports have better data.
create or replace function private.store_product(product jsonb) returns void
language sql security definer set search_path = '' as $$
  with food as (select private.insert_food(product || '{"source": "open_food_facts"}') as id)
  insert into public.food_servings (food_id, label, grams, is_default, position)
  select food.id, s.label, round(s.grams, 4), s.is_default, s.n - 1
  from food
  cross join rows from (jsonb_to_recordset(coalesce(nullif(product -> 'servings', 'null'), '[]')) as (label text, grams numeric, is_default boolean))
    with ordinality as s (label, grams, is_default, n)
  where food.id is not null
$$;

-- They run without an identity, because products belong to no user.
grant execute on function private.needs_no_product_lookup, private.store_unknown_barcode, private.store_product to app, anon;
