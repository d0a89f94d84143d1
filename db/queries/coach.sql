-- name: ListConversations :many
-- The one with the newest message first.
select c.*
from public.coach_conversations c
where c.user_id = @user_id
  and c.deleted_at is null
  and (sqlc.narg('archived')::boolean is null or c.archived = sqlc.narg('archived')::boolean)
  and (sqlc.narg('before_at')::timestamptz is null
    or (c.last_message_at, c.id) < (sqlc.narg('before_at')::timestamptz, sqlc.narg('before_id')::uuid))
order by c.last_message_at desc, c.id desc
limit @page_size;

-- name: GetConversation :one
select c.*
from public.coach_conversations c
where c.user_id = @user_id
  and c.id = @conversation_id
  and c.deleted_at is null;

-- name: LockConversation :one
select c.*
from public.coach_conversations c
where c.user_id = @user_id
  and c.id = @conversation_id
  and c.deleted_at is null
for update;

-- name: CreateConversation :one
insert into public.coach_conversations (user_id, id, title, title_source)
values (@user_id, @id::uuid, sqlc.narg('title')::text, case when sqlc.narg('title')::text is null then 'automatic' else 'user' end)
returning *;

-- name: UpdateConversation :one
-- After LockConversation.
update public.coach_conversations c
set title = sqlc.narg('title')::text,
  title_source = @title_source::text,
  archived = @archived::boolean,
  version = c.version + 1,
  updated_at = now()
where c.user_id = @user_id
  and c.id = @conversation_id
returning *;

-- name: DeleteConversation :exec
-- After LockConversation.
select private.delete_conversation(@user_id::uuid, @conversation_id::uuid);

-- name: ListMessages :many
-- The newest first. A conversation without messages is one row in which the message is absent; one that does not exist is none.
select m.id, m.conversation_id, m.position, m.role, m.reply_to, m.content, m.status, m.finish_reason, m.problem, m.provider, m.model,
  m.input_tokens, m.output_tokens, m.cached_tokens, m.cost, m.sources, m.created_at, m.completed_at
from public.coach_conversations c
left join public.coach_messages m on m.user_id = c.user_id
  and m.conversation_id = c.id
  and m.deleted_at is null
  and (sqlc.narg('before')::integer is null or m.position < sqlc.narg('before')::integer)
where c.user_id = @user_id
  and c.id = @conversation_id
  and c.deleted_at is null
order by m.position desc
limit @page_size;

-- name: SendMessage :many
-- The message and its reply. No row when there is no such conversation.
select m.*
from private.send_coach_message(
  @user_id::uuid, @conversation_id::uuid, @message_id::uuid, @reply_id::uuid, @content::text, sqlc.narg('timezone')::text, @queue::text) m;

-- name: CancelReply :one
select private.cancel_coach_reply(@user_id::uuid, @message_id::uuid)::boolean;

-- name: GetReply :one
-- A reply and how far it is.
select m.*
from public.coach_messages m
join public.coach_conversations c on c.user_id = m.user_id and c.id = m.conversation_id
where m.user_id = @user_id
  and m.id = @message_id
  and m.role = 'assistant'
  and m.deleted_at is null
  and c.deleted_at is null;

-- name: ListReplyEvents :many
select e.seq, e.type, e.data
from public.coach_events e
where e.user_id = @user_id
  and e.message_id = @message_id
  and e.seq > @after::integer
order by e.seq
limit @page_size;

-- name: BeginReply :one
select r.conversation_id::uuid as conversation_id, r.reply_to::uuid as reply_to, r.attempt::integer as attempt,
  r.last_seq::integer as last_seq, r.said::boolean as said, r.cancelled::boolean as cancelled
from private.begin_coach_reply(@user_id::uuid, @message_id::uuid) r;

-- name: GetTurn :many
-- The newest messages of a conversation up to one of them, the newest first: what a reply is made from.
select m.id, m.position, m.role, m.content, m.status, m.timezone, m.native, m.created_at
from public.coach_messages m
join public.coach_messages last on last.user_id = m.user_id and last.id = @last_message_id::uuid
where m.user_id = @user_id
  and m.conversation_id = last.conversation_id
  and m.position <= last.position
  and m.deleted_at is null
order by m.position desc
limit @page_size;

-- name: AppendEvents :many
select r.message_id::uuid as message_id, r.cancelled::boolean as cancelled, r.lost::boolean as lost
from private.append_coach_events(
  @owners::uuid[], @held::uuid[], @attempts::integer[], @messages::uuid[], @seqs::integer[], @types::text[], @datas::jsonb[]) r;

-- name: EndReply :one
select private.end_coach_reply(
  @user_id::uuid, @message_id::uuid, @attempt::integer, @end_type::text, @outcome::jsonb, @used::jsonb)::boolean;

-- name: TitleConversation :exec
select private.title_conversation(@user_id::uuid, @conversation_id::uuid, @title::text);

-- name: PurgeCoach :one
select private.purge_coach()::integer;

-- name: ReadEvents :many
select r.message_id::uuid as message_id, r.seq::integer as seq, r.type::text as type, r.data::jsonb as data
from private.read_coach_events(@owners::uuid[], @messages::uuid[], @positions::integer[]) r;

-- name: RequeueReplies :one
select private.requeue_coach_replies(@queue::text)::integer;

-- name: EndedSessions :many
select r.session_id::uuid as session_id
from private.ended_sessions(@sessions::uuid[], @people::uuid[]) r;
