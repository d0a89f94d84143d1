-- name: Ping :one
select 1::integer;
