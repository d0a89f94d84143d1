-- name: CreateProposal :one
insert into public.coach_proposals (user_id, id, conversation_id, message_id, kind, draft, preview, confidence, estimated)
values (@user_id, @id::uuid, @conversation_id, @message_id, @kind::text, @draft::jsonb, @preview::jsonb, @confidence::numeric, @estimated::boolean)
returning *;

-- name: ListProposals :many
-- The newest first.
select p.*
from public.coach_proposals p
join public.coach_conversations c on c.user_id = p.user_id and c.id = p.conversation_id
where p.user_id = @user_id
  and c.deleted_at is null
  and (sqlc.narg('conversation_id')::uuid is null or p.conversation_id = sqlc.narg('conversation_id')::uuid)
  and (sqlc.narg('status')::text is null
    or sqlc.narg('status')::text = case when p.status = 'open' and p.expires_at <= @now::timestamptz then 'expired' else p.status end)
  and (sqlc.narg('before_at')::timestamptz is null or (p.created_at, p.id) < (sqlc.narg('before_at')::timestamptz, sqlc.narg('before_id')::uuid))
order by p.created_at desc, p.id desc
limit @page_size;

-- name: GetProposal :one
select p.*
from public.coach_proposals p
join public.coach_conversations c on c.user_id = p.user_id and c.id = p.conversation_id
where p.user_id = @user_id
  and p.id = @proposal_id
  and c.deleted_at is null;

-- name: LockProposal :one
select p.*
from public.coach_proposals p
join public.coach_conversations c on c.user_id = p.user_id and c.id = p.conversation_id
where p.user_id = @user_id
  and p.id = @proposal_id
  and c.deleted_at is null
for update of p;

-- name: UpdateProposal :one
-- After LockProposal.
update public.coach_proposals p
set draft = @draft::jsonb,
  preview = @preview::jsonb,
  status = @status::text,
  confirmed_at = sqlc.narg('confirmed_at')::timestamptz,
  result_etag = sqlc.narg('result_etag')::text,
  profile_before = sqlc.narg('profile_before')::jsonb,
  profile_after = sqlc.narg('profile_after')::jsonb,
  version = p.version + 1,
  updated_at = now()
where p.user_id = @user_id
  and p.id = @proposal_id
returning *;

-- name: ReplaceOpenProposals :many
-- A correction replaces what a reply proposed before.
update public.coach_proposals p
set status = 'rejected', replaced_by = @replaced_by::uuid, version = p.version + 1, updated_at = now()
where p.user_id = @user_id
  and p.conversation_id = @conversation_id
  and p.message_id = @message_id
  and p.status = 'open'
returning *;

-- name: DropOpenProposals :exec
-- Rejects what a reply proposed that is made again. What it had replaced is open again.
with dropped as (
  update public.coach_proposals p
  set status = 'rejected', version = p.version + 1, updated_at = now()
  where p.user_id = @user_id
    and p.conversation_id = @conversation_id
    and p.message_id = @message_id
    and p.status = 'open'
  returning p.id
)
update public.coach_proposals p
set status = 'open', replaced_by = null, version = p.version + 1, updated_at = now()
from dropped d
where p.user_id = @user_id
  and p.conversation_id = @conversation_id
  and p.replaced_by = d.id;
