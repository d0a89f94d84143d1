-- Fills private.food_words again after a load or an import. The comments of the table explain the columns.
create or replace function private.count_food_words() returns void
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
    from ts_stat(
      'select s.lexemes from private.food_search s join public.foods f on f.id = s.food_id where s.owner is null and f.brand is null') s
    union
    select unnest(array[w, private.fold(w)])
    from (select distinct f.brand from public.foods f where f.created_by is null and f.deleted_at is null) b
    cross join unnest(private.tokens(b.brand)) w
    union
    select w from private.food_aliases a cross join unnest(a.words) w where w ~ '^[[:alpha:]]{3,40}$'
    union
    select w from private.food_lexicon l cross join string_to_table(l.phrase, ' ') w where w ~ '^[[:alpha:]]{3,40}$'
  ), folds as (
    select c.folded as word, sum(c.foods) as foods from counted c where c.folded <> c.word group by c.folded
  )
  select coalesce(c.word, s.word), coalesce(f.foods, c.foods, 1), s.word is not null,
    -- A word that is in no more foods than the words which it is the fold of is only a fold.
    (c.foods > coalesce(o.foods, 0) or c.word is null)
      and (s.word is not null or coalesce(f.foods, c.foods) >= 10)
      and not private.is_stop_word(coalesce(c.word, s.word))
  from counted c
  full join (select s.word from sure s where s.word ~ '^[[:alpha:]]{3,40}$') s on s.word = c.word
  left join counted f on f.word = c.folded
  left join folds o on o.word = c.word;
end $$;
