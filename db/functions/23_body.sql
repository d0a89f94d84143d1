-- Returns the two newest weights of a user, the newest first, as lists of the same length: when the newest one changes or is deleted, the
-- second takes its place. Weights more than a day ahead of now come from a wrong clock and are left out.
create or replace function private.newest_weights(
  owner uuid, now timestamptz, out newest_ids uuid[], out newest_times timestamptz[], out newest_weights numeric[]
) language sql stable as $$
  select coalesce(array_agg(w.id order by w.measured_at desc, w.id desc), '{}'),
    coalesce(array_agg(w.measured_at order by w.measured_at desc, w.id desc), '{}'),
    coalesce(array_agg(w.weight_kg order by w.measured_at desc, w.id desc), '{}')
  from (
    select m.id, m.measured_at, m.weight_kg
    from public.body_measurements m
    where m.user_id = owner
      and m.deleted_at is null
      and m.weight_kg is not null
      and m.measured_at < now + interval '1 day'
    order by m.measured_at desc, m.id desc
    limit 2
  ) w
$$;
grant execute on function private.newest_weights to app, authenticated;

-- Deletes measurements, water and sleep that were soft-deleted more than 30 days ago. Returns how many rows; see 22_purge.sql.
create or replace function private.purge_body() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  deleted_rows integer;
  total integer := 0;
begin
  delete from public.body_measurements m
  where (m.user_id, m.id) in (
    select o.user_id, o.id from public.body_measurements o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.water_entries w
  where (w.user_id, w.id) in (
    select o.user_id, o.id from public.water_entries o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.sleep_entries s
  where (s.user_id, s.id) in (
    select o.user_id, o.id from public.sleep_entries o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;
grant execute on function private.purge_body to app;
