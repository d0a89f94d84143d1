-- +goose Up
-- +goose StatementBegin

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

-- +goose StatementEnd
