-- Whether Open Food Facts need not be asked. The catalogue counts too: between a search in it and this call, another request
-- may have stored the product.
create or replace function private.is_answered_barcode(gtin text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from private.unknown_barcodes u where u.barcode = gtin and u.asked_at > now() - interval '24 hours')
    or exists (select from public.foods f where f.barcode = gtin and f.created_by is null and f.deleted_at is null)
$$;

-- Open Food Facts has no usable product for it.
create or replace function private.keep_unknown_barcode(gtin text) returns void
language sql security definer set search_path = '' as $$
  insert into private.unknown_barcodes (barcode) values (gtin) on conflict (barcode) do update set asked_at = now()
$$;

-- Stores a product in the catalogue as an import would. A food that is there stays as it is: imports have better data.
create or replace function private.keep_product(product jsonb) returns void
language sql security definer set search_path = '' as $$
  with food as (
    insert into public.foods (
      source, source_id, name, brand, barcode, tier, calories, protein_g, carbs_g, fat_g, fiber_g, sugar_g, added_sugar_g, saturated_fat_g, alcohol_g,
      cholesterol_mg, sodium_mg, potassium_mg, calcium_mg, iron_mg, caffeine_mg, vitamin_d_mcg)
    select 'open_food_facts', p.source_id, p.name, p.brand, p.barcode, p.tier,
      round(p.calories, 3), round(p.protein_g, 4), round(p.carbs_g, 4), round(p.fat_g, 4), round(p.fiber_g, 4), round(p.sugar_g, 4),
      round(p.added_sugar_g, 4), round(p.saturated_fat_g, 4), round(p.alcohol_g, 4), round(p.cholesterol_mg, 3), round(p.sodium_mg, 3),
      round(p.potassium_mg, 3), round(p.calcium_mg, 3), round(p.iron_mg, 3), round(p.caffeine_mg, 3), round(p.vitamin_d_mcg, 3)
    from jsonb_to_record(product) as p (
      source_id text, name text, brand text, barcode text, tier smallint, calories numeric, protein_g numeric, carbs_g numeric, fat_g numeric,
      fiber_g numeric, sugar_g numeric, added_sugar_g numeric, saturated_fat_g numeric, alcohol_g numeric, cholesterol_mg numeric, sodium_mg numeric,
      potassium_mg numeric, calcium_mg numeric, iron_mg numeric, caffeine_mg numeric, vitamin_d_mcg numeric)
    on conflict (source, source_id) where created_by is null and source_id is not null do nothing
    returning id
  )
  insert into public.food_servings (food_id, label, grams, is_default, position)
  select food.id, s.label, round(s.grams, 4), s.is_default, s.n - 1
  from food
  cross join rows from (jsonb_to_recordset(coalesce(nullif(product -> 'servings', 'null'), '[]')) as (label text, grams numeric, is_default boolean))
    with ordinality as s (label, grams, is_default, n)
$$;

-- They run without an identity: a product is about nobody in particular.
grant execute on function private.is_answered_barcode, private.keep_unknown_barcode, private.keep_product to app, anon;
