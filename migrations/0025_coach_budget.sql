-- +goose Up
-- +goose StatementBegin

-- For what a person used today, which is read before each message.
create index coach_messages_used_idx on public.coach_messages (user_id, created_at) where input_tokens is not null;

-- +goose StatementEnd
