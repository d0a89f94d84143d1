-- Takes the key until the transaction ends, and then looks: each statement of a plpgsql function has a snapshot of its
-- own, so it sees what the previous holder committed. In one statement the snapshot would be older than the lock. It raises
-- instead of returning a result, so that the write can follow in the same round trip and does not run a second time.
create or replace function private.claim_idempotency_key(owner uuid, wanted text) returns void
language plpgsql set search_path = '' as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended(owner || ' ' || wanted, 0)) then
    raise exception 'idempotency_in_progress' using errcode = 'UC000';
  end if;
  if exists (
    select
    from private.idempotency_keys k
    where k.user_id = owner and k.key = wanted and k.created_at > now() - interval '24 hours'
  ) then
    raise exception 'idempotency_answered' using errcode = 'UC000';
  end if;
end $$;
grant execute on function private.claim_idempotency_key to app, authenticated;
