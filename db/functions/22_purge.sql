-- Each function deletes a limited number of rows, so that its transaction is short, and returns how many. The job calls it again
-- until it returns 0.

-- Returns the time of the last deletions that are erased. What was deleted can be restored for 30 days, and is erased one hour later: a
-- restore that began in time never loses a part to the job.
create or replace function private.last_erased_deletion() returns timestamptz
language sql stable set search_path = '' as $$ select now() - interval '30 days 1 hour' $$;

-- Deletes rate limits whose bucket is full again.
create or replace function private.purge_rates() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  deleted_rows integer;
begin
  delete from private.rate_limits r
  where r.key in (
    select o.key from private.rate_limits o where o.arrival < now() order by o.arrival limit 5000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return deleted_rows;
end $$;
grant execute on function private.purge_rates to app;

-- Deletes idempotency keys and their responses after 24 hours.
create or replace function private.purge_idempotency_keys() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  deleted_rows integer;
begin
  delete from private.idempotency_keys k
  where (k.user_id, k.key) in (
    select o.user_id, o.key from private.idempotency_keys o
    where o.created_at <= now() - interval '24 hours' order by o.created_at limit 5000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return deleted_rows;
end $$;
grant execute on function private.purge_idempotency_keys to app;

-- Deletes meals and items that were soft-deleted more than 30 days ago and can no longer be restored.
create or replace function private.purge_diary() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  deleted_rows integer;
  total integer := 0;
begin
  delete from public.meals m
  where (m.user_id, m.id) in (
    select o.user_id, o.id from public.meals o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.meal_items i
  where (i.user_id, i.id) in (
    select o.user_id, o.id from public.meal_items o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 5000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;
grant execute on function private.purge_diary to app;

-- Deletes custom foods and servings that were soft-deleted more than 30 days ago and can no longer be restored; meals have copies of
-- their values. Also deletes barcodes that may be looked up at Open Food Facts again.
create or replace function private.purge_foods() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  deleted_rows integer;
  total integer := 0;
begin
  delete from public.foods f
  where f.id in (
    select o.id from public.foods o
    where o.deleted_at <= private.last_erased_deletion() and o.created_by is not null
    order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.food_servings s
  where s.id in (
    select o.id from public.food_servings o
    where o.deleted_at <= private.last_erased_deletion() and o.created_by is not null
    order by o.deleted_at limit 5000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from private.unknown_barcodes u
  where u.barcode in (
    select o.barcode from private.unknown_barcodes o
    where o.asked_at <= now() - interval '24 hours' order by o.asked_at limit 5000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;
grant execute on function private.purge_foods to app;

-- Deletes activities and own exercises that were soft-deleted more than 30 days ago and can no longer be restored, and imports in the
-- background after 7 days; what they stored stays.
create or replace function private.purge_activities() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  deleted_rows integer;
  total integer := 0;
begin
  delete from public.activities a
  where (a.user_id, a.id) in (
    select o.user_id, o.id from public.activities o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.custom_exercises e
  where (e.user_id, e.id) in (
    select o.user_id, o.id from public.custom_exercises o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.activity_imports i
  where (i.user_id, i.id) in (
    select o.user_id, o.id from public.activity_imports o
    where o.created_at <= now() - interval '7 days' order by o.created_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;
grant execute on function private.purge_activities to app;
