-- +goose Up
-- +goose StatementBegin

-- Exercises of people's own, beside the catalogue that is part of the program.
create table public.custom_exercises (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 200),
  load_mode text not null check (load_mode in ('external', 'bodyweight', 'bodyweight_plus', 'assisted', 'band', 'none')),
  notes text check (char_length(notes) between 1 and 500),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (user_id, id)
);
create unique index custom_exercises_name_idx on public.custom_exercises (user_id, lower(name)) where deleted_at is null;
create index custom_exercises_deleted_at_idx on public.custom_exercises (deleted_at) where deleted_at is not null;
alter table public.custom_exercises enable row level security;
create policy custom_exercises_own on public.custom_exercises to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.custom_exercises from anon, authenticated;
grant select, insert on public.custom_exercises to authenticated;
grant update (name, load_mode, notes, version, updated_at, deleted_at) on public.custom_exercises to authenticated;

-- The sets of strength training with what follows from them; written whenever an activity is. The metrics of the activity have them as they
-- were sent.
create table public.activity_sets (
  user_id uuid not null references auth.users (id) on delete cascade,
  activity_id uuid not null,
  exercise_index smallint not null,
  set_index smallint not null,
  exercise text not null check (char_length(exercise) between 1 and 210), -- an id of the catalogue or of an own exercise, or name:…
  name text not null check (char_length(name) between 1 and 200),
  type text not null,
  load_mode text not null,
  reps smallint,
  weight_kg numeric(7, 3), -- as it was entered
  load_kg numeric(7, 3), -- what was moved, with body weight where it counts; null is unknown
  volume_kg numeric(12, 3), -- repetitions × load; null for warm-ups and where the load is unknown
  one_rm_kg numeric(7, 3), -- estimated; null where no estimate holds
  in_records boolean not null, -- warm-ups, drop sets and bands are not
  primary key (user_id, activity_id, exercise_index, set_index),
  foreign key (user_id, activity_id) references public.activities (user_id, id) on delete cascade
);
create index activity_sets_exercise_idx on public.activity_sets (user_id, exercise, activity_id);
alter table public.activity_sets enable row level security;
create policy activity_sets_own on public.activity_sets to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.activity_sets from anon, authenticated;
grant select, insert on public.activity_sets to authenticated;

-- Each time that somebody beat the best of an exercise so far, with the set that did it. The first session is the baseline and no record.
create table public.personal_records (
  user_id uuid not null references auth.users (id) on delete cascade,
  exercise text not null,
  kind text not null check (kind in ('one_rm', 'weight', 'reps')),
  activity_id uuid not null,
  exercise_index smallint not null,
  set_index smallint not null,
  value numeric(9, 3) not null,
  previous numeric(9, 3), -- null for the baseline
  achieved_at timestamptz not null,
  local_date date not null,
  primary key (user_id, exercise, kind, activity_id),
  foreign key (user_id, activity_id) references public.activities (user_id, id) on delete cascade
);
create index personal_records_activity_idx on public.personal_records (user_id, activity_id);
alter table public.personal_records enable row level security;
create policy personal_records_own on public.personal_records to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.personal_records from anon, authenticated;
grant select, insert on public.personal_records to authenticated;

drop view if exists public.activity_details; -- it gets a column

-- +goose StatementEnd
