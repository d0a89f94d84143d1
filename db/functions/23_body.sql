-- Returns the two newest weights of a user, the newest first, as lists of the same length: when the newest one changes or is deleted, the
-- second takes its place. Weights more than a day ahead of now come from a wrong clock and are left out.
create or replace function private.newest_weights(
  owner uuid, now timestamptz, out newest_ids uuid[], out newest_times timestamptz[], out newest_weights numeric[]
) language sql stable as $$
  select coalesce(array_agg(w.id order by w.measured_at desc, w.id desc), '{}'),
    coalesce(array_agg(w.measured_at order by w.measured_at desc, w.id desc), '{}'),
    coalesce(array_agg(w.weight_kg order by w.measured_at desc, w.id desc), '{}')
  from (
    select m.id, m.measured_at, m.weight_kg
    from public.body_measurements m
    where m.user_id = owner
      and m.deleted_at is null
      and m.weight_kg is not null
      and m.measured_at < now + interval '1 day'
    order by m.measured_at desc, m.id desc
    limit 2
  ) w
$$;
grant execute on function private.newest_weights to app, authenticated;

-- Returns the weigh-ins of the days from first_day to last_day, in order, as lists of the same length. Of several on one day, the first one.
create or replace function private.daily_weights(
  owner uuid, first_day date, last_day date, out days date[], out weights numeric[]
) language sql stable as $$
  select coalesce(array_agg(w.local_date order by w.local_date), '{}'), coalesce(array_agg(w.weight_kg order by w.local_date), '{}')
  from (
    select distinct on (m.local_date) m.local_date, m.weight_kg
    from public.body_measurements m
    where m.user_id = owner
      and m.local_date between first_day and last_day
      and m.deleted_at is null
      and m.weight_kg is not null
    order by m.local_date, m.measured_at, m.id
  ) w
$$;
grant execute on function private.daily_weights to app, authenticated;

drop function if exists private.daily_intake(uuid, date, date);

-- Returns the intake of the days from first_day to last_day on which something was logged or that are marked complete, in order, as
-- lists of the same length.
create or replace function private.daily_intake(
  owner uuid, first_day date, last_day date, out days date[], out kcal numeric[], out meals integer[], out complete boolean[]
) language sql stable as $$
  select coalesce(array_agg(x.day order by x.day), '{}'), coalesce(array_agg(coalesce(d.calories, 0) order by x.day), '{}'),
    coalesce(array_agg(coalesce(c.meals, 0) order by x.day), '{}'), coalesce(array_agg(x.complete order by x.day), '{}')
  from (
    select y.day, bool_or(y.complete) as complete
    from (
      select n.local_date as day, false as complete
      from public.nutrition_days n
      where n.user_id = owner and n.local_date between first_day and last_day and n.items > 0
      union all
      select k.local_date, true
      from public.complete_days k
      where k.user_id = owner and k.local_date between first_day and last_day and k.complete
    ) y
    group by y.day
  ) x
  left join public.nutrition_days d on d.user_id = owner and d.local_date = x.day
  left join (
    select m.local_date, count(*)::integer as meals
    from public.meals m
    where m.user_id = owner
      and m.local_date between first_day and last_day
      and m.deleted_at is null
    group by m.local_date
  ) c on c.local_date = x.day
$$;
grant execute on function private.daily_intake to app, authenticated;

-- Deletes measurements, water and sleep that were soft-deleted more than 30 days ago. Returns how many rows; see 22_purge.sql.
create or replace function private.purge_body() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  deleted_rows integer;
  total integer := 0;
begin
  delete from public.body_measurements m
  where (m.user_id, m.id) in (
    select o.user_id, o.id from public.body_measurements o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.water_entries w
  where (w.user_id, w.id) in (
    select o.user_id, o.id from public.water_entries o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.sleep_entries s
  where (s.user_id, s.id) in (
    select o.user_id, o.id from public.sleep_entries o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;
grant execute on function private.purge_body to app;

-- Refuses another entry of water on a day that has 100 of them.
create or replace function private.check_water(owner uuid, moment timestamptz, zone text) returns void
language plpgsql set search_path = '' as $$
begin
  if (
    select count(*) >= 100
    from public.water_entries w
    where w.user_id = owner
      and w.local_date = (select private.local_date(moment, coalesce(zone, p.timezone)) from public.profiles p where p.id = owner)
      and w.deleted_at is null
  ) then
    perform private.refuse_field('drunk_at', 'too_many_entries');
  end if;
end $$;

-- Refuses sleep at a time of which there is sleep already: it would be counted twice. Also refuses more than 20 entries on a day.
create or replace function private.check_sleep(owner uuid, starts timestamptz, ends timestamptz, zone text) returns void
language plpgsql set search_path = '' as $$
declare
  day constant date := (select private.local_date(ends, coalesce(zone, p.timezone)) from public.profiles p where p.id = owner);
begin
  if exists (
    select from public.sleep_entries s
    where s.user_id = owner
      and s.local_date between day - 2 and day + 2 -- sleep is at most 24 hours long, and zones are at most 26 hours apart
      and s.deleted_at is null
      and s.started_at < ends
      and s.ended_at > starts
  ) then
    perform private.refuse_field('started_at', 'sleep_overlaps');
  end if;
  if (select count(*) >= 20 from public.sleep_entries s where s.user_id = owner and s.local_date = day and s.deleted_at is null) then
    perform private.refuse_field('ended_at', 'too_many_entries');
  end if;
end $$;
grant execute on function private.check_water, private.check_sleep to app, authenticated;
