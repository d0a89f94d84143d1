-- name: GetMe :one
select *
from public.profiles
where id = @user_id;

-- name: GetMeForUpdate :one
select *
from public.profiles
where id = @user_id
for update;

-- name: UpdateMe :one
-- Writes the whole row: the handler has read it under a lock and merged the patch into it.
update public.profiles
set full_name = sqlc.narg('full_name'),
  birth_date = sqlc.narg('birth_date'),
  biological_sex = sqlc.narg('biological_sex'),
  height_cm = sqlc.narg('height_cm'),
  current_weight_kg = sqlc.narg('current_weight_kg'),
  current_weight_at = sqlc.narg('current_weight_at'),
  goal_weight_kg = sqlc.narg('goal_weight_kg'),
  primary_goal = sqlc.narg('primary_goal'),
  secondary_goal = sqlc.narg('secondary_goal'),
  experience_level = @experience_level,
  activity_level = sqlc.narg('activity_level'),
  workout_frequency = sqlc.narg('workout_frequency'),
  dietary_preference = @dietary_preference,
  food_allergies = @food_allergies,
  foods_to_avoid = @foods_to_avoid,
  meals_per_day = @meals_per_day,
  cooks_regularly = sqlc.narg('cooks_regularly'),
  sleep_hours = sqlc.narg('sleep_hours'),
  stress_level = sqlc.narg('stress_level'),
  fitness_notes = sqlc.narg('fitness_notes'),
  unit_system = @unit_system,
  timezone = @timezone,
  language = @language,
  target_source = sqlc.narg('target_source'),
  target_calories = sqlc.narg('target_calories'),
  target_protein_g = sqlc.narg('target_protein_g'),
  target_carbs_g = sqlc.narg('target_carbs_g'),
  target_fat_g = sqlc.narg('target_fat_g'),
  target_bmr = sqlc.narg('target_bmr'),
  target_tdee = sqlc.narg('target_tdee'),
  target_explanation = @target_explanation,
  target_step_on = sqlc.narg('target_step_on'),
  exercise_calories = @exercise_calories,
  privacy_radius_m = @privacy_radius_m,
  adaptive_targets = @adaptive_targets,
  adaptive_tdee = sqlc.narg('adaptive_tdee'),
  adaptive_tdee_on = sqlc.narg('adaptive_tdee_on'),
  version = version + 1,
  updated_at = now()
where id = @user_id
returning *;

-- name: EraseAuditLog :one
-- As the role app, after the account was deleted. -1: the project does not allow it.
select private.erase_audit_log(@user_id::uuid, @email::text)::integer;
