-- Returns the estimated weight for one repetition by Epley, w × (1 + r / 30): one repetition is the weight itself. Repetitions in reserve are
-- repetitions that were possible. null above 10, where the formula does not hold.
create or replace function private.one_rep_max(load numeric, reps numeric, reserve numeric) returns numeric
language sql immutable parallel safe as $$
  select case
    when load is null or load <= 0 or reps is null or reps < 1 or reps + coalesce(reserve, 0) > 10 then null
    when reps + coalesce(reserve, 0) = 1 then round(load, 3)
    else round(load * (1 + (reps + coalesce(reserve, 0)) / 30), 3)
  end
$$;

-- Deletes the sets of an activity of the person who asks. A function and not a right of the role, with which a request could lock the table.
create or replace function private.delete_sets(activity uuid) returns void
language sql security definer set search_path = '' as $$
  delete from public.activity_sets s where s.user_id = (select auth.uid()) and s.activity_id = delete_sets.activity
$$;
grant execute on function private.delete_sets to authenticated;

-- Deletes the records of exercises of the person who asks.
create or replace function private.delete_records(exercises text[]) returns void
language sql security definer set search_path = '' as $$
  delete from public.personal_records r where r.user_id = (select auth.uid()) and r.exercise = any (delete_records.exercises)
$$;
grant execute on function private.delete_records to authenticated;

-- Replaces the sets of an activity and computes the records of all exercises that it has or had. Each set is {exercise_index, set_index,
-- exercise, name, type, load_mode, side, reps, weight_kg, reserve, unconfirmed}.
create or replace function private.write_sets(owner uuid, target uuid, sets jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  touched text[];
  body_weight numeric;
begin
  perform private.lock_activities(owner);
  select coalesce(array_agg(distinct s.exercise), '{}') into touched
  from public.activity_sets s
  where s.user_id = owner and s.activity_id = target;
  perform private.delete_sets(target);
  -- The newest weight at that time, else the profile's; the energy of an activity has the same.
  select coalesce((
      select m.weight_kg
      from public.body_measurements m
      where m.user_id = owner and m.deleted_at is null and m.weight_kg is not null and m.measured_at <= a.started_at
      order by m.measured_at desc, m.id desc
      limit 1
    ), p.current_weight_kg)
  into body_weight
  from public.activities a
  join public.profiles p on p.id = a.user_id
  where a.user_id = owner and a.id = target;

  insert into public.activity_sets (
    user_id, activity_id, exercise_index, set_index, exercise, name, type, load_mode, reps, weight_kg, load_kg, volume_kg, one_rm_kg, in_records)
  select owner, target, x.exercise_index, x.set_index, x.exercise, x.name, x.type, x.load_mode, x.reps, x.weight_kg, l.load,
    case when x.type <> 'warmup' then round(x.reps * case when x.side = 'each' then 2 else 1 end * l.load, 3) end,
    case when c.counts then private.one_rep_max(l.load, x.reps, x.reserve) end,
    c.counts
  from jsonb_to_recordset(sets) as x (
    exercise_index smallint, set_index smallint, exercise text, name text, type text, load_mode text, side text, reps smallint,
    weight_kg numeric, reserve numeric, unconfirmed boolean)
  cross join lateral (
    select case x.load_mode
      when 'external' then x.weight_kg
      when 'bodyweight' then body_weight
      when 'bodyweight_plus' then body_weight + coalesce(x.weight_kg, 0)
      when 'assisted' then greatest(0, body_weight - coalesce(x.weight_kg, 0))
    end as load
  ) l
  cross join lateral (select x.type not in ('warmup', 'drop') and x.load_mode <> 'band' and not x.unconfirmed as counts) c;

  select array(
    select distinct e from unnest(touched) e
    union
    select s.exercise from public.activity_sets s where s.user_id = owner and s.activity_id = target)
  into touched;
  perform private.refresh_records(owner, touched);
end $$;

-- Computes the records of exercises from all their sessions: the best set of each session that beats all sessions before. Without a weight
-- that says something (body weight, no load) the repetitions count.
create or replace function private.refresh_records(owner uuid, exercises text[]) returns void
language sql set search_path = '' as $$
  select private.delete_records(exercises);

  insert into public.personal_records (
    user_id, exercise, kind, activity_id, exercise_index, set_index, value, previous, achieved_at, local_date)
  select owner, o.exercise, o.kind, o.activity_id, o.exercise_index, o.set_index, o.value, o.previous, o.started_at, o.local_date
  from (
    select b.*, max(b.value) over (
        partition by b.exercise, b.kind order by b.started_at, b.activity_id rows between unbounded preceding and 1 preceding
      ) as previous
    from (
      select distinct on (s.exercise, v.kind, s.activity_id) s.exercise, v.kind, s.activity_id, s.exercise_index, s.set_index, v.value,
        a.started_at, a.local_date
      from public.activity_sets s
      join public.activities a on a.user_id = s.user_id and a.id = s.activity_id and a.deleted_at is null
      cross join lateral (values
        ('one_rm', s.one_rm_kg),
        ('weight', case when s.load_mode in ('external', 'bodyweight_plus') and s.reps > 0 then s.weight_kg end),
        ('reps', case when s.load_mode in ('bodyweight', 'none') then s.reps::numeric end)
      ) v (kind, value)
      where s.user_id = owner and s.exercise = any (exercises) and s.in_records and v.value > 0
      order by s.exercise, v.kind, s.activity_id, v.value desc, s.exercise_index, s.set_index
    ) b
  ) o
  where o.previous is null or o.value > o.previous
$$;

-- Computes the records again when an activity with sets is deleted, restored or moved.
create or replace function private.refresh_records_of_activity() returns trigger language plpgsql set search_path = '' as $$
declare
  touched text[];
begin
  select array_agg(distinct s.exercise) into touched
  from public.activity_sets s
  where s.user_id = new.user_id and s.activity_id = new.id;
  if touched is not null then
    perform private.refresh_records(new.user_id, touched);
  end if;
  return null;
end $$;
create or replace trigger refresh_records after update of deleted_at, started_at on public.activities
  for each row when (old.deleted_at is distinct from new.deleted_at or old.started_at <> new.started_at)
  execute function private.refresh_records_of_activity();

-- Returns what follows from the sets of an activity: volumes, estimates and the records that it holds. null without sets.
create or replace function private.strength_of(owner uuid, target uuid) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'volume_kg', sum(e.volume_kg), 'unknown_loads', sum(e.unknown_loads),
    'exercises', jsonb_agg(jsonb_build_object('exercise', e.exercise, 'name', e.name, 'volume_kg', e.volume_kg, 'one_rm_kg', e.one_rm_kg)
      order by e.exercise_index),
    'records', (
      select coalesce(jsonb_agg(jsonb_build_object('exercise', r.exercise, 'kind', r.kind, 'activity_id', r.activity_id,
        'exercise_index', r.exercise_index, 'set_index', r.set_index, 'value', r.value, 'previous', r.previous,
        'achieved_at', r.achieved_at, 'date', r.local_date) order by r.exercise_index, r.set_index, r.kind), '[]')
      from public.personal_records r
      where r.user_id = owner and r.activity_id = target
    ))
  from (
    select s.exercise_index, min(s.exercise) as exercise, min(s.name) as name, sum(s.volume_kg) as volume_kg, max(s.one_rm_kg) as one_rm_kg,
      count(*) filter (where s.volume_kg is null and s.type <> 'warmup' and s.reps > 0) as unknown_loads
    from public.activity_sets s
    where s.user_id = owner and s.activity_id = target
    group by s.exercise_index
  ) e
  having count(*) > 0
$$;

-- Returns the sessions of an exercise, the newest first, with its own description and its records, as one JSON object.
create or replace function private.exercise_history(
  owner uuid, exercise text, before_at timestamptz, before_id uuid, page_size integer
) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'own', (select to_jsonb(c) from public.custom_exercises c where c.user_id = owner and c.id::text = exercise_history.exercise and c.deleted_at is null),
    'records', (
      select coalesce(jsonb_agg(jsonb_build_object('exercise', r.exercise, 'kind', r.kind, 'activity_id', r.activity_id,
        'exercise_index', r.exercise_index, 'set_index', r.set_index, 'value', r.value, 'previous', r.previous,
        'achieved_at', r.achieved_at, 'date', r.local_date) order by r.achieved_at desc, r.kind), '[]')
      from public.personal_records r
      where r.user_id = owner and r.exercise = exercise_history.exercise
    ),
    'sessions', (
      select coalesce(jsonb_agg(to_jsonb(p) order by p.started_at desc, p.activity_id desc), '[]')
      from (
        select a.id as activity_id, a.started_at, a.local_date as date, sum(s.volume_kg) as volume_kg, max(s.one_rm_kg) as one_rm_kg,
          jsonb_agg(jsonb_build_object('exercise_index', s.exercise_index, 'set_index', s.set_index, 'type', s.type, 'load_mode', s.load_mode,
            'reps', s.reps, 'weight_kg', s.weight_kg, 'load_kg', s.load_kg, 'volume_kg', s.volume_kg, 'one_rm_kg', s.one_rm_kg)
            order by s.exercise_index, s.set_index) as sets
        from public.activity_sets s
        join public.activities a on a.user_id = s.user_id and a.id = s.activity_id and a.deleted_at is null
        where s.user_id = owner and s.exercise = exercise_history.exercise
          and (before_at is null or (a.started_at, a.id) < (before_at, before_id))
        group by a.id, a.started_at, a.local_date
        order by a.started_at desc, a.id desc
        limit page_size
      ) p
    ))
$$;
grant execute on function private.one_rep_max, private.write_sets, private.refresh_records, private.strength_of, private.exercise_history
  to app, authenticated;

drop view if exists public.activity_details;

-- Activities that are not deleted, each with its legs in order and what follows from its sets. A leg is a row of its own, too.
create or replace view public.activity_details with (security_invoker = true) as
select a.*, (
    select jsonb_agg(to_jsonb(l) order by l.leg_index, l.started_at, l.id)
    from public.activities l
    where l.user_id = a.user_id and l.parent_id = a.id and l.deleted_at is null
  ) as legs,
  case when a.metrics ->> 'kind' = 'strength' then private.strength_of(a.user_id, a.id) end as strength
from public.activities a
where a.deleted_at is null;
revoke all on public.activity_details from anon, authenticated;
grant select on public.activity_details to authenticated;
