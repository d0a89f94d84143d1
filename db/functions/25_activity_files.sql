-- Erases a file together with the last of its activities.
create or replace function private.erase_activity_file() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.activity_files f
  where f.user_id = old.user_id
    and f.content_sha256 = old.content_sha256
    and not exists (select from public.activities a where a.user_id = old.user_id and a.content_sha256 = old.content_sha256);
  return null;
end $$;
create or replace trigger erase_activity_file after delete on public.activities
  for each row when (old.content_sha256 is not null) execute function private.erase_activity_file();

-- Stores a file that is to be worked in the background, with its job, in one transaction. A person has at most 20 of them.
create or replace function private.add_activity_import(
  owner uuid, import uuid, content bytea, size_bytes integer, options jsonb, queue text
) returns timestamptz
language plpgsql security definer set search_path = '' as $$
begin
  if owner is distinct from auth.uid() then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(owner || ' imports', 3)); -- or two could both be the twentieth
  if (select count(*) from public.activity_imports i where i.user_id = owner and i.status in ('queued', 'running')) >= 20 then
    raise exception 'too_many_imports' using errcode = 'UC000';
  end if;
  insert into public.activity_imports (user_id, id, content, size_bytes, options)
  values (owner, import, add_activity_import.content, add_activity_import.size_bytes, add_activity_import.options);
  perform private.queue_job('activity_import', jsonb_build_object('user_id', owner, 'import_id', import), queue);
  return now();
end $$;
grant execute on function private.add_activity_import to authenticated;

-- Adds a job again for files whose worker has died, and for those that nobody has begun for a while. Returns how many. What nobody could
-- work for a day is left alone.
create or replace function private.requeue_activity_imports(queue text) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  n integer;
begin
  with lost as (
    select i.user_id, i.id
    from public.activity_imports i
    where i.status in ('queued', 'running')
      and coalesce(i.lease_until, i.created_at + interval '90 seconds') < now()
      and i.created_at > now() - interval '1 day'
    order by i.created_at
    limit 200
    for update skip locked
  ), marked as (
    update public.activity_imports i set status = 'queued', lease_until = now() + interval '90 seconds'
    from lost where i.user_id = lost.user_id and i.id = lost.id
    returning i.user_id, i.id
  )
  select count(private.queue_job(
    'activity_import', jsonb_build_object('user_id', marked.user_id, 'import_id', marked.id), requeue_activity_imports.queue
  )) into n
  from marked;
  return n;
end $$;
grant execute on function private.requeue_activity_imports to app;
