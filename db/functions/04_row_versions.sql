-- A patch that changes nothing keeps a row's version, so that a client that holds this version is not refused. The triggers
-- are on a column that only patches set.
create or replace function private.keep_version() returns trigger language plpgsql set search_path = '' as $$
declare
  skipped constant text[] := '{version,updated_at,onboarding_completed}'; -- a generated column is not computed yet
begin
  if to_jsonb(new) - skipped = to_jsonb(old) - skipped then
    return old;
  end if;
  return new;
end $$;

create or replace trigger keep_version before update of timezone on public.profiles for each row execute function private.keep_version();
create or replace trigger keep_version before update of name on public.foods for each row execute function private.keep_version();
create or replace trigger keep_version before update of name on public.meals for each row execute function private.keep_version();
create or replace trigger keep_version before update of amount_ml on public.water_entries
  for each row execute function private.keep_version();
create or replace trigger keep_version before update of quality on public.sleep_entries
  for each row execute function private.keep_version();
