-- Stores the message of a user with the reply that it waits for, and a job that makes the reply, in one transaction. Returns no row when
-- there is no such conversation. Refuses while the reply before is not complete.
create or replace function private.send_coach_message(
  owner uuid, conversation uuid, message uuid, reply uuid, content text, timezone text, queue text
) returns setof public.coach_messages
language plpgsql security definer set search_path = '' as $$
declare
  n integer;
  active uuid;
begin
  if owner is distinct from auth.uid() then
    return;
  end if;
  select c.message_count + 2, c.active_message_id into n, active
  from public.coach_conversations c
  where c.user_id = owner and c.id = conversation and c.deleted_at is null
  for update;
  if not found then
    return;
  end if;
  if active is not null then
    raise exception 'reply_in_progress' using errcode = 'UC000';
  end if;
  if n > 10000 then
    raise exception 'conversation_full' using errcode = 'UC000';
  end if;
  update public.coach_conversations c
  set message_count = n, active_message_id = reply, last_message_at = now()
  where c.user_id = owner and c.id = conversation;
  insert into public.coach_messages (user_id, id, conversation_id, position, role, content, status, timezone, completed_at)
  values (owner, message, conversation, n - 1, 'user', content, 'completed', send_coach_message.timezone, now());
  insert into public.coach_messages (user_id, id, conversation_id, position, role, reply_to, status)
  values (owner, reply, conversation, n, 'assistant', message, 'queued');
  perform private.queue_job('coach_reply', jsonb_build_object('user_id', owner, 'message_id', reply), queue);
  return query
  select m.* from public.coach_messages m where m.user_id = owner and m.id in (message, reply) order by m.position;
end $$;
grant execute on function private.send_coach_message to authenticated;

-- Lets a worker begin a reply: its status is running and its lease new. Returns no row when the reply is complete, deleted, or at work
-- elsewhere. A reply that another worker left behind is begun again when nothing was said yet; said is true otherwise, and the caller
-- completes it as it is.
create or replace function private.begin_coach_reply(owner uuid, message uuid) returns table (
  conversation_id uuid, reply_to uuid, attempt integer, last_seq integer, said boolean, cancelled boolean
) language plpgsql security definer set search_path = '' as $$
begin
  return query
  update public.coach_messages m
  set status = 'running', attempt = m.attempt + 1, lease_until = now() + interval '15 seconds'
  where m.user_id = owner and m.id = message and m.role = 'assistant' and m.deleted_at is null
    and (m.status = 'queued' or m.status = 'running' and m.lease_until < now())
  returning m.conversation_id, m.reply_to, m.attempt, m.last_seq,
    exists (
      select from public.coach_events e where e.user_id = owner and e.message_id = message and e.type in ('message.delta', 'proposal')),
    m.cancel_requested_at is not null;
end $$;
grant execute on function private.begin_coach_reply to app;

-- Asks the worker of a reply to stop. A reply that no worker has begun is completed at once by whoever begins it.
create or replace function private.cancel_coach_reply(owner uuid, message uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  if owner is distinct from auth.uid() then
    return false;
  end if;
  update public.coach_messages m
  set cancel_requested_at = coalesce(m.cancel_requested_at, now())
  where m.user_id = owner and m.id = message and m.role = 'assistant' and m.deleted_at is null;
  return found;
end $$;
grant execute on function private.cancel_coach_reply to authenticated;

-- Sets the title of a conversation that has none, from its first message.
create or replace function private.title_conversation(owner uuid, conversation uuid, title text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.coach_conversations c
  set title = title_conversation.title, version = c.version + 1, updated_at = now()
  where c.user_id = owner and c.id = conversation and c.title is null and c.title_source = 'automatic' and c.deleted_at is null;
end $$;
grant execute on function private.title_conversation to app;

-- Deletes conversations that were soft-deleted more than 30 days ago, with their messages, and events of replies that ended a day ago.
create or replace function private.purge_coach() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  deleted_rows integer;
  total integer := 0;
begin
  delete from public.coach_conversations c
  where (c.user_id, c.id) in (
    select o.user_id, o.id from public.coach_conversations o
    where o.deleted_at <= private.last_erased_deletion() order by o.deleted_at limit 100 for update skip locked);
  get diagnostics deleted_rows = row_count;
  total := total + deleted_rows;
  delete from public.coach_events e
  where (e.user_id, e.message_id, e.seq) in (
    select o.user_id, o.message_id, o.seq from public.coach_events o
    where o.at <= now() - interval '24 hours' order by o.at limit 5000 for update skip locked);
  get diagnostics deleted_rows = row_count;
  return total + deleted_rows;
end $$;
grant execute on function private.purge_coach to app;

-- Deletes a conversation and its messages; a reply that is being made is lost by its worker with its next event.
create or replace function private.delete_conversation(owner uuid, conversation uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if owner is distinct from auth.uid() then
    return;
  end if;
  update public.coach_conversations c
  set deleted_at = now(), version = c.version + 1, updated_at = now()
  where c.user_id = owner and c.id = conversation and c.deleted_at is null;
  update public.coach_messages m
  set deleted_at = now()
  where m.user_id = owner and m.conversation_id = conversation and m.deleted_at is null;
end $$;
grant execute on function private.delete_conversation to authenticated;
