-- The search: section by section, each asked only when those before it have not filled the page.
--
--   0  own foods, then those that the person logs often
--   1  foods of tiers 1 and 2 that have exactly the name, unless one of tier 0 has it
--   2  tier 0
--   3  tier 1
--   4  tier 2
--   5  tier 1 again, 6 tier 2 again: what the last word may go on to, when it is so frequent that 3 and 4 took it as it stands
--
-- Within a section the score decides. A page begins after section, score and id of the last food of the page before it.
--
-- scope is all, own or catalogue. gtin is the query as a barcode, if it is one. fixed is set when it was searched for instead of a
-- misspelled query; it is returned as corrected with each food, so that the next page goes on with it.
--
-- It runs as the owner of the tables, past row level security: whose foods are found is decided here, by auth.uid(). Under a
-- policy Postgres would look at every food, because @@ and % might reveal what they see (they are not leakproof). Making a plan
-- takes longer than most sections do, hence one generic plan for each.
create or replace function private.search_foods(
  q text, gtin text, scope text, fixed text, after_section integer, after_score bigint, after_id uuid, max_rows integer)
returns setof private.food_hit
language plpgsql stable security definer set search_path = '' set jit = off set plan_cache_mode = force_generic_plan rows 20
as $$
#variable_conflict use_variable
declare
  me uuid := (select auth.uid());
  words text[] := private.query_words(coalesce(fixed, q));
  may_correct boolean := fixed is null and after_id is null;
  corrected text[];
  terms record;
  frequent record;
  same_name text;
  by_index tsquery;
  shown tsquery; -- what an earlier section had
  found_rows integer := 0;
  section_rows integer;
begin
  if gtin is not null then
    return query
      select c.food_id, 0, c.score, null::text
      from private.barcode_candidates(gtin, me, scope) c
      where after_id is null
      order by c.score
      limit max_rows;
    if found or after_id is not null then
      return;
    end if;
  end if;
  if cardinality(words) = 0 then
    return;
  end if;
  -- A single word that only products with a pun in their name have: they would be found, and the word never corrected. Of
  -- several words the others show what is meant.
  if may_correct and cardinality(words) = 1 then
    corrected := private.correct_food_words(words, me, scope, false);
    if corrected is not null then
      return query select * from private.search_foods(q, null, scope, array_to_string(corrected, ' '), null, null, null, max_rows);
      return;
    end if;
  end if;

  terms := private.search_terms(words);
  frequent := private.frequent_foods(case when scope = 'all' then me end);
  same_name := case when not private.is_name_in_tier_0(terms.sorted_keys[1], terms.matching) then terms.sorted_keys[1] end;
  by_index := coalesce(terms.whole, terms.matching);
  for section in 0 .. 6 loop
    if section = 5 then
      if found_rows = 0 and may_correct then
        corrected := private.correct_food_words(words, me, scope, true);
        if corrected is not null then
          return query select * from private.search_foods(q, null, scope, array_to_string(corrected, ' '), null, null, null, max_rows);
          return;
        end if;
      end if;
      exit when terms.whole is null;
      by_index := terms.by_index;
      shown := terms.whole;
    end if;
    continue when section < after_section;
    return query
      select c.food_id, section, c.score, fixed
      from (
        select * from private.own_food_candidates(me, terms.matching, terms.key, terms.sorted_keys)
        where section = 0 and scope <> 'catalogue'
        union all
        select * from private.frequent_food_candidates(frequent.ids, frequent.times, terms.matching)
        where section = 0 and frequent.ids <> '{}'
        union all
        select * from private.same_name_candidates(same_name)
        where section = 1 and scope <> 'own'
        union all
        select * from private.tier_0_candidates(terms.matching, terms.key, terms.sorted_keys)
        where section = 2 and scope <> 'own'
        union all
        select * from private.tier_1_candidates(by_index, terms.matching, shown, same_name, terms.key, terms.sorted_keys)
        where section in (3, 5) and scope <> 'own'
        union all
        select * from private.tier_2_candidates(by_index, terms.matching, shown, same_name, terms.key, terms.sorted_keys)
        where section in (4, 6) and scope <> 'own'
          -- One or two letters begin too many words of too many foods.
          and char_length(words[cardinality(words)]) + cardinality(words) > 3
      ) c
      where (section = 0 or c.food_id <> all (frequent.ids))
        and (after_section is null or section > after_section or (c.score, c.food_id) > (after_score, after_id))
      order by c.score, c.food_id
      limit max_rows - found_rows;
    get diagnostics section_rows = row_count;
    found_rows := found_rows + section_rows;
    exit when found_rows >= max_rows;
  end loop;
end $$;
grant execute on function private.search_foods to app, authenticated;
