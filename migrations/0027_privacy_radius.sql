-- +goose Up
-- +goose StatementBegin

-- Positions so near to both ends of any track of the person are in no response.
alter table public.profiles
  add column privacy_radius_m integer not null default 0 check (privacy_radius_m between 0 and 5000);
grant update (privacy_radius_m) on public.profiles to authenticated;

alter table public.activity_streams
  drop constraint activity_streams_privacy_radius_m_check,
  add constraint activity_streams_privacy_radius_m_check check (privacy_radius_m between 0 and 5000);

-- +goose StatementEnd
