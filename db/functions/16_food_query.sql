-- These functions turn a query into what the indexes are searched for.

-- Returns the words of a query: at most eight, each once; stop words only when there are no other words.
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

-- Returns the text of a tsquery for one word; with is_prefix also for words that only begin like it. The quotes are safe: plain() has
-- removed apostrophes and tokens() backslashes.
drop function if exists private.food_term(text, boolean);
create or replace function private.food_term(word text, is_prefix boolean) returns text
language sql immutable strict parallel safe as $$
  select case
    when not is_prefix then '''' || f || ''''
    when f = word then '''' || word || ''':*'
    else '(''' || f || ''' | ''' || word || ''':*)' -- berrie finds berry and berries, but brie does not find brief
  end
  from private.fold(word) f
$$;

-- Returns a tsquery for all words in any order. is_prefix is about the last word.
drop function if exists private.words_query(text[], boolean);
create or replace function private.words_query(words text[], is_prefix boolean) returns tsquery
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

-- Returns the words with neighbours joined whose compound is certainly a word of the catalogue ("pop corn", "mc donalds"); null when
-- there are none.
create or replace function private.joined_words(words text[]) returns text[]
language plpgsql stable as $$
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

-- Returns the query in the words of the catalogue, for each language in which the lexicon has a phrase of it: the longest phrases are
-- replaced from left to right. food_id is the food that the whole query means, if it is one phrase.
create or replace function private.translations(q text) returns table (words text[], food_id uuid)
language plpgsql stable rows 1 as $$
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

-- Returns what a query is searched by, together with synonyms (private.food_aliases), joined words, and translations
-- (private.food_lexicon).
--
-- matching: foods that have all words; the last one may be unfinished.
-- meant: the foods that the whole query means in another language.
-- key: the query in the form of the keys of foods, in English when its meaning is known.
-- sorted_keys: the same with sorted words; sorted_keys[1] is the query's own, the others are of synonyms.
--
-- Looking up all words that begin like a word of thousands of foods takes too long. When the last word is one, these two are set:
-- whole: foods that have all words exactly; null for other words.
-- by_index: what finds the foods in which the last word is only a beginning, if each is checked: those that have the other words.
drop function if exists private.search_terms(text[]);
create or replace function private.search_terms(q text,
  out matching tsquery, out key text, out sorted_keys text[], out meant uuid[], out whole tsquery, out by_index tsquery)
language plpgsql stable as $$
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
