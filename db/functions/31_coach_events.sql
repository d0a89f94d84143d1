-- Adds events of all replies that one process is making, with one statement, and renews their leases. Each event names the attempt of its
-- worker: a worker that lost its reply to another adds nothing. Returns the replies that their worker has to stop: those whose person
-- asked for it (cancelled) and those that another worker has (lost). held names every reply at work, also those without a new event.
create or replace function private.append_coach_events(
  owners uuid[], held uuid[], attempts integer[], messages uuid[], seqs integer[], types text[], datas jsonb[]
) returns table (message_id uuid, cancelled boolean, lost boolean)
language plpgsql security definer set search_path = '' as $$
begin
  return query
  with mine as materialized (
    update public.coach_messages m
    set lease_until = now() + interval '15 seconds',
      last_seq = greatest(m.last_seq, coalesce((select max(e.seq) from unnest(messages, seqs) as e(id, seq) where e.id = m.id), 0))
    from unnest(owners, held, attempts) as h(user_id, id, attempt)
    where m.user_id = h.user_id and m.id = h.id and m.attempt = h.attempt and m.status = 'running' and m.deleted_at is null
    returning m.id, m.user_id, m.cancel_requested_at
  ), added as (
    insert into public.coach_events (user_id, message_id, seq, type, data)
    select m.user_id, m.id, e.seq, e.type, e.data
    from unnest(messages, seqs, types, datas) as e(id, seq, type, data)
    join mine m on m.id = e.id
  )
  select h.id, coalesce(m.cancel_requested_at is not null, false), m.id is null
  from unnest(held) as h(id)
  left join mine m on m.id = h.id
  where m.id is null or m.cancel_requested_at is not null;
  if cardinality(messages) > 0 then
    perform pg_notify('coach_events', (select string_agg(distinct u::text, ' ') from unnest(messages) u));
  end if;
end $$;
grant execute on function private.append_coach_events to app;

-- Ends a reply: its text is the deltas joined in order, so that what is stored is what was streamed, and the last event says how many
-- bytes that is and their checksum. Does nothing when another worker has the reply. Returns whether it ended.
create or replace function private.end_coach_reply(
  owner uuid, message uuid, worker_attempt integer, end_type text, outcome jsonb, used jsonb
) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  said text;
  next_seq integer;
begin
  select m.last_seq + 1 into next_seq
  from public.coach_messages m
  where m.user_id = owner and m.id = message and m.attempt = worker_attempt and m.status = 'running'
  for update;
  if not found then
    return false;
  end if;
  select coalesce(string_agg(e.data ->> 'text', '' order by e.seq), '') into said
  from public.coach_events e
  where e.user_id = owner and e.message_id = message and e.type = 'message.delta';
  if end_type = 'message.completed' then
    outcome := outcome || jsonb_build_object(
      'bytes', octet_length(said), 'sha256', encode(sha256(convert_to(said, 'UTF8')), 'hex'));
  end if;
  insert into public.coach_events (user_id, message_id, seq, type, data) values (owner, message, next_seq, end_type, outcome);
  update public.coach_messages m
  set content = said, last_seq = next_seq, completed_at = now(), lease_until = null,
    status = split_part(end_type, '.', 2),
    finish_reason = outcome ->> 'finish_reason',
    problem = outcome -> 'problem',
    sources = coalesce(outcome -> 'sources', '[]'),
    provider = coalesce(used ->> 'provider', m.provider),
    model = coalesce(used ->> 'model', m.model),
    input_tokens = (used ->> 'input_tokens')::integer,
    output_tokens = (used ->> 'output_tokens')::integer,
    cached_tokens = (used ->> 'cached_tokens')::integer,
    cost = (used ->> 'cost')::numeric,
    native = used -> 'native'
  where m.user_id = owner and m.id = message;
  update public.coach_conversations c set active_message_id = null where c.user_id = owner and c.active_message_id = message;
  perform pg_notify('coach_events', message::text);
  return true;
end $$;
grant execute on function private.end_coach_reply to app;
