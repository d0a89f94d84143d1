-- name: ListMemories :many
-- The newest first.
select f.*
from public.coach_memories f
where f.user_id = @user_id
  and (sqlc.narg('before_at')::timestamptz is null
    or (f.created_at, f.id) < (sqlc.narg('before_at')::timestamptz, sqlc.narg('before_id')::uuid))
order by f.created_at desc, f.id desc
limit @page_size;

-- name: RememberFact :many
-- The fact, or no row when it is not kept.
select f.*
from private.remember_fact(@user_id::uuid, @memory_id::uuid, @message_id::uuid, @kind::text, @content::text) f;

-- name: DeleteMemories :one
-- How many facts were deleted: one, or all when none is named.
select private.delete_memories(@user_id::uuid, sqlc.narg('memory_id')::uuid)::integer;

-- name: GetCoachSettings :one
-- Always one row: who has no settings has not agreed.
select coalesce(s.memory_enabled, false)::boolean as memory_enabled,
  s.erase_at,
  case when s.erase_at is not null
    then (select count(*) from public.coach_memories f where f.user_id = @user_id) else 0 end::integer as facts,
  case when s.erase_at is not null
    then (select count(*) from public.embeddings e where e.user_id = @user_id) else 0 end::integer as texts
from (select 1) one
left join public.coach_settings s on s.user_id = @user_id;

-- name: SetCoachMemory :exec
select private.set_coach_memory(@user_id::uuid, @enabled::boolean);

-- name: Recall :many
select r.source_kind::text as source_kind, r.source_id::uuid as source_id, r.content::text as content, r.at::timestamptz as at,
  coalesce(r.similarity, 0)::real as similarity, r.score::float8 as score
from private.coach_recall(
  @user_id::uuid, @question::text, sqlc.narg('question_vector')::real[], @model::text, @least_similarity::real, @page_size::integer) r;

-- name: ReadMemorySources :one
select private.read_memory_sources(@batch::integer)::integer;

-- name: TextsWithoutVector :many
select t.user_id::uuid as user_id, t.source_kind::text as source_kind, t.source_id::uuid as source_id, t.revision::integer as revision,
  t.content::text as content
from private.texts_without_vector(@model::text, @batch::integer) t;

-- name: StoreVectors :one
select private.store_vectors(
  @model::text, @dimension::integer, @owners::uuid[], @kinds::text[], @sources::uuid[], @revisions::integer[], @vectors::real[])::integer;

-- name: EraseMemories :one
select private.erase_memories()::integer;
