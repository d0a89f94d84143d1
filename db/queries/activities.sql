-- name: ListActivities :many
-- The newest first. Legs are in the activity that they belong to.
select to_jsonb(a)::jsonb as activity
from public.activity_details a
where a.user_id = @user_id
  and a.parent_id is null
  and (sqlc.narg('from')::date is null or a.local_date >= sqlc.narg('from')::date)
  and (sqlc.narg('to')::date is null or a.local_date <= sqlc.narg('to')::date)
  and (sqlc.narg('category')::text is null or a.category = sqlc.narg('category')::text)
  and (sqlc.narg('before_at')::timestamptz is null or (a.started_at, a.id) < (sqlc.narg('before_at')::timestamptz, sqlc.narg('before_id')::uuid))
order by a.started_at desc, a.id desc
limit @page_size;

-- name: GetActivity :one
select to_jsonb(a)::jsonb as activity
from public.activity_details a
where a.user_id = @user_id
  and a.id = @activity_id;

-- name: LockActivities :exec
-- Lets the writes of one person's activities wait for each other. A statement of its own, so that the next one sees what the others wrote.
select private.lock_activities(@user_id::uuid);

-- name: GetActivityInputs :one
-- What a write needs besides the request: the profile, the row that it changes, the whole that a leg belongs to, the load modes of own
-- exercises (a deleted one that the activity has already may stay in it), and the record that has
-- the external id already, deleted ones included. The weight is the newest one when the activity started, else the profile's.
select p.timezone, p.birth_date, p.biological_sex,
  coalesce((
    select m.weight_kg
    from public.body_measurements m
    where m.user_id = @user_id
      and m.deleted_at is null
      and m.weight_kg is not null
      and m.measured_at <= coalesce(sqlc.narg('started_at')::timestamptz, (
        select a.started_at from public.activities a where a.user_id = @user_id and a.id = sqlc.narg('activity_id')::uuid))
    order by m.measured_at desc, m.id desc
    limit 1
  ), p.current_weight_kg) as weight_kg,
  (select to_jsonb(a) from public.activities a
    where a.user_id = @user_id and a.id = sqlc.narg('activity_id')::uuid and a.deleted_at is null)::jsonb as activity,
  (select to_jsonb(a) from public.activities a
    where a.user_id = @user_id and a.id = sqlc.narg('parent_id')::uuid and a.deleted_at is null)::jsonb as parent,
  (select to_jsonb(a) from public.activities a
    where a.user_id = @user_id and a.external_id = sqlc.narg('external_id')::text
      and coalesce(a.source_app, a.source_kind) = sqlc.narg('source')::text)::jsonb as recorded,
  (select jsonb_object_agg(e.id, e.load_mode) from public.custom_exercises e
    where e.user_id = @user_id
      and (e.id = any(@exercise_ids::uuid[]) and e.deleted_at is null
        or e.id::text in (
          select s.exercise from public.activity_sets s
          where s.user_id = @user_id and s.activity_id = sqlc.narg('activity_id')::uuid)))::jsonb as own_exercises
from public.profiles p
where p.id = @user_id;

-- name: CreateActivity :exec
insert into public.activities (
  user_id, id, parent_id, leg_index, name, category, activity, family, started_at, ended_at, timezone, zone_source, local_date,
  elapsed_s, timer_s, moving_s, rpe, notes, metrics, source_kind, source_app, source_device, external_id, external_version, recorded,
  content_sha256, user_kcal, device_kcal, device_resting_kcal, kcal, kcal_net, energy_source, met, met_code, met_year, energy_match,
  weight_kg, energy_explanation, heart_rate_zones, counting
)
select @user_id, r.id, r.parent_id, r.leg_index, r.name, r.category, r.activity, r.family, r.started_at, r.ended_at, r.timezone,
  r.zone_source, private.local_date(r.started_at, r.timezone), r.elapsed_s, r.timer_s, r.moving_s, r.rpe, r.notes, r.metrics,
  r.source_kind, r.source_app, r.source_device, r.external_id, r.external_version, r.recorded, r.content_sha256, r.user_kcal,
  r.device_kcal, r.device_resting_kcal, r.kcal, r.kcal_net, r.energy_source, r.met, r.met_code, r.met_year, r.energy_match, r.weight_kg,
  r.energy_explanation, r.heart_rate_zones, r.counting
from jsonb_populate_record(null::public.activities, @activity::jsonb) r;

-- name: UpdateActivity :exec
-- Writes the whole row: the handler has read it under the lock and merged the patch into it. The day changes only with the start or the
-- zone, not when the server's zone database has changed since.
update public.activities as a
set leg_index = r.leg_index,
  name = r.name,
  category = r.category,
  activity = r.activity,
  family = r.family,
  started_at = r.started_at,
  ended_at = r.ended_at,
  timezone = r.timezone,
  zone_source = r.zone_source,
  local_date = case when @moves::bool then private.local_date(r.started_at, r.timezone) else a.local_date end,
  elapsed_s = r.elapsed_s,
  timer_s = r.timer_s,
  moving_s = r.moving_s,
  rpe = r.rpe,
  notes = r.notes,
  metrics = r.metrics,
  source_kind = r.source_kind,
  source_app = r.source_app,
  source_device = r.source_device,
  external_version = r.external_version,
  recorded = r.recorded,
  content_sha256 = r.content_sha256,
  user_kcal = r.user_kcal,
  device_kcal = r.device_kcal,
  device_resting_kcal = r.device_resting_kcal,
  kcal = r.kcal,
  kcal_net = r.kcal_net,
  energy_source = r.energy_source,
  met = r.met,
  met_code = r.met_code,
  met_year = r.met_year,
  energy_match = r.energy_match,
  weight_kg = r.weight_kg,
  energy_explanation = r.energy_explanation,
  heart_rate_zones = r.heart_rate_zones,
  counting = r.counting,
  version = a.version + 1,
  updated_at = now()
from jsonb_populate_record(null::public.activities, @activity::jsonb) r
where a.user_id = @user_id
  and a.id = r.id
  and a.deleted_at is null;

-- name: WriteActivitySets :exec
select private.write_sets(@user_id::uuid, @activity_id::uuid, @sets::jsonb);

-- name: DeleteActivity :exec
select private.delete_activity(@user_id::uuid, @activity_id::uuid);

-- name: RestoreActivity :exec
select private.restore_activity(@user_id::uuid, @activity_id::uuid);

-- name: PurgeActivities :one
select private.purge_activities()::integer;

-- name: GetActivitySummary :one
-- Without days it is that of today.
select s.timezone::text as timezone, s.today::date as today, coalesce(s.goal, 0)::integer as goal, s.first_day::date as first_day, s.last_day::date as last_day,
  s.days::date[] as days, s.categories::text[] as categories, s.counts::integer[] as counts, s.seconds::float8[] as seconds,
  s.kcal::float8[] as kcal, s.kcal_net::float8[] as kcal_net, s.net_unknown::integer[] as net_unknown,
  s.distance_m::float8[] as distance_m, s.ascent_m::float8[] as ascent_m, s.moderate_s::float8[] as moderate_s,
  s.vigorous_s::float8[] as vigorous_s, s.met_unknown::integer[] as met_unknown, s.left_out::jsonb as left_out,
  s.day_streak::integer as day_streak, s.longest_day_streak::integer as longest_day_streak, s.week_streak::integer as week_streak,
  s.longest_week_streak::integer as longest_week_streak, s.active_today::boolean as active_today, s.week_done::boolean as week_done
from private.activity_summary(@user_id::uuid, sqlc.narg('from_day')::date, sqlc.narg('to_day')::date, @now::timestamptz) s;

-- name: ListCustomExercises :many
select *
from public.custom_exercises
where user_id = @user_id
  and deleted_at is null
order by lower(name);

-- name: GetExerciseHistory :one
select private.exercise_history(@user_id::uuid, @exercise::text, sqlc.narg('before_at')::timestamptz, sqlc.narg('before_id')::uuid,
  @page_size::integer)::jsonb as history;

-- name: CreateCustomExercise :one
insert into public.custom_exercises (user_id, id, name, load_mode, notes)
values (@user_id, @id, @name, @load_mode, sqlc.narg('notes'))
returning *;

-- name: UpdateCustomExercise :one
update public.custom_exercises as e
set name = coalesce(sqlc.narg('name')::text, e.name),
  load_mode = coalesce(sqlc.narg('load_mode')::text, e.load_mode),
  notes = case when @set_notes::bool then sqlc.narg('notes')::text else e.notes end,
  version = e.version + 1,
  updated_at = now()
where e.user_id = @user_id
  and e.id = @exercise_id
  and e.deleted_at is null
  and (@any_version::bool or e.version = any(@versions::integer[]))
returning *;

-- name: DeleteCustomExercise :one
update public.custom_exercises as e
set deleted_at = now(), version = e.version + 1, updated_at = now()
where e.user_id = @user_id
  and e.id = @exercise_id
  and e.deleted_at is null
  and (@any_version::bool or e.version = any(@versions::integer[]))
returning e.version;

-- name: RestoreCustomExercise :one
-- One that is not deleted is returned unchanged.
update public.custom_exercises as e
set deleted_at = null,
  version = case when e.deleted_at is null then e.version else e.version + 1 end,
  updated_at = case when e.deleted_at is null then e.updated_at else now() end
where e.user_id = @user_id
  and e.id = @exercise_id
  and (e.deleted_at is null or e.deleted_at > now() - interval '30 days')
returning *;

-- name: GetCustomExercise :one
select *
from public.custom_exercises
where user_id = @user_id
  and id = @exercise_id
  and deleted_at is null;
