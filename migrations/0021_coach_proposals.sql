-- +goose Up
-- +goose StatementBegin

-- What the coach proposes to write. Nothing is written until the person confirms it, once.
create table public.coach_proposals (
  user_id uuid not null references auth.users (id) on delete cascade,
  id uuid not null default gen_random_uuid(), -- also the id of what is written when it is confirmed
  conversation_id uuid not null,
  message_id uuid not null, -- the reply that made it
  kind text not null check (kind in ('meal', 'activity', 'measurement', 'targets', 'profile')),
  draft jsonb not null,
  preview jsonb not null default '{}',
  confidence numeric(4, 3) not null check (confidence between 0 and 1),
  estimated boolean not null default false,
  status text not null default 'open' check (status in ('open', 'confirmed', 'rejected', 'undone')),
  expires_at timestamptz not null default now() + interval '24 hours',
  confirmed_at timestamptz,
  result_etag text check (char_length(result_etag) between 1 and 100), -- of what was written, so that undoing notices a change
  profile_before jsonb, -- of targets and profile: the fields as they were, and as they became
  profile_after jsonb,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, id),
  foreign key (user_id, conversation_id) references public.coach_conversations (user_id, id) on delete cascade,
  foreign key (user_id, message_id) references public.coach_messages (user_id, id) on delete cascade,
  constraint coach_proposals_confirmed check ((status in ('confirmed', 'undone')) = (confirmed_at is not null))
);
create index coach_proposals_newest_idx on public.coach_proposals (user_id, created_at desc, id desc);
create index coach_proposals_conversation_idx on public.coach_proposals (user_id, conversation_id, created_at desc);
create index coach_proposals_message_idx on public.coach_proposals (user_id, message_id);

alter table public.coach_proposals enable row level security;
create policy coach_proposals_own on public.coach_proposals to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
revoke all on public.coach_proposals from anon, authenticated;
grant select, insert on public.coach_proposals to authenticated;
grant update (draft, preview, status, confirmed_at, result_etag, profile_before, profile_after, version, updated_at)
  on public.coach_proposals to authenticated;

-- +goose StatementEnd
