-- +goose Up
-- +goose StatementBegin

create or replace function private.schema_version() returns bigint language sql immutable as 'select 3::bigint';

-- --------------------------------------------------------------------------------------------------- idempotency keys

-- What was answered to a write that carried an Idempotency-Key, stored in the transaction of the write itself: both are
-- there, or neither is.
create table private.idempotency_keys (
  user_id uuid not null references auth.users (id) on delete cascade,
  key text not null check (char_length(key) between 1 and 255),
  fingerprint bytea not null check (octet_length(fingerprint) = 32), -- SHA-256 of operation, path, query and body
  status smallint not null check (status between 200 and 299),
  headers jsonb not null,
  body bytea not null,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
create index idempotency_keys_created_at_idx on private.idempotency_keys (created_at);
alter table private.idempotency_keys enable row level security;
create policy idempotency_keys_own on private.idempotency_keys to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on private.idempotency_keys from anon, authenticated;
grant select, insert, update on private.idempotency_keys to authenticated;

-- Takes the key until the transaction ends, and then looks: each statement of a plpgsql function has a snapshot of its
-- own, so what the holder before committed is seen. In one statement the snapshot would be older than the lock. It raises
-- rather than answers, so that the write itself may follow in the same round trip and does not run when it was done.
create function private.claim_idempotency_key(owner uuid, wanted text) returns void
language plpgsql set search_path = '' as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended(owner || ' ' || wanted, 0)) then
    raise exception 'idempotency_in_progress' using errcode = 'UC409';
  end if;
  if exists (
    select
    from private.idempotency_keys k
    where k.user_id = owner and k.key = wanted and k.created_at > now() - interval '24 hours'
  ) then
    raise exception 'idempotency_answered' using errcode = 'UC409';
  end if;
end $$;
grant execute on function private.claim_idempotency_key to app, authenticated;

-- --------------------------------------------------------------------------------------------------------------- days

-- The day on which something falls, by the clock on the wall of a zone. The one place that decides; a zone that this
-- server does not know (its zone database is older than the profile's) is read as UTC rather than failing.
create function private.local_date(moment timestamptz, zone text) returns date
language plpgsql stable set search_path = '' as $$
begin
  return (moment at time zone zone)::date;
exception when invalid_parameter_value then
  return (moment at time zone 'UTC')::date;
end $$;
grant execute on function private.local_date to app, authenticated;

-- The instant at which the clock on the wall of new_zone shows on that day what it showed in zone at the instant. A time
-- that a clock change leaves out is moved on by the change, so that it stays on the day.
create function private.same_time_on(day date, moment timestamptz, zone text, new_zone text) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  wall time;
begin
  begin
    wall := (moment at time zone zone)::time;
  exception when invalid_parameter_value then
    wall := (moment at time zone 'UTC')::time;
  end;
  return (day + wall) at time zone new_zone;
exception when invalid_parameter_value then
  return (day + wall) at time zone 'UTC';
end $$;
grant execute on function private.same_time_on to app, authenticated;

-- -------------------------------------------------------------------------------------------------------------- meals

create table public.meals (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(), -- the client may have made it; unique per person, so that nobody learns of another's
  name text check (char_length(name) between 1 and 200),
  meal_type text not null check (meal_type in ('breakfast', 'lunch', 'dinner', 'snack', 'other')),
  eaten_at timestamptz not null check (isfinite(eaten_at)),
  -- The day in the zone that held when it was written. It moves only with eaten_at, never with the profile's zone.
  local_date date not null check (isfinite(local_date)),
  timezone text not null check (char_length(timezone) between 1 and 100),
  notes text check (char_length(notes) between 1 and 2000),
  source text not null check (source in ('manual', 'copy', 'coach')),
  next_position integer not null default 0,
  version integer not null default 1, -- moves with the items as well
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (user_id, id),
  unique (user_id, id, local_date) -- what the items refer to
);
create index meals_day_idx on public.meals (user_id, local_date) where deleted_at is null;
create index meals_newest_idx on public.meals (user_id, eaten_at desc, id desc) where deleted_at is null;
create index meals_deleted_at_idx on public.meals (deleted_at) where deleted_at is not null;

create trigger keep_version before update of name on public.meals for each row execute function private.keep_version();

alter table public.meals enable row level security;
create policy meals_own on public.meals to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.meals from anon, authenticated;
grant select, insert, update on public.meals to authenticated;

-- One line of a meal, with the values that it was logged with. Totals are sums of these rows wherever they are shown;
-- nothing else stores one, so no two can disagree.
create table public.meal_items (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  meal_id uuid not null,
  local_date date not null, -- the meal's, kept so by the foreign key
  position integer not null,
  kind text not null check (kind in ('grams', 'serving', 'quick')),
  -- Where the values came from. No foreign key: a food may be purged, its record in a diary may not.
  food_id uuid,
  serving_id uuid,
  count numeric(7, 3) check (count > 0 and count <= 50),
  serving_grams numeric(9, 4) check (serving_grams > 0),
  label text not null check (char_length(label) between 1 and 100),
  name text not null check (char_length(name) between 1 and 300),
  brand text check (char_length(brand) between 1 and 200),
  grams numeric(8, 3) check (grams between 0 and 10000),
  basis jsonb, -- the food's name, brand and nutrients per 100 g as they were, for when the amount is changed later
  calories numeric(12, 3) not null check (calories >= 0),
  protein_g numeric(12, 3) check (protein_g >= 0),
  carbs_g numeric(12, 3) check (carbs_g >= 0),
  fat_g numeric(12, 3) check (fat_g >= 0),
  fiber_g numeric(12, 3) check (fiber_g >= 0),
  sugar_g numeric(12, 3) check (sugar_g >= 0),
  added_sugar_g numeric(12, 3) check (added_sugar_g >= 0),
  saturated_fat_g numeric(12, 3) check (saturated_fat_g >= 0),
  cholesterol_mg numeric(12, 3) check (cholesterol_mg >= 0),
  sodium_mg numeric(12, 3) check (sodium_mg >= 0),
  potassium_mg numeric(12, 3) check (potassium_mg >= 0),
  calcium_mg numeric(12, 3) check (calcium_mg >= 0),
  iron_mg numeric(12, 3) check (iron_mg >= 0),
  vitamin_d_mcg numeric(12, 3) check (vitamin_d_mcg >= 0),
  caffeine_mg numeric(12, 3) check (caffeine_mg >= 0),
  alcohol_g numeric(12, 3) check (alcohol_g >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (user_id, id),
  -- NaN is more than any bound.
  constraint meal_items_numbers check ('NaN' <> all (array[
    serving_grams, calories, protein_g, carbs_g, fat_g, fiber_g, sugar_g, added_sugar_g, saturated_fat_g,
    cholesterol_mg, sodium_mg, potassium_mg, calcium_mg, iron_mg, vitamin_d_mcg, caffeine_mg, alcohol_g])),
  foreign key (user_id, meal_id, local_date) references public.meals (user_id, id, local_date) on update cascade on delete cascade,
  constraint meal_items_kind check (case kind
    when 'grams' then num_nulls(food_id, grams, basis) = 0 and num_nonnulls(serving_id, count, serving_grams) = 0
    when 'serving' then num_nulls(food_id, grams, basis, serving_id, count, serving_grams) = 0
    when 'quick' then num_nonnulls(food_id, grams, basis, serving_id, count, serving_grams, brand) = 0
  end)
);
create index meal_items_meal_idx on public.meal_items (user_id, meal_id);
-- With all that is summed, so that 90 days of a person do not ask for the hundreds of pages that their items are spread
-- over. It serves from the index what vacuum has seen, hence a vacuum after each hundredth of the table.
create index meal_items_day_idx on public.meal_items (user_id, local_date)
  include (calories, protein_g, carbs_g, fat_g, fiber_g, sugar_g, added_sugar_g, saturated_fat_g,
    cholesterol_mg, sodium_mg, potassium_mg, calcium_mg, iron_mg, vitamin_d_mcg, caffeine_mg, alcohol_g)
  where deleted_at is null;
alter table public.meal_items set (autovacuum_vacuum_insert_scale_factor = 0.01);
create index meal_items_food_idx on public.meal_items (user_id, food_id, created_at desc) where deleted_at is null and food_id is not null;
create index meal_items_deleted_at_idx on public.meal_items (deleted_at) where deleted_at is not null;

alter table public.meal_items enable row level security;
create policy meal_items_own on public.meal_items to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.meal_items from anon, authenticated;
grant select, insert, update on public.meal_items to authenticated;

-- Meals that are there, a line per item; a meal without items has one line with nulls. Every column may be null, so that
-- a day without meals can be read through an outer join: that is what the join to profiles is for.
create view public.diary with (security_invoker = true) as
select m.user_id, m.id as meal_id, m.name as meal_name, m.meal_type, m.eaten_at, m.local_date, m.timezone, m.notes, m.source, m.version, m.created_at, m.updated_at,
  i.id as item_id, i.position, i.kind, i.food_id, i.serving_id, i.count, i.label, i.name, i.brand, i.grams,
  i.calories, i.protein_g, i.carbs_g, i.fat_g, i.fiber_g, i.sugar_g, i.added_sugar_g, i.saturated_fat_g,
  i.cholesterol_mg, i.sodium_mg, i.potassium_mg, i.calcium_mg, i.iron_mg, i.vitamin_d_mcg, i.caffeine_mg, i.alcohol_g
from public.profiles p
left join public.meals m on m.user_id = p.id and m.deleted_at is null
left join public.meal_items i on i.user_id = m.user_id and i.meal_id = m.id and i.deleted_at is null;
revoke all on public.diary from anon, authenticated;
grant select on public.diary to authenticated;

-- A day has at most 100 meals and a meal at most 100 items, so that what shows them whole stays bounded. Checked where
-- they are written, whichever way they come there; one after the other for each day, or two would count the same hundredth.
create function private.bound_day() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.deleted_at is not null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(new.user_id || ' ' || new.local_date, 1));
  if 100 <= (
    select count(*)
    from public.meals m
    where m.user_id = new.user_id and m.local_date = new.local_date and m.deleted_at is null and m.id <> new.id
  ) then
    raise exception 'day_full' using errcode = 'UC422';
  end if;
  return new;
end $$;
create trigger bound_day before insert on public.meals
  for each row execute function private.bound_day();
create trigger bound_day_again before update of local_date, deleted_at on public.meals
  for each row when (new.local_date <> old.local_date or new.deleted_at is distinct from old.deleted_at)
  execute function private.bound_day();

create function private.bound_meal() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (
    select
    from (select distinct n.user_id, n.meal_id from new_items n) n
    join public.meal_items i on i.user_id = n.user_id and i.meal_id = n.meal_id and i.deleted_at is null
    group by n.meal_id
    having count(*) > 100
  ) then
    raise exception 'meal_full' using errcode = 'UC422';
  end if;
  return null;
end $$;
create trigger bound_meal after insert on public.meal_items
  referencing new table as new_items for each statement execute function private.bound_meal();

-- Undoes the deletion of a meal, with the items that went at the same instant; where nothing was deleted it changes nothing.
-- The meal is locked first and its items are looked for after that, each statement of a plpgsql function with a snapshot of
-- its own: in one statement the items would be as they were before the wait, and the meal would come back without them.
create function private.restore_meal(owner uuid, meal uuid) returns void
language plpgsql set search_path = '' as $$
declare
  gone timestamptz;
begin
  select m.deleted_at into gone from public.meals m where m.user_id = owner and m.id = meal for update;
  if gone > now() - interval '30 days' then
    update public.meals m set deleted_at = null, version = m.version + 1, updated_at = now() where m.user_id = owner and m.id = meal;
    update public.meal_items i set deleted_at = null where i.user_id = owner and i.meal_id = meal and i.deleted_at = gone;
  end if;
end $$;
grant execute on function private.restore_meal to app, authenticated;

-- ----------------------------------------------------------------------------------------------------------- portions

-- A nutrient of so many grams, to 0.001; unknown stays unknown.
create function private.portion(per_100g numeric, grams numeric) returns numeric
language sql immutable return round(per_100g * grams / 100, 3);

-- What a list of wanted items amounts to: whose food, how many grams, which nutrients. The one place that computes it.
--
-- An item is {id?, kind: "grams", food_id, grams}, {id?, kind: "serving", food_id, serving_id, count} or
-- {id?, kind: "quick", name, calories, protein_g?, carbs_g?, fat_g?}. With `basis` (and `serving_grams` and `label` where
-- the serving stays) the values are those that an item was logged with, and the food is not looked at.
--
-- What cannot be had raises UC404 or UC422 with [{place, field, code}] as its detail, so nothing is written then.
--
-- Postgres takes any list for one of a hundred items, and would rather read all servings than look so many up: the limits
-- leave it no choice. Planning costs more than the work, hence one plan for all.
create function private.portions(owner uuid, items jsonb)
returns table (
  place integer, id uuid, kind text, food_id uuid, serving_id uuid, count numeric, serving_grams numeric, label text, name text, brand text, grams numeric, basis jsonb,
  calories numeric, protein_g numeric, carbs_g numeric, fat_g numeric, fiber_g numeric, sugar_g numeric, added_sugar_g numeric, saturated_fat_g numeric,
  cholesterol_mg numeric, sodium_mg numeric, potassium_mg numeric, calcium_mg numeric, iron_mg numeric, vitamin_d_mcg numeric, caffeine_mg numeric, alcohol_g numeric
)
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan rows 10 as $$
#variable_conflict use_column
declare
  problems jsonb;
  missing boolean;
begin
  with wanted as (
    select a.ordinality::integer - 1 as place, a.kind, a.food_id, a.serving_id, a.count, a.serving_grams, a.basis, a.name
    from rows from (jsonb_to_recordset(items) as (kind text, food_id uuid, serving_id uuid, count numeric, serving_grams numeric, basis jsonb, name text)) with ordinality a
  ), problem as (
    select w.place, p.field, p.code
    from wanted w
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
      select 'count', 'too_heavy' where w.kind = 'serving' and coalesce(w.serving_grams, s.grams) * round(w.count, 3) > 10000
      union all
      select 'name', 'blank' where w.kind = 'quick' and w.name !~ '[^[:space:]]'
    ) p
  )
  select jsonb_agg(jsonb_build_object('place', p.place, 'field', p.field, 'code', p.code) order by p.place, p.field), bool_or(p.code like '%not_found')
  into problems, missing
  from problem p;
  if problems is not null then
    raise exception 'portions' using errcode = case when missing then 'UC404' else 'UC422' end, detail = problems::text;
  end if;

  return query
  with wanted as (
    select a.ordinality::integer - 1 as place, a.*
    from rows from (jsonb_to_recordset(items) as (
      id uuid, kind text, food_id uuid, serving_id uuid, grams numeric, count numeric, serving_grams numeric, label text, basis jsonb,
      name text, calories numeric, protein_g numeric, carbs_g numeric, fat_g numeric
    )) with ordinality a
  ), measured as (
    select w.*,
      coalesce(w.serving_grams, s.grams) as one,
      case w.kind when 'grams' then round(w.grams, 3) when 'serving' then round(coalesce(w.serving_grams, s.grams) * round(w.count, 3), 3) end as weight,
      case w.kind
        when 'grams' then trim_scale(round(w.grams, 3)) || ' g'
        when 'serving' then coalesce(case when w.serving_grams is not null then w.label end, s.label)
        else 'quick entry'
      end as called,
      case when w.kind <> 'quick' then coalesce(w.basis, jsonb_strip_nulls(jsonb_build_object(
        'name', f.name, 'brand', f.brand,
        'calories', f.calories, 'protein_g', f.protein_g, 'carbs_g', f.carbs_g, 'fat_g', f.fat_g,
        'fiber_g', f.fiber_g, 'sugar_g', f.sugar_g, 'added_sugar_g', f.added_sugar_g, 'saturated_fat_g', f.saturated_fat_g,
        'cholesterol_mg', f.cholesterol_mg, 'sodium_mg', f.sodium_mg, 'potassium_mg', f.potassium_mg, 'calcium_mg', f.calcium_mg,
        'iron_mg', f.iron_mg, 'vitamin_d_mcg', f.vitamin_d_mcg, 'caffeine_mg', f.caffeine_mg, 'alcohol_g', f.alcohol_g))) end as source
    from wanted w
    left join lateral (select f.* from public.foods f where f.id = w.food_id and w.basis is null limit 1) f on true
    left join lateral (select s.* from public.food_servings s where s.id = w.serving_id and w.serving_grams is null limit 1) s on true
  )
  select m.place, coalesce(m.id, gen_random_uuid()), m.kind,
    case when m.kind <> 'quick' then m.food_id end,
    case when m.kind = 'serving' then m.serving_id end,
    case when m.kind = 'serving' then round(m.count, 3) end,
    case when m.kind = 'serving' then m.one end,
    m.called, coalesce(b.name, m.name), b.brand, m.weight, m.source,
    case when m.kind = 'quick' then round(m.calories, 3) else private.portion(b.calories, m.weight) end,
    case when m.kind = 'quick' then round(m.protein_g, 3) else private.portion(b.protein_g, m.weight) end,
    case when m.kind = 'quick' then round(m.carbs_g, 3) else private.portion(b.carbs_g, m.weight) end,
    case when m.kind = 'quick' then round(m.fat_g, 3) else private.portion(b.fat_g, m.weight) end,
    private.portion(b.fiber_g, m.weight), private.portion(b.sugar_g, m.weight), private.portion(b.added_sugar_g, m.weight), private.portion(b.saturated_fat_g, m.weight),
    private.portion(b.cholesterol_mg, m.weight), private.portion(b.sodium_mg, m.weight), private.portion(b.potassium_mg, m.weight), private.portion(b.calcium_mg, m.weight),
    private.portion(b.iron_mg, m.weight), private.portion(b.vitamin_d_mcg, m.weight), private.portion(b.caffeine_mg, m.weight), private.portion(b.alcohol_g, m.weight)
  from measured m
  left join lateral jsonb_to_record(m.source) as b (
    name text, brand text, calories numeric, protein_g numeric, carbs_g numeric, fat_g numeric, fiber_g numeric, sugar_g numeric, added_sugar_g numeric, saturated_fat_g numeric,
    cholesterol_mg numeric, sodium_mg numeric, potassium_mg numeric, calcium_mg numeric, iron_mg numeric, vitamin_d_mcg numeric, caffeine_mg numeric, alcohol_g numeric
  ) on true
  order by m.place;
end $$;
grant execute on function private.portion, private.portions to app, authenticated;

-- -------------------------------------------------------------------------------------------------------------- purge

-- Answers older than their 24 hours. A bounded bite at a time; answers how many rows went.
create function private.purge_idempotency_keys() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
begin
  delete from private.idempotency_keys k
  where (k.user_id, k.key) in (
    select o.user_id, o.key from private.idempotency_keys o
    where o.created_at <= now() - interval '24 hours' order by o.created_at limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end $$;
grant execute on function private.purge_idempotency_keys to app, anon, authenticated;

-- Meals and items deleted more than 30 days ago: nobody can restore them any more. A bounded bite at a time; answers how
-- many rows went.
create function private.purge_diary() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
  total integer := 0;
begin
  delete from public.meals m
  where (m.user_id, m.id) in (
    select o.user_id, o.id from public.meals o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics gone = row_count;
  total := total + gone;
  delete from public.meal_items i
  where (i.user_id, i.id) in (
    select o.user_id, o.id from public.meal_items o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  return total + gone;
end $$;
grant execute on function private.purge_diary to app, anon, authenticated;

revoke execute on all functions in schema private from public;

-- +goose StatementEnd
