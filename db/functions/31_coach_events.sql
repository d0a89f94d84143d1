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
    on conflict do nothing -- the same events again, after a commit whose outcome was not known
  )
  select h.id, coalesce(m.cancel_requested_at is not null, false), m.id is null
  from unnest(held) as h(id)
  left join mine m on m.id = h.id
  where m.id is null or m.cancel_requested_at is not null;
  -- A notification takes a lock of the whole instance until the commit: one for a flush. It holds at most 8000 bytes.
  perform pg_notify('coach_events', string_agg(n.id::text, ' '))
  from (select d.id, row_number() over () / 200 as part from (select distinct u as id from unnest(messages) u) d) n
  group by n.part;
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

-- Returns what happened after a position in each of several replies: what all streams of one process wait for, in one statement.
create or replace function private.read_coach_events(owners uuid[], messages uuid[], positions integer[])
returns table (message_id uuid, seq integer, type text, data jsonb)
language sql stable security definer set search_path = '' as $$
  select e.message_id, e.seq, e.type, e.data
  from unnest(owners, messages, positions) as f(user_id, message_id, position)
  join public.coach_events e on e.user_id = f.user_id and e.message_id = f.message_id and e.seq > f.position
  order by e.message_id, e.seq
$$;
grant execute on function private.read_coach_events to app;

-- Adds a job again for replies whose worker has died, and for those that nobody has begun for a while. Returns how many.
create or replace function private.requeue_coach_replies(queue text) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  n integer;
begin
  with lost as (
    select m.user_id, m.id
    from public.coach_messages m
    where m.status in ('queued', 'running') and m.deleted_at is null
      and (m.lease_until < now() or m.lease_until is null and m.created_at < now() - interval '10 seconds')
      and (m.requeued_at is null or m.requeued_at < now() - interval '20 seconds')
    order by m.created_at
    limit 200
    for update skip locked
  ), marked as (
    update public.coach_messages m set requeued_at = now() from lost where m.user_id = lost.user_id and m.id = lost.id
    returning m.user_id, m.id
  )
  select count(private.queue_job(
    'coach_reply', jsonb_build_object('user_id', marked.user_id, 'message_id', marked.id), requeue_coach_replies.queue
  )) into n
  from marked;
  return n;
end $$;
grant execute on function private.requeue_coach_replies to app;

-- Of several sessions, those that have ended: signed out, expired, or of a person who is banned or deleted.
create or replace function private.ended_sessions(sessions uuid[], people uuid[]) returns table (session_id uuid)
language sql stable security definer set search_path = '' as $$
  select a.id
  from unnest(sessions, people) as a(id, user_id)
  where not exists (
    select
    from auth.sessions s
    join auth.users u on u.id = s.user_id
    where s.id = a.id and s.user_id = a.user_id and (s.not_after is null or s.not_after > now())
      and (u.banned_until is null or u.banned_until <= now()) and u.deleted_at is null)
$$;
grant execute on function private.ended_sessions to app;
