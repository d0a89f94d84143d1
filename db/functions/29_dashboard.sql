drop function if exists private.daily_activity(uuid, date, date);

-- Returns the activities of each day that has some, as they count in their summary: without what other records of the same time count,
-- and a multi-sport activity by its legs. net_unknown is how many have no net energy.
create or replace function private.daily_activity(owner uuid, first_day date, last_day date)
returns table (local_date date, records integer, seconds numeric, kcal numeric, kcal_net numeric, net_unknown integer)
language sql stable as $$
  select a.local_date,
    count(*) filter (where a.family is distinct from 'day_total')::integer,
    coalesce(sum(a.timer_s * a.counted_share) filter (where a.family is distinct from 'day_total'), 0),
    coalesce(sum(coalesce(case when l.kcal is not null and coalesce(a.energy_source not in ('user', 'device'), true) then l.kcal end, a.kcal) * a.counted_share), 0),
    coalesce(sum(coalesce(case when l.kcal is not null and coalesce(a.energy_source not in ('user', 'device'), true) then l.kcal_net end, a.kcal_net) * a.counted_share), 0),
    count(*) filter (where a.kcal_net is null and l.kcal_net is null)::integer
  from public.activities a
  left join lateral (
    select sum(g.kcal) as kcal, sum(g.kcal_net) as kcal_net
    from public.activities g
    where g.user_id = owner and g.parent_id = a.id and g.deleted_at is null
  ) l on true
  where a.user_id = owner
    and a.local_date between first_day and last_day
    and a.parent_id is null
    and a.deleted_at is null
    and a.counted_share > 0
  group by a.local_date
$$;
grant execute on function private.daily_activity to app, authenticated;
