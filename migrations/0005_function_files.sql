-- +goose Up
-- +goose StatementBegin

-- The files of db/functions as they were last applied.
create table private.function_files (
  name text primary key,
  sha256 text not null,
  defines text[] not null, -- as in 'function private.portion', 'view public.diary', 'trigger keep_version on public.meals'
  applied_at timestamptz not null default now()
);
alter table private.function_files enable row level security;
create policy function_files_nobody on private.function_files using (false);

-- All of them together, in each state that was ever applied; the last one is the present one. It tells a binary that is older
-- than the functions from one that is newer.
create table private.function_sets (
  sha256 text primary key, -- of the names and hashes of the files
  applied_at timestamptz not null default now()
);
alter table private.function_sets enable row level security;
create policy function_sets_nobody on private.function_sets using (false);

-- The migrations before this one once defined the functions themselves. A database from that time has them. They are noted here
-- as those of a file that is gone, so that the ones that no file defines now are dropped.
insert into private.function_files (name, sha256, defines)
select 'migrations before 0005', '', array_agg('function private.' || p.proname)
from pg_proc p
where p.pronamespace = 'private'::regnamespace
  and p.proname <> 'letters_dropped' -- which its migration still defines, because an index needs it
having count(*) > 0;

-- +goose StatementEnd
