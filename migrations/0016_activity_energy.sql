-- +goose Up
-- +goose StatementBegin

-- What somebody typed in or a device measured is known without a weight; the part above rest is not.
alter table public.activities drop constraint activities_energy;
alter table public.activities add constraint activities_energy check (
  num_nulls(kcal, energy_source) in (0, 2) and (kcal_net is null or kcal is not null)
  and (kcal is null or kcal_net is not null or energy_source in ('user', 'device', 'power')));

-- +goose StatementEnd
