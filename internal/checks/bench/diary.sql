-- A diary as after two years of service: rows are in the order of time, so that those of one person are spread over the whole
-- table. One person in a hundred logs twenty items a day, the others one or two per meal.
--
-- Triggers and foreign keys are disabled, and indexes are built at the end, because that is much faster.
insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, recovery_token, email_change_token_new, email_change,
  raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
select u.instance_id, md5('person ' || n)::uuid, u.aud, u.role, 'person' || n || '@example.com', u.encrypted_password, u.email_confirmed_at, '', '', '', '',
  u.raw_app_meta_data, u.raw_user_meta_data, u.created_at, u.updated_at
from auth.users u
cross join generate_series(1, current_setting('bench.people')::integer) n
where u.email = 'ann@example.com';
insert into auth.sessions (id, user_id, created_at, updated_at, aal)
select id, id, now(), now(), 'aal1' from auth.users where email like 'person%';
update public.profiles p
set timezone = 'Europe/Berlin', target_source = a.target_source, target_calories = a.target_calories, target_protein_g = a.target_protein_g,
  target_carbs_g = a.target_carbs_g, target_fat_g = a.target_fat_g, target_explanation = a.target_explanation
from public.profiles a
where a.email = 'ann@example.com' and p.email like 'person%';

set session_replication_role = replica;
set work_mem = '64MB';
update pg_index set indisready = false, indisvalid = false where indrelid in ('public.meals'::regclass, 'public.meal_items'::regclass);

create temp table person as
select n, md5('person ' || n)::uuid as id, n % 100 = 0 as heavy from generate_series(1, current_setting('bench.people')::integer) n;
-- Portions of real foods, computed as the API computes them.
create temp table portion as
select row_number() over () - 1 as n, x.*
from (
  select jsonb_agg(jsonb_build_object('kind', 'grams', 'food_id', f.id, 'grams', 20 + f.n % 480)) as items
  from (select id, row_number() over (order by source_id) as n from public.foods where source <> 'bench' and created_by is null order by source_id limit 2000) f
) w
cross join private.portions(null, w.items) x;
create index on portion (n);
analyze portion;
analyze person;

do $$
declare
  portions bigint := (select count(*) from portion);
  -- The names of the nutrient columns, read from the catalogue so that no list has to be kept here.
  nutrients text := (
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
    from pg_attribute a
    join pg_attribute k on k.attrelid = a.attrelid and k.attname = a.attname || '_known'
    where a.attrelid = 'public.nutrition_days'::regclass);
  first date := date '2026-11-01' - current_setting('bench.days')::integer;
begin
  for day in 0 .. current_setting('bench.days')::integer - 1 loop
    create temp table logged on commit drop as
    select p.id as user_id, p.n, s, md5(format('meal %s %s %s', p.n, day, s))::uuid as meal_id, first + day + make_interval(hours => 7 + s * 5, mins => p.n % 60) as at,
      case when p.heavy then 7 - s / 2 else 1 + (p.n + day + s) % 2 end as items
    from generate_series(0, 2) s
    cross join person p
    order by s, p.n;
    insert into public.meals (user_id, id, meal_type, eaten_at, local_date, timezone, source, next_position, created_at, updated_at)
    select l.user_id, l.meal_id, (array['breakfast', 'lunch', 'dinner'])[l.s + 1], l.at, first + day, 'Europe/Berlin', 'manual', l.items, l.at, l.at
    from logged l;
    execute format(
      'insert into public.meal_items (user_id, id, meal_id, local_date, position, kind, food_id, label, name, brand, grams, basis, created_at, updated_at, %1$s)
      select l.user_id, md5(l.n || '' '' || l.at || '' '' || i)::uuid, l.meal_id, $1, i, x.kind, x.food_id, x.label, x.name, x.brand, x.grams, x.basis, l.at, l.at, %1$s
      from logged l
      cross join lateral generate_series(0, l.items - 1) i
      join portion x on x.n = (l.n * 7919::bigint + $2 * 31 + l.s * 7 + i * 13) %% $3
      order by l.s, l.n', nutrients)
      using first + day, day, portions;
    drop table logged;
  end loop;
end $$;
drop table portion;
drop table person;

-- The sums that the disabled triggers would have written.
do $$
begin
  execute (
    select format('insert into public.nutrition_days (user_id, local_date, items, %s) select i.user_id, i.local_date, count(*), %s
      from public.meal_items i group by i.user_id, i.local_date order by i.local_date, i.user_id',
      string_agg(format('%1$I, %1$s_known', a.attname), ', '), string_agg(format('coalesce(sum(i.%1$I), 0), count(i.%1$I)', a.attname), ', '))
    from pg_attribute a
    join pg_attribute k on k.attrelid = a.attrelid and k.attname = a.attname || '_known'
    where a.attrelid = 'public.nutrition_days'::regclass);
end $$;

reindex table public.meals;
reindex table public.meal_items;
set session_replication_role = origin;
