-- name: ListSessions :many
select id, created_at::timestamptz as created_at, last_used_at::timestamptz as last_used_at, user_agent::text as user_agent, ip::text as ip
from private.own_sessions
where user_id = @user_id
  and (sqlc.narg('before_time')::timestamptz is null
    or (created_at, id) < (sqlc.narg('before_time')::timestamptz, sqlc.narg('before_id')::uuid))
order by created_at desc, id desc
limit @max_rows;

-- name: RevokeSession :one
select private.revoke_session(@session_id::uuid, @user_id::uuid)::boolean;

-- name: GetCurrentUser :one
select email, full_name, onboarding_completed, private.is_email_confirmed(id)::boolean as email_confirmed
from public.profiles
where id = @user_id;

-- name: FindSession :one
-- As the role app: the session of a refresh cookie.
select id::uuid as id, user_id::uuid as user_id
from private.find_session(@refresh_token::text, sqlc.narg('session_id')::uuid);

-- name: EndSession :one
-- As the role app: a valid token of the session was seen.
select private.end_session(@session_id::uuid, @user_id::uuid)::boolean;

-- name: MailSentAt :one
-- As the role app: names the newest code that was mailed to an address.
select private.mail_sent_at(@email::text, @recovery::boolean)::text;

-- name: IsKnownAddress :one
-- As the role app: whether somebody with this email is signed in from this network.
select private.is_known_address(@email::text, sqlc.narg('network')::text::inet)::boolean;

-- name: ExpectRecoveryMail :exec
-- As the role app, before Supabase Auth is asked for the mail.
select private.expect_recovery_mail(@email::text);

-- name: KeepRecoveryMail :exec
-- As the role app, after Supabase Auth was asked for the mail.
select private.keep_recovery_mail(@email::text);

-- name: IsRecoveryMail :one
-- As the role app: whether the newest mail of a person was asked for with RequestPasswordReset.
select private.is_recovery_mail(@user_id::uuid)::boolean;
