-- A day has at most 100 meals and a meal at most 100 items, because some responses contain all of them. Triggers check it on every
-- write. Writes of meals to one day take a lock, or two concurrent ones could both be the hundredth.
create or replace function private.bound_day() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.deleted_at is not null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(new.user_id || ' ' || new.local_date, 1));
  if 100 <= (
    select count(*)
    from public.meals m
    where m.user_id = new.user_id and m.local_date = new.local_date and m.deleted_at is null and m.id <> new.id
  ) then
    perform private.refuse_field('', 'day_full');
  end if;
  return new;
end $$;
create or replace trigger bound_day before insert on public.meals
  for each row execute function private.bound_day();
create or replace trigger bound_day_again before update of local_date, deleted_at on public.meals
  for each row when (new.local_date <> old.local_date or new.deleted_at is distinct from old.deleted_at)
  execute function private.bound_day();

create or replace function private.bound_meal() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (
    select
    from (select distinct n.user_id, n.meal_id from new_items n) n
    join public.meal_items i on i.user_id = n.user_id and i.meal_id = n.meal_id and i.deleted_at is null
    group by n.meal_id
    having count(*) > 100
  ) then
    perform private.refuse_field('items', 'meal_full');
  end if;
  return null;
end $$;
create or replace trigger bound_meal after insert on public.meal_items
  referencing new table as new_items for each statement execute function private.bound_meal();

-- Restores a deleted meal and the items that were deleted at the same instant; changes nothing when the meal is not deleted.
-- First the meal is locked, then its items are read, because each statement of a plpgsql function has a snapshot of its own:
-- one statement would read the items as they were before it waited for the lock, and restore the meal without them.
create or replace function private.restore_meal(owner uuid, meal uuid) returns void
language plpgsql set search_path = '' as $$
declare
  deletion timestamptz;
begin
  select m.deleted_at into deletion from public.meals m where m.user_id = owner and m.id = meal for update;
  if deletion > now() - interval '30 days' then
    update public.meals m set deleted_at = null, version = m.version + 1, updated_at = now() where m.user_id = owner and m.id = meal;
    update public.meal_items i set deleted_at = null where i.user_id = owner and i.meal_id = meal and i.deleted_at = deletion;
  end if;
end $$;
grant execute on function private.restore_meal to app, authenticated;

-- Copies one meal, or all meals of a day, to another day at the same local time (private.same_time_on), and returns the ids of the copies in the order of
-- the originals. Items are copied with the values that they were logged with, so the foods may have been deleted.
create or replace function private.copy_meals(
  owner uuid, meal uuid, day date, copy_id uuid, to_day date, to_zone text, to_type text
) returns uuid[]
language plpgsql set search_path = '' as $$
declare
  sources uuid[];
  copies uuid[];
begin
  select array_agg(m.id order by m.eaten_at, m.id), array_agg(coalesce(copy_id, gen_random_uuid())) into sources, copies
  from public.meals m
  where m.user_id = owner and m.deleted_at is null and (m.id = meal or m.local_date = day);
  if sources is null and meal is not null then
    raise exception 'meal_not_found' using errcode = 'UC000';
  end if;
  if exists (
    select
    from public.meals m
    join public.profiles p on p.id = owner
    where m.user_id = owner and m.id = any (sources)
      and private.same_time_on(to_day, m.eaten_at, m.timezone, coalesce(to_zone, p.timezone)) is null
  ) then
    if meal is null then
      perform private.refuse_field('to', 'day_skipped');
    else
      perform private.refuse_field('date', 'day_skipped');
    end if;
  end if;

  insert into public.meals (user_id, id, name, meal_type, eaten_at, local_date, timezone, notes, source, next_position)
  select m.user_id, pair.copy, m.name, coalesce(to_type, m.meal_type), t.moment, private.local_date(t.moment, z.zone), z.zone, m.notes,
    'copy', m.next_position
  from rows from (unnest(sources), unnest(copies)) as pair (source, copy)
  join public.meals m on m.user_id = owner and m.id = pair.source
  join public.profiles p on p.id = owner
  cross join lateral (select coalesce(to_zone, p.timezone) as zone) z
  cross join lateral (select private.same_time_on(to_day, m.eaten_at, m.timezone, z.zone) as moment) t;

  insert into public.meal_items
  select copied.*
  from rows from (unnest(sources), unnest(copies)) as pair (source, copy)
  join public.meals m on m.user_id = owner and m.id = pair.copy
  join public.meal_items i on i.user_id = owner and i.meal_id = pair.source and i.deleted_at is null
  cross join lateral jsonb_populate_record(i, jsonb_build_object(
    'id', gen_random_uuid(), 'meal_id', m.id, 'local_date', m.local_date, 'created_at', now(), 'updated_at', now())) copied;
  return coalesce(copies, '{}');
end $$;
grant execute on function private.copy_meals to app, authenticated;
