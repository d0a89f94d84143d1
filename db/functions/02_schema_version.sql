-- What `api serve` compares with what its binary carries. It asks as the role app, which reads no table.

-- The number of the newest migration that was applied; the number is in the file's name and nowhere else.
create or replace function private.schema_version() returns bigint
language sql stable security definer set search_path = '' as $$
  select coalesce(max(m.version_id), 0) from private.schema_migrations m where m.is_applied
$$;
grant execute on function private.schema_version to app;

-- The states of db/functions that were applied.
create or replace function private.applied_function_sets() returns table (sha256 text, applied_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.sha256, s.applied_at from private.function_sets s
$$;
grant execute on function private.applied_function_sets to app;
