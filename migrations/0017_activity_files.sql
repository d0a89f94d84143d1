-- +goose Up
-- +goose StatementBegin

-- The files that activities were imported from, as they were sent. They hold the places where people live, and no response returns them.
create table public.activity_files (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  content bytea not null check (octet_length(content) <= 26214400 + 65536), -- compressed with zstd, so that Postgres need not
  content_sha256 bytea not null check (octet_length(content_sha256) = 32), -- of the file as it was sent
  size_bytes integer not null check (size_bytes between 1 and 26214400),
  result jsonb not null, -- the response to the import
  created_at timestamptz not null default now(),
  primary key (user_id, id)
);
alter table public.activity_files alter column content set storage external;
create unique index activity_files_content_idx on public.activity_files (user_id, content_sha256);

alter table public.activity_files enable row level security;
create policy activity_files_own on public.activity_files to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.activity_files from anon, authenticated;
grant select, insert on public.activity_files to authenticated;

-- What a device measured over time, in the form of package streams.
create table public.activity_streams (
  user_id uuid not null references auth.users (id) on delete cascade,
  activity_id uuid not null,
  points integer not null check (points between 0 and 500000),
  data bytea not null, -- compressed
  pauses jsonb not null default '[]',
  -- Positions so near to both ends are in no response. Raising it later needs no second import: the data has them.
  privacy_radius_m integer not null default 0 check (privacy_radius_m between 0 and 2000),
  primary key (user_id, activity_id),
  foreign key (user_id, activity_id) references public.activities (user_id, id) on delete cascade
);
alter table public.activity_streams alter column data set storage external;

alter table public.activity_streams enable row level security;
create policy activity_streams_own on public.activity_streams to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.activity_streams from anon, authenticated;
grant select, insert on public.activity_streams to authenticated;

-- +goose StatementEnd
