-- Prepares a database that the stand-in for Supabase Auth has filled (make run) for a real Supabase Auth. Accounts keep their
-- ids, passwords and everything that they own. Sessions, codes in mails and the demo account do not carry over: see "From the
-- stand-in to a real Supabase Auth" in docs/production.md. Run it with psql as a superuser, on a copy:
--
--   psql -X -v ON_ERROR_STOP=1 -f internal/dev/supabase/handover.sql "$COPY_URL"
--
-- It is one transaction and may be repeated until Supabase Auth has run its migrations. After that it refuses to run, because it
-- would sign out the people of a live service.

begin;

do $$
begin
  if to_regclass('auth.schema_migrations') is not null then
    raise exception 'a real Supabase Auth has run on this database already; nothing was changed';
  end if;
end $$;

-- The password of the demo account is in the docs.
delete from auth.users where id = 'd0000000-0000-4000-8000-000000000001';

-- Access tokens are signed with a key that only the stand-in has. Codes were shown in its inbox and never mailed.
delete from auth.sessions; -- and with them refresh_tokens and mfa_amr_claims
delete from auth.refresh_tokens;
delete from auth.one_time_tokens;

-- GoTrue reads these columns into Go values that cannot be NULL: one NULL, and every sign-in of the account returns 500.
update auth.users
set
  instance_id = '00000000-0000-0000-0000-000000000000', -- GoTrue finds no account with another one
  aud = coalesce(nullif(aud, ''), 'authenticated'),
  role = coalesce(nullif(role, ''), 'authenticated'),
  email = lower(nullif(email, '')),
  phone = nullif(phone, ''), -- unique, so that only one account could have ''
  confirmation_token = '',
  recovery_token = '',
  email_change_token_new = '',
  email_change_token_current = '',
  email_change = '',
  email_change_sent_at = null,
  email_change_confirm_status = 0,
  phone_change = '',
  phone_change_token = '',
  reauthentication_token = '',
  -- Without these times the first mail of the real server is not held back for a minute.
  confirmation_sent_at = null,
  recovery_sent_at = null,
  phone_change_sent_at = null,
  reauthentication_sent_at = null,
  raw_app_meta_data = jsonb_build_object('provider', 'email', 'providers', jsonb_build_array('email'))
    || coalesce(nullif(raw_app_meta_data, 'null'), '{}'),
  raw_user_meta_data = coalesce(nullif(raw_user_meta_data, 'null'), '{}'),
  created_at = coalesce(created_at, now()),
  updated_at = coalesce(updated_at, created_at, now());

-- GoTrue's own migrations add a missing identity without provider_id, and fail.
insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
select u.id::text, u.id, '{}', 'email', u.last_sign_in_at, u.created_at, u.updated_at
from auth.users u
where u.email is not null
  and not exists (select from auth.identities i where i.user_id = u.id and i.provider = 'email');

-- The address of the identity is that of the account, or unlinking another provider would bring back an old address.
update auth.identities i
set
  provider_id = u.id::text,
  identity_data = jsonb_build_object('email_verified', u.email_confirmed_at is not null, 'phone_verified', false)
    || i.identity_data
    || jsonb_build_object('sub', u.id, 'email', u.email),
  created_at = coalesce(i.created_at, u.created_at),
  updated_at = coalesce(i.updated_at, u.updated_at)
from auth.users u
where u.id = i.user_id
  and i.provider = 'email';

-- GoTrue returns 500 for a password hash of another kind than bcrypt, argon2id and Firebase's scrypt.
do $$
declare
  refused text;
begin
  select string_agg(id::text, ', ') into refused
  from auth.users
  where encrypted_password <> ''
    and encrypted_password !~ '^(\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{53}$|\$argon2id\$|\$fbscrypt\$)';
  if refused is not null then
    raise exception 'Supabase Auth does not know the kind of password hash of these accounts: %', refused;
  end if;
end $$;

-- GoTrue's migrations alter and replace what they find in schema auth, which only its owner may.
do $$
declare
  o record;
begin
  if not exists (select from pg_roles where rolname = 'supabase_auth_admin') then
    create role supabase_auth_admin login noinherit createrole; -- without a password, which is yours to set
  end if;
  if not exists (select from pg_roles where rolname = 'postgres') then
    create role postgres nologin; -- a migration of GoTrue grants rights to it
  end if;
  alter role supabase_auth_admin set search_path = auth;
  execute format('grant create on database %I to supabase_auth_admin', current_database());
  alter schema auth owner to supabase_auth_admin;
  grant usage on schema auth to anon, authenticated, service_role, postgres;
  for o in
    select oid::regclass as name
    from pg_class
    where relnamespace = 'auth'::regnamespace and relkind = 'r' -- sequences and indexes follow their tables
  loop
    execute format('alter table %s owner to supabase_auth_admin', o.name);
  end loop;
  for o in select oid::regprocedure as name from pg_proc where pronamespace = 'auth'::regnamespace loop
    execute format('alter function %s owner to supabase_auth_admin', o.name);
  end loop;
  for o in select oid::regtype as name from pg_type where typnamespace = 'auth'::regnamespace and typtype = 'e' loop
    execute format('alter type %s owner to supabase_auth_admin', o.name);
  end loop;
end $$;

commit;
