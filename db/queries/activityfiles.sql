-- name: FindImported :many
-- The activities that a file may hold already: imported from the same bytes, with an id of its device, or at the same time. Deleted ones
-- are included, except for those that are only at the same time.
select a.id, a.external_id, a.started_at, a.ended_at, a.timer_s, a.family, (a.deleted_at is not null)::bool as deleted,
  coalesce(a.content_sha256 = @content_sha256::bytea, false)::bool as same_file,
  coalesce(a.external_id = any(@external_ids::text[]) and coalesce(a.source_app, a.source_kind) = @source::text, false)::bool as same_recording
from public.activities a
where a.user_id = @user_id
  and a.parent_id is null
  and (a.content_sha256 = @content_sha256::bytea
    or (a.external_id = any(@external_ids::text[]) and coalesce(a.source_app, a.source_kind) = @source::text)
    or (a.deleted_at is null and a.started_at < @to_time::timestamptz and a.started_at > @earliest_start::timestamptz
      and a.ended_at > @from_time::timestamptz))
order by a.started_at, a.id;

-- name: FindActivityFile :one
-- The import that stored the same file, as long as one of its activities exists.
select f.id
from public.activity_files f
where f.user_id = @user_id
  and f.content_sha256 = @content_sha256
  and exists (select from public.activities a where a.user_id = @user_id and a.content_sha256 = f.content_sha256);

-- name: GetActivityImport :one
-- An import in the background, or else one that stored a file, as long as one of its activities exists.
select i.id, i.status, i.progress, i.created_at, i.completed_at, i.result, i.problem
from public.activity_imports i
where i.user_id = @user_id
  and i.id = @import_id
union all
select f.id, 'done', 1, f.created_at, f.created_at, f.result, null
from public.activity_files f
where f.user_id = @user_id
  and f.id = @import_id
  and exists (select from public.activities a where a.user_id = @user_id and a.content_sha256 = f.content_sha256)
  and not exists (select from public.activity_imports i where i.user_id = @user_id and i.id = f.id);

-- name: AddActivityImport :one
select private.add_activity_import(
  @user_id::uuid, @import_id::uuid, @content::bytea, @size_bytes::integer, @options::jsonb, @queue::text)::timestamptz;

-- name: BeginActivityImport :one
-- Returns no row when the import has ended, was erased, or is worked elsewhere. The lease is longer than a job may take.
update public.activity_imports i
set status = 'running',
  attempt = i.attempt + 1,
  lease_until = now() + interval '90 seconds'
where i.user_id = @user_id
  and i.id = @import_id
  and (i.status = 'queued' or i.status = 'running' and i.lease_until < now())
returning i.attempt, i.content, i.size_bytes, i.options;

-- name: ReportActivityImport :exec
update public.activity_imports i
set progress = @progress
where i.user_id = @user_id
  and i.id = @import_id
  and i.attempt = @attempt
  and i.status = 'running';

-- name: ReleaseActivityImport :exec
-- Lets the next job begin at once.
update public.activity_imports i
set status = 'queued',
  lease_until = null
where i.user_id = @user_id
  and i.id = @import_id
  and i.attempt = @attempt
  and i.status = 'running';

-- name: EndActivityImport :execrows
-- With a result the import is done, with a problem it has failed. Changes no row when another worker has taken it over.
update public.activity_imports i
set status = case when sqlc.narg('result')::jsonb is null then 'failed' else 'done' end,
  progress = case when sqlc.narg('result')::jsonb is null then i.progress else 1 end,
  content = null,
  result = sqlc.narg('result')::jsonb,
  problem = sqlc.narg('problem')::jsonb,
  lease_until = null,
  completed_at = now()
where i.user_id = @user_id
  and i.id = @import_id
  and i.attempt = @attempt
  and i.status = 'running';

-- name: RequeueActivityImports :one
select private.requeue_activity_imports(@queue::text)::integer;

-- name: SaveActivityFile :exec
insert into public.activity_files (user_id, id, content, content_sha256, size_bytes, result)
values (@user_id, @id, @content, @content_sha256, @size_bytes, @result);

-- name: SaveActivityStreams :exec
insert into public.activity_streams (user_id, activity_id, points, data, pauses, privacy_radius_m)
values (@user_id, @activity_id, @points, @data, @pauses, @privacy_radius_m);

-- name: GetActivityStreams :one
-- The streams of an activity or a leg. data is null when it has none. The radius is the larger one of the activity's and the profile's.
select a.started_at, a.name, coalesce(a.metrics ->> 'kind', '')::text as kind, s.data, coalesce(s.pauses, '[]')::jsonb as pauses,
  greatest(s.privacy_radius_m, p.privacy_radius_m)::integer as privacy_radius_m
from public.activities a
join public.profiles p on p.id = @user_id
left join public.activity_streams s on s.user_id = @user_id and s.activity_id = a.id
where a.user_id = @user_id
  and a.id = @activity_id
  and a.deleted_at is null;
