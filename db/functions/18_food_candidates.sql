-- Where found foods come from. Each function returns the foods of one source that have the words, with a score: the smaller, the
-- better. Each is a function of its own because each needs its own index: the tiers have one each, and a tier in a variable
-- would use none of them. They read tables that only the owner reads, on behalf of private.search_foods.

-- How well a food matches: it has exactly that name; its name begins with the words; its name begins with them, the last one
-- unfinished; its brand or an alias begins so; it has the words somewhere. Among equals the rank decides.
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

-- Foods with a barcode: one's own before the catalogue's.
create or replace function private.barcode_candidates(gtin text, me uuid, scope text)
returns table (food_id uuid, score bigint)
language plpgsql stable rows 10 as $$
begin
  return query
    select f.id, row_number() over (order by f.created_by nulls last, f.tier, f.id)
    from public.foods f
    where f.barcode = gtin and f.deleted_at is null
      and (f.created_by is null and scope <> 'own' or f.created_by = me and scope <> 'catalogue');
end $$;

create or replace function private.own_food_candidates(me uuid, matching tsquery, query_key text, query_sorted_keys text[])
returns table (food_id uuid, score bigint)
language plpgsql stable rows 10 as $$
begin
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, s.rank)
    from private.food_search s
    where s.owner = me and s.lexemes @@ matching;
end $$;

-- The foods that a person logs often, the most frequent first.
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

-- Their score is above those of own foods.
create or replace function private.frequent_food_candidates(ids uuid[], times bigint[], matching tsquery)
returns table (food_id uuid, score bigint)
language plpgsql stable rows 10 as $$
begin
  return query
    select s.food_id, 10000000000::bigint - f.times
    from unnest(ids, frequent_food_candidates.times) as f (food_id, times)
    join private.food_search s on s.food_id = f.food_id and s.owner is null and s.lexemes @@ matching;
end $$;

create or replace function private.is_name_in_tier_0(name text, matching tsquery) returns boolean
language plpgsql stable as $$
begin
  return exists (
    select from private.food_search s where s.owner is null and s.tier = 0 and s.lexemes @@ matching and name = any (s.sorted_keys));
end $$;

-- Foods of the other tiers that have exactly the name, from an index alone.
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

create or replace function private.tier_0_candidates(matching tsquery, query_key text, query_sorted_keys text[])
returns table (food_id uuid, score bigint)
language plpgsql stable rows 100 as $$
begin
  return query
    select s.food_id, private.food_score(s.keys, s.sorted_keys, query_key, query_sorted_keys, s.rank)
    from private.food_search s
    where s.owner is null and s.tier = 0 and s.lexemes @@ matching;
end $$;

-- Tiers 1 and 2 are so large that of a word which very many foods have only so many are looked at. by_index finds them; when
-- shown is set, those have to match as well, and those that match shown are left out, both without an index. name is the one
-- that same_name_candidates had, if any.
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
