-- +goose Up
-- +goose StatementBegin

-- A third of a serving keeps its value: count has as many digits as private.portions rounds to. Without a typmod the table is not
-- rewritten. db/functions makes the view again.
drop view if exists public.diary;
alter table public.meal_items alter column count type numeric;

-- 5 feet 9 inches is 175.26 cm. The generated column depends on the height, so it is made again.
alter table public.profiles drop column onboarding_completed;
alter table public.profiles alter column height_cm type numeric(7, 4);
alter table public.profiles add column onboarding_completed boolean not null generated always as (
  num_nulls(birth_date, biological_sex, height_cm, current_weight_kg, primary_goal, activity_level) = 0) stored;

-- +goose StatementEnd
