-- From what somebody typed to what the indexes are asked for.

-- The words of a query: at most eight, each once; stop words only when there is nothing else.
create or replace function private.query_words(q text) returns text[]
language plpgsql stable as $$
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
end $$;

-- One word as text of a tsquery. goes_on: foods whose word only begins like it are found too. The quotes are safe: plain() has
-- removed the apostrophes and tokens() the backslashes.
create or replace function private.food_term(word text, goes_on boolean) returns text
language sql immutable strict parallel safe as $$
  select case
    when not goes_on then '''' || f || ''''
    when f = word then '''' || word || ''':*'
    else '(''' || f || ''' | ''' || word || ''':*)' -- berrie finds berry and berries, but brie does not find brief
  end
  from private.fold(word) f
$$;

-- All words in any order; goes_on is about the last one.
create or replace function private.words_query(words text[], goes_on boolean) returns tsquery
language plpgsql stable as $$
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
      terms := terms || private.food_term(parts[j], goes_on and is_last and j = cardinality(parts));
    end loop;
    term := '(' || array_to_string(terms, ' & ') || ')';
    if cardinality(parts) > 1 then -- low-fat is also lowfat
      term := '(' || private.food_term(array_to_string(parts, ''), goes_on and is_last) || ' | ' || term || ')';
    end if;
    conditions := conditions || term;
  end loop;
  return array_to_string(conditions, ' & ')::tsquery;
end $$;

-- What the words of a query are searched by, with the synonyms of private.food_aliases.
--
-- matching: foods that have all words; the last one may go on, for the query may be unfinished.
-- key, sorted_keys: the query as the keys of foods are compared with it; sorted_keys[1] is its own, the others are of synonyms.
--
-- Looking up everything that begins like a word of thousands of foods takes too long. Of such a last word these two are set:
-- whole: foods that have all words as they stand; null for other words.
-- by_index: what finds the foods in which the last word goes on, if one looks through them: those that have the other words.
create or replace function private.search_terms(words text[],
  out matching tsquery, out key text, out sorted_keys text[], out whole tsquery, out by_index tsquery)
language plpgsql stable as $$
declare
  many constant integer := 3000;
  last_word text := words[cardinality(words)];
  synonym record;
  replaced text[];
begin
  matching := private.words_query(words, true);
  key := private.food_key(array_to_string(words, ' '));
  sorted_keys := array[private.sorted_key(key)];
  if exists (select from private.food_words v where v.word = any (array[last_word, private.fold(last_word)]) and v.foods > many) then
    whole := private.words_query(words, false);
    by_index := case when cardinality(words) > 1 then private.words_query(words[:cardinality(words) - 1], false) end;
  end if;
  for synonym in
    select a.words, a.means from private.food_aliases a where a.words <@ (search_terms.words || string_to_array(key, ' ')) limit 6
  loop
    replaced := synonym.means || array(
      select w from unnest(words) w where w <> all (synonym.words) and private.fold(w) <> all (synonym.words));
    matching := matching || private.words_query(replaced, true);
    sorted_keys := sorted_keys || private.sorted_key(private.food_key(array_to_string(replaced, ' ')));
    whole := whole || private.words_query(replaced, false);
    by_index := by_index || case when cardinality(replaced) > 1 then private.words_query(replaced[:cardinality(replaced) - 1], false) end;
  end loop;
  by_index := coalesce(by_index, matching); -- a single word, or a synonym of one
end $$;
