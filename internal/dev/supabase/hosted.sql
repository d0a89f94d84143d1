-- What a hosted Supabase project does to the database that supabase.sql made, as far as a migration can notice: schema
-- auth belongs to Supabase Auth, and the owner of the project is no superuser. After github.com/supabase/postgres
-- (migrations/db: auth-schema, demote-postgres, alter_api_roles_for_inherit, grant_with_admin_to_postgres_16_and_above,
-- revoke_admin_roles_from_postgres). Run as the superuser, who is called supabase_admin there.

alter role anon inherit;
alter role authenticated inherit;
alter role service_role inherit;

create role supabase_auth_admin login noinherit createrole;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;

create role postgres login nosuperuser createdb createrole replication bypassrls;
do $$ begin
  if current_setting('server_version_num')::int >= 160000 then
    grant anon, authenticated, service_role to postgres with admin option;
  else
    grant anon, authenticated, service_role to postgres; -- createrole is enough there
  end if;
  execute format('alter database %I owner to postgres', current_database());
end $$;

grant all on schema public, extensions to postgres;
alter default privileges for role postgres in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on sequences to anon, authenticated, service_role;

grant all on schema auth to supabase_auth_admin, postgres;
revoke create on schema auth from postgres;
create table auth.schema_migrations (version varchar(255) primary key);
do $$
declare o record;
begin
  for o in select oid::regclass as name, relkind from pg_class where relnamespace = 'auth'::regnamespace and relkind in ('r', 'S')
    and not exists (select from pg_depend d where d.objid = pg_class.oid and d.deptype = 'a') -- sequences follow their tables
  loop
    execute format('alter %s %s owner to supabase_auth_admin', case o.relkind when 'r' then 'table' else 'sequence' end, o.name);
  end loop;
  for o in select oid::regprocedure as name from pg_proc where pronamespace = 'auth'::regnamespace loop
    execute format('alter function %s owner to supabase_auth_admin', o.name);
  end loop;
  for o in select oid::regtype as name from pg_type where typnamespace = 'auth'::regnamespace and typtype = 'e' loop
    execute format('alter type %s owner to supabase_auth_admin', o.name);
  end loop;
end $$;
grant all on all tables in schema auth to postgres;
grant all on all sequences in schema auth to postgres;
grant all on all routines in schema auth to postgres;
revoke all on auth.schema_migrations from postgres;
