-- name: GetIdempotentAnswer :one
select fingerprint, status, headers, body
from private.idempotency_keys
where user_id = @user_id
  and key = @key
  and created_at > now() - interval '24 hours';

-- name: ClaimIdempotencyKey :exec
-- Holds the key until the transaction ends; raises when somebody else does, or when it was answered.
select private.claim_idempotency_key(@user_id, @key);

-- name: StoreIdempotentAnswer :exec
-- What is there already has expired, else the claim would have found it.
insert into private.idempotency_keys as k (user_id, key, fingerprint, status, headers, body)
values (@user_id, @key, @fingerprint, @status, @headers, @body)
on conflict (user_id, key) do update
set fingerprint = excluded.fingerprint,
  status = excluded.status,
  headers = excluded.headers,
  body = excluded.body,
  created_at = now()
where k.user_id = @user_id;

-- name: PurgeIdempotencyKeys :one
select private.purge_idempotency_keys()::integer;
