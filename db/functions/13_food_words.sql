-- These functions turn the text of a food or a query into words that can be compared.
--
-- None of them sets its search path, which would cost more than its work: they run with the rights of their callers, and callers
-- that are security definers set theirs.

-- Returns the text in lower case without accents, apostrophes, trade marks and invisible characters. It is immutable because it
-- names the dictionary. Apostrophes are removed last: the steps before turn a prime, a wide apostrophe or ŉ into apostrophes.
create or replace function private.plain(t text) returns text
language sql immutable strict parallel safe as $$
  select translate(lower(extensions.unaccent('extensions.unaccent'::regdictionary, normalize(regexp_replace(t,
    E'[‘’ʼ`´™®©℠\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
    '', 'g'), nfkc))), '''', '')
$$;

-- Returns the words of a text. A word with a hyphen or an ampersand inside is one word. The separators are listed, so that scripts
-- without spaces, and vowel signs, are kept in any locale.
create or replace function private.tokens(t text) returns text[]
language sql immutable strict parallel safe as $$
  select coalesce(array_agg(left(w, 60) order by n), '{}')
  from (
    select btrim(w, '-&') as w, n
    from regexp_split_to_table(private.plain(t),
      E'[\\x01-%(-,./:-@[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb-\u00bf\u2000-\u206f\u20a0-\u20cf\u2100-\u214f\u2190-\u2bff\u3000-\u3004\u3007-\u303f\U0001f000-\U0001faff]+') with ordinality s (w, n)
  ) s
  where w <> ''
$$;

-- Returns one form for the singular and plural of an English word: berries, berry; cookies, cookie; quiches, quiche. The form is
-- not always a word; it is only compared with other forms.
create or replace function private.fold(w text) returns text
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

-- Returns whether a word says nothing about a food.
create or replace function private.is_stop_word(w text) returns boolean
language sql immutable strict parallel safe as $$
  select w = any ('{a,an,and,the,of,with,in,on,or,for,to,from,by,some,my,de,la,le,les,el,con,di,du,des,mit,und}')
$$;

-- Returns the form in which names are compared: folded words in their order, without stop words.
create or replace function private.food_key(t text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  words text[] := '{}';
  word text;
  part text;
begin
  foreach word in array private.tokens(t) loop
    foreach part in array regexp_split_to_array(word, '[-&]+') loop
      if part <> '' and not private.is_stop_word(part) then
        words := words || private.fold(part);
      end if;
    end loop;
  end loop;
  return array_to_string(words, ' ');
end $$;

-- Returns the key with its words sorted, to compare names in any order of words.
create or replace function private.sorted_key(key text) returns text
language sql immutable strict parallel safe as $$
  select coalesce(string_agg(w, ' ' order by w collate "C"), '') from unnest(string_to_array(key, ' ')) w
$$;

-- Returns the form in which phrases of the lexicon are compared: the words as they stand, separated by single spaces.
create or replace function private.lexicon_phrase(t text) returns text
language sql immutable strict parallel safe as $$
  select btrim(regexp_replace(array_to_string(private.tokens(t), ' '), '[-& ]+', ' ', 'g'))
$$;
