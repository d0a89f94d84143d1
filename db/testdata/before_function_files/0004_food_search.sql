-- +goose Up
-- +goose StatementBegin

create or replace function private.schema_version() returns bigint language sql immutable as 'select 4::bigint';

create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;

-- --------------------------------------------------------------------------------------------------------------- words
-- None of these fixes its search path, which would cost more than its work: they run with their callers' rights, and the
-- callers that have the owner's fix theirs.

-- Lower case without accents, apostrophes, trade marks and what nobody sees. Naming the dictionary is what makes it immutable.
-- Apostrophes go last: of a prime, a wide apostrophe or ŉ the steps before make new ones.
create function private.plain(t text) returns text
language sql immutable strict parallel safe as $$
  select translate(lower(extensions.unaccent('extensions.unaccent'::regdictionary, normalize(regexp_replace(t,
    E'[‘’ʼ`´™®©℠\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
    '', 'g'), nfkc))), '''', '')
$$;

-- The words of a text, as they stand; those with a hyphen or an ampersand inside stay together. What separates words is
-- named, so that scripts without spaces, and vowel signs, come through whatever the locale.
create function private.tokens(t text) returns text[]
language sql immutable strict parallel safe as $$
  select coalesce(array_agg(left(w, 60) order by n), '{}')
  from (
    select btrim(w, '-&') as w, n
    from regexp_split_to_table(private.plain(t),
      E'[\\x01-%(-,./:-@[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb-\u00bf\u2000-\u206f\u20a0-\u20cf\u2100-\u214f\u2190-\u2bff\u3000-\u3004\u3007-\u303f\U0001f000-\U0001faff]+') with ordinality s (w, n)
  ) s
  where w <> ''
$$;

-- One form for singular and plural, and for the spellings in between: berries, berry; cookies, cookie; quiches, quiche.
-- It need not be a word, only the same one for food and query.
create function private.fold(w text) returns text
language sql immutable strict parallel safe as $$
  select case
    when right(w, 1) <> all ('{s,e}') or w !~ '^[a-z]{4,}$' then w
    when w = any ('{leaves,loaves,halves,calves}') then left(w, -3) || 'f'
    when w = 'knives' then 'knife'
    when right(w, 2) = any ('{ss,us,is}') then w
    when w ~ '..ies$' then left(w, -3) || 'y'
    when w ~ '...ie$' then left(w, -2) || 'y'
    when w ~ '(s|x|z|ch|sh|o)es$' then left(w, -2)
    when w ~ '((s|x|z|ch|sh)|..o)e$' then left(w, -1)
    when right(w, 1) = 's' then left(w, -1)
    else w
  end
$$;

-- Words that say nothing about a food.
create function private.is_stop_word(w text) returns boolean
language sql immutable strict parallel safe as $$
  select w = any ('{a,an,and,the,of,with,in,on,or,for,to,from,by,some,my,de,la,le,les,el,con,di,du,des,mit,und}')
$$;

-- A text as it is compared with others: folded words in their order, without stop words.
create function private.food_key(t text) returns text
language sql immutable strict parallel safe as $$
  select coalesce(string_agg(private.fold(p), ' ' order by s.n, q.n), '')
  from unnest(private.tokens(t)) with ordinality s (w, n)
  cross join regexp_split_to_table(s.w, '[-&]+') with ordinality q (p, n)
  where p <> '' and not private.is_stop_word(p)
$$;

-- The same whatever the order of the words.
create function private.sorted_key(key text) returns text
language sql immutable strict parallel safe as $$
  select coalesce(string_agg(w, ' ' order by w collate "C"), '') from unnest(string_to_array(key, ' ')) w
$$;

-- -------------------------------------------------------------------------------------------------------------- search

-- What is searched, apart from foods: rows are small, and no policy stands between a word and its index. Only functions
-- reach it. owner is null for the catalogue.
create table private.food_search (
  food_id uuid primary key references public.foods (id) on delete cascade,
  owner uuid,
  tier smallint not null,
  rank integer not null, -- the smaller the sooner, among foods that match alike
  keys text not null, -- the name's key, then the brand's and the aliases', each after a line feed: quicker to look into than an array
  sorted_keys text[] not null,
  name_key text not null, -- the name's, its words sorted
  lexemes tsvector not null
);
alter table private.food_search enable row level security;
create policy food_search_nobody on private.food_search using (false);

create index food_search_owner_idx on private.food_search (owner) where owner is not null;
create index food_search_name_idx on private.food_search (name_key, tier, rank, food_id) where owner is null;
-- One index for each tier: the first is small and answers nearly every query.
create index food_search_top_idx on private.food_search using gin (lexemes) with (fastupdate = off) where owner is null and tier = 0;
create index food_search_plain_idx on private.food_search using gin (lexemes) with (fastupdate = off) where owner is null and tier = 1;
create index food_search_rest_idx on private.food_search using gin (lexemes) with (fastupdate = off) where owner is null and tier = 2;

-- Words that mean the same, applied to what is searched for.
create table private.food_aliases (
  words text[] not null,
  means text[] not null,
  primary key (words, means)
);
alter table private.food_aliases enable row level security;
create policy food_aliases_nobody on private.food_aliases using (false);
create index food_aliases_words_idx on private.food_aliases using gin (words);

-- A word, and what is left of it without each of its letters. Two words that share one of these differ by a letter too few,
-- too many or another, or by a letter in another place.
create function private.letters_dropped(w text) returns text[]
language sql immutable strict parallel safe as $$
  select w || array_agg(distinct left(w, i - 1) || substr(w, i + 1)) from generate_series(1, char_length(w)) i
$$;

-- The words of the catalogue, for spelling. Never those of people's own foods.
create table private.food_words (
  word text primary key,
  foods integer not null, -- that have it, in singular or plural
  sure boolean not null, -- a food without a brand has it, or a brand: names of products are full of puns and slips
  offered boolean not null -- instead of a misspelled one: it is written so somewhere and not only the fold of what is
);
alter table private.food_words enable row level security;
create policy food_words_nobody on private.food_words using (false);
create index food_words_trigram_idx on private.food_words using gin (word extensions.gin_trgm_ops) where offered;
create index food_words_dropped_idx on private.food_words using gin (private.letters_dropped(word)) where offered;
create index food_words_prefix_idx on private.food_words (word text_pattern_ops);

-- Everything that search keeps about a food, made in one pass because an import makes a million of them.
--
-- lexemes: each word of name, brand and aliases as it stands and folded; words with a hyphen in parts and as one.
-- rank: the food's place among the popular ones; for the others how plain they are: few words, no brand, nothing done to it.
create function private.food_entry(name text, brand text, aliases text[], popularity integer,
  out rank integer, out keys text, out sorted_keys text[], out name_key text, out lexemes tsvector)
language plpgsql immutable parallel safe as $$
declare
  texts text[] := array[name, coalesce(brand, '')] || aliases;
  words text[];
  parts text[];
  key_words text[];
  found text[] := '{}';
  w text;
  p text;
  f text;
  key text;
begin
  rank := case when popularity is not null then least(popularity, 100000) when brand is null then 100000 else 104000 end;
  for i in 1 .. cardinality(texts) loop
    words := private.tokens(texts[i]);
    key_words := '{}';
    foreach w in array words loop
      parts := array[w];
      if strpos(w, '-') > 0 or strpos(w, '&') > 0 then
        parts := array_remove(string_to_array(translate(w, '&', '-'), '-'), '');
        p := translate(w, '-&', '');
        found := found || p || private.fold(p);
      end if;
      foreach p in array parts loop
        f := private.fold(p);
        found := found || p || f;
        if not private.is_stop_word(p) then
          key_words := key_words || f;
        end if;
      end loop;
      if i = 1 and popularity is null then
        rank := rank + case
          when w = any ('{breaded,canned,dried,dehydrated,powder,powdered,restaurant,fast,imitation,infant,frozen,commodity,mix,substitute,industrial,unprepared,dry,imported,flavor,flavored,reduced,babyfood,usda,skin}') then 4000
          when w = any ('{raw,cooked,whole,plain,fresh}') then 500
          else 1000
        end;
      end if;
    end loop;
    key := array_to_string(key_words, ' ');
    if i = 2 and key <> '' then
      key := key || ' ' || substr(keys, 2); -- a brand before the name
    end if;
    if i = 1 or key <> '' then
      keys := concat(keys, E'\n', key);
      sorted_keys := sorted_keys || private.sorted_key(key);
    end if;
  end loop;
  name_key := sorted_keys[1];
  lexemes := array_to_tsvector(found);
end $$;

-- Keeps the search table in step with foods, a statement at a time.
create function private.index_foods() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.food_search as s (food_id, owner, tier, rank, keys, sorted_keys, name_key, lexemes)
  select c.id, c.created_by, c.tier, e.rank, e.keys, e.sorted_keys, e.name_key, e.lexemes
  from changed c
  cross join lateral private.food_entry(c.name, c.brand, c.aliases, c.popularity) e
  where c.deleted_at is null
  on conflict (food_id) do update
    set owner = excluded.owner, tier = excluded.tier, rank = excluded.rank, keys = excluded.keys,
      sorted_keys = excluded.sorted_keys, name_key = excluded.name_key, lexemes = excluded.lexemes;
  if tg_op = 'UPDATE' then
    delete from private.food_search s using changed c where s.food_id = c.id and c.deleted_at is not null;
  end if;
  return null;
end $$;

create trigger foods_search_insert after insert on public.foods
  referencing new table as changed for each statement execute function private.index_foods();
create trigger foods_search_update after update on public.foods
  referencing new table as changed for each statement execute function private.index_foods();

-- Counts the catalogue's words anew; after a load or an import.
create function private.count_food_words() returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.food_words;
  insert into private.food_words (word, foods, sure, offered)
  with counted as materialized (
    select s.word, s.ndoc as foods, private.fold(s.word) as folded
    from ts_stat('select lexemes from private.food_search where owner is null') s
    where s.word ~ '^[[:alpha:]]{3,40}$'
  ), sure as materialized (
    select s.word
    from ts_stat('select s.lexemes from private.food_search s join public.foods f on f.id = s.food_id where s.owner is null and f.brand is null') s
    union
    select unnest(array[w, private.fold(w)])
    from (select distinct f.brand from public.foods f where f.created_by is null and f.deleted_at is null) b
    cross join unnest(private.tokens(b.brand)) w
    union
    select w from private.food_aliases a cross join unnest(a.words) w where w ~ '^[[:alpha:]]{3,40}$'
  ), folds as (
    select c.folded as word, sum(c.foods) as foods from counted c where c.folded <> c.word group by c.folded
  )
  select coalesce(c.word, s.word), coalesce(f.foods, c.foods, 1), s.word is not null,
    -- What is only a fold is in no more foods than what it is the fold of.
    (c.foods > coalesce(o.foods, 0) or c.word is null) and (s.word is not null or coalesce(f.foods, c.foods) >= 10) and not private.is_stop_word(coalesce(c.word, s.word))
  from counted c
  full join (select s.word from sure s where s.word ~ '^[[:alpha:]]{3,40}$') s on s.word = c.word
  left join counted f on f.word = c.folded
  left join folds o on o.word = c.word;
end $$;

-- A query's words as a tsquery: all of them, in any order; the last one may go on when it is not finished.
create function private.food_query(words text[], finished boolean) returns tsquery
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
create function private.food_term(word text, goes_on boolean) returns text
language sql immutable strict parallel safe as $$
  select case
    when not goes_on then '''' || f || ''''
    when f = word then '''' || word || ''':*'
    else '(''' || f || ''' | ''' || word || ''':*)' -- berrie → berry and berries, but brie is not brief
  end
  from private.fold(word) f
$$;

-- A food that was found and where it stands in the order. corrected is what was searched for instead of the query.
create type private.food_hit as (food_id uuid, section integer, score bigint, corrected text);

-- Words of a query: at most eight, stop words only when there is nothing else.
create function private.query_words(q text) returns text[]
language sql stable as $$
  with w as (
    select t, min(n) as n from unnest(private.tokens(q)) with ordinality s (t, n) where t ~ '[^-&]' group by t
  )
  select coalesce(
    (select array_agg(t order by n) from (select * from w where not private.is_stop_word(t) order by n limit 8) k),
    (select array_agg(t order by n) from (select * from w order by n limit 8) k),
    '{}')
$$;

-- The query with each word that no food has replaced by the one that was most likely meant; null when nothing helps. A word
-- that only names of products have gives way to one that is a hundred times as common and has one letter more. unknown
-- false leaves what no food has. The words of one's own foods count for nobody else.
create function private.correct_food_words(words text[], me uuid, scope text, unknown boolean) returns text[]
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

-- The words of one's own foods that are not far from another, without those that are only the fold of what is written. The
-- cheap looks come first: people may have thousands of foods.
create function private.own_food_words(w text, me uuid, scope text, out word text, out foods bigint) returns setof record
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
create function private.one_slip_from(w text, me uuid, scope text, common_from integer) returns text
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
create function private.most_similar_food_word(w text, me uuid, scope text) returns text
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

-- The search. Own foods come first, then what bears exactly the name, then the tiers in turn; each tier is asked only
-- when those before it have not filled the page. Row level security is not in the way because this runs as the owner of
-- the tables: whose foods are seen is decided here, by auth.uid().
create function private.search_foods(q text, gtin text, scope text, fixed text, after_section integer, after_score bigint, after_id uuid, max_rows integer)
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

-- How well a food matches: bears exactly that name; its first name begins with it, as words or within one; another does;
-- has the words somewhere.
create function private.match_score(keys text, sorted_keys text[], key text, asked text[], rank integer) returns bigint
language sql immutable parallel safe as $$
  select case
    when sorted_keys && asked then 0
    when strpos(keys, E'\n' || key || ' ') = 1 then 1
    when strpos(keys, E'\n' || key) = 1 then 2
    when strpos(keys, E'\n' || key) > 1 then 3
    else 4
  end * 1000000000::bigint + rank
$$;

-- ---------------------------------------------------------------------------------------------------------------- lists

-- A food as lists show it: with its default serving and what that holds.
create view public.food_list with (security_invoker = true) as
select f.id, f.created_by, f.name, f.brand, f.source,
  f.calories, f.protein_g, f.carbs_g, f.fat_g, f.fiber_g, f.sugar_g, f.added_sugar_g, f.saturated_fat_g,
  f.cholesterol_mg, f.sodium_mg, f.potassium_mg, f.calcium_mg, f.iron_mg, f.vitamin_d_mcg, f.caffeine_mg, f.alcohol_g,
  s.id as serving_id, s.label as serving_label, s.grams as serving_grams,
  case when s.id is not null then jsonb_strip_nulls(jsonb_build_object(
    'calories', private.portion(f.calories, s.grams), 'protein_g', private.portion(f.protein_g, s.grams),
    'carbs_g', private.portion(f.carbs_g, s.grams), 'fat_g', private.portion(f.fat_g, s.grams),
    'fiber_g', private.portion(f.fiber_g, s.grams), 'sugar_g', private.portion(f.sugar_g, s.grams),
    'added_sugar_g', private.portion(f.added_sugar_g, s.grams), 'saturated_fat_g', private.portion(f.saturated_fat_g, s.grams),
    'cholesterol_mg', private.portion(f.cholesterol_mg, s.grams), 'sodium_mg', private.portion(f.sodium_mg, s.grams),
    'potassium_mg', private.portion(f.potassium_mg, s.grams), 'calcium_mg', private.portion(f.calcium_mg, s.grams),
    'iron_mg', private.portion(f.iron_mg, s.grams), 'vitamin_d_mcg', private.portion(f.vitamin_d_mcg, s.grams),
    'caffeine_mg', private.portion(f.caffeine_mg, s.grams), 'alcohol_g', private.portion(f.alcohol_g, s.grams)
  )) end::jsonb as serving_nutrients,
  exists (select from public.food_favorites v where v.user_id = (select auth.uid()) and v.food_id = f.id) as is_favorite
from public.foods f
left join public.food_servings s on s.food_id = f.id and s.is_default and s.deleted_at is null
where f.deleted_at is null;
revoke all on public.food_list from anon, authenticated;
grant select on public.food_list to authenticated;

-- ------------------------------------------------------------------------------------------------------------ products

-- Barcodes that Open Food Facts has no usable product for, so that it is not asked again for a day. What it has becomes a
-- food of the catalogue, as an import would write it.
create table private.unknown_barcodes (
  barcode text primary key check (barcode ~ '^[0-9]{14}$'),
  asked_at timestamptz not null default now()
);
alter table private.unknown_barcodes enable row level security;
create policy unknown_barcodes_nobody on private.unknown_barcodes using (false);
create index unknown_barcodes_asked_at_idx on private.unknown_barcodes (asked_at);

-- The catalogue is looked at as well: who missed a product there may be told only after somebody else has learned it.
create function private.is_answered_barcode(gtin text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from private.unknown_barcodes u where u.barcode = gtin and u.asked_at > now() - interval '24 hours')
    or exists (select from public.foods f where f.barcode = gtin and f.created_by is null and f.deleted_at is null)
$$;

create function private.keep_unknown_barcode(gtin text) returns void
language sql security definer set search_path = '' as $$
  insert into private.unknown_barcodes (barcode) values (gtin) on conflict (barcode) do update set asked_at = now()
$$;

-- A food that the catalogue has already stays as it is: imports know better.
create function private.keep_product(product jsonb) returns void
language sql security definer set search_path = '' as $$
  with food as (
    insert into public.foods (
      source, source_id, name, brand, barcode, tier, calories, protein_g, carbs_g, fat_g, fiber_g, sugar_g, added_sugar_g, saturated_fat_g, alcohol_g,
      cholesterol_mg, sodium_mg, potassium_mg, calcium_mg, iron_mg, caffeine_mg, vitamin_d_mcg)
    select 'open_food_facts', p.source_id, p.name, p.brand, p.barcode, p.tier,
      round(p.calories, 3), round(p.protein_g, 4), round(p.carbs_g, 4), round(p.fat_g, 4), round(p.fiber_g, 4), round(p.sugar_g, 4),
      round(p.added_sugar_g, 4), round(p.saturated_fat_g, 4), round(p.alcohol_g, 4), round(p.cholesterol_mg, 3), round(p.sodium_mg, 3),
      round(p.potassium_mg, 3), round(p.calcium_mg, 3), round(p.iron_mg, 3), round(p.caffeine_mg, 3), round(p.vitamin_d_mcg, 3)
    from jsonb_to_record(product) as p (
      source_id text, name text, brand text, barcode text, tier smallint, calories numeric, protein_g numeric, carbs_g numeric, fat_g numeric,
      fiber_g numeric, sugar_g numeric, added_sugar_g numeric, saturated_fat_g numeric, alcohol_g numeric, cholesterol_mg numeric, sodium_mg numeric,
      potassium_mg numeric, calcium_mg numeric, iron_mg numeric, caffeine_mg numeric, vitamin_d_mcg numeric)
    on conflict (source, source_id) where created_by is null and source_id is not null do nothing
    returning id
  )
  insert into public.food_servings (food_id, label, grams, is_default, position)
  select food.id, s.label, round(s.grams, 4), s.is_default, s.n - 1
  from food
  cross join rows from (jsonb_to_recordset(coalesce(nullif(product -> 'servings', 'null'), '[]')) as (label text, grams numeric, is_default boolean))
    with ordinality as s (label, grams, is_default, n)
$$;

-- -------------------------------------------------------------------------------------------------------------- purge

create index foods_deleted_at_idx on public.foods (deleted_at) where deleted_at is not null and created_by is not null;
create index food_servings_deleted_at_idx on public.food_servings (deleted_at) where deleted_at is not null and created_by is not null;

-- People's foods and servings that were deleted more than 30 days ago: nobody can restore them any more, and meals have
-- their own copy of what they need; and barcodes that may be asked for again. A bounded bite at a time; answers how many rows went.
create function private.purge_foods() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  gone integer;
  total integer := 0;
begin
  delete from public.foods f
  where f.id in (
    select o.id from public.foods o
    where o.deleted_at <= now() - interval '30 days' and o.created_by is not null
    order by o.deleted_at limit 1000 for update skip locked);
  get diagnostics gone = row_count;
  total := total + gone;
  delete from public.food_servings s
  where s.id in (
    select o.id from public.food_servings o
    where o.deleted_at <= now() - interval '30 days' and o.created_by is not null
    order by o.deleted_at limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  total := total + gone;
  delete from private.unknown_barcodes u
  where u.barcode in (
    select o.barcode from private.unknown_barcodes o
    where o.asked_at <= now() - interval '24 hours' order by o.asked_at limit 5000 for update skip locked);
  get diagnostics gone = row_count;
  return total + gone;
end $$;
grant execute on function private.purge_foods to app, anon, authenticated;

revoke execute on all functions in schema private from public;
grant execute on function private.schema_version to app;
-- app is among them because statements are prepared before the role is taken.
grant execute on function private.search_foods to app, authenticated;
-- Nobody in particular learns about a product: these run without an identity.
grant execute on function private.is_answered_barcode, private.keep_unknown_barcode, private.keep_product to app, anon;

-- +goose StatementEnd
