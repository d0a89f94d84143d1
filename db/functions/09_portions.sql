-- Returns the amount of a nutrient in so many grams, rounded to 0.001; null (unknown) stays null.
create or replace function private.portion(per_100g numeric, grams numeric) returns numeric
language sql immutable return round(per_100g * grams / 100, 3);

-- Return the nutrients of a row in the order of the nutrient table.
create or replace function private.food_nutrients(f public.foods) returns private.nutrients
language sql immutable as $$
  select array[
    -- nutrients: f.{}
    f.calories, f.protein_g, f.carbs_g, f.fat_g, f.fiber_g, f.sugar_g, f.added_sugar_g, f.saturated_fat_g, f.cholesterol_mg, f.sodium_mg,
    f.potassium_mg, f.calcium_mg, f.iron_mg, f.vitamin_d_mcg, f.caffeine_mg, f.alcohol_g, f.trans_fat_g, f.monounsaturated_fat_g,
    f.polyunsaturated_fat_g, f.magnesium_mg, f.phosphorus_mg, f.zinc_mg, f.selenium_mcg, f.vitamin_a_mcg, f.vitamin_c_mg, f.vitamin_e_mg,
    f.vitamin_k_mcg, f.vitamin_b6_mg, f.vitamin_b12_mcg, f.thiamin_mg, f.riboflavin_mg, f.niacin_mg, f.folate_mcg, f.choline_mg
    -- nutrients end
  ]
$$;
create or replace function private.item_nutrients(i public.meal_items) returns private.nutrients
language sql immutable as $$
  select array[
    -- nutrients: i.{}
    i.calories, i.protein_g, i.carbs_g, i.fat_g, i.fiber_g, i.sugar_g, i.added_sugar_g, i.saturated_fat_g, i.cholesterol_mg, i.sodium_mg,
    i.potassium_mg, i.calcium_mg, i.iron_mg, i.vitamin_d_mcg, i.caffeine_mg, i.alcohol_g, i.trans_fat_g, i.monounsaturated_fat_g,
    i.polyunsaturated_fat_g, i.magnesium_mg, i.phosphorus_mg, i.zinc_mg, i.selenium_mcg, i.vitamin_a_mcg, i.vitamin_c_mg, i.vitamin_e_mg,
    i.vitamin_k_mcg, i.vitamin_b6_mg, i.vitamin_b12_mcg, i.thiamin_mg, i.riboflavin_mg, i.niacin_mg, i.folate_mcg, i.choline_mg
    -- nutrients end
  ]
$$;
-- Returns the nutrients of so many grams of a food.
create or replace function private.portion_of(f public.foods, grams numeric) returns private.nutrients
language sql immutable as $$
  select array[
    -- nutrients: private.portion(f.{}, grams)
    private.portion(f.calories, grams), private.portion(f.protein_g, grams), private.portion(f.carbs_g, grams),
    private.portion(f.fat_g, grams), private.portion(f.fiber_g, grams), private.portion(f.sugar_g, grams),
    private.portion(f.added_sugar_g, grams), private.portion(f.saturated_fat_g, grams), private.portion(f.cholesterol_mg, grams),
    private.portion(f.sodium_mg, grams), private.portion(f.potassium_mg, grams), private.portion(f.calcium_mg, grams),
    private.portion(f.iron_mg, grams), private.portion(f.vitamin_d_mcg, grams), private.portion(f.caffeine_mg, grams),
    private.portion(f.alcohol_g, grams), private.portion(f.trans_fat_g, grams), private.portion(f.monounsaturated_fat_g, grams),
    private.portion(f.polyunsaturated_fat_g, grams), private.portion(f.magnesium_mg, grams), private.portion(f.phosphorus_mg, grams),
    private.portion(f.zinc_mg, grams), private.portion(f.selenium_mcg, grams), private.portion(f.vitamin_a_mcg, grams),
    private.portion(f.vitamin_c_mg, grams), private.portion(f.vitamin_e_mg, grams), private.portion(f.vitamin_k_mcg, grams),
    private.portion(f.vitamin_b6_mg, grams), private.portion(f.vitamin_b12_mcg, grams), private.portion(f.thiamin_mg, grams),
    private.portion(f.riboflavin_mg, grams), private.portion(f.niacin_mg, grams), private.portion(f.folate_mcg, grams),
    private.portion(f.choline_mg, grams)
    -- nutrients end
  ]
$$;
grant execute on function private.food_nutrients, private.item_nutrients, private.portion_of to app, authenticated;

-- Raises when an item of the list does not exist or breaks a rule, with [{place, field, code}] as its detail. place is the index of
-- the item in the list, from 0. The items are those of private.portions.
--
-- Postgres expects a hundred items of any list and would read all servings instead of looking up a few, hence the limits. Planning
-- takes longer than the work, hence one generic plan.
create or replace function private.check_portions(owner uuid, items jsonb) returns void
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  problems jsonb;
  cause text;
begin
  with item as (
    select a.ordinality::integer - 1 as place, a.kind, a.food_id, a.serving_id, a.count, a.serving_grams, a.basis, a.name
    from rows from (jsonb_to_recordset(items) as (kind text, food_id uuid, serving_id uuid, count numeric, serving_grams numeric, basis jsonb, name text)) with ordinality a
  ), problem as (
    select w.place, p.field, p.code
    from item w
    left join lateral (
      select f.id from public.foods f where f.id = w.food_id and f.deleted_at is null and (f.created_by is null or f.created_by = owner) limit 1
    ) f on true
    left join lateral (
      select s.* from public.food_servings s where s.id = w.serving_id and s.deleted_at is null and (s.created_by is null or s.created_by = owner) limit 1
    ) s on true
    cross join lateral (
      select 'food_id' as field, 'food_not_found' as code where w.kind <> 'quick' and w.basis is null and f.id is null
      union all
      select 'serving_id', 'serving_not_found' where w.kind = 'serving' and w.serving_grams is null and s.id is null
      union all
      select 'serving_id', 'serving_of_another_food' where w.kind = 'serving' and w.serving_grams is null and s.food_id <> w.food_id
      union all
      select 'count', 'too_heavy' where w.kind = 'serving' and coalesce(w.serving_grams, s.grams) * round(w.count, 9) > 10000
      union all
      select 'name', 'blank' where w.kind = 'quick' and w.name !~ '[^[:space:]]'
    ) p
  )
  select jsonb_agg(jsonb_build_object('place', p.place, 'field', p.field, 'code', p.code) order by p.place, p.field),
    case when bool_or(p.code = 'food_not_found') then 'food_not_found' when bool_or(p.code = 'serving_not_found') then 'serving_not_found' else 'rule_broken' end
  into problems, cause
  from problem p;
  if problems is not null then
    raise exception '%', cause using errcode = 'UC000', detail = problems::text;
  end if;
end $$;

-- Computes the items of a list: their food, grams and nutrients. Nothing else computes them.
--
-- An item is {id?, kind: "grams", food_id, grams}, {id?, kind: "serving", food_id, serving_id, count} or
-- {id?, kind: "quick", name, calories, protein_g?, carbs_g?, fat_g?}. An item that was logged before has its stored values in `basis`
-- (and in `serving_grams` and `label` when the serving stays the same); then the food is not read.
--
-- Raises what private.check_portions raises, so that nothing is written.
drop function if exists private.portions(uuid, jsonb); -- its result changes with each new nutrient
create or replace function private.portions(owner uuid, items jsonb)
returns table (
  place integer, id uuid, kind text, food_id uuid, serving_id uuid, count numeric, serving_grams numeric, label text, name text, brand text, grams numeric, basis jsonb,
  -- nutrients: {} numeric
  calories numeric, protein_g numeric, carbs_g numeric, fat_g numeric, fiber_g numeric, sugar_g numeric, added_sugar_g numeric,
  saturated_fat_g numeric, cholesterol_mg numeric, sodium_mg numeric, potassium_mg numeric, calcium_mg numeric, iron_mg numeric,
  vitamin_d_mcg numeric, caffeine_mg numeric, alcohol_g numeric, trans_fat_g numeric, monounsaturated_fat_g numeric,
  polyunsaturated_fat_g numeric, magnesium_mg numeric, phosphorus_mg numeric, zinc_mg numeric, selenium_mcg numeric,
  vitamin_a_mcg numeric, vitamin_c_mg numeric, vitamin_e_mg numeric, vitamin_k_mcg numeric, vitamin_b6_mg numeric,
  vitamin_b12_mcg numeric, thiamin_mg numeric, riboflavin_mg numeric, niacin_mg numeric, folate_mcg numeric, choline_mg numeric
  -- nutrients end
)
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan rows 10 as $$
#variable_conflict use_column
begin
  perform private.check_portions(owner, items);
  return query
  with item as (
    select a.ordinality::integer - 1 as place, a.*, items -> (a.ordinality::integer - 1) as input
    from rows from (jsonb_to_recordset(items) as (
      id uuid, kind text, food_id uuid, serving_id uuid, grams numeric, count numeric, serving_grams numeric, label text, basis jsonb
    )) with ordinality a
  ), weighed as (
    select w.*,
      coalesce(w.serving_grams, s.grams) as serving_weight,
      -- not rounded, so that three times a third of a serving is the serving
      case w.kind when 'grams' then round(w.grams, 3) when 'serving' then coalesce(w.serving_grams, s.grams) * round(w.count, 9) end as weight,
      case w.kind
        when 'grams' then trim_scale(round(w.grams, 3)) || ' g'
        when 'serving' then coalesce(case when w.serving_grams is not null then w.label end, s.label)
        else 'quick entry'
      end as item_label,
      -- The name, the brand and the nutrients of the food.
      case when w.kind <> 'quick' then coalesce(w.basis, jsonb_strip_nulls(to_jsonb(f) - array['id', 'created_by', 'barcode', 'source',
        'source_id', 'aliases', 'tier', 'popularity', 'warnings', 'version', 'created_at', 'updated_at', 'deleted_at'])) end as source
    from item w
    left join lateral (select f.* from public.foods f where f.id = w.food_id and w.basis is null limit 1) f on true
    left join lateral (select s.* from public.food_servings s where s.id = w.serving_id and w.serving_grams is null limit 1) s on true
  )
  select m.place, coalesce(m.id, gen_random_uuid()), m.kind,
    case when m.kind <> 'quick' then m.food_id end,
    case when m.kind = 'serving' then m.serving_id end,
    case when m.kind = 'serving' then trim_scale(round(m.count, 9)) end,
    case when m.kind = 'serving' then m.serving_weight end,
    m.item_label, coalesce(b.name, q.name), b.brand, round(m.weight, 3), m.source,
    -- nutrients: coalesce(private.portion(b.{}, m.weight), q.{})
    coalesce(private.portion(b.calories, m.weight), q.calories), coalesce(private.portion(b.protein_g, m.weight), q.protein_g),
    coalesce(private.portion(b.carbs_g, m.weight), q.carbs_g), coalesce(private.portion(b.fat_g, m.weight), q.fat_g),
    coalesce(private.portion(b.fiber_g, m.weight), q.fiber_g), coalesce(private.portion(b.sugar_g, m.weight), q.sugar_g),
    coalesce(private.portion(b.added_sugar_g, m.weight), q.added_sugar_g),
    coalesce(private.portion(b.saturated_fat_g, m.weight), q.saturated_fat_g),
    coalesce(private.portion(b.cholesterol_mg, m.weight), q.cholesterol_mg),
    coalesce(private.portion(b.sodium_mg, m.weight), q.sodium_mg), coalesce(private.portion(b.potassium_mg, m.weight), q.potassium_mg),
    coalesce(private.portion(b.calcium_mg, m.weight), q.calcium_mg), coalesce(private.portion(b.iron_mg, m.weight), q.iron_mg),
    coalesce(private.portion(b.vitamin_d_mcg, m.weight), q.vitamin_d_mcg),
    coalesce(private.portion(b.caffeine_mg, m.weight), q.caffeine_mg), coalesce(private.portion(b.alcohol_g, m.weight), q.alcohol_g),
    coalesce(private.portion(b.trans_fat_g, m.weight), q.trans_fat_g),
    coalesce(private.portion(b.monounsaturated_fat_g, m.weight), q.monounsaturated_fat_g),
    coalesce(private.portion(b.polyunsaturated_fat_g, m.weight), q.polyunsaturated_fat_g),
    coalesce(private.portion(b.magnesium_mg, m.weight), q.magnesium_mg),
    coalesce(private.portion(b.phosphorus_mg, m.weight), q.phosphorus_mg), coalesce(private.portion(b.zinc_mg, m.weight), q.zinc_mg),
    coalesce(private.portion(b.selenium_mcg, m.weight), q.selenium_mcg),
    coalesce(private.portion(b.vitamin_a_mcg, m.weight), q.vitamin_a_mcg),
    coalesce(private.portion(b.vitamin_c_mg, m.weight), q.vitamin_c_mg),
    coalesce(private.portion(b.vitamin_e_mg, m.weight), q.vitamin_e_mg),
    coalesce(private.portion(b.vitamin_k_mcg, m.weight), q.vitamin_k_mcg),
    coalesce(private.portion(b.vitamin_b6_mg, m.weight), q.vitamin_b6_mg),
    coalesce(private.portion(b.vitamin_b12_mcg, m.weight), q.vitamin_b12_mcg),
    coalesce(private.portion(b.thiamin_mg, m.weight), q.thiamin_mg),
    coalesce(private.portion(b.riboflavin_mg, m.weight), q.riboflavin_mg), coalesce(private.portion(b.niacin_mg, m.weight), q.niacin_mg),
    coalesce(private.portion(b.folate_mcg, m.weight), q.folate_mcg), coalesce(private.portion(b.choline_mg, m.weight), q.choline_mg)
    -- nutrients end
  from weighed m
  left join lateral jsonb_populate_record(null::public.foods, m.source) b on true
  left join lateral jsonb_populate_record(null::public.meal_items, case when m.kind = 'quick' then m.input end) q on true
  order by m.place;
end $$;
grant execute on function private.portion, private.check_portions, private.portions to app, authenticated;
