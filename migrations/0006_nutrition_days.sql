-- +goose Up
-- +goose StatementBegin

-- An amount for each nutrient, null where it is unknown, in the order of internal/tools/nutrient: how rows are read. The tables
-- have a column for each.
create domain private.nutrients as numeric[];

-- The sums of each day that has items, kept by triggers on meal_items in the transaction of every write. A year of somebody
-- who logs much is 366 rows here and ten thousand there.
create table public.nutrition_days (
  user_id uuid not null references auth.users (id) on delete cascade,
  local_date date not null,
  items integer not null default 0 check (items >= 0),
  primary key (user_id, local_date)
);
alter table public.nutrition_days enable row level security;
create policy nutrition_days_own on public.nutrition_days for select to authenticated using (user_id = (select auth.uid()));
revoke all on public.nutrition_days from anon, authenticated;
grant select on public.nutrition_days to authenticated;

-- For migrations: gives a nutrient its columns. Per 100 g of a food there are at most so much of it; of a day there is a sum and
-- how many of its items know the nutrient.
create procedure private.add_nutrient(key text, most numeric) language plpgsql set search_path = '' as $$
begin
  execute format('alter table public.foods add column %1$I numeric(12, 6) check (%1$I between 0 and %2$s)', key, most);
  execute format('alter table public.meal_items add column %1$I numeric(12, 3) check (%1$I >= 0 and %1$I <> ''NaN'')', key);
  call private.add_nutrient_to_days(key);
end $$;
create procedure private.add_nutrient_to_days(key text) language plpgsql set search_path = '' as $$
begin
  execute format('alter table public.nutrition_days add column %I numeric not null default 0', key);
  execute format('alter table public.nutrition_days add column %I integer not null default 0', key || '_known');
end $$;
revoke execute on procedure private.add_nutrient, private.add_nutrient_to_days from public;

do $$
declare
  first_ones constant text[] := '{calories,protein_g,carbs_g,fat_g,fiber_g,sugar_g,added_sugar_g,saturated_fat_g,cholesterol_mg,sodium_mg,potassium_mg,calcium_mg,iron_mg,vitamin_d_mcg,caffeine_mg,alcohol_g}';
  key text;
begin
  foreach key in array first_ones loop
    call private.add_nutrient_to_days(key);
  end loop;
  execute (
    select format('insert into public.nutrition_days (user_id, local_date, items, %s) select i.user_id, i.local_date, count(*), %s
      from public.meal_items i where i.deleted_at is null group by i.user_id, i.local_date',
      string_agg(format('%1$I, %1$s_known', k), ', '), string_agg(format('coalesce(sum(i.%1$I), 0), count(i.%1$I)', k), ', '))
    from unnest(first_ones) k);
end $$;

-- It held everything that is summed, for reading ranges of days.
drop index public.meal_items_day_idx;
alter table public.meal_items reset (autovacuum_vacuum_insert_scale_factor);

-- Their columns change.
drop view if exists public.diary, public.food_list;

-- +goose StatementEnd
