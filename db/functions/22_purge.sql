-- Each deletes a bounded number of rows, so that its transaction stays short, and returns how many; the job calls it again
-- until it returns 0.

-- Rate limits whose bucket is full again.
create or replace function private.purge_rates() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
begin
  delete from private.rate_limits r
  where r.key in (
    select o.key from private.rate_limits o where o.arrival < now() order by o.arrival limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end $$;
grant execute on function private.purge_rates to app, anon, authenticated;

-- Stored answers after 24 hours.
create or replace function private.purge_idempotency_keys() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
begin
  delete from private.idempotency_keys k
  where (k.user_id, k.key) in (
    select o.user_id, o.key from private.idempotency_keys o
    where o.created_at <= now() - interval '24 hours' order by o.created_at limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end $$;
grant execute on function private.purge_idempotency_keys to app, anon, authenticated;

-- Meals and items that were deleted more than 30 days ago: nobody can restore them any more.
create or replace function private.purge_diary() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
  total integer := 0;
begin
  delete from public.meals m
  where (m.user_id, m.id) in (
    select o.user_id, o.id from public.meals o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics gone = row_count;
  total := total + gone;
  delete from public.meal_items i
  where (i.user_id, i.id) in (
    select o.user_id, o.id from public.meal_items o
    where o.deleted_at <= now() - interval '30 days' order by o.deleted_at limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  return total + gone;
end $$;
grant execute on function private.purge_diary to app, anon, authenticated;

-- People's foods and servings that were deleted more than 30 days ago: nobody can restore them any more, and meals have
-- their own copy of what they need. And barcodes that Open Food Facts may be asked for again.
create or replace function private.purge_foods() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
  total integer := 0;
begin
  delete from public.foods f
  where f.id in (
    select o.id from public.foods o
    where o.deleted_at <= now() - interval '30 days' and o.created_by is not null
    order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics gone = row_count;
  total := total + gone;
  delete from public.food_servings s
  where s.id in (
    select o.id from public.food_servings o
    where o.deleted_at <= now() - interval '30 days' and o.created_by is not null
    order by o.deleted_at limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  total := total + gone;
  delete from private.unknown_barcodes u
  where u.barcode in (
    select o.barcode from private.unknown_barcodes o
    where o.asked_at <= now() - interval '24 hours' order by o.asked_at limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  return total + gone;
end $$;
grant execute on function private.purge_foods to app, anon, authenticated;
