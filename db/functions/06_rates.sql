-- Takes one cell if the bucket has it. emission_seconds is the time a cell takes to come back, burst how many fit.
-- Returns the bucket's debt in seconds, that is until all cells are back; negative when the cell was refused.
create or replace function private.take_rate(bucket text, emission_seconds double precision, burst integer) returns double precision
language plpgsql security definer set search_path = '' as $$
declare
  at timestamptz := clock_timestamp();
  emission interval := make_interval(secs => emission_seconds);
  debt double precision;
begin
  insert into private.rate_limits as r (key, arrival)
  values (bucket, at + emission)
  on conflict (key) do update
    set arrival = greatest(r.arrival, at) + emission
    where greatest(r.arrival, at) + emission <= at + emission * burst
  returning extract(epoch from r.arrival - at) into debt;
  if debt is null then
    select -extract(epoch from r.arrival - at) into debt from private.rate_limits r where r.key = bucket;
  end if;
  return debt;
end $$;
grant execute on function private.take_rate to app;

-- Gives that many seconds' worth of cells back.
create or replace function private.return_rate(bucket text, seconds double precision) returns void
language sql security definer set search_path = '' as $$
  update private.rate_limits r set arrival = r.arrival - make_interval(secs => seconds) where r.key = bucket
$$;
grant execute on function private.return_rate to app;

-- Adds what a replica let through since its last report and returns the debts of the same buckets, in the same order,
-- as all replicas made them together. Written in the order of the keys, so that two replicas never wait in a circle.
create or replace function private.merge_rates(buckets text[], amounts double precision[]) returns double precision[]
language sql security definer set search_path = '' as $$
  with merged as (
    insert into private.rate_limits as r (key, arrival)
    select b.key, now() + make_interval(secs => b.amount)
    from unnest(buckets, amounts) as b (key, amount)
    order by b.key
    on conflict (key) do update
      set arrival = greatest(r.arrival, now()) + (excluded.arrival - now())
    returning r.key, extract(epoch from r.arrival - now()) as debt
  )
  select array_agg(m.debt order by b.place)
  from unnest(buckets) with ordinality as b (key, place)
  join merged m on m.key = b.key
$$;
grant execute on function private.merge_rates to app;
