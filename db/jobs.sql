-- What River's migrations leave open, said after each of them: its tables are the role app's to work with, as itself and
-- not as the person who asks, and nobody else's. It changes nothing when it is repeated.

revoke all on schema jobs from public;
grant usage on schema jobs to app;
revoke all on all tables in schema jobs from public, anon, authenticated;
grant select, insert, update, delete on all tables in schema jobs to app;
revoke insert, update, delete on jobs.river_migration from app; -- the owner's record; app compares its version only
grant usage on all sequences in schema jobs to app;
revoke execute on all functions in schema jobs from public;
grant execute on all functions in schema jobs to app;

do $$
declare
  name regclass;
begin
  for name in
    select c.oid from pg_class c
    where c.relnamespace = 'jobs'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_policy p where p.polrelid = c.oid)
  loop
    execute format('alter table %s enable row level security', name);
    execute format('create policy app_works on %s to app using (true) with check (true)', name);
  end loop;
end $$;
