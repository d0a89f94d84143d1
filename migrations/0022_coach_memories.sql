-- +goose Up
-- +goose StatementBegin
do $$ begin
  if to_regtype('extensions.halfvec') is null then
    create extension vector with schema extensions;
  end if;
end $$;

-- Whether the coach may remember. Without a row it may not: the person has not agreed.
create table public.coach_settings (
  user_id uuid primary key references auth.users (id) on delete cascade,
  memory_enabled boolean not null default false,
  erase_at timestamptz, -- after the person has switched memory off: when what is left of it is erased
  updated_at timestamptz not null default now(),
  constraint coach_settings_erasure check (erase_at is null or not memory_enabled)
);
create index coach_settings_erase_at_idx on public.coach_settings (erase_at) where erase_at is not null;

-- What the person has said about themselves, in their own words: a short sentence, never an instruction to the coach.
create table public.coach_memories (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('allergy', 'injury', 'dislike', 'goal', 'habit', 'schedule')),
  content text not null check (char_length(content) between 1 and 200),
  message_id uuid not null, -- the message that said it
  created_at timestamptz not null default now(),
  primary key (user_id, id),
  foreign key (user_id, message_id) references public.coach_messages (user_id, id) on delete cascade
);
create index coach_memories_newest_idx on public.coach_memories (user_id, created_at desc, id desc);
create index coach_memories_message_idx on public.coach_memories (user_id, message_id);
-- Said twice, it is remembered once.
create unique index coach_memories_content_idx on public.coach_memories (user_id, kind, lower(content));

-- What the coach can find again: the text of a source with its words and, when there is an embedder, its vector. A row exists only while
-- its source does and the person wants the coach to remember.
create table public.embeddings (
  user_id uuid not null references auth.users (id) on delete cascade,
  source_kind text not null check (source_kind in ('message', 'meal', 'activity', 'fact')),
  source_id uuid not null,
  stale boolean not null default true, -- the source is new or has changed: a job reads its text again
  content text not null default '' check (char_length(content) <= 2000),
  words tsvector not null default '',
  at timestamptz not null default now(), -- when it was said, eaten or done
  revision integer not null default 0, -- of the text, so that the vector of an older one is not stored
  model text not null default '' check (char_length(model) <= 200), -- that made the vector; empty: there is none yet
  dimension integer,
  embedding extensions.halfvec, -- two bytes a value are exact enough, and half the size
  primary key (user_id, source_kind, source_id),
  constraint embeddings_vector check (
    num_nulls(dimension, embedding) in (0, 2) and (embedding is null) = (model = '') and dimension = extensions.vector_dims(embedding))
);
-- In the row, where a scan of all texts of a person finds them: fetched one by one from elsewhere they take five times as long.
alter table public.embeddings alter content set storage main, alter words set storage main, alter embedding set storage main;
create index embeddings_stale_idx on public.embeddings (user_id, source_kind, source_id) where stale;
-- For finding rows of other models than the current one.
create index embeddings_model_idx on public.embeddings (model) where not stale;

alter table public.coach_settings enable row level security;
create policy coach_settings_own on public.coach_settings to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
alter table public.coach_memories enable row level security;
create policy coach_memories_own on public.coach_memories to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
alter table public.embeddings enable row level security;
create policy embeddings_own on public.embeddings to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.coach_settings, public.coach_memories, public.embeddings from anon, authenticated;
-- Functions alone write them, so that nothing is remembered without consent.
grant select on public.coach_settings, public.coach_memories, public.embeddings to authenticated;

-- +goose StatementEnd
