-- name: ListMeasurements :many
-- The newest first.
select *
from public.body_measurements
where user_id = @user_id
  and deleted_at is null
  and (sqlc.narg('from')::date is null or local_date >= sqlc.narg('from')::date)
  and (sqlc.narg('to')::date is null or local_date <= sqlc.narg('to')::date)
  and (sqlc.narg('before_at')::timestamptz is null or (measured_at, id) < (sqlc.narg('before_at')::timestamptz, sqlc.narg('before_id')::uuid))
order by measured_at desc, id desc
limit @page_size;

-- name: GetMeasurement :one
select *
from public.body_measurements
where user_id = @user_id
  and id = @measurement_id
  and deleted_at is null;

-- name: LockProfile :exec
-- Lets one person's writes of weights run one after the other. It is a statement of its own, so that the next one sees what the
-- transaction wrote that it waited for.
select 1
from public.profiles
where id = @user_id
for update;

-- name: GetWeightState :one
-- What a new weight may change: the profile, and the newest weight so far. A weight more than a day ahead is a wrong clock.
select sqlc.embed(p), n.newest_ids::uuid[] as newest_ids, n.newest_times::timestamptz[] as newest_times, n.newest_weights::float8[] as newest_weights
from public.profiles p
cross join private.newest_weights(@user_id::uuid, @now::timestamptz) n
where p.id = @user_id;

-- name: GetMeasurementForUpdate :one
-- By its id or, when external_id is given, by what another app calls it. Also a deleted one.
select sqlc.embed(p), sqlc.embed(m),
  n.newest_ids::uuid[] as newest_ids, n.newest_times::timestamptz[] as newest_times, n.newest_weights::float8[] as newest_weights
from public.profiles p
join public.body_measurements m on m.user_id = p.id
cross join private.newest_weights(@user_id::uuid, @now::timestamptz) n
where p.id = @user_id
  and case when sqlc.narg('external_id')::text is null
    then m.id = @measurement_id::uuid
    else m.source_kind = @source_kind::text and coalesce(m.source_app, '') = @source_app::text and m.external_id = sqlc.narg('external_id')::text
  end;

-- name: CreateMeasurement :exec
insert into public.body_measurements (
  user_id, id, measured_at, local_date, timezone, weight_kg, body_fat_pct, girths, notes,
  source_kind, source_app, source_device, source_recorded, external_id, external_version
)
select p.id, @id::uuid, @measured_at::timestamptz,
  private.local_date(@measured_at::timestamptz, coalesce(sqlc.narg('timezone')::text, p.timezone)), coalesce(sqlc.narg('timezone')::text, p.timezone),
  sqlc.narg('weight_kg')::numeric, sqlc.narg('body_fat_pct')::numeric, sqlc.narg('girths')::jsonb, sqlc.narg('notes')::text,
  @source_kind::text, sqlc.narg('source_app')::text, sqlc.narg('source_device')::text, @source_recorded::text,
  sqlc.narg('external_id')::text, sqlc.narg('external_version')::bigint
from public.profiles p
where p.id = @user_id;

-- name: UpdateMeasurement :exec
-- Writes the whole row: the handler has read it after LockProfile and merged the patch into it. The day changes only with the time or
-- the zone.
update public.body_measurements as m
set measured_at = @measured_at::timestamptz,
  local_date = case when @moves::bool
    then private.local_date(@measured_at::timestamptz, coalesce(sqlc.narg('timezone')::text, p.timezone))
    else m.local_date end,
  timezone = case when @moves::bool then coalesce(sqlc.narg('timezone')::text, p.timezone) else m.timezone end,
  weight_kg = sqlc.narg('weight_kg')::numeric,
  body_fat_pct = sqlc.narg('body_fat_pct')::numeric,
  girths = sqlc.narg('girths')::jsonb,
  notes = sqlc.narg('notes')::text,
  source_device = sqlc.narg('source_device')::text,
  source_recorded = @source_recorded::text,
  external_version = sqlc.narg('external_version')::bigint,
  version = m.version + 1,
  updated_at = now(),
  deleted_at = null
from public.profiles p
where p.id = @user_id
  and m.user_id = @user_id
  and m.id = @measurement_id;

-- name: DeleteMeasurement :exec
update public.body_measurements as m
set deleted_at = now(), version = m.version + 1, updated_at = now()
where m.user_id = @user_id
  and m.id = @measurement_id
  and m.deleted_at is null;

-- name: SetWeightAndTargets :exec
-- After a measurement changed the newest weight or what was learned of the energy expenditure, with the targets that follow.
update public.profiles
set current_weight_kg = sqlc.narg('current_weight_kg'),
  current_weight_at = sqlc.narg('current_weight_at'),
  target_source = sqlc.narg('target_source'),
  target_calories = sqlc.narg('target_calories'),
  target_protein_g = sqlc.narg('target_protein_g'),
  target_carbs_g = sqlc.narg('target_carbs_g'),
  target_fat_g = sqlc.narg('target_fat_g'),
  target_bmr = sqlc.narg('target_bmr'),
  target_tdee = sqlc.narg('target_tdee'),
  target_explanation = @target_explanation,
  target_step_on = sqlc.narg('target_step_on'),
  adaptive_tdee = sqlc.narg('adaptive_tdee'),
  adaptive_tdee_on = sqlc.narg('adaptive_tdee_on'),
  version = version + 1,
  updated_at = now()
where id = @user_id;

-- name: GetWeightTrend :one
select p.goal_weight_kg, p.primary_goal, private.local_date(@now::timestamptz, p.timezone)::date as today, w.days::date[] as days, w.weights::float8[] as weights
from public.profiles p
cross join private.daily_weights(@user_id::uuid, @first_day::date, @last_day::date) w
where p.id = @user_id;

-- name: GetEnergyInputs :one
-- All that energy expenditure is learned from: weigh-ins, intake, and the newest body fat with the weight of that measurement or else
-- of the profile.
select sqlc.embed(p), w.days::date[] as weight_days, w.weights::float8[] as weights,
  i.days::date[] as intake_days, i.kcal::float8[] as kcal, i.meals::integer[] as meals, i.complete::boolean[] as complete,
  coalesce((
    select m.body_fat_pct / 100 * coalesce(m.weight_kg, p.current_weight_kg)
    from public.body_measurements m
    where m.user_id = @user_id
      and m.deleted_at is null
      and m.body_fat_pct is not null
      and m.local_date >= @first_day::date
      and m.local_date <= @last_day::date
    order by m.measured_at desc, m.id desc
    limit 1
  ), 0)::float8 as fat_kg
from public.profiles p
cross join private.daily_weights(@user_id::uuid, @first_day::date, @last_day::date) w
cross join private.daily_intake(@user_id::uuid, @first_day::date, @last_day::date) i
where p.id = @user_id;

-- name: ListWater :many
select *
from public.water_entries
where user_id = @user_id
  and local_date between @from_day::date and @to_day::date
  and deleted_at is null
order by local_date, drunk_at, id;

-- name: GetWater :one
select *
from public.water_entries
where user_id = @user_id
  and id = @entry_id
  and deleted_at is null;

-- name: CreateWater :one
insert into public.water_entries (user_id, id, drunk_at, local_date, timezone, amount_ml)
select p.id, @id::uuid, @drunk_at::timestamptz,
  private.local_date(@drunk_at::timestamptz, coalesce(sqlc.narg('timezone')::text, p.timezone)), coalesce(sqlc.narg('timezone')::text, p.timezone),
  @amount_ml::integer
from public.profiles p
where p.id = @user_id
returning *;

-- name: UpdateWater :one
-- The day changes only with the time or the zone.
update public.water_entries as w
set drunk_at = coalesce(sqlc.narg('drunk_at')::timestamptz, w.drunk_at),
  local_date = case when @moves::bool
    then private.local_date(coalesce(sqlc.narg('drunk_at')::timestamptz, w.drunk_at), coalesce(sqlc.narg('timezone')::text, w.timezone))
    else w.local_date end,
  timezone = coalesce(sqlc.narg('timezone')::text, w.timezone),
  amount_ml = coalesce(sqlc.narg('amount_ml')::integer, w.amount_ml),
  version = w.version + 1,
  updated_at = now()
where w.user_id = @user_id
  and w.id = @entry_id
  and w.deleted_at is null
  and (@any_version::bool or w.version = any(@versions::integer[]))
returning *;

-- name: DeleteWater :one
update public.water_entries as w
set deleted_at = now(), version = w.version + 1, updated_at = now()
where w.user_id = @user_id
  and w.id = @entry_id
  and w.deleted_at is null
  and (@any_version::bool or w.version = any(@versions::integer[]))
returning w.version;

-- name: RestoreWater :one
-- One that is not deleted is returned unchanged.
update public.water_entries as w
set deleted_at = null,
  version = case when w.deleted_at is null then w.version else w.version + 1 end,
  updated_at = case when w.deleted_at is null then w.updated_at else now() end
where w.user_id = @user_id
  and w.id = @entry_id
  and (w.deleted_at is null or w.deleted_at > now() - interval '30 days')
returning *;

-- name: ListSleep :many
select *
from public.sleep_entries
where user_id = @user_id
  and local_date between @from_day::date and @to_day::date
  and deleted_at is null
order by local_date, started_at, id;

-- name: GetSleep :one
select *
from public.sleep_entries
where user_id = @user_id
  and id = @entry_id
  and deleted_at is null;

-- name: CreateSleep :one
insert into public.sleep_entries (user_id, id, started_at, ended_at, local_date, timezone, asleep_minutes, quality, notes)
select p.id, @id::uuid, @started_at::timestamptz, @ended_at::timestamptz,
  private.local_date(@ended_at::timestamptz, coalesce(sqlc.narg('timezone')::text, p.timezone)), coalesce(sqlc.narg('timezone')::text, p.timezone),
  sqlc.narg('asleep_minutes')::integer, sqlc.narg('quality')::smallint, sqlc.narg('notes')::text
from public.profiles p
where p.id = @user_id
returning *;

-- name: UpdateSleep :one
-- The day changes only with the end or the zone.
update public.sleep_entries as s
set started_at = coalesce(sqlc.narg('started_at')::timestamptz, s.started_at),
  ended_at = coalesce(sqlc.narg('ended_at')::timestamptz, s.ended_at),
  local_date = case when @moves::bool
    then private.local_date(coalesce(sqlc.narg('ended_at')::timestamptz, s.ended_at), coalesce(sqlc.narg('timezone')::text, s.timezone))
    else s.local_date end,
  timezone = coalesce(sqlc.narg('timezone')::text, s.timezone),
  asleep_minutes = case when @set_asleep::bool then sqlc.narg('asleep_minutes')::integer else s.asleep_minutes end,
  quality = case when @set_quality::bool then sqlc.narg('quality')::smallint else s.quality end,
  notes = case when @set_notes::bool then sqlc.narg('notes')::text else s.notes end,
  version = s.version + 1,
  updated_at = now()
where s.user_id = @user_id
  and s.id = @entry_id
  and s.deleted_at is null
  and (@any_version::bool or s.version = any(@versions::integer[]))
returning *;

-- name: DeleteSleep :one
update public.sleep_entries as s
set deleted_at = now(), version = s.version + 1, updated_at = now()
where s.user_id = @user_id
  and s.id = @entry_id
  and s.deleted_at is null
  and (@any_version::bool or s.version = any(@versions::integer[]))
returning s.version;

-- name: RestoreSleep :one
-- One that is not deleted is returned unchanged.
update public.sleep_entries as s
set deleted_at = null,
  version = case when s.deleted_at is null then s.version else s.version + 1 end,
  updated_at = case when s.deleted_at is null then s.updated_at else now() end
where s.user_id = @user_id
  and s.id = @entry_id
  and (s.deleted_at is null or s.deleted_at > now() - interval '30 days')
returning *;

-- name: PurgeBody :one
select private.purge_body()::integer;

-- name: ImportMeasurements :many
-- After LockProfile.
select x.place::integer as place, x.status::text as status, x.id::uuid as id
from private.import_measurements(@user_id::uuid, @entries::jsonb, sqlc.narg('timezone')::text, @dry_run::boolean) x
order by x.place;
