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

-- What no client may reach, not even through Supabase's REST API: functions that look into auth, and the rate limits.
create schema if not exists private;
revoke all on schema private from public;
-- app is among them because statements are prepared before the role is taken.
grant usage on schema private to app, anon, authenticated;

-- What the binary compares with the migrations that it carries. Each migration replaces it with its own number, so that
-- it is right whoever ran the file.
create function private.schema_version() returns bigint language sql immutable as 'select 1::bigint';

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

-- A profile is born with its user, in the same transaction. If this raised, the signup would fail as a whole.
create function private.create_profile() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, email, full_name)
  values (new.id, coalesce(new.email, ''), nullif(btrim(left(new.raw_user_meta_data ->> 'full_name', 200)), ''))
  on conflict (id) do nothing;
  return new;
end $$;
create trigger create_profile after insert on auth.users
  for each row execute function private.create_profile();

-- The address belongs to Supabase Auth; the profile carries a copy, so that reading it needs no look into auth.
create function private.copy_email() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.profiles
  set email = coalesce(new.email, ''), version = version + 1, updated_at = now()
  where id = new.id;
  return new;
end $$;
create trigger copy_email after update of email on auth.users
  for each row when (old.email is distinct from new.email) execute function private.copy_email();

-- Accounts that are older than this schema.
insert into public.profiles (id, email, full_name, created_at)
select u.id, coalesce(u.email, ''), nullif(btrim(left(u.raw_user_meta_data ->> 'full_name', 200)), ''), coalesce(u.created_at, now())
from auth.users u
on conflict (id) do nothing;

-- ---------------------------------------------------------------------------------------------------------- sessions

-- Called in the batch of every request with a user: raises UC401 when the session is gone, or its user banned or deleted,
-- which fails the whole batch. auth.sessions has RLS without policies, hence security definer. Alone among such functions it
-- sets no search_path, which would be a fifth of its cost; instead every name in it, operators too, carries its schema.
create function private.require_session(session_id uuid, user_id uuid) returns void
language plpgsql stable security definer as $$
begin
  perform 1
  from auth.sessions s
  join auth.users u on u.id operator(pg_catalog.=) s.user_id
  where s.id operator(pg_catalog.=) require_session.session_id
    and s.user_id operator(pg_catalog.=) require_session.user_id
    and (s.not_after is null or s.not_after operator(pg_catalog.>) pg_catalog.now())
    and (u.banned_until is null or u.banned_until operator(pg_catalog.<=) pg_catalog.now())
    and u.deleted_at is null;
  if not found then
    raise exception 'session has ended' using errcode = 'UC401';
  end if;
end $$;
grant execute on function private.require_session to app, authenticated;

-- The living sessions of whoever asks: a view runs with its owner's rights, so the filter in it is the fence.
create view private.own_sessions with (security_barrier) as
select s.id,
  s.user_id,
  coalesce(s.created_at, 'epoch') as created_at,
  greatest(s.refreshed_at at time zone 'utc', s.created_at, 'epoch') as last_used_at,
  coalesce(left(s.user_agent, 1000), '') as user_agent,
  coalesce(host(s.ip), '') as ip
from auth.sessions s
where s.user_id = (select auth.uid())
  and (s.not_after is null or s.not_after > now());
grant select on private.own_sessions to authenticated;

-- Its refresh tokens go with it by cascade.
create function private.revoke_session(session_id uuid, user_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  delete from auth.sessions s
  where s.id = revoke_session.session_id
    and s.user_id = revoke_session.user_id
    and s.user_id = (select auth.uid());
  return found;
end $$;
grant execute on function private.revoke_session to app, authenticated;

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

-- Takes one cell if the bucket has it. emission_seconds is the time a cell takes to come back, burst how many fit.
-- Answers the bucket's debt in seconds, that is until all cells are back; negative when the cell was refused.
create function private.take_rate(bucket text, emission_seconds double precision, burst integer) returns double precision
language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := clock_timestamp();
  emission interval := make_interval(secs => emission_seconds);
  debt double precision;
begin
  insert into private.rate_limits as r (key, arrival)
  values (bucket, at + emission)
  on conflict (key) do update
    set arrival = greatest(r.arrival, at) + emission
    where greatest(r.arrival, at) + emission <= at + emission * burst
  returning extract(epoch from r.arrival - at) into debt;
  if debt is null then
    select -extract(epoch from r.arrival - at) into debt from private.rate_limits r where r.key = bucket;
  end if;
  return debt;
end $$;
grant execute on function private.take_rate to app, anon, authenticated;

-- Gives that many seconds' worth of cells back.
create function private.return_rate(bucket text, seconds double precision) returns void
language sql security definer set search_path = '' as $$
  update private.rate_limits r set arrival = r.arrival - make_interval(secs => seconds) where r.key = bucket
$$;
grant execute on function private.return_rate to app, anon, authenticated;

-- Adds what a replica let through since its last report and answers the debts of the same buckets, in the same order,
-- as all replicas made them together. Written in the order of the keys, so that two replicas never wait in a circle.
create function private.merge_rates(buckets text[], amounts double precision[]) returns double precision[]
language sql security definer set search_path = '' as $$
  with merged as (
    insert into private.rate_limits as r (key, arrival)
    select b.key, now() + make_interval(secs => b.amount)
    from unnest(buckets, amounts) as b (key, amount)
    order by b.key
    on conflict (key) do update
      set arrival = greatest(r.arrival, now()) + (excluded.arrival - now())
    returning r.key, extract(epoch from r.arrival - now()) as debt
  )
  select array_agg(m.debt order by b.place)
  from unnest(buckets) with ordinality as b (key, place)
  join merged m on m.key = b.key
$$;
grant execute on function private.merge_rates to app, anon, authenticated;

-- Buckets that are full again are forgotten; a bounded bite at a time.
create function private.purge_rates() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
begin
  delete from private.rate_limits r
  where r.key in (
    select o.key from private.rate_limits o where o.arrival < now() order by o.arrival limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end $$;
grant execute on function private.purge_rates to app, anon, authenticated;

-- Postgres lets everybody execute a new function, and default privileges of a schema can only add to that, so each
-- migration takes it back.
revoke execute on all functions in schema private from public;
grant execute on function private.schema_version to app;

-- +goose StatementEnd
