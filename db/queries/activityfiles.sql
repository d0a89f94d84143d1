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

-- name: GetActivityFile :one
-- An import, as long as one of its activities exists.
select f.id, f.result, f.created_at
from public.activity_files f
where f.user_id = @user_id
  and (f.id = sqlc.narg('file_id')::uuid or f.content_sha256 = sqlc.narg('content_sha256')::bytea)
  and exists (select from public.activities a where a.user_id = @user_id and a.content_sha256 = f.content_sha256);

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
