-- name: GetCoachUse :one
select u.tokens::bigint as tokens, u.dollars::float8 as dollars
from private.coach_use(@user_id::uuid, @since::timestamptz) u;
