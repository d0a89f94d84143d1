-- Records of the same time are counted once: a watch, a manual entry and a phone often have the same workout.

drop view if exists public.counted_activities;

-- Returns where the time of an activity ends for comparisons: a record that was never stopped has a timer much shorter than its time from
-- start to end.
create or replace function private.window_end(a public.activities) returns timestamptz
language sql stable as $$
  select case when a.elapsed_s > 3 * a.timer_s then a.started_at + make_interval(secs => a.timer_s) else a.ended_at end
$$;

-- Activities that are not deleted and no legs, each with the energy, distance and ascent that it counts with: its own or, for a multi-sport
-- activity, the sum of its legs where the whole has none of its own.
create or replace view public.counted_activities with (security_invoker = true) as
select a.user_id, a.id, a.name, a.local_date, a.category, a.activity, a.family, a.started_at, a.elapsed_s, a.timer_s, a.created_at, a.counting, a.counted_share,
  a.overlapping, a.weight_kg, a.energy_source,
  private.window_end(a) as window_end,
  case when e.from_legs then l.kcal else a.kcal end as kcal,
  case when e.from_legs then l.kcal_net else a.kcal_net end as kcal_net,
  case when e.from_legs then null else a.met end as met,
  case when e.from_legs then l.measured else coalesce(a.energy_source in ('device', 'power', 'heart_rate'), false) end as measured,
  coalesce(a.distance_m, l.distance_m) as distance_m,
  coalesce(a.ascent_m, l.ascent_m) as ascent_m
from public.activities a
left join lateral (
  select case when bool_and(g.kcal is not null or g.metrics ->> 'kind' is not distinct from 'transition') then sum(g.kcal) end as kcal,
    case when bool_and(g.kcal_net is not null or g.metrics ->> 'kind' is not distinct from 'transition') then sum(g.kcal_net) end as kcal_net,
    bool_or(g.energy_source in ('device', 'power', 'heart_rate')) as measured,
    case when bool_and(g.distance_m is not null or coalesce(g.metrics ->> 'kind', '') in ('transition', 'strength')) then sum(g.distance_m) end as distance_m,
    case when bool_and(g.ascent_m is not null or coalesce(g.metrics ->> 'kind', '') in ('transition', 'swimming', 'strength', 'sport')) then sum(g.ascent_m) end as ascent_m
  from public.activities g
  where g.user_id = a.user_id and g.parent_id = a.id and g.deleted_at is null
) l on true
cross join lateral (select l.kcal is not null and coalesce(a.energy_source not in ('user', 'device'), true) as from_legs) e
where a.deleted_at is null and a.parent_id is null;
revoke all on public.counted_activities from anon, authenticated;
grant select on public.counted_activities to authenticated;

-- Decides which records count between two instants, and around them as far as records overlap. The strongest comes first: what the person
-- prefers, then measured energy, then typed in, then computed, then the longer one. A later record that is a duplicate of an earlier one does
-- not count; one that overlaps others counts with the share of its time that they leave. Records that the person keeps or excludes
-- are compared with nothing. The active energy of a day counts with what the activities of the day leave of it.
create or replace function private.count_activities_once(owner uuid, from_time timestamptz, to_time timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  margin constant interval := '10 minutes'; -- a clock may be wrong by as much
  longest constant interval := '4 days'; -- until window_end: a timer has a day, and more than three times the timer is cut to it
  low timestamptz := from_time - margin;
  high timestamptz := to_time + margin;
  wider record;
  r record;
  other record;
  accepted uuid[] := '{}';
  found jsonb;
  share numeric;
  rest numeric;
begin
  -- As far as records overlap: first back, then on. Again when that has left what was read.
  loop
    wider := row(low, high);
    for r in
      select a.started_at, private.window_end(a) as window_end
      from public.activities a
      where a.user_id = owner and a.deleted_at is null and a.parent_id is null and a.family is distinct from 'day_total'
        and a.started_at > low - longest and a.started_at < high
      order by a.started_at desc
    loop
      if r.window_end > low then
        low := least(low, r.started_at - margin);
        high := greatest(high, r.window_end + margin);
      end if;
    end loop;
    for r in
      select a.started_at, private.window_end(a) as window_end
      from public.activities a
      where a.user_id = owner and a.deleted_at is null and a.parent_id is null and a.family is distinct from 'day_total'
        and a.started_at > low and a.started_at < high + longest
      order by a.started_at
    loop
      exit when r.started_at >= high;
      high := greatest(high, r.window_end + margin);
    end loop;
    exit when wider = row(low, high);
  end loop;

  -- Each record is read once, with the stronger ones of the same time.
  for r in
    with near as materialized (
      select c as activity, c.started_at, c.window_end, row_number() over (
        order by c.counting = 'prefer' desc, c.measured desc, coalesce(c.energy_source, '') = 'user' desc, c.timer_s desc, c.created_at, c.id) as place
      from public.counted_activities c
      where c.user_id = owner and c.started_at < high and c.started_at > low - longest and c.window_end > low
        and c.family is distinct from 'day_total'
    )
    select (n.activity).*, extract(epoch from n.window_end - n.started_at) as seconds, array(
      select s.activity
      from near s
      where s.place < n.place and s.started_at < n.window_end and s.window_end > n.started_at
    ) as stronger
    from near n
    order by n.place
  loop
    found := '[]';
    share := case when r.counting = 'exclude' then 0 else 1 end;
    if r.counting in ('automatic', 'prefer') and cardinality(r.stronger) = 0 then
      accepted := accepted || r.id;
    elsif r.counting in ('automatic', 'prefer') then
      -- The same workout, twice.
      select c.id, o.seconds as overlap into other
      from unnest(r.stronger) c
      cross join lateral (
        select extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at)) as seconds,
          extract(epoch from c.window_end - c.started_at) as length
      ) o
      where c.id = any (accepted) and o.seconds > 0
        and (c.family = r.family or c.family is null or r.family is null)
        and (o.seconds >= 0.8 * greatest(o.length, r.seconds)
          or c.started_at between r.started_at - margin and r.started_at + margin
            and least(c.timer_s, r.timer_s) >= 0.8 * greatest(c.timer_s, r.timer_s))
      order by o.seconds desc, c.id
      limit 1;
      if other.id is not null then
        share := 0;
        found := jsonb_build_array(jsonb_build_object(
          'id', other.id, 'kind', 'duplicate', 'overlap_s', round(other.overlap), 'counted_share', 0));
      else
        -- A part of its time is counted by others. Less than a minute is rounding.
        select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', 'reduced', 'overlap_s', round(o.seconds)) order by c.started_at, c.id), '[]'),
          coalesce((
            select 1 - sum(extract(epoch from upper(part) - lower(part))) / r.seconds
            from unnest(range_agg(tstzrange(greatest(c.started_at, r.started_at), least(c.window_end, r.window_end)))) part
          ), 1)
        into found, share
        from unnest(r.stronger) c
        cross join lateral (
          select extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at)) as seconds
        ) o
        where c.id = any (accepted) and o.seconds >= 60;
        share := greatest(0, least(1, round(share, 10)));
        found := (select coalesce(jsonb_agg(entry || jsonb_build_object('counted_share', share)), '[]') from jsonb_array_elements(found) entry);
        accepted := accepted || r.id;
      end if;
    end if;
    if (r.counted_share, r.overlapping) is distinct from (share, found) then
      perform private.set_counted_share(owner, r.id, share, found);
    end if;
  end loop;

  for r in
    select c.*
    from public.counted_activities c
    where c.user_id = owner and c.family = 'day_total' and c.started_at < high and c.started_at > low - longest and c.window_end > low
    order by c.counting = 'prefer' desc, c.elapsed_s desc, c.kcal desc nulls last, c.created_at, c.id
  loop
    found := '[]';
    share := case when r.counting = 'exclude' then 0 else 1 end;
    if r.counting in ('automatic', 'prefer') then
      select c.id, c.started_at, c.window_end into other
      from public.counted_activities c
      where c.user_id = owner and c.family = 'day_total' and c.id = any (accepted)
        and extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at))
          >= 0.8 * extract(epoch from greatest(c.window_end - c.started_at, r.window_end - r.started_at))
      limit 1;
      if other.id is not null then
        share := 0;
        found := jsonb_build_array(jsonb_build_object('id', other.id, 'kind', 'duplicate', 'overlap_s',
          round(extract(epoch from least(other.window_end, r.window_end) - greatest(other.started_at, r.started_at))), 'counted_share', 0));
      else
        select greatest(0, coalesce(r.kcal_net, 0) - coalesce(sum(c.kcal_net * c.counted_share
            * extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at))
            / extract(epoch from c.window_end - c.started_at)), 0)),
          coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', 'reduced',
            'overlap_s', round(extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at)))) order by c.started_at, c.id), '[]')
        into rest, found
        from public.counted_activities c
        where c.user_id = owner and c.family is distinct from 'day_total' and c.counted_share > 0 and c.kcal_net > 0
          and c.started_at < r.window_end and c.started_at > r.started_at - longest and c.window_end > r.started_at;
        share := case when coalesce(r.kcal_net, 0) = 0 then 1 else round(rest / r.kcal_net, 10) end;
        found := (select coalesce(jsonb_agg(entry || jsonb_build_object('counted_share', share)), '[]') from jsonb_array_elements(found) entry);
        accepted := accepted || r.id;
      end if;
    end if;
    if (r.counted_share, r.overlapping) is distinct from (share, found) then
      perform private.set_counted_share(owner, r.id, share, found);
    end if;
  end loop;
end $$;

-- Stores what count_activities_once found. The version changes only when it does, because a client sees it.
create or replace function private.set_counted_share(owner uuid, target uuid, share numeric, found jsonb) returns void
language sql set search_path = '' as $$
  update public.activities a
  set counted_share = share, overlapping = found, version = a.version + 1, updated_at = now()
  where a.user_id = owner and a.id = target and (a.counted_share <> share or a.overlapping <> found)
$$;

-- Counts again whenever a record appears, disappears, moves or changes what decides about it: whoever writes it.
create or replace function private.recount_activities() returns trigger language plpgsql set search_path = '' as $$
declare
  whole public.activities := new;
begin
  perform private.lock_activities(new.user_id);
  if new.parent_id is not null then
    select a.* into whole from public.activities a where a.user_id = new.user_id and a.id = new.parent_id;
  end if;
  perform private.count_activities_once(whole.user_id, whole.started_at, whole.ended_at);
  if tg_op = 'UPDATE' and new.parent_id is null and (old.started_at, old.ended_at) is distinct from (new.started_at, new.ended_at) then
    perform private.count_activities_once(old.user_id, old.started_at, old.ended_at);
  end if;
  return null;
end $$;
create or replace trigger recount_activities after insert on public.activities
  for each row execute function private.recount_activities();
create or replace trigger recount_activities_again after update of started_at, ended_at, timer_s, family, counting, kcal, kcal_net, energy_source, deleted_at on public.activities
  for each row when (
    old.started_at is distinct from new.started_at
    or old.ended_at is distinct from new.ended_at
    or old.timer_s is distinct from new.timer_s
    or old.family is distinct from new.family
    or old.counting is distinct from new.counting
    or old.kcal is distinct from new.kcal
    or old.kcal_net is distinct from new.kcal_net
    or old.energy_source is distinct from new.energy_source
    or old.deleted_at is distinct from new.deleted_at
  )
  execute function private.recount_activities();

grant execute on function private.window_end, private.count_activities_once, private.set_counted_share to app, authenticated;
