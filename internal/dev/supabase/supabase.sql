-- What Supabase brings before the first migration, for embedded and test databases only: a Supabase project has all of
-- it already, and there most of it belongs to roles that we are not. Idempotent; run as a superuser.
--
-- Tables and columns are GoTrue's own, in their final state (v2.196): a real Supabase Auth can run its migrations over
-- this database and take accounts, sessions and refresh tokens as they are.

-- Roles belong to the cluster, not to the database: a concurrent run on another database may be faster.
do $$
declare r text;
begin
  foreach r in array array['anon', 'authenticated', 'service_role'] loop
    begin
      if not exists (select from pg_roles where rolname = r) then
        execute format('create role %I nologin noinherit', r);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
  -- Altered only when needed: two alters of one role at once fail with "tuple concurrently updated".
  if not (select rolbypassrls from pg_roles where rolname = 'service_role') then
    alter role service_role bypassrls;
  end if;
end $$;

-- Supabase keeps extensions out of public, so that they do not show in its API.
create schema if not exists extensions;
create schema if not exists auth;
grant usage on schema public, extensions, auth to anon, authenticated, service_role;

-- pgvector, which only a superuser may create where Supabase does not allow it to others. A server without it, such as the oldest one that
-- is tested, gets the little of it that is used, in SQL: the same results, slowly.
do $$ begin
  if to_regtype('extensions.halfvec') is not null then
    return;
  end if;
  if exists (select from pg_available_extensions where name = 'vector') then
    create extension vector with schema extensions;
    return;
  end if;
  create domain extensions.halfvec as real[];
  create function extensions.vector_dims(v real[]) returns integer language sql immutable strict parallel safe as 'select cardinality(v)';
  create function extensions.cosine_distance(a real[], b real[]) returns double precision language sql immutable strict parallel safe as
    'select 1 - sum(x * y) / sqrt(sum(x * x) * sum(y * y)) from unnest(a, b) as u (x, y)';
  create operator extensions.<=> (leftarg = real[], rightarg = real[], function = extensions.cosine_distance);
exception when duplicate_object or unique_violation then null; -- another run on this database was faster
end $$;

-- Claims live in the transaction-local setting request.jwt.claims (a JSON object); the older request.jwt.claim.<name>
-- settings win when they are there. Empty text means "not set": a custom setting that was once set reads '' after its
-- transaction ends.
create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;

create or replace function auth.uid() returns uuid language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), auth.jwt() ->> 'sub')::uuid
$$;

create or replace function auth.role() returns text language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.role', true), ''), auth.jwt() ->> 'role')
$$;

create or replace function auth.email() returns text language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim.email', true), ''), auth.jwt() ->> 'email')
$$;

-- Supabase grants every new object of public to the API roles: RLS is the only fence, here as there. A migration that
-- forgets it must be as open on a laptop as it would be in production, or no test could notice.
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;

create table if not exists auth.users (
  instance_id uuid,                            -- always the zero uuid
  id uuid primary key,                         -- no default: the server makes a v4
  aud varchar(255),                            -- 'authenticated'
  role varchar(255),                           -- 'authenticated'
  email varchar(255),                          -- lower case
  encrypted_password varchar(255),             -- bcrypt, cost 10
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_token varchar(255),             -- this and the tokens below: '' and never null, GoTrue cannot scan null
  confirmation_sent_at timestamptz,
  recovery_token varchar(255),
  recovery_sent_at timestamptz,
  email_change_token_new varchar(255),
  email_change varchar(255),
  email_change_sent_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb,
  raw_user_meta_data jsonb,
  is_super_admin boolean,
  created_at timestamptz,
  updated_at timestamptz,
  phone text unique default null,
  phone_confirmed_at timestamptz,
  phone_change text default '',
  phone_change_token varchar(255) default '',
  phone_change_sent_at timestamptz,
  confirmed_at timestamptz generated always as (least(email_confirmed_at, phone_confirmed_at)) stored,
  email_change_token_current varchar(255) default '',
  email_change_confirm_status smallint default 0 check (email_change_confirm_status between 0 and 2),
  banned_until timestamptz,
  reauthentication_token varchar(255) default '',
  reauthentication_sent_at timestamptz,
  is_sso_user boolean not null default false,
  deleted_at timestamptz,
  is_anonymous boolean not null default false
);
create unique index if not exists users_email_partial_key on auth.users (email) where (is_sso_user = false);
create index if not exists users_instance_id_email_idx on auth.users (instance_id, lower(email::text));

create table if not exists auth.identities (
  provider_id text not null,                   -- of provider 'email': the user's id
  user_id uuid not null references auth.users (id) on delete cascade,
  identity_data jsonb not null,
  provider text not null,
  last_sign_in_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  email text generated always as (lower(identity_data ->> 'email')) stored,
  -- The key needs this name: a migration of GoTrue drops one called identities_pkey.
  id uuid default gen_random_uuid() constraint identities_id_pk primary key,
  constraint identities_provider_id_provider_unique unique (provider_id, provider)
);
create index if not exists identities_user_id_idx on auth.identities (user_id);

do $$
begin
  create type auth.aal_level as enum ('aal1', 'aal2', 'aal3');
exception when duplicate_object then null;
end $$;

create table if not exists auth.sessions (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz,
  updated_at timestamptz,
  factor_id uuid,
  aal auth.aal_level,
  not_after timestamptz,
  refreshed_at timestamp without time zone,    -- UTC; without a zone is GoTrue's choice
  user_agent text,
  ip inet,
  tag text
);
create index if not exists sessions_user_id_idx on auth.sessions (user_id);

create table if not exists auth.refresh_tokens (
  instance_id uuid,
  id bigserial primary key,
  token varchar(255),
  user_id varchar(255),                        -- text here, and only here
  revoked boolean,
  created_at timestamptz,
  updated_at timestamptz,
  parent varchar(255),
  session_id uuid references auth.sessions (id) on delete cascade,
  constraint refresh_tokens_token_unique unique (token)
);
create index if not exists refresh_tokens_session_id_revoked_idx on auth.refresh_tokens (session_id, revoked);

create table if not exists auth.mfa_amr_claims (
  session_id uuid not null references auth.sessions (id) on delete cascade,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  authentication_method text not null,
  id uuid constraint amr_id_pk primary key,
  constraint mfa_amr_claims_session_id_authentication_method_pkey unique (session_id, authentication_method)
);

do $$
begin
  create type auth.one_time_token_type as enum (
    'confirmation_token',
    'reauthentication_token',
    'recovery_token',
    'email_change_token_new',
    'email_change_token_current',
    'phone_change_token'
  );
exception when duplicate_object then null;
end $$;

create table if not exists auth.one_time_tokens (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  token_type auth.one_time_token_type not null,
  token_hash text not null check (char_length(token_hash) > 0),  -- hex SHA-224(email + otp)
  relates_to text not null,                    -- the address the token was sent to
  created_at timestamp without time zone not null default now(),
  updated_at timestamp without time zone not null default now()
);
create index if not exists one_time_tokens_token_hash_hash_idx on auth.one_time_tokens using hash (token_hash);
create index if not exists one_time_tokens_relates_to_hash_idx on auth.one_time_tokens using hash (relates_to);
create unique index if not exists one_time_tokens_user_id_token_type_key on auth.one_time_tokens (user_id, token_type);

-- Supabase turns RLS on without policies: nobody but the owner and those who bypass it sees a row. Only where it is off,
-- since the alter waits for every running transaction on the table.
do $$
declare t regclass;
begin
  for t in
    select oid from pg_class where relnamespace = 'auth'::regnamespace and relkind = 'r' and not relrowsecurity
  loop
    execute format('alter table %s enable row level security', t);
  end loop;
end $$;
