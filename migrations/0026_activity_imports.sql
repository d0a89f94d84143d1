-- +goose Up
-- +goose StatementBegin

-- Files that wait for a worker, and what became of them. Kept for 7 days.
create table public.activity_imports (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(), -- also of the row in activity_files, when the import stores something
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed')),
  progress real not null default 0 check (progress between 0 and 1),
  content bytea check (octet_length(content) <= 26214400 + 65536), -- the file, compressed with zstd; absent when it was worked
  size_bytes integer not null check (size_bytes between 1 and 26214400), -- of the file as it was sent
  options jsonb not null, -- how it is to be read
  result jsonb,
  problem jsonb, -- why it failed

  -- Who works on it. Each worker that takes it over has a higher attempt; only the newest one may end it.
  attempt integer not null default 0,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (user_id, id),
  constraint activity_imports_completed check ((status in ('done', 'failed')) = (completed_at is not null)),
  constraint activity_imports_content check ((content is null) = (completed_at is not null)),
  constraint activity_imports_result check ((status = 'done') = (result is not null) and (status = 'failed') = (problem is not null))
);
alter table public.activity_imports alter column content set storage external;
create index activity_imports_created_at_idx on public.activity_imports (created_at);
-- Few rows: for looking for those whose worker has died, and for counting those of a person.
create index activity_imports_open_idx on public.activity_imports (user_id, created_at) where status in ('queued', 'running');

alter table public.activity_imports enable row level security;
create policy activity_imports_own on public.activity_imports to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.activity_imports from anon, authenticated;
grant select on public.activity_imports to authenticated;
grant update (status, progress, content, result, problem, attempt, lease_until, completed_at) on public.activity_imports to authenticated;

-- +goose StatementEnd
