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
-- to an account that is being deleted. Planning the update takes longer than the work, hence one generic plan.
drop function if exists private.add_to_days(public.meal_items[]), private.subtract_from_days(public.meal_items[]);
create or replace function private.add_to_days(changed public.meal_items[], times integer) returns void
language plpgsql security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  if times > 0 then
    insert into public.nutrition_days (user_id, local_date)
    select distinct i.user_id, i.local_date from unnest(changed) i order by i.user_id, i.local_date
    on conflict do nothing;
  end if;
  update public.nutrition_days d
  set items = d.items + s.items,
    -- nutrients: {} = d.{} + s.sums[{n}], {}_known = d.{}_known + s.known[{n}]
    calories = d.calories + s.sums[1], calories_known = d.calories_known + s.known[1],
    protein_g = d.protein_g + s.sums[2], protein_g_known = d.protein_g_known + s.known[2],
    carbs_g = d.carbs_g + s.sums[3], carbs_g_known = d.carbs_g_known + s.known[3],
    fat_g = d.fat_g + s.sums[4], fat_g_known = d.fat_g_known + s.known[4],
    fiber_g = d.fiber_g + s.sums[5], fiber_g_known = d.fiber_g_known + s.known[5],
    sugar_g = d.sugar_g + s.sums[6], sugar_g_known = d.sugar_g_known + s.known[6],
    added_sugar_g = d.added_sugar_g + s.sums[7], added_sugar_g_known = d.added_sugar_g_known + s.known[7],
    saturated_fat_g = d.saturated_fat_g + s.sums[8], saturated_fat_g_known = d.saturated_fat_g_known + s.known[8],
    cholesterol_mg = d.cholesterol_mg + s.sums[9], cholesterol_mg_known = d.cholesterol_mg_known + s.known[9],
    sodium_mg = d.sodium_mg + s.sums[10], sodium_mg_known = d.sodium_mg_known + s.known[10],
    potassium_mg = d.potassium_mg + s.sums[11], potassium_mg_known = d.potassium_mg_known + s.known[11],
    calcium_mg = d.calcium_mg + s.sums[12], calcium_mg_known = d.calcium_mg_known + s.known[12],
    iron_mg = d.iron_mg + s.sums[13], iron_mg_known = d.iron_mg_known + s.known[13],
    vitamin_d_mcg = d.vitamin_d_mcg + s.sums[14], vitamin_d_mcg_known = d.vitamin_d_mcg_known + s.known[14],
    caffeine_mg = d.caffeine_mg + s.sums[15], caffeine_mg_known = d.caffeine_mg_known + s.known[15],
    alcohol_g = d.alcohol_g + s.sums[16], alcohol_g_known = d.alcohol_g_known + s.known[16],
    trans_fat_g = d.trans_fat_g + s.sums[17], trans_fat_g_known = d.trans_fat_g_known + s.known[17],
    monounsaturated_fat_g = d.monounsaturated_fat_g + s.sums[18], monounsaturated_fat_g_known = d.monounsaturated_fat_g_known + s.known[18],
    polyunsaturated_fat_g = d.polyunsaturated_fat_g + s.sums[19], polyunsaturated_fat_g_known = d.polyunsaturated_fat_g_known + s.known[19],
    magnesium_mg = d.magnesium_mg + s.sums[20], magnesium_mg_known = d.magnesium_mg_known + s.known[20],
    phosphorus_mg = d.phosphorus_mg + s.sums[21], phosphorus_mg_known = d.phosphorus_mg_known + s.known[21],
    zinc_mg = d.zinc_mg + s.sums[22], zinc_mg_known = d.zinc_mg_known + s.known[22],
    selenium_mcg = d.selenium_mcg + s.sums[23], selenium_mcg_known = d.selenium_mcg_known + s.known[23],
    vitamin_a_mcg = d.vitamin_a_mcg + s.sums[24], vitamin_a_mcg_known = d.vitamin_a_mcg_known + s.known[24],
    vitamin_c_mg = d.vitamin_c_mg + s.sums[25], vitamin_c_mg_known = d.vitamin_c_mg_known + s.known[25],
    vitamin_e_mg = d.vitamin_e_mg + s.sums[26], vitamin_e_mg_known = d.vitamin_e_mg_known + s.known[26],
    vitamin_k_mcg = d.vitamin_k_mcg + s.sums[27], vitamin_k_mcg_known = d.vitamin_k_mcg_known + s.known[27],
    vitamin_b6_mg = d.vitamin_b6_mg + s.sums[28], vitamin_b6_mg_known = d.vitamin_b6_mg_known + s.known[28],
    vitamin_b12_mcg = d.vitamin_b12_mcg + s.sums[29], vitamin_b12_mcg_known = d.vitamin_b12_mcg_known + s.known[29],
    thiamin_mg = d.thiamin_mg + s.sums[30], thiamin_mg_known = d.thiamin_mg_known + s.known[30],
    riboflavin_mg = d.riboflavin_mg + s.sums[31], riboflavin_mg_known = d.riboflavin_mg_known + s.known[31],
    niacin_mg = d.niacin_mg + s.sums[32], niacin_mg_known = d.niacin_mg_known + s.known[32],
    folate_mcg = d.folate_mcg + s.sums[33], folate_mcg_known = d.folate_mcg_known + s.known[33],
    choline_mg = d.choline_mg + s.sums[34], choline_mg_known = d.choline_mg_known + s.known[34]
    -- nutrients end
  from (
    select n.user_id, n.local_date, n.items, array_agg(n.amount order by n.id) as sums, array_agg(n.known order by n.id) as known
    from (
      select i.user_id, i.local_date, a.id, times * count(*) as items, times * coalesce(sum(a.amount), 0) as amount,
        times * count(a.amount) as known
      from unnest(changed) i
      cross join unnest(private.item_nutrients(i)) with ordinality a (amount, id)
      group by i.user_id, i.local_date, a.id
    ) n
    group by n.user_id, n.local_date, n.items
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
