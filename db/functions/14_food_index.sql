-- Computes a food's row of private.food_search in one pass over its words, because an import computes a million of them.
--
-- lexemes: each word of name, brand and aliases, unchanged and folded; words with a hyphen both in parts and joined.
-- rank: the popularity; for foods without one a number that is smaller for a plainer food: few words, no brand, not processed.
create or replace function private.food_entry(name text, brand text, aliases text[], popularity integer,
  out rank integer, out keys text, out sorted_keys text[], out name_key text, out lexemes tsvector)
language plpgsql immutable parallel safe as $$
declare
  texts text[] := array[name, coalesce(brand, '')] || aliases;
  words text[];
  parts text[];
  key_words text[];
  all_words text[] := '{}';
  word text;
  part text;
  joined text;
  key text;
begin
  rank := case when popularity is not null then least(popularity, 100000) when brand is null then 100000 else 104000 end;
  for i in 1 .. cardinality(texts) loop
    words := private.tokens(texts[i]);
    key_words := '{}';
    foreach word in array words loop
      parts := array[word];
      if strpos(word, '-') > 0 or strpos(word, '&') > 0 then
        parts := array_remove(string_to_array(translate(word, '&', '-'), '-'), '');
        joined := translate(word, '-&', '');
        all_words := all_words || joined || private.fold(joined);
      end if;
      foreach part in array parts loop
        all_words := all_words || part || private.fold(part);
        if not private.is_stop_word(part) then
          key_words := key_words || private.fold(part);
        end if;
      end loop;
      if i = 1 and popularity is null then
        rank := rank + case
          when word = any ('{babyfood,breaded,canned,commodity,dehydrated,dried,dry,fast,flavor,flavored,frozen,imitation,imported}')
            or word = any ('{industrial,infant,mix,powder,powdered,reduced,restaurant,skin,substitute,unprepared,usda}') then 4000
          when word = any ('{raw,cooked,whole,plain,fresh}') then 500
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
  lexemes := array_to_tsvector(all_words);
end $$;

-- Updates private.food_search after a statement that changed foods.
create or replace function private.index_foods() returns trigger
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

create or replace trigger foods_search_insert after insert on public.foods
  referencing new table as changed for each statement execute function private.index_foods();
create or replace trigger foods_search_update after update on public.foods
  referencing new table as changed for each statement execute function private.index_foods();
