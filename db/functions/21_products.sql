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

-- Stores a product in the catalogue as an import would. An existing food is not changed: imports have better data.
create or replace function private.store_product(product jsonb) returns void
language sql security definer set search_path = '' as $$
  with food as (
    insert into public.foods (source, source_id, name, brand, barcode, tier, warnings,
      -- nutrients: {}
      calories, protein_g, carbs_g, fat_g, fiber_g, sugar_g, added_sugar_g, saturated_fat_g, cholesterol_mg, sodium_mg, potassium_mg,
      calcium_mg, iron_mg, vitamin_d_mcg, caffeine_mg, alcohol_g, trans_fat_g, monounsaturated_fat_g, polyunsaturated_fat_g, magnesium_mg,
      phosphorus_mg, zinc_mg, selenium_mcg, vitamin_a_mcg, vitamin_c_mg, vitamin_e_mg, vitamin_k_mcg, vitamin_b6_mg, vitamin_b12_mcg,
      thiamin_mg, riboflavin_mg, niacin_mg, folate_mcg, choline_mg
      -- nutrients end
    )
    select 'open_food_facts', p.source_id, p.name, p.brand, p.barcode, p.tier, p.warnings,
      -- nutrients: p.{}
      p.calories, p.protein_g, p.carbs_g, p.fat_g, p.fiber_g, p.sugar_g, p.added_sugar_g, p.saturated_fat_g, p.cholesterol_mg,
      p.sodium_mg, p.potassium_mg, p.calcium_mg, p.iron_mg, p.vitamin_d_mcg, p.caffeine_mg, p.alcohol_g, p.trans_fat_g,
      p.monounsaturated_fat_g, p.polyunsaturated_fat_g, p.magnesium_mg, p.phosphorus_mg, p.zinc_mg, p.selenium_mcg, p.vitamin_a_mcg,
      p.vitamin_c_mg, p.vitamin_e_mg, p.vitamin_k_mcg, p.vitamin_b6_mg, p.vitamin_b12_mcg, p.thiamin_mg, p.riboflavin_mg, p.niacin_mg,
      p.folate_mcg, p.choline_mg
      -- nutrients end
    from jsonb_populate_record(null::public.foods, product) p
    on conflict (source, source_id) where created_by is null and source_id is not null do nothing
    returning id
  )
  insert into public.food_servings (food_id, label, grams, is_default, position)
  select food.id, s.label, round(s.grams, 4), s.is_default, s.n - 1
  from food
  cross join rows from (jsonb_to_recordset(coalesce(nullif(product -> 'servings', 'null'), '[]')) as (label text, grams numeric, is_default boolean))
    with ordinality as s (label, grams, is_default, n)
$$;

-- They run without an identity, because products belong to no user.
grant execute on function private.needs_no_product_lookup, private.store_unknown_barcode, private.store_product to app, anon;
