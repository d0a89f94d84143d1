-- +goose Up
-- +goose StatementBegin

-- The newest recovery mail of a person that this API asked for. Supabase Auth keeps the token of a magic link in the same place and takes
-- either as proof for a new password; a password is reset by the mails named here alone.
create table private.recovery_mails (
  profile_id uuid primary key references public.profiles (id) on delete cascade,
  sent_at timestamptz,          -- auth.users.recovery_sent_at of that mail
  asked_after timestamptz       -- recovery_sent_at before the mail that is being asked for; null when none is
);
-- Only functions that run as its owner use it.
alter table private.recovery_mails enable row level security;
create policy recovery_mails_nobody on private.recovery_mails using (false);

-- +goose StatementEnd
