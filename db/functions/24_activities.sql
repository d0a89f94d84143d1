-- Lets the writes of one person's activities wait for each other, until the transaction ends. A write changes more rows than its own:
-- the whole of a leg, records of the same time, personal records. Two writes side by side would see half of each other.
create or replace function private.lock_activities(owner uuid) returns void
language sql volatile set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended(owner::text, 2))
$$;

-- Deletes an activity and its legs, or restores it with the legs that were deleted at the same instant.
create or replace function private.delete_activity(owner uuid, target uuid) returns void
language plpgsql set search_path = '' as $$
begin
  update public.activities a
  set deleted_at = now(), version = a.version + 1, updated_at = now()
  where a.user_id = owner and target in (a.id, a.parent_id) and a.deleted_at is null;
end $$;

create or replace function private.restore_activity(owner uuid, target uuid) returns void
language plpgsql set search_path = '' as $$
declare
  deletion timestamptz;
begin
  select a.deleted_at into deletion
  from public.activities a
  left join public.activities p on p.user_id = a.user_id and p.id = a.parent_id
  where a.user_id = owner and a.id = target and p.deleted_at is null;
  if deletion > now() - interval '30 days' then
    update public.activities a
    set deleted_at = null, version = a.version + 1, updated_at = now()
    where a.user_id = owner and target in (a.id, a.parent_id) and a.deleted_at = deletion;
  end if;
end $$;

-- Changes the version of the whole when one of its legs changes, because the whole shows its legs.
create or replace function private.touch_parent_activity() returns trigger language plpgsql set search_path = '' as $$
begin
  update public.activities a
  set version = a.version + 1, updated_at = now()
  where a.user_id = new.user_id and a.id = new.parent_id and a.deleted_at is null;
  return null;
end $$;
create or replace trigger touch_parent_activity after insert or update on public.activities
  for each row when (new.parent_id is not null) execute function private.touch_parent_activity();

-- A multi-sport activity has at most 100 legs, because it is always shown with all of them.
create or replace function private.bound_legs() returns trigger language plpgsql set search_path = '' as $$
begin
  perform private.lock_activities(new.user_id);
  if new.deleted_at is null and 100 <= (
    select count(*)
    from public.activities a
    where a.user_id = new.user_id and a.parent_id = new.parent_id and a.deleted_at is null and a.id <> new.id
  ) then
    perform private.refuse_field('parent_id', 'too_many_legs');
  end if;
  return new;
end $$;
create or replace trigger bound_legs before insert on public.activities
  for each row when (new.parent_id is not null) execute function private.bound_legs();
create or replace trigger bound_legs_again before update of deleted_at on public.activities
  for each row when (new.parent_id is not null and new.deleted_at is null and old.deleted_at is not null)
  execute function private.bound_legs();

-- Keeps the legs of a multi-sport activity within its time: they move with it, and a leg or a length that leaves one outside is refused.
-- 5 minutes at each end are allowed, because two devices, and people who type times, round differently.
create or replace function private.keep_legs_within() returns trigger language plpgsql set search_path = '' as $$
declare
  margin constant interval := '5 minutes';
  whole public.activities := new;
  early boolean;
  late boolean;
begin
  if new.parent_id is not null then
    select a.* into whole from public.activities a where a.user_id = new.user_id and a.id = new.parent_id;
  elsif new.started_at <> old.started_at then
    update public.activities a
    set started_at = a.started_at + (new.started_at - old.started_at),
      ended_at = a.ended_at + (new.started_at - old.started_at),
      local_date = private.local_date(a.started_at + (new.started_at - old.started_at), a.timezone),
      version = a.version + 1,
      updated_at = now()
    where a.user_id = new.user_id and a.parent_id = new.id;
  end if;
  select bool_or(a.started_at < whole.started_at - margin), bool_or(a.ended_at > whole.ended_at + margin) into early, late
  from public.activities a
  where a.user_id = whole.user_id and a.parent_id = whole.id and a.deleted_at is null
    and (new.parent_id is null or a.id = new.id);
  if early then
    perform private.refuse_field('started_at', 'outside_whole');
  elsif late then
    perform private.refuse_field('ended_at', 'outside_whole');
  end if;
  return null;
end $$;
create or replace trigger keep_legs_within after insert on public.activities
  for each row when (new.parent_id is not null) execute function private.keep_legs_within();
create or replace trigger keep_legs_within_again after update of started_at, ended_at, deleted_at on public.activities
  for each row when (
    new.deleted_at is null and (old.started_at <> new.started_at or old.ended_at <> new.ended_at or old.deleted_at is not null)
  )
  execute function private.keep_legs_within();

grant execute on function private.lock_activities, private.delete_activity, private.restore_activity to app, authenticated;
