-- The file comes before the others that have triggers: a trigger locks its table, and a signup locks auth.users before profiles.
-- The other way round the two could wait for each other.

-- A profile is created with its user, in the same transaction. If this raised, the whole signup would fail.
create or replace function private.create_profile() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, email, full_name)
  values (new.id, coalesce(new.email, ''), nullif(btrim(left(new.raw_user_meta_data ->> 'full_name', 200)), ''))
  on conflict (id) do nothing;
  return new;
end $$;
create or replace trigger create_profile after insert on auth.users
  for each row execute function private.create_profile();

-- The address belongs to Supabase Auth; the profile carries a copy, so that reading it needs nothing of auth.
create or replace function private.copy_email() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.profiles
  set email = coalesce(new.email, ''), version = version + 1, updated_at = now()
  where id = new.id;
  return new;
end $$;
create or replace trigger copy_email after update of email on auth.users
  for each row when (old.email is distinct from new.email) execute function private.copy_email();

-- Accounts without a profile: they are older than the trigger. The trigger comes first and locks auth.users, so that no
-- signup falls between the two.
insert into public.profiles (id, email, full_name, created_at)
select u.id, coalesce(u.email, ''), nullif(btrim(left(u.raw_user_meta_data ->> 'full_name', 200)), ''), coalesce(u.created_at, now())
from auth.users u
on conflict (id) do nothing;
