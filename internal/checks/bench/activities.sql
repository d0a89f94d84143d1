-- A year of activities, weights, water and sleep for the people who have a diary: 2 000 activities for the first twenty of them, as people
-- have whose watch records each walk, and 150 for the others. Every tenth counts in part, and every fiftieth has two legs.
set session_replication_role = replica;
create temp table person as
select n, md5('person ' || n)::uuid as id, case when n <= 20 then 2000 else 150 end as activities
from generate_series(1, current_setting('bench.people')::integer) n;

insert into public.activities (user_id, id, name, category, activity, family, started_at, ended_at, local_date, timezone, zone_source, elapsed_s, timer_s,
  metrics, source_kind, recorded, kcal, kcal_net, energy_source, met, weight_kg, energy_explanation, counted_share, overlapping)
select p.id, md5(format('activity %s %s', p.n, i))::uuid, 'Along the river', c.category, c.activity, c.activity, t.at, t.at + interval '40 minutes', t.at::date,
  'Europe/Berlin', 'profile', 2400, 2400, jsonb_build_object('kind', c.kind, 'distance_km', 5 + i % 7, 'avg_heart_rate', 130 + i % 40), 'device', 'automatic',
  300 + i % 100, 250 + i % 100, 'met_table', 3 + i % 6, 80, jsonb_build_array(jsonb_build_object('code', 'met', 'message', '8.0 MET × 80 kg × 0.67 h.')),
  case when i % 10 = 1 then 0.5 else 1 end,
  case when i % 10 = 1 then jsonb_build_array(jsonb_build_object('id', md5(format('activity %s %s', p.n, i - 1))::uuid, 'kind', 'reduced', 'overlap_s', 1200,
    'counted_share', 0.5)) else '[]' end
from person p
cross join lateral generate_series(1, p.activities) i
cross join lateral (
  select timestamp '2026-10-31 06:00' - make_interval(days => i * 365 / p.activities) + make_interval(hours => 2 * (i % 6)) as at
) x
cross join lateral (select x.at at time zone 'Europe/Berlin' as at) t
cross join lateral (
  select (array['cardio_steady_state', 'cardio_interval', 'sports', 'flexibility'])[1 + i % 4] as category, (array['running', 'cycling', 'tennis', 'yoga'])[1 + i % 4] as activity,
    (array['running', 'cycling', 'other', 'other'])[1 + i % 4] as kind
) c
order by i, p.n;

insert into public.activities (user_id, id, parent_id, leg_index, category, started_at, ended_at, local_date, timezone, zone_source, elapsed_s, timer_s,
  metrics, source_kind, recorded, kcal, kcal_net, energy_source, met, weight_kg)
select a.user_id, md5(a.id || ' ' || leg)::uuid, a.id, leg, a.category, a.started_at, a.started_at + interval '20 minutes', a.local_date, a.timezone,
  'profile', 1200, 1200, '{"kind": "running", "distance_km": 4}', 'device', 'automatic', 180, 160, 'speed', 8, 80
from person p
cross join lateral generate_series(50, p.activities, 50) i
join public.activities a on a.user_id = p.id and a.id = md5(format('activity %s %s', p.n, i))::uuid
cross join generate_series(0, 1) leg;

insert into public.body_measurements (user_id, id, measured_at, local_date, timezone, weight_kg, source_kind, source_recorded)
select p.id, md5(format('weight %s %s', p.n, d))::uuid, d + time '06:00', d, 'Europe/Berlin', 80 + (p.n + d - date '2026-01-01') % 20 / 10.0, 'manual', 'manual'
from person p
cross join lateral (select date '2026-10-31' - i as d from generate_series(0, 430) i) x;

insert into public.water_entries (user_id, id, drunk_at, local_date, timezone, amount_ml)
select p.id, md5(format('water %s %s %s', p.n, d, i))::uuid, d + make_interval(hours => 8 + 3 * i), d, 'Europe/Berlin', 300
from person p
cross join lateral (select date '2026-10-31' - i as d from generate_series(0, 60) i) x
cross join generate_series(0, 2) i;

insert into public.sleep_entries (user_id, id, started_at, ended_at, local_date, timezone, asleep_minutes)
select p.id, md5(format('sleep %s %s', p.n, d))::uuid, d - interval '1 hour', d + interval '7 hours', d, 'Europe/Berlin', 420 + p.n % 40
from person p
cross join lateral (select date '2026-10-31' - i as d from generate_series(0, 60) i) x;

drop table person;
set session_replication_role = origin;
