-- Keeps the sums of each day in nutrition_days: in the transaction of every statement that changes items, the old rows are
-- subtracted and the new rows are added. This includes meals that are restored, copied or moved to another day. Nothing else
-- writes the table.
create or replace function private.change_day_sums() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    -- Always lock in this order, or two transactions that swap two meals between two days would deadlock.
    perform
    from public.nutrition_days d
    where (d.user_id, d.local_date) in (select o.user_id, o.local_date from old_items o union select n.user_id, n.local_date from new_items n)
    order by d.user_id, d.local_date
    for update;
  end if;
  if tg_op <> 'INSERT' then
    perform private.add_to_days(array(select row(o.*)::public.meal_items from old_items o where o.deleted_at is null), -1);
  end if;
  if tg_op <> 'DELETE' then
    perform private.add_to_days(array(select row(n.*)::public.meal_items from new_items n where n.deleted_at is null), 1);
  end if;
  return null;
end $$;

-- Adds items to the sums of their days, or with times = -1 subtracts them. A day that is subtracted from and not there any more belongs
-- to an account that is being deleted.
drop function if exists private.add_to_days(public.meal_items[]), private.subtract_from_days(public.meal_items[]);
create or replace function private.add_to_days(changed public.meal_items[], times integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if times > 0 then
    insert into public.nutrition_days (user_id, local_date)
    select distinct i.user_id, i.local_date from unnest(changed) i order by i.user_id, i.local_date
    on conflict do nothing;
  end if;
  update public.nutrition_days d
  set items = d.items + s.items,
    -- nutrients: {} = d.{} + s.{}, {}_known = d.{}_known + s.{}_known
    calories = d.calories + s.calories, calories_known = d.calories_known + s.calories_known,
    protein_g = d.protein_g + s.protein_g, protein_g_known = d.protein_g_known + s.protein_g_known,
    carbs_g = d.carbs_g + s.carbs_g, carbs_g_known = d.carbs_g_known + s.carbs_g_known,
    fat_g = d.fat_g + s.fat_g, fat_g_known = d.fat_g_known + s.fat_g_known,
    fiber_g = d.fiber_g + s.fiber_g, fiber_g_known = d.fiber_g_known + s.fiber_g_known,
    sugar_g = d.sugar_g + s.sugar_g, sugar_g_known = d.sugar_g_known + s.sugar_g_known,
    added_sugar_g = d.added_sugar_g + s.added_sugar_g, added_sugar_g_known = d.added_sugar_g_known + s.added_sugar_g_known,
    saturated_fat_g = d.saturated_fat_g + s.saturated_fat_g, saturated_fat_g_known = d.saturated_fat_g_known + s.saturated_fat_g_known,
    cholesterol_mg = d.cholesterol_mg + s.cholesterol_mg, cholesterol_mg_known = d.cholesterol_mg_known + s.cholesterol_mg_known,
    sodium_mg = d.sodium_mg + s.sodium_mg, sodium_mg_known = d.sodium_mg_known + s.sodium_mg_known,
    potassium_mg = d.potassium_mg + s.potassium_mg, potassium_mg_known = d.potassium_mg_known + s.potassium_mg_known,
    calcium_mg = d.calcium_mg + s.calcium_mg, calcium_mg_known = d.calcium_mg_known + s.calcium_mg_known,
    iron_mg = d.iron_mg + s.iron_mg, iron_mg_known = d.iron_mg_known + s.iron_mg_known,
    vitamin_d_mcg = d.vitamin_d_mcg + s.vitamin_d_mcg, vitamin_d_mcg_known = d.vitamin_d_mcg_known + s.vitamin_d_mcg_known,
    caffeine_mg = d.caffeine_mg + s.caffeine_mg, caffeine_mg_known = d.caffeine_mg_known + s.caffeine_mg_known,
    alcohol_g = d.alcohol_g + s.alcohol_g, alcohol_g_known = d.alcohol_g_known + s.alcohol_g_known,
    trans_fat_g = d.trans_fat_g + s.trans_fat_g, trans_fat_g_known = d.trans_fat_g_known + s.trans_fat_g_known,
    monounsaturated_fat_g = d.monounsaturated_fat_g + s.monounsaturated_fat_g, monounsaturated_fat_g_known = d.monounsaturated_fat_g_known + s.monounsaturated_fat_g_known,
    polyunsaturated_fat_g = d.polyunsaturated_fat_g + s.polyunsaturated_fat_g, polyunsaturated_fat_g_known = d.polyunsaturated_fat_g_known + s.polyunsaturated_fat_g_known,
    magnesium_mg = d.magnesium_mg + s.magnesium_mg, magnesium_mg_known = d.magnesium_mg_known + s.magnesium_mg_known,
    phosphorus_mg = d.phosphorus_mg + s.phosphorus_mg, phosphorus_mg_known = d.phosphorus_mg_known + s.phosphorus_mg_known,
    zinc_mg = d.zinc_mg + s.zinc_mg, zinc_mg_known = d.zinc_mg_known + s.zinc_mg_known,
    selenium_mcg = d.selenium_mcg + s.selenium_mcg, selenium_mcg_known = d.selenium_mcg_known + s.selenium_mcg_known,
    vitamin_a_mcg = d.vitamin_a_mcg + s.vitamin_a_mcg, vitamin_a_mcg_known = d.vitamin_a_mcg_known + s.vitamin_a_mcg_known,
    vitamin_c_mg = d.vitamin_c_mg + s.vitamin_c_mg, vitamin_c_mg_known = d.vitamin_c_mg_known + s.vitamin_c_mg_known,
    vitamin_e_mg = d.vitamin_e_mg + s.vitamin_e_mg, vitamin_e_mg_known = d.vitamin_e_mg_known + s.vitamin_e_mg_known,
    vitamin_k_mcg = d.vitamin_k_mcg + s.vitamin_k_mcg, vitamin_k_mcg_known = d.vitamin_k_mcg_known + s.vitamin_k_mcg_known,
    vitamin_b6_mg = d.vitamin_b6_mg + s.vitamin_b6_mg, vitamin_b6_mg_known = d.vitamin_b6_mg_known + s.vitamin_b6_mg_known,
    vitamin_b12_mcg = d.vitamin_b12_mcg + s.vitamin_b12_mcg, vitamin_b12_mcg_known = d.vitamin_b12_mcg_known + s.vitamin_b12_mcg_known,
    thiamin_mg = d.thiamin_mg + s.thiamin_mg, thiamin_mg_known = d.thiamin_mg_known + s.thiamin_mg_known,
    riboflavin_mg = d.riboflavin_mg + s.riboflavin_mg, riboflavin_mg_known = d.riboflavin_mg_known + s.riboflavin_mg_known,
    niacin_mg = d.niacin_mg + s.niacin_mg, niacin_mg_known = d.niacin_mg_known + s.niacin_mg_known,
    folate_mcg = d.folate_mcg + s.folate_mcg, folate_mcg_known = d.folate_mcg_known + s.folate_mcg_known,
    choline_mg = d.choline_mg + s.choline_mg, choline_mg_known = d.choline_mg_known + s.choline_mg_known
    -- nutrients end
  from (
    select i.user_id, i.local_date, times * count(*) as items,
      -- nutrients: times * coalesce(sum(i.{}), 0) as {}, times * count(i.{}) as {}_known
      times * coalesce(sum(i.calories), 0) as calories, times * count(i.calories) as calories_known,
      times * coalesce(sum(i.protein_g), 0) as protein_g, times * count(i.protein_g) as protein_g_known,
      times * coalesce(sum(i.carbs_g), 0) as carbs_g, times * count(i.carbs_g) as carbs_g_known,
      times * coalesce(sum(i.fat_g), 0) as fat_g, times * count(i.fat_g) as fat_g_known,
      times * coalesce(sum(i.fiber_g), 0) as fiber_g, times * count(i.fiber_g) as fiber_g_known,
      times * coalesce(sum(i.sugar_g), 0) as sugar_g, times * count(i.sugar_g) as sugar_g_known,
      times * coalesce(sum(i.added_sugar_g), 0) as added_sugar_g, times * count(i.added_sugar_g) as added_sugar_g_known,
      times * coalesce(sum(i.saturated_fat_g), 0) as saturated_fat_g, times * count(i.saturated_fat_g) as saturated_fat_g_known,
      times * coalesce(sum(i.cholesterol_mg), 0) as cholesterol_mg, times * count(i.cholesterol_mg) as cholesterol_mg_known,
      times * coalesce(sum(i.sodium_mg), 0) as sodium_mg, times * count(i.sodium_mg) as sodium_mg_known,
      times * coalesce(sum(i.potassium_mg), 0) as potassium_mg, times * count(i.potassium_mg) as potassium_mg_known,
      times * coalesce(sum(i.calcium_mg), 0) as calcium_mg, times * count(i.calcium_mg) as calcium_mg_known,
      times * coalesce(sum(i.iron_mg), 0) as iron_mg, times * count(i.iron_mg) as iron_mg_known,
      times * coalesce(sum(i.vitamin_d_mcg), 0) as vitamin_d_mcg, times * count(i.vitamin_d_mcg) as vitamin_d_mcg_known,
      times * coalesce(sum(i.caffeine_mg), 0) as caffeine_mg, times * count(i.caffeine_mg) as caffeine_mg_known,
      times * coalesce(sum(i.alcohol_g), 0) as alcohol_g, times * count(i.alcohol_g) as alcohol_g_known,
      times * coalesce(sum(i.trans_fat_g), 0) as trans_fat_g, times * count(i.trans_fat_g) as trans_fat_g_known,
      times * coalesce(sum(i.monounsaturated_fat_g), 0) as monounsaturated_fat_g, times * count(i.monounsaturated_fat_g) as monounsaturated_fat_g_known,
      times * coalesce(sum(i.polyunsaturated_fat_g), 0) as polyunsaturated_fat_g, times * count(i.polyunsaturated_fat_g) as polyunsaturated_fat_g_known,
      times * coalesce(sum(i.magnesium_mg), 0) as magnesium_mg, times * count(i.magnesium_mg) as magnesium_mg_known,
      times * coalesce(sum(i.phosphorus_mg), 0) as phosphorus_mg, times * count(i.phosphorus_mg) as phosphorus_mg_known,
      times * coalesce(sum(i.zinc_mg), 0) as zinc_mg, times * count(i.zinc_mg) as zinc_mg_known,
      times * coalesce(sum(i.selenium_mcg), 0) as selenium_mcg, times * count(i.selenium_mcg) as selenium_mcg_known,
      times * coalesce(sum(i.vitamin_a_mcg), 0) as vitamin_a_mcg, times * count(i.vitamin_a_mcg) as vitamin_a_mcg_known,
      times * coalesce(sum(i.vitamin_c_mg), 0) as vitamin_c_mg, times * count(i.vitamin_c_mg) as vitamin_c_mg_known,
      times * coalesce(sum(i.vitamin_e_mg), 0) as vitamin_e_mg, times * count(i.vitamin_e_mg) as vitamin_e_mg_known,
      times * coalesce(sum(i.vitamin_k_mcg), 0) as vitamin_k_mcg, times * count(i.vitamin_k_mcg) as vitamin_k_mcg_known,
      times * coalesce(sum(i.vitamin_b6_mg), 0) as vitamin_b6_mg, times * count(i.vitamin_b6_mg) as vitamin_b6_mg_known,
      times * coalesce(sum(i.vitamin_b12_mcg), 0) as vitamin_b12_mcg, times * count(i.vitamin_b12_mcg) as vitamin_b12_mcg_known,
      times * coalesce(sum(i.thiamin_mg), 0) as thiamin_mg, times * count(i.thiamin_mg) as thiamin_mg_known,
      times * coalesce(sum(i.riboflavin_mg), 0) as riboflavin_mg, times * count(i.riboflavin_mg) as riboflavin_mg_known,
      times * coalesce(sum(i.niacin_mg), 0) as niacin_mg, times * count(i.niacin_mg) as niacin_mg_known,
      times * coalesce(sum(i.folate_mcg), 0) as folate_mcg, times * count(i.folate_mcg) as folate_mcg_known,
      times * coalesce(sum(i.choline_mg), 0) as choline_mg, times * count(i.choline_mg) as choline_mg_known
      -- nutrients end
    from unnest(changed) i
    group by i.user_id, i.local_date
  ) s
  where d.user_id = s.user_id and d.local_date = s.local_date;
end $$;

create or replace trigger change_day_sums_insert after insert on public.meal_items
  referencing new table as new_items for each statement execute function private.change_day_sums();
create or replace trigger change_day_sums_update after update on public.meal_items
  referencing old table as old_items new table as new_items for each statement execute function private.change_day_sums();
create or replace trigger change_day_sums_delete after delete on public.meal_items
  referencing old table as old_items for each statement execute function private.change_day_sums();

-- Return the sums of a day, and for each nutrient the number of items in which it is known.
create or replace function private.day_sums(d public.nutrition_days) returns private.nutrients
language sql immutable as $$
  select array[
    -- nutrients: d.{}
    d.calories, d.protein_g, d.carbs_g, d.fat_g, d.fiber_g, d.sugar_g, d.added_sugar_g, d.saturated_fat_g, d.cholesterol_mg, d.sodium_mg,
    d.potassium_mg, d.calcium_mg, d.iron_mg, d.vitamin_d_mcg, d.caffeine_mg, d.alcohol_g, d.trans_fat_g, d.monounsaturated_fat_g,
    d.polyunsaturated_fat_g, d.magnesium_mg, d.phosphorus_mg, d.zinc_mg, d.selenium_mcg, d.vitamin_a_mcg, d.vitamin_c_mg, d.vitamin_e_mg,
    d.vitamin_k_mcg, d.vitamin_b6_mg, d.vitamin_b12_mcg, d.thiamin_mg, d.riboflavin_mg, d.niacin_mg, d.folate_mcg, d.choline_mg
    -- nutrients end
  ]
$$;
create or replace function private.day_known(d public.nutrition_days) returns integer[]
language sql immutable as $$
  select array[
    -- nutrients: coalesce(d.{}_known, 0)
    coalesce(d.calories_known, 0), coalesce(d.protein_g_known, 0), coalesce(d.carbs_g_known, 0), coalesce(d.fat_g_known, 0),
    coalesce(d.fiber_g_known, 0), coalesce(d.sugar_g_known, 0), coalesce(d.added_sugar_g_known, 0), coalesce(d.saturated_fat_g_known, 0),
    coalesce(d.cholesterol_mg_known, 0), coalesce(d.sodium_mg_known, 0), coalesce(d.potassium_mg_known, 0),
    coalesce(d.calcium_mg_known, 0), coalesce(d.iron_mg_known, 0), coalesce(d.vitamin_d_mcg_known, 0), coalesce(d.caffeine_mg_known, 0),
    coalesce(d.alcohol_g_known, 0), coalesce(d.trans_fat_g_known, 0), coalesce(d.monounsaturated_fat_g_known, 0),
    coalesce(d.polyunsaturated_fat_g_known, 0), coalesce(d.magnesium_mg_known, 0), coalesce(d.phosphorus_mg_known, 0),
    coalesce(d.zinc_mg_known, 0), coalesce(d.selenium_mcg_known, 0), coalesce(d.vitamin_a_mcg_known, 0),
    coalesce(d.vitamin_c_mg_known, 0), coalesce(d.vitamin_e_mg_known, 0), coalesce(d.vitamin_k_mcg_known, 0),
    coalesce(d.vitamin_b6_mg_known, 0), coalesce(d.vitamin_b12_mcg_known, 0), coalesce(d.thiamin_mg_known, 0),
    coalesce(d.riboflavin_mg_known, 0), coalesce(d.niacin_mg_known, 0), coalesce(d.folate_mcg_known, 0), coalesce(d.choline_mg_known, 0)
    -- nutrients end
  ]
$$;
grant execute on function private.day_sums, private.day_known to app, authenticated;
