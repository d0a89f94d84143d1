-- +goose Up
-- +goose StatementBegin

-- Days of which the person said that everything is logged, or took it back.
create table public.complete_days (
  user_id uuid not null references auth.users (id) on delete cascade,
  local_date date not null check (isfinite(local_date)),
  complete boolean not null,
  updated_at timestamptz not null default now(),
  primary key (user_id, local_date)
);
alter table public.complete_days enable row level security;
create policy complete_days_own on public.complete_days to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.complete_days from anon, authenticated;
grant select, insert on public.complete_days to authenticated;
grant update (complete, updated_at) on public.complete_days to authenticated;

-- +goose StatementEnd
