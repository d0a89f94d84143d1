-- +goose Up
-- +goose StatementBegin

-- ------------------------------------------------------------------------------------------------------- measurements

-- Weight, body fat and girths at one moment. Weights are kept to 0.1 g, so that pounds come back as they were entered.
create table public.body_measurements (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(), -- the client may have made it; unique per person
  measured_at timestamptz not null check (isfinite(measured_at)),
  -- The day in the zone of the measurement. It changes only with measured_at or timezone, never with the profile's zone.
  local_date date not null check (isfinite(local_date)),
  timezone text not null check (char_length(timezone) between 1 and 100),
  weight_kg numeric(7, 4) check (weight_kg between 30 and 300),
  body_fat_pct numeric(5, 3) check (body_fat_pct between 2 and 75),
  girths jsonb check (jsonb_typeof(girths) = 'object' and girths <> '{}'), -- the contract's schema Girths has the names and ranges
  notes text check (char_length(notes) between 1 and 2000),
  source_kind text not null check (source_kind in ('manual', 'file', 'device', 'api')),
  source_app text check (char_length(source_app) between 1 and 100),
  source_device text check (char_length(source_device) between 1 and 100),
  source_recorded text not null check (source_recorded in ('automatic', 'manual', 'unknown')),
  external_id text check (char_length(external_id) between 1 and 200),
  external_version bigint check (external_version >= 0),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (user_id, id),
  constraint body_measurements_not_empty check (num_nonnulls(weight_kg, body_fat_pct, girths) > 0),
  constraint body_measurements_numbers check ('NaN' <> all (array[weight_kg, body_fat_pct])),
  constraint body_measurements_external check (external_version is null or external_id is not null)
);
create index body_measurements_newest_idx on public.body_measurements (user_id, measured_at desc, id desc) where deleted_at is null;
create index body_measurements_weight_idx on public.body_measurements (user_id, measured_at desc, id desc)
  include (local_date, weight_kg) where deleted_at is null and weight_kg is not null;
create index body_measurements_day_idx on public.body_measurements (user_id, local_date) where deleted_at is null;
-- What another app calls it. A deleted measurement keeps its name until it is purged, so that the next synchronisation does not bring it back.
create unique index body_measurements_external_idx on public.body_measurements (user_id, source_kind, coalesce(source_app, ''), external_id)
  where external_id is not null;
create index body_measurements_deleted_at_idx on public.body_measurements (deleted_at) where deleted_at is not null;

alter table public.body_measurements enable row level security;
create policy body_measurements_own on public.body_measurements to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.body_measurements from anon, authenticated;
grant select, insert on public.body_measurements to authenticated;
grant update (measured_at, local_date, timezone, weight_kg, body_fat_pct, girths, notes, source_kind, source_app, source_device,
  source_recorded, external_id, external_version, version, updated_at, deleted_at) on public.body_measurements to authenticated;

-- ---------------------------------------------------------------------------------------------------- water and sleep

create table public.water_entries (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  drunk_at timestamptz not null check (isfinite(drunk_at)),
  local_date date not null check (isfinite(local_date)),
  timezone text not null check (char_length(timezone) between 1 and 100),
  amount_ml integer not null check (amount_ml between 1 and 10000),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (user_id, id)
);
create index water_entries_day_idx on public.water_entries (user_id, local_date) include (amount_ml) where deleted_at is null;
create index water_entries_deleted_at_idx on public.water_entries (deleted_at) where deleted_at is not null;

alter table public.water_entries enable row level security;
create policy water_entries_own on public.water_entries to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.water_entries from anon, authenticated;
grant select, insert on public.water_entries to authenticated;
grant update (drunk_at, local_date, timezone, amount_ml, version, updated_at, deleted_at) on public.water_entries to authenticated;

-- A night counts for the day on which it ends.
create table public.sleep_entries (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  started_at timestamptz not null check (isfinite(started_at)),
  ended_at timestamptz not null check (isfinite(ended_at)),
  local_date date not null check (isfinite(local_date)),
  timezone text not null check (char_length(timezone) between 1 and 100),
  asleep_minutes integer not null check (asleep_minutes between 1 and 1440),
  quality smallint check (quality between 1 and 5),
  notes text check (char_length(notes) between 1 and 2000),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (user_id, id),
  constraint sleep_entries_in_order check (started_at < ended_at and ended_at <= started_at + interval '24 hours'),
  constraint sleep_entries_asleep check (asleep_minutes * interval '1 minute' <= ended_at - started_at)
);
create index sleep_entries_day_idx on public.sleep_entries (user_id, local_date) include (asleep_minutes) where deleted_at is null;
create index sleep_entries_deleted_at_idx on public.sleep_entries (deleted_at) where deleted_at is not null;

alter table public.sleep_entries enable row level security;
create policy sleep_entries_own on public.sleep_entries to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.sleep_entries from anon, authenticated;
grant select, insert on public.sleep_entries to authenticated;
grant update (started_at, ended_at, local_date, timezone, asleep_minutes, quality, notes, version, updated_at, deleted_at)
  on public.sleep_entries to authenticated;

-- ------------------------------------------------------------------------------------------------------------ profile

alter table public.profiles
  -- When current_weight_kg was measured, or typed into the profile; an older measurement does not replace it.
  add column current_weight_at timestamptz,
  -- Whether targets use the energy expenditure that is learned from weights and meals, and the figure that they use.
  add column adaptive_targets boolean not null default false,
  add column adaptive_tdee integer check (adaptive_tdee between 500 and 20000),
  add column adaptive_tdee_on date,
  -- How much of the energy of activities is added to what remains of a day.
  add column exercise_calories text not null default 'none' check (exercise_calories in ('none', 'half', 'all'));
update public.profiles set current_weight_at = updated_at where current_weight_kg is not null;
grant update (current_weight_at, adaptive_targets, adaptive_tdee, adaptive_tdee_on, exercise_calories) on public.profiles to authenticated;

-- +goose StatementEnd
