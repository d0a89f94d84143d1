-- +goose Up
-- +goose StatementBegin

-- Conversations with the coach.
create table public.coach_conversations (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(), -- the client may have made it; unique per person, so that nobody learns of another's
  title text check (char_length(title) between 1 and 200),
  title_source text not null default 'automatic' check (title_source in ('automatic', 'user')),
  archived boolean not null default false,
  message_count integer not null default 0, -- also the position of the newest message
  active_message_id uuid, -- the reply that is being made
  last_message_at timestamptz not null default now(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (user_id, id)
);
create index coach_conversations_newest_idx on public.coach_conversations (user_id, last_message_at desc, id desc) where deleted_at is null;
create index coach_conversations_deleted_at_idx on public.coach_conversations (deleted_at) where deleted_at is not null;

-- What was said. A reply is a row from the moment that its question is stored; its text is added when it is complete.
create table public.coach_messages (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  conversation_id uuid not null,
  position integer not null check (position > 0),
  role text not null check (role in ('user', 'assistant')),
  reply_to uuid, -- of a reply: the message of the user
  content text not null default '' check (octet_length(content) <= 1048576),
  status text not null check (status in ('queued', 'running', 'completed', 'failed')),
  finish_reason text check (finish_reason in ('stop', 'length', 'cancelled', 'interrupted', 'filtered')),
  problem jsonb, -- why a reply failed: code and detail
  timezone text check (char_length(timezone) between 1 and 100), -- of the device that the message was sent from
  provider text check (char_length(provider) between 1 and 100),
  model text check (char_length(model) between 1 and 200),
  input_tokens integer check (input_tokens >= 0),
  output_tokens integer check (output_tokens >= 0),
  cached_tokens integer check (cached_tokens >= 0),
  cost numeric(12, 6) check (cost >= 0 and cost <> 'NaN'), -- in US dollars
  sources jsonb not null default '[]',
  native jsonb, -- what the provider wants to have back in the next turn

  -- Who works on a reply. Each worker that takes it over has a higher attempt; only the newest one may add to it, until its lease is over.
  attempt integer not null default 0,
  lease_until timestamptz,
  last_seq integer not null default 0, -- of its events
  cancel_requested_at timestamptz,
  requeued_at timestamptz, -- when a job was added for it again
  created_at timestamptz not null default now(),
  completed_at timestamptz,
  deleted_at timestamptz,
  primary key (user_id, id),
  foreign key (user_id, conversation_id) references public.coach_conversations (user_id, id) on delete cascade,
  foreign key (user_id, reply_to) references public.coach_messages (user_id, id) on delete cascade,
  constraint coach_messages_position_key unique (user_id, conversation_id, position),
  constraint coach_messages_role check ((role = 'assistant') = (reply_to is not null)),
  constraint coach_messages_ended check ((status in ('completed', 'failed')) = (completed_at is not null))
);
create index coach_messages_reply_to_idx on public.coach_messages (user_id, reply_to);
-- Replies at work: few rows, for looking for those whose worker has died.
create index coach_messages_open_idx on public.coach_messages (created_at) where status in ('queued', 'running');

-- What a reply consists of while it is made, in order; kept for a day after its end, so that whoever lost the connection goes on.
create table public.coach_events (
  user_id uuid not null references auth.users (id) on delete cascade,
  message_id uuid not null,
  seq integer not null check (seq > 0),
  type text not null check (char_length(type) between 1 and 40),
  data jsonb not null,
  at timestamptz not null default now(),
  primary key (user_id, message_id, seq),
  foreign key (user_id, message_id) references public.coach_messages (user_id, id) on delete cascade
);
create index coach_events_at_idx on public.coach_events (at);

alter table public.coach_conversations enable row level security;
create policy coach_conversations_own on public.coach_conversations to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
alter table public.coach_messages enable row level security;
create policy coach_messages_own on public.coach_messages to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
alter table public.coach_events enable row level security;
create policy coach_events_own on public.coach_events to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.coach_conversations, public.coach_messages, public.coach_events from anon, authenticated;
grant select, insert on public.coach_conversations to authenticated;
grant update (title, title_source, archived, version, updated_at, deleted_at) on public.coach_conversations to authenticated;
-- Messages and events are written by functions alone, so that nobody writes in the coach's name.
grant select on public.coach_messages, public.coach_events to authenticated;

-- +goose StatementEnd
