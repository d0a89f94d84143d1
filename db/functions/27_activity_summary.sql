drop function if exists private.activity_summary(uuid, date, date, timestamptz);

-- Returns what the summary of a range of days needs: the sums of each day and category in the weeks that the range touches, in order, as
-- lists of the same length; what was left out in the range; the streaks, the person's goal and today. Days without activities are left
-- out, and a distance or an ascent that is not known is -1. Without days the range is today. MET of a record without one is its energy by
-- weight and time. The active energy of a day adds energy, and neither time nor a count.
--
-- Without nested loops: after some calls Postgres plans for a person with few activities, and would read all legs again for each of 2 000.
create or replace function private.activity_summary(owner uuid, from_day date, to_day date, now timestamptz)
returns table (
  timezone text, today date, goal smallint, first_day date, last_day date,
  days date[], categories text[], counts integer[], seconds float8[], kcal float8[], kcal_net float8[], net_unknown integer[],
  distance_m float8[], ascent_m float8[], moderate_s float8[], vigorous_s float8[], met_unknown integer[],
  left_out jsonb, day_streak integer, longest_day_streak integer, week_streak integer, longest_week_streak integer,
  active_today boolean, week_done boolean
)
language sql stable set search_path = '' set enable_nestloop = off as $$
with me as (
  select p.timezone, t.today, p.workout_frequency as goal, coalesce(from_day, t.today) as first_day, coalesce(to_day, t.today) as last_day
  from public.profiles p
  cross join lateral (select private.local_date(now, p.timezone) as today) t
  where p.id = owner
), parts as materialized (
  -- The legs of each multi-sport activity, read once.
  select g.parent_id,
    case when bool_and(g.kcal is not null or g.metrics ->> 'kind' is not distinct from 'transition') then sum(g.kcal) end as kcal,
    case when bool_and(g.kcal_net is not null or g.metrics ->> 'kind' is not distinct from 'transition') then sum(g.kcal_net) end as kcal_net,
    case when bool_and(g.distance_m is not null or coalesce(g.metrics ->> 'kind', '') in ('transition', 'strength')) then sum(g.distance_m) end as distance_m,
    case when bool_and(g.ascent_m is not null or coalesce(g.metrics ->> 'kind', '') in ('transition', 'swimming', 'strength', 'sport')) then sum(g.ascent_m) end as ascent_m
  from public.activities g
  where g.user_id = owner and g.parent_id is not null and g.deleted_at is null
  group by g.parent_id
), records as materialized (
  select a.id, a.local_date, a.category, a.counted_share, a.overlapping, a.counting, a.family is not distinct from 'day_total' as day_total,
    a.counted_share::float8 as share, a.timer_s::float8 as seconds, e.kcal::float8 as kcal, e.kcal_net::float8 as kcal_net,
    coalesce(a.distance_m, l.distance_m)::float8 as distance_m, coalesce(a.ascent_m, l.ascent_m)::float8 as ascent_m,
    coalesce(case when not e.from_legs then a.met end, e.kcal / (a.weight_kg * a.timer_s / 3600)) as met
  from public.activities a
  left join parts l on l.parent_id = a.id
  cross join lateral (
    select x.from_legs, case when x.from_legs then l.kcal else a.kcal end as kcal, case when x.from_legs then l.kcal_net else a.kcal_net end as kcal_net
    from (select l.kcal is not null and coalesce(a.energy_source not in ('user', 'device'), true) as from_legs) x
  ) e
  where a.user_id = owner and a.parent_id is null and a.deleted_at is null
    and a.local_date >= (select date_trunc('week', me.first_day)::date from me)
    and a.local_date < (select date_trunc('week', me.last_day)::date + 7 from me)
), sums as (
  select r.local_date, r.category,
    count(*) filter (where not r.day_total)::integer as count,
    coalesce(sum(r.seconds * r.share) filter (where not r.day_total), 0) as seconds,
    coalesce(sum(r.kcal * r.share), 0) as kcal, coalesce(sum(r.kcal_net * r.share), 0) as kcal_net,
    count(*) filter (where r.kcal_net is null)::integer as net_unknown,
    coalesce(sum(r.distance_m * r.share), -1) as distance_m, coalesce(sum(r.ascent_m * r.share), -1) as ascent_m,
    coalesce(sum(r.seconds * r.share) filter (where not r.day_total and r.met >= 3 and r.met < 6), 0) as moderate_s,
    coalesce(sum(r.seconds * r.share) filter (where not r.day_total and r.met >= 6), 0) as vigorous_s,
    count(*) filter (where not r.day_total and r.met is null)::integer as met_unknown
  from records r
  where r.share > 0
  group by r.local_date, r.category
), lists as (
  select coalesce(array_agg(s.local_date), '{}') as days, coalesce(array_agg(s.category), '{}') as categories, coalesce(array_agg(s.count), '{}') as counts,
    coalesce(array_agg(s.seconds), '{}') as seconds, coalesce(array_agg(s.kcal), '{}') as kcal, coalesce(array_agg(s.kcal_net), '{}') as kcal_net,
    coalesce(array_agg(s.net_unknown), '{}') as net_unknown, coalesce(array_agg(s.distance_m), '{}') as distance_m,
    coalesce(array_agg(s.ascent_m), '{}') as ascent_m, coalesce(array_agg(s.moderate_s), '{}') as moderate_s,
    coalesce(array_agg(s.vigorous_s), '{}') as vigorous_s, coalesce(array_agg(s.met_unknown), '{}') as met_unknown
  from (select * from sums order by local_date, category) s
), active_days as (
  select distinct a.local_date as day
  from public.activities a
  where a.user_id = owner and a.parent_id is null and a.deleted_at is null and a.counted_share > 0 and a.family is distinct from 'day_total'
    and a.local_date <= (select me.today from me)
), day_runs as (
  select count(*)::integer as days, max(n.day) as last
  from (select d.day, d.day - row_number() over (order by d.day)::integer as run from active_days d) n
  group by n.run
), good_weeks as (
  -- Weeks with as many active days as the goal says, or one. A running week counts as soon as it has them.
  select date_trunc('week', d.day)::date as week
  from active_days d
  group by 1
  having count(*) >= greatest(1, (select me.goal from me))
), week_runs as (
  select count(*)::integer as weeks, max(n.week) as last
  from (select w.week, w.week - 7 * row_number() over (order by w.week)::integer as run from good_weeks w) n
  group by n.run
)
select me.timezone, me.today, me.goal, me.first_day, me.last_day,
  x.days, x.categories, x.counts, x.seconds, x.kcal, x.kcal_net, x.net_unknown, x.distance_m, x.ascent_m, x.moderate_s, x.vigorous_s, x.met_unknown,
  (
    select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'date', r.local_date, 'counting', r.counting, 'counted_share', r.counted_share,
      'overlaps', r.overlapping) order by r.local_date, r.id), '[]')
    from records r
    where r.share < 1 and r.local_date between me.first_day and me.last_day
  ),
  -- A streak goes on while its last day is yesterday, or its last week the one before this.
  coalesce((select r.days from day_runs r where r.last >= me.today - 1), 0),
  coalesce((select max(r.days) from day_runs r), 0),
  coalesce((select r.weeks from week_runs r where r.last >= date_trunc('week', me.today)::date - 7), 0),
  coalesce((select max(r.weeks) from week_runs r), 0),
  exists (select from active_days d where d.day = me.today),
  exists (select from good_weeks w where w.week = date_trunc('week', me.today)::date)
from me
cross join lists x
$$;
grant execute on function private.activity_summary to app, authenticated;
