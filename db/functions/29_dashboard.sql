drop function if exists private.daily_activity(uuid, date, date);

-- Returns the activities of each day that has some, as they count in their summary: without what other records of the same time count,
-- and a multi-sport activity by its legs. net_unknown is how many have no net energy.
create or replace function private.daily_activity(owner uuid, first_day date, last_day date)
returns table (local_date date, records integer, seconds numeric, kcal numeric, kcal_net numeric, net_unknown integer)
language sql stable as $$
  select a.local_date,
    count(*) filter (where a.family is distinct from 'day_total')::integer,
    coalesce(sum(a.timer_s * a.counted_share) filter (where a.family is distinct from 'day_total'), 0),
    coalesce(sum(a.kcal * a.counted_share), 0),
    coalesce(sum(a.kcal_net * a.counted_share), 0),
    count(*) filter (where a.kcal_net is null)::integer
  from public.counted_activities a
  where a.user_id = owner and a.local_date between first_day and last_day and a.counted_share > 0
  group by a.local_date
$$;
grant execute on function private.daily_activity to app, authenticated;
