-- +goose Up
-- +goose StatementBegin

-- The API's own login. It owns nothing and inherits nothing: every request takes the role anon or authenticated for one
-- transaction. The password is set by whoever runs the database (`alter role app password …`).
do $$ begin
  if not exists (select from pg_roles where rolname = 'app') then
    create role app login noinherit;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end $$;
do $$ begin
  grant anon, authenticated to app;
exception when unique_violation then null; -- the same race, on the membership
end $$;

-- What no client may reach, not even through Supabase's REST API: functions that read auth, and the rate limits.
create schema if not exists private;
revoke all on schema private from public;
-- app is among them because statements are prepared before the role is taken.
grant usage on schema private to app, anon, authenticated;

-- ---------------------------------------------------------------------------------------------------------- profiles

create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  email text not null,
  full_name text check (char_length(full_name) between 1 and 200),
  birth_date date,
  biological_sex text check (biological_sex in ('male', 'female')),
  height_cm numeric(4, 1) check (height_cm between 100 and 300),
  current_weight_kg numeric(5, 2) check (current_weight_kg between 30 and 300),
  goal_weight_kg numeric(5, 2) check (goal_weight_kg between 30 and 300),
  primary_goal text check (primary_goal in ('lose_weight', 'build_muscle', 'maintain', 'improve_performance')),
  secondary_goal text check (secondary_goal in ('lose_weight', 'build_muscle', 'maintain', 'improve_performance')),
  experience_level text not null default 'beginner' check (experience_level in ('beginner', 'intermediate', 'advanced')),
  activity_level text check (activity_level in ('sedentary', 'lightly_active', 'moderately_active', 'very_active', 'extremely_active')),
  workout_frequency smallint check (workout_frequency between 0 and 7),
  dietary_preference text not null default 'none' check (dietary_preference in ('none', 'vegetarian', 'vegan', 'pescatarian', 'keto', 'paleo')),
  food_allergies text[] not null default '{}' check (cardinality(food_allergies) <= 50),
  foods_to_avoid text[] not null default '{}' check (cardinality(foods_to_avoid) <= 50),
  meals_per_day smallint not null default 3 check (meals_per_day between 1 and 8),
  cooks_regularly boolean,
  sleep_hours numeric(3, 1) check (sleep_hours between 4 and 12),
  stress_level text check (stress_level in ('low', 'medium', 'high')),
  fitness_notes text check (char_length(fitness_notes) between 1 and 2000),
  unit_system text not null default 'metric' check (unit_system in ('metric', 'imperial')),
  timezone text not null default 'UTC' check (char_length(timezone) between 1 and 100),
  language text not null default 'en' check (char_length(language) between 2 and 35),
  -- Daily targets as they were when the person last edited what they follow from; all null until the inputs are known.
  target_source text check (target_source in ('computed', 'custom')),
  target_calories integer check (target_calories between 1200 and 10000),
  target_protein_g integer check (target_protein_g between 0 and 1000),
  target_carbs_g integer check (target_carbs_g between 0 and 2500),
  target_fat_g integer check (target_fat_g between 0 and 1000),
  target_bmr integer check (target_bmr between 0 and 10000),
  target_tdee integer check (target_tdee between 0 and 20000),
  target_explanation jsonb not null default '[]',
  -- What daily targets need.
  onboarding_completed boolean not null generated always as (
    num_nulls(birth_date, biological_sex, height_cm, current_weight_kg, primary_goal, activity_level) = 0) stored,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profiles_targets_whole check (
    num_nonnulls(target_source, target_calories, target_protein_g, target_carbs_g, target_fat_g) in (0, 5))
);

alter table public.profiles enable row level security;
create policy profiles_select_own on public.profiles for select to authenticated using (id = (select auth.uid()));
create policy profiles_update_own on public.profiles for update to authenticated
  using (id = (select auth.uid())) with check (id = (select auth.uid()));
-- Supabase grants everything on new tables; a profile is born and dies with its user, so nobody inserts or deletes one.
revoke all on public.profiles from anon, authenticated;
grant select on public.profiles to authenticated;
-- The address is Supabase Auth's to change, whoever else may reach this table.
grant update (
  full_name, birth_date, biological_sex, height_cm, current_weight_kg, goal_weight_kg, primary_goal, secondary_goal,
  experience_level, activity_level, workout_frequency, dietary_preference, food_allergies, foods_to_avoid, meals_per_day,
  cooks_regularly, sleep_hours, stress_level, fitness_notes, unit_system, timezone, language, target_source,
  target_calories, target_protein_g, target_carbs_g, target_fat_g, target_bmr, target_tdee, target_explanation,
  version, updated_at
) on public.profiles to authenticated;

-- ------------------------------------------------------------------------------------------------------- rate limits

-- One row per bucket: the theoretical arrival time of the generic cell rate algorithm (GCRA, ITU-T I.371). Unlogged,
-- because forgetting it in a crash costs nobody anything.
create unlogged table private.rate_limits (
  key text primary key,
  arrival timestamptz not null
);
create index rate_limits_arrival_idx on private.rate_limits (arrival);
alter table private.rate_limits enable row level security;
create policy rate_limits_nobody on private.rate_limits using (false);

-- +goose StatementEnd
