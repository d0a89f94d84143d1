-- +goose Up
-- +goose StatementBegin

-- What a person did: a workout, a walk, a match, or the active energy of a day as a phone counts it.
create table public.activities (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(), -- the client may have made it; unique per person, so that nobody learns of another's
  -- A leg of a multi-sport activity names the whole. Legs have no legs.
  parent_id uuid,
  leg_index smallint check (leg_index between 0 and 99),
  name text check (char_length(name) between 1 and 200),
  category text not null check (category in ('cardio_steady_state', 'cardio_interval', 'strength_training', 'sports', 'flexibility', 'other')),
  activity text check (char_length(activity) between 1 and 100), -- a key of the catalogue or a code of the Compendium
  family text check (char_length(family) between 1 and 100), -- activities of one family can be the same workout; null is unknown
  started_at timestamptz not null check (isfinite(started_at)),
  ended_at timestamptz not null check (isfinite(ended_at)),
  -- The day of started_at in the zone. It moves only with started_at or timezone, never with the profile's zone.
  local_date date not null check (isfinite(local_date)),
  timezone text not null check (char_length(timezone) between 1 and 100),
  zone_source text not null check (zone_source in ('gps', 'file', 'request', 'profile')),
  -- From start to end; with the timer running; in motion. Real files have 28 days elapsed and two hours of timer.
  elapsed_s integer not null check (elapsed_s between 1 and 2678400),
  timer_s integer not null check (timer_s between 1 and 86400),
  moving_s integer check (moving_s between 0 and 86400),
  rpe numeric(3, 1) check (rpe between 1 and 10),
  notes text check (char_length(notes) between 1 and 2000),
  metrics jsonb check (metrics ? 'kind'),
  distance_m numeric(10, 2) generated always as (coalesce(
    (metrics ->> 'distance_m')::numeric, (metrics ->> 'distance_km')::numeric * 1000,
    (metrics ->> 'laps')::numeric * (metrics ->> 'pool_length_m')::numeric)) stored,
  ascent_m numeric(7, 1) generated always as ((metrics ->> 'elevation_gain_m')::numeric) stored,

  source_kind text not null check (source_kind in ('manual', 'file', 'device', 'api')),
  source_app text check (char_length(source_app) between 1 and 100),
  source_device text check (char_length(source_device) between 1 and 100),
  external_id text check (char_length(external_id) between 1 and 200),
  external_version bigint check (external_version >= 0),
  recorded text not null check (recorded in ('automatic', 'manual', 'unknown')),
  content_sha256 bytea check (octet_length(content_sha256) = 32), -- of the file that it was imported from

  -- Energy as it was typed in or measured, rest included, and the part of the device's figure that is rest.
  user_kcal numeric(7, 1) check (user_kcal between 0 and 30000),
  device_kcal numeric(7, 1) check (device_kcal between 0 and 30000),
  device_resting_kcal numeric(7, 1) check (device_resting_kcal between 0 and 30000),
  -- Energy as it counts, with where it comes from. A code means nothing without its year.
  kcal numeric(8, 2) check (kcal >= 0 and kcal <> 'NaN'),
  kcal_net numeric(8, 2) check (kcal_net >= 0 and kcal_net <> 'NaN'),
  energy_source text check (energy_source in ('user', 'device', 'power', 'heart_rate', 'speed', 'met_table', 'category_default')),
  met numeric(4, 1) check (met between 0 and 30),
  met_code text check (met_code ~ '^[0-9]{5}$'),
  met_year smallint check (met_year between 2000 and 2199),
  energy_match text check (energy_match in ('exact', 'near')),
  weight_kg numeric(7, 4) check (weight_kg between 20 and 500),
  energy_explanation jsonb not null default '[]',
  heart_rate_zones jsonb,

  -- Whether it counts beside records of the same time: what the person chose, which share of it counts, and the records that count instead.
  counting text not null default 'automatic' check (counting in ('automatic', 'prefer', 'keep_both', 'exclude')),
  counted_share numeric(5, 4) not null default 1 check (counted_share between 0 and 1),
  overlapping jsonb not null default '[]',

  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (user_id, id),
  foreign key (user_id, parent_id) references public.activities (user_id, id) on delete cascade,
  constraint activities_leg check ((parent_id is null) = (leg_index is null) and parent_id <> id),
  constraint activities_duration check (ended_at > started_at),
  constraint activities_energy check (num_nulls(kcal, kcal_net, energy_source) in (0, 3))
);
create index activities_newest_idx on public.activities (user_id, started_at desc, id desc) where deleted_at is null and parent_id is null;
create index activities_day_idx on public.activities (user_id, local_date) where deleted_at is null and parent_id is null;
create index activities_legs_idx on public.activities (user_id, parent_id, leg_index);
create unique index activities_source_idx on public.activities (user_id, coalesce(source_app, source_kind), external_id) where external_id is not null;
create index activities_content_idx on public.activities (user_id, content_sha256) where content_sha256 is not null;
create index activities_deleted_at_idx on public.activities (deleted_at) where deleted_at is not null;

alter table public.activities enable row level security;
create policy activities_own on public.activities to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.activities from anon, authenticated;
grant select, insert on public.activities to authenticated;
-- Columns and not the table: who may update a table may lock it.
grant update (parent_id, leg_index, name, category, activity, family, started_at, ended_at, local_date, timezone, zone_source, elapsed_s,
  timer_s, moving_s, rpe, notes, metrics, source_kind, source_app, source_device, external_id, external_version, recorded, content_sha256,
  user_kcal, device_kcal, device_resting_kcal, kcal, kcal_net, energy_source, met, met_code, met_year, energy_match, weight_kg,
  energy_explanation, heart_rate_zones, counting, counted_share, overlapping, version, updated_at, deleted_at) on public.activities
  to authenticated;

-- +goose StatementEnd
