-- Each function returns the foods of one source that have the words, with a score; the smallest is the best. There is one function
-- per source because each tier has its own index, which Postgres would not use if the tier were a variable. The tables can be read
-- only by their owner, on behalf of private.search_foods.

-- Returns how well a food matches. The classes, from the best: a name of the food is exactly the query; its name begins with the words;
-- its name begins with them, the last one unfinished; its brand or an alias begins so; it has the words somewhere. Within a class the
-- rank decides.
create or replace function private.food_score(
  keys text, sorted_keys text[], query_key text, query_sorted_keys text[], rank integer) returns bigint
language sql immutable parallel safe as $$
  select case
    when sorted_keys && query_sorted_keys then 0
    when strpos(keys, E'\n' || query_key || ' ') = 1 then 1
    when strpos(keys, E'\n' || query_key) = 1 then 2
    when strpos(keys, E'\n' || query_key) > 1 then 3
    else 4
  end * 1000000000::bigint + rank
$$;

drop function if exists private.barcode_candidates(text, uuid, text);

-- Returns the foods that a user logs often, with how often, the most frequent first.
create or replace function private.frequent_foods(me uuid, out ids uuid[], out times bigint[])
language plpgsql stable as $$
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

drop function if exists private.own_food_candidates(uuid, tsquery, text, text[]);
create or replace function private.own_food_candidates(
  me uuid, ids uuid[], times bigint[], matching tsquery, query_key text, query_sorted_keys text[])
returns table (food_id uuid, score bigint)
language plpgsql stable rows 10 as $$
begin
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys,
      coalesce(-own_food_candidates.times[array_position(ids, s.food_id)], s.rank)::integer)
    from private.food_search s
    where s.owner = me and s.lexemes @@ matching;
end $$;

-- Returns the catalogue foods that a user logs often. How often counts instead of the popularity, but how well the food matches counts
-- more: a frequent food comes before other foods that match as well, not before those that match better.
drop function if exists private.frequent_food_candidates(uuid[], bigint[], tsquery);
create or replace function private.frequent_food_candidates(
  ids uuid[], times bigint[], matching tsquery, query_key text, query_sorted_keys text[], meant uuid[])
returns table (food_id uuid, score bigint)
language plpgsql stable rows 10 as $$
begin
  return query
    select s.food_id, case when s.food_id = any (meant) then -1000000000::bigint
      else private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, -f.times::integer) end
    from unnest(ids, frequent_food_candidates.times) as f (food_id, times)
    join private.food_search s on s.food_id = f.food_id and s.owner is null and s.lexemes @@ matching;
end $$;

-- Returns whether one of the names is exactly the name of a food of tier 0.
drop function if exists private.is_name_in_tier_0(text, tsquery);
create or replace function private.is_name_in_tier_0(names text[], matching tsquery) returns boolean
language plpgsql stable as $$
begin
  return exists (
    select from private.food_search s where s.owner is null and s.tier = 0 and s.lexemes @@ matching and names && s.sorted_keys);
end $$;

-- Returns foods of tiers 1 and 2 that have exactly the name, with an index-only scan.
create or replace function private.same_name_candidates(name text)
returns table (food_id uuid, score bigint)
language plpgsql stable rows 10 as $$
begin
  return query
    select s.food_id, s.tier * 1000000000::bigint + s.rank
    from private.food_search s
    where s.owner is null and s.name_key = name and s.tier > 0
    order by s.name_key, s.tier, s.rank, s.food_id
    limit 1200;
end $$;

drop function if exists private.tier_0_candidates(tsquery, text, text[]);
-- The foods that the lexicon means are among them, whatever their tier.
create or replace function private.tier_0_candidates(matching tsquery, query_key text, query_sorted_keys text[], meant uuid[])
returns table (food_id uuid, score bigint)
language plpgsql stable rows 100 as $$
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

-- Each tier has a function of its own, because each has an index that is used only when the tier is a constant of the statement.
-- Tiers 1 and 2 are so large that for a very frequent word only a limited number of foods is read. by_index finds them; when shown is
-- set, foods must also match `matching`, and those that match `shown` are left out; both are checked without an index. name is the
-- name that same_name_candidates was called with, if any.
create or replace function private.tier_1_candidates(
  by_index tsquery, matching tsquery, shown tsquery, name text, query_key text, query_sorted_keys text[])
returns table (food_id uuid, score bigint)
language plpgsql stable rows 100 as $$
begin
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, s.rank)
    from private.food_search s
    where s.owner is null and s.tier = 1 and s.lexemes @@ by_index
      and (shown is null or ts_match_vq(s.lexemes, matching) and not ts_match_vq(s.lexemes, shown))
      and (name is null or s.name_key <> name)
    limit 1200;
end $$;

create or replace function private.tier_2_candidates(
  by_index tsquery, matching tsquery, shown tsquery, name text, query_key text, query_sorted_keys text[])
returns table (food_id uuid, score bigint)
language plpgsql stable rows 100 as $$
begin
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, s.rank)
    from private.food_search s
    where s.owner is null and s.tier = 2 and s.lexemes @@ by_index
      and (shown is null or ts_match_vq(s.lexemes, matching) and not ts_match_vq(s.lexemes, shown))
      and (name is null or s.name_key <> name)
    limit 600;
end $$;
