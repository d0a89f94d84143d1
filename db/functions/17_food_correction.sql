-- These functions find other words for a query that finds nothing: joined, split or corrected ones. All come from the catalogue, the
-- lexicon and the user's own foods, never from foods of other users.

-- Returns whether a text begins like another one. The planner puts the conditions into the statement, where they use an index; like with a
-- variable would use none.
create or replace function private.begins_with(whole text, beginning text) returns boolean
language sql immutable parallel safe as $$
  select whole operator(pg_catalog.~>=~) beginning and whole operator(pg_catalog.~<~) (beginning || U&'\+10FFFF')
$$;

-- Returns whether a word needs no correction: it has other characters than letters, it is certainly a word of the catalogue or the
-- lexicon, or an own food has it. With is_prefix also when such a word begins like it.
create or replace function private.is_spelled_right(word text, is_prefix boolean, me uuid, scope text) returns boolean
language plpgsql stable as $$
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
end $$;

-- Returns in how many foods of the catalogue a word is; null when in none. With is_prefix the most frequent word that begins like it
-- counts as well.
create or replace function private.foods_with_word(word text, is_prefix boolean) returns integer
language plpgsql stable as $$
begin
  return (
    select max(v.foods)
    from private.food_words v
    where v.word = any (array[foods_with_word.word, private.fold(foods_with_word.word)])
      or is_prefix and private.begins_with(v.word, foods_with_word.word)
        and not exists (select from private.food_lexicon l where l.phrase = v.word));
end $$;

-- Returns the words of own foods that are similar to a word, without the folded forms. The cheap conditions come first, because a
-- user may have thousands of foods.
create or replace function private.own_words_near(word text, me uuid, scope text) returns table (own_word text, foods bigint)
language plpgsql stable as $$
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
end $$;

-- Returns the most likely of the words that are one typo away: a letter is left out, added, wrong or in another place. Letters are left
-- out or swapped most often, and the first letter is wrong least often. With at_least_foods: only a word that so many foods have,
-- that is one letter longer and begins with the same letter.
create or replace function private.word_one_typo_away(word text, me uuid, scope text, at_least_foods integer) returns text
language plpgsql stable as $$
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

-- Returns the most similar word; used when no word is one typo away.
create or replace function private.word_most_alike(word text, me uuid, scope text) returns text
language plpgsql stable as $$
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

-- Returns the words with each misspelled one replaced by the one that was most likely meant; null when there is nothing to replace.
-- unknown returns the words that no food has and that nothing can replace; they are left out, unless no word remains.
-- guesses returns the replacements that are more than one typo away.
--
-- Words that no food has are replaced only with replace_unknown. A word that occurs only in names of products is replaced by a word that
-- is a hundred times as frequent and one letter longer: such names have many puns and typos.
drop function if exists private.correct_food_words(text[], uuid, text, boolean);
create or replace function private.correct_food_words(words text[], me uuid, scope text, replace_unknown boolean,
  out corrected text[], out unknown text[], out guesses text[])
language plpgsql stable as $$
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

-- Returns whether a food has the word or the lexicon has it as a phrase.
create or replace function private.is_food_word(word text, me uuid, scope text) returns boolean
language plpgsql stable as $$
begin
  return scope <> 'own' and exists (
      select from private.food_words v where v.word = any (array[is_food_word.word, private.fold(is_food_word.word)]))
    or scope <> 'own' and exists (select from private.food_lexicon l where l.phrase = word)
    or scope <> 'catalogue' and exists (
      select from private.food_search s where s.owner = me and s.lexemes @@ private.food_term(word, false)::tsquery);
end $$;

-- Returns the two words of a compound ("peanutbutter", "Kartoffelsuppe"); null when it is none. German puts a letter or two between
-- some words. Of several ways to split, the one whose shorter word is the longest wins.
create or replace function private.split_compound(word text, me uuid, scope text) returns text[]
language plpgsql stable as $$
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
end $$;

-- Returns the words with compounds split that no food has, and with two neighbours joined whose compound is a word of a food, maybe an
-- own one; null when nothing is changed.
create or replace function private.regroup_words(words text[], me uuid, scope text) returns text[]
language plpgsql stable as $$
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

-- Returns what the shortest phrase of the lexicon means that begins like the query; null when there is none, or when the query is one
-- typo away from a word of several foods.
create or replace function private.unfinished_translation(q text, me uuid) returns text[]
language plpgsql stable as $$
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

-- Returns the words of the phrase of the lexicon that begins with the query's first word and is one typo away from the query ("pomme de
-- tere"); null when there is none.
create or replace function private.phrase_one_typo_away(q text) returns text[]
language plpgsql stable as $$
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

-- Returns whether tier 1 or 2 has a food with the words. Looking up all words that begin like a frequent one takes too long, so a frequent
-- last word counts as finished.
create or replace function private.is_in_tiers_1_2(terms record) returns boolean
language plpgsql stable as $$
declare
  finished constant tsquery := coalesce(terms.whole, terms.matching);
begin
  return exists (select from private.food_search s where s.owner is null and s.tier = 1 and s.lexemes @@ finished)
    or exists (select from private.food_search s where s.owner is null and s.tier = 2 and s.lexemes @@ finished);
end $$;

-- Returns the words of the query without those that have to be left out so that a food is found: as few words as possible, the last
-- ones first. Words that are the name of a popular food are preferred, then words that a popular or an own food has. null when nothing
-- is found. The large tiers are read only when no choice of so many words is in a popular or own food.
create or replace function private.give_up_words(words text[], me uuid, scope text) returns text[]
language plpgsql stable as $$
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
