-- +goose Up
-- +goose StatementBegin

-- Only of a swim are `laps` a count; of other activities they are a list, which no number can be made of.
drop view if exists public.counted_activities, public.activity_details; -- their files make them again
alter table public.activities
  drop column distance_m,
  add column distance_m numeric(10, 2) generated always as (coalesce(
    (metrics ->> 'distance_m')::numeric, (metrics ->> 'distance_km')::numeric * 1000,
    case when metrics ->> 'kind' = 'swimming' then (metrics ->> 'laps')::numeric * (metrics ->> 'pool_length_m')::numeric end)) stored;

-- +goose StatementEnd
