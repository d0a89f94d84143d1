-- Returns what language models have used for a person since a moment: tokens, and US dollars where prices are known. A reply counts for
-- the day on which its message was sent.
create or replace function private.coach_use(owner uuid, since timestamptz) returns table (tokens bigint, dollars numeric)
language sql stable as $$
  select coalesce(sum(m.input_tokens + m.output_tokens), 0)::bigint, coalesce(sum(m.cost), 0)
  from public.coach_messages m
  where m.user_id = owner
    and m.created_at >= since
    and m.input_tokens is not null
$$;
grant execute on function private.coach_use to app, authenticated;
