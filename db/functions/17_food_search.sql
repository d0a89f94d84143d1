-- How well a food matches: bears exactly that name; its first name begins with it, as words or within one; another does;
-- has the words somewhere.
create or replace function private.match_score(keys text, sorted_keys text[], key text, asked text[], rank integer) returns bigint
language sql immutable parallel safe as $$
  select case
    when sorted_keys && asked then 0
    when strpos(keys, E'\n' || key || ' ') = 1 then 1
    when strpos(keys, E'\n' || key) = 1 then 2
    when strpos(keys, E'\n' || key) > 1 then 3
    else 4
  end * 1000000000::bigint + rank
$$;

-- The search. Own foods come first, then what bears exactly the name, then the tiers in turn; each tier is asked only
-- when those before it have not filled the page. Row level security is not in the way because this runs as the owner of
-- the tables: whose foods are seen is decided here, by auth.uid().
create or replace function private.search_foods(q text, gtin text, scope text, fixed text, after_section integer, after_score bigint, after_id uuid, max_rows integer)
returns setof private.food_hit
language plpgsql stable security definer set search_path = '' set jit = off rows 20 as $$
#variable_conflict use_variable
declare
  me uuid := (select auth.uid());
  words text[] := private.query_words(coalesce(fixed, q));
  others text[];
  mended text[];
  query tsquery;
  begun tsquery;
  finished tsquery;
  key text;
  sorted text;
  sorted_keys_asked text[];
  said text := fixed;
  found_rows integer := 0;
  asked tsquery;
  section integer;
  n integer;
  a record;
  first boolean := after_id is null;
  promoted boolean;
  often_ids uuid[] := '{}';
  often_times bigint[] := '{}';
  -- Of a word that very many foods share, this many are looked at in each tier.
  most constant integer := 600;
begin
  if gtin is not null then
    return query
      select f.id, 0, row_number() over (order by f.created_by nulls last, f.tier, f.id), null::text
      from public.foods f
      where f.barcode = gtin and f.deleted_at is null and (f.created_by is null or f.created_by = me)
        and (f.created_by is not null or scope <> 'own') and (f.created_by is null or scope <> 'catalogue')
        and first
      limit max_rows;
    if found or not first then
      return;
    end if;
  end if;
  -- Foods that this person logs often come right after their own, and not a second time further down.
  if scope = 'all' then
    select coalesce(array_agg(o.food_id), '{}'), coalesce(array_agg(o.times), '{}') into often_ids, often_times
    from (
      select i.food_id, count(*) as times
      from public.meal_items i
      where i.user_id = me and i.deleted_at is null and i.food_id is not null and i.created_at > now() - interval '90 days'
      group by i.food_id
      having count(*) >= 3
      order by count(*) desc, i.food_id
      limit 100
    ) o;
  end if;
  -- What finds a pun in the name of a product and nothing else would not be mended otherwise; more words show what is meant.
  if first and fixed is null and cardinality(words) = 1 then
    others := private.correct_food_words(words, me, scope, false);
    said := others[1];
    words := coalesce(others, words);
  end if;
  for attempt in 1 .. 2 loop
    if cardinality(words) = 0 then
      return;
    end if;
    key := private.food_key(array_to_string(words, ' '));
    sorted := private.sorted_key(key);
    sorted_keys_asked := array[sorted];
    query := private.food_query(words, false);
    -- Looking up all that begins like a word of thousands of foods takes long. The foods that have the very word come first
    -- then, and what goes on is looked for among those that have the other words.
    others := words[:cardinality(words) - 1];
    begun := case when others <> '{}' then private.food_query(others, true) end;
    finished := case when exists (
      select from private.food_words v
      where v.word = any (array[words[cardinality(words)], private.fold(words[cardinality(words)])]) and v.foods > most * 5
    ) then private.food_query(words, true) end;
    for a in
      select s.words, s.means from private.food_aliases s where s.words <@ (words || string_to_array(key, ' ')) limit 6
    loop
      others := a.means || array(select w from unnest(words) w where w <> all (a.words) and private.fold(w) <> all (a.words));
      query := query || private.food_query(others, false);
      finished := finished || private.food_query(others, true);
      begun := begun || case when cardinality(others) > 1 then private.food_query(others[:cardinality(others) - 1], true) end;
      sorted_keys_asked := sorted_keys_asked || private.sorted_key(private.food_key(array_to_string(others, ' ')));
    end loop;

    if scope <> 'catalogue' and coalesce(after_section, 0) <= 0 then
      return query
        select h.food_id, 0, h.score, said
        from (
          select s.food_id, private.match_score(s.keys, s.sorted_keys, key, sorted_keys_asked, s.rank) as score
          from private.food_search s
          where s.owner = me and s.lexemes @@ query
          union all
          -- After the own ones; the more often the sooner.
          select s.food_id, 10000000000::bigint - l.times
          from unnest(often_ids, often_times) as l (food_id, times)
          join private.food_search s on s.food_id = l.food_id and s.owner is null and s.lexemes @@ query
          where scope = 'all'
        ) h
        where after_section is null or (h.score, h.food_id) > (after_score, after_id)
        order by h.score, h.food_id
        limit max_rows - found_rows;
      get diagnostics n = row_count;
      found_rows := found_rows + n;
    end if;
    if scope <> 'own' then
      -- What bears exactly the name comes before the tiers, unless the first tier has one that does.
      promoted := not exists (
        select from private.food_search t where t.owner is null and t.tier = 0 and t.lexemes @@ query and sorted = any (t.sorted_keys));
      if promoted and found_rows < max_rows and coalesce(after_section, 1) <= 1 then
        return query
          select s.food_id, 1, s.tier * 1000000000::bigint + s.rank, said
          from private.food_search s
          where s.owner is null and s.name_key = sorted and s.tier > 0 and s.food_id <> all (often_ids)
            and (after_section is null or after_section < 1
              or (s.tier, s.rank, s.food_id) > ((after_score / 1000000000)::smallint, (after_score % 1000000000)::integer, after_id))
          order by s.name_key, s.tier, s.rank, s.food_id
          limit max_rows - found_rows;
        get diagnostics n = row_count;
        found_rows := found_rows + n;
      end if;

      if found_rows < max_rows and coalesce(after_section, 2) <= 2 then
        return query
          select h.food_id, 2, h.score, said
          from (
            select s.food_id, private.match_score(s.keys, s.sorted_keys, key, sorted_keys_asked, s.rank) as score
            from private.food_search s
            where s.owner is null and s.tier = 0 and s.lexemes @@ query and s.food_id <> all (often_ids)
          ) h
          where after_section is null or after_section < 2 or (h.score, h.food_id) > (after_score, after_id)
          order by h.score, h.food_id
          limit max_rows - found_rows;
        get diagnostics n = row_count;
        found_rows := found_rows + n;
      end if;

      for step in 0 .. case when finished is null then 0 else 1 end loop
        if step = 1 and found_rows = 0 and first and fixed is null then
          mended := private.correct_food_words(words, me, scope, true);
          exit when mended is not null;
        end if;
        asked := case when step = 0 then coalesce(finished, query) else coalesce(begun, query) end;
        section := 3 + 2 * step;
        if found_rows < max_rows and coalesce(after_section, section) <= section then
          return query
            select h.food_id, section, h.score, said
            from (
              select c.food_id, private.match_score(c.keys, c.sorted_keys, key, sorted_keys_asked, c.rank) as score
              from (
                select s.food_id, s.keys, s.sorted_keys, s.rank
                from private.food_search s
                where s.owner is null and s.tier = 1 and s.lexemes @@ asked and not (promoted and s.name_key = sorted) and s.food_id <> all (often_ids)
                  and (step = 0 or ts_match_vq(s.lexemes, query) and not ts_match_vq(s.lexemes, finished)) -- by no index
                limit most * 2
              ) c
            ) h
            where after_section is null or after_section < section or (h.score, h.food_id) > (after_score, after_id)
            order by h.score, h.food_id
            limit max_rows - found_rows;
          get diagnostics n = row_count;
          found_rows := found_rows + n;
        end if;

        section := section + 1;
        -- One or two letters begin too many words of too many foods.
        if found_rows < max_rows and coalesce(after_section, section) <= section and char_length(words[cardinality(words)]) + cardinality(words) > 3 then
          return query
            select h.food_id, section, h.score, said
            from (
              select c.food_id, private.match_score(c.keys, c.sorted_keys, key, sorted_keys_asked, c.rank) as score
              from (
                select s.food_id, s.keys, s.sorted_keys, s.rank
                from private.food_search s
                where s.owner is null and s.tier = 2 and s.lexemes @@ asked and not (promoted and s.name_key = sorted) and s.food_id <> all (often_ids)
                  and (step = 0 or ts_match_vq(s.lexemes, query) and not ts_match_vq(s.lexemes, finished)) -- by no index
                limit most
              ) c
            ) h
            where after_section is null or after_section < section or (h.score, h.food_id) > (after_score, after_id)
            order by h.score, h.food_id
            limit max_rows - found_rows;
          get diagnostics n = row_count;
          found_rows := found_rows + n;
        end if;
      end loop;
    end if;

    if found_rows > 0 or not first or fixed is not null or attempt = 2 then
      return;
    end if;
    words := coalesce(mended, private.correct_food_words(words, me, scope, true));
    if words is null then
      return;
    end if;
    said := array_to_string(words, ' ');
  end loop;
end $$;
grant execute on function private.search_foods to app, authenticated;
