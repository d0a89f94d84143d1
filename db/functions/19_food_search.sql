-- Finds foods by the words of one reading of a query, section by section; each is read only when those before it have not filled the page.
--
--   0  own foods
--   1  foods of tiers 1 and 2 that have exactly the name, unless one of tier 0 has it or the lexicon knows the food; frequent foods
--      that have exactly the name
--   2  tier 0; frequent foods of all tiers
--   3  tier 1
--   4  tier 2
--   5  tier 1 again, 6 tier 2 again: words that begin like the last word, when that is so frequent that 3 and 4 took only itself
--
-- Within a section the score decides. The page begins after the given section, score and id. Foods in skipped are left out. If phrases is
-- set, a name of the food must begin with one of them; in tiers 1 and 2 the name may also contain it.
create or replace function private.search_reading(q text, me uuid, scope text, first_section integer, last_section integer,
  after_section integer, after_score bigint, after_id uuid, phrases text[], skipped uuid[], max_rows integer)
returns table (food_id uuid, section integer, score bigint)
language plpgsql stable rows 20 as $$
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

-- Searches by all readings, in the order that private.search_foods describes.
drop function if exists private.search_fuller_reading(text, integer, uuid, text);
create or replace function private.search_readings(fuller text[], barest text, barest_number integer, me uuid, scope text,
  after_section integer, after_score bigint, after_id uuid, max_rows integer)
returns setof private.food_hit
language plpgsql stable rows 20 as $$
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

-- Searches for other words than those of the query, for its first page. Without other words it finds nothing.
create or replace function private.search_other_words(
  other_words text[], after_correction boolean, left_out text[], readings text[], me uuid, scope text, max_rows integer)
returns setof private.food_hit
language plpgsql stable rows 20 as $$
begin
  if other_words is null then
    return;
  end if;
  return query
    select h.food_id, h.section, h.score, array_to_string(other_words, ' '), h.reading, after_correction, left_out
    from private.search_readings(
      '{}', array_to_string(other_words, ' '), cardinality(readings), me, scope, null, null, null, max_rows) h;
end $$;

-- Returns the words of the query that are not searched for: the unknown ones, and those that neither stand in the searched words nor
-- were corrected to one of them. corrected has a word for each word that is not unknown.
create or replace function private.left_out(words text[], searched text[], corrected text[], unknown text[]) returns text[]
language sql immutable as $$
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

-- Tries other words, one kind after the other, until something is found.
create or replace function private.search_instead(words text[], readings text[], me uuid, scope text, max_rows integer)
returns setof private.food_hit
language plpgsql stable rows 20 as $$
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

-- The search.
--
-- readings are the query in words, from the fullest reading to the barest: "2 large eggs", "large eggs", "eggs". The barest finds all
-- foods that the others find. Foods that a fuller reading finds among own and popular foods come first, because then a number, size
-- or adjective is a part of a name. The order is, by section:
--
--   0 + 10 r    own foods, exact names and tier 0 of the fuller reading r
--   100         the same of the barest reading, if that is a name of a popular food: then it is what people mean
--   200 + 10 r  tiers 1 and 2 of the fuller reading r
--   300         the (other) sections of the barest reading
--
-- When nothing is found, other words are searched for: compounds are joined and split, an unfinished word of another language is
-- completed, misspelled words are corrected, and words that no food has are left out. `searched` has those words; the next page is
-- called with them.
--
-- scope is all, own or catalogue. gtin is the query as a barcode, if it is one.
--
-- It runs as the owner of the tables, without row level security: it decides by auth.uid() whose foods are found. Under a policy
-- Postgres would check every food, because @@ and % are not leakproof. Planning takes longer than most sections, hence one generic
-- plan for each. Such a plan expects thousands of matches, and would look for the first one by reading the table from its beginning: all of
-- it when there is none.
drop function if exists private.search_foods(text, text, text, text, integer, bigint, uuid, integer);
create or replace function private.search_foods(
  readings text[], gtin text, scope text, searched text, after_section integer, after_score bigint, after_id uuid, max_rows integer)
returns setof private.food_hit
language plpgsql stable security definer set search_path = '' set jit = off set enable_seqscan = off
  set plan_cache_mode = force_generic_plan rows 20
as $$
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
grant execute on function private.search_foods to app, authenticated;
