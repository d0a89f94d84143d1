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

drop function if exists private.daily_weights(uuid, date, date);

-- Returns the weigh-ins of the days from first_day to last_day, in order, as lists of the same length. Of several on one day, the first one.
-- The bounds of measured_at are those that the days have in some zone; with them the index of weights has all that is read.
create or replace function private.daily_weights(owner uuid, first_day date, last_day date) returns table (days date[], weights numeric[])
language sql stable rows 1 as $$
  select coalesce(array_agg(w.local_date order by w.local_date), '{}'), coalesce(array_agg(w.weight_kg order by w.local_date), '{}')
  from (
    select distinct on (m.local_date) m.local_date, m.weight_kg
    from public.body_measurements m
    where m.user_id = owner
      and m.local_date between first_day and last_day
      and m.measured_at >= ((first_day - 1)::timestamp at time zone 'UTC')
      and m.measured_at < ((last_day + 2)::timestamp at time zone 'UTC')
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
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.water_entries w
  where (w.user_id, w.id) in (
    select o.user_id, o.id from public.water_entries o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.sleep_entries s
  where (s.user_id, s.id) in (
    select o.user_id, o.id from public.sleep_entries o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;
grant execute on function private.purge_body to app;

-- A day has at most 100 entries of water, because some responses contain all of them. Writes of one person's water take a lock, or two
-- concurrent ones could both be the hundredth.
create or replace function private.bound_water() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.deleted_at is not null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(new.user_id || ' water', 3));
  if 100 <= (
    select count(*)
    from public.water_entries w
    where w.user_id = new.user_id and w.local_date = new.local_date and w.deleted_at is null and w.id <> new.id
  ) then
    perform private.refuse_field(
      case when tg_op = 'UPDATE' and new.timezone <> old.timezone and new.drunk_at = old.drunk_at then 'timezone' else 'drunk_at' end, 'too_many_entries');
  end if;
  return new;
end $$;
create or replace trigger bound_water before insert on public.water_entries
  for each row execute function private.bound_water();
create or replace trigger bound_water_again before update of local_date, deleted_at on public.water_entries
  for each row when (new.local_date <> old.local_date or new.deleted_at is distinct from old.deleted_at)
  execute function private.bound_water();

-- The rules of an entry of sleep: it lasts from a minute to 24 hours, nobody is asleep for longer than in bed, no two entries overlap,
-- because sleep would be counted twice, and a day has at most 20. Without minutes asleep it is the whole time, rounded down.
create or replace function private.bound_sleep() returns trigger language plpgsql set search_path = '' as $$
declare
  changed constant boolean := tg_op = 'UPDATE';
  -- A refusal names what the client sent: a change may be of the start, of the minutes or of the zone alone.
  length_field constant text := case when changed and new.ended_at = old.ended_at then 'started_at' else 'ended_at' end;
begin
  if new.deleted_at is not null then
    return new;
  end if;
  if new.ended_at <= new.started_at then
    perform private.refuse_field(length_field, 'ends_before_start');
  elsif new.ended_at < new.started_at + interval '1 minute' then
    perform private.refuse_field(length_field, 'sleep_too_short');
  elsif new.ended_at > new.started_at + interval '24 hours' then
    perform private.refuse_field(length_field, 'sleep_too_long');
  end if;
  new.asleep_minutes := coalesce(new.asleep_minutes, floor(extract(epoch from new.ended_at - new.started_at) / 60));
  if new.asleep_minutes * interval '1 minute' > new.ended_at - new.started_at then
    if changed and new.asleep_minutes = old.asleep_minutes then
      perform private.refuse_field(length_field, 'shorter_than_asleep');
    end if;
    perform private.refuse_field('asleep_minutes', 'longer_than_in_bed');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(new.user_id || ' sleep', 3));
  if exists (
    select
    from public.sleep_entries s
    where s.user_id = new.user_id
      and s.local_date between new.local_date - 2 and new.local_date + 2 -- at most 24 hours long, and zones are at most 26 hours apart
      and s.deleted_at is null
      and s.id <> new.id
      and s.started_at < new.ended_at
      and s.ended_at > new.started_at
  ) then
    perform private.refuse_field(
      case when changed and new.started_at = old.started_at then 'ended_at' else 'started_at' end, 'sleep_overlaps');
  end if;
  if 20 <= (
    select count(*)
    from public.sleep_entries s
    where s.user_id = new.user_id and s.local_date = new.local_date and s.deleted_at is null and s.id <> new.id
  ) then
    perform private.refuse_field(
      case when changed and new.timezone <> old.timezone and new.ended_at = old.ended_at then 'timezone' else 'ended_at' end, 'too_many_entries');
  end if;
  return new;
end $$;
create or replace trigger bound_sleep before insert or update of started_at, ended_at, local_date, asleep_minutes, deleted_at
  on public.sleep_entries for each row execute function private.bound_sleep();

-- Stores the records of a file and returns what became of each. A record that is stored already, by its external id or as the same values
-- within half a minute, is not stored again; a higher version replaces. A dry run writes nothing. One transaction at a time may run
-- it for a person: lock the profile before.
create or replace function private.import_measurements(owner uuid, records jsonb, zone text, dry_run boolean)
returns table (place integer, status text, id uuid)
language sql set search_path = '' as $$
  with entries as (
    select e.place, e.id, e.measured_at, e.weight_kg, e.body_fat_pct, e.girths, e.notes, e.source_app, e.source_device,
      e.external_id, e.external_version,
      private.local_date(e.measured_at, coalesce(zone, p.timezone)) as local_date,
      coalesce(zone, p.timezone) as timezone
    from public.profiles p
    cross join jsonb_to_recordset(records) as e(place integer, id uuid, measured_at timestamptz, weight_kg numeric, body_fat_pct numeric,
      girths jsonb, notes text, source_app text, source_device text, external_id text, external_version bigint)
    where p.id = owner
  ), compared as (
    select e.place, e.id, e.measured_at, e.weight_kg, e.body_fat_pct, e.girths, e.notes, e.source_app, e.source_device,
      e.external_id, e.external_version,
      e.local_date, e.timezone, coalesce(m.id, s.id) as stored_id,
      case
        when m.id is not null and e.external_version > coalesce(m.external_version, 0) then 'updated'
        when m.deleted_at is not null then 'deleted'
        when m.id is not null or s.id is not null then 'exists'
        else 'created'
      end as status
    from entries e
    left join public.body_measurements m on m.user_id = owner and m.source_kind = 'file' and coalesce(m.source_app, '') = coalesce(e.source_app, '')
      and m.external_id = e.external_id
    left join lateral (
      select x.id
      from public.body_measurements x
      where x.user_id = owner
        and m.id is null
        and x.deleted_at is null
        and x.measured_at between e.measured_at - interval '30 seconds' and e.measured_at + interval '30 seconds'
        and x.weight_kg is not distinct from e.weight_kg
        and x.body_fat_pct is not distinct from e.body_fat_pct
        and x.girths is not distinct from e.girths
      limit 1
    ) s on true
  ), created as (
    insert into public.body_measurements (user_id, id, measured_at, local_date, timezone, weight_kg, body_fat_pct, girths, notes,
      source_kind, source_app, source_device, source_recorded, external_id, external_version)
    select owner, c.id, c.measured_at, c.local_date, c.timezone, c.weight_kg, c.body_fat_pct, c.girths, c.notes,
      'file', c.source_app, c.source_device, 'unknown', c.external_id, c.external_version
    from compared c
    where c.status = 'created' and not dry_run
  ), updated as (
    update public.body_measurements m
    set measured_at = c.measured_at, local_date = c.local_date, timezone = c.timezone, weight_kg = c.weight_kg, body_fat_pct = c.body_fat_pct,
      girths = c.girths, notes = c.notes, source_device = c.source_device, external_version = c.external_version,
      version = m.version + 1, updated_at = now(), deleted_at = null
    from compared c
    where m.user_id = owner and m.id = c.stored_id and c.status = 'updated' and not dry_run
  )
  select c.place, c.status, coalesce(c.stored_id, c.id)
  from compared c
$$;
grant execute on function private.import_measurements to app, authenticated;
