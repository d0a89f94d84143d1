-- +goose Up
-- +goose StatementBegin

-- What somebody typed in or a device measured is known without a weight; the part above rest is not.
alter table public.activities drop constraint activities_energy;
alter table public.activities add constraint activities_energy check (
  num_nulls(kcal, energy_source) in (0, 2) and (kcal_net is null or kcal is not null)
  and (kcal is null or kcal_net is not null or energy_source in ('user', 'device', 'power')));

-- With fewer digits the share of 300 of 900 kcal would be 299.97 kcal. The views show the column.
drop view if exists public.counted_activities, public.activity_details;
alter table public.activities alter column counted_share type numeric(12, 10);

-- Streaks read every day on which something counts from the index alone.
drop index public.activities_day_idx;
create index activities_day_idx on public.activities (user_id, local_date) include (family, counted_share)
  where deleted_at is null and parent_id is null;

-- +goose StatementEnd
