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
