-- What the coach remembers: facts that the person stated (coach_memories), and the texts that it can search (embeddings). Both exist only
-- while the person wants it (coach_settings) and while their sources exist.

-- Returns whether the person has agreed that the coach remembers.
create or replace function private.memory_enabled(owner uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.coach_settings s where s.user_id = owner and s.memory_enabled)
$$;

-- A new or changed source is to be read by the job. The argument of the trigger is the kind of source.
create or replace function private.note_memory_source() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if private.memory_enabled(new.user_id) then
    insert into public.embeddings as e (user_id, source_kind, source_id) values (new.user_id, tg_argv[0], new.id)
    on conflict (user_id, source_kind, source_id) do update set stale = true where not e.stale;
  end if;
  return null;
end $$;

-- A deleted source is forgotten in the same transaction, and so are the facts that a deleted message stated.
create or replace function private.forget_memory_source() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.embeddings e where e.user_id = old.user_id and e.source_kind = tg_argv[0] and e.source_id = old.id;
  if tg_argv[0] = 'message' then
    delete from public.coach_memories f where f.user_id = old.user_id and f.message_id = old.id;
  end if;
  return null;
end $$;

create or replace trigger note_message after insert or update of content, deleted_at on public.coach_messages
  for each row when (new.role = 'user' and new.deleted_at is null) execute function private.note_memory_source('message');
create or replace trigger note_meal after insert or update of version, deleted_at on public.meals
  for each row when (new.deleted_at is null) execute function private.note_memory_source('meal');
create or replace trigger note_activity after insert or update of version, deleted_at on public.activities
  for each row when (new.parent_id is null and new.deleted_at is null) execute function private.note_memory_source('activity');
create or replace trigger note_fact after insert on public.coach_memories
  for each row execute function private.note_memory_source('fact');

create or replace trigger forget_message after update of deleted_at on public.coach_messages
  for each row when (old.role = 'user' and new.deleted_at is not null) execute function private.forget_memory_source('message');
create or replace trigger forget_meal after update of deleted_at on public.meals
  for each row when (new.deleted_at is not null) execute function private.forget_memory_source('meal');
create or replace trigger forget_activity after update of deleted_at on public.activities
  for each row when (new.deleted_at is not null) execute function private.forget_memory_source('activity');

create or replace trigger forget_erased_message after delete on public.coach_messages
  for each row when (old.role = 'user') execute function private.forget_memory_source('message');
create or replace trigger forget_erased_meal after delete on public.meals
  for each row execute function private.forget_memory_source('meal');
create or replace trigger forget_erased_activity after delete on public.activities
  for each row execute function private.forget_memory_source('activity');
create or replace trigger forget_erased_fact after delete on public.coach_memories
  for each row execute function private.forget_memory_source('fact');

-- Returns the text by which a source is found and its time; no row when there is nothing to find.
create or replace function private.memory_text(owner uuid, source_kind text, source_id uuid) returns table (content text, at timestamptz)
language sql stable set search_path = '' as $$
  select m.content, m.created_at
  from public.coach_messages m
  where memory_text.source_kind = 'message' and m.user_id = owner and m.id = memory_text.source_id and m.role = 'user' and m.deleted_at is null
  union all
  select f.content, f.created_at
  from public.coach_memories f
  where memory_text.source_kind = 'fact' and f.user_id = owner and f.id = memory_text.source_id
  union all
  select concat_ws('. ', concat_ws(': ', coalesce(m.name, nullif(m.meal_type, 'other')), i.names), m.notes), m.eaten_at
  from public.meals m
  cross join lateral (
    select string_agg(i.name, ', ' order by i.position) as names
    from public.meal_items i
    where i.user_id = m.user_id and i.meal_id = m.id and i.deleted_at is null
  ) i
  where memory_text.source_kind = 'meal' and m.user_id = owner and m.id = memory_text.source_id and m.deleted_at is null and (i.names is not null or m.notes is not null)
  union all
  -- A number is a code, which says nothing.
  select concat_ws('. ', concat_ws(': ', translate(case when a.activity !~ '^[0-9]+$' then a.activity end, '_-', '  '), a.name), a.notes),
    a.started_at
  from public.activities a
  where memory_text.source_kind = 'activity' and a.user_id = owner and a.id = memory_text.source_id and a.deleted_at is null and a.parent_id is null
    and num_nonnulls(a.name, a.notes, a.activity) > 0
$$;

-- Reads the texts of at most batch new or changed sources. Whoever has more than 10 000 loses the oldest messages first. Returns how many
-- sources were read.
create or replace function private.read_memory_sources(batch integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  total integer;
  owners uuid[];
  owner uuid;
begin
  with picked as materialized (
    select e.user_id, e.source_kind, e.source_id
    from public.embeddings e where e.stale limit batch for update skip locked
  ), found as materialized (
    select p.*, left(btrim(t.content), 2000) as content, t.at
    from picked p
    left join lateral private.memory_text(p.user_id, p.source_kind, p.source_id) t on true
  ), gone as (
    delete from public.embeddings e
    using found f
    where coalesce(f.content, '') = '' and e.user_id = f.user_id and e.source_kind = f.source_kind and e.source_id = f.source_id
  ), changed as (
    update public.embeddings e
    set stale = false, at = f.at, content = f.content, words = to_tsvector('pg_catalog.simple', private.plain(f.content)),
      revision = e.revision + (e.content <> f.content)::integer,
      model = case when e.content = f.content then e.model else '' end,
      dimension = case when e.content = f.content then e.dimension end,
      embedding = case when e.content = f.content then e.embedding end
    from found f
    where f.content <> '' and e.user_id = f.user_id and e.source_kind = f.source_kind and e.source_id = f.source_id
  )
  select count(*), array_agg(distinct f.user_id) into total, owners from found f;
  foreach owner in array coalesce(owners, '{}') loop
    perform private.bound_memory(owner);
  end loop;
  return total;
end $$;
grant execute on function private.read_memory_sources to app;

-- Keeps at most 10 000 searchable texts of a person: a scan of that many takes about 20 ms.
create or replace function private.bound_memory(owner uuid) returns void
language sql security definer set search_path = '' as $$
  delete from public.embeddings e
  where (e.user_id, e.source_kind, e.source_id) in (
    select o.user_id, o.source_kind, o.source_id
    from public.embeddings o
    where o.user_id = owner
    order by case o.source_kind when 'fact' then 0 when 'message' then 2 else 1 end, o.at desc
    offset 10000)
$$;

-- Returns texts that have no vector of this model, at most batch.
create or replace function private.texts_without_vector(current_model text, batch integer)
returns table (user_id uuid, source_kind text, source_id uuid, revision integer, content text)
language sql stable security definer set search_path = '' as $$
  select e.user_id, e.source_kind, e.source_id, e.revision, e.content
  from public.embeddings e
  where not e.stale and (e.model < current_model or e.model > current_model) -- unlike <>, the index has these
    and private.memory_enabled(e.user_id)
  limit batch
$$;
grant execute on function private.texts_without_vector to app;

-- Stores the vectors of texts, one behind the other in vectors. That of a text that has changed meanwhile is left out. Returns how many
-- were stored.
create or replace function private.store_vectors(
  current_model text, dims integer, owners uuid[], kinds text[], sources uuid[], revisions integer[], vectors real[]
) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  stored integer;
begin
  update public.embeddings e
  set model = current_model, dimension = dims, embedding = vectors[(n.at - 1) * dims + 1 : n.at * dims]::extensions.halfvec
  from unnest(owners, kinds, sources, revisions) with ordinality as n (user_id, source_kind, source_id, revision, at)
  where e.user_id = n.user_id and e.source_kind = n.source_kind and e.source_id = n.source_id and e.revision = n.revision and not e.stale;
  get diagnostics stored = row_count;
  return stored;
end $$;
grant execute on function private.store_vectors to app;

-- Returns the words of a question by which texts are searched, at most 16, as queries. Words that say nothing in one of the five languages
-- are left out. What is left of a longer word is its beginning, so that other endings are found: allergic, allergies.
create or replace function private.recall_terms(question text) returns setof tsquery
language sql stable security definer set search_path = '' as $$
  with words as (
    select w.word, w.n
    from regexp_split_to_table(lower(left(question, 2000)), '[^[:alnum:]]+') with ordinality as w (word, n)
    where char_length(w.word) > 1
      and not ts_lexize('pg_catalog.english_stem', w.word) = '{}'
      and not ts_lexize('pg_catalog.german_stem', w.word) = '{}'
      and not ts_lexize('pg_catalog.french_stem', w.word) = '{}'
      and not ts_lexize('pg_catalog.spanish_stem', w.word) = '{}'
      and not ts_lexize('pg_catalog.portuguese_stem', w.word) = '{}'
  ), terms as (
    select case when char_length(p.word) < 4 then p.word else left(p.word, greatest(4, char_length(p.word) - 2)) || ':*' end as term, w.n
    from words w
    cross join lateral regexp_split_to_table(private.plain(w.word), '[^[:alnum:]]+') as p (word)
    where p.word <> ''
  )
  select t.term::tsquery from terms t group by t.term order by min(t.n) limit 16
$$;
grant execute on function private.recall_terms to authenticated;

-- Returns what a person has said, eaten or done that a question is about, the best first. The ranks of two searches are added up
-- (reciprocal rank fusion, k = 60): by words, of which rare ones weigh more, and by meaning, if the question has a vector of the current
-- model; texts that are less similar than least_similarity, or much less than the best one, do not count. A message that said a fact is left out beside the fact. It runs with the
-- rights of the caller.
create or replace function private.coach_recall(
  owner uuid, question text, question_vector real[], current_model text, least_similarity real, page_size integer
) returns table (source_kind text, source_id uuid, content text, at timestamptz, similarity real, score double precision)
language sql stable set search_path = '' as $$
  with mine as materialized (
    select e.source_kind, e.source_id, e.words, e.at,
      case when e.model = current_model and e.dimension = cardinality(question_vector)
        then (1 - (e.embedding operator(extensions.<=>) question_vector::extensions.halfvec))::real end as similarity
    from public.embeddings e
    where e.user_id = owner and e.content <> '' and e.content <> question
      and exists (select from public.coach_settings s where s.user_id = owner and s.memory_enabled)
      and not (e.source_kind = 'message' and exists (
        select from public.coach_memories f where f.user_id = owner and f.message_id = e.source_id))
  ), matches as (
    select m.source_kind, m.source_id, m.at, ln(1 + (select count(*) from mine) / count(*) over (partition by t.term)::double precision) as rarity
    from private.recall_terms(question) as t (term)
    join mine m on m.words @@ t.term
  ), by_words as (
    select w.source_kind, w.source_id, row_number() over (order by sum(w.rarity) desc, max(w.at) desc, w.source_id) as place
    from matches w
    group by w.source_kind, w.source_id
    order by place
    limit 50
  ), by_meaning as (
    select m.source_kind, m.source_id, row_number() over (order by m.similarity desc, m.at desc, m.source_id) as place
    from mine m
    where m.similarity >= greatest(least_similarity, 0.6 * (select max(b.similarity) from mine b))
    order by place
    limit 50
  ), fused as (
    select source_kind, source_id, sum(1.0 / (60 + p.place)) as score
    from (select * from by_words union all select * from by_meaning) p
    group by source_kind, source_id
  )
  select e.source_kind, e.source_id, e.content, e.at, m.similarity, f.score::double precision
  from fused f
  join mine m using (source_kind, source_id)
  join public.embeddings e on e.user_id = owner and e.source_kind = f.source_kind and e.source_id = f.source_id
  order by f.score desc, e.at desc, e.source_id
  limit page_size
$$;
grant execute on function private.coach_recall to authenticated;

-- Remembers a fact that a message of the person states. Returns no row when the person has not agreed, when there is no such message, or
-- when the fact is known. Of more than 200 facts the oldest is forgotten.
create or replace function private.remember_fact(owner uuid, memory uuid, message uuid, kind text, content text) returns setof public.coach_memories
language plpgsql security definer set search_path = '' as $$
begin
  if owner is distinct from auth.uid() or not private.memory_enabled(owner) then
    return;
  end if;
  return query
  insert into public.coach_memories (user_id, id, kind, content, message_id)
  select owner, memory, remember_fact.kind, remember_fact.content, m.id
  from public.coach_messages m
  where m.user_id = owner and m.id = message and m.role = 'user' and m.deleted_at is null
  on conflict do nothing
  returning *;
  delete from public.coach_memories f
  where f.user_id = owner
    and f.id in (select o.id from public.coach_memories o where o.user_id = owner order by o.created_at desc, o.id desc offset 200);
end $$;
grant execute on function private.remember_fact to authenticated;

-- Deletes a fact, or all facts when none is named, and no longer finds the messages that stated them. Returns how many facts there were.
create or replace function private.delete_memories(owner uuid, memory uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  messages uuid[];
begin
  if owner is distinct from auth.uid() then
    return 0;
  end if;
  with gone as (
    delete from public.coach_memories f where f.user_id = owner and (memory is null or f.id = memory) returning f.message_id
  )
  select coalesce(array_agg(g.message_id), '{}') into messages from gone g;
  delete from public.embeddings e where e.user_id = owner and e.source_kind = 'message' and e.source_id = any (messages);
  return cardinality(messages);
end $$;
grant execute on function private.delete_memories to authenticated;

-- Switches the coach's memory on or off. On: everything that the person has is read, the newest 10 000 sources of each kind. Off: nothing
-- is used from now on, and everything is erased 45 minutes later by a job that runs every 10; until then switching it on keeps it.
create or replace function private.set_coach_memory(owner uuid, enabled boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if owner is distinct from auth.uid() then
    return;
  end if;
  insert into public.coach_settings as s (user_id, memory_enabled)
  values (owner, enabled)
  on conflict (user_id) do update
  set memory_enabled = enabled, updated_at = now(), erase_at = case when not enabled then now() + interval '45 minutes' end
  where s.memory_enabled <> enabled;
  if not found or not enabled then
    return;
  end if;
  insert into public.embeddings as e (user_id, source_kind, source_id)
  select owner, n.kind, n.id
  from (
    (select 'message' as kind, m.id
    from public.coach_messages m
    where m.user_id = owner and m.role = 'user' and m.deleted_at is null order by m.created_at desc limit 10000)
    union all
    (select 'meal', m.id from public.meals m where m.user_id = owner and m.deleted_at is null order by m.eaten_at desc limit 10000)
    union all
    (select 'activity', a.id
    from public.activities a
    where a.user_id = owner and a.deleted_at is null and a.parent_id is null order by a.started_at desc limit 10000)
    union all
    select 'fact', f.id from public.coach_memories f where f.user_id = owner
  ) n
  on conflict do nothing;
end $$;
grant execute on function private.set_coach_memory to authenticated;

-- Erases at most 5 000 rows of what the coach remembered of people who have switched it off. Returns how many.
create or replace function private.erase_memories() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  owners uuid[];
  erased integer;
begin
  -- Locked, so that nobody switches it on meanwhile and loses what was kept.
  select array_agg(s.user_id) into owners
  from (
    select o.user_id from public.coach_settings o where o.erase_at <= now() order by o.erase_at limit 50 for update skip locked) s;
  delete from public.embeddings e
  where (e.user_id, e.source_kind, e.source_id) in (
    select o.user_id, o.source_kind, o.source_id from public.embeddings o where o.user_id = any (owners) limit 5000);
  get diagnostics erased = row_count;
  if erased > 0 then
    return erased;
  end if;
  delete from public.coach_memories f where f.user_id = any (owners);
  get diagnostics erased = row_count;
  update public.coach_settings s set erase_at = null where s.user_id = any (owners);
  return erased;
end $$;
grant execute on function private.erase_memories to app;
