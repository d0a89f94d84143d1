-- +goose Up
-- +goose StatementBegin

-- What somebody typed in or a device measured is known without a weight; the part above rest is not.
alter table public.activities drop constraint activities_energy;
alter table public.activities add constraint activities_energy check (
  num_nulls(kcal, energy_source) in (0, 2) and (kcal_net is null or kcal is not null)
  and (kcal is null or kcal_net is not null or energy_source in ('user', 'device', 'power')));

-- Who may update every column may also lock the whole table. Whose a row is and what it belongs to is not among them.
revoke update on public.activities from authenticated;
grant update (leg_index, name, category, activity, family, started_at, ended_at, local_date, timezone, zone_source, elapsed_s, timer_s,
  moving_s, rpe, notes, metrics, source_kind, source_app, source_device, external_version, recorded, content_sha256, user_kcal, device_kcal,
  device_resting_kcal, kcal, kcal_net, energy_source, met, met_code, met_year, energy_match, weight_kg, energy_explanation,
  heart_rate_zones, counting, counted_share, overlapping, version, updated_at, deleted_at) on public.activities to authenticated;

-- +goose StatementEnd
