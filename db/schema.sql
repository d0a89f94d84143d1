-- The schema as migrations/ and db/functions/ make it: written by make gen, never edited.

SET check_function_bodies = false;

CREATE SCHEMA private;

CREATE TYPE private.food_hit AS (
	food_id uuid,
	section integer,
	score bigint,
	searched text,
	reading integer,
	is_corrected boolean,
	ignored text[]
);

CREATE DOMAIN private.nutrients AS numeric[];

CREATE FUNCTION private.activity_summary(owner uuid, from_day date, to_day date, now timestamp with time zone) RETURNS TABLE(timezone text, today date, goal smallint, first_day date, last_day date, days date[], categories text[], counts integer[], seconds double precision[], kcal double precision[], kcal_net double precision[], net_unknown integer[], distance_m double precision[], ascent_m double precision[], moderate_s double precision[], vigorous_s double precision[], met_unknown integer[], left_out jsonb, day_streak integer, longest_day_streak integer, week_streak integer, longest_week_streak integer, active_today boolean, week_done boolean)
    LANGUAGE sql STABLE
    SET search_path TO ''
    SET enable_nestloop TO 'off'
    AS $$
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

CREATE FUNCTION private.add_activity_import(owner uuid, import uuid, content bytea, size_bytes integer, options jsonb, queue text) RETURNS timestamp with time zone
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if owner is distinct from auth.uid() then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(owner || ' imports', 3)); -- or two could both be the twentieth
  if (select count(*) from public.activity_imports i where i.user_id = owner and i.status in ('queued', 'running')) >= 20 then
    raise exception 'too_many_imports' using errcode = 'UC000';
  end if;
  insert into public.activity_imports (user_id, id, content, size_bytes, options)
  values (owner, import, add_activity_import.content, add_activity_import.size_bytes, add_activity_import.options);
  perform private.queue_job('activity_import', jsonb_build_object('user_id', owner, 'import_id', import), queue);
  return now();
end $$;

CREATE PROCEDURE private.add_nutrient(IN key text, IN most numeric)
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $_$
begin
  execute format('alter table public.foods add column %1$I numeric(12, 6) check (%1$I between 0 and %2$s)', key, most);
  execute format('alter table public.meal_items add column %1$I numeric(12, 3) check (%1$I >= 0 and %1$I <> ''NaN'')', key);
  execute format('grant update (%1$I) on public.foods, public.meal_items to authenticated', key);
  call private.add_nutrient_to_days(key);
end $_$;

CREATE PROCEDURE private.add_nutrient_to_days(IN key text)
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  execute format('alter table public.nutrition_days add column %I numeric not null default 0', key);
  execute format('alter table public.nutrition_days add column %I integer not null default 0', key || '_known');
end $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.meal_items (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    meal_id uuid NOT NULL,
    local_date date NOT NULL,
    "position" integer NOT NULL,
    kind text NOT NULL,
    food_id uuid,
    serving_id uuid,
    count numeric,
    serving_grams numeric(9,4),
    label text NOT NULL,
    name text NOT NULL,
    brand text,
    grams numeric(8,3),
    basis jsonb,
    calories numeric(12,3) NOT NULL,
    protein_g numeric(12,3),
    carbs_g numeric(12,3),
    fat_g numeric(12,3),
    fiber_g numeric(12,3),
    sugar_g numeric(12,3),
    added_sugar_g numeric(12,3),
    saturated_fat_g numeric(12,3),
    cholesterol_mg numeric(12,3),
    sodium_mg numeric(12,3),
    potassium_mg numeric(12,3),
    calcium_mg numeric(12,3),
    iron_mg numeric(12,3),
    vitamin_d_mcg numeric(12,3),
    caffeine_mg numeric(12,3),
    alcohol_g numeric(12,3),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    trans_fat_g numeric(12,3),
    monounsaturated_fat_g numeric(12,3),
    polyunsaturated_fat_g numeric(12,3),
    magnesium_mg numeric(12,3),
    phosphorus_mg numeric(12,3),
    zinc_mg numeric(12,3),
    selenium_mcg numeric(12,3),
    vitamin_a_mcg numeric(12,3),
    vitamin_c_mg numeric(12,3),
    vitamin_e_mg numeric(12,3),
    vitamin_k_mcg numeric(12,3),
    vitamin_b6_mg numeric(12,3),
    vitamin_b12_mcg numeric(12,3),
    thiamin_mg numeric(12,3),
    riboflavin_mg numeric(12,3),
    niacin_mg numeric(12,3),
    folate_mcg numeric(12,3),
    choline_mg numeric(12,3),
    CONSTRAINT meal_items_added_sugar_g_check CHECK ((added_sugar_g >= (0)::numeric)),
    CONSTRAINT meal_items_alcohol_g_check CHECK ((alcohol_g >= (0)::numeric)),
    CONSTRAINT meal_items_brand_check CHECK (((char_length(brand) >= 1) AND (char_length(brand) <= 200))),
    CONSTRAINT meal_items_caffeine_mg_check CHECK ((caffeine_mg >= (0)::numeric)),
    CONSTRAINT meal_items_calcium_mg_check CHECK ((calcium_mg >= (0)::numeric)),
    CONSTRAINT meal_items_calories_check CHECK ((calories >= (0)::numeric)),
    CONSTRAINT meal_items_carbs_g_check CHECK ((carbs_g >= (0)::numeric)),
    CONSTRAINT meal_items_cholesterol_mg_check CHECK ((cholesterol_mg >= (0)::numeric)),
    CONSTRAINT meal_items_choline_mg_check CHECK (((choline_mg >= (0)::numeric) AND (choline_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_count_check CHECK (((count > (0)::numeric) AND (count <= (50)::numeric))),
    CONSTRAINT meal_items_fat_g_check CHECK ((fat_g >= (0)::numeric)),
    CONSTRAINT meal_items_fiber_g_check CHECK ((fiber_g >= (0)::numeric)),
    CONSTRAINT meal_items_folate_mcg_check CHECK (((folate_mcg >= (0)::numeric) AND (folate_mcg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_grams_check CHECK (((grams >= (0)::numeric) AND (grams <= (10000)::numeric))),
    CONSTRAINT meal_items_iron_mg_check CHECK ((iron_mg >= (0)::numeric)),
    CONSTRAINT meal_items_kind CHECK (
CASE kind
    WHEN 'grams'::text THEN ((num_nulls(food_id, grams, basis) = 0) AND (num_nonnulls(serving_id, count, serving_grams) = 0))
    WHEN 'serving'::text THEN (num_nulls(food_id, grams, basis, serving_id, count, serving_grams) = 0)
    WHEN 'quick'::text THEN (num_nonnulls(food_id, grams, basis, serving_id, count, serving_grams, brand) = 0)
    ELSE NULL::boolean
END),
    CONSTRAINT meal_items_kind_check CHECK ((kind = ANY (ARRAY['grams'::text, 'serving'::text, 'quick'::text]))),
    CONSTRAINT meal_items_label_check CHECK (((char_length(label) >= 1) AND (char_length(label) <= 100))),
    CONSTRAINT meal_items_magnesium_mg_check CHECK (((magnesium_mg >= (0)::numeric) AND (magnesium_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_monounsaturated_fat_g_check CHECK (((monounsaturated_fat_g >= (0)::numeric) AND (monounsaturated_fat_g <> 'NaN'::numeric))),
    CONSTRAINT meal_items_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 300))),
    CONSTRAINT meal_items_niacin_mg_check CHECK (((niacin_mg >= (0)::numeric) AND (niacin_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_numbers CHECK (('NaN'::numeric <> ALL (ARRAY[serving_grams, calories, protein_g, carbs_g, fat_g, fiber_g, sugar_g, added_sugar_g, saturated_fat_g, cholesterol_mg, sodium_mg, potassium_mg, calcium_mg, iron_mg, vitamin_d_mcg, caffeine_mg, alcohol_g]))),
    CONSTRAINT meal_items_phosphorus_mg_check CHECK (((phosphorus_mg >= (0)::numeric) AND (phosphorus_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_polyunsaturated_fat_g_check CHECK (((polyunsaturated_fat_g >= (0)::numeric) AND (polyunsaturated_fat_g <> 'NaN'::numeric))),
    CONSTRAINT meal_items_potassium_mg_check CHECK ((potassium_mg >= (0)::numeric)),
    CONSTRAINT meal_items_protein_g_check CHECK ((protein_g >= (0)::numeric)),
    CONSTRAINT meal_items_riboflavin_mg_check CHECK (((riboflavin_mg >= (0)::numeric) AND (riboflavin_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_saturated_fat_g_check CHECK ((saturated_fat_g >= (0)::numeric)),
    CONSTRAINT meal_items_selenium_mcg_check CHECK (((selenium_mcg >= (0)::numeric) AND (selenium_mcg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_serving_grams_check CHECK ((serving_grams > (0)::numeric)),
    CONSTRAINT meal_items_sodium_mg_check CHECK ((sodium_mg >= (0)::numeric)),
    CONSTRAINT meal_items_sugar_g_check CHECK ((sugar_g >= (0)::numeric)),
    CONSTRAINT meal_items_thiamin_mg_check CHECK (((thiamin_mg >= (0)::numeric) AND (thiamin_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_trans_fat_g_check CHECK (((trans_fat_g >= (0)::numeric) AND (trans_fat_g <> 'NaN'::numeric))),
    CONSTRAINT meal_items_vitamin_a_mcg_check CHECK (((vitamin_a_mcg >= (0)::numeric) AND (vitamin_a_mcg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_vitamin_b12_mcg_check CHECK (((vitamin_b12_mcg >= (0)::numeric) AND (vitamin_b12_mcg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_vitamin_b6_mg_check CHECK (((vitamin_b6_mg >= (0)::numeric) AND (vitamin_b6_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_vitamin_c_mg_check CHECK (((vitamin_c_mg >= (0)::numeric) AND (vitamin_c_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_vitamin_d_mcg_check CHECK ((vitamin_d_mcg >= (0)::numeric)),
    CONSTRAINT meal_items_vitamin_e_mg_check CHECK (((vitamin_e_mg >= (0)::numeric) AND (vitamin_e_mg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_vitamin_k_mcg_check CHECK (((vitamin_k_mcg >= (0)::numeric) AND (vitamin_k_mcg <> 'NaN'::numeric))),
    CONSTRAINT meal_items_zinc_mg_check CHECK (((zinc_mg >= (0)::numeric) AND (zinc_mg <> 'NaN'::numeric)))
);

CREATE FUNCTION private.add_to_days(changed public.meal_items[], times integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
begin
  if times > 0 then
    insert into public.nutrition_days (user_id, local_date)
    select distinct i.user_id, i.local_date from unnest(changed) i order by i.user_id, i.local_date
    on conflict do nothing;
  end if;
  update public.nutrition_days d
  set items = d.items + s.items,
    -- nutrients: {} = d.{} + s.sums[{n}], {}_known = d.{}_known + s.known[{n}]
    calories = d.calories + s.sums[1], calories_known = d.calories_known + s.known[1],
    protein_g = d.protein_g + s.sums[2], protein_g_known = d.protein_g_known + s.known[2],
    carbs_g = d.carbs_g + s.sums[3], carbs_g_known = d.carbs_g_known + s.known[3],
    fat_g = d.fat_g + s.sums[4], fat_g_known = d.fat_g_known + s.known[4],
    fiber_g = d.fiber_g + s.sums[5], fiber_g_known = d.fiber_g_known + s.known[5],
    sugar_g = d.sugar_g + s.sums[6], sugar_g_known = d.sugar_g_known + s.known[6],
    added_sugar_g = d.added_sugar_g + s.sums[7], added_sugar_g_known = d.added_sugar_g_known + s.known[7],
    saturated_fat_g = d.saturated_fat_g + s.sums[8], saturated_fat_g_known = d.saturated_fat_g_known + s.known[8],
    cholesterol_mg = d.cholesterol_mg + s.sums[9], cholesterol_mg_known = d.cholesterol_mg_known + s.known[9],
    sodium_mg = d.sodium_mg + s.sums[10], sodium_mg_known = d.sodium_mg_known + s.known[10],
    potassium_mg = d.potassium_mg + s.sums[11], potassium_mg_known = d.potassium_mg_known + s.known[11],
    calcium_mg = d.calcium_mg + s.sums[12], calcium_mg_known = d.calcium_mg_known + s.known[12],
    iron_mg = d.iron_mg + s.sums[13], iron_mg_known = d.iron_mg_known + s.known[13],
    vitamin_d_mcg = d.vitamin_d_mcg + s.sums[14], vitamin_d_mcg_known = d.vitamin_d_mcg_known + s.known[14],
    caffeine_mg = d.caffeine_mg + s.sums[15], caffeine_mg_known = d.caffeine_mg_known + s.known[15],
    alcohol_g = d.alcohol_g + s.sums[16], alcohol_g_known = d.alcohol_g_known + s.known[16],
    trans_fat_g = d.trans_fat_g + s.sums[17], trans_fat_g_known = d.trans_fat_g_known + s.known[17],
    monounsaturated_fat_g = d.monounsaturated_fat_g + s.sums[18], monounsaturated_fat_g_known = d.monounsaturated_fat_g_known + s.known[18],
    polyunsaturated_fat_g = d.polyunsaturated_fat_g + s.sums[19], polyunsaturated_fat_g_known = d.polyunsaturated_fat_g_known + s.known[19],
    magnesium_mg = d.magnesium_mg + s.sums[20], magnesium_mg_known = d.magnesium_mg_known + s.known[20],
    phosphorus_mg = d.phosphorus_mg + s.sums[21], phosphorus_mg_known = d.phosphorus_mg_known + s.known[21],
    zinc_mg = d.zinc_mg + s.sums[22], zinc_mg_known = d.zinc_mg_known + s.known[22],
    selenium_mcg = d.selenium_mcg + s.sums[23], selenium_mcg_known = d.selenium_mcg_known + s.known[23],
    vitamin_a_mcg = d.vitamin_a_mcg + s.sums[24], vitamin_a_mcg_known = d.vitamin_a_mcg_known + s.known[24],
    vitamin_c_mg = d.vitamin_c_mg + s.sums[25], vitamin_c_mg_known = d.vitamin_c_mg_known + s.known[25],
    vitamin_e_mg = d.vitamin_e_mg + s.sums[26], vitamin_e_mg_known = d.vitamin_e_mg_known + s.known[26],
    vitamin_k_mcg = d.vitamin_k_mcg + s.sums[27], vitamin_k_mcg_known = d.vitamin_k_mcg_known + s.known[27],
    vitamin_b6_mg = d.vitamin_b6_mg + s.sums[28], vitamin_b6_mg_known = d.vitamin_b6_mg_known + s.known[28],
    vitamin_b12_mcg = d.vitamin_b12_mcg + s.sums[29], vitamin_b12_mcg_known = d.vitamin_b12_mcg_known + s.known[29],
    thiamin_mg = d.thiamin_mg + s.sums[30], thiamin_mg_known = d.thiamin_mg_known + s.known[30],
    riboflavin_mg = d.riboflavin_mg + s.sums[31], riboflavin_mg_known = d.riboflavin_mg_known + s.known[31],
    niacin_mg = d.niacin_mg + s.sums[32], niacin_mg_known = d.niacin_mg_known + s.known[32],
    folate_mcg = d.folate_mcg + s.sums[33], folate_mcg_known = d.folate_mcg_known + s.known[33],
    choline_mg = d.choline_mg + s.sums[34], choline_mg_known = d.choline_mg_known + s.known[34]
    -- nutrients end
  from (
    select n.user_id, n.local_date, n.items, array_agg(n.amount order by n.id) as sums, array_agg(n.known order by n.id) as known
    from (
      select i.user_id, i.local_date, a.id, times * count(*) as items, times * coalesce(sum(a.amount), 0) as amount,
        times * count(a.amount) as known
      from unnest(changed) i
      cross join unnest(private.item_nutrients(i)) with ordinality a (amount, id)
      group by i.user_id, i.local_date, a.id
    ) n
    group by n.user_id, n.local_date, n.items
  ) s
  where d.user_id = s.user_id and d.local_date = s.local_date;
end $$;

CREATE FUNCTION private.append_coach_events(owners uuid[], held uuid[], attempts integer[], messages uuid[], seqs integer[], types text[], datas jsonb[]) RETURNS TABLE(message_id uuid, cancelled boolean, lost boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  return query
  with mine as materialized (
    update public.coach_messages m
    set lease_until = now() + interval '15 seconds',
      last_seq = greatest(m.last_seq, coalesce((select max(e.seq) from unnest(messages, seqs) as e(id, seq) where e.id = m.id), 0))
    from unnest(owners, held, attempts) as h(user_id, id, attempt)
    where m.user_id = h.user_id and m.id = h.id and m.attempt = h.attempt and m.status = 'running' and m.deleted_at is null
    returning m.id, m.user_id, m.cancel_requested_at
  ), added as (
    insert into public.coach_events (user_id, message_id, seq, type, data)
    select m.user_id, m.id, e.seq, e.type, e.data
    from unnest(messages, seqs, types, datas) as e(id, seq, type, data)
    join mine m on m.id = e.id
    on conflict do nothing -- the same events again, after a commit whose outcome was not known
  )
  select h.id, coalesce(m.cancel_requested_at is not null, false), m.id is null
  from unnest(held) as h(id)
  left join mine m on m.id = h.id
  where m.id is null or m.cancel_requested_at is not null;
  -- A notification takes a lock of the whole instance until the commit: one for a flush. It holds at most 8000 bytes.
  perform pg_notify('coach_events', string_agg(n.id::text, ' '))
  from (select d.id, row_number() over () / 200 as part from (select distinct u as id from unnest(messages) u) d) n
  group by n.part;
end $$;

CREATE FUNCTION private.applied_function_sets() RETURNS TABLE(sha256 text, applied_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select s.sha256, s.applied_at from private.function_sets s
$$;

CREATE FUNCTION private.begin_coach_reply(owner uuid, message uuid) RETURNS TABLE(conversation_id uuid, reply_to uuid, attempt integer, last_seq integer, said boolean, cancelled boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  return query
  update public.coach_messages m
  set status = 'running', attempt = m.attempt + 1, lease_until = now() + interval '15 seconds'
  where m.user_id = owner and m.id = message and m.role = 'assistant' and m.deleted_at is null
    and (m.status = 'queued' or m.status = 'running' and m.lease_until < now())
  returning m.conversation_id, m.reply_to, m.attempt, m.last_seq,
    exists (
      select from public.coach_events e where e.user_id = owner and e.message_id = message and e.type in ('message.delta', 'proposal')),
    m.cancel_requested_at is not null;
end $$;

CREATE FUNCTION private.begins_with(whole text, beginning text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select whole operator(pg_catalog.~>=~) beginning and whole operator(pg_catalog.~<~) (beginning || U&'\+10FFFF')
$$;

CREATE FUNCTION private.bound_day() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if new.deleted_at is not null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(new.user_id || ' ' || new.local_date, 1));
  if 100 <= (
    select count(*)
    from public.meals m
    where m.user_id = new.user_id and m.local_date = new.local_date and m.deleted_at is null and m.id <> new.id
  ) then
    perform private.refuse_field('', 'day_full');
  end if;
  return new;
end $$;

CREATE FUNCTION private.bound_legs() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  perform private.lock_activities(new.user_id);
  if new.deleted_at is null and 100 <= (
    select count(*)
    from public.activities a
    where a.user_id = new.user_id and a.parent_id = new.parent_id and a.deleted_at is null and a.id <> new.id
  ) then
    perform private.refuse_field('parent_id', 'too_many_legs');
  end if;
  return new;
end $$;

CREATE FUNCTION private.bound_meal() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if exists (
    select
    from (select distinct n.user_id, n.meal_id from new_items n) n
    join public.meal_items i on i.user_id = n.user_id and i.meal_id = n.meal_id and i.deleted_at is null
    group by n.meal_id
    having count(*) > 100
  ) then
    perform private.refuse_field('items', 'meal_full');
  end if;
  return null;
end $$;

CREATE FUNCTION private.bound_memory(owner uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  delete from public.embeddings e
  where (e.user_id, e.source_kind, e.source_id) in (
    select o.user_id, o.source_kind, o.source_id
    from public.embeddings o
    where o.user_id = owner
    order by case o.source_kind when 'fact' then 0 when 'message' then 2 else 1 end, o.at desc
    offset 10000)
$$;

CREATE FUNCTION private.bound_sleep() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  changed constant boolean := tg_op = 'UPDATE';
  -- A refusal names what the client sent: a change may be of the start, of the minutes or of the zone alone.
  length_field constant text := case when changed and new.ended_at = old.ended_at then 'started_at' else 'ended_at' end;
begin
  if new.deleted_at is not null then
    return new;
  end if;
  if new.ended_at <= new.started_at then
    perform private.refuse_field(length_field, 'ends_before_start');
  elsif new.ended_at < new.started_at + interval '1 minute' then
    perform private.refuse_field(length_field, 'sleep_too_short');
  elsif new.ended_at > new.started_at + interval '24 hours' then
    perform private.refuse_field(length_field, 'sleep_too_long');
  end if;
  new.asleep_minutes := coalesce(new.asleep_minutes, floor(extract(epoch from new.ended_at - new.started_at) / 60));
  if new.asleep_minutes * interval '1 minute' > new.ended_at - new.started_at then
    if changed and new.asleep_minutes = old.asleep_minutes then
      perform private.refuse_field(length_field, 'shorter_than_asleep');
    end if;
    perform private.refuse_field('asleep_minutes', 'longer_than_in_bed');
  end if;
  perform pg_advisory_xact_lock(hashtextextended(new.user_id || ' sleep', 3));
  if exists (
    select
    from public.sleep_entries s
    where s.user_id = new.user_id
      and s.local_date between new.local_date - 2 and new.local_date + 2 -- at most 24 hours long, and zones are at most 26 hours apart
      and s.deleted_at is null
      and s.id <> new.id
      and s.started_at < new.ended_at
      and s.ended_at > new.started_at
  ) then
    perform private.refuse_field(
      case when changed and new.started_at = old.started_at then 'ended_at' else 'started_at' end, 'sleep_overlaps');
  end if;
  if 20 <= (
    select count(*)
    from public.sleep_entries s
    where s.user_id = new.user_id and s.local_date = new.local_date and s.deleted_at is null and s.id <> new.id
  ) then
    perform private.refuse_field(
      case when changed and new.timezone <> old.timezone and new.ended_at = old.ended_at then 'timezone' else 'ended_at' end, 'too_many_entries');
  end if;
  return new;
end $$;

CREATE FUNCTION private.bound_water() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if new.deleted_at is not null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(new.user_id || ' water', 3));
  if 100 <= (
    select count(*)
    from public.water_entries w
    where w.user_id = new.user_id and w.local_date = new.local_date and w.deleted_at is null and w.id <> new.id
  ) then
    perform private.refuse_field(
      case when tg_op = 'UPDATE' and new.timezone <> old.timezone and new.drunk_at = old.drunk_at then 'timezone' else 'drunk_at' end, 'too_many_entries');
  end if;
  return new;
end $$;

CREATE FUNCTION private.cancel_coach_reply(owner uuid, message uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if owner is distinct from auth.uid() then
    return false;
  end if;
  update public.coach_messages m
  set cancel_requested_at = coalesce(m.cancel_requested_at, now())
  where m.user_id = owner and m.id = message and m.role = 'assistant' and m.deleted_at is null;
  return found;
end $$;

CREATE FUNCTION private.canonical_zone(zone text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select case zone
    when 'CET' then 'Europe/Brussels'
    when 'MET' then 'Europe/Brussels'
    when 'EET' then 'Europe/Athens'
    when 'WET' then 'Europe/Lisbon'
    else zone
  end
$$;

CREATE FUNCTION private.change_day_sums() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if tg_op = 'UPDATE' then
    -- Always lock in this order, or two transactions that swap two meals between two days would deadlock.
    perform
    from public.nutrition_days d
    where (d.user_id, d.local_date) in (select o.user_id, o.local_date from old_items o union select n.user_id, n.local_date from new_items n)
    order by d.user_id, d.local_date
    for update;
  end if;
  if tg_op <> 'INSERT' then
    perform private.add_to_days(array(select row(o.*)::public.meal_items from old_items o where o.deleted_at is null), -1);
  end if;
  if tg_op <> 'DELETE' then
    perform private.add_to_days(array(select row(n.*)::public.meal_items from new_items n where n.deleted_at is null), 1);
  end if;
  return null;
end $$;

CREATE FUNCTION private.check_portions(owner uuid, items jsonb) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
declare
  problems jsonb;
  cause text;
begin
  with item as (
    select a.ordinality::integer - 1 as place, a.kind, a.food_id, a.serving_id, a.count, a.serving_grams, a.basis, a.name
    from rows from (jsonb_to_recordset(items) as (kind text, food_id uuid, serving_id uuid, count numeric, serving_grams numeric, basis jsonb, name text)) with ordinality a
  ), problem as (
    select w.place, p.field, p.code
    from item w
    left join lateral (
      select f.id from public.foods f where f.id = w.food_id and f.deleted_at is null and (f.created_by is null or f.created_by = owner) limit 1
    ) f on true
    left join lateral (
      select s.* from public.food_servings s where s.id = w.serving_id and s.deleted_at is null and (s.created_by is null or s.created_by = owner) limit 1
    ) s on true
    cross join lateral (
      select 'food_id' as field, 'food_not_found' as code where w.kind <> 'quick' and w.basis is null and f.id is null
      union all
      select 'serving_id', 'serving_not_found' where w.kind = 'serving' and w.serving_grams is null and s.id is null
      union all
      select 'serving_id', 'serving_of_another_food' where w.kind = 'serving' and w.serving_grams is null and s.food_id <> w.food_id
      union all
      select 'count', 'too_heavy' where w.kind = 'serving' and coalesce(w.serving_grams, s.grams) * round(w.count, 9) > 10000
      union all
      select 'name', 'blank' where w.kind = 'quick' and w.name !~ '[^[:space:]]'
    ) p
  )
  select jsonb_agg(jsonb_build_object('place', p.place, 'field', p.field, 'code', p.code) order by p.place, p.field),
    case when bool_or(p.code = 'food_not_found') then 'food_not_found' when bool_or(p.code = 'serving_not_found') then 'serving_not_found' else 'rule_broken' end
  into problems, cause
  from problem p;
  if problems is not null then
    raise exception '%', cause using errcode = 'UC000', detail = problems::text;
  end if;
end $$;

CREATE FUNCTION private.claim_idempotency_key(owner uuid, wanted text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended(owner || ' ' || wanted, 0)) then
    raise exception 'idempotency_in_progress' using errcode = 'UC000';
  end if;
  if exists (
    select
    from private.idempotency_keys k
    where k.user_id = owner and k.key = wanted and k.created_at > now() - interval '24 hours'
  ) then
    raise exception 'idempotency_answered' using errcode = 'UC000';
  end if;
end $$;

CREATE FUNCTION private.coach_recall(owner uuid, question text, question_vector real[], current_model text, least_similarity real, page_size integer) RETURNS TABLE(source_kind text, source_id uuid, content text, at timestamp with time zone, similarity real, score double precision)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  with mine as materialized (
    select e.source_kind, e.source_id, e.words, e.at,
      case when e.model = current_model and e.dimension = cardinality(question_vector)
        then (1 - (e.embedding operator(extensions.<=>) question_vector::extensions.halfvec))::real end as similarity
    from public.embeddings e
    where e.user_id = owner and e.content <> '' and e.content <> question
      and exists (select from public.coach_settings s where s.user_id = owner and s.memory_enabled)
      and not (e.source_kind = 'message' and exists (
        select from public.coach_memories f where f.user_id = owner and f.message_id = e.source_id))
  ), matches as (
    select m.source_kind, m.source_id, m.at, ln(1 + (select count(*) from mine) / count(*) over (partition by t.term)::double precision) as rarity
    from private.recall_terms(question) as t (term)
    join mine m on m.words @@ t.term
  ), by_words as (
    select w.source_kind, w.source_id, row_number() over (order by sum(w.rarity) desc, max(w.at) desc, w.source_id) as place
    from matches w
    group by w.source_kind, w.source_id
    order by place
    limit 50
  ), by_meaning as (
    select m.source_kind, m.source_id, row_number() over (order by m.similarity desc, m.at desc, m.source_id) as place
    from mine m
    where m.similarity >= greatest(least_similarity, 0.6 * (select max(b.similarity) from mine b))
    order by place
    limit 50
  ), fused as (
    select source_kind, source_id, sum(1.0 / (60 + p.place)) as score
    from (select * from by_words union all select * from by_meaning) p
    group by source_kind, source_id
  )
  select e.source_kind, e.source_id, e.content, e.at, m.similarity, f.score::double precision
  from fused f
  join mine m using (source_kind, source_id)
  join public.embeddings e on e.user_id = owner and e.source_kind = f.source_kind and e.source_id = f.source_id
  order by f.score desc, e.at desc, e.source_id
  limit page_size
$$;

CREATE FUNCTION private.coach_use(owner uuid, since timestamp with time zone) RETURNS TABLE(tokens bigint, dollars numeric)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(sum(m.input_tokens + m.output_tokens), 0)::bigint, coalesce(sum(m.cost), 0)
  from public.coach_messages m
  where m.user_id = owner
    and m.created_at >= since
    and m.input_tokens is not null
$$;

CREATE FUNCTION private.copy_email() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  update public.profiles
  set email = coalesce(new.email, ''), version = version + 1, updated_at = now()
  where id = new.id;
  return new;
end $$;

CREATE FUNCTION private.copy_meals(owner uuid, meal uuid, day date, copy_id uuid, to_day date, to_zone text, to_type text) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  sources uuid[];
  copies uuid[];
begin
  select array_agg(m.id order by m.eaten_at, m.id), array_agg(coalesce(copy_id, gen_random_uuid())) into sources, copies
  from public.meals m
  where m.user_id = owner and m.deleted_at is null and (m.id = meal or m.local_date = day);
  if sources is null and meal is not null then
    raise exception 'meal_not_found' using errcode = 'UC000';
  end if;
  if exists (
    select
    from public.meals m
    join public.profiles p on p.id = owner
    where m.user_id = owner and m.id = any (sources)
      and private.same_time_on(to_day, m.eaten_at, m.timezone, coalesce(to_zone, p.timezone)) is null
  ) then
    if meal is null then
      perform private.refuse_field('to', 'day_skipped');
    else
      perform private.refuse_field('date', 'day_skipped');
    end if;
  end if;

  insert into public.meals (user_id, id, name, meal_type, eaten_at, local_date, timezone, notes, source, next_position)
  select m.user_id, pair.copy, m.name, coalesce(to_type, m.meal_type), t.moment, private.local_date(t.moment, z.zone), z.zone, m.notes,
    'copy', m.next_position
  from rows from (unnest(sources), unnest(copies)) as pair (source, copy)
  join public.meals m on m.user_id = owner and m.id = pair.source
  join public.profiles p on p.id = owner
  cross join lateral (select coalesce(to_zone, p.timezone) as zone) z
  cross join lateral (select private.same_time_on(to_day, m.eaten_at, m.timezone, z.zone) as moment) t;

  insert into public.meal_items
  select copied.*
  from rows from (unnest(sources), unnest(copies)) as pair (source, copy)
  join public.meals m on m.user_id = owner and m.id = pair.copy
  join public.meal_items i on i.user_id = owner and i.meal_id = pair.source and i.deleted_at is null
  cross join lateral jsonb_populate_record(i, jsonb_build_object(
    'id', gen_random_uuid(), 'meal_id', m.id, 'local_date', m.local_date, 'created_at', now(), 'updated_at', now())) copied;
  return coalesce(copies, '{}');
end $$;

CREATE FUNCTION private.correct_food_words(words text[], me uuid, scope text, replace_unknown boolean, OUT corrected text[], OUT unknown text[], OUT guesses text[]) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
declare
  word text;
  is_prefix boolean;
  foods integer;
  better text;
begin
  corrected := '{}';
  unknown := '{}';
  guesses := '{}';
  for i in 1 .. cardinality(words) loop
    word := words[i];
    is_prefix := i = cardinality(words);
    better := null;
    if not private.is_spelled_right(word, is_prefix, me, scope) then
      foods := case when scope <> 'own' then private.foods_with_word(word, is_prefix) end;
      if foods is null and replace_unknown then
        better := private.word_one_typo_away(word, me, scope, null);
        if better is null then
          better := private.word_most_alike(word, me, scope);
          if better is null then
            unknown := unknown || word;
            continue;
          end if;
          guesses := guesses || better;
        end if;
      elsif foods is not null and char_length(word) > 4 then
        better := private.word_one_typo_away(word, me, scope, foods * 100);
      end if;
    end if;
    corrected := corrected || coalesce(better, word);
  end loop;
  if corrected = '{}' or corrected = words then
    corrected := null;
  end if;
end $$;

CREATE FUNCTION private.count_activities_once(owner uuid, from_time timestamp with time zone, to_time timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  margin constant interval := '10 minutes'; -- a clock may be wrong by as much
  longest constant interval := '4 days'; -- until window_end: a timer has a day, and more than three times the timer is cut to it
  low timestamptz := from_time - margin;
  high timestamptz := to_time + margin;
  wider record;
  r record;
  other record;
  accepted uuid[] := '{}';
  found jsonb;
  share numeric;
  rest numeric;
begin
  -- As far as records overlap: first back, then on. Again when that has left what was read.
  loop
    wider := row(low, high);
    for r in
      select a.started_at, private.window_end(a) as window_end
      from public.activities a
      where a.user_id = owner and a.deleted_at is null and a.parent_id is null and a.family is distinct from 'day_total'
        and a.started_at > low - longest and a.started_at < high
      order by a.started_at desc
    loop
      if r.window_end > low then
        low := least(low, r.started_at - margin);
        high := greatest(high, r.window_end + margin);
      end if;
    end loop;
    for r in
      select a.started_at, private.window_end(a) as window_end
      from public.activities a
      where a.user_id = owner and a.deleted_at is null and a.parent_id is null and a.family is distinct from 'day_total'
        and a.started_at > low and a.started_at < high + longest
      order by a.started_at
    loop
      exit when r.started_at >= high;
      high := greatest(high, r.window_end + margin);
    end loop;
    exit when wider = row(low, high);
  end loop;

  -- Each record is read once, with the stronger ones of the same time.
  for r in
    with near as materialized (
      select c as activity, c.started_at, c.window_end, row_number() over (
        order by c.counting = 'prefer' desc, c.measured desc, coalesce(c.energy_source, '') = 'user' desc, c.timer_s desc, c.created_at, c.id) as place
      from public.counted_activities c
      where c.user_id = owner and c.started_at < high and c.started_at > low - longest and c.window_end > low
        and c.family is distinct from 'day_total'
    )
    select (n.activity).*, extract(epoch from n.window_end - n.started_at) as seconds, array(
      select s.activity
      from near s
      where s.place < n.place and s.started_at < n.window_end and s.window_end > n.started_at
    ) as stronger
    from near n
    order by n.place
  loop
    found := '[]';
    share := case when r.counting = 'exclude' then 0 else 1 end;
    if r.counting in ('automatic', 'prefer') and cardinality(r.stronger) = 0 then
      accepted := accepted || r.id;
    elsif r.counting in ('automatic', 'prefer') then
      -- The same workout, twice.
      select c.id, o.seconds as overlap into other
      from unnest(r.stronger) c
      cross join lateral (
        select extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at)) as seconds,
          extract(epoch from c.window_end - c.started_at) as length
      ) o
      where c.id = any (accepted) and o.seconds > 0
        and (c.family = r.family or c.family is null or r.family is null)
        and (o.seconds >= 0.8 * greatest(o.length, r.seconds)
          or c.started_at between r.started_at - margin and r.started_at + margin
            and least(c.timer_s, r.timer_s) >= 0.8 * greatest(c.timer_s, r.timer_s))
      order by o.seconds desc, c.id
      limit 1;
      if other.id is not null then
        share := 0;
        found := jsonb_build_array(jsonb_build_object(
          'id', other.id, 'kind', 'duplicate', 'overlap_s', round(other.overlap), 'counted_share', 0));
      else
        -- A part of its time is counted by others. Less than a minute is rounding.
        select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', 'reduced', 'overlap_s', round(o.seconds)) order by c.started_at, c.id), '[]'),
          coalesce((
            select 1 - sum(extract(epoch from upper(part) - lower(part))) / r.seconds
            from unnest(range_agg(tstzrange(greatest(c.started_at, r.started_at), least(c.window_end, r.window_end)))) part
          ), 1)
        into found, share
        from unnest(r.stronger) c
        cross join lateral (
          select extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at)) as seconds
        ) o
        where c.id = any (accepted) and o.seconds >= 60;
        share := greatest(0, least(1, round(share, 10)));
        found := (select coalesce(jsonb_agg(entry || jsonb_build_object('counted_share', share)), '[]') from jsonb_array_elements(found) entry);
        accepted := accepted || r.id;
      end if;
    end if;
    if (r.counted_share, r.overlapping) is distinct from (share, found) then
      perform private.set_counted_share(owner, r.id, share, found);
    end if;
  end loop;

  for r in
    select c.*
    from public.counted_activities c
    where c.user_id = owner and c.family = 'day_total' and c.started_at < high and c.started_at > low - longest and c.window_end > low
    order by c.counting = 'prefer' desc, c.elapsed_s desc, c.kcal desc nulls last, c.created_at, c.id
  loop
    found := '[]';
    share := case when r.counting = 'exclude' then 0 else 1 end;
    if r.counting in ('automatic', 'prefer') then
      select c.id, c.started_at, c.window_end into other
      from public.counted_activities c
      where c.user_id = owner and c.family = 'day_total' and c.id = any (accepted)
        and extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at))
          >= 0.8 * extract(epoch from greatest(c.window_end - c.started_at, r.window_end - r.started_at))
      limit 1;
      if other.id is not null then
        share := 0;
        found := jsonb_build_array(jsonb_build_object('id', other.id, 'kind', 'duplicate', 'overlap_s',
          round(extract(epoch from least(other.window_end, r.window_end) - greatest(other.started_at, r.started_at))), 'counted_share', 0));
      else
        select greatest(0, coalesce(r.kcal_net, 0) - coalesce(sum(c.kcal_net * c.counted_share
            * extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at))
            / extract(epoch from c.window_end - c.started_at)), 0)),
          coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', 'reduced',
            'overlap_s', round(extract(epoch from least(c.window_end, r.window_end) - greatest(c.started_at, r.started_at)))) order by c.started_at, c.id), '[]')
        into rest, found
        from public.counted_activities c
        where c.user_id = owner and c.family is distinct from 'day_total' and c.counted_share > 0 and c.kcal_net > 0
          and c.started_at < r.window_end and c.started_at > r.started_at - longest and c.window_end > r.started_at;
        share := case when coalesce(r.kcal_net, 0) = 0 then 1 else round(rest / r.kcal_net, 10) end;
        found := (select coalesce(jsonb_agg(entry || jsonb_build_object('counted_share', share)), '[]') from jsonb_array_elements(found) entry);
        accepted := accepted || r.id;
      end if;
    end if;
    if (r.counted_share, r.overlapping) is distinct from (share, found) then
      perform private.set_counted_share(owner, r.id, share, found);
    end if;
  end loop;
end $$;

CREATE FUNCTION private.count_food_words() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $_$
begin
  delete from private.food_words;
  insert into private.food_words (word, foods, sure, offered)
  with counted as materialized (
    select s.word, s.ndoc as foods, private.fold(s.word) as folded
    from ts_stat('select lexemes from private.food_search where owner is null') s
    where s.word ~ '^[[:alpha:]]{3,40}$'
  ), sure as materialized (
    select s.word
    from ts_stat(
      'select s.lexemes from private.food_search s join public.foods f on f.id = s.food_id where s.owner is null and f.brand is null') s
    union
    select unnest(array[w, private.fold(w)])
    from (select distinct f.brand from public.foods f where f.created_by is null and f.deleted_at is null) b
    cross join unnest(private.tokens(b.brand)) w
    union
    select w from private.food_aliases a cross join unnest(a.words) w where w ~ '^[[:alpha:]]{3,40}$'
    union
    select w from private.food_lexicon l cross join string_to_table(l.phrase, ' ') w where w ~ '^[[:alpha:]]{3,40}$'
  ), folds as (
    select c.folded as word, sum(c.foods) as foods from counted c where c.folded <> c.word group by c.folded
  )
  select coalesce(c.word, s.word), coalesce(f.foods, c.foods, 1), s.word is not null,
    -- A word that is in no more foods than the words which it is the fold of is only a fold.
    (c.foods > coalesce(o.foods, 0) or c.word is null)
      and (s.word is not null or coalesce(f.foods, c.foods) >= 10)
      and not private.is_stop_word(coalesce(c.word, s.word))
  from counted c
  full join (select s.word from sure s where s.word ~ '^[[:alpha:]]{3,40}$') s on s.word = c.word
  left join counted f on f.word = c.folded
  left join folds o on o.word = c.word;
end $_$;

CREATE FUNCTION private.create_profile() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  insert into public.profiles (id, email, full_name)
  values (new.id, coalesce(new.email, ''), nullif(btrim(left(new.raw_user_meta_data ->> 'full_name', 200)), ''))
  on conflict (id) do nothing;
  return new;
end $$;

CREATE FUNCTION private.daily_activity(owner uuid, first_day date, last_day date) RETURNS TABLE(local_date date, records integer, seconds numeric, kcal numeric, kcal_net numeric, net_unknown integer)
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION private.daily_intake(owner uuid, first_day date, last_day date, OUT days date[], OUT kcal numeric[], OUT meals integer[], OUT complete boolean[]) RETURNS record
    LANGUAGE sql STABLE
    AS $$
  select coalesce(array_agg(x.day order by x.day), '{}'), coalesce(array_agg(coalesce(d.calories, 0) order by x.day), '{}'),
    coalesce(array_agg(coalesce(c.meals, 0) order by x.day), '{}'), coalesce(array_agg(x.complete order by x.day), '{}')
  from (
    select y.day, bool_or(y.complete) as complete
    from (
      select n.local_date as day, false as complete
      from public.nutrition_days n
      where n.user_id = owner and n.local_date between first_day and last_day and n.items > 0
      union all
      select k.local_date, true
      from public.complete_days k
      where k.user_id = owner and k.local_date between first_day and last_day and k.complete
    ) y
    group by y.day
  ) x
  left join public.nutrition_days d on d.user_id = owner and d.local_date = x.day
  left join (
    select m.local_date, count(*)::integer as meals
    from public.meals m
    where m.user_id = owner
      and m.local_date between first_day and last_day
      and m.deleted_at is null
    group by m.local_date
  ) c on c.local_date = x.day
$$;

CREATE FUNCTION private.daily_weights(owner uuid, first_day date, last_day date) RETURNS TABLE(days date[], weights numeric[])
    LANGUAGE sql STABLE ROWS 1
    AS $$
  select coalesce(array_agg(w.local_date order by w.local_date), '{}'), coalesce(array_agg(w.weight_kg order by w.local_date), '{}')
  from (
    select distinct on (m.local_date) m.local_date, m.weight_kg
    from public.body_measurements m
    where m.user_id = owner
      and m.local_date between first_day and last_day
      and m.measured_at >= ((first_day - 1)::timestamp at time zone 'UTC')
      and m.measured_at < ((last_day + 2)::timestamp at time zone 'UTC')
      and m.deleted_at is null
      and m.weight_kg is not null
    order by m.local_date, m.measured_at, m.id
  ) w
$$;

CREATE TABLE public.nutrition_days (
    user_id uuid NOT NULL,
    local_date date NOT NULL,
    items integer DEFAULT 0 NOT NULL,
    calories numeric DEFAULT 0 NOT NULL,
    calories_known integer DEFAULT 0 NOT NULL,
    protein_g numeric DEFAULT 0 NOT NULL,
    protein_g_known integer DEFAULT 0 NOT NULL,
    carbs_g numeric DEFAULT 0 NOT NULL,
    carbs_g_known integer DEFAULT 0 NOT NULL,
    fat_g numeric DEFAULT 0 NOT NULL,
    fat_g_known integer DEFAULT 0 NOT NULL,
    fiber_g numeric DEFAULT 0 NOT NULL,
    fiber_g_known integer DEFAULT 0 NOT NULL,
    sugar_g numeric DEFAULT 0 NOT NULL,
    sugar_g_known integer DEFAULT 0 NOT NULL,
    added_sugar_g numeric DEFAULT 0 NOT NULL,
    added_sugar_g_known integer DEFAULT 0 NOT NULL,
    saturated_fat_g numeric DEFAULT 0 NOT NULL,
    saturated_fat_g_known integer DEFAULT 0 NOT NULL,
    cholesterol_mg numeric DEFAULT 0 NOT NULL,
    cholesterol_mg_known integer DEFAULT 0 NOT NULL,
    sodium_mg numeric DEFAULT 0 NOT NULL,
    sodium_mg_known integer DEFAULT 0 NOT NULL,
    potassium_mg numeric DEFAULT 0 NOT NULL,
    potassium_mg_known integer DEFAULT 0 NOT NULL,
    calcium_mg numeric DEFAULT 0 NOT NULL,
    calcium_mg_known integer DEFAULT 0 NOT NULL,
    iron_mg numeric DEFAULT 0 NOT NULL,
    iron_mg_known integer DEFAULT 0 NOT NULL,
    vitamin_d_mcg numeric DEFAULT 0 NOT NULL,
    vitamin_d_mcg_known integer DEFAULT 0 NOT NULL,
    caffeine_mg numeric DEFAULT 0 NOT NULL,
    caffeine_mg_known integer DEFAULT 0 NOT NULL,
    alcohol_g numeric DEFAULT 0 NOT NULL,
    alcohol_g_known integer DEFAULT 0 NOT NULL,
    trans_fat_g numeric DEFAULT 0 NOT NULL,
    trans_fat_g_known integer DEFAULT 0 NOT NULL,
    monounsaturated_fat_g numeric DEFAULT 0 NOT NULL,
    monounsaturated_fat_g_known integer DEFAULT 0 NOT NULL,
    polyunsaturated_fat_g numeric DEFAULT 0 NOT NULL,
    polyunsaturated_fat_g_known integer DEFAULT 0 NOT NULL,
    magnesium_mg numeric DEFAULT 0 NOT NULL,
    magnesium_mg_known integer DEFAULT 0 NOT NULL,
    phosphorus_mg numeric DEFAULT 0 NOT NULL,
    phosphorus_mg_known integer DEFAULT 0 NOT NULL,
    zinc_mg numeric DEFAULT 0 NOT NULL,
    zinc_mg_known integer DEFAULT 0 NOT NULL,
    selenium_mcg numeric DEFAULT 0 NOT NULL,
    selenium_mcg_known integer DEFAULT 0 NOT NULL,
    vitamin_a_mcg numeric DEFAULT 0 NOT NULL,
    vitamin_a_mcg_known integer DEFAULT 0 NOT NULL,
    vitamin_c_mg numeric DEFAULT 0 NOT NULL,
    vitamin_c_mg_known integer DEFAULT 0 NOT NULL,
    vitamin_e_mg numeric DEFAULT 0 NOT NULL,
    vitamin_e_mg_known integer DEFAULT 0 NOT NULL,
    vitamin_k_mcg numeric DEFAULT 0 NOT NULL,
    vitamin_k_mcg_known integer DEFAULT 0 NOT NULL,
    vitamin_b6_mg numeric DEFAULT 0 NOT NULL,
    vitamin_b6_mg_known integer DEFAULT 0 NOT NULL,
    vitamin_b12_mcg numeric DEFAULT 0 NOT NULL,
    vitamin_b12_mcg_known integer DEFAULT 0 NOT NULL,
    thiamin_mg numeric DEFAULT 0 NOT NULL,
    thiamin_mg_known integer DEFAULT 0 NOT NULL,
    riboflavin_mg numeric DEFAULT 0 NOT NULL,
    riboflavin_mg_known integer DEFAULT 0 NOT NULL,
    niacin_mg numeric DEFAULT 0 NOT NULL,
    niacin_mg_known integer DEFAULT 0 NOT NULL,
    folate_mcg numeric DEFAULT 0 NOT NULL,
    folate_mcg_known integer DEFAULT 0 NOT NULL,
    choline_mg numeric DEFAULT 0 NOT NULL,
    choline_mg_known integer DEFAULT 0 NOT NULL,
    CONSTRAINT nutrition_days_items_check CHECK ((items >= 0))
);

CREATE FUNCTION private.day_known(d public.nutrition_days) RETURNS integer[]
    LANGUAGE sql IMMUTABLE
    AS $$
  select array[
    -- nutrients: coalesce(d.{}_known, 0)
    coalesce(d.calories_known, 0), coalesce(d.protein_g_known, 0), coalesce(d.carbs_g_known, 0), coalesce(d.fat_g_known, 0),
    coalesce(d.fiber_g_known, 0), coalesce(d.sugar_g_known, 0), coalesce(d.added_sugar_g_known, 0), coalesce(d.saturated_fat_g_known, 0),
    coalesce(d.cholesterol_mg_known, 0), coalesce(d.sodium_mg_known, 0), coalesce(d.potassium_mg_known, 0),
    coalesce(d.calcium_mg_known, 0), coalesce(d.iron_mg_known, 0), coalesce(d.vitamin_d_mcg_known, 0), coalesce(d.caffeine_mg_known, 0),
    coalesce(d.alcohol_g_known, 0), coalesce(d.trans_fat_g_known, 0), coalesce(d.monounsaturated_fat_g_known, 0),
    coalesce(d.polyunsaturated_fat_g_known, 0), coalesce(d.magnesium_mg_known, 0), coalesce(d.phosphorus_mg_known, 0),
    coalesce(d.zinc_mg_known, 0), coalesce(d.selenium_mcg_known, 0), coalesce(d.vitamin_a_mcg_known, 0),
    coalesce(d.vitamin_c_mg_known, 0), coalesce(d.vitamin_e_mg_known, 0), coalesce(d.vitamin_k_mcg_known, 0),
    coalesce(d.vitamin_b6_mg_known, 0), coalesce(d.vitamin_b12_mcg_known, 0), coalesce(d.thiamin_mg_known, 0),
    coalesce(d.riboflavin_mg_known, 0), coalesce(d.niacin_mg_known, 0), coalesce(d.folate_mcg_known, 0), coalesce(d.choline_mg_known, 0)
    -- nutrients end
  ]
$$;

CREATE FUNCTION private.day_sums(d public.nutrition_days) RETURNS private.nutrients
    LANGUAGE sql IMMUTABLE
    AS $$
  select array[
    -- nutrients: d.{}
    d.calories, d.protein_g, d.carbs_g, d.fat_g, d.fiber_g, d.sugar_g, d.added_sugar_g, d.saturated_fat_g, d.cholesterol_mg, d.sodium_mg,
    d.potassium_mg, d.calcium_mg, d.iron_mg, d.vitamin_d_mcg, d.caffeine_mg, d.alcohol_g, d.trans_fat_g, d.monounsaturated_fat_g,
    d.polyunsaturated_fat_g, d.magnesium_mg, d.phosphorus_mg, d.zinc_mg, d.selenium_mcg, d.vitamin_a_mcg, d.vitamin_c_mg, d.vitamin_e_mg,
    d.vitamin_k_mcg, d.vitamin_b6_mg, d.vitamin_b12_mcg, d.thiamin_mg, d.riboflavin_mg, d.niacin_mg, d.folate_mcg, d.choline_mg
    -- nutrients end
  ]
$$;

CREATE FUNCTION private.delete_activity(owner uuid, target uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.activities a
  set deleted_at = now(), version = a.version + 1, updated_at = now()
  where a.user_id = owner and target in (a.id, a.parent_id) and a.deleted_at is null;
end $$;

CREATE FUNCTION private.delete_conversation(owner uuid, conversation uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if owner is distinct from auth.uid() then
    return;
  end if;
  update public.coach_conversations c
  set deleted_at = now(), version = c.version + 1, updated_at = now()
  where c.user_id = owner and c.id = conversation and c.deleted_at is null;
  update public.coach_messages m
  set deleted_at = now()
  where m.user_id = owner and m.conversation_id = conversation and m.deleted_at is null;
end $$;

CREATE FUNCTION private.delete_memories(owner uuid, memory uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  messages uuid[];
begin
  if owner is distinct from auth.uid() then
    return 0;
  end if;
  with gone as (
    delete from public.coach_memories f where f.user_id = owner and (memory is null or f.id = memory) returning f.message_id
  )
  select coalesce(array_agg(g.message_id), '{}') into messages from gone g;
  delete from public.embeddings e where e.user_id = owner and e.source_kind = 'message' and e.source_id = any (messages);
  return cardinality(messages);
end $$;

CREATE FUNCTION private.delete_records(exercises text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  delete from public.personal_records r where r.user_id = (select auth.uid()) and r.exercise = any (delete_records.exercises)
$$;

CREATE FUNCTION private.delete_sets(activity uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  delete from public.activity_sets s where s.user_id = (select auth.uid()) and s.activity_id = delete_sets.activity
$$;

CREATE FUNCTION private.end_coach_reply(owner uuid, message uuid, worker_attempt integer, end_type text, outcome jsonb, used jsonb) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  said text;
  next_seq integer;
begin
  select m.last_seq + 1 into next_seq
  from public.coach_messages m
  where m.user_id = owner and m.id = message and m.attempt = worker_attempt and m.status = 'running'
  for update;
  if not found then
    return false;
  end if;
  select coalesce(string_agg(e.data ->> 'text', '' order by e.seq), '') into said
  from public.coach_events e
  where e.user_id = owner and e.message_id = message and e.type = 'message.delta';
  if end_type = 'message.completed' then
    outcome := outcome || jsonb_build_object(
      'bytes', octet_length(said), 'sha256', encode(sha256(convert_to(said, 'UTF8')), 'hex'));
  end if;
  insert into public.coach_events (user_id, message_id, seq, type, data) values (owner, message, next_seq, end_type, outcome);
  update public.coach_messages m
  set content = said, last_seq = next_seq, completed_at = now(), lease_until = null,
    status = split_part(end_type, '.', 2),
    finish_reason = outcome ->> 'finish_reason',
    problem = outcome -> 'problem',
    sources = coalesce(outcome -> 'sources', '[]'),
    provider = coalesce(used ->> 'provider', m.provider),
    model = coalesce(used ->> 'model', m.model),
    input_tokens = (used ->> 'input_tokens')::integer,
    output_tokens = (used ->> 'output_tokens')::integer,
    cached_tokens = (used ->> 'cached_tokens')::integer,
    cost = (used ->> 'cost')::numeric,
    native = used -> 'native'
  where m.user_id = owner and m.id = message;
  update public.coach_conversations c set active_message_id = null where c.user_id = owner and c.active_message_id = message;
  perform pg_notify('coach_events', message::text);
  return true;
end $$;

CREATE FUNCTION private.end_session(session_id uuid, user_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  delete from auth.sessions s where s.id = end_session.session_id and s.user_id = end_session.user_id;
  return found;
end $$;

CREATE FUNCTION private.ended_sessions(sessions uuid[], people uuid[]) RETURNS TABLE(session_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select a.id
  from unnest(sessions, people) as a(id, user_id)
  where not exists (
    select
    from auth.sessions s
    join auth.users u on u.id = s.user_id
    where s.id = a.id and s.user_id = a.user_id and (s.not_after is null or s.not_after > now())
      and (u.banned_until is null or u.banned_until <= now()) and u.deleted_at is null)
$$;

CREATE FUNCTION private.erase_activity_file() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  delete from public.activity_files f
  where f.user_id = old.user_id
    and f.content_sha256 = old.content_sha256
    and not exists (select from public.activities a where a.user_id = old.user_id and a.content_sha256 = old.content_sha256);
  return null;
end $$;

CREATE FUNCTION private.erase_audit_log(user_id uuid, email text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  erased integer;
begin
  if to_regclass('auth.audit_log_entries') is null then
    return 0;
  end if;
  if exists (select from auth.users u where u.id = erase_audit_log.user_id) then
    raise exception 'the account % still exists', erase_audit_log.user_id;
  end if;
  delete from auth.audit_log_entries e
  where e.payload ->> 'actor_id' = erase_audit_log.user_id::text
    or e.payload -> 'traits' ->> 'user_id' = erase_audit_log.user_id::text
    or lower(e.payload ->> 'actor_username') = erase_audit_log.email
      and not exists (select from auth.users u where u.email = erase_audit_log.email);
  get diagnostics erased = row_count;
  return erased;
exception when insufficient_privilege then
  return -1;
end $$;

CREATE FUNCTION private.erase_memories() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  owners uuid[];
  erased integer;
begin
  -- Locked, so that nobody switches it on meanwhile and loses what was kept.
  select array_agg(s.user_id) into owners
  from (
    select o.user_id from public.coach_settings o where o.erase_at <= now() order by o.erase_at limit 50 for update skip locked) s;
  delete from public.embeddings e
  where (e.user_id, e.source_kind, e.source_id) in (
    select o.user_id, o.source_kind, o.source_id from public.embeddings o where o.user_id = any (owners) limit 5000);
  get diagnostics erased = row_count;
  if erased > 0 then
    return erased;
  end if;
  delete from public.coach_memories f where f.user_id = any (owners);
  get diagnostics erased = row_count;
  update public.coach_settings s set erase_at = null where s.user_id = any (owners);
  return erased;
end $$;

CREATE FUNCTION private.exercise_history(owner uuid, exercise text, before_at timestamp with time zone, before_id uuid, page_size integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'own', (select to_jsonb(c) from public.custom_exercises c where c.user_id = owner and c.id::text = exercise_history.exercise and c.deleted_at is null),
    'records', (
      select coalesce(jsonb_agg(jsonb_build_object('exercise', r.exercise, 'kind', r.kind, 'activity_id', r.activity_id,
        'exercise_index', r.exercise_index, 'set_index', r.set_index, 'value', r.value, 'previous', r.previous,
        'achieved_at', r.achieved_at, 'date', r.local_date) order by r.achieved_at desc, r.kind), '[]')
      from public.personal_records r
      where r.user_id = owner and r.exercise = exercise_history.exercise
    ),
    'sessions', (
      select coalesce(jsonb_agg(to_jsonb(p) order by p.started_at desc, p.activity_id desc), '[]')
      from (
        select a.id as activity_id, a.started_at, a.local_date as date, sum(s.volume_kg) as volume_kg, max(s.one_rm_kg) as one_rm_kg,
          jsonb_agg(jsonb_build_object('exercise_index', s.exercise_index, 'set_index', s.set_index, 'type', s.type, 'load_mode', s.load_mode,
            'reps', s.reps, 'weight_kg', s.weight_kg, 'load_kg', s.load_kg, 'volume_kg', s.volume_kg, 'one_rm_kg', s.one_rm_kg)
            order by s.exercise_index, s.set_index) as sets
        from public.activity_sets s
        join public.activities a on a.user_id = s.user_id and a.id = s.activity_id and a.deleted_at is null
        where s.user_id = owner and s.exercise = exercise_history.exercise
          and (before_at is null or (a.started_at, a.id) < (before_at, before_id))
        group by a.id, a.started_at, a.local_date
        order by a.started_at desc, a.id desc
        limit page_size
      ) p
    ))
$$;

CREATE FUNCTION private.expect_recovery_mail(email text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  insert into private.recovery_mails as m (profile_id, asked_after)
  select u.id, coalesce(u.recovery_sent_at, 'epoch')
  from auth.users u
  where u.email = expect_recovery_mail.email and not u.is_sso_user
  on conflict (profile_id) do update set asked_after = coalesce(m.asked_after, excluded.asked_after)
$$;

CREATE FUNCTION private.find_session(refresh_token text, session_id uuid) RETURNS TABLE(id uuid, user_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select s.id, s.user_id
  from auth.sessions s
  join auth.users u on u.id = s.user_id
  where s.id = coalesce((select t.session_id from auth.refresh_tokens t where t.token = find_session.refresh_token), find_session.session_id)
    and (s.not_after is null or s.not_after > now())
    and (u.banned_until is null or u.banned_until <= now())
    and u.deleted_at is null
$$;

CREATE FUNCTION private.fold(w text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
  select case
    when right(w, 1) <> all ('{s,e}') or w !~ '^[a-z]{4,}$' then w
    when w = any ('{leaves,loaves,halves,calves}') then left(w, -3) || 'f'
    when w = 'knives' then 'knife'
    when right(w, 2) = any ('{ss,us,is}') then w
    when w ~ '..ies$' then left(w, -3) || 'y'
    when w ~ '...ie$' then left(w, -2) || 'y'
    when w ~ '(s|x|z|ch|sh|o)es$' then left(w, -2)
    when w ~ '((s|x|z|ch|sh)|..o)e$' then left(w, -1)
    when right(w, 1) = 's' then left(w, -1)
    else w
  end
$_$;

CREATE FUNCTION private.food_entry(name text, brand text, aliases text[], popularity integer, OUT rank integer, OUT keys text, OUT sorted_keys text[], OUT name_key text, OUT lexemes tsvector) RETURNS record
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
declare
  texts text[] := array[name, coalesce(brand, '')] || aliases;
  words text[];
  parts text[];
  key_words text[];
  all_words text[] := '{}';
  word text;
  part text;
  joined text;
  key text;
begin
  rank := case when popularity is not null then least(popularity, 100000) when brand is null then 100000 else 104000 end;
  for i in 1 .. cardinality(texts) loop
    words := private.tokens(texts[i]);
    key_words := '{}';
    foreach word in array words loop
      parts := array[word];
      if strpos(word, '-') > 0 or strpos(word, '&') > 0 then
        parts := array_remove(string_to_array(translate(word, '&', '-'), '-'), '');
        joined := translate(word, '-&', '');
        all_words := all_words || joined || private.fold(joined);
      end if;
      foreach part in array parts loop
        all_words := all_words || part || private.fold(part);
        if not private.is_stop_word(part) then
          key_words := key_words || private.fold(part);
        end if;
      end loop;
      if i = 1 and popularity is null then
        rank := rank + case
          when word = any ('{babyfood,breaded,canned,commodity,dehydrated,dried,dry,fast,flavor,flavored,frozen,imitation,imported}')
            or word = any ('{industrial,infant,mix,powder,powdered,reduced,restaurant,skin,substitute,unprepared,usda}') then 4000
          when word = any ('{raw,cooked,whole,plain,fresh}') then 500
          else 1000
        end;
      end if;
    end loop;
    key := array_to_string(key_words, ' ');
    if i = 2 and key <> '' then
      key := key || ' ' || substr(keys, 2); -- a brand before the name
    end if;
    if i = 1 or key <> '' then
      keys := concat(keys, E'\n', key);
      sorted_keys := sorted_keys || private.sorted_key(key);
    end if;
  end loop;
  name_key := sorted_keys[1];
  lexemes := array_to_tsvector(all_words);
end $$;

CREATE FUNCTION private.food_key(t text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
declare
  words text[] := '{}';
  word text;
  part text;
begin
  foreach word in array private.tokens(t) loop
    foreach part in array regexp_split_to_array(word, '[-&]+') loop
      if part <> '' and not private.is_stop_word(part) then
        words := words || private.fold(part);
      end if;
    end loop;
  end loop;
  return array_to_string(words, ' ');
end $$;

CREATE TABLE public.foods (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    created_by uuid,
    name text NOT NULL,
    brand text,
    barcode text,
    source text NOT NULL,
    source_id text,
    calories numeric(10,6) NOT NULL,
    protein_g numeric(9,6) NOT NULL,
    carbs_g numeric(9,6) NOT NULL,
    fat_g numeric(9,6) NOT NULL,
    fiber_g numeric(9,6),
    sugar_g numeric(9,6),
    added_sugar_g numeric(9,6),
    saturated_fat_g numeric(9,6),
    cholesterol_mg numeric(12,6),
    sodium_mg numeric(12,6),
    potassium_mg numeric(12,6),
    calcium_mg numeric(12,6),
    iron_mg numeric(12,6),
    vitamin_d_mcg numeric(12,6),
    caffeine_mg numeric(12,6),
    alcohol_g numeric(9,6),
    aliases text[] DEFAULT '{}'::text[] NOT NULL,
    tier smallint DEFAULT 2 NOT NULL,
    popularity integer,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    trans_fat_g numeric(12,6),
    monounsaturated_fat_g numeric(12,6),
    polyunsaturated_fat_g numeric(12,6),
    magnesium_mg numeric(12,6),
    phosphorus_mg numeric(12,6),
    zinc_mg numeric(12,6),
    selenium_mcg numeric(12,6),
    vitamin_a_mcg numeric(12,6),
    vitamin_c_mg numeric(12,6),
    vitamin_e_mg numeric(12,6),
    vitamin_k_mcg numeric(12,6),
    vitamin_b6_mg numeric(12,6),
    vitamin_b12_mcg numeric(12,6),
    thiamin_mg numeric(12,6),
    riboflavin_mg numeric(12,6),
    niacin_mg numeric(12,6),
    folate_mcg numeric(12,6),
    choline_mg numeric(12,6),
    warnings text[],
    CONSTRAINT foods_added_sugar_g_check CHECK (((added_sugar_g >= (0)::numeric) AND (added_sugar_g <= (100)::numeric))),
    CONSTRAINT foods_alcohol_g_check CHECK (((alcohol_g >= (0)::numeric) AND (alcohol_g <= (100)::numeric))),
    CONSTRAINT foods_aliases_check CHECK ((cardinality(aliases) <= 100)),
    CONSTRAINT foods_barcode_check CHECK ((barcode ~ '^[0-9]{14}$'::text)),
    CONSTRAINT foods_brand_check CHECK (((char_length(brand) >= 1) AND (char_length(brand) <= 200))),
    CONSTRAINT foods_caffeine_mg_check CHECK (((caffeine_mg >= (0)::numeric) AND (caffeine_mg <= (100000)::numeric))),
    CONSTRAINT foods_calcium_mg_check CHECK (((calcium_mg >= (0)::numeric) AND (calcium_mg <= (40050)::numeric))),
    CONSTRAINT foods_calories_check CHECK (((calories >= (0)::numeric) AND (calories <= (1000)::numeric))),
    CONSTRAINT foods_carbs_g_check CHECK (((carbs_g >= (0)::numeric) AND (carbs_g <= (100)::numeric))),
    CONSTRAINT foods_cholesterol_mg_check CHECK (((cholesterol_mg >= (0)::numeric) AND (cholesterol_mg <= (100000)::numeric))),
    CONSTRAINT foods_choline_mg_check CHECK (((choline_mg >= (0)::numeric) AND (choline_mg <= (100000)::numeric))),
    CONSTRAINT foods_fat_g_check CHECK (((fat_g >= (0)::numeric) AND (fat_g <= (100)::numeric))),
    CONSTRAINT foods_fiber_g_check CHECK (((fiber_g >= (0)::numeric) AND (fiber_g <= (100)::numeric))),
    CONSTRAINT foods_folate_mcg_check CHECK (((folate_mcg >= (0)::numeric) AND (folate_mcg <= (100000)::numeric))),
    CONSTRAINT foods_iron_mg_check CHECK (((iron_mg >= (0)::numeric) AND (iron_mg <= (32870)::numeric))),
    CONSTRAINT foods_magnesium_mg_check CHECK (((magnesium_mg >= (0)::numeric) AND (magnesium_mg <= (60310)::numeric))),
    CONSTRAINT foods_monounsaturated_fat_g_check CHECK (((monounsaturated_fat_g >= (0)::numeric) AND (monounsaturated_fat_g <= (100)::numeric))),
    CONSTRAINT foods_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 300))),
    CONSTRAINT foods_niacin_mg_check CHECK (((niacin_mg >= (0)::numeric) AND (niacin_mg <= (100000)::numeric))),
    CONSTRAINT foods_own_plausible CHECK (((created_by IS NULL) OR ((((protein_g + carbs_g) + fat_g) <= 100.01) AND (COALESCE(sugar_g, (0)::numeric) <= (carbs_g + 0.01))))),
    CONSTRAINT foods_phosphorus_mg_check CHECK (((phosphorus_mg >= (0)::numeric) AND (phosphorus_mg <= (31610)::numeric))),
    CONSTRAINT foods_polyunsaturated_fat_g_check CHECK (((polyunsaturated_fat_g >= (0)::numeric) AND (polyunsaturated_fat_g <= (100)::numeric))),
    CONSTRAINT foods_popularity_check CHECK ((popularity >= 1)),
    CONSTRAINT foods_potassium_mg_check CHECK (((potassium_mg >= (0)::numeric) AND (potassium_mg <= (52450)::numeric))),
    CONSTRAINT foods_protein_g_check CHECK (((protein_g >= (0)::numeric) AND (protein_g <= (100)::numeric))),
    CONSTRAINT foods_riboflavin_mg_check CHECK (((riboflavin_mg >= (0)::numeric) AND (riboflavin_mg <= (100000)::numeric))),
    CONSTRAINT foods_saturated_fat_g_check CHECK (((saturated_fat_g >= (0)::numeric) AND (saturated_fat_g <= (100)::numeric))),
    CONSTRAINT foods_selenium_mcg_check CHECK (((selenium_mcg >= (0)::numeric) AND (selenium_mcg <= (100000)::numeric))),
    CONSTRAINT foods_sodium_mg_check CHECK (((sodium_mg >= (0)::numeric) AND (sodium_mg <= (39340)::numeric))),
    CONSTRAINT foods_source_check CHECK (((char_length(source) >= 1) AND (char_length(source) <= 50))),
    CONSTRAINT foods_source_id_check CHECK (((char_length(source_id) >= 1) AND (char_length(source_id) <= 100))),
    CONSTRAINT foods_sugar_g_check CHECK (((sugar_g >= (0)::numeric) AND (sugar_g <= (100)::numeric))),
    CONSTRAINT foods_thiamin_mg_check CHECK (((thiamin_mg >= (0)::numeric) AND (thiamin_mg <= (100000)::numeric))),
    CONSTRAINT foods_tier_check CHECK (((tier >= 0) AND (tier <= 2))),
    CONSTRAINT foods_trans_fat_g_check CHECK (((trans_fat_g >= (0)::numeric) AND (trans_fat_g <= (100)::numeric))),
    CONSTRAINT foods_vitamin_a_mcg_check CHECK (((vitamin_a_mcg >= (0)::numeric) AND (vitamin_a_mcg <= (100000)::numeric))),
    CONSTRAINT foods_vitamin_b12_mcg_check CHECK (((vitamin_b12_mcg >= (0)::numeric) AND (vitamin_b12_mcg <= (100000)::numeric))),
    CONSTRAINT foods_vitamin_b6_mg_check CHECK (((vitamin_b6_mg >= (0)::numeric) AND (vitamin_b6_mg <= (100000)::numeric))),
    CONSTRAINT foods_vitamin_c_mg_check CHECK (((vitamin_c_mg >= (0)::numeric) AND (vitamin_c_mg <= (100000)::numeric))),
    CONSTRAINT foods_vitamin_d_mcg_check CHECK (((vitamin_d_mcg >= (0)::numeric) AND (vitamin_d_mcg <= (100000)::numeric))),
    CONSTRAINT foods_vitamin_e_mg_check CHECK (((vitamin_e_mg >= (0)::numeric) AND (vitamin_e_mg <= (100000)::numeric))),
    CONSTRAINT foods_vitamin_k_mcg_check CHECK (((vitamin_k_mcg >= (0)::numeric) AND (vitamin_k_mcg <= (100000)::numeric))),
    CONSTRAINT foods_warnings_check CHECK ((cardinality(warnings) <= 10)),
    CONSTRAINT foods_zinc_mg_check CHECK (((zinc_mg >= (0)::numeric) AND (zinc_mg <= (80340)::numeric)))
);

CREATE FUNCTION private.food_nutrients(f public.foods) RETURNS private.nutrients
    LANGUAGE sql IMMUTABLE
    AS $$
  select array[
    -- nutrients: f.{}
    f.calories, f.protein_g, f.carbs_g, f.fat_g, f.fiber_g, f.sugar_g, f.added_sugar_g, f.saturated_fat_g, f.cholesterol_mg, f.sodium_mg,
    f.potassium_mg, f.calcium_mg, f.iron_mg, f.vitamin_d_mcg, f.caffeine_mg, f.alcohol_g, f.trans_fat_g, f.monounsaturated_fat_g,
    f.polyunsaturated_fat_g, f.magnesium_mg, f.phosphorus_mg, f.zinc_mg, f.selenium_mcg, f.vitamin_a_mcg, f.vitamin_c_mg, f.vitamin_e_mg,
    f.vitamin_k_mcg, f.vitamin_b6_mg, f.vitamin_b12_mcg, f.thiamin_mg, f.riboflavin_mg, f.niacin_mg, f.folate_mcg, f.choline_mg
    -- nutrients end
  ]
$$;

CREATE FUNCTION private.food_score(keys text, sorted_keys text[], query_key text, query_sorted_keys text[], rank integer) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when sorted_keys && query_sorted_keys then 0
    when strpos(keys, E'\n' || query_key || ' ') = 1 then 1
    when strpos(keys, E'\n' || query_key) = 1 then 2
    when strpos(keys, E'\n' || query_key) > 1 then 3
    else 4
  end * 1000000000::bigint + rank
$$;

CREATE FUNCTION private.food_term(word text, is_prefix boolean) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select case
    when not is_prefix then '''' || f || ''''
    when f = word then '''' || word || ''':*'
    else '(''' || f || ''' | ''' || word || ''':*)' -- berrie finds berry and berries, but brie does not find brief
  end
  from private.fold(word) f
$$;

CREATE FUNCTION private.foods_with_word(word text, is_prefix boolean) RETURNS integer
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select max(v.foods)
    from private.food_words v
    where v.word = any (array[foods_with_word.word, private.fold(foods_with_word.word)])
      or is_prefix and private.begins_with(v.word, foods_with_word.word)
        and not exists (select from private.food_lexicon l where l.phrase = v.word));
end $$;

CREATE FUNCTION private.forget_memory_source() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  delete from public.embeddings e where e.user_id = old.user_id and e.source_kind = tg_argv[0] and e.source_id = old.id;
  if tg_argv[0] = 'message' then
    delete from public.coach_memories f where f.user_id = old.user_id and f.message_id = old.id;
  end if;
  return null;
end $$;

CREATE FUNCTION private.frequent_food_candidates(ids uuid[], times bigint[], matching tsquery, query_key text, query_sorted_keys text[], meant uuid[]) RETURNS TABLE(food_id uuid, score bigint)
    LANGUAGE plpgsql STABLE ROWS 10
    AS $$
begin
  return query
    select s.food_id, case when s.food_id = any (meant) then -1000000000::bigint
      else private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, -f.times::integer) end
    from unnest(ids, frequent_food_candidates.times) as f (food_id, times)
    join private.food_search s on s.food_id = f.food_id and s.owner is null and s.lexemes @@ matching;
end $$;

CREATE FUNCTION private.frequent_foods(me uuid, OUT ids uuid[], OUT times bigint[]) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
begin
  select coalesce(array_agg(f.food_id), '{}'), coalesce(array_agg(f.times), '{}') into ids, frequent_foods.times
  from (
    select i.food_id, count(*) as times
    from public.meal_items i
    where i.user_id = me and i.deleted_at is null and i.food_id is not null and i.created_at > now() - interval '90 days'
    group by i.food_id
    having count(*) >= 3
    order by count(*) desc, i.food_id
    limit 100
  ) f;
end $$;

CREATE FUNCTION private.give_up_words(words text[], me uuid, scope text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS $$
declare
  n constant integer := cardinality(words);
  popular text[];
  choice record;
  kept text[];
  terms record;
begin
  for choice in
    select k.size, array_agg(k.kept order by k.bits) as choices
    from (
      select bits, array_agg(words[i] order by i) as kept, count(*) as size
      from generate_series(1, (1 << n) - 2) bits -- bit i - 1 is set when word i is kept
      cross join generate_series(1, n) i
      where bits >> (i - 1) & 1 = 1
        and (n <= 5 or bits & (bits + 1) = 0) -- of many words only the last ones are left out
      group by bits
    ) k
    group by k.size
    order by k.size desc
  loop
    foreach kept slice 1 in array choice.choices loop
      terms := private.search_terms(array_to_string(kept, ' '));
      if scope <> 'own' and (terms.meant <> '{}' or private.is_name_in_tier_0(terms.sorted_keys, terms.matching)) then
        return kept;
      elsif popular is null and (
        scope <> 'catalogue' and exists (select from private.food_search s where s.owner = me and s.lexemes @@ terms.matching)
        or scope <> 'own'
          and exists (select from private.food_search s where s.owner is null and s.tier = 0 and s.lexemes @@ terms.matching)) then
        popular := kept;
      end if;
    end loop;
    if popular is not null then
      return popular;
    end if;
    foreach kept slice 1 in array choice.choices loop
      if scope <> 'own' and private.is_in_tiers_1_2(private.search_terms(array_to_string(kept, ' '))) then
        return kept;
      end if;
    end loop;
  end loop;
  return null;
end $$;

CREATE FUNCTION private.import_measurements(owner uuid, records jsonb, zone text, dry_run boolean) RETURNS TABLE(place integer, status text, id uuid)
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  with entries as (
    select e.place, e.id, e.measured_at, e.weight_kg, e.body_fat_pct, e.girths, e.notes, e.source_app, e.source_device,
      e.external_id, e.external_version,
      private.local_date(e.measured_at, coalesce(zone, p.timezone)) as local_date,
      coalesce(zone, p.timezone) as timezone
    from public.profiles p
    cross join jsonb_to_recordset(records) as e(place integer, id uuid, measured_at timestamptz, weight_kg numeric, body_fat_pct numeric,
      girths jsonb, notes text, source_app text, source_device text, external_id text, external_version bigint)
    where p.id = owner
  ), compared as (
    select e.place, e.id, e.measured_at, e.weight_kg, e.body_fat_pct, e.girths, e.notes, e.source_app, e.source_device,
      e.external_id, e.external_version,
      e.local_date, e.timezone, coalesce(m.id, s.id) as stored_id,
      case
        when m.id is not null and e.external_version > coalesce(m.external_version, 0) then 'updated'
        when m.deleted_at is not null then 'deleted'
        when m.id is not null or s.id is not null then 'exists'
        else 'created'
      end as status
    from entries e
    left join public.body_measurements m on m.user_id = owner and m.source_kind = 'file' and coalesce(m.source_app, '') = coalesce(e.source_app, '')
      and m.external_id = e.external_id
    left join lateral (
      select x.id
      from public.body_measurements x
      where x.user_id = owner
        and m.id is null
        and x.deleted_at is null
        and x.measured_at between e.measured_at - interval '30 seconds' and e.measured_at + interval '30 seconds'
        and x.weight_kg is not distinct from e.weight_kg
        and x.body_fat_pct is not distinct from e.body_fat_pct
        and x.girths is not distinct from e.girths
      limit 1
    ) s on true
  ), created as (
    insert into public.body_measurements (user_id, id, measured_at, local_date, timezone, weight_kg, body_fat_pct, girths, notes,
      source_kind, source_app, source_device, source_recorded, external_id, external_version)
    select owner, c.id, c.measured_at, c.local_date, c.timezone, c.weight_kg, c.body_fat_pct, c.girths, c.notes,
      'file', c.source_app, c.source_device, 'unknown', c.external_id, c.external_version
    from compared c
    where c.status = 'created' and not dry_run
  ), updated as (
    update public.body_measurements m
    set measured_at = c.measured_at, local_date = c.local_date, timezone = c.timezone, weight_kg = c.weight_kg, body_fat_pct = c.body_fat_pct,
      girths = c.girths, notes = c.notes, source_device = c.source_device, external_version = c.external_version,
      version = m.version + 1, updated_at = now(), deleted_at = null
    from compared c
    where m.user_id = owner and m.id = c.stored_id and c.status = 'updated' and not dry_run
  )
  select c.place, c.status, coalesce(c.stored_id, c.id)
  from compared c
$$;

CREATE FUNCTION private.index_foods() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  insert into private.food_search as s (food_id, owner, tier, rank, keys, sorted_keys, name_key, lexemes)
  select c.id, c.created_by, c.tier, e.rank, e.keys, e.sorted_keys, e.name_key, e.lexemes
  from changed c
  cross join lateral private.food_entry(c.name, c.brand, c.aliases, c.popularity) e
  where c.deleted_at is null
  on conflict (food_id) do update
    set owner = excluded.owner, tier = excluded.tier, rank = excluded.rank, keys = excluded.keys,
      sorted_keys = excluded.sorted_keys, name_key = excluded.name_key, lexemes = excluded.lexemes;
  if tg_op = 'UPDATE' then
    delete from private.food_search s using changed c where s.food_id = c.id and c.deleted_at is not null;
  end if;
  return null;
end $$;

CREATE FUNCTION private.insert_food(food jsonb) RETURNS uuid
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  insert into public.foods
  select f.*
  from jsonb_populate_record(null::public.foods, jsonb_build_object('id', gen_random_uuid(), 'aliases', '[]'::jsonb, 'tier', 2,
    'version', 1, 'created_at', now(), 'updated_at', now()) || jsonb_strip_nulls(food)) f
  on conflict (source, source_id) where created_by is null and source_id is not null do nothing
  returning id
$$;

CREATE FUNCTION private.instant_of(local timestamp without time zone, zone text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return local at time zone private.canonical_zone(zone);
exception when invalid_parameter_value then
  return local at time zone 'UTC';
end $$;

CREATE FUNCTION private.is_email_confirmed(user_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce((
    select u.email_confirmed_at is not null
    from auth.users u
    where u.id = is_email_confirmed.user_id and u.id = (select auth.uid())
  ), false)
$$;

CREATE FUNCTION private.is_food_word(word text, me uuid, scope text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return scope <> 'own' and exists (
      select from private.food_words v where v.word = any (array[is_food_word.word, private.fold(is_food_word.word)]))
    or scope <> 'own' and exists (select from private.food_lexicon l where l.phrase = word)
    or scope <> 'catalogue' and exists (
      select from private.food_search s where s.owner = me and s.lexemes @@ private.food_term(word, false)::tsquery);
end $$;

CREATE FUNCTION private.is_in_tiers_1_2(terms record) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
declare
  finished constant tsquery := coalesce(terms.whole, terms.matching);
begin
  return exists (select from private.food_search s where s.owner is null and s.tier = 1 and s.lexemes @@ finished)
    or exists (select from private.food_search s where s.owner is null and s.tier = 2 and s.lexemes @@ finished);
end $$;

CREATE FUNCTION private.is_known_address(email text, network inet) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select exists (
    select from auth.users u
    join auth.sessions s on s.user_id = u.id
    where u.email = is_known_address.email and not u.is_sso_user and s.ip operator(pg_catalog.<<=) is_known_address.network
  )
$$;

CREATE FUNCTION private.is_name_in_tier_0(names text[], matching tsquery) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return exists (
    select from private.food_search s where s.owner is null and s.tier = 0 and s.lexemes @@ matching and names && s.sorted_keys);
end $$;

CREATE FUNCTION private.is_recovery_mail(user_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select exists (
    select from private.recovery_mails m
    join auth.users u on u.id = m.profile_id
    where u.id = is_recovery_mail.user_id and (u.recovery_sent_at = m.sent_at or u.recovery_sent_at > m.asked_after)
  )
$$;

CREATE FUNCTION private.is_spelled_right(word text, is_prefix boolean, me uuid, scope text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $_$
begin
  return word !~ '^[[:alpha:]]{3,40}$'
    or scope <> 'own' and exists (
      select from private.food_words v where v.word = any (array[is_spelled_right.word, private.fold(is_spelled_right.word)]) and v.sure
    )
    or scope <> 'own' and is_prefix and exists (
      select from private.food_words v
      where private.begins_with(v.word, is_spelled_right.word) and v.sure
        and not exists (select from private.food_lexicon l where l.phrase = v.word) -- carot is a carrot, not the beginning of carotte
    )
    or scope <> 'catalogue' and exists (
      select from private.food_search s where s.owner = me and s.lexemes @@ private.food_term(word, is_prefix)::tsquery
    );
end $_$;

CREATE FUNCTION private.is_stop_word(w text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select w = any ('{a,an,and,the,of,with,in,on,or,for,to,from,by,some,my,de,la,le,les,el,con,di,du,des,mit,und}')
$$;

CREATE FUNCTION private.item_nutrients(i public.meal_items) RETURNS private.nutrients
    LANGUAGE sql IMMUTABLE
    AS $$
  select array[
    -- nutrients: i.{}
    i.calories, i.protein_g, i.carbs_g, i.fat_g, i.fiber_g, i.sugar_g, i.added_sugar_g, i.saturated_fat_g, i.cholesterol_mg, i.sodium_mg,
    i.potassium_mg, i.calcium_mg, i.iron_mg, i.vitamin_d_mcg, i.caffeine_mg, i.alcohol_g, i.trans_fat_g, i.monounsaturated_fat_g,
    i.polyunsaturated_fat_g, i.magnesium_mg, i.phosphorus_mg, i.zinc_mg, i.selenium_mcg, i.vitamin_a_mcg, i.vitamin_c_mg, i.vitamin_e_mg,
    i.vitamin_k_mcg, i.vitamin_b6_mg, i.vitamin_b12_mcg, i.thiamin_mg, i.riboflavin_mg, i.niacin_mg, i.folate_mcg, i.choline_mg
    -- nutrients end
  ]
$$;

CREATE FUNCTION private.joined_words(words text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS $$
declare
  joined text[] := '{}';
  pairs text[];
  i integer := 1;
begin
  if cardinality(words) < 2 then
    return null;
  end if;
  pairs := array(
    select v.word
    from private.food_words v
    where v.sure and v.word = any (array(select words[n] || words[n + 1] from generate_series(1, cardinality(words) - 1) n)));
  if pairs = '{}' then
    return null;
  end if;
  while i <= cardinality(words) loop
    if words[i] || words[i + 1] = any (pairs) then
      joined := joined || (words[i] || words[i + 1]);
      i := i + 2;
    else
      joined := joined || words[i];
      i := i + 1;
    end if;
  end loop;
  return joined;
end $$;

CREATE FUNCTION private.keep_legs_within() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  margin constant interval := '5 minutes';
  whole public.activities := new;
  early boolean;
  late boolean;
begin
  if new.parent_id is not null then
    select a.* into whole from public.activities a where a.user_id = new.user_id and a.id = new.parent_id;
  elsif new.started_at <> old.started_at then
    update public.activities a
    set started_at = a.started_at + (new.started_at - old.started_at),
      ended_at = a.ended_at + (new.started_at - old.started_at),
      local_date = private.local_date(a.started_at + (new.started_at - old.started_at), a.timezone),
      version = a.version + 1,
      updated_at = now()
    where a.user_id = new.user_id and a.parent_id = new.id;
  end if;
  select bool_or(a.started_at < whole.started_at - margin), bool_or(a.ended_at > whole.ended_at + margin) into early, late
  from public.activities a
  where a.user_id = whole.user_id and a.parent_id = whole.id and a.deleted_at is null
    and (new.parent_id is null or a.id = new.id);
  if early then
    perform private.refuse_field('started_at', 'outside_whole');
  elsif late then
    perform private.refuse_field('ended_at', 'outside_whole');
  end if;
  return null;
end $$;

CREATE FUNCTION private.keep_recovery_mail(email text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  update private.recovery_mails m
  set sent_at = case when u.recovery_sent_at > m.asked_after then u.recovery_sent_at else m.sent_at end, asked_after = null
  from auth.users u
  where u.id = m.profile_id and u.email = keep_recovery_mail.email and not u.is_sso_user and m.asked_after is not null
$$;

CREATE FUNCTION private.keep_version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  skipped constant text[] := '{version,updated_at,onboarding_completed}'; -- a generated column is not computed yet
begin
  if to_jsonb(new) - skipped = to_jsonb(old) - skipped then
    return old;
  end if;
  return new;
end $$;

CREATE FUNCTION private.last_erased_deletion() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$ select now() - interval '30 days 1 hour' $$;

CREATE FUNCTION private.left_out(words text[], searched text[], corrected text[], unknown text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
  select coalesce(array_agg(w.word order by w.n), '{}')
  from unnest(words) with ordinality w (word, n)
  left join lateral (
    select c.word
    from unnest(coalesce(corrected, array(select k from unnest(words) with ordinality o (k, kn) where k <> all (unknown) order by kn)))
      with ordinality c (word, n)
    where c.n = (select count(*) from unnest(words[:w.n]) k where k <> all (unknown))
  ) c on true
  where w.word = any (unknown) or c.word is null or c.word <> all (searched)
$$;

CREATE FUNCTION private.letters_dropped(w text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select w || array_agg(distinct left(w, i - 1) || substr(w, i + 1)) from generate_series(1, char_length(w)) i
$$;

CREATE FUNCTION private.lexicon_phrase(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select btrim(regexp_replace(array_to_string(private.tokens(t), ' '), '[-& ]+', ' ', 'g'))
$$;

CREATE FUNCTION private.local_date(moment timestamp with time zone, zone text) RETURNS date
    LANGUAGE sql STABLE
    AS $$
  select private.local_time(moment, zone)::date
$$;

CREATE FUNCTION private.local_time(moment timestamp with time zone, zone text) RETURNS timestamp without time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
begin
  return moment at time zone private.canonical_zone(zone);
exception when invalid_parameter_value then
  return moment at time zone 'UTC';
end $$;

CREATE FUNCTION private.lock_activities(owner uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select pg_advisory_xact_lock(hashtextextended(owner::text, 2))
$$;

CREATE FUNCTION private.mail_sent_at(email text, recovery boolean) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(max(case when mail_sent_at.recovery then u.recovery_sent_at else u.confirmation_sent_at end)::text, '')
  from auth.users u
  where u.email = mail_sent_at.email and not u.is_sso_user
$$;

CREATE FUNCTION private.memory_enabled(owner uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select exists (select from public.coach_settings s where s.user_id = owner and s.memory_enabled)
$$;

CREATE FUNCTION private.memory_text(owner uuid, source_kind text, source_id uuid) RETURNS TABLE(content text, at timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $_$
  select m.content, m.created_at
  from public.coach_messages m
  where memory_text.source_kind = 'message' and m.user_id = owner and m.id = memory_text.source_id and m.role = 'user' and m.deleted_at is null
  union all
  select f.content, f.created_at
  from public.coach_memories f
  where memory_text.source_kind = 'fact' and f.user_id = owner and f.id = memory_text.source_id
  union all
  select concat_ws('. ', concat_ws(': ', coalesce(m.name, nullif(m.meal_type, 'other')), i.names), m.notes), m.eaten_at
  from public.meals m
  cross join lateral (
    select string_agg(i.name, ', ' order by i.position) as names
    from public.meal_items i
    where i.user_id = m.user_id and i.meal_id = m.id and i.deleted_at is null
  ) i
  where memory_text.source_kind = 'meal' and m.user_id = owner and m.id = memory_text.source_id and m.deleted_at is null and (i.names is not null or m.notes is not null)
  union all
  -- A number is a code, which says nothing.
  select concat_ws('. ', concat_ws(': ', translate(case when a.activity !~ '^[0-9]+$' then a.activity end, '_-', '  '), a.name), a.notes),
    a.started_at
  from public.activities a
  where memory_text.source_kind = 'activity' and a.user_id = owner and a.id = memory_text.source_id and a.deleted_at is null and a.parent_id is null
    and num_nonnulls(a.name, a.notes, a.activity) > 0
$_$;

CREATE FUNCTION private.merge_rates(buckets text[], amounts double precision[]) RETURNS double precision[]
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.needs_no_product_lookup(gtin text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select exists (select from private.unknown_barcodes u where u.barcode = gtin and u.asked_at > now() - interval '24 hours')
    or exists (select from public.foods f where f.barcode = gtin and f.created_by is null and f.deleted_at is null)
$$;

CREATE FUNCTION private.newest_weights(owner uuid, now timestamp with time zone, OUT newest_ids uuid[], OUT newest_times timestamp with time zone[], OUT newest_weights numeric[]) RETURNS record
    LANGUAGE sql STABLE
    AS $$
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

CREATE FUNCTION private.note_memory_source() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if private.memory_enabled(new.user_id) then
    insert into public.embeddings as e (user_id, source_kind, source_id) values (new.user_id, tg_argv[0], new.id)
    on conflict (user_id, source_kind, source_id) do update set stale = true where not e.stale;
  end if;
  return null;
end $$;

CREATE FUNCTION private.one_rep_max(load numeric, reps numeric, reserve numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when load is null or load <= 0 or reps is null or reps < 1 or reps + coalesce(reserve, 0) > 10 then null
    when reps + coalesce(reserve, 0) = 1 then round(load, 3)
    else round(load * (1 + (reps + coalesce(reserve, 0)) / 30), 3)
  end
$$;

CREATE FUNCTION private.own_food_candidates(me uuid, ids uuid[], times bigint[], matching tsquery, query_key text, query_sorted_keys text[]) RETURNS TABLE(food_id uuid, score bigint)
    LANGUAGE plpgsql STABLE ROWS 10
    AS $$
begin
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys,
      coalesce(-own_food_candidates.times[array_position(ids, s.food_id)], s.rank)::integer)
    from private.food_search s
    where s.owner = me and s.lexemes @@ matching;
end $$;

CREATE FUNCTION private.own_words_near(word text, me uuid, scope text) RETURNS TABLE(own_word text, foods bigint)
    LANGUAGE plpgsql STABLE
    AS $_$
begin
  if scope = 'catalogue' then
    return;
  end if;
  return query
    with near as materialized (
      select l.lexeme, count(*) as foods
      from private.food_search s
      cross join unnest(s.lexemes) l
      where s.owner = me
        and char_length(l.lexeme) between char_length(word) - 3 and char_length(word) + 4
        and char_length(translate(l.lexeme, word, '')) <= 4
      group by l.lexeme
    )
    select n.lexeme, n.foods
    from near n
    where n.lexeme ~ '^[[:alpha:]]{3,40}$'
      and n.lexeme not in (select private.fold(o.lexeme) from near o where o.lexeme <> private.fold(o.lexeme));
end $_$;

CREATE FUNCTION private.phrase_one_typo_away(q text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS $$
declare
  typed constant text := private.lexicon_phrase(q);
begin
  return (
    select string_to_array(l.phrase, ' ')
    from private.food_lexicon l
    where private.begins_with(l.phrase, split_part(typed, ' ', 1) || ' ')
      and abs(char_length(l.phrase) - char_length(typed)) <= 1
      and private.letters_dropped(l.phrase) && private.letters_dropped(typed)
    order by l.phrase
    limit 1);
end $$;

CREATE FUNCTION private.plain(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select translate(lower(extensions.unaccent('extensions.unaccent'::regdictionary, normalize(regexp_replace(t,
    E'[‘’ʼ`´™®©℠\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
    '', 'g'), nfkc))), '''', '')
$$;

CREATE FUNCTION private.portion(per_100g numeric, grams numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    RETURN round(((per_100g * grams) / (100)::numeric), 3);

CREATE FUNCTION private.portion_of(f public.foods, grams numeric) RETURNS private.nutrients
    LANGUAGE sql IMMUTABLE
    AS $$
  select array[
    -- nutrients: private.portion(f.{}, grams)
    private.portion(f.calories, grams), private.portion(f.protein_g, grams), private.portion(f.carbs_g, grams),
    private.portion(f.fat_g, grams), private.portion(f.fiber_g, grams), private.portion(f.sugar_g, grams),
    private.portion(f.added_sugar_g, grams), private.portion(f.saturated_fat_g, grams), private.portion(f.cholesterol_mg, grams),
    private.portion(f.sodium_mg, grams), private.portion(f.potassium_mg, grams), private.portion(f.calcium_mg, grams),
    private.portion(f.iron_mg, grams), private.portion(f.vitamin_d_mcg, grams), private.portion(f.caffeine_mg, grams),
    private.portion(f.alcohol_g, grams), private.portion(f.trans_fat_g, grams), private.portion(f.monounsaturated_fat_g, grams),
    private.portion(f.polyunsaturated_fat_g, grams), private.portion(f.magnesium_mg, grams), private.portion(f.phosphorus_mg, grams),
    private.portion(f.zinc_mg, grams), private.portion(f.selenium_mcg, grams), private.portion(f.vitamin_a_mcg, grams),
    private.portion(f.vitamin_c_mg, grams), private.portion(f.vitamin_e_mg, grams), private.portion(f.vitamin_k_mcg, grams),
    private.portion(f.vitamin_b6_mg, grams), private.portion(f.vitamin_b12_mcg, grams), private.portion(f.thiamin_mg, grams),
    private.portion(f.riboflavin_mg, grams), private.portion(f.niacin_mg, grams), private.portion(f.folate_mcg, grams),
    private.portion(f.choline_mg, grams)
    -- nutrients end
  ]
$$;

CREATE FUNCTION private.portions(owner uuid, items jsonb) RETURNS TABLE(place integer, id uuid, kind text, food_id uuid, serving_id uuid, count numeric, serving_grams numeric, label text, name text, brand text, grams numeric, basis jsonb, calories numeric, protein_g numeric, carbs_g numeric, fat_g numeric, fiber_g numeric, sugar_g numeric, added_sugar_g numeric, saturated_fat_g numeric, cholesterol_mg numeric, sodium_mg numeric, potassium_mg numeric, calcium_mg numeric, iron_mg numeric, vitamin_d_mcg numeric, caffeine_mg numeric, alcohol_g numeric, trans_fat_g numeric, monounsaturated_fat_g numeric, polyunsaturated_fat_g numeric, magnesium_mg numeric, phosphorus_mg numeric, zinc_mg numeric, selenium_mcg numeric, vitamin_a_mcg numeric, vitamin_c_mg numeric, vitamin_e_mg numeric, vitamin_k_mcg numeric, vitamin_b6_mg numeric, vitamin_b12_mcg numeric, thiamin_mg numeric, riboflavin_mg numeric, niacin_mg numeric, folate_mcg numeric, choline_mg numeric)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path TO ''
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
#variable_conflict use_column
begin
  perform private.check_portions(owner, items);
  return query
  with item as (
    select a.ordinality::integer - 1 as place, a.*, items -> (a.ordinality::integer - 1) as input
    from rows from (jsonb_to_recordset(items) as (
      id uuid, kind text, food_id uuid, serving_id uuid, grams numeric, count numeric, serving_grams numeric, label text, basis jsonb
    )) with ordinality a
  ), weighed as (
    select w.*,
      coalesce(w.serving_grams, s.grams) as serving_weight,
      -- not rounded, so that three times a third of a serving is the serving
      case w.kind when 'grams' then round(w.grams, 3) when 'serving' then coalesce(w.serving_grams, s.grams) * round(w.count, 9) end as weight,
      case w.kind
        when 'grams' then trim_scale(round(w.grams, 3)) || ' g'
        when 'serving' then coalesce(case when w.serving_grams is not null then w.label end, s.label)
        else 'quick entry'
      end as item_label,
      -- The name, the brand and the nutrients of the food.
      case when w.kind <> 'quick' then coalesce(w.basis, jsonb_strip_nulls(to_jsonb(f) - array['id', 'created_by', 'barcode', 'source',
        'source_id', 'aliases', 'tier', 'popularity', 'warnings', 'version', 'created_at', 'updated_at', 'deleted_at'])) end as source
    from item w
    left join lateral (select f.* from public.foods f where f.id = w.food_id and w.basis is null limit 1) f on true
    left join lateral (select s.* from public.food_servings s where s.id = w.serving_id and w.serving_grams is null limit 1) s on true
  )
  select m.place, coalesce(m.id, gen_random_uuid()), m.kind,
    case when m.kind <> 'quick' then m.food_id end,
    case when m.kind = 'serving' then m.serving_id end,
    case when m.kind = 'serving' then trim_scale(round(m.count, 9)) end,
    case when m.kind = 'serving' then m.serving_weight end,
    m.item_label, coalesce(b.name, q.name), b.brand, round(m.weight, 3), m.source,
    -- nutrients: coalesce(private.portion(b.{}, m.weight), q.{})
    coalesce(private.portion(b.calories, m.weight), q.calories), coalesce(private.portion(b.protein_g, m.weight), q.protein_g),
    coalesce(private.portion(b.carbs_g, m.weight), q.carbs_g), coalesce(private.portion(b.fat_g, m.weight), q.fat_g),
    coalesce(private.portion(b.fiber_g, m.weight), q.fiber_g), coalesce(private.portion(b.sugar_g, m.weight), q.sugar_g),
    coalesce(private.portion(b.added_sugar_g, m.weight), q.added_sugar_g),
    coalesce(private.portion(b.saturated_fat_g, m.weight), q.saturated_fat_g),
    coalesce(private.portion(b.cholesterol_mg, m.weight), q.cholesterol_mg),
    coalesce(private.portion(b.sodium_mg, m.weight), q.sodium_mg), coalesce(private.portion(b.potassium_mg, m.weight), q.potassium_mg),
    coalesce(private.portion(b.calcium_mg, m.weight), q.calcium_mg), coalesce(private.portion(b.iron_mg, m.weight), q.iron_mg),
    coalesce(private.portion(b.vitamin_d_mcg, m.weight), q.vitamin_d_mcg),
    coalesce(private.portion(b.caffeine_mg, m.weight), q.caffeine_mg), coalesce(private.portion(b.alcohol_g, m.weight), q.alcohol_g),
    coalesce(private.portion(b.trans_fat_g, m.weight), q.trans_fat_g),
    coalesce(private.portion(b.monounsaturated_fat_g, m.weight), q.monounsaturated_fat_g),
    coalesce(private.portion(b.polyunsaturated_fat_g, m.weight), q.polyunsaturated_fat_g),
    coalesce(private.portion(b.magnesium_mg, m.weight), q.magnesium_mg),
    coalesce(private.portion(b.phosphorus_mg, m.weight), q.phosphorus_mg), coalesce(private.portion(b.zinc_mg, m.weight), q.zinc_mg),
    coalesce(private.portion(b.selenium_mcg, m.weight), q.selenium_mcg),
    coalesce(private.portion(b.vitamin_a_mcg, m.weight), q.vitamin_a_mcg),
    coalesce(private.portion(b.vitamin_c_mg, m.weight), q.vitamin_c_mg),
    coalesce(private.portion(b.vitamin_e_mg, m.weight), q.vitamin_e_mg),
    coalesce(private.portion(b.vitamin_k_mcg, m.weight), q.vitamin_k_mcg),
    coalesce(private.portion(b.vitamin_b6_mg, m.weight), q.vitamin_b6_mg),
    coalesce(private.portion(b.vitamin_b12_mcg, m.weight), q.vitamin_b12_mcg),
    coalesce(private.portion(b.thiamin_mg, m.weight), q.thiamin_mg),
    coalesce(private.portion(b.riboflavin_mg, m.weight), q.riboflavin_mg), coalesce(private.portion(b.niacin_mg, m.weight), q.niacin_mg),
    coalesce(private.portion(b.folate_mcg, m.weight), q.folate_mcg), coalesce(private.portion(b.choline_mg, m.weight), q.choline_mg)
    -- nutrients end
  from weighed m
  left join lateral jsonb_populate_record(null::public.foods, m.source) b on true
  left join lateral jsonb_populate_record(null::public.meal_items, case when m.kind = 'quick' then m.input end) q on true
  order by m.place;
end $$;

CREATE FUNCTION private.purge_activities() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.purge_body() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  deleted_rows integer;
  total integer := 0;
begin
  delete from public.body_measurements m
  where (m.user_id, m.id) in (
    select o.user_id, o.id from public.body_measurements o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.water_entries w
  where (w.user_id, w.id) in (
    select o.user_id, o.id from public.water_entries o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.sleep_entries s
  where (s.user_id, s.id) in (
    select o.user_id, o.id from public.sleep_entries o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;

CREATE FUNCTION private.purge_coach() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  deleted_rows integer;
  total integer := 0;
begin
  delete from public.coach_conversations c
  where (c.user_id, c.id) in (
    select o.user_id, o.id from public.coach_conversations o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 100 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.coach_events e
  where (e.user_id, e.message_id, e.seq) in (
    select o.user_id, o.message_id, o.seq from public.coach_events o
    where o.at <= now() - interval '24 hours' order by o.at limit 5000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;

CREATE FUNCTION private.purge_diary() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.purge_foods() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.purge_idempotency_keys() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.purge_rates() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  deleted_rows integer;
begin
  delete from private.rate_limits r
  where r.key in (
    select o.key from private.rate_limits o where o.arrival < now() order by o.arrival limit 5000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return deleted_rows;
end $$;

CREATE FUNCTION private.query_words(q text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS $_$
declare
  words text[] := '{}';
  stop_words text[] := '{}';
  word text;
begin
  foreach word in array private.tokens(q) loop
    if word ~ '^[-&]+$' or word = any (words || stop_words) then
      continue;
    elsif private.is_stop_word(word) then
      stop_words := stop_words || word;
    else
      words := words || word;
    end if;
  end loop;
  return (case when words = '{}' then stop_words else words end)[:8];
end $_$;

CREATE FUNCTION private.queue_job(kind text, args jsonb, queue text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  insert into jobs.river_job (args, kind, max_attempts, queue, priority, state)
  values (queue_job.args, queue_job.kind, 3, queue_job.queue, 1, 'available');
  perform pg_notify('jobs.river_insert', jsonb_build_object('queue', queue_job.queue)::text);
end $$;

CREATE FUNCTION private.read_coach_events(owners uuid[], messages uuid[], positions integer[]) RETURNS TABLE(message_id uuid, seq integer, type text, data jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select e.message_id, e.seq, e.type, e.data
  from unnest(owners, messages, positions) as f(user_id, message_id, position)
  join public.coach_events e on e.user_id = f.user_id and e.message_id = f.message_id and e.seq > f.position
  order by e.message_id, e.seq
$$;

CREATE FUNCTION private.read_memory_sources(batch integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  total integer;
  owners uuid[];
  owner uuid;
begin
  with picked as materialized (
    select e.user_id, e.source_kind, e.source_id
    from public.embeddings e where e.stale limit batch for update skip locked
  ), found as materialized (
    select p.*, left(btrim(t.content), 2000) as content, t.at
    from picked p
    left join lateral private.memory_text(p.user_id, p.source_kind, p.source_id) t on true
  ), gone as (
    delete from public.embeddings e
    using found f
    where coalesce(f.content, '') = '' and e.user_id = f.user_id and e.source_kind = f.source_kind and e.source_id = f.source_id
  ), changed as (
    update public.embeddings e
    set stale = false, at = f.at, content = f.content, words = to_tsvector('pg_catalog.simple', private.plain(f.content)),
      revision = e.revision + (e.content <> f.content)::integer,
      model = case when e.content = f.content then e.model else '' end,
      dimension = case when e.content = f.content then e.dimension end,
      embedding = case when e.content = f.content then e.embedding end
    from found f
    where f.content <> '' and e.user_id = f.user_id and e.source_kind = f.source_kind and e.source_id = f.source_id
  )
  select count(*), array_agg(distinct f.user_id) into total, owners from found f;
  foreach owner in array coalesce(owners, '{}') loop
    perform private.bound_memory(owner);
  end loop;
  return total;
end $$;

CREATE FUNCTION private.recall_terms(question text) RETURNS SETOF tsquery
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  with words as (
    select w.word, w.n
    from regexp_split_to_table(lower(left(question, 2000)), '[^[:alnum:]]+') with ordinality as w (word, n)
    where char_length(w.word) > 1
      and not ts_lexize('pg_catalog.english_stem', w.word) = '{}'
      and not ts_lexize('pg_catalog.german_stem', w.word) = '{}'
      and not ts_lexize('pg_catalog.french_stem', w.word) = '{}'
      and not ts_lexize('pg_catalog.spanish_stem', w.word) = '{}'
      and not ts_lexize('pg_catalog.portuguese_stem', w.word) = '{}'
  ), terms as (
    select case when char_length(p.word) < 4 then p.word else left(p.word, greatest(4, char_length(p.word) - 2)) || ':*' end as term, w.n
    from words w
    cross join lateral regexp_split_to_table(private.plain(w.word), '[^[:alnum:]]+') as p (word)
    where p.word <> ''
  )
  select t.term::tsquery from terms t group by t.term order by min(t.n) limit 16
$$;

CREATE FUNCTION private.recount_activities() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  whole public.activities := new;
begin
  perform private.lock_activities(new.user_id);
  if new.parent_id is not null then
    select a.* into whole from public.activities a where a.user_id = new.user_id and a.id = new.parent_id;
  end if;
  perform private.count_activities_once(whole.user_id, whole.started_at, whole.ended_at);
  if tg_op = 'UPDATE' and new.parent_id is null and (old.started_at, old.ended_at) is distinct from (new.started_at, new.ended_at) then
    perform private.count_activities_once(old.user_id, old.started_at, old.ended_at);
  end if;
  return null;
end $$;

CREATE FUNCTION private.refresh_records(owner uuid, exercises text[]) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  select private.delete_records(exercises);

  insert into public.personal_records (
    user_id, exercise, kind, activity_id, exercise_index, set_index, value, previous, achieved_at, local_date)
  select owner, o.exercise, o.kind, o.activity_id, o.exercise_index, o.set_index, o.value, o.previous, o.started_at, o.local_date
  from (
    select b.*, max(b.value) over (
        partition by b.exercise, b.kind order by b.started_at, b.activity_id rows between unbounded preceding and 1 preceding
      ) as previous
    from (
      select distinct on (s.exercise, v.kind, s.activity_id) s.exercise, v.kind, s.activity_id, s.exercise_index, s.set_index, v.value,
        a.started_at, a.local_date
      from public.activity_sets s
      join public.activities a on a.user_id = s.user_id and a.id = s.activity_id and a.deleted_at is null
      cross join lateral (values
        ('one_rm', s.one_rm_kg),
        ('weight', case when s.load_mode in ('external', 'bodyweight_plus') and s.reps > 0 then s.weight_kg end),
        ('reps', case when s.load_mode in ('bodyweight', 'none') then s.reps::numeric end)
      ) v (kind, value)
      where s.user_id = owner and s.exercise = any (exercises) and s.in_records and v.value > 0
      order by s.exercise, v.kind, s.activity_id, v.value desc, s.exercise_index, s.set_index
    ) b
  ) o
  where o.previous is null or o.value > o.previous
$$;

CREATE FUNCTION private.refresh_records_of_activity() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  touched text[];
begin
  select array_agg(distinct s.exercise) into touched
  from public.activity_sets s
  where s.user_id = new.user_id and s.activity_id = new.id;
  if touched is not null then
    perform private.refresh_records(new.user_id, touched);
  end if;
  return null;
end $$;

CREATE FUNCTION private.refuse_field(field text, code text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  raise exception 'rule_broken' using errcode = 'UC000', detail = jsonb_build_array(jsonb_build_object('field', field, 'code', code))::text;
end $$;

CREATE FUNCTION private.regroup_words(words text[], me uuid, scope text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS $$
declare
  regrouped text[] := '{}';
  i integer := 1;
begin
  while i <= cardinality(words) loop
    if private.is_food_word(words[i] || words[i + 1], me, scope) then
      regrouped := regrouped || (words[i] || words[i + 1]);
      i := i + 2;
    else
      regrouped := regrouped
        || coalesce(case when not private.is_food_word(words[i], me, scope) then private.split_compound(words[i], me, scope) end, array[words[i]]);
      i := i + 1;
    end if;
  end loop;
  return case when regrouped <> words then regrouped[:8] end;
end $$;

CREATE TABLE public.coach_memories (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    content text NOT NULL,
    message_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT coach_memories_content_check CHECK (((char_length(content) >= 1) AND (char_length(content) <= 200))),
    CONSTRAINT coach_memories_kind_check CHECK ((kind = ANY (ARRAY['allergy'::text, 'injury'::text, 'dislike'::text, 'goal'::text, 'habit'::text, 'schedule'::text])))
);

CREATE FUNCTION private.remember_fact(owner uuid, memory uuid, message uuid, kind text, content text) RETURNS SETOF public.coach_memories
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if owner is distinct from auth.uid() or not private.memory_enabled(owner) then
    return;
  end if;
  return query
  insert into public.coach_memories (user_id, id, kind, content, message_id)
  select owner, memory, remember_fact.kind, remember_fact.content, m.id
  from public.coach_messages m
  where m.user_id = owner and m.id = message and m.role = 'user' and m.deleted_at is null
  on conflict do nothing
  returning *;
  delete from public.coach_memories f
  where f.user_id = owner
    and f.id in (select o.id from public.coach_memories o where o.user_id = owner order by o.created_at desc, o.id desc offset 200);
end $$;

CREATE FUNCTION private.remove_favorite(owner uuid, food uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if owner is distinct from (select auth.uid()) or not exists (
    select
    from public.foods f
    where f.id = food and f.deleted_at is null and (f.created_by is null or f.created_by = owner)
  ) then
    return false;
  end if;
  delete from public.food_favorites v where v.user_id = owner and v.food_id = food;
  return true;
end $$;

CREATE FUNCTION private.requeue_activity_imports(queue text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  n integer;
begin
  with lost as (
    select i.user_id, i.id
    from public.activity_imports i
    where i.status in ('queued', 'running')
      and coalesce(i.lease_until, i.created_at + interval '90 seconds') < now()
      and i.created_at > now() - interval '1 day'
    order by i.created_at
    limit 200
    for update skip locked
  ), marked as (
    update public.activity_imports i set status = 'queued', lease_until = now() + interval '90 seconds'
    from lost where i.user_id = lost.user_id and i.id = lost.id
    returning i.user_id, i.id
  )
  select count(private.queue_job(
    'activity_import', jsonb_build_object('user_id', marked.user_id, 'import_id', marked.id), requeue_activity_imports.queue
  )) into n
  from marked;
  return n;
end $$;

CREATE FUNCTION private.requeue_coach_replies(queue text) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  n integer;
begin
  with lost as (
    select m.user_id, m.id
    from public.coach_messages m
    where m.status in ('queued', 'running') and m.deleted_at is null
      and (m.lease_until < now() or m.lease_until is null and m.created_at < now() - interval '10 seconds')
      and (m.requeued_at is null or m.requeued_at < now() - interval '20 seconds')
    order by m.created_at
    limit 200
    for update skip locked
  ), marked as (
    update public.coach_messages m set requeued_at = now() from lost where m.user_id = lost.user_id and m.id = lost.id
    returning m.user_id, m.id
  )
  select count(private.queue_job(
    'coach_reply', jsonb_build_object('user_id', marked.user_id, 'message_id', marked.id), requeue_coach_replies.queue
  )) into n
  from marked;
  return n;
end $$;

CREATE FUNCTION private.require_person(person uuid) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if not exists (
    select from auth.users u
    where u.id = person and (u.banned_until is null or u.banned_until <= now()) and u.deleted_at is null
  ) then
    raise exception 'the person is banned or deleted' using errcode = 'UC401';
  end if;
end $$;

CREATE FUNCTION private.require_session(session_id uuid, user_id uuid) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    AS $$
begin
  perform 1
  from auth.sessions s
  join auth.users u on u.id operator(pg_catalog.=) s.user_id
  where s.id operator(pg_catalog.=) require_session.session_id
    and s.user_id operator(pg_catalog.=) require_session.user_id
    and (s.not_after is null or s.not_after operator(pg_catalog.>) pg_catalog.now())
    and (u.banned_until is null or u.banned_until operator(pg_catalog.<=) pg_catalog.now())
    and u.deleted_at is null;
  if not found then
    raise exception 'session has ended' using errcode = 'UC401';
  end if;
end $$;

CREATE FUNCTION private.restore_activity(owner uuid, target uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  deletion timestamptz;
begin
  select a.deleted_at into deletion
  from public.activities a
  left join public.activities p on p.user_id = a.user_id and p.id = a.parent_id
  where a.user_id = owner and a.id = target and p.deleted_at is null;
  if deletion > now() - interval '30 days' then
    update public.activities a
    set deleted_at = null, version = a.version + 1, updated_at = now()
    where a.user_id = owner and target in (a.id, a.parent_id) and a.deleted_at = deletion;
  end if;
end $$;

CREATE FUNCTION private.restore_meal(owner uuid, meal uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  deletion timestamptz;
begin
  select m.deleted_at into deletion from public.meals m where m.user_id = owner and m.id = meal for update;
  if deletion > now() - interval '30 days' then
    update public.meals m set deleted_at = null, version = m.version + 1, updated_at = now() where m.user_id = owner and m.id = meal;
    update public.meal_items i set deleted_at = null where i.user_id = owner and i.meal_id = meal and i.deleted_at = deletion;
  end if;
end $$;

CREATE FUNCTION private.return_rate(bucket text, seconds double precision) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  update private.rate_limits r set arrival = r.arrival - make_interval(secs => seconds) where r.key = bucket
$$;

CREATE FUNCTION private.revoke_session(session_id uuid, user_id uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  delete from auth.sessions s
  where s.id = revoke_session.session_id
    and s.user_id = revoke_session.user_id
    and s.user_id = (select auth.uid());
  return found;
end $$;

CREATE FUNCTION private.same_name_candidates(name text) RETURNS TABLE(food_id uuid, score bigint)
    LANGUAGE plpgsql STABLE ROWS 10
    AS $$
begin
  return query
    select s.food_id, s.tier * 1000000000::bigint + s.rank
    from private.food_search s
    where s.owner is null and s.name_key = name and s.tier > 0
    order by s.name_key, s.tier, s.rank, s.food_id
    limit 1200;
end $$;

CREATE FUNCTION private.same_time_on(day date, moment timestamp with time zone, zone text, new_zone text) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    SET search_path TO ''
    AS $$
declare
  wanted constant timestamp := day + private.local_time(moment, zone)::time;
  instant timestamptz := private.instant_of(wanted, new_zone);
begin
  if private.local_date(instant, new_zone) <> day then
    instant := instant - (private.local_time(instant, new_zone) - wanted);
  end if;
  return case when private.local_date(instant, new_zone) = day then instant end;
end $$;

CREATE FUNCTION private.schema_version() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select coalesce(max(m.version_id), 0) from private.schema_migrations m where m.is_applied
$$;

CREATE FUNCTION private.search_foods(readings text[], gtin text, scope text, searched text, after_section integer, after_score bigint, after_id uuid, max_rows integer) RETURNS SETOF private.food_hit
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path TO ''
    SET jit TO 'off'
    SET enable_seqscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
#variable_conflict use_variable
declare
  me constant uuid := (select auth.uid());
  barest constant text := coalesce(searched, readings[cardinality(readings)]);
  words constant text[] := private.query_words(barest);
  is_first constant boolean := searched is null and after_id is null; -- other words are searched for on the first page only
  corrected text[];
begin
  if gtin is not null then
    return query
      select f.id, 0, row_number() over (order by f.created_by nulls last, f.tier, f.id), null::text, 1, false, null::text[]
      from public.foods f
      where f.barcode = gtin and f.deleted_at is null and after_id is null
        and (f.created_by is null and scope <> 'own' or f.created_by = me and scope <> 'catalogue')
      order by f.created_by nulls last, f.tier, f.id
      limit max_rows;
    if found or after_id is not null then
      return;
    end if;
  end if;
  if cardinality(words) = 0 then
    return;
  end if;
  -- A single word that occurs only in names of products with a pun: they would be found, and the word would never be corrected. With
  -- several words the others show what is meant.
  if is_first and cardinality(words) = 1 then
    corrected := (select c.corrected from private.correct_food_words(words, me, scope, false) c);
    if corrected is not null then
      return query select * from private.search_other_words(corrected, true, '{}', readings, me, scope, max_rows);
      return;
    end if;
  end if;
  return query
    select * from private.search_readings(
      case when searched is null then readings[:cardinality(readings) - 1] else '{}' end, barest, cardinality(readings), me, scope,
      after_section, after_score, after_id, max_rows);
  if is_first and not found then
    return query select * from private.search_instead(words, readings, me, scope, max_rows);
  end if;
end $$;

CREATE FUNCTION private.search_instead(words text[], readings text[], me uuid, scope text, max_rows integer) RETURNS SETOF private.food_hit
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
declare
  correction record;
  rest text[];
  other_words text[];
begin
  return query select * from private.search_other_words(
    private.regroup_words(words, me, scope), false, '{}', readings, me, scope, max_rows);
  if found then
    return;
  end if;
  if scope <> 'own' then
    return query select * from private.search_other_words(
      private.unfinished_translation(readings[cardinality(readings)], me), false, '{}', readings, me, scope, max_rows);
    if found then
      return;
    end if;
  end if;
  correction := private.correct_food_words(words, me, scope, true);
  return query select * from private.search_other_words(
    correction.corrected, not correction.corrected <@ words, correction.unknown, readings, me, scope, max_rows);
  if found then
    return;
  end if;
  if scope <> 'own' then
    return query select * from private.search_other_words(
      private.phrase_one_typo_away(readings[cardinality(readings)]), true, '{}', readings, me, scope, max_rows);
    if found then
      return;
    end if;
  end if;
  rest := coalesce(correction.corrected, words);
  -- Words that were typed are worth more than guesses.
  rest := array(select w from unnest(rest) with ordinality u (w, n) where w <> all (correction.guesses) order by n);
  if rest = '{}' then
    rest := coalesce(correction.corrected, words);
  end if;
  if rest <> coalesce(correction.corrected, words) then
    return query select * from private.search_other_words(
      rest, not rest <@ words, private.left_out(words, rest, correction.corrected, correction.unknown), readings, me, scope, max_rows);
    if found then
      return;
    end if;
  end if;
  other_words := private.give_up_words(rest, me, scope);
  return query select * from private.search_other_words(
    other_words, not other_words <@ words, private.left_out(words, other_words, correction.corrected, correction.unknown),
    readings, me, scope, max_rows);
end $$;

CREATE FUNCTION private.search_other_words(other_words text[], after_correction boolean, left_out text[], readings text[], me uuid, scope text, max_rows integer) RETURNS SETOF private.food_hit
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
begin
  if other_words is null then
    return;
  end if;
  return query
    select h.food_id, h.section, h.score, array_to_string(other_words, ' '), h.reading, after_correction, left_out
    from private.search_readings(
      '{}', array_to_string(other_words, ' '), cardinality(readings), me, scope, null, null, null, max_rows) h;
end $$;

CREATE FUNCTION private.search_reading(q text, me uuid, scope text, first_section integer, last_section integer, after_section integer, after_score bigint, after_id uuid, phrases text[], skipped uuid[], max_rows integer) RETURNS TABLE(food_id uuid, section integer, score bigint)
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
#variable_conflict use_variable
declare
  words constant text[] := private.query_words(q);
  terms record;
  frequent record;
  same_name text;
  by_index tsquery;
  shown tsquery; -- what an earlier section has returned
  found_rows integer := 0;
  section_rows integer;
begin
  terms := private.search_terms(q);
  frequent := private.frequent_foods(case when scope = 'all' then me end);
  if terms.meant = '{}' and not private.is_name_in_tier_0(terms.sorted_keys[:1], terms.matching) then
    same_name := terms.sorted_keys[1];
  end if;
  by_index := coalesce(terms.whole, terms.matching);
  for section_number in first_section .. last_section loop
    if section_number = 5 then
      exit when terms.whole is null;
      by_index := terms.by_index;
      shown := terms.whole;
    end if;
    continue when section_number < after_section;
    return query
      select c.food_id, section_number, c.score
      from (
        select * from private.own_food_candidates(
          me, frequent.ids, frequent.times, terms.matching, terms.key, terms.sorted_keys)
        where section_number = 0 and scope <> 'catalogue'
        union all
        select f.* from private.frequent_food_candidates(
          frequent.ids, frequent.times, terms.matching, terms.key, terms.sorted_keys, terms.meant) f
        where section_number in (1, 2) and frequent.ids <> '{}' and (f.score <= 0) = (section_number = 1)
        union all
        select n.* from private.same_name_candidates(same_name) n
        where section_number = 1 and scope <> 'own' and n.food_id <> all (frequent.ids)
        union all
        select t.* from private.tier_0_candidates(terms.matching, terms.key, terms.sorted_keys, terms.meant) t
        where section_number = 2 and scope <> 'own' and t.food_id <> all (frequent.ids)
        union all
        select t.* from private.tier_1_candidates(by_index, terms.matching, shown, same_name, terms.key, terms.sorted_keys) t
        where section_number in (3, 5) and scope <> 'own' and t.food_id <> all (frequent.ids || terms.meant)
        union all
        select t.* from private.tier_2_candidates(by_index, terms.matching, shown, same_name, terms.key, terms.sorted_keys) t
        where section_number in (4, 6) and scope <> 'own' and t.food_id <> all (frequent.ids || terms.meant)
          -- Too many words of too many foods begin with one or two letters.
          and char_length(words[cardinality(words)]) + cardinality(words) > 3
      ) c
      where (after_section is null or section_number > after_section or (c.score, c.food_id) > (after_score, after_id))
        and c.food_id not in (select unnest(skipped))
        and (phrases is null or exists (
          select
          from private.food_search s
          cross join unnest(phrases) p
          where s.food_id = c.food_id and case when section_number > 2
            then strpos(' ' || translate(s.keys, E'\n', ' ') || ' ', ' ' || p || ' ') > 0
            else strpos(replace(s.keys || E'\n', E'\n', E' \n'), E'\n' || p || ' ') > 0 end))
      order by c.score, c.food_id
      limit max_rows - found_rows;
    get diagnostics section_rows = row_count;
    found_rows := found_rows + section_rows;
    exit when found_rows >= max_rows;
  end loop;
end $$;

CREATE FUNCTION private.search_readings(fuller text[], barest text, barest_number integer, me uuid, scope text, after_section integer, after_score bigint, after_id uuid, max_rows integer) RETURNS SETOF private.food_hit
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
#variable_conflict use_variable
declare
  key text;
  phrases text[];
  hits private.food_hit[] := '{}';
  ids uuid[];
  name_sections integer := 0; -- how many sections of the barest reading come before tiers 1 and 2 of the fuller ones
  terms record;
  found_rows integer := 0;
  part_rows integer;
begin
  -- A fuller reading ("7-up", "large egg") has few foods. A number must stand next to the words in a name of the food: "7 up" is a drink,
  -- but "1 cheese" is not the cheese with 1 % fat.
  for r in 1 .. cardinality(fuller) loop
    key := private.food_key(fuller[r]);
    phrases := case when fuller[r] ~ '[0-9]' then array[key, regexp_replace(key, '([0-9]) ', '\1')] end; -- "7 up" is also "7up"
    hits := hits || array(
      select row(h.food_id, h.section + 10 * r + case when h.section > 2 then 200 else 0 end, h.score, null, r, false, null)::private.food_hit
      from private.search_reading(fuller[r], me, scope, 0, 4, null, null, null, phrases, '{}', 200) h
      where h.food_id not in (select x.food_id from unnest(hits) x));
  end loop;
  ids := array(select h.food_id from unnest(hits) h);
  if hits <> '{}' then
    terms := private.search_terms(barest);
    if terms.meant <> '{}' or private.is_name_in_tier_0(terms.sorted_keys, terms.matching) then
      name_sections := 3;
    end if;
  end if;
  for part in 1 .. 4 loop
    if part in (1, 3) then
      return query
        select h.*
        from unnest(hits) h
        where (h.section < 100) = (part = 1)
          and (after_section is null or (h.section, h.score, h.food_id) > (after_section, after_score, after_id))
        order by h.section, h.score, h.food_id
        limit max_rows - found_rows;
    else
      return query
        select h.food_id, base.section + h.section, h.score, null::text, barest_number, false, null::text[]
        from (values (case when part = 2 then 100 else 300 end)) base (section)
        cross join lateral private.search_reading(
          barest, me, scope, case when part = 2 then 0 else name_sections end, case when part = 2 then name_sections - 1 else 6 end,
          after_section - base.section, after_score, after_id, null, ids, max_rows - found_rows) h;
    end if;
    get diagnostics part_rows = row_count;
    found_rows := found_rows + part_rows;
    exit when found_rows >= max_rows;
  end loop;
end $$;

CREATE FUNCTION private.search_terms(q text, OUT matching tsquery, OUT key text, OUT sorted_keys text[], OUT meant uuid[], OUT whole tsquery, OUT by_index tsquery) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
declare
  many constant integer := 3000;
  query_words constant text[] := private.query_words(q);
  last_word constant text := query_words[cardinality(query_words)];
  joined constant text[] := private.joined_words(query_words);
  synonym record;
  synonym_key text;
  english text;
begin
  matching := private.words_query(query_words, true);
  key := private.food_key(array_to_string(query_words, ' '));
  sorted_keys := array[private.sorted_key(key)];
  meant := '{}';
  if exists (select from private.food_words v where v.word = any (array[last_word, private.fold(last_word)]) and v.foods > many) then
    whole := private.words_query(query_words, false);
    by_index := case when cardinality(query_words) > 1 then private.words_query(query_words[:cardinality(query_words) - 1], false) end;
  end if;
  for synonym in
    (
      select a.means || array(select w from unnest(query_words) w where w <> all (a.words) and private.fold(w) <> all (a.words)) as words,
        true as is_typed, true as is_alias, null::uuid as food_id
      from private.food_aliases a
      where a.words <@ (query_words || string_to_array(key, ' '))
      limit 6
    )
    union all
    select joined, true, false, null where joined is not null
    union all
    (select t.words, false, false, t.food_id from private.translations(q) t limit 3)
    union all
    (select t.words, false, false, t.food_id from private.translations(array_to_string(joined, ' ')) t where joined is not null limit 1)
  loop
    synonym_key := private.food_key(array_to_string(synonym.words, ' '));
    matching := matching || private.words_query(synonym.words, synonym.is_typed);
    sorted_keys := sorted_keys || private.sorted_key(synonym_key);
    whole := whole || private.words_query(synonym.words, false);
    if synonym.is_alias then
      by_index := by_index || case when cardinality(synonym.words) > 1
        then private.words_query(synonym.words[:cardinality(synonym.words) - 1], false) end;
    end if;
    if synonym.food_id is not null then
      meant := meant || synonym.food_id;
      english := coalesce(english, synonym_key);
    end if;
  end loop;
  key := coalesce(english, key);
  by_index := coalesce(by_index, matching); -- a single word, or a synonym of one
end $$;

CREATE TABLE public.coach_messages (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    conversation_id uuid NOT NULL,
    "position" integer NOT NULL,
    role text NOT NULL,
    reply_to uuid,
    content text DEFAULT ''::text NOT NULL,
    status text NOT NULL,
    finish_reason text,
    problem jsonb,
    timezone text,
    provider text,
    model text,
    input_tokens integer,
    output_tokens integer,
    cached_tokens integer,
    cost numeric(12,6),
    sources jsonb DEFAULT '[]'::jsonb NOT NULL,
    native jsonb,
    attempt integer DEFAULT 0 NOT NULL,
    lease_until timestamp with time zone,
    last_seq integer DEFAULT 0 NOT NULL,
    cancel_requested_at timestamp with time zone,
    requeued_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    completed_at timestamp with time zone,
    deleted_at timestamp with time zone,
    CONSTRAINT coach_messages_cached_tokens_check CHECK ((cached_tokens >= 0)),
    CONSTRAINT coach_messages_content_check CHECK ((octet_length(content) <= 1048576)),
    CONSTRAINT coach_messages_cost_check CHECK (((cost >= (0)::numeric) AND (cost <> 'NaN'::numeric))),
    CONSTRAINT coach_messages_ended CHECK (((status = ANY (ARRAY['completed'::text, 'failed'::text])) = (completed_at IS NOT NULL))),
    CONSTRAINT coach_messages_finish_reason_check CHECK ((finish_reason = ANY (ARRAY['stop'::text, 'length'::text, 'cancelled'::text, 'interrupted'::text, 'filtered'::text]))),
    CONSTRAINT coach_messages_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT coach_messages_model_check CHECK (((char_length(model) >= 1) AND (char_length(model) <= 200))),
    CONSTRAINT coach_messages_output_tokens_check CHECK ((output_tokens >= 0)),
    CONSTRAINT coach_messages_position_check CHECK (("position" > 0)),
    CONSTRAINT coach_messages_provider_check CHECK (((char_length(provider) >= 1) AND (char_length(provider) <= 100))),
    CONSTRAINT coach_messages_role CHECK (((role = 'assistant'::text) = (reply_to IS NOT NULL))),
    CONSTRAINT coach_messages_role_check CHECK ((role = ANY (ARRAY['user'::text, 'assistant'::text]))),
    CONSTRAINT coach_messages_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text]))),
    CONSTRAINT coach_messages_timezone_check CHECK (((char_length(timezone) >= 1) AND (char_length(timezone) <= 100)))
);

CREATE FUNCTION private.send_coach_message(owner uuid, conversation uuid, message uuid, reply uuid, content text, timezone text, queue text) RETURNS SETOF public.coach_messages
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  n integer;
  active uuid;
begin
  if owner is distinct from auth.uid() then
    return;
  end if;
  select c.message_count + 2, c.active_message_id into n, active
  from public.coach_conversations c
  where c.user_id = owner and c.id = conversation and c.deleted_at is null
  for update;
  if not found then
    return;
  end if;
  if active is not null then
    raise exception 'reply_in_progress' using errcode = 'UC000';
  end if;
  if n > 10000 then
    raise exception 'conversation_full' using errcode = 'UC000';
  end if;
  update public.coach_conversations c
  set message_count = n, active_message_id = reply, last_message_at = now()
  where c.user_id = owner and c.id = conversation;
  insert into public.coach_messages (user_id, id, conversation_id, position, role, content, status, timezone, completed_at)
  values (owner, message, conversation, n - 1, 'user', content, 'completed', send_coach_message.timezone, now());
  insert into public.coach_messages (user_id, id, conversation_id, position, role, reply_to, status)
  values (owner, reply, conversation, n, 'assistant', message, 'queued');
  perform private.queue_job('coach_reply', jsonb_build_object('user_id', owner, 'message_id', reply), queue);
  return query
  select m.* from public.coach_messages m where m.user_id = owner and m.id in (message, reply) order by m.position;
end $$;

CREATE FUNCTION private.set_coach_memory(owner uuid, enabled boolean) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  if owner is distinct from auth.uid() then
    return;
  end if;
  insert into public.coach_settings as s (user_id, memory_enabled)
  values (owner, enabled)
  on conflict (user_id) do update
  set memory_enabled = enabled, updated_at = now(), erase_at = case when not enabled then now() + interval '45 minutes' end
  where s.memory_enabled <> enabled;
  if not found or not enabled then
    return;
  end if;
  insert into public.embeddings as e (user_id, source_kind, source_id)
  select owner, n.kind, n.id
  from (
    (select 'message' as kind, m.id
    from public.coach_messages m
    where m.user_id = owner and m.role = 'user' and m.deleted_at is null order by m.created_at desc limit 10000)
    union all
    (select 'meal', m.id from public.meals m where m.user_id = owner and m.deleted_at is null order by m.eaten_at desc limit 10000)
    union all
    (select 'activity', a.id
    from public.activities a
    where a.user_id = owner and a.deleted_at is null and a.parent_id is null order by a.started_at desc limit 10000)
    union all
    select 'fact', f.id from public.coach_memories f where f.user_id = owner
  ) n
  on conflict do nothing;
end $$;

CREATE FUNCTION private.set_counted_share(owner uuid, target uuid, share numeric, found jsonb) RETURNS void
    LANGUAGE sql
    SET search_path TO ''
    AS $$
  update public.activities a
  set counted_share = share, overlapping = found, version = a.version + 1, updated_at = now()
  where a.user_id = owner and a.id = target and (a.counted_share <> share or a.overlapping <> found)
$$;

CREATE FUNCTION private.sorted_key(key text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select coalesce(string_agg(w, ' ' order by w collate "C"), '') from unnest(string_to_array(key, ' ')) w
$$;

CREATE FUNCTION private.split_compound(word text, me uuid, scope text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS $_$
begin
  if word !~ '^[[:alpha:]]{6,40}$' then
    return null;
  end if;
  return (
    select array[p.first, p.second]
    from generate_series(3, char_length(word) - 3) i
    cross join unnest(array['', 's', 'n', 'en', 'es', 'er', 'e']) link
    cross join lateral (
      select left(word, i - char_length(link)) as first, substr(word, i + 1) as second, char_length(link) as link_length
      where substr(word, i - char_length(link) + 1, char_length(link)) = link
    ) p
    where char_length(p.first) >= 3
      and private.is_food_word(p.second, me, scope)
      and private.is_food_word(p.first, me, scope)
    order by least(char_length(p.first), char_length(p.second)) desc, p.link_length, i desc
    limit 1);
end $_$;

CREATE FUNCTION private.store_product(product jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  with food as (select private.insert_food(product || '{"source": "open_food_facts"}') as id)
  insert into public.food_servings (food_id, label, grams, is_default, position)
  select food.id, s.label, round(s.grams, 4), s.is_default, s.n - 1
  from food
  cross join rows from (jsonb_to_recordset(coalesce(nullif(product -> 'servings', 'null'), '[]')) as (label text, grams numeric, is_default boolean))
    with ordinality as s (label, grams, is_default, n)
  where food.id is not null
$$;

CREATE FUNCTION private.store_unknown_barcode(gtin text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO ''
    AS $$
  insert into private.unknown_barcodes (barcode) values (gtin) on conflict (barcode) do update set asked_at = now()
$$;

CREATE FUNCTION private.store_vectors(current_model text, dims integer, owners uuid[], kinds text[], sources uuid[], revisions integer[], vectors real[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
declare
  stored integer;
begin
  update public.embeddings e
  set model = current_model, dimension = dims, embedding = vectors[(n.at - 1) * dims + 1 : n.at * dims]::extensions.halfvec
  from unnest(owners, kinds, sources, revisions) with ordinality as n (user_id, source_kind, source_id, revision, at)
  where e.user_id = n.user_id and e.source_kind = n.source_kind and e.source_id = n.source_id and e.revision = n.revision and not e.stale;
  get diagnostics stored = row_count;
  return stored;
end $$;

CREATE FUNCTION private.strength_of(owner uuid, target uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO ''
    AS $$
  select jsonb_build_object(
    'volume_kg', sum(e.volume_kg), 'unknown_loads', sum(e.unknown_loads),
    'exercises', jsonb_agg(jsonb_build_object('exercise', e.exercise, 'name', e.name, 'volume_kg', e.volume_kg, 'one_rm_kg', e.one_rm_kg)
      order by e.exercise_index),
    'records', (
      select coalesce(jsonb_agg(jsonb_build_object('exercise', r.exercise, 'kind', r.kind, 'activity_id', r.activity_id,
        'exercise_index', r.exercise_index, 'set_index', r.set_index, 'value', r.value, 'previous', r.previous,
        'achieved_at', r.achieved_at, 'date', r.local_date) order by r.exercise_index, r.set_index, r.kind), '[]')
      from public.personal_records r
      where r.user_id = owner and r.activity_id = target
    ))
  from (
    select s.exercise_index, min(s.exercise) as exercise, min(s.name) as name, sum(s.volume_kg) as volume_kg, max(s.one_rm_kg) as one_rm_kg,
      count(*) filter (where s.volume_kg is null and s.type <> 'warmup' and s.reps > 0) as unknown_loads
    from public.activity_sets s
    where s.user_id = owner and s.activity_id = target
    group by s.exercise_index
  ) e
  having count(*) > 0
$$;

CREATE FUNCTION private.take_rate(bucket text, emission_seconds double precision, burst integer) RETURNS double precision
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
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

CREATE FUNCTION private.texts_without_vector(current_model text, batch integer) RETURNS TABLE(user_id uuid, source_kind text, source_id uuid, revision integer, content text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO ''
    AS $$
  select e.user_id, e.source_kind, e.source_id, e.revision, e.content
  from public.embeddings e
  where not e.stale and (e.model < current_model or e.model > current_model) -- unlike <>, the index has these
    and private.memory_enabled(e.user_id)
  limit batch
$$;

CREATE FUNCTION private.tier_0_candidates(matching tsquery, query_key text, query_sorted_keys text[], meant uuid[]) RETURNS TABLE(food_id uuid, score bigint)
    LANGUAGE plpgsql STABLE ROWS 100
    AS $$
begin
  return query
    select s.food_id, -1000000000::bigint
    from private.food_search s
    where s.food_id = any (meant);
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, s.rank)
    from private.food_search s
    where s.owner is null and s.tier = 0 and s.lexemes @@ matching and s.food_id <> all (meant);
end $$;

CREATE FUNCTION private.tier_1_candidates(by_index tsquery, matching tsquery, shown tsquery, name text, query_key text, query_sorted_keys text[]) RETURNS TABLE(food_id uuid, score bigint)
    LANGUAGE plpgsql STABLE ROWS 100
    AS $$
begin
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, s.rank)
    from private.food_search s
    where s.owner is null and s.tier = 1 and s.lexemes @@ by_index
      and (shown is null or ts_match_vq(s.lexemes, matching) and not ts_match_vq(s.lexemes, shown))
      and (name is null or s.name_key <> name)
    limit 1200;
end $$;

CREATE FUNCTION private.tier_2_candidates(by_index tsquery, matching tsquery, shown tsquery, name text, query_key text, query_sorted_keys text[]) RETURNS TABLE(food_id uuid, score bigint)
    LANGUAGE plpgsql STABLE ROWS 100
    AS $$
begin
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, s.rank)
    from private.food_search s
    where s.owner is null and s.tier = 2 and s.lexemes @@ by_index
      and (shown is null or ts_match_vq(s.lexemes, matching) and not ts_match_vq(s.lexemes, shown))
      and (name is null or s.name_key <> name)
    limit 600;
end $$;

CREATE FUNCTION private.title_conversation(owner uuid, conversation uuid, title text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO ''
    AS $$
begin
  update public.coach_conversations c
  set title = title_conversation.title, version = c.version + 1, updated_at = now()
  where c.user_id = owner and c.id = conversation and c.title is null and c.title_source = 'automatic' and c.deleted_at is null;
end $$;

CREATE FUNCTION private.tokens(t text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select coalesce(array_agg(left(w, 60) order by n), '{}')
  from (
    select btrim(w, '-&') as w, n
    from regexp_split_to_table(private.plain(t),
      E'[\\x01-%(-,./:-@[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb-\u00bf\u2000-\u206f\u20a0-\u20cf\u2100-\u214f\u2190-\u2bff\u3000-\u3004\u3007-\u303f\U0001f000-\U0001faff]+') with ordinality s (w, n)
  ) s
  where w <> ''
$$;

CREATE FUNCTION private.touch_parent_activity() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  update public.activities a
  set version = a.version + 1, updated_at = now()
  where a.user_id = new.user_id and a.id = new.parent_id and a.deleted_at is null;
  return null;
end $$;

CREATE FUNCTION private.translations(q text) RETURNS TABLE(words text[], food_id uuid)
    LANGUAGE plpgsql STABLE ROWS 1
    AS $$
#variable_conflict use_column
declare
  longest constant integer := 5; -- words in a phrase of the lexicon
  tokens text[] := (string_to_array(private.lexicon_phrase(q), ' '))[:10];
  phrases text[];
  seen text[] := '{}';
  language text;
  entry record;
  i integer;
begin
  select array_agg(array_to_string(tokens[first:last], ' ')) into phrases
  from generate_series(1, cardinality(tokens)) first
  cross join lateral generate_series(first, least(first + longest - 1, cardinality(tokens))) last
  where last > first or cardinality(tokens) = 1 or not private.is_stop_word(tokens[first]);
  for language in
    select l.language
    from private.food_lexicon l
    where l.phrase = any (phrases)
    group by l.language
    order by max(char_length(l.phrase)) desc, count(*) desc, l.language
  loop
    words := '{}';
    food_id := null;
    i := 1;
    while i <= cardinality(tokens) loop
      select l.* into entry
      from private.food_lexicon l
      where l.phrase = any (phrases)
        and l.phrase = array_to_string(tokens[i : i + cardinality(string_to_array(l.phrase, ' ')) - 1], ' ')
      order by char_length(l.phrase) desc, l.language = language desc, l.language
      limit 1;
      if found then
        words := words || entry.means;
        food_id := case when entry.phrase = array_to_string(tokens, ' ') then entry.food_id end;
        i := i + cardinality(string_to_array(entry.phrase, ' '));
      else
        if not private.is_stop_word(tokens[i]) then
          words := words || tokens[i];
        end if;
        i := i + 1;
      end if;
    end loop;
    words := words[:8];
    continue when words = '{}' or array_to_string(words, ' ') = any (seen);
    seen := seen || array_to_string(words, ' ');
    return next;
  end loop;
end $$;

CREATE FUNCTION private.unfinished_translation(q text, me uuid) RETURNS text[]
    LANGUAGE plpgsql STABLE
    AS $$
declare
  beginning constant text := private.lexicon_phrase(q);
  likely constant text := private.word_one_typo_away(beginning, me, 'catalogue', null);
begin
  if char_length(beginning) < 3 or exists (select from private.food_words v where v.word = likely and v.foods > 5) then
    return null;
  end if;
  return (
    select l.means
    from private.food_lexicon l
    where private.begins_with(l.phrase, beginning)
      and l.food_id is not null
    order by char_length(l.phrase), l.phrase
    limit 1);
end $$;

CREATE TABLE public.activities (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    parent_id uuid,
    leg_index smallint,
    name text,
    category text NOT NULL,
    activity text,
    family text,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    local_date date NOT NULL,
    timezone text NOT NULL,
    zone_source text NOT NULL,
    elapsed_s integer NOT NULL,
    timer_s integer NOT NULL,
    moving_s integer,
    rpe numeric(3,1),
    notes text,
    metrics jsonb,
    ascent_m numeric(7,1) GENERATED ALWAYS AS (((metrics ->> 'elevation_gain_m'::text))::numeric) STORED,
    source_kind text NOT NULL,
    source_app text,
    source_device text,
    external_id text,
    external_version bigint,
    recorded text NOT NULL,
    content_sha256 bytea,
    user_kcal numeric(7,1),
    device_kcal numeric(7,1),
    device_resting_kcal numeric(7,1),
    kcal numeric(8,2),
    kcal_net numeric(8,2),
    energy_source text,
    met numeric(4,1),
    met_code text,
    met_year smallint,
    energy_match text,
    weight_kg numeric(7,4),
    energy_explanation jsonb DEFAULT '[]'::jsonb NOT NULL,
    heart_rate_zones jsonb,
    counting text DEFAULT 'automatic'::text NOT NULL,
    counted_share numeric(12,10) DEFAULT 1 NOT NULL,
    overlapping jsonb DEFAULT '[]'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    distance_m numeric(10,2) GENERATED ALWAYS AS (COALESCE(((metrics ->> 'distance_m'::text))::numeric, (((metrics ->> 'distance_km'::text))::numeric * (1000)::numeric),
CASE
    WHEN ((metrics ->> 'kind'::text) = 'swimming'::text) THEN (((metrics ->> 'laps'::text))::numeric * ((metrics ->> 'pool_length_m'::text))::numeric)
    ELSE NULL::numeric
END)) STORED,
    CONSTRAINT activities_activity_check CHECK (((char_length(activity) >= 1) AND (char_length(activity) <= 100))),
    CONSTRAINT activities_category_check CHECK ((category = ANY (ARRAY['cardio_steady_state'::text, 'cardio_interval'::text, 'strength_training'::text, 'sports'::text, 'flexibility'::text, 'other'::text]))),
    CONSTRAINT activities_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
    CONSTRAINT activities_counted_share_check CHECK (((counted_share >= (0)::numeric) AND (counted_share <= (1)::numeric))),
    CONSTRAINT activities_counting_check CHECK ((counting = ANY (ARRAY['automatic'::text, 'prefer'::text, 'keep_both'::text, 'exclude'::text]))),
    CONSTRAINT activities_device_kcal_check CHECK (((device_kcal >= (0)::numeric) AND (device_kcal <= (30000)::numeric))),
    CONSTRAINT activities_device_resting_kcal_check CHECK (((device_resting_kcal >= (0)::numeric) AND (device_resting_kcal <= (30000)::numeric))),
    CONSTRAINT activities_duration CHECK ((ended_at > started_at)),
    CONSTRAINT activities_elapsed_s_check CHECK (((elapsed_s >= 1) AND (elapsed_s <= 2678400))),
    CONSTRAINT activities_ended_at_check CHECK (isfinite(ended_at)),
    CONSTRAINT activities_energy CHECK (((num_nulls(kcal, energy_source) = ANY (ARRAY[0, 2])) AND ((kcal_net IS NULL) OR (kcal IS NOT NULL)) AND ((kcal IS NULL) OR (kcal_net IS NOT NULL) OR (energy_source = ANY (ARRAY['user'::text, 'device'::text, 'power'::text]))))),
    CONSTRAINT activities_energy_match_check CHECK ((energy_match = ANY (ARRAY['exact'::text, 'near'::text]))),
    CONSTRAINT activities_energy_source_check CHECK ((energy_source = ANY (ARRAY['user'::text, 'device'::text, 'power'::text, 'heart_rate'::text, 'speed'::text, 'met_table'::text, 'category_default'::text]))),
    CONSTRAINT activities_external_id_check CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 200))),
    CONSTRAINT activities_external_version_check CHECK ((external_version >= 0)),
    CONSTRAINT activities_family_check CHECK (((char_length(family) >= 1) AND (char_length(family) <= 100))),
    CONSTRAINT activities_kcal_check CHECK (((kcal >= (0)::numeric) AND (kcal <> 'NaN'::numeric))),
    CONSTRAINT activities_kcal_net_check CHECK (((kcal_net >= (0)::numeric) AND (kcal_net <> 'NaN'::numeric))),
    CONSTRAINT activities_leg CHECK ((((parent_id IS NULL) = (leg_index IS NULL)) AND (parent_id <> id))),
    CONSTRAINT activities_leg_index_check CHECK (((leg_index >= 0) AND (leg_index <= 99))),
    CONSTRAINT activities_local_date_check CHECK (isfinite(local_date)),
    CONSTRAINT activities_met_check CHECK (((met >= (0)::numeric) AND (met <= (30)::numeric))),
    CONSTRAINT activities_met_code_check CHECK ((met_code ~ '^[0-9]{5}$'::text)),
    CONSTRAINT activities_met_year_check CHECK (((met_year >= 2000) AND (met_year <= 2199))),
    CONSTRAINT activities_metrics_check CHECK ((metrics ? 'kind'::text)),
    CONSTRAINT activities_moving_s_check CHECK (((moving_s >= 0) AND (moving_s <= 86400))),
    CONSTRAINT activities_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT activities_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 2000))),
    CONSTRAINT activities_recorded_check CHECK ((recorded = ANY (ARRAY['automatic'::text, 'manual'::text, 'unknown'::text]))),
    CONSTRAINT activities_rpe_check CHECK (((rpe >= (1)::numeric) AND (rpe <= (10)::numeric))),
    CONSTRAINT activities_source_app_check CHECK (((char_length(source_app) >= 1) AND (char_length(source_app) <= 100))),
    CONSTRAINT activities_source_device_check CHECK (((char_length(source_device) >= 1) AND (char_length(source_device) <= 100))),
    CONSTRAINT activities_source_kind_check CHECK ((source_kind = ANY (ARRAY['manual'::text, 'file'::text, 'device'::text, 'api'::text]))),
    CONSTRAINT activities_started_at_check CHECK (isfinite(started_at)),
    CONSTRAINT activities_timer_s_check CHECK (((timer_s >= 1) AND (timer_s <= 86400))),
    CONSTRAINT activities_timezone_check CHECK (((char_length(timezone) >= 1) AND (char_length(timezone) <= 100))),
    CONSTRAINT activities_user_kcal_check CHECK (((user_kcal >= (0)::numeric) AND (user_kcal <= (30000)::numeric))),
    CONSTRAINT activities_weight_kg_check CHECK (((weight_kg >= (20)::numeric) AND (weight_kg <= (500)::numeric))),
    CONSTRAINT activities_zone_source_check CHECK ((zone_source = ANY (ARRAY['gps'::text, 'file'::text, 'request'::text, 'profile'::text])))
);

CREATE FUNCTION private.window_end(a public.activities) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
  select case when a.elapsed_s > 3 * a.timer_s then a.started_at + make_interval(secs => a.timer_s) else a.ended_at end
$$;

CREATE FUNCTION private.word_most_alike(word text, me uuid, scope text) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select v.word
    from (
      select c.word, c.foods
      from private.food_words c
      where scope <> 'own' and c.offered and c.word operator(extensions.%) word_most_alike.word
        -- a word of another language is not replaced by one that only begins like it: Apfelschorle is no Apfelsine
        and (extensions.similarity(c.word, word_most_alike.word) >= 0.6
          or c.foods > 1 or not exists (select from private.food_lexicon l where l.phrase = c.word))
      union all
      select o.own_word, o.foods
      from private.own_words_near(word_most_alike.word, me, scope) o
      where o.own_word operator(extensions.%) word_most_alike.word
    ) v
    order by extensions.similarity(v.word, word_most_alike.word)
        + case when left(v.word, 1) = left(word_most_alike.word, 1) then 0.1 else 0 end
        - 0.03 * abs(char_length(v.word) - char_length(word_most_alike.word))
        + 0.04 * least(ln(v.foods), 6) desc, v.word -- from some four hundred foods on a word is common enough
    limit 1);
end $$;

CREATE FUNCTION private.word_one_typo_away(word text, me uuid, scope text, at_least_foods integer) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select v.word
    from (
      select c.word, c.foods
      from private.food_words c
      where scope <> 'own' and c.offered and private.letters_dropped(c.word) && private.letters_dropped(word_one_typo_away.word)
      union all
      select o.own_word, o.foods
      from private.own_words_near(word_one_typo_away.word, me, scope) o
      where abs(char_length(o.own_word) - char_length(word_one_typo_away.word)) <= 1
        and char_length(translate(o.own_word, word_one_typo_away.word, '')) <= 1
        and private.letters_dropped(o.own_word) && private.letters_dropped(word_one_typo_away.word)
    ) v
    cross join lateral (
      select case
        when char_length(v.word) > char_length(word_one_typo_away.word) then 0
        when char_length(v.word) < char_length(word_one_typo_away.word) then 0.5
        else (
          select case count(*) when 2 then 0 else 1 end -- two letters differ where they changed places
          from generate_series(1, char_length(word_one_typo_away.word)) i
          where substr(v.word, i, 1) <> substr(word_one_typo_away.word, i, 1))
      end + case when left(v.word, 1) <> left(word_one_typo_away.word, 1) then 2 else 0 end as unlikely
    ) s
    where at_least_foods is null
      or v.foods >= at_least_foods
        and char_length(v.word) > char_length(word_one_typo_away.word)
        and left(v.word, 1) = left(word_one_typo_away.word, 1)
    order by ln(v.foods) - s.unlikely desc, v.word
    limit 1);
end $$;

CREATE FUNCTION private.words_query(words text[], is_prefix boolean) RETURNS tsquery
    LANGUAGE plpgsql STABLE
    AS $$
declare
  is_last boolean;
  parts text[];
  terms text[];
  term text;
  conditions text[] := '{}';
begin
  for i in 1 .. cardinality(words) loop
    is_last := i = cardinality(words);
    parts := array(select p from regexp_split_to_table(words[i], '[-&]+') p where p <> '');
    terms := '{}';
    for j in 1 .. cardinality(parts) loop
      terms := terms || private.food_term(parts[j], is_prefix and is_last and j = cardinality(parts));
    end loop;
    term := '(' || array_to_string(terms, ' & ') || ')';
    if cardinality(parts) > 1 then -- low-fat is also lowfat
      term := '(' || private.food_term(array_to_string(parts, ''), is_prefix and is_last) || ' | ' || term || ')';
    end if;
    conditions := conditions || term;
  end loop;
  return array_to_string(conditions, ' & ')::tsquery;
end $$;

CREATE FUNCTION private.write_sets(owner uuid, target uuid, sets jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
declare
  touched text[];
  body_weight numeric;
begin
  perform private.lock_activities(owner);
  select coalesce(array_agg(distinct s.exercise), '{}') into touched
  from public.activity_sets s
  where s.user_id = owner and s.activity_id = target;
  perform private.delete_sets(target);
  -- The newest weight at that time, else the profile's; the energy of an activity has the same.
  select coalesce((
      select m.weight_kg
      from public.body_measurements m
      where m.user_id = owner and m.deleted_at is null and m.weight_kg is not null and m.measured_at <= a.started_at
      order by m.measured_at desc, m.id desc
      limit 1
    ), p.current_weight_kg)
  into body_weight
  from public.activities a
  join public.profiles p on p.id = a.user_id
  where a.user_id = owner and a.id = target;

  insert into public.activity_sets (
    user_id, activity_id, exercise_index, set_index, exercise, name, type, load_mode, reps, weight_kg, load_kg, volume_kg, one_rm_kg, in_records)
  select owner, target, x.exercise_index, x.set_index, x.exercise, x.name, x.type, x.load_mode, x.reps, x.weight_kg, l.load,
    case when x.type <> 'warmup' then round(x.reps * case when x.side = 'each' then 2 else 1 end * l.load, 3) end,
    case when c.counts then private.one_rep_max(l.load, x.reps, x.reserve) end,
    c.counts
  from jsonb_to_recordset(sets) as x (
    exercise_index smallint, set_index smallint, exercise text, name text, type text, load_mode text, side text, reps smallint,
    weight_kg numeric, reserve numeric, unconfirmed boolean)
  cross join lateral (
    select case x.load_mode
      when 'external' then x.weight_kg
      when 'bodyweight' then body_weight
      when 'bodyweight_plus' then body_weight + coalesce(x.weight_kg, 0)
      when 'assisted' then greatest(0, body_weight - coalesce(x.weight_kg, 0))
    end as load
  ) l
  cross join lateral (select x.type not in ('warmup', 'drop') and x.load_mode <> 'band' and not x.unconfirmed as counts) c;

  select array(
    select distinct e from unnest(touched) e
    union
    select s.exercise from public.activity_sets s where s.user_id = owner and s.activity_id = target)
  into touched;
  perform private.refresh_records(owner, touched);
end $$;

CREATE TABLE private.food_aliases (
    words text[] NOT NULL,
    means text[] NOT NULL
);

CREATE TABLE private.food_imports (
    source text NOT NULL,
    file text NOT NULL,
    rows_done bigint DEFAULT 0 NOT NULL,
    finished_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE private.food_lexicon (
    phrase text NOT NULL,
    language text NOT NULL,
    food_id uuid,
    means text[] NOT NULL,
    CONSTRAINT food_lexicon_language_check CHECK ((language ~ '^[a-z]{2}$'::text))
);

CREATE TABLE private.food_search (
    food_id uuid NOT NULL,
    owner uuid,
    tier smallint NOT NULL,
    rank integer NOT NULL,
    keys text NOT NULL,
    sorted_keys text[] NOT NULL,
    name_key text NOT NULL,
    lexemes tsvector NOT NULL
);

CREATE TABLE private.food_seeds (
    hash text NOT NULL,
    loaded_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE private.food_words (
    word text NOT NULL,
    foods integer NOT NULL,
    sure boolean NOT NULL,
    offered boolean NOT NULL
);

CREATE TABLE private.function_files (
    name text NOT NULL,
    sha256 text NOT NULL,
    defines text[] NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE private.function_sets (
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE private.idempotency_keys (
    user_id uuid NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_keys_fingerprint_check CHECK ((octet_length(fingerprint) = 32)),
    CONSTRAINT idempotency_keys_key_check CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255))),
    CONSTRAINT idempotency_keys_status_check CHECK (((status >= 200) AND (status <= 299)))
);

CREATE VIEW private.own_sessions WITH (security_barrier='true') AS
 SELECT id,
    user_id,
    COALESCE(created_at, '1970-01-01 00:00:00+00'::timestamp with time zone) AS created_at,
    GREATEST((refreshed_at AT TIME ZONE 'utc'::text), created_at, '1970-01-01 00:00:00+00'::timestamp with time zone) AS last_used_at,
    COALESCE("left"(user_agent, 1000), ''::text) AS user_agent,
    COALESCE(host(ip), ''::text) AS ip
   FROM auth.sessions s
  WHERE ((user_id = ( SELECT auth.uid() AS uid)) AND ((not_after IS NULL) OR (not_after > now())));

CREATE UNLOGGED TABLE private.rate_limits (
    key text NOT NULL,
    arrival timestamp with time zone NOT NULL
);

CREATE TABLE private.recovery_mails (
    profile_id uuid NOT NULL,
    sent_at timestamp with time zone,
    asked_after timestamp with time zone
);

CREATE TABLE private.schema_migrations (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);

ALTER TABLE private.schema_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME private.schema_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE private.unknown_barcodes (
    barcode text NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT unknown_barcodes_barcode_check CHECK ((barcode ~ '^[0-9]{14}$'::text))
);

CREATE VIEW public.activity_details WITH (security_invoker='true') AS
 SELECT user_id,
    id,
    parent_id,
    leg_index,
    name,
    category,
    activity,
    family,
    started_at,
    ended_at,
    local_date,
    timezone,
    zone_source,
    elapsed_s,
    timer_s,
    moving_s,
    rpe,
    notes,
    metrics,
    ascent_m,
    source_kind,
    source_app,
    source_device,
    external_id,
    external_version,
    recorded,
    content_sha256,
    user_kcal,
    device_kcal,
    device_resting_kcal,
    kcal,
    kcal_net,
    energy_source,
    met,
    met_code,
    met_year,
    energy_match,
    weight_kg,
    energy_explanation,
    heart_rate_zones,
    counting,
    counted_share,
    overlapping,
    version,
    created_at,
    updated_at,
    deleted_at,
    distance_m,
    ( SELECT jsonb_agg(to_jsonb(l.*) ORDER BY l.leg_index, l.started_at, l.id) AS jsonb_agg
           FROM public.activities l
          WHERE ((l.user_id = a.user_id) AND (l.parent_id = a.id) AND (l.deleted_at IS NULL))) AS legs,
        CASE
            WHEN ((metrics ->> 'kind'::text) = 'strength'::text) THEN private.strength_of(user_id, id)
            ELSE NULL::jsonb
        END AS strength
   FROM public.activities a
  WHERE (deleted_at IS NULL);

CREATE TABLE public.activity_files (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    content bytea NOT NULL,
    content_sha256 bytea NOT NULL,
    size_bytes integer NOT NULL,
    result jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT activity_files_content_check CHECK ((octet_length(content) <= (26214400 + 65536))),
    CONSTRAINT activity_files_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
    CONSTRAINT activity_files_size_bytes_check CHECK (((size_bytes >= 1) AND (size_bytes <= 26214400)))
);
ALTER TABLE ONLY public.activity_files ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE TABLE public.activity_imports (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    status text DEFAULT 'queued'::text NOT NULL,
    progress real DEFAULT 0 NOT NULL,
    content bytea,
    size_bytes integer NOT NULL,
    options jsonb NOT NULL,
    result jsonb,
    problem jsonb,
    attempt integer DEFAULT 0 NOT NULL,
    lease_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    completed_at timestamp with time zone,
    CONSTRAINT activity_imports_completed CHECK (((status = ANY (ARRAY['done'::text, 'failed'::text])) = (completed_at IS NOT NULL))),
    CONSTRAINT activity_imports_content CHECK (((content IS NULL) = (completed_at IS NOT NULL))),
    CONSTRAINT activity_imports_content_check CHECK ((octet_length(content) <= (26214400 + 65536))),
    CONSTRAINT activity_imports_progress_check CHECK (((progress >= (0)::double precision) AND (progress <= (1)::double precision))),
    CONSTRAINT activity_imports_result CHECK ((((status = 'done'::text) = (result IS NOT NULL)) AND ((status = 'failed'::text) = (problem IS NOT NULL)))),
    CONSTRAINT activity_imports_size_bytes_check CHECK (((size_bytes >= 1) AND (size_bytes <= 26214400))),
    CONSTRAINT activity_imports_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
ALTER TABLE ONLY public.activity_imports ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE TABLE public.activity_sets (
    user_id uuid NOT NULL,
    activity_id uuid NOT NULL,
    exercise_index smallint NOT NULL,
    set_index smallint NOT NULL,
    exercise text NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    load_mode text NOT NULL,
    reps smallint,
    weight_kg numeric(7,3),
    load_kg numeric(7,3),
    volume_kg numeric(12,3),
    one_rm_kg numeric(7,3),
    in_records boolean NOT NULL,
    CONSTRAINT activity_sets_exercise_check CHECK (((char_length(exercise) >= 1) AND (char_length(exercise) <= 210))),
    CONSTRAINT activity_sets_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
);

CREATE TABLE public.activity_streams (
    user_id uuid NOT NULL,
    activity_id uuid NOT NULL,
    points integer NOT NULL,
    data bytea NOT NULL,
    pauses jsonb DEFAULT '[]'::jsonb NOT NULL,
    privacy_radius_m integer DEFAULT 0 NOT NULL,
    CONSTRAINT activity_streams_points_check CHECK (((points >= 0) AND (points <= 500000))),
    CONSTRAINT activity_streams_privacy_radius_m_check CHECK (((privacy_radius_m >= 0) AND (privacy_radius_m <= 5000)))
);
ALTER TABLE ONLY public.activity_streams ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE public.body_measurements (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    measured_at timestamp with time zone NOT NULL,
    local_date date NOT NULL,
    timezone text NOT NULL,
    weight_kg numeric(7,4),
    body_fat_pct numeric(5,3),
    girths jsonb,
    notes text,
    source_kind text NOT NULL,
    source_app text,
    source_device text,
    source_recorded text NOT NULL,
    external_id text,
    external_version bigint,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT body_measurements_body_fat_pct_check CHECK (((body_fat_pct >= (2)::numeric) AND (body_fat_pct <= (75)::numeric))),
    CONSTRAINT body_measurements_external CHECK (((external_version IS NULL) OR (external_id IS NOT NULL))),
    CONSTRAINT body_measurements_external_id_check CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 200))),
    CONSTRAINT body_measurements_external_version_check CHECK ((external_version >= 0)),
    CONSTRAINT body_measurements_girths_check CHECK (((jsonb_typeof(girths) = 'object'::text) AND (girths <> '{}'::jsonb))),
    CONSTRAINT body_measurements_local_date_check CHECK (isfinite(local_date)),
    CONSTRAINT body_measurements_measured_at_check CHECK (isfinite(measured_at)),
    CONSTRAINT body_measurements_not_empty CHECK ((num_nonnulls(weight_kg, body_fat_pct, girths) > 0)),
    CONSTRAINT body_measurements_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 2000))),
    CONSTRAINT body_measurements_numbers CHECK (('NaN'::numeric <> ALL (ARRAY[weight_kg, body_fat_pct]))),
    CONSTRAINT body_measurements_source_app_check CHECK (((char_length(source_app) >= 1) AND (char_length(source_app) <= 100))),
    CONSTRAINT body_measurements_source_device_check CHECK (((char_length(source_device) >= 1) AND (char_length(source_device) <= 100))),
    CONSTRAINT body_measurements_source_kind_check CHECK ((source_kind = ANY (ARRAY['manual'::text, 'file'::text, 'device'::text, 'api'::text]))),
    CONSTRAINT body_measurements_source_recorded_check CHECK ((source_recorded = ANY (ARRAY['automatic'::text, 'manual'::text, 'unknown'::text]))),
    CONSTRAINT body_measurements_timezone_check CHECK (((char_length(timezone) >= 1) AND (char_length(timezone) <= 100))),
    CONSTRAINT body_measurements_weight_kg_check CHECK (((weight_kg >= (30)::numeric) AND (weight_kg <= (300)::numeric)))
);

CREATE TABLE public.coach_conversations (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    title text,
    title_source text DEFAULT 'automatic'::text NOT NULL,
    archived boolean DEFAULT false NOT NULL,
    message_count integer DEFAULT 0 NOT NULL,
    active_message_id uuid,
    last_message_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT coach_conversations_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200))),
    CONSTRAINT coach_conversations_title_source_check CHECK ((title_source = ANY (ARRAY['automatic'::text, 'user'::text])))
);

CREATE TABLE public.coach_events (
    user_id uuid NOT NULL,
    message_id uuid NOT NULL,
    seq integer NOT NULL,
    type text NOT NULL,
    data jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT coach_events_seq_check CHECK ((seq > 0)),
    CONSTRAINT coach_events_type_check CHECK (((char_length(type) >= 1) AND (char_length(type) <= 40)))
);

CREATE TABLE public.coach_proposals (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    conversation_id uuid NOT NULL,
    message_id uuid NOT NULL,
    kind text NOT NULL,
    draft jsonb NOT NULL,
    preview jsonb DEFAULT '{}'::jsonb NOT NULL,
    confidence numeric(4,3) NOT NULL,
    estimated boolean DEFAULT false NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '24:00:00'::interval) NOT NULL,
    confirmed_at timestamp with time zone,
    result_etag text,
    profile_before jsonb,
    profile_after jsonb,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    replaced_by uuid,
    CONSTRAINT coach_proposals_confidence_check CHECK (((confidence >= (0)::numeric) AND (confidence <= (1)::numeric))),
    CONSTRAINT coach_proposals_confirmed CHECK (((status = ANY (ARRAY['confirmed'::text, 'undone'::text])) = (confirmed_at IS NOT NULL))),
    CONSTRAINT coach_proposals_kind_check CHECK ((kind = ANY (ARRAY['meal'::text, 'activity'::text, 'measurement'::text, 'targets'::text, 'profile'::text]))),
    CONSTRAINT coach_proposals_replaced CHECK (((replaced_by IS NULL) OR (status = 'rejected'::text))),
    CONSTRAINT coach_proposals_result_etag_check CHECK (((char_length(result_etag) >= 1) AND (char_length(result_etag) <= 100))),
    CONSTRAINT coach_proposals_status_check CHECK ((status = ANY (ARRAY['open'::text, 'confirmed'::text, 'rejected'::text, 'undone'::text])))
);

CREATE TABLE public.coach_settings (
    user_id uuid NOT NULL,
    memory_enabled boolean DEFAULT false NOT NULL,
    erase_at timestamp with time zone,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT coach_settings_erasure CHECK (((erase_at IS NULL) OR (NOT memory_enabled)))
);

CREATE TABLE public.complete_days (
    user_id uuid NOT NULL,
    local_date date NOT NULL,
    complete boolean NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT complete_days_local_date_check CHECK (isfinite(local_date))
);

CREATE VIEW public.counted_activities WITH (security_invoker='true') AS
 SELECT a.user_id,
    a.id,
    a.name,
    a.local_date,
    a.category,
    a.activity,
    a.family,
    a.started_at,
    a.elapsed_s,
    a.timer_s,
    a.created_at,
    a.counting,
    a.counted_share,
    a.overlapping,
    a.weight_kg,
    a.energy_source,
    private.window_end(a.*) AS window_end,
        CASE
            WHEN e.from_legs THEN l.kcal
            ELSE a.kcal
        END AS kcal,
        CASE
            WHEN e.from_legs THEN l.kcal_net
            ELSE a.kcal_net
        END AS kcal_net,
        CASE
            WHEN e.from_legs THEN NULL::numeric
            ELSE a.met
        END AS met,
        CASE
            WHEN e.from_legs THEN l.measured
            ELSE COALESCE((a.energy_source = ANY (ARRAY['device'::text, 'power'::text, 'heart_rate'::text])), false)
        END AS measured,
    COALESCE(a.distance_m, l.distance_m) AS distance_m,
    COALESCE(a.ascent_m, l.ascent_m) AS ascent_m
   FROM ((public.activities a
     LEFT JOIN LATERAL ( SELECT
                CASE
                    WHEN bool_and(((g.kcal IS NOT NULL) OR (NOT ((g.metrics ->> 'kind'::text) IS DISTINCT FROM 'transition'::text)))) THEN sum(g.kcal)
                    ELSE NULL::numeric
                END AS kcal,
                CASE
                    WHEN bool_and(((g.kcal_net IS NOT NULL) OR (NOT ((g.metrics ->> 'kind'::text) IS DISTINCT FROM 'transition'::text)))) THEN sum(g.kcal_net)
                    ELSE NULL::numeric
                END AS kcal_net,
            bool_or((g.energy_source = ANY (ARRAY['device'::text, 'power'::text, 'heart_rate'::text]))) AS measured,
                CASE
                    WHEN bool_and(((g.distance_m IS NOT NULL) OR (COALESCE((g.metrics ->> 'kind'::text), ''::text) = ANY (ARRAY['transition'::text, 'strength'::text])))) THEN sum(g.distance_m)
                    ELSE NULL::numeric
                END AS distance_m,
                CASE
                    WHEN bool_and(((g.ascent_m IS NOT NULL) OR (COALESCE((g.metrics ->> 'kind'::text), ''::text) = ANY (ARRAY['transition'::text, 'swimming'::text, 'strength'::text, 'sport'::text])))) THEN sum(g.ascent_m)
                    ELSE NULL::numeric
                END AS ascent_m
           FROM public.activities g
          WHERE ((g.user_id = a.user_id) AND (g.parent_id = a.id) AND (g.deleted_at IS NULL))) l ON (true))
     CROSS JOIN LATERAL ( SELECT ((l.kcal IS NOT NULL) AND COALESCE((a.energy_source <> ALL (ARRAY['user'::text, 'device'::text])), true)) AS from_legs) e)
  WHERE ((a.deleted_at IS NULL) AND (a.parent_id IS NULL));

CREATE TABLE public.custom_exercises (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    load_mode text NOT NULL,
    notes text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT custom_exercises_load_mode_check CHECK ((load_mode = ANY (ARRAY['external'::text, 'bodyweight'::text, 'bodyweight_plus'::text, 'assisted'::text, 'band'::text, 'none'::text]))),
    CONSTRAINT custom_exercises_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT custom_exercises_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 500)))
);

CREATE TABLE public.meals (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text,
    meal_type text NOT NULL,
    eaten_at timestamp with time zone NOT NULL,
    local_date date NOT NULL,
    timezone text NOT NULL,
    notes text,
    source text NOT NULL,
    next_position integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT meals_eaten_at_check CHECK (isfinite(eaten_at)),
    CONSTRAINT meals_local_date_check CHECK (isfinite(local_date)),
    CONSTRAINT meals_meal_type_check CHECK ((meal_type = ANY (ARRAY['breakfast'::text, 'lunch'::text, 'dinner'::text, 'snack'::text, 'other'::text]))),
    CONSTRAINT meals_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT meals_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 2000))),
    CONSTRAINT meals_source_check CHECK ((source = ANY (ARRAY['manual'::text, 'copy'::text, 'coach'::text]))),
    CONSTRAINT meals_timezone_check CHECK (((char_length(timezone) >= 1) AND (char_length(timezone) <= 100)))
);

CREATE TABLE public.profiles (
    id uuid NOT NULL,
    email text NOT NULL,
    full_name text,
    birth_date date,
    biological_sex text,
    height_cm numeric(7,4),
    current_weight_kg numeric(5,2),
    goal_weight_kg numeric(5,2),
    primary_goal text,
    secondary_goal text,
    experience_level text DEFAULT 'beginner'::text NOT NULL,
    activity_level text,
    workout_frequency smallint,
    dietary_preference text DEFAULT 'none'::text NOT NULL,
    food_allergies text[] DEFAULT '{}'::text[] NOT NULL,
    foods_to_avoid text[] DEFAULT '{}'::text[] NOT NULL,
    meals_per_day smallint DEFAULT 3 NOT NULL,
    cooks_regularly boolean,
    sleep_hours numeric(3,1),
    stress_level text,
    fitness_notes text,
    unit_system text DEFAULT 'metric'::text NOT NULL,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    target_source text,
    target_calories integer,
    target_protein_g integer,
    target_carbs_g integer,
    target_fat_g integer,
    target_bmr integer,
    target_tdee integer,
    target_explanation jsonb DEFAULT '[]'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    onboarding_completed boolean GENERATED ALWAYS AS ((num_nulls(birth_date, biological_sex, height_cm, current_weight_kg, primary_goal, activity_level) = 0)) STORED NOT NULL,
    current_weight_at timestamp with time zone,
    adaptive_targets boolean DEFAULT false NOT NULL,
    adaptive_tdee integer,
    adaptive_tdee_on date,
    exercise_calories text DEFAULT 'none'::text NOT NULL,
    target_step_on date,
    privacy_radius_m integer DEFAULT 0 NOT NULL,
    CONSTRAINT profiles_activity_level_check CHECK ((activity_level = ANY (ARRAY['sedentary'::text, 'lightly_active'::text, 'moderately_active'::text, 'very_active'::text, 'extremely_active'::text]))),
    CONSTRAINT profiles_adaptive_tdee_check CHECK (((adaptive_tdee >= 500) AND (adaptive_tdee <= 20000))),
    CONSTRAINT profiles_biological_sex_check CHECK ((biological_sex = ANY (ARRAY['male'::text, 'female'::text]))),
    CONSTRAINT profiles_current_weight_kg_check CHECK (((current_weight_kg >= (30)::numeric) AND (current_weight_kg <= (300)::numeric))),
    CONSTRAINT profiles_dietary_preference_check CHECK ((dietary_preference = ANY (ARRAY['none'::text, 'vegetarian'::text, 'vegan'::text, 'pescatarian'::text, 'keto'::text, 'paleo'::text]))),
    CONSTRAINT profiles_exercise_calories_check CHECK ((exercise_calories = ANY (ARRAY['none'::text, 'half'::text, 'all'::text]))),
    CONSTRAINT profiles_experience_level_check CHECK ((experience_level = ANY (ARRAY['beginner'::text, 'intermediate'::text, 'advanced'::text]))),
    CONSTRAINT profiles_fitness_notes_check CHECK (((char_length(fitness_notes) >= 1) AND (char_length(fitness_notes) <= 2000))),
    CONSTRAINT profiles_food_allergies_check CHECK ((cardinality(food_allergies) <= 50)),
    CONSTRAINT profiles_foods_to_avoid_check CHECK ((cardinality(foods_to_avoid) <= 50)),
    CONSTRAINT profiles_full_name_check CHECK (((char_length(full_name) >= 1) AND (char_length(full_name) <= 200))),
    CONSTRAINT profiles_goal_weight_kg_check CHECK (((goal_weight_kg >= (30)::numeric) AND (goal_weight_kg <= (300)::numeric))),
    CONSTRAINT profiles_height_cm_check CHECK (((height_cm >= (100)::numeric) AND (height_cm <= (300)::numeric))),
    CONSTRAINT profiles_language_check CHECK (((char_length(language) >= 2) AND (char_length(language) <= 35))),
    CONSTRAINT profiles_meals_per_day_check CHECK (((meals_per_day >= 1) AND (meals_per_day <= 8))),
    CONSTRAINT profiles_primary_goal_check CHECK ((primary_goal = ANY (ARRAY['lose_weight'::text, 'build_muscle'::text, 'maintain'::text, 'improve_performance'::text]))),
    CONSTRAINT profiles_privacy_radius_m_check CHECK (((privacy_radius_m >= 0) AND (privacy_radius_m <= 5000))),
    CONSTRAINT profiles_secondary_goal_check CHECK ((secondary_goal = ANY (ARRAY['lose_weight'::text, 'build_muscle'::text, 'maintain'::text, 'improve_performance'::text]))),
    CONSTRAINT profiles_sleep_hours_check CHECK (((sleep_hours >= (4)::numeric) AND (sleep_hours <= (12)::numeric))),
    CONSTRAINT profiles_stress_level_check CHECK ((stress_level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
    CONSTRAINT profiles_target_bmr_check CHECK (((target_bmr >= 0) AND (target_bmr <= 10000))),
    CONSTRAINT profiles_target_calories_check CHECK (((target_calories >= 1200) AND (target_calories <= 10000))),
    CONSTRAINT profiles_target_carbs_g_check CHECK (((target_carbs_g >= 0) AND (target_carbs_g <= 2500))),
    CONSTRAINT profiles_target_fat_g_check CHECK (((target_fat_g >= 0) AND (target_fat_g <= 1000))),
    CONSTRAINT profiles_target_protein_g_check CHECK (((target_protein_g >= 0) AND (target_protein_g <= 1000))),
    CONSTRAINT profiles_target_source_check CHECK ((target_source = ANY (ARRAY['computed'::text, 'custom'::text]))),
    CONSTRAINT profiles_target_tdee_check CHECK (((target_tdee >= 0) AND (target_tdee <= 20000))),
    CONSTRAINT profiles_targets_whole CHECK ((num_nonnulls(target_source, target_calories, target_protein_g, target_carbs_g, target_fat_g) = ANY (ARRAY[0, 5]))),
    CONSTRAINT profiles_timezone_check CHECK (((char_length(timezone) >= 1) AND (char_length(timezone) <= 100))),
    CONSTRAINT profiles_unit_system_check CHECK ((unit_system = ANY (ARRAY['metric'::text, 'imperial'::text]))),
    CONSTRAINT profiles_workout_frequency_check CHECK (((workout_frequency >= 0) AND (workout_frequency <= 7)))
);

CREATE VIEW public.diary WITH (security_invoker='true') AS
 SELECT m.user_id,
    m.id AS meal_id,
    m.name AS meal_name,
    m.meal_type,
    m.eaten_at,
    m.local_date,
    m.timezone,
    m.notes,
    m.source,
    m.version,
    m.created_at,
    m.updated_at,
    i.id AS item_id,
    i."position",
    i.kind,
    i.food_id,
    i.serving_id,
    i.count,
    i.label,
    i.name,
    i.brand,
    i.grams,
    private.item_nutrients(i.*) AS nutrients
   FROM ((public.profiles p
     LEFT JOIN public.meals m ON (((m.user_id = p.id) AND (m.deleted_at IS NULL))))
     LEFT JOIN public.meal_items i ON (((i.user_id = m.user_id) AND (i.meal_id = m.id) AND (i.deleted_at IS NULL))));

CREATE TABLE public.embeddings (
    user_id uuid NOT NULL,
    source_kind text NOT NULL,
    source_id uuid NOT NULL,
    stale boolean DEFAULT true NOT NULL,
    content text DEFAULT ''::text NOT NULL,
    words tsvector DEFAULT ''::tsvector NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    model text DEFAULT ''::text NOT NULL,
    dimension integer,
    embedding extensions.halfvec,
    CONSTRAINT embeddings_content_check CHECK ((char_length(content) <= 2000)),
    CONSTRAINT embeddings_model_check CHECK ((char_length(model) <= 200)),
    CONSTRAINT embeddings_source_kind_check CHECK ((source_kind = ANY (ARRAY['message'::text, 'meal'::text, 'activity'::text, 'fact'::text]))),
    CONSTRAINT embeddings_vector CHECK (((num_nulls(dimension, embedding) = ANY (ARRAY[0, 2])) AND ((embedding IS NULL) = (model = ''::text)) AND (dimension = extensions.vector_dims(embedding))))
);
ALTER TABLE ONLY public.embeddings ALTER COLUMN content SET STORAGE MAIN;
ALTER TABLE ONLY public.embeddings ALTER COLUMN words SET STORAGE MAIN;
ALTER TABLE ONLY public.embeddings ALTER COLUMN embedding SET STORAGE MAIN;

CREATE TABLE public.food_favorites (
    user_id uuid NOT NULL,
    food_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.food_servings (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    food_id uuid NOT NULL,
    created_by uuid,
    label text NOT NULL,
    grams numeric(9,4) NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT food_servings_grams_check CHECK (((grams > (0)::numeric) AND (grams <= (10000)::numeric))),
    CONSTRAINT food_servings_label_check CHECK (((char_length(label) >= 1) AND (char_length(label) <= 100)))
);

CREATE VIEW public.serving_lists WITH (security_invoker='true') AS
 SELECT food_id,
    created_by,
    jsonb_agg(jsonb_build_object('id', id, 'label', label, 'grams', grams, 'is_default', is_default) ORDER BY is_default DESC, "position", id) AS servings
   FROM public.food_servings s
  WHERE (deleted_at IS NULL)
  GROUP BY food_id, created_by;

CREATE VIEW public.food_details WITH (security_invoker='true') AS
 SELECT id,
    created_by,
    name,
    brand,
    barcode,
    source,
    source_id,
    tier,
    popularity,
    private.food_nutrients(f.*) AS nutrients,
    warnings,
    version,
    created_at,
    updated_at,
    (EXISTS ( SELECT
           FROM public.food_favorites v
          WHERE ((v.user_id = ( SELECT auth.uid() AS uid)) AND (v.food_id = f.id)))) AS is_favorite,
    COALESCE(( SELECT v.servings
           FROM public.serving_lists v
          WHERE ((v.food_id = f.id) AND (NOT (v.created_by IS DISTINCT FROM f.created_by)))), '[]'::jsonb) AS servings
   FROM public.foods f
  WHERE (deleted_at IS NULL);

CREATE VIEW public.food_list WITH (security_invoker='true') AS
 SELECT f.id,
    f.created_by,
    f.name,
    f.brand,
    f.source,
    private.food_nutrients(f.*) AS nutrients,
    s.id AS serving_id,
    s.label AS serving_label,
    s.grams AS serving_grams,
    private.portion_of(f.*, s.grams) AS serving_nutrients,
    (EXISTS ( SELECT
           FROM public.food_favorites v
          WHERE ((v.user_id = ( SELECT auth.uid() AS uid)) AND (v.food_id = f.id)))) AS is_favorite
   FROM (public.foods f
     LEFT JOIN public.food_servings s ON (((s.food_id = f.id) AND (NOT (s.created_by IS DISTINCT FROM f.created_by)) AND s.is_default AND (s.deleted_at IS NULL))))
  WHERE (f.deleted_at IS NULL);

CREATE TABLE public.personal_records (
    user_id uuid NOT NULL,
    exercise text NOT NULL,
    kind text NOT NULL,
    activity_id uuid NOT NULL,
    exercise_index smallint NOT NULL,
    set_index smallint NOT NULL,
    value numeric(9,3) NOT NULL,
    previous numeric(9,3),
    achieved_at timestamp with time zone NOT NULL,
    local_date date NOT NULL,
    CONSTRAINT personal_records_kind_check CHECK ((kind = ANY (ARRAY['one_rm'::text, 'weight'::text, 'reps'::text])))
);

CREATE TABLE public.sleep_entries (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    local_date date NOT NULL,
    timezone text NOT NULL,
    asleep_minutes integer NOT NULL,
    quality smallint,
    notes text,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT sleep_entries_asleep CHECK ((((asleep_minutes)::double precision * '00:01:00'::interval) <= (ended_at - started_at))),
    CONSTRAINT sleep_entries_asleep_minutes_check CHECK (((asleep_minutes >= 1) AND (asleep_minutes <= 1440))),
    CONSTRAINT sleep_entries_ended_at_check CHECK (isfinite(ended_at)),
    CONSTRAINT sleep_entries_in_order CHECK (((started_at < ended_at) AND (ended_at <= (started_at + '24:00:00'::interval)))),
    CONSTRAINT sleep_entries_local_date_check CHECK (isfinite(local_date)),
    CONSTRAINT sleep_entries_notes_check CHECK (((char_length(notes) >= 1) AND (char_length(notes) <= 2000))),
    CONSTRAINT sleep_entries_quality_check CHECK (((quality >= 1) AND (quality <= 5))),
    CONSTRAINT sleep_entries_started_at_check CHECK (isfinite(started_at)),
    CONSTRAINT sleep_entries_timezone_check CHECK (((char_length(timezone) >= 1) AND (char_length(timezone) <= 100)))
);

CREATE TABLE public.water_entries (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    drunk_at timestamp with time zone NOT NULL,
    local_date date NOT NULL,
    timezone text NOT NULL,
    amount_ml integer NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT water_entries_amount_ml_check CHECK (((amount_ml >= 1) AND (amount_ml <= 10000))),
    CONSTRAINT water_entries_drunk_at_check CHECK (isfinite(drunk_at)),
    CONSTRAINT water_entries_local_date_check CHECK (isfinite(local_date)),
    CONSTRAINT water_entries_timezone_check CHECK (((char_length(timezone) >= 1) AND (char_length(timezone) <= 100)))
);

ALTER TABLE ONLY private.food_aliases
    ADD CONSTRAINT food_aliases_pkey PRIMARY KEY (words, means);

ALTER TABLE ONLY private.food_imports
    ADD CONSTRAINT food_imports_pkey PRIMARY KEY (source, file);

ALTER TABLE ONLY private.food_lexicon
    ADD CONSTRAINT food_lexicon_pkey PRIMARY KEY (phrase, language);

ALTER TABLE ONLY private.food_search
    ADD CONSTRAINT food_search_pkey PRIMARY KEY (food_id);

ALTER TABLE ONLY private.food_seeds
    ADD CONSTRAINT food_seeds_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY private.food_words
    ADD CONSTRAINT food_words_pkey PRIMARY KEY (word);

ALTER TABLE ONLY private.function_files
    ADD CONSTRAINT function_files_pkey PRIMARY KEY (name);

ALTER TABLE ONLY private.function_sets
    ADD CONSTRAINT function_sets_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY private.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key);

ALTER TABLE ONLY private.rate_limits
    ADD CONSTRAINT rate_limits_pkey PRIMARY KEY (key);

ALTER TABLE ONLY private.recovery_mails
    ADD CONSTRAINT recovery_mails_pkey PRIMARY KEY (profile_id);

ALTER TABLE ONLY private.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY private.unknown_barcodes
    ADD CONSTRAINT unknown_barcodes_pkey PRIMARY KEY (barcode);

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.activity_files
    ADD CONSTRAINT activity_files_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.activity_imports
    ADD CONSTRAINT activity_imports_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.activity_sets
    ADD CONSTRAINT activity_sets_pkey PRIMARY KEY (user_id, activity_id, exercise_index, set_index);

ALTER TABLE ONLY public.activity_streams
    ADD CONSTRAINT activity_streams_pkey PRIMARY KEY (user_id, activity_id);

ALTER TABLE ONLY public.body_measurements
    ADD CONSTRAINT body_measurements_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.coach_conversations
    ADD CONSTRAINT coach_conversations_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.coach_events
    ADD CONSTRAINT coach_events_pkey PRIMARY KEY (user_id, message_id, seq);

ALTER TABLE ONLY public.coach_memories
    ADD CONSTRAINT coach_memories_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_position_key UNIQUE (user_id, conversation_id, "position");

ALTER TABLE ONLY public.coach_proposals
    ADD CONSTRAINT coach_proposals_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.coach_settings
    ADD CONSTRAINT coach_settings_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.complete_days
    ADD CONSTRAINT complete_days_pkey PRIMARY KEY (user_id, local_date);

ALTER TABLE ONLY public.custom_exercises
    ADD CONSTRAINT custom_exercises_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.embeddings
    ADD CONSTRAINT embeddings_pkey PRIMARY KEY (user_id, source_kind, source_id);

ALTER TABLE ONLY public.food_favorites
    ADD CONSTRAINT food_favorites_pkey PRIMARY KEY (user_id, food_id);

ALTER TABLE ONLY public.food_servings
    ADD CONSTRAINT food_servings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.foods
    ADD CONSTRAINT foods_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.meal_items
    ADD CONSTRAINT meal_items_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.meals
    ADD CONSTRAINT meals_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.meals
    ADD CONSTRAINT meals_user_id_id_local_date_key UNIQUE (user_id, id, local_date);

ALTER TABLE ONLY public.nutrition_days
    ADD CONSTRAINT nutrition_days_pkey PRIMARY KEY (user_id, local_date);

ALTER TABLE ONLY public.personal_records
    ADD CONSTRAINT personal_records_pkey PRIMARY KEY (user_id, exercise, kind, activity_id);

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sleep_entries
    ADD CONSTRAINT sleep_entries_pkey PRIMARY KEY (user_id, id);

ALTER TABLE ONLY public.water_entries
    ADD CONSTRAINT water_entries_pkey PRIMARY KEY (user_id, id);

CREATE INDEX food_aliases_words_idx ON private.food_aliases USING gin (words);

CREATE INDEX food_lexicon_food_idx ON private.food_lexicon USING btree (food_id);

CREATE INDEX food_lexicon_prefix_idx ON private.food_lexicon USING btree (phrase text_pattern_ops);

CREATE INDEX food_search_name_idx ON private.food_search USING btree (name_key, tier, rank, food_id) WHERE (owner IS NULL);

CREATE INDEX food_search_owner_idx ON private.food_search USING btree (owner) WHERE (owner IS NOT NULL);

CREATE INDEX food_search_plain_idx ON private.food_search USING gin (lexemes) WITH (fastupdate=off) WHERE ((owner IS NULL) AND (tier = 1));

CREATE INDEX food_search_rest_idx ON private.food_search USING gin (lexemes) WITH (fastupdate=off) WHERE ((owner IS NULL) AND (tier = 2));

CREATE INDEX food_search_top_idx ON private.food_search USING gin (lexemes) WITH (fastupdate=off) WHERE ((owner IS NULL) AND (tier = 0));

CREATE INDEX food_words_dropped_idx ON private.food_words USING gin (private.letters_dropped(word)) WHERE offered;

CREATE INDEX food_words_prefix_idx ON private.food_words USING btree (word text_pattern_ops);

CREATE INDEX food_words_trigram_idx ON private.food_words USING gin (word extensions.gin_trgm_ops) WHERE offered;

CREATE INDEX idempotency_keys_created_at_idx ON private.idempotency_keys USING btree (created_at);

CREATE INDEX rate_limits_arrival_idx ON private.rate_limits USING btree (arrival);

CREATE INDEX unknown_barcodes_asked_at_idx ON private.unknown_barcodes USING btree (asked_at);

CREATE INDEX activities_content_idx ON public.activities USING btree (user_id, content_sha256) WHERE (content_sha256 IS NOT NULL);

CREATE INDEX activities_day_idx ON public.activities USING btree (user_id, local_date) INCLUDE (family, counted_share) WHERE ((deleted_at IS NULL) AND (parent_id IS NULL));

CREATE INDEX activities_deleted_at_idx ON public.activities USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX activities_legs_idx ON public.activities USING btree (user_id, parent_id, leg_index);

CREATE INDEX activities_newest_idx ON public.activities USING btree (user_id, started_at DESC, id DESC) WHERE ((deleted_at IS NULL) AND (parent_id IS NULL));

CREATE UNIQUE INDEX activities_source_idx ON public.activities USING btree (user_id, COALESCE(source_app, source_kind), external_id) WHERE (external_id IS NOT NULL);

CREATE UNIQUE INDEX activity_files_content_idx ON public.activity_files USING btree (user_id, content_sha256);

CREATE INDEX activity_imports_created_at_idx ON public.activity_imports USING btree (created_at);

CREATE INDEX activity_imports_open_idx ON public.activity_imports USING btree (user_id, created_at) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX activity_sets_exercise_idx ON public.activity_sets USING btree (user_id, exercise, activity_id);

CREATE INDEX body_measurements_day_idx ON public.body_measurements USING btree (user_id, local_date) WHERE (deleted_at IS NULL);

CREATE INDEX body_measurements_deleted_at_idx ON public.body_measurements USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE UNIQUE INDEX body_measurements_external_idx ON public.body_measurements USING btree (user_id, source_kind, COALESCE(source_app, ''::text), external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX body_measurements_newest_idx ON public.body_measurements USING btree (user_id, measured_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX body_measurements_weight_idx ON public.body_measurements USING btree (user_id, measured_at DESC, id DESC) INCLUDE (local_date, weight_kg) WHERE ((deleted_at IS NULL) AND (weight_kg IS NOT NULL));

CREATE INDEX coach_conversations_deleted_at_idx ON public.coach_conversations USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX coach_conversations_newest_idx ON public.coach_conversations USING btree (user_id, last_message_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX coach_events_at_idx ON public.coach_events USING btree (at);

CREATE UNIQUE INDEX coach_memories_content_idx ON public.coach_memories USING btree (user_id, kind, lower(content));

CREATE INDEX coach_memories_message_idx ON public.coach_memories USING btree (user_id, message_id);

CREATE INDEX coach_memories_newest_idx ON public.coach_memories USING btree (user_id, created_at DESC, id DESC);

CREATE INDEX coach_messages_open_idx ON public.coach_messages USING btree (created_at) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));

CREATE INDEX coach_messages_reply_to_idx ON public.coach_messages USING btree (user_id, reply_to);

CREATE INDEX coach_messages_used_idx ON public.coach_messages USING btree (user_id, created_at) WHERE (input_tokens IS NOT NULL);

CREATE INDEX coach_proposals_conversation_idx ON public.coach_proposals USING btree (user_id, conversation_id, created_at DESC);

CREATE INDEX coach_proposals_message_idx ON public.coach_proposals USING btree (user_id, message_id);

CREATE INDEX coach_proposals_newest_idx ON public.coach_proposals USING btree (user_id, created_at DESC, id DESC);

CREATE INDEX coach_settings_erase_at_idx ON public.coach_settings USING btree (erase_at) WHERE (erase_at IS NOT NULL);

CREATE INDEX custom_exercises_deleted_at_idx ON public.custom_exercises USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE UNIQUE INDEX custom_exercises_name_idx ON public.custom_exercises USING btree (user_id, lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX embeddings_model_idx ON public.embeddings USING btree (model) WHERE (NOT stale);

CREATE INDEX embeddings_stale_idx ON public.embeddings USING btree (user_id, source_kind, source_id) WHERE stale;

CREATE INDEX food_favorites_food_id_idx ON public.food_favorites USING btree (food_id);

CREATE INDEX food_servings_created_by_idx ON public.food_servings USING btree (created_by);

CREATE UNIQUE INDEX food_servings_default_idx ON public.food_servings USING btree (food_id) WHERE (is_default AND (deleted_at IS NULL));

CREATE INDEX food_servings_deleted_at_idx ON public.food_servings USING btree (deleted_at) WHERE ((deleted_at IS NOT NULL) AND (created_by IS NOT NULL));

CREATE INDEX food_servings_food_id_idx ON public.food_servings USING btree (food_id, "position", id);

CREATE INDEX foods_barcode_idx ON public.foods USING btree (barcode) WHERE (deleted_at IS NULL);

CREATE INDEX foods_created_by_idx ON public.foods USING btree (created_by);

CREATE INDEX foods_deleted_at_idx ON public.foods USING btree (deleted_at) WHERE ((deleted_at IS NOT NULL) AND (created_by IS NOT NULL));

CREATE UNIQUE INDEX foods_source_idx ON public.foods USING btree (source, source_id) WHERE ((created_by IS NULL) AND (source_id IS NOT NULL));

CREATE INDEX meal_items_deleted_at_idx ON public.meal_items USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX meal_items_food_idx ON public.meal_items USING btree (user_id, food_id, created_at DESC) WHERE ((deleted_at IS NULL) AND (food_id IS NOT NULL));

CREATE INDEX meal_items_meal_idx ON public.meal_items USING btree (user_id, meal_id);

CREATE INDEX meals_day_idx ON public.meals USING btree (user_id, local_date) WHERE (deleted_at IS NULL);

CREATE INDEX meals_deleted_at_idx ON public.meals USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX meals_newest_idx ON public.meals USING btree (user_id, eaten_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX personal_records_activity_idx ON public.personal_records USING btree (user_id, activity_id);

CREATE INDEX sleep_entries_day_idx ON public.sleep_entries USING btree (user_id, local_date) INCLUDE (asleep_minutes) WHERE (deleted_at IS NULL);

CREATE INDEX sleep_entries_deleted_at_idx ON public.sleep_entries USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX water_entries_day_idx ON public.water_entries USING btree (user_id, local_date) INCLUDE (amount_ml) WHERE (deleted_at IS NULL);

CREATE INDEX water_entries_deleted_at_idx ON public.water_entries USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE TRIGGER bound_day BEFORE INSERT ON public.meals FOR EACH ROW EXECUTE FUNCTION private.bound_day();

CREATE TRIGGER bound_day_again BEFORE UPDATE OF local_date, deleted_at ON public.meals FOR EACH ROW WHEN (((new.local_date <> old.local_date) OR (new.deleted_at IS DISTINCT FROM old.deleted_at))) EXECUTE FUNCTION private.bound_day();

CREATE TRIGGER bound_legs BEFORE INSERT ON public.activities FOR EACH ROW WHEN ((new.parent_id IS NOT NULL)) EXECUTE FUNCTION private.bound_legs();

CREATE TRIGGER bound_legs_again BEFORE UPDATE OF deleted_at ON public.activities FOR EACH ROW WHEN (((new.parent_id IS NOT NULL) AND (new.deleted_at IS NULL) AND (old.deleted_at IS NOT NULL))) EXECUTE FUNCTION private.bound_legs();

CREATE TRIGGER bound_meal AFTER INSERT ON public.meal_items REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION private.bound_meal();

CREATE TRIGGER bound_sleep BEFORE INSERT OR UPDATE OF started_at, ended_at, local_date, asleep_minutes, deleted_at ON public.sleep_entries FOR EACH ROW EXECUTE FUNCTION private.bound_sleep();

CREATE TRIGGER bound_water BEFORE INSERT ON public.water_entries FOR EACH ROW EXECUTE FUNCTION private.bound_water();

CREATE TRIGGER bound_water_again BEFORE UPDATE OF local_date, deleted_at ON public.water_entries FOR EACH ROW WHEN (((new.local_date <> old.local_date) OR (new.deleted_at IS DISTINCT FROM old.deleted_at))) EXECUTE FUNCTION private.bound_water();

CREATE TRIGGER change_day_sums_delete AFTER DELETE ON public.meal_items REFERENCING OLD TABLE AS old_items FOR EACH STATEMENT EXECUTE FUNCTION private.change_day_sums();

CREATE TRIGGER change_day_sums_insert AFTER INSERT ON public.meal_items REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION private.change_day_sums();

CREATE TRIGGER change_day_sums_update AFTER UPDATE ON public.meal_items REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION private.change_day_sums();

CREATE TRIGGER erase_activity_file AFTER DELETE ON public.activities FOR EACH ROW WHEN ((old.content_sha256 IS NOT NULL)) EXECUTE FUNCTION private.erase_activity_file();

CREATE TRIGGER foods_search_insert AFTER INSERT ON public.foods REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION private.index_foods();

CREATE TRIGGER foods_search_update AFTER UPDATE ON public.foods REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION private.index_foods();

CREATE TRIGGER forget_activity AFTER UPDATE OF deleted_at ON public.activities FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION private.forget_memory_source('activity');

CREATE TRIGGER forget_erased_activity AFTER DELETE ON public.activities FOR EACH ROW EXECUTE FUNCTION private.forget_memory_source('activity');

CREATE TRIGGER forget_erased_fact AFTER DELETE ON public.coach_memories FOR EACH ROW EXECUTE FUNCTION private.forget_memory_source('fact');

CREATE TRIGGER forget_erased_meal AFTER DELETE ON public.meals FOR EACH ROW EXECUTE FUNCTION private.forget_memory_source('meal');

CREATE TRIGGER forget_erased_message AFTER DELETE ON public.coach_messages FOR EACH ROW WHEN ((old.role = 'user'::text)) EXECUTE FUNCTION private.forget_memory_source('message');

CREATE TRIGGER forget_meal AFTER UPDATE OF deleted_at ON public.meals FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION private.forget_memory_source('meal');

CREATE TRIGGER forget_message AFTER UPDATE OF deleted_at ON public.coach_messages FOR EACH ROW WHEN (((old.role = 'user'::text) AND (new.deleted_at IS NOT NULL))) EXECUTE FUNCTION private.forget_memory_source('message');

CREATE TRIGGER keep_legs_within AFTER INSERT ON public.activities FOR EACH ROW WHEN ((new.parent_id IS NOT NULL)) EXECUTE FUNCTION private.keep_legs_within();

CREATE TRIGGER keep_legs_within_again AFTER UPDATE OF started_at, ended_at, deleted_at ON public.activities FOR EACH ROW WHEN (((new.deleted_at IS NULL) AND ((old.started_at <> new.started_at) OR (old.ended_at <> new.ended_at) OR (old.deleted_at IS NOT NULL)))) EXECUTE FUNCTION private.keep_legs_within();

CREATE TRIGGER keep_version BEFORE UPDATE OF name ON public.foods FOR EACH ROW EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE OF name ON public.meals FOR EACH ROW EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE OF timezone ON public.profiles FOR EACH ROW EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE OF quality ON public.sleep_entries FOR EACH ROW EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER keep_version BEFORE UPDATE OF amount_ml ON public.water_entries FOR EACH ROW EXECUTE FUNCTION private.keep_version();

CREATE TRIGGER note_activity AFTER INSERT OR UPDATE OF version, deleted_at ON public.activities FOR EACH ROW WHEN (((new.parent_id IS NULL) AND (new.deleted_at IS NULL))) EXECUTE FUNCTION private.note_memory_source('activity');

CREATE TRIGGER note_fact AFTER INSERT ON public.coach_memories FOR EACH ROW EXECUTE FUNCTION private.note_memory_source('fact');

CREATE TRIGGER note_meal AFTER INSERT OR UPDATE OF version, deleted_at ON public.meals FOR EACH ROW WHEN ((new.deleted_at IS NULL)) EXECUTE FUNCTION private.note_memory_source('meal');

CREATE TRIGGER note_message AFTER INSERT OR UPDATE OF content, deleted_at ON public.coach_messages FOR EACH ROW WHEN (((new.role = 'user'::text) AND (new.deleted_at IS NULL))) EXECUTE FUNCTION private.note_memory_source('message');

CREATE TRIGGER recount_activities AFTER INSERT ON public.activities FOR EACH ROW EXECUTE FUNCTION private.recount_activities();

CREATE TRIGGER recount_activities_again AFTER UPDATE OF started_at, ended_at, timer_s, family, counting, kcal, kcal_net, energy_source, deleted_at ON public.activities FOR EACH ROW WHEN (((old.started_at IS DISTINCT FROM new.started_at) OR (old.ended_at IS DISTINCT FROM new.ended_at) OR (old.timer_s IS DISTINCT FROM new.timer_s) OR (old.family IS DISTINCT FROM new.family) OR (old.counting IS DISTINCT FROM new.counting) OR (old.kcal IS DISTINCT FROM new.kcal) OR (old.kcal_net IS DISTINCT FROM new.kcal_net) OR (old.energy_source IS DISTINCT FROM new.energy_source) OR (old.deleted_at IS DISTINCT FROM new.deleted_at))) EXECUTE FUNCTION private.recount_activities();

CREATE TRIGGER refresh_records AFTER UPDATE OF deleted_at, started_at ON public.activities FOR EACH ROW WHEN (((old.deleted_at IS DISTINCT FROM new.deleted_at) OR (old.started_at <> new.started_at))) EXECUTE FUNCTION private.refresh_records_of_activity();

CREATE TRIGGER touch_parent_activity AFTER INSERT OR UPDATE ON public.activities FOR EACH ROW WHEN ((new.parent_id IS NOT NULL)) EXECUTE FUNCTION private.touch_parent_activity();

ALTER TABLE ONLY private.food_lexicon
    ADD CONSTRAINT food_lexicon_food_id_fkey FOREIGN KEY (food_id) REFERENCES public.foods(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.food_search
    ADD CONSTRAINT food_search_food_id_fkey FOREIGN KEY (food_id) REFERENCES public.foods(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.idempotency_keys
    ADD CONSTRAINT idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY private.recovery_mails
    ADD CONSTRAINT recovery_mails_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES public.profiles(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_user_id_parent_id_fkey FOREIGN KEY (user_id, parent_id) REFERENCES public.activities(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activity_files
    ADD CONSTRAINT activity_files_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activity_imports
    ADD CONSTRAINT activity_imports_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activity_sets
    ADD CONSTRAINT activity_sets_user_id_activity_id_fkey FOREIGN KEY (user_id, activity_id) REFERENCES public.activities(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activity_sets
    ADD CONSTRAINT activity_sets_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activity_streams
    ADD CONSTRAINT activity_streams_user_id_activity_id_fkey FOREIGN KEY (user_id, activity_id) REFERENCES public.activities(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.activity_streams
    ADD CONSTRAINT activity_streams_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.body_measurements
    ADD CONSTRAINT body_measurements_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_conversations
    ADD CONSTRAINT coach_conversations_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_events
    ADD CONSTRAINT coach_events_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_events
    ADD CONSTRAINT coach_events_user_id_message_id_fkey FOREIGN KEY (user_id, message_id) REFERENCES public.coach_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_memories
    ADD CONSTRAINT coach_memories_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_memories
    ADD CONSTRAINT coach_memories_user_id_message_id_fkey FOREIGN KEY (user_id, message_id) REFERENCES public.coach_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_user_id_conversation_id_fkey FOREIGN KEY (user_id, conversation_id) REFERENCES public.coach_conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_messages
    ADD CONSTRAINT coach_messages_user_id_reply_to_fkey FOREIGN KEY (user_id, reply_to) REFERENCES public.coach_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_proposals
    ADD CONSTRAINT coach_proposals_user_id_conversation_id_fkey FOREIGN KEY (user_id, conversation_id) REFERENCES public.coach_conversations(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_proposals
    ADD CONSTRAINT coach_proposals_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_proposals
    ADD CONSTRAINT coach_proposals_user_id_message_id_fkey FOREIGN KEY (user_id, message_id) REFERENCES public.coach_messages(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.coach_settings
    ADD CONSTRAINT coach_settings_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.complete_days
    ADD CONSTRAINT complete_days_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.custom_exercises
    ADD CONSTRAINT custom_exercises_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.embeddings
    ADD CONSTRAINT embeddings_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.food_favorites
    ADD CONSTRAINT food_favorites_food_id_fkey FOREIGN KEY (food_id) REFERENCES public.foods(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.food_favorites
    ADD CONSTRAINT food_favorites_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.food_servings
    ADD CONSTRAINT food_servings_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.food_servings
    ADD CONSTRAINT food_servings_food_id_fkey FOREIGN KEY (food_id) REFERENCES public.foods(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.foods
    ADD CONSTRAINT foods_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.meal_items
    ADD CONSTRAINT meal_items_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.meal_items
    ADD CONSTRAINT meal_items_user_id_meal_id_local_date_fkey FOREIGN KEY (user_id, meal_id, local_date) REFERENCES public.meals(user_id, id, local_date) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.meals
    ADD CONSTRAINT meals_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.nutrition_days
    ADD CONSTRAINT nutrition_days_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.personal_records
    ADD CONSTRAINT personal_records_user_id_activity_id_fkey FOREIGN KEY (user_id, activity_id) REFERENCES public.activities(user_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.personal_records
    ADD CONSTRAINT personal_records_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_id_fkey FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sleep_entries
    ADD CONSTRAINT sleep_entries_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.water_entries
    ADD CONSTRAINT water_entries_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE private.food_aliases ENABLE ROW LEVEL SECURITY;

CREATE POLICY food_aliases_nobody ON private.food_aliases USING (false);

ALTER TABLE private.food_imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY food_imports_nobody ON private.food_imports USING (false);

ALTER TABLE private.food_lexicon ENABLE ROW LEVEL SECURITY;

CREATE POLICY food_lexicon_nobody ON private.food_lexicon USING (false);

ALTER TABLE private.food_search ENABLE ROW LEVEL SECURITY;

CREATE POLICY food_search_nobody ON private.food_search USING (false);

ALTER TABLE private.food_seeds ENABLE ROW LEVEL SECURITY;

CREATE POLICY food_seeds_nobody ON private.food_seeds USING (false);

ALTER TABLE private.food_words ENABLE ROW LEVEL SECURITY;

CREATE POLICY food_words_nobody ON private.food_words USING (false);

ALTER TABLE private.function_files ENABLE ROW LEVEL SECURITY;

CREATE POLICY function_files_nobody ON private.function_files USING (false);

ALTER TABLE private.function_sets ENABLE ROW LEVEL SECURITY;

CREATE POLICY function_sets_nobody ON private.function_sets USING (false);

ALTER TABLE private.idempotency_keys ENABLE ROW LEVEL SECURITY;

CREATE POLICY idempotency_keys_own ON private.idempotency_keys TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE private.rate_limits ENABLE ROW LEVEL SECURITY;

CREATE POLICY rate_limits_nobody ON private.rate_limits USING (false);

ALTER TABLE private.recovery_mails ENABLE ROW LEVEL SECURITY;

CREATE POLICY recovery_mails_nobody ON private.recovery_mails USING (false);

ALTER TABLE private.schema_migrations ENABLE ROW LEVEL SECURITY;

CREATE POLICY schema_migrations_nobody ON private.schema_migrations USING (false);

ALTER TABLE private.unknown_barcodes ENABLE ROW LEVEL SECURITY;

CREATE POLICY unknown_barcodes_nobody ON private.unknown_barcodes USING (false);

ALTER TABLE public.activities ENABLE ROW LEVEL SECURITY;

CREATE POLICY activities_own ON public.activities TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.activity_files ENABLE ROW LEVEL SECURITY;

CREATE POLICY activity_files_own ON public.activity_files TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.activity_imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY activity_imports_own ON public.activity_imports TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.activity_sets ENABLE ROW LEVEL SECURITY;

CREATE POLICY activity_sets_own ON public.activity_sets TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.activity_streams ENABLE ROW LEVEL SECURITY;

CREATE POLICY activity_streams_own ON public.activity_streams TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.body_measurements ENABLE ROW LEVEL SECURITY;

CREATE POLICY body_measurements_own ON public.body_measurements TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.coach_conversations ENABLE ROW LEVEL SECURITY;

CREATE POLICY coach_conversations_own ON public.coach_conversations TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.coach_events ENABLE ROW LEVEL SECURITY;

CREATE POLICY coach_events_own ON public.coach_events TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.coach_memories ENABLE ROW LEVEL SECURITY;

CREATE POLICY coach_memories_own ON public.coach_memories TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.coach_messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY coach_messages_own ON public.coach_messages TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.coach_proposals ENABLE ROW LEVEL SECURITY;

CREATE POLICY coach_proposals_own ON public.coach_proposals TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.coach_settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY coach_settings_own ON public.coach_settings TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.complete_days ENABLE ROW LEVEL SECURITY;

CREATE POLICY complete_days_own ON public.complete_days TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.custom_exercises ENABLE ROW LEVEL SECURITY;

CREATE POLICY custom_exercises_own ON public.custom_exercises TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.embeddings ENABLE ROW LEVEL SECURITY;

CREATE POLICY embeddings_own ON public.embeddings TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.food_favorites ENABLE ROW LEVEL SECURITY;

CREATE POLICY food_favorites_own ON public.food_favorites TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK (((user_id = ( SELECT auth.uid() AS uid)) AND (EXISTS ( SELECT
   FROM public.foods f
  WHERE (f.id = food_favorites.food_id)))));

ALTER TABLE public.food_servings ENABLE ROW LEVEL SECURITY;

CREATE POLICY food_servings_insert_own ON public.food_servings FOR INSERT TO authenticated WITH CHECK (((created_by = ( SELECT auth.uid() AS uid)) AND (EXISTS ( SELECT
   FROM public.foods f
  WHERE ((f.id = food_servings.food_id) AND (f.created_by = ( SELECT auth.uid() AS uid)))))));

CREATE POLICY food_servings_select ON public.food_servings FOR SELECT TO authenticated USING (((created_by IS NULL) OR (created_by = ( SELECT auth.uid() AS uid))));

CREATE POLICY food_servings_update_own ON public.food_servings FOR UPDATE TO authenticated USING ((created_by = ( SELECT auth.uid() AS uid))) WITH CHECK (((created_by = ( SELECT auth.uid() AS uid)) AND (EXISTS ( SELECT
   FROM public.foods f
  WHERE ((f.id = food_servings.food_id) AND (f.created_by = ( SELECT auth.uid() AS uid)))))));

ALTER TABLE public.foods ENABLE ROW LEVEL SECURITY;

CREATE POLICY foods_insert_own ON public.foods FOR INSERT TO authenticated WITH CHECK ((created_by = ( SELECT auth.uid() AS uid)));

CREATE POLICY foods_select ON public.foods FOR SELECT TO authenticated USING (((created_by IS NULL) OR (created_by = ( SELECT auth.uid() AS uid))));

CREATE POLICY foods_update_own ON public.foods FOR UPDATE TO authenticated USING ((created_by = ( SELECT auth.uid() AS uid))) WITH CHECK ((created_by = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.meal_items ENABLE ROW LEVEL SECURITY;

CREATE POLICY meal_items_own ON public.meal_items TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.meals ENABLE ROW LEVEL SECURITY;

CREATE POLICY meals_own ON public.meals TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.nutrition_days ENABLE ROW LEVEL SECURITY;

CREATE POLICY nutrition_days_own ON public.nutrition_days FOR SELECT TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.personal_records ENABLE ROW LEVEL SECURITY;

CREATE POLICY personal_records_own ON public.personal_records TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;

CREATE POLICY profiles_select_own ON public.profiles FOR SELECT TO authenticated USING ((id = ( SELECT auth.uid() AS uid)));

CREATE POLICY profiles_update_own ON public.profiles FOR UPDATE TO authenticated USING ((id = ( SELECT auth.uid() AS uid))) WITH CHECK ((id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.sleep_entries ENABLE ROW LEVEL SECURITY;

CREATE POLICY sleep_entries_own ON public.sleep_entries TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

ALTER TABLE public.water_entries ENABLE ROW LEVEL SECURITY;

CREATE POLICY water_entries_own ON public.water_entries TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid))) WITH CHECK ((user_id = ( SELECT auth.uid() AS uid)));

GRANT USAGE ON SCHEMA private TO app;
GRANT USAGE ON SCHEMA private TO anon;
GRANT USAGE ON SCHEMA private TO authenticated;

REVOKE ALL ON FUNCTION private.activity_summary(owner uuid, from_day date, to_day date, now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.activity_summary(owner uuid, from_day date, to_day date, now timestamp with time zone) TO app;
GRANT ALL ON FUNCTION private.activity_summary(owner uuid, from_day date, to_day date, now timestamp with time zone) TO authenticated;

REVOKE ALL ON FUNCTION private.add_activity_import(owner uuid, import uuid, content bytea, size_bytes integer, options jsonb, queue text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.add_activity_import(owner uuid, import uuid, content bytea, size_bytes integer, options jsonb, queue text) TO authenticated;

REVOKE ALL ON PROCEDURE private.add_nutrient(IN key text, IN most numeric) FROM PUBLIC;

REVOKE ALL ON PROCEDURE private.add_nutrient_to_days(IN key text) FROM PUBLIC;

GRANT ALL ON TABLE public.meal_items TO service_role;
GRANT SELECT,INSERT ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(kind) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(food_id) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(serving_id) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(count) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(serving_grams) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(label) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(name) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(brand) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(grams) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(basis) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(calories) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(protein_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(carbs_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(fat_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(fiber_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(sugar_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(added_sugar_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(saturated_fat_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(cholesterol_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(sodium_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(potassium_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(calcium_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(iron_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(vitamin_d_mcg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(caffeine_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(alcohol_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(trans_fat_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(monounsaturated_fat_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(polyunsaturated_fat_g) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(magnesium_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(phosphorus_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(zinc_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(selenium_mcg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(vitamin_a_mcg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(vitamin_c_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(vitamin_e_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(vitamin_k_mcg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(vitamin_b6_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(vitamin_b12_mcg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(thiamin_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(riboflavin_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(niacin_mg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(folate_mcg) ON TABLE public.meal_items TO authenticated;

GRANT UPDATE(choline_mg) ON TABLE public.meal_items TO authenticated;

REVOKE ALL ON FUNCTION private.add_to_days(changed public.meal_items[], times integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.append_coach_events(owners uuid[], held uuid[], attempts integer[], messages uuid[], seqs integer[], types text[], datas jsonb[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.append_coach_events(owners uuid[], held uuid[], attempts integer[], messages uuid[], seqs integer[], types text[], datas jsonb[]) TO app;

REVOKE ALL ON FUNCTION private.applied_function_sets() FROM PUBLIC;
GRANT ALL ON FUNCTION private.applied_function_sets() TO app;

REVOKE ALL ON FUNCTION private.begin_coach_reply(owner uuid, message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.begin_coach_reply(owner uuid, message uuid) TO app;

REVOKE ALL ON FUNCTION private.begins_with(whole text, beginning text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.bound_day() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.bound_legs() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.bound_meal() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.bound_memory(owner uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.bound_sleep() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.bound_water() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.cancel_coach_reply(owner uuid, message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.cancel_coach_reply(owner uuid, message uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.canonical_zone(zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.canonical_zone(zone text) TO app;
GRANT ALL ON FUNCTION private.canonical_zone(zone text) TO authenticated;

REVOKE ALL ON FUNCTION private.change_day_sums() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.check_portions(owner uuid, items jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.check_portions(owner uuid, items jsonb) TO app;
GRANT ALL ON FUNCTION private.check_portions(owner uuid, items jsonb) TO authenticated;

REVOKE ALL ON FUNCTION private.claim_idempotency_key(owner uuid, wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.claim_idempotency_key(owner uuid, wanted text) TO app;
GRANT ALL ON FUNCTION private.claim_idempotency_key(owner uuid, wanted text) TO authenticated;

REVOKE ALL ON FUNCTION private.coach_recall(owner uuid, question text, question_vector real[], current_model text, least_similarity real, page_size integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.coach_recall(owner uuid, question text, question_vector real[], current_model text, least_similarity real, page_size integer) TO authenticated;

REVOKE ALL ON FUNCTION private.coach_use(owner uuid, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.coach_use(owner uuid, since timestamp with time zone) TO app;
GRANT ALL ON FUNCTION private.coach_use(owner uuid, since timestamp with time zone) TO authenticated;

REVOKE ALL ON FUNCTION private.copy_email() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.copy_meals(owner uuid, meal uuid, day date, copy_id uuid, to_day date, to_zone text, to_type text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.copy_meals(owner uuid, meal uuid, day date, copy_id uuid, to_day date, to_zone text, to_type text) TO app;
GRANT ALL ON FUNCTION private.copy_meals(owner uuid, meal uuid, day date, copy_id uuid, to_day date, to_zone text, to_type text) TO authenticated;

REVOKE ALL ON FUNCTION private.correct_food_words(words text[], me uuid, scope text, replace_unknown boolean, OUT corrected text[], OUT unknown text[], OUT guesses text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.count_activities_once(owner uuid, from_time timestamp with time zone, to_time timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.count_activities_once(owner uuid, from_time timestamp with time zone, to_time timestamp with time zone) TO app;
GRANT ALL ON FUNCTION private.count_activities_once(owner uuid, from_time timestamp with time zone, to_time timestamp with time zone) TO authenticated;

REVOKE ALL ON FUNCTION private.count_food_words() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.create_profile() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.daily_activity(owner uuid, first_day date, last_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION private.daily_activity(owner uuid, first_day date, last_day date) TO app;
GRANT ALL ON FUNCTION private.daily_activity(owner uuid, first_day date, last_day date) TO authenticated;

REVOKE ALL ON FUNCTION private.daily_intake(owner uuid, first_day date, last_day date, OUT days date[], OUT kcal numeric[], OUT meals integer[], OUT complete boolean[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.daily_intake(owner uuid, first_day date, last_day date, OUT days date[], OUT kcal numeric[], OUT meals integer[], OUT complete boolean[]) TO app;
GRANT ALL ON FUNCTION private.daily_intake(owner uuid, first_day date, last_day date, OUT days date[], OUT kcal numeric[], OUT meals integer[], OUT complete boolean[]) TO authenticated;

REVOKE ALL ON FUNCTION private.daily_weights(owner uuid, first_day date, last_day date) FROM PUBLIC;
GRANT ALL ON FUNCTION private.daily_weights(owner uuid, first_day date, last_day date) TO app;
GRANT ALL ON FUNCTION private.daily_weights(owner uuid, first_day date, last_day date) TO authenticated;

GRANT ALL ON TABLE public.nutrition_days TO service_role;
GRANT SELECT ON TABLE public.nutrition_days TO authenticated;

REVOKE ALL ON FUNCTION private.day_known(d public.nutrition_days) FROM PUBLIC;
GRANT ALL ON FUNCTION private.day_known(d public.nutrition_days) TO app;
GRANT ALL ON FUNCTION private.day_known(d public.nutrition_days) TO authenticated;

REVOKE ALL ON FUNCTION private.day_sums(d public.nutrition_days) FROM PUBLIC;
GRANT ALL ON FUNCTION private.day_sums(d public.nutrition_days) TO app;
GRANT ALL ON FUNCTION private.day_sums(d public.nutrition_days) TO authenticated;

REVOKE ALL ON FUNCTION private.delete_activity(owner uuid, target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.delete_activity(owner uuid, target uuid) TO app;
GRANT ALL ON FUNCTION private.delete_activity(owner uuid, target uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.delete_conversation(owner uuid, conversation uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.delete_conversation(owner uuid, conversation uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.delete_memories(owner uuid, memory uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.delete_memories(owner uuid, memory uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.delete_records(exercises text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.delete_records(exercises text[]) TO authenticated;

REVOKE ALL ON FUNCTION private.delete_sets(activity uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.delete_sets(activity uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.end_coach_reply(owner uuid, message uuid, worker_attempt integer, end_type text, outcome jsonb, used jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.end_coach_reply(owner uuid, message uuid, worker_attempt integer, end_type text, outcome jsonb, used jsonb) TO app;

REVOKE ALL ON FUNCTION private.end_session(session_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.end_session(session_id uuid, user_id uuid) TO app;

REVOKE ALL ON FUNCTION private.ended_sessions(sessions uuid[], people uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.ended_sessions(sessions uuid[], people uuid[]) TO app;

REVOKE ALL ON FUNCTION private.erase_activity_file() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.erase_audit_log(user_id uuid, email text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.erase_audit_log(user_id uuid, email text) TO app;

REVOKE ALL ON FUNCTION private.erase_memories() FROM PUBLIC;
GRANT ALL ON FUNCTION private.erase_memories() TO app;

REVOKE ALL ON FUNCTION private.exercise_history(owner uuid, exercise text, before_at timestamp with time zone, before_id uuid, page_size integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.exercise_history(owner uuid, exercise text, before_at timestamp with time zone, before_id uuid, page_size integer) TO app;
GRANT ALL ON FUNCTION private.exercise_history(owner uuid, exercise text, before_at timestamp with time zone, before_id uuid, page_size integer) TO authenticated;

REVOKE ALL ON FUNCTION private.expect_recovery_mail(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.expect_recovery_mail(email text) TO app;

REVOKE ALL ON FUNCTION private.find_session(refresh_token text, session_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.find_session(refresh_token text, session_id uuid) TO app;

REVOKE ALL ON FUNCTION private.fold(w text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.food_entry(name text, brand text, aliases text[], popularity integer, OUT rank integer, OUT keys text, OUT sorted_keys text[], OUT name_key text, OUT lexemes tsvector) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.food_key(t text) FROM PUBLIC;

GRANT ALL ON TABLE public.foods TO service_role;
GRANT SELECT,INSERT ON TABLE public.foods TO authenticated;

GRANT UPDATE(name) ON TABLE public.foods TO authenticated;

GRANT UPDATE(brand) ON TABLE public.foods TO authenticated;

GRANT UPDATE(barcode) ON TABLE public.foods TO authenticated;

GRANT UPDATE(calories) ON TABLE public.foods TO authenticated;

GRANT UPDATE(protein_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(carbs_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(fat_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(fiber_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(sugar_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(added_sugar_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(saturated_fat_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(cholesterol_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(sodium_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(potassium_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(calcium_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(iron_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(vitamin_d_mcg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(caffeine_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(alcohol_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(version) ON TABLE public.foods TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.foods TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.foods TO authenticated;

GRANT UPDATE(trans_fat_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(monounsaturated_fat_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(polyunsaturated_fat_g) ON TABLE public.foods TO authenticated;

GRANT UPDATE(magnesium_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(phosphorus_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(zinc_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(selenium_mcg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(vitamin_a_mcg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(vitamin_c_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(vitamin_e_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(vitamin_k_mcg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(vitamin_b6_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(vitamin_b12_mcg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(thiamin_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(riboflavin_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(niacin_mg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(folate_mcg) ON TABLE public.foods TO authenticated;

GRANT UPDATE(choline_mg) ON TABLE public.foods TO authenticated;

REVOKE ALL ON FUNCTION private.food_nutrients(f public.foods) FROM PUBLIC;
GRANT ALL ON FUNCTION private.food_nutrients(f public.foods) TO app;
GRANT ALL ON FUNCTION private.food_nutrients(f public.foods) TO authenticated;

REVOKE ALL ON FUNCTION private.food_score(keys text, sorted_keys text[], query_key text, query_sorted_keys text[], rank integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.food_term(word text, is_prefix boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.foods_with_word(word text, is_prefix boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.forget_memory_source() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.frequent_food_candidates(ids uuid[], times bigint[], matching tsquery, query_key text, query_sorted_keys text[], meant uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.frequent_foods(me uuid, OUT ids uuid[], OUT times bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.give_up_words(words text[], me uuid, scope text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.import_measurements(owner uuid, records jsonb, zone text, dry_run boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.import_measurements(owner uuid, records jsonb, zone text, dry_run boolean) TO app;
GRANT ALL ON FUNCTION private.import_measurements(owner uuid, records jsonb, zone text, dry_run boolean) TO authenticated;

REVOKE ALL ON FUNCTION private.index_foods() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.insert_food(food jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.insert_food(food jsonb) TO app;
GRANT ALL ON FUNCTION private.insert_food(food jsonb) TO authenticated;

REVOKE ALL ON FUNCTION private.instant_of(local timestamp without time zone, zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.instant_of(local timestamp without time zone, zone text) TO app;
GRANT ALL ON FUNCTION private.instant_of(local timestamp without time zone, zone text) TO authenticated;

REVOKE ALL ON FUNCTION private.is_email_confirmed(user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.is_email_confirmed(user_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.is_food_word(word text, me uuid, scope text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.is_in_tiers_1_2(terms record) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.is_known_address(email text, network inet) FROM PUBLIC;
GRANT ALL ON FUNCTION private.is_known_address(email text, network inet) TO app;

REVOKE ALL ON FUNCTION private.is_name_in_tier_0(names text[], matching tsquery) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.is_recovery_mail(user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.is_recovery_mail(user_id uuid) TO app;

REVOKE ALL ON FUNCTION private.is_spelled_right(word text, is_prefix boolean, me uuid, scope text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.is_stop_word(w text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.item_nutrients(i public.meal_items) FROM PUBLIC;
GRANT ALL ON FUNCTION private.item_nutrients(i public.meal_items) TO app;
GRANT ALL ON FUNCTION private.item_nutrients(i public.meal_items) TO authenticated;

REVOKE ALL ON FUNCTION private.joined_words(words text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_legs_within() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.keep_recovery_mail(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.keep_recovery_mail(email text) TO app;

REVOKE ALL ON FUNCTION private.keep_version() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.last_erased_deletion() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.left_out(words text[], searched text[], corrected text[], unknown text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.letters_dropped(w text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.lexicon_phrase(t text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.local_date(moment timestamp with time zone, zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.local_date(moment timestamp with time zone, zone text) TO app;
GRANT ALL ON FUNCTION private.local_date(moment timestamp with time zone, zone text) TO authenticated;

REVOKE ALL ON FUNCTION private.local_time(moment timestamp with time zone, zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.local_time(moment timestamp with time zone, zone text) TO app;
GRANT ALL ON FUNCTION private.local_time(moment timestamp with time zone, zone text) TO authenticated;

REVOKE ALL ON FUNCTION private.lock_activities(owner uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.lock_activities(owner uuid) TO app;
GRANT ALL ON FUNCTION private.lock_activities(owner uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.mail_sent_at(email text, recovery boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.mail_sent_at(email text, recovery boolean) TO app;

REVOKE ALL ON FUNCTION private.memory_enabled(owner uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.memory_text(owner uuid, source_kind text, source_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.merge_rates(buckets text[], amounts double precision[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.merge_rates(buckets text[], amounts double precision[]) TO app;

REVOKE ALL ON FUNCTION private.needs_no_product_lookup(gtin text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.needs_no_product_lookup(gtin text) TO app;
GRANT ALL ON FUNCTION private.needs_no_product_lookup(gtin text) TO anon;

REVOKE ALL ON FUNCTION private.newest_weights(owner uuid, now timestamp with time zone, OUT newest_ids uuid[], OUT newest_times timestamp with time zone[], OUT newest_weights numeric[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.newest_weights(owner uuid, now timestamp with time zone, OUT newest_ids uuid[], OUT newest_times timestamp with time zone[], OUT newest_weights numeric[]) TO app;
GRANT ALL ON FUNCTION private.newest_weights(owner uuid, now timestamp with time zone, OUT newest_ids uuid[], OUT newest_times timestamp with time zone[], OUT newest_weights numeric[]) TO authenticated;

REVOKE ALL ON FUNCTION private.note_memory_source() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.one_rep_max(load numeric, reps numeric, reserve numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION private.one_rep_max(load numeric, reps numeric, reserve numeric) TO app;
GRANT ALL ON FUNCTION private.one_rep_max(load numeric, reps numeric, reserve numeric) TO authenticated;

REVOKE ALL ON FUNCTION private.own_food_candidates(me uuid, ids uuid[], times bigint[], matching tsquery, query_key text, query_sorted_keys text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.own_words_near(word text, me uuid, scope text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.phrase_one_typo_away(q text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.plain(t text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.portion(per_100g numeric, grams numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION private.portion(per_100g numeric, grams numeric) TO app;
GRANT ALL ON FUNCTION private.portion(per_100g numeric, grams numeric) TO authenticated;

REVOKE ALL ON FUNCTION private.portion_of(f public.foods, grams numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION private.portion_of(f public.foods, grams numeric) TO app;
GRANT ALL ON FUNCTION private.portion_of(f public.foods, grams numeric) TO authenticated;

REVOKE ALL ON FUNCTION private.portions(owner uuid, items jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.portions(owner uuid, items jsonb) TO app;
GRANT ALL ON FUNCTION private.portions(owner uuid, items jsonb) TO authenticated;

REVOKE ALL ON FUNCTION private.purge_activities() FROM PUBLIC;
GRANT ALL ON FUNCTION private.purge_activities() TO app;

REVOKE ALL ON FUNCTION private.purge_body() FROM PUBLIC;
GRANT ALL ON FUNCTION private.purge_body() TO app;

REVOKE ALL ON FUNCTION private.purge_coach() FROM PUBLIC;
GRANT ALL ON FUNCTION private.purge_coach() TO app;

REVOKE ALL ON FUNCTION private.purge_diary() FROM PUBLIC;
GRANT ALL ON FUNCTION private.purge_diary() TO app;

REVOKE ALL ON FUNCTION private.purge_foods() FROM PUBLIC;
GRANT ALL ON FUNCTION private.purge_foods() TO app;

REVOKE ALL ON FUNCTION private.purge_idempotency_keys() FROM PUBLIC;
GRANT ALL ON FUNCTION private.purge_idempotency_keys() TO app;

REVOKE ALL ON FUNCTION private.purge_rates() FROM PUBLIC;
GRANT ALL ON FUNCTION private.purge_rates() TO app;

REVOKE ALL ON FUNCTION private.query_words(q text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.queue_job(kind text, args jsonb, queue text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.read_coach_events(owners uuid[], messages uuid[], positions integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.read_coach_events(owners uuid[], messages uuid[], positions integer[]) TO app;

REVOKE ALL ON FUNCTION private.read_memory_sources(batch integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.read_memory_sources(batch integer) TO app;

REVOKE ALL ON FUNCTION private.recall_terms(question text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.recall_terms(question text) TO authenticated;

REVOKE ALL ON FUNCTION private.recount_activities() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refresh_records(owner uuid, exercises text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.refresh_records(owner uuid, exercises text[]) TO app;
GRANT ALL ON FUNCTION private.refresh_records(owner uuid, exercises text[]) TO authenticated;

REVOKE ALL ON FUNCTION private.refresh_records_of_activity() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.refuse_field(field text, code text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.refuse_field(field text, code text) TO app;
GRANT ALL ON FUNCTION private.refuse_field(field text, code text) TO authenticated;

REVOKE ALL ON FUNCTION private.regroup_words(words text[], me uuid, scope text) FROM PUBLIC;

GRANT ALL ON TABLE public.coach_memories TO service_role;
GRANT SELECT ON TABLE public.coach_memories TO authenticated;

REVOKE ALL ON FUNCTION private.remember_fact(owner uuid, memory uuid, message uuid, kind text, content text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.remember_fact(owner uuid, memory uuid, message uuid, kind text, content text) TO authenticated;

REVOKE ALL ON FUNCTION private.remove_favorite(owner uuid, food uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.remove_favorite(owner uuid, food uuid) TO app;
GRANT ALL ON FUNCTION private.remove_favorite(owner uuid, food uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.requeue_activity_imports(queue text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.requeue_activity_imports(queue text) TO app;

REVOKE ALL ON FUNCTION private.requeue_coach_replies(queue text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.requeue_coach_replies(queue text) TO app;

REVOKE ALL ON FUNCTION private.require_person(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.require_person(person uuid) TO app;
GRANT ALL ON FUNCTION private.require_person(person uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.require_session(session_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.require_session(session_id uuid, user_id uuid) TO app;
GRANT ALL ON FUNCTION private.require_session(session_id uuid, user_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.restore_activity(owner uuid, target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.restore_activity(owner uuid, target uuid) TO app;
GRANT ALL ON FUNCTION private.restore_activity(owner uuid, target uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.restore_meal(owner uuid, meal uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.restore_meal(owner uuid, meal uuid) TO app;
GRANT ALL ON FUNCTION private.restore_meal(owner uuid, meal uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.return_rate(bucket text, seconds double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION private.return_rate(bucket text, seconds double precision) TO app;

REVOKE ALL ON FUNCTION private.revoke_session(session_id uuid, user_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.revoke_session(session_id uuid, user_id uuid) TO app;
GRANT ALL ON FUNCTION private.revoke_session(session_id uuid, user_id uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.same_name_candidates(name text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.same_time_on(day date, moment timestamp with time zone, zone text, new_zone text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.same_time_on(day date, moment timestamp with time zone, zone text, new_zone text) TO app;
GRANT ALL ON FUNCTION private.same_time_on(day date, moment timestamp with time zone, zone text, new_zone text) TO authenticated;

REVOKE ALL ON FUNCTION private.schema_version() FROM PUBLIC;
GRANT ALL ON FUNCTION private.schema_version() TO app;

REVOKE ALL ON FUNCTION private.search_foods(readings text[], gtin text, scope text, searched text, after_section integer, after_score bigint, after_id uuid, max_rows integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.search_foods(readings text[], gtin text, scope text, searched text, after_section integer, after_score bigint, after_id uuid, max_rows integer) TO app;
GRANT ALL ON FUNCTION private.search_foods(readings text[], gtin text, scope text, searched text, after_section integer, after_score bigint, after_id uuid, max_rows integer) TO authenticated;

REVOKE ALL ON FUNCTION private.search_instead(words text[], readings text[], me uuid, scope text, max_rows integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.search_other_words(other_words text[], after_correction boolean, left_out text[], readings text[], me uuid, scope text, max_rows integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.search_reading(q text, me uuid, scope text, first_section integer, last_section integer, after_section integer, after_score bigint, after_id uuid, phrases text[], skipped uuid[], max_rows integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.search_readings(fuller text[], barest text, barest_number integer, me uuid, scope text, after_section integer, after_score bigint, after_id uuid, max_rows integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.search_terms(q text, OUT matching tsquery, OUT key text, OUT sorted_keys text[], OUT meant uuid[], OUT whole tsquery, OUT by_index tsquery) FROM PUBLIC;

GRANT ALL ON TABLE public.coach_messages TO service_role;
GRANT SELECT ON TABLE public.coach_messages TO authenticated;

REVOKE ALL ON FUNCTION private.send_coach_message(owner uuid, conversation uuid, message uuid, reply uuid, content text, timezone text, queue text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.send_coach_message(owner uuid, conversation uuid, message uuid, reply uuid, content text, timezone text, queue text) TO authenticated;

REVOKE ALL ON FUNCTION private.set_coach_memory(owner uuid, enabled boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.set_coach_memory(owner uuid, enabled boolean) TO authenticated;

REVOKE ALL ON FUNCTION private.set_counted_share(owner uuid, target uuid, share numeric, found jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.set_counted_share(owner uuid, target uuid, share numeric, found jsonb) TO app;
GRANT ALL ON FUNCTION private.set_counted_share(owner uuid, target uuid, share numeric, found jsonb) TO authenticated;

REVOKE ALL ON FUNCTION private.sorted_key(key text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.split_compound(word text, me uuid, scope text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.store_product(product jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.store_product(product jsonb) TO app;
GRANT ALL ON FUNCTION private.store_product(product jsonb) TO anon;

REVOKE ALL ON FUNCTION private.store_unknown_barcode(gtin text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.store_unknown_barcode(gtin text) TO app;
GRANT ALL ON FUNCTION private.store_unknown_barcode(gtin text) TO anon;

REVOKE ALL ON FUNCTION private.store_vectors(current_model text, dims integer, owners uuid[], kinds text[], sources uuid[], revisions integer[], vectors real[]) FROM PUBLIC;
GRANT ALL ON FUNCTION private.store_vectors(current_model text, dims integer, owners uuid[], kinds text[], sources uuid[], revisions integer[], vectors real[]) TO app;

REVOKE ALL ON FUNCTION private.strength_of(owner uuid, target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.strength_of(owner uuid, target uuid) TO app;
GRANT ALL ON FUNCTION private.strength_of(owner uuid, target uuid) TO authenticated;

REVOKE ALL ON FUNCTION private.take_rate(bucket text, emission_seconds double precision, burst integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.take_rate(bucket text, emission_seconds double precision, burst integer) TO app;

REVOKE ALL ON FUNCTION private.texts_without_vector(current_model text, batch integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.texts_without_vector(current_model text, batch integer) TO app;

REVOKE ALL ON FUNCTION private.tier_0_candidates(matching tsquery, query_key text, query_sorted_keys text[], meant uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.tier_1_candidates(by_index tsquery, matching tsquery, shown tsquery, name text, query_key text, query_sorted_keys text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.tier_2_candidates(by_index tsquery, matching tsquery, shown tsquery, name text, query_key text, query_sorted_keys text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.title_conversation(owner uuid, conversation uuid, title text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.title_conversation(owner uuid, conversation uuid, title text) TO app;

REVOKE ALL ON FUNCTION private.tokens(t text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.touch_parent_activity() FROM PUBLIC;

REVOKE ALL ON FUNCTION private.translations(q text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.unfinished_translation(q text, me uuid) FROM PUBLIC;

GRANT ALL ON TABLE public.activities TO service_role;
GRANT SELECT,INSERT ON TABLE public.activities TO authenticated;

GRANT UPDATE(parent_id) ON TABLE public.activities TO authenticated;

GRANT UPDATE(leg_index) ON TABLE public.activities TO authenticated;

GRANT UPDATE(name) ON TABLE public.activities TO authenticated;

GRANT UPDATE(category) ON TABLE public.activities TO authenticated;

GRANT UPDATE(activity) ON TABLE public.activities TO authenticated;

GRANT UPDATE(family) ON TABLE public.activities TO authenticated;

GRANT UPDATE(started_at) ON TABLE public.activities TO authenticated;

GRANT UPDATE(ended_at) ON TABLE public.activities TO authenticated;

GRANT UPDATE(local_date) ON TABLE public.activities TO authenticated;

GRANT UPDATE(timezone) ON TABLE public.activities TO authenticated;

GRANT UPDATE(zone_source) ON TABLE public.activities TO authenticated;

GRANT UPDATE(elapsed_s) ON TABLE public.activities TO authenticated;

GRANT UPDATE(timer_s) ON TABLE public.activities TO authenticated;

GRANT UPDATE(moving_s) ON TABLE public.activities TO authenticated;

GRANT UPDATE(rpe) ON TABLE public.activities TO authenticated;

GRANT UPDATE(notes) ON TABLE public.activities TO authenticated;

GRANT UPDATE(metrics) ON TABLE public.activities TO authenticated;

GRANT UPDATE(source_kind) ON TABLE public.activities TO authenticated;

GRANT UPDATE(source_app) ON TABLE public.activities TO authenticated;

GRANT UPDATE(source_device) ON TABLE public.activities TO authenticated;

GRANT UPDATE(external_id) ON TABLE public.activities TO authenticated;

GRANT UPDATE(external_version) ON TABLE public.activities TO authenticated;

GRANT UPDATE(recorded) ON TABLE public.activities TO authenticated;

GRANT UPDATE(content_sha256) ON TABLE public.activities TO authenticated;

GRANT UPDATE(user_kcal) ON TABLE public.activities TO authenticated;

GRANT UPDATE(device_kcal) ON TABLE public.activities TO authenticated;

GRANT UPDATE(device_resting_kcal) ON TABLE public.activities TO authenticated;

GRANT UPDATE(kcal) ON TABLE public.activities TO authenticated;

GRANT UPDATE(kcal_net) ON TABLE public.activities TO authenticated;

GRANT UPDATE(energy_source) ON TABLE public.activities TO authenticated;

GRANT UPDATE(met) ON TABLE public.activities TO authenticated;

GRANT UPDATE(met_code) ON TABLE public.activities TO authenticated;

GRANT UPDATE(met_year) ON TABLE public.activities TO authenticated;

GRANT UPDATE(energy_match) ON TABLE public.activities TO authenticated;

GRANT UPDATE(weight_kg) ON TABLE public.activities TO authenticated;

GRANT UPDATE(energy_explanation) ON TABLE public.activities TO authenticated;

GRANT UPDATE(heart_rate_zones) ON TABLE public.activities TO authenticated;

GRANT UPDATE(counting) ON TABLE public.activities TO authenticated;

GRANT UPDATE(counted_share) ON TABLE public.activities TO authenticated;

GRANT UPDATE(overlapping) ON TABLE public.activities TO authenticated;

GRANT UPDATE(version) ON TABLE public.activities TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.activities TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.activities TO authenticated;

REVOKE ALL ON FUNCTION private.window_end(a public.activities) FROM PUBLIC;
GRANT ALL ON FUNCTION private.window_end(a public.activities) TO app;
GRANT ALL ON FUNCTION private.window_end(a public.activities) TO authenticated;

REVOKE ALL ON FUNCTION private.word_most_alike(word text, me uuid, scope text) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.word_one_typo_away(word text, me uuid, scope text, at_least_foods integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.words_query(words text[], is_prefix boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION private.write_sets(owner uuid, target uuid, sets jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.write_sets(owner uuid, target uuid, sets jsonb) TO app;
GRANT ALL ON FUNCTION private.write_sets(owner uuid, target uuid, sets jsonb) TO authenticated;

GRANT SELECT,INSERT ON TABLE private.idempotency_keys TO authenticated;

GRANT UPDATE(fingerprint) ON TABLE private.idempotency_keys TO authenticated;

GRANT UPDATE(status) ON TABLE private.idempotency_keys TO authenticated;

GRANT UPDATE(headers) ON TABLE private.idempotency_keys TO authenticated;

GRANT UPDATE(body) ON TABLE private.idempotency_keys TO authenticated;

GRANT UPDATE(created_at) ON TABLE private.idempotency_keys TO authenticated;

GRANT SELECT ON TABLE private.own_sessions TO authenticated;

GRANT ALL ON TABLE public.activity_details TO service_role;
GRANT SELECT ON TABLE public.activity_details TO authenticated;

GRANT ALL ON TABLE public.activity_files TO service_role;
GRANT SELECT,INSERT ON TABLE public.activity_files TO authenticated;

GRANT ALL ON TABLE public.activity_imports TO service_role;
GRANT SELECT ON TABLE public.activity_imports TO authenticated;

GRANT UPDATE(status) ON TABLE public.activity_imports TO authenticated;

GRANT UPDATE(progress) ON TABLE public.activity_imports TO authenticated;

GRANT UPDATE(content) ON TABLE public.activity_imports TO authenticated;

GRANT UPDATE(result) ON TABLE public.activity_imports TO authenticated;

GRANT UPDATE(problem) ON TABLE public.activity_imports TO authenticated;

GRANT UPDATE(attempt) ON TABLE public.activity_imports TO authenticated;

GRANT UPDATE(lease_until) ON TABLE public.activity_imports TO authenticated;

GRANT UPDATE(completed_at) ON TABLE public.activity_imports TO authenticated;

GRANT ALL ON TABLE public.activity_sets TO service_role;
GRANT SELECT,INSERT ON TABLE public.activity_sets TO authenticated;

GRANT ALL ON TABLE public.activity_streams TO service_role;
GRANT SELECT,INSERT ON TABLE public.activity_streams TO authenticated;

GRANT ALL ON TABLE public.body_measurements TO service_role;
GRANT SELECT,INSERT ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(measured_at) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(local_date) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(timezone) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(weight_kg) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(body_fat_pct) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(girths) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(notes) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(source_kind) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(source_app) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(source_device) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(source_recorded) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(external_id) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(external_version) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(version) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.body_measurements TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.body_measurements TO authenticated;

GRANT ALL ON TABLE public.coach_conversations TO service_role;
GRANT SELECT,INSERT ON TABLE public.coach_conversations TO authenticated;

GRANT UPDATE(title) ON TABLE public.coach_conversations TO authenticated;

GRANT UPDATE(title_source) ON TABLE public.coach_conversations TO authenticated;

GRANT UPDATE(archived) ON TABLE public.coach_conversations TO authenticated;

GRANT UPDATE(version) ON TABLE public.coach_conversations TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.coach_conversations TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.coach_conversations TO authenticated;

GRANT ALL ON TABLE public.coach_events TO service_role;
GRANT SELECT ON TABLE public.coach_events TO authenticated;

GRANT ALL ON TABLE public.coach_proposals TO service_role;
GRANT SELECT,INSERT ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(draft) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(preview) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(status) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(confirmed_at) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(result_etag) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(profile_before) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(profile_after) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(version) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.coach_proposals TO authenticated;

GRANT UPDATE(replaced_by) ON TABLE public.coach_proposals TO authenticated;

GRANT ALL ON TABLE public.coach_settings TO service_role;
GRANT SELECT ON TABLE public.coach_settings TO authenticated;

GRANT ALL ON TABLE public.complete_days TO service_role;
GRANT SELECT,INSERT ON TABLE public.complete_days TO authenticated;

GRANT UPDATE(complete) ON TABLE public.complete_days TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.complete_days TO authenticated;

GRANT ALL ON TABLE public.counted_activities TO service_role;
GRANT SELECT ON TABLE public.counted_activities TO authenticated;

GRANT ALL ON TABLE public.custom_exercises TO service_role;
GRANT SELECT,INSERT ON TABLE public.custom_exercises TO authenticated;

GRANT UPDATE(name) ON TABLE public.custom_exercises TO authenticated;

GRANT UPDATE(load_mode) ON TABLE public.custom_exercises TO authenticated;

GRANT UPDATE(notes) ON TABLE public.custom_exercises TO authenticated;

GRANT UPDATE(version) ON TABLE public.custom_exercises TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.custom_exercises TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.custom_exercises TO authenticated;

GRANT ALL ON TABLE public.meals TO service_role;
GRANT SELECT,INSERT ON TABLE public.meals TO authenticated;

GRANT UPDATE(name) ON TABLE public.meals TO authenticated;

GRANT UPDATE(meal_type) ON TABLE public.meals TO authenticated;

GRANT UPDATE(eaten_at) ON TABLE public.meals TO authenticated;

GRANT UPDATE(local_date) ON TABLE public.meals TO authenticated;

GRANT UPDATE(timezone) ON TABLE public.meals TO authenticated;

GRANT UPDATE(notes) ON TABLE public.meals TO authenticated;

GRANT UPDATE(next_position) ON TABLE public.meals TO authenticated;

GRANT UPDATE(version) ON TABLE public.meals TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.meals TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.meals TO authenticated;

GRANT ALL ON TABLE public.profiles TO service_role;
GRANT SELECT ON TABLE public.profiles TO authenticated;

GRANT UPDATE(full_name) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(birth_date) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(biological_sex) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(height_cm) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(current_weight_kg) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(goal_weight_kg) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(primary_goal) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(secondary_goal) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(experience_level) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(activity_level) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(workout_frequency) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(dietary_preference) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(food_allergies) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(foods_to_avoid) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(meals_per_day) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(cooks_regularly) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(sleep_hours) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(stress_level) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(fitness_notes) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(unit_system) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(timezone) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(language) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_source) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_calories) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_protein_g) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_carbs_g) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_fat_g) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_bmr) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_tdee) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_explanation) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(version) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(current_weight_at) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(adaptive_targets) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(adaptive_tdee) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(adaptive_tdee_on) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(exercise_calories) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(target_step_on) ON TABLE public.profiles TO authenticated;

GRANT UPDATE(privacy_radius_m) ON TABLE public.profiles TO authenticated;

GRANT ALL ON TABLE public.diary TO service_role;
GRANT SELECT ON TABLE public.diary TO authenticated;

GRANT ALL ON TABLE public.embeddings TO service_role;
GRANT SELECT ON TABLE public.embeddings TO authenticated;

GRANT ALL ON TABLE public.food_favorites TO service_role;
GRANT SELECT,INSERT ON TABLE public.food_favorites TO authenticated;

GRANT ALL ON TABLE public.food_servings TO service_role;
GRANT SELECT,INSERT ON TABLE public.food_servings TO authenticated;

GRANT UPDATE(label) ON TABLE public.food_servings TO authenticated;

GRANT UPDATE(grams) ON TABLE public.food_servings TO authenticated;

GRANT UPDATE(is_default) ON TABLE public.food_servings TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.food_servings TO authenticated;

GRANT ALL ON TABLE public.serving_lists TO service_role;
GRANT SELECT ON TABLE public.serving_lists TO authenticated;

GRANT ALL ON TABLE public.food_details TO service_role;
GRANT SELECT ON TABLE public.food_details TO authenticated;

GRANT ALL ON TABLE public.food_list TO service_role;
GRANT SELECT ON TABLE public.food_list TO authenticated;

GRANT ALL ON TABLE public.personal_records TO service_role;
GRANT SELECT,INSERT ON TABLE public.personal_records TO authenticated;

GRANT ALL ON TABLE public.sleep_entries TO service_role;
GRANT SELECT,INSERT ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(started_at) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(ended_at) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(local_date) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(timezone) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(asleep_minutes) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(quality) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(notes) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(version) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.sleep_entries TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.sleep_entries TO authenticated;

GRANT ALL ON TABLE public.water_entries TO service_role;
GRANT SELECT,INSERT ON TABLE public.water_entries TO authenticated;

GRANT UPDATE(drunk_at) ON TABLE public.water_entries TO authenticated;

GRANT UPDATE(local_date) ON TABLE public.water_entries TO authenticated;

GRANT UPDATE(timezone) ON TABLE public.water_entries TO authenticated;

GRANT UPDATE(amount_ml) ON TABLE public.water_entries TO authenticated;

GRANT UPDATE(version) ON TABLE public.water_entries TO authenticated;

GRANT UPDATE(updated_at) ON TABLE public.water_entries TO authenticated;

GRANT UPDATE(deleted_at) ON TABLE public.water_entries TO authenticated;

CREATE TRIGGER copy_email AFTER UPDATE OF email ON auth.users FOR EACH ROW WHEN (((old.email)::text IS DISTINCT FROM (new.email)::text)) EXECUTE FUNCTION private.copy_email();

CREATE TRIGGER create_profile AFTER INSERT ON auth.users FOR EACH ROW EXECUTE FUNCTION private.create_profile();
