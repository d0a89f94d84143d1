-- Misspelled words. Corrections are words of the catalogue and of the asker's own foods, never of other people's.

-- Whether a word needs no correction: it is no plain word, the catalogue is sure of it, or an own food has it. goes_on: or a
-- word that begins like it.
create or replace function private.is_spelled_right(word text, goes_on boolean, me uuid, scope text) returns boolean
language plpgsql stable as $$
begin
  return word !~ '^[[:alpha:]]{3,40}$'
    or scope <> 'own' and exists (
      select from private.food_words v where v.word = any (array[is_spelled_right.word, private.fold(is_spelled_right.word)]) and v.sure
    )
    or scope <> 'own' and goes_on and exists ( -- like with a variable would use no index
      select from private.food_words v
      where v.word operator(pg_catalog.~>=~) is_spelled_right.word
        and v.word operator(pg_catalog.~<~) (is_spelled_right.word || U&'\+10FFFF') and v.sure
    )
    or scope <> 'catalogue' and exists (
      select from private.food_search s where s.owner = me and s.lexemes @@ private.food_term(word, goes_on)::tsquery
    );
end $$;

-- In how many foods of the catalogue a word is, or the most frequent one that it may go on to; null when in none.
create or replace function private.foods_with_word(word text, goes_on boolean) returns integer
language plpgsql stable as $$
begin
  return (
    select max(v.foods)
    from private.food_words v
    where v.word = any (array[foods_with_word.word, private.fold(foods_with_word.word)])
      or goes_on and v.word operator(pg_catalog.~>=~) foods_with_word.word
        and v.word operator(pg_catalog.~<~) (foods_with_word.word || U&'\+10FFFF'));
end $$;

-- The words of own foods that are not far from a word, without those that are only the fold of one that is written. The cheap
-- conditions come first: people may have thousands of foods.
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

-- Of the words that are one typo away (a letter left out, added, mistaken or in another place) the one that was most likely
-- meant. Letters are left out or change places most often, and the first one is wrong least often. With at_least_foods: only a
-- word that so many foods have, that is a letter longer and begins with the same one.
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

-- Of the words that are further away the one that looks most alike.
create or replace function private.word_most_alike(word text, me uuid, scope text) returns text
language plpgsql stable as $$
begin
  return (
    select v.word
    from (
      select c.word, c.foods
      from private.food_words c
      where scope <> 'own' and c.offered and c.word operator(extensions.%) word_most_alike.word
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

-- The words with each misspelled one replaced by the one that was most likely meant; null when there is nothing to replace, or
-- nothing for one of them.
--
-- A word that no food has is replaced only with unknown. A word that only names of products have is replaced by one that is a
-- hundred times as frequent and a letter longer: such names are full of puns and slips.
create or replace function private.correct_food_words(words text[], me uuid, scope text, unknown boolean) returns text[]
language plpgsql stable as $$
declare
  corrected text[] := '{}';
  word text;
  goes_on boolean;
  foods integer;
  better text;
begin
  for i in 1 .. cardinality(words) loop
    word := words[i];
    goes_on := i = cardinality(words);
    better := null;
    if not private.is_spelled_right(word, goes_on, me, scope) then
      foods := case when scope <> 'own' then private.foods_with_word(word, goes_on) end;
      if foods is null and unknown then
        better := coalesce(private.word_one_typo_away(word, me, scope, null), private.word_most_alike(word, me, scope));
        if better is null then
          return null;
        end if;
      elsif foods is not null and char_length(word) > 4 then
        better := private.word_one_typo_away(word, me, scope, foods * 100);
      end if;
    end if;
    corrected := corrected || coalesce(better, word);
  end loop;
  return case when corrected <> words then corrected end;
end $$;
