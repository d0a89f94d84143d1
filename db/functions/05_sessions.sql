-- Called in the batch of every request with a user: raises UC401 when the session is gone, or its user banned or deleted,
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
