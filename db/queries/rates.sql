-- name: TakeRate :one
-- The bucket's debt in seconds; negative when refused.
select private.take_rate(@bucket::text, @emission_seconds::float8, @burst::integer)::float8;

-- name: ReturnRate :exec
select private.return_rate(@bucket::text, @seconds::float8);

-- name: MergeRates :one
select private.merge_rates(@buckets::text[], @amounts::float8[])::float8[];

-- name: PurgeRates :one
select private.purge_rates()::integer;
