-- Called in the batch of every request with a user: raises UC401 when the session has ended, or its user is banned or deleted,
-- which fails the whole batch. auth.sessions has RLS without policies, hence security definer. Alone among such functions it
-- sets no search_path, which would be a fifth of its cost; instead every name in it, operators too, carries its schema.
create or replace function private.require_session(session_id uuid, user_id uuid) returns void
language plpgsql stable security definer as $$
begin
  perform 1
  from auth.sessions s
  join auth.users u on u.id operator(pg_catalog.=) s.user_id
  where s.id operator(pg_catalog.=) require_session.session_id
    and s.user_id operator(pg_catalog.=) require_session.user_id
    and (s.not_after is null or s.not_after operator(pg_catalog.>) pg_catalog.now())
    and (u.banned_until is null or u.banned_until operator(pg_catalog.<=) pg_catalog.now())
    and u.deleted_at is null;
  if not found then
    raise exception 'session has ended' using errcode = 'UC401';
  end if;
end $$;
grant execute on function private.require_session to app, authenticated;

-- Called in the batch of work that goes on for a person after their request: raises UC401 when the person is banned or deleted.
create or replace function private.require_person(person uuid) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (
    select from auth.users u
    where u.id = person and (u.banned_until is null or u.banned_until <= now()) and u.deleted_at is null
  ) then
    raise exception 'the person is banned or deleted' using errcode = 'UC401';
  end if;
end $$;
grant execute on function private.require_person to app, authenticated;

-- The sessions of the person who asks, without those that have ended. A view runs with its owner's rights, so this filter is
-- what protects the sessions of others.
create or replace view private.own_sessions with (security_barrier) as
select s.id,
  s.user_id,
  coalesce(s.created_at, 'epoch') as created_at,
  greatest(s.refreshed_at at time zone 'utc', s.created_at, 'epoch') as last_used_at,
  coalesce(left(s.user_agent, 1000), '') as user_agent,
  coalesce(host(s.ip), '') as ip
from auth.sessions s
where s.user_id = (select auth.uid())
  and (s.not_after is null or s.not_after > now());
grant select on private.own_sessions to authenticated;

-- Ends a session; its refresh tokens are deleted by cascade. Returns whether there was one.
create or replace function private.revoke_session(session_id uuid, user_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  delete from auth.sessions s
  where s.id = revoke_session.session_id
    and s.user_id = revoke_session.user_id
    and s.user_id = (select auth.uid());
  return found;
end $$;
grant execute on function private.revoke_session to app, authenticated;

-- Whether the address of the user who asks is confirmed.
create or replace function private.is_email_confirmed(user_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((
    select u.email_confirmed_at is not null
    from auth.users u
    where u.id = is_email_confirmed.user_id and u.id = (select auth.uid())
  ), false)
$$;
grant execute on function private.is_email_confirmed to authenticated;

-- The session of a refresh token, or with a token that Supabase Auth keeps no row of, the session with that id. No row when it has
-- ended. For the role app alone: it tells whose session a cookie belongs to.
create or replace function private.find_session(refresh_token text, session_id uuid) returns table (id uuid, user_id uuid)
language sql stable security definer set search_path = '' as $$
  select s.id, s.user_id
  from auth.sessions s
  join auth.users u on u.id = s.user_id
  where s.id = coalesce((select t.session_id from auth.refresh_tokens t where t.token = find_session.refresh_token), find_session.session_id)
    and (s.not_after is null or s.not_after > now())
    and (u.banned_until is null or u.banned_until <= now())
    and u.deleted_at is null
$$;
grant execute on function private.find_session to app;

-- Ends a session of which the API has seen a valid token; its refresh tokens are deleted by cascade. Returns whether there was one.
-- For the role app alone: unlike revoke_session it does not check who asks, because an expired token may still sign out.
create or replace function private.end_session(session_id uuid, user_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  delete from auth.sessions s where s.id = end_session.session_id and s.user_id = end_session.user_id;
  return found;
end $$;
grant execute on function private.end_session to app;

-- When the newest mail with a code was sent to an address, as text; empty for an unknown address or without a mail. Every mail has a new
-- code, so this names the code. For the role app alone.
create or replace function private.mail_sent_at(email text, recovery boolean) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce(max(case when mail_sent_at.recovery then u.recovery_sent_at else u.confirmation_sent_at end)::text, '')
  from auth.users u
  where u.email = mail_sent_at.email and not u.is_sso_user
$$;
grant execute on function private.mail_sent_at to app;

-- Called before Supabase Auth is asked for a recovery mail, which may arrive before the response does. For the role app alone.
create or replace function private.expect_recovery_mail(email text) returns void
language sql security definer set search_path = '' as $$
  insert into private.recovery_mails as m (profile_id, asked_after)
  select u.id, coalesce(u.recovery_sent_at, 'epoch')
  from auth.users u
  where u.email = expect_recovery_mail.email and not u.is_sso_user
  on conflict (profile_id) do update set asked_after = coalesce(m.asked_after, excluded.asked_after)
$$;
grant execute on function private.expect_recovery_mail to app;

-- Called with the response of Supabase Auth, which may have sent no mail. For the role app alone.
create or replace function private.keep_recovery_mail(email text) returns void
language sql security definer set search_path = '' as $$
  update private.recovery_mails m
  set sent_at = case when u.recovery_sent_at > m.asked_after then u.recovery_sent_at else m.sent_at end, asked_after = null
  from auth.users u
  where u.id = m.profile_id and u.email = keep_recovery_mail.email and not u.is_sso_user and m.asked_after is not null
$$;
grant execute on function private.keep_recovery_mail to app;

-- Whether the newest mail with a link or code that signs a person in is a recovery mail that this API asked for. For the role app alone.
create or replace function private.is_recovery_mail(user_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from private.recovery_mails m
    join auth.users u on u.id = m.profile_id
    where u.id = is_recovery_mail.user_id and (u.recovery_sent_at = m.sent_at or u.recovery_sent_at > m.asked_after)
  )
$$;
grant execute on function private.is_recovery_mail to app;

-- Whether the account of an address has a session from a network. For the role app alone.
create or replace function private.is_known_address(email text, network inet) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from auth.users u
    join auth.sessions s on s.user_id = u.id
    where u.email = is_known_address.email and not u.is_sso_user and s.ip operator(pg_catalog.<<=) is_known_address.network
  )
$$;
grant execute on function private.is_known_address to app;

-- Deletes what the audit log of Supabase Auth keeps about a deleted account: its own actions and actions on it. Returns how many
-- entries, or -1 where the project does not allow it. The table has no index on the user, so this reads all of it; a job calls it. The
-- stand-in has no such table. For the role app alone.
create or replace function private.erase_audit_log(user_id uuid, email text) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  erased integer;
begin
  if to_regclass('auth.audit_log_entries') is null then
    return 0;
  end if;
  if exists (select from auth.users u where u.id = erase_audit_log.user_id) then
    raise exception 'the account % still exists', erase_audit_log.user_id;
  end if;
  delete from auth.audit_log_entries e
  where e.payload ->> 'actor_id' = erase_audit_log.user_id::text
    or e.payload -> 'traits' ->> 'user_id' = erase_audit_log.user_id::text
    or lower(e.payload ->> 'actor_username') = erase_audit_log.email
      and not exists (select from auth.users u where u.email = erase_audit_log.email);
  get diagnostics erased = row_count;
  return erased;
exception when insufficient_privilege then
  return -1;
end $$;
grant execute on function private.erase_audit_log to app;
