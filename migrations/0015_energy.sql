-- +goose Up
-- +goose StatementBegin

-- The day of the last change of the energy target by more than 300 kcal: the body's water changes after it, so the week that follows is
-- left out when energy expenditure is learned from weights.
alter table public.profiles add column target_step_on date;
grant update (target_step_on) on public.profiles to authenticated;

-- +goose StatementEnd
