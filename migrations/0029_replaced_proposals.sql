-- +goose Up
-- +goose StatementBegin

-- A correction names the proposal that takes the place of an open one.
alter table public.coach_proposals
  add column replaced_by uuid,
  add constraint coach_proposals_replaced check (replaced_by is null or status = 'rejected');
grant update (replaced_by) on public.coach_proposals to authenticated;

-- +goose StatementEnd
