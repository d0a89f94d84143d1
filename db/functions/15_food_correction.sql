-- A query's words as a tsquery: all of them, in any order; the last one may go on when it is not finished.
create or replace function private.food_query(words text[], finished boolean) returns tsquery
language plpgsql stable as $$
declare
  term text;
  parts text[];
  part text;
  terms text[] := '{}';
  alternatives text[] := '{}';
  one text;
begin
  for i in 1 .. cardinality(words) loop
    parts := array(select p from regexp_split_to_table(words[i], '[-&]+') p where p <> '');
    alternatives := '{}';
    if cardinality(parts) > 1 then -- low-fat is also lowfat
      alternatives := alternatives || private.food_term(array_to_string(parts, ''), not finished and i = cardinality(words));
    end if;
    term := '';
    for j in 1 .. cardinality(parts) loop
      part := private.food_term(parts[j], not finished and i = cardinality(words) and j = cardinality(parts));
      term := term || case when j = 1 then '' else ' & ' end || part;
    end loop;
    one := array_to_string(alternatives || ('(' || term || ')'), ' | ');
    terms := terms || ('(' || one || ')');
  end loop;
  return array_to_string(terms, ' & ')::tsquery;
end $$;

-- One word of a query, quoted: of what a quote cannot hold, plain() took the apostrophes and tokens() the backslashes.
create or replace function private.food_term(word text, goes_on boolean) returns text
language sql immutable strict parallel safe as $$
  select case
    when not goes_on then '''' || f || ''''
    when f = word then '''' || word || ''':*'
    else '(''' || f || ''' | ''' || word || ''':*)' -- berrie → berry and berries, but brie is not brief
  end
  from private.fold(word) f
$$;

-- Words of a query: at most eight, stop words only when there is nothing else.
create or replace function private.query_words(q text) returns text[]
language sql stable as $$
  with w as (
    select t, min(n) as n from unnest(private.tokens(q)) with ordinality s (t, n) where t ~ '[^-&]' group by t
  )
  select coalesce(
    (select array_agg(t order by n) from (select * from w where not private.is_stop_word(t) order by n limit 8) k),
    (select array_agg(t order by n) from (select * from w order by n limit 8) k),
    '{}')
$$;

-- The words of one's own foods that are not far from another, without those that are only the fold of what is written. The
-- cheap looks come first: people may have thousands of foods.
create or replace function private.own_food_words(w text, me uuid, scope text, out word text, out foods bigint) returns setof record
language sql stable as $$
  with near as materialized (
    select l.lexeme, count(*) as foods
    from private.food_search s
    cross join unnest(s.lexemes) l
    where scope <> 'catalogue' and s.owner = me
      and char_length(l.lexeme) between char_length(w) - 3 and char_length(w) + 4 and char_length(translate(l.lexeme, w, '')) <= 4
    group by l.lexeme
  )
  select n.lexeme, n.foods
  from near n
  where n.lexeme ~ '^[[:alpha:]]{3,40}$'
    and n.lexeme not in (select private.fold(o.lexeme) from near o where o.lexeme <> private.fold(o.lexeme))
$$;

-- Of the words that are one slip away the one that was most likely meant. What is left out or changes places happens most,
-- the first letter is wrong least. With common_from: one that so many foods have and that has a letter more.
create or replace function private.one_slip_from(w text, me uuid, scope text, common_from integer) returns text
language sql stable as $$
  select v.word
  from (
    select c.word, c.foods
    from private.food_words c
    where scope <> 'own' and c.offered and private.letters_dropped(c.word) && private.letters_dropped(w)
    union all
    select o.word, o.foods
    from private.own_food_words(w, me, scope) o
    where abs(char_length(o.word) - char_length(w)) <= 1 and char_length(translate(o.word, w, '')) <= 1
      and private.letters_dropped(o.word) && private.letters_dropped(w)
  ) v
  cross join lateral (
    select case
      when char_length(v.word) > char_length(w) then 0
      when char_length(v.word) < char_length(w) then 0.5
      else (select case count(*) when 1 then 1 when 2 then 0 else 1 end from generate_series(1, char_length(w)) i where substr(v.word, i, 1) <> substr(w, i, 1))
    end + case when left(v.word, 1) <> left(w, 1) then 2 else 0 end as unlikely
  ) s
  where common_from is null or v.foods >= common_from and char_length(v.word) > char_length(w) and left(v.word, 1) = left(w, 1)
  order by ln(v.foods) - s.unlikely desc, v.word
  limit 1
$$;

-- The word that has the most in common with one that is further away than a slip.
create or replace function private.most_similar_food_word(w text, me uuid, scope text) returns text
language sql stable as $$
  select v.word
  from (
    select c.word, c.foods from private.food_words c where scope <> 'own' and c.offered and c.word operator(extensions.%) w
    union all
    select o.word, o.foods from private.own_food_words(w, me, scope) o where o.word operator(extensions.%) w
  ) v
  order by extensions.similarity(v.word, w)
      + case when left(v.word, 1) = left(w, 1) then 0.1 else 0 end
      - 0.03 * abs(char_length(v.word) - char_length(w))
      + 0.04 * least(ln(v.foods), 6) desc, v.word -- from some four hundred foods on a word is common enough
  limit 1
$$;

-- The query with each word that no food has replaced by the one that was most likely meant; null when nothing helps. A word
-- that only names of products have gives way to one that is a hundred times as common and has one letter more. unknown
-- false leaves what no food has. The words of one's own foods count for nobody else.
create or replace function private.correct_food_words(words text[], me uuid, scope text, unknown boolean) returns text[]
language plpgsql stable as $$
declare
  out_words text[] := '{}';
  w text;
  best text;
  rare integer;
  changed boolean := false;
begin
  for i in 1 .. cardinality(words) loop
    w := words[i];
    best := w;
    rare := null;
    if w ~ '^[[:alpha:]]{3,40}$' and not (scope <> 'own' and exists (
      select from private.food_words v where v.word = any (array[w, private.fold(w)]) and v.sure
    )) and not (scope <> 'own' and i = cardinality(words) and exists ( -- it may go on; spelled out because like with a variable uses no index
      select from private.food_words v
      where v.word operator(pg_catalog.~>=~) w and v.word operator(pg_catalog.~<~) (w || U&'\+10FFFF') and v.sure
    )) and not (scope <> 'catalogue' and exists (
      select from private.food_search s
      where s.owner = me and s.lexemes @@ private.food_term(w, i = cardinality(words))::tsquery
    )) then
      if scope <> 'own' then
        select max(v.foods) into rare
        from private.food_words v
        where v.word = any (array[w, private.fold(w)])
          or i = cardinality(words) and v.word operator(pg_catalog.~>=~) w and v.word operator(pg_catalog.~<~) (w || U&'\+10FFFF');
      end if;
      if unknown and rare is null or char_length(w) > 4 and rare is not null then
        best := private.one_slip_from(w, me, scope, rare * 100);
        if best is null and rare is null then
          best := private.most_similar_food_word(w, me, scope);
        end if;
        if best is null and rare is null then
          return null;
        end if;
        best := coalesce(best, w);
        changed := changed or best <> w;
      end if;
    end if;
    out_words := out_words || best;
  end loop;
  return case when changed then out_words end;
end $$;
